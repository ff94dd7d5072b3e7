"""Look up: whatever is pasted gets an answer or an honest no; each entry has a page of its own."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from certstore.wording.look_up import all_entries
from certstore.wording.look_up.page import EXAMPLES, KINDS

HOSTILE = {
    "very long": "certificate " * 1000,
    "one long word": "a" * 10_000,
    "control characters": "certificate\x00\x1b[31m\u202e expired",
    "of a regular expression": "(((((.*)+)+)+$[[[",
    "mark-up": '<img src=x onerror="window.ran=1"> certificate',
    "a template": "{{ 7|add:7 }}{% now 'Y' %} certificate",
    "half a pair": "\ud800certificate".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
}


@pytest.fixture
def ask(owner_client: Client):
    """A function that asks, and gives the page's text."""

    def asked(question: str, **headers: str) -> str:
        answer = owner_client.get(reverse("look-up"), {"q": question}, headers=headers)
        assert answer.status_code == 200
        return answer.content.decode()

    return asked


def test_an_alarms_number_finds_cause_cure_and_how_sure(ask):
    page = ask("40069")
    assert 'id="alarm-40069"' in page
    assert "1 answer" in page
    for part in ("Server certificate validity", "What to do", "How sure:"):
        assert part in page


def test_what_was_found_is_marked(ask):
    assert "<mark>identity</mark>" in ask("Peer's TLS certificate IDENTITY was unacceptable").replace(
        "<mark>identity ", "<mark>identity</mark> "
    )


def test_a_code_leads_to_how_the_simulator_judges_it(ask):
    page = ask("Subject alternative name must be a valid FQDN")
    assert f"{reverse('evidence')}#server-certificate.san-not-fqdn" in page


def test_nothing_found_says_so_and_what_to_try(ask):
    page = ask("xyzzy plugh")
    assert "Nothing found" in page
    assert reverse("evidence") in page
    assert 'class="card why hit"' not in page


def test_a_misspelt_word_is_looked_for_as_it_is_spelt_and_the_page_says_so(ask):
    page = unescape(ask("traversel zone"))
    assert "“traversel” is known nowhere here" in page


def test_nothing_asked_shows_everything_that_is_known(owner_client):
    page = unescape(owner_client.get(reverse("look-up")).content.decode())
    for _, heading in KINDS.values():
        assert heading in page
    missing = [entry.key for entry in all_entries() if reverse("look-up-entry", args=[entry.key]) not in page]
    assert missing == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_finds_something(ask, example):
    assert "Nothing found" not in ask(example)


@pytest.mark.parametrize("question", HOSTILE.values(), ids=HOSTILE)
def test_whatever_is_pasted_is_answered_and_shown_as_text(ask, question):
    page = ask(question)
    assert "<img src=x" not in page
    assert "{{ 7" not in page or "{{ 7|add:7 }}" in page


def test_a_long_text_is_cut_and_the_page_says_so(ask):
    assert "That was long" in ask("certificate expired " * 500)


def test_htmx_gets_the_same_answer_as_a_fragment(ask):
    whole, part = ask("40069"), ask("40069", HX_Request="true")
    assert "<!DOCTYPE html>" in whole
    assert "<!DOCTYPE html>" not in part
    assert part[part.index('id="found"') :].split("</main>")[0] in whole


@pytest.mark.parametrize("question", ["40069", "certificate"])
def test_an_answer_costs_no_query_of_its_own(owner_client, django_assert_num_queries, question):
    with django_assert_num_queries(2):  # the session and the person
        owner_client.get(reverse("look-up"), {"q": question})


def test_each_entry_has_a_page_that_can_be_linked_to(owner_client):
    for entry in all_entries():
        page = owner_client.get(reverse("look-up-entry", args=[entry.key])).content.decode()
        assert unescape(page).count(entry.title) >= 2, entry.key  # in the title and in the heading


def test_an_entry_that_is_none_is_not_there(owner_client):
    assert owner_client.get(reverse("look-up-entry", args=["no-such-entry"])).status_code == 404


def test_nobody_signed_in_is_sent_to_sign_in(client):
    assert client.get(reverse("look-up")).status_code == 302
