"""Copy for the ticket: what Check files said, as plain text."""

from collections.abc import Iterator
from dataclasses import dataclass

from certstore.wording.plain_text import field, paragraph, points, section, steps, tree
from certstore.wording.ticket import DISCLAIMER

TITLE = "Expressway certificates checked (simulated)"


@dataclass(frozen=True, slots=True)
class ReasonTicket:
    """One answer, explained."""

    where: str  # which releases and roles say so
    outcome: str
    screen: str
    cause: str
    chain: tuple[str, ...]  # one certificate a line, from the top CA down to the server certificate
    further: tuple[str, ...]
    cure: tuple[str, ...]
    sure: str


@dataclass(frozen=True, slots=True)
class LeafTicket:
    """What is said to one server certificate."""

    title: str
    subject: str
    as_it_is: str
    rows: tuple[str, ...]
    key: str
    reasons: tuple[ReasonTicket, ...]


@dataclass(frozen=True, slots=True)
class CheckTicket:
    """What a ticket tells. Every text is made visible and filled already; empty ones are left out."""

    role: str
    release: str
    judged_at: str
    trust: str
    files: tuple[str, ...]
    leaves: tuple[LeafTicket, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]  # further headings with their points


def check_ticket_text(ticket: CheckTicket) -> str:
    """A check as plain text.

    In: the ticket. Out: lines of at most 78 characters, each ended by a line feed.
    """
    lines = [TITLE, "", *_asked(ticket), *section("Files", points(ticket.files))]
    for leaf in ticket.leaves:
        lines += _leaf(leaf)
    for heading, texts in ticket.sections:
        lines += section(heading, points(texts))
    lines += ["", *paragraph(DISCLAIMER)]
    return "".join(f"{line}\n" for line in lines)


def _asked(ticket: CheckTicket) -> Iterator[str]:
    """For what it was judged."""
    yield from field("Role", ticket.role)
    yield from field("Release", ticket.release)
    yield from field("Judged at", ticket.judged_at)
    yield from field("Trust list", ticket.trust)


def _leaf(leaf: LeafTicket) -> Iterator[str]:
    """One server certificate: the answers, then each of them explained."""
    yield from section(f"{leaf.title} as server certificate", paragraph(leaf.subject))
    yield from points((leaf.as_it_is,) if leaf.as_it_is else ())
    yield from points(leaf.rows)
    yield from points((leaf.key,))
    for reason in leaf.reasons:
        yield from section(f"{reason.outcome}: {reason.where}", paragraph(reason.screen))
        yield from paragraph(reason.cause)
        yield from section("  Chain", tree(reason.chain))
        yield from section("  Also found", points(reason.further))
        yield from section("  What to do", steps(reason.cure))
        yield from section("  How sure", paragraph(reason.sure))
