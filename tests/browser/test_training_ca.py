"""The training CA as a person uses it: a certificate for a held key, and practice files, with and without a key."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from certstore.pki.forge import practice
from tests.browser.browser import axe, csp_violations, overflowing
from tests.labs import fill_lab
from tests.needs import needs_chromium
from tests.zips import unpacked

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.django_db(transaction=True)]


def downloaded(page: Page, click) -> dict[str, bytes]:
    with page.expect_download() as found:
        click()
    return unpacked(found.value.path().read_bytes())


def test_a_certificate_is_issued_and_practice_files_are_downloaded(
    page: Page, live_server, signed_in, pooled_keys
):
    filled = fill_lab("ann")
    signed_in(filled.owner, live_server.url)
    page.goto(live_server.url + reverse("training-ca", args=[filled.lab.pk]))
    page.click("#held .jump a:has-text('exp-e1')")
    expect(page.locator("#held h2")).to_contain_text("exp-e1")
    page.click("#held button[type=submit]")
    expect(page.locator("[role=status]")).to_contain_text("Issued: exp-e1.example.com")
    page.locator("#issued tbody summary").first.click()
    files = downloaded(page, lambda: page.locator("#issued a:has-text('honestly named')").first.click())
    assert "server-certificate.pem" in files
    page.select_option("#practice_fault", "path-length")
    page.click("#practice button[type=submit]")
    expect(page.locator("#issued tbody tr").first).to_contain_text("practice file")
    files = downloaded(page, lambda: page.locator("#issued a:has-text('Practice file')").first.click())
    assert practice.KEY not in files
    page.select_option("#practice_fault", "rsa-1024")
    files = downloaded(page, lambda: page.click("#practice button[type=submit]"))
    assert practice.KEY in files
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator("#catalogue summary").click()
    assert axe(page) == []
    assert overflowing(page) == []
    assert csp_violations(page) == []
