"""What every release would say to one certificate."""

import pytest

from certstore.pki import releases_compared
from certstore.pki.facts import decode_certificate
from certstore.pki.forge import forms
from certstore.pki.forge.shape import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.releases import RELEASES, Role, SameSubject
from certstore.pki.releases_compared import (
    certificate_under_each,
    server_certificate_among,
    server_under_each,
)
from certstore.pki.server_upload import Outcome
from certstore.pki.sniff import look_at
from certstore.pki.trust import ListInMemory
from tests import keyring
from tests.pki.server_cases import END, NOW, START, make_pki, server

A, W, R, D = Outcome.ACCEPTED, Outcome.WARNED, Outcome.REFUSED, Outcome.DEPENDS


@pytest.fixture(scope="module")
def pki():
    return make_pki()


def under_each(made):
    """Of each stretch: its releases, and per role the outcome and whether the switch decides."""
    return [
        (
            one.first.name,
            one.last.name,
            [(said.judgement.outcome, said.is_by_switch) for said in one.verdicts],
        )
        for one in certificate_under_each(decode_certificate(made.der), NOW)
    ]


# Extended key usage: stretches with what Expressway-C and Expressway-E say. Typed by hand.
STRETCHES = {
    "both": ([SERVER_AUTH, CLIENT_AUTH], [("X14.0", "X15.5", [(A, False), (A, False)])]),
    "server": (
        [SERVER_AUTH],
        [
            ("X14.0", "X15.3", [(R, False), (R, False)]),
            ("X15.4", "X15.4", [(R, False), (R, True)]),
            ("X15.5", "X15.5", [(W, False), (A, False)]),
        ],
    ),
    "client": ([CLIENT_AUTH], [("X14.0", "X15.5", [(R, False), (R, False)])]),
    "none": (
        None,
        [("X14.0", "X15.4", [(R, False), (R, False)]), ("X15.5", "X15.5", [(A, False), (A, False)])],
    ),
}


@pytest.mark.parametrize("usage", STRETCHES)
def test_releases_that_say_the_same_stand_together(pki, usage):
    ekus, expected = STRETCHES[usage]
    assert under_each(pki.leaf(ekus=ekus)) == expected


def test_a_name_splits_where_the_check_of_names_begins(pki):
    assert under_each(pki.leaf("exp-e1")) == [
        ("X14.0", "X14.0", [(A, False), (A, False)]),
        ("X14.0.2", "X15.5", [(R, False), (R, False)]),
    ]


def test_neither_key_nor_chain_is_asked_of_a_certificate_by_itself(pki):
    stranger = pki.leaf(public_key=keyring.rsa_key("other").public_key())
    assert under_each(stranger) == [("X14.0", "X15.5", [(A, False), (A, False)])]


class Counted(ListInMemory):
    """A list that counts how often it is asked for CAs."""

    asked = 0

    def with_subject(self, subject_hash):
        Counted.asked += 1
        return super().with_subject(subject_hash)


def test_the_chain_is_judged_once_a_rule_however_many_releases_there_are(pki, monkeypatch):
    trust = Counted([decode_certificate(ca.der) for ca in (pki.top, pki.issuing)])
    on = server(pki, trust=trust)
    leaf = decode_certificate(pki.leaf().der)

    def times_asked(releases):
        monkeypatch.setattr(releases_compared, "RELEASES", releases)
        Counted.asked = 0
        server_under_each(leaf, on, SameSubject.FIRST, NOW)
        return Counted.asked

    once = times_asked(RELEASES[:1])
    assert once > 0
    assert times_asked(RELEASES * 4) == once


def test_a_server_of_the_lab_is_judged_with_its_chain_and_its_key(pki):
    incomplete = server(pki, trusted=[pki.top], role=Role.EXPRESSWAY_C)
    (stretch,) = server_under_each(decode_certificate(pki.leaf().der), incomplete, None, NOW)
    assert (stretch.first.name, stretch.last.name) == ("X14.0", "X15.5")
    assert [said.judgement.headline.code.value for said in stretch.verdicts] == ["chain.issuer-missing"]


def test_twins_are_taken_by_each_releases_own_rule_unless_the_lab_has_one(pki):
    wrong = pki.top.intermediate("Example Issuing CA", keyring.rsa_key("other"), START, END)
    on = server(pki, trusted=[wrong, pki.issuing, pki.top])
    leaf = decode_certificate(pki.leaf().der)
    by_release = server_under_each(leaf, on, None, NOW)
    assert [(one.first.name, one.verdicts[0].judgement.accepted) for one in by_release] == [
        ("X14.0", True),
        ("X14.2", False),
    ]
    by_lab = server_under_each(leaf, on, SameSubject.OPENSSL, NOW)
    assert [one.verdicts[0].judgement.outcome for one in by_lab] == [D]


def test_the_servers_own_certificate_is_found_in_a_file_of_any_form(pki):
    leaf, chain = pki.leaf(), [pki.top, pki.issuing]
    for data in (
        leaf.pem,
        leaf.der,
        b"".join(one.pem for one in (*chain, leaf)),
        forms.as_pkcs7_der([*chain, leaf]),
    ):
        assert server_certificate_among(look_at(data)).der == leaf.der
    assert server_certificate_among(look_at(pki.top.pem)).der == pki.top.der
    assert server_certificate_among(look_at(b"nothing")) is None
