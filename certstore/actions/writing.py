"""The one way to write to a lab: one transaction that locks the lab's row first.

`lab_change` is for what changes the lab's document: it keeps a restore point first. Where only the result says
whether anything is changed, `keep_point` is called inside `lab_write` as soon as that is known.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.http import Http404

from certstore.actions.clearing import clear_unnamed
from certstore.actions.observing import observe, remember
from certstore.models import Attempt, Event, Lab, Node, RestorePoint
from certstore.models.writer import fair_write
from certstore.pki.connections import LogLine
from certstore.pki.moments import iso
from certstore.reading.lab_document import FORMAT, document_of, packed

EVENTS_KEPT = 2000
POINTS_KEPT = 30  # of those that were kept by themselves; the named ones stay
CLEARED_EVERY = 20  # writes
PARAMETER_CHARACTERS = 300
LINES_KEPT = 12  # of one event; a connection writes eight at most


class LabGone(Http404):
    """The lab was deleted between the door and the write. A page answers as if it had never been."""


_is_trying: ContextVar[bool] = ContextVar("is_trying", default=False)


@contextmanager
def without_history() -> Iterator[None]:
    """What is written inside the caller takes back: no restore point is kept, nobody notes what it brought about."""
    token = _is_trying.set(True)
    try:
        yield
    finally:
        _is_trying.reset(token)


@contextmanager
def lab_write(lab_id: UUID) -> Iterator[Lab]:
    """Everything inside is written together or not at all, and nobody else writes to that lab meanwhile.

    In: the id of a lab that `access` allowed. Out: the lab, locked, its version already one higher. What is
    changed on it is saved by the caller with `update_fields`. Files are parsed and keys made before this,
    never inside: the lock is short. Every twentieth write clears what nothing in the lab names any more.
    Raises LabGone when there is no such lab.
    """
    with fair_write():
        lab = Lab.objects.select_for_update().filter(pk=lab_id).first()
        if lab is None:
            raise LabGone
        lab.version += 1
        lab.save(update_fields=["version"])
        yield lab
        is_there = lab.pk is not None  # the write may have been its end
        if is_there and lab.is_changing and not lab.is_left_as_it_is and not _is_trying.get():
            _log_what_it_brought_about(lab)
        if is_there and lab.version % CLEARED_EVERY == 0:
            clear_unnamed(lab)


def _log_what_it_brought_about(lab: Lab) -> None:
    """The connections and alarms that are another way now, after the event that changed them."""
    written = Lab.objects.get(pk=lab.pk)
    now = written.now()
    for observed in observe(written, now):
        log_event(written, observed.node, observed.code, observed.params, now, lines=observed.lines)


@contextmanager
def lab_read(lab_id: UUID) -> Iterator[Lab]:
    """Hold a lab still while it is read whole; nothing is written. Raises LabGone when there is no such lab."""
    with fair_write():
        lab = Lab.objects.select_for_update().filter(pk=lab_id).first()
        if lab is None:
            raise LabGone
        yield lab


@contextmanager
def lab_change(lab_id: UUID, code: str, *, is_left_as_it_is: bool = False) -> Iterator[Lab]:
    """`lab_write` for what changes the lab's document: a restore point is kept first, in the same transaction.

    In: the id of a lab that `access` allowed, the code of the event that the caller logs first, and whether no
    connection and no alarm can be another way afterwards. Out: the lab.
    """
    with lab_write(lab_id) as lab:
        lab.is_left_as_it_is = is_left_as_it_is
        keep_point(lab, code)
        yield lab


def keep_point(lab: Lab, before: str) -> None:
    """Keep what a locked lab is now, before anything of it is changed. At most once in a write.

    In: the lab, the code of the event that is logged next. Inside `without_history` nothing is kept.
    """
    if not _is_trying.get():
        write_point(lab, before)


def write_point(lab: Lab, before: str, name: str = "") -> RestorePoint:
    """Write a restore point of a locked lab.

    In: the lab, the code of the event that is logged next ("" when nothing is about to change), and a name for a
    point that is to stay. Out: the point; where nothing changed since the newest one it is that one, told anew
    before which event it stands. Of those without a name the oldest of too many goes.
    """
    if not (lab.is_changing or lab.is_left_as_it_is):
        remember(lab)
    lab.is_changing = True
    document = packed(document_of(lab))
    newest = lab.restore_points.first()
    seq = next_seq(lab) if before else 0
    if newest is not None and bytes(newest.document) == document and not (name and newest.name):
        newest.name = name or newest.name
        newest.before, newest.seq = (before, seq) if before else (newest.before, newest.seq)
        newest.save(update_fields=["name", "before", "seq"])
        return newest
    point = RestorePoint.objects.create(
        lab=lab,
        number=lab.version,  # grows with every write, so that no number comes twice
        name=name,
        before=before,
        seq=seq,
        format=FORMAT,
        document=document,
        at_lab=iso(lab.now()),
    )
    kept = lab.restore_points.filter(name="").values_list("pk", flat=True)
    lab.restore_points.filter(pk__in=list(kept[POINTS_KEPT:])).delete()
    return point


def next_seq(lab: Lab) -> int:
    """The number that the next event of a locked lab will have."""
    newest: int | None = lab.events.aggregate(newest=Max("seq"))["newest"]
    return (newest or 0) + 1


def log_event(
    lab: Lab,
    node: Node | None,
    code: str,
    params: Mapping[str, str | int],
    at: datetime,
    attempt: Attempt | None = None,
    lines: Sequence[LogLine] = (),
) -> Event:
    """Write down one thing that changed, inside `lab_write`; only the newest events of a lab are kept.

    In: the locked lab, the server it happened on, a code of `wording.labs.EVENTS`, what its sentence needs
    (texts are cut), the lab's time, the attempt it came from, and the first of the lines that servers write about
    it (`reading.event_log` reads them). Out: the event.
    """
    seq = next_seq(lab)
    if seq > EVENTS_KEPT:
        lab.events.filter(seq__lte=seq - EVENTS_KEPT).delete()
    return Event.objects.create(
        lab=lab,
        seq=seq,
        node=node,
        attempt=attempt,
        at_lab=iso(at),
        code=code,
        params=_storable_facts(params) | ({"lines": _storable_lines(lines)} if lines else {}),
    )


def _storable_lines(lines: Sequence[LogLine]) -> list[list[Any]]:
    """Who writes each line, the name of its template, what fills it."""
    return [[line.by, line.name, _storable_facts(line.facts)] for line in lines[:LINES_KEPT]]


def _storable_facts(facts: Mapping[str, str | int]) -> dict[str, Any]:
    return {name: _storable(value) for name, value in facts.items()}


def _storable(value: str | int) -> str | int:
    """A text of bounded length without what PostgreSQL's JSON refuses (NUL, half a surrogate pair)."""
    if isinstance(value, int):
        return value
    whole = value[:PARAMETER_CHARACTERS].encode("utf-8", "replace").decode()
    return whole.replace("\x00", "\N{REPLACEMENT CHARACTER}")
