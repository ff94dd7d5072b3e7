"""Status > Zones: the zone of a server as its verdicts have it, and when each peer's state last changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from certstore.models import Lab, Node
from certstore.pki.connections import Health, Kind, Verdict
from certstore.pki.moments import page_moment
from certstore.pki.topology import Expressway
from certstore.reading.lab_state import LabView
from certstore.wording import zones_status as words

CHANGES_READ = 200  # of the newest: who asks when a peer failed asks about those

Changes = Mapping[tuple[str, str], str]  # by the id of the Expressway-C and the host name of the other side


@dataclass(frozen=True, slots=True)
class PeerRow:
    """One peer of a zone: what its line says. `state` and `cause` are names of sentences."""

    name: str  # "" where only the address is known
    address: str
    port: int
    state: str
    cause: str  # "" where nothing has failed
    changed: str  # "" where it never did

    @property
    def sign(self) -> str:
        """The class of its sign."""
        return words.SIGNS[self.state]


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """The zone of a server. `state` is the name of a sentence, `facts` fill it."""

    name: str
    type: str
    state: str
    facts: Mapping[str, int]
    peers: tuple[PeerRow, ...]

    @property
    def sign(self) -> str:
        """The class of its sign."""
        return words.SIGNS[self.state]


def server_of_view(view: LabView, server_id: str) -> Expressway | None:
    """An Expressway of the deployment by its id."""
    servers = (*view.topology.controls, *view.topology.edges)
    return next((server for server in servers if server.id == server_id), None)


def zones_at(view: LabView, server: Expressway) -> tuple[Verdict, ...]:
    """The connections that the zone of a server has, or ought to have.

    Out: of an Expressway-C one a peer address; of an Expressway-E those that lead to it and, where none does, those
    that lead nowhere.
    """
    if server in view.topology.controls:
        return tuple(zone for zone in view.state.zones if zone.source == server.id)
    leading = tuple(zone for zone in view.state.zones if zone.target == server.id)
    return leading or tuple(zone for zone in view.state.zones if not zone.target)


def zone_row(view: LabView, server: Expressway, changes: Changes) -> ZoneRow | None:
    """The zone of a server as Status > Zones has it; None where there is none.

    That the side that waits for connections has Failed while none comes is the guide's meaning of the word.
    Source: Administrator Guide X15.5, Zones and Neighbors: Failed has no active connection.
    """
    if server.zone is None:
        return None
    verdicts = zones_at(view, server)
    is_client = server in view.topology.controls
    healths = [verdict.health for verdict in verdicts]
    state, facts = words.state_of(healths if is_client else healths or [Health.FAILS])
    peers = [_peer(view, server, verdict, number, changes) for number, verdict in enumerate(verdicts)]
    kind = "zones_status.type-traversal-client" if is_client else "zones_status.type-traversal-server"
    return ZoneRow(server.zone.name, kind, state, facts, tuple(peers))


def _peer(view: LabView, server: Expressway, verdict: Verdict, number: int, changes: Changes) -> PeerRow:
    other = server_of_view(view, verdict.target if verdict.source == server.id else verdict.source)
    zone = server.zone
    typed = zone.peers[number] if zone and verdict.source == server.id and number < len(zone.peers) else ""
    edge = server_of_view(view, verdict.target)
    return PeerRow(
        name=typed or (other.fqdn if other else ""),
        address=other.address if other else "",
        port=zone.sip_port if zone else 0,
        state=words.state_of([verdict.health])[0],
        cause=words.cause_of(verdict),
        changed=changes.get((verdict.source, edge.host if edge else ""), ""),
    )


def last_changes(lab: Lab) -> Changes:
    """When each connection of a zone last became another way, as the page prints it. One query."""
    rows = lab.events.filter(code__startswith="connection.", params__kind=Kind.ZONE.value)
    found: dict[tuple[str, str], str] = {}
    for node_id, target, at in rows.values_list("node_id", "params__target", "at_lab")[:CHANGES_READ]:
        found.setdefault((str(node_id), str(target)), page_moment(at))
    return found


def zone_of_node(node: Node, view: LabView) -> ZoneRow | None:
    """The zone of a server's row; None where it has none."""
    server = server_of_view(view, str(node.pk))
    return zone_row(view, server, last_changes(node.lab)) if server else None
