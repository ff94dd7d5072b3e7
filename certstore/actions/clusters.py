"""A cluster: make one of the servers of a role, add a peer, remove one, dissolve it, and what its page sets.

Configuration is the same on every peer at once. Trusted CA lists, certificates and CRLs are each peer's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from certstore.actions.server_settings import REPLICATED_SETTINGS
from certstore.actions.writing import keep_point, lab_write, log_event
from certstore.models import Cluster, CucmServer, Event, Lab, LabFile, Node, Zone, ZonePeer
from certstore.pki.releases import Role
from certstore.reading.clusters import peers_of
from certstore.scenarios import expressway_pair
from certstore.scenarios.expressway_pair import ServerPlan

MOST_PEERS = 6
PRIMARY = 1


class ClusterThere(Exception):
    """The server is in a cluster already."""


class ClusterFull(Exception):
    """The role has as many servers as a cluster has peers."""


class NoCluster(Exception):
    """The server is in no cluster."""


class NameTaken(Exception):
    """A server of the lab has that name already."""


class IsPrimary(Exception):
    """The primary peer cannot be removed."""


@dataclass(frozen=True, slots=True)
class ClusterPlan:
    """The clustering page as a form checked it."""

    fqdn: str
    tls_mode: Cluster.TlsMode
    addresses: tuple[str, ...]  # of the peers, in the order of their numbers


def make(node: Node, fqdn: str) -> Event:
    """Make a cluster of all servers of a role; the given one is the primary, the others follow by their names.

    In: the server, the name of the cluster. Out: the event. TLS verification mode is Permissive, which the guide has
    as default. Raises ClusterThere, ClusterFull.
    """
    with lab_write(node.lab_id) as lab:
        if lab.clusters.filter(role=node.kind).exists():
            raise ClusterThere
        others = list(lab.nodes.filter(kind=node.kind).exclude(pk=node.pk).order_by("host", "domain"))
        if len(others) >= MOST_PEERS:
            raise ClusterFull
        keep_point(lab, "cluster.made")
        put(lab, Role(node.kind), fqdn, [node, *others])
        return log_event(lab, node, "cluster.made", {"name": fqdn}, lab.now())


def put(
    lab: Lab,
    role: Role,
    fqdn: str,
    peers: Sequence[Node],
    mode: Cluster.TlsMode = Cluster.TlsMode.PERMISSIVE,
) -> Cluster:
    """Write a cluster of servers in their order into a locked lab; each has its own name as its address."""
    cluster = Cluster.objects.create(lab=lab, role=role.value, fqdn=fqdn, tls_mode=mode)
    for number, peer in enumerate(peers, start=PRIMARY):
        _place(peer, cluster, number)
    return cluster


def add_peer(node: Node, plan: ServerPlan) -> Event:
    """Add a new server, as it comes out of the box, to the cluster of another one.

    It takes over what replicates: the zone, Unified CM, settings. A new Expressway-E becomes a peer address of the
    zones of every Expressway-C. Out: the event, on the new server. Keys are made before the lab is locked. Raises
    NoCluster, ClusterFull, NameTaken.
    """
    made = expressway_pair.make_one(plan, node.lab.now())
    with lab_write(node.lab_id) as lab:
        cluster = lab.clusters.filter(peers=node).first()
        if cluster is None:
            raise NoCluster
        peers = peers_of(Node.objects.get(pk=node.pk))
        if len(peers) >= MOST_PEERS:
            raise ClusterFull
        fqdn = f"{plan.host}.{plan.domain}".casefold()
        if any(one.fqdn.casefold() == fqdn for one in lab.nodes.all()):
            raise NameTaken
        keep_point(lab, "cluster.peer-added")
        added = expressway_pair.put_one(lab, made, lab.now())
        _place(added, cluster, len(peers) + 1)
        _take_over(added, peers[0])
        if added.kind == Node.Kind.EXPRESSWAY_E:
            _lead_to(lab, added)
        return log_event(lab, added, "cluster.peer-added", {"number": added.peer_number}, lab.now())


def remove_peer(node: Node, peer_id: UUID) -> Event | None:
    """Take a peer out of a server's cluster and out of the lab; the numbers of those after it go down by one.

    In: a server of the cluster, the id of the peer, which may be itself. Out: the event, on the primary; None where
    there is no such peer. Files of the lab that were made for it are the primary's from then on. Raises IsPrimary.
    """
    with lab_write(node.lab_id) as lab:
        peers = peers_of(Node.objects.get(pk=node.pk))
        gone = next((peer for peer in peers if peer.pk == peer_id and peer.cluster_id), None)
        if gone is None:
            return None
        if gone.peer_number == PRIMARY:
            raise IsPrimary
        keep_point(lab, "cluster.peer-removed")
        primary, fqdn = peers[0], gone.fqdn
        LabFile.objects.filter(node=gone).update(node=primary)
        _lead_no_longer_to(lab, gone)
        for peer in peers[gone.peer_number :]:
            peer.peer_number -= 1
            peer.save(update_fields=["peer_number"])
        gone.delete()
        return log_event(lab, primary, "cluster.peer-removed", {"fqdn": fqdn}, lab.now())


def make_primary(node: Node, peer_id: UUID) -> Event | None:
    """Make another peer of a server's cluster the primary: it becomes the first, the others follow in their order.

    In: a server of the cluster, the id of the peer. Out: the event, on the new primary; None where there is no such
    peer or it is the primary. Nothing else changes: the peers have the same configuration. That the primary is the peer
    with the number 1 is how a lab keeps it; the product chooses it under "Configuration primary".
    """
    with lab_write(node.lab_id) as lab:
        peers = peers_of(Node.objects.get(pk=node.pk))
        chosen = next((peer for peer in peers if peer.pk == peer_id and peer.peer_number > PRIMARY), None)
        if chosen is None:
            return None
        keep_point(lab, "cluster.primary")
        others = [peer for peer in peers if peer.pk != chosen.pk]
        for number, peer in enumerate((chosen, *others), start=PRIMARY):
            peer.peer_number = number
            peer.save(update_fields=["peer_number"])
        return log_event(lab, chosen, "cluster.primary", {"was": others[0].fqdn}, lab.now())


def dissolve(node: Node) -> Event | None:
    """Dissolve the cluster of a server: every peer stays in the lab with what it has, and is in no cluster.

    Out: the event; None where it is in none.
    """
    with lab_write(node.lab_id) as lab:
        cluster = lab.clusters.filter(peers=node).first()
        if cluster is None:
            return None
        keep_point(lab, "cluster.dissolved")
        nowhere = {"cluster": None, "peer_number": 0, "peer_address": "", "running_tls_mode": ""}
        cluster.peers.update(**nowhere)
        cluster.delete()
        return log_event(lab, node, "cluster.dissolved", {"name": cluster.fqdn}, lab.now())


def save(node: Node, plan: ClusterPlan) -> Event | None:
    """Save the clustering page: the same on every peer at once; each acts on the mode after its restart.

    In: a server of the cluster, what is to be. Out: the event; None where nothing differs. Addresses beyond the last
    peer do nothing. Raises NoCluster.
    """
    with lab_write(node.lab_id) as lab:
        cluster = lab.clusters.filter(peers=node).first()
        if cluster is None:
            raise NoCluster
        peers = peers_of(Node.objects.get(pk=node.pk))
        addresses = plan.addresses[: len(peers)]
        before = (cluster.fqdn, cluster.tls_mode, tuple(peer.peer_address for peer in peers))
        if before == (plan.fqdn, plan.tls_mode.value, addresses):
            return None
        keep_point(lab, "cluster.saved")
        was = Cluster.TlsMode(cluster.tls_mode).label
        cluster.fqdn, cluster.tls_mode = plan.fqdn, plan.tls_mode
        cluster.save(update_fields=["fqdn", "tls_mode"])
        for peer, address in zip(peers, addresses, strict=False):
            peer.peer_address = address
            peer.save(update_fields=["peer_address"])
        told = {"name": plan.fqdn, "mode": plan.tls_mode.label, "was": was}
        return log_event(lab, node, "cluster.saved", told, lab.now())


def _place(peer: Node, cluster: Cluster, number: int) -> None:
    """Give a server its place; it runs the mode that the cluster has."""
    peer.cluster, peer.peer_number, peer.peer_address = cluster, number, peer.fqdn
    peer.running_tls_mode = cluster.tls_mode
    peer.save(update_fields=["cluster", "peer_number", "peer_address", "running_tls_mode"])


def _take_over(added: Node, primary: Node) -> None:
    """What the primary has of configuration: settings that replicate, the zone with its peers, Unified CM."""
    added.settings = {
        name: primary.settings[name] for name in REPLICATED_SETTINGS if name in primary.settings
    }
    added.save(update_fields=["settings"])
    zone = Zone.objects.filter(node=primary).first()
    if zone is not None:
        peers = list(zone.peers.all())
        zone.pk, zone.node = None, added
        zone._state.adding = True
        zone.save()
        ZonePeer.objects.bulk_create(
            ZonePeer(zone=zone, position=peer.position, address=peer.address) for peer in peers
        )
    for known in CucmServer.objects.filter(node=primary):
        known.pk, known.node = None, added
        known.save()


def _lead_to(lab: Lab, edge: Node) -> None:
    """Make an Expressway-E a peer address of every zone that has room for it."""
    for zone in Zone.objects.filter(node__lab=lab, node__kind=Node.Kind.EXPRESSWAY_C):
        last = zone.peers.count()
        if last < MOST_PEERS:
            ZonePeer.objects.create(zone=zone, position=last + 1, address=edge.fqdn)


def _lead_no_longer_to(lab: Lab, edge: Node) -> None:
    """Take the peer addresses of a server out of zones, but for the only one of a zone."""
    for zone in Zone.objects.filter(node__lab=lab, node__kind=Node.Kind.EXPRESSWAY_C):
        left = [peer.address for peer in zone.peers.all() if peer.address.casefold() != edge.fqdn.casefold()]
        if left and len(left) < zone.peers.count():
            zone.peers.all().delete()
            ZonePeer.objects.bulk_create(
                ZonePeer(zone=zone, position=position, address=address)
                for position, address in enumerate(left, start=1)
            )
