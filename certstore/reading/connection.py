"""One connection of a lab, explained: how it is, every reason, what each side saw, and what each side logs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from certstore.models import Lab
from certstore.pki.connections import Health, Look, Step, Verdict
from certstore.pki.moments import date_text, iso, moment_text, page_moment
from certstore.pki.names import visible
from certstore.pki.picture import Link
from certstore.pki.topology import Topology
from certstore.reading.attempts import ChainLink
from certstore.reading.lab_state import lab_view
from certstore.reading.overview import Connection, connection_of, names_of
from certstore.reading.told_reasons import ToldReason, told_reasons
from certstore.wording import connections as words
from certstore.wording.labs import event_sentence
from certstore.wording.log_lines import Printed, printed
from certstore.wording.peers import LINK_STATES

NO_SERVER = UUID(int=0)  # stands in an address for the server that a connection does not reach
MOST_LINKS = 30
MOST_TWINS = 3


@dataclass(frozen=True, slots=True)
class SeenCertificate:
    """A certificate as one side looked at it."""

    title: str
    subject: str
    issuer: str
    ends: str
    links: tuple[ChainLink, ...]
    goes_round: bool
    wanted: tuple[str, ...]
    matched: str
    taken: bool  # the chain, with purpose and revocation
    openssl: str
    alert: str  # "" where none is sent


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step of a sign-in in words."""

    name: str
    tone: str
    says: str
    reasons: tuple[ToldReason, ...]


@dataclass(frozen=True, slots=True)
class LoggedBy:
    """The lines that one server writes."""

    name: str
    lines: tuple[Printed, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A connection as its page tells it, as far as the lab's column does."""

    connection: Connection
    what: str
    since: str  # "" where no event tells
    reasons: tuple[ToldReason, ...]
    looks: tuple[SeenCertificate, ...]
    logs: tuple[LoggedBy, ...]
    steps: tuple[ShownStep, ...]
    checked: tuple[str, ...]  # where it works
    column: str
    at: str
    release: str

    @property
    def is_quiet(self) -> bool:
        """Whether it leaves out what our column could tell."""
        return self.column != Lab.Explanations.OPEN


def explained_connection(
    lab: Lab, at: datetime, kind: str, source: UUID, target: UUID, nth: int
) -> Explained | None:
    """One connection of a lab at a moment.

    In: the lab, its time, a kind (`pki.connections.Kind`), the ids of both ends (NO_SERVER for none), and which of
    those that have all three alike, from 1 on. Out: None where the lab has no such connection.
    """
    view = lab_view(lab, at)
    ends = ("" if end == NO_SERVER else str(end) for end in (source, target))
    key = (kind, *ends)
    found = [one for one in view.state.all if (one.kind.value, one.source, one.target) == key and one.source]
    if not 1 <= nth <= len(found):
        return None
    return _explained(lab, view.topology, found[nth - 1], nth)


def _explained(lab: Lab, topology: Topology, verdict: Verdict, nth: int) -> Explained:
    names = names_of(topology)
    connection = connection_of(verdict, names, nth, 0)
    is_open = lab.column == Lab.Explanations.OPEN
    is_off = lab.column == Lab.Explanations.OFF
    ends = {"source": connection.source_name, "target": connection.target_name or words.NO_SERVER}
    works = verdict.health is Health.WORKS
    checked = tuple(text.format(**ends) for text in words.CHECKED[verdict.kind]) if works else ()
    return Explained(
        connection=connection,
        what=words.WHAT_IT_IS[verdict.kind],
        since=_since(lab, connection),
        reasons=tuple(told_reasons(lab, verdict.reasons)),
        looks=tuple(_seen(look, names) for look in verdict.looks) if is_open else (),
        logs=tuple(_logs(topology, verdict, names)),
        steps=() if is_off else tuple(_step(lab, step) for step in verdict.steps),
        checked=checked if is_open else (),
        column=lab.column,
        at=page_moment(iso(topology.at)),
        release=lab.release,
    )


def _since(lab: Lab, connection: Connection) -> str:
    """Since when it is as it is, and after what: from the newest event about it. Two queries."""
    if not connection.source:
        return ""
    ours = lab.events.filter(code__startswith="connection.", node_id=connection.source)
    event = ours.filter(params__kind=connection.kind.value, params__target_id=connection.target).first()
    if event is None or event.code != f"connection.{connection.health.value}":
        return ""
    others = lab.events.filter(seq__lt=event.seq).exclude(code__startswith="connection.")
    before = others.exclude(code__startswith="alarm.").first()
    at = moment_text(event.at_lab)
    if before is None:
        return words.SINCE_ALONE.format(at=at)
    return words.SINCE.format(at=at, event=event_sentence(before.code, before.params))


def _seen(look: Look, names: Mapping[str, str]) -> SeenCertificate:
    """A look in words."""
    by, about = names.get(look.by, ""), names.get(look.about, "")
    told = words.LOOKS_AT_ITS_OWN if look.by == look.about else words.LOOKS_AT
    picture = look.chain.picture
    number = words.OPENSSL.format(number=look.number, depth=look.depth)
    return SeenCertificate(
        title=told.format(by=by, about=about),
        subject=look.certificate.subject,
        issuer=look.certificate.issuer,
        ends=date_text(look.certificate.not_after),
        links=tuple(_link(link, by, about) for link in picture.links[:MOST_LINKS]),
        goes_round=picture.goes_round,
        wanted=tuple(visible(name) for name in look.wanted),
        matched=visible(look.matched),
        taken=look.number == 0,
        openssl=number if look.number else words.OPENSSL_TAKES,
        alert=look.alert,
    )


def _link(link: Link, looker: str, other: str) -> ChainLink:
    """A place of the chain in words."""
    parts = []
    if link.certificate is not None:
        parts.append(f"{date_text(link.certificate.not_before)} to {date_text(link.certificate.not_after)}")
    if link.twins:
        parts.append(words.TWINS.format(count=len(link.twins)))
    return ChainLink(
        depth=link.depth,
        state=link.state.value,
        name=link.name or "-",
        says=LINK_STATES[link.state.value].format(looker=looker, other=other),
        detail=", ".join(parts),
        key_id=link.key_id or "",
    )


def _logs(topology: Topology, verdict: Verdict, names: Mapping[str, str]) -> Iterator[LoggedBy]:
    """The lines of each side: these the product's own pages show, so that no column hides them."""
    hosts = {server.id: server.host for server in (*topology.controls, *topology.edges)}
    hosts |= {link.cucm.id: link.cucm.host for link in topology.cucms}
    for writer in dict.fromkeys(line.by for line in verdict.log_lines):
        lines = (line for line in verdict.log_lines if line.by == writer)
        yield LoggedBy(
            names.get(writer, ""),
            tuple(printed(line, topology.at, hosts.get(writer, "")) for line in lines),
        )


def _step(lab: Lab, step: Step) -> ShownStep:
    return ShownStep(
        name=words.STEPS[step.name],
        tone=words.TONES[step.health],
        says=words.STEP_STATES[step.health],
        reasons=tuple(told_reasons(lab, step.reasons)),
    )


def first_of(reasons: Iterable[ToldReason]) -> ToldReason | None:
    """The first cause: the first that fails, else the first that warns."""
    every = list(reasons)
    return next((one for one in every if one.tone == "bad"), every[0] if every else None)
