"""Reports about real servers, as the operator's page and the command tell them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet

from certstore.models import BoxReport
from certstore.pki.moments import iso, moment_text
from certstore.wording.reports import NOBODY, ROLE_UNKNOWN, ROLES

REPORTS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report in words."""

    number: int
    about: str  # the key or code
    said: str  # what stood here when it was sent
    words: str
    release: str
    role: str
    who: str
    at: str
    is_done: bool


def in_order(reports: QuerySet[BoxReport]) -> QuerySet[BoxReport]:
    """The open ones first, of either the newest first; each with its person."""
    return reports.select_related("user").order_by(F("closed_at").desc(nulls_first=True), "-at_real", "-id")


def reports_page(reports: QuerySet[BoxReport], page: str) -> tuple[Page[BoxReport], list[ReportRow]]:
    """Fifty reports: two queries. A page that is none is the nearest one."""
    found = Paginator(reports, REPORTS_A_PAGE).get_page(page)
    return found, list(_rows(found))


def every_report(*, only_open: bool) -> list[ReportRow]:
    """The reports of everybody, for the operator's command."""
    reports = in_order(BoxReport.objects.all())
    return list(_rows(reports.filter(closed_at__isnull=True) if only_open else reports))


def _rows(reports: Iterable[BoxReport]) -> Iterator[ReportRow]:
    for report in reports:
        yield ReportRow(
            number=report.pk,
            about=report.code,
            said=report.said,
            words=report.words,
            release=report.release,
            role=ROLES.get(report.role, ROLE_UNKNOWN) if report.role else ROLE_UNKNOWN,
            who=report.user.username if report.user else NOBODY,
            at=moment_text(iso(report.at_real)),
            is_done=report.closed_at is not None,
        )
