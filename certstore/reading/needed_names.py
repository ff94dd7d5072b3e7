"""Which names each certificate of a lab needs, in words, with what is loaded, running and requested beside them.

The number of queries does not grow with the servers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from certstore.models import Installation, Lab, SigningRequest
from certstore.pki.compared_names import Compared
from certstore.pki.connections import LabState, Reason
from certstore.pki.facts import CertificateFacts
from certstore.pki.name_sheet import (
    LONGEST_NAMES,
    Flaw,
    Line,
    NeededName,
    line_of,
    needed_names,
    place_in,
    presence,
    unneeded,
)
from certstore.pki.names import visible
from certstore.pki.needed_names import (
    CODE_OF,
    Answers,
    Holder,
    Need,
    Slot,
    Why,
    Without,
    needs_of,
    not_by_a_name,
)
from certstore.pki.releases import Role
from certstore.pki.requests import decode_request
from certstore.pki.states import state_of
from certstore.pki.topology import Cucm, Expressway
from certstore.reading.overview import Connection, connections_of, names_of
from certstore.reading.releases import ROLE_NAMES
from certstore.reading.rows import facts_of
from certstore.reading.topology import deployment_of
from certstore.wording import explain, explained
from certstore.wording import needed_names as words
from certstore.wording.attempts import BASES

Certificates = Mapping[Holder, CertificateFacts]
Shown = Expressway | Cucm

UNIFIED_CM = "Unified CM"


@dataclass(frozen=True, slots=True)
class Cell:
    """Whether one certificate has a name."""

    head: str
    tone: str
    says: str


@dataclass(frozen=True, slots=True)
class WhyLine:
    """One reason for a name: who looks, what fails without it, how sure that is."""

    because: str
    tone: str  # "" where no sign stands
    effect: str  # "" where nothing fails for it alone
    connections: tuple[Connection, ...]
    without: str
    sure: str
    code: str  # where more is said of it; "" where no verdict asks


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name of a certificate."""

    name: str
    instead: tuple[str, ...]  # each of these is enough as well
    whys: tuple[WhyLine, ...]
    cells: tuple[Cell, ...]
    flaws: tuple[str, ...]

    @property
    def is_missing(self) -> bool:
        """Whether the loaded certificate lacks it."""
        return any(cell.head == LOADED and cell.tone != "ok" for cell in self.cells)


@dataclass(frozen=True, slots=True)
class ShownLine:
    """The names as they are typed, in words."""

    common_name: str
    loaded_common_name: Cell | None
    by_itself: tuple[str, ...]
    text: str
    left_out: tuple[str, ...]
    problems: tuple[str, ...]
    is_too_long: bool
    length: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One certificate of a server."""

    key: str  # an anchor
    title: str
    heads: tuple[str, ...]  # of the cells
    rows: tuple[NameRow, ...]
    line: ShownLine | None  # None where no Generate CSR page requests it
    is_client: bool  # whether the page that requests it is that of the client certificate
    unneeded: tuple[str, ...]

    @property
    def missing(self) -> int:
        """How many names the loaded certificate lacks."""
        return sum(row.is_missing for row in self.rows)


@dataclass(frozen=True, slots=True)
class ServerNames:
    """One server with its certificates."""

    id: str
    fqdn: str
    role: str
    is_expressway: bool
    sheets: tuple[Sheet, ...]
    says: str  # where there is nothing to list


@dataclass(frozen=True, slots=True)
class Calculated:
    """Everything that the page prints."""

    servers: tuple[ServerNames, ...]
    tells: bool  # whether our column tells what is missing
    has_client: bool
    elsewhere: tuple[Reason, ...]  # troubles with names that no certificate cures


LOADED, RUNNING, REQUEST = "Loaded", "Running", "Request"


class _Lab:
    """A lab with everything that its sheets are made of."""

    def __init__(self, lab: Lab, at: datetime, answers: Answers) -> None:
        self.topology, self.cucms = deployment_of(lab, at)
        self.state: LabState = state_of(self.topology)
        self.needs = needs_of(self.topology, self.state, answers)
        self.tells = lab.column == Lab.Explanations.OPEN
        self.names = {server: visible(name) for server, name in names_of(self.topology).items()}
        self.connections = connections_of(self.state, self.names, None)
        self.loaded = _loaded(lab)
        self.requests = _requests(lab)


def calculated(lab: Lab, at: datetime, answers: Answers) -> Calculated:
    """The names that every certificate of a lab needs at a moment.

    In: the lab that `access` handed out, its time, what a person answered. Out: Expressway-C, Expressway-E, then
    Unified CM. What is missing is told as far as the lab's column tells causes.
    """
    found = _Lab(lab, at, answers)
    topology = found.topology
    expressways = (*topology.controls, *topology.edges)
    known = {link.cucm.id for link in topology.cucms}
    return Calculated(
        servers=(
            *(_of_expressway(found, server) for server in expressways),
            *(_of_cucm(found, cucm, is_known=cucm.id in known) for cucm in found.cucms.values()),
        ),
        tells=found.tells,
        has_client=topology.client is not None,
        elsewhere=not_by_a_name(found.state) if found.tells else (),
    )


def _loaded(lab: Lab) -> Certificates:
    """What was loaded last into every slot of a lab's servers: one query."""
    rows = Installation.objects.filter(is_installed=True, slot__node__lab=lab)
    return {
        Holder(str(row.slot.node_id), Slot(row.slot.name)): facts_of(row.certificate)
        for row in rows.select_related("certificate", "slot")
    }


def _requests(lab: Lab) -> Mapping[Holder, Compared]:
    """The pending requests of every Expressway, by what they are for: one query."""
    rows = SigningRequest.objects.filter(slot__node__lab=lab, state=SigningRequest.State.PENDING)
    return {
        Holder(str(row.slot.node_id), Slot(row.slot.name)): decode_request(bytes(row.der))
        for row in rows.select_related("slot")
    }


def _of_expressway(found: _Lab, server: Expressway) -> ServerNames:
    """An Expressway: its server certificate, and a client certificate of its own where somebody looks at that."""
    running = {Holder(server.id): server.server, Holder(server.id, Slot.CLIENT): server.client}
    wanted = dict.fromkeys((Holder(server.id), *(need.of for need in found.needs if need.of in running)))
    sheets = tuple(_sheet(found, holder, running[holder], server) for holder in wanted)
    return ServerNames(server.id, visible(server.fqdn), ROLE_NAMES[Role(server.role)], True, sheets, "")


def _of_cucm(found: _Lab, cucm: Cucm, *, is_known: bool) -> ServerNames:
    """A Unified CM: those of its certificates that an Expressway-C looks at."""
    running = {
        Slot.TOMCAT: cucm.tomcat,
        Slot.TOMCAT_ECDSA: cucm.tomcat_ecdsa,
        Slot.CALLMANAGER: cucm.callmanager,
        Slot.CALLMANAGER_ECDSA: cucm.callmanager_ecdsa,
    }
    needed = {need.of for need in found.needs}
    sheets = tuple(
        _sheet(found, holder, shown, cucm)
        for slot, shown in running.items()
        if shown is not None and (holder := Holder(cucm.id, slot)) in needed
    )
    says = "" if is_known else words.NOBODY_KNOWS
    return ServerNames(cucm.id, visible(cucm.fqdn), UNIFIED_CM, False, sheets, says)


def _sheet(found: _Lab, holder: Holder, running: CertificateFacts, server: Shown) -> Sheet:
    """One certificate: its names, and the line for its request."""
    loaded = found.loaded.get(holder, running)
    request = found.requests.get(holder)
    held = [one for one in (request, loaded, running) if one is not None]
    needed = needed_names((need for need in found.needs if need.of == holder), held)
    beside: dict[str, Compared | None] = {LOADED: loaded, RUNNING: running}
    line = None
    if isinstance(server, Expressway):
        beside[REQUEST] = request
        line = _shown_line(line_of(place_in(found.topology, server), needed), loaded, tells=found.tells)
    return Sheet(
        key=f"{holder.slot}-{holder.server}",
        title=words.SLOTS[holder.slot],
        heads=tuple(beside) if found.tells else (),
        rows=tuple(_row(found, name, beside, server) for name in needed),
        line=line,
        is_client=holder.slot is Slot.CLIENT,
        unneeded=tuple(map(visible, unneeded(loaded, needed))) if found.tells else (),
    )


def _row(found: _Lab, name: NeededName, beside: Mapping[str, Compared | None], server: Shown) -> NameRow:
    """One name: why, and which of the certificates beside it have it."""
    cells = {head: _cell(head, one, name, found.topology.cn_counts) for head, one in beside.items()}
    shown = cells if found.tells else {}
    is_there = not found.tells or cells[RUNNING].tone == "ok"
    return NameRow(
        name=visible(name.chosen),
        instead=tuple(visible(one) for one in name.names if one.lower() != name.chosen.lower()),
        whys=tuple(_whys(found, name.needs, is_there=is_there)),
        cells=tuple(shown.values()),
        flaws=tuple(_flaw(flaw, server) for flaw in name.flaws),
    )


def _cell(head: str, certificate: Compared | None, name: NeededName, cn_counts: bool) -> Cell:
    if certificate is None:
        return Cell(head, "off", words.NO_REQUEST)
    return Cell(head, *words.PRESENT[presence(certificate, name, cn_counts)])


def _flaw(flaw: Flaw, server: Shown) -> str:
    is_cucm = isinstance(server, Cucm)
    return words.ADDRESS_ON_CUCM if is_cucm and flaw is Flaw.ADDRESS else words.FLAWS[flaw]


def _whys(found: _Lab, needs: Iterable[Need], *, is_there: bool) -> Iterator[WhyLine]:
    """The reasons for a name, those that are alike in one: what counts now first. Signed where the name is lacking."""
    groups: dict[tuple[Why, Without], list[Need]] = {}
    for need in needs:
        groups.setdefault((need.why, need.without), []).append(need)
    for why, without in sorted(groups, key=lambda one: list(Without).index(one[1])):
        line = _why(found, why, without, groups[why, without])
        yield replace(line, tone="") if is_there else line


def _why(found: _Lab, why: Why, without: Without, needs: Sequence[Need]) -> WhyLine:
    told, code = words.WHYS[why], CODE_OF.get(why)
    sure = explain(code).sure if code else told.sure
    tone, effect = words.EFFECTS[without]
    by = words.joined(dict.fromkeys(found.names.get(need.by, need.by) for need in needs if need.by))
    breaks = without in (Without.FAILS, Without.WARNS)
    places = [need.place for need in needs if breaks and need.place in found.connections]
    return WhyLine(
        because=told.because.format(by=by),
        tone=tone,
        effect=effect,
        connections=tuple(found.connections[place] for place in places),
        without=told.later if without is Without.LATER else told.without,
        sure=f"{BASES[sure.basis.value]}. {sure.source}" if sure else "",
        code=code.value if code else "",
    )


def _shown_line(line: Line, loaded: CertificateFacts, *, tells: bool) -> ShownLine:
    """The line for the request, with what the loaded certificate has as its common name."""
    length = words.TOO_LONG if line.is_too_long else words.CHARACTERS
    has_it = line.common_name.lower() in (name.lower() for name in loaded.common_names)
    says = ", ".join(map(visible, loaded.common_names)) or words.NO_COMMON_NAME
    return ShownLine(
        common_name=visible(line.common_name),
        loaded_common_name=Cell(LOADED, "ok" if has_it else "warn", says) if tells else None,
        by_itself=tuple(map(visible, line.by_itself)),
        text=line.text,
        left_out=tuple(map(visible, line.left_out)),
        problems=tuple(explained(one.finding.code, one.finding.facts).cause for one in line.problems),
        is_too_long=line.is_too_long,
        length=length.format(characters=line.characters, limit=LONGEST_NAMES),
    )
