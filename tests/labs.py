"""A lab with something in every room, to try its walls with."""

from dataclasses import dataclass
from functools import cache

from django.forms.models import model_to_dict

from certstore.actions import labs, server_certificate, sharing, trusted_ca
from certstore.actions.attempts import TriedFile
from certstore.models import (
    Attempt,
    CucmServer,
    DnsRecord,
    Event,
    Installation,
    Lab,
    LabFile,
    Node,
    RestorePoint,
    ShareLink,
    TrustEntry,
    User,
    Zone,
    ZonePeer,
)
from certstore.models.clock import real_now
from certstore.pki.sniff import look_at
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


def tried(data: bytes, name: str = "file.pem") -> TriedFile:
    """A file as the form hands it to an action."""
    return TriedFile(name, len(data), "0" * 64, look_at(data))


def content_of(lab: Lab, name: str) -> bytes:
    """The bytes of one of the lab's files."""
    return bytes(lab.files.get(name=name).content)


@cache
def _servers_of(name: str) -> MadeLab:
    """The servers of that person's lab: made once a run, for keys take time."""
    return recipes.make(EXAMPLE_SERVERS, real_now())


def fill_lab(name: str) -> FilledLab:
    """A person with an example lab of their own name, one refused and one accepted upload in it."""
    owner = User.objects.create_user(name)
    lab = labs.make_example_lab(owner, _servers_of(name))
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
    cucm = lab.nodes.get(kind=Node.Kind.CUCM)
    return FilledLab(owner, lab, node, cucm, entry, file, attempt, lab.share_links.get(), token)


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
        *Zone.objects.filter(node__lab=lab),
        *ZonePeer.objects.filter(zone__node__lab=lab),
        *CucmServer.objects.filter(node__lab=lab),
        *DnsRecord.objects.filter(lab=lab),
    ]
    return [*[model_to_dict(row) for row in rows], Attempt.objects.filter(lab=lab).count()]
