"""The picture of one minute: the drawing and the list beside it are the same six showings."""

import re
from html import unescape

import pytest
from django.urls import reverse

from certstore.views.picture_svg import BOX_WIDTH, LEFT, WIDTH, drawn, known_by
from certstore.wording.picture import PLACES, SHOWINGS

# Whose CAs each must know, and on which of the showings: TechNotes 221624 (its traversal, tunnel and sign-in
# sections), 218018 (CUCM is checked), 217748 (CUCM checks).
MUST_KNOW = {
    "jabber": {"expressway-e": [1]},
    "expressway-e": {"expressway-c": [3, 4]},
    "expressway-c": {"expressway-e": [2, 4], "cucm": [5]},
    "cucm": {"expressway-c": [6]},
}
LEADS = [
    "Expressway-E shows its certificate to Jabber",
    "Expressway-E shows its certificate to Expressway-C",
    "Expressway-C shows its certificate to Expressway-E",
    "Expressway-C and Expressway-E show each other their certificates",
    "CUCM shows its certificate to Expressway-C",
    "Expressway-C shows its certificate to CUCM",
]
PORTS = ["8443, 5061", "7001", "7001", "2222", "8443, 6972", "6971, 6972"]


@pytest.fixture
def page(client, db) -> str:
    return " ".join(unescape(client.get(reverse("picture")).content.decode()).split())


def drawing(page: str) -> str:
    return page[page.index("<svg") : page.index("</svg>")]


def entries(page: str) -> list[str]:
    """The entries of the list, as text."""
    body = page[page.index('<ol class="showings">') : page.index("</ol>", page.index('class="showings"'))]
    return [" ".join(re.sub(r"<[^>]+>", " ", item).split()) for item in body.split("<li>")[1:]]


def test_everybody_must_know_the_cas_that_the_documents_name():
    assert {key: known_by(key) for key in PLACES} == MUST_KNOW


def test_the_two_expressways_must_know_the_cas_above_their_own_certificate_too():
    assert [key for key, place in PLACES.items() if place.knows_itself] == ["expressway-e", "expressway-c"]


def test_the_drawing_and_the_list_number_the_same_showings(page):
    arrows = re.findall(r"<title>(\d+): ([^<]+)</title>", drawing(page))
    assert arrows != []
    in_order = [(int(number), lead) for number, lead in sorted(arrows)]
    assert in_order == list(enumerate(LEADS, start=1))
    listed = entries(page)
    assert len(listed) == len(LEADS)
    assert all(text.startswith(lead) for text, lead in zip(listed, LEADS, strict=True))


def test_each_arrow_bears_the_ports_that_the_list_says(page):
    labels = {
        int(number): label
        for number, label in re.findall(r'in-ball"[^>]*>(\d)</text> <text class="port"[^>]*>([^<]+)<', page)
    }
    for number, (ports, text) in enumerate(zip(PORTS, entries(page), strict=True), start=1):
        assert ports in labels[number]
        assert f"{ports})" in text


def test_each_box_says_whose_cas_it_must_know_with_the_numbers_of_the_list(page):
    for key, box in zip(PLACES, drawn().boxes, strict=True):
        lines = [(text.style, text.text) for text in box.texts]
        for shows, numbers in MUST_KNOW[key].items():
            at = lines.index(("ca", PLACES[shows].name))
            assert lines[at + 1] == ("no", ", ".join(map(str, numbers)))
        assert (("ca", "itself") in lines) is PLACES[key].knows_itself


def test_an_arrow_leads_from_who_shows_to_who_must_know():
    for arrow in drawn().arrows:
        showing = SHOWINGS[arrow.number - 1]
        assert (arrow.start < arrow.end) is (LEFT[showing.shows] < LEFT[showing.to])
        assert len(arrow.tips) == (2 if showing.is_mutual else 1)


def test_an_arrow_from_outside_finds_the_firewall_open_and_none_inside_meets_one():
    picture = drawn()
    for arrow in picture.arrows:
        low, high = sorted((arrow.start, arrow.end))
        crossed = [wall for wall in picture.walls if low < wall.x < high]
        assert bool(crossed) is (arrow.number <= 4)
        assert not [wall for wall in crossed if wall.top <= arrow.y <= wall.end]
    assert all(wall.top < wall.end for wall in picture.walls)


def test_everything_stands_inside_the_picture():
    assert all(left >= 0 and left + BOX_WIDTH <= WIDTH for left in LEFT.values())


def test_every_showing_has_its_source(page):
    for showing, text in zip(SHOWINGS, entries(page), strict=True):
        assert "TechNote" in showing.source
        assert text.endswith(showing.source)


def test_the_first_screen_shows_the_same_without_the_sources(owner_client, page):
    home = " ".join(unescape(owner_client.get(reverse("home")).content.decode()).split())
    assert drawing(home) == drawing(page)
    assert [text.startswith(lead) for text, lead in zip(entries(home), LEADS, strict=True)] == [True] * 6
    assert "TechNote" not in "".join(entries(home))
