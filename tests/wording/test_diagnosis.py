"""What is said about each question, and where to look for what files cannot tell."""

import re

import pytest

from certstore.pki.rulings import Answer, Question, Ruling
from certstore.wording import all_sentences, asks
from certstore.wording.asks import Ask
from certstore.wording.diagnosis import ANSWERS, TEXTS, asked_for, said
from certstore.wording.evidence import Evidence

# Where a customer finds it: typed by hand, with the document that says so.
PLACES = {
    "trust-list": (
        'Maintenance > Security > Trusted CA certificate: "Show all (PEM file)"',
        "TechNote 217748",
    ),
    "older": (
        'Maintenance > Security > Server certificate: "Show (PEM file)", beside "Server certificate"',
        "TechNote 215405",
    ),
    "traversal-test": (
        'Maintenance > Security > Secure traversal test: "Test connection"',
        "Administrator Guide",
    ),
    "cucm-trust": (
        "Cisco Unified Communications Operating System Administration, Security > Certificate Management",
        "",
    ),
    "firewall": ("Status > Alarms", "Administrator Guide"),
}


def test_every_question_and_answer_has_words() -> None:
    assert set(TEXTS) == set(Question)
    assert set(ANSWERS) == set(Answer)


@pytest.mark.parametrize("question", list(Question))
def test_every_sentence_is_whole_and_names_only_what_it_is_given(question: Question) -> None:
    texts = TEXTS[question]
    parts = texts.parts()
    assert parts
    for kind, sentence in parts.items():
        assert sentence.text.endswith(".")
        assert kind == "found" or "{" not in sentence.text


@pytest.mark.parametrize("question", list(Question))
def test_what_cannot_be_told_says_what_to_ask_for(question: Question) -> None:
    if TEXTS[question].cant_tell is not None:
        assert said(Ruling(question, Answer.CANT_TELL)).asks


@pytest.mark.parametrize("place", PLACES)
def test_the_way_to_it_is_a_menu_path_with_its_document(place: str) -> None:
    path, document = PLACES[place]
    sentence = asks.SENTENCES[place]
    assert sentence.text == path
    assert document in sentence.source
    assert sentence.evidence is Evidence.PARAPHRASED


def test_what_is_ruled_out_asks_for_nothing() -> None:
    assert said(Ruling(Question.FORMAT, Answer.RULED_OUT)).asks == ()


def test_what_the_files_show_asks_for_nothing_and_what_they_only_speak_for_does() -> None:
    shown = Ruling(Question.OWN_LIST, Answer.POSSIBLE, {"name": "CN=Issuing"})
    open_ = Ruling(Question.OWN_LIST, Answer.POSSIBLE)
    hinted = Ruling(Question.PEERS_LISTS, Answer.POSSIBLE, {"name": "CN=Issuing"})
    assert said(shown).asks == ()
    assert said(shown).sentence.text == "A CA of its chain is not in the server's own list: CN=Issuing."
    assert said(open_).asks == (asks.TRUST_LIST,)
    assert said(hinted).asks[0] is asks.PEERS_LISTS


def test_each_thing_is_asked_for_once() -> None:
    rulings = [
        Ruling(question, Answer.CANT_TELL) for question in (Question.CA_VALIDITY, Question.SAME_NAMED_CAS)
    ]
    assert asked_for(rulings) == (asks.TRUST_LIST,)


def test_the_facts_are_filled_in_and_never_read_as_parameters() -> None:
    lost = Ruling(Question.SUBJECT_NAME, Answer.POSSIBLE, {"names": "{more}{x.__class__}", "more": 4})
    assert said(lost).sentence.text.endswith("names that were lost: {more}{x.__class__} and 4 more.")
    usage = Ruling(
        Question.USAGE, Answer.POSSIBLE, {"code": "x", "releases": "X14.0, X14.2", "roles": "expressway-c"}
    )
    assert said(usage).sentence.text.endswith("Minded by: Expressway-C, X14.0, X14.2.")
    ended = {"start": "2026-01-01T00:00:00Z", "end": "2026-02-01T00:00:00Z"}
    assert said(Ruling(Question.VALIDITY, Answer.POSSIBLE, ended)).sentence.text.endswith(
        "it is valid from 1 Jan 2026 00:00 UTC to 1 Feb 2026 00:00 UTC."
    )


def test_an_answer_that_a_question_never_has_is_a_bug_and_loud() -> None:
    with pytest.raises(KeyError):
        said(Ruling(Question.RESTART, Answer.RULED_OUT))


def test_one_line_of_an_ask_says_what_on_which_machine_and_where() -> None:
    assert isinstance(asks.TRUST_LIST, Ask)
    assert asks.TRUST_LIST.text == (
        "The server's own trusted CA list. On the server itself: Maintenance > Security > "
        'Trusted CA certificate: "Show all (PEM file)"'
    )


def test_all_of_it_stands_on_the_list_of_sentences() -> None:
    listed = all_sentences()
    assert "diagnosis.own-list-left-open" in listed
    assert listed["diagnosis.ask-trust-list"] is asks.SENTENCES["trust-list"]
    assert not [
        key for key in listed if re.search(r"[A-Z_]", key.removeprefix("diagnosis.")) and "diagnosis." in key
    ]
