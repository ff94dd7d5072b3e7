"""The traversal zone of a server: what is set, and how each of its connections is."""

from dataclasses import dataclass
from datetime import datetime

from certstore.models import Node, Zone
from certstore.pki.codes import Code
from certstore.pki.connections import Health, Verdict
from certstore.pki.settings import ZoneSettings
from certstore.pki.topology import Topology
from certstore.pki.zone import judge_zone
from certstore.reading.topology import topology_of
from certstore.wording.zones_status import state_of

# What stands beside a peer that has failed, by its first cause; any other is a matter of TLS.
_CAUSES: dict[str, str] = {
    Code.ZONE_NO_ADDRESS: "zones_status.not-in-dns",
    Code.ZONE_ADDRESS_LEADS_ELSEWHERE: "zones_status.system-unreachable",
    Code.ZONE_PORT: "zones_status.connect-failed",
    Code.ZONE_NOT_SET_UP: "zones_status.connect-failed",
    Code.ZONE_CREDENTIALS: "zones_status.authentication-failed",
}


@dataclass(frozen=True, slots=True)
class ZoneState:
    """A zone and its connections. `said` and `facts` are its state; a server's side has no numbers of peers."""

    settings: ZoneSettings
    has_password: bool
    connections: tuple[Verdict, ...]
    said: str
    facts: dict[str, int]

    @property
    def css(self) -> str:
        """The class of its sign."""
        healths = {one.health for one in self.connections}
        if not healths - {Health.OFF}:
            return "off"
        return "bad" if healths == {Health.FAILS} else "warn" if Health.FAILS in healths else "ok"


def zone_of(node: Node, at: datetime) -> ZoneState | None:
    """The zone of a server at a moment of its lab; None where it has none.

    In: the server that `access` handed out, an aware moment. Out: on an Expressway-C a connection a peer address, on
    an Expressway-E one for each peer address that leads to it.
    """
    zone: Zone | None = getattr(node, "zone", None)
    if zone is None:
        return None
    topology = topology_of(node.lab, at)
    settings = ZoneSettings(
        name=zone.name,
        username=zone.username,
        password=zone.password,
        sip_port=zone.sip_port,
        peers=tuple(peer.address for peer in zone.peers.all()),
        verify_subject_name=zone.verify_subject_name,
    )
    found = _connections(topology, str(node.pk))
    said, facts = state_of([one.health for one in found])
    return ZoneState(settings, bool(zone.password), found, said, facts)


def cause_of(verdict: Verdict) -> str:
    """The name of the sentence that says why a connection has failed; "" where it has not."""
    if verdict.health is not Health.FAILS:
        return ""
    return _CAUSES.get(verdict.reasons[0].finding.code, "zones_status.tls-failed")


def _connections(topology: Topology, server: str) -> tuple[Verdict, ...]:
    """Every connection of a zone that begins or ends at a server."""
    verdicts = (
        judge_zone(topology, control, peer)
        for control in topology.controls
        if control.zone is not None
        for peer in control.zone.peers
    )
    return tuple(one for one in verdicts if server in (one.source, one.target))
