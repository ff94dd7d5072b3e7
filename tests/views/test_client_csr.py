"""Generate CSR below the page Client certificate (X15.5): a request of its own, and what an upload makes of it."""

import re
import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certstore.actions import csr as actions
from certstore.actions import labs
from certstore.models import Attempt, Installation, Lab, Node, PublicKey, SigningRequest, SlotName
from certstore.models.clock import shifted
from certstore.pki.csr import DIGESTS, KEY_LENGTHS
from certstore.pki.decode import pem_text
from certstore.pki.forge.requests import signing_request
from certstore.pki.purpose import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.requests import decode_request
from certstore.reading.servers import client_slot_of
from tests import keyring
from tests.labs import FilledLab, fill_lab
from tests.needs import needs_openssl
from tests.pki.material import key_pem
from tests.trying import everything
from tests.views.test_csr import (
    CA,
    FIELDS,
    NOW,
    brought_back,
    certificate_for,
    der_of,
    other,
    real_request,
    text,
)

pytestmark = pytest.mark.usefixtures("pooled_keys")

SERVER, CLIENT = SlotName.SERVER, SlotName.CLIENT
HOMES = {SERVER: "server-certificate", CLIENT: "client-certificate"}
PREFIX = {SERVER: "csr", CLIENT: "client-csr"}
PAGES = ("", "-preview", "-generate", "-discard", "-import", "-decoded", "-pem", "-download")


@pytest.fixture
def filled(db) -> FilledLab:
    filled = fill_lab("ann")
    labs.set_release(filled.lab.pk, "X15.5")
    filled.lab.refresh_from_db()
    return filled


@pytest.fixture
def there(client, filled):
    client.force_login(filled.owner)
    for node in filled.lab.expressways:
        file = {"file": SimpleUploadedFile("ca.pem", CA.pem)}
        client.post(reverse("trusted-ca-append", args=[node.pk]), file)
    return client


@pytest.fixture
def real(filled) -> FilledLab:
    """The same lab, for real files."""
    Lab.objects.filter(pk=filled.lab.pk).update(kind=Lab.Kind.REHEARSE)
    return filled


def url(filled, name="", slot=CLIENT, node=None):
    return reverse(f"{PREFIX[slot]}{name}", args=[(node or filled.node).pk])


def home(filled, slot=CLIENT, node=None):
    return reverse(HOMES[slot], args=[(node or filled.node).pk])


def generate(client, filled, slot=CLIENT, node=None, **typed):
    done = client.post(url(filled, "-generate", slot, node), {**FIELDS, **typed})
    assert done.status_code == 302, text(done)
    return pending(filled, slot, node)


def discard(client, filled, slot=CLIENT):
    return client.post(url(filled, "-discard", slot), {"confirmed": "yes"})


def pending(filled, slot=CLIENT, node=None) -> SigningRequest:
    return SigningRequest.objects.get(slot__node=node or filled.node, slot__name=slot, state="pending")


def upload(client, filled, pem, slot=CLIENT, **more):
    files = {"certificate": SimpleUploadedFile("certificate.pem", pem), **more}
    return client.post(reverse(f"{HOMES[slot]}-upload", args=[filled.node.pk]), files)


def made_of(request: SigningRequest) -> bytes:
    return certificate_for(bytes(request.der))


# --- The page ---------------------------------------------------------------------------------------------


def test_the_page_leads_to_a_request_that_is_filled_from_the_client_certificate(there, filled):
    private = SimpleUploadedFile("key.pem", key_pem())
    names = [filled.node.fqdn, "only-the-client.example.com"]
    key = keyring.rsa_key("odd").public_key()
    ends = shifted(NOW, 86_400)
    leaf = CA.leaf(filled.node.fqdn, key, shifted(NOW, -3600), ends, sans=names, ekus=[CLIENT_AUTH])
    assert upload(there, filled, leaf.pem, key=private).status_code == 302
    assert f'href="{url(filled)}"' in text(there.get(home(filled)))
    page = text(there.get(url(filled)))
    assert "only-the-client.example.com</textarea>" in page
    assert "only-the-client" not in text(there.get(url(filled, slot=SERVER)))
    assert "<title>" in page
    assert "Generate CSR for the client certificate" in page.split("<title>")[1].split("</title>")[0]
    assert f'href="{home(filled)}"' in page.split('class="crumb"')[1].split("</div>")[0]
    assert page.count(f'action="{url(filled, "-generate")}"') == 1


def test_the_names_appear_by_a_button_and_nothing_is_kept(there, filled):
    answer = there.post(url(filled, "-preview"), {**FIELDS, "additional": "b.example.com"})
    assert "<span>DNS:b.example.com</span>" in text(answer)
    assert not SigningRequest.objects.exists()


def test_what_is_wrong_stands_beside_its_field(there, filled):
    answer = there.post(url(filled, "-generate"), {**FIELDS, "additional": "edge"})
    assert answer.status_code == 422
    assert "edge is no fully qualified domain name" in text(answer)
    assert not SigningRequest.objects.exists()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_before_x15_5_no_page_of_a_request_is_there_even_while_one_waits(there, filled, name, method):
    generate(there, filled)
    labs.set_release(filled.lab.pk, "X15.4")
    before = everything()
    assert getattr(there, method)(url(filled, name)).status_code in (404, 405)
    assert everything() == before
    assert getattr(there, method)(home(filled)).status_code in (404, 405), "as the page above it"


# --- The pending request ----------------------------------------------------------------------------------


@needs_openssl
@pytest.mark.parametrize("digest", DIGESTS)
@pytest.mark.parametrize(
    ("algorithm", "length"), [(kind, bits) for kind, lengths in KEY_LENGTHS.items() for bits in lengths]
)
def test_openssl_verifies_every_choice(there, filled, openssl, algorithm, length, digest):
    generate(there, filled, algorithm=algorithm, length=str(length), digest=digest)
    pem = there.get(url(filled, "-pem")).content
    shown = subprocess.run(
        [openssl, "req", "-verify", "-noout", "-text"], input=pem, capture_output=True, check=True
    )
    assert b"verify OK" in shown.stderr
    assert f"({length} bit)" in shown.stdout.decode()
    assert digest in shown.stdout.decode().lower().replace("-with-", " ").replace("with", " ")
    assert "TLS Web Client Authentication" in shown.stdout.decode()


def test_a_request_is_made_shown_downloaded_and_its_key_forgotten(there, filled):
    before = list(Installation.objects.values())
    done = there.post(url(filled, "-generate"), {**FIELDS, "additional": "edge.example.com"})
    assert done["Location"].startswith(home(filled))
    page = text(there.get(done["Location"]))
    assert "The certificate signing request was generated" in page
    assert "System will use the private key file generated at the same time as the CSR." in page
    assert 'name="key"' not in page
    assert list(Installation.objects.values()) == before, "what runs is left alone"
    assert "DNS:edge.example.com" in text(there.get(url(filled, "-decoded")))
    download = there.get(url(filled, "-download"))
    assert download["Content-Disposition"] == f'attachment; filename="{filled.node.host}-client.csr"'
    assert there.get(url(filled, "-pem")).content == download.content
    kept = repr(list(SigningRequest.objects.values())) + repr(list(PublicKey.objects.values()))
    assert "PRIVATE" not in kept
    assert there.get(url(filled))["Location"] == home(filled), "one at a time"


def test_each_page_has_a_request_of_its_own_with_a_key_of_its_own(there, filled):
    mine = generate(there, filled)
    assert "There is no certificate signing request in progress" in text(there.get(home(filled, SERVER)))
    servers = generate(there, filled, SERVER)
    assert mine.key != servers.key
    again = there.post(url(filled, "-generate"), FIELDS)
    assert again.status_code == 422
    assert "in progress already" in text(again)
    assert (pending(filled), pending(filled, SERVER)) == (mine, servers)


def test_discarding_asks_first_and_leaves_the_other_pages_request(there, filled):
    generate(there, filled)
    servers = generate(there, filled, SERVER)
    asked = text(there.post(url(filled, "-discard")))
    assert "will not be accepted" in asked
    assert f'action="{url(filled, "-discard")}"' in asked.split('class="confirm"')[1]
    done = discard(there, filled)
    assert done["Location"].startswith(home(filled))
    assert "was discarded" in text(there.get(done["Location"]))
    assert list(SigningRequest.objects.filter(state="pending")) == [servers]
    nothing = discard(there, filled)
    assert nothing.status_code == 422
    assert "Upload client certificate data" in text(nothing)


def test_without_a_request_its_pages_lead_back(there, filled):
    generate(there, filled, SERVER)
    for name in ("-decoded", "-pem", "-download"):
        assert there.get(url(filled, name))["Location"] == home(filled)


def test_what_is_done_stands_in_the_history_by_its_name(there, filled):
    generate(there, filled)
    discard(there, filled)
    history = text(there.get(reverse("lab-history", args=[filled.lab.pk])))
    assert f"A request for the client certificate was generated for {filled.node.fqdn}." in history
    assert "The request for the client certificate was discarded." in history


# --- The certificate --------------------------------------------------------------------------------------


def test_the_certificate_of_the_request_is_taken_and_uses_up_that_request_alone(there, filled):
    servers, mine = generate(there, filled, SERVER), generate(there, filled)
    assert upload(there, filled, made_of(mine)).status_code == 302
    mine.refresh_from_db()
    assert (mine.state, pending(filled, SERVER)) == ("used", servers)
    installed = Installation.objects.get(slot__node=filled.node, slot__name=CLIENT, is_installed=True)
    assert (installed.key_origin, installed.key) == ("request", mine.key)
    assert upload(there, filled, made_of(servers), SERVER).status_code == 302


def test_a_key_file_beside_a_pending_request_is_not_read(there, filled):
    broken = SimpleUploadedFile("key.pem", b"no key at all")
    assert upload(there, filled, made_of(generate(there, filled)), key=broken).status_code == 302


def discarded(there, filled):
    request = generate(there, filled)
    discard(there, filled)
    return request


def used(there, filled):
    request = generate(there, filled)
    upload(there, filled, made_of(request))
    upload(there, filled, made_of(generate(there, filled)))
    return request


# Whose request the certificate was made from, and what the explanation says of it.
OTHERS = {
    "discarded": (discarded, "a request of this server, generated on"),
    "used": (used, "which was used for a certificate on"),
    "of the server page": (
        lambda there, filled: generate(there, filled, SERVER),
        "a request of this server for the server certificate, generated on",
    ),
    "of another server": (
        lambda there, filled: generate(there, filled, node=other(filled)),
        "a request of exp-c1, generated on",
    ),
    "of another server's server page": (
        lambda there, filled: generate(there, filled, SERVER, other(filled)),
        "a request of exp-c1 for the server certificate, generated on",
    ),
}


@pytest.mark.parametrize("waits", [True, False], ids=["a request waits", "none waits"])
@pytest.mark.parametrize("whose", list(OTHERS))
def test_a_certificate_of_another_request_is_refused_and_it_is_said_which(there, filled, whose, waits):
    make, says = OTHERS[whose]
    pem = made_of(make(there, filled))
    mine = generate(there, filled) if waits else None
    answer = upload(there, filled, pem)
    assert answer.status_code == 422
    assert Attempt.objects.first().code == "key.mismatch"
    assert says in text(answer)
    assert mine is None or pending(filled) == mine, "the one that waits goes on waiting"


def test_a_certificate_of_a_client_request_is_refused_on_the_server_page_too(there, filled):
    answer = upload(there, filled, made_of(generate(there, filled)), SERVER)
    assert answer.status_code == 422
    assert "a request of this server for the client certificate, generated on" in text(answer)


def test_the_copy_check_box_leaves_the_client_request_waiting(there, filled):
    mine, servers = generate(there, filled), generate(there, filled, SERVER)
    assert upload(there, filled, made_of(servers), SERVER, copy_as_client="yes").status_code == 302
    installed = Installation.objects.get(slot__node=filled.node, slot__name=CLIENT, is_installed=True)
    assert (installed.key_origin, installed.key) == ("request", servers.key)
    assert pending(filled) == mine
    assert not SigningRequest.objects.filter(slot__name=SERVER, state="pending").exists()


def test_a_name_out_of_the_certificate_is_not_renamed(there, filled):
    named = "server certificate.example.com"
    request = x509.load_der_x509_csr(bytes(generate(there, filled).der))
    leaf = CA.leaf(named, request.public_key(), shifted(NOW, -3600), shifted(NOW, 86_400), sans=[named])
    answer = upload(there, filled, leaf.pem)
    assert answer.status_code == 422
    assert f"The Common Name of the certificate is {named}." in text(answer)


def test_an_upload_that_is_tried_first_leaves_the_request_waiting(there, filled):
    pem = made_of(generate(there, filled))
    assert "try/client-csr-discard/" in text(there.get(home(filled)))
    assert "try/csr-discard/" not in text(there.get(home(filled)))
    before = everything()
    files = {"certificate": SimpleUploadedFile("client.pem", pem)}
    tried = there.post(reverse("try-on-server", args=[filled.node.pk, "client-upload"]), files)
    assert (tried.status_code, tried.context["row"].said) == (
        200,
        "A client certificate was accepted.",
    )
    assert everything() == before
    wrong = {"certificate": SimpleUploadedFile("client.pem", certificate_for(der_of(real_request("a.b.c"))))}
    tried = there.post(reverse("try-on-server", args=[filled.node.pk, "client-upload"]), wrong)
    assert "the key of the request that this server made" in tried.context["row"].said


# --- The training CA --------------------------------------------------------------------------------------


def sign(client, filled, request):
    """Sign on the page of the training CA as it opens from the pending request."""
    page = reverse("training-ca", args=[filled.lab.pk])
    form = client.get(f"{page}?request={request.pk}").context["request_form"]
    boxes = {name: "on" for name in ("server_auth", "client_auth") if form[name].value()}
    terms = {"ca": "enterprise-issuing", "validity": "200", "pending": form["pending"].value(), **boxes}
    done = client.post(reverse("training-ca-sign", args=[filled.lab.pk]), terms)
    assert done.status_code == 302, text(done)
    return filled.lab.issued.first()


def test_the_training_ca_signs_the_request_for_client_authentication_and_the_page_takes_it(there, filled):
    servers, mine = generate(there, filled, SERVER), generate(there, filled)
    page = text(there.get(home(filled)))
    address = f"{reverse('training-ca', args=[filled.lab.pk])}?request={mine.pk}#sign"
    assert f'href="{address}"' in page
    issued = sign(there, filled, mine)
    made = x509.load_der_x509_certificate(bytes(issued.certificate.der))
    usage = made.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert [one.dotted_string for one in usage] == [CLIENT_AUTH]
    ca = x509.load_der_x509_certificate(bytes(issued.ca.certificate.der))
    root = filled.lab.ca_keys.get(name="enterprise-root").certificate
    for der in (ca.public_bytes(Encoding.DER), bytes(root.der)):
        file = {"file": SimpleUploadedFile("ca.pem", pem_text(der).encode())}
        there.post(reverse("trusted-ca-append", args=[filled.node.pk]), file)
    assert upload(there, filled, pem_text(bytes(issued.certificate.der)).encode()).status_code == 302
    assert client_slot_of(filled.node).installed.extended_key_usage == (CLIENT_AUTH,)
    issued = sign(there, filled, servers)
    made = x509.load_der_x509_certificate(bytes(issued.certificate.der))
    usage = made.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert {one.dotted_string for one in usage} == {SERVER_AUTH, CLIENT_AUTH}


def test_the_training_ca_offers_both_requests_of_a_server_that_of_the_server_page_first(there, filled):
    mine, servers = generate(there, filled), generate(there, filled, SERVER)
    page = reverse("training-ca", args=[filled.lab.pk])
    form = there.get(page).context["request_form"]
    choices = dict(form.fields["pending"].choices)
    assert list(choices)[1:] == [str(servers.pk), str(mine.pk)]
    assert choices[str(mine.pk)] == f"{choices[str(servers.pk)]}, client certificate"
    assert form["pending"].value() == str(servers.pk)
    for hostile in ("none", "<b>", str(mine.pk + 1000)):
        asked = there.get(page, {"request": hostile}).context["request_form"]
        assert asked["pending"].value() == str(servers.pk)
    labs.set_release(filled.lab.pk, "X15.4")
    form = there.get(page).context["request_form"]
    assert [pk for pk, _ in form.fields["pending"].choices] == ["", str(servers.pk)]


# --- Labs for real files ----------------------------------------------------------------------------------


def bring_in(client, filled, pem, slot=CLIENT, node=None):
    files = {"request": SimpleUploadedFile("client.csr", pem)}
    return client.post(url(filled, "-import", slot, node), files, follow=True)


def test_a_real_request_is_imported_and_what_the_match_rests_on_is_said(there, real):
    pem = real_request(real.node.fqdn)
    answer = text(bring_in(there, real, pem))
    assert "The request was imported" in answer
    assert "of the real server" in answer
    assert pending(real).is_imported
    done = upload(there, real, certificate_for(der_of(pem)))
    assert f"made from the pending request of {real.node.host}" in text(there.get(done["Location"]))
    installed = Installation.objects.get(slot__node=real.node, slot__name=CLIENT, is_installed=True)
    assert installed.key_origin == "imported"


@pytest.mark.parametrize("slot", [SERVER, CLIENT], ids=["server", "client"])
def test_a_certificate_of_the_other_pages_real_request_is_refused_and_says_which(there, real, slot):
    pem = real_request(real.node.fqdn)
    elsewhere = CLIENT if slot is SERVER else SERVER
    bring_in(there, real, pem, elsewhere)
    answer = upload(there, real, certificate_for(der_of(pem)), slot)
    assert answer.status_code == 422
    assert f"a request of this server for the {elsewhere} certificate" in text(answer)


def test_one_real_request_on_both_pages_fits_both(there, real):
    pem = real_request(real.node.fqdn)
    for slot in (CLIENT, SERVER):
        bring_in(there, real, pem, slot)
    for slot in (SERVER, CLIENT):
        assert upload(there, real, certificate_for(der_of(pem)), slot).status_code == 302


def test_a_mismatch_proves_nothing_without_an_imported_request_and_refuses_with_one(there, real):
    unknown = certificate_for(der_of(real_request(real.node.fqdn, "nobody")))
    bring_in(there, real, real_request(real.node.fqdn), SERVER)
    assert upload(there, real, unknown).status_code == 302
    bring_in(there, real, real_request(real.node.fqdn, "other"))
    another = certificate_for(der_of(real_request(real.node.fqdn, "stranger")))
    assert upload(there, real, another).status_code == 422
    assert Attempt.objects.first().code == "key.mismatch"


def test_what_is_no_request_is_refused_and_names_the_page_to_look_at(there, real):
    answer = bring_in(there, real, b"no request")
    assert answer.status_code == 422
    assert "On the page Client certificate of the real server" in text(answer)
    assert f'action="{url(real, "-import")}"' in text(answer)
    assert not SigningRequest.objects.exists()


def test_nothing_is_imported_in_a_lab_to_practise_in(there, filled):
    given = {"pasted": real_request(filled.node.fqdn).decode()}
    assert there.post(url(filled, "-import"), given).status_code == 404
    assert not SigningRequest.objects.exists()


def test_a_hostile_request_is_shown_escaped(there, real):
    payload = '<img src=x onerror="alert(1)" hx-get="/x">'
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, payload)])
    made = signing_request(name, keyring.rsa_key("real"))
    bring_in(there, real, made.public_bytes(Encoding.PEM))
    for address in (home(real), url(real, "-decoded")):
        page = text(there.get(address))
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page


# --- What carries it along --------------------------------------------------------------------------------


def requests_of(lab: Lab) -> list[tuple[str, ...]]:
    rows = SigningRequest.objects.filter(slot__node__lab=lab).order_by("pk")
    return list(rows.values_list("slot__node__host", "slot__name", "state", "sha256"))


def test_a_lab_with_requests_of_both_pages_comes_back_from_its_file(there, filled):
    discarded(there, filled)
    generate(there, filled, SERVER)
    generate(there, filled)
    copy = brought_back(there, filled)
    assert requests_of(copy) == requests_of(filled.lab)
    assert [row[1:3] for row in requests_of(copy)] == [
        ("client", "discarded"),
        ("server", "pending"),
        ("client", "pending"),
    ]


def test_a_restore_point_brings_the_discarded_request_back(there, filled):
    generate(there, filled)
    before = requests_of(filled.lab)
    discard(there, filled)
    number = filled.lab.restore_points.first().number
    there.post(reverse("lab-point-restore", args=[filled.lab.pk, number]), {"confirmed": "yes"})
    assert requests_of(filled.lab) == before
    assert upload(there, filled, made_of(pending(filled))).status_code == 302


def test_of_closed_requests_the_oldest_of_the_page_go(there, filled, monkeypatch):
    monkeypatch.setattr(actions, "REQUESTS_KEPT", 2)
    servers = generate(there, filled, SERVER)
    for _ in range(4):
        generate(there, filled, algorithm="ecdsa", length="256")
        discard(there, filled)
    assert SigningRequest.objects.filter(slot__node=filled.node, slot__name=CLIENT).count() == 2
    assert pending(filled, SERVER) == servers


def test_the_pages_cost_the_same_however_many_requests_there_were(
    there, filled, django_assert_max_num_queries
):
    for _ in range(6):
        discarded(there, filled)
    with django_assert_max_num_queries(40):
        there.get(url(filled))
    with django_assert_max_num_queries(45):
        there.get(home(filled))


def test_the_request_is_of_the_server_whose_page_it_was_made_on(there, filled):
    control = filled.lab.nodes.get(kind=Node.Kind.EXPRESSWAY_C)
    request = decode_request(bytes(generate(there, filled, node=control).der))
    assert request.common_names == (control.fqdn,)
    page = text(there.get(url(filled)))
    assert re.search(rf'id="common-name-appears"[^>]*>{re.escape(filled.node.fqdn)}<', page)
