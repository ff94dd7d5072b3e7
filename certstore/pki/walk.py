"""Our own walk up a chain: it draws what OpenSSL judged and finds the further reasons. It never overrules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from certstore.pki import moments
from certstore.pki.candidates import MOST_LEVELS, considered
from certstore.pki.chain_problems import problems_in
from certstore.pki.codes import Code
from certstore.pki.facts import CertificateFacts
from certstore.pki.findings import Finding, refuse
from certstore.pki.issuing import Parsed, ends_its_chain, has_signed, parse, taken_by_openssl
from certstore.pki.judge import ChainVerdict
from certstore.pki.picture import MOST_TWINS, ChainPicture, EarliestEnd, Link, LinkState, Place, Twin
from certstore.pki.releases import SameSubject
from certstore.pki.trust import TrustedCertificate, TrustList

__all__ = ["ChainPicture", "EarliestEnd", "Link", "LinkState", "Place", "Twin", "walk"]

_MISSING_CODES = frozenset({Code.CHAIN_ISSUER_MISSING, Code.CHAIN_CA_ISSUER_MISSING})
# OpenSSL found no end of the chain, and looked no further.
_PATH_CODES = _MISSING_CODES | {Code.CHAIN_SELF_SIGNED, Code.CHAIN_SELF_SIGNED_CA, Code.CHAIN_TOO_LONG}
_STATE_OF_CODE = {
    Code.CHAIN_SELF_SIGNED: LinkState.NOT_TRUSTED,
    Code.CHAIN_SELF_SIGNED_CA: LinkState.NOT_TRUSTED,
    Code.CHAIN_NOT_A_CA: LinkState.NOT_A_CA,
    Code.CHAIN_EXPIRED: LinkState.EXPIRED,
    Code.CHAIN_NOT_YET_VALID: LinkState.NOT_YET_VALID,
}
# These are about the certificate above, or about the chain: they do not colour the one they are found at.
_ABOUT_OTHERS = _PATH_CODES - {Code.CHAIN_SELF_SIGNED, Code.CHAIN_SELF_SIGNED_CA} | {Code.CHAIN_BAD_SIGNATURE}


@dataclass(frozen=True, slots=True)
class _Climb:
    """The way up: the certificates, their places in the list, and whether it came back to one of them."""

    chain: tuple[Parsed, ...]
    positions: tuple[int | None, ...]
    goes_round: bool = False


def walk(
    leaf: CertificateFacts,
    trust: TrustList,
    rule: SameSubject,
    at: datetime,
    verdict: ChainVerdict,
    sent: Sequence[CertificateFacts] = (),
) -> ChainPicture:
    """Draw the chain that OpenSSL judged.

    In: the certificate, the list, the rule for CAs of the same subject, an aware moment, OpenSSL's verdict, the
    helpful ones of those that the other side sent. Out: the picture. When OpenSSL accepted, nothing is wrong,
    whatever we think; where it says that a CA is missing, the chain ends there.
    """
    now = moments.iso(at)
    climb = _climb(leaf, trust, rule, now, verdict, sent)
    problems: list[Finding] = []
    if verdict.code is not None:
        problems = list(problems_in(climb.chain, verdict.code not in _PATH_CODES, now))
    same = [
        found for found in problems if (found.code, found.facts["depth"]) == (verdict.code, verdict.depth)
    ]
    headline = _headline(climb, verdict, same[0] if same else None)
    return ChainPicture(
        links=_links(climb, trust, verdict, [*problems, *([headline] if headline else [])]),
        headline=headline,
        further=tuple(found for found in problems if found not in same[:1]),
        earliest_end=_earliest_end(climb.chain),
        goes_round=climb.goes_round,
    )


def climbed(
    leaf: CertificateFacts,
    trust: TrustList,
    rule: SameSubject,
    at: datetime,
    verdict: ChainVerdict,
    sent: Sequence[CertificateFacts] = (),
) -> tuple[CertificateFacts, ...]:
    """The chain that OpenSSL judged, from the leaf upwards; in and out as of `walk`."""
    return tuple(parsed.facts for parsed in _climb(leaf, trust, rule, moments.iso(at), verdict, sent).chain)


def _climb(
    leaf: CertificateFacts,
    trust: TrustList,
    rule: SameSubject,
    now: str,
    verdict: ChainVerdict,
    sent: Sequence[CertificateFacts],
) -> _Climb:
    """From issuer to issuer, each the one that OpenSSL takes, up to a self-signed one or to where none is.

    What was sent counts where the list has no issuer; once the list had one, OpenSSL says that a CA is missing
    instead, and the climb ends at the depth of its verdict.
    Source: OpenSSL crypto/x509/x509_vfy.c, `build_chain` (X509_V_FLAG_TRUSTED_FIRST, its default).
    """
    chain = [parse(leaf)]
    positions: list[int | None] = [None]
    levels = verdict.depth if verdict.code in _MISSING_CODES else MOST_LEVELS
    for _ in range(levels):
        if ends_its_chain(chain[-1]):
            break
        offered = considered(trust, chain[-1].facts.issuer_hash, rule)
        taken = taken_by_openssl(chain[-1], (trusted.facts for trusted in offered), now)
        if taken is None:
            offered = ()
            taken = taken_by_openssl(chain[-1], _not_in(chain, sent), now)
        if taken is None:
            break
        if any(taken.sha256 == parsed.facts.sha256 for parsed in chain):
            return _Climb(tuple(chain), tuple(positions), goes_round=True)
        chain.append(parse(taken))
        positions.append(_position(offered, taken))
    return _Climb(tuple(chain), tuple(positions))


def _not_in(chain: Sequence[Parsed], helpers: Iterable[CertificateFacts]) -> list[CertificateFacts]:
    """Those that were sent and do not stand in the chain yet."""
    there = {parsed.facts.sha256 for parsed in chain}
    return [helper for helper in helpers if helper.sha256 not in there]


def _position(offered: Iterable[TrustedCertificate], taken: CertificateFacts) -> int | None:
    """The place of one of the CAs in the list; None for one that was sent."""
    return next((trusted.position for trusted in offered if trusted.facts.sha256 == taken.sha256), None)


def _headline(climb: _Climb, verdict: ChainVerdict, ours: Finding | None) -> Finding | None:
    """What OpenSSL stopped at: its number and depth, and the facts that we found about it.

    Facts: `number`, `depth`, `name` and what `chain_problems` adds, or `issuer` where it found nothing. Of a
    missing CA `name` and `key_id` ("" if the certificate below has none) are the CA's own, and `below` is the
    certificate that names it.
    """
    if verdict.code is None:
        return None
    stopped_at = climb.chain[min(verdict.depth, len(climb.chain) - 1)].facts
    facts: dict[str, str | int] = {"number": verdict.number, "depth": verdict.depth}
    if verdict.code in _MISSING_CODES:
        key_id = stopped_at.authority_key_id or ""
        return refuse(verdict.code, **facts, name=stopped_at.issuer, key_id=key_id, below=stopped_at.subject)
    if ours is not None:
        return refuse(verdict.code, **{**facts, **ours.facts})
    return refuse(verdict.code, **facts, name=stopped_at.subject, issuer=stopped_at.issuer)


def _links(
    climb: _Climb, trust: TrustList, verdict: ChainVerdict, problems: Sequence[Finding]
) -> tuple[Link, ...]:
    """The places of the chain, from the leaf upwards."""
    links = []
    for depth, (parsed, position) in enumerate(zip(climb.chain, climb.positions, strict=True)):
        links.append(
            Link(
                depth=depth,
                place=_place(parsed, depth),
                state=_state(depth, position, problems),
                name=parsed.facts.subject,
                key_id=parsed.facts.subject_key_id,
                certificate=parsed.facts,
                position=position,
                twins=_twins(trust, climb.chain[depth - 1], parsed.facts) if depth else (),
            )
        )
    if verdict.code in _MISSING_CODES:
        links.append(_missing(climb.chain[-1], len(links), trust))
    return tuple(links)


def _missing(below: Parsed, depth: int, trust: TrustList) -> Link:
    """The CA that is not in the list, as far as the certificate below it knows."""
    return Link(
        depth=depth,
        place=Place.UNKNOWN,
        state=LinkState.MISSING,
        name=below.facts.issuer,
        key_id=below.facts.authority_key_id,
        certificate=None,
        position=None,
        twins=_twins(trust, below, None),
    )


def _place(parsed: Parsed, depth: int) -> Place:
    """What a certificate is to the chain."""
    if depth == 0:
        return Place.LEAF
    return Place.ROOT if ends_its_chain(parsed) else Place.INTERMEDIATE


def _state(depth: int, position: int | None, problems: Sequence[Finding]) -> LinkState:
    """How it is with the certificate at a depth: the first in the order of `LinkState`."""
    here = [found.code for found in problems if found.facts["depth"] == depth]
    below = [found.code for found in problems if found.facts["depth"] == depth - 1]
    states = {_STATE_OF_CODE.get(code, LinkState.REFUSED) for code in here if code not in _ABOUT_OTHERS}
    if Code.CHAIN_BAD_SIGNATURE in below:
        states.add(LinkState.WRONG_KEY)
    above = LinkState.SENT if position is None else LinkState.IN_LIST
    states.add(above if depth else LinkState.THIS_FILE)
    return next(state for state in LinkState if state in states)


def _twins(trust: TrustList, below: Parsed, used: CertificateFacts | None) -> tuple[Twin, ...]:
    """The other CAs of the issuer's name in the list, whether or not the rule lets OpenSSL see them."""
    same_name = trust.with_subject(below.facts.issuer_hash)
    others = [trusted for trusted in same_name if used is None or trusted.facts.sha256 != used.sha256]
    return tuple(
        Twin(trusted.position, trusted.facts, has_signed(trusted.facts, below))
        for trusted in others[:MOST_TWINS]
    )


def _earliest_end(chain: Sequence[Parsed]) -> EarliestEnd:
    """The certificate of the chain that ends first, the one nearest to the leaf if two do."""
    depth, first = min(enumerate(chain), key=lambda place: place[1].facts.not_after)
    return EarliestEnd(first.facts.not_after, depth, first.facts)
