"""Lays out the line of a lab's time: a line, its years, and a sign for each moment, never one on top of another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from certstore.models.clock import shifted
from certstore.pki.moments import date_text, iso
from certstore.reading.timeline import Stop
from certstore.reading.trial import Difference
from certstore.wording.timeline import TURNS

WIDTH, HEIGHT = 1000, 96
LEFT, RIGHT = 20, 980
APART = 24  # of two signs; MOST_MOMENTS of them fit
MOST_YEARS = 12
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Mark:
    """One moment: where its sign stands, and what the list below says of it."""

    number: int
    x: int
    tone: str
    sign: str
    headline: str  # "Breaks on 31 Jul 2027"
    what: str
    moment: str  # ISO text, as the form of the lab's time takes it
    difference: Difference


@dataclass(frozen=True, slots=True)
class Year:
    """The first day of a year."""

    x: int
    name: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """The line."""

    marks: tuple[Mark, ...]
    years: tuple[Year, ...]
    width: int = WIDTH
    height: int = HEIGHT


def drawn(stops: Sequence[Stop], at: datetime) -> Drawn | None:
    """Lay the moments out between now and the last of them; None where there is none."""
    if not stops:
        return None
    end = shifted(stops[-1].moment, DAY)
    places = _apart([_x(stop.moment, at, end) for stop in stops])
    marks = (_mark(stop, x) for stop, x in zip(stops, places, strict=True))
    return Drawn(tuple(marks), tuple(_years(at, end)))


def _x(moment: datetime, start: datetime, end: datetime) -> int:
    whole = (end - start).total_seconds() or 1
    return LEFT + round((moment - start).total_seconds() / whole * (RIGHT - LEFT))


def _apart(places: Sequence[int]) -> list[int]:
    """The same places, moved so far that no two are nearer than APART: to the right, then back from the edge."""
    found: list[int] = []
    for place in places:
        found.append(max(place, found[-1] + APART) if found else max(place, LEFT + APART))
    edge = RIGHT
    for number in range(len(found) - 1, -1, -1):
        found[number] = min(found[number], edge)
        edge = found[number] - APART
    return found


def _mark(stop: Stop, x: int) -> Mark:
    tone, sign, headline = TURNS[stop.turn]
    date = date_text(iso(stop.moment))
    return Mark(
        stop.number,
        x,
        tone,
        sign,
        headline.format(date=date),
        stop.what,
        iso(stop.moment),
        stop.difference,
    )


def _years(start: datetime, end: datetime) -> Iterator[Year]:
    for year in range(start.year + 1, min(end.year, start.year + MOST_YEARS) + 1):
        yield Year(_x(datetime(year, 1, 1, tzinfo=UTC), start, end), str(year))
