"""The file of corrections: what it may hold, what is said of every mistake, and what is said from then on."""

import pytest

from certstore.pki.codes import Code
from certstore.pki.findings import refuse
from certstore.wording import (
    all_explanations,
    all_sentences,
    as_published,
    explain,
    explained,
    not_checked,
    sentence,
)
from certstore.wording.alarms import alarm_text
from certstore.wording.corrected import correct, corrected_keys
from certstore.wording.corrections import MOST_CHARACTERS, MOST_PROBLEMS, parse_corrections
from certstore.wording.evidence import Evidence, Sentence
from certstore.wording.results import plain_result
from certstore.wording.sources import RECALL

PUBLISHED = as_published()
GOOD = 'text = "Said"\nevidence = "seen"\nsource = "a server"\n'


def parsed(text: str) -> dict[str, Sentence]:
    found = parse_corrections(text, PUBLISHED)
    assert found.problems == ()
    return dict(found.sentences)


def problems(text: str) -> list[str]:
    found = parse_corrections(text, PUBLISHED)
    assert found.sentences == {}, "with one mistake nothing counts"
    return [str(problem) for problem in found.problems]


# --- What it may hold ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ['"trusted_ca.empty"', "trusted_ca.empty", "'trusted_ca.empty'"])
def test_a_table_a_sentence_with_or_without_quotes(name):
    assert parsed(f"[{name}]\n{GOOD}") == {"trusted_ca.empty": Sentence("Said", Evidence.SEEN, "a server")}


@pytest.mark.parametrize(
    ("fields", "evidence", "source"),
    [
        ('evidence = "seen"\nsource = "a server"', Evidence.SEEN, "a server"),
        (
            'evidence = "seen"\nsource = "a server"\nreleases = ["X14.3.4", "X15.0"]',
            Evidence.SEEN,
            "a server, X14.3.4, X15.0",
        ),
        ('evidence = "paraphrased"\nsource = "a note"', Evidence.PARAPHRASED, "a note"),
        ('evidence = "recalled"', Evidence.RECALLED, RECALL),
        ('evidence = "recalled"\nsource = "by Ann"', Evidence.RECALLED, "by Ann"),
        ('evidence = "ours"', Evidence.OURS, ""),
    ],
)
def test_each_level_with_its_source(fields, evidence, source):
    found = parsed(f'["file.zip"]\ntext = "Said"\n{fields}\n')
    assert found == {"file.zip": Sentence("Said", evidence, source)}


def test_several_and_parameters_of_the_original_and_braces_that_are_seen():
    found = parsed(
        f'["trusted_ca.accepted"]\ntext = "{{crls}} of {{{{all}}}}"\nevidence = "ours"\n[file.zip]\n{GOOD}'
    )
    assert found["trusted_ca.accepted"].fill(crls=3) == "3 of {all}"
    assert set(found) == {"trusted_ca.accepted", "file.zip"}


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "\n\n"])
def test_an_empty_file_corrects_nothing(text):
    assert parsed(text) == {}


# --- Every mistake has its sentence ----------------------------------------------------------------------------

BROKEN = [
    ("no-toml", "[trusted_ca.empty\n", "line 1: is no TOML: Expected ']' at the end of a table declaration."),
    ("half-a-string", '[file.zip]\ntext = "a\n', "line 2: is no TOML: Illegal character "),
    (
        "twice",
        f"[file.zip]\n{GOOD}[file.zip]\n{GOOD}",
        "line 5: is no TOML: Cannot declare ('file', 'zip') twice.",
    ),
    ("no-date", "a = 2026-02-30", "is no TOML: "),
    (
        "unknown",
        f"\n[trusted_ca.emty]\n{GOOD}",
        "line 2, trusted_ca.emty: no sentence has this name. Did you mean trusted_ca.empty?",
    ),
    ("a-rule", f'["rule.trusted_ca.is_new"]\n{GOOD}', "rule.trusted_ca.is_new: no sentence has this name."),
    ("no-table", 'text = "Said"', "text: no sentence has this name."),
    ("value", '"file.zip" = "Said"', "file.zip: is no table: write the name in square brackets"),
    ("array", f"[[file.zip]]\n{GOOD}", "file.zip: is no table: "),
    ("empty", '["file.zip"]', 'line 1, file.zip: has no text: write text = "…".'),
    ("blank", '["file.zip"]\ntext = "  "', 'file.zip: has no text: write text = "…".'),
    ("number", '["file.zip"]\ntext = 3', 'file.zip: has no text: write text = "…".'),
    ("long", f'["file.zip"]\ntext = "{"x" * 501}"', "file.zip: has a text of 501 characters: at most 500."),
    ("lines", '["file.zip"]\ntext = "a\\nb"', "cannot be seen, or a line end: a\\u000Ab"),
    ("bidi", '["file.zip"]\ntext = "a\\u202Eb"', "cannot be seen, or a line end: a\\u202Eb"),
    ("level", '["file.zip"]\ntext = "Said"\nevidence = "SEEN"', "has no evidence that is known: "),
    ("no-level", '["file.zip"]\ntext = "Said"', "with one of seen, paraphrased, recalled, ours."),
    (
        "seen-nowhere",
        '["file.zip"]\ntext = "Said"\nevidence = "seen"',
        "line 1, file.zip: is “seen” and names no source: ",
    ),
    ("paraphrased-nowhere", '[file.zip]\ntext = "Said"\nevidence = "paraphrased"', "and names no source: "),
    ("blank-source", '[file.zip]\ntext = "Said"\nevidence = "seen"\nsource = ""', "has no source: "),
    (
        "ours-somewhere",
        GOOD.replace("seen", "ours").join(["[file.zip]\n", ""]),
        "is “ours” and names a source",
    ),
    ("releases", f'[file.zip]\n{GOOD}releases = "X15"', "has releases that are no list"),
    ("release", f"[file.zip]\n{GOOD}releases = [15.0]", "has no release: "),
    ("releases-without-end", f"[file.zip]\n{GOOD}releases = {['X'] * 21}", "no list of at most 20"),
    (
        "field",
        f"[file.zip]\n{GOOD}colour = 1",
        "has “colour”: only text, evidence, source, releases are known.",
    ),
    (
        "parameter",
        '[trusted_ca.accepted]\ntext = "{file} is in"\nevidence = "ours"',
        "has {file}, which is not filled in here. The original has: {certificates}, {crls}.",
    ),
    ("no-parameter", '[trusted_ca.empty]\ntext = "{}"\nevidence = "ours"', "The original has: none."),
    (
        "attribute",
        '[trusted_ca.accepted]\ntext = "{crls.__class__}"\nevidence = "ours"',
        "has {crls.__class__}, which is not filled in here.",
    ),
    (
        "width",
        '[trusted_ca.accepted]\ntext = "{crls:>999999999}"\nevidence = "ours"',
        "has more than the name in the braces of {crls}: write {crls}.",
    ),
    ("conversion", '[trusted_ca.accepted]\ntext = "{crls!r}"\nevidence = "ours"', "write {crls}."),
    ("brace", '[trusted_ca.empty]\ntext = "a { b"\nevidence = "ours"', "has a brace that is alone"),
    ("closing-brace", '[trusted_ca.empty]\ntext = "a } b"\nevidence = "ours"', "has a brace that is alone"),
    ("deep", "x = " + "[\n" * 5000, "is nested too deeply"),
    ("wide", "[a" + ".a" * 4000 + "]", "line 1: is longer than 1200 characters."),
    ("wide-enough", "[a" + ".a" * 500 + "]", "no sentence has this name."),
    ("large", "#\n" * (MOST_CHARACTERS // 2 + 1), "is longer than 128 KiB"),
]


@pytest.mark.parametrize(("text", "says"), [one[1:] for one in BROKEN], ids=[one[0] for one in BROKEN])
def test_a_mistake_is_named_by_line_and_key_with_what_to_do(text, says):
    found = problems(text)
    assert len(found) == 1
    assert says in found[0]
    assert found[0].isprintable()


def test_one_right_entry_beside_a_wrong_one_does_not_count():
    assert len(problems(f"[trusted_ca.empty]\n{GOOD}[file.nonsense]\n{GOOD}")) == 1


def test_of_very_many_mistakes_the_first_are_told():
    found = problems("".join(f"[x{number}]\na = 1\n" for number in range(5000)))
    assert len(found) == MOST_PROBLEMS + 1
    assert "mend these first" in found[-1]


def test_a_key_that_is_mark_up_or_cannot_be_seen_is_shown_as_text_and_cut():
    found = problems('["\\u001B[31m' + "y" * 300 + '"]\na = 1\n')[0]
    assert "\x1b" not in found
    assert len(found) < 250


# --- What is said from then on ---------------------------------------------------------------------------------

SAID = Sentence("Seen on a server", Evidence.SEEN, "a server")


def test_a_corrected_sentence_is_said_with_its_new_evidence(corrected):
    corrected({"trusted_ca.empty": SAID})
    assert sentence("trusted_ca.empty") == SAID
    assert sentence("trusted_ca.empty").is_verbatim
    assert all_sentences()["trusted_ca.empty"] == SAID
    assert as_published()["trusted_ca.empty"].text == "The list is empty."


def test_a_corrected_verdict_keeps_its_cause_and_cure(corrected):
    before = explain(Code.FILE_ZIP)
    corrected({"file.zip": SAID})
    told = explained(Code.FILE_ZIP, {"file": "a.zip"})
    assert told.on_screen == SAID
    assert told.sure == before.sure
    assert len(told.cure) == len(before.cure)
    assert all_explanations()[Code.FILE_ZIP].on_screen == SAID


def test_the_command_line_the_alarms_and_the_open_points_say_it_too(corrected):
    corrected(dict.fromkeys(("trusted_ca.upload-failed", "alarms.40052-title", "not_checked.genuine"), SAID))
    assert alarm_text("40052").title == SAID
    assert not_checked.after_append()[0] == SAID
    assert plain_result("trusted-ca", refuse(Code.FILE_ZIP)).startswith("Seen on a server: ")


def test_nothing_is_left_of_it_when_it_is_taken_back(corrected):
    corrected({"trusted_ca.empty": SAID})
    assert corrected_keys() == {"trusted_ca.empty"}
    assert correct({}) == {"trusted_ca.empty": SAID}
    assert corrected_keys() == frozenset()
    assert as_published() == {
        **all_sentences(),
        **{code.value: told.on_screen for code, told in all_explanations().items()},
    }


def test_no_key_of_a_sentence_is_a_code():
    assert not set(all_sentences()) & {code.value for code in Code}
