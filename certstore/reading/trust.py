"""A server's trusted CA list as the rules see it: only the rows that bear a name are read."""

from bisect import bisect_right
from collections.abc import Sequence

from certstore.models import TrustEntry, TrustStore
from certstore.pki.facts import CertificateFacts, CrlFacts
from certstore.pki.trust import TrustedCertificate
from certstore.pki.trusted_ca import ListState
from certstore.reading.rows import crl_facts_of, facts_of


class RowTrustList:
    """A `pki.trust.TrustList` over the rows of a store: one short query a name, each name asked once."""

    def __init__(self, store: TrustStore) -> None:
        self._entries = TrustEntry.objects.filter(store=store)
        self._certificates: dict[str, list[TrustedCertificate]] = {}
        self._crls: dict[str, list[CrlFacts]] = {}

    def with_subject(self, subject_hash: str) -> Sequence[TrustedCertificate]:
        """The certificates of that subject, in the list's order."""
        if subject_hash not in self._certificates:
            rows = self._entries.filter(subject_hash=subject_hash, certificate__isnull=False)
            self._certificates[subject_hash] = [
                TrustedCertificate(entry.position, facts_of(entry.certificate))
                for entry in rows.select_related("certificate")
                if entry.certificate is not None
            ]
        return self._certificates[subject_hash]

    def crls_of(self, issuer_hash: str) -> Sequence[CrlFacts]:
        """The CRLs of that issuer, in the list's order."""
        if issuer_hash not in self._crls:
            rows = self._entries.filter(subject_hash=issuer_hash, crl__isnull=False).select_related("crl")
            self._crls[issuer_hash] = [crl_facts_of(entry.crl) for entry in rows if entry.crl is not None]
        return self._crls[issuer_hash]


def all_of(store: TrustStore) -> list[CertificateFacts]:
    """Every certificate of a list, in its order."""
    rows = store.entries.filter(certificate__isnull=False).select_related("certificate")
    return [facts_of(entry.certificate) for entry in rows if entry.certificate is not None]


def all_crls_of(store: TrustStore) -> list[CrlFacts]:
    """Every CRL of a list, in its order."""
    rows = store.entries.filter(crl__isnull=False).select_related("crl")
    return [crl_facts_of(entry.crl) for entry in rows if entry.crl is not None]


class RowNumbers:
    """The row of the page in which a position stands, counted from 1: positions only grow, rows close up."""

    def __init__(self, store: TrustStore) -> None:
        self._store = store
        self._positions: list[int] | None = None

    def __call__(self, position: int) -> int:
        """The row of a position of the list. One query, made when the first row is asked for."""
        if self._positions is None:
            self._positions = list(self._store.entries.values_list("position", flat=True))
        return bisect_right(self._positions, position)


def entry_of(store: TrustStore, entry_id: int) -> CertificateFacts | CrlFacts | None:
    """What stands in one row of a list; None when that list has no such row."""
    entry = store.entries.filter(pk=entry_id).select_related("certificate", "crl").first()
    if entry is None:
        return None
    if entry.crl is not None:
        return crl_facts_of(entry.crl)
    return facts_of(entry.certificate) if entry.certificate is not None else None


def state_of(store: TrustStore) -> ListState:
    """What appending needs to know of the list: one query, whatever its length."""
    subjects: dict[str, tuple[int, str]] = {}
    common_names: dict[str, str] = {}
    sha256s: set[str] = set()
    certificates = 0
    rows = store.entries.values_list(
        "subject_hash", "certificate__sha256", "crl__sha256", "certificate__facts"
    )
    for subject_hash, certificate_sha256, crl_sha256, facts in rows:
        sha256s.add(certificate_sha256 or crl_sha256)
        if not certificate_sha256:
            continue
        certificates += 1
        subjects.setdefault(subject_hash, (certificates, facts["subject"]))
        for name in facts["common_names"]:
            common_names.setdefault(name.casefold(), certificate_sha256)
    return ListState(certificates, frozenset(sha256s), subjects, common_names)
