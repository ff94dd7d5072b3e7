"""A lab as one versioned document: what a restore point keeps, and what is duplicated, exported and imported.

The document names certificates, CRLs, public keys and files by SHA-256; what it names is carried beside it when
it leaves its lab. It holds no private key, no attempt, no event and nobody's name.

    {"document": "expressway-lab", "format": 2, "lab": {…}, "dns": [{"type", "name", "values"}, …],
     "clusters": [{"role", "fqdn", "tls_mode", "address_mapping": {FQDN: address, …}}, …],
     "servers": [{"id", "kind", "host", "domain", "address", "restarted_at", "settings": {…},
                  "peer": None or {"number", "address", "running_tls_mode"} of the cluster of its role,
                  "requests": [{"slot", "der", …}, …],
                  "factory": {"ca", "certificate", "key"}, "lists": {"ca": [{"certificate"} or {"crl"}, …]},
                  "slots": {"server": [{…}, …]}, "files": [{…}, …],
                  "zone": None or {…, "peers": [address, …]}, "cucm_servers": [{"cucm": id of a server, …}, …]}, …]}

Of a cluster without an address mapping the document need not say so. Format 1 had no zones, DNS, settings, requests,
clusters, Unified CM and Jabber; `upgraded` reads it.
"""

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from certstore.models import CucmServer, Installation, Lab, RestorePoint, SigningRequest, TrustStore, Zone
from certstore.pki.moments import iso
from certstore.pki.releases import Role

WHAT = "expressway-lab"
FORMAT = 2

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
    "password_salt",
)

# The same of what is in a slot.
INSTALLATION_FIELDS = ("key_origin", "source", "at_lab", "is_installed", "is_running")

# What a zone is called that nobody named, and who signs in to it.
ZONE_NAME, ZONE_USERNAME = "Traversal zone", "traversal"

# The fields of a side of the zone, and of a Unified CM that an Expressway-C knows.
ZONE_FIELDS = ("name", "username", "password", "sip_port", "verify_subject_name")
REQUEST_FIELDS = ("fields", "is_imported", "state", "at_lab")
CLUSTER_FIELDS = ("role", "fqdn", "tls_mode", "address_mapping")
CUCM_FIELDS = ("publisher_address", "username", "tls_verify", "known_as")

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """What a document names, by SHA-256."""

    certificates: frozenset[str]
    crls: frozenset[str]
    public_keys: frozenset[str]
    files: frozenset[str]


def document_of(lab: Lab) -> Document:
    """The document of a lab as it is: ten queries and no certificate read, whatever the length of its lists."""
    servers = dict(_servers(lab))
    for node_id, name, certificate, crl in _entries(lab):
        entries = servers[node_id]["lists"].setdefault(name, [])
        if certificate or crl:  # a list without a row comes as a row without a certificate
            entries.append({"certificate": certificate} if certificate else {"crl": crl})
    for node_id, name, held in _installations(lab):
        servers[node_id]["slots"].setdefault(name, []).append(held)
    for node_id, file in _files(lab):
        servers[node_id]["files"].append(file)
    for node_id, zone in _zones(lab):
        servers[node_id]["zone"] = zone
    for node_id, known in _cucm_servers(lab):
        servers[node_id]["cucm_servers"].append(known)
    for node_id, request in _requests(lab):
        servers[node_id]["requests"].append(request)
    dns = lab.dns_records.order_by("type", "name").values("type", "name", "values")
    return {
        "document": WHAT,
        "format": FORMAT,
        "lab": {name: getattr(lab, name) for name in LAB_FIELDS},
        "dns": list(dns),
        "clusters": list(lab.clusters.order_by("role").values(*CLUSTER_FIELDS)),
        "servers": list(servers.values()),
    }


def _servers(lab: Lab) -> Iterator[tuple[object, Document]]:
    """The servers in an order that rests on nothing but their names, each without lists, slots and files."""
    columns = ("pk", "kind", "host", "domain", "address", "restarted_at_lab", "settings")
    peer = ("cluster_id", "peer_number", "peer_address", "running_tls_mode")
    factory = ("factory_ca__sha256", "factory_certificate__sha256", "factory_key__spki_sha256")
    for pk, kind, host, domain, address, restarted, settings, *more in lab.nodes.order_by(
        "kind", "host", "domain"
    ).values_list(*columns, *peer, *factory):
        yield (
            pk,
            {
                "id": str(pk),
                "kind": kind,
                "host": host,
                "domain": domain,
                "address": address,
                "restarted_at": iso(restarted) if isinstance(restarted, datetime) else "",
                "settings": settings,
                "peer": _peer(*more[:4]),
                "factory": dict(zip(("ca", "certificate", "key"), more[4:], strict=True)),
                "lists": {},
                "slots": {},
                "files": [],
                "zone": None,
                "cucm_servers": [],
                "requests": [],
            },
        )


def _peer(cluster_id: int | None, number: int, address: str, running_tls_mode: str) -> Document | None:
    """A server's place in its cluster; None where it is in none."""
    if cluster_id is None:
        return None
    return {"number": number, "address": address, "running_tls_mode": running_tls_mode}


def _entries(lab: Lab) -> Iterable[tuple[object, str, str | None, str | None]]:
    """Every row of every list in its order; of an empty list one row with nothing in it."""
    stores = TrustStore.objects.filter(node__lab=lab).order_by("pk", "entries__position")
    return stores.values_list("node_id", "name", "entries__certificate__sha256", "entries__crl__sha256")


def _installations(lab: Lab) -> Iterator[tuple[object, str, Document]]:
    """What is loaded and what runs, once where it is the same: the server, the slot, and what it is."""
    current = Installation.objects.filter(Q(is_installed=True) | Q(is_running=True), slot__node__lab=lab)
    columns = ("certificate__sha256", "key__spki_sha256", *INSTALLATION_FIELDS)
    rows = current.order_by("-is_installed", "pk").values_list("slot__node_id", "slot__name", *columns)
    for node_id, slot, *values in rows:
        yield node_id, slot, dict(zip(("certificate", "key", *INSTALLATION_FIELDS), values, strict=True))


def _files(lab: Lab) -> Iterator[tuple[object, Document]]:
    """The files that were made for the lab, by name and hash."""
    for node_id, name, what, position, content in lab.files.order_by("position", "pk").values_list(
        "node_id", "name", "what", "position", "content"
    ):
        sha256 = hashlib.sha256(content).hexdigest()
        yield node_id, {"name": name, "what": what, "position": position, "sha256": sha256}


def _zones(lab: Lab) -> Iterator[tuple[object, Document]]:
    """Each server's side of the zone, with its peer addresses in their order."""
    for zone in Zone.objects.filter(node__lab=lab).prefetch_related("peers"):
        fields = {name: getattr(zone, name) for name in ZONE_FIELDS}
        yield zone.node_id, fields | {"peers": [peer.address for peer in zone.peers.all()]}


def _cucm_servers(lab: Lab) -> Iterator[tuple[object, Document]]:
    """The Unified CMs that each Expressway-C knows."""
    rows = CucmServer.objects.filter(node__lab=lab).order_by("cucm__host", "cucm__domain")
    for node_id, cucm_id, *values in rows.values_list("node_id", "cucm_id", *CUCM_FIELDS):
        yield node_id, {"cucm": str(cucm_id)} | dict(zip(CUCM_FIELDS, values, strict=True))


def _requests(lab: Lab) -> Iterator[tuple[object, Document]]:
    """The signing requests of every slot, the oldest first."""
    rows = SigningRequest.objects.filter(slot__node__lab=lab).order_by("pk")
    for node_id, slot, der, *values in rows.values_list(
        "slot__node_id", "slot__name", "der", *REQUEST_FIELDS
    ):
        text = base64.b64encode(bytes(der)).decode("ascii")
        yield node_id, {"slot": slot, "der": text} | dict(zip(REQUEST_FIELDS, values, strict=True))


def upgraded(document: Document) -> Document:
    """A document of any format that was ever written, in today's.

    Format 1 gets a zone between its servers that is right, and neither Unified CM nor Jabber.
    """
    if document["format"] == FORMAT:
        return document
    servers = [server | {"settings": {}, "cucm_servers": [], "zone": None} for server in document["servers"]]
    by_kind = {server["kind"]: server for server in servers}
    control, edge = by_kind.get(Role.EXPRESSWAY_C.value), by_kind.get(Role.EXPRESSWAY_E.value)
    if control and edge:
        control["zone"] = _right_zone() | {"peers": [_fqdn(edge)]}
        edge["zone"] = _right_zone() | {"verify_subject_name": _fqdn(control)}
    lab = document["lab"] | {"password_salt": document["lab"].get("password_salt", "0" * 32)}
    return document | {"format": FORMAT, "lab": lab, "dns": [], "clusters": [], "servers": servers}


def _right_zone() -> Document:
    return {
        "name": ZONE_NAME,
        "username": ZONE_USERNAME,
        "password": "",
        "sip_port": 7001,
        "verify_subject_name": "",
        "peers": [],
    }


def _fqdn(server: Document) -> str:
    return f"{server['host']}.{server['domain']}" if server["domain"] else str(server["host"])


def canonical(document: Document) -> bytes:
    """The one representation of a document as bytes: sorted keys, no blanks, ASCII."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def packed(document: Document) -> bytes:
    """A document as a restore point keeps it."""
    return zlib.compress(canonical(document), 1)  # hashes do not shrink; a higher level only takes longer


def unpacked(data: bytes) -> Document:
    """The document of such bytes, which this project wrote itself, in today's format."""
    return upgraded(json.loads(zlib.decompress(data)))


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
