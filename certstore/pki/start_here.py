"""The guided first task: how far somebody has come with it, judged on what happened and on what is.

Four steps: refused for its format, refused for its chain, accepted, restarted. Whoever takes another way
gets there as well: a step that can no longer be done counts as passed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from certstore.pki.codes import Code

STEPS = 4

# Refusals of a file as such that teach nothing about its form.
_NOT_ABOUT_FORM = frozenset({Code.FILE_MISSING, Code.FILE_EMPTY, Code.FILE_TOO_LARGE})


class Happening(StrEnum):
    """What can happen to the server certificate of the server that the task is about."""

    REFUSED_FORMAT = "refused-format"
    REFUSED_CHAIN = "refused-chain"
    ACCEPTED = "accepted"
    RESET = "reset"  # to its default certificate
    RESTARTED = "restarted"
    ANSWERED_OLD = "answered-old"  # "callers see the old certificate"
    ANSWERED_NEW = "answered-new"


class StepState(StrEnum):
    """How it is with one step."""

    DONE = "done"
    PASSED = "passed"  # somebody was faster: it is not needed any more
    NEXT = "next"
    LATER = "later"


class Need(StrEnum):
    """What the next step asks for."""

    UPLOAD_BINARY = "upload-binary"
    UPLOAD_BASE_64 = "upload-base-64"
    APPEND_CAS = "append-cas"
    UPLOAD_AGAIN = "upload-again"  # the CAs are there
    ANSWER = "answer"
    RESTART = "restart"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is."""

    steps: tuple[StepState, ...]
    need: Need
    answer: Happening | None  # what was answered last since the certificate was accepted
    missing_cas: int

    @property
    def number(self) -> int:
        """The next step, counted from 1; after the last one the number of steps."""
        return self.steps.index(StepState.NEXT) + 1 if StepState.NEXT in self.steps else STEPS

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left to do."""
        return self.need is Need.NOTHING


def refusal(code: str) -> Happening | None:
    """What a refusal on the Server certificate page means for the task. In: its code. None: nothing."""
    if code.startswith("chain."):
        return Happening.REFUSED_CHAIN
    if code.startswith("file.") and code not in _NOT_ABOUT_FORM:
        return Happening.REFUSED_FORMAT
    return None


def progress(
    happened: Iterable[Happening], *, missing_cas: int, is_loaded: bool = False, is_running: bool = False
) -> Progress:
    """How far somebody has come.

    In: what happened, oldest first; how many CAs of the example certificate are not in the server's list;
    whether the certificate that is loaded now, and the one that runs, were uploaded. Out: the state of every
    step, and what is next.
    Source: this project's own task, after the order of TechNote 221624.
    """
    story = _Story()
    for what in happened:
        story.add(what)
    is_over = story.has_run or is_running
    is_loaded = is_loaded or is_over
    done = (story.format_refused, story.chain_refused, is_loaded, is_over)
    passed = (story.chain_refused or is_loaded, is_loaded or not missing_cas, False, False)
    steps: list[StepState] = []
    for is_done, is_passed in zip(done, passed, strict=True):
        if is_done or is_passed:
            steps.append(StepState.DONE if is_done else StepState.PASSED)
        else:
            steps.append(StepState.LATER if StepState.NEXT in steps else StepState.NEXT)
    return Progress(tuple(steps), _need(steps, missing_cas, story.answer), story.answer, missing_cas)


@dataclass(slots=True)
class _Story:
    """What has happened so far."""

    format_refused: bool = False
    chain_refused: bool = False
    accepted: bool = False  # and not undone since
    has_run: bool = False  # an accepted one was running once
    answer: Happening | None = None

    def add(self, what: Happening) -> None:
        """One more thing happened."""
        self.format_refused |= what is Happening.REFUSED_FORMAT
        self.chain_refused |= what is Happening.REFUSED_CHAIN
        if what in (Happening.ACCEPTED, Happening.RESET) and not self.has_run:
            self.accepted, self.answer = what is Happening.ACCEPTED, None
        self.has_run |= what is Happening.RESTARTED and self.accepted
        if what in (Happening.ANSWERED_OLD, Happening.ANSWERED_NEW) and not self.has_run:
            self.answer = what


def _need(steps: list[StepState], missing_cas: int, answer: Happening | None) -> Need:
    """What the next step asks for."""
    if StepState.NEXT not in steps:
        return Need.NOTHING
    return (
        Need.UPLOAD_BINARY,
        Need.UPLOAD_BASE_64,
        Need.APPEND_CAS if missing_cas else Need.UPLOAD_AGAIN,
        Need.RESTART if answer else Need.ANSWER,
    )[steps.index(StepState.NEXT)]
