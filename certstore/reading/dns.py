"""The lab's own DNS as its page shows it: every question, its answer, and whether that is the right one."""

from collections.abc import Mapping
from dataclasses import dataclass

from certstore.models import Lab
from certstore.pki.dns import Dns, Question
from certstore.reading.topology import dns_of


@dataclass(frozen=True, slots=True)
class Row:
    """One question. `state` is right, changed or added; without values it has no answer."""

    question: Question
    values: tuple[str, ...]
    right: tuple[str, ...]  # none for a question that nobody would ask if nobody had added it
    state: str


def rows_of(lab: Lab) -> list[Row]:
    """The table in the order of types and names: two queries, whatever its length."""
    dns = lab_dns(lab)
    return [_row(dns, question, values) for question, values in dns.table().items()]


def row_of(lab: Lab, question: Question) -> Row | None:
    """One question of the table, or None."""
    dns = lab_dns(lab)
    values = dns.table().get(question)
    return None if values is None else _row(dns, question, values)


def right_answers(lab: Lab) -> Mapping[Question, tuple[str, ...]]:
    """The right answer of every question that the lab's servers give rise to."""
    return lab_dns(lab).right


def lab_dns(lab: Lab) -> Dns:
    """The lab's DNS as it answers now."""
    return dns_of(lab, list(lab.nodes.order_by("kind", "host")))


def _row(dns: Dns, question: Question, values: tuple[str, ...]) -> Row:
    right = dns.right.get(question, ())
    state = "right" if question not in dns.changed else "changed" if question in dns.right else "added"
    return Row(question, values, right, state)
