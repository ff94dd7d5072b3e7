"""Which hosts a server has to reach when it asks whether certificates are revoked. Nothing is ever fetched."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID

from certstore.pki.facts import CertificateFacts
from certstore.pki.issuing import extension, parse

_PORTS = {"http": 80, "https": 443, "ldap": 389}


def hosts_to_reach(certificates: Iterable[CertificateFacts]) -> tuple[str, ...]:
    """The hosts, each with its port, that CRL distribution points and OCSP locations of certificates name.

    In: certificates. Out: "host:port", each once, in the order in which they are named; a location that is no such
    address is left out.
    """
    found = (address for facts in certificates for url in _urls(facts) if (address := _address(url)))
    return tuple(dict.fromkeys(found))


def _urls(facts: CertificateFacts) -> Iterator[str]:
    parsed = parse(facts)
    points = extension(parsed, x509.CRLDistributionPoints)
    if isinstance(points, x509.CRLDistributionPoints):
        for point in points:
            yield from (name.value for name in point.full_name or () if _is_url(name))
    access = extension(parsed, x509.AuthorityInformationAccess)
    if isinstance(access, x509.AuthorityInformationAccess):
        for one in access:
            if one.access_method == AuthorityInformationAccessOID.OCSP and _is_url(one.access_location):
                yield one.access_location.value


def _is_url(name: x509.GeneralName) -> bool:
    return isinstance(name, x509.UniformResourceIdentifier)


def _address(url: str) -> str:
    """The host and port of a location; "" for what is none."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return ""
    if not host or parts.scheme not in _PORTS:
        return ""
    return f"{host}:{port or _PORTS[parts.scheme]}"
