"""Status > Overview: a server at a glance."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from certstore.models import Node
from certstore.pki.moments import iso, page_date, page_moment
from certstore.reading.lab_state import LabView
from certstore.reading.servers import slot_state_of
from certstore.reading.unified_communications import Said, Services, services_of
from certstore.reading.zones_status import ZoneRow, server_of_view, zone_row


@dataclass(frozen=True, slots=True)
class Glance:
    """What the page shows."""

    system_time: str
    up_time: str
    expires_on: str
    certificate_sign: str
    restart_pending: bool
    zone: ZoneRow | None
    services: Services | None
    alarms: int  # that are raised, acknowledged or not

    @property
    def tunnels(self) -> Said | None:
        """How the SSH tunnels are: the first of the services."""
        return self.services.services[0][1] if self.services else None


def glance_of(node: Node, at: datetime, view: LabView) -> Glance:
    """A server at a moment of its lab. One query, besides what the view took."""
    slot = slot_state_of(node)
    server = server_of_view(view, str(node.pk))
    started = node.restarted_at_lab or node.lab.created_at
    has_ended = slot.running.not_after <= iso(at)
    return Glance(
        system_time=page_moment(iso(at)),
        up_time=_duration(at - started),
        expires_on=page_date(slot.running.not_after),
        certificate_sign="bad" if has_ended else "ok",
        restart_pending=slot.restart_pending,
        zone=zone_row(view, server, {}) if server else None,
        services=services_of(view, server) if server else None,
        alarms=len(view.alarms.get(str(node.pk), ())),
    )


def _duration(time: timedelta) -> str:
    """A time as days and hours, `12d 03:04:05`; none where the lab's clock was set back before its beginning."""
    seconds = max(int(time.total_seconds()), 0)
    return f"{seconds // 86_400}d {seconds // 3600 % 24:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
