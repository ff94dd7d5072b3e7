"""The Unified CMs that an Expressway-C knows: add, change, look up again, delete. No password is kept.

The peers of a cluster share their configuration: what is written on one is written on all of them.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from certstore.actions.writing import keep_point, lab_write, log_event
from certstore.models import CucmServer, Event, Node
from certstore.reading.clusters import peers_of
from certstore.reading.lab_document import CUCM_FIELDS


class ServerThere(Exception):
    """The Expressway-C knows that Unified CM already."""


@dataclass(frozen=True, slots=True)
class ServerPlan:
    """A row as a form and a look-up checked it."""

    cucm_id: UUID
    publisher_address: str  # as typed
    username: str
    tls_verify: bool
    known_as: str  # its System > Server entry now


def add(node: Node, plan: ServerPlan) -> Event:
    """Add Address. Out: the event. Raises ServerThere."""
    with lab_write(node.lab_id) as lab:
        if node.cucm_servers.filter(cucm_id=plan.cucm_id).exists():
            raise ServerThere
        keep_point(lab, "cucm-server.added")
        _put(CucmServer(node=node), plan)
        _replicate(node)
        return log_event(lab, node, "cucm-server.added", {"address": plan.publisher_address}, lab.now())


def save(node: Node, row_id: int, plan: ServerPlan) -> Event | None:
    """Change a row of an Expressway-C. Out: the event; None where nothing differs, or the row is gone.

    Raises ServerThere when another row leads to that Unified CM.
    """
    with lab_write(node.lab_id) as lab:
        row = node.cucm_servers.filter(pk=row_id).first()
        if row is None or _as_kept(row) == plan:
            return None
        if node.cucm_servers.filter(cucm_id=plan.cucm_id).exclude(pk=row_id).exists():
            raise ServerThere
        keep_point(lab, "cucm-server.saved")
        _put(row, plan)
        _replicate(node)
        return log_event(lab, node, "cucm-server.saved", {"address": plan.publisher_address}, lab.now())


def refresh(node: Node, known_as: Mapping[int, str]) -> Event:
    """Refresh Servers: what each Unified CM tells clients is copied.

    In: the Expressway-C, the System > Server entry by the row's key. Out: the event.
    """
    with lab_write(node.lab_id) as lab:
        keep_point(lab, "cucm-server.refreshed")
        for row in node.cucm_servers.filter(pk__in=known_as):
            row.known_as = known_as[row.pk]
            row.save(update_fields=["known_as"])
        _replicate(node)
        return log_event(lab, node, "cucm-server.refreshed", {"count": len(known_as)}, lab.now())


def delete(node: Node, row_ids: Collection[int]) -> Event | None:
    """Delete rows of an Expressway-C; keys of another's do nothing. Out: the event; None where none was one."""
    with lab_write(node.lab_id) as lab:
        rows = node.cucm_servers.filter(pk__in=row_ids)
        count = rows.count()
        if not count:
            return None
        keep_point(lab, "cucm-server.deleted")
        rows.delete()
        _replicate(node)
        return log_event(lab, node, "cucm-server.deleted", {"count": count}, lab.now())


def _as_kept(row: CucmServer) -> ServerPlan:
    return ServerPlan(row.cucm_id, row.publisher_address, row.username, row.tls_verify, row.known_as)


def _put(row: CucmServer, plan: ServerPlan) -> None:
    row.cucm_id, row.publisher_address, row.username = plan.cucm_id, plan.publisher_address, plan.username
    row.tls_verify, row.known_as = plan.tls_verify, plan.known_as
    row.save()


def _replicate(node: Node) -> None:
    """Make the rows of every other peer of an Expressway-C's cluster those that it has."""
    rows = list(node.cucm_servers.values("cucm_id", *CUCM_FIELDS))
    for peer in peers_of(node):
        if peer.pk != node.pk:
            peer.cucm_servers.all().delete()
            CucmServer.objects.bulk_create(CucmServer(node=peer, **row) for row in rows)
