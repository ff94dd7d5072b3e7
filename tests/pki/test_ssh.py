"""The SSH tunnels: every rule, made to fail alone, with the side on which it fails."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from certstore.pki.connections import Health
from certstore.pki.forge.shape import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.releases import SameSubject
from certstore.pki.settings import TUNNEL_ALGORITHMS, Sends
from certstore.pki.ssh import tunnel_algorithm
from tests.keyring import rsa_key
from tests.pki.chains import END, NOW, START, YESTERDAY, below, self_signed
from tests.pki.chains import facts as facts_of
from tests.pki.deployments import (
    A_OF_E,
    PTR_OF_E,
    client,
    codes,
    control,
    edge,
    lines,
    of_edge,
    state,
)
from tests.pki.zones import (
    C_NAME,
    E_NAME,
    EVERY_CA,
    PRIVATE_CA,
    PRIVATE_ROOT,
    PUBLIC_CA,
    PUBLIC_ROOT,
    of_c,
)

WITHOUT_PUBLIC_CA = (PRIVATE_ROOT, PRIVATE_CA, PUBLIC_ROOT)
WITHOUT_PRIVATE_CA = (PRIVATE_ROOT, PUBLIC_ROOT, PUBLIC_CA)
UNKNOWN_OID = x509.ObjectIdentifier("1.3.6.1.4.1.6449.1.2.1.5.1")
# Keys that nobody signs with: only their kind and size count.
CURVES = {256: ec.SECP256R1(), 384: ec.SECP384R1(), 521: ec.SECP521R1(), 224: ec.SECP224R1()}


def tunnels(*arguments, **changed):
    """The verdict on the tunnels."""
    return state(*arguments, **changed).tunnels[0]


def sides(verdict):
    """Of each reason its code, on whose server the rule failed, and whose certificate or name it is about."""
    return [(reason.finding.code.value, reason.by, reason.about) for reason in verdict.reasons]


def test_with_everything_right_they_are_up_and_nobody_logs_anything():
    verdict = tunnels()
    assert (verdict.health, verdict.reasons, verdict.log_lines) == (Health.WORKS, (), ())
    assert [(look.by, look.about) for look in verdict.looks] == [
        ("e1", "c1"),
        ("c1", "e1"),
        ("c1", "c1"),
        ("e1", "e1"),
    ]


# --- Lists ----------------------------------------------------------------------------------------------------

MISSING = [
    ("of-e-at-c", control(cas=WITHOUT_PUBLIC_CA), edge(), ("c1", "e1"), "CN=Public CA"),
    ("of-c-at-e", control(), edge(None, WITHOUT_PRIVATE_CA), ("e1", "c1"), "CN=Private CA"),
    ("of-c-at-itself", control(cas=WITHOUT_PRIVATE_CA), edge(), ("c1", "c1"), "CN=Private CA"),
    ("of-e-at-itself", control(), edge(None, WITHOUT_PUBLIC_CA), ("e1", "e1"), "CN=Public CA"),
]


@pytest.mark.parametrize(
    ("c", "e", "side", "name"), [case[1:] for case in MISSING], ids=[case[0] for case in MISSING]
)
def test_an_intermediate_that_one_list_lacks_is_named_with_the_list(c, e, side, name):
    verdict = tunnels(c, e)
    assert verdict.health is Health.FAILS
    assert ("tunnels.ca-missing", *side) in sides(verdict)
    found = next(reason for reason in verdict.reasons if (reason.by, reason.about) == side)
    assert found.finding.facts["name"] == name
    assert found.finding.facts["looker"] == {"c1": C_NAME, "e1": E_NAME}[side[0]]
    assert found.finding.facts["other"] == {"c1": C_NAME, "e1": E_NAME}[side[1]]


def test_what_is_sent_helps_the_zone_and_not_the_tunnels():
    whole = state(control(cas=WITHOUT_PUBLIC_CA), edge())
    assert whole.zones[0].health is Health.WORKS
    assert sides(whole.tunnels[0]) == [("tunnels.ca-missing", "c1", "e1")]
    sends_less = state(control(cas=WITHOUT_PUBLIC_CA), edge(sends=Sends.LEAF))
    assert sends_less.zones[0].health is Health.FAILS


def test_the_missing_root_is_named_too():
    found = tunnels(control(cas=(PRIVATE_ROOT, PRIVATE_CA, PUBLIC_CA)), edge())
    assert codes(found) == ["tunnels.zone-down", "tunnels.ca-missing"]
    assert found.reasons[1].finding.facts["name"] == "CN=Public Root"
    assert found.reasons[1].finding.facts["below"] == "CN=Public CA"


def test_a_self_signed_certificate_has_to_be_in_the_lists_itself():
    own = self_signed("exp-e1", sans=[E_NAME, "example.com"])
    assert ("tunnels.self-signed", "c1", "e1") in sides(tunnels(control(), edge(own)))
    cas = (*EVERY_CA, own)
    assert tunnels(control(cas=cas), edge(own, cas)).health is Health.WORKS


def test_an_older_ca_of_the_same_name_above_the_right_one_hides_it():
    stale = below(PUBLIC_ROOT, "Public CA", key="stale")
    cas = (stale, *EVERY_CA)
    verdict = tunnels(control(cas=cas), edge(), same_subject=SameSubject.FIRST)
    assert ("tunnels.same-subject", "c1", "e1") in sides(verdict)
    assert tunnels(control(cas=cas), edge(), same_subject=SameSubject.OPENSSL).health is Health.WORKS


@pytest.mark.parametrize("days", [-1, 366])
def test_outside_of_its_validity_a_certificate_raises_no_tunnel(days):
    short = of_edge(end=NOW + timedelta(days=366), start=NOW)
    verdict = tunnels(control(), edge(short), at=NOW + timedelta(days=days, seconds=1))
    assert ("tunnels.not-valid", "c1", "e1") in sides(verdict)


def test_what_is_not_valid_is_named_with_both_its_dates():
    ended = below(PUBLIC_ROOT, "Public CA", end=YESTERDAY)
    cas = (PRIVATE_ROOT, PRIVATE_CA, PUBLIC_ROOT, ended)
    verdict = tunnels(control(cas=cas), edge(None, cas))
    found = next(reason.finding for reason in verdict.reasons if reason.finding.code == "tunnels.not-valid")
    assert (found.facts["name"], found.facts["start"], found.facts["end"]) == (
        "CN=Public CA",
        "2026-10-24T12:00:00Z",
        "2026-11-22T12:00:00Z",
    )


def test_one_that_has_ended_is_told_once_though_both_lists_refuse_it():
    verdict = tunnels(control(), edge(of_edge(end=YESTERDAY)))
    assert sides(verdict) == [("tunnels.zone-down", "c1", "e1"), ("tunnels.not-valid", "c1", "e1")]


def test_any_other_fault_of_a_chain_has_openssls_number():
    no_ca = below(PUBLIC_ROOT, "Public CA", basic_constraints=False)
    cas = (PRIVATE_ROOT, PRIVATE_CA, PUBLIC_ROOT, no_ca)
    verdict = tunnels(control(cas=cas), edge(None, cas))
    found = next(one.finding for one in verdict.reasons if one.finding.code == "tunnels.chain-refused")
    assert found.facts["number"] == 79


# --- The certificates themselves --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ekus", "is_up"),
    [((SERVER_AUTH,), False), ((CLIENT_AUTH,), True), ((SERVER_AUTH, CLIENT_AUTH), True), (None, True)],
    ids=["server", "client", "both", "none"],
)
def test_the_client_certificate_of_expressway_c_needs_client_authentication(ekus, is_up):
    shown = of_c(ekus=ekus)
    found = codes(tunnels(control(client=shown), edge()))
    assert ("tunnels.no-client-auth" in found) is not is_up


def test_of_expressway_e_nobody_asks_it():
    assert tunnels(control(), edge(of_edge(ekus=(SERVER_AUTH,)))).health is Health.WORKS


@pytest.mark.parametrize("at", ["subject", "issuer"])
def test_an_oid_without_a_name_in_subject_or_issuer(at):
    odd = x509.Name(
        [x509.NameAttribute(UNKNOWN_OID, "06"), x509.NameAttribute(x509.NameOID.COMMON_NAME, "Odd")]
    )
    if at == "subject":
        shown, cas = (
            PUBLIC_CA.leaf(odd, ec.generate_private_key(CURVES[256]).public_key(), START, END),
            EVERY_CA,
        )
    else:
        issuer = below(PUBLIC_ROOT, odd, key="odd")
        shown, cas = of_edge(issuer=issuer), (*EVERY_CA, issuer)
    verdict = tunnels(control(cas=cas), edge(shown, cas))
    assert ("tunnels.unknown-oid", "c1", "e1") in sides(verdict)
    assert "1.3.6.1.4.1.6449.1.2.1.5.1" in [one.finding.facts.get("oid") for one in verdict.reasons]


def key_of(kind, bits):
    """A public key of a kind and size."""
    if kind == "RSA":
        return rsa_key("tunnel", bits).public_key()
    return ec.generate_private_key(CURVES[bits]).public_key()


# RFC 6187, and the names of AG-SEC's list.
ALGORITHMS = [
    ("RSA", 2048, "x509v3-rsa2048-sha256"),
    ("RSA", 1024, ""),
    ("ECDSA", 256, "x509v3-ecdsa-sha2-nistp256"),
    ("ECDSA", 384, "x509v3-ecdsa-sha2-nistp384"),
    ("ECDSA", 521, "x509v3-ecdsa-sha2-nistp521"),
    ("ECDSA", 224, ""),
]


@pytest.mark.parametrize(("kind", "bits", "algorithm"), ALGORITHMS)
def test_the_algorithm_of_each_kind_of_key(kind, bits, algorithm):
    shown = PUBLIC_CA.leaf("exp-e1", key_of(kind, bits), START, END, sans=[E_NAME])
    assert tunnel_algorithm(facts_of(shown)) == algorithm


@pytest.mark.parametrize("by", ["c1", "e1"])
def test_both_ssh_configurations_need_the_algorithm_of_a_key(by):
    rsa_only = {"tunnel_algorithms": TUNNEL_ALGORITHMS[:1]}
    c = control(**(rsa_only if by == "c1" else {}))
    e = edge(**(rsa_only if by == "e1" else {}))
    found = sides(tunnels(c, e))
    assert found == [
        ("tunnels.key-algorithm", by, about) for about in (("c1", "e1") if by == "e1" else ("e1", "c1"))
    ]


# --- Names and DNS ----------------------------------------------------------------------------------------------

OF_DNS = [
    ("no-address", {A_OF_E: ()}, "tunnels.no-address"),
    ("two-addresses", {A_OF_E: ("192.0.2.20", "192.0.2.21")}, "tunnels.several-addresses"),
    ("other-address", {A_OF_E: ("192.0.2.99",)}, "tunnels.wrong-address"),
    ("no-ptr", {PTR_OF_E: ()}, "tunnels.no-ptr"),
    ("other-ptr", {PTR_OF_E: ("mail.example.com",)}, "tunnels.ptr-not-a-name"),
    ("two-ptrs", {PTR_OF_E: (E_NAME, "mail.example.com")}, "tunnels.ptr-not-a-name"),
]


@pytest.mark.parametrize(("answers", "code"), [case[1:] for case in OF_DNS], ids=[case[0] for case in OF_DNS])
def test_what_dns_says_of_expressway_e_has_to_be_right(answers, code):
    verdict = tunnels(answers=answers)
    assert verdict.health is Health.FAILS
    assert (code, "c1", "e1") in sides(verdict)


def test_case_and_a_final_dot_of_a_ptr_do_not_count():
    assert tunnels(answers={PTR_OF_E: ("EXP-E1.example.com",)}).health is Health.WORKS


def test_the_lines_that_are_known_of_ptr_records():
    assert lines(tunnels(answers={PTR_OF_E: ()})) == [("c1", "reverse-lookup-failed", {"ip": "192.0.2.20"})]
    wrong = tunnels(answers={PTR_OF_E: ("mail.example.com",)})
    assert lines(wrong) == [("c1", "cvs-invalid-hostname", {"ip": "192.0.2.20"})]


# --- The zone ---------------------------------------------------------------------------------------------------


def test_without_the_zone_there_are_no_tunnels_and_the_zone_is_the_first_reason():
    whole = state(control(), edge(verify_subject_name="other.example.com"))
    assert whole.zones[0].health is Health.FAILS
    assert sides(whole.tunnels[0]) == [("tunnels.zone-down", "c1", "e1")]


def test_a_peer_address_that_leads_nowhere_counts_as_a_zone_that_is_down():
    verdict = tunnels(control(peers=("nowhere.example.com",)), edge())
    assert codes(verdict) == ["tunnels.zone-down"]


@pytest.mark.parametrize("changed", [{"zone": None}, {"peers": ()}], ids=["no-zone", "no-peer"])
def test_where_no_zone_is_set_up_nobody_tries(changed):
    verdict = tunnels(control(**changed), edge())
    assert (verdict.health, verdict.reasons) == (Health.OFF, ())


def test_the_zone_of_another_expressway_c_is_no_help():
    first = control()
    second = replace(control(verify_subject_name=""), id="c2", host="exp-c2", zone=None)
    found = state(first, edge(), controls=(first, second)).tunnels
    assert [(one.source, one.health) for one in found] == [("c1", Health.WORKS), ("c2", Health.OFF)]


def test_the_client_outside_does_not_matter():
    assert tunnels(client=client(cas=())).health is Health.WORKS
