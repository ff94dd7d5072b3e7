"""Restore points: keep one with a name, rename, delete, and go back to one."""

from uuid import UUID

from django.http import Http404

from certstore.actions.clearing import clear_unnamed
from certstore.actions.lab_documents import put_state, servers_of
from certstore.actions.writing import keep_point, lab_write, log_event, write_point
from certstore.models import Lab, RestorePoint
from certstore.reading.lab_document import document_at

MOST_NAMED = 20


class TooManyPoints(Exception):
    """The lab has as many named points as a lab can have."""


class PointGone(Http404):
    """The point was deleted, or made room for newer ones, between the door and the write."""


def keep(lab_id: UUID, name: str) -> RestorePoint:
    """Keep the lab as it is, under a name, until somebody deletes it. Raises TooManyPoints."""
    with lab_write(lab_id) as lab:
        _raise_if_full(lab)
        point = write_point(lab, "", name)
        log_event(lab, None, "point.kept", {"name": name}, lab.now())
    return point


def rename(lab_id: UUID, number: int, name: str) -> None:
    """Give a point a name, with which it stays, or another name. Raises TooManyPoints, PointGone."""
    with lab_write(lab_id) as lab:
        point = _point(lab, number)
        if not point.name:
            _raise_if_full(lab)
        point.name = name
        point.save(update_fields=["name"])
        log_event(lab, None, "point.named", {"number": number, "name": name}, lab.now())


def delete(lab_id: UUID, number: int) -> None:
    """Delete a point, and what nothing names any more after it. Raises PointGone."""
    with lab_write(lab_id) as lab:
        _point(lab, number).delete()
        clear_unnamed(lab)
        log_event(lab, None, "point.deleted", {"number": number}, lab.now())


def restore(lab_id: UUID, number: int) -> None:
    """Make the lab what it was at a point. A point is kept first, so that this can be undone as well.

    Attempts and events stay: they happened. Raises PointGone.
    """
    with lab_write(lab_id) as lab:
        document = document_at(_point(lab, number))  # read first: keeping one may cost the oldest its place
        keep_point(lab, "point.restored")
        put_state(lab, document, servers_of(lab, document))
        log_event(lab, None, "point.restored", {"number": number}, lab.now())


def _point(lab: Lab, number: int) -> RestorePoint:
    point = lab.restore_points.filter(number=number).first()
    if point is None:
        raise PointGone
    return point


def _raise_if_full(lab: Lab) -> None:
    if lab.restore_points.exclude(name="").count() >= MOST_NAMED:
        raise TooManyPoints
