"""The first screen: four doors, the labs changed last, what ends soon; and nothing of anybody else's."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from certstore.actions import labs as actions
from certstore.actions.labs import make_example_lab
from certstore.models import Installation, Lab, User
from certstore.models.clock import real_now
from certstore.pki.moments import date_text, from_iso
from certstore.views.home import MOST_ENDINGS, MOST_RECENT
from certstore.wording.home import DOORS, end_in_words

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>\"'&{{ lab }}"
GOT_IT = "Got it"


def text(client: Client) -> str:
    return " ".join(client.get(reverse("home")).content.decode().split())


def running_end(lab: Lab, kind: str = "expressway-e"):
    slots = Installation.objects.filter(slot__node__lab=lab, slot__node__kind=kind, is_running=True)
    return from_iso(slots.get().certificate.not_after)


# Doors


def test_there_are_four_doors_in_their_order(lab, owner_client):
    body = text(owner_client)
    places = [body.index(f"<b>{door.name}</b>") for door in DOORS.values()]
    assert places == sorted(places)
    assert list(DOORS) == ["check-files", "practise", "rehearse", "reproduce"]
    assert all(escape(door.wish) in body for door in DOORS.values())
    assert f'href="{reverse("check-files")}"' in body


def test_it_says_that_nothing_here_is_real(owner_client):
    assert "Nothing here is real, so break it." in text(owner_client)


def test_practise_goes_on_in_the_practise_lab_that_was_changed_last(owner, lab, owner_client, made_servers):
    newer = make_example_lab(owner, made_servers)
    assert practise_address(owner_client) == reverse("lab", args=[newer.pk])
    actions.rename(lab.pk, "Mine")
    assert practise_address(owner_client) == reverse("lab", args=[lab.pk])
    assert "Go on in Mine." in text(owner_client)


def test_practise_makes_a_lab_for_who_has_none_to_practise_in(lab, owner_client):
    Lab.objects.filter(pk=lab.pk).update(kind=Lab.Kind.REHEARSE)
    assert practise_address(owner_client) == reverse("labs") + "?kind=practise#new-lab"


def practise_address(client: Client) -> str:
    doors = client.get(reverse("home")).context["doors"]
    return next(door.address for door in doors if door.name == "Practise")


@pytest.mark.parametrize("kind", ["practise", "rehearse", "reproduce"])
def test_a_door_opens_new_lab_with_its_kind_chosen(lab, owner_client, kind):
    answer = owner_client.get(reverse("labs"), {"kind": kind})
    body = " ".join(answer.content.decode().split())
    assert answer.context["form"].initial["kind"] == kind
    radios = re.findall(r'<input type="radio" name="kind"[^>]*>', body)
    assert [radio for radio in radios if "checked" in radio] == [
        radio for radio in radios if f'value="{kind}"' in radio
    ]
    assert len(radios) == 3
    assert "<details open>" in body


@pytest.mark.parametrize("kind", ["", "anything", HOSTILE])
def test_a_kind_that_is_none_opens_nothing(lab, owner_client, kind):
    answer = owner_client.get(reverse("labs"), {"kind": kind})
    assert answer.status_code == 200
    assert "<details open>" not in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()


def test_the_first_task_is_offered_where_there_is_a_lab_to_do_it_in(lab, owner_client):
    assert f'href="{reverse("start-here", args=[lab.pk])}"' in text(owner_client)
    Lab.objects.filter(pk=lab.pk).update(kind=Lab.Kind.REPRODUCE)
    assert "Start here" not in text(owner_client)


# The picture


def test_the_picture_is_shown_until_it_was_seen(owner, lab, owner_client):
    assert GOT_IT in text(owner_client)
    answer = owner_client.post(reverse("picture-seen"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))
    assert User.objects.get(pk=owner.pk).has_seen_the_picture
    assert GOT_IT not in text(owner_client)
    assert "showings" not in text(owner_client)


def test_looking_alone_is_no_got_it(owner, owner_client, stranger):
    owner_client.get(reverse("home"))
    owner_client.get(reverse("picture"))
    assert owner_client.get(reverse("picture-seen")).status_code == 405
    owner_client.post(reverse("picture-seen"))
    assert not User.objects.get(pk=stranger.pk).has_seen_the_picture


def test_who_is_not_signed_in_has_seen_nothing(owner, client):
    answer = client.post(reverse("picture-seen"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("sign-in"))
    assert not User.objects.filter(has_seen_the_picture=True)


# Recent labs


def test_the_labs_that_were_changed_last_stand_first_and_the_rest_are_counted(
    owner, lab, owner_client, made_servers
):
    labs = [lab, *(make_example_lab(owner, made_servers) for _ in range(MOST_RECENT))]
    for number, each in enumerate(labs):
        actions.rename(each.pk, f"Lab number {number}")
    actions.rename(lab.pk, "Touched again")
    recent = owner_client.get(reverse("home")).context["recent"]
    assert [row["name"] for row in recent] == ["Touched again", *(f"Lab number {n}" for n in (5, 4, 3, 2))]
    assert "(1 more)" in text(owner_client)


def test_each_server_is_told_in_words_and_by_a_sign(lab, exp_e, owner_client):
    assert 'class="st ok"' in text(owner_client)
    assert "exp-c1</a>: its certificate is valid" in text(owner_client)
    actions.set_lab_time(lab.pk, running_end(lab))
    assert "exp-e1</a>: its certificate has expired" in text(owner_client)


def test_who_has_no_lab_is_told_so(owner_client):
    body = text(owner_client)
    assert "You have no lab yet." in body
    assert "Nothing: no certificate" in body


# What ends soon


@pytest.mark.parametrize(
    ("away", "says"),
    [
        (timedelta(days=21, hours=1), None),
        (timedelta(days=20, hours=1), "in 20 days"),
        (timedelta(days=1, hours=1), "in 1 day"),
        (timedelta(hours=1), "in less than a day"),
        (timedelta(seconds=-1), "ended on"),
    ],
)
def test_a_certificate_that_ends_by_the_clock_of_its_lab_is_listed(lab, owner_client, away, says):
    actions.set_lab_time(lab.pk, running_end(lab) - away)
    body = text(owner_client)
    about = body[body.index("What ends soon") :]
    date = date_text(running_end(lab).strftime("%Y-%m-%dT%H:%M:%SZ"))
    assert (f"exp-e1</a> in {lab.name}: the certificate" in about) is (says is not None)
    if says:
        assert date in about
        assert says in about
        assert ('class="st bad"' in about) is (says == "ended on")


def test_the_clock_of_another_lab_does_not_count(owner, lab, owner_client, made_servers):
    moved = make_example_lab(owner, made_servers)
    actions.rename(moved.pk, "Moved")
    actions.set_lab_time(moved.pk, running_end(moved) - timedelta(days=3))
    endings = owner_client.get(reverse("home")).context["endings"]
    assert {row["lab"] for row in endings} == {"Moved"}


def test_many_ends_are_cut_and_counted(owner, lab, owner_client, made_servers):
    labs = [lab, *(make_example_lab(owner, made_servers) for _ in range(MOST_ENDINGS))]
    for each in labs:
        actions.set_lab_time(each.pk, running_end(each) + timedelta(days=1))
    assert text(owner_client).count("the certificate ended on") == MOST_ENDINGS
    assert f"and {2 * len(labs) - MOST_ENDINGS} more" in text(owner_client)


@pytest.mark.parametrize(
    ("away", "listed"),
    [(timedelta(days=7, minutes=-1), True), (timedelta(days=7, minutes=1), False), (None, False)],
)
def test_a_lab_that_is_deleted_within_a_week_is_listed(lab, owner_client, away, listed):
    Lab.objects.filter(pk=lab.pk).update(expires_at=real_now() + away if away else None)
    body = text(owner_client)
    assert ("will be deleted on" in body) is listed
    assert (reverse("lab-settings", args=[lab.pk]) + "#keep" in body) is listed


@pytest.mark.parametrize(
    ("days", "has_ended", "says"),
    [
        (-3, True, "ended on 1 Jan 2027"),
        (0, False, "ends on 1 Jan 2027, in less than a day"),
        (1, False, "ends on 1 Jan 2027, in 1 day"),
        (2, False, "ends on 1 Jan 2027, in 2 days"),
    ],
)
def test_an_end_in_words(days, has_ended, says):
    assert end_in_words("1 Jan 2027", days, has_ended=has_ended) == says


# Whose


def test_a_strangers_labs_never_appear(lab, other_lab, owner_client):
    actions.rename(other_lab.pk, "Theirs")
    actions.set_lab_time(other_lab.pk, running_end(other_lab) + timedelta(days=1))
    Lab.objects.filter(pk=other_lab.pk).update(expires_at=real_now() + timedelta(days=1))
    body = text(owner_client)
    assert "Theirs" not in body
    assert str(other_lab.pk) not in body
    assert "the certificate ended" not in body
    assert "will be deleted" not in body


def test_a_lab_whose_days_are_over_is_gone(lab, owner_client):
    actions.rename(lab.pk, "Over")
    Lab.objects.filter(pk=lab.pk).update(expires_at=real_now() - timedelta(seconds=1))
    assert "Over" not in text(owner_client)


def test_the_name_of_a_case_is_hidden_wherever_it_could_stand(lab, owner_client):
    actions.rename(lab.pk, "Customer Ltd")
    actions.set_lab_time(lab.pk, running_end(lab))
    soon = real_now() + timedelta(days=1)
    Lab.objects.filter(pk=lab.pk).update(kind=Lab.Kind.REPRODUCE, expires_at=soon)
    body = text(owner_client)
    assert "Customer" not in body
    assert body.count(f"Case {lab.pk.hex[:4]}") == 4  # the lab, its two certificates, its end


def test_a_hostile_name_is_shown_as_text(lab, owner_client):
    actions.rename(lab.pk, HOSTILE)
    actions.set_lab_time(lab.pk, running_end(lab))
    body = owner_client.get(reverse("home")).content.decode()
    assert "<script>alert(1)" not in body
    assert body.count(escape(HOSTILE)) == 4  # the door, the lab, its two certificates


def test_it_asks_as_much_for_ten_labs_as_for_one(
    owner, lab, owner_client, made_servers, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(5) as one:
        owner_client.get(reverse("home"))
    for _ in range(9):
        make_example_lab(owner, made_servers)
    with django_assert_num_queries(len(one)):
        owner_client.get(reverse("home"))


def test_the_fragment_brings_its_title_along(lab, owner_client):
    part = owner_client.get(reverse("home"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "<title>What do you want to do?" in part
