"""A check as the values of its ticket."""

from collections.abc import Iterator

from certstore.pki.check_files import Checked
from certstore.reading.attempts import Explanation
from certstore.reading.check_files import LeafTable, Report, TableRow
from certstore.reading.files_of_check import FileRow
from certstore.reading.labs import why_this_profile
from certstore.reading.ticket import chain_lines, depends_lines
from certstore.wording import check_files as words
from certstore.wording.check_ticket import CheckTicket, LeafTicket, ReasonTicket


def ticket_of_check(checked: Checked, report: Report) -> CheckTicket:
    """The ticket of a check: what its page tells, in plain strings."""
    return CheckTicket(
        role=words.ROLES[checked.role] if checked.role else words.BOTH_ROLES,
        release=why_this_profile(checked.asked) if checked.asked else words.EVERY_RELEASE,
        judged_at=report.judged_at,
        trust=report.trust,
        files=tuple(_file(row) for row in report.files),
        leaves=tuple(_leaf(table, report) for table in report.leaves),
        sections=tuple(_sections(report)),
    )


def _file(row: FileRow) -> str:
    """One file on one line."""
    parts = [f"{row.name}: {row.says}"]
    if row.names:
        parts.append(row.names)
    if row.ends:
        parts.append(f"{words.ENDED if row.has_ended else words.ENDS} {row.ends}")
    told = [", ".join(parts), *([row.detail] if row.detail else []), *row.notes]
    return " ".join(text if text.endswith(".") else f"{text}." for text in told)


def _leaf(table: LeafTable, report: Report) -> LeafTicket:
    """One server certificate."""
    return LeafTicket(
        title=table.title,
        subject=table.subject,
        as_it_is=f"{words.AS_IT_IS} {table.as_it_is.cause} {table.note}" if table.as_it_is else "",
        rows=tuple(_row(row, report) for row in table.rows),
        key=table.key,
        reasons=tuple(_reason(one) for one in table.explanations),
    )


def _row(row: TableRow, report: Report) -> str:
    cells = zip(report.roles, row.cells, strict=True)
    return f"{row.releases}: " + "; ".join(f"{role} {cell.text}" for role, cell in cells)


def _reason(explanation: Explanation) -> ReasonTicket:
    """One answer, explained."""
    headline = explanation.headline
    screen = explanation.on_screen.text if headline else ""
    if explanation.prefix is not None:
        screen = f"On screen: {explanation.prefix.text}: {screen}"
    return ReasonTicket(
        where=explanation.where,
        outcome=explanation.outcome,
        screen=screen,
        cause=headline.cause if headline else "",
        chain=tuple(chain_lines(explanation)),
        further=(*depends_lines(explanation), *(reason.cause for reason in explanation.further)),
        cure=headline.cure if headline else (),
        sure=f"{headline.basis}. {headline.source}" if headline else "",
    )


def _sections(report: Report) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What stands beside the answers."""
    for comparison in report.comparisons:
        yield comparison.title, tuple(one.text for one in comparison.differences)
    diagnosis = report.diagnosis
    yield words.RULED_OUT, diagnosis.ruled_out
    yield words.POSSIBLE, tuple(one.text for one in diagnosis.possible)
    yield words.CANT_TELL, diagnosis.cant_tell
    yield words.ASK_FOR, tuple(ask.text for ask in diagnosis.asks)
