"""A private key of a training CA, sealed: AES-256-GCM, bound to its lab and its certificate."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12

SealedKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class NotOpened(Exception):
    """The seal is broken: another secret, another lab, another certificate, or changed bytes."""


def seal(key: SealedKey, secret: bytes, lab: str, certificate: str) -> bytes:
    """A private key as it is kept.

    In: the key, the installation's secret, the lab's id and the SHA-256 of the CA's certificate, to which it is
    bound. Out: a fresh nonce and the sealed PKCS#8.
    """
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_key(secret)).encrypt(nonce, plain, _bound_to(lab, certificate))


def unseal(sealed: bytes, secret: bytes, lab: str, certificate: str) -> SealedKey:
    """The key that `seal` sealed for that lab and certificate. Raises NotOpened."""
    try:
        plain = AESGCM(_key(secret)).decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound_to(lab, certificate))
    except (InvalidTag, ValueError) as error:
        raise NotOpened from error
    key = serialization.load_der_private_key(plain, password=None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, SealedKey):
        raise NotOpened
    return key


def _key(secret: bytes) -> bytes:
    """The key of the seals: of the installation's secret, and of nothing else that is made from it."""
    return HKDF(hashes.SHA256(), 32, salt=None, info=b"certstore training CA").derive(secret)


def _bound_to(lab: str, certificate: str) -> bytes:
    return f"{lab} {certificate}".encode()
