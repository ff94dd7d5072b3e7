"""Jabber outside: what it is asked about, what it refuses, and who else would notice."""

import pytest

from certstore.pki.connections import Health
from certstore.pki.dns import Host, right_records
from certstore.pki.releases import SameSubject
from certstore.pki.settings import InvalidCertificate, Sends
from tests.pki.chains import YESTERDAY, root
from tests.pki.deployments import A_OF_E, SRV, client, codes, deployment, edge, facts, lines, of_edge, state
from tests.pki.zones import E_NAME, EVERY_CA, PRIVATE_CA, PRIVATE_ROOT, PUBLIC_CA, PUBLIC_ROOT

URL = f"https://{E_NAME}:8443"
REJECT = InvalidCertificate.REJECT


def jabber(e=None, **changed):
    """The verdict on Jabber's way in."""
    return state(None, e, **changed).jabber[0]


def keys(verdict):
    """The keys of the lines of the client's log."""
    return [told["key"] for by, name, told in lines(verdict) if (by, name) == ("j1", "jabber-log")]


def test_with_everything_right_nobody_is_asked():
    verdict = jabber()
    assert (verdict.health, verdict.reasons, verdict.log_lines) == (Health.WORKS, (), ())
    assert (verdict.source, verdict.target) == ("j1", "e1")


@pytest.mark.parametrize(
    ("sans", "is_enough"),
    [
        ([E_NAME, "example.com"], True),
        ([E_NAME, "collab-edge.example.com"], True),
        ([E_NAME, "EXAMPLE.com"], True),
        ([E_NAME], False),
        ([E_NAME, "*.example.com"], False),
        ([E_NAME, "example.com.other.test"], False),
    ],
    ids=["domain", "collab-edge", "case", "neither", "wildcard", "longer"],
)
def test_one_of_the_two_forms_of_the_domain_is_enough(sans, is_enough):
    verdict = jabber(edge(of_edge(sans=sans)))
    assert verdict.health is (Health.WORKS if is_enough else Health.WARNS)
    assert codes(verdict) == ([] if is_enough else ["jabber.no-domain", "jabber.phones-fail"])


def test_a_missing_domain_is_in_the_clients_log():
    verdict = jabber(edge(of_edge(sans=[E_NAME])))
    assert lines(verdict) == [
        ("j1", "jabber-log", {"key": "identity-failed", "url": URL}),
        ("j1", "jabber-log", {"key": "cn-no-match", "url": URL}),
    ]


def test_where_the_client_is_set_to_reject_nobody_is_asked_and_it_fails():
    verdict = jabber(edge(of_edge(sans=[E_NAME])), client=client(on_invalid_certificate=REJECT))
    assert verdict.health is Health.FAILS
    assert keys(verdict) == ["identity-failed", "cn-no-match", "validation-error", "certificate-failure"]


def test_a_ca_that_the_computer_does_not_know():
    verdict = jabber(client=client(cas=()))
    assert (verdict.health, codes(verdict)) == (Health.WARNS, ["jabber.not-trusted", "jabber.phones-fail"])
    assert (facts(verdict)["name"], facts(verdict)["number"]) == ("CN=Public Root", 19)


def test_an_intermediate_that_expressway_e_does_not_send():
    assert jabber(edge(sends=Sends.LEAF)).health is Health.WARNS
    assert jabber(edge(sends=Sends.LEAF), client=client(cas=(PUBLIC_ROOT, PUBLIC_CA))).health is Health.WORKS
    not_in_its_list = edge(None, (PRIVATE_ROOT, PRIVATE_CA))
    assert facts(jabber(not_in_its_list))["number"] == 20


def test_a_certificate_that_has_ended():
    verdict = jabber(edge(of_edge(end=YESTERDAY)))
    assert (codes(verdict)[0], facts(verdict)["number"]) == ("jabber.not-trusted", 10)


def test_the_lists_of_the_servers_do_not_matter_to_the_client():
    assert jabber(client=client(cas=EVERY_CA)).health is Health.WORKS
    assert jabber(client=client(cas=(PRIVATE_ROOT, PRIVATE_CA))).health is Health.WARNS


def test_the_clients_computer_tells_two_cas_of_one_name_apart():
    stale = root("Public Root", key="stale")
    whole = {"client": client(cas=(stale, PUBLIC_ROOT)), "same_subject": SameSubject.FIRST}
    assert jabber(**whole).health is Health.WORKS


# --- DNS --------------------------------------------------------------------------------------------------------

OTHER = "mra.example.com"
OF_DNS = [
    ("no-record", {SRV: ()}, "jabber.no-srv", "no-srv"),
    ("nowhere", {SRV: (OTHER,)}, "jabber.no-address", "unresolved-host"),
    ("no-address", {A_OF_E: ()}, "jabber.no-address", "unresolved-host"),
    ("elsewhere", {A_OF_E: ("192.0.2.99",)}, "jabber.no-address", "unresolved-host"),
    ("other-name", {SRV: (OTHER,), (A_OF_E[0], OTHER): ("192.0.2.20",)}, "jabber.other-name", "xauth-cookie"),
]


@pytest.mark.parametrize(
    ("answers", "code", "key"), [case[1:] for case in OF_DNS], ids=[case[0] for case in OF_DNS]
)
def test_what_dns_says_decides_before_any_certificate(answers, code, key):
    verdict = jabber(edge(of_edge(sans=[E_NAME])), answers=answers)
    assert verdict.health is Health.FAILS
    assert codes(verdict)[0] == code
    assert keys(verdict)[0] == key
    assert bool(verdict.looks) is (code == "jabber.other-name")


def test_case_and_a_final_dot_of_the_target_do_not_count():
    assert jabber(answers={SRV: (E_NAME.upper() + ".",)}).health is Health.WORKS


def test_a_client_whose_domain_is_not_set_finds_nothing():
    assert codes(jabber(client=client(domain=""))) == ["jabber.no-srv"]


def test_without_a_client_nobody_tries():
    verdict = jabber(client=None)
    assert (verdict.health, verdict.source, verdict.reasons) == (Health.OFF, "", ())


def test_an_expressway_e_that_the_record_does_not_name_is_not_tried():
    first = edge()
    second = edge(id="e2", host="exp-e2", address="192.0.2.21")
    hosts = [Host(one.fqdn, one.address) for one in (first, second)]
    whole = deployment(None, first, edges=(first, second))
    dns = type(whole.dns)(right_records(hosts, hosts[:1], ["example.com"]), {})
    found = state(None, first, edges=(first, second), dns=dns).jabber
    assert [(one.target, one.health) for one in found] == [("e1", Health.WORKS), ("e2", Health.OFF)]
