"""Try first: the real actions, one after another, inside one transaction that is rolled back whatever happens.

It can be done because actions touch nothing but the database.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from certstore.actions.steps import DO, RESTARTS, Answer, Refused, Step, Trying
from certstore.actions.writing import LabGone, without_history
from certstore.models import Attempt, Lab, Node, User
from certstore.models.writer import fair_write
from certstore.pki.connections import Verdict
from certstore.pki.restarting import during_restart
from certstore.reading.attempts import Explanation, explanation_of
from certstore.reading.lab_state import LabView, lab_view
from certstore.wording import try_first as words
from certstore.wording.labs import event_sentence

MOST_STEPS = 20


@dataclass(frozen=True, slots=True)
class TriedStep:
    """What one step came to, though nothing of it stays."""

    step: Step
    accepted: bool
    said: str  # what the history would say of it, or why it was refused
    explanation: Explanation | None  # of an upload; its attempt is gone
    at: datetime  # the lab's time afterwards
    during: tuple[Verdict, ...]  # what is down while the step's server restarts, beside what was before
    after: LabView


@dataclass(frozen=True, slots=True)
class Trial:
    """What a series of steps came to, and how the lab was before the first."""

    at: datetime
    start: LabView
    steps: tuple[TriedStep, ...]

    @property
    def before(self) -> tuple[LabView, ...]:
        """How the lab was before each step."""
        return (self.start, *(one.after for one in self.steps))[: len(self.steps)]


class TooManySteps(ValueError):
    """More steps than are tried in one go."""


def tried(lab_id: UUID, steps: Sequence[Step], user: User, *, most: int = MOST_STEPS) -> Trial:
    """Do steps for real, look at the lab after each of them, and take everything back.

    In: the lab that `access` allowed, at most `most` steps as forms checked them, who tries. Out: the trial. A
    refused step changes nothing and the next one is done all the same, as a person would find it. The lab is locked
    all the while, so files are parsed before. Raises TooManySteps, LabGone (also for a server that is gone), and
    what an action raises; nothing stays then either.
    """
    if len(steps) > most:
        raise TooManySteps
    with _rolled_back(), without_history():
        lab = Lab.objects.select_for_update().filter(pk=lab_id).first()
        if lab is None:
            raise LabGone
        named = {step.node_id for step in steps if step.node_id}
        if named - set(lab.nodes.values_list("pk", flat=True)):
            raise LabGone
        at = lab.now()
        start = view = lab_view(lab, at)
        found = []
        for step in steps:
            found.append(_tried(lab_id, step, view, user))
            view = found[-1].after
        return Trial(at, start, tuple(found))


@contextmanager
def _rolled_back() -> Iterator[None]:
    """A transaction (inside another one: a savepoint) of which nothing stays."""
    with fair_write():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def _tried(lab_id: UUID, step: Step, before: LabView, user: User) -> TriedStep:
    """One step, inside the transaction."""
    lab = Lab.objects.get(pk=lab_id)
    last = lab.events.first()
    answer = _done(lab, step, user)
    lab = Lab.objects.get(pk=lab_id)
    at = lab.now()
    attempt = answer if isinstance(answer, Attempt) else None
    return TriedStep(
        step=step,
        accepted=attempt.stored if attempt else not isinstance(answer, Refused),
        said=answer.why if isinstance(answer, Refused) else _said(lab, last.seq if last else 0),
        explanation=explanation_of(attempt) if attempt else None,
        at=at,
        during=_during(step, before),
        after=lab_view(lab, at),
    )


def _done(lab: Lab, step: Step, user: User) -> Answer:
    """Do it; a server that a step before took out of the lab has nothing done to it any more."""
    if step.node_id is None:
        return DO[step.kind](Trying(lab, None, step, user))
    node = Node.objects.select_related("lab", "cluster").filter(lab=lab, pk=step.node_id).first()
    if node is None:
        return Refused(words.SERVER_GONE)
    return DO[step.kind](Trying(lab, node, step, user))


def _said(lab: Lab, last: int) -> str:
    """What the history says of the newest action: its own event is the first that was logged since."""
    event = lab.events.filter(seq__gt=last).order_by("seq").first()
    return event_sentence(event.code, event.params) if event else words.NOTHING_DIFFERS


def _during(step: Step, before: LabView) -> tuple[Verdict, ...]:
    if step.kind not in RESTARTS or step.node_id is None:
        return ()
    return during_restart(before.topology, before.state, str(step.node_id))
