"""The gate for private key files: what passes, what does not, and that it answers at once."""

import base64
import hashlib
import logging
import secrets
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa, x25519
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, PublicFormat

from certstore.pki import der
from certstore.pki.codes import Code
from certstore.pki.facts import decode_certificate
from certstore.pki.findings import Severity
from certstore.pki.keys import MOST_BYTES, public_half_of, public_half_of_certificate, read_key_file
from tests import odd_files
from tests.odd_files import BAG_ATTRIBUTES, as_block
from tests.pki.material import ALGORITHMS, certificate, key, key_pem
from tests.pki.mutants import mutants

PKCS8, OLD = PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL
SPKI = PublicFormat.SubjectPublicKeyInfo
EC_KEYS = {
    bits: ec.generate_private_key(curve)
    for bits, curve in ((256, ec.SECP256R1()), (384, ec.SECP384R1()), (521, ec.SECP521R1()))
}
HEADER = b"Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\n"


def integer(number: int) -> bytes:
    return der.write(der.INTEGER, number.to_bytes(number.bit_length() // 8 + 1))


def odd_number(bits: int) -> int:
    """A number of so many bits: no prime, which the gate must not find out."""
    return secrets.randbits(bits) | 1 | 1 << (bits - 1)


def crafted(modulus: int, first: int, second: int, exponent: int = 65537) -> bytes:
    """An RSA key file of any numbers."""
    rest = (7, first, second, 5, 5, 5)
    numbers = (0, modulus, exponent, *rest)
    return as_block(b"RSA PRIVATE KEY", der.write(der.SEQUENCE, b"".join(map(integer, numbers))))


def as_pem(private, form: PrivateFormat = PKCS8) -> bytes:
    return private.private_bytes(Encoding.PEM, form, serialization.NoEncryption())


def wrapped(oid: bytes, parameters: bytes, content: bytes) -> bytes:
    """A PKCS#8 file of any algorithm."""
    algorithm = der.write(der.SEQUENCE, der.write(der.OBJECT_IDENTIFIER, oid) + parameters)
    whole = der.write(der.SEQUENCE, integer(0) + algorithm + der.write(4, content))
    return as_block(b"PRIVATE KEY", whole)


def refusal_code(data: bytes) -> Code:
    read = read_key_file(data)
    assert read.public is None
    assert read.refusal is not None
    assert read.refusal.severity is Severity.REFUSE
    return read.refusal.code


@pytest.mark.parametrize("form", [PKCS8, OLD])
@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_key_file_gives_the_public_half_that_its_certificate_has(
    algorithm: str, form: PrivateFormat
) -> None:
    read = read_key_file(key_pem(algorithm, form=form))
    facts = decode_certificate(certificate(algorithm).der)
    assert read.public is not None
    assert (read.refusal, read.warnings) == (None, ())
    assert read.public.spki == key(algorithm).public_key().public_bytes(Encoding.DER, SPKI)
    assert read.public.spki_sha256 == hashlib.sha256(read.public.spki).hexdigest() == facts.spki_sha256
    assert (read.public.algorithm, read.public.bits) == (facts.key_algorithm, facts.key_bits)
    assert read.public == public_half_of_certificate(certificate(algorithm).der)


@pytest.mark.parametrize("bits", EC_KEYS)
@pytest.mark.parametrize("form", [PKCS8, OLD])
def test_the_three_curves_pass(bits: int, form: PrivateFormat) -> None:
    read = read_key_file(as_pem(EC_KEYS[bits], form))
    assert read.public is not None
    assert (read.public.algorithm, read.public.bits) == ("ECDSA", bits)


def test_an_ed25519_key_passes() -> None:
    read = read_key_file(as_pem(ed25519.Ed25519PrivateKey.generate()))
    assert read.public is not None
    assert read.public.algorithm == "Ed25519"


def test_attributes_parameters_and_certificates_round_the_key_do_not_matter() -> None:
    parameters = as_block(b"EC PARAMETERS", bytes.fromhex("06082a8648ce3d030107"))
    data = BAG_ATTRIBUTES + parameters + key_pem("ec", form=OLD) + certificate("ec").pem
    read = read_key_file(data)
    assert read.public == public_half_of_certificate(certificate("ec").der)


@pytest.mark.parametrize("data", [key_pem().rstrip(b"\n"), key_pem().rstrip(b"\n") + b"\r"])
def test_a_key_file_without_a_final_line_end_passes_with_a_warning(data: bytes) -> None:
    read = read_key_file(data)
    assert read.public is not None
    assert [warning.code for warning in read.warnings] == [Code.KEY_NO_FINAL_NEWLINE]
    assert read.warnings[0].severity is Severity.WARN


@pytest.mark.parametrize("bits", [512, 1024, 4096, 8192, 16384])
def test_keys_of_all_sizes_are_compared_by_modulus_and_exponent(bits: int) -> None:
    first, second = odd_number(bits // 2), odd_number(bits // 2)
    data = crafted(first * second, first, second) if bits <= 4096 else crafted(odd_number(bits), 3, 5)
    read = read_key_file(data)
    assert read.public is not None
    assert read.public.algorithm == "RSA"
    assert abs(read.public.bits - bits) <= 1


def test_the_public_half_of_a_large_key_is_that_of_its_numbers() -> None:
    modulus = odd_number(8192)
    usual = rsa.RSAPublicNumbers(65537, modulus).public_key().public_bytes(Encoding.DER, SPKI)
    read = read_key_file(crafted(modulus, 3, 5))
    assert read.public is not None
    assert read.public.spki == usual


HOSTILE: dict[str, tuple[Callable[[], bytes], Code]] = {
    "small modulus, primes of 8192 bits": (
        lambda: crafted(odd_number(2048), odd_number(8192), odd_number(8192)),
        Code.KEY_INCONSISTENT,
    ),
    "primes of 4096 bits and a modulus of 4096": (
        lambda: crafted(odd_number(4096), odd_number(4096), 3),
        Code.KEY_INCONSISTENT,
    ),
    "primes that are not the modulus": (
        lambda: crafted(odd_number(2048), odd_number(1024), odd_number(1024)),
        Code.KEY_INCONSISTENT,
    ),
    "a prime of 4000 bits, though the product is right": (
        lambda: crafted(3 * (1 << 3999 | 1), 1 << 3999 | 1, 3),
        Code.KEY_INCONSISTENT,
    ),
    "one for a prime": (lambda: crafted(odd_number(2048), 1, 1), Code.KEY_INCONSISTENT),
    "zeros": (lambda: crafted(0, 0, 0, 0), Code.KEY_INCONSISTENT),
    "modulus of 20 000 bits": (lambda: crafted(odd_number(20_000), 3, 5), Code.KEY_TOO_LARGE),
    "whole key of 16 384 bits": (
        lambda: crafted(odd_number(16384), odd_number(8192), odd_number(8192)) + b"\n" * MOST_BYTES,
        Code.KEY_TOO_LARGE,
    ),
    "DSA, old form": (
        lambda: as_block(b"DSA PRIVATE KEY", der.write(der.SEQUENCE, integer(odd_number(4096)) * 6)),
        Code.KEY_WRONG_KIND,
    ),
    "DSA under another label": (
        lambda: as_block(b"RSA PRIVATE KEY", der.write(der.SEQUENCE, integer(odd_number(4096)) * 6)),
        Code.KEY_WRONG_KIND,
    ),
    "DH": (
        lambda: wrapped(
            bytes.fromhex("2a864886f70d010301"),
            der.write(der.SEQUENCE, integer(odd_number(8192)) + integer(2)),
            integer(odd_number(8192)),
        ),
        Code.KEY_WRONG_KIND,
    ),
    "curve of its own parameters": (
        lambda: wrapped(
            bytes.fromhex("2a8648ce3d0201"),
            der.write(der.SEQUENCE, integer(1) + der.write(der.SEQUENCE, integer(odd_number(8192)))),
            b"\x30\x00",
        ),
        Code.KEY_WRONG_KIND,
    ),
    "curve of its own parameters inside": (
        lambda: wrapped(
            bytes.fromhex("2a8648ce3d0201"),
            bytes.fromhex("06082a8648ce3d030107"),
            der.write(der.SEQUENCE, integer(1) + der.write(4, bytes(32)) + der.write(0xA0, b"\x30\x00")),
        ),
        Code.KEY_WRONG_KIND,
    ),
    "encrypted, ten million rounds": (
        lambda: as_block(b"ENCRYPTED PRIVATE KEY", bytes.fromhex("3000") + integer(10_000_000)),
        Code.KEY_ENCRYPTED,
    ),
    "encrypted in the old form": (
        lambda: as_block(b"RSA PRIVATE KEY", b"no").replace(b"KEY-----\n", b"KEY-----\n" + HEADER, 1),
        Code.KEY_ENCRYPTED,
    ),
    "encrypted content under a plain label": (
        lambda: as_block(b"PRIVATE KEY", der.write(der.SEQUENCE, b"\x30\x00" + der.write(4, b"no"))),
        Code.KEY_INCONSISTENT,
    ),
    "sequences in sequences": (lambda: as_block(b"PRIVATE KEY", b"\x30\x80" * 2000), Code.KEY_INCONSISTENT),
}


@pytest.mark.parametrize(("build", "code"), HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_key_file_is_refused_before_a_library_works_on_it(build, code, monkeypatch) -> None:
    def unchecked_only(data: bytes, password: bytes | None, *, unsafe_skip_rsa_key_validation: bool = False):
        assert unsafe_skip_rsa_key_validation, "a checked load of a hostile key takes a minute"
        return load(data, password, unsafe_skip_rsa_key_validation=True)

    load = serialization.load_der_private_key
    monkeypatch.setattr(serialization, "load_der_private_key", unchecked_only)
    assert refusal_code(build()) is code


@pytest.mark.parametrize(
    "name",
    [
        "DH",
        "DSA, old form",
        "curve of its own parameters",
        "encrypted, ten million rounds",
        "sequences in sequences",
    ],
)
def test_some_key_files_reach_no_library_at_all(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("the library was asked")

    monkeypatch.setattr(serialization, "load_der_private_key", never)
    build, code = HOSTILE[name]
    assert refusal_code(build()) is code


@pytest.mark.parametrize(
    ("private", "algorithm"),
    [
        (x25519.X25519PrivateKey.generate(), "X25519"),
        (ed448.Ed448PrivateKey.generate(), "Ed448"),
        (ec.generate_private_key(ec.SECP256K1()), "ECDSA on another curve than P-256, P-384 or P-521"),
    ],
)
def test_keys_of_other_kinds_are_refused_by_name(private, algorithm: str) -> None:
    refusal = read_key_file(as_pem(private)).refusal
    assert refusal is not None
    assert (refusal.code, refusal.facts["algorithm"]) == (Code.KEY_WRONG_KIND, algorithm)


def test_an_exponent_that_nobody_uses_is_refused() -> None:
    first, second = odd_number(1024), odd_number(1024)
    assert refusal_code(crafted(first * second, first, second, exponent=3)) is Code.KEY_WRONG_KIND


@pytest.mark.parametrize(
    ("build", "code", "kind"),
    [
        (lambda c, k: c, Code.KEY_WRONG_KIND, "pem-certificate"),
        (lambda c, k: odd_files.request(c, k, Encoding.PEM), Code.KEY_WRONG_KIND, "certificate-request-pem"),
        (lambda c, k: odd_files.crl(c, k, Encoding.PEM), Code.KEY_WRONG_KIND, "pem-crl"),
        (lambda c, k: odd_files.pkcs7_file(c, Encoding.PEM), Code.KEY_WRONG_KIND, "pkcs7-pem"),
        (
            lambda c, k: odd_files.key_as(k, Encoding.PEM, PrivateFormat.OpenSSH),
            Code.KEY_WRONG_KIND,
            "private-key",
        ),
        (lambda c, k: odd_files.der_of(c), Code.KEY_NOT_PEM, "der-certificate"),
        (lambda c, k: odd_files.pkcs12_file(c, k), Code.KEY_NOT_PEM, "pkcs12"),
        (lambda c, k: odd_files.key_as(k, Encoding.DER, PKCS8), Code.KEY_NOT_PEM, "private-key"),
        (lambda c, k: odd_files.in_every_line(k, b"> "), Code.KEY_NOT_PEM, "private-key"),
        (lambda c, k: k.decode().encode("utf-16"), Code.KEY_NOT_PEM, "private-key"),
        (lambda c, k: k.partition(b"-----END")[0], Code.KEY_NOT_PEM, "damaged-pem"),
        (lambda c, k: k.replace(b"M", b"*"), Code.KEY_NOT_PEM, "damaged-pem"),
        (lambda c, k: b"", Code.KEY_NOT_PEM, "empty"),
        (lambda c, k: b"the key", Code.KEY_NOT_PEM, "unknown"),
    ],
)
def test_what_is_no_private_key_in_pem_is_named(build: odd_files.Build, code: Code, kind: str) -> None:
    refusal = read_key_file(build(certificate().pem, key_pem())).refusal
    assert refusal is not None
    assert (refusal.code, refusal.facts["kind"]) == (code, kind)


@pytest.mark.parametrize(
    ("encoding", "form"), [(Encoding.PEM, PKCS8), (Encoding.DER, PKCS8), (Encoding.PEM, OLD)]
)
def test_an_encrypted_key_is_named_as_one(encoding: Encoding, form: PrivateFormat) -> None:
    data = odd_files.key_as(key_pem(), encoding, form, b"secret")
    assert refusal_code(data) is Code.KEY_ENCRYPTED


def test_the_largest_file_passes_and_one_byte_more_does_not() -> None:
    full = b"#" * (MOST_BYTES - len(key_pem()) - 1) + b"\n" + key_pem()
    assert len(full) == MOST_BYTES
    assert read_key_file(full).public is not None
    refusal = read_key_file(b"#" + full).refusal
    assert refusal is not None
    assert (refusal.code, refusal.facts) == (Code.KEY_TOO_LARGE, {"limit": 8})


def test_nothing_of_a_key_is_in_a_text_a_log_or_a_warning(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    good = key_pem()
    broken = good.replace(good[200:201], b"/")
    told = "".join(repr(read_key_file(data)) for data in (good, broken, good[:-40], b"> " + good))
    told += caplog.text + "".join(capfd.readouterr())
    for line in good.splitlines()[1:-1]:
        assert line.decode() not in told
    numbers = key().private_numbers()
    secret_numbers = [numbers.p, numbers.q, numbers.d, numbers.dmp1, numbers.dmq1, numbers.iqmp]
    for number in secret_numbers:
        assert str(number) not in told
        assert f"{number:x}" not in told.lower()
    packed = base64.b64decode(b"".join(good.split(b"\n")[1:-2]))
    public = key().public_key().public_bytes(Encoding.DER, SPKI)
    for at in range(len(packed) - 16):
        piece = packed[at : at + 16]
        assert piece in public or repr(piece)[2:-1] not in told


@pytest.mark.parametrize(
    "data",
    [b"", b"\x30\x00", b"\x30\x02\x30\x00", b"no key", certificate().der[:50]],
    ids=["empty", "an empty sequence", "a sequence in a sequence", "text", "the start of a certificate"],
)
def test_what_is_no_public_key_raises_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        public_half_of(data)


def test_a_compressed_point_is_compared_in_its_usual_encoding() -> None:
    public = key("ec").public_key()
    usual = public.public_bytes(Encoding.DER, SPKI)
    point = public.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    algorithm = next(der.read(usual).parts()).whole()
    compressed = der.write(der.SEQUENCE, algorithm + der.write(3, b"\0" + point))
    assert public_half_of(compressed).spki == usual


def test_a_key_of_an_unknown_kind_is_its_own_bytes() -> None:
    unknown = der.write(der.SEQUENCE, bytes.fromhex("300506032b6f01") + der.write(3, b"\0key"))
    half = public_half_of(unknown)
    assert (half.spki, half.algorithm, half.bits) == (unknown, "1.3.111.1", 0)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("form", [PKCS8, OLD])
def test_no_mutant_of_a_key_file_raises(algorithm: str, form: PrivateFormat) -> None:
    good = key_pem(algorithm, form=form)
    block = good.split(b"\n")[0][11:-5]
    content = base64.b64decode(b"".join(good.split(b"\n")[1:-2]))
    for mutant in mutants(good, 1000, seed=1):
        read = read_key_file(mutant)
        assert (read.public is None) == (read.refusal is not None)
    refused = sum(
        read_key_file(as_block(block, mutant)).public is None for mutant in mutants(content, 1500, seed=2)
    )
    assert refused > 100
