"""What "Show (decoded)" printed of a certificate: enough to recognise it, too little to rebuild it."""

import re
from dataclasses import dataclass
from itertools import pairwise

from certstore.pki.names import visible

MOST = 50  # certificates in one text
LONGEST_NAME = 500
MOST_NAMES = 200

_START = re.compile(r"^[ \t]*Certificate:[ \t]*$", re.MULTILINE)
_FIELD = {
    "subject": re.compile(r"^[ \t]*Subject:[ \t]*(.*)$", re.MULTILINE),
    "issuer": re.compile(r"^[ \t]*Issuer:[ \t]*(.*)$", re.MULTILINE),
}
_SERIAL = re.compile(
    r"Serial Number:[ \t]*(?:\n[ \t]*([0-9A-Fa-f:]{2,200})|[0-9]{1,30} \(0x([0-9A-Fa-f]+)\))"
)
_MOMENT = r"([A-Z][a-z]{2}) {1,2}([0-9]{1,2}) ([0-9]{2}:[0-9]{2}:[0-9]{2}) ([0-9]{4}) GMT"
_BEGINS = re.compile(rf"Not Before[ \t]*:[ \t]*{_MOMENT}")
_ENDS = re.compile(rf"Not After[ \t]*:[ \t]*{_MOMENT}")
_SAN = re.compile(r"X509v3 Subject Alternative Name:[ \t]*(?:critical)?[ \t]*\n[ \t]*(.*)")
_MODULUS = re.compile(r"Modulus(?: \([0-9]+ bit\))?:[ \t]*\n((?:[ \t]*[0-9a-fA-F:]{2,60}[ \t]*\n){1,70})")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Decoded:
    """One certificate as far as its printed form tells. Times are ISO text in UTC, "" where none was read."""

    subject: str
    issuer: str
    serial: str  # hexadecimal digits, upper case, as `CertificateFacts.serial`
    not_before: str
    not_after: str
    san_dns: tuple[str, ...]
    modulus: str  # of an RSA key, hexadecimal digits in upper case without leading zeros; "" of another


def decoded_certificates(text: str) -> tuple[Decoded, ...]:
    """The certificates that a text prints as `openssl x509 -text` does; those without a serial are passed over.

    Source: TechNotes 217748 and 225693 print the beginning of the page, which is OpenSSL's.
    """
    text = text.replace("\r\n", "\n")
    starts = [found.start() for found in _START.finditer(text)][:MOST]
    parts = [text[start:end] for start, end in pairwise([*starts, len(text)])]
    found = (_decoded(part) for part in parts)
    return tuple(one for one in found if one.serial)


def _decoded(text: str) -> Decoded:
    """One certificate."""
    serial, modulus, san = _SERIAL.search(text), _MODULUS.search(text), _SAN.search(text)
    names = [part.strip() for part in san[1].split(",")] if san else []
    return Decoded(
        subject=_line(text, "subject"),
        issuer=_line(text, "issuer"),
        serial=_hex(serial[1] or serial[2]) if serial else "",
        not_before=_moment(_BEGINS, text),
        not_after=_moment(_ENDS, text),
        san_dns=tuple(visible(name[4:], 253) for name in names if name.startswith("DNS:"))[:MOST_NAMES],
        modulus=_hex(re.sub(r"\s", "", modulus[1])).lstrip("0") if modulus else "",
    )


def _line(text: str, field: str) -> str:
    found = _FIELD[field].search(text)
    return visible(found[1].strip(), LONGEST_NAME) if found else ""


def _hex(digits: str) -> str:
    """Hexadecimal digits as pairs without anything between them, in upper case."""
    plain = digits.replace(":", "").upper()
    return plain if len(plain) % 2 == 0 else f"0{plain}"


def _moment(pattern: re.Pattern[str], text: str) -> str:
    """A moment as OpenSSL prints it, as ISO text."""
    found = pattern.search(text)
    if found is None or found[1] not in _MONTHS:
        return ""
    return f"{found[4]}-{_MONTHS.index(found[1]) + 1:02}-{int(found[2]):02}T{found[3]}Z"
