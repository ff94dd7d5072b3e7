"""What is wrong with the certificate of the other side, in findings: what OpenSSL stopped at, then all the rest.

Every finding's facts hold `looker` and `other` (the two servers, by name) and `name` (the certificate it is about);
of what was found in the chain also `depth` (0 is the certificate shown), of what OpenSSL stopped at its `number`.
What else they hold is what the chain's own findings hold: see `walk` and `chain_problems`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from certstore.pki.codes import Code
from certstore.pki.connections import Look, Reason
from certstore.pki.findings import Finding, note, refuse
from certstore.pki.handshake import PURPOSE
from certstore.pki.purpose import Purpose, Unsuited, unsuited
from certstore.pki.server_certificate import usage_names

# The same trouble, told of an upload and of a connection.
_PEER_CODE: dict[Code, Code] = {
    Code.CHAIN_ISSUER_MISSING: Code.PEER_CHAIN_NOT_TRUSTED,
    Code.CHAIN_CA_ISSUER_MISSING: Code.PEER_CHAIN_NOT_TRUSTED,
    Code.CHAIN_SELF_SIGNED_CA: Code.PEER_CHAIN_NOT_TRUSTED,
    Code.CHAIN_SELF_SIGNED: Code.PEER_SELF_SIGNED,
    Code.CHAIN_TOO_LONG: Code.PEER_CHAIN_TOO_LONG,
    Code.CHAIN_EXPIRED: Code.PEER_EXPIRED,
    Code.CHAIN_NOT_YET_VALID: Code.PEER_NOT_YET_VALID,
    Code.CHAIN_BAD_SIGNATURE: Code.PEER_BAD_SIGNATURE,
    Code.CHAIN_NOT_A_CA: Code.PEER_NOT_A_CA,
    Code.CHAIN_PATH_LENGTH: Code.PEER_PATH_LENGTH,
    Code.CHAIN_NAME_CONSTRAINT: Code.PEER_NAME_CONSTRAINT,
    Code.CHAIN_UNKNOWN_CRITICAL_EXTENSION: Code.PEER_UNKNOWN_CRITICAL_EXTENSION,
    Code.CHAIN_OTHER: Code.PEER_CHAIN_OTHER,
}
_NO_USAGE: dict[Purpose, Code] = {
    Purpose.SERVER: Code.PEER_NO_SERVER_AUTH,
    Purpose.CLIENT: Code.PEER_NO_CLIENT_AUTH,
    Purpose.EITHER: Code.PEER_NO_CLIENT_AUTH,
}


@dataclass(frozen=True, slots=True)
class Names:
    """The two servers of a connection as a sentence names them."""

    looker: str
    other: str


def reasons_of(found: Look, purpose: Purpose, names: Names) -> tuple[Reason, ...]:
    """Why a look refuses a certificate.

    In: the look, what the certificate had to be good for, the names of the two servers. Out: what OpenSSL stopped at
    first, then whatever else is wrong, then (a note) that it hangs on CAs of the same subject; nothing where all is
    well.
    """
    told = (*_chain(found, purpose), *_purposes(found, purpose), *_depends(found, names))
    return tuple(
        Reason(
            Finding(one.code, one.severity, {**one.facts, "looker": names.looker, "other": names.other}),
            found.by,
            found.about,
        )
        for one in told
    )


def missing_ca(found: Look) -> tuple[str, str | None] | None:
    """The CA whose absence from the looker's list OpenSSL stopped at: its name and key identifier.

    Out: of a root that was sent its own, of a CA that nobody sent what the certificate below says of it; None where
    no CA is missing.
    """
    top = found.chain.picture.links[-1]
    code = found.chain.verdict.code
    return (
        (top.name, top.key_id)
        if _PEER_CODE.get(code or Code.CHAIN_OTHER) is Code.PEER_CHAIN_NOT_TRUSTED
        else None
    )


def _chain(found: Look, purpose: Purpose) -> Iterator[Finding]:
    """What OpenSSL stopped at, then what our walk finds besides."""
    picture = found.chain.picture
    if picture.headline is not None:
        yield _first(found, picture.headline, purpose)
    for further in picture.further:
        yield refuse(_PEER_CODE[further.code], **further.facts)


def _first(found: Look, headline: Finding, purpose: Purpose) -> Finding:
    """What OpenSSL stopped at; of a missing CA with the certificate below it and its key identifier."""
    if found.number == PURPOSE:
        return _purpose(found, found.depth, purpose, number=PURPOSE)
    code = _PEER_CODE.get(headline.code, headline.code)
    facts = dict(headline.facts)
    missing = missing_ca(found)
    if missing is not None:
        links = found.chain.picture.links
        below = links[-2].name if len(links) > 1 else ""
        facts |= {"name": missing[0], "key_id": missing[1] or "", "below": below}
    return refuse(code, **facts)


def _purposes(found: Look, purpose: Purpose) -> Iterator[Finding]:
    """Every other certificate of the chain that is not good for the purpose."""
    stopped_at = found.depth if found.number == PURPOSE else None
    for link in found.chain.picture.links:
        if link.certificate is None or link.depth == stopped_at:
            continue
        if unsuited(link.certificate, purpose, link.depth == 0):
            yield _purpose(found, link.depth, purpose)


def _purpose(found: Look, depth: int, purpose: Purpose, **facts: int) -> Finding:
    """A certificate that is not good for the purpose. Facts: `eku`, `usage` (what was asked), in words."""
    certificate = found.chain.picture.links[depth].certificate or found.certificate
    why = unsuited(certificate, purpose, depth == 0)
    code = _NO_USAGE[purpose] if depth == 0 and why is Unsuited.EXTENDED_KEY_USAGE else Code.PEER_PURPOSE
    usage = "server authentication" if purpose is Purpose.SERVER else "client authentication"
    eku = usage_names(certificate.extended_key_usage or ())
    return refuse(code, **facts, depth=depth, name=certificate.subject, eku=eku, usage=usage)


def _depends(found: Look, names: Names) -> Iterator[Finding]:
    """That another rule for CAs of the same subject, or another order of them, would turn the outcome."""
    if found.chain.other is not None:
        name = found.chain.other.name
        yield note(Code.PEER_DEPENDS_ON_SAME_SUBJECT, name=name, looker=names.looker, other=names.other)
