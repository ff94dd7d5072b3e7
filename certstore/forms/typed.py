"""What a person types into a page of the appliance: texts as typed, and what is refused, as names of sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from certstore.pki.names import visible

Facts = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a page does not take what was typed: the name of the field, that of the sentence, what fills it."""

    name: str
    said: str
    facts: Facts = field(default_factory=dict)


def text_of(data: QueryDict, name: str) -> str:
    """The text of a field, without the blanks round it; "" where there is none."""
    return data.get(name, "").strip()


def can_be_shown(text: str) -> bool:
    """Whether every character of a text can be seen."""
    return visible(text, len(text)) == text


def shown(text: str) -> str:
    """A text as a sentence repeats it."""
    return visible(text, 60)
