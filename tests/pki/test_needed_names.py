"""Which names certificates need: calculated from a deployment, and held against the verdicts on it.

What each certificate has to have is typed by hand, from the names of the deployment and the Cisco documents that the
rules of the verdicts name.
"""

from dataclasses import replace

import pytest

from certstore.pki.connections import Health, Kind
from certstore.pki.dns import Dns, Question, RecordType
from certstore.pki.needed_names import CODE_OF, Answers, Slot, Why, Without, needs_of, not_by_a_name
from certstore.pki.settings import InvalidCertificate
from certstore.pki.states import state_of
from certstore.pki.topology import Topology
from tests.pki.clusters import C1, C2, C_CLUSTER, E1, E2, E_CLUSTER, clusters, peer
from tests.pki.deployments import (
    A_OF_E,
    DOMAIN,
    PTR_OF_E,
    SRV,
    U_NAME,
    client,
    codes,
    control,
    cucm,
    deployment,
    edge,
    link,
    of_cucm,
)
from tests.pki.named import calculated, needs_for, state_with
from tests.pki.zones import C_NAME, E_ADDRESS, E_NAME, of_c, release

C, E, U = "exp-c1", "exp-e1", "cucm-1"
OF_CUCM = {(U, "tomcat"): [U_NAME], (U, "callmanager"): [U_NAME]}
PAIR = {(C, "server"): [C_NAME], (E, "server"): [E_NAME, DOMAIN], **OF_CUCM}
# Administrator Guide X15.5, Unified Communications (zone); Certificate Creation and Use guide, About This Guide (the
# peer's name and the cluster's); Cluster Creation and Maintenance Guide X15.4 (peer addresses).
CLUSTERS = {
    ("exp-c1", "server"): [C1, C_CLUSTER],
    ("exp-c2", "server"): [C2, C_CLUSTER],
    ("exp-e1", "server"): [E1, E_CLUSTER, DOMAIN],
    ("exp-e2", "server"): [E2, E_CLUSTER, DOMAIN],
    **OF_CUCM,
}


def enforcing(**changed) -> Topology:
    return clusters(*(peer(name, enforces=True) for name in (C1, C2, E1, E2)), **changed)


def strict_pair() -> Topology:
    """Everything looks for a name: TLS verify mode is on, in mixed mode."""
    return deployment(cucms=(link(cucm(mixed_mode=True), tls_verify=True),))


DEPLOYMENTS = {
    "pair": (deployment, PAIR),
    "strict": (strict_pair, PAIR),
    "enforcing": (enforcing, CLUSTERS),
    "permissive": (clusters, CLUSTERS),
}


@pytest.mark.parametrize("which", DEPLOYMENTS)
def test_the_names_are_those_of_the_guides(which):
    make, expected = DEPLOYMENTS[which]
    assert calculated(make()) == expected


@pytest.mark.parametrize("which", DEPLOYMENTS)
def test_certificates_with_exactly_these_names_make_everything_work(which):
    make, _ = DEPLOYMENTS[which]
    state = state_with(make(), calculated(make()))
    assert {verdict.health for verdict in state.all} == {Health.WORKS}


def zone(c: str, e: str, code: str) -> set[tuple[str, ...]]:
    return {("zone", c, e, "fails", f"zone.{code}-not-in-certificate")}


def tunnels(c: str, e: str) -> set[tuple[str, ...]]:
    return {("tunnels", c, e, "fails", "tunnels.ptr-not-a-name")}


def peers(one: str, other: str) -> set[tuple[str, ...]]:
    return {("peers", one, other, "fails", "cluster.address-not-in-certificate")}


def jabber(e: str) -> set[tuple[str, ...]]:
    return {("jabber", "j1", e, "warns", "jabber.no-domain")}


def at_cucm(code: str, *controls: str) -> set[tuple[str, ...]]:
    return {("unified-cm", one, "u1", "fails", f"unified-cm.{code}") for one in controls}


PEER, SUBJECT = "peer-address", "subject-name"
# A deployment, a certificate, the name that it lacks, and what then fails or warns: typed by hand.
LACKING = [
    ("pair", C, "server", C_NAME, zone("c1", "e1", SUBJECT)),
    ("pair", E, "server", E_NAME, zone("c1", "e1", PEER) | tunnels("c1", "e1")),
    ("pair", E, "server", DOMAIN, jabber("e1")),
    ("pair", U, "tomcat", U_NAME, at_cucm("other-name", "c1")),
    ("pair", U, "callmanager", U_NAME, at_cucm("other-name", "c1")),
    ("strict", U, "tomcat", U_NAME, at_cucm("other-name", "c1") | at_cucm("typed-name", "c1")),
    ("strict", U, "callmanager", U_NAME, at_cucm("other-name", "c1")),
    ("enforcing", "exp-c1", "server", C1, peers("c1", "c2")),
    ("enforcing", "exp-c1", "server", C_CLUSTER, zone("c1", "e1", SUBJECT) | zone("c1", "e2", SUBJECT)),
    ("enforcing", "exp-c2", "server", C2, peers("c1", "c2")),
    ("enforcing", "exp-c2", "server", C_CLUSTER, zone("c2", "e1", SUBJECT) | zone("c2", "e2", SUBJECT)),
    (
        "enforcing",
        "exp-e1",
        "server",
        E1,
        zone("c1", "e1", PEER)
        | zone("c2", "e1", PEER)
        | tunnels("c1", "e1")
        | tunnels("c2", "e1")
        | peers("e1", "e2"),
    ),
    (
        "enforcing",
        "exp-e2",
        "server",
        E2,
        zone("c1", "e2", PEER)
        | zone("c2", "e2", PEER)
        | tunnels("c1", "e2")
        | tunnels("c2", "e2")
        | peers("e1", "e2"),
    ),
    ("enforcing", "exp-e1", "server", DOMAIN, jabber("e1")),
    ("enforcing", "exp-e2", "server", DOMAIN, jabber("e2")),
    # Nobody asks for the cluster's name of Expressway-E alone: the recipe does.
    ("enforcing", "exp-e1", "server", E_CLUSTER, set()),
    ("enforcing", "exp-e2", "server", E_CLUSTER, set()),
    ("enforcing", U, "tomcat", U_NAME, at_cucm("other-name", "c1", "c2")),
    ("enforcing", U, "callmanager", U_NAME, at_cucm("other-name", "c1", "c2")),
    # Permissive asks for no name of a peer.
    ("permissive", "exp-c1", "server", C1, set()),
    (
        "permissive",
        "exp-e1",
        "server",
        E1,
        zone("c1", "e1", PEER) | zone("c2", "e1", PEER) | tunnels("c1", "e1") | tunnels("c2", "e1"),
    ),
]
IDS = [f"{which}-{host}-{slot}-{name}" for which, host, slot, name, _ in LACKING]


@pytest.mark.parametrize(("which", "host", "slot", "name", "expected"), LACKING, ids=IDS)
def test_without_a_name_exactly_that_fails_which_was_said_to(which, host, slot, name, expected):
    make, names = DEPLOYMENTS[which]
    topology = make()
    assert said_to_break(topology, host, Slot(slot), name) == expected
    lacking = {(host, slot): [one for one in names[host, slot] if one != name]}
    broken = {
        (verdict.kind.value, verdict.source, verdict.target, verdict.health.value, code)
        for verdict in state_with(topology, names | lacking).all
        for code in codes(verdict)
        if verdict.health in (Health.FAILS, Health.WARNS) and verdict.kind is not Kind.SIGN_IN
        if code in set(CODE_OF.values())
    }
    assert broken == expected


def test_no_calculated_name_is_left_out_of_the_table():
    tried = {(which, host, slot, name) for which, host, slot, name, _ in LACKING}
    for which, expected in (("pair", PAIR), ("enforcing", CLUSTERS)):
        for (host, slot), names in expected.items():
            assert not [name for name in names if (which, host, slot, name) not in tried]


def said_to_break(topology: Topology, host: str, slot: Slot, name: str) -> set[tuple[str, ...]]:
    """The connections that are said to fail or warn without a name."""
    every = state_of(topology).all
    return {
        (
            *(str(part) for part in (one.kind, one.source, one.target)),
            need.without.value,
            CODE_OF[need.why].value,
        )
        for need in needs_for(topology, host, slot)
        if name in need.names and need.without in (Without.FAILS, Without.WARNS)
        for one in [every[need.place]]
    }


def whys(
    topology: Topology, host: str, slot: Slot = Slot.SERVER
) -> dict[tuple[str, ...], list[tuple[Why, Without]]]:
    """Why a certificate needs each of its names."""
    found: dict[tuple[str, ...], list[tuple[Why, Without]]] = {}
    for need in needs_for(topology, host, slot):
        found.setdefault(need.names, []).append((need.why, need.without))
    return found


def test_either_form_of_the_domain_is_enough():
    assert (DOMAIN, f"collab-edge.{DOMAIN}") in whys(deployment(), E)
    other_form = PAIR | {(E, "server"): [E_NAME, f"collab-edge.{DOMAIN}"]}
    assert {one.health for one in state_with(deployment(), other_form).all} == {Health.WORKS}


def test_a_client_that_refuses_fails_where_another_one_warns():
    refusing = deployment(client=client(on_invalid_certificate=InvalidCertificate.REJECT))
    assert (Why.DOMAIN, Without.FAILS) in whys(refusing, E)[DOMAIN, f"collab-edge.{DOMAIN}"]
    lacking = state_with(refusing, PAIR | {(E, "server"): [E_NAME]})
    assert lacking.jabber[0].health is Health.FAILS


def test_the_domain_is_needed_though_dns_leads_nowhere_now():
    for topology in (deployment(answers={SRV: ()}), deployment(answers={A_OF_E: ()})):
        assert DOMAIN in calculated(topology)[E, "server"]


def test_a_server_that_the_record_does_not_name_needs_the_domain_later():
    topology = enforcing()
    records = topology.dns.table() | {Question.of(*SRV): (E1,)}
    led_to_one = replace(topology, dns=Dns(records, {}))
    either = DOMAIN, f"collab-edge.{DOMAIN}"
    assert whys(led_to_one, "exp-e1")[either] == [(Why.DOMAIN, Without.WARNS)]
    assert whys(led_to_one, "exp-e2")[either] == [(Why.DOMAIN, Without.LATER)]
    lacking = state_with(led_to_one, CLUSTERS | {("exp-e2", "server"): [E2, E_CLUSTER]})
    assert {one.health for one in lacking.jabber} == {Health.WORKS, Health.OFF}


def test_without_a_client_no_domain_is_known():
    assert calculated(deployment(client=None))[E, "server"] == [E_NAME]


def test_every_name_that_the_address_leads_back_to_is_needed():
    topology = deployment(answers={PTR_OF_E: (E_NAME, "old.example.com")})
    assert calculated(topology)[E, "server"] == [E_NAME, DOMAIN, "old.example.com"]
    lacking = state_with(topology, PAIR)
    assert codes(lacking.tunnels[0]) == ["tunnels.ptr-not-a-name"]
    assert state_with(topology, calculated(topology)).tunnels[0].health is Health.WORKS


def test_where_no_zone_is_set_up_nobody_looks_an_address_up():
    topology = deployment(c=replace(control(), zone=None), answers={PTR_OF_E: ("old.example.com",)})
    assert calculated(topology)[E, "server"] == [E_NAME, DOMAIN]
    assert state_of(topology).tunnels[0].health is Health.OFF


def test_an_address_that_was_typed_as_peer_is_a_name_of_the_certificate():
    topology = deployment(c=control(peers=(E_ADDRESS,)))
    assert E_ADDRESS in calculated(topology)[E, "server"]
    assert state_with(topology, calculated(topology)).zones[0].health is Health.WORKS
    assert codes(state_with(topology, PAIR).zones[0]) == ["zone.peer-address-not-in-certificate"]


def test_a_peer_address_that_leads_to_no_server_is_nobodys_name():
    topology = deployment(c=control(peers=("exp-e9.example.com",)))
    assert "exp-e9.example.com" not in [name for names in calculated(topology).values() for name in names]
    assert [one.finding.code.value for one in not_by_a_name(state_of(topology))] == ["zone.no-address"]


def test_an_expressway_e_that_nobody_reaches_looks_for_its_subject_name_later():
    unreached = deployment(answers={A_OF_E: ()})
    assert whys(unreached, C)[C_NAME,] == [(Why.OWN, Without.NOTHING), (Why.SUBJECT_NAME, Without.LATER)]
    assert whys(deployment(), C)[C_NAME,] == [(Why.OWN, Without.NOTHING), (Why.SUBJECT_NAME, Without.FAILS)]
    without_zone = deployment(c=replace(control(), zone=None))
    assert (Why.SUBJECT_NAME, Without.LATER) in whys(without_zone, C)[C_NAME,]
    # Whoever reaches another Expressway-E is not meant.
    second = peer(E2, zone=edge(verify_subject_name="other.example.com").zone)
    to_first = control(peers=(E1,)).zone
    only_first = clusters(peer(C1, zone=to_first), peer(C2, zone=to_first), second)
    assert ("other.example.com",) not in whys(only_first, "exp-c1")
    another_leads_there = clusters(peer(C2, zone=None))
    assert [why for why, _ in whys(another_leads_there, "exp-c2").get((C_CLUSTER,), [])] == [Why.CLUSTER]


def test_the_subject_name_is_looked_for_in_a_client_certificate_of_its_own():
    with_its_own = of_c(sans=["client.example.com"])
    topology = deployment(
        c=control(client=with_its_own),
        e=edge(verify_subject_name="client.example.com"),
        release=release("X15.5"),
    )
    assert calculated(topology)[C, "client"] == ["client.example.com"]
    assert calculated(topology)[C, "server"] == [C_NAME]
    right = PAIR | {(C, "client"): ["client.example.com"]}
    assert state_with(topology, right).zones[0].health is Health.WORKS
    wrong = PAIR | {(C, "client"): [C_NAME]}
    assert codes(state_with(topology, wrong).zones[0]) == ["zone.subject-name-not-in-certificate"]


def test_before_x14_2_nobody_looks_at_unified_cm_and_later_somebody_will():
    before = deployment(release=release("X14.0"))
    assert whys(before, U, Slot.TOMCAT) == {(U_NAME,): [(Why.KNOWN_AS, Without.LATER)]}
    assert whys(before, U, Slot.CALLMANAGER) == {(U_NAME,): [(Why.KNOWN_AS, Without.LATER)]}
    assert whys(deployment(), U, Slot.TOMCAT) == {(U_NAME,): [(Why.KNOWN_AS, Without.FAILS)]}
    nameless = PAIR | {(U, "tomcat"): [], (U, "callmanager"): []}
    assert state_with(before, nameless).unified_cms[0].health is Health.WORKS
    assert state_with(deployment(), nameless).unified_cms[0].health is Health.FAILS


def test_the_typed_publisher_address_is_needed_on_8443_where_tls_verify_mode_is_on():
    topology = deployment(cucms=(link(tls_verify=True, publisher_address="pub.example.com"),))
    assert calculated(topology)[U, "tomcat"] == [U_NAME, "pub.example.com"]
    assert calculated(topology)[U, "callmanager"] == [U_NAME]
    assert state_with(topology, calculated(topology)).unified_cms[0].health is Health.WORKS
    assert codes(state_with(topology, PAIR).unified_cms[0]) == ["unified-cm.typed-name"]


def test_a_certificate_that_serves_for_both_services_is_needed_twice():
    one = of_cucm()
    shared = deployment(cucms=(link(cucm(tomcat=one, callmanager=one)),))
    assert calculated(shared)[U, "tomcat"] == calculated(shared)[U, "callmanager"] == [U_NAME]


def test_a_permissive_cluster_asks_for_its_addresses_once_it_enforces():
    assert (Why.CLUSTER_PEER, Without.LATER) in whys(clusters(), "exp-c1")[C1,]
    configured = clusters(*(peer(name, enforces=True, runs=False) for name in (C1, C2)))
    assert (Why.CLUSTER_PEER, Without.LATER) in whys(configured, "exp-c1")[C1,]
    one_runs = clusters(peer(C1, enforces=True, runs=False), peer(C2, enforces=True))
    assert (Why.CLUSTER_PEER, Without.FAILS) in whys(one_runs, "exp-c1")[C1,]
    assert (Why.CLUSTER_PEER, Without.LATER) in whys(one_runs, "exp-c2")[C2,]


def test_a_peer_that_was_typed_as_an_address_is_no_matter_of_its_certificate():
    typed = clusters(peer(C1, enforces=True, typed="192.0.2.11"), peer(C2, enforces=True))
    assert Why.CLUSTER_PEER not in [why for found in whys(typed, "exp-c1").values() for why, _ in found]
    assert "cluster.address-not-fqdn" in [one.finding.code.value for one in not_by_a_name(state_of(typed))]


def test_the_records_target_is_told_where_it_is_the_servers_own_name():
    assert (Why.SRV_TARGET, Without.NOTHING) in whys(deployment(), E)[E_NAME,]
    other = {SRV: ("sip.example.com",), (RecordType.A, "sip.example.com"): (E_ADDRESS,)}
    elsewhere = deployment(answers=other)
    assert (Why.SRV_TARGET, Without.NOTHING) not in whys(elsewhere, E)[E_NAME,]
    assert "sip.example.com" not in calculated(elsewhere)[E, "server"]
    # A name in the certificate would not help: the verdict stays.
    with_it = state_with(elsewhere, PAIR | {(E, "server"): [E_NAME, DOMAIN, "sip.example.com"]})
    assert codes(with_it.jabber[0]) == ["jabber.other-name"]
    assert "jabber.other-name" in [one.finding.code.value for one in not_by_a_name(state_of(elsewhere))]


# Source: Certificate Creation and Use guide, requirements for Unified Communications (the servers each name goes to);
# Administrator Guide, alarm 40051.
ANSWERS = [
    ("domains", "example.org", {E: ["example.org"]}),
    ("federation", "example.org", {E: ["example.org"]}),
    ("chat_aliases", "chat.example.com", {C: ["chat.example.com"], E: ["chat.example.com"]}),
    ("phone_profiles", "phones.example.com", {C: ["phones.example.com"]}),
    ("meetings", "join.example.com", {E: ["join.example.com"]}),
]


@pytest.mark.parametrize(("field", "name", "expected"), ANSWERS, ids=[field for field, _, _ in ANSWERS])
def test_an_answer_goes_to_the_servers_that_need_it(field, name, expected):
    plain, found = calculated(deployment()), calculated(deployment(), Answers(**{field: (name,)}))
    more = {
        host: [one for one in names if one not in plain[host, slot]] for (host, slot), names in found.items()
    }
    assert {host: names for host, names in more.items() if names} == expected


def test_of_a_further_domain_either_form_is_enough_too():
    needs = needs_of(deployment(), state_of(deployment()), Answers(domains=("example.org",)))
    assert [one.names for one in needs if one.why is Why.FURTHER_DOMAIN] == [
        ("example.org", "collab-edge.example.org")
    ]


def test_what_no_certificate_cures_is_told_once():
    topology = clusters(*(peer(name, enforces=True, typed=f"{name}.nowhere") for name in (C1, C2)))
    found = [(one.finding.code.value, one.by, one.about) for one in not_by_a_name(state_of(topology))]
    assert len(found) == len(set(found))
    assert ("cluster.no-address", "c1", "c2") in found
    assert not_by_a_name(state_of(enforcing())) == ()
