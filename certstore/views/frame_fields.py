"""Fields of a form in the appliance frame: a label, what stands in it, its help, and whether it was refused."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from certstore.forms.typed import Refusal
from certstore.views.appliance import Bar

Facts = Mapping[str, str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field. `id` is its name too; `label`, `help`, `note` and what stands in `choices` are names of sentences."""

    id: str
    label: str
    value: str = ""
    facts: Facts = field(default_factory=dict)  # what fills the label
    help: str = ""
    note: str = ""
    type: str = (
        "text"  # text, password, number, select; "" only shows the value, "said" the sentence of that name
    )
    most: int = 255  # characters
    is_mandatory: bool = False
    is_refused: bool = False
    choices: Sequence[tuple[str, str]] = ()  # of a select: value, and the name of its sentence


def bars_of(refusals: Iterable[Refusal]) -> list[Bar]:
    """A bar for each thing that is refused, each once."""
    found: list[Bar] = []
    for refusal in refusals:
        bar = Bar("bad", refusal.said, refusal.facts)
        if bar not in found:
            found.append(bar)
    return found


def refused_among(refusals: Iterable[Refusal]) -> frozenset[str]:
    """The fields that something is wrong with."""
    return frozenset(refusal.name for refusal in refusals)
