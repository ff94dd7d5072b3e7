"""What the training CA asks of a signing request, and of names that are typed, before it signs.

No document of the product speaks of this: the rules are ours, after what public CAs do.
"""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from certstore.pki import names
from certstore.pki.keys import PublicHalf, public_half_of_request
from certstore.pki.requests import RequestFacts

MOST_NAMES = 100
LONGEST_COMMON_NAME = 64  # ub-common-name of X.520
SMALLEST_RSA, LARGEST_RSA = 2048, 8192
_INTERNAL = ("local", "localdomain", "lan", "internal", "intranet", "corp", "home", "private")
_NAME = re.compile(r"[A-Za-z0-9_*-]{1,63}(\.[A-Za-z0-9_*-]{1,63})*")
_ADDRESS = "IP Address:"


class Refusal(StrEnum):
    """Why the training CA does not sign."""

    NOTHING = "nothing"  # no request was given
    NO_REQUEST = "no-request"
    SEVERAL = "several"
    PRIVATE_KEY = "private-key"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too-large"
    SIGNATURE = "signature"
    KEY_KIND = "key-kind"
    KEY_SIZE = "key-size"
    NO_NAME = "no-name"
    TOO_MANY_NAMES = "too-many-names"
    LONG_COMMON_NAME = "long-common-name"
    BAD_NAME = "bad-name"
    NAME_KIND = "name-kind"
    INTERNAL_NAME = "internal-name"
    CA_NOT_VALID = "ca-not-valid"
    OUTLIVES_CA = "outlives-ca"


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal with what its sentence needs."""

    why: Refusal
    facts: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a certificate is to be for: a key, and names that `names_refused` has passed."""

    key: PublicHalf
    common_name: str
    alternative_names: tuple[str, ...]  # "IP:192.0.2.1" for an address


def wanted_by(request: RequestFacts, *, is_public: bool) -> Wanted | Refused:
    """What a request asks for, or why it is not signed: signature, key, names, in this order.

    In: the request, and whether the CA is a public-looking one, which signs no internal name.
    """
    if not request.signature_is_valid:
        return Refused(Refusal.SIGNATURE)
    refused = _key_refused(request.key_algorithm, request.key_bits)
    if refused is not None:
        return refused
    odd = next((name for name in request.san_other if not name.startswith(_ADDRESS)), None)
    if odd is not None:
        return Refused(Refusal.NAME_KIND, {"name": names.visible(odd, 80)})
    addresses = tuple(f"IP:{name.removeprefix(_ADDRESS)}" for name in request.san_other)
    common_name = request.common_names[-1] if request.common_names else ""
    alternative = (*request.san_dns, *addresses)
    refused = names_refused(common_name, alternative, is_public=is_public)
    return refused or Wanted(public_half_of_request(request.der), common_name, alternative)


def _key_refused(algorithm: str, bits: int) -> Refused | None:
    if algorithm not in ("RSA", "ECDSA"):
        return Refused(Refusal.KEY_KIND, {"algorithm": names.visible(algorithm, 40)})
    if algorithm == "RSA" and not SMALLEST_RSA <= bits <= LARGEST_RSA:
        return Refused(Refusal.KEY_SIZE, {"bits": bits})
    return None


def names_refused(common_name: str, alternative: Sequence[str], *, is_public: bool) -> Refused | None:
    """Why names do not go into a certificate; None when they do.

    In: a common name ("" for none), alternative names ("IP:…" for an address), and whether the CA is a
    public-looking one: those sign neither addresses nor names that only a company's own DNS knows.
    Source: RFC 5280, upper bounds; CA/Browser Forum, Baseline Requirements 7.1.2.7.12 (internal names).
    """
    if not common_name and not alternative:
        return Refused(Refusal.NO_NAME)
    if len(alternative) > MOST_NAMES:
        return Refused(Refusal.TOO_MANY_NAMES, {"count": len(alternative)})
    if len(common_name) > LONGEST_COMMON_NAME:
        return Refused(Refusal.LONG_COMMON_NAME, {"length": len(common_name)})
    for name in (common_name, *alternative):
        if name and (refused := _name_refused(name, is_public=is_public)):
            return refused
    return None


def _name_refused(name: str, *, is_public: bool) -> Refused | None:
    shown: dict[str, str | int] = {"name": names.visible(name, 80)}
    if name.startswith("IP:"):
        if not _is_address(name.removeprefix("IP:")):
            return Refused(Refusal.BAD_NAME, shown)
        return Refused(Refusal.INTERNAL_NAME, shown) if is_public else None
    if len(name) > 253 or not _NAME.fullmatch(name):
        return Refused(Refusal.BAD_NAME, shown)
    return Refused(Refusal.INTERNAL_NAME, shown) if is_public and is_internal(name) else None


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def is_internal(name: str) -> bool:
    """Whether a name is one that only a company's own DNS knows: no FQDN, or below .local and the like."""
    whole = names.is_fqdn(name) or names.is_wildcard(name)
    return not whole or name.lower().rpartition(".")[2] in _INTERNAL
