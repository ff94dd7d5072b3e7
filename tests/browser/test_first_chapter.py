"""The source document's chapter "Expressway Certificate Upload Fails", as a person does it in a browser.

The same steps with scripts and without. With SCREENSHOTS=1 every state is kept as pictures in `tests/screenshots`,
narrow, usual and wide, light and dark, for a person to look at.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from certstore.models import Lab, Node, User
from certstore.pki.facts import decode_certificate
from certstore.pki.moments import page_date
from certstore.pki.sniff import look_at
from tests.browser.browser import csp_violations, foreign_requests
from tests.browser.person import Person
from tests.labs import content_of
from tests.needs import needs_chromium

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.django_db(transaction=True)]

BASE64 = b"-----BEGIN CERTIFICATE-----"
RESTART_REQUIRED = "15028"


@pytest.fixture
def with_scripts(page: Page, live_server) -> Person:
    return Person(page, live_server.url)


@pytest.fixture
def without_scripts(browser: Browser, live_server) -> Iterator[Person]:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    yield Person(context.new_page(), live_server.url)
    context.close()


# The row of the Expressway-E among the certificates and their ends.
EDGE_ROW = "main tr:has-text('exp-e1.example.com'):has-text('Server certificate')"


def the_chapter(person: Person, owner: User, lab: Lab) -> None:
    """From the wrong format to the restarting server."""
    person.sign_in(owner)
    person.picture("home")
    person.follow(lab.name, "main")
    person.picture("overview")
    person.follow("Files", ".servers")
    person.picture("files")
    files = {
        name: person.download(f"Download {name}")
        for name in ("exp-e1.cer", "exp-e1-issuing-ca.cer", "exp-e1-issuing-ca.pem", "exp-e1-root-ca.pem")
    }
    assert files == {name: content_of(lab, name) for name in files}

    person.page.locator(".servers").get_by_role("link", name=re.compile("exp-e1")).click()
    person.picture("list")
    person.open_from_menu("Maintenance", "Server certificate")
    pem = is_told_that_it_is_der(person, files["exp-e1.cer"])
    is_told_which_ca_is_missing(person, pem, files["exp-e1-issuing-ca.cer"])
    appends_both_cas(person, files)
    person.open_from_menu("Maintenance", "Server certificate")
    is_accepted_and_restarts(person, pem)


def is_told_that_it_is_der(person: Person, der: bytes) -> bytes:
    """The wrong format, and the right one out of our column."""
    person.upload_server_certificate("exp-e1.cer", der)
    person.reads(".bar.bad", "File upload failed.")
    person.reads("aside", "exp-e1.cer", "binary form (DER)", "How sure:")
    person.picture("refused-format")
    pem = person.download("Download as Base-64")
    assert pem.startswith(BASE64)
    return pem


def is_told_which_ca_is_missing(person: Person, pem: bytes, issuing_der: bytes) -> None:
    """The right format, but nobody trusts it."""
    issuing = decode_certificate(issuing_der)
    person.upload_server_certificate("exp-e1.pem", pem)
    person.reads(".bar.bad", "File upload failed.", issuing.subject)
    person.reads("aside", issuing.subject, issuing.subject_key_id, "Append CA certificate")
    expect(person.page.locator("aside svg")).to_be_visible()
    person.picture("refused-chain")


def appends_both_cas(person: Person, files: dict[str, bytes]) -> None:
    """One as DER first, which is refused here as well."""
    person.open_from_menu("Maintenance", "Trusted CA certificate")
    person.append_ca("exp-e1-issuing-ca.cer", files["exp-e1-issuing-ca.cer"])
    person.reads(".bar.bad", "File upload failed.")
    person.picture("append-refused")
    for name in ("exp-e1-issuing-ca.pem", "exp-e1-root-ca.pem"):
        person.append_ca(name, files[name])
        person.reads(".bar.ok", "Certificates: 1, CRLs: 0")
        person.reads("tbody", decode_certificate(der_of(files[name])).subject)
    person.picture("appended")


def is_accepted_and_restarts(person: Person, pem: bytes) -> None:
    """Accepted, and until the restart nobody sees it."""
    ends = page_date(decode_certificate(der_of(pem)).not_after)
    before = person.page.locator(".field", has_text="Currently loaded").inner_text()
    assert ends not in before
    person.upload_server_certificate("exp-e1.pem", pem)
    person.reads(".bar.ok", "restart is required")
    person.reads(".bars", f"expires on {ends}")
    person.reads("aside", "What was accepted", "Not running yet")
    assert person.page.locator(".field", has_text="Currently loaded").inner_text() == before
    person.picture("accepted")
    person.page.locator(".boxhead .alarm").click()
    person.reads("tbody", RESTART_REQUIRED)
    person.picture("alarm")
    person.open_from_menu("Maintenance", "Server certificate")
    person.page.locator(".bars").get_by_role("link", name=re.compile("^restart")).click()
    person.press("Restart")
    person.picture("restart-asks")
    person.answer("Restart")
    person.reads("main", "Restarting")
    expect(person.page.locator(".progress")).to_be_visible()
    person.picture("restarting")


def der_of(pem: bytes) -> bytes:
    """The bytes of one certificate in Base-64."""
    return look_at(pem).certificates[0]


def the_end(person: Person, lab: Lab) -> None:
    """Callers see the new certificate, nothing waits for a restart, and the history knows it all."""
    ends = page_date(decode_certificate(content_of(lab, "exp-e1.cer")).not_after)
    person.reads(".field:has-text('Currently loaded')", ends)
    person.reads("aside", "This is the certificate that callers are shown")
    expect(person.page).to_have_title(re.compile("^Server certificate, exp-e1"))
    person.open_from_menu("Status", "Alarms")
    expect(person.page.locator("main")).not_to_contain_text(RESTART_REQUIRED)
    person.follow("History", ".servers")
    expect(person.page.locator("main tbody tr")).to_have_count(6)
    person.picture("history")
    person.page.locator("main tbody tr", has_text="chain.").get_by_role("link").click()
    person.reads("#ticket", "exp-e1.pem", "Issuing CA")
    person.picture("attempt")


def test_the_chapter_with_scripts(with_scripts: Person, owner: User, lab: Lab):
    page = with_scripts.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    the_chapter(with_scripts, owner, lab)
    page.wait_for_url(re.compile(r"/server-certificate/(\?event=\d+)?$"), timeout=15_000)  # by itself
    the_end(with_scripts, lab)
    text = page.locator("#ticket").inner_text()
    with_scripts.press("Copy for the ticket")
    expect(page.get_by_role("button", name="Copy for the ticket")).to_contain_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()").split() == text.split()
    assert csp_violations(page) == []
    assert foreign_requests(page) == []


def test_the_chapter_without_scripts(without_scripts: Person, owner: User, lab: Lab):
    the_chapter(without_scripts, owner, lab)
    without_scripts.follow("Skip (our wording)")
    the_end(without_scripts, lab)
    text = without_scripts.page.locator("#ticket").inner_text()
    without_scripts.follow("As plain text")
    assert without_scripts.page.locator("body").inner_text().split() == text.split()


@pytest.mark.parametrize("scripts", ["with_scripts", "without_scripts"])
def test_the_list_is_deleted_from_and_reset_after_a_question(
    request: pytest.FixtureRequest, scripts: str, owner: User, lab: Lab
):
    person: Person = request.getfixturevalue(scripts)
    person.sign_in(owner)
    person.follow(lab.name, "main")
    person.follow("Trusted CA certificate", EDGE_ROW)
    rows = person.page.locator("tbody tr")
    person.press("Delete")
    person.reads(".bar.bad", "Nothing is selected")
    for said, left in (("Cancel", 3), ("Delete", 2)):
        rows.first.get_by_role("checkbox").check()
        person.press("Delete")
        person.reads(".confirm", "Delete the 1 selected")
        person.picture(f"delete-{said.lower()}")
        person.answer(said)
        expect(person.page.locator(".confirm")).to_have_count(0)
        expect(rows).to_have_count(left)
    person.reads(".bar.ok", "Deleted from the list: 1.")
    for said, left in (("Cancel", 2), ("Reset to default", 3)):
        person.press("Reset to default CA certificate")
        person.answer(said)
        expect(person.page.locator(".confirm")).to_have_count(0)
        expect(rows).to_have_count(left)
    person.reads(".bar.ok", "The list was reset")


@pytest.mark.parametrize("scripts", ["with_scripts", "without_scripts"])
def test_the_server_certificate_is_reset_after_a_question(
    request: pytest.FixtureRequest, scripts: str, owner: User, lab: Lab
):
    person: Person = request.getfixturevalue(scripts)
    person.sign_in(owner)
    person.follow(lab.name, "main")
    person.follow("Server certificate", EDGE_ROW)
    person.press("Reset to default server certificate")
    person.answer("Cancel")
    expect(person.page.locator(".bar")).to_have_count(0)
    person.press("Reset to default server certificate")
    person.answer("Reset to default")
    person.reads(".bar.ok", "was reset to default")
    person.reads(".bar.info", "restart")


@pytest.mark.parametrize("scripts", ["with_scripts", "without_scripts"])
def test_the_list_is_ticked_filtered_and_sorted(
    request: pytest.FixtureRequest, scripts: str, owner: User, lab: Lab
):
    person: Person = request.getfixturevalue(scripts)
    person.sign_in(owner)
    person.follow(lab.name, "main")
    person.follow("Trusted CA certificate", EDGE_ROW)
    page = person.page
    ticked = page.locator("tbody input:checked")
    person.press("Select all")
    expect(ticked).to_have_count(3)
    person.press("Unselect all")
    expect(ticked).to_have_count(0)

    page.locator("thead").get_by_role("link", name=re.compile("^Expiration date")).click()
    person.reads("tbody tr:first-child", "Sep 30 2021", "Expired")
    page.locator("thead").get_by_role("link", name=re.compile("^Expiration date")).click()
    person.reads("tbody tr:last-child", "Sep 30 2021")

    page.get_by_role("searchbox").fill("isrg ROOT")
    page.locator(".filter").get_by_role("button").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    person.reads("tbody", "ISRG Root X1", "Matches Issuer")
    page.get_by_role("searchbox").fill("nothing has this name")
    page.locator(".filter").get_by_role("button").click()
    expect(page.locator("tbody input")).to_have_count(0)
    page.locator(".filter").get_by_role("link").click()
    expect(page.locator("tbody tr")).to_have_count(3)


def test_the_way_back_leads_to_the_page_before(with_scripts: Person, owner: User, lab: Lab, exp_e: Node):
    with_scripts.sign_in(owner)
    with_scripts.follow(lab.name, "main")
    with_scripts.follow("Server certificate", EDGE_ROW)
    with_scripts.upload_server_certificate("exp-e1.cer", content_of(lab, "exp-e1.cer"))
    with_scripts.reads(".bar.bad", "File upload failed.")
    page = with_scripts.page
    page.go_back()
    expect(page.locator(".bar.bad")).to_have_count(0)
    with_scripts.reads("h1", "Server certificate")
    page.reload()
    with_scripts.reads("h1", "Server certificate")
    assert csp_violations(page) == []
