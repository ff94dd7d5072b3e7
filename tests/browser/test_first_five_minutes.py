"""The first five minutes: from the address that the server printed to the restarted server, by clicking only."""

import re

import pytest
from playwright.sync_api import Page, expect

from certstore.models import Installation, Lab, Node, User
from certstore.pki.facts import decode_certificate
from tests.browser.browser import axe, csp_violations, foreign_requests, overflowing
from tests.browser.person import Person
from tests.labs import content_of
from tests.needs import needs_chromium

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def person(page: Page, live_server) -> Person:
    return Person(page, live_server.url)


def starts_here(person: Person, owner: User) -> None:
    """Signs in, sees the picture once, and finds the first task on the first screen."""
    person.sign_in(owner)
    person.picture("home")
    person.press("Got it")
    person.follow("Start here", "main")
    person.reads("main", "Refused for its format", "Restarted")
    person.picture("start-here")


def is_refused_for_the_format(person: Person) -> None:
    """Step 1: the file as the CA sent it."""
    der = person.download("Download exp-e1.cer")
    person.page.locator(".task-now").get_by_role("link", name=re.compile("^Server certificate on")).click()
    person.upload_server_certificate("exp-e1.cer", der)
    person.reads(".bar.bad", "File upload failed.")
    person.reads("aside .task", "2 of 4")
    person.picture("step-2")


def saves_it_as_base_64(person: Person) -> bytes:
    """Step 2: the source document's clicks, in the certificate window."""
    person.follow("Show me in Windows", "aside")
    person.follow("Details", ".win-tabs")
    person.follow("Copy to File", ".win")
    person.page.get_by_label(re.compile("Base-64 encoded")).check()
    person.picture("wizard")
    assert axe(person.page) == []
    person.press("Next")
    person.press("Next")
    saved = person.download("Finish")
    assert saved.startswith(b"-----BEGIN CERTIFICATE-----")
    return saved


def appends_both_cas(person: Person, lab: Lab) -> None:
    """Step 3: what the source document says about an untrusted chain."""
    for name in ("exp-e1-issuing-ca.pem", "exp-e1-root-ca.pem"):
        person.append_ca(name, content_of(lab, name))
        person.reads(".bar.ok", "File uploaded")


def test_from_the_printed_address_to_the_restarted_server(person: Person, owner: User, lab: Lab, exp_e: Node):
    starts_here(person, owner)
    is_refused_for_the_format(person)
    pem = saves_it_as_base_64(person)
    person.page.locator(".servers").get_by_role("link", name=re.compile("exp-e1")).click()
    person.open_from_menu("Maintenance", "Server certificate")
    person.upload_server_certificate("exp-e1.pem", pem)
    person.reads(".bar.bad", "Issuing CA 1")
    person.reads("aside .task", "3 of 4")
    person.open_from_menu("Maintenance", "Trusted CA certificate")
    appends_both_cas(person, lab)
    person.open_from_menu("Maintenance", "Server certificate")
    person.upload_server_certificate("exp-e1.pem", pem)
    person.reads(".bar.ok", "a restart is required")
    person.reads("aside .task", "4 of 4", "What do callers see now?")
    person.press("The new certificate")
    person.reads("aside .task", "Until the restart callers are shown the old one")
    person.picture("answered")
    person.page.locator("aside .task").get_by_role("link", name=re.compile("^Restart options")).click()
    person.press("Restart")
    person.answer("Restart")
    expect(person.page.locator("main")).to_contain_text(re.compile("Restarting|restarted"))
    running = Installation.objects.get(slot__node=exp_e, is_running=True)
    assert running.certificate.sha256 == decode_certificate(content_of(lab, "exp-e1.cer")).sha256
    person.follow("Overview", ".servers")
    person.reads("aside .task", "Your task is done")
    person.picture("done")
    assert csp_violations(person.page) == []
    assert foreign_requests(person.page) == []


def test_the_window_and_the_task_are_for_everyone_and_fit_everywhere(person: Person, owner: User, lab: Lab):
    person.sign_in(owner)
    window = f"{person.address}/labs/{lab.pk}/files/exp-e1.cer/window/"
    pages = [f"{window}?{query}" for query in ("", "tab=details", "tab=path", "wizard=1", "how=openssl")]
    for address in [*pages, f"{person.address}/labs/{lab.pk}/start/"]:
        for scheme in ("light", "dark"):
            person.page.emulate_media(color_scheme=scheme)
            person.page.goto(address)
            assert axe(person.page) == [], address
        person.page.set_viewport_size({"width": 360, "height": 780})
        assert overflowing(person.page) == [], address
        person.page.set_viewport_size({"width": 1280, "height": 900})
