"""What a DER structure is, told from its tags."""

import base64

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, PublicFormat

from certstore.pki import der
from certstore.pki.der_kinds import DerKind, is_cut_short, kind_of_beginning, kind_of_der, whole_element
from tests import odd_files
from tests.pki.material import ALGORITHMS, certificate, key, key_pem

PKCS8, OLD, SPKI = PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL, PublicFormat.SubjectPublicKeyInfo
DER = Encoding.DER


def structures(algorithm: str) -> list[tuple[DerKind, bytes]]:
    pem, secret = certificate(algorithm).pem, key_pem(algorithm)
    return [
        (DerKind.CERTIFICATE, certificate(algorithm).der),
        (DerKind.CRL, odd_files.crl(pem, secret, DER)),
        (DerKind.REQUEST, odd_files.request(pem, secret, DER)),
        (DerKind.PKCS7, odd_files.pkcs7_file(pem, DER)),
        (DerKind.PKCS12, odd_files.pkcs12_file(pem, secret)),
        (DerKind.PRIVATE_KEY, odd_files.key_as(secret, DER, PKCS8)),
        (DerKind.PRIVATE_KEY, odd_files.key_as(secret, DER, OLD)),
        (DerKind.ENCRYPTED_PRIVATE_KEY, odd_files.key_as(secret, DER, PKCS8, b"secret")),
        (DerKind.PUBLIC_KEY, key(algorithm).public_key().public_bytes(DER, SPKI)),
    ]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_every_structure_is_named_and_what_follows_it_does_not_matter(algorithm: str) -> None:
    for kind, data in structures(algorithm):
        assert kind_of_der(data) is kind
        assert kind_of_der(data + b"\n") is kind
        assert whole_element(data + b"\n") == data


def test_the_older_forms_are_named() -> None:
    pkcs1 = key("rsa").public_key().public_bytes(DER, PublicFormat.PKCS1)
    assert kind_of_der(pkcs1) is DerKind.PUBLIC_KEY
    dsa = der.write(der.SEQUENCE, der.write(der.INTEGER, b"\1") * 6)
    assert kind_of_der(dsa) is DerKind.PRIVATE_KEY


def test_indefinite_lengths_are_named_where_tools_write_them() -> None:
    signed_data = bytes.fromhex("06092a864886f70d010702")
    assert kind_of_der(b"\x30\x80" + signed_data + b"\xa0\x80") is DerKind.PKCS7
    assert kind_of_der(b"\x30\x80\x02\x01\x03\x30\x80" + signed_data) is DerKind.PKCS12


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"0",
        b"0 or one",
        b"\x30\x00",
        b"\x31\x00",
        b"\x30\x06\x02\x01\x01\x02\x01\x01",  # a DSA signature, as short numbers
        b"\x30\x05\x06\x01\x2a\xa0\x00",
        b"\x30\x80" * 1000,
        b"\x30\x05\x02\x01\x01\x30\x00",
    ],
)
def test_anything_else_has_no_name(data: bytes) -> None:
    assert kind_of_der(data) is None


@pytest.mark.parametrize("length", [10, 100, 300, -1])
def test_a_certificate_that_was_cut_is_known_by_its_beginning(length: int) -> None:
    cut = certificate().der[:length]
    assert is_cut_short(cut)
    assert not is_cut_short(certificate().der)
    assert kind_of_beginning(certificate().der[:300]) is DerKind.CERTIFICATE


@pytest.mark.parametrize("text", [b"0123456789" * 20, b"0\x82", b"0\x89zzzzzzzzzzzz", b"0\x82\xff\xff text"])
def test_text_that_begins_like_a_sequence_is_not_cut_der(text: bytes) -> None:
    assert not is_cut_short(text)
    assert kind_of_beginning(text) is None


def test_the_names_do_not_depend_on_the_order_of_looking() -> None:
    request = base64.b64encode(odd_files.request(certificate().pem, key_pem(), DER))
    assert kind_of_der(request) is None, "Base-64 is no DER"
