"""Example names in the place of real ones: the same name always gets the same example.

What is replaced are the values that a page is built from, never its sentences: a name is known by where it stands,
so no word of a sentence can be taken for one.
"""

import ipaddress
import re
from collections.abc import Iterable

from certstore.pki.names import is_fqdn

_ATTRIBUTE = re.compile(r"(?:^|, )([A-Za-z][A-Za-z0-9]*|[0-9]+(?:\.[0-9]+)+) ?= ?")
_DOMAINS = ("example.com", "example.net", "example.org")  # RFC 2606; then example4.com and so on
_KINDS = {"O": "Organisation", "OU": "Unit", "L": "Town", "ST": "State", "emailAddress": "Mail"}
_ENDINGS = ("cer", "crt", "der", "pem", "p7b", "p7c", "p12", "pfx", "csr", "req", "crl", "key", "txt", "zip")
_KEPT_LABELS = frozenset(
    {"*", "collab-edge", "_collab-edge", "_tls", "_tcp", "_sips", "_cisco-uds", "_cuplogin"}
)


class Redactor:
    """Hands out example names, numbered in the order in which the real ones are met."""

    def __init__(self, domains: Iterable[str] = ()) -> None:
        """In: the domains that are known beforehand, so that names below them keep their structure."""
        self._numbers: dict[tuple[str, str], int] = {}
        self._met: dict[str, int] = {}
        self._domains: dict[str, str] = {}
        for domain in domains:
            self._domain(domain.casefold())

    def distinguished_name(self, text: str) -> str:
        """A subject or an issuer as "O=…, CN=…", each value by an example; text of another form as a whole."""
        marks = list(_ATTRIBUTE.finditer(text))
        if not marks or marks[0].start() != 0:
            return self._numbered("Example name", text) if text else text
        ends = [*(mark.start() for mark in marks[1:]), len(text)]
        pairs = [(mark[1], text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
        return ", ".join(f"{key}={self._value(key, value)}" for key, value in pairs)

    def host(self, text: str) -> str:
        """A host name, a domain or an address by an example; "exp-e1.a.test" stays below what "a.test" becomes."""
        address = _address(text)
        if address is not None:
            return self._address(address)
        name = text.casefold().rstrip(".")
        if "." not in name:
            return self._label(name) if name else text
        domain = self._domain_of(name)
        labels = name[: -len(domain)].rstrip(".").split(".") if name != domain else []
        return ".".join([*(self._label(label) for label in labels), self._domain(domain)])

    def key_id(self, text: str) -> str:
        """A key identifier, a serial number or a fingerprint by an example."""
        return self._numbered("example key", text) if text else text

    def file(self, text: str) -> str:
        """The name of a file by an example; an ending that is known stays."""
        if not text:
            return text
        stem, dot, ending = text.rpartition(".")
        kept = f".{ending.lower()}" if dot and stem and ending.lower() in _ENDINGS else ""
        return self._numbered("file", text, between="") + kept

    def any_name(self, text: str) -> str:
        """A name of which only the text tells what it is: a distinguished name, a host, an address, another."""
        prefix, colon, rest = text.partition(":")
        if colon and prefix in ("IP Address", "DNS"):
            return f"{prefix}:{self.host(rest.strip())}"
        if _ATTRIBUTE.match(text):
            return self.distinguished_name(text)
        if _address(text) is not None or is_fqdn(text.removeprefix("*.")) or re.fullmatch(r"[\w-]+", text):
            return self.host(text)
        return self._numbered("Example name", text) if text else text

    def _value(self, key: str, value: str) -> str:
        """The value of one attribute of a distinguished name."""
        if key == "C":
            return "XX"
        if key == "CN":
            is_host = _address(value) is not None or is_fqdn(value.removeprefix("*."))
            return self.host(value) if is_host else self._numbered("Example CA", value)
        return self._numbered(f"Example {_KINDS.get(key, 'value')}", value)

    def _domain_of(self, name: str) -> str:
        """The part of a name that counts as its domain: one that is known, else its last two levels."""
        known = [one for one in self._domains if name == one or name.endswith(f".{one}")]
        return max(known, key=len) if known else ".".join(name.split(".")[-2:])

    def _domain(self, domain: str) -> str:
        """The example of a domain."""
        if domain not in self._domains:
            count = len(self._domains)
            self._domains[domain] = _DOMAINS[count] if count < len(_DOMAINS) else f"example{count + 1}.com"
        return self._domains[domain]

    def _label(self, label: str) -> str:
        """The example of one level of a name; what is the product's own word stays."""
        return label if label in _KEPT_LABELS else self._numbered("server", label, between="")

    def _address(self, address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
        """An address of the ranges for documentation (RFC 5737, RFC 3849)."""
        number = self._number("address", str(address))
        return f"2001:db8::{number:x}" if address.version == 6 else f"192.0.2.{number % 254 + 1}"

    def _numbered(self, kind: str, text: str, between: str = " ") -> str:
        """The example of its kind with the number of that text."""
        return f"{kind}{between}{self._number(kind, text.casefold())}"

    def _number(self, kind: str, text: str) -> int:
        if (kind, text) not in self._numbers:
            self._met[kind] = self._met.get(kind, 0) + 1
            self._numbers[kind, text] = self._met[kind]
        return self._numbers[kind, text]


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The IP address that a text is, or None."""
    try:
        return ipaddress.ip_address(text.strip())
    except ValueError:
        return None
