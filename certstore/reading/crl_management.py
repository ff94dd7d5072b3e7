"""A server's revocation list file as its page prints it."""

from dataclasses import dataclass
from datetime import datetime

from certstore.models import Node, StoreName, TrustEntry
from certstore.pki.moments import iso, page_date


@dataclass(frozen=True, slots=True)
class ListedCrl:
    """One revocation list of the file."""

    issuer: str
    begins: str
    ends: str  # "" where the list names no next update
    has_ended: bool


def crl_file_of(node: Node, at: datetime) -> list[ListedCrl]:
    """The revocation lists of a server's file, in its order; none without a file. One query, no list decoded."""
    rows = TrustEntry.objects.filter(store__node=node, store__name=StoreName.CRL, crl__isnull=False)
    columns = ("crl__facts__issuer", "crl__this_update", "crl__next_update")
    return [
        ListedCrl(
            issuer or "-", page_date(begins), page_date(ends) if ends else "", bool(ends) and ends <= iso(at)
        )
        for issuer, begins, ends in rows.values_list(*columns)
    ]
