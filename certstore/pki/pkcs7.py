"""The certificates that a PKCS#7 file carries, cut out of it and put into one: no signatures are looked at.

Own reader, because files with indefinite lengths (BER, as some tools write them) make cryptography warn.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from certstore.pki import der
from certstore.pki.pem import certificate_of_der

_DATA = bytes.fromhex("2a864886f70d010701")
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_CERTIFICATES = 0xA0
_INDEFINITE = 0x80
_END_OF_CONTENTS = b"\0\0"
# A file of a million empty elements must not cost a million steps.
_MOST_STEPS = 20_000
# Version, digests, content, certificates: what stands further back is not read.
_MOST_PARTS = 4


@dataclass(frozen=True, slots=True)
class _Part:
    """One element, of definite or indefinite length."""

    tag: int
    start: int
    content: int
    end: int  # one past the content
    after: int  # where the next element starts


def certificates_of_pkcs7(data: bytes, most: int) -> tuple[bytes, ...]:
    """The certificates of a SignedData that OpenSSL reads, DER, in the order of the file.

    In: DER or BER, and how many to read at most. Out: none for any other structure. Never raises.
    Source: RFC 2315, 9.1; RFC 5652, 5.1.
    """
    try:
        found = list(islice(_certificates(data), most))
    except der.Malformed:
        return ()
    decoded = (certificate_of_der(item) for item in found)
    return tuple(item for item in decoded if item is not None)


def pkcs7_of(certificates: Iterable[bytes]) -> bytes:
    """A PKCS#7 file, binary, that carries certificates and nothing else.

    In: DER. Out: DER, the certificates in the order they came, as OpenSSL writes them.
    Source: RFC 5652, 5.1; the degenerate case without signers.
    """
    content = der.write(der.SEQUENCE, der.write(der.OBJECT_IDENTIFIER, _DATA))
    inside = [
        der.write(der.INTEGER, b"\x01"),
        der.write(der.SET, b""),
        content,
        der.write(_CERTIFICATES, b"".join(certificates)),
        der.write(der.SET, b""),
    ]
    signed = der.write(_CERTIFICATES, der.write(der.SEQUENCE, b"".join(inside)))
    return der.write(der.SEQUENCE, der.write(der.OBJECT_IDENTIFIER, _SIGNED_DATA) + signed)


def _certificates(data: bytes) -> Iterator[bytes]:
    """What stands in the set of certificates. Raises Malformed."""
    outer = _read(data, 0, len(data))
    parts = list(islice(_parts(data, outer), 2))
    if len(parts) < 2 or data[parts[0].content : parts[0].end] != _SIGNED_DATA:
        return
    for signed in islice(_parts(data, parts[1]), 1):
        for part in islice(_parts(data, signed), _MOST_PARTS):
            if part.tag == _CERTIFICATES:
                yield from (data[item.start : item.after] for item in _parts(data, part))


def _parts(data: bytes, whole: _Part) -> Iterator[_Part]:
    """The elements inside an element. Raises Malformed."""
    at = whole.content
    while at < whole.end:
        part = _read(data, at, whole.end)
        yield part
        at = part.after


def _read(data: bytes, at: int, limit: int) -> _Part:
    """The element at an offset. Raises Malformed."""
    if data[at + 1 : at + 2] != bytes((_INDEFINITE,)):
        element = der.read(data, at, limit)
        return _Part(element.tag, at, element.content, element.end, element.end)
    content, end = at + 2, _end_of_contents(data, at + 2, limit)
    return _Part(data[at], at, content, end, end + len(_END_OF_CONTENTS))


def _end_of_contents(data: bytes, at: int, limit: int) -> int:
    """Where the content of indefinite length that starts at an offset ends: a count instead of recursion."""
    open_lengths = 1
    for _ in range(_MOST_STEPS):
        if data.startswith(_END_OF_CONTENTS, at):
            open_lengths -= 1
            if not open_lengths:
                return at
            at += len(_END_OF_CONTENTS)
        elif data[at + 1 : at + 2] == bytes((_INDEFINITE,)):
            open_lengths += 1
            at += 2
        else:
            at = der.read(data, at, limit).end
    raise der.Malformed("no end of an indefinite length")
