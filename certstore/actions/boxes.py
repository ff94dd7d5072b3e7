"""Make a lab of real servers as they were recognised: all of them in one go, or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from certstore.actions import labs
from certstore.actions.certificates import store_certificates, store_public_key
from certstore.actions.check_files import pem_of
from certstore.actions.trusted_ca import add_to_list
from certstore.actions.writing import log_event
from certstore.models import (
    Cluster,
    DnsRecord,
    Installation,
    Lab,
    LabFile,
    Node,
    Slot,
    SlotName,
    TrustStore,
    User,
    Zone,
    ZonePeer,
)
from certstore.models.clock import real_now
from certstore.models.writer import fair_write
from certstore.pki.boxes.box import Box
from certstore.pki.boxes.configuration import TraversalZone
from certstore.pki.boxes.deployment import ClusterOf, Deployment
from certstore.pki.dns import RecordType
from certstore.pki.facts import CertificateFacts, CrlFacts
from certstore.pki.keys import KeySource, public_half_of_certificate
from certstore.pki.moments import iso
from certstore.pki.names import is_fqdn
from certstore.pki.releases import profile_for
from certstore.reading.lab_document import document_of, packed
from certstore.scenarios import recipes
from certstore.scenarios.expressway_pair import ServerPlan
from certstore.scenarios.servers_of_boxes import plans_of

LONGEST_ZONE_NAME, LONGEST_USERNAME, LONGEST_SUBJECT = 50, 128, 128
LONGEST_FILE_STEM = 60


@dataclass(frozen=True, slots=True)
class LabOfServers:
    """What a lab is to be made of."""

    kind: Lab.Kind
    name: str
    deployment: Deployment


def make_lab_of_servers(owner: User, wanted: LabOfServers) -> Lab:
    """Make a lab of real servers, all or nothing.

    In: whose it is, and servers that together can be made (`Deployment.can_be_made`). Out: the lab: each server with
    its name, trust list, certificates and end of the zone as they are, its certificate loaded and running; clusters;
    no Unified CM; the DNS right. A side of which no server was brought has one in its place, as out of the box. What
    the lab goes back to with "Set back to the start" is this. Raises labs.TooManyLabs.
    """
    labs.raise_if_full(owner)
    deployment = wanted.deployment
    plans = plans_of(deployment)
    made = recipes.make(plans, real_now(), with_services=False)
    with fair_write():
        lab = labs.make_lab(owner, wanted.kind, wanted.name, deployment.release, plans, made)
        nodes = _nodes_of(lab, deployment.boxes, plans)
        for box, node in zip(deployment.boxes, nodes, strict=True):
            _put_box(lab, node, box)
        _fit_other_ends(lab, deployment)
        by_name = {node.fqdn: node for node in nodes}
        for cluster in deployment.clusters:
            _put_cluster(lab, cluster, by_name)
        _put_dns(lab)
        _put_files(lab, deployment.boxes, nodes)
        log_event(lab, None, "lab.made-of-servers", {"count": len(nodes)}, lab.now())
        lab.start = packed(document_of(lab))
        lab.save(update_fields=["start"])
    return lab


def _nodes_of(lab: Lab, boxes: Sequence[Box], plans: Sequence[ServerPlan]) -> list[Node]:
    """The lab's server of each real one: the plans begin with these, in their order."""
    by_name = {(node.host, node.domain): node for node in lab.nodes.all()}
    return [by_name[plan.host, plan.domain] for plan in plans[: len(boxes)]]


def _put_box(lab: Lab, node: Node, box: Box) -> None:
    """One server: its list, its certificates, its end of the zone."""
    if box.trust is not None:
        store = TrustStore.objects.get(node=node, name="ca")
        store.entries.all().delete()
        add_to_list(lab, store, box.trust, box.crls)
    if box.server is not None:
        _put_certificate(lab, node, SlotName.SERVER, box.server)
    if box.client is not None and profile_for(lab.release).release.has_client_store:
        _put_certificate(lab, node, SlotName.CLIENT, box.client)
    if box.zone is not None:
        _put_zone(node, box.zone)


def _put_certificate(lab: Lab, node: Node, name: SlotName, facts: CertificateFacts) -> None:
    """Put a certificate into a slot: loaded and running. Its key is its own public half; nobody showed another."""
    slot, _ = Slot.objects.get_or_create(node=node, name=name.value)
    slot.installations.update(is_installed=False, is_running=False)
    Installation.objects.create(
        slot=slot,
        certificate=store_certificates(lab, [facts])[0],
        key=store_public_key(lab, public_half_of_certificate(facts.der)),
        key_origin=KeySource.UNKNOWN.value,
        source="upload",
        at_lab=iso(lab.now()),
        is_installed=True,
        is_running=True,
    )


def _put_zone(node: Node, said: TraversalZone) -> None:
    """Its end of the zone as configured. The password stays the lab's own, equal on both sides."""
    zone, _ = Zone.objects.get_or_create(node=node, defaults={"name": said.name})
    zone.name = said.name[:LONGEST_ZONE_NAME] or zone.name
    zone.username = said.username[:LONGEST_USERNAME] or zone.username
    zone.sip_port = said.sip_port or zone.sip_port
    zone.verify_subject_name = said.verify_subject_name[:LONGEST_SUBJECT]
    zone.save()
    if said.peers:
        zone.peers.all().delete()
        ZonePeer.objects.bulk_create(
            ZonePeer(zone=zone, position=position, address=address[:253])
            for position, address in enumerate(said.peers, start=1)
        )


def _fit_other_ends(lab: Lab, deployment: Deployment) -> None:
    """Give the ends of the zone whose configuration was not brought the user name and the port of one that was."""
    said = next((box.zone for box in deployment.boxes if box.zone is not None), None)
    if said is None:
        return
    known = [box.fqdn for box in deployment.boxes if box.zone is not None]
    for zone in Zone.objects.filter(node__lab=lab).select_related("node"):
        if zone.node.fqdn not in known:
            zone.username = said.username[:LONGEST_USERNAME] or zone.username
            zone.sip_port = said.sip_port or zone.sip_port
            zone.save(update_fields=["username", "sip_port"])


def _put_dns(lab: Lab) -> None:
    """Make the lab's DNS answer for the names of the zone's peers that no server has as its own.

    As many peers as Expressway-E: each in its place; otherwise every such name leads to all of them.
    """
    edges = list(lab.nodes.filter(kind=Node.Kind.EXPRESSWAY_E).order_by("peer_number", "host"))
    known = {node.fqdn for node in lab.nodes.all()}
    answers: dict[str, list[str]] = {}
    for zone in Zone.objects.filter(node__lab=lab).prefetch_related("peers"):
        peers = list(zone.peers.all())
        for place, peer in enumerate(peers):
            name = peer.address.lower()
            if not is_fqdn(name) or name in known:
                continue
            leads_to = [edges[place]] if len(peers) == len(edges) else edges
            for node in leads_to:
                values = answers.setdefault(name, [])
                values += [node.address] if node.address not in values else []
    DnsRecord.objects.bulk_create(
        DnsRecord(lab=lab, type=RecordType.A.value, name=name, values=values)
        for name, values in answers.items()
        if values
    )


def _put_cluster(lab: Lab, said: ClusterOf, nodes: dict[str, Node]) -> None:
    """The cluster of one role, and each peer's place in it."""
    mode = Cluster.TlsMode.ENFORCING if said.is_enforcing else Cluster.TlsMode.PERMISSIVE
    cluster = Cluster.objects.create(lab=lab, role=said.role.value, fqdn=said.fqdn[:253], tls_mode=mode)
    for member in said.members:
        node = nodes[member.box.fqdn]
        node.cluster, node.running_tls_mode = cluster, mode.value
        node.peer_number, node.peer_address = member.number, member.address[:253]
        node.save(update_fields=["cluster", "running_tls_mode", "peer_number", "peer_address"])


def _put_files(lab: Lab, boxes: Sequence[Box], nodes: Sequence[Node]) -> None:
    """Put what the servers hold in place of the examples: certificate and list of each, as Base-64 (PEM)."""
    lab.files.all().delete()
    files: list[LabFile] = []
    for box, node in zip(boxes, nodes, strict=True):
        stem = f"{node.host[:LONGEST_FILE_STEM]}-{len(files) + 1}"
        given: tuple[tuple[str, Sequence[CertificateFacts | CrlFacts]], ...] = (
            ("server-certificate", [box.server] if box.server else []),
            ("trust-list", [*(box.trust or ()), *box.crls]),
        )
        files += [
            LabFile(
                lab=lab,
                node=node,
                name=f"{stem}-{what.split('-')[0]}.pem",
                what=f"checked-{what}",
                content=pem_of(things).encode(),
                position=len(files),
            )
            for what, things in given
            if things
        ]
    LabFile.objects.bulk_create(files)
