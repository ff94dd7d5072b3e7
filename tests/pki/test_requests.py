"""Decoding a signing request once: its facts, what is refused, and `openssl req` beside it."""

import hashlib
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa, x25519
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_public_key,
)

from certstore.pki import der, public_keys
from certstore.pki.facts import Undecodable, decode_certificate
from certstore.pki.forge.names import subject
from certstore.pki.forge.requests import signing_request
from certstore.pki.pem import as_pem
from certstore.pki.requests import LARGEST_REQUEST, RequestFacts, decode_request
from certstore.pki.sniff import FileContent, FileKind, look_at
from tests.keyring import ec_key, rsa_key
from tests.needs import needs_openssl
from tests.odd_files import as_block, in_every_line
from tests.pki.material import certificate, key_pem
from tests.pki.mutants import mutants
from tests.raw import CN, ECDSA_SHA256, PRINTABLE, T61, RawCertificate, attribute, name, oid
from tests.raw import key as raw_key

SERVER_AUTH, CLIENT_AUTH = "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"
EXTENSION_REQUEST, MICROSOFTS, CHALLENGE = (
    "1.2.840.113549.1.9.14",
    "1.3.6.1.4.1.311.2.1.14",
    "1.2.840.113549.1.9.7",
)
NO_ATTRIBUTES = der.write(0xA0, b"")
NAME = name(attribute(CN, "exp-e1.example.com"))
MUTANTS = 15_000
SMALLEST_DSA = 1024  # quick to make


def request(key=None, sans=("exp-e1.example.com", "IP:192.0.2.1"), **asked) -> bytes:
    made = signing_request(
        subject("exp-e1.example.com", country="GB", organisation="Example"),
        key or ec_key("request"),
        sans,
        **asked,
    )
    return made.public_bytes(Encoding.DER)


def spki(key) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def raw_request(
    *, named: bytes = NAME, info: bytes | None = None, attributes: bytes = NO_ATTRIBUTES, version: int = 0
) -> bytes:
    """A request written tag by tag, signed with the key of `tests.raw`."""
    version_of = der.write(der.INTEGER, bytes([version]))
    signed = der.write(der.SEQUENCE, version_of + named + (info or spki(raw_key())) + attributes)
    signature = raw_key().sign(signed, ec.ECDSA(hashes.SHA256()))
    return der.write(der.SEQUENCE, signed + ECDSA_SHA256 + der.write(0x03, b"\0" + signature))


def an_attribute(kind: str, *values: bytes) -> bytes:
    return der.write(der.SEQUENCE, oid(kind) + der.write(der.SET, b"".join(values)))


def asking(*attributes: bytes) -> bytes:
    return raw_request(attributes=der.write(0xA0, b"".join(attributes)))


# Two extensions: the DNS name a.example.com, and server authentication.
SAN = bytes.fromhex("30180603551d110411300f820d") + b"a.example.com"
EKU = bytes.fromhex("30130603551d25040c300a06082b06010505070301")
ASKED = der.write(der.SEQUENCE, SAN + EKU)


def test_the_plain_fields() -> None:
    key, data = ec_key("request"), request(ekus=[SERVER_AUTH, CLIENT_AUTH], key_usage=["digitalSignature"])
    found = decode_request(data + b"what follows")
    assert found == RequestFacts(
        der=data,
        sha256=hashlib.sha256(data).hexdigest(),
        subject="O=Example, CN=exp-e1.example.com",
        subject_hash=found.subject_hash,
        common_names=("exp-e1.example.com",),
        san_dns=("exp-e1.example.com",),
        san_other=("IP Address:192.0.2.1",),
        has_san=True,
        eku=(SERVER_AUTH, CLIENT_AUTH),
        key_usage=("digitalSignature",),
        spki_sha256=hashlib.sha256(spki(key)).hexdigest(),
        key_algorithm="ECDSA",
        key_bits=256,
        signature_digest="sha256",
        signature_is_valid=True,
    )


def test_subject_and_key_are_told_as_those_of_a_certificate_are() -> None:
    found = decode_request(raw_request(named=name(attribute(CN, "exp  E1", PRINTABLE))))
    of_certificate = decode_certificate(RawCertificate(subject=name(attribute(CN, "EXP e1"))).der)
    assert (found.subject_hash, found.spki_sha256) == (
        of_certificate.subject_hash,
        of_certificate.spki_sha256,
    )


@pytest.mark.parametrize("attributes", [NO_ATTRIBUTES, b""], ids=["no attributes", "attributes left out"])
def test_what_is_not_asked_is_none_or_empty(attributes: bytes) -> None:
    found = decode_request(raw_request(attributes=attributes))
    assert (found.san_dns, found.san_other, found.has_san) == ((), (), False)
    assert (found.eku, found.key_usage) == ((), None)
    assert found.signature_is_valid


@pytest.mark.parametrize("kind", [EXTENSION_REQUEST, MICROSOFTS])
def test_extensions_are_read_from_either_attribute(kind: str) -> None:
    found = decode_request(asking(an_attribute(CHALLENGE, b"\x0c\x01x"), an_attribute(kind, ASKED)))
    assert (found.san_dns, found.eku, found.signature_is_valid) == (("a.example.com",), (SERVER_AUTH,), True)


@pytest.mark.parametrize(
    ("make", "algorithm", "bits"),
    [
        (lambda: rsa_key("request"), "RSA", 2048),
        (lambda: ec.generate_private_key(ec.SECP521R1()), "ECDSA", 521),
        (ed25519.Ed25519PrivateKey.generate, "Ed25519", 256),
        (ed448.Ed448PrivateKey.generate, "Ed448", 456),
        (lambda: dsa.generate_private_key(SMALLEST_DSA), "DSA", 1024),
    ],
    ids=["RSA", "ECDSA", "Ed25519", "Ed448", "DSA"],
)
def test_each_kind_of_key_signs_its_request(make, algorithm: str, bits: int) -> None:
    key, digest = make(), None if algorithm.startswith("Ed") else hashes.SHA256()
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject("exp-e1.example.com"))
    found = decode_request(builder.sign(key, digest).public_bytes(Encoding.DER))
    assert (found.key_algorithm, found.key_bits, found.signature_is_valid) == (algorithm, bits, True)
    assert found.spki_sha256 == hashlib.sha256(spki(key)).hexdigest()


def test_a_key_that_signs_nothing_is_named_by_its_number() -> None:
    found = decode_request(raw_request(info=spki(x25519.X25519PrivateKey.generate())))
    assert (found.key_algorithm, found.signature_is_valid) == ("1.3.101.110", False)


def test_a_signature_of_another_key_is_a_fact_and_no_error() -> None:
    found = decode_request(raw_request(info=spki(ec_key("another"))))
    assert not found.signature_is_valid
    changed = request().replace(b"exp-e1.example.com", b"exp-e2.example.com")
    assert not decode_request(changed).signature_is_valid
    assert decode_request(changed).common_names == ("exp-e2.example.com",)


@pytest.mark.parametrize("bits", [16392, 1_000_000])
def test_a_gigantic_key_is_described_but_never_used(bits: int, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = rsa.RSAPublicNumbers(3, (1 << bits - 1) | 1)
    made = signing_request("exp-e1.example.com", rsa_key("request")).public_bytes(Encoding.DER)
    frame = [part.whole() for part in der.read(made).parts()]
    fields = [part.whole() for part in der.read(frame[0]).parts()]
    fields[2] = rsa_info(numbers)
    data = der.write(der.SEQUENCE, der.write(der.SEQUENCE, b"".join(fields)) + b"".join(frame[1:]))
    quick: list[bool] = []
    is_quick = public_keys._is_quick

    def ask(key: rsa.RSAPublicKey) -> bool:
        quick.append(is_quick(key))
        return quick[-1]

    monkeypatch.setattr(public_keys, "_is_quick", ask)
    found = decode_request(data)
    assert (found.key_algorithm, found.key_bits, found.signature_is_valid) == ("RSA", bits, False)
    assert quick == [False]


def rsa_info(numbers: rsa.RSAPublicNumbers) -> bytes:
    def integer(value: int) -> bytes:
        return der.write(der.INTEGER, value.to_bytes(value.bit_length() // 8 + 1))

    content = der.write(der.SEQUENCE, integer(numbers.n) + integer(numbers.e))
    head = bytes.fromhex("300d06092a864886f70d0101010500")
    return der.write(der.SEQUENCE, head + der.write(0x03, b"\0" + content))


@pytest.mark.parametrize(
    ("value", "tag", "printed"),
    [
        (b"Smith & Sons <a@b>", PRINTABLE, "CN=Smith & Sons <a@b>"),
        (b"Autoridad de Certificaci\xf3n", T61, "CN=Autoridad de Certificación"),
        ("a\u202eb\n".encode(), 12, "CN=a\\u202Eb\\u000A"),
    ],
    ids=["signs", "Latin-1", "marks"],
)
def test_odd_names_are_printed(value: bytes, tag: int, printed: str) -> None:
    found = decode_request(raw_request(named=name(attribute(CN, value, tag))))
    assert (found.subject, found.signature_is_valid) == (printed, True)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"-----BEGIN CERTIFICATE REQUEST-----",
        RawCertificate().der,
        raw_request(version=7),
        raw_request(named=name(attribute(CN, b"\xff"))),
        raw_request(info=der.write(der.SEQUENCE, b"")),
        raw_request(attributes=NO_ATTRIBUTES * 2),
        asking(an_attribute(EXTENSION_REQUEST, der.write(der.SEQUENCE, SAN + SAN))),
        asking(an_attribute(EXTENSION_REQUEST, ASKED, ASKED)),
        asking(an_attribute(EXTENSION_REQUEST, b"\x0c\x01x")),
        raw_request(named=name(attribute(CN, "x" * LARGEST_REQUEST))),
        *(request()[:length] for length in range(1, 200, 20)),
    ],
    ids=range(21),
)
def test_what_cannot_be_shown_whole_is_undecodable(data: bytes) -> None:
    with pytest.raises(Undecodable):
        decode_request(data)


def test_a_damaged_request_is_undecodable_or_can_be_shown_whole() -> None:
    seeds = [
        request(ekus=[SERVER_AUTH], key_usage=["digitalSignature"]),
        asking(an_attribute(EXTENSION_REQUEST, ASKED)),
    ]
    accepted = refused = 0
    for number, seed in enumerate(seeds):
        for mutant in mutants(seed, MUTANTS // len(seeds), number):
            try:
                found = decode_request(mutant)
            except Undecodable:
                refused += 1
                continue
            accepted += 1
            texts = (found.subject, *found.common_names, *found.san_dns, *found.san_other)
            assert all(text.isprintable() for text in texts)
    assert accepted > MUTANTS // 10
    assert refused > MUTANTS // 4


# Every form in which a request was seen to travel, and what the file is called.
REQUEST = request()
PEM = as_pem(REQUEST, "CERTIFICATE REQUEST")
FORMS: list[tuple[str, bytes, FileKind]] = [
    ("PEM", PEM, FileKind.CERTIFICATE_REQUEST_PEM),
    (
        "Microsoft's label",
        as_pem(REQUEST, "NEW CERTIFICATE REQUEST"),
        FileKind.CERTIFICATE_REQUEST_PEM,
    ),
    ("DER", REQUEST + b"\n", FileKind.CERTIFICATE_REQUEST_DER),
    ("quoted in a mail", in_every_line(PEM, b"> "), FileKind.CERTIFICATE_REQUEST_PEM),
    ("long dashes", PEM.replace(b"-----", "\u2014".encode() * 2), FileKind.CERTIFICATE_REQUEST_PEM),
    ("bare Base-64", b"".join(PEM.splitlines()[1:-1]), FileKind.CERTIFICATE_REQUEST_DER),
    ("UTF-16", PEM.decode().encode("utf-16"), FileKind.UTF16),
    ("HTML", b"<html><pre>\n" + PEM.replace(b"\n", b"<br>\n") + b"</pre></html>", FileKind.HTML),
    ("beside a certificate", PEM + certificate().pem, FileKind.PEM_CERTIFICATE),
    ("beside a private key", PEM + key_pem(), FileKind.PRIVATE_KEY),
]


@pytest.mark.parametrize(("form", "data", "kind"), FORMS, ids=[form[0] for form in FORMS])
def test_a_request_comes_out_of_a_file(form: str, data: bytes, kind: FileKind) -> None:
    content = look_at(data)
    assert content.kind is kind, form
    assert content.requests == (REQUEST,)


def test_several_requests_keep_their_order_and_an_unreadable_one_is_left_out() -> None:
    other = request(ec_key("another"))
    data = PEM + as_block(b"CERTIFICATE REQUEST", b"nothing") + as_pem(other, "CERTIFICATE REQUEST")
    assert look_at(data).requests == (REQUEST, other)


def test_a_file_without_a_request_has_none() -> None:
    assert look_at(certificate().pem).requests == FileContent(FileKind.EMPTY, None, ()).requests == ()


Oracle = Callable[[bytes], tuple[str, bool, str]]


@pytest.fixture(scope="module")
def oracle(openssl: str, tmp_path_factory: pytest.TempPathFactory) -> Oracle:
    """What `openssl req` prints of a request, whether it verifies it, and the SHA-256 of its key."""
    path = tmp_path_factory.mktemp("requests") / "request.der"

    def ask(data: bytes) -> tuple[str, bool, str]:
        Path(path).write_bytes(data)
        command = [
            openssl,
            "req",
            "-inform",
            "DER",
            "-in",
            str(path),
            "-noout",
            "-text",
            "-pubkey",
            "-verify",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        pem = re.search(r"-----BEGIN PUBLIC KEY-----.*?-----END PUBLIC KEY-----\n", done.stdout, re.DOTALL)
        key = load_pem_public_key(pem.group().encode()) if pem else None
        assert key is not None
        info = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return done.stdout, "verify OK" in done.stdout + done.stderr, hashlib.sha256(info).hexdigest()

    return ask


BESIDE = {
    "RSA": lambda: request(rsa_key("request"), ekus=[SERVER_AUTH, CLIENT_AUTH]),
    "ECDSA": request,
    "Ed25519": lambda: request(ed25519.Ed25519PrivateKey.generate(), ekus=[SERVER_AUTH]),
    "no names": lambda: request(sans=()),
    "another's signature": lambda: raw_request(info=spki(ec_key("another"))),
    "Microsoft's attribute": lambda: asking(an_attribute(MICROSOFTS, ASKED)),
    "attributes left out": lambda: raw_request(attributes=b""),
}
WORDS = {SERVER_AUTH: "TLS Web Server Authentication", CLIENT_AUTH: "TLS Web Client Authentication"}


@needs_openssl
@pytest.mark.parametrize("wrong", BESIDE)
def test_openssl_says_the_same(wrong: str, oracle: Oracle) -> None:
    found = decode_request(BESIDE[wrong]())
    text, is_verified, key = oracle(found.der)
    assert (found.signature_is_valid, found.spki_sha256) == (is_verified, key)
    assert f"({found.key_bits} bit)" in text or found.key_algorithm == "Ed25519"
    sans = re.search(r"Subject Alternative Name: \n\s+(.*)\n", text)
    ours = [*(f"DNS:{dns}" for dns in found.san_dns), *found.san_other]
    assert (sans.group(1).split(", ") if sans else []) == ours
    uses = re.search(r"Extended Key Usage: \n\s+(.*)\n", text)
    assert (uses.group(1).split(", ") if uses else []) == [WORDS[number] for number in found.eku]


@needs_openssl
def test_a_key_that_a_request_was_made_from_matches_by_its_hash(openssl: str, tmp_path: Path) -> None:
    key = rsa_key("request").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "key.pem").write_bytes(key)
    command = [openssl, "req", "-new", "-key", str(tmp_path / "key.pem"), "-subj", "/CN=exp-e1.example.com"]
    made = subprocess.run(command, capture_output=True, check=True).stdout
    (data,) = look_at(made).requests
    assert decode_request(data).spki_sha256 == hashlib.sha256(spki(rsa_key("request"))).hexdigest()
