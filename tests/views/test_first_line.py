"""Every page of ours begins by saying what it is for: a heading, and at once a sentence. No id is there twice."""

import re
from collections import Counter

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from certstore.actions.people import new_sign_in_link
from tests.addresses import PUBLIC, addresses, complete
from tests.labs import FilledLab, fill_lab

FIRST_LINE = re.compile(r"<h1\b[^>]*>(?P<heading>.*?)</h1>\s*<p\b[^>]*>(?P<line>.*?)</p>", re.DOTALL)
WITH_ARGUMENTS = {"enter", "box-report-done", "look-up-entry", "shared", "shared-ticket", "shared-copy"}
OF_THE_PRODUCT = ('class="box"', 'class="sheet"')  # the frame, and what it opens in a window of its own


@pytest.fixture
def filled(db) -> FilledLab:
    return complete(fill_lab("ann"))


def is_ours(answer: HttpResponse) -> bool:
    """Whether an answer is a page, and not one of the simulated server's."""
    if answer.status_code != 200 or not answer.headers.get("Content-Type", "").startswith("text/html"):
        return False
    body = answer.content.decode()
    return not any(mark in body for mark in OF_THE_PRODUCT)


def words(mark_up: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", mark_up).split())


def silent(answers: dict[str, HttpResponse]) -> list[str]:
    """The pages that do not say what they are for."""
    found = []
    for name, answer in answers.items():
        match = FIRST_LINE.search(answer.content.decode())
        if match is None or not words(match["heading"]) or len(words(match["line"])) < 20:
            found.append(name)
    return found


def pages_of(filled: FilledLab) -> dict[str, HttpResponse]:
    """Every page of ours, as its owner and as somebody who is not signed in finds it."""
    owner, nobody = Client(), Client()
    owner.force_login(filled.owner)
    wanted = {address.name: address.theirs for address in addresses(filled)}
    wanted |= {name: reverse(name) for name in PUBLIC - WITH_ARGUMENTS}
    wanted["shared"] = reverse("shared", args=[filled.token])
    wanted["box-report"] += "?about=file.zip"
    wanted["look-up-entry"] = reverse("look-up-entry", args=["alarm-40069"])
    found = {name: owner.get(address) for name, address in wanted.items()}
    found |= {f"{name}, not signed in": nobody.get(address) for name, address in wanted.items()}
    token = new_sign_in_link(filled.owner, loopback_only=False, days=1)
    found["enter"] = nobody.get(reverse("enter", args=[token]))
    return {name: answer for name, answer in found.items() if is_ours(answer)}


def test_every_page_of_ours_says_in_its_first_line_what_it_is_for(filled):
    pages = pages_of(filled)
    assert {"home", "labs", "lab", "account", "enter", "sign-in, not signed in", "help"} <= set(pages)
    assert "trusted-ca" not in pages
    assert silent(pages) == []


def test_so_do_pages_for_what_is_not_there(filled, client):
    answers = {
        "no such address": client.get("/there-is-no-such-page/"),
        "a dead one-time address": client.get(reverse("enter", args=["dead"])),
    }
    assert {answer.status_code for answer in answers.values()} == {404}
    assert silent(answers) == []


@pytest.mark.parametrize(
    "body",
    ["<h1>Labs</h1><table>", "<h1>Labs</h1><p></p>", "<h1></h1><p>" + "Word " * 9 + "</p>", "<p>Hello</p>"],
)
def test_a_page_that_does_not_would_be_seen(body):
    assert silent({"page": HttpResponse(body)}) == ["page"]


def test_no_page_has_an_id_twice(filled):
    for name, answer in pages_of(filled).items():
        ids = Counter(re.findall(r'\sid="([^"]+)"', answer.content.decode()))
        assert [one for one, count in ids.items() if count > 1] == [], name
