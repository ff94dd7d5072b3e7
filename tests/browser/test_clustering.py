"""The clustering page of a cluster in a browser: nothing for axe, nothing cut, the address mapping by keyboard."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from certstore.actions import cluster_mapping
from tests.browser.browser import axe, csp_violations, overflowing

LONG = "a-very-long-name-of-a-peer-in-another-place.subdomain.example.com"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_cluster_its_mapping_and_its_questions(page: Page, live_server, signed_in, cluster_lab, scheme):
    signed_in(cluster_lab.owner, live_server.url)
    node = cluster_lab.nodes.get(host="exp-c1")
    cluster_mapping.map_address(node, LONG, "2001:db8:1234:5678:9abc:def0:1234:5678")
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(live_server.url + reverse("clustering", args=[node.pk]))
    assert (axe(page), overflowing(page)) == ([], [])
    page.locator("#mapping-name").focus()
    page.keyboard.type("exp-c2.example.com")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("192.0.2.12")
    page.keyboard.press("Enter")
    page.get_by_text("exp-c2.example.com leads to 192.0.2.12 now").wait_for()
    for button, question in (
        ("Make exp-c2 the primary", "Make exp-c2"),
        ("Dissolve the cluster", "Dissolve"),
    ):
        page.goto(live_server.url + reverse("clustering", args=[node.pk]))
        page.get_by_role("button", name=button, exact=True).click()
        page.locator("#asking h2", has_text=question).wait_for()
        assert (axe(page), overflowing(page)) == ([], [])
    assert csp_violations(page) == []
