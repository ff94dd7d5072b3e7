"""A plan as it is kept: one JSON document of steps in words, as they were tried; and what it is out of that again.

What was tried tells of a lab as it was, so its words are kept as they were then. What a step is called, and what is to
be checked after it, are looked up when it is printed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from certstore.pki.plan import Deed
from certstore.reading.trial import Line

FORMAT = 1

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step as it was tried."""

    deed: Deed
    server_id: str  # "" for what is done on no server
    host: str
    kind: str  # of the server (models.Node.Kind)
    certificates: tuple[tuple[str, str], ...] = ()  # of each its SHA-256 and its subject
    file: str = ""  # the name of its file; "" for none
    question: str = ""  # of DNS: "PTR 192.0.2.21"
    answers: tuple[str, ...] = ()
    as_client: bool = False
    is_tried: bool = False  # whether the simulator has a button for it
    accepted: bool = True
    said: str = ""  # by the lab's history; of a refused one why
    minutes: int = 0  # by which the lab's clock went on
    during: tuple[Line, ...] = ()  # what is down while its server restarts
    down: tuple[Line, ...] = ()
    up: tuple[Line, ...] = ()
    other: tuple[Line, ...] = ()
    raised: tuple[str, ...] = ()
    lowered: tuple[str, ...] = ()
    troubles: tuple[Line, ...] = ()  # everything that is down or warns afterwards


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """A plan."""

    steps: tuple[PlanStep, ...]
    start: tuple[Line, ...]  # what is down or warns before the first step
    sign_ins: tuple[tuple[str, str, str], ...]  # every way in that is set up: the keys of its lines
    keeps_enforcing: bool
    edge_first: bool
    both_orders: bool  # whether the other order of the sides was tried as well
    incomplete: tuple[str, ...]  # servers above whose new certificate the chain is not known to its root


def written(plan: PlanDocument) -> Json:
    """The document as JSON."""
    return {"format": FORMAT, **asdict(plan)}


def read(document: Json) -> PlanDocument:
    """The plan of a document, which this project wrote itself."""
    return PlanDocument(
        steps=tuple(_step(step) for step in document["steps"]),
        start=_lines(document["start"]),
        sign_ins=tuple(_key(key) for key in document["sign_ins"]),
        keeps_enforcing=document["keeps_enforcing"],
        edge_first=document["edge_first"],
        both_orders=document["both_orders"],
        incomplete=tuple(document["incomplete"]),
    )


_LINES = ("during", "down", "up", "other", "troubles")
_TEXTS = ("answers", "raised", "lowered")


def _step(step: Mapping[str, Any]) -> PlanStep:
    values = dict(step)
    values["deed"] = Deed(values["deed"])
    values["certificates"] = tuple((sha256, subject) for sha256, subject in values["certificates"])
    values |= {name: _lines(values[name]) for name in _LINES}
    values |= {name: tuple(values[name]) for name in _TEXTS}
    return PlanStep(**values)


def _lines(lines: Iterable[Mapping[str, Any]]) -> tuple[Line, ...]:
    return tuple(Line(**{**line, "key": _key(line["key"]), "whom": tuple(line["whom"])}) for line in lines)


def _key(key: Sequence[str]) -> tuple[str, str, str]:
    kind, source, target = key
    return (kind, source, target)
