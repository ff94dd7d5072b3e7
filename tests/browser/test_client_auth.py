"""The Saturday engineer: a renewed certificate without client authentication, refused; from there to the ways out."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from certstore.actions.labs import make_example_lab, set_release
from certstore.actions.trusted_ca import append
from certstore.models import Lab, Node
from certstore.pki.facts import decode_certificate
from certstore.pki.forge.shape import SERVER_AUTH
from certstore.reading.servers import slot_state_of
from tests.browser.browser import csp_violations, foreign_requests
from tests.browser.person import Person
from tests.labs import tried
from tests.needs import needs_chromium
from tests.pki.server_cases import END, START
from tests.views.test_every_code import KEY, TOP, pem_of

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.django_db(transaction=True)]

RENEWED = TOP.leaf(
    "exp-e1.example.com", KEY.public_key(), START, END, ekus=[SERVER_AUTH], sans=["exp-e1.example.com"]
)


@pytest.fixture
def on_x15_3(owner, made_servers) -> Node:
    """The Expressway-E of a lab that runs X15.3 and trusts the CA of the renewed certificate."""
    lab = make_example_lab(owner, made_servers)
    set_release(lab.pk, "X15.3.1")
    node = lab.nodes.get(kind=Node.Kind.EXPRESSWAY_E)
    append(node, tried(TOP.pem, "root.pem"), owner)
    return node


def the_saturday(person: Person, node: Node) -> None:
    """Sign in, upload, be refused, follow the link, ask again with the certificate."""
    person.sign_in(node.lab.owner)
    person.page.goto(person.address + reverse("server-certificate", args=[node.pk]))
    person.choose("Select the server private key file", "new.key", pem_of(KEY))
    person.upload_server_certificate("new.pem", RENEWED.pem)
    person.reads(".bar.bad", "File upload failed.", "must allow TLS Web Client Authentication")
    person.picture("saturday-refused")
    person.follow("My CA dropped client authentication: the ways out", "aside")
    expect(person.page.get_by_role("heading", level=1)).to_have_text("My CA dropped clientAuth")
    expect(person.page.get_by_label("Release")).to_have_value("X15.3")
    expect(person.page.get_by_label("Server")).to_have_value("expressway-e")
    person.reads("#today", "Refused without it")
    for way in ("other-hierarchy", "private-ca", "x15-4", "x15-5", "keep"):
        expect(person.page.locator(f"#way-{way}")).to_be_visible()
    person.choose("Certificate file", "new.pem", RENEWED.pem)
    person.press("Show the ways out")
    person.reads("#today", "does not allow client authentication. It ends on 1 Jan 2036.")
    person.picture("saturday-ways-out")


def test_the_saturday_engineer_finds_the_ways_out(page: Page, live_server, on_x15_3):
    person = Person(page, live_server.url)
    the_saturday(person, on_x15_3)
    assert slot_state_of(on_x15_3).running.der != decode_certificate(RENEWED.der).der
    assert csp_violations(page) == []
    assert foreign_requests(page) == []


def test_on_x15_4_the_same_file_is_taken_once_the_switch_is_on(page: Page, live_server, on_x15_3):
    person = Person(page, live_server.url)
    Lab.objects.filter(pk=on_x15_3.lab.pk).update(release="X15.4")
    person.sign_in(on_x15_3.lab.owner)
    person.page.goto(person.address + reverse("lab-settings", args=[on_x15_3.lab.pk]))
    person.page.locator("#switches").get_by_label("On", exact=True).check()
    person.press("Set switches")
    expect(person.page.get_by_text("Saved.")).to_be_visible()
    person.page.goto(person.address + reverse("server-certificate", args=[on_x15_3.pk]))
    person.choose("Select the server private key file", "new.key", pem_of(KEY))
    person.upload_server_certificate("new.pem", RENEWED.pem)
    expect(person.page.locator(".bar").first).to_contain_text("Files uploaded")
    person.reads("aside", "It is on, so this one is taken")
