"""The connections of a page that do not work, as our column tells of them: between whom, and the first cause."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from certstore.pki.connections import Health, Verdict
from certstore.pki.topology import Topology
from certstore.reading.lab_state import LabView
from certstore.wording import explained
from certstore.wording.connections import NAMES

UNKNOWN = "no server"


@dataclass(frozen=True, slots=True)
class Failing:
    """One connection that fails, or that works once a person has accepted a warning."""

    verdict: Verdict
    number: int  # of those that have kind and both ends alike
    what: str
    source: str
    target: str
    cause: str  # the first one, in a sentence; "" where nobody told
    more: int  # further causes

    @property
    def state(self) -> str:
        """The class of its sign."""
        return "bad" if self.verdict.health is Health.FAILS else "warn"


def failing_of(view: LabView, verdicts: Iterable[Verdict]) -> tuple[Failing, ...]:
    """Of some connections those that fail or warn, in their order."""
    names, counts, found = dict(_names(view.topology)), Counter[tuple[str, str, str]](), []
    for verdict in verdicts:
        ends = (verdict.kind.value, verdict.source, verdict.target)
        counts[ends] += 1
        if verdict.health in (Health.FAILS, Health.WARNS) and verdict.reasons:
            found.append(_failing(verdict, names, counts[ends]))
    return tuple(found)


def _failing(verdict: Verdict, names: dict[str, str], number: int) -> Failing:
    first = verdict.reasons[0].finding
    return Failing(
        verdict=verdict,
        number=number,
        what=NAMES[verdict.kind],
        source=names.get(verdict.source, UNKNOWN),
        target=names.get(verdict.target, UNKNOWN),
        cause=explained(first.code, first.facts).cause,
        more=len(verdict.reasons) - 1,
    )


def _names(topology: Topology) -> Iterator[tuple[str, str]]:
    """Every server and the client, by id."""
    for server in (*topology.controls, *topology.edges):
        yield server.id, server.fqdn
    for link in topology.cucms:
        yield link.cucm.id, link.cucm.fqdn
    if topology.client is not None:
        yield topology.client.id, "Jabber"
