"""What people paste finds its entry: whole lines, numbers, halves of sentences, their own words, and nonsense."""

import random

import pytest

from certstore.wording.evidence import Evidence, Sentence
from certstore.wording.look_up import all_entries, look_up
from certstore.wording.look_up.entry import Entry, Kind, our_reading
from certstore.wording.look_up.matching import Rank, index_of, search
from certstore.wording.look_up.text import MOST_CHARACTERS, MOST_WORDS
from tests.wording.look_up.pasted import EVERYTHING, LINES, NOTHING, NUMBERS, OWN_WORDS, PARTS


def entry(
    key: str, *words: str, kind: Kind = Kind.LOG_LINE, cause: str = "", numbers: tuple[str, ...] = ()
) -> Entry:
    said = tuple(Sentence(text, Evidence.OURS) for text in words)
    return Entry(key, kind, f"title of {key}", said, (), "", cause, (), our_reading("A test."), numbers)


def found(question: str, *entries: Entry) -> list[tuple[str, Rank]]:
    filler = tuple(entry(f"other-{number}", f"filler{number} words") for number in range(20))
    return [(hit.entry.key, hit.rank) for hit in search(question, index_of((*entries, *filler))).hits]


@pytest.mark.parametrize("question", EVERYTHING, ids=range(len(EVERYTHING)))
def test_what_is_pasted_finds_its_entry_first(question):
    hits = look_up(question).hits
    assert [hit.entry.key for hit in hits[:1]] == [EVERYTHING[question]]


def test_the_tables_are_long_enough_and_name_entries_that_are_there():
    assert len(LINES) >= 30
    assert len(EVERYTHING) >= 85
    assert {*LINES, *NUMBERS, *PARTS, *OWN_WORDS} == set(EVERYTHING)
    assert set(EVERYTHING.values()) <= {entry.key for entry in all_entries()}


@pytest.mark.parametrize("question", NOTHING, ids=range(len(NOTHING)))
def test_nonsense_finds_nothing(question):
    assert look_up(question).hits == ()


@pytest.mark.parametrize("question", [*LINES, *NUMBERS], ids=range(len(LINES) + len(NUMBERS)))
def test_case_quotes_and_line_breaks_change_nothing(question):
    first = look_up(question).hits[0].entry.key
    typographic = question.replace('"', "\u201d").replace("'", "\u2019")
    for changed in (question.upper(), question.replace(" ", "\n"), typographic, f"\ufeff {question}\u200b"):
        assert look_up(changed).hits[0].entry.key == first


def test_a_number_comes_before_a_phrase_and_a_phrase_before_words():
    entries = (
        entry("number", "nothing alike", numbers=("40069",)),
        entry("phrase", "begin alarm 40069 alpha beta end"),
        entry("words", "beta here and alpha there, 40069 alarm"),
        entry("most", "alpha 40069 alarm"),
    )
    assert found("alarm 40069 alpha beta", *entries) == [
        ("number", Rank.NUMBER),
        ("phrase", Rank.PHRASE),
        ("words", Rank.ALL_WORDS),
        ("most", Rank.MOST_WORDS),
    ]


def test_words_that_are_near_come_last():
    entries = (entry("near", "certificate tunnels"), entry("most", "zone failed tunnels"))
    assert found("zone failed tunels", *entries) == [("most", Rank.NEAR)]
    assert found("zone failed tunels certificate", *entries)[-1][1] is Rank.NEAR
    assert found("tunnels", *entries)[0][1] is Rank.PHRASE


def test_a_misspelt_word_changes_nothing_in_the_order():
    for right, misspelt in (
        ("certificate expired", "certifcate expired"),
        ("zone tunnels down", "zone tunels down"),
    ):
        keys = [hit.entry.key for hit in look_up(right).hits]
        assert [hit.entry.key for hit in look_up(misspelt).hits] == keys


def test_two_letters_that_changed_places_are_taken_for_the_word_they_make():
    answer = search("singed", index_of((entry("a", "signed paper"), entry("b", "single paper"))))
    assert answer.corrected == (("singed", "signed"),)
    assert [hit.entry.key for hit in answer.hits] == ["a"]


def test_a_rare_word_weighs_more_than_frequent_ones():
    common = [entry(f"common-{number}", f"certificate chain number{number}") for number in range(30)]
    rare = entry("rare", "quorum lost")
    assert found("certificate quorum", rare, *common)[0] == ("rare", Rank.MOST_WORDS)


def test_a_word_in_the_cause_counts_less_than_one_that_is_seen():
    entries = (entry("told", "alpha", cause="It is the beta."), entry("seen", "beta alpha gamma delta"))
    assert found("alpha beta", *entries)[0][0] == "seen"


def test_a_word_of_a_page_comes_after_an_alarm_with_the_same_words():
    entries = (
        entry("a-word", "Restart required", kind=Kind.PAGE_WORD),
        entry("alarm", "Restart required", kind=Kind.ALARM),
    )
    assert [key for key, _ in found("restart required", *entries)] == ["alarm", "a-word"]


def test_a_short_phrase_within_a_long_text_is_chance():
    entries = (
        entry("short", "restart the server"),
        entry("long", "zone tunnels account database password renewal"),
    )
    text = "zone tunnels account database password renewal and then restart the server"
    assert found(text, *entries)[0] == ("long", Rank.PHRASE)
    assert ("short", Rank.PHRASE) not in found(text, *entries)


def test_what_is_marked_is_what_was_found():
    hit = look_up("Cluster TLS permisive").hits[0]
    assert {"cluster", "tls", "permissive"} == hit.words


def test_a_port_or_a_pid_is_no_alarm():
    line = 'Src-port="40069" Dst-port="25022" Detail="x" Protocol="TLS" Service="SIP" Thread="1" Level="1" a b c d'
    assert all(hit.rank is not Rank.NUMBER for hit in look_up(line).hits)


def test_the_answer_is_the_same_every_time_and_in_any_order_of_the_entries():
    entries = list(all_entries())
    expected = [hit.entry.key for hit in search("certificate chain failed", index_of(tuple(entries))).hits]
    random.Random(7).shuffle(entries)
    assert [
        hit.entry.key for hit in search("certificate chain failed", index_of(tuple(entries))).hits
    ] == expected


def test_a_question_without_end_is_cut_and_says_so():
    assert look_up("tunnel " * (MOST_WORDS + 1)).was_cut
    assert look_up("x" * (MOST_CHARACTERS + 1)).was_cut
    assert not look_up("tunnel " * MOST_WORDS).was_cut
    padded = "a " * MOST_CHARACTERS + "portforwarding.pyc"
    assert "log-portforwarding" not in {hit.entry.key for hit in look_up(padded).hits}


@pytest.mark.parametrize(
    "hostile",
    [
        "(" * 10_000,
        ".*+?[]{}()|\\^$" * 700,
        "<script>alert(1)</script>" * 400,
        "'\"><img src=x onerror=alert(1)>",
        "".join(map(chr, range(32))) * 300,
        "\u202e\u2066\u2069\u200f" * 2500,
        "\ufdfa" * 10_000,
        "a:" * 5000,
        ":" * 10_000,
        "0" * 10_000,
        "1.1.1.1." * 1250,
        "-." * 5000,
        "a-" * 5000,
        "\ud800 \udfff",
        "{name}{0}%s%(x)s{{ 7|add:7 }}",
        "e\u0301" * 5000,
        "zzzz" * 2500,
        " ".join(f"zzq{number}" for number in range(3000)),
    ],
    ids=range(18),
)
def test_hostile_text_is_answered(hostile):
    answer = look_up(hostile)
    assert len(answer.hits) <= len(all_entries())
    assert len(answer.corrected) <= 8


def test_every_sentence_of_every_entry_finds_the_entry_or_its_twin():
    entries = all_entries()
    for one in entries:
        for said in one.words:
            hits = look_up(said.text).hits
            texts = {text.text for hit in hits if hit.rank >= Rank.PHRASE for text in hit.entry.words}
            assert said.text in texts, (one.key, said.text)
