"""Make a lab of it: what was checked becomes a lab in which it can be uploaded again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from certstore.actions import labs
from certstore.actions.trusted_ca import add_to_list
from certstore.actions.writing import log_event
from certstore.models import Lab, LabFile, Node, TrustStore, User
from certstore.models.clock import real_now
from certstore.models.writer import fair_write
from certstore.pki.decode import pem_text
from certstore.pki.facts import CertificateFacts, CrlFacts
from certstore.pki.material import Item, Material, Sort
from certstore.pki.requests import RequestFacts
from certstore.pki.sniff import FileKind
from certstore.reading.trust import state_of
from certstore.scenarios import recipes
from certstore.scenarios.servers_of_files import ServersOfFiles

LONGEST_NAME = 70  # of LabFile.name's 80, with room for a number and an ending
_ODD = re.compile(r"[^A-Za-z0-9._-]+")
_LABELS: tuple[tuple[type, str], ...] = ((CertificateFacts, "CERTIFICATE"), (CrlFacts, "X509 CRL"))
# Given back as they came, since their form is what an upload trips over.
_KEPT_IN_DER = (Sort.SERVER_CERTIFICATE, Sort.INTERMEDIATE, Sort.ROOT)


@dataclass(frozen=True, slots=True)
class LabOfFiles:
    """What a lab is to be made of."""

    kind: Lab.Kind
    name: str
    release: str  # as typed
    servers: ServersOfFiles
    material: Material
    at: datetime | None  # the moment at which the files were judged; None: the lab's clock is not moved


def make_lab_of_files(owner: User, wanted: LabOfFiles) -> Lab:
    """Make a lab of checked files, all or nothing.

    In: whose it is, and what it is made of. Out: the lab: servers named as in the certificates, the clock at the
    judged moment, the files under Files. A trust list that was given is the list of the server in question,
    in place of the default one; without it the CAs among the files are appended to both lists. Raises
    labs.TooManyLabs.
    """
    made = recipes.make(wanted.servers.plans, real_now(), with_services=wanted.kind == Lab.Kind.PRACTISE)
    with fair_write():
        lab = labs.make_lab(owner, wanted.kind, wanted.name, wanted.release, wanted.servers.plans, made)
        if wanted.at is not None:
            lab.clock_offset_s = int((wanted.at - real_now()).total_seconds())
            lab.save(update_fields=["clock_offset_s"])
        node = lab.nodes.get(kind=wanted.servers.subject.value)
        _fill_lists(lab, node, wanted.material)
        count = _put_files(lab, node, wanted.material.items)
        log_event(lab, node, "lab.made-of-files", {"count": count}, lab.now())
    return lab


def _fill_lists(lab: Lab, node: Node, material: Material) -> None:
    """Put what is trusted into the lists."""
    if material.trust_list is not None:
        store = TrustStore.objects.get(node=node, name="ca")
        store.entries.all().delete()
        add_to_list(lab, store, material.trust_list, material.crls)
        return
    for store in TrustStore.objects.filter(node__lab=lab, name="ca"):
        there = state_of(store).sha256s
        new = [facts for facts in material.cas if facts.sha256 not in there]
        add_to_list(lab, store, new, [crl for crl in material.crls if crl.sha256 not in there])


def _put_files(lab: Lab, node: Node, items: Iterable[Item]) -> int:
    """Put the files in place of the examples, which would stand among real ones under like names; out: how many."""
    lab.files.all().delete()
    taken: set[str] = set()
    files = []
    for position, item in enumerate(item for item in items if item.things):
        is_binary = item.given.content.kind is FileKind.DER_CERTIFICATE and len(item.things) == 1
        is_der = is_binary and item.sort in _KEPT_IN_DER
        name = file_name(item.given.name, ".cer" if is_der else ".pem", taken)
        taken.add(name)
        what = f"checked-{item.sort.value}" + ("-der" if is_der else "")
        content = item.things[0].der if is_der else pem_of(item.things).encode()
        files.append(LabFile(lab=lab, node=node, name=name, what=what, content=content, position=position))
    LabFile.objects.bulk_create(files)
    return len(files)


def pem_of(things: Sequence[CertificateFacts | CrlFacts | RequestFacts]) -> str:
    """Certificates, CRLs and requests as Base-64 (PEM), one after the other."""
    return "".join(pem_text(thing.der, _label(thing)) for thing in things)


def _label(thing: object) -> str:
    return next((label for kind, label in _LABELS if isinstance(thing, kind)), "CERTIFICATE REQUEST")


def file_name(given: str, ending: str, taken: Iterable[str] = ()) -> str:
    """A name that any system takes, after the name that a file came with, and none of those that are taken."""
    last = given.replace("\\", "/").rpartition("/")[2]
    stem = _ODD.sub("-", last.rpartition(".")[0] or last).strip("-.")[:LONGEST_NAME] or "file"
    names = (f"{stem}{f'-{number}' if number > 1 else ''}{ending}" for number in range(1, 1000))
    return next(name for name in names if name not in taken)
