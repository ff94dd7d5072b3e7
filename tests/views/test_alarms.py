"""Status > Alarms: the rows, what is new, and the button that acknowledges."""

import pytest
from django.urls import reverse

from certstore.models import AlarmAck, Lab
from tests.working import TROUBLES, control_of, edge_of

pytestmark = pytest.mark.django_db

ZONE, TUNNELS = "45010 Traversal zone", "35013 exp-e1.example.com"


@pytest.fixture
def control(working_lab):
    TROUBLES["peer-address"](working_lab)
    return control_of(Lab.objects.get(pk=working_lab.pk))


def page_of(client, node, query=""):
    return client.get(reverse("alarms", args=[node.pk]) + query).content.decode()


def acknowledge(client, node, *values, **keys):
    return client.post(reverse("alarms-acknowledge", args=[node.pk]), {"alarm": list(values)}, **keys)


def test_an_alarm_of_a_connection_has_its_row_with_texts_and_the_moment(owner_client, control):
    text = page_of(owner_client, control)
    for words in ("Configuration warning", "Peer not responding", "SSH tunnel failure", "exp-e1.example.com"):
        assert words in text
    assert text.count('name="alarm"') == text.count(">New<") == 3  # one of them is the trust store's
    assert f'value="{ZONE}"' in text


def test_acknowledging_says_so_and_the_sign_counts_it_no_longer(owner_client, control):
    assert "System alarms: 3" in page_of(owner_client, control)
    answer = acknowledge(owner_client, control, ZONE, TUNNELS)
    assert answer.status_code == 302
    text = owner_client.get(answer["Location"]).content.decode()
    assert "Alarms acknowledged: 2." in text
    assert "System alarm: 1" in text
    assert text.count(">Acknowledged<") == 2
    assert text.count('name="alarm"') == 3  # they stay until they are cured


def test_the_history_and_the_log_tell_of_it(owner_client, control):
    acknowledge(owner_client, control, ZONE)
    history = owner_client.get(reverse("lab-history", args=[control.lab_id])).content.decode()
    assert "Alarm acknowledged: 45010 Configuration warning. Traversal zone" in history
    log = owner_client.get(reverse("event-log", args=[control.pk])).content.decode()
    assert "Event=&quot;Alarm Acknowledged&quot; Id=&quot;45010&quot;" in log


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([], "No alarm was selected."),
        (["40068 "], "None of the selected alarms is new"),
        (["45010 <script>alert(1)</script>"], "None of the selected alarms is new"),
        (["x" * 9000, "\x00"], "None of the selected alarms is new"),
    ],
    ids=["none", "not-raised", "hostile", "long"],
)
def test_a_selection_that_does_nothing_is_refused_with_a_sentence(owner_client, control, values, said):
    answer = acknowledge(owner_client, control, *values)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert b"<script>alert" not in answer.content
    assert not AlarmAck.objects.exists()


def test_twice_is_refused_the_second_time(owner_client, control):
    acknowledge(owner_client, control, ZONE)
    assert acknowledge(owner_client, control, ZONE).status_code == 422


def test_another_event_and_that_of_another_server_make_no_bar(owner_client, control):
    acknowledge(owner_client, control, ZONE)
    seqs = [event.seq for event in control.lab.events.all()]
    for seq in seqs[1:]:
        assert "Alarms acknowledged" not in page_of(owner_client, control, f"?event={seq}")
    assert "Alarms acknowledged" not in page_of(owner_client, edge_of(control.lab), f"?event={seqs[0]}")


def test_the_address_of_the_button_leads_to_the_page(owner_client, control):
    answer = owner_client.get(reverse("alarms-acknowledge", args=[control.pk]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("alarms", args=[control.pk]))


def test_a_stranger_acknowledges_nothing(stranger_client, control):
    assert acknowledge(stranger_client, control, ZONE).status_code == 404
    assert not AlarmAck.objects.exists()
