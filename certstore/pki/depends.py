"""A verdict, and whether it hangs on CAs of the same subject: on the rule for them, or on their order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, product

from certstore.pki.candidates import by_issuer_name, helpful, remembered
from certstore.pki.facts import CertificateFacts, CrlFacts
from certstore.pki.findings import Finding
from certstore.pki.handshake import UPLOAD, Terms, verdict_on
from certstore.pki.judge import ChainVerdict
from certstore.pki.picture import ChainPicture
from certstore.pki.releases import SameSubject
from certstore.pki.trust import TrustedCertificate, TrustList
from certstore.pki.walk import walk

# At half a millisecond each; a list with so many twins is nobody's, and the first trials are the likeliest.
MOST_TRIALS = 32
# Trials times CAs: loading a thousand CAs takes 30 ms.
MOST_LOADED = 3200

_ACCEPTED = ChainVerdict(0, 0, None)

Twins = Sequence[TrustedCertificate]


@dataclass(frozen=True, slots=True)
class Assumption:
    """What a server may do with CAs of the same subject."""

    rule: SameSubject  # FIRST or OPENSSL
    moved_up: tuple[
        TrustedCertificate, ...
    ] = ()  # would have to stand above its twins; () is the list's order


@dataclass(frozen=True, slots=True)
class OtherOutcome:
    """Another outcome that the same list can have, and the way to make the upload certain to be accepted."""

    name: str  # the subject that the twins share, of the first to delete
    verdict: ChainVerdict  # the other one
    accepted_when: Assumption
    refused_when: Assumption
    keep: Twins  # of the twins, those in the chain that is accepted
    delete: Twins  # their twins: without them there is one outcome


@dataclass(frozen=True, slots=True)
class ChainJudgement:
    """OpenSSL's verdict on a chain, drawn, with the other outcome if there is one."""

    verdict: ChainVerdict
    picture: ChainPicture
    other: OtherOutcome | None

    @property
    def headline(self) -> Finding | None:
        """What OpenSSL stopped at, with our facts; None when it accepted."""
        return self.picture.headline


class _Reordered:
    """A list in which some CAs stand above their twins; the places are those of the list as it would be."""

    def __init__(self, trust: TrustList, on_top: Sequence[TrustedCertificate]) -> None:
        self._trust = trust
        self._on_top = {trusted.facts.subject_hash: trusted for trusted in on_top}

    def with_subject(self, subject_hash: str) -> Twins:
        """The certificates of that subject, in the other order."""
        found = self._trust.with_subject(subject_hash)
        top = self._on_top.get(subject_hash)
        if top is None:
            return found
        order = [top.facts, *(trusted.facts for trusted in found if trusted.facts.sha256 != top.facts.sha256)]
        places = [trusted.position for trusted in found]
        return [TrustedCertificate(*pair) for pair in zip(places, order, strict=True)]

    def crls_of(self, issuer_hash: str) -> Sequence[CrlFacts]:
        """The CRLs of that issuer, in the list's order."""
        return self._trust.crls_of(issuer_hash)


def judge_with_twins(
    leaf: CertificateFacts, trust: TrustList, rule: SameSubject, at: datetime, terms: Terms = UPLOAD
) -> ChainJudgement:
    """Judge a certificate's chain against a list, and say whether twins could turn the outcome.

    In: the certificate, the list, the lab's rule for CAs of the same subject, an aware moment, what else is asked
    of it. Out: the verdict under that rule and the list's order. `other` is set where the other rule, or another
    order of same-named CAs, would accept what is refused here or refuse what is accepted; at most `MOST_TRIALS` are
    tried, fewer when many CAs share names. Without such twins OpenSSL is asked once. Each name is asked for
    once.
    """
    asked = remembered(trust)
    question = ("judged", leaf.sha256, rule, at, *terms.key)
    return asked.once(question, lambda: _judge_with_twins(leaf, asked, rule, at, terms))


def _judge_with_twins(
    leaf: CertificateFacts, asked: TrustList, rule: SameSubject, at: datetime, terms: Terms
) -> ChainJudgement:
    """The same for a list that is asked for each name once."""
    verdict = verdict_on(leaf, asked, rule, at, terms)
    picture = walk(leaf, asked, rule, at, verdict, helpful(terms.sent, asked, rule))
    named = by_issuer_name(leaf, asked, SameSubject.OPENSSL, terms.sent)
    twins = [
        same_name
        for name, same_name in named.items()
        if len(same_name) > 1 or _has_twin_in(terms.sent, name, same_name)
    ]
    here = Assumption(SameSubject.FIRST if rule is SameSubject.FIRST else SameSubject.OPENSSL)
    trials = min(MOST_TRIALS, MOST_LOADED // max(1, sum(map(len, named.values()))))
    for there in islice(_others(here, twins), trials):
        found = verdict_on(leaf, _Reordered(asked, there.moved_up), there.rule, at, terms)
        if found.accepted != verdict.accepted:
            accepted_when, refused_when = (here, there) if verdict.accepted else (there, here)
            keep, delete = _made_certain(leaf, asked, accepted_when, at, twins, terms)
            name = (delete or twins[0])[0].facts.subject
            other = OtherOutcome(name, found, accepted_when, refused_when, keep, delete)
            return ChainJudgement(verdict, picture, other)
    return ChainJudgement(verdict, picture, None)


def _has_twin_in(sent: Sequence[CertificateFacts], name: str, same_name: Twins) -> bool:
    """Whether another CA of a name that the list has was sent: a rule that goes by the name does not see it."""
    listed = {trusted.facts.sha256 for trusted in same_name}
    return bool(listed) and any(one.subject_hash == name and one.sha256 not in listed for one in sent)


def _others(here: Assumption, twins: Sequence[Twins]) -> Iterator[Assumption]:
    """Every other assumption: first the other rule, then other orders, those nearest to the leaf first.

    Which one of some twins stands on top is all of their order that OpenSSL's choice hangs on: it takes the
    first that fits.
    """
    other_rule = SameSubject.OPENSSL if here.rule is SameSubject.FIRST else SameSubject.FIRST
    for on_top in product(*reversed(twins)) if twins else ():
        moved_up = tuple(trusted for trusted in on_top if not any(trusted is same[0] for same in twins))
        for rule in (here.rule, other_rule):
            if moved_up or rule is not here.rule:
                yield Assumption(rule, moved_up)


def _made_certain(
    leaf: CertificateFacts,
    trust: TrustList,
    when: Assumption,
    at: datetime,
    twins: Sequence[Twins],
    terms: Terms,
) -> tuple[Twins, Twins]:
    """The twins that the accepted chain needs, and the ones to delete so that no choice is left."""
    seen = _Reordered(trust, when.moved_up)
    chain = walk(leaf, seen, when.rule, at, _ACCEPTED, helpful(terms.sent, seen, when.rule))
    needed = [link.certificate for link in chain.links if link.certificate is not None]
    names, hashes = {one.subject_hash for one in needed}, {one.sha256 for one in needed}
    keep: list[TrustedCertificate] = []
    delete: list[TrustedCertificate] = []
    for same_name in twins:
        if same_name[0].facts.subject_hash in names:
            keep += [trusted for trusted in same_name if trusted.facts.sha256 in hashes]
            delete += [trusted for trusted in same_name if trusted.facts.sha256 not in hashes]
    return tuple(keep), tuple(delete)
