"""Generate CSR in a browser: the names follow while one types, the request is made, shown and discarded."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from certstore.actions import labs
from certstore.models import SigningRequest
from tests.browser.browser import axe, csp_violations
from tests.labs import fill_lab
from tests.needs import needs_chromium

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("home", ["server-certificate", "client-certificate"])
def test_the_names_follow_while_one_types_and_the_request_is_made_and_discarded(
    page: Page, live_server, signed_in, home
):
    filled = fill_lab("ann")
    labs.set_release(filled.lab.pk, "X15.5")  # which has both pages
    signed_in(filled.owner, live_server.url)
    page.goto(live_server.url + reverse(home, args=[filled.node.pk]))
    page.set_viewport_size({"width": 360, "height": 780})
    tops = [page.locator(place).first.bounding_box()["y"] for place in (".csr-part", "#upload", "aside")]
    assert tops == sorted(tops), "on a narrow screen the request stands before our column"
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="Generate CSR").click()
    appears = page.locator("#alternative-appears")
    page.locator("#additional").press_sequentially("edge.corp.local")
    expect(appears).to_contain_text("DNS:edge.corp.local")
    expect(page.locator("#additional")).to_be_focused()
    expect(page.get_by_role("heading", name="No public CA will sign this")).to_be_visible()
    page.locator("#domains").fill("example.com")
    page.locator("#domain_format").select_option("collab-edge-dns")
    expect(appears).to_contain_text("DNS:collab-edge.example.com")
    page.get_by_role("button", name="Generate CSR").click()
    expect(page.locator("#wrong-country")).to_be_visible()
    assert axe(page) == []
    page.locator("#country").fill("GB")
    page.locator("#state").fill("London")
    page.locator("#organization").fill("Example")
    page.locator("#length").select_option("2048")
    page.get_by_role("button", name="Generate CSR").click()
    expect(page.locator(".bar.ok")).to_contain_text("was generated")
    assert axe(page) == []
    page.get_by_role("button", name="Discard CSR", exact=True).click()
    expect(page.locator(".confirm")).to_contain_text("will not be accepted")
    page.locator(".confirm").get_by_role("button", name="Discard CSR").click()
    expect(page.locator(".bar.ok")).to_contain_text("was discarded")
    request = SigningRequest.objects.get()
    assert (request.state, f"{request.slot.name}-certificate") == ("discarded", home)
    assert csp_violations(page) == []
