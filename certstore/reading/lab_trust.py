"""The lists of every server of a lab at once: two queries for each level of the chains."""

from collections.abc import Iterable, Sequence

from certstore.models import Certificate, Crl, Lab, TrustEntry, TrustStore
from certstore.pki.candidates import MOST_LEVELS
from certstore.pki.facts import CertificateFacts, CrlFacts
from certstore.pki.trust import TrustedCertificate
from certstore.reading.rows import crl_facts_of, facts_of
from certstore.reading.trust import RowTrustList


class LoadedTrust:
    """A `pki.trust.TrustList` of what was read for the whole lab; a name that was not read is asked for by itself."""

    def __init__(self, store: TrustStore, read: "_Read") -> None:
        self._store_id = store.pk
        self._read = read
        self._rows = RowTrustList(store)

    @property
    def names(self) -> frozenset[str]:
        """The names (folded hashes) that were read for every list of the lab: no other one is in any chain."""
        return frozenset(self._read.names)

    def with_subject(self, subject_hash: str) -> Sequence[TrustedCertificate]:
        """The certificates of that subject, in the list's order."""
        if subject_hash in self._read.names:
            return self._read.certificates.get((self._store_id, subject_hash), ())
        return self._rows.with_subject(subject_hash)

    def crls_of(self, issuer_hash: str) -> Sequence[CrlFacts]:
        """The CRLs of that issuer, in the list's order."""
        if issuer_hash in self._read.names:
            return self._read.crls.get((self._store_id, issuer_hash), ())
        return self._rows.crls_of(issuer_hash)


class _Read:
    """What the lists of a lab hold under the names that were asked for."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.certificates: dict[tuple[int, str], list[TrustedCertificate]] = {}
        self.crls: dict[tuple[int, str], list[CrlFacts]] = {}
        self._facts: dict[int, CertificateFacts] = {}
        self._crl_facts: dict[int, CrlFacts] = {}

    def load(self, entries: Sequence[TrustEntry]) -> None:
        """Read what rows point at, each thing once however many lists hold it: two queries at most."""
        certificates = {one.certificate_id for one in entries if one.certificate_id is not None} - set(
            self._facts
        )
        crls = {one.crl_id for one in entries if one.crl_id is not None} - set(self._crl_facts)
        if certificates:
            found = Certificate.objects.filter(pk__in=certificates)
            self._facts |= {row.pk: facts_of(row) for row in found}
        if crls:
            self._crl_facts |= {row.pk: crl_facts_of(row) for row in Crl.objects.filter(pk__in=crls)}

    def add(self, entry: TrustEntry) -> str | None:
        """Keep one row. Out: the name of its issuer, if it is a certificate."""
        place = (entry.store_id, entry.subject_hash)
        if entry.crl_id is not None:
            self.crls.setdefault(place, []).append(self._crl_facts[entry.crl_id])
        if entry.certificate_id is None:
            return None
        facts = self._facts[entry.certificate_id]
        self.certificates.setdefault(place, []).append(TrustedCertificate(entry.position, facts))
        return facts.issuer_hash


def lists_of(lab: Lab, shown: Iterable[CertificateFacts]) -> dict[tuple[str, str], LoadedTrust]:
    """Every list of a lab, by its server's id and its name.

    In: the lab, and every certificate that its servers show: what bears the name of some issuer of theirs, of its
    issuer, and so on, is read for all lists together.
    """
    read = _Read()
    level = {facts.issuer_hash for facts in shown} | {facts.subject_hash for facts in shown}
    entries = TrustEntry.objects.filter(store__node__lab=lab)
    for _ in range(MOST_LEVELS):
        if not level:
            break
        read.names |= level
        rows = list(entries.filter(subject_hash__in=sorted(level)).order_by("position"))
        read.load(rows)
        issuers = {read.add(entry) for entry in rows}
        level = {name for name in issuers if name is not None} - read.names
    stores = TrustStore.objects.filter(node__lab=lab)
    return {(str(store.node_id), store.name): LoadedTrust(store, read) for store in stores}
