"""The traversal zone between two real servers' certificates: each expected row typed by hand, with its source."""

from dataclasses import replace

import pytest

from certstore.pki.connections import Health, Kind
from certstore.pki.findings import Severity
from certstore.pki.forge.shape import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.peer_findings import missing_ca
from certstore.pki.releases import RELEASES, SameSubject, Switches
from certstore.pki.settings import Sends
from certstore.pki.zone import judge_zone
from certstore.wording import explained
from tests.pki.chains import LONG_AGO, YESTERDAY, below, leaf, root, self_signed
from tests.pki.test_candidates import Counting
from tests.pki.zones import (
    C_ADDRESS,
    C_NAME,
    E_ADDRESS,
    E_NAME,
    EVERY_CA,
    PRIVATE_CA,
    PRIVATE_ROOT,
    PUBLIC_CA,
    PUBLIC_ROOT,
    codes,
    control,
    deployment,
    edge,
    known,
    lines,
    of_c,
    of_e,
    release,
    zone,
)

OFF = Switches(eku_checking=False)
ENDED = {"start": LONG_AGO, "end": YESTERDAY}


def test_with_everything_right_the_zone_works_and_nobody_writes_a_line():
    verdict = zone()
    assert (verdict.kind, verdict.source, verdict.target) == (Kind.ZONE, "c1", "e1")
    assert (verdict.health, verdict.reasons, verdict.log_lines) == (Health.WORKS, (), ())
    assert [(found.by, found.about, found.matched) for found in verdict.looks] == [
        ("c1", "e1", E_NAME),
        ("e1", "c1", C_NAME),
    ]


# TechNote 225693 (test cases 1, 2 and 2.1) and Administrator Guide X15.5: the X15.5 truth table, column UC zone.
# The client certificate of the Expressway-C, whether the Expressway-E checks, whether the zone is active.
X155 = [
    ([SERVER_AUTH], True, False),  # test case 1
    ([SERVER_AUTH], False, True),  # test case 2
    ([CLIENT_AUTH], True, True),  # condition 2.1
    ([CLIENT_AUTH], False, True),
    ([CLIENT_AUTH, SERVER_AUTH], True, True),
    ([CLIENT_AUTH, SERVER_AUTH], False, True),
    (None, True, True),  # Administrator Guide: no extended key usage extension
    (None, False, True),
    (
        ["1.3.6.1.5.5.7.3.4"],
        False,
        False,
    ),  # Administrator Guide: with the check off server authentication is checked
]


@pytest.mark.parametrize(("ekus", "checks", "is_active"), X155, ids=range(len(X155)))
def test_x15_5_wants_of_the_client_certificate_what_its_truth_table_says(ekus, checks, is_active):
    c = control(of_c(ekus=[SERVER_AUTH]), client=of_c(ekus=ekus))
    verdict = zone(
        c, edge(of_e(ekus=[SERVER_AUTH])), release=release("X15.5"), switches=Switches(eku_checking=checks)
    )
    assert (verdict.health is Health.WORKS) is is_active
    assert codes(verdict) == ([] if is_active else ["peer.no-client-auth"])


def test_x15_5_shows_the_client_certificate_and_not_the_server_certificate():
    """TechNote 225693, condition 2.1: the successful case has a server certificate for server authentication only."""
    c = control(of_c(sans=["other.example.com"], ekus=[SERVER_AUTH]), client=of_c(ekus=[CLIENT_AUTH]))
    assert zone(c, release=release("X15.5")).health is Health.WORKS


@pytest.mark.parametrize("name", [one.name for one in RELEASES if one.name != "X15.5"])
def test_before_x15_5_client_authentication_is_wanted_however_the_switch_stands(name):
    """TechNotes 213872 and 225482."""
    c = control(of_c(ekus=[SERVER_AUTH]))
    for switches in (Switches(), OFF):
        verdict = zone(c, release=release(name), switches=switches)
        assert (verdict.health, codes(verdict)) == (Health.FAILS, ["peer.no-client-auth"])


def test_expressway_e_needs_server_authentication_only():
    """TechNote 225482: the zone is fine with such a certificate on Expressway-E."""
    assert zone(e=edge(of_e(ekus=[SERVER_AUTH]))).health is Health.WORKS
    assert codes(zone(e=edge(of_e(ekus=[CLIENT_AUTH])))) == ["peer.no-server-auth"]


def test_the_usage_that_is_missing_and_those_that_are_there_are_told():
    facts = zone(control(of_c(ekus=[SERVER_AUTH]))).reasons[0].finding.facts
    assert (facts["usage"], facts["looker"], facts["other"]) == (
        "client authentication",
        "exp-e1.example.com",
        "exp-c1.example.com",
    )
    assert "erver" in str(facts["eku"])


# What is wrong on which side; the first code, who refuses, and OpenSSL's number.
CHAINS = [
    ({"cas": [PRIVATE_ROOT, PRIVATE_CA]}, {}, "peer.chain-not-trusted", "c1", 19),
    ({}, {"cas": [PUBLIC_ROOT, PUBLIC_CA]}, "peer.chain-not-trusted", "e1", 19),
    ({"cas": [PRIVATE_ROOT, PRIVATE_CA, PUBLIC_CA]}, {}, "peer.chain-not-trusted", "c1", 2),
    ({"cas": [PRIVATE_ROOT, PUBLIC_ROOT]}, {"sends": Sends.LEAF}, "peer.chain-not-trusted", "c1", 20),
    ({}, {"certificate": of_e(**ENDED)}, "peer.expired", "c1", 10),
    ({"certificate": of_c(**ENDED)}, {}, "peer.expired", "e1", 10),
    ({}, {"certificate": self_signed(sans=[E_NAME])}, "peer.self-signed", "c1", 18),
    (
        {"cas": (*EVERY_CA, (NOT_CA := below(PUBLIC_ROOT, "No CA", ca=False)))},
        {"certificate": of_e(NOT_CA), "cas": (*EVERY_CA, NOT_CA)},
        "peer.not-a-ca",
        "c1",
        79,
    ),
]


@pytest.mark.parametrize(("of_control", "of_edge", "code", "by", "number"), CHAINS, ids=range(len(CHAINS)))
def test_a_chain_that_is_refused_says_by_whom_and_why(of_control, of_edge, code, by, number):
    verdict = zone(control(**of_control), edge(**of_edge))
    first = verdict.reasons[0]
    assert (verdict.health, first.finding.code.value, first.by) == (Health.FAILS, code, by)
    assert first.about == {"c1": "e1", "e1": "c1"}[by]
    assert first.finding.facts["number"] == number


@pytest.mark.parametrize(
    ("listed", "sends", "name"),
    [
        ((PRIVATE_ROOT, PRIVATE_CA), Sends.CHAIN, "CN=Public Root"),
        ((PRIVATE_ROOT, PUBLIC_CA), Sends.CHAIN, "CN=Public Root"),
        ((PRIVATE_ROOT, PUBLIC_ROOT), Sends.LEAF, "CN=Public CA"),
    ],
    ids=range(3),
)
def test_the_missing_ca_is_named_with_its_key_identifier_and_what_it_issued(listed, sends, name):
    verdict = zone(control(cas=listed), edge(sends=sends))
    facts, lost = (
        verdict.reasons[0].finding.facts,
        {"CN=Public Root": PUBLIC_ROOT, "CN=Public CA": PUBLIC_CA}[name],
    )
    below_it = {"CN=Public Root": "CN=Public CA", "CN=Public CA": f"CN={E_NAME}"}[name]
    assert (facts["name"], facts["key_id"], facts["below"]) == (
        name,
        known(lost.der).subject_key_id,
        below_it,
    )
    assert missing_ca(verdict.looks[0]) == (name, facts["key_id"])
    assert missing_ca(verdict.looks[1]) is None


def test_the_zone_comes_up_with_the_root_alone_where_the_other_side_sends_the_rest():
    """TechNote 221624: the zone can be up with only the root trusted (and the SSH tunnels down)."""
    assert zone(control(cas=[PRIVATE_ROOT, PRIVATE_CA, PUBLIC_ROOT])).health is Health.WORKS


def test_a_server_without_its_own_intermediates_sends_none_and_is_not_trusted():
    """TechNote 212475, issue 3: own CAs are not in the own list."""
    c = control(cas=[PRIVATE_ROOT, PRIVATE_CA, PUBLIC_ROOT])
    verdict = zone(c, edge(cas=[PRIVATE_ROOT, PRIVATE_CA]))
    assert codes(verdict) == ["peer.chain-not-trusted"]
    assert verdict.reasons[0].finding.facts["number"] == 20


def test_an_old_ca_of_the_same_name_above_the_right_one_hides_it():
    """TechNote 213872; the key identifier would find the right one, so it is told that it depends."""
    old = root("Public Root", key="an old one")
    c = control(cas=(old, *EVERY_CA))
    verdict = zone(c, same_subject=SameSubject.FIRST)
    assert codes(verdict) == ["peer.chain-not-trusted", "peer.depends-on-same-subject"]
    assert verdict.reasons[1].finding.severity is Severity.NOTE
    accepted = zone(c, same_subject=SameSubject.OPENSSL)
    assert (accepted.health, codes(accepted)) == (Health.WORKS, ["peer.depends-on-same-subject"])


# TechNotes 117811 and 221624: the peer address as typed is a name of Expressway-E's certificate.
PEERS = [
    (E_NAME, [E_NAME], True),
    ("EXP-E1.example.com", [E_NAME], True),
    (E_NAME, ["*.example.com"], False),
    (E_NAME, ["exp-e2.example.com"], False),
    (E_ADDRESS, [E_NAME], False),
    (E_ADDRESS, [E_NAME, E_ADDRESS], True),
]


@pytest.mark.parametrize(("typed", "sans", "fits"), PEERS, ids=range(len(PEERS)))
def test_the_peer_address_as_typed_has_to_be_in_the_certificate_of_expressway_e(typed, sans, fits):
    verdict = zone(e=edge(of_e(sans=sans)), peer_address=typed)
    assert codes(verdict) == ([] if fits else ["zone.peer-address-not-in-certificate"])
    if not fits:
        assert (verdict.reasons[0].by, verdict.reasons[0].about) == ("c1", "e1")
        assert verdict.reasons[0].finding.facts["name"] == typed


# TechNotes 212475 and 221624: any one name of Expressway-C's certificate will do.
SUBJECTS = [
    (C_NAME, [C_NAME], True),
    ("cluster.example.com", [C_NAME, "cluster.example.com"], True),
    ("exp-cl.example.com", [C_NAME], False),  # a slip of the pen
    (C_NAME, ["*.example.com"], False),
]


@pytest.mark.parametrize(("typed", "sans", "fits"), SUBJECTS, ids=range(len(SUBJECTS)))
def test_the_tls_verify_subject_name_has_to_be_in_the_certificate_of_expressway_c(typed, sans, fits):
    verdict = zone(control(of_c(sans=sans)), edge(verify_subject_name=typed))
    assert codes(verdict) == ([] if fits else ["zone.subject-name-not-in-certificate"])
    if not fits:
        assert (verdict.reasons[0].by, verdict.reasons[0].about) == ("e1", "c1")


def test_a_setting_of_the_lab_decides_whether_the_cn_counts():
    e = edge(leaf(PUBLIC_CA, E_NAME, sans=["other.example.com"]))
    assert codes(zone(e=e)) == ["zone.peer-address-not-in-certificate"]
    assert zone(e=e, cn_counts=True).health is Health.WORKS


def test_without_a_subject_name_expressway_e_cannot_tell_who_comes():
    assert codes(zone(e=edge(verify_subject_name=""))) == ["zone.no-subject-name"]


def test_a_zone_that_nobody_set_up_on_expressway_c_is_off():
    for verdict in (zone(replace(control(), zone=None)), zone(peer_address="  ")):
        assert (verdict.health, codes(verdict), verdict.target) == (Health.OFF, ["zone.not-set-up"], "")
        assert (verdict.looks, verdict.log_lines) == ((), ())


def test_a_zone_that_is_missing_on_expressway_e_fails():
    verdict = zone(e=replace(edge(), zone=None))
    assert (verdict.health, codes(verdict), verdict.log_lines) == (Health.FAILS, ["zone.not-set-up"], ())
    assert verdict.reasons[0].finding.facts["name"] == E_NAME


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((), "zone.no-address"),
        (("192.0.2.99",), "zone.address-leads-elsewhere"),
        ((C_ADDRESS,), "zone.address-leads-elsewhere"),
    ],
    ids=range(3),
)
def test_a_peer_address_that_dns_does_not_lead_to_expressway_e_fails(answer, code):
    verdict = zone(dns={E_NAME: answer})
    assert (verdict.health, codes(verdict), verdict.target) == (Health.FAILS, [code], "")
    assert (verdict.looks, verdict.log_lines) == ((), ())


def test_two_addresses_of_one_name_warn():
    """TechNote 118798: two A records of the Expressway-E."""
    verdict = zone(dns={E_NAME: ("192.0.2.99", E_ADDRESS)})
    assert (verdict.health, verdict.target, codes(verdict)) == (
        Health.WARNS,
        "e1",
        ["zone.several-addresses"],
    )


def test_another_port_on_either_side_keeps_them_from_meeting():
    verdict = zone(e=edge(of_e(**ENDED), sip_port=7002))
    assert codes(verdict) == ["zone.port", "peer.expired"]
    assert verdict.log_lines == ()
    assert verdict.reasons[0].finding.facts["port"] == 7002


WRONG = [{"username": "other"}, {"password": "other"}, {"username": ""}, {"password": ""}]


@pytest.mark.parametrize("wrong", WRONG, ids=range(4))
def test_user_name_and_password_have_to_be_those_of_expressway_e(wrong):
    """TechNote 117811: the zone fails, and no certificate is at fault."""
    verdict = zone(control(**wrong))
    assert (verdict.health, codes(verdict)) == (Health.FAILS, ["zone.credentials"])
    assert lines(verdict) == [("e1", "authentication-failed", "")]


@pytest.mark.parametrize(("changed", "code"), [("other", []), ("", ["zone.credentials"])])
def test_the_same_on_both_sides_is_right_unless_it_is_nothing(changed, code):
    for field in ("username", "password"):
        assert codes(zone(control(**{field: changed}), edge(**{field: changed}))) == code


def test_a_key_of_8192_bits_may_keep_the_zone_down():
    """Certificate Creation and Use guide, troubleshooting: "may not" become active, so it warns."""
    large = replace(known(of_e().der), key_algorithm="RSA", key_bits=8192)
    verdict = zone(e=replace(edge(), server=large))
    assert (verdict.health, codes(verdict)) == (Health.WARNS, ["zone.very-large-key"])
    assert (verdict.reasons[0].by, verdict.reasons[0].about) == ("c1", "e1")


def test_everything_that_would_fail_is_told_in_the_order_of_the_connection():
    c = control(of_c(ekus=[SERVER_AUTH], **ENDED), cas=[PRIVATE_ROOT, PRIVATE_CA], password="other")
    e = edge(of_e(sans=["x.example.com"]), verify_subject_name="y.example.com")
    verdict = zone(c, e, dns={E_NAME: ("192.0.2.99", E_ADDRESS)})
    assert codes(verdict) == [
        "peer.chain-not-trusted",
        "zone.peer-address-not-in-certificate",
        "peer.no-client-auth",
        "peer.expired",
        "zone.subject-name-not-in-certificate",
        "zone.credentials",
        "zone.several-addresses",
    ]
    assert [reason.by for reason in verdict.reasons] == ["c1", "c1", "e1", "e1", "e1", "e1", "c1"]


def test_every_reason_has_its_explanation_with_nothing_left_in_braces():
    c = control(of_c(ekus=[SERVER_AUTH], **ENDED), cas=[PRIVATE_ROOT, PRIVATE_CA], password="other")
    for reason in zone(c, edge(of_e(sans=["x.example.com"]), sip_port=7002)).reasons:
        told = explained(reason.finding.code, reason.finding.facts)
        assert "{" not in "".join((told.on_screen.text, told.cause, *told.cure))


def test_what_is_asked_of_the_lists_does_not_grow_with_them():
    def asked(size):
        crowd = [known(root(f"Crowd {number}", key="crowd").der) for number in range(size)]
        lists = [Counting([*crowd, *(known(ca.der) for ca in EVERY_CA)]) for _ in range(2)]
        whole = deployment(replace(control(), trust=lists[0]), replace(edge(), trust=lists[1]))
        assert judge_zone(whole, whole.controls[0], E_NAME).health is Health.WORKS
        return [sum(one.asked.values()) for one in lists]

    assert asked(0) == asked(80)
    assert max(asked(0)) <= 8
