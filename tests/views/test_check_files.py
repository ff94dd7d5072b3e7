"""Check files, from the form to its answers, its parts, its ticket and its lab."""

import base64
import io
import json
import logging
import zipfile

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from certstore.actions import labs
from certstore.models import Lab
from certstore.pki.decode import pem_list, pem_text
from certstore.pki.facts import decode_certificate
from certstore.pki.forge.authority import Made
from certstore.pki.forge.crl import as_der, revocation_list
from tests import odd_files
from tests.keyring import rsa_key
from tests.labs import tried
from tests.pki import material
from tests.pki.chains import END, START, below, facts, leaf, root
from tests.poison import poison

pytestmark = pytest.mark.django_db

CHECK, PART, TICKET, LAB = (
    reverse(name) for name in ("check-files", "check-files-part", "check-files-ticket", "check-files-lab")
)


def node_of(issuer, name: str = "node.example.test") -> Made:
    return issuer.leaf(name, rsa_key("node").public_key(), START, END, sans=[name])


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def zipped(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def ask(client: Client, *files: tuple[str, bytes], **fields: str):
    """Post files and fields to the page."""
    return client.post(CHECK, {"files": [upload(*file) for file in files], **fields})


def says(answer) -> list[str]:
    """What is said of each file."""
    return [row.says for row in answer.context["report"].files]


def counts() -> dict[str, int]:
    """How many rows each table has."""
    return {model.__name__: model._default_manager.count() for model in apps.get_models()}


@pytest.fixture
def result(owner_client: Client):
    """The answers to a server certificate, its CA in binary form, and the root."""
    top = root("root")
    ca = below(top, "issuing")
    return ask(owner_client, ("n.pem", node_of(ca).pem), ("ca.cer", ca.der), ("root.pem", top.pem))


def test_the_page_says_what_it_is_for(owner_client):
    answer = owner_client.get(CHECK)
    assert answer.status_code == 200
    assert "Nothing is stored until you make a lab of it" in answer.content.decode()


def test_files_get_their_answers(result):
    assert result.status_code == 200
    assert says(result) == [
        "Server certificate, Base-64 (PEM)",
        "Intermediate CA, binary (DER)",
        "Root CA, Base-64 (PEM)",
    ]
    rows = result.context["report"].leaves[0].rows
    assert [cell.text for cell in rows[0].cells] == ["accepted", "accepted"]
    assert 'href="#why-1-1"' in result.content.decode()
    assert 'id="why-1-1"' in result.content.decode()


def test_a_refusal_is_explained_as_on_the_upload_page(owner_client, exp_e):
    Lab.objects.update(kind="reproduce")  # where no key is asked for, as here
    top = root("root")
    node = node_of(below(top, "issuing"))
    checked = ask(
        owner_client, ("n.pem", node.pem), ("root.pem", top.pem), release="X14.3", role="expressway-e"
    )
    told = checked.context["report"].leaves[0].explanations[0]
    owner_client.post(
        reverse("server-certificate-upload", args=[exp_e.pk]), {"certificate": upload("n.pem", node.pem)}
    )
    attempt = exp_e.attempts.get()
    page = owner_client.get(reverse("attempt", args=[exp_e.lab_id, attempt.pk]))
    there = page.context["explanation"]
    assert told.headline.code == there.headline.code == "chain.issuer-missing"
    assert (told.headline.cause, told.headline.cure) == (there.headline.cause, there.headline.cure)
    assert told.where.startswith("X14.0 to ")


def test_a_zip_its_files_and_others_beside_it_are_all_looked_at(owner_client):
    top = root("root")
    data = zipped(("in/node.pem", node_of(top).pem), ("in/server.key", material.key_pem()))
    answer = ask(owner_client, ("all.zip", data), ("root.pem", top.pem))
    assert [row.name for row in answer.context["report"].files] == [
        "in/node.pem",
        "in/server.key",
        "root.pem",
    ]
    assert answer.context["report"].private_keys == 1


def test_a_zip_that_breaks_a_limit_says_so_and_the_others_are_checked(owner_client):
    data = zipped(*((f"{number}.pem", b"x") for number in range(51)))
    answer = ask(owner_client, ("all.zip", data), ("root.pem", root("root").pem))
    assert answer.status_code == 200
    files = answer.context["report"].files
    assert (
        files[0].detail
        == "all.zip holds more than 50 files, so it was not unpacked. Choose the files themselves."
    )
    assert files[1].says == "Root CA, Base-64 (PEM)"


def test_a_second_zip_is_not_unpacked(owner_client):
    data = zipped(("root.pem", root("root").pem))
    files = ask(owner_client, ("a.zip", data), ("b.zip", data)).context["report"].files
    assert [row.name for row in files] == ["root.pem", "b.zip"]
    assert files[1].detail.startswith("b.zip is a second zip")


def test_pasted_text_with_several_blocks_and_damage_is_read(owner_client):
    top = root("root")
    text = f"Hi,\n{node_of(top).pem.decode()}\n{top.pem.decode()}"
    answer = ask(owner_client, text=text)
    assert says(answer) == ["Server certificate and more, 2 certificates, Base-64 (PEM)"]
    assert answer.context["report"].leaves[0].as_it_is is None
    quoted = "".join(f"> {line}\n" for line in top.pem.decode().splitlines())
    assert says(ask(owner_client, text=quoted)) == ["Root CA, damaged Base-64 (PEM), repaired here"]


def test_a_pasted_trust_list_decides(owner_client):
    top, stranger = root("root"), root("stranger")
    node = ("n.pem", node_of(top).pem)
    listed = pem_list([facts(stranger)])
    answer = ask(owner_client, node, ("root.pem", top.pem), trust=listed)
    assert answer.context["report"].trust == "Judged with the trust list that was given: 1 CA certificates."
    assert (
        answer.context["report"].leaves[0].rows[0].cells[0].text.startswith("refused: its CA is not trusted")
    )


def test_without_a_trust_list_the_page_says_so(result):
    assert (
        "No trust list was given, so the CAs among the files count as trusted: 2." in result.content.decode()
    )


def test_the_release_that_was_asked_about_is_marked_with_its_text(owner_client):
    answer = ask(owner_client, ("n.pem", node_of(root("root")).pem), release="X14.3.4")
    rows = answer.context["report"].leaves[0].rows
    assert [row.is_asked for row in rows].count(True) == 1
    assert next(row for row in rows if row.is_asked).releases.endswith("(X14.3.4)")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Choose at least one file, or paste some text."),
        ({"text": "  \n "}, "Choose at least one file, or paste some text."),
        ({"text": "x", "release": "CUCM 12"}, "This is no Expressway release."),
        ({"text": "x", "at": "tomorrow"}, "Write the time as 2027-01-14 09:04"),
        ({"text": "x", "role": "expressway-x"}, "Select a valid choice."),
    ],
    ids=["nothing", "blanks", "release", "time", "role"],
)
def test_what_makes_no_sense_gets_a_sentence(owner_client, fields, sentence):
    answer = ask(owner_client, **fields)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_nothing_usable_is_422_and_is_still_named(owner_client):
    answer = ask(owner_client, ("a.txt", b"hello"), ("k.key", material.key_pem()))
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "None of this is a certificate" in body
    assert "treat it as exposed" in body
    assert answer.context["carried"] == ""


def test_the_moment_is_the_one_that_was_typed(owner_client):
    top = root("root")
    files = (("n.pem", node_of(top).pem), ("root.pem", top.pem))
    late = ask(owner_client, *files, at="2099-01-01 00:00")
    assert late.context["report"].judged_at == "1 Jan 2099 00:00 UTC"
    assert late.context["report"].leaves[0].rows[0].cells[0].text.startswith("refused: expired")


# --- What is carried -----------------------------------------------------------------------------------------


def test_a_part_comes_back_as_base64(owner_client, result):
    carried = result.context["carried"]
    answer = owner_client.post(PART, {"carried": carried, "part": "2"})
    assert answer["Content-Disposition"] == 'attachment; filename="ca.pem"'
    assert (
        answer.content.decode() == pem_text(below(root("root"), "issuing").der)
        or b"BEGIN CERT" in answer.content
    )
    block = answer.content
    assert decode_certificate(odd_files.der_of(block)).subject == "CN=issuing"


def test_one_thing_of_a_bundle_comes_back_alone(owner_client):
    top = root("root")
    node = node_of(top)
    carried = ask(owner_client, ("all.pem", node.pem + top.pem)).context["carried"]
    second = owner_client.post(PART, {"carried": carried, "part": "1.2"})
    assert second.content == top.pem
    assert second["Content-Disposition"] == 'attachment; filename="all-2.pem"'
    both = owner_client.post(PART, {"carried": carried, "part": "1"})
    assert both.content == node.pem + top.pem


@pytest.mark.parametrize("part", ["", "0", "4", "1.2", "1.0", "x", "-1", "1.1.1", "99999999999", "\u0663"])
def test_a_part_that_is_none_is_404(owner_client, result, part):
    answer = owner_client.post(PART, {"carried": result.context["carried"], "part": part})
    assert answer.status_code == 404


@pytest.mark.parametrize("address", [PART, TICKET, LAB], ids=["part", "ticket", "lab"])
@pytest.mark.parametrize(
    "carried", ["", "{}", '{"format":1,"files":[]}', "\x00", "[[[[", '{"format":1,"files":[1]}']
)
def test_what_was_carried_and_changed_is_a_sentence(owner_client, address, carried):
    before = counts()
    answer = owner_client.post(address, {"carried": carried, "kind": "reproduce", "part": "1"})
    assert answer.status_code == 422
    assert "cannot be read any more" in answer.content.decode()
    assert counts() == before


@pytest.mark.parametrize(
    "changed", [{"list": True}, {"kind": "der-crl"}, {"crls": "another"}], ids=["list", "kind", "crl"]
)
def test_a_file_that_says_it_is_something_else_makes_a_lab_that_can_be_looked_at(
    owner_client, result, changed
):
    document = json.loads(result.context["carried"])
    binary = document["files"][1]
    assert binary["kind"] == "der-certificate"
    crl = as_der(revocation_list(root("root"), [], START, END))
    swapped = {"certificates": [], "crls": [base64.b64encode(crl).decode()]} if "crls" in changed else changed
    binary.update(swapped)
    made = owner_client.post(LAB, {"carried": json.dumps(document), "kind": "reproduce"})
    assert made.status_code == 302
    files = reverse("lab-files", args=[Lab.objects.get().pk])
    assert owner_client.get(files).status_code == 200


def test_the_ticket_tells_a_file_in_whole_sentences(owner_client):
    top = root("root")
    quoted = "".join(f"> {line}\n" for line in top.pem.decode().splitlines()).encode()
    ticket = " ".join(
        ask(owner_client, ("root.pem", top.pem), ("mail.txt", quoted)).context["ticket"].split()
    )
    assert "as quoted text in a mail does. CN=root is in root.pem already and counts once." in ticket


@pytest.mark.parametrize("address", [PART, TICKET, LAB], ids=["part", "ticket", "lab"])
def test_a_name_that_is_no_text_at_all_does_no_harm(owner_client, result, address):
    document = json.loads(result.context["carried"])
    for file in document["files"]:
        file["name"] = "\ud800\x00<injected>"
        file["facts"] = {"\udfff": 1}
    answer = owner_client.post(
        address, {"carried": json.dumps(document), "kind": "reproduce", "part": "1"}, follow=True
    )
    assert answer.status_code == 200
    assert b"<injected>" not in answer.content or address == TICKET  # that is plain text


def test_the_ticket_is_plain_text_and_the_same_as_on_the_page(owner_client, result):
    answer = owner_client.post(
        TICKET, {"carried": result.context["carried"], "role": "", "release": "", "at": ""}
    )
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    there, here = answer.content.decode().splitlines(), result.context["ticket"].splitlines()
    assert [line for line in there if "Judged at" not in line] == [
        line for line in here if "Judged at" not in line
    ]


def test_a_lab_is_made_of_it(owner_client, result):
    data = {
        "carried": result.context["carried"],
        "kind": "rehearse",
        "release": "X14.3.4",
        "at": "2026-12-24 10:00",
    }
    answer = owner_client.post(LAB, data, follow=True)
    lab = Lab.objects.get()
    assert answer.redirect_chain[0][0] == reverse("lab", args=[lab.pk])
    assert (lab.kind, lab.release) == ("rehearse", "X14.3.4")
    assert lab.name.endswith(": node.example.test")
    body = answer.content.decode()
    assert "assumed to be an Expressway-C" in body
    files = owner_client.get(reverse("lab-files", args=[lab.pk])).content.decode()
    assert "The files that this lab was made of" in files
    assert "Checked file: intermediate CA, in binary form (DER)" in files


def test_a_kind_of_lab_that_takes_keys_is_not_made_of_real_files(owner_client, result):
    answer = owner_client.post(LAB, {"carried": result.context["carried"], "kind": "practise"})
    assert answer.status_code == 422
    assert not Lab.objects.exists()


def test_one_lab_too_many_is_a_sentence_beside_the_answers(owner_client, result, monkeypatch):
    monkeypatch.setattr(labs, "MOST_LABS", 0)
    answer = owner_client.post(LAB, {"carried": result.context["carried"], "kind": "reproduce"})
    assert answer.status_code == 422
    assert "which is as many as one person can have" in answer.content.decode()
    assert answer.context["carried"] == result.context["carried"]


@pytest.mark.parametrize("address", [PART, TICKET, LAB], ids=["part", "ticket", "lab"])
def test_the_steps_after_the_result_are_posts(owner_client, address):
    assert owner_client.get(address).status_code == 405


# --- Nothing is kept -----------------------------------------------------------------------------------------


def test_nothing_is_stored_before_the_button(owner_client, result):
    ask(owner_client, ("k", material.key_pem()))  # the session of the signed-in person is there by now
    before = counts()
    again = ask(
        owner_client, ("n.pem", material.certificate().pem), ("k", material.key_pem()), release="15.2"
    )
    carried = again.context["carried"]
    for address in (PART, TICKET):
        owner_client.post(address, {"carried": carried, "part": "1"})
    assert counts() == before
    owner_client.post(LAB, {"carried": carried, "kind": "reproduce"})
    assert counts() != before


def keys() -> dict[str, bytes]:
    """A private key in every form that people send one in."""
    pem, certificate = material.key_pem(), material.certificate().pem
    return {
        "PEM": pem,
        "beside its certificate": certificate + pem,
        "quoted": odd_files.in_every_line(pem, b"> "),
        "UTF-16": pem.decode().encode("utf-16"),
        "DER": odd_files.der_of(pem.replace(b"PRIVATE KEY", b"CERTIFICATE")),
        "PFX": odd_files.pkcs12_file(certificate, pem),
        "zip": zipped(("server.key", pem), ("ok.pem", certificate)),
    }


def pieces() -> list[bytes]:
    """What of the key would be found wherever it was written as PEM; without its public half, which may stay."""
    body = b"".join(material.key_pem().splitlines()[1:-1])
    return [body[at : at + 32] for at in range(448, len(body) - 64, 64)]


@pytest.mark.parametrize("form", list(keys()))
def test_a_private_key_leaves_no_trace(owner_client, caplog, form):
    caplog.set_level(logging.DEBUG)
    data = keys()[form]
    answer = ask(owner_client, ("server.key", data), ("root.pem", root("root").pem))
    assert answer.status_code == 200
    everything = answer.content + caplog.text.encode() + repr(answer.context["checked"]).encode()
    assert answer.context["report"].private_keys == 1
    assert [piece for piece in pieces() if piece in everything] == []
    assert b"BEGIN PRIVATE" not in everything


def test_the_pieces_are_in_the_key():
    whole = b"".join(material.key_pem().splitlines())
    assert len(pieces()) > 10
    assert all(piece in whole for piece in pieces())


def test_a_pasted_private_key_leaves_no_trace(owner_client, caplog):
    caplog.set_level(logging.DEBUG)
    text = (material.key_pem() + material.certificate().pem).decode()
    answer = ask(owner_client, ("root.pem", root("root").pem), text=text, trust=text)
    everything = answer.content + caplog.text.encode()
    assert answer.context["report"].private_keys == 2
    assert [piece for piece in pieces() if piece in everything] == []


# --- Who may -------------------------------------------------------------------------------------------------


def test_without_an_account_everything_leads_to_sign_in(client):
    for address in (CHECK, PART, TICKET, LAB):
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code == 302
            assert answer["Location"].startswith(reverse("sign-in"))


def test_where_it_is_set_checking_needs_no_account_and_a_lab_does(client, settings):
    settings.CHECK_FILES_WITHOUT_ACCOUNT = True
    assert client.get(CHECK).status_code == 200
    answer = ask(client, ("n.pem", material.certificate().pem))
    assert answer.status_code == 200
    assert "Sign in to make a lab of it" in answer.content.decode()
    carried = answer.context["carried"]
    assert client.post(PART, {"carried": carried, "part": "1"}).status_code == 200
    assert client.post(TICKET, {"carried": carried}).status_code == 200
    made = client.post(LAB, {"carried": carried, "kind": "reproduce"})
    assert made["Location"].startswith(reverse("sign-in"))
    assert not Lab.objects.exists()
    assert client.get(reverse("labs")).status_code == 302


def test_a_form_without_its_token_is_refused(owner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    assert client.post(CHECK, {"text": "x"}).status_code == 403


# --- Size ----------------------------------------------------------------------------------------------------


def test_fifty_files_are_taken_and_fifty_one_are_not(owner_client):
    data = material.certificate().pem
    many = [(f"{number}.pem", data) for number in range(51)]
    answer = ask(owner_client, *many[:50])
    assert answer.status_code == 200
    assert len(says(answer)) == 50
    assert ask(owner_client, *many).status_code == 413


def test_a_body_beyond_the_limit_is_refused_by_its_length(owner_client):
    answer = owner_client.post(CHECK, {"files": upload("a", bytes(9 * 1024 * 1024))})
    assert answer.status_code == 413


def test_a_certificate_with_ten_thousand_names_is_answered(owner_client):
    der = dict(poison())["10 000 SANs"]
    answer = ask(owner_client, ("many.cer", der))
    assert answer.status_code == 200
    assert "and 9997 more" in says_names(answer)


def says_names(answer) -> str:
    return answer.context["report"].files[0].names


def test_a_paste_of_a_thousand_certificates_is_answered(owner_client):
    text = "".join(pem_text(root(f"root {number}", key="one").der) for number in range(1000))
    answer = ask(owner_client, text=text)
    assert answer.status_code == 200
    assert says(answer) == ["1000 CA certificates, Base-64 (PEM)"]
    ticket = owner_client.post(TICKET, {"carried": answer.context["carried"]})
    assert ticket.status_code == 200


def test_every_certificate_that_breaks_pages_elsewhere_is_answered(owner_client):
    every = list(poison())
    for start in range(0, len(every), 40):
        some = every[start : start + 40]
        answer = ask(owner_client, *((f"{name}.cer", der) for name, der in some))
        assert answer.status_code == 200
        carried = {"carried": answer.context["carried"]}
        assert owner_client.post(TICKET, carried).status_code == 200
        assert owner_client.post(PART, {**carried, "part": "1"}).status_code == 200


def test_a_lab_of_certificates_that_break_pages_elsewhere_can_be_looked_at(owner_client):
    every = list(poison())[:30]
    carried = ask(owner_client, *((f"{name}.cer", der) for name, der in every)).context["carried"]
    answer = owner_client.post(LAB, {"carried": carried, "kind": "reproduce"}, follow=True)
    lab = Lab.objects.get()
    assert answer.status_code == 200
    assert owner_client.get(reverse("lab-files", args=[lab.pk])).status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_files(owner_client, django_assert_num_queries):
    data = material.certificate().pem
    ask(owner_client, ("a", data))
    with django_assert_num_queries(2):  # the session and the person
        ask(owner_client, ("a", data))
    with django_assert_num_queries(2):
        ask(owner_client, *((f"{number}", data) for number in range(30)))


def test_the_same_file_that_was_checked_is_what_the_lab_takes(owner_client, owner):
    top = root("root")
    node = leaf(top, "node.example.test", sans=["node.example.test"])
    carried = ask(owner_client, ("n.pem", node.pem), ("root.pem", top.pem)).context["carried"]
    owner_client.post(LAB, {"carried": carried, "kind": "reproduce"})
    content = bytes(Lab.objects.get().files.get(name="n.pem").content)
    assert tried(content).content.certificates == (node.der,)
