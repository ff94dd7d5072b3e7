"""The questions about names: what is taken, and what counts of answers that were refused."""

from django.http import QueryDict

from certstore.forms.needed_names import AnswersForm
from certstore.pki.needed_names import NOTHING_ANSWERED, Answers


def test_without_an_answer_nothing_is_asked_about():
    assert AnswersForm(None).answers() == NOTHING_ANSWERED
    assert AnswersForm(QueryDict("domains=&meetings=%20%2C%20")).answers() == NOTHING_ANSWERED


def test_names_are_taken_as_they_are_copied_out_of_a_certificate():
    form = AnswersForm(QueryDict("domains=DNS:a.example.com,%20DNS:b.example.com%0D%0Ac.example.com"))
    assert form.answers() == Answers(domains=("a.example.com", "b.example.com", "c.example.com"))
    assert not form.errors


def test_a_refused_answer_counts_as_none_and_the_others_stay():
    form = AnswersForm(QueryDict("domains=*.example.com&federation=example.org&chat_aliases=chat"))
    assert form.answers() == Answers(federation=("example.org",))
    assert set(form.errors) == {"domains", "chat_aliases"}


def test_a_page_with_other_things_in_its_address_is_a_page_without_answers():
    form = AnswersForm(QueryDict("from=plan"))
    assert form.answers() == NOTHING_ANSWERED
    assert not form.errors
