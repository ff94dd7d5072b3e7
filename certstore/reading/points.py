"""Restore points as their pages show them: the list, and what differs between two of them."""

from dataclasses import dataclass

from certstore.models import Lab, RestorePoint
from certstore.pki.moments import iso, moment_text
from certstore.reading.lab_document import Document, document_at, document_of
from certstore.wording import points as words
from certstore.wording.lab_differences import Section, differences


@dataclass(frozen=True, slots=True)
class PointRow:
    """One point as the list prints it."""

    number: int
    name: str
    before: str
    at: str
    kept: str

    @property
    def called(self) -> str:
        """The point in a few words, to choose it by."""
        why = self.name or (f"before {self.before}" if self.before else "")
        return f"{self.number}: {why}, {self.at}" if why else f"{self.number}: {self.at}"


def points_of(lab: Lab) -> list[PointRow]:
    """Every point of a lab, the newest first: one query, no document read."""
    return [row_of(point) for point in lab.restore_points.defer("document")]


def row_of(point: RestorePoint) -> PointRow:
    """One point in words."""
    return PointRow(
        number=point.number,
        name=point.name,
        before=words.before(point.before),
        at=moment_text(point.at_lab),
        kept=moment_text(iso(point.at_real)),
    )


def changed_since(point: RestorePoint) -> tuple[Section, ...]:
    """What going back to a point would change in its lab as it is now."""
    return _told(point.lab, document_of(point.lab), document_at(point))


def compared(lab: Lab, before: int | None, after: int | None) -> tuple[Section, ...] | None:
    """What changed from one point of a lab to another, by their numbers; None stands for now.

    Out: None when the lab has no such point.
    """
    documents = [_document(lab, number) for number in (before, after)]
    first, second = documents
    return None if first is None or second is None else _told(lab, first, second)


def _document(lab: Lab, number: int | None) -> Document | None:
    if number is None:
        return document_of(lab)
    point = lab.restore_points.filter(number=number).first()
    return document_at(point) if point else None


def _told(lab: Lab, before: Document, after: Document) -> tuple[Section, ...]:
    """The differences, with the names of the lab's certificates and CRLs: two queries."""
    names = dict(lab.certificates.values_list("sha256", "facts__subject"))
    names |= {
        sha256: f"CRL of {issuer}" for sha256, issuer in lab.crls.values_list("sha256", "facts__issuer")
    }
    return differences(before, after, names)
