"""What a change brings about is logged with what the servers write of it and what fills the texts of alarms."""

import pytest

from certstore.actions.writing import LINES_KEPT, lab_write, log_event
from certstore.models import Lab
from certstore.pki.connections import LogLine
from tests.working import TROUBLES, control_of, edge_of, set_peer

pytestmark = pytest.mark.django_db

# What each trouble takes down, in the order of the picture, and how many lines are kept with it.
BROUGHT_ABOUT = {
    "peer-address": [("zone", 4), ("tunnels", 0), ("sign-in", 0)],
    "subject-name": [("zone", 4), ("tunnels", 0), ("sign-in", 0)],
    "unknown-ca": [("zone", 4), ("tunnels", 0), ("sign-in", 0)],
    "unknown-intermediate": [("tunnels", 0), ("sign-in", 0)],
    "unified-cm": [("unified-cm", 3), ("sign-in", 0)],
    "jabber": [],
}


def failed_in(lab):
    events = lab.events.filter(code="connection.fails").order_by("seq")
    return [(event.params["kind"], len(event.params.get("lines", []))) for event in events]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_trouble_says_what_went_down_and_keeps_the_lines(working_lab, trouble):
    TROUBLES[trouble](working_lab)
    assert failed_in(working_lab) == BROUGHT_ABOUT[trouble]


def test_the_lines_are_those_of_both_servers_with_their_facts(working_lab):
    TROUBLES["peer-address"](working_lab)
    control, edge = str(control_of(working_lab).pk), str(edge_of(working_lab).pk)
    where = {"src_ip": "192.0.2.11", "dst_ip": "198.51.100.21", "dst_port": 7001}
    lines = working_lab.events.get(code="connection.fails", params__kind="zone").params["lines"]
    assert lines[0] == [
        control,
        "outbound-tls-error",
        {**where, "common_name": "198.51.100.21", "detail": "identity-unacceptable"},
    ]
    assert [(by, name) for by, name, _ in lines[1:]] == [
        (control, "tcp-closed"),
        (edge, "inbound-tls-error"),
        (edge, "tcp-closed"),
    ]


def test_what_works_again_brings_no_lines_and_lowers_its_alarms_with_the_same_facts(working_lab):
    TROUBLES["peer-address"](working_lab)
    set_peer(working_lab, "exp-e1.example.com")
    works = working_lab.events.filter(code="connection.works")
    assert {event.params["kind"] for event in works} == {"zone", "tunnels", "sign-in"}
    assert not any("lines" in event.params for event in works)
    for code in ("alarm.raised", "alarm.lowered"):
        told = working_lab.events.get(code=code, node=control_of(working_lab), params__alarm="35013")
        assert told.params["hosts"] == "exp-e1.example.com"


def test_a_change_that_brings_nothing_about_logs_itself_alone(working_lab):
    before = working_lab.events.count()
    set_peer(working_lab, "EXP-E1.example.com")  # case does not count
    assert working_lab.events.count() == before + 1


def test_what_is_kept_of_lines_is_bounded_whatever_they_are(working_lab):
    hostile = "\ud800\x00" + "x" * 5000
    lines = [LogLine("a", "tcp-closed", {"reason": hostile, "port": 1})] * 50
    with lab_write(working_lab.pk) as lab:
        event = log_event(lab, None, "connection.fails", {}, lab.now(), lines=lines)
    stored = Lab.objects.get(pk=working_lab.pk).events.get(seq=event.seq).params["lines"]
    assert len(stored) == LINES_KEPT
    assert {len(facts["reason"]) for _, _, facts in stored} == {300}
    assert "\x00" not in stored[0][2]["reason"]
