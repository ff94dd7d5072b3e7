"""Status > Alarms: the alarms that a server raises, each with its texts, its state and since when it is raised."""

from dataclasses import dataclass
from datetime import datetime

from certstore.models import Node
from certstore.pki.alarm_rules import RaisedAlarm
from certstore.pki.moments import page_moment
from certstore.reading.lab_state import LabView, raised_on
from certstore.wording.alarm_texts import AlarmText
from certstore.wording.alarms import alarm_text

EVENTS_READ = 200  # the newest: an alarm that was raised before them has no moment


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """One row."""

    alarm: RaisedAlarm
    text: AlarmText
    is_acknowledged: bool
    raised: str  # "" where it was raised by time alone, or long ago

    @property
    def value(self) -> str:
        """What its tick box sends: the name, which has no space, and the subject."""
        return f"{self.alarm.name} {self.alarm.subject}"


def alarm_rows(node: Node, at: datetime, view: LabView) -> list[AlarmRow]:
    """The rows of a server's page, in the order of the alarms. Two queries."""
    raised: dict[tuple[str, str], str] = {}
    events = node.events.filter(code="alarm.raised").values_list("params", "at_lab")[:EVENTS_READ]
    for params, at_lab in events:
        raised.setdefault((params["alarm"], params["subject"]), page_moment(at_lab))
    return [
        AlarmRow(alarm, alarm_text(alarm.name), is_known, raised.get((alarm.name, alarm.subject), ""))
        for alarm, is_known in raised_on(node, at, view)
    ]
