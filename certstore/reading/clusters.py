"""The cluster of a server, from its rows and the verdicts on its peers."""

from dataclasses import dataclass
from datetime import datetime

from certstore.models import Cluster, Node
from certstore.pki.cluster import finds_invalid
from certstore.pki.connections import Health, Reason, Verdict
from certstore.reading.lab_state import lab_view


@dataclass(frozen=True, slots=True)
class PeerState:
    """One peer as the page of another one shows it."""

    node: Node
    is_here: bool
    works: bool
    is_valid: bool  # nothing is held against its certificate or its address

    @property
    def number(self) -> int:
        """Its place; 1 is the primary."""
        return self.node.peer_number


@dataclass(frozen=True, slots=True)
class ClusterState:
    """A cluster as one of its peers sees it."""

    cluster: Cluster
    peers: tuple[PeerState, ...]
    some_invalid: bool  # some peer holds something against another, in whatever mode
    reasons: tuple[Reason, ...]  # what this peer and the others hold against each other
    restart_due: bool  # this peer does not run the mode of the cluster

    @property
    def enforces(self) -> bool:
        """Whether its TLS verification mode is Enforcing."""
        return self.cluster.tls_mode == Cluster.TlsMode.ENFORCING

    @property
    def replicates(self) -> bool:
        """Whether this peer reaches every other one."""
        return all(peer.works for peer in self.peers)


def peers_of(node: Node) -> list[Node]:
    """Every peer of the cluster of a server, itself included, by their numbers; itself where it is in none."""
    if node.cluster_id is None:
        return [node]
    return list(Node.objects.filter(cluster=node.cluster_id).order_by("peer_number"))


def cluster_of(node: Node, at: datetime) -> ClusterState | None:
    """The cluster of a server at a moment of its lab; None where it is in none."""
    cluster = node.cluster
    if cluster is None:
        return None
    peers = peers_of(node)
    ids = {str(peer.pk) for peer in peers}
    pairs = [one for one in lab_view(node.lab, at).state.peers if ids >= {one.source, one.target}]
    return ClusterState(
        cluster=cluster,
        peers=tuple(_peer(node, peer, pairs) for peer in peers),
        some_invalid=any(_is_invalid(one) for one in pairs),
        reasons=tuple(
            reason for one in pairs if str(node.pk) in (one.source, one.target) for reason in one.reasons
        ),
        restart_due=node.running_tls_mode != cluster.tls_mode,
    )


def _peer(here: Node, peer: Node, pairs: list[Verdict]) -> PeerState:
    """How a peer looks from here."""
    both = {str(here.pk), str(peer.pk)}
    between = [one for one in pairs if {one.source, one.target} == both]
    return PeerState(
        node=peer,
        is_here=here.pk == peer.pk,
        works=all(one.health is not Health.FAILS for one in between),
        is_valid=not any(finds_invalid(one, str(here.pk), str(peer.pk)) for one in between),
    )


def _is_invalid(pair: Verdict) -> bool:
    return finds_invalid(pair, pair.source, pair.target) or finds_invalid(pair, pair.target, pair.source)
