"""Outcomes that hang on CAs of the same subject, and the way to make them certain."""

from itertools import permutations, product

import pytest

from certstore.pki import depends, handshake
from certstore.pki.candidates import candidates
from certstore.pki.depends import MOST_TRIALS, Assumption, judge_with_twins
from certstore.pki.judge import judge_chain
from certstore.pki.releases import SameSubject
from certstore.pki.trust import ListInMemory
from tests.pki import random_pki
from tests.pki.chains import END, LONG_AGO, NOW, START, YESTERDAY, below, facts, in_list, leaf, root
from tests.pki.test_candidates import Counting

FIRST, OPENSSL, REFUSE = SameSubject.FIRST, SameSubject.OPENSSL, SameSubject.REFUSE
ROOT = root("Root")
ISSUING = below(ROOT, "Issuing")
TWIN = below(ROOT, "Issuing", key="another")
LEAF = leaf(ISSUING)


@pytest.fixture
def asked(monkeypatch):
    """How often OpenSSL was asked."""
    calls = []

    def counted(*arguments):
        calls.append(arguments)
        return judge_chain(*arguments)

    monkeypatch.setattr(handshake, "judge_chain", counted)
    return calls


def judged(certificate, *cas, rule=FIRST):
    """The judgement against a list in that order."""
    return judge_with_twins(facts(certificate), in_list(*cas), rule, NOW)


def positions(entries):
    """Their places in the list."""
    return [entry.position for entry in entries]


@pytest.mark.parametrize("rule", list(SameSubject))
@pytest.mark.parametrize("cas", [(ROOT, ISSUING), (ROOT,), (ISSUING,), ()])
def test_without_twins_openssl_is_asked_once_and_nothing_depends(cas, rule, asked):
    judgement = judged(LEAF, *cas, rule=rule)
    assert judgement.other is None
    assert judgement.verdict.accepted == (len(cas) == 2)
    assert len(asked) == 1


def test_each_name_is_asked_for_once_however_many_orders_are_tried():
    counting = Counting(map(facts, (ROOT, TWIN, ISSUING)))
    judge_with_twins(facts(LEAF), counting, FIRST, NOW)
    assert set(counting.asked.values()) == {1}


def test_a_twin_above_the_right_ca_refuses_by_name_and_would_be_accepted_by_key_identifier():
    judgement = judged(LEAF, ROOT, TWIN, ISSUING, rule=FIRST)
    assert judgement.verdict.number == 20
    other = judgement.other
    assert (other.verdict.accepted, other.name) == (True, "CN=Issuing")
    assert (other.accepted_when, other.refused_when) == (Assumption(OPENSSL), Assumption(FIRST))
    assert (positions(other.keep), positions(other.delete)) == ([3], [2])


@pytest.mark.parametrize("rule", [OPENSSL, REFUSE])
def test_the_same_list_is_accepted_by_key_identifier_and_would_be_refused_by_name(rule):
    judgement = judged(LEAF, ROOT, TWIN, ISSUING, rule=rule)
    assert judgement.verdict.accepted
    assert judgement.headline is None
    other = judgement.other
    assert other.verdict.number == 20
    assert (other.accepted_when, other.refused_when) == (Assumption(OPENSSL), Assumption(FIRST))
    assert (positions(other.keep), positions(other.delete)) == ([3], [2])


def test_a_twin_below_the_right_ca_depends_on_the_order_alone():
    judgement = judged(LEAF, ROOT, ISSUING, TWIN, rule=FIRST)
    assert judgement.verdict.accepted
    other = judgement.other
    assert (other.accepted_when, other.refused_when.rule) == (Assumption(FIRST), FIRST)
    assert positions(other.refused_when.moved_up) == [3]
    assert (positions(other.keep), positions(other.delete)) == ([2], [3])


def test_without_key_identifiers_the_order_decides_under_openssl_too():
    blind = leaf(ISSUING, authority_key_id=False)
    judgement = judged(blind, ROOT, TWIN, ISSUING, rule=OPENSSL)
    assert judgement.verdict.number == 7
    assert judgement.other.verdict.accepted
    assert positions(judgement.other.accepted_when.moved_up) == [3]


def test_a_cross_signed_ca_without_one_of_its_roots_depends_on_the_order():
    a, b = root("Root A"), root("Root B")
    by_a = below(a, "Crossed")
    by_b = b.cross_sign(by_a, START, END)
    node = leaf(by_a)
    refused = judged(node, a, by_b, by_a, rule=OPENSSL)
    assert (refused.verdict.number, refused.other.verdict.accepted) == (2, True)
    assert (positions(refused.other.keep), positions(refused.other.delete)) == ([3], [2])
    accepted = judged(node, a, by_a, by_b, rule=OPENSSL)
    assert accepted.verdict.accepted
    assert accepted.other.verdict.number == 2


def test_twins_of_which_each_one_is_right_change_nothing():
    a, b = root("Root A"), root("Root B")
    by_a = below(a, "Crossed")
    both = (a, b, by_a, b.cross_sign(by_a, START, END))
    for rule in SameSubject:
        judgement = judged(leaf(by_a), *both, rule=rule)
        assert (judgement.verdict.accepted, judgement.other) == (True, None)


def test_twins_of_which_none_is_right_change_nothing():
    third = below(ROOT, "Issuing", key="a third")
    judgement = judged(LEAF, ROOT, TWIN, third, rule=FIRST)
    assert (judgement.verdict.number, judgement.other) == (20, None)


def test_the_same_certificate_twice_is_no_twin(asked):
    assert judged(LEAF, ROOT, ISSUING, ROOT, ISSUING, rule=FIRST).other is None
    assert len(asked) == 1


def test_an_expired_copy_above_a_renewed_root_depends():
    old = root("Root", start=LONG_AGO, end=YESTERDAY)
    judgement = judged(LEAF, old, ROOT, ISSUING, rule=FIRST)
    assert judgement.verdict.number == 10
    assert (positions(judgement.other.keep), positions(judgement.other.delete)) == ([2], [1])


def test_twins_on_two_levels_need_both_moved():
    other_root = root("Root", key="another root")
    blind_issuing = below(ROOT, "Issuing", authority_key_id=False)
    blind = leaf(blind_issuing, authority_key_id=False)
    judgement = judged(blind, other_root, TWIN, ROOT, blind_issuing, rule=OPENSSL)
    assert judgement.verdict.number == 7
    other = judgement.other
    assert positions(other.accepted_when.moved_up) == [3, 4]
    assert (positions(other.keep), positions(other.delete)) == ([4, 3], [2, 1])


@pytest.mark.parametrize("rule", list(SameSubject))
def test_after_deleting_what_is_to_be_deleted_every_rule_accepts(rule):
    cas = [TWIN, root("Root", start=LONG_AGO, end=YESTERDAY), ROOT, ISSUING]
    other = judged(LEAF, *cas, rule=FIRST).other
    left = [ca for place, ca in enumerate(cas, start=1) if place not in positions(other.delete)]
    certain = judged(LEAF, *left, rule=rule)
    assert (certain.verdict.accepted, certain.other) == (True, None)


def test_the_number_of_orders_that_are_tried_is_bounded(asked):
    crowd = [below(ROOT, "Issuing", key=f"crowd {number}") for number in range(2 * MOST_TRIALS)]
    assert judged(LEAF, ROOT, *crowd, rule=FIRST).other is None
    assert len(asked) == 1 + MOST_TRIALS


def test_fewer_orders_are_tried_when_many_cas_share_a_name(asked, monkeypatch):
    monkeypatch.setattr(depends, "MOST_LOADED", 10)
    crowd = [below(ROOT, "Issuing", key=f"crowd {number}") for number in range(4)]
    judged(LEAF, ROOT, *crowd, rule=OPENSSL)
    assert len(asked) == 1 + 10 // 5


def test_an_empty_list_is_judged():
    judgement = judge_with_twins(facts(LEAF), ListInMemory([]), FIRST, NOW)
    assert (judgement.verdict.number, judgement.other) == (20, None)
    assert judgement.headline is judgement.picture.headline


def _every_order(listed):
    """The list in every order that its twins can have among themselves."""
    places: dict[str, list[int]] = {}
    for place, known in enumerate(listed):
        places.setdefault(known.subject_hash, []).append(place)
    for orders in product(*(permutations(same_name) for same_name in places.values())):
        moved = list(listed)
        for same_name, order in zip(places.values(), orders, strict=True):
            for place, source in zip(same_name, order, strict=True):
                moved[place] = listed[source]
        yield moved


@pytest.mark.parametrize(
    "make", [random_pki.twins, random_pki.cross_signed, random_pki.renewed, random_pki.ring]
)
def test_an_outcome_depends_exactly_when_some_order_or_rule_gives_another(make):
    random = random_pki.Dice(20261123)
    depending = 0
    for random.pki in range(15):
        case = make(random)
        node, listed = facts(case.leaf), [facts(made) for made in case.trusted]
        outcomes = {
            judge_chain(node, candidates(node, ListInMemory(order), rule), NOW).accepted
            for order in _every_order(listed)
            for rule in (FIRST, OPENSSL)
        }
        for rule in SameSubject:
            judgement = judge_with_twins(node, ListInMemory(listed), rule, NOW)
            assert (judgement.other is not None) == (len(outcomes) == 2), (case.kind, random.pki)
            depending += judgement.other is not None
    assert depending > 0
