"""The Generate CSR page, from rows: the server that asks, what its page is filled with, and the pending request."""

from dataclasses import dataclass

from certstore.models import Lab, Node, SigningRequest, SlotName
from certstore.pki.csr import Place, Typed, prefilled
from certstore.pki.csr_rules import not_signed_by_public_cas
from certstore.pki.facts import CertificateFacts
from certstore.pki.frame import cut_certificate
from certstore.pki.keys import KeySource
from certstore.pki.moments import moment_text
from certstore.pki.releases import Role, profile_for
from certstore.pki.requests import RequestFacts, decode_request
from certstore.reading.servers import SlotState

NO_NAME = b"\x30\x00"  # a subject with nothing in it, as DER


@dataclass(frozen=True, slots=True)
class PendingRequest:
    """The request that waits for its certificate."""

    pk: int
    facts: RequestFacts
    is_imported: bool
    made_on: str  # lab time, as a person reads it
    not_public: tuple[str, ...]  # names that no public CA will sign


def place_of(node: Node, lab: Lab) -> Place:
    """The server as the Generate CSR page sees it."""
    cluster = node.cluster
    peers = cluster.peers.order_by("peer_number", "host") if cluster is not None else ()
    return Place(
        role=Role(node.kind),
        release=profile_for(lab.release).release,
        fqdn=node.fqdn,
        cluster=cluster.fqdn if cluster is not None else "",
        peers=tuple(peer.fqdn for peer in peers),
        is_clustered=cluster is not None,
    )


def typed_at_first(place: Place, slot: SlotState) -> Typed:
    """The page as it opens: filled from the loaded certificate.

    Of a new server's default certificate only the names count: its subject is the temporary CA's, nobody's company.
    """
    loaded = slot.installed
    is_default = slot.installation.key_origin == KeySource.FACTORY
    subject = NO_NAME if is_default else cut_certificate(loaded.der).subject
    return prefilled(place, subject, (*loaded.common_names, *loaded.san_dns))


def lost_names(loaded: CertificateFacts) -> tuple[str, ...]:
    """The alternative names of the loaded certificate that the page has no field for: addresses and the like."""
    return loaded.san_other


def pending_row(node: Node, slot: SlotName) -> SigningRequest | None:
    """The pending request of one of a server's slots."""
    rows = SigningRequest.objects.filter(slot__node=node, slot__name=slot, state=SigningRequest.State.PENDING)
    return rows.first()


def pending_request(node: Node, slot: SlotName) -> PendingRequest | None:
    """The pending request of one of a server's slots, decoded."""
    row = pending_row(node, slot)
    if row is None:
        return None
    facts = decode_request(bytes(row.der))
    names = dict.fromkeys((*facts.common_names, *facts.san_dns, *facts.san_other))
    addresses = tuple(name for name in names if not name.startswith("othername:"))
    return PendingRequest(
        row.pk, facts, row.is_imported, moment_text(row.at_lab), not_signed_by_public_cas(addresses)
    )
