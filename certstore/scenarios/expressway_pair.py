"""The recipe of a new lab: an Expressway-C and an Expressway-E as they come out of the box.

`make` makes every key and certificate and writes nothing; `put_into` writes rows and makes nothing. So no
lock is held while keys are made. A private key lives until its server's certificates are signed, and is
forgotten.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certstore.actions.certificates import store_certificates, store_public_key
from certstore.actions.clearing import clear_unnamed
from certstore.models import Installation, Lab, LabFile, Node, Slot, TrustEntry, TrustStore
from certstore.models.clock import shifted
from certstore.pki.facts import CertificateFacts, decode_certificate
from certstore.pki.forge import authority, keys
from certstore.pki.forge.keys import PublicKey
from certstore.pki.forge.names import subject
from certstore.pki.keys import KeySource, PublicHalf
from certstore.pki.moments import iso
from certstore.pki.releases import Role
from certstore.scenarios.defaults import fill_with_defaults
from certstore.scenarios.lab_files import DAY, MadeFile, Owner, make_files

# LabFile.name holds 80 characters, and the longest ending has 23.
_LONGEST_STEM = 50


@dataclass(frozen=True, slots=True)
class ServerPlan:
    """One server as a person names it; checked by the form it came from."""

    role: Role
    host: str
    domain: str
    address: str


# Documentation names and addresses (RFC 2606, RFC 5737): they belong to nobody.
EXAMPLE_SERVERS: tuple[ServerPlan, ...] = (
    ServerPlan(Role.EXPRESSWAY_C, "exp-c1", "example.com", "192.0.2.11"),
    ServerPlan(Role.EXPRESSWAY_E, "exp-e1", "example.com", "198.51.100.21"),
)


@dataclass(frozen=True, slots=True)
class MadeServer:
    """One server with everything that is made for it. The private half of its key is gone already."""

    plan: ServerPlan
    temporary_ca: CertificateFacts
    certificate: CertificateFacts
    key: PublicHalf
    files: tuple[MadeFile, ...]


def make(servers: Sequence[ServerPlan], at: datetime) -> tuple[MadeServer, ...]:
    """Make the keys, the certificates and the files of new servers.

    In: the servers, and the lab's time, to which all validity is relative. Takes five RSA keys a server,
    together about a second: never called with a lock held.
    """
    return tuple(_make_server(plan, stem, at) for plan, stem in zip(servers, _stems(servers), strict=True))


def _stems(servers: Sequence[ServerPlan]) -> Iterator[str]:
    """How the names of each server's files begin: its host name, with its letter where two are the same."""
    hosts = [plan.host.lower()[:_LONGEST_STEM] for plan in servers]
    for plan, host in zip(servers, hosts, strict=True):
        yield host if hosts.count(host) == 1 else f"{host}-{plan.role.value[-1]}"


def _make_server(plan: ServerPlan, stem: str, at: datetime) -> MadeServer:
    """A server with a temporary CA of its own and the certificate that this CA issued.

    Source: Certificate Creation and Use guide: new installations have "a temporary trusted CA, and a server
    certificate issued by that temporary CA"; the form of the CA's name is remembered, its two years are ours.
    """
    key: PublicKey = keys.new_rsa_key().public_key()
    label = f"Temporary CA {uuid4()}"
    begins, ends = shifted(at, -DAY), shifted(at, 2 * 365 * DAY)
    ca = authority.root(
        subject(label, organisation=label, units=[label]), keys.new_rsa_key(), begins, ends, path_length=0
    )
    owner = Owner(plan.role, plan.host, plan.domain, stem, key)
    name = subject(owner.fqdn, organisation=label, units=[label])
    certificate = decode_certificate(ca.leaf(name, key, begins, ends, sans=[owner.fqdn]).der)
    spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return MadeServer(
        plan=plan,
        temporary_ca=decode_certificate(ca.der),
        certificate=certificate,
        key=PublicHalf(spki, certificate.spki_sha256, certificate.key_algorithm, certificate.key_bits),
        files=make_files(owner, at),
    )


def put_into(lab: Lab, servers: Sequence[MadeServer], at: datetime) -> None:
    """Write the servers of a new lab, with their lists, slots and files, inside the caller's transaction."""
    position = 0
    for made in servers:
        node = _put_server(lab, made)
        _put_back_server(lab, node, at)
        files = [
            LabFile(
                lab=lab,
                node=node,
                name=one.name,
                what=one.what,
                content=one.content,
                position=position + number,
            )
            for number, one in enumerate(made.files)
        ]
        LabFile.objects.bulk_create(files)
        position += len(files)


def _put_server(lab: Lab, made: MadeServer) -> Node:
    ca, certificate = store_certificates(lab, [made.temporary_ca, made.certificate])
    node = Node.objects.create(
        lab=lab,
        kind=made.plan.role.value,
        host=made.plan.host,
        domain=made.plan.domain,
        address=made.plan.address,
        factory_ca=ca,
        factory_certificate=certificate,
        factory_key=store_public_key(lab, made.key),
    )
    TrustStore.objects.create(node=node, name="ca")
    Slot.objects.create(node=node, name="server")
    return node


def empty(lab: Lab) -> None:
    """Empty the lists and slots of a locked lab; what else was uploaded goes, but for what a document names.

    Attempts have to be gone already: they hold on to what they found.
    """
    TrustEntry.objects.filter(store__node__lab=lab).delete()
    TrustStore.objects.filter(node__lab=lab).update(next_position=1)
    Installation.objects.filter(slot__node__lab=lab).delete()
    clear_unnamed(lab)
    lab.nodes.update(restarted_at_lab=None)


def put_back(lab: Lab, at: datetime) -> None:
    """Fill the empty lists and slots of a locked lab as in a new one of this recipe. Other servers go."""
    lab.services.delete()
    for node in lab.expressways.select_related("factory_ca", "factory_certificate", "factory_key"):
        _put_back_server(lab, node, at)


def _put_back_server(lab: Lab, node: Node, at: datetime) -> None:
    """Fill a server's empty list, and put its default certificate into its empty slot: loaded and running."""
    fill_with_defaults(lab, node, node.trust_stores.get(name="ca"))
    certificate, key = node.factory_certificate, node.factory_key
    if certificate is None or key is None:  # a server that came without one
        return
    Installation.objects.create(
        slot=node.slots.get(name="server"),
        certificate=certificate,
        key=key,
        key_origin=KeySource.FACTORY.value,
        source="factory",
        at_lab=iso(at),
        is_installed=True,
        is_running=True,
    )
