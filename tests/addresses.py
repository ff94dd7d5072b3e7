"""Every URL of the project, with the other's lab in it: for the stranger, and for who walks every page.

A URL without a line here fails, so that no page can be added without its stranger.
"""

from dataclasses import dataclass
from uuid import uuid4

from django.urls import URLPattern, get_resolver, reverse

from certstore.actions import labs
from certstore.models import CucmServer, Node, TrustEntry
from tests.labs import FilledLab
from tests.planning import short_plan

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


def complete(filled: FilledLab) -> FilledLab:
    """Its release is the newest, which has a page more than the others; it has a plan."""
    labs.set_release(filled.lab.pk, "X15.5")
    short_plan(filled.lab)
    return filled
