"""The certificates in a PKCS#7 file, cut out of DER and of BER."""

import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from certstore.pki import der
from certstore.pki.pkcs7 import certificates_of_pkcs7
from tests.pki.material import certificate

BOTH = [certificate("rsa"), certificate("ec")]
SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")


def in_der() -> bytes:
    return pkcs7.serialize_certificates([made.certificate for made in BOTH], Encoding.DER)


def endless(tag: int, content: bytes) -> bytes:
    """An element of indefinite length."""
    return bytes((tag, 0x80)) + content + b"\0\0"


def in_ber() -> bytes:
    """The same with indefinite lengths, as tools write it that do not know them beforehand."""
    kind, content = der.read(in_der()).parts()
    fields = list(next(content.parts()).parts())
    data = endless(
        der.SEQUENCE, b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01" + endless(0xA0, endless(0x24, b"\4\0"))
    )
    certificates = endless(0xA0, b"".join(made.der for made in BOTH))
    inside = fields[0].whole() + fields[1].whole() + data + certificates + b"\x31\0"
    return endless(der.SEQUENCE, kind.whole() + endless(0xA0, endless(der.SEQUENCE, inside)))


@pytest.mark.parametrize("data", [in_der(), in_ber()], ids=["DER", "BER"])
def test_the_certificates_are_found(data: bytes) -> None:
    assert set(certificates_of_pkcs7(data, 10)) == {made.der for made in BOTH}


def test_openssl_finds_them_in_our_ber_as_well(openssl: str) -> None:
    command = [openssl, "pkcs7", "-inform", "DER", "-print_certs"]
    listed = subprocess.run(command, input=in_ber(), capture_output=True, check=True).stdout
    found = x509.load_pem_x509_certificates(listed)
    assert {one.public_bytes(Encoding.DER) for one in found} == {made.der for made in BOTH}


def test_no_more_are_read_than_asked_for() -> None:
    assert len(certificates_of_pkcs7(in_der(), 1)) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x30\x00",
        b"\x30\x80",
        in_der()[:-1],
        in_ber()[:200],
        der.write(der.SEQUENCE, SIGNED_DATA),
        der.write(der.SEQUENCE, SIGNED_DATA + b"\xa0\0"),
        der.write(der.SEQUENCE, SIGNED_DATA + b"\xa0\2\x30\0"),
        in_der().replace(SIGNED_DATA, SIGNED_DATA[:-1] + b"\x03"),  # enveloped data
        b"\x30\x80" + SIGNED_DATA + b"\xa0\x80" * 100_000,
        b"\x30\x80" + SIGNED_DATA + b"\xa0\x80\x30\x80" + b"\x02\x00" * 100_000,
        BOTH[0].der,
    ],
    ids=range(12),
)
def test_what_is_none_or_broken_gives_none(data: bytes) -> None:
    assert certificates_of_pkcs7(data, 10) == ()


def test_what_is_no_certificate_among_them_is_left_out() -> None:
    kind, content = der.read(in_der()).parts()
    fields = list(next(content.parts()).parts())
    inside = fields[0].whole() + fields[1].whole() + fields[2].whole()
    inside += der.write(0xA0, b"\x30\x03\x02\x01\x01" + BOTH[0].der) + b"\x31\0"
    signed = der.write(0xA0, der.write(der.SEQUENCE, inside))
    data = der.write(der.SEQUENCE, kind.whole() + signed)
    assert certificates_of_pkcs7(data, 10) == (BOTH[0].der,)
