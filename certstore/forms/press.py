"""A button of a real page, pressed to try: the step that it makes, and what a real press would send."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest

from certstore.actions.attempts import TriedFile
from certstore.actions.steps import Step, StepKind
from certstore.forms.typed import Refusal
from certstore.models import Node
from certstore.pki.keys import KeyFile
from certstore.wording import sentence

LONGEST_VALUE = 4000  # characters: a few lines of names
MOST_VALUES = 1000  # of one field

Sent = tuple[tuple[str, str], ...]
CONFIRMED: Sent = (("confirmed", "yes"),)


@dataclass(frozen=True, slots=True)
class Pressed:
    """The step, or why there is none."""

    step: Step | None
    what: str = ""
    why: str = ""
    fields: Sent = ()  # of the real form; empty for a file: a page cannot choose it again
    args: tuple[UUID | int | str, ...] = ()  # what the address of the real button names besides
    has_password: bool = False  # which no page repeats

    @property
    def has_file(self) -> bool:
        """Whether the file would have to be chosen again."""
        return self.step is not None and self.step.file is not None


Press = Callable[[HttpRequest, Node, StepKind], Pressed]


def pressed(
    node: Node,
    kind: StepKind,
    values: Mapping[str, Any] | None = None,
    fields: Sent = (),
    *,
    what: str = "",
    args: tuple[UUID | int | str, ...] = (),
) -> Pressed:
    """A button of a server's page with values that are taken."""
    return Pressed(Step(kind, node.pk, values or {}), what, fields=fields, args=args)


def pressed_with_file(
    node: Node,
    kind: StepKind,
    file: TriedFile,
    values: Mapping[str, Any] | None = None,
    key: KeyFile | None = None,
) -> Pressed:
    """A button of a server's page with a file."""
    return Pressed(Step(kind, node.pk, values or {}, file, key), file.name)


def plainly(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    """A button that is asked for nothing but whether it is meant."""
    return pressed(node, kind, fields=CONFIRMED)


def refused(why: str) -> Pressed:
    """A button that makes no step."""
    return Pressed(None, why=why)


def refused_by(refusals: Iterable[Refusal]) -> Pressed | None:
    """The first thing that the page refuses, in its words; None where it refuses nothing."""
    first = next(iter(refusals), None)
    return refused(sentence(first.said).fill(**first.facts)) if first else None


def refused_by_form(form: forms.BaseForm) -> Pressed:
    """The first error of a form that is not valid."""
    return refused(next(str(text) for texts in form.errors.values() for text in texts))


def sent(request: HttpRequest, *names: str) -> Sent:
    """What was sent of some fields, to be sent again."""
    return tuple(
        (name, value)
        for name in names
        for value in request.POST.getlist(name)[:MOST_VALUES]
        if len(value) <= LONGEST_VALUE
    )
