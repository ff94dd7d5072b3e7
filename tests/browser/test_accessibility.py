"""Every page and state: for everyone to read, at any width, without a mouse."""

from datetime import UTC, datetime

import pytest
from cryptography import x509
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from certstore.actions import labs
from certstore.actions.labs import make_lab
from certstore.actions.people import set_staff
from certstore.actions.reports import send_report
from certstore.actions.sharing import make_link
from certstore.models import Lab, Node, ShareLink
from certstore.pki.forge.authority import root
from certstore.scenarios import WORKING
from tests import keyring
from tests.browser.browser import axe, csp_violations, overflowing
from tests.labs import FilledLab, connection_pages, content_of, fill_lab, servers_of
from tests.needs import needs_chromium
from tests.pages import with_every_page
from tests.planning import short_plan

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def filled():
    filled = fill_lab("ann")
    upload_twins(filled)
    set_staff(filled.owner, is_staff=True)
    for about in ("file.zip", "trusted_ca.append"):
        send_report(filled.owner, about, "Ours", "What it says\non two lines", "X14.3.4", "expressway-e")
    labs.set_release(filled.lab.pk, "X15.5")  # which has a page more
    short_plan(filled.lab)
    return filled


def upload_twins(filled: FilledLab) -> None:
    """A twin of the root, so that the list has a warning and the next upload depends on it."""
    client = Client()
    client.force_login(filled.owner)
    name = x509.load_der_x509_certificate(content_of(filled.lab, "exp-e1-root-ca.cer")).subject
    twin = root(
        name, keyring.rsa_key("twin"), datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
    )
    append = reverse("trusted-ca-append", args=[filled.node.pk])
    client.post(append, {"file": SimpleUploadedFile("twin.pem", twin.pem)})
    leaf = SimpleUploadedFile("exp-e1.pem", content_of(filled.lab, "exp-e1.pem"))
    client.post(reverse("server-certificate-upload", args=[filled.node.pk]), {"certificate": leaf})


def addresses(filled: FilledLab) -> list[str]:
    """Every page of ours and of the appliance, with something on it."""
    node, lab = [filled.node.pk], [filled.lab.pk]
    newest = filled.lab.attempts.first()
    found = [reverse(name) for name in ("home", "labs", "account", "releases", "client-auth")]
    # The whole list has a dozen times the lines, all of these shapes: it takes as long as forty other pages.
    found += [reverse("evidence") + "?q=peer"]
    found += [reverse("check-files"), reverse("from-servers"), reverse("lab-check-after", args=lab)]
    found += [reverse("releases") + f"?release=X15.6&lab={filled.lab.pk}"]
    found += [reverse(name) for name in ("box-reports", "look-up", "help", "picture", "glossary")]
    found += [reverse("evidence") + "?q=nothing+has+this", reverse("box-report") + "?about=file.zip"]
    found += [reverse("look-up") + f"?q={words}" for words in ("certificate", "nothing-has-this-name")]
    found += [reverse("look-up-entry", args=["log-traffic-verification-failed"])]
    found += [
        reverse(name, args=lab) for name in ("lab", "lab-settings", "lab-time", "lab-files", "lab-history")
    ]
    found += [reverse(name, args=lab) for name in ("lab-delete", "lab-reset", "lab-points", "lab-duplicate")]
    found += [reverse("lab-plan", args=lab), reverse("lab-plan-made", args=[*lab, 1])]
    found += [reverse("lab-import"), reverse("lab-try", args=lab), reverse("training-ca", args=lab)]
    point = filled.lab.restore_points.first().number
    names = ("lab-point-restore", "lab-point-name", "lab-point-delete")
    found += [reverse(name, args=[*lab, point]) for name in names]
    found += [reverse("lab-points-compare", args=lab) + f"?before={point}&after=now"]
    names = (
        "trusted-ca",
        "server-certificate",
        "csr",
        "restart",
        "restarting",
        "alarms",
        "trusted-ca-decoded",
    )
    found += [reverse(name, args=node) for name in names]
    names = ("zones", "zone", "dns", "clustering", "administration", "sip", "ssh-configuration")
    names += ("client-certificate", "client-csr", "client-certificate-testing", "crl-management")
    found += [reverse(name, args=node) for name in names]
    control = [filled.lab.nodes.get(kind="expressway-c").pk]
    names = ("zones", "zone", "unified-cm-servers", "unified-cm-server-new")
    found += [reverse(name, args=control) for name in names]
    asked = "?domains=example.org,old.local&meetings=*.example.com"
    found += [reverse("lab-names", args=lab), reverse("lab-names", args=lab) + asked]
    found += [reverse("lab-dns", args=lab), reverse("lab-dns", args=lab) + "?type=A&name=exp-e1.example.com"]
    found += [reverse("trusted-ca", args=node) + "?q=nothing-has-this-name"]
    found += [reverse("server-certificate", args=node) + f"?attempt={newest.pk}"]
    found += [reverse("not-simulated", args=[*node, "ciphers"])]
    found += status_pages(filled)
    attempts = filled.lab.attempts.all()
    found += [reverse("attempt", args=[*lab, attempt.pk]) for attempt in attempts]
    found += connection_pages(filled.lab)
    cucm = [*lab, filled.cucm.pk]
    found += [
        reverse("unified-cm", args=cucm),
        reverse("jabber", args=lab),
        reverse("services-remove", args=lab),
    ]
    found += [reverse("unified-cm-certificate", args=[*cucm, "tomcat"])]
    found += [reverse("jabber", args=lab) + "?signed-in=1"]
    found += [reverse("lab-links", args=lab), reverse("shared", args=[filled.token])]
    for kind in (ShareLink.Kind.LAB, ShareLink.Kind.COPY):
        found += [reverse("shared", args=[make_link(filled.lab.pk, kind)])]
    return [*found, "/there-is-no-such-page/"]


def status_pages(filled: FilledLab) -> list[str]:
    """The status pages of a server, where connections fail and where all work."""
    working = make_lab(
        filled.owner, Lab.Kind.PRACTISE, "Works", "X14.3", made=servers_of("ann"), recipe=WORKING
    )
    control = working.nodes.get(kind=Node.Kind.EXPRESSWAY_C)
    names = ("status-overview", "zones-status", "uc-status", "tunnels-status", "event-log", "diagnostics")
    found = [reverse(name, args=[node.pk]) for node in (filled.node, control) for name in names]
    found += [reverse("event-log", args=[filled.node.pk]) + "?q=nothing-has-this"]
    return [*found, reverse("secure-traversal-test", args=[control.pk])]


def test_on_every_page_axe_finds_nothing_and_nothing_is_cut_on_the_narrowest_screen(
    page: Page, live_server, signed_in, filled
):
    signed_in(filled.owner, live_server.url)
    found: dict[str, list[str]] = {}
    for address in with_every_page(filled, addresses(filled)):
        page.goto(live_server.url + address)
        found[address] = [*axe(page), *in_the_dark(page), *cut_when_narrow(page)]
        assert page.locator("h1").count() == 1, address
        assert page.title().strip(), address
    assert {address: wrong for address, wrong in found.items() if wrong} == {}
    assert csp_violations(page) == []


def in_the_dark(page: Page) -> list[str]:
    """What axe finds once the page is dark: the same page, which differs in its colours."""
    page.emulate_media(color_scheme="dark")
    found = axe(page, "color-contrast")
    page.emulate_media(color_scheme="light")
    return found


def cut_when_narrow(page: Page) -> list[str]:
    """What sticks out of a window of 360 pixels."""
    wide = page.viewport_size
    page.set_viewport_size({"width": 360, "height": 780})
    width = page.evaluate("document.documentElement.scrollWidth")
    found = [*overflowing(page), *([f"{width} pixels wide"] if width > 360 else [])]
    page.set_viewport_size(wide)
    return found


def test_axe_finds_nothing_before_signing_in(page: Page, live_server, filled):
    page.goto(live_server.url + reverse("sign-in"))
    assert axe(page) == []
    page.get_by_label("Name").fill("ann")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert axe(page) == []


def test_axe_finds_nothing_in_what_a_button_brings(page: Page, live_server, signed_in, filled):
    signed_in(filled.owner, live_server.url)
    page.goto(live_server.url + reverse("trusted-ca", args=[filled.node.pk]))
    page.get_by_role("button", name="Append CA certificate").click()
    expect(page.locator(".bar.bad")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Reset to default CA certificate").click()
    expect(page.locator(".confirm")).to_be_visible()
    assert axe(page) == []


def test_axe_finds_nothing_in_an_acknowledgement_and_in_the_result_of_a_test(
    page: Page, live_server, signed_in, filled
):
    signed_in(filled.owner, live_server.url)
    page.goto(live_server.url + reverse("alarms", args=[filled.node.pk]))
    page.get_by_role("button", name="Acknowledge").click()
    expect(page.locator(".bar.bad")).to_be_visible()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Acknowledge").click()
    expect(page.locator(".bar.ok")).to_be_visible()
    assert axe(page) == []
    control = filled.lab.nodes.get(kind=Node.Kind.EXPRESSWAY_C)
    page.goto(live_server.url + reverse("secure-traversal-test", args=[control.pk]))
    page.get_by_label("FQDN of the Expressway-E").fill("exp-e1.example.com")
    page.get_by_label("TLS verify name").fill("exp-c9.example.com")
    page.get_by_role("button", name="Test connection").click()
    expect(page.get_by_role("heading", name="Test results")).to_be_visible()
    assert axe(page) == []


def test_an_upload_needs_no_mouse_and_the_focus_goes_to_the_answer(
    page: Page, live_server, signed_in, filled
):
    signed_in(filled.owner, live_server.url)
    page.goto(live_server.url + reverse("server-certificate", args=[filled.node.pk]))
    der = {"name": "a.cer", "mimeType": "x/y", "buffer": content_of(filled.lab, "exp-e1.cer")}
    page.set_input_files("#certificate", der)
    press_until(page, "Upload server certificate data")
    page.keyboard.press("Enter")
    expect(page.locator(".bar.bad")).to_be_visible()
    expect(page.locator(".bar.bad")).to_be_focused()


def press_until(page: Page, text: str) -> None:
    """Tab until the focus is on the button of that text, never losing it on the way."""
    for _ in range(120):
        page.keyboard.press("Tab")
        where = page.evaluate("document.activeElement.innerText || document.activeElement.tagName")
        if where.strip() == text:
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", "the focus can be seen"
            return
    raise AssertionError(f"no key leads to {text}")
