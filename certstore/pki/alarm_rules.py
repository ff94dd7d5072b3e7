"""Which alarms a server raises for its connections: computed from their verdicts, never kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from certstore.pki.connections import Health, LabState, Reason, Verdict
from certstore.pki.names import visible
from certstore.pki.topology import Expressway, Topology

PRIMARY = 1  # the number of a cluster's configuration primary
LONGEST_SUBJECT = 200  # characters, the sign of a cut included: what an acknowledgement can remember
MOST_OF_HOSTS = LONGEST_SUBJECT - 1  # characters of the hosts that 35013 names
MOST_OF_PEERS = LONGEST_SUBJECT - 1  # characters of the peers that 20021 names
CLUSTER_PORTS = "4371, 4372"  # TCP, of the cluster database with TLS
# What is wrong with the way to a peer, before any certificate is shown.
_OF_THE_WAY = frozenset({"cluster.no-address", "cluster.address-leads-elsewhere"})
# The reasons of failing tunnels that have alarms of their own.
_ALARM_OF_CODE: dict[str, str] = {"tunnels.no-ptr": "25030", "tunnels.ptr-not-a-name": "25031"}


@dataclass(frozen=True, slots=True)
class RaisedAlarm:
    """One raised alarm. Its name and its subject together are what a person acknowledges.

    Another subject is another alarm: who has acknowledged one zone has not acknowledged the next.
    """

    name: str  # in `wording.alarms.ALARMS`
    subject: str = ""  # the zone, the hosts or the address that it is about; "" where there is only one
    parameters: Mapping[str, str | int] = field(default_factory=dict)


def alarms_of_state(state: LabState, topology: Topology, server_id: str) -> tuple[RaisedAlarm, ...]:
    """The alarms that an Expressway raises for its connections, in the order of their numbers.

    In: the verdicts, the deployment they are about, the id of the server. Out: each alarm once; none for a server
    that is no Expressway of the deployment.
    Source: Administrator Guide X15.5, Reference Material: alarms 20004, 20006, 20016, 20020, 20021, 25030, 25031,
    35013, 40049 and 45010. That both peers of a pair raise 20004 and 20006, and that the
    Expressway-E raises 35013 as well is our reading: its text speaks of "this system" and "remote hosts", and the
    tunnels are to be seen from both sides.
    """
    raised = (
        *_of_cluster(state.peers, topology, server_id),
        *_of_reverse_lookups(state.tunnels, topology, server_id),
        *_of_tunnels(state.tunnels, topology, server_id),
        *_of_tls_mode(topology, server_id),
        *_of_zones(state.zones, topology, server_id),
    )
    return tuple({(alarm.name, alarm.subject): alarm for alarm in raised}.values())


def _of_cluster(peers: tuple[Verdict, ...], topology: Topology, server_id: str) -> Iterator[RaisedAlarm]:
    """Those of a peer: it reaches no other, not the primary, it has to be restarted, or nobody asks for certificates.

    20004 and 20006 come together: nothing that was read tells which of a pair's troubles raises which.
    """
    places = {server.id: server.peer for server in _servers(topology) if server.peer is not None}
    place = places.get(server_id)
    if place is None:
        return
    unreached = [
        places[peer.source if peer.target == server_id else peer.target]
        for peer in peers
        if peer.health is Health.FAILS and server_id in (peer.source, peer.target)
    ]
    if unreached:
        yield from (RaisedAlarm("20004"), RaisedAlarm("20006"))
    if any(other.number == PRIMARY for other in unreached):
        yield RaisedAlarm("20016")
    if place.enforces != place.runs_enforcing:
        yield RaisedAlarm("20020")
    yield from _of_the_way(peers, server_id)


def _of_the_way(peers: tuple[Verdict, ...], server_id: str) -> Iterator[RaisedAlarm]:
    """20021 on the peer that connects, once, with every address that it cannot reach another one by.

    Which of the cluster's ports its text names is our reading: those that the guide has for the database with TLS. So
    is that the peers stand there as typed, and that an address which leads to another place raises it.
    """
    unreached = [
        str(reason.finding.facts["address"])
        for peer in peers
        for reason in peer.reasons
        if reason.by == server_id and reason.finding.code in _OF_THE_WAY
    ]
    if unreached:
        named = visible(", ".join(unreached), MOST_OF_PEERS)
        yield RaisedAlarm("20021", named, {"peers": named, "ports": CLUSTER_PORTS})


def _of_tls_mode(topology: Topology, server_id: str) -> Iterator[RaisedAlarm]:
    """40049 on every peer while the mode of its cluster permits invalid certificates."""
    for server in _servers(topology):
        if server.id == server_id and server.peer is not None and not server.peer.enforces:
            yield RaisedAlarm("40049")


def _of_zones(zones: tuple[Verdict, ...], topology: Topology, server_id: str) -> Iterator[RaisedAlarm]:
    """45010 on the side that has peer addresses, once a zone, while a peer of it does not answer."""
    is_failing = any(zone.source == server_id and zone.health is Health.FAILS for zone in zones)
    for control in topology.controls:
        if is_failing and control.id == server_id:
            name = control.zone.name if control.zone else ""
            yield RaisedAlarm("45010", visible(name, LONGEST_SUBJECT - 1))


def _of_tunnels(tunnels: tuple[Verdict, ...], topology: Topology, server_id: str) -> Iterator[RaisedAlarm]:
    """35013 on both sides, once, with every host that cannot be reached."""
    hosts = {server.id: server.fqdn for server in _servers(topology)}
    across = [
        tunnel.target if tunnel.source == server_id else tunnel.source
        for tunnel in tunnels
        if tunnel.health is Health.FAILS and server_id in (tunnel.source, tunnel.target)
    ]
    if across:
        named = visible(
            ", ".join(dict.fromkeys(hosts.get(server, server) for server in across)), MOST_OF_HOSTS
        )
        yield RaisedAlarm("35013", named, {"hosts": named})


def _of_reverse_lookups(
    tunnels: tuple[Verdict, ...], topology: Topology, server_id: str
) -> Iterator[RaisedAlarm]:
    """25030 and 25031 on the side that looks the address up, once an address."""
    found = [
        (_ALARM_OF_CODE[reason.finding.code], _address(reason, tunnel, topology))
        for tunnel in tunnels
        for reason in tunnel.reasons
        if reason.by == server_id and reason.finding.code in _ALARM_OF_CODE
    ]
    for name, address in sorted(found):
        yield RaisedAlarm(name, address, {"address": address})


def _address(reason: Reason, tunnel: Verdict, topology: Topology) -> str:
    """The address that was looked up: the finding's, else that of the server at the other end."""
    known = {server.id: server.address for server in _servers(topology)}
    return visible(str(reason.finding.facts.get("address", known.get(tunnel.target, ""))))


def _servers(topology: Topology) -> tuple[Expressway, ...]:
    return (*topology.controls, *topology.edges)
