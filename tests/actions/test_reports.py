"""Reports about real servers: how many a person may send, and what closing does."""

from datetime import timedelta

import pytest

from certstore.actions.reports import MOST_A_DAY, TooManyReports, send_report, set_done
from certstore.models import BoxReport, User
from certstore.models.clock import real_now

pytestmark = pytest.mark.django_db


def send(user: User) -> BoxReport:
    return send_report(user, "file.zip", "ours", "theirs", "X15.0", "")


def test_each_person_has_a_number_of_reports_of_their_own(owner, stranger):
    for _ in range(MOST_A_DAY):
        send(owner)
    with pytest.raises(TooManyReports):
        send(owner)
    assert send(stranger).user == stranger
    assert BoxReport.objects.count() == MOST_A_DAY + 1


def test_what_is_older_than_a_day_counts_no_more(owner):
    for _ in range(MOST_A_DAY):
        send(owner)
    oldest = BoxReport.objects.order_by("at_real").first()
    BoxReport.objects.filter(pk=oldest.pk).update(at_real=real_now() - timedelta(hours=24, seconds=1))
    send(owner)
    with pytest.raises(TooManyReports):
        send(owner)


def test_putting_away_a_report_does_not_make_room_for_more(owner):
    for _ in range(MOST_A_DAY):
        set_done(send(owner), done=True)
    with pytest.raises(TooManyReports):
        send(owner)


def test_closing_twice_keeps_the_first_moment_and_opening_takes_it_away(owner):
    report = send(owner)
    set_done(report, done=True)
    closed_at = report.closed_at
    set_done(report, done=True)
    assert BoxReport.objects.get().closed_at == closed_at
    set_done(report, done=False)
    assert BoxReport.objects.get().closed_at is None
