"""Whose certificate it is: names and roles of a lab's servers, out of somebody's certificates."""

import pytest

from certstore.pki.facts import CertificateFacts, decode_certificate
from certstore.pki.releases import Role
from certstore.pki.server_names import own_name
from certstore.scenarios.servers_of_files import servers_of
from tests.keyring import ec_key
from tests.pki.chains import END, START, root

C, E = Role.EXPRESSWAY_C, Role.EXPRESSWAY_E


def certificate(name: str, *sans: str) -> CertificateFacts:
    made = root("root").leaf(name, ec_key("node").public_key(), START, END, sans=sans)
    return decode_certificate(made.der)


def fqdns(*certificates: CertificateFacts, role: Role | None = None) -> dict[Role, str]:
    found = servers_of(certificates, role)
    return {plan.role: f"{plan.host}.{plan.domain}" for plan in found.plans}


def test_names_beyond_its_own_make_it_an_expressway_e():
    found = servers_of([certificate("edge.corp.test", "edge.corp.test", "corp.test")], None)
    assert (found.subject, found.is_assumed) == (E, True)
    assert (found.plan.host, found.plan.domain) == ("edge", "corp.test")


def test_no_name_but_its_own_makes_it_an_expressway_c():
    found = servers_of([certificate("core.corp.test", "CORE.corp.test")], None)
    assert (found.subject, found.is_assumed) == (C, True)


def test_a_role_that_was_said_is_not_assumed():
    found = servers_of([certificate("core.corp.test", "core.corp.test", "corp.test")], C)
    assert (found.subject, found.is_assumed) == (C, False)
    assert found.plan.host == "core"


def test_the_other_server_stands_in_the_same_domain():
    assert fqdns(certificate("edge.corp.test", "corp.test")) == {C: "exp-c1.corp.test", E: "edge.corp.test"}


def test_a_certificate_of_the_other_role_names_the_other_server():
    edge, core = certificate("edge.corp.test", "corp.test"), certificate("core.corp.test", "core.corp.test")
    assert fqdns(edge, core) == fqdns(core, edge) == {C: "core.corp.test", E: "edge.corp.test"}


def test_a_peer_of_the_same_role_does_not():
    one, two = certificate("edge1.corp.test", "corp.test"), certificate("edge2.corp.test", "corp.test")
    assert fqdns(one, two) == {C: "exp-c1.corp.test", E: "edge1.corp.test"}


def test_two_servers_never_have_one_name():
    assert fqdns(certificate("exp-c1.corp.test", "corp.test")) == {
        C: "exp-c1-other.corp.test",
        E: "exp-c1.corp.test",
    }


@pytest.mark.parametrize(
    ("name", "sans", "own"),
    [
        ("EDGE.Corp.test", [], "edge.corp.test"),
        ("edge", ["edge.corp.test"], "edge.corp.test"),
        ("*.corp.test", ["*.corp.test"], ""),
        ("192.0.2.1", [], ""),
        ("edge", ["a" * 60 + ".corp.test"], ""),
    ],
    ids=["capitals", "bare host", "wildcard", "address", "too long"],
)
def test_its_own_name_is_one_that_a_server_can_have(name, sans, own):
    assert own_name(certificate(name, *sans)) == own


def test_without_any_name_the_servers_are_the_examples():
    assert fqdns(certificate("*.corp.test")) == {C: "exp-c1.example.com", E: "exp-e1.example.com"}
    assert fqdns() == {C: "exp-c1.example.com", E: "exp-e1.example.com"}
