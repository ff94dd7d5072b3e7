"""The log of a server: lines computed from what happened in its lab, and from how its connections are now.

The newest come first. Of a connection that fails now the product writes its lines again and again, every few seconds;
they are told once, at the moment that the page is about.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice

from django.db.models import Q

from certstore.models import Event, Node
from certstore.pki.connections import LogLine
from certstore.pki.moments import from_iso
from certstore.reading.lab_state import LabView
from certstore.wording.event_lines import EVERYWHERE, FAILED, LOGGED, lines_of_event
from certstore.wording.log_lines import Printed, printed
from certstore.wording.log_templates import TEMPLATES, Log

PAGE_LINES = 100

Entry = tuple[datetime, LogLine]


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some lines of a log, the newest first."""

    lines: tuple[Printed, ...]
    number: int  # counted from 1
    has_older: bool

    @property
    def newer(self) -> int:
        """The number of the page before it; 0 for none."""
        return self.number - 1

    @property
    def older(self) -> int:
        """The number of the page behind it; 0 for none."""
        return self.number + 1 if self.has_older else 0


def page_of_log(node: Node, at: datetime, view: LabView, words: Sequence[str], number: int) -> LogPage:
    """A page of a server's Event Log.

    In: the server, the moment, its lab at that moment, words that a line has to have (in any case), the page's number
    from 1. Out: its lines; only they are printed, and before them, where there are words, those that lack one.
    """
    entries = _entries(node, at, view, (Log.EVENTS,))
    first, behind = (number - 1) * PAGE_LINES, number * PAGE_LINES + 1
    if words:
        found = list(islice(_that_have(words, _printed(entries, "")), first, behind))
    else:
        found = list(_printed(islice(entries, first, behind), ""))
    return LogPage(tuple(found[:PAGE_LINES]), number, len(found) > PAGE_LINES)


def whole_log(node: Node, at: datetime, view: LabView) -> list[str]:
    """Every line that a server wrote, those of its services too, the oldest first, as the download has them."""
    entries = _entries(node, at, view, (Log.EVENTS, Log.DIAGNOSTIC))
    return [line.text for line in _printed(reversed(list(entries)), node.host)]


def size_of_log(node: Node, at: datetime, view: LabView) -> tuple[int, datetime | None]:
    """How many lines the download has, and the moment of the last; None where there is no line."""
    moments = [moment for moment, _ in _entries(node, at, view, (Log.EVENTS, Log.DIAGNOSTIC))]
    return len(moments), moments[0] if moments else None


def _printed(entries: Iterable[Entry], host: str) -> Iterator[Printed]:
    return (printed(line, at, host) for at, line in entries)


def _that_have(words: Sequence[str], lines: Iterable[Printed]) -> Iterator[Printed]:
    wanted = [word.casefold() for word in words]
    return (line for line in lines if all(word in line.text.casefold() for word in wanted))


def _entries(node: Node, at: datetime, view: LabView, logs: Sequence[Log]) -> Iterator[Entry]:
    """The lines of some logs, the newest first; of those written at once the last one first."""
    now = ((at, line) for line in reversed(_present(view, str(node.pk))))
    for moment, line in chain(now, _past(node)):
        if TEMPLATES[line.name].log in logs:
            yield moment, line


def _present(view: LabView, server_id: str) -> list[LogLine]:
    """What a server writes about the connections as they are now; what is written about two of them once."""
    found = {
        (line.name, *sorted((name, str(value)) for name, value in line.facts.items())): line
        for verdict in view.state.all
        for line in verdict.log_lines
        if line.by == server_id and line.name in TEMPLATES
    }
    return list(found.values())


def _past(node: Node) -> Iterator[Entry]:
    """What a server wrote about the events of its lab. One query, of no more events than a lab keeps."""
    name = str(node.pk)
    of_server = Q(node=node, code__in=LOGGED) | Q(code__in=(FAILED, *EVERYWHERE))
    rows = Event.objects.filter(of_server, lab=node.lab_id).values_list("at_lab", "code", "params")
    for at_lab, code, params in rows:
        for line in reversed(lines_of_event(name, code, params)):
            yield from_iso(at_lab), line
