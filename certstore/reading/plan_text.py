"""A plan as plain text: to be mailed to everybody who takes part, or pasted into the change request."""

from collections.abc import Iterator

from certstore.reading.plan_rows import Down, PlanPage, StepRow
from certstore.reading.trial import Line
from certstore.wording.plain_text import field, paragraph, points, section
from certstore.wording.plan import POINT_OF_NO_RETURN
from certstore.wording.ticket import DISCLAIMER


def plan_text(lab: str, page: PlanPage) -> str:
    """A plan as text.

    In: the lab's name, the plan. Out: lines that end in one newline; no value in it can begin a line of its own.
    """
    lines = [f"Plan {page.number} of a renewal", ""]
    lines += [*field("Lab", lab), *field("Made", page.made_at), *field("Lab time", page.lab_time)]
    lines += section("What it comes to", points(tuple(said for _, said in page.told)))
    lines += section("Down before the first step", points(tuple(map(_line, page.start))))
    for group in page.groups:
        lines += section(group.title, _of_group(group.rows))
    lines += section(
        "Where the order comes from", points(tuple(f"{what}: {where}" for what, where in page.sources))
    )
    lines += section("About this plan", paragraph(DISCLAIMER))
    return "\n".join(lines) + "\n"


def _of_group(rows: tuple[StepRow, ...]) -> Iterator[str]:
    for row in rows:
        if row.is_point_of_no_return:
            yield from paragraph(f"*** {POINT_OF_NO_RETURN}")
        yield from _of_step(row)


def _of_step(row: StepRow) -> Iterator[str]:
    yield " ".join(f"[{'x' if row.tick else ' '}] {row.number}. {row.title}".split(" "))
    yield from field("    Who", row.who)
    yield from field("    Where", row.place)
    yield from field("    File", row.step.file)
    yield from field("    With", "; ".join(row.notes))
    restart = f"{row.restart}: {'; '.join(map(_ends, row.during))}" if row.during else ""
    yield from field("    Down", "; ".join([*filter(None, [restart]), *map(_down, row.down)]) or "nothing")
    yield from field("    People", row.people[1] if row.people else "")
    yield from field("    Check", row.check)
    yield from field("    Way back", row.way_back)
    yield from field("    Done", row.tick)


def _ends(line: Line) -> str:
    return f"{line.name}, {line.between}"


def _line(line: Line) -> str:
    return f"{_ends(line)}, {line.now}{f': {line.why}' if line.why else ''}"


def _down(down: Down) -> str:
    return f"{_line(down.line)} {down.until}"
