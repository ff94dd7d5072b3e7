"""After a change, what else changed: connections that fail or work, alarms raised and lowered."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from certstore.models import AlarmAck, Lab, Node
from certstore.models.clock import shifted
from certstore.pki.connections import Health, LabState, LogLine, Verdict
from certstore.pki.facts import CertificateFacts
from certstore.pki.moments import iso
from certstore.reading.alarms import DAY, DAYS_AHEAD
from certstore.reading.lab_state import LabView, Span, lab_view, span_of

NAME_LENGTH = 16  # of a folded hash: enough to tell the names of a lab apart

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Observed:
    """One thing that a change brought about: the code of an event of `wording.labs`, its server, its parameters.

    Of a connection that fails also what the servers write about it.
    """

    code: str
    node: Node | None
    params: Mapping[str, str | int]
    lines: tuple[LogLine, ...] = ()


def remember(lab: Lab) -> None:
    """Note how a locked lab is before its first change, or when time alone may have changed it since the last one.

    Called before anything is changed: what differs afterwards is the change's doing.
    """
    now = lab.now()
    if not (lab.seen and Span(**lab.seen["span"]).holds(now)):
        lab.seen = _seen(lab, lab_view(lab, now), now)
        lab.save(update_fields=["seen"])


def observe(lab: Lab, at: datetime) -> list[Observed]:
    """What a change of a locked lab has done to its connections and alarms; how it is now is noted.

    In: the lab as it is written, its time. Out: what is to be logged, in the order of the picture. Acknowledgements
    of alarms that were lowered go: such an alarm is new when it is raised again.
    """
    view = lab_view(lab, at)
    before, lab.seen = lab.seen, _seen(lab, view, at)
    lab.save(update_fields=["seen"])
    _forget_acknowledgements(lab, view)
    names = {str(node.pk): node for node in lab.nodes.all()}
    if not before:
        return []
    return [*_of_connections(before, view.state, names), *_of_alarms(before, lab.seen, names)]


def leaves_all_as_it_is(lab: Lab, certificates: Iterable[CertificateFacts], at: datetime) -> bool:
    """Whether CAs can be put into a list, or taken out of one, without any connection or alarm being another way.

    In: a locked lab of which is noted how it is, the CAs, its time. A verdict rests on the CAs of a few names only;
    one of another name that neither has ended nor ends soon raises no alarm either.
    """
    soon = iso(shifted(at, (DAYS_AHEAD + 2) * DAY))
    names = set(lab.seen.get("names", ()))
    return bool(names) and all(
        one.not_after > soon and one.not_before <= iso(at) and one.subject_hash[:NAME_LENGTH] not in names
        for one in certificates
    )


def _seen(lab: Lab, view: LabView, at: datetime) -> Json:
    """How a lab is, in short: by connection its health and first cause, by alarm what it is about."""
    span = span_of(lab, at)
    return {
        "at": iso(at),
        "span": {"since": span.since, "until": span.until},
        "names": sorted(name[:NAME_LENGTH] for name in view.names),
        "connections": {
            key: [verdict.health.value, _cause(verdict)] for key, verdict in _connections(view.state)
        },
        "alarms": [
            [node_id, alarm.name, alarm.subject, dict(alarm.parameters)]
            for node_id, alarms in view.alarms.items()
            for alarm in alarms
        ],
    }


def _connections(state: LabState) -> Iterator[tuple[str, Verdict]]:
    """Every connection by a name of its own, the same from one note to the next."""
    counts: dict[str, int] = {}
    for verdict in state.all:
        key = f"{verdict.kind} {verdict.source} {verdict.target}"
        counts[key] = counts.get(key, 0) + 1
        yield f"{key} {counts[key]}", verdict


def _cause(verdict: Verdict) -> str:
    return verdict.reasons[0].finding.code.value if verdict.reasons else ""


def _of_connections(before: Json, state: LabState, names: Mapping[str, Node]) -> Iterator[Observed]:
    """The connections that are another way than a note says."""
    for key, verdict in _connections(state):
        health = verdict.health
        if before["connections"].get(key, ["", ""])[0] == health:
            continue
        hosts = {"source": _host(names, verdict.source), "target": _host(names, verdict.target)}
        ends = {**hosts, "target_id": verdict.target}
        params = {"kind": verdict.kind.value, "cause": _cause(verdict), **ends}
        lines = verdict.log_lines if health is Health.FAILS else ()
        yield Observed(f"connection.{health}", names.get(verdict.source), params, lines)


def _of_alarms(before: Json, after: Json, names: Mapping[str, Node]) -> Iterator[Observed]:
    """The alarms that one note has and the other has not, with what fills their texts."""
    was, now = ({tuple(one[:3]): one[3] for one in seen["alarms"]} for seen in (before, after))
    for code, some, others in (("alarm.lowered", was, now), ("alarm.raised", now, was)):
        for node_id, name, subject in sorted(some.keys() - others.keys()):
            params = {**some[node_id, name, subject], "alarm": name, "subject": subject}
            yield Observed(code, names.get(node_id), params)


def _host(names: Mapping[str, Node], node_id: str) -> str:
    return names[node_id].host if node_id in names else ""


def _forget_acknowledgements(lab: Lab, view: LabView) -> None:
    raised = {
        (node_id, alarm.name, alarm.subject) for node_id, alarms in view.alarms.items() for alarm in alarms
    }
    gone = [
        ack.pk
        for ack in AlarmAck.objects.filter(node__lab=lab)
        if (str(ack.node_id), ack.alarm, ack.subject) not in raised
    ]
    AlarmAck.objects.filter(pk__in=gone).delete()
