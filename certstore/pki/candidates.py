"""Which CAs of a list reach OpenSSL: those that bear some issuer's name, from the leaf upwards."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TypeVar, cast

from certstore.pki.facts import CertificateFacts, CrlFacts
from certstore.pki.judge import MOST_CANDIDATES
from certstore.pki.releases import SameSubject
from certstore.pki.trust import TrustedCertificate, TrustList

# OpenSSL gives up at depth 101 (its own limit of 100 certificates between leaf and root), so what lies
# further up can change nothing.
MOST_LEVELS = 101


Answer = TypeVar("Answer")


class Remembered:
    """A trust list that is asked for each name once, however often the answer is needed."""

    def __init__(self, trust: TrustList) -> None:
        self._trust = trust
        self._answers: dict[str, tuple[TrustedCertificate, ...]] = {}
        self._crls: dict[str, tuple[CrlFacts, ...]] = {}
        self._found: dict[Hashable, object] = {}

    def with_subject(self, subject_hash: str) -> Sequence[TrustedCertificate]:
        """The certificates of that subject in the list's order, each certificate once."""
        if subject_hash not in self._answers:
            distinct: dict[str, TrustedCertificate] = {}
            for trusted in self._trust.with_subject(subject_hash):
                distinct.setdefault(trusted.facts.sha256, trusted)
            self._answers[subject_hash] = tuple(distinct.values())
        return self._answers[subject_hash]

    def crls_of(self, issuer_hash: str) -> Sequence[CrlFacts]:
        """The CRLs of that issuer, in the list's order."""
        if issuer_hash not in self._crls:
            self._crls[issuer_hash] = tuple(self._trust.crls_of(issuer_hash))
        return self._crls[issuer_hash]

    def once(self, question: Hashable, find: Callable[[], Answer]) -> Answer:
        """The answer to a question about the list, found at the first time that it is asked."""
        if question not in self._found:
            self._found[question] = find()
        return cast(Answer, self._found[question])


def remembered(trust: TrustList) -> Remembered:
    """A trust list that remembers; the same one where it does already."""
    return trust if isinstance(trust, Remembered) else Remembered(trust)


def considered(trust: TrustList, subject_hash: str, rule: SameSubject) -> Sequence[TrustedCertificate]:
    """The CAs of one name that the rule lets OpenSSL see.

    Source: TechNotes 213872 and 218018 for the first one alone; that it is so from X14.2 on, and that a list
    which refuses twins shows all it holds, is this project's decision 1.
    """
    found = trust.with_subject(subject_hash)
    return found[:1] if rule is SameSubject.FIRST else found


def helpful(
    sent: Sequence[CertificateFacts], trust: TrustList, rule: SameSubject
) -> tuple[CertificateFacts, ...]:
    """What was sent by the other side, as far as the rule lets OpenSSL see it.

    A server that goes by the name stops at the CA of that name in its own list, so that one hides those that were
    sent.
    Source: TechNote 213872 for the search that stops at the name; that this hides what was sent is our reading.
    """
    if rule is not SameSubject.FIRST:
        return tuple(sent)
    return tuple(one for one in sent if not trust.with_subject(one.subject_hash))


def by_issuer_name(
    leaf: CertificateFacts, trust: TrustList, rule: SameSubject, sent: Sequence[CertificateFacts] = ()
) -> Mapping[str, Sequence[TrustedCertificate]]:
    """The closure of issuer names over a list and what was sent, level by level.

    In: the certificate, the list, the rule for CAs of the same subject, the helpful ones of those that the other
    side sent. Out: each name (folded hash) that is some issuer's, nearest to the leaf first, with the CAs of the
    list that bear it; a name nobody bears has none. At most `MOST_LEVELS` levels, and no name is asked for once
    there are more than `MOST_CANDIDATES` CAs.
    """
    found: dict[str, Sequence[TrustedCertificate]] = {}
    level = [leaf.issuer_hash]
    count = 0
    for _ in range(MOST_LEVELS):
        above: dict[str, None] = {}
        for name in level:
            if count > MOST_CANDIDATES:
                return found
            found[name] = considered(trust, name, rule)
            count += len(found[name])
            above.update((trusted.facts.issuer_hash, None) for trusted in found[name])
            above.update((helper.issuer_hash, None) for helper in sent if helper.subject_hash == name)
        level = [name for name in above if name not in found]
    return found


def candidates(
    leaf: CertificateFacts, trust: TrustList, rule: SameSubject, sent: Sequence[CertificateFacts] = ()
) -> tuple[CertificateFacts, ...]:
    """The CAs to judge a certificate with, in the list's order, on which OpenSSL's verdict depends.

    In: the certificate, the list, the rule for CAs of the same subject, the helpful ones of those that were sent.
    Out: more than `MOST_CANDIDATES` only when that many bear a name, which `judge_chain` then refuses to climb.
    """
    named = by_issuer_name(leaf, trust, rule, sent)
    chosen = [trusted for same_name in named.values() for trusted in same_name]
    return tuple(trusted.facts for trusted in sorted(chosen, key=lambda trusted: trusted.position))
