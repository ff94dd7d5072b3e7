"""Which CAs of a list reach OpenSSL."""

from collections import Counter
from dataclasses import replace

import pytest

from certstore.pki import candidates as module
from certstore.pki.candidates import MOST_LEVELS, Remembered, by_issuer_name, candidates, helpful
from certstore.pki.judge import MOST_CANDIDATES
from certstore.pki.releases import SameSubject
from certstore.pki.trust import ListInMemory
from tests.pki.chains import END, START, below, facts, in_list, leaf, root, self_signed, verdict

ROOT = root("Root")
UPPER = below(ROOT, "Upper")
ISSUING = below(UPPER, "Issuing")
TWIN = below(root("Elsewhere"), "Issuing", key="another")
LEAF = leaf(ISSUING)


class Counting(ListInMemory):
    """A list that counts what it is asked."""

    def __init__(self, certificates):
        super().__init__(certificates)
        self.asked: Counter[str] = Counter()

    def with_subject(self, subject_hash):
        self.asked[subject_hash] += 1
        return super().with_subject(subject_hash)


def names(certificate, *cas, rule=SameSubject.OPENSSL):
    """The subjects of the candidates, in their order."""
    return [found.subject for found in candidates(facts(certificate), in_list(*cas), rule)]


def test_only_what_bears_an_issuers_name_is_a_candidate():
    unrelated = [root(f"Unrelated {number}") for number in range(3)]
    found = names(LEAF, unrelated[0], ISSUING, unrelated[1], UPPER, ROOT, unrelated[2])
    assert found == ["CN=Issuing", "CN=Upper", "CN=Root"]


def test_the_order_is_that_of_the_list_and_not_that_of_the_chain():
    assert names(LEAF, ROOT, ISSUING, UPPER) == ["CN=Root", "CN=Issuing", "CN=Upper"]


def test_the_climb_stops_where_a_name_is_not_in_the_list():
    assert names(LEAF, ISSUING, ROOT) == ["CN=Issuing"]
    assert names(LEAF, UPPER, ROOT) == []


def test_every_name_is_asked_for_once_a_root_and_a_missing_one_included():
    counting = Counting(map(facts, (ROOT, UPPER, ISSUING)))
    candidates(facts(LEAF), counting, SameSubject.OPENSSL)
    assert set(counting.asked.values()) == {1}
    assert len(counting.asked) == 3
    counting = Counting(map(facts, (UPPER, ISSUING)))
    candidates(facts(LEAF), counting, SameSubject.OPENSSL)
    assert counting.asked == {facts(made).subject_hash: 1 for made in (ROOT, UPPER, ISSUING)}


def test_cas_that_sign_each_other_are_asked_for_once_as_well():
    first = below(root("Root"), "Ring 0")
    second = below(first, "Ring 1")
    closing = second.cross_sign(first, START, END)
    counting = Counting(map(facts, (closing, second)))
    found = candidates(facts(leaf(closing)), counting, SameSubject.OPENSSL)
    assert [ca.subject for ca in found] == ["CN=Ring 0", "CN=Ring 1"]
    assert set(counting.asked.values()) == {1}


@pytest.mark.parametrize("rule", [SameSubject.OPENSSL, SameSubject.REFUSE])
def test_all_of_a_name_go_to_openssl_in_the_lists_order_with_what_signed_each(rule):
    elsewhere = root("Elsewhere")
    found = names(LEAF, TWIN, elsewhere, ISSUING, UPPER, ROOT, rule=rule)
    assert found == ["CN=Issuing", "CN=Elsewhere", "CN=Issuing", "CN=Upper", "CN=Root"]


def test_under_the_rule_of_the_first_a_twin_hides_the_other_and_what_signed_it():
    found = names(LEAF, TWIN, root("Elsewhere"), ISSUING, UPPER, ROOT, rule=SameSubject.FIRST)
    assert found == ["CN=Issuing", "CN=Elsewhere"]


def test_a_self_signed_leaf_has_itself_as_a_candidate():
    lonely = self_signed()
    assert names(lonely, ROOT, lonely) == ["CN=node"]


def test_a_name_spelled_otherwise_is_found():
    node = leaf(ISSUING, issuer_name=root("  ISSUING ").name)
    assert names(node, ISSUING)[0] == "CN=Issuing"


def test_a_certificate_that_is_twice_in_the_list_counts_once():
    assert names(LEAF, ISSUING, ISSUING, UPPER) == ["CN=Issuing", "CN=Issuing", "CN=Upper"]
    remembered = Remembered(in_list(ISSUING, ISSUING))
    assert [found.position for found in remembered.with_subject(facts(ISSUING).subject_hash)] == [1]


def test_remembering_asks_the_list_once():
    counting = Counting([facts(ISSUING)])
    remembered = Remembered(counting)
    for _ in range(3):
        remembered.with_subject(facts(ISSUING).subject_hash)
        remembered.with_subject("nobody's")
    assert set(counting.asked.values()) == {1}
    assert remembered.crls_of("nobody's") == ()


def _tower(height):
    """Facts of a chain that never ends: CA n is signed by CA n + 1."""
    known = facts(ROOT)
    return [
        replace(known, sha256=str(n), subject_hash=str(n), issuer_hash=str(n + 1))
        for n in range(1, height + 1)
    ]


def test_no_more_levels_are_climbed_than_openssl_climbs():
    found = candidates(replace(facts(LEAF), issuer_hash="1"), ListInMemory(_tower(300)), SameSubject.OPENSSL)
    assert len(found) == MOST_LEVELS


def test_asking_stops_once_there_are_more_candidates_than_a_list_can_hold(monkeypatch):
    monkeypatch.setattr(module, "MOST_LEVELS", MOST_CANDIDATES * 3)
    counting = Counting(_tower(MOST_CANDIDATES * 2))
    named = by_issuer_name(replace(facts(LEAF), issuer_hash="1"), counting, SameSubject.OPENSSL)
    assert sum(map(len, named.values())) == MOST_CANDIDATES + 1
    assert len(counting.asked) == MOST_CANDIDATES + 1


def test_the_highest_chain_that_openssl_climbs_is_reached_and_no_higher():
    tower = [root("T0", key="tower")]
    for level in range(1, 103):
        tower.append(below(tower[-1], f"T{level}", key=f"tower {level % 2}"))
    for height, expected in ((101, (0, 101)), (102, (22, 101)), (103, (22, 101))):
        assert verdict(leaf(tower[height - 1]), *tower[:height]) == expected


def test_what_was_sent_leads_to_further_names_of_the_list():
    sent = [facts(ISSUING)]
    assert names(LEAF, UPPER, ROOT) == []
    found = candidates(facts(LEAF), in_list(UPPER, ROOT), SameSubject.OPENSSL, sent)
    assert [one.subject for one in found] == ["CN=Upper", "CN=Root"]


def test_going_by_the_name_the_list_hides_what_was_sent_under_a_name_of_its_own():
    sent = [facts(ISSUING), facts(UPPER)]
    assert helpful(sent, in_list(TWIN), SameSubject.FIRST) == (facts(UPPER),)
    assert helpful(sent, in_list(TWIN), SameSubject.OPENSSL) == tuple(sent)
