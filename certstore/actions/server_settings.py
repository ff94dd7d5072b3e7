"""What is set on an Expressway beside its certificates and its zone: revocation, tunnels, what it sends and checks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from certstore.actions.writing import keep_point, lab_write, log_event
from certstore.models import Event, Lab, Node
from certstore.pki.releases import profile_for
from certstore.pki.settings import NOTHING_CHANGED, TUNNEL_ALGORITHMS, Revocation, Sends
from certstore.reading.clusters import peers_of
from certstore.reading.settings import changed, expressway_settings
from certstore.wording.switches import POSITIONS

# What the peers of a cluster share, by the code of its event. The check of Unified CM's certificates is not among it:
# its command is given on each node (Expressway X14.2 release notes). What a server sends is no setting of the product.
_REPLICATED = frozenset({"sip.saved", "ssh-configuration.saved", "ssh-configuration.reset"})
REPLICATED_SETTINGS = ("revocation", "tunnel_algorithms")  # by their names in `Node.settings`


class NoAlgorithmLeft(Exception):
    """Without a public key algorithm no tunnel could come up."""


def set_revocation(node: Node, revocation: Revocation) -> Event | None:
    """Configuration > SIP, "Certificate revocation checking". Out: the event; None where nothing differs."""
    with lab_write(node.lab_id) as lab:
        return _set(lab, node.pk, "sip.saved", {}, revocation=revocation)


def set_tunnel_algorithms(node: Node, names: Sequence[str]) -> Event | None:
    """The public key algorithms of the SSH tunnels, in the product's order.

    In: the server, some of `TUNNEL_ALGORITHMS`; others do nothing. Out: the event; None where nothing differs. Raises
    NoAlgorithmLeft.
    """
    kept = tuple(name for name in TUNNEL_ALGORITHMS if name in names)
    if not kept:
        raise NoAlgorithmLeft
    with lab_write(node.lab_id) as lab:
        return _set(lab, node.pk, "ssh-configuration.saved", {}, tunnel_algorithms=kept)


def reset_tunnel_algorithms(node: Node) -> Event | None:
    """Set the SSH configuration back to its defaults. Out: the event; None where they are in force."""
    with lab_write(node.lab_id) as lab:
        return _set(lab, node.pk, "ssh-configuration.reset", {}, tunnel_algorithms=TUNNEL_ALGORITHMS)


def set_sending(lab_id: UUID, sends: Mapping[UUID, Sends]) -> list[Event]:
    """Set what servers send of their chains in a handshake.

    In: the lab, what each Expressway is to send, by its id; ids of another lab do nothing. Out: the events.
    """
    with lab_write(lab_id) as lab:
        events = (
            _set(lab, node_id, "server.sends", {"sends": what.value}, sends=what)
            for node_id, what in sends.items()
        )
        return [event for event in events if event is not None]


def set_origin_checks(lab_id: UUID, positions: Mapping[UUID, bool]) -> list[Event]:
    """Give the command that switches the check of Unified CM's certificates on or off.

    In: the lab, the position by the id of each Expressway-C; other servers do nothing, nor does a release that does
    not check. Out: the events.
    """
    with lab_write(lab_id) as lab:
        if not profile_for(lab.release).release.checks_cucm_certificates:
            return []
        controls = set(lab.nodes.filter(kind=Node.Kind.EXPRESSWAY_C).values_list("pk", flat=True))
        events = (
            _set(lab, node_id, "server.origin", {"position": POSITIONS[is_on]}, verifies_origin_server=is_on)
            for node_id, is_on in positions.items()
            if node_id in controls
        )
        return [event for event in events if event is not None]


def _set(lab: Lab, node_id: UUID, code: str, told: Mapping[str, str], **fields: Any) -> Event | None:
    """Change fields of a server's settings in a locked lab; only what differs from the defaults is kept."""
    node = lab.expressways.filter(pk=node_id).first()
    if node is None:
        return None
    before = expressway_settings(node)
    if replace(before, **fields) == before:
        return None
    if not lab.is_changing:
        keep_point(lab, code)
    for peer in peers_of(node) if code in _REPLICATED else [node]:
        peer.settings = changed(replace(expressway_settings(peer), **fields), NOTHING_CHANGED)
        peer.save(update_fields=["settings"])
    return log_event(lab, node, code, told, lab.now())
