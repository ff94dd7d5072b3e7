"""What a trial changed, in words: what goes down, what comes up, which alarms, who notices."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from certstore.pki.alarm_rules import RaisedAlarm
from certstore.pki.connections import Health, Reason, Verdict
from certstore.pki.names import visible
from certstore.pki.states import Change, changes
from certstore.pki.topology import Topology
from certstore.reading.lab_state import LabView
from certstore.wording import explained
from certstore.wording import try_first as words
from certstore.wording.alarms import alarm_text
from certstore.wording.connections import NAMES

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One connection in words."""

    key: tuple[str, str, str]
    tone: str  # ok, warn, bad, off
    name: str  # "SSH tunnels"
    between: str  # "exp-c1 to exp-e1"
    now: str
    was: str = ""  # where it is told what changed
    why: str = ""  # its first cause; "" where it has none, or our column does not tell
    whom: tuple[str, ...] = ()  # who notices


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two moments of a lab."""

    down: tuple[Line, ...]
    up: tuple[Line, ...]
    other: tuple[Line, ...]  # prompts that come and go, other causes, what is no longer set up
    raised: tuple[str, ...]
    lowered: tuple[str, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether nothing differs."""
        return not (self.down or self.up or self.other or self.raised or self.lowered)


def names_of(topology: Topology) -> Names:
    """The host names of a deployment's servers by their ids, and "Jabber" for the client."""
    named = {one.id: visible(one.host) for one in (*topology.controls, *topology.edges)}
    named |= {link.cucm.id: visible(link.cucm.host) for link in topology.cucms}
    return named | ({topology.client.id: "Jabber"} if topology.client else {})


def difference(before: LabView, after: LabView, *, tells_why: bool) -> Difference:
    """What differs between two views of a lab, in words.

    In: the two, and whether our column tells causes in this lab. Out: the connections whose health or cause is
    another, and the alarms raised and lowered.
    """
    names = {**names_of(before.topology), **names_of(after.topology)}
    found = [
        (change, _of_change(change, after, names, tells_why=tells_why))
        for change in changes(before.state, after.state)
        if tells_why or change.before is not change.after
    ]
    was, now = _alarms(before, names), _alarms(after, names)
    return Difference(
        down=tuple(line for change, line in found if change.went_down),
        up=tuple(line for change, line in found if change.came_up),
        other=tuple(line for change, line in found if not change.went_down and not change.came_up),
        raised=tuple(text for key, text in now.items() if key not in was),
        lowered=tuple(text for key, text in was.items() if key not in now),
    )


def troubles(view: LabView, *, tells_why: bool) -> tuple[Line, ...]:
    """Everything that is down in a view, or works after a prompt only, in the order of a sign-in."""
    names = names_of(view.topology)
    bad = (one for one in view.state.all if one.health in (Health.FAILS, Health.WARNS))
    return tuple(_line(one, names, tells_why=tells_why) for one in bad)


def restarting(verdicts: Iterable[Verdict], view: LabView) -> tuple[Line, ...]:
    """What `pki.restarting` found to be down because a server restarts."""
    names = names_of(view.topology)
    return tuple(_line(one, names, tells_why=False) for one in verdicts)


def _line(verdict: Verdict, names: Names, *, tells_why: bool) -> Line:
    return Line(
        key=(verdict.kind, verdict.source, verdict.target),
        tone=words.TONES[verdict.health],
        name=NAMES[verdict.kind],
        between=_between(verdict.source, verdict.target, names),
        now=words.HEALTH[verdict.health],
        why=cause(verdict.reasons[0]) if tells_why and verdict.reasons else "",
        whom=tuple(_whom(verdict, names)),
    )


def _of_change(change: Change, after: LabView, names: Names, *, tells_why: bool) -> Line:
    verdict = _verdict(change, after) or Verdict(change.kind, change.source, change.target, change.after)
    return replace(_line(verdict, names, tells_why=tells_why), was=words.HEALTH[change.before])


def _verdict(change: Change, after: LabView) -> Verdict | None:
    """The verdict that a change ends in; of several between the same two, one that is so."""
    wanted = (change.kind, change.source, change.target, change.after)
    alike = (one for one in after.state.all if (one.kind, one.source, one.target, one.health) == wanted)
    return next(alike, None)


def _between(source: str, target: str, names: Names) -> str:
    ends = [names.get(one, words.NO_SERVER) for one in (source, target) if one]
    return " to ".join(ends)


def _whom(verdict: Verdict, names: Names) -> Iterator[str]:
    """Who notices."""
    ends = {"source": names.get(verdict.source, "-"), "target": names.get(verdict.target, "-")}
    told = words.WHOM.get((verdict.kind, verdict.health))
    if told:
        yield told.format(**ends)
    codes = dict.fromkeys(reason.finding.code for reason in verdict.reasons)
    yield from (words.WHOM_BY_CODE[code].format(**ends) for code in codes if code in words.WHOM_BY_CODE)


def cause(reason: Reason) -> str:
    """A cause in one sentence."""
    return explained(reason.finding.code, reason.finding.facts).on_screen.text


def _alarms(view: LabView, names: Names) -> dict[tuple[str, str, str], str]:
    """The raised alarms as text, by what makes each the same alarm."""
    return {
        (node_id, alarm.name, alarm.subject): _alarm(names.get(node_id, words.NO_SERVER), alarm)
        for node_id, alarms in view.alarms.items()
        for alarm in alarms
    }


def _alarm(host: str, alarm: RaisedAlarm) -> str:
    text = alarm_text(alarm.name)
    title = f"{text.number} {text.title.fill(**alarm.parameters)}".strip()
    return f"{host}: {title}{f' ({alarm.subject})' if alarm.subject else ''}"


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a trial in words."""

    number: int
    name: str  # "exp-e1: Append CA certificate"
    what: str  # the file, or what is set
    accepted: bool
    said: str  # by the history; of a refused one why
    at: str  # the lab's time afterwards
    during: tuple[Line, ...]  # what its restart takes down
    difference: Difference  # to before the step
    troubles: tuple[Line, ...]  # everything that is down afterwards

    @property
    def news(self) -> frozenset[tuple[str, str, str]]:
        """Which of the troubles the step brought about."""
        return frozenset(line.key for line in (*self.difference.down, *self.difference.other))
