"""New private keys, and what is accepted as one. Whoever asks for a key keeps it; nothing here does."""

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey

_CURVES: dict[int, type[ec.EllipticCurve]] = {256: ec.SECP256R1, 384: ec.SECP384R1, 521: ec.SECP521R1}


def new_rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    """A new RSA key of so many bits (1024 at least; 8192 take about 20 s)."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def new_ec_key(bits: int = 256) -> ec.EllipticCurvePrivateKey:
    """A new ECDSA key on the curve P-256, P-384 or P-521, by its number of bits."""
    return ec.generate_private_key(_CURVES[bits]())


def new_ed25519_key() -> ed25519.Ed25519PrivateKey:
    """A new Ed25519 key: a kind that the appliance's guides do not name."""
    return ed25519.Ed25519PrivateKey.generate()
