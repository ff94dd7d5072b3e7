"""Causes are numbered in the order of a sign-in; the same trouble is one cause, wherever it is met."""

from certstore.pki.codes import Code
from certstore.pki.connections import Health, Reason
from certstore.pki.findings import refuse
from certstore.pki.states import state_of
from certstore.reading.causes import Causes, key_of
from tests.pki.chains import below
from tests.pki.deployments import control, cucm, deployment, edge, link, of_edge
from tests.pki.zones import E_NAME, EVERY_CA, PUBLIC_ROOT


def causes_of(*arguments, **changed):
    topology = deployment(*arguments, **changed)
    state = state_of(topology)
    return Causes(topology, state), state


def codes(causes):
    return [(cause.number, cause.reason.finding.code.value) for cause in causes.all()]


def test_where_everything_works_there_are_none():
    causes, state = causes_of()
    assert codes(causes) == []
    assert {causes.number_of(verdict) for verdict in state.all} == {0}


def test_a_ca_that_is_missing_is_one_cause_for_tunnels_and_sign_in():
    new_ca = below(PUBLIC_ROOT, "Public CA 2")
    causes, state = causes_of(control(), edge(of_edge(issuer=new_ca), (*EVERY_CA, new_ca)))
    assert codes(causes) == [(1, "tunnels.ca-missing")]
    numbers = [causes.number_of(verdict) for verdict in state.all]
    assert numbers == [0, 0, 1, 0, 1]
    reason = state.tunnels[0].reasons[0]
    assert {verdict.kind.value for verdict in causes.cured_with(reason)} == {"tunnels", "sign-in"}


def test_the_same_missing_ca_is_one_cause_for_the_zone_and_the_tunnels():
    found = {"name": "CN=Root", "key_id": "AA", "below": "CN=e"}
    of_zone = Reason(refuse(Code.PEER_CHAIN_NOT_TRUSTED, **found, number=20, depth=1), "c", "e")
    of_tunnels = Reason(refuse(Code.TUNNELS_CA_MISSING, **found, looker="c", other="e"), "c", "e")
    at_the_other_side = Reason(refuse(Code.TUNNELS_CA_MISSING, **found), "e", "c")
    another = Reason(refuse(Code.TUNNELS_CA_MISSING, **(found | {"key_id": "BB"})), "c", "e")
    assert key_of(of_zone) == key_of(of_tunnels)
    assert len({key_of(of_zone), key_of(at_the_other_side), key_of(another)}) == 3


def test_the_port_and_the_store_are_no_cause_of_their_own():
    causes, _ = causes_of(cucms=(link(cucm(tomcat_trust=(), callmanager_trust=())),))
    assert codes(causes) == [(1, "unified-cm.ca-missing")]
    on = [
        Reason(refuse(Code.UNIFIED_CM_OTHER_NAME, address="x", port=port), "c", "u") for port in (8443, 6972)
    ]
    assert key_of(on[0]) == key_of(on[1])


def test_tunnels_that_wait_for_their_zone_have_its_cause_and_come_up_with_it():
    wrong = edge(zone=None)
    causes, state = causes_of(None, wrong)
    assert state.zones[0].health is Health.FAILS
    assert causes.number_of(state.tunnels[0]) == causes.number_of(state.zones[0]) == 1
    cured = {verdict.kind.value for verdict in causes.cured_with(state.zones[0].reasons[0])}
    assert cured == {"zone", "tunnels", "sign-in"}


def test_a_warning_is_numbered_and_does_not_count_as_failing():
    causes, state = causes_of(None, edge(of_edge(sans=[E_NAME])))
    assert codes(causes) == [(1, "jabber.no-domain")]
    assert not causes.all()[0].fails
    assert causes.number_of(state.sign_ins[0]) == 1


def test_two_causes_of_one_connection_do_not_promise_it():
    new_ca = below(PUBLIC_ROOT, "Public CA 2")
    broken = edge(of_edge(issuer=new_ca), (*EVERY_CA, new_ca), host="exp_e")
    causes, state = causes_of(control(), broken)
    first = causes.first_of(state.tunnels[0])
    assert first is not None
    assert state.tunnels[0] not in list(causes.cured_with(first))
