"""One step of every kind, for the Expressway-E of a lab in which everything works, and what it needs before."""

from datetime import UTC, datetime

from certstore.actions import clusters, crl_management, csr, dns, labs, points, server_settings, zones
from certstore.actions.steps import Step, StepKind
from certstore.models import Cluster, Node, SlotName, StoreName, TrustEntry
from certstore.models.clock import real_now, shifted
from certstore.pki.csr import Typed
from certstore.pki.dns import Question, RecordType
from certstore.pki.forge import crl
from certstore.pki.forge.authority import root
from certstore.pki.releases import Role, SameSubject, Switch
from certstore.pki.settings import TUNNEL_ALGORITHMS, ClientSettings, CucmSettings, Fallback, Sends
from certstore.pki.zone_password import fingerprint
from certstore.scenarios.expressway_pair import ServerPlan
from tests.keyring import rsa_key
from tests.labs import content_of
from tests.labs import tried as file_of

NOW = real_now()
DAYS = shifted(NOW, -90 * 86_400), shifted(NOW, 90 * 86_400)
ROOT = root("Example Root CA", rsa_key("root"), *DAYS)
LIST = crl.as_pem(crl.revocation_list(ROOT, [], *DAYS))
LATER = datetime(2031, 1, 1, tzinfo=UTC)


def file(lab, name):
    return file_of(content_of(lab, name), name)


def append(node, name):
    return Step(StepKind.APPEND, node.pk, file=file(node.lab, name))


def upload(node, name):
    return Step(StepKind.UPLOAD, node.pk, file=file(node.lab, name))


def restart(node):
    return Step(StepKind.RESTART, node.pk)


REQUEST = Typed(length="2048", country="GB", state="London", organization="Example")
NEW_ZONE = {
    "name": "Another zone",
    "username": "someone",
    "peers": (),
    "subject_name": "exp-c1.example.com",
    "port": 7001,
}
ONE_OF_EACH = {
    StepKind.APPEND: lambda node: append(node, "exp-e1-renewal-issuing-ca.pem"),
    StepKind.UPLOAD: lambda node: upload(node, "exp-e1.pem"),
    StepKind.DELETE: lambda node: Step(
        StepKind.DELETE, node.pk, {"entries": list(all_entries(node).values_list("pk", flat=True))}
    ),
    StepKind.RESET_LIST: lambda node: Step(StepKind.RESET_LIST, node.pk),
    StepKind.RESET_CERTIFICATE: lambda node: Step(StepKind.RESET_CERTIFICATE, node.pk),
    StepKind.CLIENT_UPLOAD: lambda node: Step(
        StepKind.CLIENT_UPLOAD, node.pk, file=file(node.lab, "exp-e1.pem")
    ),
    StepKind.CLIENT_RESET: lambda node: Step(StepKind.CLIENT_RESET, node.pk),
    StepKind.CRL_UPLOAD: lambda node: Step(StepKind.CRL_UPLOAD, node.pk, file=file_of(LIST, "list.pem")),
    StepKind.CRL_REMOVE: lambda node: Step(StepKind.CRL_REMOVE, node.pk),
    StepKind.CSR_DISCARD: lambda node: Step(StepKind.CSR_DISCARD, node.pk),
    StepKind.CLIENT_CSR_DISCARD: lambda node: Step(StepKind.CLIENT_CSR_DISCARD, node.pk),
    StepKind.POINT_RESTORE: lambda node: Step(
        StepKind.POINT_RESTORE, values={"number": node.lab.restore_points.get(name="start").number}
    ),
    StepKind.ACME: lambda node: Step(StepKind.ACME, node.pk),
    StepKind.RESTART: restart,
    StepKind.TIME: lambda _: Step(StepKind.TIME, values={"moment": LATER}),
    StepKind.RELEASE: lambda _: Step(StepKind.RELEASE, values={"release": "X15.5"}),
    StepKind.JUDGING: lambda _: Step(
        StepKind.JUDGING, values={"same_subject": SameSubject.REFUSE, "cn_counts": True}
    ),
    StepKind.SWITCHES: lambda _: Step(StepKind.SWITCHES, values={"positions": {Switch.EKU_CHECKING: False}}),
    StepKind.ZONE: lambda node: Step(
        StepKind.ZONE, node.pk, {"peers": (), "subject_name": "other.example.com", "port": None}
    ),
    StepKind.DNS: lambda node: Step(
        StepKind.DNS, values={"question": Question.of(RecordType.A, node.fqdn), "values": []}
    ),
    StepKind.TUNNEL_ALGORITHMS: lambda node: Step(
        StepKind.TUNNEL_ALGORITHMS, node.pk, {"names": [TUNNEL_ALGORITHMS[1]]}
    ),
    StepKind.REVOCATION: lambda node: Step(
        StepKind.REVOCATION, node.pk, {"is_on": True, "fallback": Fallback.REVOKED}
    ),
    StepKind.SENDS: lambda node: Step(StepKind.SENDS, node.pk, {"sends": Sends.LEAF}),
    StepKind.NAMES: lambda node: Step(StepKind.NAMES, node.pk, {"host": "other", "domain": "example.com"}),
    StepKind.DNS_RIGHT: lambda node: Step(StepKind.DNS_RIGHT, values={"question": address_of(node)}),
    StepKind.ZONE_NEW: lambda node: Step(StepKind.ZONE_NEW, node.pk, NEW_ZONE),
    StepKind.ZONE_CREDENTIAL: lambda node: Step(
        StepKind.ZONE_CREDENTIAL, node.pk, {"fingerprint": fingerprint("other", node.lab.password_salt)}
    ),
    StepKind.ZONE_DELETE: lambda node: Step(StepKind.ZONE_DELETE, node.pk),
    StepKind.TUNNEL_RESET: lambda node: Step(StepKind.TUNNEL_RESET, node.pk),
    StepKind.ORIGIN: lambda node: Step(StepKind.ORIGIN, control_of(node).pk, {"is_on": False}),
    StepKind.CLUSTER_MAKE: lambda node: Step(StepKind.CLUSTER_MAKE, node.pk, {"name": "exp-e.example.com"}),
    StepKind.CLUSTER_ADD: lambda node: Step(
        StepKind.CLUSTER_ADD, node.pk, {"host": "exp-e2", "domain": "example.com", "address": "192.0.2.72"}
    ),
    StepKind.CLUSTER_REMOVE: lambda node: Step(StepKind.CLUSTER_REMOVE, second_of(node).pk),
    StepKind.CLUSTER_PRIMARY: lambda node: Step(StepKind.CLUSTER_PRIMARY, second_of(node).pk),
    StepKind.CLUSTER_DISSOLVE: lambda node: Step(StepKind.CLUSTER_DISSOLVE, node.pk),
    StepKind.CLUSTER_MAP: lambda node: Step(
        StepKind.CLUSTER_MAP, node.pk, {"name": "exp-e2.example.com", "address": "192.0.2.72"}
    ),
    StepKind.CUCM_SERVER_ADD: lambda node: Step(
        StepKind.CUCM_SERVER_ADD,
        control_of(node).pk,
        {"address": cucm_of(node).fqdn, "username": "axl", "tls_verify": True},
    ),
    StepKind.CUCM_SERVER_SAVE: lambda node: Step(
        StepKind.CUCM_SERVER_SAVE,
        control_of(node).pk,
        {"row": known_to(node), "address": "", "username": "", "tls_verify": False},
    ),
    StepKind.CUCM_SERVER_REFRESH: lambda node: Step(StepKind.CUCM_SERVER_REFRESH, control_of(node).pk),
    StepKind.CUCM_SERVER_DELETE: lambda node: Step(
        StepKind.CUCM_SERVER_DELETE, control_of(node).pk, {"entries": [known_to(node)]}
    ),
    StepKind.CUCM_REGENERATE: lambda node: Step(
        StepKind.CUCM_REGENERATE, cucm_of(node).pk, {"slot": SlotName.TOMCAT}
    ),
    StepKind.CUCM_SIGN: lambda node: Step(StepKind.CUCM_SIGN, cucm_of(node).pk, {"slot": SlotName.TOMCAT}),
    StepKind.CUCM_CERTIFICATE_DELETE: lambda node: Step(
        StepKind.CUCM_CERTIFICATE_DELETE, cucm_of(node).pk, {"slot": SlotName.TOMCAT_ECDSA}
    ),
    StepKind.CUCM_SETTINGS: lambda node: Step(
        StepKind.CUCM_SETTINGS, cucm_of(node).pk, {"settings": CucmSettings(server_entry="192.0.2.200")}
    ),
    StepKind.JABBER_UPLOAD: lambda node: Step(
        StepKind.JABBER_UPLOAD, client_of(node).pk, file=file_of(ROOT.pem, "root.pem")
    ),
    StepKind.JABBER_DELETE: lambda node: Step(
        StepKind.JABBER_DELETE,
        client_of(node).pk,
        {
            "entries": list(
                TrustEntry.objects.filter(store__node=client_of(node)).values_list("pk", flat=True)
            )
        },
    ),
    StepKind.JABBER_TRUST: lambda node: Step(StepKind.JABBER_TRUST, client_of(node).pk, {"edge": node.pk}),
    StepKind.JABBER_SETTINGS: lambda node: Step(
        StepKind.JABBER_SETTINGS, client_of(node).pk, {"settings": ClientSettings(domain="other.example.com")}
    ),
    StepKind.CLUSTER_MODE: lambda node: Step(
        StepKind.CLUSTER_MODE, node.pk, {"mode": Cluster.TlsMode.ENFORCING}
    ),
    StepKind.CUCM_UPLOAD: lambda node: Step(
        StepKind.CUCM_UPLOAD,
        cucm_of(node).pk,
        {"store": "tomcat"},
        file(node.lab, "exp-e1-renewal-issuing-ca.pem"),
    ),
    StepKind.CUCM_DELETE: lambda node: Step(
        StepKind.CUCM_DELETE, cucm_of(node).pk, {"entries": in_stores(cucm_of(node))}
    ),
    StepKind.CUCM_SERVICES: lambda node: Step(StepKind.CUCM_SERVICES, cucm_of(node).pk),
}

# What a lab in which everything works needs before a step can be done in it.
FIRST = {
    StepKind.CLIENT_UPLOAD: lambda node: labs.set_release(node.lab_id, "X15.5"),
    StepKind.CLIENT_RESET: lambda node: labs.set_release(node.lab_id, "X15.5"),
    StepKind.CRL_REMOVE: lambda node: crl_management.upload(node, file_of(LIST, "list.pem")),
    StepKind.CLUSTER_MODE: lambda node: clusters.make(node, "exp-e.example.com"),
    StepKind.CLUSTER_ADD: lambda node: clusters.make(node, "exp-e.example.com"),
    StepKind.CLUSTER_REMOVE: lambda node: make_two(node),
    StepKind.CLUSTER_PRIMARY: lambda node: make_two(node),
    StepKind.CLUSTER_DISSOLVE: lambda node: clusters.make(node, "exp-e.example.com"),
    StepKind.CLUSTER_MAP: lambda node: clusters.make(node, "exp-e.example.com"),
    StepKind.ZONE_NEW: zones.delete,
    StepKind.CSR_DISCARD: lambda node: csr.generate(node, SlotName.SERVER, REQUEST),
    StepKind.CLIENT_CSR_DISCARD: lambda node: ask_as_client(node),
    StepKind.POINT_RESTORE: lambda node: keep_and_break(node),
    StepKind.JABBER_TRUST: lambda node: TrustEntry.objects.filter(store__node=client_of(node)).delete(),
    StepKind.DNS_RIGHT: lambda node: dns.answer(node.lab_id, address_of(node), []),
    StepKind.CUCM_SERVER_ADD: lambda node: control_of(node).cucm_servers.all().delete(),
    StepKind.TUNNEL_RESET: lambda node: server_settings.set_tunnel_algorithms(node, TUNNEL_ALGORITHMS[:1]),
}


def keep_and_break(node):
    """A restore point, and a zone that is gone since."""
    points.keep(node.lab_id, "start")
    zones.delete(node)


def ask_as_client(node):
    """A pending request of the page that X15.5 has for the client certificate."""
    labs.set_release(node.lab_id, "X15.5")
    csr.generate(node, SlotName.CLIENT, REQUEST)


def make_two(node):
    """A cluster of two peers."""
    clusters.make(node, "exp-e.example.com")
    clusters.add_peer(node, ServerPlan(Role.EXPRESSWAY_E, "exp-e2", "example.com", "192.0.2.72"))


def second_of(node):
    return node.lab.nodes.get(host="exp-e2")


def control_of(node):
    return node.lab.nodes.get(kind=Node.Kind.EXPRESSWAY_C)


def client_of(node):
    return node.lab.nodes.get(kind=Node.Kind.JABBER)


def known_to(node):
    """The row of the Unified CM that Expressway-C knows."""
    return control_of(node).cucm_servers.get().pk


def address_of(node):
    return Question.of(RecordType.A, node.fqdn)


def cucm_of(node):
    return node.lab.nodes.get(kind=Node.Kind.CUCM)


def in_stores(cucm):
    names = (StoreName.TOMCAT, StoreName.CALLMANAGER)
    rows = TrustEntry.objects.filter(store__node=cucm, store__name__in=names)
    return list(rows.values_list("pk", flat=True))


def all_entries(node):
    return TrustEntry.objects.filter(store__node=node, store__name="ca")
