"""How sure are we?: the honest list."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from certstore.wording import all_explanations, all_sentences
from certstore.wording.evidence import Evidence
from certstore.wording.how_sure import LEVELS

pytestmark = pytest.mark.django_db

ANCHOR = re.compile(r'<tr id="([^"]+)">')


def page(query: str = "", **headers: str) -> str:
    response = Client(headers=headers).get(reverse("evidence") + query)
    assert response.status_code == 200
    return response.content.decode()


def keys_of(level: Evidence) -> set[str]:
    sentences = {key for key, said in all_sentences().items() if said.evidence is level}
    return sentences | {
        code.value for code, told in all_explanations().items() if told.on_screen.evidence is level
    }


def test_everybody_may_read_every_sentence_once():
    anchors = ANCHOR.findall(page())
    assert len(anchors) == len(set(anchors))
    assert set(anchors) == {*all_sentences(), *(code.value for code in all_explanations())}


@pytest.mark.parametrize("level", list(Evidence))
def test_one_level_can_be_picked_without_a_script(level):
    text = page(f"?level={level.value}")
    assert set(ANCHOR.findall(text)) == keys_of(level)
    assert re.search(rf'\?level={level.value}"\s+aria-current="page"', text)


@pytest.mark.parametrize("query", ["?level=", "?level=nonsense", "?level=SEEN", "?level=%00&level=<b>"])
def test_a_level_that_is_none_shows_all(query):
    assert len(ANCHOR.findall(page(query))) == len(all_sentences()) + len(all_explanations())


def test_the_levels_are_counted():
    text = page()
    for level, (name, meaning) in LEVELS.items():
        assert re.search(rf">{name}</a>\s+\({len(keys_of(level))}\): {re.escape(meaning)}", text)


def test_a_verdict_tells_its_sentence_from_its_result():
    row = page().partition('<tr id="server-certificate.wildcard">')[2].partition("</tr>")[0]
    assert "Paraphrased" in row
    assert "Our reading." in row


def test_htmx_gets_the_room_and_others_the_page():
    assert page().lstrip().startswith("<!DOCTYPE html>")
    assert "<!DOCTYPE" not in page(**{"HX-Request": "true"})


def test_nothing_but_reading_is_possible():
    assert Client().post(reverse("evidence")).status_code == 405
