"""A chain as a page draws it: its links, what is wrong with them, and when it ends."""

from dataclasses import dataclass
from enum import StrEnum

from certstore.pki.facts import CertificateFacts
from certstore.pki.findings import Finding

MOST_TWINS = 20  # shown beside one link


class Place(StrEnum):
    """Where in the chain a certificate stands."""

    LEAF = "leaf"
    INTERMEDIATE = "intermediate"
    ROOT = "root"
    UNKNOWN = "unknown"  # of a missing CA nobody can tell


class LinkState(StrEnum):
    """How it is with one certificate of the chain; where several are true, the first in this order."""

    MISSING = "missing"  # no CA of this name and key is in the list
    NOT_TRUSTED = "not-trusted"  # self-signed, and not in the list: the leaf, or a root that was sent
    WRONG_KEY = "wrong-key"  # has the right name, but its key did not sign the certificate below
    NOT_A_CA = "not-a-ca"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    REFUSED = "refused"  # for another reason, which a finding at its depth tells
    THIS_FILE = "this-file"
    SENT = "sent"  # by the other side of a connection, and not in the list
    IN_LIST = "in-list"


@dataclass(frozen=True, slots=True)
class Twin:
    """Another CA of the same subject in the list."""

    position: int
    certificate: CertificateFacts
    has_signed: bool  # its key verifies the signature of the certificate below


@dataclass(frozen=True, slots=True)
class Link:
    """One place of the chain: a certificate, or the CA that is missing there."""

    depth: int
    place: Place
    state: LinkState
    name: str  # the subject; of a missing CA the issuer named in the certificate below; "" when empty
    key_id: str | None  # its Subject Key Identifier; of a missing CA the Authority Key Identifier below
    certificate: CertificateFacts | None  # None when missing
    position: int | None  # in the list; None for the leaf, what was sent, and a missing CA
    twins: tuple[Twin, ...] = ()  # not used; in the list's order, at most MOST_TWINS


@dataclass(frozen=True, slots=True)
class EarliestEnd:
    """The first moment at which a certificate of the chain ends."""

    ends: str  # ISO text
    depth: int
    certificate: CertificateFacts


@dataclass(frozen=True, slots=True)
class ChainPicture:
    """A chain, drawn."""

    links: tuple[Link, ...]  # from the leaf upwards; a missing CA is the last
    headline: Finding | None  # what OpenSSL stopped at, with our facts; None when it accepted
    further: tuple[Finding, ...]  # whatever else is wrong; empty when OpenSSL accepted
    earliest_end: EarliestEnd
    goes_round: bool  # the CAs sign each other; each is drawn once

    @property
    def first_missing(self) -> Link | None:
        """The CA that is to be appended next: its name, its key identifier, its depth."""
        return self.links[-1] if self.links[-1].state is LinkState.MISSING else None
