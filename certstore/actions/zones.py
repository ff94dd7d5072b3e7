"""The Unified Communications traversal zone of a server: make it, change it, delete it.

The peers of a cluster share their configuration: what is written on one is written on all of them.
"""

from dataclasses import dataclass, replace

from certstore.actions.writing import keep_point, lab_write, log_event
from certstore.models import Event, Node, Zone, ZonePeer
from certstore.pki.zone_password import fingerprint
from certstore.reading.clusters import peers_of

MOST_PEERS = 6


class ZoneThere(Exception):
    """The server has its zone already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZonePlan:
    """One side of the zone as a form checked it."""

    name: str
    username: str
    password: str  # "" leaves what is kept as it is
    sip_port: int
    peers: tuple[str, ...]  # the client's side only, in their order
    verify_subject_name: str  # the server's side only


def create(node: Node, plan: ZonePlan) -> Event:
    """Make the zone of a server that has none.

    In: the server, the zone; of the password only a fingerprint is kept. Out: the event. Raises ZoneThere.
    """
    password = fingerprint(plan.password, node.lab.password_salt)  # takes its time: before the lock
    with lab_write(node.lab_id) as lab:
        if Zone.objects.filter(node=node).exists():
            raise ZoneThere
        keep_point(lab, "zone.created")
        for peer in peers_of(node):
            _put(Zone.objects.filter(node=peer).first() or Zone(node=peer), plan, password)
        return log_event(lab, node, "zone.created", {"name": plan.name}, lab.now())


def save(node: Node, plan: ZonePlan) -> Event | None:
    """Change the zone of a server. Out: the event; None where nothing of it differs, or there is none."""
    typed = fingerprint(plan.password, node.lab.password_salt)
    with lab_write(node.lab_id) as lab:
        zone = Zone.objects.filter(node=node).first()
        if zone is None or (replace(plan, password=""), typed or zone.password) == _as_kept(zone):
            return None
        keep_point(lab, "zone.saved")
        for peer in peers_of(node):
            _put(Zone.objects.filter(node=peer).first() or Zone(node=peer), plan, typed or zone.password)
        return log_event(lab, node, "zone.saved", {"name": plan.name}, lab.now())


def set_password(node: Node, password: str) -> Event | None:
    """Set the password of the zone's user in the local authentication database of an Expressway-E.

    Out: the event; None where it is that password already, or there is no zone.
    """
    return set_fingerprint(node, fingerprint(password, node.lab.password_salt))


def set_fingerprint(node: Node, typed: str) -> Event | None:
    """The same with the fingerprint of a password; on an Expressway-C it is that of its zone.

    In: the server, what `pki.zone_password` made of the password with the lab's salt. Out: as `set_password`.
    """
    with lab_write(node.lab_id) as lab:
        zone = Zone.objects.filter(node=node).first()
        if zone is None or zone.password == typed:
            return None
        is_database = node.kind == Node.Kind.EXPRESSWAY_E
        code, name = ("zone.credential", zone.username) if is_database else ("zone.saved", zone.name)
        keep_point(lab, code)
        Zone.objects.filter(node__in=peers_of(node)).update(password=typed)
        return log_event(lab, node, code, {"name": name}, lab.now())


def delete(node: Node) -> Event | None:
    """Delete the zone of a server. Out: the event; None where there was none."""
    with lab_write(node.lab_id) as lab:
        zone = Zone.objects.filter(node=node).first()
        if zone is None:
            return None
        keep_point(lab, "zone.deleted")
        Zone.objects.filter(node__in=peers_of(node)).delete()
        return log_event(lab, node, "zone.deleted", {"count": 1}, lab.now())


def _as_kept(zone: Zone) -> tuple[ZonePlan, str]:
    """A zone as a plan that changes nothing, and the fingerprint of its password."""
    kept = ZonePlan(
        name=zone.name,
        username=zone.username,
        password="",
        sip_port=zone.sip_port,
        peers=tuple(peer.address for peer in zone.peers.all()),
        verify_subject_name=zone.verify_subject_name,
    )
    return kept, zone.password


def _put(zone: Zone, plan: ZonePlan, password: str) -> None:
    """Write a zone and its peers."""
    zone.name, zone.username, zone.password = plan.name, plan.username, password
    zone.sip_port, zone.verify_subject_name = plan.sip_port, plan.verify_subject_name
    zone.save()
    zone.peers.all().delete()
    ZonePeer.objects.bulk_create(
        ZonePeer(zone=zone, position=position, address=address)
        for position, address in enumerate(plan.peers, start=1)
    )
