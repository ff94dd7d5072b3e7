"""The one way to write to a lab: one transaction that locks the lab's row first."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django.http import Http404

from certstore.models import Attempt, Event, Lab, Node
from certstore.models.writer import fair_write
from certstore.pki.moments import iso

EVENTS_KEPT = 2000
PARAMETER_CHARACTERS = 300


class LabGone(Http404):
    """The lab was deleted between the door and the write. A page answers as if it had never been."""


@contextmanager
def lab_write(lab_id: UUID) -> Iterator[Lab]:
    """Everything inside is written together or not at all, and nobody else writes to that lab meanwhile.

    In: the id of a lab that `access` allowed. Out: the lab, locked, its version already one higher. What is
    changed on it is saved by the caller with `update_fields`. Files are parsed and keys made before this,
    never inside: the lock is short. Raises LabGone when there is no such lab.
    """
    with fair_write():
        lab = Lab.objects.select_for_update().filter(pk=lab_id).first()
        if lab is None:
            raise LabGone
        lab.version += 1
        lab.save(update_fields=["version"])
        yield lab


def log_event(
    lab: Lab,
    node: Node | None,
    code: str,
    params: Mapping[str, str | int],
    at: datetime,
    attempt: Attempt | None = None,
) -> Event:
    """Write down one thing that changed, inside `lab_write`; only the newest events of a lab are kept.

    In: the locked lab, the server it happened on, a code of `wording.labs.EVENTS`, what its sentence needs
    (texts are cut), the lab's time, and the attempt it came from. Out: the event.
    """
    newest: int | None = lab.events.aggregate(newest=Max("seq"))["newest"]
    seq = (newest or 0) + 1
    if seq > EVENTS_KEPT:
        lab.events.filter(seq__lte=seq - EVENTS_KEPT).delete()
    return Event.objects.create(
        lab=lab,
        seq=seq,
        node=node,
        attempt=attempt,
        at_lab=iso(at),
        code=code,
        params={name: _storable(value) for name, value in params.items()},
    )


def _storable(value: str | int) -> str | int:
    """A text of bounded length without what PostgreSQL's JSON refuses (NUL, half a surrogate pair)."""
    if isinstance(value, int):
        return value
    whole = value[:PARAMETER_CHARACTERS].encode("utf-8", "replace").decode()
    return whole.replace("\x00", "\N{REPLACEMENT CHARACTER}")
