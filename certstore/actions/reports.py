"""What people report of real servers: taken, and put away by an operator. No lab has part in it."""

from datetime import timedelta

from certstore.models import BoxReport, User
from certstore.models.clock import real_instant, real_now
from certstore.models.writer import fair_write

MOST_A_DAY = 20


class TooManyReports(Exception):
    """The person has sent as many as are taken within a day."""


def send_report(user: User, about: str, said: str, words: str, release: str, role: str) -> BoxReport:
    """Keep what a real server says where this one says something else.

    In: who reports it, the key or code it is about and what is said here under it, the real words, release and
    role ("" for a role nobody knows). Out: the report. Raises TooManyReports.
    """
    with fair_write():
        User.objects.select_for_update().get(
            pk=user.pk
        )  # so that two at once are counted one after the other
        day_ago = real_now() - timedelta(days=1)
        if BoxReport.objects.filter(user=user, at_real__gt=day_ago).count() >= MOST_A_DAY:
            raise TooManyReports
        return BoxReport.objects.create(
            user=user, code=about, said=said, words=words, release=release, role=role
        )


def set_done(report: BoxReport, *, done: bool) -> None:
    """Put a report away, or take it out again; one that is where it shall be stays as it is."""
    with fair_write():
        report.closed_at = (report.closed_at or real_instant()) if done else None
        report.save(update_fields=["closed_at"])
