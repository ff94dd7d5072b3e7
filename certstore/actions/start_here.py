"""The buttons of the guided first task. What was done is judged on the lab itself; these are what it cannot tell."""

from uuid import UUID

from certstore.actions.writing import lab_write, log_event
from certstore.pki.start_here import Happening, Need
from certstore.reading.start_here import guide_of


def answer(lab_id: UUID, chosen: Happening) -> bool:
    """Answer what callers see now. In: one of the two answers. Out: whether it was asked just now."""
    with lab_write(lab_id) as lab:
        guide = guide_of(lab)
        if guide is None or guide.progress.need not in (Need.ANSWER, Need.RESTART):
            return False
        log_event(lab, guide.node, "start-here.answered", {"answer": chosen.value}, lab.now())
    return True


def hide(lab_id: UUID) -> None:
    """Take the card of the task away from the lab's pages."""
    with lab_write(lab_id) as lab:
        log_event(lab, None, "start-here.hidden", {}, lab.now())


def show(lab_id: UUID) -> None:
    """Show it again."""
    with lab_write(lab_id) as lab:
        log_event(lab, None, "start-here.shown", {}, lab.now())
