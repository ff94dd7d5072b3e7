"""A trial as the rows of a page."""

from collections.abc import Iterable, Iterator

from certstore.actions.try_first import Trial, TriedStep
from certstore.models import Lab
from certstore.pki.moments import iso, moment_text
from certstore.reading.attempts import refused_in_short
from certstore.reading.lab_state import LabView
from certstore.reading.trial import StepRow, difference, restarting, troubles


def tells_why(lab: Lab) -> bool:
    """Whether our column tells causes in a lab."""
    return bool(lab.column == Lab.Explanations.OPEN)


def rows_of(lab: Lab, trial: Trial, names: Iterable[tuple[str, str]]) -> Iterator[StepRow]:
    """The steps of a trial; each with its name and its values in words."""
    told = zip(trial.steps, trial.before, names, strict=True)
    for number, (step, before, (name, what)) in enumerate(told, start=1):
        yield _row(number, name, what, step, before, why=tells_why(lab))


def _row(number: int, name: str, what: str, step: TriedStep, before: LabView, *, why: bool) -> StepRow:
    return StepRow(
        number=number,
        name=name,
        what=what,
        accepted=step.accepted,
        said=refused_in_short(step.explanation) if step.explanation and not step.accepted else step.said,
        at=moment_text(iso(step.at)),
        during=restarting(step.during, before),
        difference=difference(before, step.after, tells_why=why),
        troubles=troubles(step.after, tells_why=why),
    )
