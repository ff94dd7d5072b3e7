"""The source document's six troubles, each made, seen in the product's words, explained and cured, in a browser."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from certstore.models import Lab, Node
from tests.browser.person import Person
from tests.labs import content_of
from tests.needs import needs_chromium

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.django_db(transaction=True)]


class Lab6(Person):
    """A person with a lab in which everything works."""

    def __init__(self, page: Page, address: str, lab: Lab) -> None:
        super().__init__(page, address)
        self.lab = lab
        self.nodes = {node.host: node for node in lab.nodes.all()}

    def open(self, name: str, host: str = "", query: str = "") -> None:
        """Open a page of the lab, or of one of its servers."""
        arguments = [self.nodes[host].pk] if host else [self.lab.pk]
        self.page.goto(self.address + reverse(name, args=arguments) + query)

    def open_unified_cm(self) -> None:
        cucm = next(node for node in self.nodes.values() if node.kind == Node.Kind.CUCM)
        self.page.goto(self.address + reverse("unified-cm", args=[self.lab.pk, cucm.pk]))

    def send(self, name: str) -> None:
        """Press a button of a plain form, and wait for the page that answers."""
        button = self.page.get_by_role("button", name=re.compile(f"^{name}")).first
        with self.page.expect_navigation():
            button.click()

    def file(self, name: str) -> bytes:
        return content_of(self.lab, name)

    def sees(self, *texts: str) -> None:
        """Read something anywhere on the page."""
        for text in texts:
            expect(self.page.locator("main, body").first).to_contain_text(text)

    def explanation(self, link: str, *texts: str) -> None:
        """From the overview to the explanation of a connection."""
        self.open("lab")
        self.page.locator(".topology svg a", has_text=link).first.click()
        self.sees(*texts)


@pytest.fixture
def person(page: Page, live_server, signed_in, working_lab) -> Lab6:
    signed_in(working_lab.owner, live_server.url)
    page.set_viewport_size({"width": 1280, "height": 900})
    return Lab6(page, live_server.url, working_lab)


def test_certificate_format_invalid(person):
    person.open("server-certificate", "exp-e1")
    person.upload_server_certificate("exp-e1.cer", person.file("exp-e1.cer"))
    person.reads(".bar.bad", "File upload failed.")
    person.sees("Base-64")
    person.picture("trouble-1-format")
    person.upload_server_certificate("exp-e1.pem", person.file("exp-e1.pem"))
    expect(person.page.locator(".bar.bad")).to_have_count(0)


def test_untrusted_ca_certificate_chain(person):
    person.open("server-certificate", "exp-e1")
    person.upload_server_certificate("new.pem", person.file("exp-e1-renewal.pem"))
    person.reads(".bar.bad", "File upload failed.")
    person.sees("Issuing CA 2")
    person.picture("trouble-2-chain")
    person.open("trusted-ca", "exp-e1")
    person.append_ca("ca.pem", person.file("exp-e1-renewal-issuing-ca.pem"))
    person.open("server-certificate", "exp-e1")
    person.upload_server_certificate("new.pem", person.file("exp-e1-renewal.pem"))
    expect(person.page.locator(".bar.bad")).to_have_count(0)


def test_traversal_zone_down_with_tls_negotiation_error(person):
    person.open("zone", "exp-c1")
    person.page.get_by_role("textbox", name="Peer 1 address").fill("edge.example.com")
    person.press("Save")
    person.open("zones-status", "exp-c1")
    person.sees("Failed")
    person.open("lab-dns")
    person.explanation("Traversal zone", "edge.example.com")
    person.picture("trouble-3-zone")
    person.open("zone", "exp-e1")
    person.page.get_by_role("textbox", name="TLS verify subject name").fill("other.example.com")
    person.press("Save")
    person.open("zone", "exp-c1")
    person.page.get_by_role("textbox", name="Peer 1 address").fill("exp-e1.example.com")
    person.press("Save")
    person.explanation(
        "Traversal zone", "Peer's TLS certificate identity was unacceptable", "other.example.com"
    )
    person.open("event-log", "exp-e1")
    person.sees("Inbound TLS Negotiation Error")
    person.open("zone", "exp-e1")
    person.page.get_by_role("textbox", name="TLS verify subject name").fill("exp-c1.example.com")
    person.press("Save")
    person.open("zones-status", "exp-c1")
    person.sees("Active")


def test_traversal_zone_up_but_ssh_tunnels_down_after_a_renewal(person):
    person.open("trusted-ca", "exp-e1")
    person.append_ca("ca.pem", person.file("exp-e1-renewal-issuing-ca.pem"))
    person.open("server-certificate", "exp-e1")
    person.upload_server_certificate("new.pem", person.file("exp-e1-renewal.pem"))
    person.open("restart", "exp-e1")
    person.press("Restart")
    if person.page.locator(".confirm").count():
        person.answer("Restart")
    person.open("zones-status", "exp-c1")
    person.sees("Active")
    person.open("tunnels-status", "exp-c1")
    person.sees("Failed")
    person.open("alarms", "exp-c1")
    person.sees("35013", "Unified Communications SSH tunnel failure")
    person.explanation("SSH tunnels", "Issuing CA 2")
    person.picture("trouble-4-tunnels")
    person.open("trusted-ca", "exp-c1")
    person.append_ca("ca.pem", person.file("exp-e1-renewal-issuing-ca.pem"))
    person.open("tunnels-status", "exp-c1")
    person.sees("Active")
    person.open("lab")
    person.sees("SSH tunnels came up")


def test_mobile_and_remote_access_log_in_fails(person):
    person.open_unified_cm()
    for box in person.page.locator("tr", has_text="Enterprise").locator("input[type=checkbox]").all():
        box.check()
    person.send("Delete ticked")
    person.send("Delete$")
    expect(person.page.locator("tr", has_text="Enterprise").locator("input")).to_have_count(0)
    person.send("Restart Cisco CallManager")
    person.open("jabber", query="?signed-in=1")
    person.sees("Cannot communicate with the server")
    person.picture("trouble-5-sign-in")
    person.explanation("refused", "tomcat-trust", "tlsv1 alert unknown ca")
    for purpose in ("tomcat-trust", "CallManager-trust"):
        person.open_unified_cm()
        person.page.get_by_label("Certificate purpose").select_option(label=purpose)
        person.choose("File", "ca.pem", person.file("exp-c1-ca-bundle.pem"))
        person.send("Upload$")
        person.sees("Success: Certificate Uploaded")
    person.send("Restart Cisco CallManager")
    person.open("lab")
    person.sees("MRA sign-in works")


def test_jabber_untrusted_certificate_warning(person):
    person.open("jabber")
    person.page.get_by_label("Domain").fill("example.net")
    person.send("Save")
    person.open("jabber", query="?signed-in=1")
    person.sees("The person is asked", "example.net is no name of the certificate of exp-e1.example.com")
    person.picture("trouble-6-jabber")
    person.open("jabber")
    person.page.get_by_label("Domain").fill("example.com")
    person.send("Save")
    person.open("lab")
    person.sees("Jabber connects without a warning")
