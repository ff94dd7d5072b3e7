"""The look in a real browser: readable for everyone, nothing cut, nothing blocked, no mouse needed."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browser import axe, csp_violations, foreign_requests, overflowing
from tests.needs import needs_chromium

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.django_db(transaction=True)]

GALLERY = ("refused", "long", "parts")
NARROW, WIDE = {"width": 360, "height": 780}, {"width": 1280, "height": 900}


@pytest.fixture
def gallery(live_server, page: Page, signed_in, owner, lab, settings):
    """A function that opens a page of the gallery."""
    templates = [dict(engine) for engine in settings.TEMPLATES]
    templates[0]["DIRS"] = [*templates[0]["DIRS"], Path(__file__).parent / "gallery_templates"]
    settings.TEMPLATES = templates
    settings.ROOT_URLCONF = "tests.browser.gallery"
    signed_in(owner, live_server.url)

    def open_page(kind: str, viewport: dict[str, int] = WIDE, query: str = "") -> Page:
        page.set_viewport_size(viewport)
        page.goto(f"{live_server.url}/gallery/{kind}/{query}")
        return page

    return open_page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["narrow", "wide"])
def test_axe_finds_nothing(gallery, page: Page, scheme: str, viewport: dict[str, int]) -> None:
    page.emulate_media(color_scheme=scheme)
    for kind in GALLERY:
        assert axe(gallery(kind, viewport)) == [], kind


def test_axe_finds_nothing_in_what_opens(gallery) -> None:
    page = gallery("refused")
    page.locator(".menu summary", has_text="Maintenance").click()
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Information").click()
    for summary in page.locator("aside details > summary").all():
        summary.click()
    assert axe(page) == []


def test_nothing_is_blocked_and_nothing_comes_from_elsewhere(gallery) -> None:
    for kind in GALLERY:
        page = gallery(kind)
        assert csp_violations(page) == []
        assert foreign_requests(page) == []


def test_the_policy_is_in_force_and_its_violations_are_seen(gallery) -> None:
    page = gallery("parts")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))"
    )
    assert any(what.startswith("style-src") for what in csp_violations(page))
    assert any(what.startswith("script-src") for what in csp_violations(page))
    assert page.evaluate("window.ran") is None


@pytest.mark.parametrize("width", [320, 360, 640, 700, 1100, 1101])
def test_nothing_sticks_out_of_the_window(gallery, width: int) -> None:
    for kind in GALLERY:
        page = gallery(kind, {"width": width, "height": 780})
        assert overflowing(page) == [], kind
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_open_menu_does_not_stick_out_either(gallery) -> None:
    for viewport in (NARROW, {"width": 700, "height": 780}, WIDE):
        page = gallery("refused", viewport)
        for name in ("Status", "Applications", "Maintenance"):
            page.locator(".menu summary", has_text=name).click()
            assert overflowing(page) == [], name
            left = page.locator(".menu details[open] .panel").bounding_box()["x"]
            assert left >= 0, name


def test_in_one_column_the_order_is_result_form_why_list(gallery) -> None:
    page = gallery("refused", NARROW)
    places = [".bar.bad", ".form-part", ".why", ".list-part", ".foot"]
    tops = [page.locator(place).first.bounding_box()["y"] for place in places]
    assert tops == sorted(tops)
    page.set_viewport_size(WIDE)
    tops = [
        page.locator(place).first.bounding_box()["y"] for place in (".bar.bad", ".list-part", ".form-part")
    ]
    assert tops == sorted(tops)


def test_a_thousand_rows_leave_the_upload_within_reach(gallery, page: Page) -> None:
    gallery("long", query="?all=1")
    assert page.locator("tbody tr").count() == 1000
    assert page.evaluate("document.documentElement.scrollHeight") < 2500
    box = page.get_by_role("region", name="Trusted CA certificate")
    box.focus()
    expect(box).to_be_focused()
    page.keyboard.press("End")
    for _ in range(100):  # it scrolls smoothly; a condition as text would be stopped by the page's policy
        if page.evaluate("document.querySelector('.tablebox').scrollTop") > 1000:
            return
        page.wait_for_timeout(50)
    raise AssertionError("End does not scroll the list")


def test_the_keyboard_reaches_everything_and_shows_where_it_is(gallery, page: Page) -> None:
    gallery("refused")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the content")).to_be_focused()
    seen: list[str] = []
    for _ in range(90):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "(() => { const at = document.activeElement; const style = getComputedStyle(at);"
            " return [at.tagName, at.textContent.trim().slice(0, 40), style.outlineStyle, style.outlineWidth]; })()"
        )
        if style[0] == "BODY":
            break
        seen.append(style[1])
        # A file chooser draws the ring round itself as well; nothing may hide it.
        assert style[2] != "none", style
        assert style[3] != "0px", style
    for wanted in (
        "Overview",
        "Maintenance",
        "View (decoded)",
        "Append CA certificate",
        "Download as Base-64",
    ):
        assert any(wanted in text for text in seen), wanted


def test_the_menu_opens_and_closes_by_keyboard(gallery) -> None:
    page = gallery("refused")
    summary = page.locator(".menu summary", has_text="Maintenance")
    inner = page.locator("summary", has_text="Maintenance")
    panel = page.locator(".menu details", has=inner).locator("> .panel")
    summary.focus()
    page.keyboard.press("Enter")
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(summary).to_be_focused()


def test_field_help_opens_and_its_x_closes_it(gallery) -> None:
    page = gallery("refused")
    box = page.locator(".helpbox")
    expect(box).to_be_hidden()
    page.get_by_role("button", name="Information").click()
    expect(box).to_be_visible()
    box.get_by_role("button", name="Close").click()
    expect(box).to_be_hidden()


def test_select_all_and_unselect_all_tick_the_boxes(gallery) -> None:
    page = gallery("refused")
    boxes = page.locator("td input[type=checkbox]")
    ticked = page.locator("td input[type=checkbox]:checked")
    page.get_by_role("button", name="Select all", exact=False).first.click()
    expect(ticked).to_have_count(boxes.count())
    page.get_by_role("button", name="Unselect all").click()
    expect(ticked).to_have_count(0)


def test_copy_puts_the_text_on_the_clipboard_and_says_so(gallery, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    gallery("parts")
    button = page.get_by_role("button", name="Copy")
    button.click()
    expect(button).to_contain_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == "Tried: exp_e1.cer\nResult: refused"


def test_without_a_script_menu_help_and_chain_text_still_work(
    gallery, browser, live_server, page: Page
) -> None:
    gallery("refused")
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(f"{live_server.url}/gallery/refused/")
    plain.locator(".menu summary", has_text="Maintenance").click()
    expect(plain.get_by_role("link", name="Restart options")).to_be_visible()
    plain.locator(".i-button").click()
    expect(plain.locator(".helpbox")).to_be_visible()
    plain.locator(".helpbox .close").click()
    plain.get_by_text("The same as text").click()
    expect(plain.locator("pre.tree")).to_contain_text("Example Issuing CA 4")
    context.close()


def test_on_paper_there_is_the_result_and_nothing_to_press(gallery) -> None:
    page = gallery("refused")
    page.emulate_media(media="print")
    for gone in (".shell", ".servers", ".menu", ".form-part", ".tools"):
        expect(page.locator(gone).first).to_be_hidden()
    for there in (".bar.bad", "table", ".chain svg", ".boxhead"):
        expect(page.locator(there).first).to_be_visible()


def test_the_progress_bar_leads_on_by_itself(gallery, page: Page) -> None:
    gallery("parts")
    page.get_by_role("link", name="Skip").wait_for()
    page.wait_for_url("**/gallery/refused/", timeout=15_000)
    expect(page.get_by_role("heading", name="Trusted CA certificate")).to_be_visible()
