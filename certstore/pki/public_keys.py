"""The public key of a certificate or request: its kind, its size, and whether it verifies its own signature."""

import hashlib
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from OpenSSL import crypto

from certstore.pki import der

_KINDS = {
    "1.2.840.113549.1.1.1": "RSA",
    "1.2.840.113549.1.1.10": "RSA",  # a key for PSS signatures only
    "1.2.840.10045.2.1": "ECDSA",
    "1.2.840.10040.4.1": "DSA",
    "1.3.101.112": "Ed25519",
    "1.3.101.113": "Ed448",
}
# OpenSSL verifies up to this modulus. An honest exponent is 3 or 65537; a giant one makes verifying slow.
_LARGEST_MODULUS_BITS = 16384
_LARGEST_EXPONENT_BITS = 33
_RSA_WITH_MD5 = x509.ObjectIdentifier("1.2.840.113549.1.1.4")
# What bears a public key and a signature.
Signed = x509.Certificate | x509.CertificateSigningRequest
# RFC 8017, 9.2, note 1: what stands before the digest.
_MD5_DIGEST_INFO = bytes.fromhex("3020300c06082a864886f70d020505000410")


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """A public key, described."""

    algorithm: str  # "RSA", "ECDSA", "DSA", "Ed25519", "Ed448", or the OID
    bits: int  # 0 where no library knows
    spki_sha256: str


def describe(key: CertificatePublicKeyTypes | None, public_key_info: bytes, bits: int) -> KeyFacts:
    """Describe a key.

    In: the key if cryptography knows its kind, the DER it is written in, and its size as OpenSSL tells it
    (`bits_of`, `bits_of_info`). Out: its facts; the hash is over the usual encoding of the key where there is
    one, so that a compressed point or a PSS-only key still matches its key file. Raises der.Malformed.
    """
    usual = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) if key else public_key_info
    algorithm = algorithm_of(public_key_info)
    return KeyFacts(algorithm, bits, hashlib.sha256(usual).hexdigest())


def algorithm_of(public_key_info: bytes) -> str:
    """The kind of key in a SubjectPublicKeyInfo, as KeyFacts names it. Raises der.Malformed."""
    algorithm = next(der.read(public_key_info).parts(), None)
    oid = next(algorithm.parts(), None) if algorithm else None
    if oid is None or oid.tag != der.OBJECT_IDENTIFIER:
        raise der.Malformed("no public key")
    number = der.dotted(oid.body())
    return _KINDS.get(number, number)


def load(certificate: Signed) -> CertificatePublicKeyTypes | None:
    """The public key of a certificate or request, or None where cryptography does not know its kind or refuses it."""
    try:
        return certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return None


def bits_of(certificate: crypto.X509) -> int:
    """The size of a certificate's key as OpenSSL tells it, or 0."""
    try:
        return certificate.get_pubkey().bits()
    except crypto.Error:
        return 0


def bits_of_info(public_key_info: bytes) -> int:
    """The size of the key in a SubjectPublicKeyInfo as OpenSSL tells it, or 0."""
    try:
        return crypto.load_publickey(crypto.FILETYPE_ASN1, public_key_info).bits()
    except crypto.Error:
        return 0


def verifies(key: CertificatePublicKeyTypes | None, certificate: Signed, signed: bytes) -> bool:
    """Whether a key verifies the signature of a certificate or request over these bytes.

    Keys whose verification would be slow, and kinds that no Expressway takes, count as not verifying.
    """
    try:
        return _check(key, certificate, signed)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return False


def _check(key: CertificatePublicKeyTypes | None, certificate: Signed, signed: bytes) -> bool:
    """Verify, or raise what cryptography raises; False for keys that are not tried."""
    signature = certificate.signature
    if isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
        key.verify(signature, signed)
        return True
    if isinstance(key, rsa.RSAPublicKey) and certificate.signature_algorithm_oid == _RSA_WITH_MD5:
        return _is_quick(key) and _check_md5(key, signature, signed)
    digest, how = certificate.signature_hash_algorithm, certificate.signature_algorithm_parameters
    if digest is None:
        return False
    if isinstance(key, rsa.RSAPublicKey) and isinstance(how, padding.PKCS1v15 | padding.PSS):
        if not _is_quick(key):
            return False
        key.verify(signature, signed, how, digest)
    elif isinstance(key, ec.EllipticCurvePublicKey) and isinstance(how, ec.ECDSA):
        key.verify(signature, signed, how)
    elif isinstance(key, dsa.DSAPublicKey):
        key.verify(signature, signed, digest)
    else:
        return False
    return True


def _check_md5(key: rsa.RSAPublicKey, signature: bytes, signed: bytes) -> bool:
    """Verify with MD5, which OpenSSL still takes in a chain and cryptography does not."""
    recovered = key.recover_data_from_signature(signature, padding.PKCS1v15(), None)
    return recovered == _MD5_DIGEST_INFO + hashlib.md5(signed, usedforsecurity=False).digest()


def _is_quick(key: rsa.RSAPublicKey) -> bool:
    """Whether one verification with this key takes no more than a few milliseconds."""
    exponent_bits = key.public_numbers().e.bit_length()
    return key.key_size <= _LARGEST_MODULUS_BITS and exponent_bits <= _LARGEST_EXPONENT_BITS
