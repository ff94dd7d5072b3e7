"""The causes of everything in a lab that fails or warns, numbered: the same cause has the same number."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from certstore.pki.codes import Code
from certstore.pki.connections import Health, Kind, LabState, Reason, Verdict
from certstore.pki.findings import Severity
from certstore.pki.ssh import zones_between
from certstore.pki.topology import Topology

# One CA that one server lacks is one cause, whichever rule met it.
CA_MISSING = frozenset(
    {
        Code.PEER_CHAIN_NOT_TRUSTED,
        Code.TUNNELS_CA_MISSING,
        Code.UNIFIED_CM_CA_MISSING,
        Code.UNIFIED_CM_NOT_TRUSTED,
    }
)
# A certificate that nobody signed but itself.
_SELF_SIGNED = frozenset({Code.PEER_SELF_SIGNED, Code.TUNNELS_SELF_SIGNED, Code.UNIFIED_CM_SELF_SIGNED})
# What is wrong with who signed a certificate.
OF_WHO_SIGNED = CA_MISSING | _SELF_SIGNED | {Code.JABBER_NOT_TRUSTED}
_NOT_WELL = (Health.FAILS, Health.WARNS)
# Facts that tell two findings apart which are one cause.
_OF_THE_PLACE = frozenset({"port", "store", "kind", "depth", "number"})

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """Why some connections fail or warn."""

    number: int  # from 1 on
    reason: Reason
    fails: bool  # whether anything fails by it, or only warns
    of: Verdict  # the first connection that has it
    verdicts: tuple[Verdict, ...]  # those whose first cause it is


def key_of(reason: Reason) -> Key:
    """What makes two reasons one cause.

    In: a reason. Out: a value that is the same for the same trouble, whichever connection met it.
    """
    code, facts = reason.finding.code, reason.finding.facts
    if code in CA_MISSING:
        return ("ca-missing", reason.by, facts.get("name", ""), facts.get("key_id", ""))
    if code in _SELF_SIGNED:
        return ("self-signed", reason.by, reason.about, facts.get("name", ""))
    told = frozenset(item for item in facts.items() if item[0] not in _OF_THE_PLACE)
    return (code, reason.by, reason.about, told)


class Causes:
    """Every cause of a state, in the order in which a sign-in meets them."""

    def __init__(self, topology: Topology, state: LabState) -> None:
        self._topology, self._state = topology, state
        self._firsts: dict[Key, list[Verdict]] = {}
        self._reasons: dict[Key, Reason] = {}
        for verdict in state.all:
            reason = self.first_of(verdict)
            if reason is not None:
                self._firsts.setdefault(key_of(reason), []).append(verdict)
                self._reasons.setdefault(key_of(reason), reason)
        self._numbers: Mapping[Key, int] = {key: at for at, key in enumerate(self._firsts, start=1)}

    def first_of(self, verdict: Verdict) -> Reason | None:
        """The first cause of a connection that fails or warns: of tunnels that wait for their zone the zone's."""
        if verdict.health not in _NOT_WELL or not verdict.reasons:
            return None
        first = verdict.reasons[0]
        if first.finding.code is not Code.TUNNELS_ZONE_DOWN:
            return first
        zone = next((zone for zone in self._zones_of(first) if zone.reasons), None)
        return zone.reasons[0] if zone else first

    def number_of(self, verdict: Verdict) -> int:
        """The number of its first cause; 0 where it has none."""
        reason = self.first_of(verdict)
        return self.number(reason) if reason is not None else 0

    def number(self, reason: Reason) -> int:
        """The number of a reason that is some connection's first cause; 0 for another."""
        return self._numbers.get(key_of(reason), 0)

    def number_of_missing(self, by: str, names: frozenset[str], key_ids: frozenset[str]) -> int:
        """The number of the cause that a server lacks a CA, by what the CA may be called; 0 where it is none."""
        return next(
            (
                number
                for key, number in self._numbers.items()
                if key[:2] == ("ca-missing", by) and key[2] in names and key[3] in key_ids
            ),
            0,
        )

    def all(self) -> list[Cause]:
        """Each cause once, with what it keeps down."""
        return [self._cause(key, verdicts) for key, verdicts in self._firsts.items()]

    def _cause(self, key: Key, verdicts: Sequence[Verdict]) -> Cause:
        reason = self._reasons[key]
        of = next((one for one in verdicts if reason in one.reasons), verdicts[0])
        fails = any(verdict.health is Health.FAILS for verdict in verdicts)
        return Cause(self._numbers[key], reason, fails, of, tuple(verdicts))

    def cured_with(self, reason: Reason) -> Iterator[Verdict]:
        """The connections that nothing else keeps down: by what is known of them now, they work without it."""
        key = key_of(reason)
        alone = [one for one in self._state.all if self._keys(one) == {key} and one.kind is not Kind.SIGN_IN]
        yield from alone
        below = (*self._state.zones, *self._state.tunnels, *self._state.unified_cms)
        rest = any(one.health is Health.FAILS and one not in alone for one in below)
        for sign_in in self._state.sign_ins:
            if self._keys(sign_in) == {key} and not rest:
                yield sign_in

    def _keys(self, verdict: Verdict) -> set[Key]:
        """Every cause of a connection; that tunnels wait for their zone is the zone's."""
        if verdict.health not in _NOT_WELL:
            return set()
        fails = verdict.health is Health.FAILS
        keys: set[Key] = set()
        for reason in verdict.reasons:
            if reason.finding.code is Code.TUNNELS_ZONE_DOWN:
                for zone in self._zones_of(reason):
                    keys |= self._keys(zone)
            elif reason.finding.severity is Severity.REFUSE or (not fails and _warns(reason)):
                keys.add(key_of(reason))
        return keys

    def _zones_of(self, waits: Reason) -> Sequence[Verdict]:
        """The zones that tunnels wait for."""
        control = next((one for one in self._topology.controls if one.id == waits.by), None)
        edge = next((one for one in self._topology.edges if one.id == waits.about), None)
        return zones_between(self._state.zones, control, edge) if control and edge else ()


def _warns(reason: Reason) -> bool:
    return reason.finding.severity is Severity.WARN
