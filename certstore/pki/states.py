"""Every connection of a deployment at a moment, and what differs between two of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from certstore.pki.candidates import remembered
from certstore.pki.cluster import judge_peers, pairs_of_peers
from certstore.pki.connections import Health, Kind, LabState, Reason, Verdict
from certstore.pki.jabber import judge_jabber
from certstore.pki.mra import judge_sign_in
from certstore.pki.ssh import judge_tunnels
from certstore.pki.topology import Expressway, Topology
from certstore.pki.unified_cm import judge_unified_cm
from certstore.pki.zone import judge_zone

_UP = (Health.WORKS, Health.WARNS)
# Which connection: its kind, who opens it, to whom, and which of those that have all three alike.
Key = tuple[Kind, str, str, int]


@dataclass(frozen=True, slots=True)
class Change:
    """A connection that is another way, or is so for another reason."""

    kind: Kind
    source: str
    target: str
    before: Health  # OFF where there was none
    after: Health
    before_reason: Reason | None  # its first cause
    after_reason: Reason | None

    @property
    def went_down(self) -> bool:
        """Whether it worked and does no longer."""
        return self.before in _UP and self.after not in _UP

    @property
    def came_up(self) -> bool:
        """Whether it works and did not."""
        return self.after in _UP and self.before not in _UP


def state_of(topology: Topology) -> LabState:
    """Every connection of a deployment, judged.

    In: the deployment at a moment. Out: the verdicts, servers in the order of the deployment.
    """
    topology = _remembering(topology)
    zones = tuple(
        judge_zone(topology, control, peer)
        for control in topology.controls
        if control.zone is not None
        for peer in control.zone.peers
    )
    tunnels = tuple(
        judge_tunnels(topology, control, edge, zones)
        for control in topology.controls
        for edge in topology.edges
    )
    unified_cms = tuple(
        judge_unified_cm(topology, control, link) for control in topology.controls for link in topology.cucms
    )
    jabber = tuple(judge_jabber(topology, edge) for edge in topology.edges)
    sign_ins = tuple(
        judge_sign_in(topology, edge, seen, zones, tunnels, unified_cms)
        for edge, seen in zip(topology.edges, jabber, strict=True)
    )
    peers = tuple(judge_peers(topology, *pair) for pair in pairs_of_peers(topology))
    return LabState(zones, tunnels, unified_cms, jabber, sign_ins, peers)


def _remembering(topology: Topology) -> Topology:
    """The same deployment, with lists that are asked once what several connections need."""

    def one(server: Expressway) -> Expressway:
        return replace(server, trust=remembered(server.trust))

    return replace(
        topology, controls=tuple(map(one, topology.controls)), edges=tuple(map(one, topology.edges))
    )


def changes(before: LabState, after: LabState) -> tuple[Change, ...]:
    """What differs between two states of a deployment.

    In: the two. Out: the connections whose health or first reason is another, in the order of the second,
    then those that are no longer there.
    """
    was, now = _by_key(before.all), _by_key(after.all)
    found = []
    for key in dict.fromkeys((*now, *was)):
        change = _change(key, was.get(key), now.get(key))
        if (change.before, change.before_reason) != (change.after, change.after_reason):
            found.append(change)
    return tuple(found)


def _by_key(verdicts: Iterable[Verdict]) -> dict[Key, Verdict]:
    found: dict[Key, Verdict] = {}
    for verdict in verdicts:
        number = 0
        while (key := (verdict.kind, verdict.source, verdict.target, number)) in found:
            number += 1
        found[key] = verdict
    return found


def _change(key: Key, was: Verdict | None, now: Verdict | None) -> Change:
    kind, source, target, _ = key
    return Change(kind, source, target, _health(was), _health(now), _first(was), _first(now))


def _health(verdict: Verdict | None) -> Health:
    return verdict.health if verdict else Health.OFF


def _first(verdict: Verdict | None) -> Reason | None:
    return verdict.reasons[0] if verdict and verdict.reasons else None
