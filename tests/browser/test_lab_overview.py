"""The overview of a lab as a person uses it: the picture, its list on a small screen, from a cause to its cure."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from certstore.models import Lab
from tests import faults
from tests.browser.browser import axe, csp_violations
from tests.labs import connection_pages, content_of
from tests.needs import needs_chromium

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def renewed(owner, made_servers) -> Lab:
    """The source document's fourth trouble, and the sixth."""
    lab = faults.working_lab(owner, made_servers)
    faults.tunnels_fail(lab)
    faults.jabber_warns(lab)
    return lab


def test_the_picture_gives_way_to_a_list_and_both_lead_to_the_explanation(
    page: Page, live_server, signed_in, renewed
):
    signed_in(renewed.owner, live_server.url)
    page.goto(live_server.url + reverse("lab", args=[renewed.pk]))
    expect(page.locator(".topology svg")).to_be_visible()
    expect(page.locator(".connections")).to_be_hidden()
    tunnels = page.get_by_role("link", name="SSH tunnels, exp-c1 to exp-e1: Failed (2)")
    tunnels.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("SSH tunnels, exp-c1 to exp-e1")
    page.go_back()
    page.set_viewport_size({"width": 360, "height": 780})
    expect(page.locator(".topology svg")).to_be_hidden()
    assert top_of(page, ".next-step") < top_of(page, ".matrix"), "what to do stands before the tables"
    page.locator(".connections").get_by_role("link", name="SSH tunnels").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("SSH tunnels, exp-c1 to exp-e1")
    assert csp_violations(page) == []


def top_of(page: Page, place: str) -> float:
    return page.locator(place).first.bounding_box()["y"]


def test_from_the_next_step_to_the_cure_and_what_it_brought_about(
    page: Page, live_server, signed_in, renewed
):
    signed_in(renewed.owner, live_server.url)
    page.goto(live_server.url + reverse("lab", args=[renewed.pk]))
    page.get_by_role("complementary").get_by_role("link", name="Trusted CA certificate on exp-c1").click()
    ca = {"name": "ca.pem", "mimeType": "x/y", "buffer": content_of(renewed, "exp-e1-renewal-issuing-ca.pem")}
    page.set_input_files("#file", ca)
    page.get_by_role("button", name="Append CA certificate").click()
    expect(page.get_by_role("heading", name="What this changed")).to_be_visible()
    page.get_by_role("link", name="SSH tunnels came up: exp-c1 to exp-e1.").click()
    expect(page.get_by_role("heading", name="What was checked")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_an_overview_with_troubles_and_its_explanations(
    page: Page, live_server, signed_in, renewed, scheme
):
    signed_in(renewed.owner, live_server.url)
    page.emulate_media(color_scheme=scheme)
    for address in (reverse("lab", args=[renewed.pk]), *connection_pages(renewed)):
        page.goto(live_server.url + address)
        assert axe(page) == [], address
