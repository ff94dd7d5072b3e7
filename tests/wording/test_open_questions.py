"""The open questions, in words of ours."""

import re

import pytest

from certstore.models import BoxReport
from certstore.wording.how_sure import lines, said_about
from certstore.wording.open_questions import QUESTIONS

LONGEST_KEY = BoxReport._meta.get_field("code").max_length


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.key)
def test_a_question_asks_says_what_is_assumed_where_it_shows_and_what_that_rests_on(one):
    assert re.fullmatch(r"question\.[a-z0-9-]+", one.key)
    assert one.asks.endswith("?")
    assert one.meanwhile.endswith(".")
    assert one.rests_on.endswith(".")
    assert one.page


def test_no_question_is_there_twice():
    assert len({one.key for one in QUESTIONS}) == len(QUESTIONS) == 32


def test_every_key_fits_into_a_report():
    keys = [*(line.key for line in lines()), *(one.key for one in QUESTIONS)]
    assert max(map(len, keys)) <= LONGEST_KEY
    assert all(said_about(key) for key in keys)
