"""Every connection of a deployment, and what differs between two moments of it."""

from dataclasses import replace
from itertools import product

import pytest

from certstore.pki import handshake
from certstore.pki.cluster import judge_peers, pairs_of_peers
from certstore.pki.connections import Health, Kind
from certstore.pki.forge.shape import CLIENT_AUTH
from certstore.pki.judge import judge_chain
from certstore.pki.settings import Revocation
from certstore.pki.ssh import judge_tunnels
from certstore.pki.states import changes, state_of
from certstore.pki.unified_cm import judge_unified_cm
from certstore.pki.zone import judge_zone
from tests.pki.clusters import C1, C2, clusters, of_peer, peer
from tests.pki.deployments import control, cucm, deployment, edge, link, of_edge, state
from tests.pki.test_ssh import WITHOUT_PUBLIC_CA
from tests.pki.zones import E_NAME


def told(before, after):
    """What differs, in short."""
    return [(one.kind.value, one.before.value, one.after.value) for one in changes(before, after)]


def test_there_is_a_verdict_for_each_pair():
    first = control(peers=(E_NAME, "192.0.2.20"))
    second = replace(control(), id="c2", host="exp-c2")
    rows = (link(), link(replace(cucm(), id="u2")))
    whole = state(first, edge(), controls=(first, second), cucms=rows)
    assert [(one.source, one.target) for one in whole.zones] == [("c1", "e1"), ("c1", "e1"), ("c2", "e1")]
    assert [(one.source, one.target) for one in whole.tunnels] == [("c1", "e1"), ("c2", "e1")]
    assert [(one.source, one.target) for one in whole.unified_cms] == [
        ("c1", "u1"),
        ("c1", "u2"),
        ("c2", "u1"),
        ("c2", "u2"),
    ]
    assert (len(whole.jabber), len(whole.sign_ins)) == (1, 1)


def test_nothing_differs_from_itself():
    assert changes(state(), state()) == ()


def test_what_failed_is_named_with_its_first_reason_and_what_works_no_longer_hangs_on_it():
    found = changes(state(), state(control(cas=WITHOUT_PUBLIC_CA), edge()))
    assert [(one.kind, one.before, one.after) for one in found] == [
        (Kind.TUNNELS, Health.WORKS, Health.FAILS),
        (Kind.SIGN_IN, Health.WORKS, Health.FAILS),
    ]
    tunnels = found[0]
    assert (tunnels.source, tunnels.target) == ("c1", "e1")
    assert tunnels.before_reason is None
    assert tunnels.after_reason.finding.code == "tunnels.ca-missing"
    assert (tunnels.went_down, tunnels.came_up) == (True, False)


def test_the_way_back_is_told_as_well():
    found = changes(state(control(cas=WITHOUT_PUBLIC_CA), edge()), state())
    assert [(one.came_up, one.went_down) for one in found] == [(True, False), (True, False)]


def test_another_first_reason_is_a_change_though_it_fails_as_before():
    before = state(control(password="other"), edge())
    after = state(control(), edge(verify_subject_name="other.example.com"))
    assert told(before, after) == [("zone", "fails", "fails"), ("sign-in", "fails", "fails")]


def test_a_connection_that_came_and_one_that_went():
    assert told(state(cucms=()), state()) == [("unified-cm", "off", "works"), ("sign-in", "off", "works")]
    assert told(state(), state(cucms=())) == [("sign-in", "works", "off"), ("unified-cm", "works", "off")]


def test_two_peer_addresses_of_one_server_are_told_apart():
    before = state(control(peers=("192.0.2.20", E_NAME)), edge())
    after = state(control(peers=(E_NAME, E_NAME)), edge())
    assert told(before, after) == [("zone", "fails", "works")]


# What several connections need is found once for all of them: the verdicts have to be those that each comes to alone.


@pytest.mark.parametrize(
    "servers",
    [
        (control(), edge()),
        (control(cas=WITHOUT_PUBLIC_CA), edge()),
        (control(), edge(of_edge(ekus=[CLIENT_AUTH]))),
        (control(revocation=Revocation(is_on=True)), edge(of_edge(sans=["other.example.com"]))),
    ],
    ids=["right", "ca-missing", "purpose", "names"],
)
def test_all_together_say_what_each_says_alone(servers):
    topology = deployment(*servers)
    whole = state_of(topology)
    (first,) = topology.controls
    assert whole.zones == (judge_zone(topology, first, E_NAME),)
    assert whole.tunnels == (judge_tunnels(topology, first, topology.edges[0], whole.zones),)
    assert whole.unified_cms == (judge_unified_cm(topology, first, topology.cucms[0]),)


def test_peers_say_what_each_says_alone():
    topology = clusters(peer(C1, enforces=True), peer(C2, of_peer(C2, sans=[C1]), enforces=True))
    assert state_of(topology).peers == tuple(
        judge_peers(topology, *pair) for pair in pairs_of_peers(topology)
    )


def test_openssl_is_asked_once_for_what_several_connections_need(monkeypatch):
    asked = []

    def counted(*question):
        asked.append(question[0])
        return judge_chain(*question)

    monkeypatch.setattr(handshake, "judge_chain", counted)
    topology = clusters()
    zones = state_of(topology).zones
    together, asked[:] = len(asked), []
    for first, second in product(topology.controls, topology.edges):
        judge_zone(topology, first, second.fqdn)
        judge_tunnels(topology, first, second, zones)
    for first in topology.controls:
        judge_unified_cm(topology, first, topology.cucms[0])
    for pair in pairs_of_peers(topology):
        judge_peers(topology, *pair)
    assert together < len(asked)  # though it looked at Jabber as well
