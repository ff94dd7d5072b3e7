"""A lab in which everything works, and the ways to break it that the TechNote's troubles are (221624).

Each trouble is made as a person makes it, or, where that page is not ours, by its row inside `lab_change`.
"""

from collections.abc import Callable

from certstore.actions import labs, restart, server_certificate, trusted_ca
from certstore.actions.writing import lab_change, log_event
from certstore.models import CucmServer, Lab, Node, StoreName, TrustEntry, User, Zone, ZonePeer
from certstore.pki.facts import decode_certificate
from certstore.pki.pem import read_pem
from certstore.pki.releases import DEFAULT_RELEASE
from certstore.scenarios import WORKING
from certstore.scenarios.recipes import MadeLab
from tests.labs import content_of, tried


def make_working_lab(owner: User, made: MadeLab) -> Lab:
    """A lab in which everything works."""
    return labs.make_lab(owner, Lab.Kind.PRACTISE, "Working", DEFAULT_RELEASE.name, made=made, recipe=WORKING)


def control_of(lab: Lab) -> Node:
    """Its Expressway-C."""
    return lab.nodes.get(kind=Node.Kind.EXPRESSWAY_C)


def edge_of(lab: Lab) -> Node:
    """Its Expressway-E."""
    return lab.nodes.get(kind=Node.Kind.EXPRESSWAY_E)


def set_peer(lab: Lab, address: str) -> None:
    """Type another peer address on the Expressway-C."""
    with lab_change(lab.pk, "zone.saved") as locked:
        ZonePeer.objects.filter(zone__node=control_of(lab)).update(address=address)
        log_event(locked, control_of(lab), "zone.saved", {"name": "MRA"}, locked.now())


def set_subject_name(lab: Lab, name: str) -> None:
    """Type another TLS verify subject name on the Expressway-E."""
    with lab_change(lab.pk, "zone.saved") as locked:
        Zone.objects.filter(node=edge_of(lab)).update(verify_subject_name=name)
        log_event(locked, edge_of(lab), "zone.saved", {"name": "MRA"}, locked.now())


def forget_cas(lab: Lab, node: Node, files: str, stores: tuple[str, ...] = (StoreName.CA,)) -> None:
    """Take the CAs of a file of the lab out of lists of a server, which has them loaded no longer."""
    ders = read_pem(content_of(lab, files)).certificates
    prints = [decode_certificate(der).sha256 for der in ders]
    with lab_change(lab.pk, "trusted-ca.deleted") as locked:
        rows = TrustEntry.objects.filter(store__node=node, store__name__in=stores)
        rows.filter(certificate__sha256__in=prints).delete()
        log_event(locked, node, "trusted-ca.deleted", {"count": len(prints)}, locked.now())


def peer_is_an_address(lab: Lab) -> None:
    """Zone down: the peer address is no name of Expressway-E's certificate."""
    set_peer(lab, edge_of(lab).address)


def subject_name_is_wrong(lab: Lab) -> None:
    """Zone down: the TLS verify subject name is no name of Expressway-C's certificate."""
    set_subject_name(lab, "exp-c9.example.com")


def ca_of_the_edge_is_unknown(lab: Lab) -> None:
    """Zone down: Expressway-C does not trust the CAs of Expressway-E."""
    forget_cas(lab, control_of(lab), "exp-e1-ca-bundle.pem")


def new_intermediate_is_unknown(lab: Lab) -> None:
    """Zone up, tunnels down: Expressway-E has a renewed certificate, whose issuing CA the other side lacks."""
    edge = edge_of(lab)
    trusted_ca.append(edge, tried(content_of(lab, "exp-e1-renewal-issuing-ca.pem")), lab.owner)
    server_certificate.upload(edge, tried(content_of(lab, "exp-e1-renewal.pem")), None, lab.owner)
    restart.restart(edge)


def unified_cm_does_not_know_the_ca(lab: Lab) -> None:
    """Nobody signs in: the CAs of Expressway-C are not in the lists that Unified CM has loaded."""
    cucm = CucmServer.objects.get(node=control_of(lab)).cucm
    names = (StoreName.TOMCAT, StoreName.CALLMANAGER, StoreName.TOMCAT_LOADED, StoreName.CALLMANAGER_LOADED)
    forget_cas(lab, cucm, "exp-c1-ca-bundle.pem", names)


def domain_is_not_in_the_certificate(lab: Lab) -> None:
    """Jabber warns: the domain that people sign in with is no name of Expressway-E's certificate."""
    with lab_change(lab.pk, "jabber.settings") as locked:
        lab.nodes.filter(kind=Node.Kind.JABBER).update(settings={"domain": "example.net"})
        log_event(locked, None, "jabber.settings", {"domain": "example.net"}, locked.now())


TROUBLES: dict[str, Callable[[Lab], None]] = {
    "peer-address": peer_is_an_address,
    "subject-name": subject_name_is_wrong,
    "unknown-ca": ca_of_the_edge_is_unknown,
    "unknown-intermediate": new_intermediate_is_unknown,
    "unified-cm": unified_cm_does_not_know_the_ca,
    "jabber": domain_is_not_in_the_certificate,
}
