"""Subjects and alternative names, from plain text."""

from collections.abc import Iterable
from ipaddress import ip_address

from cryptography import x509
from cryptography.x509.oid import NameOID


def subject(
    common_name: str | None = None,
    *,
    country: str | None = None,
    state: str | None = None,
    locality: str | None = None,
    organisation: str | None = None,
    units: Iterable[str] = (),
    others: Iterable[tuple[str, str]] = (),
) -> x509.Name:
    """A subject, its parts in the usual order; `others` are (dotted OID, text). Nothing given: empty."""
    parts = [
        (NameOID.COUNTRY_NAME, country),
        (NameOID.STATE_OR_PROVINCE_NAME, state),
        (NameOID.LOCALITY_NAME, locality),
        (NameOID.ORGANIZATION_NAME, organisation),
        *((NameOID.ORGANIZATIONAL_UNIT_NAME, unit) for unit in units),
        *((x509.ObjectIdentifier(oid), text) for oid, text in others),
        (NameOID.COMMON_NAME, common_name),
    ]
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in parts if text is not None])


def as_name(name: str | x509.Name) -> x509.Name:
    """A subject as it is; text becomes the common name of one."""
    return subject(name) if isinstance(name, str) else name


def alternative_name(text: str | x509.GeneralName) -> x509.GeneralName:
    """`exp-e1.example.com`, `IP:192.0.2.1`, `email:…` or `URI:…` as an alternative name.

    Raises ValueError for an IP that is none, and for text that is not ASCII.
    """
    if isinstance(text, x509.GeneralName):
        return text
    prefix, _, value = text.partition(":")
    if prefix == "IP":
        return x509.IPAddress(ip_address(value))
    if prefix == "email":
        return x509.RFC822Name(value)
    if prefix == "URI":
        return x509.UniformResourceIdentifier(value)
    return x509.DNSName(text)
