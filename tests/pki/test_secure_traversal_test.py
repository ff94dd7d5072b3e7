"""The secure traversal test asks of two names and two chains, whatever zone is set up."""

from dataclasses import replace

import pytest

from certstore.pki.secure_traversal_test import try_traversal
from tests.pki import zones as z
from tests.pki.chains import leaf


def tried(c=None, e=None, server=z.E_NAME, name=z.C_NAME, **changed):
    whole = z.deployment(c, e, **changed)
    return try_traversal(whole, whole.controls[0], server, name)


def codes(result):
    return [reason.finding.code.value for reason in result.reasons]


def test_two_servers_that_trust_each_other_are_good():
    result = tried()
    assert result.is_good
    assert (result.edge.fqdn, codes(result)) == (z.E_NAME, [])


@pytest.mark.parametrize(
    "changed",
    [
        {"c": z.control(password="other")},
        {"c": replace(z.control(), zone=None)},
        {"e": replace(z.edge(), zone=None)},
        {"c": z.control(peers=("nowhere.example.com",))},
        {"e": z.edge(verify_subject_name="nobody.example.com")},
        {"c": z.control(sip_port=7002)},
    ],
    ids=["password", "no-zone-c", "no-zone-e", "peer", "verify-name", "port"],
)
def test_what_is_set_up_of_the_zone_does_not_count(changed):
    assert tried(**changed).is_good


@pytest.mark.parametrize(
    ("changed", "code", "by"),
    [
        ({"name": "exp-c9.example.com"}, "zone.subject-name-not-in-certificate", "e1"),
        ({"e": z.edge(z.of_e(sans=["a.example.com"]))}, "zone.peer-address-not-in-certificate", "c1"),
        ({"c": z.control(cas=(z.PRIVATE_ROOT, z.PRIVATE_CA))}, "peer.chain-not-trusted", "c1"),
        ({"e": z.edge(cas=(z.PUBLIC_ROOT, z.PUBLIC_CA))}, "peer.chain-not-trusted", "e1"),
        (
            {"c": z.control(leaf(z.PRIVATE_CA, z.C_NAME, sans=[z.C_NAME], ekus=["1.3.6.1.5.5.7.3.1"]))},
            "peer.no-client-auth",
            "e1",
        ),
    ],
    ids=["verify-name", "server-name", "ca-at-c", "ca-at-e", "no-client-auth"],
)
def test_it_tells_which_side_refuses_and_why(changed, code, by):
    result = tried(**changed)
    assert not result.is_good
    assert [(reason.finding.code.value, reason.by) for reason in result.reasons] == [(code, by)]


@pytest.mark.parametrize("server", ["nowhere.example.com", "exp-c1.example.com", "192.0.2.99"])
def test_a_name_that_leads_to_no_expressway_e_cannot_be_reached(server):
    result = tried(server=server)
    assert (result.edge, result.is_good) == (None, False)


def test_nothing_of_the_deployment_is_changed():
    whole = z.deployment()
    before = (whole.controls[0].zone, whole.edges[0].zone)
    try_traversal(whole, whole.controls[0], "x.example.com", "y.example.com")
    assert (whole.controls[0].zone, whole.edges[0].zone) == before
