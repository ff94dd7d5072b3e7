"""A stranger is in every test: every URL, every method, as a page and as a fragment, with the other lab filled.

A URL without a line in `ADDRESSES` fails, so that no page can be added without its stranger.
"""

from dataclasses import dataclass
from itertools import product
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from certstore.actions import labs, points
from certstore.models import CucmServer, Event, Node, TrustEntry
from tests.labs import FilledLab, fill_lab, lab_state
from tests.planning import short_plan

METHODS = ["get", "head", "post", "put", "patch", "delete", "options"]
HTMX = {"HX-Request": "true"}
# As a page every method; as a fragment those that htmx sends, for the header makes no other door.
ASKED = [*product(METHODS, [{}]), *product(["get", "post"], [HTMX])]
NAMED = [f"{method}-{'fragment' if headers else 'page'}" for method, headers in ASKED]

# Pages that belong to nobody: what a stranger may see is the same for everyone.
PUBLIC = {
    "healthz",
    "readyz",
    "sign-in",
    "sign-out",
    "account",
    "enter",
    "evidence",
    "releases",
    "client-auth",
    "look-up",
    "look-up-entry",
    "labs",
    "home",
    # Reports about real servers have no lab; tests/views/test_box_reports.py holds who may read them.
    "box-report",
    "box-reports",
    "box-report-done",
    "check-files",
    "check-files-part",
    "check-files-ticket",
    "check-files-lab",
    "from-servers",
    "from-servers-lab",
    "help",
    "picture",
    "picture-seen",
    "glossary",
    "lab-import",
    # Whoever has the address of a link may read; tests/views/test_sharing.py holds what, and how long.
    "shared",
    "shared-ticket",
    "shared-copy",
}
LAB = {
    "lab",
    "lab-links",
    "lab-settings",
    "lab-time",
    "lab-try",
    "lab-files",
    "lab-history",
    "lab-delete",
    "lab-reset",
    "lab-settings-name",
    "lab-settings-release",
    "lab-settings-judging",
    "lab-settings-switches",
    "lab-settings-servers",
    "lab-settings-keep",
    "lab-settings-explanations",
    "start-here",
    "start-here-answer",
    "start-here-hide",
    "start-here-show",
    "lab-duplicate",
    "lab-export",
    "lab-check-after",
    "lab-names",
    "lab-points",
    "lab-points-compare",
    "lab-points-keep",
    "lab-plan",
    "lab-plan-make",
    "training-ca",
    "training-ca-make",
    "training-ca-sign",
    "training-ca-practice",
    "services-add",
    "services-remove",
    "jabber",
    "jabber-upload",
    "jabber-delete",
    "jabber-settings",
    "lab-settings-sending",
    "lab-settings-origin",
    "lab-dns",
    "lab-dns-answer",
    "lab-dns-right",
}
# Of a Unified CM: its lab and itself stand in the address.
CUCM = {
    "unified-cm",
    "unified-cm-upload",
    "unified-cm-delete",
    "unified-cm-change",
    "unified-cm-services",
    "unified-cm-settings",
}
NODE = {
    "trusted-ca",
    "trusted-ca-append",
    "trusted-ca-delete",
    "trusted-ca-reset",
    "trusted-ca-decoded",
    "trusted-ca-pem",
    "server-certificate",
    "server-certificate-upload",
    "server-certificate-reset",
    "server-certificate-decoded",
    "server-certificate-pem",
    "csr",
    "csr-preview",
    "csr-generate",
    "csr-discard",
    "csr-import",
    "csr-decoded",
    "csr-pem",
    "csr-download",
    "client-csr",
    "client-csr-preview",
    "client-csr-generate",
    "client-csr-discard",
    "client-csr-import",
    "client-csr-decoded",
    "client-csr-pem",
    "client-csr-download",
    "restart",
    "restarting",
    "alarms",
    "zones",
    "zone",
    "zone-new",
    "zone-credential",
    "zone-delete",
    "clustering",
    "clustering-make",
    "clustering-add",
    "clustering-remove",
    "clustering-primary",
    "clustering-dissolve",
    "clustering-map",
    "clustering-unmap",
    "dns",
    "administration",
    "sip",
    "ssh-configuration",
    "ssh-configuration-reset",
    "server-certificate-acme",
    "client-certificate",
    "client-certificate-upload",
    "client-certificate-reset",
    "client-certificate-decoded",
    "client-certificate-pem",
    "client-certificate-testing",
    "crl-management",
    "crl-upload",
    "crl-remove",
}
# On the Expressway-C alone.
CONTROL = {
    "unified-cm-servers",
    "unified-cm-server-new",
    "unified-cm-server-refresh",
    "unified-cm-server-delete",
    "alarms-acknowledge",
    "status-overview",
    "zones-status",
    "uc-status",
    "tunnels-status",
    "event-log",
    "diagnostics",
    "diagnostic-log",
}


@dataclass(frozen=True)
class Address:
    """A URL of the other's lab, and the same with an id that never was."""

    name: str
    theirs: str
    nobodys: str


def names_of_all_urls() -> set[str]:
    def walk(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield pattern.name
            else:
                yield from walk(pattern.url_patterns)

    return set(walk(get_resolver().url_patterns))


def addresses(other: FilledLab) -> list[Address]:
    """Every URL that leads to something of a lab."""
    lab, node, gone = other.lab.pk, other.node.pk, uuid4()
    found = [Address(name, reverse(name, args=[lab]), reverse(name, args=[gone])) for name in sorted(LAB)]
    found += [Address(name, reverse(name, args=[node]), reverse(name, args=[gone])) for name in sorted(NODE)]
    control = other.lab.nodes.get(kind=Node.Kind.EXPRESSWAY_C).pk
    found += [
        Address(name, reverse(name, args=[control]), reverse(name, args=[gone])) for name in sorted(CONTROL)
    ]
    entry, cucm = other.entry.pk, other.cucm.pk
    known = CucmServer.objects.get(node=control).pk
    of_cucm, of_client = row_of(other.cucm), row_of(other.lab.nodes.get(kind=Node.Kind.JABBER))
    control = other.lab.nodes.get(kind=Node.Kind.EXPRESSWAY_C).pk
    pairs = [
        ("secure-traversal-test", [control], [gone]),
        *((name, [lab, cucm], [gone, cucm]) for name in sorted(CUCM)),
        ("unified-cm-certificate", [lab, cucm, "tomcat"], [gone, cucm, "tomcat"]),
        ("unified-cm-certificate-pem", [lab, cucm, "tomcat"], [gone, cucm, "tomcat"]),
        ("unified-cm-list", [lab, cucm, "tomcat"], [gone, cucm, "tomcat"]),
        ("unified-cm-entry", [lab, cucm, of_cucm], [gone, cucm, of_cucm]),
        ("jabber-trust", [lab, node], [gone, node]),
        ("jabber-entry", [lab, of_client], [gone, of_client]),
        ("unified-cm-server", [control, known], [gone, known]),
        ("trusted-ca-entry", [node, entry], [gone, entry]),
        ("server-command", [node, "eku-checking"], [gone, "eku-checking"]),
        ("not-simulated", [node, "ciphers"], [gone, "ciphers"]),
        ("try-on-lab", [lab, "release"], [gone, "release"]),
        ("try-on-server", [node, "append"], [gone, "append"]),
        ("try-on-service", [lab, cucm, "cucm-services"], [gone, cucm, "cucm-services"]),
        ("lab-file", [lab, other.file.name], [gone, other.file.name]),
        ("lab-link-revoke", [lab, other.link.pk], [gone, other.link.pk]),
        ("certificate-window", [lab, other.file.name], [gone, other.file.name]),
        ("certificate-window-file", [lab, other.file.name], [gone, other.file.name]),
        ("attempt-window", [lab, other.attempt.pk, 1], [gone, other.attempt.pk, 1]),
        ("attempt-window-file", [lab, other.attempt.pk, 1], [gone, other.attempt.pk, 1]),
        ("attempt", [lab, other.attempt.pk], [gone, other.attempt.pk]),
        ("attempt-ticket", [lab, other.attempt.pk], [gone, other.attempt.pk]),
        ("attempt-certificates", [lab, other.attempt.pk], [gone, other.attempt.pk]),
        ("attempt-certificate", [lab, other.attempt.pk, 1], [gone, other.attempt.pk, 1]),
    ]
    issued, ca = other.issued.pk, other.issued.ca_id
    pairs += [
        ("training-ca-issue", [lab, node], [gone, node]),
        ("training-ca-practice-file", [lab, node, "pfx"], [gone, node, "pfx"]),
        ("training-ca-revoke", [lab, issued], [gone, issued]),
        ("training-ca-issued", [lab, issued, "files.zip"], [gone, issued, "files.zip"]),
        ("training-ca-file", [lab, ca, "revocation-list.pem"], [gone, ca, "revocation-list.pem"]),
    ]
    control = other.lab.nodes.get(kind=Node.Kind.EXPRESSWAY_C).pk
    pairs += [
        (name, [lab, "zone", control, node], [gone, "zone", control, node])
        for name in ("connection", "connection-ticket")
    ]
    point = other.lab.restore_points.first().number
    pairs += [
        (name, [lab, point], [gone, point])
        for name in ("lab-point-restore", "lab-point-name", "lab-point-delete")
    ]
    pairs += [(name, [lab, 1], [gone, 1]) for name in ("lab-plan-made", "lab-plan-text", "lab-plan-delete")]
    pairs += [(name, [lab, 1, 1], [gone, 1, 1]) for name in ("lab-plan-tick", "lab-plan-file")]
    return found + [Address(n, reverse(n, args=a), reverse(n, args=b)) for n, a, b in pairs]


def row_of(node: Node) -> int:
    """A row of one of a server's lists that a page shows."""
    entries = TrustEntry.objects.filter(store__node=node, store__name__in=("tomcat", "client-os"))
    return entries.values_list("pk", flat=True)[0]


def with_every_page(filled: FilledLab) -> FilledLab:
    """Its release is the newest, which has a page more than the others; it has a plan."""
    labs.set_release(filled.lab.pk, "X15.5")
    short_plan(filled.lab)
    return filled


@pytest.fixture
def other(db) -> FilledLab:
    return with_every_page(fill_lab("victim"))


@pytest.fixture
def mine(db) -> FilledLab:
    return with_every_page(fill_lab("stranger"))


def test_every_url_has_its_stranger(other):
    covered = {address.name for address in addresses(other)} | PUBLIC
    assert names_of_all_urls() == covered


@pytest.mark.parametrize(("method", "headers"), ASKED, ids=NAMED)
def test_a_stranger_gets_the_same_as_for_what_never_was(other, mine, method, headers):
    client = Client(headers=headers)
    client.force_login(mine.owner)
    before = lab_state(other.lab)
    for address in addresses(other):
        theirs = getattr(client, method)(address.theirs)
        nobodys = getattr(client, method)(address.nobodys)
        assert theirs.status_code == nobodys.status_code, address.name
        assert theirs.status_code in (404, 405), f"{method} {address.name}: {theirs.status_code}"
        assert without_request_id(theirs) == without_request_id(nobodys), address.name
    assert lab_state(other.lab) == before


@pytest.mark.parametrize(("method", "headers"), ASKED, ids=NAMED)
def test_nobody_signed_in_is_sent_to_sign_in_whatever_is_asked_for(other, method, headers):
    client = Client(headers=headers)
    before = lab_state(other.lab)
    for address in addresses(other):
        answer = getattr(client, method)(address.theirs)
        to_sign_in = answer.status_code == 302 and answer["Location"].startswith(reverse("sign-in"))
        by_htmx = answer.status_code in (200, 204) and answer.get("HX-Redirect", "").startswith(
            reverse("sign-in")
        )
        assert to_sign_in or by_htmx, f"{method} {address.name}: {answer.status_code}"
        assert other.lab.name.encode() not in answer.content
    assert lab_state(other.lab) == before


def test_the_owner_does_reach_every_page(other):
    client = Client()
    client.force_login(other.owner)
    for address in addresses(other):
        query = {"before": "now", "after": "now"} if address.name == "lab-points-compare" else {}
        answer = client.get(address.theirs, query, follow=True)
        assert answer.status_code == 200, address.name


def test_a_strangers_pages_never_name_what_is_in_the_other_lab(other, mine):
    client = Client()
    client.force_login(mine.owner)
    secrets = [other.lab.name, str(other.lab.pk), str(other.node.pk), other.attempt.file_name]
    ours = ("home", "labs", "account", "evidence", "help", "picture", "glossary")
    for address in [*addresses(mine), *(Address(name, reverse(name), "") for name in ours)]:
        body = client.get(address.theirs, follow=True).content.decode(errors="replace")
        assert not [secret for secret in secrets if secret in body], address.name


def test_a_row_of_the_other_list_is_no_row_of_mine(other, mine):
    client = Client()
    client.force_login(mine.owner)
    assert client.get(reverse("trusted-ca-entry", args=[mine.node.pk, other.entry.pk])).status_code == 404
    data = {"entry": [other.entry.pk], "confirmed": "1"}
    client.post(reverse("trusted-ca-delete", args=[mine.node.pk]), data)
    assert TrustEntry.objects.filter(pk=other.entry.pk).exists()


def test_servers_of_the_other_lab_have_no_connection_in_mine(other, mine):
    client = Client()
    client.force_login(mine.owner)
    control = other.lab.nodes.get(kind=Node.Kind.EXPRESSWAY_C).pk
    for name in ("connection", "connection-ticket"):
        address = reverse(name, args=[mine.lab.pk, "zone", control, other.node.pk])
        assert client.get(address).status_code == 404


def test_unified_cm_and_jabber_of_the_other_lab_are_none_of_mine(other, mine):
    client = Client()
    client.force_login(mine.owner)
    before = lab_state(other.lab)
    for name in sorted(CUCM):
        answer = client.post(reverse(name, args=[mine.lab.pk, other.cucm.pk]))
        assert answer.status_code == (405 if name == "unified-cm" else 404), name
    theirs, mine_too = row_of(other.cucm), [mine.lab.pk, mine.cucm.pk]
    assert client.get(reverse("unified-cm-entry", args=[*mine_too, theirs])).status_code == 404
    assert client.post(reverse("jabber-trust", args=[mine.lab.pk, other.node.pk])).status_code == 404
    data = {"entry": [theirs], "confirmed": "1"}
    client.post(reverse("unified-cm-delete", args=mine_too), data)
    client.post(reverse("jabber-delete", args=[mine.lab.pk]), data)
    assert lab_state(other.lab) == before


def test_a_restore_point_of_the_other_lab_is_no_point_of_mine(other, mine):
    client = Client()
    client.force_login(mine.owner)
    points.keep(other.lab.pk, "theirs alone")
    theirs = other.lab.restore_points.first().number
    before = lab_state(other.lab)
    assert not mine.lab.restore_points.filter(number=theirs)
    for name in ("lab-point-restore", "lab-point-name", "lab-point-delete"):
        address = reverse(name, args=[mine.lab.pk, theirs])
        assert client.get(address).status_code == 404
        assert client.post(address, {"name": "x"}).status_code == 404
    compare = reverse("lab-points-compare", args=[mine.lab.pk])
    assert client.get(compare, {"before": theirs, "after": "now"}).status_code == 422
    assert b"theirs alone" not in client.get(reverse("lab-points", args=[mine.lab.pk])).content
    assert lab_state(other.lab) == before


def test_a_training_ca_of_the_other_lab_is_none_of_mine(other, mine):
    client = Client()
    client.force_login(mine.owner)
    before = lab_state(other.lab)
    theirs, own = other.issued, mine.lab.pk
    for form in ("files.zip", "certificate.pem"):
        assert client.get(reverse("training-ca-issued", args=[own, theirs.pk, form])).status_code == 404
    for form in ("ca.pem", "revocation-list.pem"):
        assert client.get(reverse("training-ca-file", args=[own, theirs.ca_id, form])).status_code == 404
    assert client.post(reverse("training-ca-revoke", args=[own, theirs.pk])).status_code == 404
    issue = reverse("training-ca-issue", args=[own, other.node.pk])
    assert client.post(issue, {"common_name": "a.example.com"}).status_code == 404
    assert (
        client.get(reverse("training-ca-practice-file", args=[own, other.node.pk, "pfx"])).status_code == 404
    )
    asked = {"server": str(other.node.pk), "fault": "der"}
    assert client.post(reverse("training-ca-practice", args=[own]), asked).status_code == 422
    assert other.lab.issued.get().revoked_at == ""
    assert lab_state(other.lab) == before


def test_an_attempt_of_the_other_lab_is_no_attempt_of_mine(other, mine):
    client = Client()
    client.force_login(mine.owner)
    for name in ("attempt", "attempt-ticket", "attempt-certificates"):
        assert client.get(reverse(name, args=[mine.lab.pk, other.attempt.pk])).status_code == 404
    page = client.get(reverse("trusted-ca", args=[mine.node.pk]), {"attempt": str(other.attempt.pk)})
    assert other.attempt.file_name.encode() not in page.content
    last = Event.objects.filter(lab=other.lab).first()
    assert client.get(reverse("trusted-ca", args=[mine.node.pk]), {"event": last.seq}).status_code == 200


def without_request_id(answer) -> bytes:
    """The body without what differs between any two answers."""
    body = answer.content
    request_id = answer.get("X-Request-Id", "")
    return body.replace(request_id.encode(), b"") if request_id else body
