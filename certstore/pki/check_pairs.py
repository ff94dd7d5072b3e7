"""Which of somebody's files belong together: a request and its certificate, an old certificate and its renewal."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from certstore.pki.facts import CertificateFacts
from certstore.pki.material import Material
from certstore.pki.requests import RequestFacts

MOST_PAIRS = 6


def request_pairs(material: Material) -> tuple[tuple[RequestFacts, CertificateFacts], ...]:
    """Each server certificate with the request that is most likely its own.

    In: the material. Out: for a certificate the request of its key; else, of the requests that fit no certificate
    here by their key, one with a name in common, or the only one there is.
    """
    keys = {leaf.certificate.spki_sha256 for leaf in material.leaves}
    left = [one for one in material.requests if one.spki_sha256 not in keys]
    found = [
        (request, leaf.certificate)
        for leaf in material.leaves
        if (request := _request_of(leaf.certificate, material.requests, left)) is not None
    ]
    return tuple(found[:MOST_PAIRS])


def _request_of(
    certificate: CertificateFacts, requests: Sequence[RequestFacts], left: Sequence[RequestFacts]
) -> RequestFacts | None:
    by_key = [one for one in requests if one.spki_sha256 == certificate.spki_sha256]
    by_name = [one for one in left if own_names(one) & own_names(certificate)]
    only = left if len(left) == 1 else ()
    return next(iter((*by_key, *by_name, *only)), None)


def renewal_pairs(material: Material) -> tuple[tuple[CertificateFacts, CertificateFacts], ...]:
    """Server certificates of one Common Name, each with the next one, the earlier begun as the old one.

    In: the material. Out: (old, new). Source: our reading: a renewal keeps the Common Name, and two servers of
    a cluster differ in it or in their own names.
    """
    groups: dict[str, list[CertificateFacts]] = {}
    for leaf in material.leaves:
        for name in leaf.certificate.common_names[:1] or leaf.certificate.san_dns[:1]:
            groups.setdefault(name.lower(), []).append(leaf.certificate)
    return tuple(_in_turn(groups))[:MOST_PAIRS]


def _in_turn(
    groups: dict[str, list[CertificateFacts]],
) -> Iterator[tuple[CertificateFacts, CertificateFacts]]:
    for group in groups.values():
        yield from pairwise(sorted(group, key=lambda facts: (facts.not_before, facts.not_after)))


def own_names(thing: CertificateFacts | RequestFacts) -> frozenset[str]:
    """The names that may tell whose a certificate or a request is, lower case."""
    return frozenset(name.lower() for name in (*thing.common_names, *thing.san_dns))
