"""A lab with something in every room, to try its walls with."""

from dataclasses import dataclass
from functools import cache

from django.forms.models import model_to_dict
from django.urls import reverse

from certstore.actions import labs, server_certificate, sharing, training_ca, trusted_ca
from certstore.actions.attempts import TriedFile
from certstore.models import (
    Attempt,
    CucmServer,
    DnsRecord,
    Event,
    Installation,
    Issued,
    Lab,
    LabFile,
    Node,
    Plan,
    PlanFile,
    PlanTick,
    RestorePoint,
    ShareLink,
    TrustEntry,
    User,
    Zone,
    ZonePeer,
)
from certstore.models.clock import real_now
from certstore.pki.purpose import SERVER_AUTH
from certstore.pki.request_rules import Wanted
from certstore.pki.sniff import look_at
from certstore.reading.lab_state import lab_view
from certstore.reading.rows import public_half_of
from certstore.reading.servers import slot_state_of
from certstore.scenarios import recipes
from certstore.scenarios.expressway_pair import EXAMPLE_SERVERS
from certstore.scenarios.recipes import MadeLab


@dataclass(frozen=True)
class FilledLab:
    """A lab and one of everything in it."""

    owner: User
    lab: Lab
    node: Node  # its Expressway-E
    cucm: Node
    entry: TrustEntry
    file: LabFile
    attempt: Attempt
    link: ShareLink
    token: str  # of the link
    issued: Issued  # by its enterprise CA, for the key of its Expressway-E


def tried(data: bytes, name: str = "file.pem") -> TriedFile:
    """A file as the form hands it to an action."""
    return TriedFile(name, len(data), "0" * 64, look_at(data))


def content_of(lab: Lab, name: str) -> bytes:
    """The bytes of one of the lab's files."""
    return bytes(lab.files.get(name=name).content)


@cache
def servers_of(name: str) -> MadeLab:
    """The servers of that person's lab: made once a run, for keys take time."""
    return recipes.make(EXAMPLE_SERVERS, real_now())


def fill_lab(name: str) -> FilledLab:
    """A person with an example lab of their own name, one refused and one accepted upload in it."""
    owner = User.objects.create_user(name)
    lab = labs.make_example_lab(owner, servers_of(name))
    labs.rename(lab.pk, f"lab of {name}")
    lab.refresh_from_db()
    node = lab.nodes.get(kind=Node.Kind.EXPRESSWAY_E)
    refused = tried(content_of(lab, "exp-e1.cer"), f"{name}-certificate.cer")
    attempt = server_certificate.upload(node, refused, None, owner)
    trusted_ca.append(node, tried(content_of(lab, "exp-e1-ca-bundle.pem"), f"{name}-bundle.pem"), owner)
    entry = TrustEntry.objects.filter(store__node=node).first()
    file = lab.files.get(name="exp-e1.pem")
    assert entry is not None
    token = sharing.make_link(lab.pk, ShareLink.Kind.ATTEMPT, attempt=attempt)
    link = lab.share_links.get()
    cucm = lab.nodes.get(kind=Node.Kind.CUCM)
    return FilledLab(owner, lab, node, cucm, entry, file, attempt, link, token, issued_in(lab, node))


def issued_in(lab: Lab, node: Node) -> Issued:
    """A certificate of the lab's enterprise CA for the key that a server holds."""
    key = public_half_of(slot_state_of(node).installation.key)
    wanted = Wanted(key, f"www.{node.domain}", (f"www.{node.domain}",))
    return training_ca.issue(lab, wanted, training_ca.Terms("enterprise-issuing", 90, (SERVER_AUTH,)))


def connection_pages(lab: Lab) -> list[str]:
    """The pages that explain a connection, one of each kind."""
    verdicts = {verdict.kind: verdict for verdict in lab_view(lab, lab.now()).state.all}
    return [
        reverse("connection", args=[lab.pk, kind.value, verdict.source, verdict.target])
        for kind, verdict in verdicts.items()
        if verdict.target
    ]


def lab_state(lab: Lab) -> list[object]:
    """Everything of a lab that a stranger could have changed."""
    rows = [
        *Lab.objects.filter(pk=lab.pk),
        *Node.objects.filter(lab=lab),
        *TrustEntry.objects.filter(store__node__lab=lab),
        *Installation.objects.filter(slot__node__lab=lab),
        *Event.objects.filter(lab=lab),
        *RestorePoint.objects.filter(lab=lab),
        *ShareLink.objects.filter(lab=lab),
        *Issued.objects.filter(lab=lab),
        *Zone.objects.filter(node__lab=lab),
        *ZonePeer.objects.filter(zone__node__lab=lab),
        *CucmServer.objects.filter(node__lab=lab),
        *DnsRecord.objects.filter(lab=lab),
        *Plan.objects.filter(lab=lab),
        *PlanFile.objects.filter(plan__lab=lab),
        *PlanTick.objects.filter(plan__lab=lab),
    ]
    return [*[model_to_dict(row) for row in rows], Attempt.objects.filter(lab=lab).count()]
