"""The source document's chapter "Expressway Certificate Upload Fails", as a person does it in a browser."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from certstore.pki.facts import decode_certificate
from tests.browser.browser import csp_violations, foreign_requests
from tests.labs import content_of, fill_lab
from tests.needs import needs_chromium

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.django_db(transaction=True)]

SCREENSHOTS = Path(__file__).resolve().parents[1] / "screenshots"


@pytest.fixture
def filled():
    return fill_lab("ann")


def open_server(page: Page, live_server, filled, name: str = "server-certificate") -> None:
    page.goto(live_server.url + reverse(name, args=[filled.node.pk]))


def upload(page: Page, field: str, name: str, data: bytes, button: str) -> None:
    page.set_input_files(f"#{field}", {"name": name, "mimeType": "application/octet-stream", "buffer": data})
    page.get_by_role("button", name=button).click()


def upload_server_certificate(page: Page, name: str, data: bytes) -> None:
    upload(page, "certificate", name, data, "Upload server certificate data")


def append_ca(page: Page, name: str, data: bytes) -> None:
    upload(page, "file", name, data, "Append CA certificate")


def picture(page: Page, name: str) -> None:
    """Keep what a state looks like, narrow and wide, light and dark, for a person to look at."""
    SCREENSHOTS.mkdir(exist_ok=True)
    for width in (360, 1280, 2560):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="dark")
    page.screenshot(path=SCREENSHOTS / f"{name}-dark.png", full_page=True)
    page.emulate_media(color_scheme="light")


def the_chapter(page: Page, live_server, filled) -> None:
    """From the wrong format to the restarted server; the same steps with scripts and without."""
    lab = filled.lab
    page.goto(live_server.url + reverse("lab-files", args=[lab.pk]))
    with page.expect_download() as downloaded:
        page.locator("a[href$='/files/exp-e1.cer']").click()
    der = Path(downloaded.value.path()).read_bytes()
    assert der == content_of(lab, "exp-e1.cer")

    open_server(page, live_server, filled, "trusted-ca")
    page.get_by_role("button", name="Reset to default CA certificate").click()
    page.locator(".confirm").get_by_role("button").click()
    expect(page.locator(".bar.ok")).to_contain_text("reset")

    open_server(page, live_server, filled)
    upload_server_certificate(page, "exp-e1.cer", der)
    expect(page.locator(".bar.bad")).to_contain_text("File upload failed.")
    expect(page.locator("aside")).to_contain_text("binary form (DER)")
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="Download as Base-64").click()
    pem = Path(downloaded.value.path()).read_bytes()
    assert pem.startswith(b"-----BEGIN CERTIFICATE-----")

    upload_server_certificate(page, "exp-e1.pem", pem)
    issuing = decode_certificate(content_of(lab, "exp-e1-issuing-ca.cer"))
    expect(page.locator(".bar.bad")).to_contain_text(issuing.subject)
    expect(page.locator("aside")).to_contain_text(issuing.subject_key_id)
    expect(page.locator("aside svg")).to_be_visible()

    open_server(page, live_server, filled, "trusted-ca")
    append_ca(page, "exp-e1-issuing-ca.cer", content_of(lab, "exp-e1-issuing-ca.cer"))
    expect(page.locator(".bar.bad")).to_contain_text("File upload failed.")
    for name in ("exp-e1-issuing-ca.pem", "exp-e1-root-ca.pem"):
        append_ca(page, name, content_of(lab, name))
        expect(page.locator(".bar.ok")).to_contain_text("Certificates: 1")

    open_server(page, live_server, filled)
    upload_server_certificate(page, "exp-e1.pem", pem)
    expect(page.locator(".bar.ok")).to_be_visible()
    open_server(page, live_server, filled, "alarms")
    expect(page.locator("main")).to_contain_text("15028")
    open_server(page, live_server, filled)
    page.locator(".bar").get_by_role("link", name=re.compile("restart")).click()
    page.locator(".boxbody").get_by_role("button", name=re.compile("Restart")).click()
    page.locator(".confirm").get_by_role("button").click()
    expect(page.locator(".progress")).to_be_visible()


def the_end(page: Page, live_server, filled) -> None:
    """Callers see the new certificate, and nothing waits for a restart any more."""
    expect(page.locator("aside")).to_contain_text("This is the certificate that callers are shown")
    open_server(page, live_server, filled, "alarms")
    expect(page.locator("main")).not_to_contain_text("15028")


def test_from_the_wrong_format_to_the_restarted_server(page: Page, live_server, signed_in, filled):
    signed_in(filled.owner, live_server.url)
    the_chapter(page, live_server, filled)
    page.get_by_role("link", name="Skip").click()
    the_end(page, live_server, filled)
    assert csp_violations(page) == []
    assert foreign_requests(page) == []


def test_the_page_goes_on_by_itself_after_a_restart(page: Page, live_server, signed_in, filled):
    signed_in(filled.owner, live_server.url)
    open_server(page, live_server, filled, "restarting")
    page.wait_for_url(re.compile("/server-certificate/$"), timeout=15_000)


def test_the_same_without_javascript(browser: Browser, live_server, client, filled, settings):
    client.force_login(filled.owner)
    context = browser.new_context(java_script_enabled=False)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page = context.new_page()
    the_chapter(page, live_server, filled)
    page.get_by_role("link", name="Skip").click()
    the_end(page, live_server, filled)
    context.close()


def test_the_list_is_ticked_deleted_filtered_and_sorted(page: Page, live_server, signed_in, filled):
    signed_in(filled.owner, live_server.url)
    open_server(page, live_server, filled, "trusted-ca")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(5)
    page.get_by_text("Select all", exact=False).first.click()
    assert page.locator("input[name=entry]:checked").count() == 5
    page.get_by_text("Unselect all").click()
    assert page.locator("input[name=entry]:checked").count() == 0

    rows.first.get_by_role("checkbox").check()
    page.get_by_role("button", name="Delete", exact=True).click()
    page.locator(".confirm").get_by_role("link").click()
    expect(rows).to_have_count(5)
    rows.first.get_by_role("checkbox").check()
    page.get_by_role("button", name="Delete", exact=True).click()
    page.locator(".confirm").get_by_role("button").click()
    expect(page.locator(".bar.ok")).to_be_visible()
    expect(rows).to_have_count(4)

    page.get_by_role("searchbox").fill("isrg")
    page.get_by_role("button", name=re.compile("Apply")).click()
    expect(rows).to_have_count(1)
    open_server(page, live_server, filled, "trusted-ca")
    page.get_by_role("link", name=re.compile("Expiration date")).click()
    expect(rows.first).to_contain_text("Sep 30 2021")


def test_a_thousand_rows_leave_the_upload_within_reach(page: Page, live_server, signed_in, filled, client):
    client.force_login(filled.owner)
    with open("/etc/ssl/certs/ca-certificates.crt", "rb") as bundle:
        client.post(reverse("trusted-ca-append", args=[filled.node.pk]), {"file": bundle})
    signed_in(filled.owner, live_server.url)
    open_server(page, live_server, filled, "trusted-ca")
    assert page.locator("tbody tr").count() > 100
    bottom = page.get_by_role("button", name="Append CA certificate").bounding_box()["y"]
    assert bottom < 1300, "the list scrolls inside, so the upload is at most a screen away"


def test_what_it_looks_like(page: Page, live_server, signed_in, filled):
    signed_in(filled.owner, live_server.url)
    open_server(page, live_server, filled)
    upload_server_certificate(page, "exp-e1-renewal.pem", content_of(filled.lab, "exp-e1-renewal.pem"))
    expect(page.locator(".bar.bad")).to_be_visible()
    picture(page, "refused")
    open_server(page, live_server, filled, "trusted-ca")
    append_ca(page, "ca.pem", content_of(filled.lab, "exp-e1-renewal-issuing-ca.pem"))
    expect(page.locator(".bar.ok")).to_be_visible()
    picture(page, "appended")
    page.goto(live_server.url + reverse("lab", args=[filled.lab.pk]))
    picture(page, "lab")
