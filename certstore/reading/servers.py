"""One server as it is: what it holds, what it presents, what a verdict needs to know of it."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from certstore.models import Installation, Lab, Node, SigningRequest, SlotName, TrustStore
from certstore.pki.depends import judge_with_twins
from certstore.pki.facts import CertificateFacts
from certstore.pki.keys import KeySource
from certstore.pki.picture import EarliestEnd
from certstore.pki.releases import Role, SameSubject, Switches, profile_for
from certstore.pki.server_upload import HeldKey, KeyRule, KnownRequest, RequestState, Server
from certstore.reading.rows import facts_of
from certstore.reading.trust import RowTrustList

# Among the fields of a request: when it was used or discarded, lab time.
CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class SlotState:
    """What is in a server's slot: the certificate that was loaded last, and the one callers are shown."""

    installed: CertificateFacts
    running: CertificateFacts
    installation: Installation
    restart_pending: bool


def trust_store_of(node: Node) -> TrustStore:
    """The trusted CA list of a server."""
    return node.trust_stores.get(name="ca")


def slot_state_of(node: Node, slot: str = "server") -> SlotState:
    """What a server has loaded and what it runs: one query."""
    rows = Installation.objects.filter(Q(is_installed=True) | Q(is_running=True))
    current = rows.filter(slot__node=node, slot__name=slot).select_related("certificate", "key")
    installed = next(row for row in current if row.is_installed)
    running = next((row for row in current if row.is_running), installed)
    return SlotState(
        installed=facts_of(installed.certificate),
        running=facts_of(running.certificate),
        installation=installed,
        restart_pending=installed.pk != running.pk,
    )


def client_slot_of(node: Node) -> SlotState:
    """What a server shows where it connects: its client certificate; where it has none, its server certificate.

    Two queries. What is in the slot counts only where the release has such a certificate.
    """
    has_one = Installation.objects.filter(slot__node=node, slot__name=SlotName.CLIENT, is_installed=True)
    return slot_state_of(node, SlotName.CLIENT if has_one.exists() else SlotName.SERVER)


def slot_of(node: Node, slot: SlotName) -> SlotState:
    """What the page of one of a server's two certificates shows as loaded."""
    return client_slot_of(node) if slot is SlotName.CLIENT else slot_state_of(node)


def client_server_of(node: Node, lab: Lab) -> Server:
    """A server as the rules of the Client certificate page see it: with that certificate's key and its requests."""
    held = client_slot_of(node).installation
    key = HeldKey(held.key.spki_sha256, KeySource(held.key_origin))
    return replace(server_of(node, lab), held=key, is_client=True)


def server_of(node: Node, lab: Lab) -> Server:
    """A server as the rules of the Server certificate page see it."""
    slot = slot_state_of(node)
    origin = KeySource(slot.installation.key_origin)
    real_files = not lab.takes_private_keys
    held = HeldKey(slot.installation.key.spki_sha256, origin)
    return Server(
        role=Role(node.kind),
        release=profile_for(lab.release).release,
        same_subject=SameSubject(lab.same_subject),
        trust=RowTrustList(trust_store_of(node)),
        held=held,
        key_rule=KeyRule.REAL_FILES if real_files else KeyRule.HELD,
        switches=Switches(lab.server_eku_upload, lab.eku_checking),
        requests=known_requests(lab, node),
    )


def known_requests(lab: Lab, node: Node) -> tuple[KnownRequest, ...]:
    """The signing requests of a lab, for either certificate, as a server looks at them, the newest first: one query."""
    rows = SigningRequest.objects.filter(slot__node__lab=lab)
    return tuple(
        KnownRequest(
            spki_sha256=row.key.spki_sha256,
            server=row.slot.node.host,
            is_here=row.slot.node_id == node.pk,
            state=RequestState(row.state),
            is_imported=row.is_imported,
            made=row.at_lab,
            closed=str(row.fields.get(CLOSED, "")),
            is_for_client=row.slot.name == SlotName.CLIENT,
        )
        for row in rows.select_related("key", "slot__node").defer("der")
    )


def earliest_end_of(node: Node, lab: Lab, certificate: CertificateFacts, at: datetime) -> EarliestEnd:
    """The first end in the whole chain that a server's list gives a certificate."""
    trust = RowTrustList(trust_store_of(node))
    return judge_with_twins(certificate, trust, SameSubject(lab.same_subject), at).picture.earliest_end
