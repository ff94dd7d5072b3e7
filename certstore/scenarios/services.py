"""What stands behind and before the Expressways of a lab: a Unified CM, and a computer with Jabber.

`make` makes keys and certificates and writes nothing; `put_into` writes rows and makes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certstore.actions.certificates import store_certificates, store_public_key
from certstore.models import (
    CucmServer,
    Installation,
    Lab,
    LabFile,
    Node,
    Slot,
    SlotName,
    StoreName,
    TrustEntry,
    TrustStore,
)
from certstore.models.clock import shifted
from certstore.pki.facts import CertificateFacts, decode_certificate
from certstore.pki.forge import keys
from certstore.pki.forge.keys import PublicKey
from certstore.pki.forge.names import subject
from certstore.pki.keys import KeySource, PublicHalf
from certstore.pki.moments import iso
from certstore.pki.releases import Role
from certstore.scenarios import training_ca
from certstore.scenarios.defaults import default_roots
from certstore.scenarios.lab_files import DAY, YEAR
from certstore.scenarios.training_ca import EnterpriseCa, make_enterprise_ca

CUCM_HOST, CUCM_ADDRESS = "cucm1", "192.0.2.31"
JABBER_HOST, JABBER_ADDRESS = "jabber", "203.0.113.50"
ADMINISTRATOR = "axladmin"

LISTS = (StoreName.TOMCAT, StoreName.CALLMANAGER)
LOADED = {StoreName.TOMCAT: StoreName.TOMCAT_LOADED, StoreName.CALLMANAGER: StoreName.CALLMANAGER_LOADED}


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate and the public half of its key; the private one is forgotten."""

    certificate: CertificateFacts
    key: PublicHalf


@dataclass(frozen=True, slots=True)
class MadeServices:
    """A Unified CM with its certificates, and the enterprise CA that issued them."""

    domain: str
    ca: EnterpriseCa
    held: Mapping[SlotName, Held]


def make(domain: str, at: datetime) -> MadeServices:
    """Make the enterprise CA of a lab and the certificates of its Unified CM. Takes four RSA keys.

    In: the domain of the deployment, and the lab's time. Source: names of the four certificates, and that those
    with ECDSA keys end in -EC: TechNote 218018; that a CA signed all of them is ours.
    """
    ca = make_enterprise_ca(at)
    new_keys: Sequence[tuple[SlotName, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, str]] = (
        (SlotName.TOMCAT, keys.new_rsa_key(), ""),
        (SlotName.CALLMANAGER, keys.new_rsa_key(), ""),
        (SlotName.TOMCAT_ECDSA, keys.new_ec_key(), "-EC"),
        (SlotName.CALLMANAGER_ECDSA, keys.new_ec_key(), "-EC"),
    )
    held = {
        slot: signed(ca, f"{CUCM_HOST}.{domain}", key.public_key(), at, ending)
        for slot, key, ending in new_keys
    }
    return MadeServices(domain, ca, held)


def signed(ca: EnterpriseCa, fqdn: str, key: PublicKey, at: datetime, ending: str = "") -> Held:
    """A certificate of a Unified CM for two years, signed by the enterprise CA."""
    host, dot, domain = fqdn.partition(".")
    name = subject(f"{host}{ending}{dot}{domain}", organisation=ca.organisation)
    made = ca.issuing.leaf(name, key, shifted(at, -30 * DAY), shifted(at, 2 * YEAR), sans=[fqdn])
    certificate = decode_certificate(made.der)
    spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    half = PublicHalf(spki, certificate.spki_sha256, certificate.key_algorithm, certificate.key_bits)
    return Held(certificate, half)


def put_into(lab: Lab, made: MadeServices, at: datetime, secret: bytes) -> None:
    """Write the Unified CM and Jabber of a lab whose Expressways are there, inside the caller's transaction.

    Every Expressway-C knows the Unified CM. The Unified CM trusts its own CA; Jabber's computer trusts two real
    public roots. What the Expressways trust stays as it is.
    """
    training_ca.put_into(lab, made.ca, secret)
    chain = [decode_certificate(made.ca.issuing.der), decode_certificate(made.ca.root.der)]
    cucm = Node.objects.create(
        lab=lab, kind=Node.Kind.CUCM, host=CUCM_HOST, domain=made.domain, address=CUCM_ADDRESS
    )
    for name in LISTS:
        add_to_lists(lab, cucm, (name, LOADED[name]), chain)
    for slot, held in made.held.items():
        load(lab, cucm, slot, held, iso(at))
    jabber = Node.objects.create(
        lab=lab, kind=Node.Kind.JABBER, host=JABBER_HOST, domain=made.domain, address=JABBER_ADDRESS
    )
    add_to_lists(lab, jabber, (StoreName.CLIENT_OS,), default_roots())
    for control in lab.nodes.filter(kind=Role.EXPRESSWAY_C.value):
        _make_known(control, cucm, made.ca.bundle)


def _make_known(control: Node, cucm: Node, bundle: bytes) -> None:
    """Tell an Expressway-C of the Unified CM, and give it a file with the CAs of that."""
    CucmServer.objects.create(
        node=control,
        cucm=cucm,
        publisher_address=cucm.fqdn,
        username=ADMINISTRATOR,
        known_as=cucm.fqdn,
    )
    LabFile.objects.create(
        lab_id=control.lab_id,
        node=control,
        name=f"{control.host.lower()[:40]}-unified-cm-cas.pem",
        what="unified-cm-cas-pem",
        content=bundle,
        position=max(control.files.values_list("position", flat=True), default=0),  # behind its other files
    )


def add_to_lists(
    lab: Lab, node: Node, names: Sequence[StoreName], certificates: Sequence[CertificateFacts]
) -> None:
    """Put certificates at the end of some lists of a server; one that a list holds already stays where it is."""
    rows = store_certificates(lab, certificates)
    for name in names:
        store, _ = TrustStore.objects.get_or_create(node=node, name=name)
        there = set(store.entries.values_list("certificate_id", flat=True))
        new = [row for row in dict.fromkeys(rows) if row.pk not in there]
        TrustEntry.objects.bulk_create(
            TrustEntry(store=store, position=position, certificate=row, subject_hash=row.subject_hash)
            for position, row in enumerate(new, start=store.next_position)
        )
        store.next_position += len(new)
        store.save(update_fields=["next_position"])


def load(lab: Lab, node: Node, slot: SlotName, held: Held, at: str, source: str = "factory") -> None:
    """Put a certificate into a slot of a server, where it is loaded and runs at once."""
    place, _ = Slot.objects.get_or_create(node=node, name=slot)
    place.installations.update(is_installed=False, is_running=False)
    Installation.objects.create(
        slot=place,
        certificate=store_certificates(lab, [held.certificate])[0],
        key=store_public_key(lab, held.key),
        key_origin=KeySource.FACTORY.value,
        source=source,
        at_lab=at,
        is_installed=True,
        is_running=True,
    )
