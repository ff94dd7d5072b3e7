"""A lab in which everything works: what a renewal, or a fault, begins with."""

from collections.abc import Iterator
from datetime import datetime

from certstore.models import Lab, Node, SlotName, StoreName
from certstore.pki.facts import CertificateFacts, decode_certificate
from certstore.pki.moments import iso
from certstore.pki.pem import read_pem
from certstore.reading.unified_cm import LOADED
from certstore.scenarios.expressway_pair import MadeServer
from certstore.scenarios.services import LISTS, Held, MadeServices, add_to_lists, load


def put_to_work(lab: Lab, servers: tuple[MadeServer, ...], made: MadeServices, at: datetime) -> None:
    """Load what the files of a new lab hold, and give every list the CAs that it needs.

    In: the lab with its servers, Unified CM and Jabber, as their recipes put them there. Afterwards each Expressway
    shows the certificate of its files and trusts the CAs of both; Expressway-C and Unified CM trust each other's,
    and Jabber's computer trusts that of Expressway-E.
    """
    bundles = {one.plan.role: list(_in_file(one, "ca-bundle-pem")) for one in servers}
    everybody = [facts for bundle in bundles.values() for facts in bundle]
    cucm, jabber = (lab.nodes.get(kind=kind) for kind in (Node.Kind.CUCM, Node.Kind.JABBER))
    unified_cm = list(_certificates(made.ca.bundle))
    for one in servers:
        node = lab.nodes.get(kind=one.plan.role.value, host=one.plan.host, domain=one.plan.domain)
        certificate = next(_in_file(one, "server-certificate-pem"))
        load(lab, node, SlotName.SERVER, Held(certificate, one.key), iso(at), source="upload")
        knows = unified_cm if node.kind == Node.Kind.EXPRESSWAY_C else []
        add_to_lists(lab, node, (StoreName.CA,), [*everybody, *knows])
        if node.kind == Node.Kind.EXPRESSWAY_C:
            for name in LISTS:
                add_to_lists(lab, cucm, (name, LOADED[name]), bundles[one.plan.role])
        else:
            add_to_lists(lab, jabber, (StoreName.CLIENT_OS,), bundles[one.plan.role][-1:])


def _in_file(server: MadeServer, what: str) -> Iterator[CertificateFacts]:
    """The certificates in one of the files that were made for a server."""
    return _certificates(next(one.content for one in server.files if one.what == what))


def _certificates(pem: bytes) -> Iterator[CertificateFacts]:
    return (decode_certificate(der) for der in read_pem(pem).certificates)
