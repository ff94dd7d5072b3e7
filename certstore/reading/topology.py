"""A lab's deployment, from its rows to the values that the verdicts judge."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from certstore.models import Cluster, CucmServer, Installation, Lab, Node, SlotName, StoreName, Zone
from certstore.pki.dns import Dns, Host, Question, RecordType, right_records
from certstore.pki.facts import CertificateFacts
from certstore.pki.releases import Release, Role, SameSubject, Switches, profile_for
from certstore.pki.settings import ZoneSettings
from certstore.pki.topology import Client, ClusterPeer, Cucm, CucmLink, Expressway, Topology
from certstore.pki.trust import TrustList, WithCrls
from certstore.reading.lab_trust import LoadedTrust, lists_of
from certstore.reading.rows import facts_of
from certstore.reading.settings import client_settings, cucm_settings, expressway_settings

Shown = Mapping[tuple[str, str], CertificateFacts]
Lists = Mapping[tuple[str, str], LoadedTrust]


def topology_of(lab: Lab, at: datetime) -> Topology:
    """The deployment of a lab at a moment: a handful of queries, and one for each level of the longest chain.

    In: the lab, an aware moment of it. What a server shows is what runs; an Expressway without a certificate, which
    no page makes, is left out.
    """
    return deployment_of(lab, at)[0]


def deployment_of(lab: Lab, at: datetime) -> tuple[Topology, Mapping[UUID, Cucm]]:
    """The deployment, and every Unified CM of the lab by its row's key, known to an Expressway-C or not."""
    nodes = list(
        Node.objects.filter(lab=lab)
        .select_related("zone", "cluster")
        .prefetch_related("zone__peers")
        .order_by("kind", "host")
    )
    shown = _shown(lab)
    lists = lists_of(lab, shown.values())
    release = profile_for(lab.release).release
    expressways = [
        _expressway(node, shown, lists, release) for node in nodes if (str(node.pk), SlotName.SERVER) in shown
    ]
    client = next((_client(node, lists) for node in nodes if node.kind == Node.Kind.JABBER), None)
    edges = tuple(one for one in expressways if one.role is Role.EXPRESSWAY_E)
    cucms = {node.pk: _cucm(node, shown, lists) for node in nodes if node.kind == Node.Kind.CUCM}
    topology = Topology(
        release=release,
        same_subject=SameSubject(lab.same_subject),
        cn_counts=lab.cn_counts,
        switches=Switches(lab.server_eku_upload, lab.eku_checking),
        at=at,
        controls=tuple(one for one in expressways if one.role is Role.EXPRESSWAY_C),
        edges=edges,
        cucms=tuple(_links(lab, cucms)),
        client=client,
        dns=dns_of(lab, nodes),
    )
    return topology, cucms


def dns_of(lab: Lab, nodes: Sequence[Node]) -> Dns:
    """The lab's DNS: right answers of its servers, and what somebody changed. One query."""
    hosts = {node: Host(node.fqdn, node.address) for node in nodes if node.kind != Node.Kind.JABBER}
    edges = {node: host for node, host in hosts.items() if node.kind == Node.Kind.EXPRESSWAY_E}
    people = [client_settings(node).domain for node in nodes if node.kind == Node.Kind.JABBER]
    domains = people or [node.domain for node in edges]
    changed = {
        Question.of(RecordType(record.type), record.name): tuple(record.values)
        for record in lab.dns_records.all()
    }
    return Dns(right_records(hosts.values(), edges.values(), domains), changed)


def _shown(lab: Lab) -> Shown:
    """What every slot of every server shows to callers: one query."""
    rows = Installation.objects.filter(is_running=True, slot__node__lab=lab)
    return {
        (str(row.slot.node_id), row.slot.name): facts_of(row.certificate)
        for row in rows.select_related("certificate", "slot")
    }


def _expressway(node: Node, shown: Shown, lists: Lists, release: Release) -> Expressway:
    """An Expressway. Its client certificate counts only where the release has one."""
    name = str(node.pk)
    server = shown[name, SlotName.SERVER]
    return Expressway(
        id=name,
        role=Role(node.kind),
        host=node.host,
        domain=node.domain,
        address=node.address,
        trust=_trust(name, lists),
        server=server,
        client=shown.get((name, SlotName.CLIENT), server) if release.has_client_store else server,
        settings=expressway_settings(node),
        zone=_zone(node),
        peer=_peer(node),
    )


def _peer(node: Node) -> ClusterPeer | None:
    cluster = node.cluster
    if cluster is None:
        return None
    return ClusterPeer(
        cluster=cluster.fqdn,
        number=node.peer_number,
        address=node.peer_address,
        enforces=cluster.tls_mode == Cluster.TlsMode.ENFORCING,
        runs_enforcing=node.running_tls_mode == Cluster.TlsMode.ENFORCING,
        mapping=tuple(sorted(cluster.address_mapping.items())),
    )


def _trust(name: str, lists: Lists) -> TrustList:
    """The trusted CA list, with what was uploaded on CRL management beside it."""
    trust, crls = lists[name, StoreName.CA], lists.get((name, StoreName.CRL))
    return trust if crls is None else WithCrls(trust, crls)


def _zone(node: Node) -> ZoneSettings | None:
    zone: Zone | None = getattr(node, "zone", None)
    if zone is None:
        return None
    return ZoneSettings(
        name=zone.name,
        username=zone.username,
        password=zone.password,
        sip_port=zone.sip_port,
        peers=tuple(peer.address for peer in zone.peers.all()),
        verify_subject_name=zone.verify_subject_name,
    )


def _client(node: Node, lists: Lists) -> Client:
    name = str(node.pk)
    return Client(id=name, trust=lists[name, StoreName.CLIENT_OS], settings=client_settings(node))


def _links(lab: Lab, cucms: Mapping[UUID, Cucm]) -> Iterable[CucmLink]:
    """The Unified CMs that an Expressway-C knows. All Expressway-C of a lab know the same ones."""
    known = CucmServer.objects.filter(node__lab=lab).order_by("cucm__host", "cucm_id", "pk")
    seen: set[object] = set()
    for row in known:
        if row.cucm_id not in seen:
            seen.add(row.cucm_id)
            yield CucmLink(
                cucm=cucms[row.cucm_id],
                publisher_address=row.publisher_address,
                tls_verify=row.tls_verify,
                known_as=row.known_as,
            )


def _cucm(node: Node, shown: Shown, lists: Lists) -> Cucm:
    name = str(node.pk)
    return Cucm(
        id=name,
        host=node.host,
        domain=node.domain,
        address=node.address,
        tomcat_trust=lists[name, StoreName.TOMCAT_LOADED],
        callmanager_trust=lists[name, StoreName.CALLMANAGER_LOADED],
        tomcat=shown[name, SlotName.TOMCAT],
        callmanager=shown[name, SlotName.CALLMANAGER],
        tomcat_ecdsa=shown.get((name, SlotName.TOMCAT_ECDSA)),
        callmanager_ecdsa=shown.get((name, SlotName.CALLMANAGER_ECDSA)),
        settings=cucm_settings(node),
    )
