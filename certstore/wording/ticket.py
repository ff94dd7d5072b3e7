"""Copy for the ticket: one attempt as plain text, to be pasted where nothing but text survives."""

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

WIDTH = 78
MOST_LINES_OF_A_LIST = 60
_LABEL = 13  # the column in which values begin
_DEEPEST = 12  # levels of the chain that are indented further; below, all stand alike
_STEP = 2

DISCLAIMER = (
    "This is the answer of a simulator for training and rehearsal, not of a real server. It is not affiliated with "
    "Cisco."
)
NOT_VERBATIM = "(these words stand in no document that was read)"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a ticket tells. Every text is made visible and filled already; empty ones are left out."""

    page: str  # the way there, in menu words
    server: str  # its name
    role: str  # Expressway-C, Expressway-E
    release: str  # as typed
    profile: str  # the release that judged
    lab_time: str
    file_name: str
    file_kind: str  # what it is, in plain words
    size: int  # bytes
    sha256: str
    outcome: str  # Accepted, Refused, …
    screen: str  # the appliance's sentence
    screen_is_verbatim: bool  # whether a Cisco document has it word for word
    cause: str = ""
    chain: tuple[str, ...] = ()  # one certificate a line, from the top CA down to the server certificate
    further: tuple[str, ...] = ()
    cure: tuple[str, ...] = ()
    sure: str = ""
    not_checked: tuple[str, ...] = ()


def ticket_text(ticket: Ticket) -> str:
    """An attempt as plain text.

    In: the ticket. Out: lines of at most 78 characters, each ended by a line feed; a text cannot begin a line of
    its own, whatever stands in it.
    """
    lines = [
        "Expressway certificate rehearsal (simulated)",
        "",
        *_tried(ticket),
        "",
        *_result(ticket),
        *_section("Why", _paragraph(ticket.cause)),
        *_section("Chain", _tree(ticket.chain)),
        *_section("Also found", _points(ticket.further)),
        *_section("What to do", _steps(ticket.cure)),
        *_section("How sure", _paragraph(ticket.sure)),
        *_section("Not checked", _points(ticket.not_checked)),
        "",
        *_paragraph(DISCLAIMER),
    ]
    return "".join(f"{line}\n" for line in lines)


def _tried(ticket: Ticket) -> Iterator[str]:
    """What was tried, on which server."""
    yield from _field("Tried", ticket.page)
    yield from _field("Server", f"{ticket.server} ({ticket.role})")
    yield from _field("Release", f"{ticket.release}, judged by the rules of {ticket.profile}")
    yield from _field("Lab time", ticket.lab_time)
    yield from _field("File", f"{ticket.file_name}, {ticket.size} bytes" if ticket.file_name else "none")
    yield from _field("", ticket.file_kind)
    yield from _field("SHA-256", ticket.sha256)


def _result(ticket: Ticket) -> Iterator[str]:
    """What became of it, and what the appliance says."""
    yield from _field("Result", ticket.outcome)
    yield from _field("On screen", ticket.screen)
    if ticket.screen and not ticket.screen_is_verbatim:
        yield from _field("", NOT_VERBATIM)


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    """A heading and what stands below it; nothing when nothing does."""
    below = list(lines)
    if below:
        yield ""
        yield heading
        yield from below


def _field(label: str, value: str) -> Iterator[str]:
    """A label and its value, the value's further lines below its first."""
    if value:
        yield from _wrapped(value, f"{label:<{_LABEL}}", " " * _LABEL)


def _paragraph(text: str) -> Iterator[str]:
    return _wrapped(text, "  ", "  ") if text else iter(())


def _points(texts: tuple[str, ...]) -> Iterator[str]:
    for text in _bounded(texts):
        yield from _wrapped(text, "  - ", "    ")


def _steps(texts: tuple[str, ...]) -> Iterator[str]:
    for number, text in enumerate(_bounded(texts), start=1):
        yield from _wrapped(text, f"{number:>3}. ", "     ")


def _tree(texts: tuple[str, ...]) -> Iterator[str]:
    """The chain, each certificate one step further in than the one that issued it."""
    for level, text in enumerate(_bounded(texts)):
        indent = " " * (_STEP + min(level, _DEEPEST) * _STEP)
        yield from _wrapped(text, indent + ("+- " if level else ""), indent + ("   " if level else ""))


def _bounded(texts: tuple[str, ...]) -> Iterator[str]:
    """The first of many, and how many more there are."""
    yield from texts[:MOST_LINES_OF_A_LIST]
    if len(texts) > MOST_LINES_OF_A_LIST:
        yield f"... and {len(texts) - MOST_LINES_OF_A_LIST} more"


def _wrapped(text: str, first: str, further: str) -> Iterator[str]:
    """A text on lines of the width; line ends and runs of spaces in it become one space."""
    return iter(
        textwrap.wrap(
            " ".join(text.split()),
            WIDTH,
            initial_indent=first,
            subsequent_indent=further,
            break_on_hyphens=False,
        )
    )
