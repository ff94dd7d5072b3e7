"""What the Generate CSR page refuses, field by field, and which names no public CA will sign."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from ipaddress import ip_address

from certstore.pki import names
from certstore.pki.codes import Code
from certstore.pki.csr import (
    DIGESTS,
    FORMATS,
    Alternative,
    CommonName,
    KeyAlgorithm,
    Place,
    Typed,
    appearance,
    lengths_for,
    listed,
    name_fields,
)
from certstore.pki.findings import Finding, refuse

LONGEST_NAMES = 12_000  # characters of a field of names
LONGEST_COMMON_NAME = 64  # RFC 5280, ub-common-name
_DIRECTORY_STRING = 128
# Characters that the subject's parts may have: the upper bounds of RFC 5280, appendix A.1.
LONGEST: dict[str, int] = {
    "country": 2,
    "state": _DIRECTORY_STRING,
    "locality": _DIRECTORY_STRING,
    "organization": 64,
    "unit": 64,
    "email": 255,
}
# Source: Certificate Creation and Use guide X15.5: these three are required even where the CA ignores them.
REQUIRED = ("country", "state", "organization")
# Top levels that the world's DNS does not have: RFC 2606, 6761, 6762, 8375, and what companies use inside.
NOT_PUBLIC = frozenset(
    {"local", "localhost", "localdomain", "internal", "intranet", "private", "corp", "home", "lan", "domain"}
    | {"test", "example", "invalid", "arpa", "onion"}
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field."""

    field: str
    finding: Finding


Rule = Callable[[Typed, Place], Iterable[Problem]]


def problems(typed: Typed, place: Place) -> tuple[Problem, ...]:
    """Everything that keeps a request from being made, in the order of the fields, the first of each field."""
    found: dict[str, Problem] = {}
    for rule in RULES:
        for problem in rule(typed, place):
            found.setdefault(problem.field, problem)
    return tuple(found.values())


def choices_are_offered(typed: Typed, place: Place) -> Iterator[Problem]:
    """Every choice is one that the page of this release offers, and the length is one of the kind of key.

    Source: Certificate Creation and Use guide X15.5, Generating a Certificate Signing Request; ECDSA from X14.3 on.
    """
    kinds = {
        kind.value: [str(bits) for bits in lengths] for kind, lengths in lengths_for(place.release).items()
    }
    offered: dict[str, Iterable[str]] = {
        "common_name": list(CommonName) if place.is_clustered else [CommonName.SERVER],
        "alternative": list(Alternative) if place.is_clustered else [Alternative.NONE],
        **FORMATS,
        "algorithm": kinds,
        "length": kinds.get(typed.algorithm, kinds[KeyAlgorithm.RSA]),
        "digest": DIGESTS,
    }
    for field, values in offered.items():
        if getattr(typed, field) not in values:
            yield Problem(field, refuse(Code.CSR_NO_CHOICE))


def common_name_is_an_fqdn(typed: Typed, place: Place) -> Iterator[Problem]:
    """The server's name is fully qualified, and so is the cluster's; a Common Name has 64 characters at most.

    Source: Administrator Guide X15.5, Clustering and Peers: a cluster name without a domain fails; RFC 5280.
    """
    if not names.is_fqdn(place.fqdn):
        yield Problem("common_name", refuse(Code.CSR_NOT_FQDN, name=names.visible(place.fqdn)))
    if place.is_clustered and not names.is_fqdn(place.cluster):
        yield Problem("common_name", refuse(Code.CSR_CLUSTER_NAME, name=names.visible(place.cluster or "-")))
    if len(appearance(typed, place).common_name) > LONGEST_COMMON_NAME:
        yield Problem("common_name", refuse(Code.CSR_TOO_LONG, limit=LONGEST_COMMON_NAME))
    bad_peer = next((peer for peer in place.peers if not names.is_fqdn(peer)), None)
    if bad_peer is not None and typed.alternative == Alternative.PEERS:
        yield Problem("alternative", refuse(Code.CSR_NOT_FQDN, name=names.visible(bad_peer)))


def names_are_fqdns(typed: Typed, place: Place) -> Iterator[Problem]:
    """Every name of every field is a fully qualified domain name.

    Source: Certificate Creation and Use guide, managing certificates: the rule for levels; that a plain host name
    as phone security profile fails. That the other fields keep the same rule is our reading.
    """
    for field, _ in name_fields(place.role):
        text = getattr(typed, field)
        if len(text) > LONGEST_NAMES:
            yield Problem(field, refuse(Code.CSR_TOO_LONG, limit=LONGEST_NAMES))
            continue
        wrong = next((name for name in listed(text) if not names.is_fqdn(name)), None)
        if wrong is not None:
            yield Problem(field, refuse(Code.CSR_NOT_FQDN, name=names.visible(wrong)))
    with_prefix = [name for name in appearance(typed, place).alternative if len(name.value) > 253]
    if with_prefix:
        yield Problem("domains", refuse(Code.CSR_NOT_FQDN, name=names.visible(with_prefix[0].value, 80)))


def subject_is_complete(typed: Typed, place: Place) -> Iterator[Problem]:
    """Country, State and Organization are there; nothing is too long; the country has two letters.

    Source: Certificate Creation and Use guide X15.5 (what is required); RFC 5280 (lengths).
    """
    for field, limit in LONGEST.items():
        text = getattr(typed, field).strip()
        if not text:
            if field in REQUIRED:
                yield Problem(field, refuse(Code.CSR_REQUIRED))
        elif field == "country" and not (len(text) == 2 and text.isascii() and text.isalpha()):
            yield Problem(field, refuse(Code.CSR_COUNTRY, name=names.visible(text, 40)))
        elif len(text) > limit:
            yield Problem(field, refuse(Code.CSR_TOO_LONG, limit=limit))
        elif not text.isprintable() or (field == "email" and not _is_email(text)):
            yield Problem(field, refuse(Code.CSR_CHARACTERS, name=names.visible(text, 80)))


def _is_email(text: str) -> bool:
    """Whether a text can stand in a subject as an e-mail address: ASCII, with one @ inside."""
    before, _, after = text.partition("@")
    return text.isascii() and " " not in text and bool(before) and bool(after) and "@" not in after


RULES: tuple[Rule, ...] = (
    choices_are_offered,
    common_name_is_an_fqdn,
    names_are_fqdns,
    subject_is_complete,
)


def not_signed_by_public_cas(every: Iterable[str]) -> tuple[str, ...]:
    """The names that no public CA will sign: short ones, private addresses, and those below a top level of one's own.

    In: DNS names and addresses, these also as OpenSSL prints them ("IP Address:10.0.0.1"). Out: the ones
    concerned, in their order.
    Source: CA/Browser Forum Baseline Requirements, 7.1.4.2.1 and the definition of an Internal Name.
    """
    return tuple(name for name in every if _is_internal(name.removeprefix("IP Address:")))


def _is_internal(name: str) -> bool:
    """Whether a name means something inside one network only."""
    try:
        return not ip_address(name).is_global
    except ValueError:
        levels = name.removeprefix("*.").rstrip(".").casefold().split(".")
        return len(levels) < 2 or levels[-1] in NOT_PUBLIC
