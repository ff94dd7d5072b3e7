"""The buttons of the page of a Unified CM: its lists, its own certificates, its services, its settings.

A key is made, used once and forgotten; that of the training CA is unsealed before the lab is locked, and never kept.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings as django_settings

from certstore.actions import trust_lists
from certstore.actions.attempts import TriedFile
from certstore.actions.certificates import store_certificates, store_public_key
from certstore.actions.server_certificate import install
from certstore.actions.writing import keep_point, lab_change, lab_write, log_event
from certstore.models import Event, Installation, Lab, Node, Slot, SlotName, StoreName, TrustEntry, TrustStore
from certstore.pki.facts import decode_certificate
from certstore.pki.forge import keys
from certstore.pki.keys import KeySource
from certstore.pki.moments import iso
from certstore.pki.settings import CucmSettings
from certstore.pki.trust_upload import TrustJudgement
from certstore.reading.settings import changed, cucm_settings
from certstore.reading.unified_cm import LOADED
from certstore.scenarios import training_ca
from certstore.scenarios.services import LISTS, Held, RsaOrEc, add_to_lists, self_signed, signed

# No document says how long the services take.
SERVICES_SECONDS = 300
ECDSA = (SlotName.TOMCAT_ECDSA, SlotName.CALLMANAGER_ECDSA)


@dataclass(frozen=True, slots=True)
class Signed:
    """What signing came to: the CA's name, and whether that CA had to be made first."""

    ca: str
    ca_is_new: bool


def upload(node: Node, name: StoreName, tried: TriedFile) -> TrustJudgement:
    """Upload to tomcat-trust or CallManager-trust; it counts after the restart of the services."""
    return trust_lists.upload(node, name, tried, "cucm.uploaded")


def delete(node: Node, entry_ids: Collection[int]) -> Event:
    """Delete ticked rows of both lists; the services go on with what they loaded. Out: the event."""
    return trust_lists.delete(node, LISTS, entry_ids, "cucm.deleted")


def regenerate(node: Node, slot: SlotName) -> Event:
    """Make one of its certificates anew, self-signed, with a new key. Out: the event."""
    held = self_signed(node.fqdn, _new_key(slot), node.lab.now(), _ending(slot))
    with lab_change(node.lab_id, "cucm.regenerated") as lab:
        _install(lab, node, slot, held, "generated")
        return log_event(lab, node, "cucm.regenerated", {"certificate": slot.value}, lab.now())


def sign(node: Node, slot: SlotName) -> Signed:
    """Have one of its certificates signed by the lab's enterprise CA, for a new key.

    A lab whose CA's key cannot be opened (it was copied or imported) gets a new CA, which both lists then hold.
    """
    secret, at = django_settings.SECRET_KEY.encode(), node.lab.now()
    opened = training_ca.opened(node.lab, secret)
    ca = opened or training_ca.make_enterprise_ca(at)
    held = signed(ca, node.fqdn, _new_key(slot).public_key(), at, _ending(slot))
    chain = [decode_certificate(one.der) for one in (ca.issuing, ca.root)]
    with lab_change(node.lab_id, "cucm.signed") as lab:
        if opened is None:
            training_ca.put_into(lab, ca, secret)
            for name in LISTS:
                add_to_lists(lab, node, (name,), chain)
        _install(lab, node, slot, held, "signed")
        told = {"certificate": slot.value, "ca": chain[0].subject}
        log_event(lab, node, "cucm.signed", told, lab.now())
    return Signed(chain[0].subject, ca_is_new=opened is None)


def delete_certificate(node: Node, slot: SlotName) -> bool:
    """Delete one of the ECDSA certificates; callers see it until the restart. Out: False where there is none."""
    with lab_write(node.lab_id) as lab:
        installed = Installation.objects.filter(slot__node=node, slot__name=slot, is_installed=True)
        if slot not in ECDSA or not installed.exists():
            return False
        keep_point(lab, "cucm.certificate-deleted")
        installed.update(is_installed=False)
        log_event(lab, node, "cucm.certificate-deleted", {"certificate": slot.value}, lab.now())
    return True


def restart_services(node: Node) -> Event:
    """Restart Cisco CallManager, Cisco TFTP and Cisco Tomcat: what is in lists and slots counts from then on.

    The lab's clock goes on by five minutes, which is our guess. Out: the event.
    Source: TechNotes 217748 and 225746 (which services, on every node).
    """
    with lab_change(node.lab_id, "cucm.restarted") as lab:
        started = lab.now()
        lab.clock_offset_s += SERVICES_SECONDS
        lab.save(update_fields=["clock_offset_s"])
        for name in LISTS:
            _load_list(node, name)
        rows = Installation.objects.filter(slot__node=node)
        rows.filter(is_running=True, is_installed=False).update(is_running=False)
        rows.filter(is_installed=True).update(is_running=True)
        Node.objects.filter(pk=node.pk).update(restarted_at_lab=lab.now())
        return log_event(lab, node, "cucm.restarted", {}, started)


def set_settings(node: Node, settings: CucmSettings) -> None:
    """Set what is set on a Unified CM; nothing is written where it is so already."""
    with lab_write(node.lab_id) as lab:
        fresh = Node.objects.get(pk=node.pk)
        if cucm_settings(fresh) == settings:
            return
        keep_point(lab, "cucm.settings")
        fresh.settings = changed(settings, CucmSettings(server_entry=fresh.fqdn))
        fresh.save(update_fields=["settings"])
        log_event(lab, fresh, "cucm.settings", {}, lab.now())


def _new_key(slot: SlotName) -> RsaOrEc:
    return keys.new_ec_key() if slot in ECDSA else keys.new_rsa_key()


def _ending(slot: SlotName) -> str:
    """What the common name has behind the host name (TechNote 218018)."""
    return "-EC" if slot in ECDSA else ""


def _install(lab: Lab, node: Node, slot: SlotName, held: Held, source: str) -> None:
    """Put a certificate into a slot of a locked lab; callers see the one before it until the restart."""
    place, _ = Slot.objects.get_or_create(node=node, name=slot)
    certificate = store_certificates(lab, [held.certificate])[0]
    key = store_public_key(lab, held.key)
    install(place, certificate, key, KeySource.FACTORY, source=source, at=iso(lab.now()))


def _load_list(node: Node, name: StoreName) -> None:
    """Make what the services have loaded of a list what the list is."""
    entries = TrustEntry.objects.filter(store__node=node)
    rows = list(entries.filter(store__name=name).values_list("certificate_id", "subject_hash"))
    loaded = TrustStore.objects.get(node=node, name=LOADED[name])
    if rows == list(loaded.entries.values_list("certificate_id", "subject_hash")):
        return
    loaded.entries.all().delete()
    TrustEntry.objects.bulk_create(
        (
            TrustEntry(store=loaded, position=position, certificate_id=certificate, subject_hash=subject)
            for position, (certificate, subject) in enumerate(rows, start=loaded.next_position)
        ),
        batch_size=trust_lists.AT_ONCE,
    )
    loaded.next_position += len(rows)
    loaded.save(update_fields=["next_position"])
