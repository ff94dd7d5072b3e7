"""How sure are we?: the honest list."""

import html
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from certstore.actions.people import set_staff
from certstore.actions.reports import send_report
from certstore.pki.policies import all_rules
from certstore.wording import all_explanations, all_sentences
from certstore.wording.evidence import Evidence, Sentence
from certstore.wording.how_sure import LEVELS, lines
from certstore.wording.open_questions import QUESTIONS

pytestmark = pytest.mark.django_db

ANCHOR = re.compile(r'<tr id="([^"]+)">')
SENTENCES = {*all_sentences(), *(code.value for code in all_explanations())}
RULES = {f"rule.{rule.module}.{rule.name}" for rule in all_rules()}
OPEN = {one.key for one in QUESTIONS}


def page(query: str = "", client: Client | None = None, **headers: str) -> str:
    response = (client or Client()).get(reverse("evidence") + query, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def anchors(query: str = "") -> set[str]:
    return set(ANCHOR.findall(page(query)))


def row(key: str, client: Client | None = None) -> str:
    return page("", client).partition(f'<tr id="{key}">')[2].partition("</tr>")[0]


def keys_of(level: Evidence) -> set[str]:
    return {line.key for line in lines() if line.evidence is level}


def test_everybody_may_read_every_sentence_rule_and_question_once():
    found = ANCHOR.findall(page())
    assert len(found) == len(set(found))
    assert set(found) == SENTENCES | RULES | OPEN
    assert "rule.trusted_ca.fits_into_the_list" in found


@pytest.mark.parametrize("level", list(Evidence))
def test_one_level_can_be_picked_without_a_script(level):
    text = page(f"?level={level.value}")
    assert set(ANCHOR.findall(text)) == keys_of(level)
    assert re.search(rf'\?level={level.value}"\s+aria-current="page"', text)


@pytest.mark.parametrize("query", ["?level=", "?level=nonsense", "?level=SEEN", "?level=%00&level=<b>"])
def test_a_level_that_is_none_shows_all(query):
    assert anchors(query) == SENTENCES | RULES | OPEN


def test_the_levels_are_counted():
    text = page()
    for level, (name, meaning) in LEVELS.items():
        assert re.search(rf">{name}</a>\s+\({len(keys_of(level))}\): {re.escape(meaning)}", text)


def test_a_verdict_tells_its_sentence_from_its_result():
    found = row("server-certificate.wildcard")
    assert "Paraphrased" in found
    assert "Our reading." in found


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("list holds 1000", "rule.trusted_ca.fits_into_the_list"),
        ("MD5 nor sha-1", "rule.server_warnings.is_signed_with_a_strong_digest"),
        ("roots temporary names", "question.default-list"),
        ("alarm 40069 days", "question.alarm-days"),
        ("choose file", "trusted_ca.choose-file"),
        ("server-certificate.wildcard", "server-certificate.wildcard"),
        ("jabber BUTTONS", "question.jabber"),
        ("file upload failed seen", "server_certificate.upload-failed"),
    ],
)
def test_it_is_found_by_words_in_any_order_and_case(words, key):
    found = anchors(f"?q={words.replace(' ', '+')}")
    assert key in found
    assert len(found) < 12


def test_a_search_and_a_level_go_together_and_keep_each_other():
    both = anchors("?q=fqdn&level=paraphrased")
    assert both == {
        line.key for line in lines() if line.evidence is Evidence.PARAPHRASED and "fqdn" in line.words
    }
    assert len(both) >= 2
    text = page("?q=fqdn&level=paraphrased")
    assert '<input type="hidden" name="level" value="paraphrased" />' in text
    assert f'href="{reverse("evidence")}?level=seen&amp;q=fqdn"' in text


def test_words_that_nothing_has_are_said_so_and_shown_as_text():
    text = page("?q=%3Cimg+src%3Dx%3E%00" + "y" * 200)
    assert ANCHOR.findall(text) == []
    assert "Nothing has all of these words" in text
    assert "<img" not in text
    assert html.escape("<img src=x>") in text


def test_the_groups_are_counted_and_led_to():
    text = page("?q=rule.")
    assert re.findall(r'<section class="card" id="([^"]+)"', text) == [
        "rules-at_unified_cm",
        "rules-client_certificate",
        "rules-cluster",
        "rules-crl_management",
        "rules-jabber",
        "rules-mra",
        "rules-server_certificate",
        "rules-server_warnings",
        "rules-ssh",
        "rules-trust_upload",
        "rules-trusted_ca",
        "rules-unified_cm",
    ]
    assert re.search(
        r'<a href="#rules-trusted_ca">Rules of Trusted CA certificate</a> <small>10</small>', text
    )


def test_every_line_leads_to_the_form_for_a_real_server():
    text = page()
    for key in SENTENCES | RULES | OPEN:
        assert f"{reverse('box-report')}?about={key}" in text


def test_a_rule_says_what_it_asks_where_that_comes_from_and_nothing_in_code():
    found = row("rule.server_warnings.is_signed_with_a_strong_digest")
    assert "Is signed with a strong digest" in found
    assert "neither MD5 nor SHA-1" in html.unescape(found)
    assert "As “has a strong key”; which digests is this project's decision." in html.unescape(found)


def test_a_corrected_sentence_is_marked_and_shown_with_both_texts(corrected: Callable[..., None]):
    corrected({"trusted_ca.empty": Sentence("No <b>CAs</b>", Evidence.SEEN, "our server, X15.0")})
    found = row("trusted_ca.empty")
    assert "Corrected on this server." in found
    assert "No &lt;b&gt;CAs&lt;/b&gt;" in found
    assert "The list is empty." in found
    assert "our server, X15.0" in found
    assert "trusted_ca.empty" in anchors("?q=list+is+empty&level=seen"), "found by its former words"
    assert page().count("Corrected on this server") == 2


def test_where_nothing_is_corrected_nothing_says_so():
    assert "Corrected" not in page()


def test_the_operator_sees_the_names_of_sentences_and_how_many_reports_wait(owner_client, owner):
    assert "Reports about real servers" not in page("", owner_client)
    assert "<code>trusted_ca.empty</code>" not in row("trusted_ca.empty", owner_client)
    set_staff(owner, is_staff=True)
    send_report(owner, "file.zip", "ours", "theirs", "X15.0", "")
    assert re.search(r"Reports about real servers</a>: 1 open\.", page("", owner_client))
    assert "<code>trusted_ca.empty</code>" in row("trusted_ca.empty", owner_client)


def test_nobody_asks_the_database_for_the_list(django_assert_num_queries):
    with django_assert_num_queries(0):
        page()


def test_htmx_gets_the_room_and_others_the_page():
    assert page().lstrip().startswith("<!DOCTYPE html>")
    assert "<!DOCTYPE" not in page(**{"HX-Request": "true"})


def test_nothing_but_reading_is_possible():
    assert Client().post(reverse("evidence")).status_code == 405
