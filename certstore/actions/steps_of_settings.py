"""The steps about what is set: for the whole lab, of a zone, of DNS, of a cluster, on a server."""

from dataclasses import replace

from certstore.actions import clusters, dns, labs, server_settings, zones
from certstore.actions.clusters import ClusterPlan
from certstore.actions.step_kinds import Do, Refused, StepKind, Trying
from certstore.actions.zones import ZonePlan
from certstore.models import Cluster, Node, Zone
from certstore.reading.clusters import peers_of
from certstore.reading.settings import expressway_settings
from certstore.wording import try_first as words


def _time(trying: Trying) -> None:
    labs.set_lab_time(trying.lab.pk, trying.step.values["moment"])


def _release(trying: Trying) -> None:
    labs.set_release(trying.lab.pk, trying.step.values["release"])


def _judging(trying: Trying) -> None:
    labs.set_same_subject(trying.lab.pk, trying.step.values["same_subject"])
    labs.set_cn_counts(trying.lab.pk, trying.step.values["cn_counts"])


def _switches(trying: Trying) -> None:
    labs.set_switches(trying.lab.pk, trying.step.values["positions"])


def _zone(trying: Trying) -> Refused | None:
    """Change what was typed of the zone that is there; the rest of it, and its password, stay."""
    node, typed = trying.node, trying.step.values
    zone = Zone.objects.filter(node=node).first()
    if zone is None:
        return Refused(words.NO_ZONE)
    is_client = node.kind == Node.Kind.EXPRESSWAY_C
    peers = tuple(peer.address for peer in zone.peers.all())
    plan = ZonePlan(
        name=zone.name,
        username=zone.username,
        password="",
        sip_port=typed["port"] or zone.sip_port,
        peers=(typed["peers"] or peers) if is_client else (),
        verify_subject_name="" if is_client else typed["subject_name"] or zone.verify_subject_name,
    )
    zones.save(node, plan)
    return None


def _dns(trying: Trying) -> Refused | None:
    try:
        dns.answer(trying.lab.pk, trying.step.values["question"], trying.step.values["values"])
    except dns.TooManyRecords:
        return Refused(words.TOO_MANY_RECORDS.format(limit=dns.MOST_RECORDS))
    return None


def _tunnel_algorithms(trying: Trying) -> None:
    server_settings.set_tunnel_algorithms(trying.node, trying.step.values["names"])


def _revocation(trying: Trying) -> None:
    now = expressway_settings(trying.node).revocation
    server_settings.set_revocation(trying.node, replace(now, **trying.step.values))


def _sends(trying: Trying) -> None:
    server_settings.set_sending(trying.lab.pk, {trying.node.pk: trying.step.values["sends"]})


def _cluster_mode(trying: Trying) -> Refused | None:
    """Set the TLS verification mode alone; each peer acts on it after its restart."""
    cluster = trying.node.cluster
    if cluster is None:
        return Refused(words.NO_CLUSTER)
    addresses = tuple(peer.peer_address for peer in peers_of(trying.node))
    mode = Cluster.TlsMode(trying.step.values["mode"])
    clusters.save(trying.node, ClusterPlan(cluster.fqdn, mode, addresses))
    return None


DO_SETTINGS: dict[StepKind, Do] = {
    StepKind.TIME: _time,
    StepKind.RELEASE: _release,
    StepKind.JUDGING: _judging,
    StepKind.SWITCHES: _switches,
    StepKind.ZONE: _zone,
    StepKind.DNS: _dns,
    StepKind.TUNNEL_ALGORITHMS: _tunnel_algorithms,
    StepKind.REVOCATION: _revocation,
    StepKind.SENDS: _sends,
    StepKind.CLUSTER_MODE: _cluster_mode,
}
