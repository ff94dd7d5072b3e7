"""How a lab is at a moment: every connection judged, every alarm computed. The number of queries is bounded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min, Q, QuerySet

from certstore.models import Certificate, Crl, Lab, Node
from certstore.models.clock import shifted
from certstore.pki.alarm_rules import RaisedAlarm, alarms_of_state
from certstore.pki.connections import LabState
from certstore.pki.moments import from_iso, iso
from certstore.pki.states import state_of
from certstore.pki.topology import Topology
from certstore.reading.alarms import DAY, DAYS_AHEAD, acknowledged, certificate_alarms
from certstore.reading.lab_trust import LoadedTrust
from certstore.reading.topology import topology_of

# On which days before an end the alarms that foretell it begin.
_ALARM_DAYS = (("not_after", DAYS_AHEAD), ("not_after", DAYS_AHEAD + 1))

Alarms = Mapping[str, tuple[RaisedAlarm, ...]]


@dataclass(frozen=True, slots=True)
class LabView:
    """A lab at a moment."""

    topology: Topology
    state: LabState
    alarms: Alarms  # by the id of the Expressway that raises them

    @property
    def names(self) -> frozenset[str]:
        """The names of CAs (folded hashes) on which some verdict rests: a CA of another name changes none."""
        servers = (*self.topology.controls, *self.topology.edges)
        return frozenset().union(*(one.trust.names for one in servers if isinstance(one.trust, LoadedTrust)))


def lab_view(lab: Lab, at: datetime) -> LabView:
    """Judge a lab at a moment of its own time."""
    topology = topology_of(lab, at)
    state = state_of(topology)
    held = certificate_alarms(lab, at)
    alarms = {
        server.id: (*held.get(server.id, ()), *alarms_of_state(state, topology, server.id))
        for server in (*topology.controls, *topology.edges)
    }
    return LabView(topology, state, alarms)


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when a lab stays what it is by itself, as ISO text; "" where nothing of it bounds that."""

    since: str
    until: str

    def holds(self, at: datetime) -> bool:
        """Whether a moment lies in it."""
        return self.since <= iso(at) and (not self.until or iso(at) < self.until)


def raised_on(node: Node, at: datetime, view: LabView | None = None) -> list[tuple[RaisedAlarm, bool]]:
    """The alarms that an Expressway raises at a moment, each with whether somebody has acknowledged it.

    In: the server, the moment, and its lab at that moment where it was read already.
    """
    return _with_acknowledgements(node, (view or lab_view(node.lab, at)).alarms.get(str(node.pk), ()))


def unacknowledged(node: Node, at: datetime, view: LabView | None = None) -> list[RaisedAlarm]:
    """Those of an Expressway's alarms that nobody has acknowledged: what the sign at the top counts.

    Every page has that sign: where the last change noted the alarms and nothing has begun or ended since, no
    connection is judged for it.
    """
    noted = _noted(node, at) if view is None else None
    raised = raised_on(node, at, view) if noted is None else _with_acknowledgements(node, noted)
    return [alarm for alarm, is_known in raised if not is_known]


def _with_acknowledgements(node: Node, alarms: Iterable[RaisedAlarm]) -> list[tuple[RaisedAlarm, bool]]:
    known = acknowledged(node.lab).get(str(node.pk), frozenset())
    return [(alarm, (alarm.name, alarm.subject) in known) for alarm in alarms]


def _noted(node: Node, at: datetime) -> list[RaisedAlarm] | None:
    """A server's alarms as `actions.observing` noted them; None where nobody looked, or time may have changed them."""
    seen = node.lab.seen
    if not seen or not Span(**seen["span"]).holds(at):
        return None
    return [RaisedAlarm(*alarm) for node_id, *alarm in seen["alarms"] if node_id == str(node.pk)]


def span_of(lab: Lab, at: datetime) -> Span:
    """The time round a moment in which no certificate or CRL of a lab begins or ends, and no alarm of an end is due.

    A day at most. Two queries.
    """
    now = iso(at)
    today = at.replace(hour=0, minute=0, second=0, microsecond=0)
    borders = {iso(today), iso(shifted(today, DAY))}  # 40068 and 40069 change their text by the day
    borders |= _borders(lab.certificates.all(), at, (("not_before", 0), ("not_after", 0), *_ALARM_DAYS))
    borders |= _borders(lab.crls.all(), at, (("this_update", 0), ("next_update", 0)))
    before, after = [one for one in borders if one <= now], [one for one in borders if one > now]
    return Span(max(before, default=""), min(after, default=""))


def _borders(
    rows: QuerySet[Certificate] | QuerySet[Crl], at: datetime, dates: Iterable[tuple[str, int]]
) -> set[str]:
    """Of each date and number of days, the nearest moments round `at` at which it lies that many days ahead."""
    wanted: dict[str, Max | Min] = {}
    days_of: dict[str, int] = {}
    for name, days in dates:
        ahead = iso(shifted(at, days * DAY))
        for key, found in (
            (f"last_{name}_{days}", Max(name, filter=Q(**{f"{name}__lte": ahead}))),
            (f"next_{name}_{days}", Min(name, filter=Q(**{f"{name}__gt": ahead}))),
        ):
            wanted[key], days_of[key] = found, days
    nearest = rows.aggregate(**wanted)
    return {iso(shifted(from_iso(value), -days_of[key] * DAY)) for key, value in nearest.items() if value}
