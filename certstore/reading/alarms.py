"""Alarms, computed from what the servers of a lab hold and its clock; only acknowledgements are rows."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db.models import Count, Q

from certstore.models import EXPRESSWAYS, AlarmAck, Certificate, Installation, Lab, SlotName, StoreName
from certstore.models.clock import shifted
from certstore.pki.alarm_rules import RaisedAlarm
from certstore.pki.moments import days_between, from_iso, iso
from certstore.pki.releases import profile_for

# Nobody says on which day alarm 40069 begins; the client certificate's twin of it begins 21 days ahead.
DAYS_AHEAD = 21
DAY = 86_400

Alarms = dict[str, tuple[RaisedAlarm, ...]]


def certificate_alarms(lab: Lab, at: datetime) -> Alarms:
    """The alarms that a lab's Expressways raise for what they hold, by the server's id: two or three queries.

    Since X14.0.1 the trust store has alarms too, whose numbers stand in no table that was read.
    """
    now = iso(at)
    found: dict[str, list[RaisedAlarm]] = {}
    release = profile_for(lab.release).release
    for node_id, is_restart_pending, not_after, has_common_name in _slots(lab, SlotName.SERVER):
        found[node_id] = [
            *_of_slot(is_restart_pending, has_common_name),
            *_of_certificate(not_after, now),
        ]
    if release.has_client_store:
        for node_id, _, not_after, _ in _slots(lab, SlotName.CLIENT):
            found.setdefault(node_id, []).extend(_of_client_certificate(not_after, now))
    if release.watches_trust_store:
        for node_id, ended, ending in _ends_in_lists(lab, now):
            found.setdefault(node_id, []).extend(_of_list(ended, ending))
    return {node_id: tuple(alarms) for node_id, alarms in found.items()}


def _slots(lab: Lab, slot: SlotName) -> Iterator[tuple[str, bool, str, bool]]:
    """Of each certificate in such slots: server, whether a restart is due, its end, whether it has a common name."""
    current = Q(is_installed=True) | Q(is_running=True)
    rows = Installation.objects.filter(current, slot__node__lab=lab, slot__name=slot)
    columns = ("slot__node_id", "is_installed", "is_running", "certificate__not_after")
    by_node: dict[str, list[tuple[bool, bool, str, list[str]]]] = {}
    for node_id, *values in rows.values_list(*columns, "certificate__facts__common_names"):
        by_node.setdefault(str(node_id), []).append(tuple(values))
    for node_id, held in by_node.items():
        running = next((one for one in held if one[1]), held[0])
        yield node_id, len(held) > 1, running[2], bool(running[3])


def _of_slot(is_restart_pending: bool, has_common_name: bool) -> Iterator[RaisedAlarm]:
    """15028 until the restart; 40052 for a running certificate without a common name."""
    if is_restart_pending:
        yield RaisedAlarm("15028")
    if not has_common_name:
        yield RaisedAlarm("40052")


def _of_certificate(not_after: str, now: str) -> Iterator[RaisedAlarm]:
    """40068 from the day of the end on, 40069 in the days before."""
    if not_after <= now:
        yield RaisedAlarm("40068")
    elif not_after[:10] == now[:10]:
        yield RaisedAlarm("40068-today")
    elif (days := days_between(now, not_after)) <= DAYS_AHEAD:
        yield RaisedAlarm("40069", parameters={"days": days})


def _of_client_certificate(not_after: str, now: str) -> Iterator[RaisedAlarm]:
    """40078 once it has ended, 40079 in the 21 days before."""
    if not_after <= now:
        yield RaisedAlarm("40078")
    elif (days := days_between(now, not_after)) <= DAYS_AHEAD:
        yield RaisedAlarm("40079", parameters={"days": days})


def _ends_in_lists(lab: Lab, now: str) -> Iterator[tuple[str, int, int]]:
    """Of each trusted CA list: the server, and how many of its certificates have ended or end soon."""
    ahead = iso(shifted(from_iso(now), DAYS_AHEAD * DAY))
    rows = Certificate.objects.filter(
        entries__store__node__lab=lab,
        entries__store__node__kind__in=EXPRESSWAYS,
        entries__store__name=StoreName.CA,
        not_after__lte=ahead,
    )
    counts = rows.values_list("entries__store__node_id").annotate(
        ended=Count("pk", filter=Q(not_after__lte=now)), ending=Count("pk", filter=Q(not_after__gt=now))
    )
    for node_id, ended, ending in counts.order_by("entries__store__node_id"):
        yield str(node_id), ended, ending


def _of_list(ended: int, ending: int) -> Iterator[RaisedAlarm]:
    if ended:
        yield RaisedAlarm("trust-store-expired", parameters={"count": ended})
    if ending:
        yield RaisedAlarm("trust-store-expiring", parameters={"count": ending})


def acknowledged(lab: Lab) -> Mapping[str, frozenset[tuple[str, str]]]:
    """What somebody has acknowledged, by the server's id: names of alarms with their subjects. One query."""
    found: dict[str, set[tuple[str, str]]] = {}
    rows = AlarmAck.objects.filter(node__lab=lab).values_list("node_id", "alarm", "subject")
    for node_id, alarm, subject in rows:
        found.setdefault(str(node_id), set()).add((alarm, subject))
    return {node_id: frozenset(alarms) for node_id, alarms in found.items()}
