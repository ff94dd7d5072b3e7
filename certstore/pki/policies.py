"""Every rule there is, found by looking: a policy is a tuple of rules in a module of this room.

Nothing is entered twice: what a rule says and where it comes from stands in its docstring and is read there.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import FunctionType, ModuleType
from typing import get_type_hints

from certstore import pki
from certstore.pki.findings import Finding

_SOURCE = "Source: "


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: where it stands, what is true when it passes, and where that comes from."""

    module: str  # without the packages above it: "trusted_ca"
    name: str  # of its function: "is_new"
    says: str  # the docstring's first paragraph, on one line
    source: str  # the docstring's last paragraph, on one line; "" where it names none


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule once, module after module, each in the order in which its own module asks it."""
    found: dict[FunctionType, Rule] = {}
    names = [f"{pki.__name__}.{info.name}" for info in pkgutil.iter_modules(pki.__path__) if not info.ispkg]
    asked = [(name, function) for name in names for function in rules_in(importlib.import_module(name))]
    # Where one page asks what another one asks, that other one's order counts.
    for _, function in sorted(asked, key=lambda one: one[0] != one[1].__module__):
        found.setdefault(function, rule_of(function))
    return tuple(sorted(found.values(), key=lambda rule: rule.module))


def rules_in(module: ModuleType) -> Iterator[FunctionType]:
    """The rules of the policies of a module: of every tuple that holds nothing but rules."""
    for name, value in vars(module).items():
        if name.isupper() and isinstance(value, tuple) and value and all(map(_is_rule, value)):
            yield from value


def rule_of(function: FunctionType) -> Rule:
    """What a rule's docstring says."""
    paragraphs = [" ".join(text.split()) for text in (inspect.getdoc(function) or "").split("\n\n")]
    last = paragraphs[-1]
    source = last.removeprefix(_SOURCE) if last.startswith(_SOURCE) else ""
    return Rule(function.__module__.rpartition(".")[2], function.__name__, paragraphs[0], source)


def _is_rule(value: object) -> bool:
    """Whether something is a function that finds something or nothing."""
    return isinstance(value, FunctionType) and get_type_hints(value).get("return") == (Finding | None)
