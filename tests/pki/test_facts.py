"""Decoding a certificate once: its facts, its form in the database, and what is refused."""

import dataclasses
import json
import subprocess
import sys
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import cast

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, padding, rsa, x25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from certstore.pki import der, facts, public_keys
from certstore.pki.facts import (
    CertificateFacts,
    Undecodable,
    crl_from_json,
    decode_certificate,
    decode_crl,
    from_json,
    to_json,
)
from tests import keyring
from tests.poison import poison
from tests.raw import CN, PRINTABLE, T61, RawCertificate, alternative_names, attribute, name
from tests.raw import key as raw_key

SHA256 = hashes.SHA256()
SMALLEST_DSA = 1024  # quick to make
START, END = datetime(2025, 1, 1, tzinfo=UTC), datetime(2035, 6, 30, 12, 0, 5, tzinfo=UTC)
NAME = x509.Name(
    [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "GB"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Example"),
        x509.NameAttribute(NameOID.COMMON_NAME, "exp-e1.example.com"),
    ]
)


def builder(public_key=None) -> x509.CertificateBuilder:
    start = x509.CertificateBuilder().subject_name(NAME).issuer_name(NAME).serial_number(0xABCDE)
    own = public_key or keyring.ec_key("facts").public_key()
    return start.public_key(own).not_valid_before(START).not_valid_after(END)


def decoded(unsigned: x509.CertificateBuilder, key=None, digest=SHA256, **options) -> CertificateFacts:
    certificate = unsigned.sign(key or keyring.ec_key("facts"), digest, **options)
    return decode_certificate(certificate.public_bytes(Encoding.DER))


def spki(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def test_the_plain_fields() -> None:
    found = decoded(builder())
    assert found.subject == found.issuer == "O=Example, CN=exp-e1.example.com"
    assert found.common_names == ("exp-e1.example.com",)
    assert found.serial == "0ABCDE"
    assert (found.not_before, found.not_after) == ("2025-01-01T00:00:00Z", "2035-06-30T12:00:05Z")
    assert (found.key_algorithm, found.key_bits, found.signature_digest) == ("ECDSA", 256, "sha256")
    assert found.is_self_issued
    assert found.is_self_signed


def test_what_is_absent_is_none_or_empty() -> None:
    found = decoded(builder())
    assert (found.is_ca, found.has_basic_constraints, found.path_length) == (False, False, None)
    assert (found.subject_key_id, found.authority_key_id) == (None, None)
    assert (found.san_dns, found.san_other, found.has_san) == ((), (), False)
    assert (found.extended_key_usage, found.key_usage) == (None, None)
    assert (found.unknown_name_oids, found.ca_issuers) == ((), ())


def test_the_extensions() -> None:
    usage = {
        field: field in ("key_cert_sign", "crl_sign", "content_commitment") for field in KEY_USAGE_FIELDS
    }
    uses = [ExtendedKeyUsageOID.SERVER_AUTH, x509.ObjectIdentifier("1.2.3.4")]
    found = decoded(
        builder()
        .add_extension(x509.BasicConstraints(True, 3), True)
        .add_extension(x509.KeyUsage(**usage), True)
        .add_extension(x509.ExtendedKeyUsage(uses), False)
        .add_extension(x509.SubjectKeyIdentifier(b"\x01\xab"), False)
        .add_extension(x509.AuthorityKeyIdentifier(b"\x02\xcd", None, None), False)
    )
    assert (found.is_ca, found.has_basic_constraints, found.path_length) == (True, True, 3)
    assert found.key_usage == ("nonRepudiation", "keyCertSign", "cRLSign")
    assert found.extended_key_usage == ("1.3.6.1.5.5.7.3.1", "1.2.3.4")
    assert (found.subject_key_id, found.authority_key_id) == ("01:AB", "02:CD")


KEY_USAGE_FIELDS = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


def test_encipher_only_stands_beside_key_agreement() -> None:
    usage = {field: field in ("key_agreement", "encipher_only") for field in KEY_USAGE_FIELDS}
    found = decoded(builder().add_extension(x509.KeyUsage(**usage), True))
    assert found.key_usage == ("keyAgreement", "encipherOnly")


def test_a_certificate_that_says_it_is_no_ca() -> None:
    found = decoded(builder().add_extension(x509.BasicConstraints(False, None), True))
    assert (found.is_ca, found.has_basic_constraints) == (False, True)


def test_alternative_names_of_all_kinds() -> None:
    names = [
        x509.DNSName("exp-e1.example.com"),
        x509.DNSName("*.example.com"),
        x509.IPAddress(ip_address("192.0.2.1")),
        x509.RFC822Name("a@b.example"),
        x509.UniformResourceIdentifier("sip:exp@example.com"),
        x509.DirectoryName(NAME),
        x509.RegisteredID(x509.ObjectIdentifier("1.2.3")),
        x509.OtherName(x509.ObjectIdentifier("1.2.3.4"), b"\x0c\x01x"),
    ]
    found = decoded(builder().add_extension(x509.SubjectAlternativeName(names), False))
    assert found.has_san
    assert found.san_dns == ("exp-e1.example.com", "*.example.com")
    assert found.san_other == (
        "IP Address:192.0.2.1",
        "email:a@b.example",
        "URI:sip:exp@example.com",
        "DirName:C=GB, O=Example, CN=exp-e1.example.com",
        "Registered ID:1.2.3",
        "othername:1.2.3.4",
    )


def test_ca_issuers_are_the_addresses_only() -> None:
    def access(method, location):
        return x509.AccessDescription(method, x509.UniformResourceIdentifier(location))

    found = decoded(
        builder().add_extension(
            x509.AuthorityInformationAccess(
                [
                    access(AuthorityInformationAccessOID.OCSP, "http://ocsp.example/"),
                    access(AuthorityInformationAccessOID.CA_ISSUERS, "http://ca.example/ca.cer"),
                ]
            ),
            False,
        )
    )
    assert found.ca_issuers == ("http://ca.example/ca.cer",)


@pytest.mark.parametrize(
    ("make", "algorithm", "bits"),
    [
        (lambda: keyring.rsa_key("facts"), "RSA", 2048),
        (lambda: ec.generate_private_key(ec.SECP521R1()), "ECDSA", 521),
        (ed25519.Ed25519PrivateKey.generate, "Ed25519", 256),
        (ed448.Ed448PrivateKey.generate, "Ed448", 456),
        (lambda: dsa.generate_private_key(SMALLEST_DSA), "DSA", 1024),
    ],
)
def test_each_kind_of_key_signs_itself(make, algorithm: str, bits: int) -> None:
    key = make()
    digest = None if algorithm.startswith("Ed") else SHA256
    found = decoded(builder(key.public_key()), key, digest)
    assert (found.key_algorithm, found.key_bits, found.is_self_signed) == (algorithm, bits, True)
    assert found.signature_digest == ("" if digest is None else "sha256")


def test_a_pss_signature_verifies_too() -> None:
    key = keyring.rsa_key("facts")
    pss = padding.PSS(padding.MGF1(hashes.SHA384()), padding.PSS.DIGEST_LENGTH)
    found = decoded(builder(key.public_key()), key, hashes.SHA384(), rsa_padding=pss)
    assert (found.is_self_signed, found.signature_digest) == (True, "sha384")


def test_a_key_that_signs_nothing_is_named_by_its_number() -> None:
    found = decoded(builder(x25519.X25519PrivateKey.generate().public_key()))
    assert (found.key_algorithm, found.is_self_signed) == ("1.3.101.110", False)


def test_the_same_name_is_not_yet_the_same_key() -> None:
    found = decoded(builder(), keyring.ec_key("another"))
    assert found.is_self_issued
    assert not found.is_self_signed


def test_self_issued_goes_by_the_folded_name() -> None:
    issuer = name(attribute(CN, "example  CA", PRINTABLE))
    found = decode_certificate(RawCertificate(subject=name(attribute(CN, "Example CA")), issuer=issuer).der)
    assert found.is_self_issued
    assert found.is_self_signed


def rsa_info(modulus: int, exponent: int) -> bytes:
    def integer(value: int) -> bytes:
        return der.write(der.INTEGER, value.to_bytes(value.bit_length() // 8 + 1))

    numbers = der.write(der.SEQUENCE, integer(modulus) + integer(exponent))
    head = bytes.fromhex("300d06092a864886f70d0101010500")
    return der.write(der.SEQUENCE, head + der.write(0x03, b"\0" + numbers))


RSA_SHA256 = bytes.fromhex("300d06092a864886f70d01010b0500")


@pytest.mark.parametrize("bits", [16392, 1_000_000])
def test_a_gigantic_modulus_is_described_but_never_used(bits: int) -> None:
    info = rsa_info((1 << bits - 1) | 1, 3)
    found = decode_certificate(RawCertificate(public_key=info, algorithm=RSA_SHA256).der)
    assert (found.key_algorithm, found.key_bits, found.is_self_signed) == ("RSA", bits, False)


@dataclasses.dataclass
class CountingKey:
    """An RSA key that only counts how often it is asked to verify."""

    key_size: int
    exponent: int
    asked: int = 0

    def public_numbers(self) -> rsa.RSAPublicNumbers:
        return rsa.RSAPublicNumbers(self.exponent, (1 << self.key_size - 1) | 1)

    def verify(self, *_: object) -> None:
        self.asked += 1


rsa.RSAPublicKey.register(CountingKey)


@pytest.mark.parametrize(
    ("bits", "exponent", "asked"),
    [
        (16384, 65537, 1),
        (16385, 65537, 0),
        (2048, (1 << 33) - 1, 1),
        (2048, (1 << 33) + 1, 0),
        (3072, (1 << 3070) + 1, 0),
    ],
)
def test_no_signature_is_verified_with_a_key_that_is_slow_on_purpose(
    bits: int, exponent: int, asked: int
) -> None:
    key = CountingKey(bits, exponent)
    certificate = x509.load_der_x509_certificate(RawCertificate(algorithm=RSA_SHA256).der)
    assert public_keys.verifies(cast(rsa.RSAPublicKey, key), certificate, b"") is bool(asked)
    assert key.asked == asked


def test_a_compressed_point_is_the_same_key() -> None:
    point = raw_key().public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    curve = bytes.fromhex("301306072a8648ce3d020106082a8648ce3d030107")
    info = der.write(der.SEQUENCE, curve + der.write(0x03, b"\0" + point))
    assert len(info) < len(spki(raw_key().public_key()))
    compressed = decode_certificate(RawCertificate(public_key=info).der)
    assert compressed.spki_sha256 == decode_certificate(RawCertificate().der).spki_sha256
    assert compressed.is_self_signed


def test_a_curve_that_cryptography_does_not_know() -> None:
    info = bytes.fromhex(SECP160R1)
    found = decode_certificate(RawCertificate(public_key=info).der)
    assert (found.key_algorithm, found.key_bits, found.is_self_signed) == ("ECDSA", 161, False)


# Made once with `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp160r1`.
SECP160R1 = (
    "303e301006072a8648ce3d020106052b81040008032a0004138537138fe9544c"
    "e470660d25d3d48794a13f29fed1c92c92764135fa3e337944370e04cbada478"
)


@pytest.mark.parametrize(
    ("value", "tag", "subject"),
    [
        (b"Smith & Sons <a@b>", PRINTABLE, "CN=Smith & Sons <a@b>"),
        (b"Autoridad de Certificaci\xf3n", T61, "CN=Autoridad de Certificación"),
    ],
)
def test_names_that_only_cryptography_refuses(value: bytes, tag: int, subject: str) -> None:
    found = decode_certificate(RawCertificate(subject=name(attribute(CN, value, tag))).der)
    assert found.subject == subject
    assert found.is_self_signed


def test_what_follows_the_certificate_is_left_out_as_openssl_does() -> None:
    plain = RawCertificate().der
    assert decode_certificate(plain + b"what follows") == decode_certificate(plain)


def test_unknown_attribute_types_of_both_names() -> None:
    subject, issuer = name(attribute("1.2.3.4", "x")), name(attribute("1.2.3.5", "x"))
    found = decode_certificate(RawCertificate(subject=subject, issuer=issuer).der)
    assert found.unknown_name_oids == ("1.2.3.4", "1.2.3.5")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"\0", "00"),
        (b"\x0a", "0A"),
        (b"\x00\xff", "FF"),
        (b"\xff", "-01"),
        (b"\x80\x00", "-8000"),
        (b"\x7f" * 20, "7F" * 20),
    ],
)
def test_serial_numbers_are_printed_as_openssl_prints_them(content: bytes, text: str) -> None:
    assert decode_certificate(RawCertificate(serial=content).der).serial == text


def test_serial_numbers_that_are_not_positive_make_no_noise() -> None:
    # In a process of its own: pytest sets the filters of this one before each test.
    program = (
        "import sys; from certstore.pki.facts import decode_certificate;"
        " print(decode_certificate(bytes.fromhex(sys.argv[1])).serial)"
    )
    data = RawCertificate(serial=b"\xff").der.hex()
    done = subprocess.run([sys.executable, "-c", program, data], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("-01\n", "")


def test_every_poison_certificate_is_decoded_and_survives_the_database() -> None:
    for wrong, data in poison():
        found = decode_certificate(data)
        assert found.der == data, wrong
        assert from_json(data, json.loads(json.dumps(to_json(found)))) == found, wrong
        assert _all_text(found).isprintable(), wrong
        assert len(found.not_before) == len(found.not_after) == 20, wrong


def _all_text(found: CertificateFacts) -> str:
    values = (value for value in to_json(found).values() if isinstance(value, str | list))
    return "".join("".join(value) for value in values)


def test_ten_thousand_names_are_all_there() -> None:
    (data,) = (data for wrong, data in poison() if wrong == "10 000 SANs")
    assert len(decode_certificate(data).san_dns) == 10_000


@pytest.mark.parametrize(
    "data",
    [
        RawCertificate(extensions=(alternative_names((0x87, "abc")),)).der,  # an IP address of three bytes
        RawCertificate(extensions=(alternative_names((0xA3, "")),)).der,  # an X.400 address
        RawCertificate(extensions=(alternative_names(), alternative_names())).der,
        RawCertificate(serial=b"").der,
        RawCertificate(serial=b"\x01" * 129).der,
        RawCertificate(not_after=der.write(0x17, b"251301000000Z")).der,  # the thirteenth month
        RawCertificate(subject=name(attribute(CN, b"\xff"))).der,
        RawCertificate(public_key=der.write(der.SEQUENCE, b"")).der,
        RawCertificate(subject=name(attribute(CN, "x" * facts.LARGEST_CERTIFICATE))).der,
        b"-----BEGIN CERTIFICATE-----",
    ],
)
def test_what_cannot_be_shown_whole_is_undecodable(data: bytes) -> None:
    with pytest.raises(Undecodable):
        decode_certificate(data)


class PanicException(BaseException):
    """Named as the one that pyo3 raises when Rust panics."""


def test_a_panic_is_undecodable_and_other_base_exceptions_pass() -> None:
    def panic(_: bytes) -> None:
        raise PanicException

    def stop(_: bytes) -> None:
        raise KeyboardInterrupt

    with pytest.raises(Undecodable):
        facts.guarded(panic, b"", 1)
    with pytest.raises(KeyboardInterrupt):
        facts.guarded(stop, b"", 1)


def crl_der(serials=(), *, next_update=END, key_id: bytes | None = b"\x01\x02") -> bytes:
    unsigned = x509.CertificateRevocationListBuilder().issuer_name(NAME).last_update(START)
    unsigned = unsigned.next_update(next_update)
    if key_id:
        unsigned = unsigned.add_extension(x509.AuthorityKeyIdentifier(key_id, None, None), False)
    for serial in serials:
        revoked = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(START)
        reason = x509.CRLReason(x509.ReasonFlags.key_compromise)
        unsigned = unsigned.add_revoked_certificate(revoked.add_extension(reason, False).build())
    return unsigned.sign(keyring.ec_key("facts"), SHA256).public_bytes(Encoding.DER)


def test_the_fields_of_a_crl() -> None:
    data = crl_der([1, 0xABC, 1 << 158])
    found = decode_crl(data + b"what follows")
    assert found.der == data
    assert found.issuer == "O=Example, CN=exp-e1.example.com"
    assert found.issuer_hash == decoded(builder()).subject_hash
    assert (found.this_update, found.next_update) == ("2025-01-01T00:00:00Z", "2035-06-30T12:00:05Z")
    assert found.revoked_serials == {"01", "0ABC", "40" + 19 * "00"}
    assert found.authority_key_id == "01:02"


def test_a_crl_without_entries_and_without_extensions() -> None:
    found = decode_crl(crl_der(key_id=None))
    assert (found.revoked_serials, found.authority_key_id) == (frozenset(), None)


def test_a_crl_without_a_next_update() -> None:
    signed, *rest = der.read(crl_der([7])).parts()
    fields = list(signed.parts())
    without = b"".join(field.whole() for field in (*fields[:4], *fields[5:]))
    data = der.write(der.SEQUENCE, der.write(der.SEQUENCE, without) + b"".join(part.whole() for part in rest))
    found = decode_crl(data)
    assert found.next_update is None
    assert found.revoked_serials == {"07"}


@pytest.mark.parametrize("count", [0, 1000, 1001])
def test_a_crl_survives_the_database_and_a_long_one_is_read_again(count: int) -> None:
    found = decode_crl(crl_der(range(1, count + 1)))
    stored = json.loads(json.dumps(to_json(found)))
    assert (stored["revoked_serials"] is None) == (count > 1000)
    assert len(found.revoked_serials) == count
    assert crl_from_json(found.der, stored) == found


def test_a_long_entry_of_a_crl_is_read_too() -> None:
    extension = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), bytes(300))
    entry = x509.RevokedCertificateBuilder().serial_number(9).revocation_date(START)
    unsigned = x509.CertificateRevocationListBuilder().issuer_name(NAME).last_update(START).next_update(END)
    unsigned = unsigned.add_revoked_certificate(entry.add_extension(extension, False).build())
    signed = unsigned.sign(keyring.ec_key("facts"), SHA256)
    assert decode_crl(signed.public_bytes(Encoding.DER)).revoked_serials == {"09"}


def test_a_certificate_is_no_crl_and_a_crl_no_certificate() -> None:
    with pytest.raises(Undecodable):
        decode_crl(RawCertificate().der)
    with pytest.raises(Undecodable):
        decode_certificate(crl_der([1]))
