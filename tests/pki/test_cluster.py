"""Two peers of one cluster: Permissive tells, Enforcing breaks; the order of a renewal; the alarms."""

from dataclasses import replace
from datetime import timedelta

import pytest

from certstore.pki.alarm_rules import alarms_of_state
from certstore.pki.connections import Health, Kind
from certstore.pki.findings import Severity
from certstore.pki.forge.shape import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.states import state_of
from tests.pki.chains import NOW, below, root
from tests.pki.clusters import (
    C1,
    C2,
    C_CLUSTER,
    E1,
    E2,
    clusters,
    of_peer,
    peer,
    state,
)
from tests.pki.deployments import DOMAIN, codes, cucm, link
from tests.pki.zones import EVERY_CA, PRIVATE_ROOT, PUBLIC_CA, PUBLIC_ROOT, known, release, trusting

WITHOUT_PRIVATE_CA = (PRIVATE_ROOT, PUBLIC_ROOT, PUBLIC_CA)
WITHOUT_PRIVATE_ROOT = (PUBLIC_ROOT, PUBLIC_CA)
SERVER_ONLY = of_peer(C2, ekus=[SERVER_AUTH])
OTHER_NAMES = of_peer(C2, sans=[C_CLUSTER])  # the peer's own name is lost


def of_c(whole):
    """The verdict on the two peers of Expressway-C."""
    return whole.peers[0]


def placed(server, **changed):
    """The place of a peer, with what is different."""
    assert server.peer
    return replace(server.peer, **changed)


def numbers(whole, server):
    """The numbers of the alarms of a server."""
    return [alarm.name for alarm in alarms_of_state(state_of(whole), whole, server)]


# What is wrong, the codes (as Cisco's guides have the rules), whether it breaks Enforcing. Typed by hand from
# the Cluster Creation and Maintenance Guide X15.4, the Administrator Guide and TechNote 225482.
FAULTS = {
    "nothing": (lambda **mode: (peer(C1, **mode), peer(C2, **mode)), []),
    "root-unknown-to-the-other": (
        lambda **mode: (peer(C1, cas=WITHOUT_PRIVATE_ROOT, **mode), peer(C2, **mode)),
        ["peer.chain-not-trusted"],
    ),
    "peer-name-lost": (
        lambda **mode: (peer(C1, **mode), peer(C2, OTHER_NAMES, **mode)),
        ["cluster.address-not-in-certificate", "cluster.name-leads-elsewhere"],
    ),
    "address-typed-as-ip": (
        lambda **mode: (peer(C1, **mode), peer(C2, typed="192.0.2.12", **mode)),
        ["cluster.address-not-fqdn"],
    ),
    "no-client-authentication": (
        lambda **mode: (peer(C1, **mode), peer(C2, SERVER_ONLY, **mode)),
        ["cluster.no-client-auth"],
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_permissive_works_and_tells(fault):
    make, wanted = FAULTS[fault]
    verdict = of_c(state(*make(enforces=False)))
    assert (verdict.health, codes(verdict)) == (Health.WORKS, wanted)
    assert {reason.finding.severity for reason in verdict.reasons} <= {Severity.NOTE}


@pytest.mark.parametrize("fault", FAULTS)
def test_enforcing_fails_for_the_same(fault):
    make, wanted = FAULTS[fault]
    verdict = of_c(state(*make(enforces=True)))
    assert (verdict.health, codes(verdict)) == (Health.FAILS if wanted else Health.WORKS, wanted)


@pytest.mark.parametrize(
    ("name", "health"),
    [("X14.0", Health.FAILS), ("X14.3", Health.FAILS), ("X15.3", Health.FAILS), ("X15.4", Health.WORKS)],
)
def test_client_authentication_is_asked_for_before_x15_4(name, health):
    servers = peer(C1, enforces=True), peer(C2, SERVER_ONLY, enforces=True)
    assert of_c(state(*servers, release=release(name))).health is health


def test_a_pair_of_each_cluster_is_judged_the_lower_number_first():
    found = [(one.kind, one.source, one.target) for one in state().peers]
    assert found == [(Kind.PEERS, "c1", "c2"), (Kind.PEERS, "e1", "e2")]


def test_servers_in_no_cluster_are_no_pairs():
    alone = [replace(peer(name), peer=None) for name in (C1, C2, E1, E2)]
    assert state(*alone).peers == ()


def test_six_peers_are_fifteen_pairs():
    six = tuple(
        replace(peer(C1), id=f"c{number}", peer=placed(peer(C1), number=number)) for number in range(1, 7)
    )
    assert len([one for one in state_of(clusters(controls=six)).peers if one.source[0] == "c"]) == 15


def test_an_intermediate_that_the_peer_sends_need_not_be_in_the_list():
    assert of_c(state(peer(C1, cas=WITHOUT_PRIVATE_CA, enforces=True), peer(C2, enforces=True))).health is (
        Health.WORKS
    )


def test_what_counts_is_the_mode_since_the_last_restart_of_the_one_that_looks():
    lost = of_peer(C2, sans=[C_CLUSTER])
    not_restarted = peer(C1, enforces=True, runs=False), peer(C2, lost, enforces=True, runs=True)
    assert of_c(state(*not_restarted)).health is Health.WORKS  # only the first looks at the broken one
    restarted = peer(C1, enforces=True), peer(C2, lost, enforces=True, runs=False)
    assert of_c(state(*restarted)).health is Health.FAILS


@pytest.mark.parametrize("enforces", [False, True])
def test_an_address_that_leads_nowhere_breaks_either_mode(enforces):
    servers = peer(C1, enforces=enforces), peer(C2, enforces=enforces)
    nowhere = of_c(state(*servers, answers={C2: ()}))
    assert (nowhere.health, codes(nowhere)[0]) == (Health.FAILS, "cluster.no-address")
    elsewhere = of_c(state(*servers, answers={C2: ("192.0.2.99",)}))
    assert (elsewhere.health, codes(elsewhere)[0]) == (Health.FAILS, "cluster.address-leads-elsewhere")


def test_the_cn_counts_as_a_name_of_a_peer():
    as_cn = of_peer(C2, sans=["other.example.com"])
    servers = peer(C1, enforces=True), peer(C2, as_cn, typed=C_CLUSTER, enforces=True)
    assert of_c(state(*servers, answers={C_CLUSTER: ("192.0.2.11", "192.0.2.12")})).health is Health.WORKS


def test_a_certificate_that_has_ended_breaks_enforcing_only():
    ended = of_peer(C2, end=NOW - timedelta(days=1))
    assert of_c(state(peer(C2, ended))).health is Health.WORKS
    strict = of_c(state(peer(C1, enforces=True), peer(C2, ended, enforces=True)))
    assert (strict.health, codes(strict)[0]) == (Health.FAILS, "peer.expired")


# Alarms: Administrator Guide, Reference Material.
def test_permissive_raises_its_notice_on_every_peer():
    whole = clusters()
    assert [numbers(whole, server) for server in ("c1", "c2", "e1", "e2")] == [["40049"]] * 4


def test_a_cluster_that_enforces_and_works_raises_none():
    whole = clusters(*(peer(name, enforces=True) for name in (C1, C2, E1, E2)))
    assert [numbers(whole, server) for server in ("c1", "c2", "e1", "e2")] == [[]] * 4


def test_a_mode_that_waits_for_the_restart_raises_20020():
    whole = clusters(peer(C1, enforces=True, runs=False), peer(C2, enforces=True))
    assert (numbers(whole, "c1"), numbers(whole, "c2")) == (["20020"], [])


def test_a_failing_pair_raises_two_alarms_and_a_third_where_the_primary_is_not_reached():
    whole = clusters(peer(C1, enforces=True), peer(C2, OTHER_NAMES, enforces=True))
    assert numbers(whole, "c1") == ["20004", "20006"]
    assert numbers(whole, "c2") == ["20004", "20006", "20016"]


# Where the address of the second peer leads, whether the first one raises 20021, and about whom.
WAYS = {
    "to-the-peer": ("192.0.2.12", []),
    "nowhere": (None, ["exp-c2.example.com"]),
    "elsewhere": ("192.0.2.99", ["exp-c2.example.com"]),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("enforces", [False, True])
def test_an_address_that_leads_nowhere_or_elsewhere_raises_20021_where_it_is_used(way, enforces):
    target, wanted = WAYS[way]
    answers = {C2: (target,) if target else ()}
    whole = clusters(peer(C1, enforces=enforces), peer(C2, enforces=enforces), answers=answers)
    raised = {
        server: [one for one in alarms_of_state(state_of(whole), whole, server) if one.name == "20021"]
        for server in ("c1", "c2")
    }
    assert [one.parameters["peers"] for one in raised["c1"]] == wanted
    assert [one.parameters["ports"] for one in raised["c1"]] == ["4371, 4372"] * len(wanted)
    assert raised["c2"] == []


def test_what_a_certificate_breaks_raises_no_20021():
    whole = clusters(peer(C1, enforces=True), peer(C2, OTHER_NAMES, enforces=True))
    assert "20021" not in numbers(whole, "c1") + numbers(whole, "c2")


def test_20021_names_every_peer_in_one_alarm_and_the_others_stay():
    third = f"exp-c3.{DOMAIN}"
    three = (peer(C1), peer(C2), replace(peer(C2, typed=third), id="c3", host="exp-c3", address="192.0.2.13"))
    numbered = tuple(
        replace(one, peer=placed(one, number=number)) for number, one in enumerate(three, start=1)
    )
    whole = clusters(controls=numbered, answers={C2: (), third: ()})
    raised = alarms_of_state(state_of(whole), whole, "c1")
    assert [one.name for one in raised if one.name.startswith("2")] == ["20004", "20006", "20021"]
    assert [one.subject for one in raised if one.name == "20021"] == [f"{C2}, {third}"]


# Cluster address mapping. Source: Cluster Creation and Maintenance Guide X15.4 (names are resolved by DNS or mapping).
MAPPED = ((C2, "192.0.2.12"),)


def with_mapping(mapping, **mode):
    """Both peers of Expressway-C with a cluster address mapping."""
    return [
        replace(peer(name, **mode), peer=placed(peer(name, **mode), mapping=mapping)) for name in (C1, C2)
    ]


@pytest.mark.parametrize("enforces", [False, True])
@pytest.mark.parametrize(
    ("mapping", "answer", "health"),
    [
        (MAPPED, (), Health.WORKS),
        (MAPPED, ("192.0.2.99",), Health.WORKS),
        (((C2, "192.0.2.99"),), ("192.0.2.12",), Health.FAILS),
        ((("other.example.com", "192.0.2.12"),), (), Health.FAILS),
        (((C2, "2001:db8::12"),), (), Health.FAILS),
    ],
    ids=["instead-of-dns", "against-dns", "wrong", "of-another-name", "of-the-other-family"],
)
def test_a_mapped_name_leads_where_the_mapping_says(mapping, answer, health, enforces):
    servers = with_mapping(mapping, enforces=enforces)
    assert of_c(state(*servers, answers={C2: answer})).health is health


def test_the_name_of_a_certificate_is_resolved_by_the_mapping_too():
    as_cn = of_peer(C2, sans=["other.example.com"])
    c1, c2 = with_mapping(((C_CLUSTER, "192.0.2.12"),), enforces=True)
    shown = known(as_cn.der)
    c2 = replace(c2, server=shown, client=shown, peer=placed(c2, address=C_CLUSTER))
    assert of_c(state(c1, c2)).health is Health.WORKS
    nowhere = replace(c2, peer=placed(c2, mapping=()))
    assert codes(of_c(state(replace(c1, peer=placed(c1, mapping=())), nowhere)))[0] == "cluster.no-address"


def test_a_name_is_mapped_whatever_its_case_and_final_dot():
    place = placed(peer(C2), mapping=MAPPED)
    assert place.mapped("EXP-C2.Example.com.") == ("192.0.2.12",)
    assert place.mapped("exp-c1.example.com") == ()


# The renewal of Expressway-C's certificates by another CA, in the order of the Certificate Creation and Use guide:
# CA on all nodes; Permissive; certificates; restart one at a time; Enforce; each step both peers, one after another.
NEW_ROOT = root("New Root")
NEW_CA = below(NEW_ROOT, "New CA")
WITH_NEW = (*EVERY_CA, NEW_ROOT, NEW_CA)


class Renewal:
    """Both clusters, Enforcing, in which the peers of Expressway-C are renewed step after step."""

    def __init__(self):
        self.now = {name: peer(name, enforces=True) for name in (C1, C2, E1, E2)}
        self.waiting = {}
        self.seen = []
        self.while_one_restarts = []
        self.cucms = (link(),)

    def trust(self, *names):
        for name in names:
            self._set(name, trust=trusting(WITH_NEW))

    def trust_on_unified_cm(self):
        self.cucms = (link(cucm(tomcat_trust=WITH_NEW, callmanager_trust=WITH_NEW)),)

    def mode(self, enforces):
        for name in (C1, C2):
            self._set(name, peer=placed(self.now[name], enforces=enforces))

    def upload(self, *names):
        for name in names:
            self.waiting[name] = known(of_peer(name, NEW_CA).der)

    def restart(self, *names):
        for name in names:
            one, other = self.now[name], self.now[C2 if name == C1 else C1]
            without = clusters(*self.now.values(), controls=(other,), cucms=self.cucms)
            self.while_one_restarts.append(state_of(without))
            shown = self.waiting.pop(name, one.server)
            place = placed(one, runs_enforcing=one.peer.enforces)
            self._set(name, server=shown, client=shown, peer=place)

    def _set(self, name, **changed):
        self.now[name] = replace(self.now[name], **changed)
        self.seen.append(state(*self.now.values(), cucms=self.cucms))


def trouble(renewal):
    """What failed at any step, each kind once."""
    return sorted(
        {one.kind.value for whole in renewal.seen for one in whole.all if one.health is Health.FAILS}
    )


def test_the_order_of_the_guide_keeps_everything_up_at_every_step():
    renewal = Renewal()
    renewal.trust(C1, C2, E1, E2)
    renewal.trust_on_unified_cm()
    renewal.mode(enforces=False)
    renewal.restart(C1, C2)
    renewal.upload(C1, C2)
    renewal.restart(C1, C2)
    renewal.mode(enforces=True)
    renewal.restart(C1, C2)
    assert (trouble(renewal), len(renewal.seen)) == ([], 14)
    # While one peer is down the other one carries every sign-in: there is no moment with both down.
    assert len(renewal.while_one_restarts) == 6
    assert {one.health for whole in renewal.while_one_restarts for one in whole.sign_ins} == {Health.WORKS}
    assert all(one.server.issuer == known(NEW_CA.der).subject for one in (renewal.now[C1], renewal.now[C2]))


def test_without_the_new_ca_on_the_other_peer_an_enforcing_cluster_breaks():
    renewal = Renewal()
    renewal.trust(C1, E1, E2)  # not on C2
    renewal.upload(C1)
    renewal.restart(C1)
    assert "peers" in trouble(renewal)
    assert codes(of_c(renewal.seen[-1]))[0] == "peer.chain-not-trusted"


def test_permissive_first_keeps_the_cluster_up_though_a_ca_is_missing():
    renewal = Renewal()
    renewal.mode(enforces=False)
    renewal.restart(C1, C2)
    renewal.trust(C1, E1, E2)
    renewal.upload(C1)
    renewal.restart(C1)
    assert of_c(renewal.seen[-1]).health is Health.WORKS


def test_permissive_that_nobody_restarted_for_does_not_help():
    renewal = Renewal()
    renewal.mode(enforces=False)
    renewal.trust(C1, E1, E2)
    renewal.upload(C1)
    renewal.restart(C1)
    assert of_c(renewal.seen[-1]).health is Health.FAILS


def test_one_peer_at_a_time_leaves_a_way_in_though_the_ca_was_forgotten_on_the_other_side():
    renewal = Renewal()
    renewal.trust(C1, C2)  # neither Expressway-E trusts the new CA
    renewal.trust_on_unified_cm()
    renewal.upload(C1, C2)
    renewal.restart(C1)
    half = renewal.seen[-1]
    assert {one.health for one in half.sign_ins} == {Health.WORKS}
    assert [one.source for one in half.zones if one.health is Health.FAILS] == ["c1", "c1"]
    told = [reason for one in half.sign_ins for step in one.steps for reason in step.reasons]
    assert told
    assert {reason.finding.severity for reason in told} == {Severity.NOTE}
    renewal.restart(C2)
    assert {one.health for one in renewal.seen[-1].sign_ins} == {Health.FAILS}


def test_the_zone_fails_for_that_peer_only_whose_certificate_lost_the_name_of_the_cluster():
    lost = of_peer(C2, sans=[C2])  # section 6.1: "cluster name lost from Exp-C SAN"
    found = state(peer(C2, lost))
    assert [(one.source, one.health) for one in found.zones] == [
        ("c1", Health.WORKS),
        ("c1", Health.WORKS),
        ("c2", Health.FAILS),
        ("c2", Health.FAILS),
    ]
    assert {one.health for one in found.sign_ins} == {Health.WORKS}


def test_each_peer_has_a_zone_and_tunnels_to_each():
    whole = state()
    every = [("c1", "e1"), ("c1", "e2"), ("c2", "e1"), ("c2", "e2")]
    assert [(one.source, one.target) for one in whole.zones] == every
    assert [(one.source, one.target) for one in whole.tunnels] == every
    assert {one.health for one in whole.all} == {Health.WORKS}


def test_both_usages_are_what_helps_before_x15_4():
    both = of_peer(C2, ekus=[SERVER_AUTH, CLIENT_AUTH])
    assert of_c(state(peer(C1, enforces=True), peer(C2, both, enforces=True))).health is Health.WORKS


def test_one_peer_that_unified_cm_does_not_know_stops_no_sign_in_and_is_told():
    renewed = peer(C2, of_peer(C2, NEW_CA), cas=WITH_NEW)
    others = [peer(name, cas=WITH_NEW) for name in (C1, E1, E2)]
    found = state(renewed, *others)
    assert [one.health for one in found.unified_cms] == [Health.WORKS, Health.FAILS]
    assert {one.health for one in found.sign_ins} == {Health.WORKS}
    told = [reason for step in found.sign_ins[0].steps for reason in step.reasons]
    assert {reason.finding.code.value for reason in told} == {"unified-cm.ca-missing"}
    both = state(renewed, peer(C1, of_peer(C1, NEW_CA), cas=WITH_NEW), *others[1:])
    assert {one.health for one in both.sign_ins} == {Health.FAILS}
