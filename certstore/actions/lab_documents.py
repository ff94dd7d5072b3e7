"""Make a lab what a document says: for a restore point in its own lab, and for a copy in a new one."""

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from certstore.actions.certificates import store_public_key
from certstore.models import (
    AlarmAck,
    Cluster,
    CucmServer,
    DnsRecord,
    Installation,
    Lab,
    LabFile,
    Node,
    SigningRequest,
    Slot,
    TrustEntry,
    TrustStore,
    Zone,
    ZonePeer,
)
from certstore.pki.keys import public_half_of_request
from certstore.pki.moments import from_iso
from certstore.pki.requests import decode_request
from certstore.reading.lab_document import (
    CUCM_FIELDS,
    LAB_FIELDS,
    REQUEST_FIELDS,
    ZONE_FIELDS,
    Document,
    Named,
    named_in,
)

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Rows:
    """The lab's rows of what a document names: their keys by SHA-256, with the hash that an entry copies."""

    certificates: dict[str, tuple[int, str]]
    crls: dict[str, tuple[int, str]]
    keys: dict[str, int]

    @classmethod
    def of(cls, lab: Lab, named: Named) -> "_Rows":
        """Read them; what the document names is there, for nothing deletes what a document names."""
        certificates, crls = lab.certificates.all(), lab.crls.all()
        return cls(
            certificates={
                sha256: (pk, subject)
                for some in _in_parts(named.certificates)
                for sha256, pk, subject in certificates.filter(sha256__in=some).values_list(
                    "sha256", "pk", "subject_hash"
                )
            },
            crls={
                sha256: (pk, issuer)
                for some in _in_parts(named.crls)
                for sha256, pk, issuer in crls.filter(sha256__in=some).values_list(
                    "sha256", "pk", "issuer_hash"
                )
            },
            keys=dict(lab.public_keys.values_list("spki_sha256", "pk")),
        )

    def certificate(self, sha256: str | None) -> int | None:
        """The key of a certificate's row; None for none."""
        return None if sha256 is None else self.certificates[sha256][0]

    def key(self, sha256: str | None) -> int | None:
        """The key of a public key's row; None for none."""
        return None if sha256 is None else self.keys[sha256]


def put_state(lab: Lab, document: Document, nodes: Sequence[Node]) -> None:
    """Make a locked lab what a document says, to the byte of its own document.

    In: the lab, the document, and its servers in the order of the document's. Certificates, CRLs and keys that the
    document names are rows of the lab already. The files of the lab stay what they are: they never change, and belong
    to the server that the document gives them to.
    """
    rows = _Rows.of(lab, named_in(document))
    for name in LAB_FIELDS:
        setattr(lab, name, document["lab"][name])
    lab.save(update_fields=LAB_FIELDS)
    for node in nodes:  # out of each other's way first: a name is unique at every moment
        lab.nodes.filter(pk=node.pk).update(host=node.pk.hex, domain="")
    for node, server in zip(nodes, document["servers"], strict=True):
        _put_server(node, server, rows)
    put_joints(
        lab, document, {server["id"]: node for node, server in zip(nodes, document["servers"], strict=True)}
    )


def servers_of(lab: Lab, document: Document) -> list[Node]:
    """The servers of a locked lab that a document of its own names, in the document's order.

    One that came later goes, and one that is gone comes back under its old id.
    """
    named = {server["id"]: server for server in document["servers"]}
    there = {str(node.pk): node for node in lab.nodes.all()}
    for node_id, node in there.items():
        if node_id not in named:
            node.delete()
    for node_id, server in named.items():
        if node_id not in there:
            there[node_id] = Node.objects.create(
                pk=UUID(node_id), lab=lab, kind=server["kind"], host=uuid4().hex, address=server["address"]
            )
    return [there[node_id] for node_id in named]


def put_joints(lab: Lab, document: Document, nodes: Mapping[str, Node]) -> None:
    """Join the servers of a locked lab as a document says: zones, the Unified CMs they know, DNS.

    In: the lab, the document, and its servers by the ids that the document gives them.
    """
    for rows in (Zone.objects, CucmServer.objects, AlarmAck.objects):
        rows.filter(node__lab=lab).delete()
    SigningRequest.objects.filter(slot__node__lab=lab).delete()
    lab.dns_records.all().delete()
    lab.clusters.all().delete()
    clusters = {one["role"]: Cluster.objects.create(lab=lab, **one) for one in document["clusters"]}
    DnsRecord.objects.bulk_create(DnsRecord(lab=lab, **record) for record in document["dns"])
    for server in document["servers"]:
        node = nodes[server["id"]]
        if server["zone"] is not None:
            _put_zone(node, server["zone"])
        _put_peer(node, server["peer"], clusters)
        for request in server["requests"]:
            _put_request(lab, node, request)
        CucmServer.objects.bulk_create(
            CucmServer(node=node, cucm=nodes[known["cucm"]], **{name: known[name] for name in CUCM_FIELDS})
            for known in server["cucm_servers"]
        )


def _put_peer(node: Node, given: Document | None, clusters: Mapping[str, Cluster]) -> None:
    """A server's place in the cluster of its role."""
    peer = given or {"number": 0, "address": "", "running_tls_mode": ""}
    node.cluster = clusters[node.kind] if given else None
    node.peer_number, node.peer_address = peer["number"], peer["address"]
    node.running_tls_mode = peer["running_tls_mode"]
    node.save(update_fields=["cluster", "peer_number", "peer_address", "running_tls_mode"])


def _put_request(lab: Lab, node: Node, given: Document) -> None:
    """A signing request of one of a server's slots."""
    request = decode_request(base64.b64decode(given["der"]))
    SigningRequest.objects.create(
        slot=Slot.objects.get_or_create(node=node, name=given["slot"])[0],
        key=store_public_key(lab, public_half_of_request(request.der)),
        der=request.der,
        sha256=request.sha256,
        **{name: given[name] for name in REQUEST_FIELDS},
    )


def _put_zone(node: Node, given: Document) -> None:
    zone = Zone.objects.create(node=node, **{name: given[name] for name in ZONE_FIELDS})
    ZonePeer.objects.bulk_create(
        ZonePeer(zone=zone, position=position, address=address)
        for position, address in enumerate(given["peers"], start=1)
    )


def _put_server(node: Node, server: Document, rows: _Rows) -> None:
    """One server: its names, its factory state, its lists and its slots."""
    factory, restarted = server["factory"], server["restarted_at"]
    node.host, node.domain, node.address = server["host"], server["domain"], server["address"]
    node.settings = server["settings"]
    node.restarted_at_lab = from_iso(restarted) if restarted else None
    node.factory_ca_id = rows.certificate(factory["ca"])
    node.factory_certificate_id = rows.certificate(factory["certificate"])
    node.factory_key_id = rows.key(factory["key"])
    node.save()
    LabFile.objects.filter(lab=node.lab, name__in=[file["name"] for file in server["files"]]).update(
        node=node
    )
    for name, entries in server["lists"].items():
        store, _ = TrustStore.objects.get_or_create(node=node, name=name)
        _put_list(store, entries, rows)
    node.trust_stores.exclude(name__in=server["lists"]).delete()
    gone = Installation.objects.filter(slot__node=node).exclude(slot__name__in=server["slots"])
    gone.update(is_installed=False, is_running=False)
    for name, held in server["slots"].items():
        slot, _ = Slot.objects.get_or_create(node=node, name=name)
        _put_slot(slot, held, rows)


def _put_list(store: TrustStore, entries: Sequence[dict[str, str]], rows: _Rows) -> None:
    """A list in the document's order. Positions go on growing."""
    store.entries.all().delete()
    TrustEntry.objects.bulk_create(
        (
            _entry(store, position, entry, rows)
            for position, entry in enumerate(entries, start=store.next_position)
        ),
        batch_size=AT_ONCE,
    )
    store.next_position += len(entries)
    store.save(update_fields=["next_position"])


def _entry(store: TrustStore, position: int, entry: dict[str, str], rows: _Rows) -> TrustEntry:
    """One row of a list."""
    if "crl" in entry:
        pk, issuer_hash = rows.crls[entry["crl"]]
        return TrustEntry(store=store, position=position, crl_id=pk, subject_hash=issuer_hash)
    pk, subject_hash = rows.certificates[entry["certificate"]]
    return TrustEntry(store=store, position=position, certificate_id=pk, subject_hash=subject_hash)


def _put_slot(slot: Slot, held: Sequence[Document], rows: _Rows) -> None:
    """What is loaded and what runs: the installation that was it, or one like it where that is gone."""
    slot.installations.update(is_installed=False, is_running=False)
    used: list[int] = []
    for one in held:
        values: dict[str, Any] = {name: one[name] for name in ("key_origin", "source", "at_lab")}
        values |= {"certificate_id": rows.certificate(one["certificate"]), "key_id": rows.key(one["key"])}
        row = slot.installations.filter(**values).exclude(pk__in=used).order_by("-pk").first()
        row = row or Installation(slot=slot, **values)
        row.is_installed, row.is_running = one["is_installed"], one["is_running"]
        row.save()
        used.append(row.pk)


def _in_parts(hashes: Iterable[str]) -> Iterator[list[str]]:
    """Hashes in parts that a query can name."""
    every = sorted(hashes)
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]
