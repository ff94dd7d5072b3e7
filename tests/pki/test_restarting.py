"""What is down while a server restarts, and for that reason alone."""

from dataclasses import replace

from certstore.pki.connections import Health
from certstore.pki.restarting import during_restart
from certstore.pki.states import state_of
from tests.pki.deployments import control, cucm, deployment, edge, link
from tests.pki.test_ssh import WITHOUT_PUBLIC_CA
from tests.pki.zones import E_NAME


def down(topology, server_id):
    """Which connections, in short."""
    found = during_restart(topology, state_of(topology), server_id)
    assert all((one.health, one.reasons) == (Health.FAILS, ()) for one in found)
    return [(one.kind.value, one.source, one.target) for one in found]


def test_of_expressway_e_everything_from_outside():
    assert down(deployment(), "e1") == [
        ("jabber", "j1", "e1"),
        ("zone", "c1", "e1"),
        ("tunnels", "c1", "e1"),
        ("sign-in", "j1", "e1"),
    ]


def test_of_expressway_c_everything_but_what_jabber_sees_of_expressway_e():
    assert down(deployment(), "c1") == [
        ("zone", "c1", "e1"),
        ("tunnels", "c1", "e1"),
        ("unified-cm", "c1", "u1"),
        ("sign-in", "j1", "e1"),
    ]


def test_of_the_one_unified_cm_the_sign_in_as_well():
    assert down(deployment(), "u1") == [("unified-cm", "c1", "u1"), ("sign-in", "j1", "e1")]


def test_with_another_unified_cm_people_go_on_signing_in():
    rows = (link(), link(replace(cucm(), id="u2")))
    assert down(deployment(cucms=rows), "u2") == [("unified-cm", "c1", "u2")]


def test_with_another_expressway_c_people_go_on_signing_in():
    first, second = control(peers=(E_NAME,)), replace(control(), id="c2", host="exp-c2")
    found = down(deployment(first, edge(), controls=(first, second)), "c2")
    assert [kind for kind, _, _ in found] == ["zone", "tunnels", "unified-cm"]


def test_what_fails_already_is_not_the_restarts_doing():
    broken = deployment(control(cas=WITHOUT_PUBLIC_CA), edge())
    assert [kind for kind, _, _ in down(broken, "e1")] == ["jabber", "zone"]


def test_a_server_that_is_not_there_takes_nothing_down():
    assert down(deployment(), "no-such-server") == []
