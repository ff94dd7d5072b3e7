"""Cases that support has met, each made and cured; and what a certificate without client authentication breaks.

The numbers are those of the list of cases in "Look up" (`case-1` and so on). Typed by hand, with the document.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from certstore.pki.connections import Health
from certstore.pki.forge.shape import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.releases import SameSubject, Switches
from tests.pki.chains import NOW, TOMORROW, below, root, self_signed
from tests.pki.deployments import (
    A_OF_E,
    PTR_OF_E,
    U_ADDRESS,
    U_NAME,
    codes,
    control,
    cucm,
    edge,
    link,
    of_cucm,
    of_edge,
    state,
)
from tests.pki.zones import (
    E_NAME,
    EVERY_CA,
    PRIVATE_CA,
    PRIVATE_ROOT,
    PUBLIC_ROOT,
    of_c,
    of_e,
    release,
)

WORKS, FAILS, WARNS = Health.WORKS, Health.FAILS, Health.WARNS
NEXT_WEEK = NOW + timedelta(days=7)


def unified_cm(row=None, c=None, **changed):
    """The verdict on Expressway-C and Unified CM."""
    return state(c, None, **({"cucms": (row or link(),)} | changed)).unified_cms[0]


def zone_and_tunnels(*arguments, **changed):
    """How the zone and the tunnels are."""
    whole = state(*arguments, **changed)
    return whole.zones[0].health, whole.tunnels[0].health


def log(verdict):
    """The names of its log lines."""
    return [line.name for line in verdict.log_lines]


def test_case_1_a_self_signed_ecdsa_certificate_of_unified_cm_after_the_upgrade_to_x14_2():
    """TechNote 218018: 8443 answers, 6972 does not."""
    ecdsa = self_signed("cucm-1-EC.example.com", sans=[U_NAME])
    row = link(cucm(callmanager_ecdsa=ecdsa))
    assert unified_cm(row, release=release("X14.0.2")).health is WORKS
    verdict = unified_cm(row, release=release("X14.2"))
    assert codes(verdict) == ["unified-cm.self-signed"]
    assert verdict.reasons[0].finding.facts["port"] == 6972
    assert log(verdict) == [
        "traffic-server-verification-failed",
        "traffic-server-connection-failed",
        "http-502",
    ]
    assert (verdict.log_lines[0].facts["detail"], verdict.log_lines[0].facts["depth"]) == ("verify-18", 0)
    signed = link(cucm(callmanager_ecdsa=of_cucm()))
    prefers_rsa = link(cucm(callmanager_ecdsa=ecdsa, prefers_rsa=True))
    for cured in (
        unified_cm(signed),
        unified_cm(prefers_rsa),
        unified_cm(row, control(verifies_origin_server=False)),
        unified_cm(row, control(cas=(*EVERY_CA, ecdsa))),
    ):
        assert cured.health is WORKS


@pytest.mark.parametrize("known_as", [U_ADDRESS, "cucm-1"])
def test_case_2_the_system_server_entry_is_no_name_of_the_certificate(known_as):
    """TechNote 218018: enter the FQDN, or add the name."""
    verdict = unified_cm(link(known_as=known_as))
    assert set(codes(verdict)) == {"unified-cm.other-name"}
    assert "traffic-server-sni" in log(verdict)
    assert unified_cm(link(known_as=U_NAME)).health is WORKS


def test_case_3_unified_cm_does_not_know_the_ca_of_expressway_c_after_the_upgrade_to_x14_0_2():
    """TechNote 217748: root and intermediates into tomcat-trust and CallManager-trust."""
    row = link(cucm(tomcat_trust=(), callmanager_trust=()))
    assert unified_cm(row, release=release("X14.0")).health is WORKS
    verdict = unified_cm(row, release=release("X14.0.2"))
    assert set(codes(verdict)) == {"unified-cm.ca-missing"}
    assert {reason.by for reason in verdict.reasons} == {"u1"}
    half = link(cucm(callmanager_trust=()))
    assert codes(unified_cm(half)) == ["unified-cm.ca-missing"]
    assert unified_cm(link()).health is WORKS


def test_case_4_after_three_renewals_in_mixed_mode_nobody_knows_the_others_ca():
    """TechNote 225746: exchange the CAs and restart the services; then the lists that are loaded have them."""
    new_root = root("New Root")
    theirs, ours = below(new_root, "New CUCM CA"), below(new_root, "New Expressway CA")
    renewed = {"tomcat": of_cucm(theirs), "callmanager": of_cucm(theirs), "mixed_mode": True}
    shown = of_c(ours)
    verdict = unified_cm(link(cucm(**renewed)), control(shown))
    assert {"unified-cm.not-trusted", "unified-cm.ca-missing"} <= set(codes(verdict))
    alerts = [line.facts["alert"] for line in verdict.log_lines if line.name == "traffic-server-alert"]
    assert alerts == ["unknown_ca"]
    one_way = unified_cm(link(cucm(**renewed)), control(shown, (*EVERY_CA, new_root, theirs, ours)))
    assert one_way.health is FAILS
    exchanged = {"tomcat_trust": (new_root, ours), "callmanager_trust": (new_root, ours)}
    cured = unified_cm(
        link(cucm(**renewed, **exchanged)), control(shown, (*EVERY_CA, new_root, theirs, ours))
    )
    assert cured.health is WORKS


def test_case_6_the_zone_is_up_and_the_tunnels_are_down_after_a_renewal():
    """TechNote 221624: the CA has a new intermediate, and only the root is trusted."""
    new_ca = below(PUBLIC_ROOT, "Public CA 2")
    renewed = edge(of_edge(issuer=new_ca), (*EVERY_CA, new_ca))
    whole = state(control(), renewed)
    assert (whole.zones[0].health, whole.tunnels[0].health) == (WORKS, FAILS)
    assert codes(whole.tunnels[0]) == ["tunnels.ca-missing"]
    assert whole.tunnels[0].reasons[0].finding.facts["name"] == "CN=Public CA 2"
    assert zone_and_tunnels(control(cas=(*EVERY_CA, new_ca)), renewed) == (WORKS, WORKS)


def test_case_9_jabber_warns_because_the_domain_is_no_name_of_the_certificate():
    """TechNote 221624: example.com or collab-edge.example.com."""
    verdict = state(None, edge(of_edge(sans=[E_NAME]))).jabber[0]
    assert (verdict.health, codes(verdict)[0]) == (WARNS, "jabber.no-domain")
    for name in ("example.com", "collab-edge.example.com"):
        assert state(None, edge(of_edge(sans=[E_NAME, name]))).jabber[0].health is WORKS


def test_case_10_an_intermediate_ca_ends_and_zones_and_tunnels_fail_that_day():
    """TechNote 220220: delete it, append its successor."""
    ends = below(PUBLIC_ROOT, "Public CA", end=TOMORROW)
    successor = below(PUBLIC_ROOT, "Public CA")
    before, after = (PRIVATE_ROOT, PRIVATE_CA, PUBLIC_ROOT, ends), EVERY_CA[:3]
    assert zone_and_tunnels(control(cas=before), edge(None, before)) == (WORKS, WORKS)
    assert zone_and_tunnels(control(cas=before), edge(None, before), at=NEXT_WEEK) == (FAILS, FAILS)
    cas = (*after, successor)
    assert zone_and_tunnels(control(cas=cas), edge(None, cas), at=NEXT_WEEK) == (WORKS, WORKS)


def test_case_11_a_root_ends_and_what_hangs_on_it_is_not_trusted():
    """TechNote 217415: delete it, load the root that the CA uses now."""
    old = root("Old Root", end=TOMORROW)
    issuing = below(old, "Issuing")
    new = root("New Root")
    cross = new.cross_sign(issuing, NOW - timedelta(days=1), NOW + timedelta(days=365))
    shown = of_edge(issuer=issuing)
    before = (PRIVATE_ROOT, PRIVATE_CA, old, issuing)
    assert zone_and_tunnels(control(cas=before), edge(shown, before)) == (WORKS, WORKS)
    assert zone_and_tunnels(control(cas=before), edge(shown, before), at=NEXT_WEEK) == (FAILS, FAILS)
    after = (PRIVATE_ROOT, PRIVATE_CA, new, cross)
    assert zone_and_tunnels(control(cas=after), edge(shown, after), at=NEXT_WEEK) == (WORKS, WORKS)


def test_case_16_several_ptr_records():
    """TechNote 118798: Invalid Hostname; one right PTR."""
    wrong = {PTR_OF_E: (E_NAME, "mail.example.com")}
    verdict = state(answers=wrong).tunnels[0]
    assert codes(verdict) == ["tunnels.ptr-not-a-name"]
    assert log(verdict) == ["cvs-invalid-hostname"]
    assert state(answers={PTR_OF_E: (E_NAME,)}).tunnels[0].health is WORKS


def test_case_18_two_self_signed_certificates_of_unified_cm_with_one_name():
    """TechNote 118798, CSCun30200: only one can be trusted; have one of them signed."""
    tomcat, callmanager = (
        self_signed("cucm-1.example.com", sans=[U_NAME], serial=serial) for serial in (1, 2)
    )
    own = {"tomcat": tomcat, "callmanager": callmanager, "mixed_mode": True}
    c = control(cas=(*EVERY_CA, tomcat, callmanager))
    first = {"same_subject": SameSubject.FIRST}
    verdict = unified_cm(link(cucm(**own), tls_verify=True), c, **first)
    refused = [
        one.finding.facts["port"] for one in verdict.reasons if one.finding.code == "unified-cm.same-subject"
    ]
    assert refused == [6972, 5061]
    signed = {**own, "callmanager": of_cucm()}
    assert unified_cm(link(cucm(**signed), tls_verify=True), c, **first).health is WORKS


def test_case_20_two_a_records_of_expressway_e():
    """TechNote 118798: the status waits for traversal server information."""
    two = {A_OF_E: ("192.0.2.20", "192.0.2.21")}
    whole = state(answers=two)
    assert whole.zones[0].health is not FAILS
    assert codes(whole.tunnels[0]) == ["tunnels.several-addresses"]
    assert whole.sign_ins[0].health is FAILS
    assert state(answers={A_OF_E: ("192.0.2.20",)}).sign_ins[0].health is WORKS


@pytest.mark.parametrize(("name", "sip"), [("X15.3", FAILS), ("X15.4", WORKS)])
def test_case_32_registration_fails_while_zone_and_tunnels_are_fine(name, sip):
    """TechNote 225482: a server-only certificate of Expressway-E before X15.4."""
    whole = state(control(), edge(of_edge(ekus=(SERVER_AUTH,))), release=release(name))
    assert (whole.zones[0].health, whole.tunnels[0].health) == (WORKS, WORKS)
    assert whole.sign_ins[0].steps[-1].health is sip
    if sip is FAILS:
        assert codes(whole.sign_ins[0]) == ["sign-in.service-refused"]


def test_case_35_an_underscore_in_the_host_name_of_expressway_e():
    """Mobile and Remote Access guide: portforwarding.pyc; rename, reissue."""
    name = "exp_e1.example.com"
    shown = of_e(sans=[name, "example.com"])
    renamed = replace(edge(shown), host="exp_e1")
    whole = state(control(peers=(name,)), renamed)
    assert whole.zones[0].health is WORKS
    assert codes(whole.tunnels[0]) == ["tunnels.underscore"]
    assert [(line.by, line.name) for line in whole.tunnels[0].log_lines] == [("e1", "portforwarding-failed")]
    assert zone_and_tunnels() == (WORKS, WORKS)


def test_case_38_an_older_ca_of_the_same_subject_stands_higher_in_the_list():
    """TechNote 213872: delete the stale one."""
    stale = below(PUBLIC_ROOT, "Public CA", key="stale")
    first = {"same_subject": SameSubject.FIRST}
    assert zone_and_tunnels(control(cas=(stale, *EVERY_CA)), edge(), **first) == (FAILS, FAILS)
    verdict = state(control(cas=(stale, *EVERY_CA)), edge(), **first).tunnels[0]
    assert "tunnels.same-subject" in codes(verdict)
    assert zone_and_tunnels(control(), edge(), **first) == (WORKS, WORKS)


# --- Case 34: the truth table of X15.5 --------------------------------------------------------------------------

SERVER_ONLY, CLIENT_ONLY, BOTH = (SERVER_AUTH,), (CLIENT_AUTH,), (SERVER_AUTH, CLIENT_AUTH)

# The client certificate of Expressway-C, the check on Expressway-E, then zone and tunnels. TechNote 225693, test
# cases 1, 2 and condition 2.1; the rows without an extension: Administrator Guide X15.5.
X15_5 = [
    ("case-1", SERVER_ONLY, True, FAILS, FAILS),
    ("case-2", SERVER_ONLY, False, WORKS, FAILS),
    ("case-2.1-client-only-checked", CLIENT_ONLY, True, WORKS, WORKS),
    ("case-2.1-client-only", CLIENT_ONLY, False, WORKS, WORKS),
    ("case-2.1-both-checked", BOTH, True, WORKS, WORKS),
    ("case-2.1-both", BOTH, False, WORKS, WORKS),
    ("no-extension-checked", None, True, WORKS, WORKS),
    ("no-extension", None, False, WORKS, WORKS),
]


@pytest.mark.parametrize(
    ("ekus", "checks", "zone", "tunnels"), [row[1:] for row in X15_5], ids=[row[0] for row in X15_5]
)
def test_case_34_what_x15_5_makes_of_the_client_certificate(ekus, checks, zone, tunnels):
    """TechNote 225693. The server certificates of both are for servers only, as in its condition 2.1."""
    c = control(of_c(ekus=SERVER_ONLY), client=of_c(ekus=ekus))
    found = zone_and_tunnels(
        c, edge(of_edge(ekus=SERVER_ONLY)), release=release("X15.5"), switches=Switches(eku_checking=checks)
    )
    assert found == (zone, tunnels)


def test_case_34_is_cured_by_a_client_certificate_of_a_private_ca_that_both_trust():
    """TechNote 225693, condition 2.1: "from a trusted CA"; an untrusted one raises neither."""
    stranger = root("Stranger Root")
    untrusted = control(of_c(ekus=SERVER_ONLY), client=of_c(stranger, ekus=CLIENT_ONLY))
    assert zone_and_tunnels(untrusted, edge(), release=release("X15.5")) == (FAILS, FAILS)
    cas = (*EVERY_CA, stranger)
    trusted = control(of_c(ekus=SERVER_ONLY), cas, client=of_c(stranger, ekus=CLIENT_ONLY))
    assert zone_and_tunnels(trusted, edge(None, cas), release=release("X15.5")) == (WORKS, WORKS)


def test_the_switch_of_x15_5_does_nothing_on_an_older_release():
    off = Switches(eku_checking=False)
    c = control(of_c(ekus=SERVER_ONLY))
    assert zone_and_tunnels(c, edge(), release=release("X15.4"), switches=off) == (FAILS, FAILS)
