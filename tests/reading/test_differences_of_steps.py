"""Every button that can be tried leaves a difference between two documents of its lab that has words."""

import pytest

from certstore.actions.steps import DO, StepKind, Trying
from certstore.models import Lab, Node
from certstore.reading.lab_document import document_of
from certstore.reading.points import compared
from certstore.wording.lab_differences import OTHERWISE
from tests.one_of_each import FIRST, ONE_OF_EACH
from tests.trying import make_working


@pytest.fixture
def working(owner, made_servers) -> Lab:
    return make_working(owner, made_servers)


# What only brings back what is so already, or is looked up anew, changes nothing in a lab where everything works.
NOTHING = {StepKind.CUCM_SERVER_REFRESH, StepKind.SWITCHES}


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_what_a_button_changed_is_told(working, owner, kind):
    edge = working.nodes.get(kind=Node.Kind.EXPRESSWAY_E)
    FIRST.get(kind, lambda _: None)(edge)
    step = ONE_OF_EACH[kind](edge)
    before = document_of(Lab.objects.get(pk=working.pk))
    node = Node.objects.select_related("lab", "cluster").filter(pk=step.node_id).first()
    DO[kind](Trying(Lab.objects.get(pk=working.pk), node, step, owner))
    lab = Lab.objects.get(pk=working.pk)
    is_same = document_of(lab) == before
    assert is_same is (kind in NOTHING)
    if is_same:
        return
    lines = [
        line for section in compared(lab, lab.restore_points.first().number, None) for line in section.lines
    ]
    assert lines
    assert OTHERWISE not in lines
