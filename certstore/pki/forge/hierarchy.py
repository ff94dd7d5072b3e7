"""The CAs above practice certificates: sound ones as a public CA has them, and ones that are wrong in one way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cryptography import x509

from certstore.pki.faults import Cas
from certstore.pki.forge import authority, keys
from certstore.pki.forge.authority import Authority
from certstore.pki.forge.names import subject

Span = tuple[datetime, datetime]  # from when to when


class Place(StrEnum):
    """Where a CA stands among those of one organisation."""

    ROOT = "root"
    OLD_ROOT = "old-root"
    CROSS = "cross"  # the root's name and key, signed by the old root
    POLICY = "policy"
    ISSUING = "issuing-1"
    ISSUING_2 = "issuing-2"
    TWIN = "twin"  # the issuing CA's name with another key


@dataclass(frozen=True, slots=True)
class Spans:
    """When what is made at a moment of the lab is valid."""

    root: Span
    issuing: Span
    now: Span  # of a server certificate
    over: Span
    ahead: Span


# The CAs that come along with a certificate, in the order of the file.
BUNDLES: dict[Cas, tuple[Place, ...]] = {
    Cas.NO_ISSUER: (Place.ROOT,),
    Cas.TOO_DEEP: (Place.ISSUING, Place.POLICY, Place.ROOT),
    Cas.CROSS_SIGNED: (Place.ISSUING, Place.CROSS),
    Cas.TWIN: (Place.TWIN, Place.ISSUING, Place.ROOT),
}
SOUND_BUNDLE = (Place.ISSUING, Place.ROOT)


def bundle_of(cas: Cas) -> tuple[Place, ...]:
    """Which CAs come along with a certificate, the one that issued it first."""
    return BUNDLES.get(cas, SOUND_BUNDLE)


def public_cas(organisation: str, spans: Spans) -> dict[Place, Authority]:
    """A CA as the public ones are: a root, an old root that signed it too, two issuing CAs. Four RSA keys."""
    old = _root(organisation, "Root CA 1", spans)
    top = _root(organisation, "Root CA 2", spans)
    return {
        Place.OLD_ROOT: old,
        Place.ROOT: top,
        Place.CROSS: old.cross_sign(top, *spans.issuing),
        Place.ISSUING: _issuing(top, organisation, "Issuing CA 1", spans.issuing),
        Place.ISSUING_2: _issuing(top, organisation, "Issuing CA 2", spans.issuing),
    }


def new_cas(
    cas: Cas, organisation: str, spans: Spans, forbidden: str, known_root: Authority
) -> Mapping[Place, Authority]:
    """New CAs for one practice file; the one at Place.ISSUING issues.

    In: what is wrong with them, an organisation that nobody has, when they are valid, the domain that a name
    constraint is to forbid, and the root that servers of the lab may know. Out: those that are new.
    """
    if cas is Cas.NEW_ISSUER:
        return {Place.ISSUING: _issuing(known_root, organisation, "Issuing CA 1", spans.issuing)}
    top = _root(organisation, "Root CA", spans)
    if cas is Cas.CROSS_SIGNED:
        old = _root(organisation, "Old Root CA", spans)
        cross = old.cross_sign(top, *spans.issuing)
        return {**_with_issuing(top, organisation, spans.issuing), Place.OLD_ROOT: old, Place.CROSS: cross}
    if cas is Cas.TOO_DEEP:
        policy = _issuing(top, organisation, "Policy CA", spans.issuing)
        deep = _issuing(policy, organisation, "Issuing CA 1", spans.issuing)
        return {Place.ROOT: top, Place.POLICY: policy, Place.ISSUING: deep}
    made = _with_issuing(top, organisation, *_issuer_of(cas, spans), forbidden=_forbidden(cas, forbidden))
    if cas is Cas.TWIN:
        made[Place.TWIN] = _issuing(top, organisation, "Issuing CA 1", spans.issuing)
    return made


def _issuer_of(cas: Cas, spans: Spans) -> tuple[Span, bool]:
    """When the issuing CA is valid, and whether it is one."""
    return (spans.over if cas is Cas.ISSUER_OVER else spans.issuing), cas is not Cas.ISSUER_NO_CA


def _forbidden(cas: Cas, domain: str) -> tuple[str, ...]:
    return (domain,) if cas is Cas.NAME_FORBIDDEN else ()


def _with_issuing(
    top: Authority, organisation: str, span: Span, is_ca: bool = True, forbidden: tuple[str, ...] = ()
) -> dict[Place, Authority]:
    """A root with the CA below it that issues."""
    name = _name(organisation, "Issuing CA 1")
    path_length = 0 if is_ca else None
    key = keys.new_rsa_key()
    issuing = top.intermediate(name, key, *span, ca=is_ca, path_length=path_length, excluded_dns=forbidden)
    return {Place.ROOT: top, Place.ISSUING: issuing}


def _root(organisation: str, what: str, spans: Spans) -> Authority:
    return authority.root(_name(organisation, what), keys.new_rsa_key(), *spans.root)


def _issuing(above: Authority, organisation: str, what: str, span: Span) -> Authority:
    name = _name(organisation, what)
    return above.intermediate(name, keys.new_rsa_key(), *span, path_length=0)


def _name(organisation: str, what: str) -> x509.Name:
    return subject(f"{organisation} {what}", organisation=organisation)
