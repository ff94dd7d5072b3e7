"""Which names the certificates need, as a person asks: answers by the keyboard, the line copied, a narrow page."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from certstore.models import Node
from tests.browser.browser import axe, csp_violations, overflowing
from tests.labs import fill_lab
from tests.needs import needs_chromium

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.django_db(transaction=True)]


def test_an_answer_is_typed_and_the_line_with_it_is_copied(page: Page, live_server, signed_in):
    filled = fill_lab("ann")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    signed_in(filled.owner, live_server.url)
    page.goto(live_server.url + reverse("lab", args=[filled.lab.pk]))
    page.get_by_role("link", name="Which names the certificates need").click()
    page.get_by_label("Further domains that people sign in with").fill("example.org, join.example.org")
    page.keyboard.press("Tab")
    page.get_by_label("Chat node aliases").fill("chat.example.com")
    page.get_by_role("button", name="Show the names").press("Enter")
    edge = filled.lab.nodes.get(kind=Node.Kind.EXPRESSWAY_E)
    card = page.locator(f"#names-{edge.pk}")
    line = card.locator("code.typed")
    expect(line).to_contain_text("example.org, join.example.org, chat.example.com")
    card.get_by_role("button", name="Copy").click()
    expect(card.get_by_role("status")).to_have_text(" Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == line.text_content()
    card.locator("summary").first.click()
    page.set_viewport_size({"width": 360, "height": 740})
    assert axe(page) == []
    assert overflowing(page) == []
    assert csp_violations(page) == []
