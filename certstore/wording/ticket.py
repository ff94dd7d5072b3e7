"""Copy for the ticket: one attempt as plain text, to be pasted where nothing but text survives."""

from collections.abc import Iterator
from dataclasses import dataclass

from certstore.wording.plain_text import field, paragraph, points, section, steps, tree

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
        *section("Why", paragraph(ticket.cause)),
        *section("Chain", tree(ticket.chain)),
        *section("Also found", points(ticket.further)),
        *section("What to do", steps(ticket.cure)),
        *section("How sure", paragraph(ticket.sure)),
        *section("Not checked", points(ticket.not_checked)),
        "",
        *paragraph(DISCLAIMER),
    ]
    return "".join(f"{line}\n" for line in lines)


def _tried(ticket: Ticket) -> Iterator[str]:
    """What was tried, on which server."""
    yield from field("Tried", ticket.page)
    yield from field("Server", f"{ticket.server} ({ticket.role})")
    yield from field("Release", f"{ticket.release}, judged by the rules of {ticket.profile}")
    yield from field("Lab time", ticket.lab_time)
    yield from field("File", f"{ticket.file_name}, {ticket.size} bytes" if ticket.file_name else "none")
    yield from field("", ticket.file_kind)
    yield from field("SHA-256", ticket.sha256)


def _result(ticket: Ticket) -> Iterator[str]:
    """What became of it, and what the appliance says."""
    yield from field("Result", ticket.outcome)
    yield from field("On screen", ticket.screen)
    if ticket.screen and not ticket.screen_is_verbatim:
        yield from field("", NOT_VERBATIM)
