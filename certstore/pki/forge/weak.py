"""Signatures with SHA-1 and MD5, which cryptography no longer makes: practice files and tests need them.

The certificate is first signed with SHA-256; then the name of the algorithm is exchanged (all three have the
same length) and the signature is made anew, by the arithmetic of RFC 8017.
"""

import hashlib

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from certstore.pki.forge.keys import PrivateKey

_WITH_SHA256 = bytes.fromhex("300d06092a864886f70d01010b0500")
_ALGORITHM = {
    "md5": bytes.fromhex("300d06092a864886f70d0101040500"),
    "sha1": bytes.fromhex("300d06092a864886f70d0101050500"),
}
# RFC 8017, 9.2, note 1: what stands before the digest.
_DIGEST_INFO = {
    "md5": bytes.fromhex("3020300c06082a864886f70d020505000410"),
    "sha1": bytes.fromhex("3021300906052b0e03021a05000414"),
}


def resign_with(digest: str, certificate: x509.Certificate, key: PrivateKey) -> x509.Certificate:
    """A certificate that was signed with SHA-256, signed again with "sha1" or "md5".

    Raises ValueError for any other digest, and for a key that is not RSA.
    """
    if digest not in _ALGORITHM:
        raise ValueError(f"Unknown digest: {digest}")
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError(f"Signing with {digest} takes an RSA key")
    to_sign = certificate.tbs_certificate_bytes.replace(_WITH_SHA256, _ALGORITHM[digest], 1)
    signature = _sign(digest, to_sign, key)
    body = to_sign + _ALGORITHM[digest] + b"\x03" + _length(len(signature) + 1) + b"\x00" + signature
    return x509.load_der_x509_certificate(b"\x30" + _length(len(body)) + body)


def _sign(digest: str, data: bytes, key: rsa.RSAPrivateKey) -> bytes:
    """RSASSA-PKCS1-v1_5, step by step."""
    numbers = key.private_numbers()
    size = key.key_size // 8
    hashed = _DIGEST_INFO[digest] + hashlib.new(digest, data, usedforsecurity=False).digest()
    padded = b"\x00\x01" + b"\xff" * (size - len(hashed) - 3) + b"\x00" + hashed
    signature = pow(int.from_bytes(padded, "big"), numbers.d, numbers.public_numbers.n)
    return signature.to_bytes(size, "big")


def _length(count: int) -> bytes:
    """A DER length."""
    if count < 0x80:
        return bytes([count])
    octets = count.to_bytes((count.bit_length() + 7) // 8, "big")
    return bytes([0x80 | len(octets)]) + octets
