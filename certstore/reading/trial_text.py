"""What a trial came to, as plain text: to be pasted where nothing but text survives."""

from collections.abc import Iterable, Iterator

from certstore.reading.trial import Line, StepRow
from certstore.wording.plain_text import field, paragraph, points, section
from certstore.wording.ticket import DISCLAIMER


def trial_text(lab: str, at: str, start: Iterable[Line], rows: Iterable[StepRow]) -> str:
    """A trial as text.

    In: the lab's name, its time before the first step, what was down then, the steps. Out: lines that end in one
    newline; no value in it can begin a line of its own.
    """
    lines = ["Tried first: nothing of it was done.", ""]
    lines += [*field("Lab", lab), *field("Lab time", at)]
    lines += section("Before the first step", _down(start))
    for row in rows:
        lines += section(" ".join(f"{row.number}. {row.name}".split()), _of_step(row))
    lines += section("About this answer", paragraph(DISCLAIMER))
    return "\n".join(lines) + "\n"


def _of_step(row: StepRow) -> Iterator[str]:
    yield from field("With", row.what)
    yield from field("Result", f"{'Accepted' if row.accepted else 'Refused'}. {row.said}")
    yield from field("Lab time", row.at)
    if row.during:
        yield from paragraph("While it restarts:")
        yield from _down(row.during)
    for title, texts in (("Raised", row.difference.raised), ("Lowered", row.difference.lowered)):
        for text in texts:
            yield from field(title, text)
    if row.difference.up:
        yield from paragraph("Comes up:")
        yield from points(_told(row.difference.up))
    yield from paragraph("Afterwards:")
    yield from _down(row.troubles)


def _down(lines: Iterable[Line]) -> Iterator[str]:
    return points(_told(lines) or ("Nothing is down.",))


def _told(lines: Iterable[Line]) -> tuple[str, ...]:
    """Each line in one sentence after another."""
    return tuple(
        " ".join(f"{part.rstrip('.')}." for part in (_what(line), line.why, *line.whom) if part)
        for line in lines
    )


def _what(line: Line) -> str:
    return f"{line.name}, {line.between}, {line.now}"
