"""A renewal from end to end, by clicking and typing only what a person sees: from the sign-in to the restarted server.

The same way with scripts and, shorter, without. Files come from real downloads and go through real file choosers.
With SCREENSHOTS=1 every state is kept as pictures in `tests/screenshots`.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from playwright.sync_api import Browser, Locator, Page, expect

from certstore.models import Installation, Issued, Lab, Node, SigningRequest, TrustEntry, User
from certstore.pki.facts import CertificateFacts, decode_certificate
from tests.browser.browser import csp_violations, foreign_requests
from tests.browser.person import Person
from tests.needs import needs_chromium
from tests.zips import unpacked

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.django_db(transaction=True)]

RESTART_REQUIRED = "15028"
CONNECTIONS = {  # what the overview says of each when all is well
    "Traversal zone, exp-c1 to exp-e1": "Active",
    "SSH tunnels, exp-c1 to exp-e1": "Active",
    "MRA sign-in, Jabber to exp-e1": "works",
    "Client connection, Jabber to exp-e1": "no warning",
}


class Learner(Person):
    """Somebody with a folder for what is downloaded."""

    def __init__(self, page: Page, address: str, folder: Path) -> None:
        super().__init__(page, address)
        self.folder = folder

    def save(self, name: str) -> Path:
        """Follow a link that gives a file, and keep it under the name that it comes with."""
        with self.page.expect_download() as started:
            self.page.get_by_role("main").get_by_role("link", name=name).first.click()
        saved = self.folder / started.value.suggested_filename
        started.value.save_as(saved)
        return saved

    def pick(self, label: str, file: Path) -> None:
        """Open the file chooser of a field, and choose a file."""
        with self.page.expect_file_chooser() as opened:
            self.page.get_by_label(label).click()
        opened.value.set_files(file)

    def read_tab(self, among: Locator, name: str) -> str:
        """Follow a link that opens a tab, read what stands in it, and close it."""
        with self.page.expect_popup() as opened:
            among.get_by_role("link", name=name, exact=True).click()
        text = opened.value.locator("body").inner_text()
        opened.value.close()
        return text

    def tab(self, host: str) -> None:
        """Go to a server by its tab."""
        self.page.locator(".servers").get_by_role("link", name=re.compile(host)).click()
        expect(self.page.locator(".boxhead")).to_contain_text(host)

    def server_certificate(self, host: str) -> None:
        self.tab(host)
        self.open_from_menu("Maintenance", "Server certificate")

    def uploads(self, file: Path) -> None:
        self.pick("Select the server certificate file", file)
        self.press("Upload server certificate data")

    def appends(self, *files: Path) -> None:
        for file in files:
            self.pick("Select the file containing trusted CA certificates", file)
            self.press("Append CA certificate")
            self.reads(".bar.ok", "CRLs: 0")

    def sees_that_all_works(self) -> None:
        """Every connection in the picture of the overview, by its words."""
        self.follow("Overview", ".servers")
        for between, says in CONNECTIONS.items():
            drawn = self.page.get_by_role("link", name=f"{between}: {says}", exact=True)
            expect(drawn.first).to_be_visible()
        self.reads("aside", "Nothing to do: every connection works.")


@pytest.fixture
def learner(page: Page, live_server, tmp_path: Path) -> Learner:
    return Learner(page, live_server.url, tmp_path)


@pytest.fixture
def learner_without_scripts(browser: Browser, live_server, tmp_path: Path) -> Iterator[Learner]:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    yield Learner(context.new_page(), live_server.url, tmp_path)
    context.close()


# --- The rows ---------------------------------------------------------------------------------------------


def running(node: Node) -> CertificateFacts:
    row = Installation.objects.get(slot__node=node, slot__name="server", is_running=True)
    return decode_certificate(bytes(row.certificate.der))


def edge_and_control(lab: Lab) -> tuple[Node, Node]:
    return lab.nodes.get(kind=Node.Kind.EXPRESSWAY_E), lab.nodes.get(kind=Node.Kind.EXPRESSWAY_C)


# --- The steps --------------------------------------------------------------------------------------------


def makes_a_lab_in_which_everything_works(learner: Learner, owner: User) -> Lab:
    learner.sign_in(owner)
    learner.page.get_by_role("link", name=re.compile("^Practise")).click()
    learner.page.get_by_label("Everything works", exact=True).check()
    learner.page.get_by_label("Name", exact=True).fill("Renewal")
    learner.press("Make the lab")
    expect(learner.page.get_by_role("heading", level=1)).to_have_text("Renewal")
    learner.sees_that_all_works()
    learner.picture("renewal-01-overview")
    return owner.labs.get()


def generates_a_request(learner: Learner, edge: Node) -> Path:
    """With every name of the loaded certificate, which nobody typed. Out: the file of the request."""
    loaded = running(edge)
    learner.server_certificate("exp-e1")
    learner.follow("Generate CSR")
    for name in loaded.san_dns:
        learner.reads("#alternative-appears", f"DNS:{name}")
    for label, text in (
        ("Country", "GB"),
        ("State or province", "London"),
        ("Organization \\(company", "Example"),
    ):
        learner.page.get_by_label(re.compile(rf"^\s*{label}")).fill(text)
    learner.page.get_by_label("Key length (in bits)").select_option("2048")
    learner.picture("renewal-02-generate-csr")
    learner.press("Generate CSR")
    learner.reads(".bar.ok", "was generated")
    learner.picture("renewal-03-request-pending")
    request_fields = learner.page.locator("form", has_text="Certificate request")
    decoded = learner.read_tab(request_fields, "Show (decoded)")
    file = learner.save("Download")
    request = x509.load_pem_x509_csr(file.read_bytes())
    names = request.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert request.is_signature_valid
    assert set(loaded.san_dns) <= set(names.get_values_for_type(x509.DNSName))
    assert all(f"DNS:{name}" in decoded for name in loaded.san_dns)
    assert running(edge).sha256 == loaded.sha256, "a request leaves what runs alone"
    return file


def has_it_signed(learner: Learner, ca: str) -> None:
    """By a CA that nobody in the lab knows yet."""
    learner.follow("training CA", "aside")
    choices = learner.page.get_by_label("Issuing CA").first
    choices.select_option(label=choices.locator("option", has_text=ca).inner_text())
    learner.picture("renewal-04-training-ca")
    learner.press("Sign$")
    learner.reads(".bar.ok", "Issued: exp-e1.example.com")
    learner.page.locator("#issued tbody summary").first.click()
    learner.picture("renewal-05-issued")


def restarts(learner: Learner) -> None:
    """What waits for the restart is told; the alarm says it as well."""
    learner.page.locator(".boxhead .alarm").click()
    learner.reads("tbody", RESTART_REQUIRED)
    learner.picture("renewal-10-alarm")
    learner.open_from_menu("Maintenance", "Server certificate")
    learner.page.locator(".bars").get_by_role("link", name=re.compile("^restart")).click()
    learner.press("Restart")
    learner.picture("renewal-11-restart-asks")
    learner.answer("Restart")
    learner.reads("main", "Restarting")


def jabber_is_asked_and_trusts_the_root(learner: Learner) -> None:
    """The computer outside does not know the new CA: a person is asked, and one button cures it."""
    learner.follow("Overview", ".servers")
    learner.reads(".causes", "The client does not trust the certificate of exp-e1.example.com")
    learner.picture("renewal-13-jabber-warns")
    learner.page.locator(".servers").get_by_role("link", name=re.compile("Jabber")).click()
    learner.press("Sign in( again)?$")
    learner.reads("main", "could not be verified")
    learner.picture("renewal-14-jabber-asks")
    learner.press("Trust the root of exp-e1's chain")
    learner.press("Sign in( again)?$")
    learner.reads("main", "You are signed in")
    expect(learner.page.get_by_role("group", name="Question of the client")).to_have_count(0)


def sees_what_runs(learner: Learner, lab: Lab, before: CertificateFacts) -> None:
    """The new certificate, by its serial number, on the page and in the rows."""
    edge, control = edge_and_control(lab)
    issued = Issued.objects.get(lab=lab).certificate.facts["serial"]
    assert running(edge).serial == issued != before.serial
    assert SigningRequest.objects.get(slot__node=edge).state == "used"
    learner.server_certificate("exp-e1")
    fields = learner.page.locator("form", has_text="Currently loaded certificate")
    text = learner.read_tab(fields, "Show (decoded)").replace(":", "").lower()
    assert issued.lower() in text
    assert before.serial.lower() not in text
    cas = Issued.objects.get(lab=lab).ca.certificate
    for node in (edge, control):
        assert TrustEntry.objects.filter(store__node=node, store__name="ca", certificate=cas).exists()


def is_refused(learner: Learner, file: Path, reason: str) -> None:
    learner.uploads(file)
    learner.reads(".bar.bad", "File upload failed.")
    learner.reads("aside", reason)


def unpacked_into(folder: Path, archive: Path) -> None:
    for name, content in unpacked(archive.read_bytes()).items():
        (folder / name).write_bytes(content)


def cas_in(folder: Path) -> list[Path]:
    return [*sorted(folder.glob("issuing-ca-*.pem")), folder / "root-ca.pem"]


# --- The ways ---------------------------------------------------------------------------------------------


def test_a_renewal_from_the_sign_in_to_the_restart(learner: Learner, owner: User, pooled_keys):
    lab = makes_a_lab_in_which_everything_works(learner, owner)
    edge, _ = edge_and_control(lab)
    before = running(edge)
    generates_a_request(learner, edge)
    has_it_signed(learner, "public-looking, issuing CA 2")
    p7b = learner.save("All in PKCS#7, binary (.p7b)")
    unpacked_into(learner.folder, learner.save("All in a zip, honestly named"))
    leaf, cas = learner.folder / "server-certificate.pem", cas_in(learner.folder)

    learner.server_certificate("exp-e1")
    is_refused(learner, p7b, "PKCS")
    learner.picture("renewal-06-refused-format")
    is_refused(learner, leaf, "Issuing CA 2")
    learner.picture("renewal-07-refused-chain")
    assert running(edge).sha256 == before.sha256
    learner.open_from_menu("Maintenance", "Trusted CA certificate")
    learner.appends(*cas)
    learner.picture("renewal-08-appended")
    learner.tab("exp-c1")
    learner.appends(*cas)

    learner.server_certificate("exp-e1")
    learner.uploads(leaf)
    learner.reads(".bar.ok", "restart is required")
    learner.picture("renewal-09-accepted")
    assert running(edge).sha256 == before.sha256, "until the restart callers see the old one"
    restarts(learner)
    learner.page.wait_for_url(re.compile(r"/server-certificate/"), timeout=15_000)  # by itself
    learner.picture("renewal-12-restarted")
    jabber_is_asked_and_trusts_the_root(learner)
    learner.sees_that_all_works()
    learner.picture("renewal-15-all-works")
    sees_what_runs(learner, lab, before)
    assert csp_violations(learner.page) == []
    assert foreign_requests(learner.page) == []


def test_the_same_without_scripts(learner_without_scripts: Learner, owner: User, pooled_keys):
    learner = learner_without_scripts
    lab = makes_a_lab_in_which_everything_works(learner, owner)
    edge, _ = edge_and_control(lab)
    before = running(edge)
    pasted = generates_a_request(learner, edge).read_text()
    learner.follow("training CA", "aside")
    sign = learner.page.locator("#sign")
    sign.get_by_label("Pending request of").select_option(label="(none: a file or text)")
    sign.get_by_label("Or its text").fill(pasted)
    learner.press("Sign$")
    learner.page.locator("#issued tbody summary").first.click()
    leaf, cas = (learner.save(name) for name in ("Certificate, Base-64 (.pem)", "Its CAs, Base-64 (.pem)"))

    learner.server_certificate("exp-e1")
    is_refused(learner, leaf, "Issuing CA 1")
    for host in ("exp-e1", "exp-c1"):
        learner.tab(host)
        learner.appends(cas)
    learner.server_certificate("exp-e1")
    learner.uploads(leaf)
    learner.reads(".bar.ok", "restart is required")
    restarts(learner)
    learner.follow("Skip (our wording)")
    jabber_is_asked_and_trusts_the_root(learner)
    learner.sees_that_all_works()
    sees_what_runs(learner, lab, before)
