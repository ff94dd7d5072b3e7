"""The gate for private key files: read the public half without ever trusting, using or keeping the rest."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from OpenSSL import crypto

from certstore.pki import der
from certstore.pki.codes import Code
from certstore.pki.findings import Finding, refuse, warn
from certstore.pki.frame import cut_certificate, cut_request
from certstore.pki.key_shapes import refused_algorithm, whole
from certstore.pki.pem_blocks import blocks, decode_base64
from certstore.pki.public_keys import algorithm_of
from certstore.pki.sniff import FileKind, look_at

MOST_BYTES = 8 * 1024

_MOST_CHECKED_BITS = 4096
_MOST_PRIME_BITS = 2048
_MOST_COMPARED_BITS = 16384
_EXPONENT = 65537
_LABELS = ("PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY")
_LABELS_OF_OTHERS = {
    "DSA PRIVATE KEY": "DSA",
    "OPENSSH PRIVATE KEY": "OpenSSH",
    "PGP PRIVATE KEY BLOCK": "PGP",
}
_SPKI = serialization.PublicFormat.SubjectPublicKeyInfo
# Readable PEM, and no private key.
_OTHER_PEM = (
    FileKind.PEM_CERTIFICATE,
    FileKind.PEM_CRL,
    FileKind.PKCS7_PEM,
    FileKind.CERTIFICATE_REQUEST_PEM,
    FileKind.PUBLIC_KEY,
    FileKind.PGP,
)


class KeySource(StrEnum):
    """Where the public half that a server holds came from."""

    FACTORY = "factory"  # made with the default certificate of a new server
    UPLOADED = "uploaded"  # the public half of an uploaded key file; the file itself is forgotten
    REQUEST = "request"  # made with a request; the private half signed it and is forgotten
    IMPORTED = "imported"  # an imported request's
    UNKNOWN = "unknown"  # the certificate's own: nobody showed a key


@dataclass(frozen=True, slots=True)
class PublicHalf:
    """What stays of a key."""

    spki: bytes  # DER of SubjectPublicKeyInfo
    spki_sha256: str
    algorithm: str  # as CertificateFacts.key_algorithm
    bits: int


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A key file after the gate: the public half, or the finding that refuses it; warnings beside."""

    public: PublicHalf | None
    refusal: Finding | None
    warnings: tuple[Finding, ...] = ()


def read_key_file(data: bytes) -> KeyFile:
    """Take the public half out of a private key file.

    In: the file, or of a long one as much as is more than MOST_BYTES. Out: the public half, or why there is
    none. Facts of a refusal: `kind` is the FileKind of what was found instead, `algorithm` the kind of a key
    that is of no use, `limit` in KiB or `bits` what is too large. Never raises; nothing of the private half
    is kept, computed with or told. It answers at once, whatever the numbers in the file are.
    Source: the product's key file is PEM without a pass phrase (Certificate Creation and Use guide X14.0 to
    X15.5); the sizes are this project's decision, since a key file of 2 KB can keep OpenSSL busy for a minute.
    """
    key = _gate(data)
    if isinstance(key, Finding):
        return KeyFile(None, key)
    warnings = () if data.endswith(b"\n") else (warn(Code.KEY_NO_FINAL_NEWLINE),)
    return KeyFile(key, None, warnings)


def public_half_of(spki_der: bytes) -> PublicHalf:
    """The public half in a certificate's or a request's SubjectPublicKeyInfo.

    In: DER. Out: the key in its usual encoding, so that it compares with a key file's. Raises ValueError for
    bytes that are no SubjectPublicKeyInfo.
    """
    algorithm = algorithm_of(spki_der)
    try:
        key = serialization.load_der_public_key(spki_der)
        spki_der = key.public_bytes(serialization.Encoding.DER, _SPKI)
    except (ValueError, UnsupportedAlgorithm):
        pass  # a kind that the library does not know: its bytes are all that can be compared
    try:
        bits = crypto.load_publickey(crypto.FILETYPE_ASN1, spki_der).bits()
    except crypto.Error:
        bits = 0
    return PublicHalf(spki_der, hashlib.sha256(spki_der).hexdigest(), algorithm, bits)


def public_half_of_certificate(certificate_der: bytes) -> PublicHalf:
    """The public half in a certificate that was decoded whole before."""
    return public_half_of(cut_certificate(certificate_der).public_key)


def public_half_of_request(request_der: bytes) -> PublicHalf:
    """The public half in a signing request that was decoded whole before."""
    return public_half_of(cut_request(request_der).public_key)


def _gate(data: bytes) -> PublicHalf | Finding:
    """The public half, asking for size and label before any library sees a byte."""
    if len(data) > MOST_BYTES:
        return refuse(Code.KEY_TOO_LARGE, limit=MOST_BYTES // 1024)
    block = next((block for block in blocks(data) if block.is_private_key), None)
    if block is None:
        return _no_private_key(data)
    if block.is_encrypted:
        return refuse(Code.KEY_ENCRYPTED)
    if block.label not in _LABELS:
        return _wrong_kind(_LABELS_OF_OTHERS.get(block.label, "unknown"))
    content = decode_base64(block.body) if block.fault is None and not block.has_header else None
    if content is None:
        return refuse(Code.KEY_NOT_PEM, kind=FileKind.DAMAGED_PEM.value)
    return _public_half(content)


def _no_private_key(data: bytes) -> Finding:
    """What a file without a private key block is instead."""
    kind = look_at(data).kind
    if kind is FileKind.ENCRYPTED_PRIVATE_KEY:
        return refuse(Code.KEY_ENCRYPTED)
    code = Code.KEY_WRONG_KIND if kind in _OTHER_PEM else Code.KEY_NOT_PEM
    return refuse(code, kind=kind.value)


def _wrong_kind(algorithm: str) -> Finding:
    """A private key, and none that a server certificate can have."""
    return refuse(Code.KEY_WRONG_KIND, kind=FileKind.PRIVATE_KEY.value, algorithm=algorithm)


def _public_half(content: bytes) -> PublicHalf | Finding:
    """The public half of a key in DER, once its tags say that it is of a kind that loads quickly."""
    try:
        structure = whole(content)
        refused = refused_algorithm(structure)
    except der.Malformed:
        return refuse(Code.KEY_INCONSISTENT)
    if refused is not None:
        return _wrong_kind(refused)
    try:
        # Unchecked on purpose: checking the primes of a hostile file is what takes a minute. No operation
        # is done with the key; its numbers are looked at, and its public half written out.
        key = serialization.load_der_private_key(structure, None, unsafe_skip_rsa_key_validation=True)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return refuse(Code.KEY_INCONSISTENT)
    refusal = _refusal_of_rsa(key.private_numbers()) if isinstance(key, rsa.RSAPrivateKey) else None
    if refusal is not None:
        return refusal
    return public_half_of(key.public_key().public_bytes(serialization.Encoding.DER, _SPKI))


def _refusal_of_rsa(numbers: rsa.RSAPrivateNumbers) -> Finding | None:
    """Why an RSA key is refused: sizes before products. Beyond 4096 bits only the public half counts."""
    modulus, exponent = numbers.public_numbers.n, numbers.public_numbers.e
    if modulus.bit_length() > _MOST_COMPARED_BITS:
        return refuse(Code.KEY_TOO_LARGE, bits=modulus.bit_length())
    if modulus.bit_length() > _MOST_CHECKED_BITS:
        return None
    primes = (numbers.p, numbers.q)
    if max(primes).bit_length() > _MOST_PRIME_BITS or min(primes) < 2 or numbers.p * numbers.q != modulus:
        return refuse(Code.KEY_INCONSISTENT)
    return None if exponent == _EXPONENT else _wrong_kind(f"RSA with an exponent other than {_EXPONENT}")
