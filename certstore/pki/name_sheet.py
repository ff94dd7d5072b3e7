"""The names of one certificate as they go into its request: what is typed, what the page adds, what may go.

What the Generate CSR page makes of the names is asked of that page's own rules.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from certstore.pki.compared_names import Compared, folded, names_of
from certstore.pki.csr import Place, appearance, defaults_for, listed
from certstore.pki.csr_rules import Problem, not_signed_by_public_cas, problems
from certstore.pki.names import is_fqdn, is_wildcard
from certstore.pki.needed_names import Need
from certstore.pki.peer_names import ADDRESS_PREFIX, is_address, matched_name, same_address
from certstore.pki.topology import Expressway, Topology

# Source: TechNote 213872: alternative names beyond so many characters count as absent on older releases.
LONGEST_NAMES = 999
OTHER_NAME = "othername:"  # before a name of a kind of its own, XMPPAddress for one


class Flaw(StrEnum):
    """Why a name is no good for a certificate, or not for every one."""

    ADDRESS = "address"
    WILDCARD = "wildcard"  # matches nothing
    NOT_FQDN = "not-fqdn"
    NOT_PUBLIC = "not-public"  # no public CA signs it


class Presence(StrEnum):
    """Whether a certificate has a name, as the verdicts see it."""

    HAS = "has"
    AS_COMMON_NAME = "as-common-name"  # where a common name does not count beside alternative names
    LACKS = "lacks"


@dataclass(frozen=True, slots=True)
class NeededName:
    """One name, or several of which one is enough, with everybody who looks for it."""

    names: tuple[str, ...]
    chosen: str  # the one that goes into the request
    needs: tuple[Need, ...]

    @property
    def flaws(self) -> tuple[Flaw, ...]:
        """What is wrong with the name that was chosen."""
        return flaws_of(self.chosen)


@dataclass(frozen=True, slots=True)
class Line:
    """The names as they are typed on the Generate CSR page."""

    common_name: str
    by_itself: tuple[str, ...]  # the page adds them
    typed: tuple[str, ...]  # "Additional alternative names (comma separated)"
    left_out: tuple[str, ...]  # the page refuses them
    problems: tuple[Problem, ...]  # with the server's own names, so that there is no request at all

    @property
    def text(self) -> str:
        """The line to copy."""
        return ", ".join(self.typed)

    @property
    def characters(self) -> int:
        """How long all the alternative names are, as they are printed."""
        return len(", ".join(f"DNS:{name}" for name in (*self.by_itself, *self.typed)))

    @property
    def is_too_long(self) -> bool:
        """Whether an older release would not see the last of them."""
        return self.characters > LONGEST_NAMES


def flaws_of(name: str) -> tuple[Flaw, ...]:
    """What is wrong with a name: it is no FQDN, and why; or no public CA signs it."""
    if is_address(name):
        return (Flaw.ADDRESS,)
    if is_wildcard(name):
        return (Flaw.WILDCARD,)
    if not is_fqdn(name):
        return (Flaw.NOT_FQDN,)
    return (Flaw.NOT_PUBLIC,) if not_signed_by_public_cas((name,)) else ()


def needed_names(needs: Iterable[Need], held: Sequence[Compared]) -> tuple[NeededName, ...]:
    """The needs of one certificate by name, in the order in which they come.

    In: the needs; the certificates and the request that are there, what counts most first. Out: each name once; of
    several of which one is enough the one that is wanted anyhow, else the one that is there already, else the first.
    """
    groups: dict[tuple[str, ...], list[Need]] = {}
    for need in needs:
        groups.setdefault(tuple(sorted(folded(need.names))), []).append(need)
    alone = folded(key[0] for key in groups if len(key) == 1)
    return tuple(
        NeededName(found[0].names, _chosen(found[0].names, alone, held), tuple(found))
        for found in groups.values()
    )


def _chosen(names: Sequence[str], alone: Iterable[str], held: Sequence[Compared]) -> str:
    wanted_anyhow = (name for name in names if name.lower() in alone)
    there = (matched_name(one, names) for one in held)
    return next(wanted_anyhow, "") or next((name for name in there if name), names[0])


def presence(certificate: Compared, name: NeededName, cn_counts: bool) -> Presence:
    """Whether a certificate has a name, or a request asks for it.

    In: the two, whether the lab counts common names beside alternative ones.
    Source: decisions of this project (6), as `peer_names.matched_name`.
    """
    if matched_name(certificate, name.names, cn_counts):
        return Presence.HAS
    return (
        Presence.AS_COMMON_NAME if matched_name(certificate, name.names, cn_counts=True) else Presence.LACKS
    )


def unneeded(certificate: Compared, needed: Iterable[NeededName]) -> tuple[str, ...]:
    """The alternative names of a certificate that nobody looks for, each once.

    Out: as they are written. A name of a kind of its own is left out: who reads it cannot be told.
    """
    wanted = [name for one in needed for name in one.names]
    left = []
    for name in names_of(certificate):
        plain = name.removeprefix(ADDRESS_PREFIX)
        is_wanted = plain.lower() in folded(wanted) or any(same_address(plain, one) for one in wanted)
        if not is_wanted and not name.startswith(OTHER_NAME):
            left.append(name)
    return tuple(dict.fromkeys(left))


def place_in(topology: Topology, server: Expressway) -> Place:
    """A server of a deployment as the Generate CSR page sees it."""
    every = (*topology.controls, *topology.edges)
    cluster = server.peer.cluster if server.peer else ""
    peers = [
        (one.peer.number, one.fqdn)
        for one in every
        if server.peer and one.peer and (one.role, one.peer.cluster) == (server.role, cluster)
    ]
    return Place(
        role=server.role,
        release=topology.release,
        fqdn=server.fqdn,
        cluster=cluster,
        peers=tuple(fqdn for _, fqdn in sorted(peers)),
        is_clustered=server.peer is not None,
    )


def line_of(place: Place, needed: Iterable[NeededName]) -> Line:
    """The names as they are typed, and what the page adds to them.

    In: the server, its names. Out: each name once, without "DNS:" before it; what the page would refuse stands apart,
    wildcards for one.
    Source: TechNotes 218034 and 215670 (no "DNS:", commas); 215405 (the common name is added by itself).
    """
    blank = defaults_for(place)
    shown = appearance(blank, place)
    by_itself = tuple(one.value for one in shown.alternative)
    rest = {
        name.chosen.lower(): name.chosen for name in needed if name.chosen.lower() not in folded(by_itself)
    }
    typed = tuple(name for name in rest.values() if is_fqdn(name))
    tried = replace(blank, additional=", ".join(typed))
    wrong = tuple(one for one in problems(tried, place) if one.field in ("common_name", "additional"))
    return Line(
        common_name=shown.common_name,
        by_itself=by_itself,
        typed=typed,
        left_out=tuple(name for name in rest.values() if not is_fqdn(name)),
        problems=wrong,
    )


def names_in(text: str) -> tuple[str, ...]:
    """The names of a text that somebody typed or copied out of a certificate: "DNS:a.example.com, b.example.com"."""
    plain = (name[4:].strip() if name[:4].upper() == "DNS:" else name for name in listed(text))
    return tuple({name.lower(): name for name in plain if name}.values())
