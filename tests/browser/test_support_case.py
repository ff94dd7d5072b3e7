"""The support case: a zip with eleven files and one key, a release, no role; then the text for the ticket."""

import io
import os
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.urls import reverse
from playwright.sync_api import Page, expect

from certstore.models import Lab, User
from certstore.pki.forge import authority
from certstore.pki.forge.crl import as_der, revocation_list
from certstore.pki.forge.names import subject
from certstore.pki.forge.requests import signing_request
from tests import odd_files
from tests.browser.browser import axe, csp_violations, drop, overflowing
from tests.keyring import rsa_key
from tests.needs import needs_chromium
from tests.pki import material
from tests.pki.chains import END, START

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.django_db(transaction=True)]

FQDN = "exp-e1.example.com"
NAMES = [FQDN, "example.com", "collab-edge.example.com"]


def eleven_files_and_a_key() -> bytes:
    """What a customer sends: the issuing CA changed, the root is missing, and a name was lost."""
    root = authority.root(ca_name("Example Root CA G2"), rsa_key("root"), START, END + timedelta(days=3000))
    old_ca = root.intermediate(ca_name("Example Issuing CA 3"), rsa_key("old ca"), START, END)
    ca = root.intermediate(ca_name("Example Issuing CA 4"), rsa_key("ca"), START, END)
    other_root = authority.root(ca_name("Example Root CA G1"), rsa_key("g1"), START, END)
    old = old_ca.leaf(
        ca_name(FQDN), rsa_key("old").public_key(), START, START + timedelta(days=90), sans=NAMES
    )
    new = ca.leaf(ca_name(FQDN), rsa_key("new").public_key(), START, END, sans=NAMES[:2])
    request = signing_request(ca_name(FQDN), rsa_key("new"), NAMES).public_bytes(Encoding.PEM)
    files = {
        "case/exp_e1_2027.crt": new.pem,
        "case/exp_e1_old.pem": old.pem,
        "case/exp_e1.csr": request,
        "case/ca4.cer": ca.der,
        "case/ca3.p7b": odd_files.pkcs7_file(old_ca.pem, Encoding.DER),
        "case/copy of ca4.pem": ca.pem,
        "case/root g1.pem": other_root.pem,
        "case/revoked.crl": as_der(revocation_list(ca, [], START, END)),
        "case/mail.txt": odd_files.in_every_line(ca.pem, b"> "),
        "case/download.html": odd_files.BLANK_PAGE,
        "case/error.docx": odd_files.zipped("word/document.xml", b"<w/>"),
        "case/server.key": material.key_pem(),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def ca_name(name: str):
    """A name in the organisation that all of them belong to."""
    return subject(name, organisation="Example Corp")


def screenshot(page: Page, name: str) -> None:
    """Keep a picture where SCREENSHOTS says so."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=str(Path(folder) / f"support-case-{name}.png"), full_page=True)


def test_from_the_zip_to_the_text_for_the_ticket_and_to_the_lab(page: Page, live_server, signed_in):
    signed_in(User.objects.create_user("ann"), live_server.url)
    page.goto(live_server.url + reverse("check-files"))
    zip_file = {"name": "case 42.zip", "mimeType": "application/zip", "buffer": eleven_files_and_a_key()}
    page.set_input_files("#files", zip_file)
    expect(page.locator(".chosen")).to_contain_text("case 42.zip")
    page.get_by_label("Release", exact=True).fill("X14.3.4")
    screenshot(page, "1-form")
    page.get_by_role("button", name="Check", exact=True).click()

    expect(page.get_by_role("heading", name="Checked files")).to_be_visible()
    expect(page.get_by_role("heading", name="12 files")).to_be_visible()
    expect(page.locator(".bar.info")).to_contain_text("1 file with a private key: dropped unread")
    table = page.locator(".answers").first
    asked = table.locator("tr.asked")
    expect(asked).to_contain_text("(X14.3.4)")
    expect(asked.get_by_role("link")).to_have_count(2)
    expect(asked.get_by_role("link").first).to_have_text("refused: a CA of the chain is not trusted")
    asked.get_by_role("link").first.click()
    why = page.locator("#why-1-1")
    expect(why).to_contain_text("Example Root CA G2")
    expect(why.get_by_role("heading", name="What to do")).to_be_visible()
    expect(page.get_by_role("heading", name="The old certificate against the new one")).to_be_visible()
    expect(page.locator(".column")).to_contain_text("Possible")
    assert axe(page) == []
    assert overflowing(page) == []
    assert csp_violations(page) == []
    screenshot(page, "2-answers")

    with page.expect_popup() as opened:
        page.get_by_role("button", name="Ticket as plain text").click()
    text = opened.value.locator("body").inner_text()
    for expected in (
        "Expressway certificates checked (simulated)",
        "Role         not known: both are answered for",
        "case/server.key: Private key: dropped unread",
        "case/mail.txt: Intermediate CA, damaged Base-64 (PEM), repaired here",
        "refused: a CA of the chain is not trusted",
        "What to do",
        "The old certificate against the new one",
        "collab-edge.example.com",
        "Ask for",
        'Maintenance > Security > Trusted CA certificate: "Show all (PEM file)"',
    ):
        assert expected in " ".join(text.split()) or expected in text, expected
    assert not Lab.objects.exists()

    page.get_by_role("button", name="Reproduce the case").click()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".messages")).to_contain_text("exp-e1 is Expressway-E, assumed to be an Expressway-E")
    lab = Lab.objects.get()
    assert (lab.kind, lab.release) == ("reproduce", "X14.3.4")
    page.goto(live_server.url + reverse("lab-files", args=[lab.pk]))
    expect(page.get_by_role("link", name="Download exp_e1_2027.pem")).to_be_visible()
    screenshot(page, "3-files-of-the-lab")


def test_files_can_be_dropped_on_the_card(page: Page, live_server, signed_in):
    signed_in(User.objects.create_user("ann"), live_server.url)
    page.goto(live_server.url + reverse("check-files"))
    drop(page, "dropped.pem", material.certificate().pem.decode())
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_role("heading", name="1 file")).to_be_visible()
    expect(page.get_by_role("cell", name="Server certificate, Base-64 (PEM)")).to_be_visible()
