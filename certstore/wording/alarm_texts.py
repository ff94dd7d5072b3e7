"""What the page prints of one alarm, and the severities that the guide has."""

from dataclasses import dataclass

from certstore.wording.evidence import Sentence
from certstore.wording.sources import ours, seen


@dataclass(frozen=True, slots=True)
class AlarmText:
    """One alarm as the page prints it; `number` is "" where none is published."""

    number: str
    title: Sentence
    description: Sentence  # its parameters in braces are filled from the alarm
    severity: Sentence
    solution: Sentence


CRITICAL, ALERT, ERROR, WARNING, NOTICE = (
    seen(word, "AG-REF") for word in ("Critical", "Alert", "Error", "Warning", "Notice")
)
NOT_GIVEN = ours("not given")
