"""How a difference between two values is told: short lines with the names of what came and went, bounded."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from certstore.pki.moments import moment_text
from certstore.pki.names import visible

MOST_NAMED = 30
LONGEST = 300  # characters of a value that somebody typed
NONE = "none"

Document = Mapping[str, Any]
Names = Mapping[str, str]


def changed(what: str, was: str, now: str) -> Iterator[str]:
    """A line of what a value was and is; none where it is the same."""
    if was != now:
        yield f"{what}: {visible(was, LONGEST)} → {visible(now, LONGEST)}"


def listed(what: str, hashes: Sequence[str], names: Names) -> Iterator[str]:
    """A line of certificates or CRLs by their names, bounded; none for none."""
    if hashes:
        yield enumerated(what, [named(one, names) for one in hashes[:MOST_NAMED]], len(hashes))


def enumerated(what: str, told: Sequence[str], count: int) -> str:
    """A line of some names of so many."""
    rest = f"; and {count - len(told)} more" if count > len(told) else ""
    return f"{what} ({count}): {'; '.join(told)}{rest}"


def named(sha256: str, names: Names) -> str:
    """What a certificate is called, with the beginning of its hash, for names are not unique."""
    begins = ":".join(sha256[at : at + 2] for at in range(0, 8, 2)).upper()
    return f"{names[sha256]} ({begins})" if names.get(sha256) else begins


def not_in(these: Sequence[str], those: Sequence[str]) -> list[str]:
    """What of some values is not among others, in their order."""
    there = frozenset(those)
    return [one for one in these if one not in there]


def in_both(these: Sequence[str], those: Sequence[str]) -> list[str]:
    """What of some values is among others too, in their order."""
    there = frozenset(those)
    return [one for one in these if one in there]


def fqdn(server: Document) -> str:
    """What a server is called."""
    return f"{server['host']}.{server['domain']}" if server["domain"] else str(server["host"])


def moment(text: str) -> str:
    """A moment as ISO text, or that there was none."""
    return moment_text(text) if text else "never"
