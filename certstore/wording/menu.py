"""The appliance's menu: its items, what they are called, and which of them are simulated.

The names stand in the guides; their order is remembered or sensible, for no document gives it. Where the guides
that were read name no page below a heading, the heading itself leads to the honest page.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from certstore.wording.evidence import Sentence
from certstore.wording.sources import recalled, seen, seen_in


@dataclass(frozen=True, slots=True)
class Entry:
    """One item: its slug, the name of its page's URL ("" when it is not simulated), and what is below it."""

    slug: str
    url_name: str = ""
    only_on: str = ""  # "expressway-c" or "expressway-e"; "" for both
    below: tuple["Entry", ...] = ()
    only_with_client_store: bool = False  # in releases that have a client certificate


_SECURITY = (
    Entry("trusted-ca", "trusted-ca"),
    Entry("server-certificate", "server-certificate"),
    Entry("client-certificate", "client-certificate", only_with_client_store=True),
    Entry("domain-certificates", only_on="expressway-e"),
    Entry("crl-management", "crl-management"),
    Entry("client-certificate-testing", "client-certificate-testing"),
    Entry("certificate-based-authentication"),
    Entry("secure-traversal-test", "secure-traversal-test", only_on="expressway-c"),
    Entry("ciphers"),
    Entry("ssh-configuration", "ssh-configuration"),
    Entry("hsm-configuration"),
)

MENU: tuple[Entry, ...] = (
    Entry(
        "status",
        below=(
            Entry("overview", "status-overview"),
            Entry("zones-status", "zones-status"),
            Entry("unified-communications-status", "uc-status"),
            Entry("alarms", "alarms"),
            Entry("logs", below=(Entry("event-log", "event-log"),)),
        ),
    ),
    Entry(
        "system",
        below=(
            Entry("administration", "administration"),
            Entry("dns", "dns"),
            Entry("clustering", "clustering"),
        ),
    ),
    Entry(
        "configuration",
        below=(
            Entry("sip", "sip"),
            Entry("zones", "zones"),
            Entry(
                "unified-communications",
                below=(Entry("unified-cm-servers", "unified-cm-servers", only_on="expressway-c"),),
            ),
        ),
    ),
    Entry("applications", below=(Entry("cloud-certificates", only_on="expressway-e"),)),
    Entry("users"),
    Entry(
        "maintenance",
        below=(
            Entry("upgrade"),
            Entry("logging"),
            Entry("option-keys"),
            Entry("tools"),
            Entry("security", below=_SECURITY),
            Entry("advanced-security"),
            Entry("backup-and-restore"),
            Entry("diagnostics", "diagnostics"),
            Entry("maintenance-mode"),
            Entry("language"),
            Entry("email-notifications"),
            Entry("restart", "restart"),
        ),
    ),
)

SENTENCES: dict[str, Sentence] = {
    "status": seen("Status", "AG-UI"),
    "overview": seen("Overview", "AG-UI"),
    "zones-status": seen("Zones", "AG-STA"),
    "unified-communications-status": seen("Unified Communications", "AG-STA"),
    "alarms": seen("Alarms", "AG-STA"),
    "logs": recalled("Logs"),
    "event-log": seen("Event Log", "AG-REF"),
    "system": seen("System", "AG-UI"),
    "administration": seen("Administration", "AG-SEC"),
    "dns": recalled("DNS"),
    "clustering": seen("Clustering", "CG-LOAD"),
    "configuration": seen("Configuration", "AG-UI"),
    "sip": seen("SIP", "AG-SEC"),
    "zones": seen("Zones", "AG-ZONES"),
    "unified-communications": seen("Unified Communications", "AG-UC"),
    "unified-cm-servers": seen("Unified CM servers", "MRA152"),
    "applications": seen("Applications", "AG-UI"),
    "cloud-certificates": seen("Cloud Certificate management", "T212475"),
    "users": seen("Users", "AG-UI"),
    "maintenance": seen("Maintenance", "AG-MNT"),
    "upgrade": seen("Upgrade", "AG-MNT"),
    "logging": seen("Logging", "AG-MNT"),
    "option-keys": seen("Option keys", "AG-MNT"),
    "tools": seen("Tools", "AG-MNT"),
    "security": seen("Security", "AG-SEC"),
    "trusted-ca": seen("Trusted CA certificate", "AG-SEC"),
    "server-certificate": seen("Server certificate", "AG-SEC"),
    "client-certificate": seen_in("Client certificate", "AG-SEC", "X15.5"),
    "domain-certificates": seen("Domain certificates", "AG-UC"),
    "crl-management": seen("CRL management", "AG-SEC"),
    "client-certificate-testing": seen("Client certificate testing", "AG-SEC"),
    "certificate-based-authentication": seen("Certificate-based authentication configuration", "AG-SEC"),
    "secure-traversal-test": seen("Secure traversal test", "AG-SEC"),
    "ciphers": seen("Ciphers", "AG-SEC"),
    "ssh-configuration": seen("SSH configuration", "AG-SEC"),
    "hsm-configuration": seen("HSM configuration", "AG-SEC"),
    "advanced-security": seen("Advanced security", "AG-SEC"),
    "backup-and-restore": seen("Backup and restore", "AG-MNT"),
    "diagnostics": seen("Diagnostics", "AG-MNT"),
    "maintenance-mode": seen("Maintenance mode", "AG-MNT"),
    "language": seen("Language", "AG-MNT"),
    "email-notifications": seen("Email notifications", "AG-MNT"),
    "restart": seen("Restart options", "AG-MNT"),
}


def entries_for(
    kind: str, entries: tuple[Entry, ...] = MENU, *, has_client_store: bool = True
) -> Iterator[Entry]:
    """The items of one level that a kind of server (expressway-c, expressway-e) has, in a release or in any."""
    return (
        entry
        for entry in entries
        if entry.only_on in ("", kind) and (has_client_store or not entry.only_with_client_store)
    )


def path_to(
    slug: str, kind: str, entries: tuple[Entry, ...] = MENU, *, has_client_store: bool = True
) -> tuple[Entry, ...]:
    """The way down the menu to an item, itself last; () when that kind of server has no such item."""
    for entry in entries_for(kind, entries, has_client_store=has_client_store):
        if entry.slug == slug:
            return (entry,)
        if below := path_to(slug, kind, entry.below, has_client_store=has_client_store):
            return (entry, *below)
    return ()
