"""The sentences that an operator corrected, as they are in force in this process.

Set once at the start, from a file (`wording/corrections.py`); every sentence goes through `as_corrected` on its
way out, so nobody who says one has to know.
"""

from collections.abc import Mapping
from types import MappingProxyType

from certstore.wording.evidence import Sentence

_NONE: Mapping[str, Sentence] = MappingProxyType({})
_in_force: Mapping[str, Sentence] = _NONE
_version = 0  # of what is in force


def correct(corrections: Mapping[str, Sentence]) -> Mapping[str, Sentence]:
    """Say these sentences from now on, by key or code, in place of ours; an empty mapping says ours again.

    Out: what was in force before, so that it can be put back.
    """
    global _in_force, _version
    before = _in_force
    _in_force = MappingProxyType(dict(corrections))
    _version += 1
    return before


def version() -> int:
    """A number that is another one whenever other corrections are in force: for who keeps what was made of them."""
    return _version


def as_corrected(key: str, said: Sentence) -> Sentence:
    """The sentence of a key or code as it is to be said: the operator's where there is one."""
    return _in_force.get(key, said)


def corrected_keys() -> frozenset[str]:
    """The keys and codes whose sentence is the operator's."""
    return frozenset(_in_force)
