"""Short words for tests that change a lab: what is uploaded, and what is set."""

from dataclasses import replace
from datetime import UTC, datetime

from cryptography.hazmat.primitives.serialization import Encoding

from certstore.actions import (
    client_certificate,
    cucm_servers,
    server_certificate,
    trusted_ca,
    zones,
)
from certstore.models import (
    Node,
)
from certstore.pki.csr import Typed
from certstore.pki.dns import Question, RecordType
from certstore.pki.forge import authority, crl
from certstore.pki.forge.authority import Authority
from certstore.pki.forge.requests import signing_request
from certstore.pki.releases import Role
from certstore.pki.requests import RequestFacts, decode_request
from certstore.scenarios.expressway_pair import ServerPlan
from tests.keyring import rsa_key
from tests.labs import content_of, tried

START, END = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)


def made_ca(name) -> Authority:
    return authority.root(str(name), rsa_key("points"), START, END)


def revocation_list(name) -> bytes:
    return crl.as_pem(crl.revocation_list(made_ca(name), [], START, END))


QUESTION = Question.of(RecordType.A, "exp-e1.example.com")

# What is typed into a request that every release takes.
REQUEST = Typed(length="2048", country="GB", state="London", organization="Example")


def a_request(name) -> RequestFacts:
    made = signing_request(f"{name}.example.com", rsa_key("points"), [f"{name}.example.com"])
    return decode_request(made.public_bytes(Encoding.DER))


def cucm_of(lab):
    return lab.nodes.select_related("lab").get(kind=Node.Kind.CUCM)


def jabber_of(lab):
    return lab.nodes.select_related("lab").get(kind=Node.Kind.JABBER)


def rows_of(node, name):
    return list(node.trust_stores.get(name=name).entries.values_list("pk", flat=True))


def zone_of(node, name="Traversal zone", **changed):
    """A zone as a form hands it over."""
    is_client = node.kind == Node.Kind.EXPRESSWAY_C
    plan = zones.ZonePlan(
        name=name,
        username="traversal",
        password="",
        sip_port=7001,
        peers=("exp-e1.example.com",) if is_client else (),
        verify_subject_name="" if is_client else "exp-c1.example.com",
    )
    return replace(plan, **changed)


def control_of(lab):
    return lab.nodes.get(kind=Node.Kind.EXPRESSWAY_C)


def row_of(lab):
    return control_of(lab).cucm_servers.get()


def server_of(lab, **changed):
    """The Unified CM of the lab as a form hands it over."""
    cucm = lab.nodes.get(kind=Node.Kind.CUCM)
    return replace(cucm_servers.ServerPlan(cucm.pk, cucm.fqdn, "axladmin", True, cucm.fqdn), **changed)


def first_entry(node):
    return node.trust_stores.get(name="ca").entries.first().pk


def plan_of(node, host):
    return ServerPlan(Role(node.kind), host, "corp.example", "192.0.2.77")


def accept_as_client(lab, node):
    """Have the server take a certificate of the lab's files as its client certificate."""
    trusted_ca.append(node, tried(content_of(lab, "exp-e1-ca-bundle.pem")), lab.owner)
    client_certificate.upload(node, tried(content_of(lab, "exp-e1.pem")), None, lab.owner)


def accept(lab, node):
    """Have the server take a certificate of the lab's files."""
    trusted_ca.append(node, tried(content_of(lab, "exp-e1-ca-bundle.pem")), lab.owner)
    attempt = server_certificate.upload(node, tried(content_of(lab, "exp-e1.pem")), None, lab.owner)
    assert attempt.stored
