"""The catalogue of odd files, each through the upload form: its code, the right status, nothing stored."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives import serialization
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certstore.models import Attempt, Installation
from certstore.pki.codes import Code
from certstore.pki.forge.authority import self_signed_leaf
from certstore.pki.sniff import FileKind, look_at
from tests import keyring
from tests.labs import content_of, fill_lab
from tests.odd_files import ODD_FILES


@pytest.fixture
def filled(client, db):
    filled = fill_lab("ann")
    client.force_login(filled.owner)
    return filled


def built(odd, certificate, key):
    """The odd file; a PKCS#12 wants a certificate of that very key."""
    if "PKCS#12" in odd.name:
        start, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
        certificate = self_signed_leaf("exp-e1.example.com", keyring.rsa_key("odd"), start, end).pem
    return odd.build(certificate, key)


@pytest.mark.parametrize("odd", ODD_FILES, ids=lambda odd: odd.name)
def test_an_odd_file_gets_its_code_through_the_server_certificate_form(client, filled, odd):
    key = keyring.rsa_key("odd").private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    data = built(odd, content_of(filled.lab, "exp-e1.pem"), key)
    before = Installation.objects.count()
    answer = client.post(
        reverse("server-certificate-upload", args=[filled.node.pk]),
        {"certificate": SimpleUploadedFile("odd.pem", data)},
    )
    attempt = Attempt.objects.filter(lab=filled.lab).first()
    if odd.code is None:
        several = len(look_at(data).certificates) > 1
        expected = (422, "server-certificate.chain-file") if several else (302, "")
        assert (answer.status_code, attempt.code) == expected
        return
    assert (answer.status_code, attempt.code) == (422, odd.code.value)
    assert Installation.objects.count() == before
    assert attempt.stored is False


@pytest.mark.parametrize("odd", ODD_FILES, ids=lambda odd: odd.name)
def test_an_odd_file_gets_the_same_code_through_the_trusted_ca_form(client, filled, odd):
    key = keyring.rsa_key("odd").private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    data = built(odd, content_of(filled.lab, "exp-e1-renewal-issuing-ca.pem"), key)
    answer = client.post(
        reverse("trusted-ca-append", args=[filled.node.pk]), {"file": SimpleUploadedFile("odd.pem", data)}
    )
    attempt = Attempt.objects.filter(lab=filled.lab).first()
    if look_at(data).kind in (FileKind.PEM_CERTIFICATE, FileKind.PEM_CRL) and odd.code in (
        None,
        Code.FILE_CRL,
    ):
        # A block that nobody can read beside good ones is passed over by OpenSSL, and refuses a list whole.
        broken = "unreadable" in dict(look_at(data).facts)
        expected = (422, "file.unreadable-certificate") if broken else (302, "")
        assert (answer.status_code, attempt.code) == expected
        return
    assert (answer.status_code, attempt.code) == (422, odd.code.value)
