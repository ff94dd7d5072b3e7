"""Why a list does not take a chain, in the few kinds that a connection tells apart."""

from dataclasses import dataclass
from enum import StrEnum

from certstore.pki.codes import Code
from certstore.pki.depends import ChainJudgement


class Why(StrEnum):
    """The kinds of reason."""

    MISSING = "missing"  # a CA of the chain is not in the list
    SELF_SIGNED = "self-signed"  # the certificate is its own issuer, and is not in the list
    SAME_SUBJECT = "same-subject"  # the right CA is there, and another one of its name hides it
    NOT_VALID = "not-valid"  # a certificate of the chain has ended, or not begun
    OTHER = "other"


_WHY_OF_CODE: dict[Code, Why] = {
    Code.CHAIN_ISSUER_MISSING: Why.MISSING,
    Code.CHAIN_CA_ISSUER_MISSING: Why.MISSING,
    Code.CHAIN_SELF_SIGNED_CA: Why.MISSING,
    Code.CHAIN_SELF_SIGNED: Why.SELF_SIGNED,
    Code.CHAIN_EXPIRED: Why.NOT_VALID,
    Code.CHAIN_NOT_YET_VALID: Why.NOT_VALID,
}


@dataclass(frozen=True, slots=True)
class Refused:
    """A chain that is not taken. What does not apply, or is not known, is ""."""

    why: Why
    number: int  # OpenSSL's
    depth: int
    name: str  # the certificate it is about; of a missing CA that CA's own subject
    below: str = ""  # the certificate whose issuer is missing
    key_id: str = ""  # of a missing CA, as the certificate below gives it
    start: str = ""  # ISO text, of the certificate that is not valid
    end: str = ""


def why_refused(chain: ChainJudgement) -> Refused | None:
    """The kind of reason for which a chain is not taken, with what a sentence about it names.

    In: the judgement of a chain against a list. Out: None when it is taken.
    """
    headline = chain.headline
    if headline is None:
        return None
    number, depth = chain.verdict.number, chain.verdict.depth
    if chain.other is not None:
        return Refused(Why.SAME_SUBJECT, number, depth, chain.other.name)
    facts = {name: str(value) for name, value in headline.facts.items()}
    why = _WHY_OF_CODE.get(headline.code, Why.OTHER)
    start = end = ""
    if why is Why.NOT_VALID:
        certificate = chain.picture.links[depth].certificate
        start, end = (certificate.not_before, certificate.not_after) if certificate else ("", "")
    below, key_id = facts.get("below", ""), facts.get("key_id", "")
    return Refused(why, number, depth, facts.get("name", ""), below, key_id, start, end)
