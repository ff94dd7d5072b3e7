"""OpenSSL's verdict on a certificate in a handshake: beyond its chain, what it is for, and whether it is revoked.

OpenSSL stops at the first thing that is wrong, so the order counts: no end of the chain, then each certificate from
the leaf upwards (extensions, CA, purpose, path length), then revocation, then signatures and dates from the root
down, then name constraints.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from certstore.pki.candidates import candidates, helpful
from certstore.pki.codes import Code
from certstore.pki.facts import CertificateFacts
from certstore.pki.judge import ChainVerdict, judge_chain
from certstore.pki.purpose import Purpose, first_unsuited
from certstore.pki.releases import SameSubject
from certstore.pki.settings import Fallback, Revocation
from certstore.pki.trust import TrustList
from certstore.pki.walk import climbed

PURPOSE, REVOKED, NO_CRL = 26, 23, 3
PATH_LENGTH = 25

# Asked of each certificate on the way up; a purpose counts at its depth, after all of them but the path length.
_BY_CERTIFICATE = frozenset({24, PATH_LENGTH, 32, 34, 37, 40, 79, 94})
# Asked when purpose and revocation were: signatures and dates, then name constraints.
_LATE = frozenset({4, 5, 6, 7, 9, 10, 13, 14, 21, *range(47, 54)})

# X509_V_ERR_* about a CRL: of one that is not to be used, and of one that is out of its time.
CODE_OF_CRL_NUMBER: dict[int, Code] = {
    NO_CRL: Code.PEER_REVOCATION_UNKNOWN,
    8: Code.PEER_CRL_UNUSABLE,
    11: Code.PEER_CRL_NOT_IN_FORCE,
    12: Code.PEER_CRL_NOT_IN_FORCE,
    15: Code.PEER_CRL_UNUSABLE,
    16: Code.PEER_CRL_UNUSABLE,
    REVOKED: Code.PEER_REVOKED,
    33: Code.PEER_CRL_UNUSABLE,
    35: Code.PEER_CRL_UNUSABLE,
    36: Code.PEER_CRL_UNUSABLE,
    44: Code.PEER_CRL_UNUSABLE,
    54: Code.PEER_CRL_UNUSABLE,
}


UNCHECKED = Revocation()


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked of a certificate beside its chain. The defaults are those of an upload: nothing."""

    sent: tuple[CertificateFacts, ...] = ()  # with the certificate, by the other side
    purpose: Purpose | None = None
    revocation: Revocation = UNCHECKED

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two terms the same."""
        return (self.purpose, self.revocation, *(one.sha256 for one in self.sent))


UPLOAD = Terms()


def verdict_on(
    leaf: CertificateFacts, trust: TrustList, rule: SameSubject, at: datetime, terms: Terms = UPLOAD
) -> ChainVerdict:
    """What OpenSSL says of a certificate first.

    In: the certificate, the list, the rule for CAs of the same subject, an aware moment, what else is asked. Out:
    the verdict; where terms ask for nothing, the chain's.
    Source: OpenSSL crypto/x509/x509_vfy.c, `verify_chain`, `check_extensions` and `check_revocation`.
    """
    sent = helpful(terms.sent, trust, rule)
    plain = judge_chain(leaf, candidates(leaf, trust, rule, sent), at, sent)
    if not (plain.accepted or plain.number in _BY_CERTIFICATE | _LATE):
        return plain
    chain = climbed(leaf, trust, rule, at, plain, sent)
    depth = first_unsuited(chain, terms.purpose) if terms.purpose else None
    if depth is not None and _comes_before(depth, plain):
        return ChainVerdict(PURPOSE, depth, Code.PEER_PURPOSE)
    if plain.number in _BY_CERTIFICATE:
        return plain
    return _revocation(chain, trust, rule, at, terms) or plain


def _comes_before(depth: int, verdict: ChainVerdict) -> bool:
    """Whether OpenSSL comes to the purpose at a depth before it comes to what it said without one."""
    if verdict.number not in _BY_CERTIFICATE:
        return True
    return depth < verdict.depth or (depth == verdict.depth and verdict.number == PATH_LENGTH)


def _revocation(
    chain: Sequence[CertificateFacts], trust: TrustList, rule: SameSubject, at: datetime, terms: Terms
) -> ChainVerdict | None:
    """The first certificate of a chain that counts as revoked, from the leaf upwards.

    Only the CRLs of the list can be asked: nothing is fetched, no OCSP responder reached. Where they do not know,
    the fallback decides.
    Source: Administrator Guide, Managing Security ("Certificate revocation checking"; an expired CRL revokes all).
    """
    settings = terms.revocation
    if not settings.is_on:
        return None
    for depth, certificate in enumerate(chain):
        number = _status(certificate, trust, rule, at, terms)
        if number and (number != NO_CRL or settings.fallback is Fallback.REVOKED):
            return ChainVerdict(number, depth, CODE_OF_CRL_NUMBER[number])
    return None


def _status(
    certificate: CertificateFacts, trust: TrustList, rule: SameSubject, at: datetime, terms: Terms
) -> int:
    """OpenSSL's number about the CRLs of a certificate's issuer; 0 where they say that it is not revoked."""
    crls = trust.crls_of(certificate.issuer_hash) if terms.revocation.uses_crls else ()
    if not crls:
        return NO_CRL
    sent = helpful(terms.sent, trust, rule)
    verdict = judge_chain(certificate, candidates(certificate, trust, rule, sent), at, sent, crls)
    return verdict.number if verdict.number in CODE_OF_CRL_NUMBER else 0
