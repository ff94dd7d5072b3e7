"""One certificate and its key, RSA or ECDSA, for tests that need any: made once a run."""

from datetime import UTC, datetime
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from certstore.pki.forge.authority import Made, self_signed_leaf
from tests.keyring import ec_key, rsa_key

START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
ALGORITHMS = ("rsa", "ec")


def key(algorithm: str = "rsa", name: str = "odd") -> rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey:
    """The private key."""
    return rsa_key(name) if algorithm == "rsa" else ec_key(name)


@cache
def certificate(algorithm: str = "rsa", name: str = "odd") -> Made:
    """The certificate for that key."""
    return self_signed_leaf(f"{name}.example.test", key(algorithm, name), START, END)


@cache
def key_pem(algorithm: str = "rsa", name: str = "odd", form: PrivateFormat = PrivateFormat.PKCS8) -> bytes:
    """The private key in PEM, not encrypted."""
    return key(algorithm, name).private_bytes(Encoding.PEM, form, NoEncryption())
