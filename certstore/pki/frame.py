"""The frame of a certificate, CRL or request: its parts cut out of the DER, before any library has a say."""

from dataclasses import dataclass

from certstore.pki import der

_LONGEST_SERIAL = 128  # octets; RFC 5280 allows 20
_EMPTY_NAME = b"\x30\x00"
_ATTRIBUTES = 0xA0  # the tag [0] of a request's attributes


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts of one certificate, as DER."""

    whole: bytes  # the certificate, without what follows it
    signed: bytes  # what the signature is over
    serial: str  # hex pairs, upper case, "-" before a negative one, as OpenSSL prints it
    issuer: bytes
    subject: bytes
    public_key: bytes  # SubjectPublicKeyInfo
    twin: bytes  # the same certificate with empty names


@dataclass(frozen=True, slots=True)
class CrlFrame:
    """The parts of one CRL."""

    whole: bytes  # the CRL, without what follows it
    version: int  # 1, or 2 where a version is written
    issuer: bytes
    revoked: der.Element | None  # the list of revoked certificates, if there is one


@dataclass(frozen=True, slots=True)
class RequestFrame:
    """The parts of one signing request, as DER."""

    whole: bytes  # the request, without what follows it
    signed: bytes  # what the signature is over
    subject: bytes
    public_key: bytes  # SubjectPublicKeyInfo
    twin: bytes  # the same request with an empty name


def cut_certificate(data: bytes) -> Frame:
    """Cut a certificate into its parts.

    In: DER; bytes after its end are left out, as OpenSSL leaves them. Raises der.Malformed.
    The twin is for cryptography, which refuses names that OpenSSL takes: "&" or "@" in a PrintableString, a
    T61String in Latin-1.
    """
    outer = der.read(data)
    parts = list(outer.parts())
    if outer.tag != der.SEQUENCE or len(parts) != 3 or parts[0].tag != der.SEQUENCE:
        raise der.Malformed("no certificate")
    fields = list(parts[0].parts())
    first = 1 if fields and fields[0].tag == der.VERSION else 0
    if len(fields) < first + 6 or fields[first].tag != der.INTEGER:
        raise der.Malformed("no certificate")
    serial, algorithm, issuer, validity, subject, public_key = fields[first : first + 6]
    tail = outer.data[public_key.start : parts[0].end]
    head = outer.data[fields[0].start : algorithm.end]
    nameless = head + _EMPTY_NAME + validity.whole() + _EMPTY_NAME + tail
    signature = outer.data[parts[1].start : outer.end]
    return Frame(
        whole=outer.whole(),
        signed=parts[0].whole(),
        serial=serial_text(serial.body()),
        issuer=issuer.whole(),
        subject=subject.whole(),
        public_key=public_key.whole(),
        twin=der.write(der.SEQUENCE, der.write(der.SEQUENCE, nameless) + signature),
    )


def cut_crl(data: bytes) -> CrlFrame:
    """Cut a CRL into its parts. In: DER; bytes after its end are left out. Raises der.Malformed."""
    outer = der.read(data)
    signed = next(outer.parts(), None)
    fields = list(signed.parts()) if signed else []
    first = 1 if fields and fields[0].tag == der.INTEGER else 0
    if len(fields) < first + 3:
        raise der.Malformed("no CRL")
    # After the issuer come one or two moments, then the list, whose tag no other field here has.
    revoked = next((field for field in fields[first + 2 :] if field.tag == der.SEQUENCE), None)
    return CrlFrame(outer.whole(), 1 + first, fields[first + 1].whole(), revoked)


def cut_request(data: bytes) -> RequestFrame:
    """Cut a signing request into its parts.

    In: DER; bytes after its end are left out, as OpenSSL leaves them. Raises der.Malformed.
    The twin is for cryptography, which refuses names that OpenSSL takes, and a request whose attributes are
    not there at all, which OpenSSL takes for one that has none.
    """
    outer = der.read(data)
    parts = list(outer.parts())
    if outer.tag != der.SEQUENCE or len(parts) != 3 or parts[0].tag != der.SEQUENCE:
        raise der.Malformed("no request")
    fields = list(parts[0].parts())
    tags = [field.tag for field in fields]
    if tags[:3] != [der.INTEGER, der.SEQUENCE, der.SEQUENCE] or tags[3:] not in ([], [_ATTRIBUTES]):
        raise der.Malformed("no request")
    version, subject, public_key = fields[:3]
    attributes = fields[3].whole() if len(fields) > 3 else der.write(_ATTRIBUTES, b"")
    nameless = version.whole() + _EMPTY_NAME + public_key.whole() + attributes
    signature = outer.data[parts[1].start : outer.end]
    return RequestFrame(
        whole=outer.whole(),
        signed=parts[0].whole(),
        subject=subject.whole(),
        public_key=public_key.whole(),
        twin=der.write(der.SEQUENCE, der.write(der.SEQUENCE, nameless) + signature),
    )


def revoked_serials(frame: CrlFrame) -> frozenset[str]:
    """The serial numbers in a list of revoked certificates whose form cryptography has checked.

    A CRL of 16 MiB has 800 000: entries shorter than 128 bytes, which is nearly all, take the short way.
    """
    revoked = frame.revoked
    if revoked is None:
        return frozenset()
    data, at = revoked.data, revoked.content
    contents: set[bytes] = set()
    while at < revoked.end:
        length, size = data[at + 1], data[at + 3]
        if length < 0x80:
            contents.add(data[at + 4 : at + 4 + size])
            at += 2 + length
        else:
            entry = der.read(data, at, revoked.end)
            contents.add(next(entry.parts()).body())
            at = entry.end
    return frozenset(map(serial_text, contents))


def serial_text(content: bytes) -> str:
    """A serial number as text: hex pairs, upper case, "-" before a negative one. Raises der.Malformed."""
    if not content or len(content) > _LONGEST_SERIAL:
        raise der.Malformed("no serial number, or a gigantic one")
    if content[0] < 0x80:
        return (content.lstrip(b"\0") or b"\0").hex().upper()
    digits = f"{-int.from_bytes(content, signed=True):X}"
    return f"-{'0' * (len(digits) % 2)}{digits}"
