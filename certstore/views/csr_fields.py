"""The fields of the Generate CSR page, as its template prints them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from certstore.pki.csr import (
    DIGESTS,
    FORMATS,
    Alternative,
    CommonName,
    Place,
    Typed,
    lengths_for,
    name_fields,
)
from certstore.pki.csr_rules import LONGEST, REQUIRED, Problem
from certstore.wording import explained
from certstore.wording.evidence import Sentence

# Fields in which a list of names is typed.
_LINES = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a field offers: its label's name in `wording`, or a number as it is."""

    value: str
    label: str
    is_number: bool = False
    group: str = ""  # the name of the heading of its group; "" for none


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, what it holds, what it offers, and what is wrong with it."""

    name: str
    value: str
    label: str
    choices: tuple[
        Choice, ...
    ] = ()  # of a list to choose from; a single one is printed and cannot be changed
    lines: int = 0  # of a field for a list of names
    longest: int = 0
    help: str = ""
    is_required: bool = False
    problem: Sentence | None = None
    format: "Field | None" = None

    @property
    def is_fixed(self) -> bool:
        """Whether there is nothing to choose."""
        return len(self.choices) == 1

    @property
    def groups(self) -> list[tuple[str, list[Choice]]]:
        """The choices under their headings."""
        found: dict[str, list[Choice]] = {}
        for choice in self.choices:
            found.setdefault(choice.group, []).append(choice)
        return list(found.items())


Fields = dict[str, list[Field]]


def fields_of(typed: Typed, place: Place, problems: Iterable[Problem]) -> Fields:
    """The fields of the page's three sections, filled: `common_name`, `alternative`, `information`."""
    wrong = {
        problem.field: explained(problem.finding.code, problem.finding.facts).on_screen
        for problem in problems
    }
    return {
        "common_name": [_choosing("common_name", typed, wrong, _common_names(place))],
        "alternative": [
            _choosing("alternative", typed, wrong, _alternatives(place)),
            *_of_names(typed, place, wrong),
        ],
        "information": [*_of_key(typed, place, wrong), *_of_subject(typed, wrong)],
    }


def _choosing(name: str, typed: Typed, wrong: Mapping[str, Sentence], choices: Iterable[Choice]) -> Field:
    return Field(
        name, getattr(typed, name), f"csr.{name.replace('_', '-')}", tuple(choices), problem=wrong.get(name)
    )


def _common_names(place: Place) -> Iterator[Choice]:
    """The Common Name can be chosen in a cluster only (TechNote 215405)."""
    kinds = tuple(CommonName) if place.is_clustered else (CommonName.SERVER,)
    return (Choice(kind, f"csr.common-name-{kind}") for kind in kinds)


def _alternatives(place: Place) -> Iterator[Choice]:
    kinds = tuple(Alternative) if place.is_clustered else (Alternative.NONE,)
    return (Choice(kind, f"csr.alternative-{kind}") for kind in kinds)


def _of_names(typed: Typed, place: Place, wrong: Mapping[str, Sentence]) -> Iterator[Field]:
    """The fields of names that the role has, each with its format."""
    for name, format_name in name_fields(place.role):
        chosen = None
        if format_name:
            formats = (Choice(one, f"csr.format-{one}") for one in FORMATS[format_name])
            value = getattr(typed, format_name)
            chosen = Field(
                format_name, value, "csr.format-of", tuple(formats), problem=wrong.get(format_name)
            )
        yield Field(
            name,
            getattr(typed, name),
            f"csr.{name}",
            lines=_LINES,
            help=f"csr.help-{name}",
            problem=wrong.get(name),
            format=chosen,
        )


def _of_key(typed: Typed, place: Place, wrong: Mapping[str, Sentence]) -> Iterator[Field]:
    """The kind of key, its length, the digest."""
    offered = lengths_for(place.release)
    yield _choosing("algorithm", typed, wrong, (Choice(kind, f"csr.algorithm-{kind}") for kind in offered))
    lengths = (
        Choice(
            str(bits), str(bits), is_number=True, group=f"csr.algorithm-{kind}" if len(offered) > 1 else ""
        )
        for kind, every in offered.items()
        for bits in every
    )
    yield _choosing("length", typed, wrong, lengths)
    yield _choosing("digest", typed, wrong, (Choice(one, f"csr.digest-{one}") for one in DIGESTS))


def _of_subject(typed: Typed, wrong: Mapping[str, Sentence]) -> Iterator[Field]:
    """The parts of the subject."""
    for name, longest in LONGEST.items():
        yield Field(
            name,
            getattr(typed, name),
            f"csr.{name}",
            longest=longest,
            help="csr.help-country" if name == "country" else "",
            is_required=name in REQUIRED,
            problem=wrong.get(name),
        )
