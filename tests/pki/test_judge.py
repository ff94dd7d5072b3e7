"""OpenSSL's verdicts, typed by hand from what `openssl verify -CAfile LIST` (3.0.19) and pyOpenSSL (4.0.3) said.

Both agreed on every row but the very second of notAfter, where 4.0.3 is the judge. A verdict is (number, depth);
(0, n) is accepted.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from certstore.pki.codes import Code
from certstore.pki.forge import authority, keys
from certstore.pki.judge import CODE_OF_NUMBER, MOST_CANDIDATES, ChainVerdict, judge_chain, refusal
from certstore.pki.releases import SameSubject
from tests import keyring
from tests.pki.chains import (
    END,
    LONG_AGO,
    NOW,
    START,
    TOMORROW,
    YESTERDAY,
    below,
    facts,
    leaf,
    root,
    self_signed,
    verdict,
)

ROOT = root("Root")
ISSUING = below(ROOT, "Intermediate")
LEAF = leaf(ISSUING)
OTHER = root("Other Root")


def test_a_whole_chain_is_accepted_in_either_order():
    assert verdict(LEAF, ROOT, ISSUING) == (0, 2)
    assert verdict(LEAF, ISSUING, ROOT) == (0, 2)
    assert verdict(LEAF, ROOT, ISSUING, ROOT, ISSUING) == (0, 2)


def test_a_chain_with_eleven_intermediates_is_accepted():
    chain = [root("D0")]
    for number in range(1, 12):
        chain.append(below(chain[-1], f"D{number}"))
    assert verdict(leaf(chain[-1]), *chain) == (0, 12)


def test_a_missing_issuer_of_the_leaf_is_20_and_one_further_up_is_2():
    assert verdict(LEAF) == (20, 0)
    assert verdict(LEAF, ROOT) == (20, 0)
    assert verdict(LEAF, OTHER) == (20, 0)
    assert verdict(LEAF, ISSUING) == (2, 1)


def test_the_leaf_itself_in_the_list_does_not_help():
    assert verdict(LEAF, LEAF) == (20, 0)
    assert verdict(LEAF, LEAF, ISSUING) == (2, 1)


@pytest.mark.parametrize(
    ("certificate", "cas", "expected"),
    [
        (leaf(ISSUING, start=LONG_AGO, end=YESTERDAY), [ROOT, ISSUING], (10, 0)),
        (leaf(ISSUING, start=TOMORROW), [ROOT, ISSUING], (9, 0)),
        (LEAF, [ROOT, below(ROOT, "Intermediate", start=LONG_AGO, end=YESTERDAY)], (10, 1)),
        (LEAF, [root("Root", start=LONG_AGO, end=YESTERDAY), ISSUING], (10, 2)),
        (LEAF, [ROOT, below(ROOT, "Intermediate", start=TOMORROW)], (9, 1)),
    ],
    ids=["leaf expired", "leaf early", "intermediate expired", "root expired", "intermediate early"],
)
def test_validity_counts_at_every_depth(certificate, cas, expected):
    assert verdict(certificate, *cas) == expected


def test_a_missing_ca_hides_everything_else():
    expired = leaf(ISSUING, start=LONG_AGO, end=YESTERDAY)
    assert verdict(expired, ISSUING) == (2, 1)
    assert verdict(expired, ROOT) == (20, 0)


@pytest.mark.parametrize(
    "faults",
    [
        {"ca": False},
        {"ca": False, "key_usage": ("digitalSignature",)},
        {"basic_constraints": False},
        {"basic_constraints": False, "key_usage": None},
        {"key_usage": ("digitalSignature", "cRLSign")},
    ],
    ids=["CA:FALSE", "CA:FALSE, no keyCertSign", "no constraints", "neither extension", "no keyCertSign"],
)
def test_an_issuer_that_is_no_ca_is_79(faults):
    assert verdict(LEAF, ROOT, below(ROOT, "Intermediate", **faults)) == (79, 1)


def test_a_root_that_is_no_ca_is_79_unless_key_usage_alone_says_it_signs():
    assert verdict(leaf(root("Bad", ca=False)), root("Bad", ca=False)) == (79, 1)
    bare = root("Bare", basic_constraints=False, key_usage=None)
    assert verdict(leaf(bare), bare) == (79, 1)
    old = root("Old", basic_constraints=False)
    assert verdict(leaf(old), old) == (0, 1)


def test_a_path_longer_than_a_ca_allows_is_25():
    top = root("Root P0", path_length=0)
    issuing = below(top, "Intermediate P0")
    assert verdict(leaf(issuing), top, issuing) == (25, 2)
    assert verdict(leaf(top), top) == (0, 1)


def test_name_constraints_are_47_where_not_permitted_and_48_where_excluded():
    permits = root("Permits", permitted_dns=["allowed.test"])
    excludes = root("Excludes", excluded_dns=["example.test"])
    assert verdict(leaf(permits), permits) == (47, 0)
    assert verdict(leaf(excludes), excludes) == (48, 0)
    assert verdict(leaf(permits, sans=["a.allowed.test"]), permits) == (0, 1)


def test_a_self_signed_leaf_is_18_unless_it_is_in_the_list():
    lonely = self_signed()
    assert verdict(lonely, ROOT, ISSUING) == (18, 0)
    assert verdict(lonely, lonely) == (0, 0)
    also_ca = self_signed(ca=True, key_usage=("digitalSignature", "keyCertSign"))
    assert verdict(also_ca, also_ca) == (0, 0)


@pytest.mark.parametrize("digest", ["sha1", "md5"])
def test_old_digests_pass_at_upload(digest):
    key = keyring.rsa_key("root")
    top = authority.root("Root R", key, START, END)
    old_root = authority.root("Root R", key, START, END, digest=digest)
    old_issuing = top.intermediate("Old", keyring.rsa_key("issuing"), START, END, digest=digest)
    server = keyring.rsa_key("server").public_key()
    assert verdict(top.leaf("node", server, START, END, digest=digest), top) == (0, 1)
    assert verdict(old_issuing.leaf("node", server, START, END), top, old_issuing) == (0, 2)
    assert verdict(top.leaf("node", server, START, END), old_root) == (0, 1)


def test_short_rsa_keys_pass_at_upload():
    short = keyring.rsa_key("short", bits=1024)
    top = authority.root("Root R", keyring.rsa_key("root"), START, END)
    weak = authority.root("Root 1024", short, START, END)
    assert verdict(top.leaf("node", short.public_key(), START, END), top) == (0, 1)
    assert verdict(weak.leaf("node", keyring.rsa_key("server").public_key(), START, END), weak) == (0, 1)


def test_extended_key_usage_and_names_of_the_leaf_do_not_count_here():
    for faults in (
        {"ekus": ["1.3.6.1.5.5.7.3.2"]},
        {"ekus": None},
        {"sans": ["*.example.test"]},
        {"sans": []},
    ):
        assert verdict(leaf(ISSUING, **faults), ROOT, ISSUING) == (0, 2)
    assert verdict(leaf(ISSUING, ca=True), ROOT, ISSUING) == (0, 2)


def test_a_cross_signed_intermediate_depends_on_the_order_of_the_list():
    a, b = root("Root A"), root("Root B")
    by_a = below(a, "X Int")
    by_b = b.cross_sign(by_a, START, END)
    node = leaf(by_a)
    assert verdict(node, a, by_a, by_b) == (0, 2)
    assert verdict(node, a, by_b, by_a) == (2, 1)
    assert verdict(node, a, b, by_a, by_b) == (0, 2)
    assert verdict(node, a, by_b) == (2, 1)


def test_an_expired_copy_is_passed_over_in_either_order():
    a, b = root("Root A"), root("Root B")
    by_a = below(a, "X Int")
    expired = b.cross_sign(by_a, LONG_AGO, YESTERDAY)
    assert verdict(leaf(by_a), a, b, expired, by_a) == (0, 2)
    assert verdict(leaf(by_a), a, b, by_a, expired) == (0, 2)
    old_root = root("Root A", start=LONG_AGO, end=YESTERDAY)
    assert verdict(leaf(by_a), old_root, a, by_a) == (0, 2)


def test_cas_that_sign_each_other_are_22_even_beside_a_way_to_the_root():
    top = root("Root A")
    ring_a, ring_b = below(top, "Ring A"), below(top, "Ring B")
    a_by_b, b_by_a = below(ring_b, "Ring A"), below(ring_a, "Ring B")
    assert verdict(leaf(a_by_b), a_by_b, b_by_a) == (22, 101)
    assert verdict(leaf(a_by_b), a_by_b, b_by_a, ring_a, ring_b, top) == (22, 101)


def test_a_ca_of_the_same_name_and_another_key_is_told_by_the_key_identifier():
    twin = below(ROOT, "Intermediate", key="another")
    assert verdict(LEAF, ROOT, twin, ISSUING) == (0, 2)
    assert verdict(LEAF, ROOT, ISSUING, twin) == (0, 2)
    assert verdict(LEAF, ROOT, twin) == (20, 0)


def test_without_a_key_identifier_the_first_ca_of_the_name_decides():
    twin = below(ROOT, "Intermediate", key="another")
    blind = leaf(ISSUING, authority_key_id=False)
    assert verdict(blind, ROOT, twin, ISSUING) == (7, 0)
    assert verdict(blind, ROOT, ISSUING, twin) == (0, 2)
    assert verdict(blind, ROOT, twin) == (7, 0)


def test_the_rule_of_the_first_hides_the_right_ca_below_a_twin():
    twin = below(ROOT, "Intermediate", key="another")
    assert verdict(LEAF, ROOT, twin, ISSUING, rule=SameSubject.FIRST) == (20, 0)
    assert verdict(LEAF, ROOT, ISSUING, twin, rule=SameSubject.FIRST) == (0, 2)
    assert verdict(LEAF, ROOT, twin, ISSUING, rule=SameSubject.REFUSE) == (0, 2)


def test_signatures_count_except_a_roots_own():
    other = OTHER.key
    assert verdict(leaf(ISSUING, sign_with=other), ROOT, ISSUING) == (7, 0)
    assert verdict(LEAF, ROOT, below(ROOT, "Intermediate", sign_with=other)) == (7, 1)
    assert verdict(LEAF, root("Root", sign_with=other), ISSUING) == (0, 2)


def test_an_unknown_critical_extension_is_34_at_every_depth():
    assert verdict(leaf(ISSUING, unknown_extension=True), ROOT, ISSUING) == (34, 0)
    assert verdict(LEAF, ROOT, below(ROOT, "Intermediate", unknown_extension=True)) == (34, 1)
    assert verdict(LEAF, root("Root", unknown_extension=True), ISSUING) == (34, 2)
    assert verdict(leaf(ISSUING, unknown_extension=False), ROOT, ISSUING) == (0, 2)


def test_a_chain_needs_no_key_identifiers():
    bare = root("R2", authority_key_id=False, subject_key_id=False)
    assert verdict(leaf(bare), bare) == (0, 1)


def test_ed25519_is_judged_as_any_other_key():
    top = authority.root("Root Ed", keys.new_ed25519_key(), START, END)
    assert verdict(top.leaf("node", keys.new_ed25519_key().public_key(), START, END), top) == (0, 1)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (START - timedelta(seconds=1), (9, 0)),
        (START, (0, 2)),
        (END - timedelta(seconds=1), (0, 2)),
        (END, (0, 2)),
        (END + timedelta(microseconds=999_999), (0, 2)),
        (END + timedelta(seconds=1), (10, 0)),
    ],
)
def test_the_first_and_the_last_second_count_in(moment, expected):
    top = root("Root", start=LONG_AGO, end=END + timedelta(days=9))
    issuing = below(top, "Intermediate", start=LONG_AGO, end=END + timedelta(days=9))
    assert verdict(leaf(issuing), top, issuing, at=moment) == expected


@pytest.mark.parametrize("hours", [-12, -5, 0, 9, 14])
def test_the_zone_of_a_moment_changes_nothing(hours):
    zone = timezone(timedelta(hours=hours))
    top = root("Root", start=LONG_AGO, end=END + timedelta(days=9))
    node = leaf(top)
    assert verdict(node, top, at=END.astimezone(zone)) == (0, 1)
    assert verdict(node, top, at=(END + timedelta(seconds=1)).astimezone(zone)) == (10, 0)


def test_every_year_of_a_lab_can_be_judged():
    top = root("Root", start=datetime(1950, 1, 1, tzinfo=UTC), end=datetime(9999, 12, 31, tzinfo=UTC))
    node = leaf(top, start=datetime(1950, 1, 1, tzinfo=UTC), end=datetime(9999, 12, 31, tzinfo=UTC))
    assert verdict(node, top, at=datetime(1950, 1, 1, tzinfo=UTC)) == (0, 1)
    assert verdict(node, top, at=datetime(1970, 1, 1, tzinfo=UTC)) == (0, 1)
    assert verdict(node, top, at=datetime(9999, 12, 31, tzinfo=UTC)) == (0, 1)
    assert verdict(node, top, at=datetime(9999, 12, 31, 0, 0, 1, tzinfo=UTC)) == (10, 1)


def test_every_number_of_openssl_has_a_code():
    assert all(code.value.startswith("chain.") for code in CODE_OF_NUMBER.values())
    assert judge_chain(facts(LEAF), [], NOW) == ChainVerdict(20, 0, Code.CHAIN_ISSUER_MISSING)
    assert judge_chain(facts(LEAF), [facts(ROOT), facts(ISSUING)], NOW) == ChainVerdict(0, 2, None)


@pytest.mark.parametrize("number", [1, 3, 8, 41, 80, 999])
def test_a_number_without_a_code_of_its_own_is_other(number):
    assert CODE_OF_NUMBER.get(number) is None
    assert refusal(number, 1) == ChainVerdict(number, 1, Code.CHAIN_OTHER)


def test_a_refusal_without_a_number_is_unspecified_and_never_accepted():
    assert refusal(0, 0) == ChainVerdict(1, 0, Code.CHAIN_OTHER)


def test_a_certificate_that_openssl_cannot_load_is_refused_and_not_a_crash():
    unreadable = replace(facts(LEAF), der=b"no certificate")
    assert judge_chain(unreadable, [], NOW) == ChainVerdict(1, 0, Code.CHAIN_OTHER)
    assert judge_chain(facts(LEAF), [unreadable], NOW) == ChainVerdict(1, 0, Code.CHAIN_OTHER)


def test_more_candidates_than_a_list_can_hold_are_refused_without_asking():
    too_many = [replace(facts(ROOT), der=b"not asked")] * (MOST_CANDIDATES + 1)
    assert judge_chain(facts(LEAF), too_many, NOW) == ChainVerdict(22, 0, Code.CHAIN_TOO_LONG)
