"""Which CAs stood above what the servers of a lab showed before its last change."""

from collections.abc import Iterable
from dataclasses import dataclass

from certstore.models import Lab
from certstore.pki.candidates import MOST_LEVELS
from certstore.reading.lab_document import Document, document_at


@dataclass(frozen=True, slots=True)
class _Link:
    """A certificate as far as a chain is climbed by names and key identifiers."""

    sha256: str
    subject_hash: str
    issuer_hash: str
    subject_key_id: str
    authority_key_id: str

    def may_be_issued_by(self, ca: "_Link") -> bool:
        """Whether a CA has the name, and nothing but the key identifier of its issuer."""
        ids = {self.authority_key_id, ca.subject_key_id} - {""}
        return self.issuer_hash == ca.subject_hash and len(ids) < 2


def cas_before_last_change(lab: Lab) -> frozenset[str] | None:
    """The CAs that were in use before the last change of a lab, by the newest restore point kept before one.

    Out: each by its SHA-256, and each as the certificate below it names it (the hash of the name, the key identifier),
    for one that no list had; None where there is no such point. The queries are bounded by the length of the chains.
    """
    point = lab.restore_points.exclude(before="").first()
    if point is None:
        return None
    document = document_at(point)
    return frozenset(_in_use(lab, _shown(document), frozenset(_held(document))))


def _held(document: Document) -> Iterable[str]:
    """Every certificate in a list."""
    for server in document["servers"]:
        for entries in server["lists"].values():
            yield from (one["certificate"] for one in entries if "certificate" in one)


def _shown(document: Document) -> list[str]:
    """Every certificate that callers were shown."""
    slots = [slot for server in document["servers"] for slot in server["slots"].values()]
    return sorted({one["certificate"] for slot in slots for one in slot if one["is_running"]})


def _in_use(lab: Lab, shown: list[str], held: frozenset[str]) -> set[str]:
    """The CAs above some certificates, level by level, out of those that some list held."""
    found: set[str] = set()
    level = list(_links(lab, sha256__in=shown))
    for _ in range(MOST_LEVELS):
        found |= {f"{one.issuer_hash} {one.authority_key_id}" for one in level}
        names = sorted({one.issuer_hash for one in level})
        above = [ca for ca in _links(lab, subject_hash__in=names) if ca.sha256 in held]
        level = [
            ca for ca in above if ca.sha256 not in found and any(one.may_be_issued_by(ca) for one in level)
        ]
        found |= {ca.sha256 for ca in level}
        if not level:
            break
    return found


def _links(lab: Lab, **wanted: list[str]) -> Iterable[_Link]:
    """Certificates of a lab. One query."""
    columns = ("sha256", "subject_hash", "issuer_hash", "facts__subject_key_id", "facts__authority_key_id")
    rows = lab.certificates.filter(**wanted).values_list(*columns)
    for sha256, subject, issuer, subject_key, authority_key in rows:
        yield _Link(sha256, subject, issuer, subject_key or "", authority_key or "")
