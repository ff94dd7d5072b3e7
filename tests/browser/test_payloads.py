"""Names that are mark-up, scripts or htmx: shown as text everywhere, run nowhere."""

from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Dialog, Page

from certstore.actions import crl_management, dns, jabber, labs, points, unified_cm, zones
from certstore.actions.people import set_staff
from certstore.actions.reports import send_report
from certstore.actions.sharing import make_link
from certstore.actions.trusted_ca import append
from certstore.models import CucmServer, Node, ShareLink, StoreName, TrustEntry, User, Zone
from certstore.pki.decode import pem_text
from certstore.pki.dns import Question, RecordType
from certstore.pki.forge import authority, crl
from tests import keyring
from tests.browser.browser import csp_violations, foreign_requests
from tests.labs import FilledLab, connection_pages, content_of, fill_lab, tried
from tests.needs import needs_chromium
from tests.pages import with_every_page
from tests.planning import short_plan
from tests.poison import script_payloads
from tests.working import set_peer

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.django_db(transaction=True)]

MARK_UP = (
    '"><img src=x onerror="window.ran=1"><div hx-get="/injected" hx-trigger="load">'
    "<script>window.ran=1</script>{{ 7|add:7 }}"
)


BEGIN_END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
PAYLOADS = list(script_payloads())


def as_pem(der: bytes) -> bytes:
    return pem_text(der).encode()


@pytest.fixture
def named():
    """A lab and its owner, both named like an attack."""
    named = fill_lab("ann")
    labs.rename(named.lab.pk, MARK_UP[:120])
    User.objects.filter(pk=named.owner.pk).update(username=MARK_UP[:150].casefold())
    named.owner.refresh_from_db()
    return named


@pytest.fixture
def filled(named: FilledLab, client: Client):
    """A lab in which everything that can be named is named like an attack."""
    filled = named
    set_staff(filled.owner, is_staff=True)
    send_report(filled.owner, MARK_UP[:60], MARK_UP, MARK_UP, MARK_UP[:40], "")
    for name, der in PAYLOADS:
        append(filled.node, tried(as_pem(der), f"{name} {MARK_UP}"), filled.owner)
    for name, der in PAYLOADS:
        unified_cm.upload(filled.cucm, StoreName.TOMCAT, tried(der, f"{name} {MARK_UP}"))
        jabber.upload(filled.lab.nodes.get(kind=Node.Kind.JABBER), tried(der, f"{name} {MARK_UP}"))
    points.keep(filled.lab.pk, MARK_UP[:120])
    for node in filled.lab.expressways:
        is_client = node.kind == Node.Kind.EXPRESSWAY_C
        plan = zones.ZonePlan(
            name=MARK_UP[:50],
            username=MARK_UP[:128],
            password="",
            sip_port=7001,
            peers=(MARK_UP[:200], "192.0.2.1") if is_client else (),
            verify_subject_name="" if is_client else MARK_UP[:128],
        )
        zones.save(node, plan)
    dns.answer(filled.lab.pk, Question.of(RecordType.SRV, MARK_UP), [MARK_UP])
    CucmServer.objects.update(publisher_address=MARK_UP[:200], username=MARK_UP[:128], known_as=MARK_UP[:200])
    Zone.objects.filter(node__lab=filled.lab).update(name=MARK_UP[:50], verify_subject_name=MARK_UP[:120])
    set_peer(filled.lab, MARK_UP[:120])
    client.force_login(filled.owner)
    comment = MARK_UP.encode() + b"\n" + content_of(filled.lab, "exp-e1.cer")
    for data in (comment, as_pem(PAYLOADS[0][1])):
        upload = {"certificate": SimpleUploadedFile(MARK_UP, data)}
        client.post(reverse("server-certificate-upload", args=[filled.node.pk]), upload)
    labs.set_release(filled.lab.pk, "X15.5")  # which has a page more
    short_plan(filled.lab, MARK_UP, MARK_UP)
    lists = crl.revocation_list(
        authority.root(MARK_UP[:60], keyring.rsa_key("crl"), *BEGIN_END), [], *BEGIN_END
    )
    crl_management.upload(filled.node, tried(crl.as_pem(lists), MARK_UP))
    return filled


def pages_of(filled) -> list[str]:
    node, lab = [filled.node.pk], [filled.lab.pk]
    newest = filled.lab.attempts.first()
    found = [
        reverse("home"),
        reverse("labs"),
        reverse("account"),
        reverse("client-auth"),
        reverse("check-files"),
        reverse("from-servers"),
    ]
    found += [reverse("releases") + f"?lab={filled.lab.pk}"]
    found += [reverse("box-reports"), reverse("lab-try", args=lab)]
    found += [reverse("lab-plan", args=lab), reverse("lab-plan-made", args=[*lab, 1])]
    found += [reverse("evidence") + "?q=%3Cimg+src%3Dx+onerror%3Dwindow.ran%3D1%3E"]
    found += [reverse("look-up") + f"?q={quote('certificate ' + MARK_UP)}"]
    found += [reverse(n, args=lab) for n in ("lab-points", "lab-duplicate", "training-ca", "lab-check-after")]
    control = [filled.lab.nodes.get(kind="expressway-c").pk]
    found += [reverse(n, args=args) for n in ("zones", "zone") for args in (node, control)]
    found += [reverse(n, args=control) for n in ("unified-cm-servers", "unified-cm-server-new")]
    found += [reverse("unified-cm-server", args=[*control, CucmServer.objects.get(node=control[0]).pk])]
    found += [
        reverse(n, args=node) for n in ("dns", "clustering", "administration", "sip", "ssh-configuration")
    ]
    found += [
        reverse(n, args=node)
        for n in ("client-certificate", "client-csr", "client-certificate-testing", "crl-management")
    ]
    found += [reverse("lab-names", args=lab) + f"?domains={quote(MARK_UP)}&meetings=join.example.com"]
    found += [reverse("lab-dns", args=lab) + f"?type=SRV&name={quote(MARK_UP)}"]
    for point in (filled.lab.restore_points.first().number, filled.lab.restore_points.last().number):
        found += [reverse(n, args=[*lab, point]) for n in ("lab-point-restore", "lab-point-delete")]
        found += [reverse("lab-points-compare", args=lab) + f"?before={point}&after=now"]
    found += connection_pages(filled.lab)
    found += [reverse("lab-links", args=lab), reverse("shared", args=[filled.token])]
    for redacted in (False, True):
        token = make_link(filled.lab.pk, ShareLink.Kind.LAB, redacted=redacted)
        found += [reverse("shared", args=[token])]
    found += [reverse(n, args=lab) for n in ("lab", "lab-settings", "lab-time", "lab-files", "lab-history")]
    found += [
        reverse(n, args=node)
        for n in ("trusted-ca", "trusted-ca-decoded", "server-certificate", "csr", "alarms")
    ]
    names = ("status-overview", "zones-status", "uc-status", "tunnels-status", "event-log", "diagnostics")
    for server in filled.lab.expressways:
        found += [reverse(n, args=[server.pk]) for n in (*names, "alarms")]
    found += [reverse("event-log", args=node) + f"?q={quote(MARK_UP[:90])}"]
    found += [reverse("trusted-ca", args=node) + "?q=%3Cimg+src%3Dx+onerror%3Dwindow.ran%3D1%3E"]
    found += [reverse("server-certificate", args=node) + f"?attempt={newest.pk}"]
    found += [reverse("attempt", args=[*lab, attempt.pk]) for attempt in filled.lab.attempts.all()[:12]]
    cucm = [*lab, filled.cucm.pk]
    found += [reverse("unified-cm", args=cucm), reverse("jabber", args=lab) + "?signed-in=1"]
    rows = TrustEntry.objects.filter(store__node=filled.cucm, store__name="tomcat").order_by("-pk")[:3]
    found += [reverse("unified-cm-entry", args=[*cucm, row.pk]) for row in rows]
    entries = TrustEntry.objects.filter(store__node=filled.node).order_by("-pk")[:10]
    return found + [reverse("trusted-ca-entry", args=[*node, entry.pk]) for entry in entries]


def test_nothing_of_a_name_runs_loads_or_asks(page: Page, live_server, signed_in, filled):
    assert TrustEntry.objects.filter(store__node=filled.node).count() > 30, "the payloads are in the list"
    signed_in(filled.owner, live_server.url)
    dialogs, asked = [], []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    page.on("request", lambda request: asked.append(request.url))
    for address in with_every_page(filled, pages_of(filled)):
        page.goto(live_server.url + address)
        page.wait_for_timeout(30)
        assert page.evaluate("window.ran") is None, address
        assert page.locator("main img, main script, main iframe, main div[hx-get='/injected']").count() == 0
    assert dialogs == []
    assert csp_violations(page) == []
    assert foreign_requests(page) == []
    assert [url for url in asked if urlsplit(url).path in ("/injected", "/x") or url.endswith("/x")] == []


def test_nor_in_the_fragment_that_htmx_puts_into_the_page(page: Page, live_server, signed_in, named):
    signed_in(named.owner, live_server.url)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(live_server.url + reverse("server-certificate", args=[named.node.pk]))
    hostile = {"name": MARK_UP, "mimeType": "x/y", "buffer": as_pem(PAYLOADS[0][1])}
    page.set_input_files("#certificate", hostile)
    page.get_by_role("button", name="Upload server certificate data").click()
    page.locator(".bar.bad").wait_for()
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    assert [url for url in asked if urlsplit(url).path == "/injected"] == []
    assert csp_violations(page) == []


def test_nor_on_the_page_of_checked_files(page: Page, live_server, signed_in, named):
    signed_in(named.owner, live_server.url)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(live_server.url + reverse("check-files"))
    hostile = [
        {"name": f"{number} {MARK_UP}", "mimeType": "x/y", "buffer": der if number % 2 else as_pem(der)}
        for number, (_, der) in enumerate(PAYLOADS[:45])
    ]
    page.set_input_files("#files", hostile)
    page.get_by_label("Or paste text").fill(MARK_UP)
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("heading", name="Checked files").wait_for()
    page.evaluate("for (const closed of document.querySelectorAll('details')) closed.open = true")
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    assert page.locator("main img, main script, main iframe, main div[hx-get='/injected']").count() == 0
    assert [url for url in asked if urlsplit(url).path in ("/injected", "/x") or url.endswith("/x")] == []
    assert csp_violations(page) == []
    assert foreign_requests(page) == []


def test_the_test_can_fail_mark_up_that_is_not_escaped_asks_unless_htmx_is_switched_off_round_it(
    page: Page, live_server, signed_in, named
):
    signed_in(named.owner, live_server.url)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(live_server.url + reverse("trusted-ca", args=[named.node.pk]))
    inject = """(inside) => {
      const box = inside ? document.querySelector(".tablebox[hx-disable]") : document.querySelector(".boxbody");
      box.insertAdjacentHTML("beforeend", '<div hx-get="/injected" hx-trigger="load"></div>');
      htmx.process(document.body);
    }"""
    page.evaluate(inject, True)
    page.wait_for_timeout(200)
    assert [url for url in asked if urlsplit(url).path == "/injected"] == []
    page.evaluate(inject, False)
    page.wait_for_timeout(300)
    assert [url for url in asked if urlsplit(url).path == "/injected"] != []
