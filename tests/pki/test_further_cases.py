"""Further cases that support has met: the zone, revocation, the upload. Numbered as in "Look up"; typed by hand."""

from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from certstore.pki.connections import Health
from certstore.pki.facts import decode_crl
from certstore.pki.forge import crl
from certstore.pki.forge.shape import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.keys import read_key_file
from certstore.pki.releases import RELEASES, Role, Switches
from certstore.pki.settings import Revocation
from tests.keyring import ec_key, rsa_key
from tests.pki import server_cases
from tests.pki.chains import END, NOW, START, below, root
from tests.pki.deployments import control, cucm, edge, link, of_cucm, of_edge, state
from tests.pki.server_cases import judged, make_pki, server
from tests.pki.zones import (
    C_NAME,
    E_ADDRESS,
    E_NAME,
    EVERY_CA,
    PUBLIC_CA,
    codes,
    lines,
    of_c,
    release,
    zone,
)

WORKS, FAILS, WARNS = Health.WORKS, Health.FAILS, Health.WARNS
OWN_ROOT = root("Own Root")
OWN_CA = below(OWN_ROOT, "Own CA")


@pytest.fixture(scope="module")
def pki():
    """A chain for uploads."""
    return make_pki()


# --- Case 5: the zone is down with a TLS negotiation error (TechNote 221624) ---------------------------------


def test_case_5_the_peer_address_is_no_name_of_expressway_e():
    verdict = zone(control(peers=(E_ADDRESS,)), peer_address=E_ADDRESS, dns={E_ADDRESS: (E_ADDRESS,)})
    assert codes(verdict)[0] == "zone.peer-address-not-in-certificate"
    assert ("c1", "outbound-tls-error", "identity-unacceptable") in lines(verdict)
    assert zone(control(peers=(E_NAME,))).health is WORKS


def test_case_5_the_tls_verify_subject_name_is_no_name_of_expressway_c():
    verdict = zone(None, edge(verify_subject_name="exp-c.example.com"))
    assert codes(verdict) == ["zone.subject-name-not-in-certificate"]
    assert ("e1", "inbound-tls-error", "identity-unacceptable") in lines(verdict)
    assert zone(None, edge(verify_subject_name=C_NAME)).health is WORKS


@pytest.mark.parametrize("lacks", ["c", "e"])
def test_case_5_the_cas_of_one_server_are_not_in_the_list_of_the_other(lacks):
    shown_by_c, shown_by_e = of_c(OWN_CA), of_edge(issuer=OWN_CA)
    every = (*EVERY_CA, OWN_ROOT, OWN_CA)
    pair = {
        "c": (control(None, EVERY_CA), edge(shown_by_e, every)),
        "e": (control(shown_by_c, every), edge()),
    }
    verdict = zone(*pair[lacks])
    assert codes(verdict)[0] == "peer.chain-not-trusted"
    assert verdict.reasons[0].by == {"c": "c1", "e": "e1"}[lacks]
    assert zone(control(shown_by_c, every), edge(shown_by_e, every)).health is WORKS


# --- Case 12: Let's Encrypt revoked certificates (TechNote 217660) -------------------------------------------


def test_case_12_a_revoked_certificate_is_refused_where_revocation_is_checked_until_it_is_renewed():
    revoked, renewed = of_edge(), of_edge(serial=77)
    listed = decode_crl(crl.as_der(crl.revocation_list(PUBLIC_CA, [revoked], START, END)))
    checks = {"crls": [listed], "revocation": Revocation(is_on=True)}
    assert codes(zone(control(**checks), edge(revoked)))[0] == "peer.revoked"
    assert zone(control(crls=[listed]), edge(revoked)).health is WORKS, "nothing is checked by default"
    assert zone(control(**checks), edge(renewed)).health is WORKS


# --- Cases 21 to 23 and 26: the same three faults between an Expressway-E and Webex (TechNote 212475), here between
# --- Expressway-C and Expressway-E, as Webex is not in a lab ------------------------------------------------------


def test_case_21_the_root_of_the_caller_is_not_in_the_list_self_signed_certificate_in_certificate_chain():
    verdict = zone(control(of_c(OWN_CA), (*EVERY_CA, OWN_ROOT, OWN_CA)), edge())
    assert ("e1", "inbound-tls-error", "verify-19") in lines(verdict)
    assert (
        zone(control(of_c(OWN_CA), (*EVERY_CA, OWN_ROOT, OWN_CA)), edge(None, (*EVERY_CA, OWN_ROOT))).health
        is WORKS
    )


def test_case_22_a_letter_too_many_in_the_tls_verify_subject_name():
    typed = C_NAME.replace("exp", "expp")
    assert codes(zone(None, edge(verify_subject_name=typed))) == ["zone.subject-name-not-in-certificate"]
    assert zone(None, edge()).health is WORKS


def test_case_23_a_server_whose_own_list_lacks_its_intermediate_ca_does_not_send_it():
    e = edge(of_edge(issuer=OWN_CA), (*EVERY_CA, OWN_ROOT))
    verdict = zone(control(None, (*EVERY_CA, OWN_ROOT)), e)
    assert codes(verdict)[0] == "peer.chain-not-trusted"
    assert any(by == "e1" and detail.startswith("alert-") for by, _, detail in lines(verdict)), lines(verdict)
    sends = replace(e, trust=edge(None, (*EVERY_CA, OWN_ROOT, OWN_CA)).trust)
    assert zone(control(None, (*EVERY_CA, OWN_ROOT)), sends).health is WORKS


def test_case_26_a_server_that_still_has_its_default_certificate_is_trusted_by_nobody():
    temporary = root("Temporary CA")
    default = of_edge(issuer=temporary)
    verdict = zone(None, edge(default, (*EVERY_CA, temporary)))
    assert codes(verdict)[0] == "peer.chain-not-trusted"
    assert zone(None, edge()).health is WORKS


def test_case_27_a_certificate_of_unified_cm_without_client_authentication():
    """TechNote 213863: a template with both usages."""
    shown = of_c()

    def found(ekus):
        whole = cucm(
            callmanager=of_cucm(ekus=ekus),
            mixed_mode=True,
            tomcat_trust=(*EVERY_CA, shown),
            callmanager_trust=(*EVERY_CA, shown),
        )
        return codes(state(control(shown), cucms=(link(whole, tls_verify=True),)).unified_cms[0])

    assert found([SERVER_AUTH]) == ["unified-cm.one-usage"]
    assert found([SERVER_AUTH, CLIENT_AUTH]) == []


# --- Case 37: what the upload takes and the connections do not (Certificate Creation guide) ----------------------


def test_case_37_a_key_of_8192_bits_warns_and_one_of_4096_does_not(pki):
    e = edge()
    for bits, health in ((8192, WARNS), (4096, WORKS)):  # a real key of that size takes 20 s
        large = replace(e.server, key_algorithm="RSA", key_bits=bits)
        assert zone(None, replace(e, server=large, client=large)).health is health


def test_case_37_an_oid_in_the_subject_that_is_shown_as_a_number():
    odd = x509.Name(
        [
            x509.NameAttribute(x509.ObjectIdentifier("1.3.6.1.4.1.6449.1.2.1.5.1"), "x"),
            x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, E_NAME),
        ]
    )
    shown = PUBLIC_CA.leaf(odd, ec_key("node").public_key(), START, END, sans=[E_NAME, "example.com"])
    whole = state(None, edge(shown))
    assert whole.zones[0].health is WORKS
    assert "tunnels.unknown-oid" in codes(whole.tunnels[0])
    assert state(None, edge()).tunnels[0].health is WORKS


def test_case_37_a_key_file_without_a_line_end_is_taken_and_told(pki):
    key = rsa_key("server").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    found = judged(pki.leaf().pem, server(pki), read_key_file(key.rstrip()))
    assert "key.no-final-newline" in server_cases.codes(found)
    assert found.accepted
    assert "key.no-final-newline" not in server_cases.codes(
        judged(pki.leaf().pem, server(pki), read_key_file(key))
    )


# --- The upload: cases 7, 8, 30, 31 and 39 ----------------------------------------------------------------------


def test_case_7_a_file_in_der_is_refused_whatever_it_is_called_and_its_base_64_taken(pki):
    """TechNote 221624, "Certificate Format Invalid"."""
    made = pki.leaf()
    assert server_cases.codes(judged(made.der, server(pki))) == ["file.der-certificate"]
    assert judged(made.pem, server(pki)).accepted


def test_case_8_the_cas_have_to_be_in_the_list_first(pki):
    """TechNote 221624, "Untrusted CA Certificate Chain"."""
    refused = judged(pki.leaf().pem, server(pki, trusted=[pki.top]))
    assert refused.headline is not None
    assert refused.headline.code == "chain.issuer-missing"
    assert judged(pki.leaf().pem, server(pki)).accepted


@pytest.mark.parametrize("role", Role)
def test_case_30_before_x15_4_a_certificate_without_client_authentication_is_refused(pki, role):
    """TechNote 225482."""
    made = pki.leaf(ekus=[SERVER_AUTH])
    older = [one for one in RELEASES if one.number < (15, 4)]
    for one in older:
        assert "server-certificate.no-client-auth" in server_cases.codes(
            judged(made.pem, server(pki, role=role, release=one))
        )
    assert judged(pki.leaf().pem, server(pki, role=role)).accepted


def test_case_31_on_x15_4_the_switch_of_expressway_e_has_to_be_on(pki):
    """TechNote 225482: EnableServerEkuUpload is off until somebody turns it on."""
    made, on_x15_4 = pki.leaf(ekus=[SERVER_AUTH]), server(pki, release=release("X15.4"))
    assert not judged(made.pem, on_x15_4).accepted
    assert judged(made.pem, replace(on_x15_4, switches=Switches(server_eku_upload=True))).accepted


def test_case_39_the_whole_chain_in_one_file(pki):
    """TechNote 218034: the leaf only."""
    whole = judged(pki.leaf().pem + pki.issuing.pem + pki.top.pem, server(pki))
    assert server_cases.codes(whole) == ["server-certificate.chain-file"]
    assert judged(pki.leaf().pem, server(pki)).accepted


def test_case_44_services_with_mutual_tls_break_when_the_ca_drops_client_authentication():
    """The zone is one of them, on every release that asks for it."""
    without = of_c(ekus=[SERVER_AUTH])
    assert zone(control(without), edge(), at=NOW).health is FAILS
    assert zone(control(of_c()), edge(), at=NOW).health is WORKS
