"""The information bars at the top of an appliance page: what an upload or a button came to."""

from collections.abc import Iterator

from django.urls import reverse

from certstore.models import Event, Node
from certstore.pki.codes import Code
from certstore.pki.moments import page_date
from certstore.reading.attempts import Explanation
from certstore.reading.servers import SlotState
from certstore.views.appliance import Bar
from certstore.wording import explain

MOST_WARNINGS = 4

# Events whose page says what was done; the others have an attempt to tell of.
_DONE = {
    "trusted-ca.deleted": "trusted_ca.was-deleted",
    "trusted-ca.reset": "trusted_ca.was-reset",
    "server-certificate.reset": "server_certificate.was-reset",
    "zone.created": "zones.created",
    "zone.saved": "zones.saved",
    "zone.deleted": "zones.deleted",
    "zone.credential": "zones.credential-created",
    "cucm-server.added": "cucm_servers.added",
    "cucm-server.saved": "cucm_servers.saved",
    "cucm-server.refreshed": "cucm_servers.refreshed",
    "cucm-server.deleted": "cucm_servers.deleted",
    "cluster.made": "clustering.made",
    "cluster.saved": "clustering.saved",
    "cluster.peer-added": "clustering.peer-added",
    "cluster.peer-removed": "clustering.peer-removed",
    "cluster.primary": "clustering.now-primary",
    "cluster.dissolved": "clustering.dissolved",
    "cluster.mapped": "clustering.mapped",
    "cluster.unmapped": "clustering.unmapped",
    "lab.server-named": "dns_page.saved",
    "sip.saved": "sip.saved",
    "ssh-configuration.saved": "ssh_configuration.saved",
    "ssh-configuration.reset": "ssh_configuration.was-reset",
    "client-certificate.reset": "client_certificate.was-reset",
    "crl.uploaded": "crl_management.was-uploaded",
    "crl.removed": "crl_management.was-removed",
    "acme.renewed": "commands.acme-renewed",
    "csr.generated": "csr.generated",
    "csr.imported": "csr.imported",
    "csr.discarded": "csr.discarded",
    "client-csr.generated": "csr.generated",
    "client-csr.imported": "csr.imported",
    "client-csr.discarded": "csr.discarded",
}


def of_attempt(explanation: Explanation) -> Iterator[Bar]:
    """What the appliance says to an upload: its refusal, or its success and then the warnings."""
    attempt = explanation.attempt
    if attempt is None:  # nothing was uploaded: the appliance says nothing
        return
    lead = f"{attempt.page.replace('-', '_')}.upload-failed"
    if explanation.headline is not None:
        headline = explanation.headline
        yield Bar("bad", headline.on_screen, lead=lead, anchor=headline.code)
        return
    yield Bar("ok", explanation.on_screen, anchor=lead.replace("upload-failed", "accepted"))
    counts = attempt.findings
    if "known" in counts:
        numbers = {name: counts[name] for name in ("new_certificates", "new_crls", "known")}
        yield Bar("info", "trusted_ca.new", numbers)
    for reason in explanation.warnings[:MOST_WARNINGS]:
        yield Bar("info", reason.on_screen, anchor=reason.code)


def of_event(event: Event) -> Iterator[Bar]:
    """What a button without a file came to."""
    if event.code in _DONE:
        yield Bar("ok", _DONE[event.code], event.params)


def of_restart(node: Node, slot: SlotState) -> Iterator[Bar]:
    """As long as the loaded certificate does not run: the link to the restart, and the new expiry."""
    if slot.restart_pending:
        facts = {"expires_on": page_date(slot.installed.not_after)}
        address = reverse("restart", args=[node.pk])
        yield Bar("info", "restart.bar", facts, link="restart.bar-link", address=address)


def of_code(code: Code) -> Bar:
    """What the page says when a button was pressed too early."""
    return Bar("bad", explain(code).on_screen, anchor=code.value)
