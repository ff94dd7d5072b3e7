"""The lab's own DNS: a small table of A, PTR and SRV records, right unless somebody changed it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

COLLAB_EDGE = "_collab-edge._tls."
EDGE_PORT = 8443


class RecordType(StrEnum):
    """The types of record that a verdict asks for."""

    A = "A"
    PTR = "PTR"
    SRV = "SRV"


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """What is asked: a type and a name (of a PTR record the address itself), as DNS compares them."""

    type: RecordType
    name: str

    @classmethod
    def of(cls, kind: RecordType, name: str) -> "Question":
        """A question of a name as somebody typed it: case and a final dot do not count."""
        return cls(kind, name.strip().rstrip(".").lower())


Records = Mapping[Question, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Host:
    """A server as DNS knows it when everything is right."""

    fqdn: str
    address: str


class Dns:
    """Answers of the table. A question that nobody changed has the right answer; an empty answer is none."""

    def __init__(self, right: Records, changed: Records) -> None:
        self.right = dict(right)
        self.changed = dict(changed)
        self._records = self.right | self.changed

    def addresses(self, name: str) -> tuple[str, ...]:
        """The addresses of a name (A)."""
        return self._answer(RecordType.A, name)

    def names_of(self, address: str) -> tuple[str, ...]:
        """The names that an address leads back to (PTR)."""
        return self._answer(RecordType.PTR, address)

    def edges_of(self, domain: str) -> tuple[str, ...]:
        """The hosts that the domain's `_collab-edge._tls` record names (SRV, port 8443)."""
        return self._answer(RecordType.SRV, COLLAB_EDGE + domain)

    def _answer(self, kind: RecordType, name: str) -> tuple[str, ...]:
        return self._records.get(Question.of(kind, name), ())

    def table(self) -> dict[Question, tuple[str, ...]]:
        """Every record, by type and name."""
        return {question: self._records[question] for question in sorted(self._records)}


def right_records(hosts: Iterable[Host], edges: Iterable[Host], domains: Iterable[str]) -> Records:
    """The records of a deployment in which everything is right.

    In: every server, those of them that are Expressway-E, the domains that people sign in with. Out: an A and a PTR
    record a server, and for each domain an SRV record that names the Expressway-E.
    Source: Mobile and Remote Access guide (SRV `_collab-edge._tls`, forward and reverse lookup of Expressway-E).
    """
    records: dict[Question, tuple[str, ...]] = {}
    for host in hosts:
        for question, value in (
            (Question.of(RecordType.A, host.fqdn), host.address),
            (Question.of(RecordType.PTR, host.address), host.fqdn),
        ):
            records[question] = (*records.get(question, ()), value)
    targets = tuple(edge.fqdn for edge in edges)
    return records | {
        Question.of(RecordType.SRV, COLLAB_EDGE + domain): targets for domain in domains if domain
    }
