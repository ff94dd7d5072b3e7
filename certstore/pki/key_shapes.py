"""Which kind of private key a DER structure holds, told from its tags: asked before a library loads it."""

from itertools import islice

from certstore.pki import der

_RSA = "1.2.840.113549.1.1.1"
_EC = "1.2.840.10045.2.1"
_ED25519 = "1.3.101.112"
# The curves that Expressway certificates have; explicit curve parameters can be made to take for ever.
_CURVES = ("1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35")
_NAMES = {
    "1.2.840.113549.1.1.10": "RSA-PSS",
    "1.2.840.10040.4.1": "DSA",
    "1.2.840.113549.1.3.1": "DH",
    "1.2.840.10046.2.1": "DH",
    "1.3.101.110": "X25519",
    "1.3.101.111": "X448",
    "1.3.101.113": "Ed448",
}
_OTHER_CURVE = "ECDSA on another curve than P-256, P-384 or P-521"
_OCTET_STRING = 0x04
_PARAMETERS = 0xA0
# PKCS#1 has nine numbers, DSA's old form six.
_RSA_NUMBERS, _DSA_NUMBERS = 9, 6
_MOST_PARTS = 10


def whole(content: bytes) -> bytes:
    """The first element of some bytes, without what follows it. Raises Malformed."""
    return der.read(content).whole()


def refused_algorithm(structure: bytes) -> str | None:
    """The name of a key's algorithm where it is not RSA, ECDSA on a named NIST curve, or Ed25519.

    In: PKCS#8, PKCS#1 or SEC 1 in DER. Out: None for a key that may be loaded. Raises Malformed for what is
    no private key.
    Source: RFC 5958, RFC 8017, RFC 5915; the algorithms are those of the Certificate Creation and Use guide
    (RSA; ECDSA 256, 384, 521 from X14.3), and Ed25519.
    """
    parts = _parts(der.read(structure))
    tags = tuple(part.tag for part in parts)
    if tags[:3] == (der.INTEGER, der.SEQUENCE, _OCTET_STRING):
        return _refused_of_pkcs8(parts[1], parts[2])
    if tags[:2] == (der.INTEGER, _OCTET_STRING):
        return _refused_curve(_curve_inside(parts))
    if set(tags) == {der.INTEGER} and len(tags) == _RSA_NUMBERS:
        return None
    if set(tags) == {der.INTEGER} and len(tags) == _DSA_NUMBERS:
        return "DSA"
    raise der.Malformed("no private key")


def _refused_of_pkcs8(algorithm: der.Element, key: der.Element) -> str | None:
    """The same of the algorithm that PKCS#8 names, looking into what it wraps for a second curve."""
    parts = _parts(algorithm)
    number = _dotted(parts[0]) if parts else None
    if number in (_RSA, _ED25519):
        return None
    if number != _EC:
        return _NAMES.get(number or "", number or "unknown")
    inner = _curve_inside(_parts(der.read(key.body())))
    return _refused_curve(parts[1] if len(parts) > 1 else None) or (_refused_curve(inner) if inner else None)


def _curve_inside(parts: list[der.Element]) -> der.Element | None:
    """The curve that a SEC 1 key names, if it does."""
    wrapped = next((part for part in parts if part.tag == _PARAMETERS), None)
    return next(iter(_parts(wrapped)), None) if wrapped else None


def _refused_curve(curve: der.Element | None) -> str | None:
    """None for one of the three curves, given by its number."""
    return None if curve is not None and _dotted(curve) in _CURVES else _OTHER_CURVE


def _dotted(element: der.Element) -> str | None:
    """The number that an element names, or None where it is something else. Raises Malformed."""
    return der.dotted(element.body()) if element.tag == der.OBJECT_IDENTIFIER else None


def _parts(element: der.Element) -> list[der.Element]:
    """The first parts of an element. Raises Malformed."""
    return list(islice(element.parts(), _MOST_PARTS))
