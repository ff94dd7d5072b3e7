"""The Trusted CA certificate page: what a file does to the list."""

from datetime import UTC, datetime

import pytest

from certstore.pki.facts import decode_certificate
from certstore.pki.forge.authority import root
from certstore.pki.forge.crl import as_pem, revocation_list
from certstore.pki.releases import SameSubject
from certstore.pki.sniff import look_at
from certstore.pki.trusted_ca import CHECKS, WARNINGS, ListState, decode_file, judge_append
from tests import keyring
from tests.pki.server_cases import END, NOW, START, make_pki, release

EMPTY = ListState()


@pytest.fixture(scope="module")
def pki():
    return make_pki()


def appended(data, state=EMPTY, *, rule=SameSubject.FIRST, at=NOW):
    return judge_append(decode_file(look_at(data)), state, release("X14.3"), rule, at)


def codes(judgement):
    return [finding.code.value for finding in judgement.findings]


def state_with(*authorities):
    facts = [decode_certificate(ca.der) for ca in authorities]
    return ListState(
        certificates=len(facts),
        sha256s=frozenset(one.sha256 for one in facts),
        subjects={one.subject_hash: (place, one.subject) for place, one in enumerate(facts, start=1)},
        common_names={name.casefold(): one.sha256 for one in facts for name in one.common_names},
    )


def test_several_cas_in_one_file_are_all_new(pki):
    judgement = appended(pki.issuing.pem + pki.top.pem)
    assert (judgement.accepted, codes(judgement)) == (True, [])
    assert [facts.subject for facts in judgement.append.new] == [
        "CN=Example Issuing CA",
        "CN=Example Root CA",
    ]


def test_a_certificate_that_is_there_already_is_not_added_again(pki):
    judgement = appended(pki.issuing.pem + pki.top.pem, state_with(pki.top))
    assert [facts.subject for facts in judgement.append.new] == ["CN=Example Issuing CA"]
    assert codes(judgement) == ["trusted-ca.already-there"]
    assert judgement.findings[0].facts == {"count": 1}


def test_the_same_certificate_twice_in_a_file_counts_once(pki):
    judgement = appended(pki.top.pem + pki.top.pem)
    assert len(judgement.append.new) == 1


def test_a_crl_in_the_file_is_taken_with_the_certificates(pki):
    crl = revocation_list(pki.top, [pki.issuing], START, END)
    judgement = appended(pki.top.pem + as_pem(crl))
    assert (len(judgement.append.new), len(judgement.append.new_crls)) == (1, 1)


def test_a_file_of_nothing_but_crls_is_taken(pki):
    judgement = appended(as_pem(revocation_list(pki.top, [], START, END)))
    assert (judgement.accepted, len(judgement.append.new_crls)) == (True, 1)


def test_a_crl_that_has_run_out_is_warned_about(pki):
    crl = revocation_list(pki.top, [], START, START.replace(month=2))
    assert codes(appended(as_pem(crl))) == ["trusted-ca.crl-expired"]


def test_a_der_file_is_refused_and_adds_nothing(pki):
    judgement = appended(pki.top.der)
    assert (judgement.accepted, codes(judgement)[0]) == (False, "file.der-certificate")


def test_a_private_key_among_the_certificates_refuses_the_whole_file(pki):
    from cryptography.hazmat.primitives import serialization

    key = pki.top.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    judgement = appended(pki.top.pem + key)
    assert (judgement.accepted, judgement.headline.code.value) == (False, "file.contains-private-key")


def test_expired_future_and_non_ca_certificates_are_taken_with_a_warning(pki):
    past = root("Past Root", keyring.rsa_key("root"), START, START.replace(month=3))
    future = root("Future Root", keyring.rsa_key("root"), datetime(2030, 1, 1, tzinfo=UTC), END)
    judgement = appended(past.pem + future.pem + pki.leaf().pem)
    assert judgement.accepted
    assert codes(judgement) == ["trusted-ca.expired", "trusted-ca.not-yet-valid", "trusted-ca.not-a-ca"]


def test_the_very_second_of_the_end_is_expired_as_openssl_has_it(pki):
    ends = datetime(2026, 6, 1, tzinfo=UTC)
    ca = root("Ends Exactly", keyring.rsa_key("root"), START, ends)
    assert codes(appended(ca.pem, at=ends)) == ["trusted-ca.expired"]
    assert codes(appended(ca.pem, at=ends.replace(month=5))) == []


def test_the_same_subject_is_taken_and_told_with_its_place(pki):
    twin = root("Example Root CA", keyring.rsa_key("other"), START, END)
    judgement = appended(twin.pem, state_with(pki.issuing, pki.top))
    assert (judgement.accepted, codes(judgement)) == (True, ["trusted-ca.same-subject"])
    assert judgement.findings[0].facts == {"name": "CN=Example Root CA", "position": 2}


def test_where_the_lab_says_so_the_same_common_name_is_refused_until_the_old_one_goes(pki):
    twin = root("example ROOT ca", keyring.rsa_key("other"), START, END)
    refused = appended(twin.pem, state_with(pki.top), rule=SameSubject.REFUSE)
    assert (refused.accepted, refused.headline.code.value) == (False, "trusted-ca.same-common-name")
    assert appended(twin.pem, EMPTY, rule=SameSubject.REFUSE).accepted
    same = appended(pki.top.pem, state_with(pki.top), rule=SameSubject.REFUSE)
    assert same.accepted, "the very same certificate is no twin"


@pytest.mark.parametrize(("there", "taken"), [(998, True), (999, False)])
def test_a_thousand_cas_fit_and_not_one_more(pki, there, taken):
    judgement = appended(pki.issuing.pem + pki.top.pem, ListState(certificates=there))
    assert judgement.accepted is taken
    if not taken:
        assert judgement.headline.facts == {"count": 1001, "limit": 1000}


def test_a_file_with_a_certificate_that_cannot_be_shown_whole_is_refused_whole(pki):
    broken = b"-----BEGIN CERTIFICATE-----\nMAMCAQU=\n-----END CERTIFICATE-----\n"
    judgement = appended(pki.issuing.pem + broken)
    assert not judgement.accepted
    assert judgement.headline.code.value == "file.unreadable-certificate"


def test_a_file_with_more_certificates_than_any_list_holds_is_refused(pki):
    judgement = appended(pki.top.pem * 2500)
    assert (judgement.accepted, judgement.headline.code.value) == (False, "trusted-ca.list-full")


@pytest.mark.parametrize("check", [*CHECKS, *WARNINGS], ids=lambda check: check.__name__)
def test_every_rule_says_where_it_is_documented(check):
    assert check.__doc__.strip().split("Source:")[1].strip()
