"""What a plan is made of, from rows: who holds which CA, and which server a new certificate is for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from certstore.models import EXPRESSWAYS, Installation, Lab, SigningRequest, SlotName, StoreName, TrustEntry
from certstore.pki.check_pairs import own_names
from certstore.pki.facts import CertificateFacts
from certstore.pki.moments import date_text
from certstore.pki.names import visible
from certstore.pki.plan import Deed, Held
from certstore.reading.rows import facts_of

MOST_ISSUED = 20

LISTS: Mapping[Deed, StoreName] = {
    Deed.TRUST: StoreName.CA,
    Deed.TOMCAT_TRUST: StoreName.TOMCAT,
    Deed.CALLMANAGER_TRUST: StoreName.CALLMANAGER,
    Deed.CLIENTS: StoreName.CLIENT_OS,
}
_DEEDS = {store.value: deed for deed, store in LISTS.items()}


def held_of(lab: Lab, sha256s: Iterable[str]) -> Held:
    """Which of some CAs, by their SHA-256, each list of a lab holds. One query."""
    found: dict[tuple[str, Deed], set[str]] = {}
    rows = TrustEntry.objects.filter(
        store__node__lab=lab,
        store__name__in=list(_DEEDS),
        certificate__sha256__in=sorted(set(sha256s)),
    ).values_list("store__node_id", "store__name", "certificate__sha256")
    for node_id, name, sha256 in rows:
        found.setdefault((str(node_id), _DEEDS[name]), set()).add(str(sha256))
    return {place: frozenset(held) for place, held in found.items()}


def entries_of(lab: Lab, server_id: str, certificates: Iterable[CertificateFacts]) -> list[int]:
    """The rows of an Expressway's list that hold some CAs, as "Delete" is told them."""
    rows = TrustEntry.objects.filter(
        store__node__lab=lab,
        store__node_id=UUID(server_id),
        store__name=StoreName.CA,
        certificate__sha256__in=[facts.sha256 for facts in certificates],
    )
    return list(rows.order_by("position").values_list("pk", flat=True))


def servers_for(
    lab: Lab, leaves: Sequence[CertificateFacts], slot: SlotName = SlotName.SERVER
) -> dict[str, UUID]:
    """For which Expressway each new certificate is most likely meant, by the certificate's SHA-256.

    In: the lab, the certificates, the slot that they are for. Out: the server whose pending request, or whose loaded
    certificate, of that slot has the key; else the only one whose own name it has; a certificate that fits none is
    left out. Three queries.
    """
    nodes = list(lab.expressways)
    keys = _keys_of(lab, slot)
    found: dict[str, UUID] = {}
    for leaf in leaves:
        names = own_names(leaf)
        named = [node.pk for node in nodes if node.fqdn.lower() in names]
        by_key = keys.get(leaf.spki_sha256, [])
        fits = [one for one in by_key if one in named] or by_key or named
        if len(fits) == 1 or by_key:
            found[leaf.sha256] = fits[0]
    return found


def _keys_of(lab: Lab, slot: SlotName) -> dict[str, list[UUID]]:
    """The Expressways that hold a key for a certificate of a slot: a pending request's first."""
    found: dict[str, list[UUID]] = {}
    here = {
        "slot__node__lab": lab,
        "slot__node__kind__in": EXPRESSWAYS,
        "slot__name": slot,
    }
    pending = SigningRequest.objects.filter(**here, state=SigningRequest.State.PENDING)
    loaded = Installation.objects.filter(**here, is_installed=True)
    for spki_sha256, node_id in (
        row for rows in (pending, loaded) for row in rows.values_list("key__spki_sha256", "slot__node_id")
    ):
        if node_id not in found.setdefault(spki_sha256, []):
            found[spki_sha256].append(node_id)
    return found


@dataclass(frozen=True, slots=True)
class IssuedFor:
    """A certificate that a training CA issued, for the key of a server of the lab."""

    pk: int
    certificate: CertificateFacts
    host: str

    @property
    def told(self) -> dict[str, str]:
        """What is told of it."""
        facts = self.certificate
        names = (*facts.common_names, *facts.san_dns, facts.subject)
        return {
            "name": visible(names[0]),
            "issuer": visible(facts.issuer),
            "ends": date_text(facts.not_after),
            "host": visible(self.host),
        }


def issued_that_fit(lab: Lab) -> list[IssuedFor]:
    """What the training CAs issued for keys that Expressways hold and do not have loaded, the newest first."""
    hosts = {node.pk: node.host for node in lab.expressways}
    keys = _keys_of(lab, SlotName.CLIENT) | _keys_of(lab, SlotName.SERVER)
    loaded = Installation.objects.filter(slot__node__lab=lab, slot__name=SlotName.SERVER, is_installed=True)
    rows = lab.issued.filter(revoked_at="", certificate__spki_sha256__in=list(keys)).select_related(
        "certificate"
    )
    rows = rows.exclude(certificate__in=loaded.values("certificate"))[:MOST_ISSUED]
    return [
        IssuedFor(row.pk, facts_of(row.certificate), hosts[keys[row.certificate.spki_sha256][0]])
        for row in rows
    ]
