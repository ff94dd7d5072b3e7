"""The first screen in a browser: the picture, the doors, the words explained; narrow, on paper, without scripts."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from certstore.actions.people import new_sign_in_link
from certstore.models import Lab, User
from tests.browser.browser import axe, csp_violations, overflowing
from tests.needs import needs_chromium

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.django_db(transaction=True)]

# The texts of the drawing that stick out of the box they stand in, or out of the drawing.
STICKING_OUT = """() => {
  const svg = document.querySelector(".minute svg");
  const within = (text, frame) => {
    const a = text.getBBox(), b = frame.getBBox ? frame.getBBox() : frame;
    return a.x >= b.x && a.x + a.width <= b.x + b.width && a.y >= b.y && a.y + a.height <= b.y + b.height;
  };
  const places = [...svg.querySelectorAll(".place")];
  const whole = { x: 0, y: 0, width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
  return [...svg.querySelectorAll("text")]
    .filter((text) => !(["nm", "dt", "ca", "no"].includes(text.getAttribute("class"))
      ? places.some((place) => within(text, place)) : within(text, whole)))
    .map((text) => text.textContent);
}"""

# How many lines of text each link of the bar takes.
LINES_OF_LINKS = """() => [...document.querySelectorAll(".shell .site a")]
  .map((link) => [link.textContent.trim(), link.getClientRects().length])"""


@pytest.fixture
def without_scripts(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_the_first_minute_needs_no_script(without_scripts: Page, live_server, owner: User, lab: Lab):
    page = without_scripts
    token = new_sign_in_link(owner, loopback_only=True, minutes=10)
    page.goto(f"{live_server.url}{reverse('enter', args=[token])}")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What do you want to do?")
    expect(page.locator(".minute svg")).to_be_visible()
    page.get_by_role("button", name="Got it").click()
    expect(page.locator(".minute")).to_have_count(0)
    page.get_by_role("link", name="Rehearse a renewal").click()
    expect(page.get_by_label("Rehearse a renewal")).to_be_checked()
    expect(page.get_by_role("button", name="Make the lab")).to_be_visible()


def test_a_word_opens_and_closes_by_keyboard_without_a_script(
    without_scripts: Page, page: Page, live_server, signed_in, owner: User, lab: Lab
):
    signed_in(owner, live_server.url)
    without_scripts.context.add_cookies(page.context.cookies())
    without_scripts.goto(live_server.url + reverse("lab-files", args=[lab.pk]))
    word, box = (
        without_scripts.get_by_role("button", name="binary form"),
        without_scripts.locator("#term-der"),
    )
    expect(box).to_be_hidden()
    word.focus()
    without_scripts.keyboard.press("Enter")
    expect(box).to_be_visible()
    without_scripts.keyboard.press("Escape")
    expect(box).to_be_hidden()
    word.click()
    box.get_by_role("link", name="More in the glossary").click()
    expect(without_scripts.locator("#der")).to_be_in_viewport()


@pytest.mark.parametrize("width", [360, 1280])
def test_an_open_word_stays_in_the_window_and_axe_finds_nothing(
    page: Page, live_server, signed_in, owner: User, lab: Lab, width: int
):
    signed_in(owner, live_server.url)
    page.set_viewport_size({"width": width, "height": 780})
    page.goto(live_server.url + reverse("lab-settings", args=[lab.pk]))
    for name, key in (("alternative names", "san"), ("common name", "cn")):
        page.locator(".term > button", has_text=name).click()
        place = page.locator(f"#term-{key}").bounding_box()
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= width
        assert overflowing(page) == []
        assert axe(page) == []
    assert csp_violations(page) == []


def test_no_word_of_the_drawing_sticks_out(page: Page, live_server):
    page.goto(live_server.url + reverse("picture"))
    assert page.locator(".minute text").count() > 30
    assert page.evaluate(STICKING_OUT) == []


def test_on_a_narrow_screen_the_list_stands_for_the_drawing(page: Page, live_server):
    page.goto(live_server.url + reverse("picture"))
    for width, is_drawn in ((360, False), (600, False), (1000, True)):
        page.set_viewport_size({"width": width, "height": 780})
        assert page.locator(".minute svg").is_visible() is is_drawn
        expect(page.locator(".showings > li")).to_have_count(6)
        expect(page.locator(".showings > li").last).to_be_visible()


def test_the_bar_wraps_between_its_links_and_never_inside_one(
    page: Page, live_server, signed_in, owner: User, lab: Lab
):
    signed_in(owner, live_server.url)
    for width in (320, 360, 768):
        page.set_viewport_size({"width": width, "height": 780})
        for address in (reverse("home"), reverse("lab", args=[lab.pk])):
            page.goto(live_server.url + address)
            names = ["Check files", "Labs", "Look up", "Help"]
            assert page.evaluate(LINES_OF_LINKS) == [[name, 1] for name in names]
            assert overflowing(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_paper_a_word_is_a_word_and_the_picture_is_there(
    page: Page, live_server, signed_in, owner: User, lab: Lab
):
    signed_in(owner, live_server.url)
    page.goto(live_server.url + reverse("home"))
    page.locator(".term > button").first.click()
    page.emulate_media(media="print")
    expect(page.locator(".term > button").first).to_be_visible()
    expect(page.locator(".termbox").first).to_be_hidden()
    expect(page.locator(".minute svg")).to_be_visible()
    expect(page.get_by_role("button", name="Got it")).to_be_hidden()
