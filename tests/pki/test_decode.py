"""The texts behind "Show (decoded)" and "Show all (PEM file)"."""

import re
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from certstore.pki import der
from certstore.pki.decode import decoded_certificate, decoded_crl, pem_list, pem_text
from certstore.pki.facts import decode_certificate, decode_crl
from certstore.pki.forge import authority
from tests import keyring
from tests.needs import needs_openssl
from tests.poison import poison
from tests.raw import (
    CN,
    DNS_NAME,
    IS_A_CA,
    OU,
    URI_NAME,
    C,
    O,
    RawCertificate,
    alternative_names,
    attribute,
    extension,
    name,
    oid,
)

START, END = datetime(2025, 1, 1, tzinfo=UTC), datetime(2035, 6, 30, 12, 0, 5, tzinfo=UTC)
SUBJECT = name(attribute(C, "GB"), attribute(O, "Example, Inc."), [attribute(OU, "a"), attribute(CN, "b")])


def openssl_text(openssl: str, command: str, data: bytes) -> str:
    """What the program prints of a certificate or CRL in DER."""
    arguments = [openssl, command, "-inform", "DER", "-noout", "-text"]
    return subprocess.run(arguments, input=data, capture_output=True, check=True).stdout.decode()


def certificates() -> list[bytes]:
    """A root, a server's certificate and one whose name needs quotes."""
    root = authority.root("Example Root", keyring.rsa_key("root"), START, END)
    leaf = root.leaf(
        "exp-e1.example.com", keyring.ec_key("leaf").public_key(), START, END, sans=["exp-e1.example.com"]
    )
    return [root.der, leaf.der, RawCertificate(subject=SUBJECT).der]


def stable(text: str) -> list[str]:
    """The lines on which versions of OpenSSL agree: not the columns of numbers, nor the signature's heading."""
    lines = re.sub(" field, [0-9]+ bit security level", "", text.rstrip("\n")).split("\n")
    kept = [line.rstrip() for line in lines if "Signature Value" not in line]
    return [line for line in kept if not re.fullmatch(r" {8,20}([0-9a-f]{2}:)*[0-9a-f]{2}:?", line)]


@needs_openssl
def test_certificates_are_printed_as_the_openssl_program_prints_them(openssl: str) -> None:
    for data in certificates():
        assert stable(decoded_certificate(data)) == stable(openssl_text(openssl, "x509", data))


def test_a_name_inside_a_value_is_not_taken_for_another() -> None:
    text = decoded_certificate(RawCertificate(subject=name(attribute(O, "Example, CN = x/CN=y"))).der)
    assert '        Subject: O = "Example, CN = x/CN=y"\n' in text


def test_what_is_no_certificate_prints_nothing() -> None:
    assert decoded_certificate(b"") == ""
    assert decoded_certificate(b"\x30\x03\x02\x01\x00") == ""


def test_every_poison_certificate_is_printed_and_every_sign_can_be_seen() -> None:
    for wrong, data in poison():
        text = decoded_certificate(data)
        assert text.startswith("Certificate:\n    Data:\n"), wrong
        assert all(line.isprintable() for line in text.split("\n")), wrong
        assert len(text) <= 65 * 1024, wrong


def test_an_alternative_name_cannot_write_lines_of_its_own() -> None:
    forged = "a.example.com\r\n            X509v3 Basic Constraints: critical\n                CA:FALSE"
    names = alternative_names((DNS_NAME, forged), (URI_NAME, "\n"), (DNS_NAME, "b.example.com"))
    text = decoded_certificate(RawCertificate(extensions=(names, IS_A_CA)).der)
    assert "CA:FALSE" not in [line.strip() for line in text.split("\n")]
    assert "DNS:a.example.com..            X509v3 Basic Constraints: critical.    " in text
    assert "URI:., DNS:b.example.com\n" in text


def test_an_address_of_the_authority_cannot_either() -> None:
    address = der.write(0x86, b"http://ca.example/\nForged: yes")
    issuers = der.write(der.SEQUENCE, oid("1.3.6.1.5.5.7.48.2") + address)
    access = extension("1.3.6.1.5.5.7.1.1", der.write(der.SEQUENCE, issuers))
    text = decoded_certificate(RawCertificate(extensions=(access,)).der)
    assert "CA Issuers - URI:http://ca.example/.Forged: yes\n" in text


def test_a_name_that_is_nested_endlessly_is_printed_all_the_same() -> None:
    nested = b""
    for _ in range(20_000):
        nested = der.write(0xA0, nested)
    other = der.write(0xA0, oid("1.2.3.4") + der.write(0xA0, nested))
    names = extension("2.5.29.17", der.write(der.SEQUENCE, other))
    data = RawCertificate(extensions=(names,)).der
    assert decode_certificate(data).san_other == ("othername:1.2.3.4",)
    assert decoded_certificate(data).startswith("Certificate:\n")


def test_a_sign_that_openssl_prints_as_it_is_can_be_seen() -> None:
    point = der.write(0x86, b"http://ca.example/\rx")
    points = der.write(der.SEQUENCE, der.write(der.SEQUENCE, der.write(0xA0, der.write(0xA0, point))))
    text = decoded_certificate(RawCertificate(extensions=(extension("2.5.29.31", points),)).der)
    assert "URI:http://ca.example/\\u000Dx\n" in text


@pytest.mark.parametrize(("count", "more"), [(100, ""), (101, ", and 1 more"), (5000, ", and 4900 more")])
def test_a_hundred_alternative_names_are_printed_and_the_others_counted(count: int, more: str) -> None:
    names = alternative_names(*[(DNS_NAME, f"host-{number}.example.com") for number in range(count)])
    text = decoded_certificate(RawCertificate(extensions=(names,)).der)
    assert text.count("DNS:") == 100
    assert f"DNS:host-99.example.com{more}\n" in text


def test_a_long_text_is_cut_and_says_so() -> None:
    parts = [b"\x30\x05" + bytes.fromhex("06032a0304")] * 5000  # certificate policies
    policies = der.write(der.SEQUENCE, b"".join(parts))
    wrapped = der.write(der.SEQUENCE, bytes.fromhex("0603551d20") + der.write(0x04, policies))
    text = decoded_certificate(RawCertificate(extensions=(wrapped,)).der)
    assert len(text) < 65 * 1024
    assert text.endswith("\n…\n")


def crl(count: int, *, extensions: bool = True, next_update: datetime = END) -> bytes:
    """A CRL of an authority, with so many entries, each with a reason."""
    key = keyring.ec_key("crl root")
    issuer = authority.root("Example Root", key, START, END)
    unsigned = x509.CertificateRevocationListBuilder().issuer_name(issuer.name).last_update(START)
    unsigned = unsigned.next_update(next_update)
    if extensions:
        unsigned = unsigned.add_extension(x509.CRLNumber(4097), False)
        unsigned = unsigned.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), False
        )
        addresses = [x509.UniformResourceIdentifier("http://ca.example/ca.crl")]
        point = x509.IssuingDistributionPoint(addresses, None, False, False, None, False, False)
        unsigned = unsigned.add_extension(point, True)
    for number in range(1, count + 1):
        entry = x509.RevokedCertificateBuilder().serial_number(number * 0xABCDEF)
        entry = entry.revocation_date(START + timedelta(days=number))
        if extensions:
            entry = entry.add_extension(x509.CRLReason(x509.ReasonFlags.key_compromise), False)
        unsigned = unsigned.add_revoked_certificate(entry.build())
    return unsigned.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


@needs_openssl
@pytest.mark.parametrize(("count", "extensions"), [(0, True), (3, True), (2, False)])
def test_crls_are_printed_as_the_openssl_program_prints_them(
    openssl: str, count: int, extensions: bool
) -> None:
    data = crl(count, extensions=extensions)
    theirs, ours = openssl_text(openssl, "crl", data), decoded_crl(decode_crl(data))
    assert [line.rstrip() for line in ours.split("\n")] == [line.rstrip() for line in theirs.split("\n")]


def test_a_hundred_entries_of_a_crl_are_printed_and_the_others_counted() -> None:
    text = decoded_crl(decode_crl(crl(103)))
    assert text.count("Serial Number:") == 100
    assert "\n    and 3 more\n" in text


def test_pem_has_64_columns() -> None:
    lines = pem_text(bytes(100)).split("\n")
    assert (lines[0], lines[-2], lines[-1]) == (
        "-----BEGIN CERTIFICATE-----",
        "-----END CERTIFICATE-----",
        "",
    )
    assert [len(line) for line in lines[1:-2]] == [64, 64, 8]


@needs_openssl
def test_openssl_reads_our_pem(openssl: str) -> None:
    data = RawCertificate().der
    command = [openssl, "x509", "-inform", "PEM", "-outform", "DER"]
    read = subprocess.run(command, input=pem_text(data).encode(), capture_output=True, check=True)
    assert read.stdout == data


def test_the_list_names_each_block_without_its_ou() -> None:
    digicert = name(
        attribute(C, "US"), attribute(O, "DigiCert Inc"), attribute(OU, "x"), attribute(CN, "Root")
    )
    first, second = RawCertificate(subject=digicert).der, RawCertificate(subject=name()).der
    revoked = crl(1)
    text = pem_list([decode_certificate(first), decode_certificate(second), decode_crl(revoked)])
    assert text == (
        f"O=DigiCert Inc, CN=Root\n{pem_text(first)}-\n{pem_text(second)}"
        f"CN=Example Root\n{pem_text(revoked, 'X509 CRL')}"
    )


def test_no_name_can_start_a_block_in_the_list() -> None:
    poisoned = [decode_certificate(data) for _, data in poison()]
    text = pem_list(poisoned)
    assert text.count("-----BEGIN") == text.count("-----END") == len(poisoned)
    assert [cert.public_bytes(Encoding.DER) for cert in _read_blocks(text)] == [each.der for each in poisoned]


def _read_blocks(text: str) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(text.encode())
