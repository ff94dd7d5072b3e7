"""Whether a certificate carries a name that the other side of a connection wants to see."""

from collections.abc import Iterable, Iterator
from ipaddress import ip_address

from certstore.pki.compared_names import Compared

ADDRESS_PREFIX = "IP Address:"


def is_address(text: str) -> bool:
    """Whether a text is an IP address."""
    return _address(text) is not None


def plain_address(text: str) -> str:
    """An IP address in its shortest form; "" where a text is none, or names an interface as well (RFC 4007)."""
    address = _address(text)
    return "" if address is None or "%" in text else str(address)


def same_address(one: str, other: str) -> bool:
    """Whether two texts are the same IP address, however they are written."""
    address = _address(one)
    return address is not None and address == _address(other)


def names_that_count(certificate: Compared, cn_counts: bool) -> tuple[str, ...]:
    """The names that a peer is known by: alternative names, and CNs where they count.

    In: the certificate or the request for one, whether the lab counts CNs beside alternative names. Out: DNS names
    and IP addresses, each once, as they stand there.
    Source: decisions of this project (6). The guides name the alternative names alone, the command line's help and
    TechNote 117811 the CN as well.
    """
    named = [*certificate.san_dns]
    named += [
        other.removeprefix(ADDRESS_PREFIX)
        for other in certificate.san_other
        if other.startswith(ADDRESS_PREFIX)
    ]
    if cn_counts or not certificate.has_san:
        named += certificate.common_names
    return tuple(dict.fromkeys(named))


def matched_name(certificate: Compared, wanted: Iterable[str], cn_counts: bool = False) -> str:
    """The first of some wanted names that a certificate carries, or "".

    In: the certificate or the request for one, the names as somebody typed them, whether CNs count beside
    alternative names. Case does not count; a wildcard matches nothing; an IP address is carried as an address or as
    text.
    Source: decisions of this project (6); TechNote 213872 for wildcards, which are not supported; the Administrator
    Guide for an IP address as a peer address, which must be in the certificate.
    """
    carried = names_that_count(certificate, cn_counts)
    return next((name for name in wanted if any(_is_same(name, one) for one in _plain(carried))), "")


def _plain(carried: Iterable[str]) -> Iterator[str]:
    """The names without a wildcard."""
    return (name for name in carried if "*" not in name)


def _is_same(wanted: str, carried: str) -> bool:
    """Whether two names are one; of letters beyond ASCII the case counts, as DNS knows none of them."""
    return same_address(wanted, carried) or (wanted != "" and _folded(wanted) == _folded(carried))


def _folded(name: str) -> str:
    return name.lower() if name.isascii() else name


def _address(text: str) -> object:
    """An IP address as a value, or None."""
    try:
        return ip_address(text)
    except ValueError:
        return None
