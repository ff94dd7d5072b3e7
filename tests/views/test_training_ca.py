"""The training CA's page: what it signs and what it refuses, in every form, and what it tells."""

import re
import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certstore.actions import lab_copies, labs
from certstore.actions import training_ca as actions
from certstore.actions.certificates import store_public_key
from certstore.models import CaKey, Issued, Lab, SigningRequest
from certstore.models.clock import EARLIEST, shifted
from certstore.pki.facts import decode_certificate
from certstore.pki.faults import BY_NAME, CATALOGUE
from certstore.pki.forge import forms
from certstore.pki.forge.deliveries import DELIVERIES
from certstore.pki.forge.requests import signing_request
from certstore.pki.keys import public_half_of_request
from certstore.pki.pem import read_pem
from certstore.pki.request_rules import Refusal
from certstore.wording import training_ca as words
from certstore.wording.faults import FAULTS
from tests.keyring import ec_key, rsa_key
from tests.needs import needs_openssl
from tests.training import append, found_in, practice_answer, practice_files
from tests.zips import unpacked

FQDN = "exp-e1.example.com"
TERMS = {"ca": "public-issuing-1", "validity": "90", "server_auth": "on", "client_auth": "on"}


@pytest.fixture
def page(lab, owner_client, pooled_keys):
    """The page's address; new CAs take keys out of the pool."""
    return reverse("training-ca", args=[lab.pk])


def text(answer):
    return " ".join(answer.content.decode().split())


def request_for(*sans, name=FQDN, key=None, **asked):
    return signing_request(name, key or rsa_key("request"), sans or (FQDN,), **asked)


def pem(request):
    return request.public_bytes(Encoding.PEM)


def sign(client, lab, pasted=b"", file=None, **terms):
    sent = {**TERMS, "pasted": pasted.decode("latin-1"), **terms}
    if file is not None:
        sent["file"] = SimpleUploadedFile("request.csr", file)
    return client.post(reverse("training-ca-sign", args=[lab.pk]), sent)


def issue(client, node, **typed):
    sent = {**TERMS, "common_name": node.fqdn, "alternative_names": node.fqdn, **typed}
    return client.post(reverse("training-ca-issue", args=[node.lab_id, node.pk]), sent)


def download(client, issued, form):
    answer = client.get(reverse("training-ca-issued", args=[issued.lab_id, issued.pk, form]))
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store"
    return answer.content


def certificate(issued):
    return x509.load_der_x509_certificate(bytes(issued.certificate.der))


@pytest.mark.parametrize("form", ["pem", "der", "pasted"])
def test_a_request_is_signed_in_whatever_form_it_comes(form, page, lab, owner_client):
    request = request_for(FQDN, "example.com")
    given = {"pem": {"file": pem(request)}, "der": {"file": request.public_bytes(Encoding.DER)}}
    answer = sign(owner_client, lab, **given.get(form, {"pasted": pem(request)}))
    assert (answer.status_code, answer["Location"]) == (302, page)
    made = certificate(lab.issued.get())
    assert made.public_key() == request.public_key()
    names = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == [FQDN, "example.com"]
    assert FQDN in text(owner_client.get(page))


def test_the_pending_request_of_a_server_is_offered_and_signed(page, lab, exp_e, owner_client):
    request = request_for()
    der = request.public_bytes(Encoding.DER)
    pending = SigningRequest.objects.create(
        slot=exp_e.slots.get(name="server"),
        key=store_public_key(lab, public_half_of_request(der)),
        der=der,
        sha256="0" * 64,
        at_lab="2026-11-26T00:00:00Z",
    )
    assert "Pending request of" in text(owner_client.get(page))
    assert sign(owner_client, lab, pending=str(pending.pk)).status_code == 302
    assert certificate(lab.issued.get()).public_key() == request.public_key()
    SigningRequest.objects.update(state=SigningRequest.State.DISCARDED)
    assert "Pending request of" not in text(owner_client.get(page))
    assert sign(owner_client, lab, pending=str(pending.pk)).status_code == 422


def changed_on_its_way():
    der = bytearray(request_for().public_bytes(Encoding.DER))
    der[der.index(b"exp-e1")] = ord("x")
    return x509.load_der_x509_csr(bytes(der)).public_bytes(Encoding.PEM)


# What is refused, by what is given; the terms are the public-looking CA's unless they say otherwise.
REFUSED: dict[Refusal, bytes] = {
    Refusal.NOTHING: b"",
    Refusal.NO_REQUEST: b"no request at all",
    Refusal.SEVERAL: pem(request_for()) + pem(request_for("a.example.com")),
    Refusal.PRIVATE_KEY: pem(request_for())
    + b"-----BEGIN PRIVATE KEY-----\nMAMCAQU=\n-----END PRIVATE KEY-----\n",
    Refusal.SIGNATURE: changed_on_its_way(),
    Refusal.KEY_KIND: pem(request_for(key=ed25519.Ed25519PrivateKey.from_private_bytes(b"k" * 32))),
    Refusal.KEY_SIZE: pem(request_for(key=rsa_key("short", 1024))),
    Refusal.NO_NAME: pem(signing_request(x509.Name([]), rsa_key("request"))),
    Refusal.TOO_MANY_NAMES: pem(request_for(*(f"n{number}.example.com" for number in range(101)))),
    Refusal.BAD_NAME: pem(request_for("a<b>.example.com")),
    Refusal.NAME_KIND: pem(request_for(FQDN, "email:a@example.com")),
    Refusal.INTERNAL_NAME: pem(request_for("exp-e1.corp.local")),
}


@pytest.mark.parametrize("why", list(REFUSED))
def test_a_request_that_is_not_signed_gets_its_sentence_and_leaves_nothing(why, page, lab, owner_client):
    answer = sign(owner_client, lab, REFUSED[why])
    assert answer.status_code == 422
    shape = re.escape(words.REFUSALS[why].replace("'", "&#x27;"))
    assert re.search(re.sub(r"\\{\w+\\}", ".+?", shape), text(answer)), text(answer)
    assert not lab.issued.exists()


def test_nothing_of_a_private_key_comes_back(page, lab, owner_client):
    answer = sign(owner_client, lab, REFUSED[Refusal.PRIVATE_KEY])
    assert b"MAMCAQU=" not in answer.content


def test_the_enterprise_ca_signs_what_no_public_one_does(page, lab, owner_client):
    request = pem(request_for("exp-e1.corp.local", "IP:192.0.2.1"))
    assert sign(owner_client, lab, request, ca="enterprise-issuing").status_code == 302
    names = (
        certificate(lab.issued.get()).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    )
    assert [str(one) for one in names.get_values_for_type(x509.IPAddress)] == ["192.0.2.1"]


def test_a_file_that_is_too_large_is_not_read(page, lab, owner_client):
    answer = sign(owner_client, lab, file=b"x" * (256 * 1024 + 1))
    assert answer.status_code == 422
    assert "too large for a request" in text(answer)


@pytest.mark.parametrize(
    "junk", [b"\x30\x82\xff\xff", b"\xff\xfe\x00", b"-----BEGIN CERTIFICATE REQUEST-----\nAA\n"]
)
def test_rubbish_is_refused_with_a_sentence(junk, page, lab, owner_client):
    answer = sign(owner_client, lab, file=junk)
    assert answer.status_code == 422
    assert "This is no certificate signing request" in text(answer)


@pytest.mark.parametrize(("validity", "days", "lasts"), [("47", "", 47), ("398", "", 398), ("own", "12", 12)])
def test_a_certificate_lasts_as_long_as_was_chosen_from_the_labs_time_on(
    validity, days, lasts, page, lab, exp_e, owner_client
):
    labs.set_lab_time(lab.pk, shifted(lab.now(), 1000 * 86_400))
    lab.refresh_from_db()
    before = lab.now()
    assert issue(owner_client, exp_e, validity=validity, days=days).status_code == 302
    ends = certificate(lab.issued.get()).not_valid_after_utc
    assert shifted(before, lasts * 86_400) <= ends <= shifted(lab.now(), lasts * 86_400)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"validity": "own", "days": ""}, words.NO_DAYS),
        ({"validity": "own", "days": "0"}, words.NO_DAYS),
        ({"validity": "own", "days": "many"}, words.NO_DAYS),
        ({"server_auth": "", "client_auth": ""}, words.NO_USAGE),
        ({"common_name": "", "alternative_names": ""}, words.REFUSALS[Refusal.NO_NAME]),
        ({"alternative_names": "exp-e1"}, "exp-e1 is known to"),
        ({"alternative_names": "IP:192.0.2.999"}, "IP:192.0.2.999 is no host name"),
        ({"common_name": "a" * 65}, "at most 64 characters"),
        ({"ca": "enterprise-root"}, "not one of the available choices"),
    ],
    ids=["no days", "zero days", "words", "no usage", "no name", "short", "no address", "long", "a root"],
)
def test_terms_that_make_no_sense_are_refused_beside_the_form(typed, sentence, page, exp_e, owner_client):
    answer = issue(owner_client, exp_e, **typed)
    assert answer.status_code == 422
    assert sentence.replace("'", "&#x27;") in text(answer)
    assert not Issued.objects.exists()


def test_a_ca_signs_nothing_outside_its_own_days(page, lab, exp_e, owner_client):
    issue(owner_client, exp_e)
    labs.set_lab_time(lab.pk, EARLIEST)
    assert "The CA is valid from" in text(issue(owner_client, exp_e))
    labs.set_lab_time(lab.pk, shifted(lab.now(), (8 * 365 - 20) * 86_400))
    assert "would end after its CA" in text(issue(owner_client, exp_e))
    assert lab.issued.count() == 1


def test_a_certificate_for_the_key_that_a_server_holds_is_taken_by_it(page, lab, exp_e, owner_client):
    shown = owner_client.get(page, {"server": str(exp_e.pk)})
    assert f'value="{exp_e.fqdn}"' in text(shown)
    assert "example.com" in re.search(r"<textarea[^>]*held_alternative.*?</textarea>", text(shown))[0]
    issue(owner_client, exp_e)
    issued = lab.issued.get()
    append(owner_client, exp_e, download(owner_client, issued, "cas.pem"))
    file = SimpleUploadedFile("certificate.pem", download(owner_client, issued, "certificate.pem"))
    owner_client.post(reverse("server-certificate-upload", args=[exp_e.pk]), {"certificate": file})
    attempt = lab.attempts.filter(page="server-certificate").first()
    assert (attempt.outcome, found_in(attempt)) == ("accepted", set())


def test_the_first_certificate_makes_the_public_ca_and_the_second_uses_it(page, lab, exp_e, owner_client):
    assert set(lab.ca_keys.values_list("name", flat=True)) == {"enterprise-root", "enterprise-issuing"}
    issue(owner_client, exp_e)
    keys = set(lab.ca_keys.values_list("name", "sealed"))
    assert {name for name, _ in keys} >= {
        "public-root",
        "public-old-root",
        "public-cross",
        "public-issuing-2",
    }
    issue(owner_client, exp_e, ca="public-issuing-2")
    assert set(lab.ca_keys.values_list("name", "sealed")) == keys


def test_the_cross_signed_pair_has_one_name_and_one_key(page, lab, owner_client):
    owner_client.post(reverse("training-ca-make", args=[lab.pk]))
    cas = {row.name: decode_certificate(bytes(row.certificate.der)) for row in lab.ca_keys.all()}
    root, cross, old = cas["public-root"], cas["public-cross"], cas["public-old-root"]
    assert (root.subject_hash, root.spki_sha256) == (cross.subject_hash, cross.spki_sha256)
    assert (root.issuer_hash, cross.issuer_hash) == (root.subject_hash, old.subject_hash)


def test_a_lab_for_real_files_gets_its_cas_by_a_button(owner, owner_client, pooled_keys):
    real = labs.make_lab(owner, Lab.Kind.REHEARSE, "Real", "X14.3")
    page = reverse("training-ca", args=[real.pk])
    assert "This lab has none yet." in text(owner_client.get(page))
    owner_client.post(reverse("training-ca-make", args=[real.pk]))
    assert real.ca_keys.count() == 7
    assert "This lab has none yet." not in text(owner_client.get(page))


def test_cas_whose_keys_were_lost_are_made_anew(page, lab, exp_e, owner_client):
    issue(owner_client, exp_e)
    lab.ca_keys.filter(name="public-issuing-1").update(sealed=b"x" * 60)
    row = lab.ca_keys.get(name="public-issuing-1")
    lost = owner_client.get(reverse("training-ca-file", args=[lab.pk, row.pk, "revocation-list.pem"]))
    assert (lost.status_code, lost.content.decode()) == (409, words.LOST)
    assert issue(owner_client, exp_e).status_code == 302
    again = owner_client.get(reverse("training-ca-file", args=[lab.pk, row.pk, "revocation-list.pem"]))
    assert again.status_code == 200


# openssl's command for each form, and how many certificates it finds; typed by hand.
OPENSSL_READS = {
    "certificate.pem": (["x509", "-inform", "PEM", "-noout", "-subject"], 0),
    "certificate.cer": (["x509", "-inform", "DER", "-noout", "-subject"], 0),
    "chain.p7b": (["pkcs7", "-inform", "DER", "-print_certs"], 3),
    "chain-base64.p7b": (["pkcs7", "-inform", "PEM", "-print_certs"], 3),
}


@needs_openssl
@pytest.mark.parametrize("form", list(OPENSSL_READS))
def test_openssl_reads_what_is_downloaded(form, page, lab, exp_e, owner_client, openssl):
    issue(owner_client, exp_e)
    command, count = OPENSSL_READS[form]
    content = download(owner_client, lab.issued.get(), form)
    done = subprocess.run([openssl, *command], input=content, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert exp_e.fqdn.encode() in done.stdout
    assert done.stdout.count(b"BEGIN CERTIFICATE") == count


@needs_openssl
@pytest.mark.parametrize(("form", "inform"), [("revocation-list.pem", "PEM"), ("revocation-list.crl", "DER")])
def test_openssl_reads_the_revocation_list_and_what_it_revokes(
    form, inform, page, lab, exp_e, owner_client, openssl, tmp_path
):
    issue(owner_client, exp_e)
    issued = lab.issued.get()
    address = reverse("training-ca-file", args=[lab.pk, issued.ca_id, form])
    ca = tmp_path / "ca.pem"
    ca.write_bytes(
        owner_client.get(reverse("training-ca-file", args=[lab.pk, issued.ca_id, "ca.pem"])).content
    )
    command = [openssl, "crl", "-inform", inform, "-noout", "-text", "-CAfile", str(ca)]

    def said():
        content = owner_client.get(address).content
        done = subprocess.run(command, input=content, capture_output=True, check=False)
        return done.stdout.decode() + done.stderr.decode()

    serial = f"{certificate(issued).serial_number:X}"
    assert "verify OK" in said()
    assert serial not in said().replace(":", "")
    owner_client.post(reverse("training-ca-revoke", args=[lab.pk, issued.pk]))
    assert serial in said()
    assert "Revoked" in text(owner_client.get(page))


def test_a_certificate_is_revoked_once(page, lab, exp_e, owner_client):
    issue(owner_client, exp_e)
    address = reverse("training-ca-revoke", args=[lab.pk, lab.issued.get().pk])
    owner_client.post(address)
    at = lab.issued.get().revoked_at
    labs.set_lab_time(lab.pk, shifted(lab.now(), 86_400))
    assert words.REVOKED_ALREADY in text(owner_client.post(address, follow=True))
    assert lab.issued.get().revoked_at == at
    assert lab.events.filter(code="training-ca.revoked").count() == 1


def test_the_honest_zip_says_what_is_in_it(page, lab, exp_e, owner_client):
    issue(owner_client, exp_e)
    files = unpacked(download(owner_client, lab.issued.get(), "files.zip"))
    assert set(files) == {
        "server-certificate.pem",
        "server-certificate-binary.cer",
        "issuing-ca-1.pem",
        "root-ca.pem",
        "all-cas.pem",
    }
    (root,) = read_pem(files["root-ca.pem"]).certificates
    assert decode_certificate(root).is_self_issued
    assert files["server-certificate-binary.cer"] == bytes(lab.issued.get().certificate.der)


def test_in_the_misnamed_zip_no_name_says_what_a_file_is(page, lab, exp_e, owner_client):
    issue(owner_client, exp_e)
    files = unpacked(download(owner_client, lab.issued.get(), "files-misnamed.zip"))
    assert files["certificate.cer"].startswith(b"-----BEGIN CERTIFICATE-----")
    assert files["certificate.pem"] == bytes(lab.issued.get().certificate.der)
    (called_root,) = read_pem(files["root.pem"]).certificates
    (called_intermediate,) = read_pem(files["intermediate.pem"]).certificates
    assert not decode_certificate(called_root).is_self_issued
    assert decode_certificate(called_intermediate).is_self_issued
    assert files["chain.p7b"].startswith(b"-----BEGIN CERTIFICATE-----")
    assert files["bundle.crt"].startswith(b"-----BEGIN PKCS7-----")


def test_every_form_has_its_words_and_no_other_form_is_there(page, lab, exp_e, owner_client):
    assert list(words.FORMS) == list(DELIVERIES)
    issue(owner_client, exp_e)
    issued = lab.issued.get()
    for form in ("practice.zip", "private-key.pem", "x"):
        address = reverse("training-ca-issued", args=[lab.pk, issued.pk, form])
        assert owner_client.get(address).status_code == 404
    for form in ("key.pem", "ca.crt"):
        address = reverse("training-ca-file", args=[lab.pk, issued.ca_id, form])
        assert owner_client.get(address).status_code == 404


def test_where_nothing_is_told_no_page_and_no_file_gives_a_fault_away(page, lab, exp_e, owner_client):
    labs.set_explanations(lab.pk, Lab.Explanations.OFF)
    names, issuers = set(), set()
    lab.refresh_from_db()
    exp_e.refresh_from_db()
    for fault in [
        fault for fault in CATALOGUE if not fault.has_private_key and "expressway-e" in fault.roles
    ]:
        issued = actions.practise(exp_e, fault)
        answer = owner_client.get(reverse("training-ca-issued", args=[lab.pk, issued.pk, "practice.zip"]))
        names.add((answer["Content-Disposition"], tuple(unpacked(answer.content))))
        issuers.add(issued.ca.name.partition("-")[0])
        assert certificate(issued).serial_number.bit_length() > 64  # chance, and no number of a fault
    assert (len(names), issuers) == (1, {"practice"})
    shown = [text(owner_client.get(page)), text(owner_client.get(reverse("lab-history", args=[lab.pk])))]
    for fault in CATALOGUE:
        told = FAULTS[fault.name]
        for said in (told.title, told.wrong, f'value="{fault.name}"'):
            assert not [body for body in shown if said in body.replace("&#x27;", "'")], said
    assert "Revoked" not in shown[0]
    labs.set_explanations(lab.pk, Lab.Explanations.OPEN)
    assert FAULTS["path-length"].title in text(owner_client.get(page))


def test_where_nothing_is_told_a_fault_is_picked_and_none_can_be_asked_for(page, lab, exp_e, owner_client):
    labs.set_explanations(lab.pk, Lab.Explanations.HINTS)
    address = reverse("training-ca-practice", args=[lab.pk])
    asked = {"server": str(exp_e.pk), "fault": "der"}
    assert owner_client.post(address, asked).status_code == 422
    for _ in range(8):
        practice_answer(owner_client, exp_e, "any")
    faults = [BY_NAME[name] for name in lab.issued.values_list("fault", flat=True)]
    assert len(faults) == 8
    assert all(fault.code and not fault.has_private_key and "expressway-e" in fault.roles for fault in faults)


def test_a_fault_of_the_other_role_is_refused_with_a_sentence(page, exp_e, owner_client):
    asked = {"server": str(exp_e.pk), "fault": "subject-name-lost"}
    answer = owner_client.post(reverse("training-ca-practice", args=[exp_e.lab_id]), asked)
    assert answer.status_code == 422
    assert words.NO_SUCH_FAULT.format(server="exp-e1") in text(answer)
    assert not Issued.objects.exists()


@pytest.mark.parametrize("name", ["der", "nothing-of-the-kind"])
def test_a_fault_without_a_key_is_no_download_by_itself(name, page, lab, exp_e, owner_client):
    address = reverse("training-ca-practice-file", args=[lab.pk, exp_e.pk, name])
    assert owner_client.get(address).status_code == 404


def found_in_rows(secrets: list[int]) -> list[str]:
    """The tables in which one of these numbers stands, in binary or as text."""
    found = []
    for model in apps.get_app_config("certstore").get_models():
        values = [value for row in model._default_manager.values_list() for value in row]
        whole = " ".join(
            bytes(one).hex() if isinstance(one, bytes | memoryview) else repr(one) for one in values
        )
        shapes = [shape for one in secrets for shape in (f"{one:x}", str(one))]
        if "PRIVATE KEY" in whole or any(shape in whole for shape in shapes):
            found.append(model.__name__)
    return found


def test_no_private_key_is_in_any_row(page, lab, exp_e, owner_client):
    """The canary: the numbers that make an RSA key private, of every key that was used."""
    for name in ("pfx", "with-private-key", "rsa-1024", "other-key", "path-length"):
        practice_files(owner_client, exp_e, name)
    issue(owner_client, exp_e)
    numbers = [rsa_key(f"pool {number}").private_numbers() for number in range(1, 20)]
    secrets = [part for one in numbers for part in (one.d, one.p, one.q)]
    assert found_in_rows(secrets) == []
    key = lab.ca_keys.get(name="public-root")
    key.sealed = forms.key_as_pem(rsa_key("pool 1")) + numbers[0].d.to_bytes(256, "big")
    key.save()
    assert found_in_rows(secrets) == ["CaKey"]  # it would be seen


def test_a_server_of_another_lab_of_ones_own_is_none_of_this_one(
    page, lab, owner, owner_client, other_made_servers
):
    second = labs.make_example_lab(owner, other_made_servers)
    elsewhere = second.expressways.first()
    for name, more in (("issue", []), ("practice-file", ["pfx"])):
        address = reverse(f"training-ca-{name}", args=[lab.pk, elsewhere.pk, *more])
        assert owner_client.get(address).status_code == 404
    asked = {"server": str(elsewhere.pk), "fault": "der"}
    assert owner_client.post(reverse("training-ca-practice", args=[lab.pk]), asked).status_code == 422


def test_the_number_of_queries_does_not_grow_with_what_was_issued(page, lab, exp_e, owner_client):
    def queries():
        with CaptureQueriesContext(connection) as found:
            assert owner_client.get(page).status_code == 200
        return len(found)

    issue(owner_client, exp_e)
    few = queries()
    for name in ("der", "path-length", "revoked", "same-subject-twin"):
        actions.practise(exp_e, BY_NAME[name])
    assert queries() == few


def test_the_oldest_go_with_their_own_cas(page, lab, exp_e, owner_client, monkeypatch):
    monkeypatch.setattr(actions, "MOST_ISSUED", 2)
    first = actions.practise(exp_e, BY_NAME["path-length"])
    issue(owner_client, exp_e)
    assert first.ca.name in set(lab.ca_keys.values_list("name", flat=True))
    issue(owner_client, exp_e)
    assert not lab.issued.filter(pk=first.pk)
    assert not lab.ca_keys.filter(name__startswith="practice-")
    assert lab.issued.count() == 2


def test_issuing_changes_nothing_of_the_labs_document(page, lab, exp_e, owner_client):
    points = lab.restore_points.count()
    issue(owner_client, exp_e)
    practice_files(owner_client, exp_e, "expired")
    assert lab.restore_points.count() == points
    labs.reset_lab(lab.pk)
    assert lab.issued.count() == 2
    assert download(owner_client, lab.issued.last(), "chain.p7b")


def test_an_ecdsa_request_is_signed(page, lab, owner_client):
    assert sign(owner_client, lab, pem(request_for(key=ec_key("request")))).status_code == 302


@pytest.mark.parametrize("name", ["make", "sign", "practice"])
def test_to_look_at_a_button_does_nothing(name, page, lab, owner_client):
    answer = owner_client.get(reverse(f"training-ca-{name}", args=[lab.pk]))
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert lab.ca_keys.count() == 2


def test_a_lab_goes_with_its_cas_and_all_that_they_issued(page, lab, exp_e, owner_client):
    issue(owner_client, exp_e)
    practice_files(owner_client, exp_e, "path-length")
    labs.delete_lab(lab.pk)
    assert not Issued.objects.exists()
    assert not CaKey.objects.exists()


def test_a_copy_of_a_lab_has_neither_keys_nor_what_they_issued(page, lab, exp_e, owner, owner_client):
    issue(owner_client, exp_e)
    copy = lab_copies.duplicate(lab.pk, owner)
    assert (copy.ca_keys.count(), copy.issued.count()) == (0, 0)
    again = copy.expressways.get(kind=exp_e.kind)
    assert issue(owner_client, again, ca="enterprise-issuing").status_code == 302
    assert (
        copy.issued.get().ca.certificate.sha256
        != lab.ca_keys.get(name="enterprise-issuing").certificate.sha256
    )
