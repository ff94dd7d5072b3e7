"""Alarms are acknowledged one by one, only while they are raised, and are new when they are raised again."""

import pytest

from certstore.actions.alarms import acknowledge
from certstore.models import AlarmAck, Lab
from certstore.reading.lab_state import raised_on, unacknowledged
from tests.working import control_of, edge_of, peer_is_an_address, set_peer

pytestmark = pytest.mark.django_db

ZONE, TUNNELS = ("45010", "Traversal zone"), ("35013", "exp-e1.example.com")


@pytest.fixture
def broken_lab(working_lab: Lab) -> Lab:
    peer_is_an_address(working_lab)
    return Lab.objects.get(pk=working_lab.pk)


def acknowledged_on(node):
    return {(alarm.name, alarm.subject) for alarm, known in raised_on(node, node.lab.now()) if known}


def codes_of(lab):
    return [event.code for event in lab.events.all()]


def test_an_alarm_that_is_acknowledged_is_counted_no_longer_and_stays_raised(broken_lab):
    control = control_of(broken_lab)
    event = acknowledge(control, [ZONE])
    assert acknowledged_on(control) == {ZONE}
    assert len(raised_on(control, broken_lab.now())) == len(unacknowledged(control, broken_lab.now())) + 1
    assert (event.code, event.node) == ("alarm.acknowledged", control)
    assert event.params == {"alarm": "45010", "subject": "Traversal zone", "acknowledged": 1}


def test_several_at_once_are_an_event_each_and_the_last_counts_them(broken_lab):
    before = len(codes_of(broken_lab))
    event = acknowledge(control_of(broken_lab), [TUNNELS, ZONE, ZONE])
    assert event.params["acknowledged"] == 2
    assert codes_of(broken_lab)[: len(codes_of(broken_lab)) - before] == ["alarm.acknowledged"] * 2


@pytest.mark.parametrize(
    "wanted",
    [[("45010", "another zone")], [("40068", "")], [("<script>", "x" * 5000)], [("", "")], []],
    ids=["another-subject", "not-raised", "hostile", "empty", "none"],
)
def test_what_is_not_raised_cannot_be_acknowledged(broken_lab, wanted):
    events = len(codes_of(broken_lab))
    assert acknowledge(control_of(broken_lab), wanted) is None
    assert not AlarmAck.objects.exists()
    assert len(codes_of(broken_lab)) == events


def test_the_alarm_of_another_server_is_not_acknowledged_along_with_it(broken_lab):
    acknowledge(control_of(broken_lab), [ZONE, TUNNELS])
    assert acknowledged_on(edge_of(broken_lab)) == set()
    assert acknowledge(edge_of(broken_lab), [ZONE]) is None  # Expressway-E does not raise it


def test_twice_is_once(broken_lab):
    assert acknowledge(control_of(broken_lab), [ZONE]) is not None
    assert acknowledge(control_of(broken_lab), [ZONE]) is None
    assert AlarmAck.objects.count() == 1


def test_it_keeps_no_restore_point_and_changes_nothing_else(broken_lab):
    points = broken_lab.restore_points.count()
    acknowledge(control_of(broken_lab), [ZONE])
    assert broken_lab.restore_points.count() == points


def test_an_alarm_that_was_cured_and_comes_again_is_new(broken_lab):
    control = control_of(broken_lab)
    acknowledge(control, [ZONE, TUNNELS])
    set_peer(broken_lab, edge_of(broken_lab).fqdn)
    assert not AlarmAck.objects.exists()
    set_peer(broken_lab, edge_of(broken_lab).address)
    assert acknowledged_on(control) == set()
