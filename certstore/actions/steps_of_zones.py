"""The steps about zones and clusters. A new peer gets keys of its own: which ones they are changes no verdict."""

from certstore.actions import cluster_mapping, clusters, zones
from certstore.actions.clusters import ClusterPlan
from certstore.actions.step_kinds import Do, Refused, StepKind, Trying
from certstore.actions.zones import ZonePlan
from certstore.models import Cluster, Node, Zone
from certstore.pki.releases import Role
from certstore.reading.clusters import peers_of
from certstore.scenarios.expressway_pair import ServerPlan
from certstore.wording import sentence
from certstore.wording import try_first as words


def _zone(trying: Trying) -> Refused | None:
    """Change what was typed of the zone that is there; the rest of it, and its password, stay."""
    node, typed = trying.node, trying.step.values
    zone = Zone.objects.filter(node=node).first()
    if zone is None:
        return Refused(words.NO_ZONE)
    is_client = node.kind == Node.Kind.EXPRESSWAY_C
    peers = tuple(peer.address for peer in zone.peers.all())
    plan = ZonePlan(
        name=typed.get("name") or zone.name,
        username=typed.get("username") or zone.username,
        password=typed.get("password", ""),
        sip_port=typed["port"] or zone.sip_port,
        peers=(typed["peers"] or peers) if is_client else (),
        verify_subject_name="" if is_client else typed["subject_name"] or zone.verify_subject_name,
    )
    zones.save(node, plan)
    return None


def _zone_new(trying: Trying) -> Refused | None:
    """Make the zone; without a password it has none until that is set."""
    node, typed = trying.node, trying.step.values
    is_client = node.kind == Node.Kind.EXPRESSWAY_C
    if not (typed["peers"] if is_client else typed["subject_name"]):
        return Refused(sentence(f"zones.refused-no-{'peer' if is_client else 'subject-name'}").text)
    plan = ZonePlan(
        name=typed["name"],
        username=typed["username"],
        password=typed.get("password", ""),
        sip_port=typed["port"],
        peers=typed["peers"] if is_client else (),
        verify_subject_name="" if is_client else typed["subject_name"],
    )
    try:
        zones.create(node, plan)
    except zones.ZoneThere:
        return Refused(sentence("zones.refused-second").text)
    return None


def _zone_credential(trying: Trying) -> Refused | None:
    if not Zone.objects.filter(node=trying.node).exists():
        return Refused(words.NO_ZONE)
    zones.set_fingerprint(trying.node, trying.step.values["fingerprint"])
    return None


def _zone_delete(trying: Trying) -> Refused | None:
    return None if zones.delete(trying.node) else Refused(words.NO_ZONE)


def _cluster_make(trying: Trying) -> Refused | None:
    try:
        clusters.make(trying.node, trying.step.values["name"])
    except clusters.ClusterThere:
        return Refused(sentence("clustering.refused-there").text)
    except clusters.ClusterFull:
        return _full()
    return None


def _cluster_mode(trying: Trying) -> Refused | None:
    """Set the TLS verification mode; name and addresses stay where none are given. Peers act after their restarts."""
    cluster, values = trying.node.cluster, trying.step.values
    if cluster is None:
        return Refused(words.NO_CLUSTER)
    addresses = values.get("addresses") or tuple(peer.peer_address for peer in peers_of(trying.node))
    mode = Cluster.TlsMode(values["mode"])
    clusters.save(trying.node, ClusterPlan(values.get("name") or cluster.fqdn, mode, addresses))
    return None


def _cluster_add(trying: Trying) -> Refused | None:
    node, typed = trying.node, trying.step.values
    plan = ServerPlan(Role(node.kind), typed["host"], typed["domain"], typed["address"])
    try:
        clusters.add_peer(node, plan)
    except clusters.NoCluster:
        return Refused(words.IN_NO_CLUSTER)
    except clusters.ClusterFull:
        return _full()
    except clusters.NameTaken:
        return Refused(words.NAME_TAKEN)
    return None


def _cluster_remove(trying: Trying) -> Refused | None:
    """Take a peer out: the one that is named, or the server itself."""
    try:
        event = clusters.remove_peer(trying.node, trying.step.values.get("peer", trying.node.pk))
    except clusters.IsPrimary:
        return Refused(sentence("clustering.refused-primary").text)
    return None if event else Refused(words.IN_NO_CLUSTER)


def _cluster_primary(trying: Trying) -> Refused | None:
    """Make a peer the primary: the one that is named, or the server itself."""
    event = clusters.make_primary(trying.node, trying.step.values.get("peer", trying.node.pk))
    return None if event else Refused(words.PRIMARY_ALREADY)


def _cluster_dissolve(trying: Trying) -> Refused | None:
    return None if clusters.dissolve(trying.node) else Refused(words.IN_NO_CLUSTER)


def _cluster_map(trying: Trying) -> Refused | None:
    typed = trying.step.values
    try:
        cluster_mapping.map_address(trying.node, typed["name"], typed["address"])
    except clusters.NoCluster:
        return Refused(words.IN_NO_CLUSTER)
    except cluster_mapping.MappingFull:
        return Refused(sentence("clustering.refused-mapping-full").fill(limit=cluster_mapping.MOST_MAPPED))
    return None


def _full() -> Refused:
    return Refused(sentence("clustering.refused-full").fill(limit=clusters.MOST_PEERS))


DO_ZONES: dict[StepKind, Do] = {
    StepKind.ZONE: _zone,
    StepKind.ZONE_NEW: _zone_new,
    StepKind.ZONE_CREDENTIAL: _zone_credential,
    StepKind.ZONE_DELETE: _zone_delete,
    StepKind.CLUSTER_MAKE: _cluster_make,
    StepKind.CLUSTER_MODE: _cluster_mode,
    StepKind.CLUSTER_ADD: _cluster_add,
    StepKind.CLUSTER_REMOVE: _cluster_remove,
    StepKind.CLUSTER_PRIMARY: _cluster_primary,
    StepKind.CLUSTER_DISSOLVE: _cluster_dissolve,
    StepKind.CLUSTER_MAP: _cluster_map,
}
