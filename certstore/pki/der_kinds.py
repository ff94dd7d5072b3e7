"""What a DER structure is, told from its tags alone: nothing in it is opened, decrypted or computed with."""

from enum import StrEnum
from itertools import islice

from certstore.pki import der

# 1.2.840.113549.1.7, the arc of PKCS#7 content types.
_PKCS7_ARC = bytes.fromhex("2a864886f70d0107")
# What tools that do not know the length beforehand write: indefinite lengths, which are BER and not DER.
_BER_PKCS7 = b"\x30\x80\x06\x09" + _PKCS7_ARC
_BER_PKCS12 = b"\x30\x80\x02\x01\x03\x30"
_CONTEXT_0 = 0xA0
_BIT_STRING, _OCTET_STRING = 0x03, 0x04
_S, _I, _O = der.SEQUENCE, der.INTEGER, der.OBJECT_IDENTIFIER
_CRL_BEGINNINGS = ((_S, _S, 0x17), (_S, _S, 0x18))  # algorithm, issuer, and either kind of time
# The most parts of a structure that are looked at to tell what it is.
_MOST_PARTS = 10
# Shorter public numbers are two numbers that happen to stand together, a DSA signature for one.
_SHORTEST_MODULUS = 64


class DerKind(StrEnum):
    """What a DER structure is."""

    CERTIFICATE = "certificate"
    CRL = "crl"
    REQUEST = "certificate-request"
    PKCS7 = "pkcs7"
    PKCS12 = "pkcs12"
    PRIVATE_KEY = "private-key"
    ENCRYPTED_PRIVATE_KEY = "encrypted-private-key"
    PUBLIC_KEY = "public-key"


def kind_of_der(data: bytes) -> DerKind | None:
    """What the structure at the start of some bytes is; None when it is nothing we name.

    Source: RFC 5280 (certificate, CRL), 2986, 2315, 7292, 5208 and 5958, 8017, 5915.
    """
    if data.startswith(_BER_PKCS7):
        return DerKind.PKCS7
    if data.startswith(_BER_PKCS12):
        return DerKind.PKCS12
    try:
        outer = der.read(data)
        if outer.tag != _S:
            return None
        return _kind_of_parts(list(islice(outer.parts(), _MOST_PARTS)))
    except der.Malformed:
        return None


def is_cut_short(data: bytes) -> bool:
    """Whether some bytes are the beginning of a structure that says it is longer than they are."""
    whole = _declared_length(data)
    if whole is None or whole <= len(data):
        return False
    header = 2 + (data[1] & 0x7F)
    return len(data) > header and data[header] in (_S, _I, _O)


def kind_of_beginning(data: bytes) -> DerKind | None:
    """What a structure that was cut short would have been, where its beginning tells."""
    whole = _declared_length(data)
    if whole is None:
        return None
    try:
        first = der.read(data + bytes(min(whole, 1 << 20)), 2 + (data[1] & 0x7F))
        return _kind_of_signed(_tags(first)) if first.tag == _S else None
    except der.Malformed:
        return None


def whole_element(data: bytes) -> bytes | None:
    """The first element of some bytes without what follows it; BER as it stands; None for no element."""
    if data.startswith((_BER_PKCS7, _BER_PKCS12)):
        return data
    try:
        return der.read(data).whole()
    except der.Malformed:
        return None


def _kind_of_parts(parts: list[der.Element]) -> DerKind | None:
    """What a sequence of these parts is."""
    tags = tuple(part.tag for part in parts)
    if tags == (_S, _S, _BIT_STRING):
        return _kind_of_signed(_tags(parts[0]))
    if tags[:2] == (_O, _CONTEXT_0):
        return DerKind.PKCS7 if parts[0].body().startswith(_PKCS7_ARC) else None
    if tags[:1] == (_I,):
        return _kind_of_numbered(parts, tags)
    if tags in ((_S, _OCTET_STRING), (_S, _BIT_STRING)) and _tags(parts[0])[:1] == (_O,):
        return DerKind.ENCRYPTED_PRIVATE_KEY if tags[1] == _OCTET_STRING else DerKind.PUBLIC_KEY
    return None


def _kind_of_signed(tags: tuple[int, ...]) -> DerKind | None:
    """What was signed, by the tags of its own parts."""
    if tags[:3] == (_I, _S, _S) and tags[3:] in ((), (_CONTEXT_0,)):
        return DerKind.REQUEST
    without_version = tags[1:] if tags[:1] == (der.VERSION,) else tags
    if without_version[:6] == (_I, _S, _S, _S, _S, _S):
        return DerKind.CERTIFICATE
    rest = tags[1:] if tags[:1] == (_I,) else tags
    return DerKind.CRL if rest[:3] in _CRL_BEGINNINGS else None


def _kind_of_numbered(parts: list[der.Element], tags: tuple[int, ...]) -> DerKind | None:
    """What begins with a number: keys (PKCS#1, PKCS#8, SEC 1, DSA's old form) and PKCS#12."""
    if tags[1:2] == (_S,):
        inner = next(parts[1].parts(), None)
        if inner is None or inner.tag != _O:
            return None
        if inner.body().startswith(_PKCS7_ARC):
            return DerKind.PKCS12
        return DerKind.PRIVATE_KEY if tags[2:3] == (_OCTET_STRING,) else None
    if tags[1:2] == (_OCTET_STRING,) or (len(tags) >= 6 and set(tags[:6]) == {_I}):
        return DerKind.PRIVATE_KEY
    if tags == (_I, _I) and len(parts[0].body()) >= _SHORTEST_MODULUS:
        return DerKind.PUBLIC_KEY
    return None


def _tags(element: der.Element) -> tuple[int, ...]:
    """The tags of an element's first parts. Raises Malformed."""
    return tuple(part.tag for part in islice(element.parts(), _MOST_PARTS))


def _declared_length(data: bytes) -> int | None:
    """How long a sequence says it is, header and all; None for what is no sequence of more than 127 bytes."""
    octets = data[1] & 0x7F if len(data) > 1 and data[1] & 0x80 else 0
    if data[:1] != bytes((_S,)) or not 1 <= octets <= 4 or len(data) < 2 + octets:
        return None
    return 2 + octets + int.from_bytes(data[2 : 2 + octets])
