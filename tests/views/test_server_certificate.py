"""Maintenance > Security > Server certificate: the source document's chapter, from refusal to restart."""

import pytest
from cryptography.hazmat.primitives import serialization
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certstore.models import Attempt, Installation, Lab
from certstore.pki.facts import decode_certificate
from tests import keyring
from tests.labs import content_of, fill_lab


@pytest.fixture
def filled(db):
    return fill_lab("ann")


@pytest.fixture
def there(client, filled):
    client.force_login(filled.owner)
    return client


def url(filled, name="server-certificate"):
    return reverse(name, args=[filled.node.pk])


def upload(client, filled, data, key=None, name="server.pem"):
    files = {"certificate": SimpleUploadedFile(name, data)}
    if key is not None:
        files["key"] = SimpleUploadedFile("key.pem", key)
    return client.post(url(filled, "server-certificate-upload"), files)


def current(filled):
    rows = Installation.objects.filter(slot__node=filled.node)
    return rows.get(is_installed=True), rows.get(is_running=True)


def text(response):
    return response.content.decode()


def test_the_chapter_of_the_source_document_from_refusal_to_restart(there, filled):
    there.post(reverse("trusted-ca-reset", args=[filled.node.pk]), {"confirmed": "1"})
    before = current(filled)

    wrong_format = upload(there, filled, content_of(filled.lab, "exp-e1.cer"))
    assert wrong_format.status_code == 422
    assert "DER" in text(wrong_format)

    untrusted = upload(there, filled, content_of(filled.lab, "exp-e1.pem"))
    assert untrusted.status_code == 422
    issuing = decode_certificate(content_of(filled.lab, "exp-e1-issuing-ca.cer"))
    assert issuing.subject in text(untrusted)
    assert issuing.subject_key_id in text(untrusted)
    assert current(filled) == before

    for name in ("exp-e1-issuing-ca.pem", "exp-e1-root-ca.pem"):
        ca = SimpleUploadedFile(name, content_of(filled.lab, name))
        assert (
            there.post(reverse("trusted-ca-append", args=[filled.node.pk]), {"file": ca}).status_code == 302
        )

    accepted = upload(there, filled, content_of(filled.lab, "exp-e1.pem"))
    assert accepted.status_code == 302
    installed, running = current(filled)
    assert installed != running, "until the restart callers see the old certificate"
    page = text(there.get(accepted["Location"]))
    assert "restart" in page
    assert "15028" in text(there.get(reverse("alarms", args=[filled.node.pk])))

    offset = Lab.objects.get(pk=filled.lab.pk).clock_offset_s
    done = there.post(reverse("restart", args=[filled.node.pk]), {"confirmed": "1"})
    assert done.status_code == 302
    installed, running = current(filled)
    assert installed == running
    assert installed.certificate.sha256 == decode_certificate(content_of(filled.lab, "exp-e1.cer")).sha256
    assert Lab.objects.get(pk=filled.lab.pk).clock_offset_s == offset + 180
    assert "15028" not in text(there.get(reverse("alarms", args=[filled.node.pk])))


def test_a_renewal_by_a_new_issuing_ca_is_refused_until_that_ca_is_there(there, filled):
    refused = upload(there, filled, content_of(filled.lab, "exp-e1-renewal.pem"))
    assert Attempt.objects.filter(lab=filled.lab).first().code == "chain.issuer-missing"
    assert refused.status_code == 422
    ca = SimpleUploadedFile("ca.pem", content_of(filled.lab, "exp-e1-renewal-issuing-ca.pem"))
    there.post(reverse("trusted-ca-append", args=[filled.node.pk]), {"file": ca})
    assert upload(there, filled, content_of(filled.lab, "exp-e1-renewal.pem")).status_code == 302


def test_restart_asks_first_and_changes_nothing_until_confirmed(there, filled):
    upload(there, filled, content_of(filled.lab, "exp-e1.pem"))
    before = current(filled)
    assert there.post(reverse("restart", args=[filled.node.pk])).status_code == 200
    assert current(filled) == before


def test_no_file_chosen_is_said(there, filled):
    answer = there.post(url(filled, "server-certificate-upload"))
    assert answer.status_code == 422
    assert Attempt.objects.filter(lab=filled.lab).first().code == "file.missing"


def test_an_uploaded_key_is_compared_and_only_its_public_half_stays(there, filled):
    from certstore.models import PublicKey

    key = keyring.rsa_key("uploaded")
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    mismatch = upload(there, filled, content_of(filled.lab, "exp-e1.pem"), key=pem)
    assert mismatch.status_code == 422
    attempt = Attempt.objects.filter(lab=filled.lab).first()
    assert attempt.code == "key.mismatch"
    stored = repr(list(Attempt.objects.values())) + repr(list(PublicKey.objects.values()))
    assert "PRIVATE" not in stored
    assert pem.decode().splitlines()[2] not in stored


def test_the_default_certificate_comes_back_and_wants_a_restart_too(there, filled):
    upload(there, filled, content_of(filled.lab, "exp-e1.pem"))
    there.post(reverse("restart", args=[filled.node.pk]), {"confirmed": "1"})
    assert there.post(url(filled, "server-certificate-reset")).status_code == 200
    assert there.post(url(filled, "server-certificate-reset"), {"confirmed": "1"}).status_code == 302
    installed, running = current(filled)
    filled.node.refresh_from_db()
    assert installed.certificate_id == filled.node.factory_certificate_id
    assert running != installed


def test_labs_for_real_files_have_no_key_chooser_and_ignore_one_that_is_sent(there, filled):
    Lab.objects.filter(pk=filled.lab.pk).update(kind=Lab.Kind.REHEARSE)
    assert 'name="key"' not in text(there.get(url(filled)))
    encrypted = keyring.rsa_key("uploaded").private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"x"),
    )
    answer = upload(there, filled, content_of(filled.lab, "exp-e1.pem"), key=encrypted)
    assert answer.status_code == 302


def test_decoded_and_pem_views_show_the_loaded_certificate(there, filled):
    assert "Serial Number" in text(there.get(url(filled, "server-certificate-decoded")))
    pem = there.get(url(filled, "server-certificate-pem")).content
    assert b"-----BEGIN CERTIFICATE-----" in pem


def test_the_page_names_the_end_of_the_certificate_and_the_earliest_in_the_chain(there, filled):
    page = text(there.get(url(filled)))
    installed, _ = current(filled)
    assert installed.certificate.not_after[:4] in page


def test_every_attempt_has_a_page_and_a_text_for_the_ticket(there, filled):
    upload(there, filled, content_of(filled.lab, "exp-e1.cer"), name="wrong.cer")
    attempt = Attempt.objects.filter(lab=filled.lab).first()
    page = there.get(reverse("attempt", args=[filled.lab.pk, attempt.pk]))
    assert "wrong.cer" in text(page)
    ticket = text(there.get(reverse("attempt-ticket", args=[filled.lab.pk, attempt.pk])))
    assert "wrong.cer" in ticket
    assert attempt.sha256 in ticket.replace("\n", "").replace(" ", "")
    pem = there.get(reverse("attempt-certificate", args=[filled.lab.pk, attempt.pk, 1])).content
    assert upload(there, filled, pem).status_code == 302
    assert there.get(reverse("attempt-certificate", args=[filled.lab.pk, attempt.pk, 2])).status_code == 404
