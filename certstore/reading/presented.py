"""What the servers of labs show to callers, many labs at once. One query, whatever their number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from certstore.models import EXPRESSWAYS, Lab, Node
from certstore.models.clock import shifted
from certstore.pki.moments import iso
from certstore.reading.alarms import DAYS_AHEAD

DAY = 86_400

_SLOT = "slots__installations__"
_CURRENT = Q(**{_SLOT + "is_installed": True}) | Q(**{_SLOT + "is_running": True})
_COLUMNS = (
    "pk",
    "lab_id",
    "host",
    "kind",
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
    ends: str  # the first end of those that it shows; "" where it shows none
    kind: str = ""
    restart_pending: bool = False

    def state(self, now: datetime) -> str:
        """The worst that is true of it at a moment of its lab; `wording.room.SERVER_STATES` says it in words.

        "" for one that shows no certificate.
        """
        if not self.ends:
            return ""
        if self.ends <= iso(now):
            return "ended"
        if self.restart_pending:
            return "restart"
        return "ends-soon" if self.ends_by(shifted(now, DAYS_AHEAD * DAY)) else "valid"

    def ends_by(self, moment: datetime) -> bool:
        """Whether its certificate has ended at a moment, or ends in it."""
        return self.ends <= iso(moment)


def presented_by(labs: Iterable[Lab]) -> list[Presented]:
    """Every Expressway of these labs that holds a certificate, by kind and host: one query."""
    return _presented(labs, Q(kind__in=EXPRESSWAYS, slots__name="server") & _CURRENT)


def whole_lab(lab: Lab) -> list[Presented]:
    """Every server of a lab: its Expressways, Unified CM with the first end of its certificates, Jabber. One query."""
    held = Q(kind__in=EXPRESSWAYS, slots__name="server") | Q(kind=Node.Kind.CUCM)
    servers = _presented([lab], held & _CURRENT | Q(kind=Node.Kind.JABBER))
    return sorted(servers, key=lambda one: one.kind == Node.Kind.JABBER)


def _presented(labs: Iterable[Lab], wanted: Q) -> list[Presented]:
    nodes = Node.objects.filter(wanted, lab__in=[lab.pk for lab in labs])
    servers: dict[UUID, Presented] = {}
    running: dict[UUID, list[str]] = {}
    rows = nodes.order_by("kind", "host", "pk").values_list(*_COLUMNS)
    for node_id, lab_id, host, kind, is_installed, is_running, ends in rows:
        server = servers.setdefault(node_id, Presented(node_id, lab_id, host, ends or "", kind))
        server.restart_pending |= bool(is_installed) != bool(is_running)
        if is_running:
            running.setdefault(node_id, []).append(ends)
    for node_id, shown in running.items():
        servers[node_id].ends = min(shown)
    return list(servers.values())
