"""Every word of the frame goes through `say`: verbatim words stand bare, all others carry the mark."""

import pytest
from django.template import Context, Template

from certstore.templatetags.say import is_marked, say, say_text
from certstore.wording import all_sentences
from certstore.wording.evidence import Evidence, Sentence
from certstore.wording.frame import HINTS, MARK
from certstore.wording.sources import ours, paraphrased, recalled, seen


def rendered(source: str, **context: object) -> str:
    return Template("{% load say %}" + source).render(Context(context))


def test_a_verbatim_sentence_stands_bare() -> None:
    assert rendered('{% say "trusted_ca.append" %}') == "Append CA certificate"


@pytest.mark.parametrize("said", [ours("No."), recalled("No."), paraphrased("No.", "AG-SEC")])
def test_any_other_sentence_carries_the_mark_for_the_eye_and_for_the_ear(said: Sentence) -> None:
    assert say(said) == (
        f'<span class="ours" title="{HINTS[said.evidence].replace(chr(39), "&#x27;")}">No.'
        '<span class="vh"> (our wording)</span></span>'
    )


def test_every_level_of_evidence_but_the_verbatim_one_has_a_hint() -> None:
    assert set(HINTS) == set(Evidence) - {Evidence.SEEN}


def test_parameters_come_by_name_or_as_a_mapping() -> None:
    assert "3 of 9" in rendered('{% say "frame.filter-count" shown=3 total=9 %}')
    assert "3 of 9" in rendered('{% say "frame.filter-count" facts %}', facts={"shown": 3, "total": 9})


def test_a_parameter_out_of_a_certificate_is_only_ever_text() -> None:
    hostile = '<img src=x onerror=alert(1)>"'
    for said in (ours("It is {name}."), seen("It is {name}.", "AG-SEC")):
        for text in (say(said, name=hostile), say_text(said, name=hostile), say(said, {"name": hostile})):
            assert "<img" not in text
            assert "&lt;img src=x onerror=alert(1)&gt;&quot;" in text


def test_a_parameter_that_looks_like_a_format_is_left_alone() -> None:
    assert "{0.__class__} {name!r}" in say(ours("{name}"), name="{0.__class__} {name!r}")


def test_in_an_attribute_the_mark_is_words() -> None:
    assert say_text(ours("Menu")) == f"Menu {MARK}"
    assert say_text("trusted_ca.append") == "Append CA certificate"
    assert rendered("<i title=\"{% say_text 'frame.menu' %}\">") == '<i title="Menu (our wording)">'


def test_a_name_that_is_not_there_is_loud() -> None:
    with pytest.raises(KeyError, match="nothing"):
        say("frame.nothing")


def test_the_filter_tells_which_sentences_carry_a_mark() -> None:
    assert not is_marked("trusted_ca.append")
    assert is_marked(ours("No."))


def test_every_sentence_can_be_said() -> None:
    for key, said in all_sentences().items():
        assert (MARK in say(key)) is not said.is_verbatim
