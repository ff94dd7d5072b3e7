"""The profiles: which one judges what is typed, and what each makes of extended key usages."""

import pytest

from certstore.pki.forge.shape import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.releases import (
    DEFAULT_RELEASE,
    RELEASES,
    SWITCH_ROLES,
    Role,
    Switch,
    Switches,
    profile_for,
)
from certstore.pki.server_upload import Outcome
from tests.pki.server_cases import FQDN, NOW, codes, judged, make_pki, release, server

C, E = Role.EXPRESSWAY_C, Role.EXPRESSWAY_E
BOTH, SERVER_ONLY, CLIENT_ONLY, NONE = "both", "serverAuth only", "clientAuth only", "no extension"
EKUS = {BOTH: [SERVER_AUTH, CLIENT_AUTH], SERVER_ONLY: [SERVER_AUTH], CLIENT_ONLY: [CLIENT_AUTH], NONE: None}

NO_CLIENT, NO_SERVER, NO_EKU = "no-client-auth", "no-server-auth", "no-eku"
OFF, PASSED, TUNNELS = "switch-is-off", "taken-by-switch", "no-client-certificate"


@pytest.fixture(scope="module")
def pki():
    return make_pki()


# What was typed, the profile, whether it is that release (or maintenance of it), whether it was understood.
TYPED = [
    ("X15.4", "X15.4", True, True),
    ("x15.4", "X15.4", True, True),
    ("15.4.2", "X15.4", True, True),
    ("15.5.1", "X15.5", True, True),
    ("X15.5", "X15.5", True, True),
    ("X15.6", "X15.5", False, True),
    ("X15.10", "X15.5", False, True),
    ("X16", "X15.5", False, True),
    ("X15.3.2", "X15.3", True, True),
    ("X15.2", "X15.0", False, True),
    ("X14.3.7", "X14.3", True, True),
    ("X14.0.1", "X14.0", True, True),
    ("X12.6", "X14.0", False, True),
    ("the newest", "X14.3", False, False),
    ("15.5.1.2.3", "X14.3", False, False),
]


@pytest.mark.parametrize(("typed", "name", "exact", "understood"), TYPED)
def test_a_typed_release_is_judged_by_its_profile_or_the_nearest_older_one(typed, name, exact, understood):
    choice = profile_for(typed)
    assert (choice.release.name, choice.exact, choice.understood) == (name, exact, understood)


def test_the_profiles_are_those_that_were_decided_in_their_order():
    expected = ["X14.0", "X14.0.2", "X14.2", "X14.3", "X15.0", "X15.3", "X15.4", "X15.5"]
    assert [one.name for one in RELEASES] == expected
    assert [one.number for one in RELEASES] == sorted(one.number for one in RELEASES)
    assert DEFAULT_RELEASE.name == "X14.3"


def test_each_switch_exists_on_one_release_and_its_roles():
    there = {
        (one.name, role, switch)
        for one in RELEASES
        for role in Role
        for switch in Switch
        if one.has_switch(switch, role)
    }
    assert there == {
        ("X15.4", E, Switch.SERVER_EKU_UPLOAD),  # TechNote 225482; deprecated in X15.5, TechNote 225693
        ("X15.5", C, Switch.EKU_CHECKING),  # Administrator Guide X15.5: both boxes
        ("X15.5", E, Switch.EKU_CHECKING),
    }
    assert set(SWITCH_ROLES) == set(Switch)


# Release, role, switch on, extended key usage: what is found beside a sound certificate. Typed by hand.
BEFORE_X154 = [
    # TechNotes 225482 and 213872: refused on both roles without clientAuth; without serverAuth as well (213872).
    # No extension: decision 4 of this project.
    (C, False, BOTH, []),
    (C, False, SERVER_ONLY, [NO_CLIENT]),
    (C, False, CLIENT_ONLY, [NO_SERVER]),
    (C, False, NONE, [NO_EKU]),
    (E, False, BOTH, []),
    (E, False, SERVER_ONLY, [NO_CLIENT]),
    (E, False, CLIENT_ONLY, [NO_SERVER]),
    (E, False, NONE, [NO_EKU]),
    # The switch is none of theirs: it changes nothing.
    (C, True, BOTH, []),
    (C, True, SERVER_ONLY, [NO_CLIENT]),
    (C, True, CLIENT_ONLY, [NO_SERVER]),
    (C, True, NONE, [NO_EKU]),
    (E, True, BOTH, []),
    (E, True, SERVER_ONLY, [NO_CLIENT]),
    (E, True, CLIENT_ONLY, [NO_SERVER]),
    (E, True, NONE, [NO_EKU]),
]
OLD = ["X14.0", "X14.0.2", "X14.2", "X14.3", "X15.0", "X15.3"]
MATRIX = [(name, *line) for name in OLD for line in BEFORE_X154] + [
    # TechNote 225482: Expressway-C refuses, there is no switch on it.
    ("X15.4", C, False, BOTH, []),
    ("X15.4", C, False, SERVER_ONLY, [NO_CLIENT]),
    ("X15.4", C, False, CLIENT_ONLY, [NO_SERVER]),
    ("X15.4", C, False, NONE, [NO_EKU]),
    ("X15.4", C, True, BOTH, []),
    ("X15.4", C, True, SERVER_ONLY, [NO_CLIENT]),
    ("X15.4", C, True, CLIENT_ONLY, [NO_SERVER]),
    ("X15.4", C, True, NONE, [NO_EKU]),
    # TechNote 225482: Expressway-E takes it with the switch alone; no extension: decision 4.
    ("X15.4", E, False, BOTH, []),
    ("X15.4", E, False, SERVER_ONLY, [NO_CLIENT, OFF]),
    ("X15.4", E, False, CLIENT_ONLY, [NO_SERVER]),
    ("X15.4", E, False, NONE, [NO_EKU]),
    ("X15.4", E, True, BOTH, []),
    ("X15.4", E, True, SERVER_ONLY, [PASSED]),
    ("X15.4", E, True, CLIENT_ONLY, [NO_SERVER]),
    ("X15.4", E, True, NONE, [NO_EKU]),
    # TechNote 225693 and Administrator Guide X15.5: the server store takes it on both roles, the switch is
    # gone; on Expressway-C the SSH tunnels need another client certificate. clientAuth only: our reading.
    # No extension: taken (Administrator Guide X15.5, of the client store; of this one our reading).
    ("X15.5", C, False, BOTH, []),
    ("X15.5", C, False, SERVER_ONLY, [TUNNELS]),
    ("X15.5", C, False, CLIENT_ONLY, [NO_SERVER]),
    ("X15.5", C, False, NONE, []),
    ("X15.5", C, True, BOTH, []),
    ("X15.5", C, True, SERVER_ONLY, [TUNNELS]),
    ("X15.5", C, True, CLIENT_ONLY, [NO_SERVER]),
    ("X15.5", C, True, NONE, []),
    ("X15.5", E, False, BOTH, []),
    ("X15.5", E, False, SERVER_ONLY, []),
    ("X15.5", E, False, CLIENT_ONLY, [NO_SERVER]),
    ("X15.5", E, False, NONE, []),
    ("X15.5", E, True, BOTH, []),
    ("X15.5", E, True, SERVER_ONLY, []),
    ("X15.5", E, True, CLIENT_ONLY, [NO_SERVER]),
    ("X15.5", E, True, NONE, []),
]


def test_the_matrix_is_whole():
    assert len(MATRIX) == len(RELEASES) * len(Role) * 2 * len(EKUS)
    assert len({line[:4] for line in MATRIX}) == len(MATRIX)


@pytest.mark.parametrize(("name", "role", "is_on", "usage", "expected"), MATRIX)
def test_extended_key_usage_by_release_role_and_switch(pki, name, role, is_on, usage, expected):
    on = server(pki, release=release(name), role=role, switches=Switches(server_eku_upload=is_on))
    judgement = judged(pki.leaf(ekus=EKUS[usage]).pem, on)
    assert codes(judgement) == [f"server-certificate.{code}" for code in expected]
    refused = {NO_CLIENT, NO_SERVER, NO_EKU} & set(expected)
    outcome = Outcome.REFUSED if refused else Outcome.WARNED if expected else Outcome.ACCEPTED
    assert judgement.outcome is outcome


@pytest.mark.parametrize("is_on", [True, False])
def test_the_check_of_inbound_usages_is_about_connections_and_changes_no_upload(pki, is_on):
    on = server(pki, release=release("X15.5"), role=C, switches=Switches(eku_checking=is_on))
    assert judged(pki.leaf(ekus=[SERVER_AUTH]).pem, on).outcome is Outcome.WARNED


# TechNote 225693, what its test cases load: the server certificate of Expressway-C is for servers only in all
# of them, and X15.5 takes it; X15.4 and older never let it come so far.
@pytest.mark.parametrize(
    ("name", "accepted"),
    [("X15.3", False), ("X15.4", False), ("X15.5", True)],
    ids=["X15.3", "X15.4", "X15.5"],
)
def test_the_server_certificate_of_the_technotes_cases_is_taken_by_x15_5_alone(pki, name, accepted):
    leaf = pki.leaf(ekus=[SERVER_AUTH])
    assert judged(leaf.pem, server(pki, release=release(name), role=C)).accepted is accepted


def test_a_missing_chain_still_refuses_what_the_usages_allow(pki):
    on = server(pki, release=release("X15.5"), role=E, trusted=[pki.top])
    judgement = judged(pki.leaf(ekus=[SERVER_AUTH]).pem, on, at=NOW)
    assert codes(judgement) == ["chain.issuer-missing"]


def test_names_are_judged_by_x15_5_as_by_x15_4(pki):
    for name in ("X15.4", "X15.5"):
        judgement = judged(pki.leaf("exp-e1", sans=[FQDN]).pem, server(pki, release=release(name)))
        assert codes(judgement) == ["server-certificate.cn-not-fqdn"]
