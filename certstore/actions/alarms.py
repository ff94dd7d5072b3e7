"""Acknowledge alarms: the sign at the top of a server's pages counts them no longer."""

from collections.abc import Iterable

from certstore.actions.writing import lab_write, log_event
from certstore.models import AlarmAck, Event, Node
from certstore.reading.lab_state import raised_on


def acknowledge(node: Node, wanted: Iterable[tuple[str, str]]) -> Event | None:
    """Acknowledge some of the alarms that an Expressway raises.

    In: the server, names of alarms with their subjects, as a page sent them. Out: the last event, whose
    `acknowledged` says how many were new; None where none of them was. What is not raised, or acknowledged already,
    is passed over. No restore point is kept: acknowledgements are no part of the lab's document.
    """
    asked = set(wanted)
    with lab_write(node.lab_id) as lab:
        now = lab.now()
        new = [
            alarm
            for alarm, is_known in raised_on(node, now)
            if not is_known and (alarm.name, alarm.subject) in asked
        ]
        AlarmAck.objects.bulk_create(
            AlarmAck(node=node, alarm=alarm.name, subject=alarm.subject) for alarm in new
        )
        event = None
        for number, alarm in enumerate(new, start=1):
            params = {**alarm.parameters, "alarm": alarm.name, "subject": alarm.subject}
            event = log_event(lab, node, "alarm.acknowledged", {**params, "acknowledged": number}, now)
        return event
