"""What the servers of labs show to callers, many labs at once. One query, whatever their number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from certstore.models import Lab, Node
from certstore.models.clock import shifted
from certstore.pki.moments import iso
from certstore.reading.alarms import DAYS_AHEAD

DAY = 86_400

_SLOT = "slots__installations__"
_COLUMNS = (
    "pk",
    "lab_id",
    "host",
    _SLOT + "is_installed",
    _SLOT + "is_running",
    _SLOT + "certificate__not_after",
)


@dataclass(slots=True)
class Presented:
    """A server, the end of the certificate that it shows, and whether it waits for its restart."""

    node_id: UUID
    lab_id: UUID
    host: str
    ends: str
    restart_pending: bool = False

    def state(self, now: datetime) -> str:
        """The worst that is true of it at a moment of its lab; `wording.room.SERVER_STATES` says it in words."""
        if self.ends <= iso(now):
            return "ended"
        if self.restart_pending:
            return "restart"
        return "ends-soon" if self.ends_by(shifted(now, DAYS_AHEAD * DAY)) else "valid"

    def ends_by(self, moment: datetime) -> bool:
        """Whether its certificate has ended at a moment, or ends in it."""
        return self.ends <= iso(moment)


def presented_by(labs: Iterable[Lab]) -> list[Presented]:
    """Every server of these labs that holds a certificate, by kind and host: one query."""
    current = Q(**{_SLOT + "is_installed": True}) | Q(**{_SLOT + "is_running": True})
    nodes = Node.objects.filter(current, lab__in=[lab.pk for lab in labs], slots__name="server")
    servers: dict[UUID, Presented] = {}
    rows = nodes.order_by("kind", "host", "pk").values_list(*_COLUMNS)
    for node_id, lab_id, host, is_installed, is_running, ends in rows:
        server = servers.setdefault(node_id, Presented(node_id, lab_id, host, ends))
        server.restart_pending |= not (is_installed and is_running)
        if is_running:
            server.ends = ends
    return list(servers.values())
