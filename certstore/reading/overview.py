"""The overview of a lab: its servers, every connection with its cause, which list holds which CA, and what to do next.

The number of queries does not grow with the servers.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from certstore.models import EXPRESSWAYS, Installation, Lab, Node, SlotName
from certstore.pki.connections import Health, Kind, LabState, Reason, Verdict
from certstore.pki.depends import judge_with_twins
from certstore.pki.facts import CertificateFacts
from certstore.pki.moments import date_text, days_between, iso
from certstore.pki.releases import SameSubject
from certstore.pki.topology import Cucm, Expressway, Topology
from certstore.pki.trust import TrustList
from certstore.reading.alarms import DAYS_AHEAD
from certstore.reading.ca_lists import CaRow, CasInUse, ListOfCas, ca_rows, lists_of_lab
from certstore.reading.causes import CA_MISSING, Causes
from certstore.reading.lab_state import lab_view
from certstore.reading.next_step import NextStep, next_step_of
from certstore.wording import connections as words
from certstore.wording import explained
from certstore.wording.hints import hint_for
from certstore.wording.labs import RESTART_PENDING

AS_DELIVERED = ("factory", "reset")  # sources of an installation


@dataclass(frozen=True, slots=True)
class End:
    """When something ends, in a sign and in words."""

    tone: str
    says: str


@dataclass(frozen=True, slots=True)
class Server:
    """One server as a box of the picture."""

    id: str
    kind: str  # Node.Kind
    name: str
    fqdn: str
    ends: End | None  # None for a client, which shows no certificate


@dataclass(frozen=True, slots=True)
class Connection:
    """One connection in words."""

    kind: Kind
    source: str  # ids; "" where there is no server
    target: str
    nth: int  # 1 and up among those that have kind, source and target alike
    source_name: str
    target_name: str
    health: Health
    tone: str
    title: str  # "SSH tunnels"
    says: str  # "Failed"
    number: int  # of its first cause; 0 for none

    @property
    def between(self) -> str:
        """Its name with both ends; of a sign-in the server it leads over."""
        if self.kind in (Kind.SIGN_IN, Kind.JABBER) and not self.source_name:
            return words.TO_ONE.format(kind=self.title, target=self.target_name)
        return words.OF_THE_LAB.format(
            kind=self.title, source=self.source_name, target=self.target_name or words.NO_SERVER
        )

    @property
    def sentence(self) -> str:
        """All of it in words."""
        return f"{self.between}: {self.says}" + (f" ({self.number})" if self.number else "")


@dataclass(frozen=True, slots=True)
class CauseLine:
    """A numbered cause as a sentence, or only the hint of it."""

    number: int
    tone: str
    text: str
    hits: tuple[Connection, ...]  # the connections whose first cause it is
    of: Connection  # where it is explained


@dataclass(frozen=True, slots=True)
class ChainEnd:
    """A certificate that a server shows, and the first end in its whole chain."""

    server: str
    kind: str
    name: str
    fqdn: str
    role: str
    ends: str
    end: End
    earliest: str
    earliest_of: str  # "" where it is the certificate's own
    waits: str  # "" or that another one waits for the restart


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that the overview of a lab shows of its state."""

    servers: tuple[Server, ...]
    connections: tuple[Connection, ...]
    causes: tuple[CauseLine, ...]
    columns: tuple[ListOfCas, ...]
    rows: tuple[CaRow, ...]
    ends: tuple[ChainEnd, ...]
    next_step: NextStep | None


def overview_of(lab: Lab, at: datetime) -> Overview:
    """The overview of a lab at a moment, as far as its column tells: a bounded number of queries."""
    view = lab_view(lab, at)
    return _overview(lab, view.topology, view.state)


def _overview(lab: Lab, topology: Topology, state: LabState) -> Overview:
    names = names_of(topology)
    causes = Causes(topology, state)
    is_open = lab.column == Lab.Explanations.OPEN
    shown = connections_of(state, names, causes if lab.column != Lab.Explanations.OFF else None)
    cas = CasInUse(topology, state)
    columns = lists_of_lab(topology) if is_open else []
    return Overview(
        servers=tuple(servers_of(topology, names)),
        connections=tuple(shown.values()),
        causes=tuple(cause_lines(lab, causes, shown, names)),
        columns=tuple(columns),
        rows=tuple(ca_rows(lab, cas, columns, causes)) if is_open else (),
        ends=tuple(_ends(lab, topology, names)),
        next_step=_next_step(lab, topology, state, causes, cas) if is_open else None,
    )


def _next_step(
    lab: Lab, topology: Topology, state: LabState, causes: Causes, cas: CasInUse
) -> NextStep | None:
    """What to do next. One query: which Expressways show what they were delivered with, or were reset to."""
    shown = Installation.objects.filter(slot__node__lab=lab, slot__name=SlotName.SERVER, is_running=True)
    delivered = shown.filter(slot__node__kind__in=EXPRESSWAYS, source__in=AS_DELIVERED)
    servers = delivered.values_list("slot__node_id", flat=True)
    return next_step_of(topology, state, causes, cas, frozenset(map(str, servers)))


def names_of(topology: Topology) -> dict[str, str]:
    """What the servers are called: by their host names, in full where two have the same."""
    cucms = [link.cucm for link in topology.cucms]
    every: list[Expressway | Cucm] = [*topology.controls, *topology.edges, *cucms]
    hosts = [one.host for one in every]
    names = {one.id: one.fqdn if hosts.count(one.host) > 1 else one.host for one in every}
    if topology.client is not None:
        names[topology.client.id] = words.CLIENT
    return names


def connections_of(state: LabState, names: dict[str, str], causes: Causes | None) -> dict[int, Connection]:
    """Every connection that anybody could try, in words, by the place of its verdict in `state.all`.

    In: the verdicts, what the servers are called, the numbered causes (None leaves the numbers out).
    """
    counts: dict[tuple[Kind, str, str], int] = {}
    found = {}
    for place, verdict in enumerate(state.all):
        key = (verdict.kind, verdict.source, verdict.target)
        counts[key] = counts.get(key, 0) + 1
        if verdict.source:  # without a client nobody would open it
            number = causes.number_of(verdict) if causes else 0
            found[place] = connection_of(verdict, names, counts[key], number)
    return found


def connection_of(verdict: Verdict, names: dict[str, str], nth: int, number: int) -> Connection:
    """One verdict in words."""
    return Connection(
        kind=verdict.kind,
        source=verdict.source,
        target=verdict.target,
        nth=nth,
        source_name=names.get(verdict.source, ""),
        target_name=names.get(verdict.target, ""),
        health=verdict.health,
        tone=words.TONES[verdict.health],
        title=words.NAMES[verdict.kind],
        says=words.SAYS[verdict.kind][verdict.health],
        number=number,
    )


def _as_it_is(reason: Reason) -> Reason:
    return reason


def cause_lines(
    lab: Lab,
    causes: Causes,
    shown: Mapping[int, Connection],
    names: Mapping[str, str],
    told: Callable[[Reason], Reason] = _as_it_is,
) -> Iterator[CauseLine]:
    """The causes, as far as the lab's column tells them.

    In: the lab, its numbered causes, the connections that are shown, what the servers are called, and what a reason
    is told as (with example names, for one).
    """
    if lab.column == Lab.Explanations.OFF:
        return
    for cause in causes.all():
        hits = tuple(one for one in shown.values() if one.number == cause.number)
        if not hits:
            continue
        code = cause.reason.finding.code
        text = (
            cause_text(told(cause.reason), names) if lab.column == Lab.Explanations.OPEN else hint_for(code)
        )
        yield CauseLine(cause.number, "bad" if cause.fails else "warn", text, hits, hits[0])


def cause_text(reason: Reason, names: Mapping[str, str]) -> str:
    """A reason as one sentence: of a CA that is missing which one, and what it signs."""
    finding = reason.finding
    if finding.code not in CA_MISSING:
        text = explained(finding.code, finding.facts).on_screen.text
        return text if text.endswith(".") else f"{text}."
    facts = {name: str(value) for name, value in finding.facts.items()}
    told = {
        "looker": names.get(reason.by, facts.get("looker", "")),
        "name": words.short_name(facts.get("name", "")),
        "below": words.short_name(facts.get("below", "")),
    }
    return (words.MISSING if facts.get("below") else words.MISSING_ROOT).format(**told)


def servers_of(topology: Topology, names: dict[str, str]) -> Iterator[Server]:
    """The servers as boxes, from the outside in."""
    now = iso(topology.at)
    client = topology.client
    if client is not None:
        yield Server(client.id, Node.Kind.JABBER, names[client.id], client.settings.domain, None)
    for kind, some in (
        (Node.Kind.EXPRESSWAY_E, topology.edges),
        (Node.Kind.EXPRESSWAY_C, topology.controls),
    ):
        for one in some:
            yield Server(one.id, kind, names[one.id], one.fqdn, end_of(one.server, now))
    for link in topology.cucms:
        cucm = link.cucm
        first = min((cucm.tomcat, cucm.callmanager), key=lambda facts: facts.not_after)
        yield Server(cucm.id, Node.Kind.CUCM, names[cucm.id], cucm.fqdn, end_of(first, now))


def end_of(facts: CertificateFacts, now: str) -> End:
    """When a certificate ends, seen from a moment (ISO text)."""
    if facts.not_before > now:
        return End("bad", words.BEGINS.format(date=date_text(facts.not_before)))
    if facts.not_after < now:
        return End("bad", words.ENDED.format(date=date_text(facts.not_after)))
    days = days_between(now, facts.not_after)
    says = words.ENDS_IN.format(days=words.days_text(days)) if days else words.ENDS_TODAY
    return End("warn" if days <= DAYS_AHEAD else "ok", says)


def _ends(lab: Lab, topology: Topology, names: dict[str, str]) -> Iterator[ChainEnd]:
    """What every server shows, and the first end in its chain. One query."""
    waiting = Installation.objects.filter(slot__node__lab=lab, is_installed=True, is_running=False)
    waits = {str(node) for node in waiting.values_list("slot__node_id", flat=True)}
    for kind, some in (
        (Node.Kind.EXPRESSWAY_C, topology.controls),
        (Node.Kind.EXPRESSWAY_E, topology.edges),
    ):
        for one in some:
            pending = RESTART_PENDING if one.id in waits else ""
            held = (one.id, kind, names[one.id], one.fqdn, pending)
            role = f"{kind.label}, {one.address}"
            yield _chain_end(topology, held, role, one.server, one.trust)
            if one.client.sha256 != one.server.sha256:
                yield _chain_end(topology, held, words.AS_CLIENT.format(role=role), one.client, one.trust)
    for link in topology.cucms:
        cucm = link.cucm
        held = (cucm.id, Node.Kind.CUCM, names[cucm.id], cucm.fqdn, "")
        yield _chain_end(topology, held, "tomcat", cucm.tomcat, cucm.tomcat_trust)
        yield _chain_end(topology, held, "CallManager", cucm.callmanager, cucm.callmanager_trust)


def _chain_end(
    topology: Topology,
    held: tuple[str, str, str, str, str],
    role: str,
    facts: CertificateFacts,
    trust: TrustList,
) -> ChainEnd:
    server, kind, name, fqdn, waits = held
    rule = topology.same_subject if kind in (Node.Kind.EXPRESSWAY_C, Node.Kind.EXPRESSWAY_E) else None
    judged = judge_with_twins(facts, trust, rule or SameSubject.OPENSSL, topology.at)
    earliest = judged.picture.earliest_end
    return ChainEnd(
        server=server,
        kind=kind,
        name=name,
        fqdn=fqdn,
        role=role,
        ends=date_text(facts.not_after),
        end=end_of(facts, iso(topology.at)),
        earliest=date_text(earliest.ends),
        earliest_of=words.short_name(earliest.certificate.subject) if earliest.depth else "",
        waits=waits,
    )
