"""The Generate CSR page, the pending request on the Server certificate page, and what an upload makes of it."""

import re
import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certstore.actions import csr as actions
from certstore.models import (
    Attempt,
    Cluster,
    Installation,
    Lab,
    Node,
    PublicKey,
    SigningRequest,
    SlotName,
)
from certstore.models.clock import real_now, shifted
from certstore.pki.csr import Typed
from certstore.pki.facts import decode_certificate
from certstore.pki.forge.authority import root
from certstore.pki.forge.requests import signing_request
from certstore.pki.requests import decode_request
from tests import keyring
from tests.labs import FilledLab, content_of, fill_lab
from tests.needs import needs_openssl

pytestmark = pytest.mark.usefixtures("pooled_keys")

NOW = real_now()
CA = root("Renewal CA", keyring.rsa_key("root"), shifted(NOW, -86_400), shifted(NOW, 900 * 86_400))
SUBJECT = {"country": "GB", "state": "London", "organization": "Example"}
FIELDS = {**Typed(length="2048").as_texts(), **SUBJECT}


@pytest.fixture
def filled(db) -> FilledLab:
    return fill_lab("ann")


@pytest.fixture
def there(client, filled):
    client.force_login(filled.owner)
    client.post(
        reverse("trusted-ca-append", args=[filled.node.pk]), {"file": SimpleUploadedFile("ca.pem", CA.pem)}
    )
    return client


@pytest.fixture
def real(filled) -> FilledLab:
    """The same lab, for real files."""
    Lab.objects.filter(pk=filled.lab.pk).update(kind=Lab.Kind.REHEARSE)
    return filled


def url(filled, name="csr", node=None):
    return reverse(name, args=[(node or filled.node).pk])


def text(response) -> str:
    return response.content.decode()


def other(filled) -> Node:
    return filled.lab.nodes.get(kind=Node.Kind.EXPRESSWAY_C)


def generate(client, filled, node=None, **typed):
    return client.post(url(filled, "csr-generate", node), {**FIELDS, **typed})


def pending(filled, node=None) -> SigningRequest:
    return SigningRequest.objects.get(slot__node=node or filled.node, state="pending")


def certificate_for(request_der: bytes) -> bytes:
    """What a CA makes of a request: its subject, names and key."""
    request = x509.load_der_x509_csr(request_der)
    names = request.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    leaf = CA.leaf(
        request.subject,
        request.public_key(),
        shifted(NOW, -3600),
        shifted(NOW, 90 * 86_400),
        sans=list(names),
    )
    return leaf.pem


def upload(client, filled, pem, node=None, **more):
    files = {"certificate": SimpleUploadedFile("server.pem", pem), **more}
    return client.post(url(filled, "server-certificate-upload", node), files)


def headline(filled) -> dict:
    newest = Attempt.objects.filter(lab=filled.lab).first()
    return next(found for found in newest.findings["findings"] if found["code"].startswith("key."))


# --- The page ---------------------------------------------------------------------------------------------


def test_the_page_is_filled_from_the_loaded_certificate_so_that_no_name_is_lost(there, filled):
    page = text(there.get(url(filled)))
    assert 'name="organization"' in page
    running = Installation.objects.get(slot__node=filled.node, is_installed=True).certificate
    names = running.facts["san_dns"]
    assert names
    assert all(f"DNS:{name}" in page for name in names)
    assert "Temporary CA" not in page.split("<form")[-1], "the default certificate's subject is nobody's"
    assert "Unified CM registrations domains" in page
    assert "phone security profile" not in page
    assert "phone security profile" in text(there.get(url(filled, node=other(filled))))


def test_a_renewed_certificates_further_names_and_its_subject_stand_in_the_fields(there, filled):
    leaf = CA.leaf(
        x509.Name(
            [
                x509.NameAttribute(x509.NameOID.COUNTRY_NAME, "DE"),
                x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "Grün & Söhne"),
                x509.NameAttribute(x509.NameOID.COMMON_NAME, filled.node.fqdn),
            ]
        ),
        keyring.rsa_key("server").public_key(),
        shifted(NOW, -3600),
        shifted(NOW, 86_400),
        sans=[filled.node.fqdn, "collab-edge.example.com", "edge.example.com"],
    )
    key = keyring.rsa_key("server").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    upload(there, filled, leaf.pem, key=SimpleUploadedFile("key.pem", key))
    page = text(there.get(url(filled)))
    assert "collab-edge.example.com, edge.example.com</textarea>" in page
    assert 'value="DE"' in page
    assert 'value="Grün &amp; Söhne"' in page


def test_the_names_appear_by_a_button_without_a_script_and_nothing_is_kept(there, filled):
    answer = there.post(
        url(filled, "csr-preview"),
        {
            **FIELDS,
            "domains": "example.com",
            "domain_format": "collab-edge-dns",
            "additional": "b.example.com",
        },
    )
    assert answer.status_code == 200
    assert "<span>DNS:collab-edge.example.com</span>" in text(answer)
    assert "<span>DNS:b.example.com</span>" in text(answer)
    assert not SigningRequest.objects.exists()
    part = there.post(url(filled, "csr-preview"), FIELDS, headers={"HX-Request": "true"})
    assert 'id="alternative-appears"' in text(part)
    assert "<html" not in text(part)


def test_a_name_that_no_public_ca_signs_is_told(there, filled):
    answer = there.post(url(filled, "csr-preview"), {**FIELDS, "additional": "exp.corp.local"})
    assert "No public CA will sign this" in text(answer)
    assert "<b>exp.corp.local</b>" in text(answer)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"additional": "edge"}, "edge is no fully qualified domain name"),
        ({"additional": "DNS:edge.example.com"}, "DNS:edge.example.com is no fully qualified domain name"),
        ({"domains": "example.com, 192.0.2.1"}, "192.0.2.1 is no fully qualified domain name"),
        ({"country": "GBR"}, "GBR is no country code of two letters"),
        ({"state": " "}, "This is required"),
        ({"organization": "x" * 65}, "This is longer than 64 characters"),
        ({"email": "nobody"}, "nobody cannot stand in this field"),
        ({"length": "1024"}, "Choose one of the values that are offered here"),
        ({"algorithm": "ecdsa"}, "Choose one of the values that are offered here"),
        ({"digest": "sha1"}, "Choose one of the values that are offered here"),
        ({"common_name": "cluster"}, "Choose one of the values that are offered here"),
    ],
    ids=lambda value: value if isinstance(value, str) else ",".join(value),
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_made(there, filled, typed, says):
    answer = generate(there, filled, **typed)
    assert answer.status_code == 422
    field = next(iter(typed)) if "algorithm" not in typed else "length"
    if field != "common_name":
        beside = text(answer).split(f'id="wrong-{field}"')[1].split("</ul>")[0]
        assert says in beside
        assert re.search(f'id="{field}"[^>]*aria-invalid="true"', text(answer))
    assert says in text(answer)
    assert not SigningRequest.objects.exists()


def test_hostile_text_comes_back_escaped(there, filled):
    answer = generate(there, filled, additional="<script>alert(1)</script>", state='"><img src=x>\x00\u202e')
    assert answer.status_code == 422
    assert "<script>alert" not in text(answer)
    assert "<img src=x" not in text(answer)


def test_a_field_that_the_role_does_not_have_is_not_read(there, filled):
    assert generate(there, filled, phone_profiles="a\x00b", unknown="\x00").status_code == 302
    assert pending(filled).fields["phone_profiles"] == ""
    assert "unknown" not in pending(filled).fields
    assert generate(there, filled, other(filled), domains="a\x00b", domain_format="\x00").status_code == 302
    assert pending(filled, other(filled)).fields["domains"] == ""


def test_before_x14_3_there_is_no_ecdsa(there, filled):
    assert 'value="521"' in text(there.get(url(filled)))
    Lab.objects.filter(pk=filled.lab.pk).update(release="X14.2")
    assert 'value="521"' not in text(there.get(url(filled)))
    assert generate(there, filled, algorithm="ecdsa", length="256").status_code == 422


# --- The pending request ----------------------------------------------------------------------------------


@needs_openssl
def test_a_request_is_made_shown_downloaded_and_its_key_forgotten(there, filled, openssl):
    before = list(Installation.objects.values())
    done = generate(there, filled, additional="edge.example.com")
    assert done.status_code == 302
    page = text(there.get(done["Location"]))
    assert "The certificate signing request was generated" in page
    assert "System will use the private key file generated at the same time as the CSR." in page
    assert 'name="key"' not in page
    assert list(Installation.objects.values()) == before, "the running certificate is left alone"
    decoded = text(there.get(url(filled, "csr-decoded")))
    assert "DNS:edge.example.com" in decoded
    download = there.get(url(filled, "csr-download"))
    assert download["Content-Disposition"] == f'attachment; filename="{filled.node.host}.csr"'
    assert there.get(url(filled, "csr-pem")).content == download.content
    verified = subprocess.run(
        [openssl, "req", "-verify", "-noout"], input=download.content, capture_output=True, check=True
    )
    assert b"verify OK" in verified.stderr
    assert "PRIVATE" not in repr(list(SigningRequest.objects.values())) + repr(
        list(PublicKey.objects.values())
    )


def test_the_first_tasks_promise_is_not_made_while_a_request_is_pending(there, filled):
    assert "Your task" in text(there.get(url(filled, "server-certificate")))
    generate(there, filled)
    page = text(there.get(url(filled, "server-certificate")))
    assert "Your task" not in page
    assert "were made before it" in page
    assert upload(there, filled, content_of(filled.lab, "exp-e1.pem")).status_code == 422


def test_one_request_at_a_time(there, filled):
    generate(there, filled)
    mine = pending(filled)
    assert there.get(url(filled)).status_code == 302
    again = generate(there, filled)
    assert again.status_code == 422
    assert "in progress already" in text(again)
    assert pending(filled) == mine
    assert generate(there, filled, node=other(filled)).status_code == 302, "each server has its own"


def test_discarding_asks_first_and_tells_the_consequence(there, filled):
    generate(there, filled)
    asked = there.post(url(filled, "csr-discard"))
    assert "will not be accepted" in text(asked)
    assert pending(filled)
    done = there.post(url(filled, "csr-discard"), {"confirmed": "yes"})
    assert "was discarded" in text(there.get(done["Location"]))
    assert not SigningRequest.objects.filter(state="pending").exists()
    nothing = there.post(url(filled, "csr-discard"), {"confirmed": "yes"})
    assert nothing.status_code == 422


def test_without_a_request_its_pages_lead_back(there, filled):
    for name in ("csr-decoded", "csr-pem", "csr-download"):
        assert there.get(url(filled, name))["Location"] == url(filled, "server-certificate")


# --- The certificate --------------------------------------------------------------------------------------


def test_the_certificate_of_the_pending_request_is_taken_and_uses_it_up(there, filled):
    generate(there, filled)
    row = pending(filled)
    assert upload(there, filled, certificate_for(bytes(row.der))).status_code == 302
    row.refresh_from_db()
    assert row.state == "used"
    installed = Installation.objects.get(slot__node=filled.node, is_installed=True)
    assert (installed.key_origin, installed.key) == ("request", row.key)
    assert 'name="key"' in text(there.get(url(filled, "server-certificate")))


def test_a_key_file_beside_a_pending_request_is_not_read(there, filled):
    generate(there, filled)
    key = SimpleUploadedFile("key.pem", b"no key at all")
    assert upload(there, filled, certificate_for(bytes(pending(filled).der)), key=key).status_code == 302


def test_a_certificate_of_a_discarded_request_is_refused_and_it_is_said_which(there, filled):
    generate(there, filled)
    first = bytes(pending(filled).der)
    there.post(url(filled, "csr-discard"), {"confirmed": "yes"})
    generate(there, filled)
    answer = upload(there, filled, certificate_for(first))
    assert answer.status_code == 422
    assert headline(filled)["facts"]["request"] == "discarded"
    assert "which was discarded on" in text(answer)
    assert pending(filled), "the one that waits goes on waiting"
    page = text(answer)
    assert page.index("Why was it refused?") < page.index("The pending request"), "the answer stands first"
    signs = reverse("training-ca", args=[filled.lab.pk]) + f"?request={pending(filled).pk}#sign"
    assert f'href="{signs}"' in page
    there.post(url(filled, "csr-discard"), {"confirmed": "yes"})
    assert upload(there, filled, certificate_for(first)).status_code == 422


def test_a_certificate_of_another_servers_request_is_refused_and_names_that_server(there, filled):
    generate(there, filled, node=other(filled))
    theirs = bytes(pending(filled, other(filled)).der)
    for _ in range(2):  # once without a request here, once with one
        answer = upload(there, filled, certificate_for(theirs))
        assert answer.status_code == 422
        assert f"a request of {other(filled).host}" in text(answer)
        generate(there, filled)


def test_a_certificate_of_a_used_request_is_refused_once_another_took_its_place(there, filled):
    generate(there, filled)
    first = bytes(pending(filled).der)
    upload(there, filled, certificate_for(first))
    assert upload(there, filled, certificate_for(first)).status_code == 302, "its key is the one held"
    generate(there, filled)
    assert "the key that the server has now" in text(upload(there, filled, certificate_for(first)))
    upload(there, filled, certificate_for(bytes(pending(filled).der)))
    answer = upload(there, filled, certificate_for(first))
    assert answer.status_code == 422
    assert "which was used for a certificate on" in text(answer)


def test_reusing_the_current_key_leaves_a_key_file_unread(there, filled):
    broken = SimpleUploadedFile("key.pem", b"no key at all")
    there.post(
        reverse("trusted-ca-append", args=[filled.node.pk]),
        {"file": SimpleUploadedFile("b.pem", content_of(filled.lab, "exp-e1-ca-bundle.pem"))},
    )
    files = {"certificate": SimpleUploadedFile("s.pem", content_of(filled.lab, "exp-e1.pem")), "key": broken}
    assert there.post(url(filled, "server-certificate-upload"), files).status_code == 422
    files = {
        "certificate": SimpleUploadedFile("s.pem", content_of(filled.lab, "exp-e1.pem")),
        "key": SimpleUploadedFile("key.pem", b"no key at all"),
    }
    assert there.post(url(filled, "server-certificate-upload"), {**files, "reuse": "yes"}).status_code == 302


# --- Labs for real files ----------------------------------------------------------------------------------


def real_request(name: str, key: str = "real") -> bytes:
    made = signing_request(name, keyring.rsa_key(key), [name], ekus=["1.3.6.1.5.5.7.3.1"])
    return made.public_bytes(Encoding.PEM)


def bring_in(client, filled, pem, node=None):
    return client.post(
        url(filled, "csr-import", node), {"request": SimpleUploadedFile("server.csr", pem)}, follow=True
    )


def der_of(pem: bytes) -> bytes:
    return x509.load_pem_x509_csr(pem).public_bytes(Encoding.DER)


def test_a_real_request_is_imported_and_what_the_match_rests_on_is_said(there, real):
    pem = real_request(real.node.fqdn)
    answer = bring_in(there, real, pem)
    assert "The request was imported" in text(answer)
    assert pending(real).is_imported
    done = upload(there, real, certificate_for(der_of(pem)))
    assert done.status_code == 302
    assert headline(real)["code"] == "key.matches-request"
    assert f"matches the request of {real.node.host}" in text(there.get(done["Location"])) or (
        f"made from the pending request of {real.node.host}" in text(there.get(done["Location"]))
    )
    installed = Installation.objects.get(slot__node=real.node, is_installed=True)
    assert installed.key_origin == "imported"


@pytest.mark.parametrize("key", ["rsa", "ecdsa"])
def test_the_text_of_show_decoded_imports_as_well(there, real, openssl, key):
    private = keyring.rsa_key("real") if key == "rsa" else keyring.ec_key("real")
    made = signing_request(real.node.fqdn, private, [real.node.fqdn]).public_bytes(Encoding.PEM)
    printed = subprocess.run([openssl, "req", "-noout", "-text"], input=made, capture_output=True, check=True)
    answer = there.post(url(real, "csr-import"), {"pasted": printed.stdout.decode()}, follow=True)
    assert "The request was imported" in text(answer)
    assert bytes(pending(real).der) == der_of(made)


def test_a_certificate_of_another_servers_real_request_is_refused_and_says_which(there, real):
    pem = real_request(other(real).fqdn)
    bring_in(there, real, pem, other(real))
    answer = upload(there, real, certificate_for(der_of(pem)))
    assert answer.status_code == 422
    assert f"a request of {other(real).host}" in text(answer)


def test_a_mismatch_proves_nothing_without_an_imported_request_and_refuses_with_one(there, real):
    unknown = certificate_for(der_of(real_request(real.node.fqdn, "nobody")))
    generate(there, real)  # made here: no server has its key
    assert upload(there, real, unknown).status_code == 302
    assert headline(real)["code"] == "key.not-checked"
    actions.discard(real.node, SlotName.SERVER)
    bring_in(there, real, real_request(real.node.fqdn))
    assert upload(there, real, unknown).status_code == 422
    assert headline(real)["code"] == "key.mismatch"


@pytest.mark.parametrize(
    "data", [b"", b"no request", b"Certificate Request:\nSubject: CN = x\n", b"\xff\xfe\x00" * 40]
)
def test_what_is_no_request_is_refused_with_a_sentence(there, real, data):
    answer = bring_in(there, real, data)
    assert answer.status_code == 422
    assert "There is no" in text(answer) or "was expected" in text(answer)
    assert not SigningRequest.objects.exists()


def test_a_private_key_beside_a_request_is_refused_whole(there, real):
    pem = real_request(real.node.fqdn) + b"-----BEGIN PRIVATE KEY-----\nMAMCAQU=\n-----END PRIVATE KEY-----\n"
    answer = bring_in(there, real, pem)
    assert answer.status_code == 422
    assert "private key" in text(answer)
    assert "MAMCAQU" not in text(answer)
    assert not SigningRequest.objects.exists()


def test_a_discarded_request_can_be_imported_again(there, real):
    pem = real_request(real.node.fqdn)
    bring_in(there, real, pem)
    actions.discard(real.node, SlotName.SERVER)
    bring_in(there, real, pem)
    assert bytes(pending(real).der) == der_of(pem)


def test_nothing_is_imported_in_a_lab_to_practise_in(there, filled):
    pem = real_request(filled.node.fqdn)
    assert there.post(url(filled, "csr-import"), {"pasted": pem.decode()}).status_code == 404
    assert not SigningRequest.objects.exists()


def test_of_closed_requests_the_oldest_go(there, filled, monkeypatch):
    monkeypatch.setattr(actions, "REQUESTS_KEPT", 3)
    for _ in range(5):
        generate(there, filled, algorithm="ecdsa", length="256")
        actions.discard(filled.node, SlotName.SERVER)
    assert SigningRequest.objects.filter(slot__node=filled.node).count() == 3


def test_the_pages_cost_the_same_however_many_requests_there_were(
    there, filled, django_assert_max_num_queries
):
    for _ in range(6):
        generate(there, filled, algorithm="ecdsa", length="256")
        actions.discard(filled.node, SlotName.SERVER)
    with django_assert_max_num_queries(40):
        there.get(url(filled))
    with django_assert_max_num_queries(45):
        there.get(url(filled, "server-certificate"))


def test_the_certificates_key_is_the_requests(there, filled):
    generate(there, filled)
    request = decode_request(bytes(pending(filled).der))
    assert (
        decode_certificate(
            x509.load_pem_x509_certificate(certificate_for(request.der)).public_bytes(Encoding.DER)
        ).spki_sha256
        == request.spki_sha256
    )


# --- In a cluster, in a copy, and of hostile origin --------------------------------------------------------


@pytest.fixture
def clustered(filled) -> FilledLab:
    cluster = Cluster.objects.create(lab=filled.lab, role="expressway-e", fqdn="edge.example.com")
    Node.objects.create(
        lab=filled.lab,
        kind=Node.Kind.EXPRESSWAY_E,
        host="exp-e2",
        domain="example.com",
        address="192.0.2.9",
        cluster=cluster,
        peer_number=2,
    )
    Node.objects.filter(pk=filled.node.pk).update(cluster=cluster, peer_number=1)
    return filled


def test_in_a_cluster_its_name_is_common_and_all_peers_can_be_asked_for(there, clustered):
    page = text(there.get(url(clustered)))
    assert "FQDN of Expressway cluster plus FQDNs of all peers in the cluster" in page
    assert re.search(r'id="common-name-appears"[^>]*>edge\.example\.com<', page)
    done = generate(there, clustered, common_name="cluster", alternative="peers")
    assert done.status_code == 302
    request = decode_request(bytes(pending(clustered).der))
    assert request.common_names == ("edge.example.com",)
    assert request.san_dns == ("edge.example.com", clustered.node.fqdn, "exp-e2.example.com")


def brought_back(client, filled) -> Lab:
    """The lab out of its own exported file."""
    exported = client.get(reverse("lab-export", args=[filled.lab.pk]))
    body = b"".join(exported.streaming_content) if exported.streaming else exported.content
    answer = client.post(reverse("lab-import"), {"file": SimpleUploadedFile("lab.json", body)})
    assert answer.status_code == 302, text(answer)
    return Lab.objects.exclude(pk=filled.lab.pk).latest("created_at")


def test_a_lab_with_requests_comes_back_from_its_file(there, filled):
    generate(there, filled, additional="a.example.com,\r\nb.example.com")
    actions.discard(filled.node, SlotName.SERVER)
    generate(there, filled)
    copy = brought_back(there, filled)
    rows = [
        list(SigningRequest.objects.filter(slot__node__lab=one).values_list("state", "sha256", "fields"))
        for one in (filled.lab, copy)
    ]
    assert rows[0] == rows[1]
    assert [row[0] for row in rows[1]] == ["pending", "discarded"]


def test_a_hostile_request_is_shown_escaped_and_asks_for_nothing(there, real):
    payload = '<img src=x onerror="alert(1)" hx-get="/x">'
    made = signing_request(
        x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, payload)]), keyring.rsa_key("real")
    )
    bring_in(there, real, made.public_bytes(Encoding.PEM))
    for name in ("server-certificate", "csr-decoded"):
        page = text(there.get(url(real, name)))
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page
    assert "The pending request" in text(there.get(url(real, "server-certificate")))
