"""Expressway-C and Unified CM: what each looks at by release and setting, on which port, and what is logged."""

import pytest

from certstore.pki.connections import Health
from certstore.pki.forge.shape import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.releases import SameSubject
from tests.pki.chains import TOMORROW, YESTERDAY, below, root, self_signed
from tests.pki.deployments import U_ADDRESS, U_NAME, codes, control, cucm, facts, lines, link, of_cucm, state
from tests.pki.zones import EVERY_CA, PRIVATE_CA, PRIVATE_ROOT, PUBLIC_ROOT, of_c, release

OTHER_ROOT = root("Other Root")
OTHER_CA = below(OTHER_ROOT, "Other CA")
SELF_SIGNED = self_signed("cucm-1-EC.example.com", sans=[U_NAME])
ALERTED = ["traffic-server-request", "traffic-server-alert", "http-502"]


def unified_cm(row=None, c=None, **changed):
    """The verdict on Expressway-C and Unified CM."""
    return state(c, None, **({"cucms": (row or link(),)} | changed)).unified_cms[0]


def sides(verdict):
    """Of each reason its code, on whose server the rule failed, and on which port."""
    return [(one.finding.code.value, one.by, one.finding.facts["port"]) for one in verdict.reasons]


def names(verdict):
    """The names of its log lines."""
    return [name for _, name, _ in lines(verdict)]


def test_with_everything_right_both_look_and_nobody_logs_anything():
    verdict = unified_cm()
    assert (verdict.health, verdict.reasons, verdict.log_lines) == (Health.WORKS, (), ())
    assert [(look.by, look.about) for look in verdict.looks] == [
        ("c1", "u1"),
        ("c1", "u1"),
        ("u1", "c1"),
        ("u1", "c1"),
    ]


# --- Expressway-C shows its certificate -------------------------------------------------------------------------


@pytest.mark.parametrize("store", ["tomcat-trust", "CallManager-trust"])
@pytest.mark.parametrize(
    ("has", "missing"), [((), PRIVATE_CA), ((PRIVATE_ROOT,), PRIVATE_CA)], ids=["none", "root"]
)
def test_each_list_of_unified_cm_needs_every_ca(store, has, missing):
    argument = {"tomcat-trust": "tomcat_trust", "CallManager-trust": "callmanager_trust"}[store]
    verdict = unified_cm(link(cucm(**{argument: has})))
    assert verdict.health is Health.FAILS
    assert sides(verdict) == [("unified-cm.ca-missing", "u1", 6972)]
    assert (facts(verdict)["store"], facts(verdict)["name"]) == (store, "CN=Private CA")
    assert facts(verdict)["other"] == "exp-c1.example.com"


def test_the_root_is_needed_as_well_and_it_is_logged_as_an_unknown_ca():
    verdict = unified_cm(link(cucm(callmanager_trust=(PRIVATE_CA,))))
    assert facts(verdict)["name"] == "CN=Private Root"
    assert lines(verdict) == [
        ("c1", "traffic-server-request", {"dst_port": 6972}),
        ("c1", "traffic-server-alert", {"name": U_NAME, "alert": "unknown_ca"}),
        ("c1", "http-502", {}),
    ]


def test_it_is_needed_even_where_nothing_is_verified():
    row = link(cucm(tomcat_trust=(), callmanager_trust=()), tls_verify=False)
    assert unified_cm(row, control(verifies_origin_server=False)).health is Health.FAILS


# Release notes X14.0.2 and 14.2: typed by hand.
RELEASES = [("X14.0", False, False), ("X14.0.2", True, False), ("X14.2", True, True), ("X15.5", True, True)]


@pytest.mark.parametrize(("name", "shows", "checks"), RELEASES)
def test_what_a_release_shows_and_what_it_checks(name, shows, checks):
    shown = unified_cm(link(cucm(tomcat_trust=(), callmanager_trust=())), release=release(name))
    checked = unified_cm(link(known_as="10.0.0.1"), release=release(name))
    assert (shown.health is Health.FAILS) is shows
    assert (checked.health is Health.FAILS) is checks


def test_from_x15_5_on_it_is_the_client_certificate_that_is_shown():
    other = of_c(OTHER_CA)
    with_client = control(client=other, cas=(*EVERY_CA, OTHER_ROOT, OTHER_CA))
    verdict = unified_cm(None, with_client, release=release("X15.5"))
    assert facts(verdict)["name"] == "CN=Other CA"


def test_a_client_certificate_for_servers_only_is_told_once():
    verdict = unified_cm(None, control(client=of_c(ekus=(SERVER_AUTH,))), release=release("X15.5"))
    assert sides(verdict) == [("unified-cm.no-client-auth", "u1", 6972)] * 2
    assert facts(verdict)["eku"] == "TLS Web Server Authentication"


def test_one_that_has_ended_is_refused_and_says_which_number():
    verdict = unified_cm(None, control(of_c(end=YESTERDAY)))
    assert codes(verdict) == ["unified-cm.refuses"] * 2
    assert facts(verdict)["number"] == 10
    assert lines(verdict)[1][2]["alert"] == "certificate_expired"


def test_mixed_mode_wants_the_certificate_itself_and_works_without():
    verdict = unified_cm(link(cucm(mixed_mode=True)))
    assert (verdict.health, codes(verdict)) == (Health.WORKS, ["unified-cm.not-stored"] * 2)
    stored = (PRIVATE_ROOT, PRIVATE_CA, of_c())
    with_it = cucm(mixed_mode=True, tomcat_trust=stored, callmanager_trust=stored)
    # A certificate made anew is another one, so the same one has to be shown.
    shown = stored[-1]
    assert unified_cm(link(with_it), control(shown)).reasons == ()


# --- Expressway-C looks at Unified CM ---------------------------------------------------------------------------


@pytest.mark.parametrize(("slot", "port"), [("tomcat", 8443), ("callmanager", 6972)])
def test_a_ca_that_expressway_c_does_not_know(slot, port):
    verdict = unified_cm(link(cucm(**{slot: of_cucm(OTHER_CA)})))
    assert sides(verdict) == [("unified-cm.not-trusted", "c1", port)]
    assert facts(verdict)["name"] == "CN=Other CA"


def test_a_root_that_unified_cm_sends_is_the_self_signed_one_in_the_chain():
    known = (PRIVATE_ROOT, PRIVATE_CA, OTHER_ROOT, OTHER_CA)
    verdict = unified_cm(link(cucm(tomcat=of_cucm(OTHER_CA), tomcat_trust=known)))
    assert facts(verdict)["name"] == "CN=Other Root"
    assert lines(verdict) == [
        (
            "c1",
            "traffic-server-verification-failed",
            {"name": U_NAME, "ip": U_ADDRESS, "detail": "verify-19", "depth": 2},
        ),
        ("c1", "traffic-server-connection-failed", {"name": U_NAME}),
        ("c1", "http-502", {}),
    ]


def test_intermediates_that_unified_cm_sends_help():
    known = (PRIVATE_ROOT, PRIVATE_CA, OTHER_ROOT, OTHER_CA)
    row = link(cucm(tomcat=of_cucm(OTHER_CA), tomcat_trust=known))
    assert unified_cm(row, control(cas=(*EVERY_CA, OTHER_ROOT))).health is Health.WORKS


@pytest.mark.parametrize(
    ("known_as", "sans", "matches"),
    [
        (U_NAME, [U_NAME], True),
        (U_NAME.upper(), [U_NAME], True),
        ("cucm-1", [U_NAME], False),
        (U_ADDRESS, [U_NAME], False),
        ("other.example.com", ["*.example.com"], False),
    ],
    ids=["fqdn", "case", "short", "address", "wildcard"],
)
def test_the_address_that_clients_use_has_to_be_a_name(known_as, sans, matches):
    shown = of_cucm(sans=sans)
    verdict = unified_cm(link(cucm(tomcat=shown, callmanager=shown), known_as=known_as))
    assert codes(verdict) == ([] if matches else ["unified-cm.other-name"] * 2)


def test_a_wrong_name_is_logged_as_sni():
    verdict = unified_cm(link(known_as=U_ADDRESS))
    assert lines(verdict)[0] == ("c1", "traffic-server-sni", {"name": U_ADDRESS, "ip": U_ADDRESS})
    assert names(verdict)[-1] == "http-502"


def test_before_the_first_refresh_no_name_is_asked_for():
    assert unified_cm(link(known_as="")).health is Health.WORKS


def test_verify_origin_server_off_takes_anything():
    row = link(cucm(tomcat=of_cucm(OTHER_CA)), known_as="10.0.0.1")
    assert unified_cm(row, control(verifies_origin_server=False)).health is Health.WORKS


def test_tls_verify_mode_looks_at_discovery_alone():
    row = link(cucm(tomcat=of_cucm(OTHER_CA)), tls_verify=True, publisher_address="10.0.0.1")
    verdict = unified_cm(row, control(verifies_origin_server=False))
    assert sides(verdict) == [("unified-cm.not-trusted", "c1", 8443), ("unified-cm.typed-name", "c1", 8443)]
    assert lines(verdict) == []
    assert unified_cm(link(row.cucm), control(verifies_origin_server=False)).looks[0].by == "u1"


def test_secure_sip_is_looked_at_in_mixed_mode_with_tls_verify():
    row = cucm(mixed_mode=True, callmanager=of_cucm(OTHER_CA, ekus=(SERVER_AUTH,)))
    refused = [
        side for side in sides(unified_cm(link(row, tls_verify=True))) if side[0] != "unified-cm.not-stored"
    ]
    assert refused == [
        ("unified-cm.not-trusted", "c1", 6972),
        ("unified-cm.not-trusted", "c1", 5061),
        ("unified-cm.one-usage", "c1", 5061),
    ]
    assert [port for code, _, port in sides(unified_cm(link(row))) if port == 5061] == []


def test_what_sip_finds_is_logged_as_of_a_zone():
    row = link(cucm(mixed_mode=True, callmanager=of_cucm(OTHER_CA)), tls_verify=True)
    assert lines(unified_cm(row, control(verifies_origin_server=False))) == [
        (
            "c1",
            "outbound-tls-error",
            {
                "src_ip": "192.0.2.10",
                "dst_ip": U_ADDRESS,
                "dst_port": 5061,
                "common_name": U_NAME,
                "detail": "verify-20",
            },
        )
    ]


@pytest.mark.parametrize("prefers_rsa", [False, True])
@pytest.mark.parametrize("name", ["X14.0.2", "X14.2"])
def test_an_ecdsa_certificate_is_offered_from_x14_2_on_unless_rsa_is_preferred(name, prefers_rsa):
    row = link(cucm(callmanager_ecdsa=SELF_SIGNED, prefers_rsa=prefers_rsa))
    verdict = unified_cm(row, release=release(name))
    is_met = name == "X14.2" and not prefers_rsa
    assert sides(verdict) == ([("unified-cm.self-signed", "c1", 6972)] if is_met else [])
    if is_met:
        assert facts(verdict)["kind"] == "CallManager-ECDSA"


def test_dates_of_unified_cms_certificate_are_told():
    verdict = unified_cm(link(cucm(tomcat=of_cucm(start=TOMORROW))))
    assert codes(verdict) == ["unified-cm.not-valid"]
    assert (facts(verdict)["start"], facts(verdict)["end"]) == (
        "2026-11-24T12:00:00Z",
        "2027-11-23T12:00:00Z",
    )


def test_a_certificate_for_clients_only_is_no_servers():
    verdict = unified_cm(link(cucm(tomcat=of_cucm(ekus=(CLIENT_AUTH,)))))
    assert (codes(verdict), facts(verdict)["number"]) == (["unified-cm.chain-refused"], 26)


def test_two_cas_of_one_name():
    stale = below(PUBLIC_ROOT, "Private CA", key="stale")
    c = control(cas=(stale, *EVERY_CA))
    verdict = unified_cm(None, c, same_subject=SameSubject.FIRST)
    assert set(codes(verdict)) == {"unified-cm.same-subject"}
    assert unified_cm(None, c, same_subject=SameSubject.OPENSSL).health is Health.WORKS


def test_unified_cm_itself_tells_two_cas_of_one_name_apart():
    stale = below(PRIVATE_ROOT, "Private CA", key="stale")
    lists = (stale, PRIVATE_ROOT, PRIVATE_CA)
    row = link(cucm(tomcat_trust=lists, callmanager_trust=lists))
    assert unified_cm(row, same_subject=SameSubject.FIRST).health is Health.WORKS


def test_what_comes_first_in_a_sign_in_is_told_first():
    row = link(cucm(tomcat=of_cucm(OTHER_CA), callmanager=of_cucm(OTHER_CA), callmanager_trust=()))
    assert [(by, port) for _, by, port in sides(unified_cm(row))] == [
        ("c1", 8443),
        ("c1", 6972),
        ("u1", 6972),
    ]
