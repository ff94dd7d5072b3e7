"""What stands behind and before the Expressways of a lab: a Unified CM, and a computer with Jabber.

`make` makes keys and certificates and writes nothing; `put_into` writes rows and makes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certstore.actions.certificates import store_certificates, store_public_key, store_public_keys
from certstore.models import (
    Certificate,
    CucmServer,
    Installation,
    Lab,
    LabFile,
    Node,
    PublicKey,
    Slot,
    SlotName,
    StoreName,
    TrustEntry,
    TrustStore,
)
from certstore.models.clock import shifted
from certstore.pki.facts import CertificateFacts, decode_certificate
from certstore.pki.forge import authority, keys
from certstore.pki.forge.authority import Made
from certstore.pki.forge.keys import PublicKey as ForgedKey
from certstore.pki.forge.names import subject
from certstore.pki.keys import KeySource, PublicHalf
from certstore.pki.moments import iso
from certstore.pki.releases import Role
from certstore.reading.unified_cm import LOADED
from certstore.scenarios import training_ca
from certstore.scenarios.defaults import default_roots
from certstore.scenarios.lab_files import DAY, YEAR
from certstore.scenarios.training_ca import EnterpriseCa, make_enterprise_ca

CUCM_HOSTS = ("cucm1", "cucm2", "cucm3", "cucm4", "cucm5")
CUCM_ADDRESSES = tuple(f"192.0.2.{number}" for number in range(31, 36))
JABBER_HOSTS = ("jabber", "jabber2", "jabber3", "jabber4", "jabber5")
JABBER_ADDRESS = "203.0.113.50"
ADMINISTRATOR = "axladmin"
LONGEST_COMMON_NAME = 64  # ub-common-name of X.520

RsaOrEc = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

LISTS = (StoreName.TOMCAT, StoreName.CALLMANAGER)


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate and the public half of its key; the private one is forgotten."""

    certificate: CertificateFacts
    key: PublicHalf


@dataclass(frozen=True, slots=True)
class MadeServices:
    """A Unified CM with its certificates, and the enterprise CA that issued them."""

    host: str
    domain: str
    address: str
    jabber_host: str
    ca: EnterpriseCa
    held: Mapping[SlotName, Held]


class Server(Protocol):
    """A server of the lab, planned or there already."""

    @property
    def host(self) -> str: ...
    @property
    def address(self) -> str: ...


def make(
    domain: str, at: datetime, others: Iterable[Server] = (), ca: EnterpriseCa | None = None
) -> MadeServices:
    """Make the enterprise CA of a lab and the certificates of its Unified CM. Takes four RSA keys.

    In: the domain of the deployment, the lab's time, its other servers, whose names and addresses are taken, and
    the enterprise CA where there is one. Source: names of the four certificates, and that those with ECDSA keys
    end in -EC: TechNote 218018; that a CA signed all of them is ours.
    """
    ca = ca or make_enterprise_ca(at)
    others = list(others)
    hosts, addresses = {one.host.lower() for one in others}, {one.address for one in others}
    host = _first_free(CUCM_HOSTS, hosts)
    new_keys: Sequence[tuple[SlotName, RsaOrEc, str]] = (
        (SlotName.TOMCAT, keys.new_rsa_key(), ""),
        (SlotName.CALLMANAGER, keys.new_rsa_key(), ""),
        (SlotName.TOMCAT_ECDSA, keys.new_ec_key(), "-EC"),
        (SlotName.CALLMANAGER_ECDSA, keys.new_ec_key(), "-EC"),
    )
    held = {
        slot: signed(ca, f"{host}.{domain}", key.public_key(), at, ending) for slot, key, ending in new_keys
    }
    address, jabber = _first_free(CUCM_ADDRESSES, addresses), _first_free(JABBER_HOSTS, hosts)
    return MadeServices(host, domain, address, jabber, ca, held)


def _first_free(names: Sequence[str], taken: Set[str]) -> str:
    """The first name that nobody has; a lab has fewer other servers than there are names."""
    return next((name for name in names if name not in taken), names[-1])


def common_name(fqdn: str, ending: str = "") -> str:
    """The CN of a Unified CM's certificate: its name, the ending behind the host name; without the domain if long.

    Source: TechNote 218018 (-EC for ECDSA keys); what is done with a long name is ours.
    """
    host, dot, domain = fqdn.partition(".")
    whole = f"{host}{ending}{dot}{domain}"
    return whole if len(whole) <= LONGEST_COMMON_NAME else f"{host}{ending}"[:LONGEST_COMMON_NAME]


def signed(ca: EnterpriseCa, fqdn: str, key: ForgedKey, at: datetime, ending: str = "") -> Held:
    """A certificate of a Unified CM for two years, signed by the enterprise CA."""
    name = subject(common_name(fqdn, ending), organisation=ca.organisation)
    made = ca.issuing.leaf(name, key, shifted(at, -30 * DAY), shifted(at, 2 * YEAR), sans=[fqdn])
    return held_of(made, key)


def self_signed(fqdn: str, key: RsaOrEc, at: datetime, ending: str = "") -> Held:
    """A certificate of a Unified CM for five years that its own key signed; no organisation in its name.

    Source: TechNote 118798 and Mobile and Remote Access guide X15.2: two self-signed ones have one common name;
    the five years are ours.
    """
    name = subject(common_name(fqdn, ending))
    made = authority.self_signed_leaf(name, key, shifted(at, -DAY), shifted(at, 5 * YEAR), sans=[fqdn])
    return held_of(made, key.public_key())


def held_of(made: Made, key: ForgedKey) -> Held:
    """A certificate that was made, with the public half of its key."""
    certificate = decode_certificate(made.der)
    spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    half = PublicHalf(spki, certificate.spki_sha256, certificate.key_algorithm, certificate.key_bits)
    return Held(certificate, half)


def put_into(lab: Lab, made: MadeServices, at: datetime, secret: bytes, *, with_files: bool = True) -> None:
    """Write the Unified CM and Jabber of a lab whose Expressways are there, inside the caller's transaction.

    Every Expressway-C knows the Unified CM. The Unified CM trusts its own CA; Jabber's computer trusts two real
    public roots. What the Expressways trust stays as it is. A lab gets files when it is made, and at no other time.
    """
    training_ca.put_into(lab, made.ca, secret)
    chain = [decode_certificate(made.ca.issuing.der), decode_certificate(made.ca.root.der)]
    cucm = Node.objects.create(
        lab=lab, kind=Node.Kind.CUCM, host=made.host, domain=made.domain, address=made.address
    )
    jabber = Node.objects.create(
        lab=lab, kind=Node.Kind.JABBER, host=made.jabber_host, domain=made.domain, address=JABBER_ADDRESS
    )
    lists = [(cucm, name, chain) for listed in LISTS for name in (listed, LOADED[listed])]
    _put_lists(lab, [*lists, (jabber, StoreName.CLIENT_OS, default_roots())])
    _put_slots(lab, cucm, made.held, iso(at))
    for control in lab.nodes.filter(kind=Role.EXPRESSWAY_C.value):
        _make_known(control, cucm)
        if with_files:
            _put_file(control, made.ca.bundle)


def _put_lists(lab: Lab, lists: Sequence[tuple[Node, StoreName, Sequence[CertificateFacts]]]) -> None:
    """Write the lists of new servers, all at once."""
    certificates = {one.sha256: one for _, _, held in lists for one in held}
    rows = {row.sha256: row for row in store_certificates(lab, list(certificates.values()))}
    stores = TrustStore.objects.bulk_create(
        TrustStore(node=node, name=name, next_position=len(held) + 1) for node, name, held in lists
    )
    TrustEntry.objects.bulk_create(
        TrustEntry(
            store=store,
            position=position,
            certificate=rows[one.sha256],
            subject_hash=rows[one.sha256].subject_hash,
        )
        for store, (_, _, held) in zip(stores, lists, strict=True)
        for position, one in enumerate(held, start=1)
    )


def _put_slots(lab: Lab, node: Node, held: Mapping[SlotName, Held], at: str) -> None:
    """Write the slots of a new server, each with a certificate that is loaded and runs, all at once."""
    certificates = store_certificates(lab, [one.certificate for one in held.values()])
    public_keys = store_public_keys(lab, [one.key for one in held.values()])
    slots = Slot.objects.bulk_create(Slot(node=node, name=name) for name in held)
    Installation.objects.bulk_create(
        _installation(slot, certificate, key, at)
        for slot, certificate, key in zip(slots, certificates, public_keys, strict=True)
    )


def _installation(
    slot: Slot, certificate: Certificate, key: PublicKey, at: str, source: str = "factory"
) -> Installation:
    return Installation(
        slot=slot,
        certificate=certificate,
        key=key,
        key_origin=KeySource.FACTORY.value,
        source=source,
        at_lab=at,
        is_installed=True,
        is_running=True,
    )


def _make_known(control: Node, cucm: Node) -> None:
    """Tell an Expressway-C of the Unified CM."""
    CucmServer.objects.create(
        node=control,
        cucm=cucm,
        publisher_address=cucm.fqdn,
        username=ADMINISTRATOR,
        known_as=cucm.fqdn,
    )


def _put_file(control: Node, bundle: bytes) -> None:
    """Give an Expressway-C a file with the CAs of the Unified CM."""
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
    certificate = store_certificates(lab, [held.certificate])[0]
    _installation(place, certificate, store_public_key(lab, held.key), at, source).save()
