"""The words about needed names: everything that can be found is told, and says how sure it is."""

import re

import pytest

from certstore.pki.name_sheet import Flaw, Presence
from certstore.pki.needed_names import CODE_OF, NOT_BY_A_NAME, Answers, Slot, Why, Without
from certstore.wording import explain
from certstore.wording import needed_names as words
from certstore.wording.cure_pages import DOORS

# For these nothing may fail now: a record, a mode or a release has to change first.
LATER = {Why.DOMAIN, Why.CLUSTER_PEER, Why.KNOWN_AS, Why.SUBJECT_NAME}


@pytest.mark.parametrize("why", Why)
def test_every_reason_is_told_with_its_evidence(why):
    told = words.WHYS[why]
    assert told.because.endswith(".")
    assert (told.sure is None) == (why in CODE_OF)
    assert (explain(CODE_OF[why]).sure if told.sure is None else told.sure).source
    assert bool(told.later) == (why in LATER)
    texts = " ".join((told.because, told.without, told.later))
    assert set(re.findall(r"{(\w*)}", texts)) <= {"by"}
    assert "{" not in told.without + told.later


def test_everything_that_can_be_found_has_its_words():
    assert set(words.EFFECTS) == set(Without)
    assert set(words.PRESENT) == set(Presence)
    assert set(words.FLAWS) == set(Flaw)
    assert set(words.SLOTS) == set(Slot)
    assert set(words.QUESTIONS) == set(Answers.__slots__)


def test_what_no_certificate_cures_is_cured_on_a_page():
    assert set(DOORS) >= NOT_BY_A_NAME


JOINED = [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]


@pytest.mark.parametrize(("names", "expected"), JOINED, ids=["none", "one", "two", "three"])
def test_names_are_joined_as_a_sentence_lists_them(names, expected):
    assert words.joined(names) == expected
