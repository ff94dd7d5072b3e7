"""A deployment while one of its servers restarts: nobody reaches that server, and the rest goes on."""

from collections.abc import Iterator
from dataclasses import replace

from certstore.pki.connections import Health, LabState, Verdict
from certstore.pki.states import state_of
from certstore.pki.topology import Topology

_UP = (Health.WORKS, Health.WARNS)


def during_restart(topology: Topology, state: LabState, server_id: str) -> tuple[Verdict, ...]:
    """What fails because a server restarts, and for no other reason.

    In: the deployment, how it is judged, the id of the server that restarts. Out: the connections that are up and
    are not while it restarts, each as one that fails without a reason of its own, in the order of a sign-in.
    Source: our reading: a server that restarts answers nobody. The Administrator Guide (Maintenance, Restart
    options) says that calls and registrations end, and that it takes about three minutes.
    """
    rest = {(one.source, one.target): one.health for one in state_of(_without(topology, server_id)).sign_ins}
    return tuple(
        replace(one, health=Health.FAILS, reasons=(), looks=(), log_lines=(), steps=())
        for one in _going_down(state, server_id, rest)
    )


def _going_down(state: LabState, server_id: str, rest: dict[tuple[str, str], Health]) -> Iterator[Verdict]:
    """The connections of the server, and the sign-ins that need it: those that do not work without it."""
    for one in (*state.jabber, *state.zones, *state.tunnels, *state.unified_cms):
        if one.health in _UP and server_id in (one.source, one.target):
            yield one
    for one in state.sign_ins:
        if one.health in _UP and rest.get((one.source, one.target)) not in _UP:
            yield one


def _without(topology: Topology, server_id: str) -> Topology:
    """The deployment as if the server were not there."""
    return replace(
        topology,
        controls=tuple(one for one in topology.controls if one.id != server_id),
        edges=tuple(one for one in topology.edges if one.id != server_id),
        cucms=tuple(link for link in topology.cucms if link.cucm.id != server_id),
    )
