"""Look up: what is pasted finds its entry, marked; nonsense gets advice; hostile text is text."""

import html
import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from certstore.views.look_up import MOST_SHOWN
from certstore.wording import all_explanations
from certstore.wording import look_up as book
from certstore.wording.look_up.page import EXAMPLES, KINDS
from certstore.wording.look_up.text import MOST_CHARACTERS

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
MARK_UP = '<script>alert(1)</script><img src=x onerror=alert(1)>"\' hx-get="/labs/" {{ 7|add:7 }}'
ENTRY = '<section class="card why hit" id="'


def page(client: Client, question: str | None = None, **headers: str) -> str:
    query = "" if question is None else "?" + urlencode({"q": question})
    response = client.get(reverse("look-up") + query, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def keys(text: str) -> list[str]:
    return re.findall(ENTRY + '([^"]+)"', text)


def card(text: str, key: str) -> str:
    return text.partition(f'{ENTRY}{key}"')[2].partition("</section>")[0]


def plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())


def test_a_log_line_shows_cause_cure_and_how_sure(owner_client):
    line = 'Src-ip="10.0.0.1" Detail="Peer\'s TLS certificate identity was unacceptable" Common-name="expe.a.com"'
    text = page(owner_client, line)
    entry = book.entry_by_key(keys(text)[0])
    said = plain(card(text, entry.key))
    assert "identity was unacceptable" in " ".join(words.text for words in entry.words)
    told = (entry.where, entry.cause, *entry.cure, "How sure:", entry.sure.source, KINDS[entry.kind][0])
    assert [part for part in told if " ".join(part.split()) not in said] == []


def test_the_words_that_were_found_are_marked_and_no_others(owner_client):
    text = page(owner_client, "identity of the unacceptable")
    marked = {found.casefold() for found in re.findall(r"<mark>([^<]+)</mark>", text)}
    assert {"identity", "unacceptable"} <= marked <= {"identity", "identities", "unacceptable"}


def test_the_words_of_a_log_begin_where_they_begin(owner_client):
    text = page(owner_client, "tlsv1 alert unknown ca")
    assert re.search(r"<code>(?:<mark>)?\S", text)
    assert not re.search(r"<code>\s", text), "a line break would be shown"


def test_an_alarm_is_found_by_its_number_alone(owner_client):
    first = book.entry_by_key(keys(page(owner_client, "40069"))[0])
    assert first.numbers == ("40069",)


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_is_a_link_and_finds_something(owner_client, example):
    assert keys(page(owner_client, example))
    links = re.findall(r'href="(/look-up/\?q=[^"]+)"', page(owner_client))
    assert [owner_client.get(html.unescape(link)).context["question"] for link in links] == [*EXAMPLES]


@pytest.mark.parametrize("question", [None, "", "  \n\t "])
def test_without_a_question_everything_is_listed_once_by_kind(owner_client, question):
    text = page(owner_client, question)
    listed = re.findall(r'<li id="([^"]+)">', text)
    assert sorted(listed) == sorted(entry.key for entry in book.all_entries())
    headings = [html.unescape(found).strip() for found in re.findall(r"<h2>\s*([^<]+)", text)]
    assert headings == [heading for _, heading in KINDS.values()]
    assert keys(text) == []


def test_entries_with_one_title_are_told_apart_in_the_index(owner_client):
    links = re.findall(r'<a href="/look-up/([^"?]+)/">(.*?)</a>', page(owner_client), re.DOTALL)
    named = [plain(link) for key, link in links if not key.startswith("words-")]
    assert [name for name in named if named.count(name) > 1] == []
    assert (
        "Alarm: Trusted CA certificate validity A CA certificate in the trusted CA list ends within 21 days"
        in named
    )


def test_and_in_the_answers(owner_client):
    text = page(owner_client, "The file holds no certificate in Base-64 (PEM) form")
    summaries = [plain(found) for found in re.findall(r"<summary>(.*?)</summary>", text, re.DOTALL)]
    assert len(set(summaries)) == len(summaries) == MOST_SHOWN


def test_nonsense_says_so_and_what_to_try(owner_client):
    text = page(owner_client, "xqzzy blorf")
    assert keys(text) == []
    assert "Nothing found" in text
    assert "Try fewer words" in text
    assert reverse("evidence") in text.partition('id="found"')[2]


def test_only_the_first_are_shown_and_the_others_counted(owner_client):
    text = page(owner_client, "certificate")
    total = len(book.look_up("certificate").hits)
    assert total > MOST_SHOWN == len(keys(text))
    assert f"{total} answers" in text
    assert f"the first {MOST_SHOWN} are shown" in text


def test_a_misspelt_word_is_named_with_what_was_taken_for_it(owner_client):
    text = page(owner_client, "certifcate")
    assert "“certifcate” is known nowhere here; looked for “certificate” instead." in text


def test_the_first_answers_are_open_the_others_closed(owner_client):
    text = page(owner_client, "certificate")
    assert [" open" in tag for tag in re.findall(r"<details[^>]*>", text)][:5] == [True] * 3 + [False] * 2


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "part"])
@pytest.mark.parametrize("question", [MARK_UP, f"certificate {MARK_UP}", f"{MARK_UP} certifcate"])
def test_mark_up_in_a_question_stays_text(owner_client, question, headers):
    text = page(owner_client, question, **headers)
    assert "<script>alert" not in text
    assert "<img" not in text
    assert 'hx-get="/labs/"' not in text
    assert "{{ 7|add:7 }}" in html.unescape(text)


@pytest.mark.parametrize(
    "question",
    [
        "a" * 10_000,
        "certificate " * 900,
        "<" * 10_000,
        "\u0000\u202e\ud7ff\U0010ffff" * 2_500,
        "%" * 10_000,
        "(a+" * 3_400,
    ],
    ids=["one word", "one word often", "brackets", "odd characters", "percent", "unclosed"],
)
def test_ten_thousand_characters_are_cut_and_said_to_be(owner_client, question):
    text = page(owner_client, question)
    assert "That was long" in text
    value = re.search(r'id="question"[^>]+value="([^"]*)"', text)
    assert value is not None
    assert html.unescape(value[1]).rstrip() == question[:MOST_CHARACTERS].rstrip()


@pytest.mark.parametrize("query", ["?q=%00", "?q=%ff%fe", "?q=a&q=b", "?q[]=x", "?other=1", "?q=%ED%A0%80"])
def test_a_query_that_is_none_is_no_error(owner_client, query):
    assert owner_client.get(reverse("look-up") + query).status_code == 200


def test_the_part_holds_the_same_answers_and_its_count(owner_client):
    whole, part = page(owner_client, "unknown ca"), page(owner_client, "unknown ca", **HTMX)
    assert "<html" not in part
    assert keys(whole) == keys(part) != []
    counted = re.search(r'id="found-count">\s*([^<]+?)\s*</p>', part)
    assert counted is not None
    assert counted[1] == f"{len(book.look_up('unknown ca').hits)} answers, the likeliest first"


def test_every_entry_has_a_page_of_its_own(owner_client):
    for entry in book.all_entries():
        response = owner_client.get(reverse("look-up-entry", args=[entry.key]))
        assert response.status_code == 200, entry.key
        assert " ".join(entry.cause.split()) in plain(response.content.decode()), entry.key


def test_a_code_leads_to_its_line_in_how_sure(owner_client):
    entry = next(entry for entry in book.all_entries() if entry.codes)
    text = owner_client.get(reverse("look-up-entry", args=[entry.key])).content.decode()
    evidence = owner_client.get(reverse("evidence")).content.decode()
    for code in entry.codes:
        assert code in all_explanations()
        assert f'href="{reverse("evidence")}#{code.value}"' in text
        assert f'id="{code.value}"' in evidence


@pytest.mark.parametrize("key", ["nothing-has-this-name", "40069", "a" * 1_000])
def test_an_entry_that_is_not_there_is_not_found(owner_client, key):
    assert owner_client.get(f"/look-up/{key}/").status_code == 404


def test_it_only_reads(owner_client):
    assert owner_client.post(reverse("look-up"), {"q": "x"}).status_code == 405


def test_a_visitor_is_asked_to_sign_in(client):
    for address in (reverse("look-up"), reverse("look-up-entry", args=["log-traffic-verification-failed"])):
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("sign-in"))


def test_the_number_of_queries_does_not_grow_with_the_answers(owner_client, django_assert_num_queries):
    page(owner_client)
    for question in (None, "xqzzy blorf", "40069", "certificate"):
        with django_assert_num_queries(2):  # the session, and who it is of
            page(owner_client, question)
