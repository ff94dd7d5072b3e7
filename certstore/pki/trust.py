"""What a trust list is to a rule: CAs in an order, found by their subject."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from certstore.pki.facts import CertificateFacts, CrlFacts


@dataclass(frozen=True, slots=True)
class TrustedCertificate:
    """One certificate of a trust list, with its place (1 is the top)."""

    position: int
    facts: CertificateFacts


class TrustList(Protocol):
    """A server's trusted CA list, as a rule sees it: only what bears a name is ever read."""

    def with_subject(self, subject_hash: str) -> Sequence[TrustedCertificate]:
        """The certificates of that subject (folded hash), in the list's order."""

    def crls_of(self, issuer_hash: str) -> Sequence[CrlFacts]:
        """The CRLs that this issuer (folded hash) signed, in the list's order."""


class WithCrls:
    """A trust list with the CRLs of another list beside its own."""

    def __init__(self, trust: TrustList, crls: TrustList) -> None:
        self._trust, self._others = trust, crls

    def with_subject(self, subject_hash: str) -> Sequence[TrustedCertificate]:
        """The certificates of that subject, in the list's order."""
        return self._trust.with_subject(subject_hash)

    def crls_of(self, issuer_hash: str) -> Sequence[CrlFacts]:
        """The CRLs of that issuer: the list's own, then the others."""
        return (*self._trust.crls_of(issuer_hash), *self._others.crls_of(issuer_hash))


class ListInMemory:
    """A trust list made of values: the command line's, a test's."""

    def __init__(self, certificates: Iterable[CertificateFacts], crls: Iterable[CrlFacts] = ()) -> None:
        self._by_subject: dict[str, list[TrustedCertificate]] = {}
        for position, facts in enumerate(certificates, start=1):
            self._by_subject.setdefault(facts.subject_hash, []).append(TrustedCertificate(position, facts))
        self._crls: dict[str, list[CrlFacts]] = {}
        for crl in crls:
            self._crls.setdefault(crl.issuer_hash, []).append(crl)

    def with_subject(self, subject_hash: str) -> Sequence[TrustedCertificate]:
        """The certificates of that subject, in the list's order."""
        return self._by_subject.get(subject_hash, [])

    def crls_of(self, issuer_hash: str) -> Sequence[CrlFacts]:
        """The CRLs of that issuer, in the list's order."""
        return self._crls.get(issuer_hash, [])
