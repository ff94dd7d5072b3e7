"""The switches of the product's command line in Lab settings."""

import pytest
from django.urls import reverse

from certstore.actions.labs import set_switches
from certstore.models import Event, Lab
from certstore.pki.releases import Switch
from certstore.reading.servers import server_of
from certstore.wording import switches as words
from certstore.wording.labs import event_sentence

UPLOAD = "xConfiguration XCP TLS Certificate CVS EnableServerEkuUpload"
CHECKING = "xConfiguration SIP TLS Certificate ExtendedKeyUsage Checking Mode"


def runs(lab, release):
    Lab.objects.filter(pk=lab.pk).update(release=release)


def settings_page(client, lab):
    return " ".join(client.get(reverse("lab-settings", args=[lab.pk])).content.decode().split())


def send(client, lab, **data):
    data = {name.replace("_", "-"): value for name, value in data.items()}
    return client.post(reverse("lab-settings-switches", args=[lab.pk]), data)


def positions(lab):
    lab.refresh_from_db()
    return lab.server_eku_upload, lab.eku_checking


# Release: the fields that can be set there, and how often the page says that a switch is not there.
THERE = [
    ("X14.3", [], 2),
    ("X15.3.2", [], 2),
    ("X15.4", ["server-eku-upload"], 1),
    ("X15.5", ["eku-checking"], 1),
    ("15.6", ["eku-checking"], 1),
]


@pytest.mark.parametrize(("release", "fields", "absent"), THERE)
def test_both_commands_are_shown_and_those_the_release_has_can_be_set(
    lab, owner_client, release, fields, absent
):
    runs(lab, release)
    page = settings_page(owner_client, lab)
    assert UPLOAD in page
    assert CHECKING in page
    assert [one.value for one in Switch if f'name="{one.value}"' in page] == fields
    assert page.count("Not on X1") == absent


def test_the_check_of_connections_says_what_it_decides(lab, owner_client):
    runs(lab, "X15.5")
    assert "the traversal zone comes up without one; the SSH tunnels still do not" in settings_page(
        owner_client, lab
    )


def test_a_switch_is_set_shown_logged_and_judges_from_then_on(lab, exp_e, owner_client):
    runs(lab, "X15.4")
    assert send(owner_client, lab, server_eku_upload="True").status_code == 302
    assert positions(lab) == (True, True)
    assert server_of(exp_e, lab).switches.server_eku_upload is True
    event = Event.objects.filter(lab=lab).first()
    assert event_sentence(event.code, event.params) == f"The servers were told: {UPLOAD}: On."
    on = '<input type="radio" name="server-eku-upload" value="True"'
    assert "checked" in settings_page(owner_client, lab).partition(on)[2].partition(">")[0]


def test_a_switch_that_stands_that_way_already_is_no_event(lab, owner_client):
    runs(lab, "X15.5")
    before = Event.objects.filter(lab=lab).count()
    assert send(owner_client, lab, eku_checking="True").status_code == 302
    assert Event.objects.filter(lab=lab).count() == before
    send(owner_client, lab, eku_checking="False")
    assert (positions(lab), Event.objects.filter(lab=lab).count()) == ((False, False), before + 1)


@pytest.mark.parametrize("value", ["", "maybe", "<b>", "on"])
def test_a_position_that_is_none_is_refused_and_nothing_changes(lab, owner_client, value):
    runs(lab, "X15.4")
    answer = send(owner_client, lab, server_eku_upload=value)
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()
    assert positions(lab) == (False, True)


def test_a_release_without_switches_says_so_to_whoever_sends_one(lab, owner_client):
    answer = send(owner_client, lab, server_eku_upload="True", eku_checking="False")
    assert answer.status_code == 422
    assert words.NONE_HERE in answer.content.decode()
    assert positions(lab) == (False, True)


def test_the_other_releases_switch_is_left_alone(lab, owner_client):
    runs(lab, "X15.4")
    send(owner_client, lab, server_eku_upload="True", eku_checking="False")
    assert positions(lab) == (True, True)
    set_switches(lab.pk, {Switch.EKU_CHECKING: False})
    assert positions(lab) == (True, True)
