"""Names: who a certificate says it is, as OpenSSL compares it, as a page prints it, and what an FQDN is."""

import hashlib
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from certstore.pki import der

_UTF8, _NUMERIC, _PRINTABLE, _T61, _IA5, _VISIBLE, _UNIVERSAL, _BMP = 12, 18, 19, 20, 22, 26, 28, 30

# OpenSSL reads T61String as Latin-1, whatever T.61 says.
_ENCODINGS = {
    _UTF8: "utf-8",
    _NUMERIC: "latin-1",
    _PRINTABLE: "latin-1",
    _T61: "latin-1",
    _IA5: "latin-1",
    _VISIBLE: "latin-1",
    _UNIVERSAL: "utf-32-be",
    _BMP: "utf-16-be",
}
# ASN1_MASK_CANON of OpenSSL's x_name.c: a NumericString is not in it.
_CANONICAL_TAGS = frozenset(_ENCODINGS) - {_NUMERIC}
_C_SPACES = b" \t\n\v\f\r"
_RUN_OF_SPACES = re.compile(rb"[ \t\n\v\f\r]+")

COMMON_NAME, ORGANIZATION, ORGANIZATIONAL_UNIT = "2.5.4.3", "2.5.4.10", "2.5.4.11"
_PAGE_TYPES = frozenset({ORGANIZATION, ORGANIZATIONAL_UNIT, COMMON_NAME})

# The attribute types of names that OpenSSL has a word for, with that word; it prints any other as a number.
WORDS = {
    "2.5.4.3": "CN",
    "2.5.4.4": "SN",
    "2.5.4.5": "serialNumber",
    "2.5.4.6": "C",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.9": "street",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
    "2.5.4.12": "title",
    "2.5.4.13": "description",
    "2.5.4.14": "searchGuide",
    "2.5.4.15": "businessCategory",
    "2.5.4.16": "postalAddress",
    "2.5.4.17": "postalCode",
    "2.5.4.18": "postOfficeBox",
    "2.5.4.19": "physicalDeliveryOfficeName",
    "2.5.4.20": "telephoneNumber",
    "2.5.4.21": "telexNumber",
    "2.5.4.22": "teletexTerminalIdentifier",
    "2.5.4.23": "facsimileTelephoneNumber",
    "2.5.4.24": "x121Address",
    "2.5.4.25": "internationaliSDNNumber",
    "2.5.4.26": "registeredAddress",
    "2.5.4.27": "destinationIndicator",
    "2.5.4.31": "member",
    "2.5.4.32": "owner",
    "2.5.4.33": "roleOccupant",
    "2.5.4.34": "seeAlso",
    "2.5.4.41": "name",
    "2.5.4.42": "GN",
    "2.5.4.43": "initials",
    "2.5.4.44": "generationQualifier",
    "2.5.4.45": "x500UniqueIdentifier",
    "2.5.4.46": "dnQualifier",
    "2.5.4.51": "houseIdentifier",
    "2.5.4.54": "dmdName",
    "2.5.4.65": "pseudonym",
    "2.5.4.72": "role",
    "2.5.4.97": "organizationIdentifier",
    "2.5.4.98": "c3",
    "2.5.4.99": "n3",
    "2.5.4.100": "dnsName",
    "1.2.643.100.1": "OGRN",
    "1.2.643.100.3": "SNILS",
    "1.2.643.3.131.1.1": "INN",
    "1.2.840.113549.1.9.1": "emailAddress",
    "1.2.840.113549.1.9.2": "unstructuredName",
    "1.2.840.113549.1.9.8": "unstructuredAddress",
    "0.9.2342.19200300.100.1.1": "UID",
    "0.9.2342.19200300.100.1.3": "mail",
    "0.9.2342.19200300.100.1.25": "DC",
    "0.9.2342.19200300.100.1.44": "uid",
    "1.3.6.1.4.1.311.60.2.1.1": "jurisdictionL",
    "1.3.6.1.4.1.311.60.2.1.2": "jurisdictionST",
    "1.3.6.1.4.1.311.60.2.1.3": "jurisdictionC",
}

_LONGEST_NAME = 1000
_NEEDS_QUOTES = re.compile(r'[,+"<>;]|^[ #]| $')
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
# Letters and signs that print as nothing or as a space though Unicode calls them printable: fillers of
# Hangul, the blank Braille pattern, the grapheme joiner, variation selectors and a few more.
_PRINTS_AS_NOTHING = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U0001d159\U000e0100-\U000e01ef]"
)


class Attribute(NamedTuple):
    """One attribute of a name. Attributes of one `rdn` stand side by side in one set."""

    rdn: int
    oid: bytes  # DER, with its tag
    type: str  # dotted
    tag: int  # of the value
    raw: bytes  # the value, DER with its tag
    value: bytes  # the value's content

    @property
    def word(self) -> str:
        """The attribute type as OpenSSL prints it: its word, or the number."""
        return WORDS.get(self.type, self.type)

    @property
    def text(self) -> str:
        """The value to be shown; what is no character string as "#" and hex, as OpenSSL prints it."""
        decoded = _decode(self.tag, self.value)
        return visible(f"#{self.raw[:128].hex().upper()}" if decoded is None else decoded)


Name = tuple[Attribute, ...]


def read_name(name_der: bytes) -> Name:
    """The attributes of a name, in their order.

    In: the DER of a distinguished name. Out: the attributes, none for the empty name.
    Raises der.Malformed for anything that is no name, and ValueError for text that is not of its type.
    """
    outer = der.read(name_der)
    if outer.tag != der.SEQUENCE or outer.end != len(name_der):
        raise der.Malformed("no distinguished name")
    return tuple(
        _attribute(number, element)
        for number, rdn in enumerate(outer.parts())
        for element in _set_members(rdn)
    )


def _set_members(rdn: der.Element) -> Iterable[der.Element]:
    """The attributes of one relative distinguished name."""
    if rdn.tag != der.SET:
        raise der.Malformed("no relative distinguished name")
    return rdn.parts()


def _attribute(rdn: int, element: der.Element) -> Attribute:
    """One attribute: a type and a value, nothing else."""
    parts = list(element.parts()) if element.tag == der.SEQUENCE else []
    if len(parts) != 2 or parts[0].tag != der.OBJECT_IDENTIFIER:
        raise der.Malformed("no attribute of a name")
    kind, value = parts
    _decode(value.tag, value.body())
    return Attribute(rdn, kind.whole(), der.dotted(kind.body()), value.tag, value.whole(), value.body())


def _decode(tag: int, value: bytes) -> str | None:
    """A string's text, or None for a value that is no character string. Raises ValueError."""
    encoding = _ENCODINGS.get(tag)
    if encoding is None:
        return None
    text = value.decode(encoding)
    if tag == _BMP and len(text) * 2 != len(value):
        raise der.Malformed("a BMPString with surrogates, which OpenSSL refuses")
    return text


def canonical(name: Name) -> bytes:
    """The bytes by which OpenSSL compares a name: `x509_name_canon`.

    Out: the name's sets one after another, without the outer header; ASCII case, runs of spaces and the
    string type do not count.
    Source: OpenSSL crypto/x509/x_name.c; the hash of these bytes is `openssl x509 -subject_hash`.
    """
    sets: dict[int, list[bytes]] = {}
    for attribute in name:
        encoded = der.write(der.SEQUENCE, attribute.oid + _canonical_value(attribute))
        sets.setdefault(attribute.rdn, []).append(encoded)
    return b"".join(der.write(der.SET, b"".join(sorted(members))) for members in sets.values())


def _canonical_value(attribute: Attribute) -> bytes:
    """A value as OpenSSL compares it; what is no text of the canonical types stays as it is."""
    if attribute.tag not in _CANONICAL_TAGS:
        return attribute.raw
    text = attribute.value.decode(_ENCODINGS[attribute.tag]).encode()
    return der.write(_UTF8, _RUN_OF_SPACES.sub(b" ", text.strip(_C_SPACES)).lower())


def fold_hash(name_der: bytes) -> str:
    """The hash under which a name is stored and found: two names OpenSSL calls equal have the same.

    In: the DER of a name. Out: SHA-256 of its canonical bytes, hex. Raises ValueError.
    """
    return folded(read_name(name_der))


def folded(name: Name) -> str:
    """`fold_hash` of a name that was read already."""
    return hashlib.sha256(canonical(name)).hexdigest()


def page_name(name: Name) -> str:
    """A name as the trusted CA page prints it: "O=…, OU=…, CN=…", and "" for the empty name only.

    A name with none of the three is printed whole, so that its row is never blank.
    Source: TechNote 217748 (O, OU and CN; no C, ST or L seen); the rest is this project's reading.
    """
    return _joined(attribute for attribute in name if attribute.type in _PAGE_TYPES) or full_name(name)


def page_name_without_ou(name: Name) -> str:
    """The line before each block of "Show all (PEM file)": "O=…, CN=…".

    Source: TechNote 217748, "O=DigiCert Inc, CN=DigiCert Global Root CA" of a name that has an OU too.
    """
    kept = _PAGE_TYPES - {ORGANIZATIONAL_UNIT}
    return _joined(attribute for attribute in name if attribute.type in kept) or page_name(name)


def full_name(name: Name) -> str:
    """A name with all its attributes: "C=GB, O=…"; those of one set are joined by " + "."""
    return _joined(name)


def decoded_name(name: Name) -> str:
    """A name as "Show (decoded)" prints it: 'C = GB, O = "Example, Inc."', as OpenSSL 3.0 does."""
    return _joined(name, " = ", _quoted)


def _quoted(attribute: Attribute) -> str:
    """A value in quotes where it has a sign that would look like the end of it."""
    text = attribute.text
    if not _NEEDS_QUOTES.search(text) or attribute.tag not in _ENCODINGS:
        return text
    return '"' + text.replace('"', '\\"') + '"'


def _joined(
    attributes: Iterable[Attribute],
    equals: str = "=",
    show: Callable[[Attribute], str] = lambda one: one.text,
) -> str:
    """Attributes as one line of bounded length."""
    line = ""
    before = None
    for attribute in attributes:
        separator = "" if before is None else " + " if attribute.rdn == before else ", "
        line += f"{separator}{attribute.word}{equals}{show(attribute)}"
        before = attribute.rdn
        if len(line) > _LONGEST_NAME:
            return line[:_LONGEST_NAME] + "…"
    return line


def common_names(name: Name) -> tuple[str, ...]:
    """The CNs of a name, made visible, in their order."""
    return tuple(attribute.text for attribute in name if attribute.type == COMMON_NAME)


def unknown_types(name: Name) -> tuple[str, ...]:
    """The attribute types that OpenSSL has no word for and prints as numbers, each once, in their order."""
    return tuple(dict.fromkeys(attribute.type for attribute in name if attribute.type not in WORDS))


def is_fqdn(text: str) -> bool:
    """Whether a text is a fully qualified domain name.

    Levels of letters, digits and hyphens between dots, two or more; none starts or ends with a hyphen, and
    the last starts with a letter. So no IP address, no bare host name, no wildcard, no underscore,
    no final dot.
    Source: Certificate Creation and Use guide, Administrator Guide (clusters); the lengths are RFC 1035's.
    """
    if len(text) > 253:
        return False
    levels = text.split(".")
    return len(levels) >= 2 and all(_LABEL.fullmatch(level) for level in levels) and levels[-1][0].isalpha()


def is_wildcard(text: str) -> bool:
    """Whether a text is a domain name with a `*` in it ("*.example.com", "exp*.example.com")."""
    return "*" in text and is_fqdn(text.replace("*", "x"))


def visible(text: str, limit: int = 255) -> str:
    r"""A text of unknown origin, safe to print on one line.

    In: any text. Out: the same with every character that cannot be seen (control characters, line ends,
    bidirectional marks, odd spaces, unassigned ones) written as its number, `\u202E`; no longer than `limit`
    characters and then "…".
    """
    cut = text[: limit + 1]
    if not cut.isascii() or not cut.isprintable():
        cut = "".join(map(_seen, cut))
    return cut if len(cut) <= limit else cut[:limit] + "…"


def _seen(character: str) -> str:
    """A character, or its number if it cannot be seen."""
    if character.isprintable() and not _PRINTS_AS_NOTHING.match(character):
        return character
    number = ord(character)
    return f"\\u{number:04X}" if number <= 0xFFFF else f"\\U{number:08X}"
