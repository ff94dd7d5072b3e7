"""What becomes of a lab when nobody touches it: the moments at which something ends or begins, and what breaks then.

Nothing is written, and the rows are read once: only the clock moves.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from certstore.models import Lab
from certstore.models.clock import shifted
from certstore.pki.alarm_rules import alarms_of_state
from certstore.pki.connections import LabState, Look
from certstore.pki.facts import CertificateFacts, CrlFacts
from certstore.pki.moments import from_iso, iso
from certstore.pki.names import visible
from certstore.pki.states import state_of
from certstore.pki.topology import Topology
from certstore.pki.trust import TrustList
from certstore.reading.lab_state import LabView
from certstore.reading.topology import topology_of
from certstore.reading.trial import Difference, difference
from certstore.wording import timeline as words

MOST_MOMENTS = 40
FEWEST_MOMENTS = 8
MOST_VERDICTS = 600  # moments times connections: a millisecond or two each
YEARS_AHEAD = 10
YEAR = 365 * 86_400
NAMES_SHOWN = 3

Happens = Mapping[str, Sequence[str]]  # ISO text -> what ends or begins then


class Turn(StrEnum):
    """What a moment does: the first that is true."""

    BREAKS = "breaks"
    RETURNS = "returns"
    OTHERWISE = "otherwise"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Stop:
    """One moment of the line."""

    number: int
    moment: datetime
    what: str  # which certificates or CRLs end or begin; "" where our column does not tell
    difference: Difference  # to the stop before it

    @property
    def turn(self) -> Turn:
        """What it does."""
        if self.difference.down:
            return Turn.BREAKS
        if self.difference.up:
            return Turn.RETURNS
        return Turn.OTHERWISE if self.difference.other else Turn.NOTHING


def timeline(lab: Lab, at: datetime, *, tells_why: bool) -> tuple[Stop, ...]:
    """The line of a lab's time from a moment on: one look at its rows, then `stops_of`."""
    return stops_of(topology_of(lab, at), tells_why=tells_why)


def stops_of(topology: Topology, *, tells_why: bool) -> tuple[Stop, ...]:
    """What becomes of a deployment from its moment on.

    In: the deployment, and whether our column tells causes in its lab. Out: the moments in their order, at most
    MOST_MOMENTS of the next YEARS_AHEAD years, fewer where there are many connections. A certificate counts as
    ended one second after its last one, as everywhere here.
    """
    before = _view(topology)
    happens = _happens(topology, before.state)
    most = max(FEWEST_MOMENTS, min(MOST_MOMENTS, MOST_VERDICTS // max(1, len(before.state.all))))
    stops = []
    for number, text in enumerate(sorted(happens)[:most], start=1):
        moment = from_iso(text)
        after = _view(replace(topology, at=moment))
        what = _shown(happens[text]) if tells_why else ""
        stops.append(Stop(number, moment, what, difference(before, after, tells_why=tells_why)))
        before = after
    return tuple(stops)


def _view(topology: Topology) -> LabView:
    """A deployment judged, with the alarms of its connections: those of certificates alone take queries."""
    state = state_of(topology)
    servers = (*topology.controls, *topology.edges)
    alarms = {server.id: alarms_of_state(state, topology, server.id) for server in servers}
    return LabView(topology, state, alarms)


def _happens(topology: Topology, state: LabState) -> Happens:
    """What ends or begins, by when: every certificate and CRL that a connection looks at, or could instead."""
    first, last = iso(topology.at), iso(shifted(topology.at, YEARS_AHEAD * YEAR))
    found: dict[str, list[str]] = {}
    for moment, what in _dates(topology, state):
        if first < moment <= last and what not in found.setdefault(moment, []):
            found[moment].append(what)
    return found


def _dates(topology: Topology, state: LabState) -> Iterator[tuple[str, str]]:
    looked_at = {
        facts.sha256: facts for verdict in state.all for look in verdict.looks for facts in _of_look(look)
    }
    issuers = {facts.issuer_hash for facts in looked_at.values()}
    crls: dict[str, CrlFacts] = {}
    for trust in _lists(topology):
        for name in sorted(issuers):
            looked_at |= {one.facts.sha256: one.facts for one in trust.with_subject(name)}
            crls |= {crl.sha256: crl for crl in trust.crls_of(name)}
    for facts in looked_at.values():
        yield facts.not_before, words.BEGINS.format(name=_name(facts))
        yield _just_after(facts.not_after), words.ENDS.format(name=_name(facts))
    for crl in crls.values():
        yield crl.this_update, words.CRL_BEGINS.format(name=visible(crl.issuer))
        if crl.next_update is not None:
            yield _just_after(crl.next_update), words.CRL_ENDS.format(name=visible(crl.issuer))


def _of_look(look: Look) -> Iterable[CertificateFacts]:
    in_chain = (link.certificate for link in look.chain.picture.links)
    return (look.certificate, *look.sent, *(facts for facts in in_chain if facts is not None))


def _lists(topology: Topology) -> Iterator[TrustList]:
    yield from (server.trust for server in (*topology.controls, *topology.edges))
    for link in topology.cucms:
        yield from (link.cucm.tomcat_trust, link.cucm.callmanager_trust)
    if topology.client is not None:
        yield topology.client.trust


def _just_after(text: str) -> str:
    return iso(shifted(from_iso(text), 1))


def _name(facts: CertificateFacts) -> str:
    """What a certificate is called in one line: its common name, else its subject."""
    return visible(facts.common_names[0] if facts.common_names else facts.subject or "-", 80)


def _shown(texts: Sequence[str]) -> str:
    more = len(texts) - NAMES_SHOWN
    return "; ".join(texts[:NAMES_SHOWN]) + (words.MORE.format(count=more) if more > 0 else "")
