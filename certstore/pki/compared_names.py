"""Which names one file has and another has not: the server's own, a domain's, any other.

Names are compared as a caller compares them: without regard to case, and a wildcard is no name of anybody.
What a name is for can only be guessed from the names beside it, so the kinds say what a name looks like.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from certstore.pki.facts import CertificateFacts
from certstore.pki.requests import RequestFacts

Compared = RequestFacts | CertificateFacts

COLLAB_EDGE = "collab-edge."


@dataclass(frozen=True, slots=True)
class LostNames:
    """The names that are no longer there, each in one of the four, in their order."""

    own: tuple[str, ...] = ()  # what the Common Name says
    domains: tuple[str, ...] = ()  # a domain, plain or with "collab-edge.", of which neither form is left
    forms: tuple[str, ...] = ()  # a domain of which the other form is left
    others: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether every name is still there."""
        return not (self.own or self.domains or self.forms or self.others)


def folded(texts: Iterable[str]) -> frozenset[str]:
    """Names as they are compared."""
    return frozenset(text.lower() for text in texts)


def names_of(one: Compared) -> tuple[str, ...]:
    """The names that a caller looks at: the alternative names, or the Common Name where there are none.

    Source: decision 6 of this project; what the Administrator Guide says of zones.
    """
    return (*one.san_dns, *one.san_other) if one.has_san else one.common_names


def domains_of(one: Compared) -> frozenset[str]:
    """The names that look like a domain that users sign in with, folded and without "collab-edge.".

    That is one with "collab-edge." before it, one that is the domain of another name here, and one of two
    levels.
    """
    # What is no DNS name has its kind and a colon before it.
    names = {name for name in folded(names_of(one)) if ":" not in name}
    above = {name.partition(".")[2] for name in names if not name.startswith(COLLAB_EDGE)}
    plain = {name for name in names if name in above or name.count(".") == 1}
    return frozenset(
        plain | {name.removeprefix(COLLAB_EDGE) for name in names if name.startswith(COLLAB_EDGE)}
    )


def lost_names(before: Compared, after: Compared) -> LostNames:
    """The names of one that the other has not, by what they look like.

    In: the two. Out: each lost name once, as it was written.
    """
    left = folded(names_of(after))
    own, domains = folded(before.common_names), domains_of(before)
    lost: dict[str, list[str]] = {"own": [], "domains": [], "forms": [], "others": []}
    once = {name.lower(): name for name in reversed(names_of(before))}
    for key, name in reversed(once.items()):
        if key in left:
            continue
        domain = key.removeprefix(COLLAB_EDGE)
        if key in own:
            kind = "own"
        elif domain in domains:
            kind = "forms" if {domain, COLLAB_EDGE + domain} & left else "domains"
        else:
            kind = "others"
        lost[kind].append(name)
    return LostNames(**{kind: tuple(found) for kind, found in lost.items()})


def gained_names(before: Compared, after: Compared) -> tuple[str, ...]:
    """The names that only the second has, each once, as they are written there."""
    had = folded(names_of(before))
    return tuple({name.lower(): name for name in names_of(after) if name.lower() not in had}.values())
