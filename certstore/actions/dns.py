"""The lab's own DNS: give a question another answer, or none, or the right one again."""

from collections.abc import Sequence
from uuid import UUID

from certstore.actions.writing import keep_point, lab_write, log_event
from certstore.models import Event, Lab
from certstore.pki.dns import Question
from certstore.reading.dns import right_answers

MOST_RECORDS = 200


class TooManyRecords(Exception):
    """As many answers were changed as a lab keeps."""


def answer(lab_id: UUID, question: Question, values: Sequence[str]) -> Event | None:
    """Give a question other values than the right ones; none at all means that it has no answer.

    In: the lab, the question, its values in their order. Out: the event; None where nothing differs. The right
    answer is no change and is kept as none. Raises TooManyRecords.
    """
    with lab_write(lab_id) as lab:
        if list(values) == list(right_answers(lab).get(question, ())):
            return _set_right(lab, question)
        record = lab.dns_records.filter(type=question.type.value, name=question.name).first()
        if record is not None and record.values == list(values):
            return None
        if record is None and lab.dns_records.count() >= MOST_RECORDS:
            raise TooManyRecords
        keep_point(lab, "dns.changed")
        lab.dns_records.update_or_create(
            type=question.type.value, name=question.name, defaults={"values": list(values)}
        )
        told = {"question": f"{question.name} {question.type.value}", "values": ", ".join(values) or "-"}
        return log_event(lab, None, "dns.changed", told, lab.now())


def set_right(lab_id: UUID, question: Question) -> Event | None:
    """Give a question the right answer again. Out: the event; None where it has that."""
    with lab_write(lab_id) as lab:
        return _set_right(lab, question)


def _set_right(lab: Lab, question: Question) -> Event | None:
    records = lab.dns_records.filter(type=question.type.value, name=question.name)
    if not records:
        return None
    keep_point(lab, "dns.right")
    records.delete()
    told = {"question": f"{question.name} {question.type.value}"}
    return log_event(lab, None, "dns.right", told, lab.now())
