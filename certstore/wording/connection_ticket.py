"""Copy for the ticket: one connection as plain text, to be pasted where nothing but text survives."""

from collections.abc import Iterator
from dataclasses import dataclass

from certstore.wording.plain_text import field, paragraph, points, section, steps, tree
from certstore.wording.ticket import DISCLAIMER


@dataclass(frozen=True, slots=True)
class SeenChain:
    """A chain as one side saw it, a line a certificate from the top down, and what came of it."""

    title: str
    chain: tuple[str, ...]
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConnectionTicket:
    """What a ticket tells of a connection. Every text is made visible and filled already; empty ones are left out."""

    connection: str
    state: str
    since: str
    release: str
    lab_time: str
    cause: str = ""
    further: tuple[str, ...] = ()
    cure: tuple[str, ...] = ()
    sure: str = ""
    seen: tuple[SeenChain, ...] = ()
    steps: tuple[str, ...] = ()
    logs: tuple[tuple[str, tuple[str, ...]], ...] = ()  # the writer, its lines
    checked: tuple[str, ...] = ()


def connection_ticket_text(ticket: ConnectionTicket) -> str:
    """A connection as plain text.

    In: the ticket. Out: lines ended by a line feed, at most 78 characters each but for the lines of a log; a text
    cannot begin a line of its own, whatever stands in it.
    """
    lines = [
        "Expressway certificate rehearsal (simulated)",
        "",
        *field("Connection", ticket.connection),
        *field("State", ticket.state),
        *field("", ticket.since),
        *field("Release", ticket.release),
        *field("Lab time", ticket.lab_time),
        *section("Why", paragraph(ticket.cause)),
        *section("Also found", points(ticket.further)),
        *section("What to do", steps(ticket.cure)),
        *section("How sure", paragraph(ticket.sure)),
        *section("What was checked", points(ticket.checked)),
        *section("The sign-in", steps(ticket.steps)),
        *_seen(ticket),
        *_logs(ticket),
        "",
        *paragraph(DISCLAIMER),
    ]
    return "".join(f"{line}\n" for line in lines)


def _seen(ticket: ConnectionTicket) -> Iterator[str]:
    """Each chain as a side saw it."""
    for seen in ticket.seen:
        yield from section(seen.title, [*tree(seen.chain), *points(seen.told)])


def _logs(ticket: ConnectionTicket) -> Iterator[str]:
    """The lines of the logs as they are: a broken one could not be searched for."""
    for writer, lines in ticket.logs:
        yield from section(f"Log of {writer}", (f"  {' '.join(line.split())}" for line in lines))
