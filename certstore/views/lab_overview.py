"""What the overview of a lab prints of its state: the picture, the causes, the lists, the ends, the next step."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from certstore.models import Event, Lab
from certstore.reading import labs as reading
from certstore.reading.labs import Happened
from certstore.reading.next_step import NextStep
from certstore.reading.overview import CauseLine, ChainEnd, Connection, overview_of
from certstore.reading.shared_picture import SharedPicture
from certstore.views.connection_links import address_at
from certstore.views.cures import Cures, Link
from certstore.views.lab_svg import drawn
from certstore.wording import connections as words

EVENTS_SHOWN = 14


@dataclass(frozen=True, slots=True)
class Line:
    """A connection as an entry of the list."""

    connection: Connection
    address: str
    number: str


@dataclass(frozen=True, slots=True)
class CauseEntry:
    """A numbered cause below the picture."""

    sign: str
    line: CauseLine
    address: str
    hits: str


@dataclass(frozen=True, slots=True)
class EndRow:
    """A server in the table of ends, with its pages."""

    end: ChainEnd
    pages: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Next:
    """The next step with its links and what it brings."""

    step: NextStep
    sign: str
    links: tuple[Link, ...]
    then: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """An event, with where it leads."""

    event: Happened
    address: str


def overview_context(lab: Lab, now: datetime) -> dict[str, Any]:
    """The context of the overview's own parts.

    In: the lab that `access` handed out, its time. Out: as `templates/certstore/lab/_main.html` prints it.
    """
    found = overview_of(lab, now)
    cures = Cures(lab)

    def address_of(connection: Connection) -> str:
        return connection_address(lab, connection)

    return {
        "overview": found,
        "picture": drawn(found.servers, found.connections, address_of, cures.server),
        "lines": [Line(one, address_of(one), words.circled(one.number)) for one in found.connections],
        "causes": [_cause(lab, line) for line in found.causes],
        "rows": [
            (row, [(cell.tone, cell.says, words.circled(cell.number)) for cell in row.cells])
            for row in found.rows
        ],
        "ends": [EndRow(end, tuple(cures.pages_of(end.server))) for end in found.ends],
        "next": _next(cures, found.next_step, found.connections) if found.next_step else None,
        "all_is_well": bool(found.connections) and not any(one.tone != "ok" for one in found.connections),
        "events": history_lines(lab, reading.newest_events(lab, EVENTS_SHOWN)),
        "column": lab.column,
    }


def connection_address(lab: Lab, connection: Connection) -> str:
    """Where a connection is explained."""
    return address_at(lab, connection.kind, connection.source, connection.target, connection.nth)


def shared_picture_context(found: SharedPicture) -> dict[str, Any]:
    """The same picture and causes for whoever has a link: nothing in it leads into the lab."""

    def nowhere(_: object) -> str:
        return ""

    return {
        "picture": drawn(found.servers, found.connections, nowhere, nowhere),
        "lines": [Line(one, "", words.circled(one.number)) for one in found.connections],
        "causes": [CauseEntry(words.circled(line.number), line, "", _hits(line)) for line in found.causes],
    }


def history_lines(lab: Lab, events: Iterable[Happened]) -> list[HistoryLine]:
    """Events with where they lead: an attempt to its page, a connection to its explanation."""
    return [HistoryLine(event, _leads_to(lab, event)) for event in events]


def brought_about(lab: Lab, event: Event | None) -> list[HistoryLine]:
    """What an event's change brought about, for our column of the page that did it."""
    return history_lines(lab, reading.brought_about(lab, event))


def _leads_to(lab: Lab, event: Happened) -> str:
    kind, source, target = event.about
    if kind in words.NAMES:
        return address_at(lab, kind, source, target)
    return reverse("attempt", args=[lab.pk, event.attempt]) if event.attempt else ""


def _cause(lab: Lab, line: CauseLine) -> CauseEntry:
    return CauseEntry(words.circled(line.number), line, connection_address(lab, line.of), _hits(line))


def _hits(line: CauseLine) -> str:
    """The connections whose first cause it is, each once."""
    return "; ".join(dict.fromkeys(one.between for one in line.hits))


def _next(cures: Cures, step: NextStep, connections: Iterable[Connection]) -> Next:
    """The next step: what then works again by name, or that there is more."""
    names = {(one.kind.value, one.source, one.target): one.between for one in connections}
    works = list(dict.fromkeys(names[one] for one in step.works_again if one in names))
    then = words.THEN_WORKS.format(connections="; ".join(works)) if works else words.THEN_MORE
    if step.is_new:
        return Next(step, words.circled(step.number), tuple(cures.pages_of(step.reason.about)), "")
    links = cures.links(step.code, step.reason.by, step.reason.about)
    return Next(step, words.circled(step.number), tuple(links), then)
