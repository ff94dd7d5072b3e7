"""The page of a lab's clock. It moves certificates, and neither sign-in nor any other lab."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from certstore.models import Lab
from certstore.models.clock import real_now
from certstore.pki.moments import iso, moment_text
from certstore.wording import labs as words

PAGES = ["lab", "lab-time", "lab-settings", "lab-files", "lab-reset", "lab-delete"]


def fresh(lab):
    return Lab.objects.get(pk=lab.pk)


def set_time(client, lab, **data):
    return client.post(reverse("lab-time", args=[lab.pk]), data)


def text(answer):
    return " ".join(answer.content.decode().split())


def one_second_ago():
    return iso(real_now() - timedelta(seconds=1))


@pytest.mark.parametrize(
    "typed",
    ["1950-01-01T00:00", "2038-01-19T03:14:08", "9999-12-31T23:59:59", one_second_ago(), "0001-01-01T00:00"],
    ids=["1950", "2038", "9999", "one second ago", "the year 1"],
)
def test_no_time_breaks_a_page_or_moves_anything_else(lab, other_lab, owner_client, typed):
    sessions = list(Session.objects.values_list("session_key", "expire_date"))
    owner_client.post(reverse("lab-time", args=[lab.pk]), {"moment": typed})
    for page in PAGES:
        assert owner_client.get(reverse(page, args=[lab.pk])).status_code == 200, page
    assert owner_client.get(reverse("labs")).status_code == 200
    assert fresh(other_lab).version == other_lab.version
    assert list(Session.objects.values_list("session_key", "expire_date")) == sessions


@pytest.mark.parametrize(
    "typed", ["2027-01-14T09:04", "2027-01-14 09:04 UTC", "2027-01-14T09:04:00Z", " 2027-01-14 09:04:00.5 "]
)
def test_a_typed_moment_becomes_the_time_of_the_lab(lab, owner_client, typed):
    answer = set_time(owner_client, lab, moment=typed)
    assert answer.status_code == 302
    assert abs(fresh(lab).now() - datetime(2027, 1, 14, 9, 4, tzinfo=UTC)) < timedelta(minutes=1)
    assert "14 Jan 2027" in text(owner_client.get(reverse("labs")))
    assert "Lab time <b>14 Jan 2027 09:0" in text(owner_client.get(reverse("lab-files", args=[lab.pk])))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "tomorrow",
        "2027-13-01T00:00",
        "2027-02-30T00:00",
        "12027-01-01T00:00",
        "1949-12-31T23:59",
        "٢٠٢٧-01-01T00:00",
    ],
)
def test_what_is_no_moment_is_refused_with_a_sentence(lab, owner_client, typed):
    answer = set_time(owner_client, lab, moment=typed)
    assert answer.status_code == 422
    assert words.NO_MOMENT in text(answer)
    assert fresh(lab).version == lab.version


@pytest.mark.parametrize(("jump", "days"), [("day", 1), ("month", 30), ("year", 365)])
def test_a_button_goes_on_from_the_labs_own_time(lab, owner_client, jump, days):
    set_time(owner_client, lab, moment="2030-01-01T00:00")
    set_time(owner_client, lab, jump=jump, moment="1999-01-01T00:00")
    expected = datetime(2030, 1, 1, tzinfo=UTC) + timedelta(days=days)
    assert abs(fresh(lab).now() - expected) < timedelta(minutes=1)


def test_back_to_now(lab, owner_client):
    set_time(owner_client, lab, jump="year")
    set_time(owner_client, lab, jump="now")
    assert fresh(lab).clock_offset_s == 0


def test_every_certificate_that_is_held_has_its_end_among_the_jumps(lab, exp_e, owner_client):
    body = text(owner_client.get(reverse("lab-time", args=[lab.pk])))
    held = exp_e.factory_certificate
    assert moment_text(held.not_after) in body
    assert "CN=ISRG Root X1" in body
    assert "DST Root CA X3" not in body  # ended in 2021


def test_just_after_the_end_a_certificate_has_ended(lab, exp_e, owner_client):
    page = owner_client.get(reverse("lab-time", args=[lab.pk]))
    end = next(
        end for end in page.context["ends"] if end["text"] == moment_text(exp_e.factory_certificate.not_after)
    )
    set_time(owner_client, lab, jump=end["before"])
    assert "ended on" not in text(owner_client.get(reverse("lab", args=[lab.pk])))
    set_time(owner_client, lab, jump=end["after"])
    assert "ended on" in text(owner_client.get(reverse("lab", args=[lab.pk])))


def test_a_stranger_moves_no_clock(lab, stranger_client):
    assert set_time(stranger_client, lab, jump="year").status_code == 404
    assert fresh(lab).version == lab.version
