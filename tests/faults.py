"""A lab in which everything works, and what can be broken in it: the troubles of connections, one at a time."""

from certstore.actions import restart, server_certificate, trusted_ca
from certstore.actions.labs import make_lab
from certstore.models import DnsRecord, Lab, Node, StoreName, TrustEntry, User, Zone, ZonePeer
from certstore.scenarios import WORKING
from certstore.scenarios.recipes import MadeLab
from tests.labs import content_of, tried


def working_lab(owner: User, made: MadeLab) -> Lab:
    """A lab of somebody's in which everything works."""
    return make_lab(owner, Lab.Kind.PRACTISE, "Works", "X14.3", made=made, recipe=WORKING)


def node(lab: Lab, kind: Node.Kind) -> Node:
    """The server of a kind, with the lab as it is now."""
    return Node.objects.select_related("lab").get(lab=lab, kind=kind)


def without(lab: Lab, kind: Node.Kind, stores: tuple[str, ...], words: str) -> None:
    """Take every CA whose subject has these words out of some lists of a server."""
    rows = TrustEntry.objects.filter(store__node=node(lab, kind), store__name__in=stores)
    gone = [row.pk for row in rows.select_related("certificate") if words in row.certificate.facts["subject"]]
    assert gone, words
    rows.filter(pk__in=gone).delete()


def _issuer_words(lab: Lab, kind: Node.Kind) -> str:
    """The organisation that issued a server's certificate, as its subject names it."""
    slot = node(lab, kind).slots.get(name="server")
    subject = slot.installations.get(is_running=True).certificate.facts["issuer"]
    return str(subject).split(", ")[0]


def zone_fails(lab: Lab) -> None:
    """Expressway-C has none of the CAs of Expressway-E: "Traversal Zone Down with TLS Negotiation Error"."""
    without(lab, Node.Kind.EXPRESSWAY_C, (StoreName.CA,), _issuer_words(lab, Node.Kind.EXPRESSWAY_E))


def tunnels_fail(lab: Lab) -> None:
    """A renewal from a new issuing CA that only Expressway-E has: zone up, "SSH Tunnels Down After a … Renewal"."""
    edge = node(lab, Node.Kind.EXPRESSWAY_E)
    owner = lab.owner
    trusted_ca.append(edge, tried(content_of(lab, "exp-e1-renewal-issuing-ca.pem")), owner)
    loaded = server_certificate.upload(edge, tried(content_of(lab, "exp-e1-renewal.pem")), None, owner)
    assert loaded.stored
    restart.restart(node(lab, Node.Kind.EXPRESSWAY_E))


def unified_cm_refuses(lab: Lab) -> None:
    """Unified CM has loaded none of the CAs of Expressway-C: "Log In Fails After an Upgrade or … Renewal"."""
    loaded = (StoreName.TOMCAT_LOADED, StoreName.CALLMANAGER_LOADED)
    without(lab, Node.Kind.CUCM, loaded, _issuer_words(lab, Node.Kind.EXPRESSWAY_C))


def jabber_warns(lab: Lab) -> None:
    """The computer of Jabber knows no CA of Expressway-E: "Certificate Alarm on Jabber"."""
    without(lab, Node.Kind.JABBER, (StoreName.CLIENT_OS,), _issuer_words(lab, Node.Kind.EXPRESSWAY_E))


def peer_leads_nowhere(lab: Lab) -> None:
    """The peer address of the zone is in no DNS."""
    ZonePeer.objects.filter(zone__node__lab=lab).update(address="nowhere.example.org")


def password_differs(lab: Lab) -> None:
    """The password of the zone is another one on Expressway-E: the red herring."""
    Zone.objects.filter(node=node(lab, Node.Kind.EXPRESSWAY_E)).update(password="0" * 64)


def dns_does_not_lead_back(lab: Lab) -> None:
    """The address of Expressway-E leads to no name."""
    edge = node(lab, Node.Kind.EXPRESSWAY_E)
    DnsRecord.objects.create(lab=lab, type="PTR", name=edge.address, values=[])
