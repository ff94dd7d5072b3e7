"""A person outside is asked about a certificate; one button on the same page cures it."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from certstore.actions import jabber
from certstore.models import Node
from tests.browser.browser import csp_violations, overflowing
from tests.needs import needs_chromium

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_question_comes_in_our_words_and_goes_with_the_root(
    page: Page, live_server, signed_in, working, width
):
    client = working.nodes.select_related("lab").get(kind=Node.Kind.JABBER)
    jabber.delete(client, [client.trust_stores.get().entries.last().pk])
    page.set_viewport_size({"width": width, "height": 900})
    signed_in(working.owner, live_server.url)
    page.goto(live_server.url + reverse("lab", args=[working.pk]))
    page.locator(".servers").get_by_role("link", name="Jabber", exact=True).click()
    page.get_by_role("button", name="Sign in", exact=True).click()
    question = page.get_by_role("group", name="Question of the client, in our words")
    expect(question).to_contain_text("could not be verified")
    expect(page.get_by_text("Fails, and nobody is asked")).to_be_visible()
    assert overflowing(page) == []
    page.get_by_role("button", name="Trust the root of exp-e1's chain", exact=True).click()
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("group", name="What the client says")).to_contain_text("You are signed in")
    expect(question).not_to_be_attached()
    assert csp_violations(page) == []
