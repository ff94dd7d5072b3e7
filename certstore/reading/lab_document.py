"""A lab as one versioned document: what a restore point keeps, and what is duplicated, exported and imported.

The document names certificates, CRLs, public keys and files by SHA-256; what it names is carried beside it when
it leaves its lab. It holds no private key, no attempt, no event and nobody's name.

    {"document": "expressway-lab", "format": 1, "lab": {…},
     "servers": [{"id", "kind", "host", "domain", "address", "restarted_at",
                  "factory": {"ca", "certificate", "key"}, "lists": {"ca": [{"certificate"} or {"crl"}, …]},
                  "slots": {"server": [{…}, …]}, "files": [{…}, …]}, …]}
"""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from certstore.models import Installation, Lab, RestorePoint, TrustStore
from certstore.pki.moments import iso

WHAT = "expressway-lab"
FORMAT = 1

# The fields of a lab that the document holds under their own names.
LAB_FIELDS = (
    "name",
    "kind",
    "recipe",
    "release",
    "server_eku_upload",
    "eku_checking",
    "same_subject",
    "cn_counts",
    "explanations",
    "clock_offset_s",
)

# The same of what is in a slot.
INSTALLATION_FIELDS = ("key_origin", "source", "at_lab", "is_installed", "is_running")

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """What a document names, by SHA-256."""

    certificates: frozenset[str]
    crls: frozenset[str]
    public_keys: frozenset[str]
    files: frozenset[str]


def document_of(lab: Lab) -> Document:
    """The document of a lab as it is: four queries and no certificate read, whatever the length of its lists."""
    servers = dict(_servers(lab))
    for node_id, name, certificate, crl in _entries(lab):
        entries = servers[node_id]["lists"].setdefault(name, [])
        if certificate or crl:  # a list without a row comes as a row without a certificate
            entries.append({"certificate": certificate} if certificate else {"crl": crl})
    for node_id, name, held in _installations(lab):
        servers[node_id]["slots"].setdefault(name, []).append(held)
    for node_id, file in _files(lab):
        servers[node_id]["files"].append(file)
    return {
        "document": WHAT,
        "format": FORMAT,
        "lab": {name: getattr(lab, name) for name in LAB_FIELDS},
        "servers": list(servers.values()),
    }


def _servers(lab: Lab) -> Iterator[tuple[object, Document]]:
    """The servers in an order that rests on nothing but their names, each without lists, slots and files."""
    columns = ("pk", "kind", "host", "domain", "address", "restarted_at_lab")
    factory = ("factory_ca__sha256", "factory_certificate__sha256", "factory_key__spki_sha256")
    for pk, kind, host, domain, address, restarted, *made in lab.nodes.order_by(
        "kind", "host", "domain"
    ).values_list(*columns, *factory):
        yield (
            pk,
            {
                "id": str(pk),
                "kind": kind,
                "host": host,
                "domain": domain,
                "address": address,
                "restarted_at": iso(restarted) if isinstance(restarted, datetime) else "",
                "factory": dict(zip(("ca", "certificate", "key"), made, strict=True)),
                "lists": {},
                "slots": {},
                "files": [],
            },
        )


def _entries(lab: Lab) -> Iterable[tuple[object, str, str | None, str | None]]:
    """Every row of every list in its order; of an empty list one row with nothing in it."""
    stores = TrustStore.objects.filter(node__lab=lab).order_by("pk", "entries__position")
    return stores.values_list("node_id", "name", "entries__certificate__sha256", "entries__crl__sha256")


def _installations(lab: Lab) -> Iterator[tuple[object, str, Document]]:
    """What is loaded and what runs, once where it is the same: the server, the slot, and what it is."""
    current = Installation.objects.filter(Q(is_installed=True) | Q(is_running=True), slot__node__lab=lab)
    columns = ("certificate__sha256", "key__spki_sha256", *INSTALLATION_FIELDS)
    rows = current.order_by("-is_installed").values_list("slot__node_id", "slot__name", *columns)
    for node_id, slot, *values in rows:
        yield node_id, slot, dict(zip(("certificate", "key", *INSTALLATION_FIELDS), values, strict=True))


def _files(lab: Lab) -> Iterator[tuple[object, Document]]:
    """The files that were made for the lab, by name and hash."""
    for node_id, name, what, position, content in lab.files.order_by("position").values_list(
        "node_id", "name", "what", "position", "content"
    ):
        sha256 = hashlib.sha256(content).hexdigest()
        yield node_id, {"name": name, "what": what, "position": position, "sha256": sha256}


def canonical(document: Document) -> bytes:
    """The one representation of a document as bytes: sorted keys, no blanks, ASCII."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def packed(document: Document) -> bytes:
    """A document as a restore point keeps it."""
    return zlib.compress(canonical(document), 1)  # hashes do not shrink; a higher level only takes longer


def unpacked(data: bytes) -> Document:
    """The document of such bytes, which this project wrote itself."""
    document: Document = json.loads(zlib.decompress(data))
    return document


def document_at(point: RestorePoint) -> Document:
    """The document that a restore point keeps."""
    return unpacked(bytes(point.document))


def named_in(document: Document) -> Named:
    """Everything that a document names."""
    certificates: set[str | None] = set()
    crls: set[str | None] = set()
    keys: set[str | None] = set()
    for server in document["servers"]:
        factory = server["factory"]
        certificates |= {factory["ca"], factory["certificate"]}
        keys.add(factory["key"])
        for entries in server["lists"].values():
            certificates |= {entry["certificate"] for entry in entries if "certificate" in entry}
            crls |= {entry["crl"] for entry in entries if "crl" in entry}
        for slot in server["slots"].values():
            certificates |= {held["certificate"] for held in slot}
            keys |= {held["key"] for held in slot}
    files = frozenset(file["sha256"] for server in document["servers"] for file in server["files"])
    return Named(_without_none(certificates), _without_none(crls), _without_none(keys), files)


def _without_none(hashes: set[str | None]) -> frozenset[str]:
    return frozenset(one for one in hashes if one is not None)
