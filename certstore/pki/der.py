"""Just enough DER to find the parts of a certificate: tags and lengths, strictly, and never recursion.

cryptography hands names back only after checks of its own, which refuse names that OpenSSL takes (a
T61String in Latin-1). What identifies a CA is the bytes of its name, so they are cut out here.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

SEQUENCE = 0x30
SET = 0x31
INTEGER = 0x02
OBJECT_IDENTIFIER = 0x06
VERSION = 0xA0  # the tag [0] that goes before a certificate's version

# cryptography keeps no longer ones; and a number of 4 300 digits is more than Python turns into text.
_LONGEST_OID = 63


class Malformed(ValueError):
    """The bytes are no DER."""


class Element(NamedTuple):
    """One tag with its content, as a window on bytes that are not copied.

    A tuple, since a certificate has fifty of them and a list a thousand certificates.
    """

    data: bytes
    tag: int
    start: int  # where the tag is
    content: int  # where the content starts
    end: int  # one past the content

    def whole(self) -> bytes:
        """The bytes with the tag and the length."""
        return self.data[self.start : self.end]

    def body(self) -> bytes:
        """The bytes without the tag and the length."""
        return self.data[self.content : self.end]

    def parts(self) -> Iterator["Element"]:
        """The elements inside, one after the other. Raises Malformed where one does not fit."""
        at = self.content
        while at < self.end:
            part = read(self.data, at, self.end)
            yield part
            at = part.end


def read(data: bytes, at: int = 0, limit: int | None = None) -> Element:
    """The element that starts at an offset.

    In: bytes, the offset, and where the room for it ends (else the end of the bytes). Out: the element; what
    follows it is not looked at. Raises Malformed for lengths that are indefinite, padded or too long, and
    for tags of more than one byte, which no name and no frame of a certificate has.
    """
    limit = len(data) if limit is None else limit
    if at + 2 > limit:
        raise Malformed("no room for a tag and a length")
    tag, length, content = data[at], data[at + 1], at + 2
    if tag & 0x1F == 0x1F:
        raise Malformed("a tag of several bytes")
    if length >= 0x80:
        length, content = _long_length(data, content, length & 0x7F)
    if content + length > limit:
        raise Malformed("longer than the room it has")
    return Element(data, tag, at, content, content + length)


def _long_length(data: bytes, at: int, octets: int) -> tuple[int, int]:
    """A length written in octets of its own, and the offset after it."""
    if not 1 <= octets <= 4:
        raise Malformed("an indefinite or gigantic length")
    length = int.from_bytes(data[at : at + octets])
    if length < 0x80 or length >> 8 * (octets - 1) == 0:
        raise Malformed("a padded length")
    return length, at + octets


def write(tag: int, body: bytes) -> bytes:
    """The bytes of an element of that tag and content."""
    size = len(body)
    if size < 0x80:
        return bytes((tag, size)) + body
    octets = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(octets))) + octets + body


@lru_cache(maxsize=512)
def dotted(content: bytes) -> str:
    """The dotted text of an object identifier's content. Raises Malformed."""
    if not content or content[-1] & 0x80 or len(content) > _LONGEST_OID:
        raise Malformed("no object identifier")
    arcs: list[int] = []
    value = 0
    for octet in content:
        value = value << 7 | octet & 0x7F
        if not octet & 0x80:
            arcs.append(value)
            value = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(str(arc) for arc in (first, arcs[0] - 40 * first, *arcs[1:]))
