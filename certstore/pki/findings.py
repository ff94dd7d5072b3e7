"""What a rule says: a finding, or nothing. A policy is a tuple of rules in the order they are asked."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from certstore.pki.codes import Code


class Severity(StrEnum):
    """What a finding does to an upload."""

    REFUSE = "refuse"
    WARN = "warn"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: its code, what it does, and the facts a sentence about it needs."""

    code: Code
    severity: Severity
    facts: Mapping[str, str | int] = field(default_factory=dict)


Subject = TypeVar("Subject")
Check = Callable[[Subject], Finding | None]


def refuse(code: Code, **facts: str | int) -> Finding:
    """A finding that refuses the upload."""
    return Finding(code, Severity.REFUSE, facts)


def warn(code: Code, **facts: str | int) -> Finding:
    """A finding that lets the upload through and says so."""
    return Finding(code, Severity.WARN, facts)


def note(code: Code, **facts: str | int) -> Finding:
    """A finding that only tells."""
    return Finding(code, Severity.NOTE, facts)


def findings(checks: Iterable[Check[Subject]], subject: Subject) -> tuple[Finding, ...]:
    """All that the checks find, in their order."""
    return tuple(found for check in checks if (found := check(subject)) is not None)


def first_refusal(found: Iterable[Finding]) -> Finding | None:
    """The first finding that refuses, which is what the appliance's own sentence is about."""
    return next((finding for finding in found if finding.severity is Severity.REFUSE), None)
