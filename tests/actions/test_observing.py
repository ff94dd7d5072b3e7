"""After a change the lab names what else changed: connections, and alarms."""

import pytest

from certstore.actions import csr, labs, restart, server_certificate, trusted_ca
from certstore.models import AlarmAck, Lab, Node, SlotName
from certstore.models.clock import shifted
from certstore.reading.lab_state import lab_view, unacknowledged
from certstore.scenarios import WORKING
from tests.changing import a_request
from tests.labs import content_of, tried
from tests.walk import Walk

DAY = 86_400


@pytest.fixture
def working(owner, made_servers) -> Lab:
    """A lab in which everything works."""
    return labs.make_lab(owner, Lab.Kind.PRACTISE, "Working", "X14.3", made=made_servers, recipe=WORKING)


@pytest.fixture
def edge(working) -> Node:
    return working.nodes.get(kind=Node.Kind.EXPRESSWAY_E)


def after(lab, code):
    """The events that follow the newest one of a code, oldest first: code, kind or alarm."""
    own = lab.events.filter(code=code).first()
    events = lab.events.filter(seq__gt=own.seq).order_by("seq")
    return [(event.code, event.params.get("kind") or event.params.get("alarm")) for event in events]


def renew(lab, edge):
    """The renewal of the source document's fourth trouble: the new issuing CA goes into one list only."""
    trusted_ca.append(edge, tried(content_of(lab, "exp-e1-renewal-issuing-ca.pem")), lab.owner)
    assert server_certificate.upload(
        edge, tried(content_of(lab, "exp-e1-renewal.pem")), None, lab.owner
    ).stored
    restart.restart(edge)


def test_a_change_that_touches_no_connection_brings_nothing_about(working, edge):
    trusted_ca.append(edge, tried(content_of(working, "exp-e1-renewal-issuing-ca.pem")), working.owner)
    assert after(working, "trusted-ca.appended") == []


def test_an_upload_asks_for_a_restart_and_changes_no_connection(working, edge):
    trusted_ca.append(edge, tried(content_of(working, "exp-e1-renewal-issuing-ca.pem")), working.owner)
    server_certificate.upload(edge, tried(content_of(working, "exp-e1-renewal.pem")), None, working.owner)
    assert after(working, "server-certificate.accepted") == [("alarm.raised", "15028")]


def test_a_restart_with_a_ca_that_the_other_side_lacks_names_the_tunnels_and_the_sign_in(working, edge):
    renew(working, edge)
    assert after(working, "restart.done") == [
        ("connection.fails", "tunnels"),
        ("connection.fails", "sign-in"),
        ("alarm.lowered", "15028"),
        ("alarm.raised", "35013"),
        ("alarm.raised", "35013"),
    ]
    failed = working.events.get(code="connection.fails", params__kind="tunnels")
    assert (failed.node.host, failed.params["source"], failed.params["target"]) == (
        "exp-c1",
        "exp-c1",
        "exp-e1",
    )
    assert failed.params["cause"] == "tunnels.ca-missing"


def test_the_cure_names_what_works_again(working, edge):
    renew(working, edge)
    control = working.nodes.get(kind=Node.Kind.EXPRESSWAY_C)
    trusted_ca.append(control, tried(content_of(working, "exp-e1-renewal-issuing-ca.pem")), working.owner)
    assert after(working, "trusted-ca.appended") == [
        ("connection.works", "tunnels"),
        ("connection.works", "sign-in"),
        ("alarm.lowered", "35013"),
        ("alarm.lowered", "35013"),
    ]


def test_what_only_time_has_done_is_not_told_of_the_next_change(working, edge):
    labs.rename(working.pk, "Seen")
    ends = lab_view(working, working.now()).topology.edges[0].server.not_after
    assert ends
    Lab.objects.filter(pk=working.pk).update(clock_offset_s=400 * DAY)  # nobody was there when it ended
    labs.rename(working.pk, "Another name")
    assert after(working, "lab.renamed") == []


def test_a_moved_clock_is_told_what_it_did(working):
    labs.set_lab_time(working.pk, shifted(working.now(), 400 * DAY))
    told = after(working, "lab.time")
    assert ("connection.fails", "zone") in told
    assert ("alarm.raised", "40068") in told


def test_an_acknowledgement_goes_with_its_alarm(working, edge):
    renew(working, edge)
    hosts = (
        working.events.filter(code="alarm.raised", params__alarm="35013", node=edge).get().params["subject"]
    )
    AlarmAck.objects.create(node=edge, alarm="35013", subject=hosts)
    labs.rename(working.pk, "It stays while the alarm is raised")
    assert AlarmAck.objects.count() == 1
    control = working.nodes.get(kind=Node.Kind.EXPRESSWAY_C)
    trusted_ca.append(control, tried(content_of(working, "exp-e1-renewal-issuing-ca.pem")), working.owner)
    assert not AlarmAck.objects.exists()


def test_another_lab_sees_nothing_of_it(working, edge, other_lab):
    before = other_lab.events.count()
    renew(working, edge)
    assert other_lab.events.count() == before


def test_a_lab_is_looked_at_when_it_is_made_so_that_the_first_file_of_a_class_is_no_slower(working):
    working.refresh_from_db()
    view = lab_view(working, working.now())
    assert len(working.seen["connections"]) == len(list(view.state.all))
    assert {alarm[1] for alarm in working.seen["alarms"]} == {
        alarm.name for alarms in view.alarms.values() for alarm in alarms
    }


def test_a_name_a_column_and_a_request_are_no_reason_to_judge_every_connection(working, edge):
    Lab.objects.filter(pk=working.pk).update(seen={})
    labs.rename(working.pk, "Week 48")
    labs.set_explanations(working.pk, Lab.Explanations.OFF)
    csr.import_request(edge, SlotName.SERVER, a_request("real"))
    csr.discard(edge, SlotName.SERVER)
    working.refresh_from_db()
    assert working.seen == {}, "nobody has looked"
    restart.restart(edge)
    working.refresh_from_db()
    assert working.seen["connections"]


@pytest.mark.parametrize("seed", [3, 2027])
def test_after_any_action_what_is_noted_of_alarms_is_what_a_look_at_every_connection_finds(lab, exp_e, seed):
    walk = Walk(lab, seed)
    raised = set()
    for _ in range(200):
        walk.step()
        for node in Lab.objects.get(pk=lab.pk).expressways.select_related("lab"):
            now = node.lab.now()
            noted, found = unacknowledged(node, now), unacknowledged(node, now, lab_view(node.lab, now))
            assert sorted(noted, key=named) == sorted(found, key=named), walk.done
            raised |= {alarm.name for alarm in found}
    assert len(raised) > 5, "too few alarms were raised for this test to say anything"


def named(alarm):
    return alarm.name, alarm.subject
