"""Alarms, computed from what a server holds and its lab's clock; none of them is a row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from certstore.models import Certificate, Node
from certstore.models.clock import shifted
from certstore.pki.facts import CertificateFacts
from certstore.pki.moments import days_between, from_iso, iso
from certstore.pki.releases import profile_for
from certstore.reading.servers import SlotState, slot_state_of

# Nobody says on which day alarm 40069 begins; the client certificate's twin of it begins 21 days ahead.
DAYS_AHEAD = 21


@dataclass(frozen=True, slots=True)
class Alarm:
    """One raised alarm: its name in `wording.alarms.ALARMS`, and its parameters."""

    name: str
    days: int = 0
    count: int = 0


def alarms_of(node: Node, at: datetime) -> tuple[Alarm, ...]:
    """The alarms that a server raises at a moment of its lab: two queries."""
    slot = slot_state_of(node)
    now = iso(at)
    watches_list = profile_for(node.lab.release).release.watches_trust_store
    of_list = _of_list(node, now) if watches_list else ()
    return (*_of_slot(slot), *_of_certificate(slot.running, now), *of_list)


def _of_slot(slot: SlotState) -> Iterator[Alarm]:
    """15028 until the restart; 40052 for a running certificate without a common name."""
    if slot.restart_pending:
        yield Alarm("15028")
    if not slot.running.common_names:
        yield Alarm("40052")


def _of_certificate(running: CertificateFacts, now: str) -> Iterator[Alarm]:
    """40068 from the day of the end on, 40069 in the days before."""
    if running.not_after <= now:
        yield Alarm("40068")
    elif running.not_after[:10] == now[:10]:
        yield Alarm("40068-today")
    elif (days := days_between(now, running.not_after)) <= DAYS_AHEAD:
        yield Alarm("40069", days=days)


def _of_list(node: Node, now: str) -> Iterator[Alarm]:
    """Since X14.0.1 the trust store has alarms too, whose numbers stand in no table that was read."""
    ahead = iso(shifted(from_iso(now), DAYS_AHEAD * 86_400))
    rows = Certificate.objects.filter(
        entries__store__node=node, entries__store__name="ca", not_after__lte=ahead
    )
    counts = rows.aggregate(
        ended=Count("pk", filter=Q(not_after__lte=now)), ending=Count("pk", filter=Q(not_after__gt=now))
    )
    if counts["ended"]:
        yield Alarm("trust-store-expired", count=counts["ended"])
    if counts["ending"]:
        yield Alarm("trust-store-expiring", count=counts["ending"])
