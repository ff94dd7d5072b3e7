"""What a lab's document names, carried beside it when the lab is duplicated, exported or imported."""

import base64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from certstore.models import Lab
from certstore.pki.facts import CertificateFacts, CrlFacts
from certstore.pki.keys import PublicHalf
from certstore.reading.lab_document import Document, canonical, named_in
from certstore.reading.rows import crl_facts_of, facts_of, public_half_of

AT_ONCE = 500
CARRIED = ("certificates", "crls", "public_keys", "files")  # the parts of what an exported lab carries


@dataclass(frozen=True, slots=True)
class Carried:
    """Certificates, CRLs and public keys that a document names, and the bytes of files by SHA-256."""

    certificates: tuple[CertificateFacts, ...]
    crls: tuple[CrlFacts, ...]
    keys: tuple[PublicHalf, ...]
    files: Mapping[str, bytes]


def carried_of(lab: Lab, document: Document) -> Carried:
    """Everything that the document of a lab, read in the same transaction, names."""
    named = named_in(document)
    certificates = lab.certificates.order_by("pk")
    crls = lab.crls.order_by("pk")
    contents = {
        (file.node_id.hex, file.name): bytes(file.content)
        for file in lab.files.only("node_id", "name", "content")
    }
    files = {
        file["sha256"]: contents[server["id"].replace("-", ""), file["name"]]
        for server in document["servers"]
        for file in server["files"]
    }
    return Carried(
        certificates=tuple(
            facts_of(row)
            for some in _in_parts(named.certificates)
            for row in certificates.filter(sha256__in=some)
        ),
        crls=tuple(
            crl_facts_of(row) for some in _in_parts(named.crls) for row in crls.filter(sha256__in=some)
        ),
        keys=tuple(
            public_half_of(row)
            for row in lab.public_keys.order_by("pk")
            if row.spki_sha256 in named.public_keys
        ),
        files=files,
    )


def exported(document: Document, carried: Carried) -> bytes:
    """A lab as one file: its document with what it carries, in the one representation."""
    parts = (
        {one.sha256: _text(one.der) for one in carried.certificates},
        {one.sha256: _text(one.der) for one in carried.crls},
        {one.spki_sha256: _text(one.spki) for one in carried.keys},
        {sha256: _text(content) for sha256, content in carried.files.items()},
    )
    return canonical(document | {"carried": dict(zip(CARRIED, parts, strict=True))})


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _in_parts(hashes: Iterable[str]) -> Iterator[list[str]]:
    """Hashes in parts that a query can name."""
    every = sorted(hashes)
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]
