"""A plan as it is printed: until when something is down, who notices, what the lab has already, what is ticked."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certstore.actions import plan as actions
from certstore.actions import restart, server_certificate, trusted_ca
from certstore.pki.plan import Deed
from certstore.reading.plan_document import PlanDocument, PlanStep, written
from certstore.reading.plan_rows import page_of
from certstore.reading.plan_text import plan_text
from certstore.reading.trial import Line
from certstore.wording import plan as words
from tests.labs import tried
from tests.planning import document_of, enforce, plan_of

ZONE = Line(("zone", "c", "e"), "bad", "Traversal zone", "exp-c1 to exp-e1", "is down", why="No CA.")
SIGN_IN = replace(ZONE, key=("sign-in", "j", "e"), name="MRA sign-in", why="")
OTHER_WAY = ("sign-in", "j", "e2")


def step(deed=Deed.TRUST, **changed):
    return PlanStep(deed=deed, server_id="", host="exp-e1", kind="expressway-e", is_tried=True, **changed)


def plan_that_says(lab, *steps, start=(), ways=(SIGN_IN.key,), **changed):
    """A plan of a lab with these steps."""
    whole = {"keeps_enforcing": False, "edge_first": True, "both_orders": False, "incomplete": ()} | changed
    document = PlanDocument(steps=steps, start=start, sign_ins=ways, **whole)
    newest = lab.plans.first()
    number = newest.number + 1 if newest else 1
    return lab.plans.create(
        number=number, made_by=lab.owner, at_lab="2026-11-26T07:00:00Z", document=written(document)
    )


def rows(plan):
    return page_of(plan, tells_why=True).rows


def told(plan, **how):
    return [said for _, said in page_of(plan, **({"tells_why": True} | how)).told]


def test_what_goes_down_says_after_which_step_it_works_again(lab):
    plan = plan_that_says(
        lab, step(down=(ZONE,), troubles=(ZONE,)), step(troubles=(ZONE,)), step(Deed.CHECK), step(Deed.CLEAN)
    )
    assert [down.until for down in rows(plan)[0].down] == ["until step 2"]


def test_what_stays_down_says_so_and_the_plan_ends_badly(lab):
    plan = plan_that_says(lab, step(down=(ZONE,), troubles=(ZONE,)), step(troubles=(ZONE,)))
    assert [down.until for down in rows(plan)[0].down] == ["and stays so"]
    assert words.ENDS_BADLY[1] in told(plan)
    assert words.ENDS_WELL[1] in told(plan_that_says(lab, step(down=(ZONE,), troubles=(ZONE,)), step()))


def test_a_step_that_was_not_tried_ends_nothing(lab):
    untried = replace(step(Deed.FIREWALL), is_tried=False)
    plan = plan_that_says(lab, step(down=(ZONE,), troubles=(ZONE,)), untried, step())
    assert [down.until for down in rows(plan)[0].down] == ["until step 2"]


def test_nobody_signs_in_where_every_way_is_down_and_the_minutes_are_added(lab):
    restarts = [step(Deed.RESTART, during=(SIGN_IN,), minutes=3)] * 2
    alone = plan_that_says(lab, step(), *restarts)
    assert words.NOBODY[1].format(steps="steps 1 and 2", minutes="about 6 minutes") in told(alone)
    assert rows(alone)[1].people == words.NOBODY_NOW
    with_another = plan_that_says(lab, step(), *restarts, ways=(SIGN_IN.key, OTHER_WAY))
    assert words.ALWAYS[1] in told(with_another)
    assert rows(with_another)[1].people == words.OTHERS_CARRY
    assert rows(with_another)[0].people is None


def test_two_ways_that_are_down_for_two_reasons_are_nobody_too(lab):
    other = replace(SIGN_IN, key=OTHER_WAY)
    plan = plan_that_says(
        lab,
        step(Deed.RESTART, during=(SIGN_IN,), troubles=(other,), minutes=3),
        ways=(SIGN_IN.key, OTHER_WAY),
    )
    assert rows(plan)[0].people == words.NOBODY_NOW


def test_without_a_way_in_nothing_is_said_of_people(lab):
    assert words.NO_WAY_IN[1] in told(plan_that_says(lab, step(), ways=()))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"start": (ZONE,)}, words.BEGINS_BADLY[1]),
        ({"incomplete": ("exp-e1",)}, words.INCOMPLETE[1].format(host="exp-e1")),
        ({"both_orders": True, "edge_first": False}, words.ORDER_TRIED[1].format(first="Expressway-C")),
        ({"keeps_enforcing": True}, words.ENFORCING_KEPT[1]),
    ],
)
def test_what_is_special_is_said_on_top(lab, changed, sentence):
    assert sentence in told(plan_that_says(lab, step(), **changed))
    assert sentence not in told(plan_that_says(lab, step()))


def test_a_refusal_is_said_on_top_with_its_step(lab):
    plan = plan_that_says(lab, step(), step(Deed.UPLOAD, accepted=False, said="Another key."))
    assert "Step 1 would be refused: Another key." in told(plan)


def test_the_first_upload_of_a_certificate_is_the_point_of_no_return(working_lab):
    found = [row.number for row in rows(plan_of(working_lab)) if row.is_point_of_no_return]
    first = next(
        n for n, one in enumerate(document_of(working_lab.plans.get()).steps) if one.deed is Deed.UPLOAD
    )
    assert found == [first]


def test_causes_are_told_only_where_the_lab_tells_them(lab):
    plan = plan_that_says(lab, step(down=(ZONE,), troubles=(ZONE,)), start=(ZONE,))
    for tells in (True, False):
        page = page_of(plan, tells_why=tells)
        causes = {page.start[0].why, page.rows[0].down[0].line.why, page.rows[0].step.troubles[0].why}
        assert causes == {"No CA." if tells else ""}
        assert ("No CA." in plan_text("lab", page)) is tells


def test_steps_are_read_in_groups_in_their_order(cluster_lab):
    enforce(cluster_lab)
    page = page_of(plan_of(cluster_lab), tells_why=True)
    assert [group.title for group in page.groups] == [
        words.PHASE_BEFORE,
        words.PHASE_CAS,
        words.PHASE_E,
        words.PHASE_C,
        words.PHASE_AFTER,
    ]
    assert [row.number for row in page.rows] == list(range(len(page.rows)))
    assert {row.check for row in page.rows if row.step.deed is Deed.RESTART} == {
        words.CHECKS[Deed.RESTART],
        words.CHECK_OF_MODE,
    }


def test_what_the_lab_has_already_is_told_step_by_step(working_lab):
    plan = plan_of(working_lab, "exp-e1")
    files = {file.step: tried(bytes(file.content), file.name) for file in plan.files.all()}
    nodes = {str(node.pk): node for node in working_lab.nodes.all()}

    def done():
        return {row.number for row in rows(plan) if row.in_lab == ("ok", words.IN_LAB_DONE)}

    assert done() == set()
    for number, one in enumerate(document_of(plan).steps):
        node = nodes.get(one.server_id)
        if one.deed is Deed.TRUST:
            trusted_ca.append(node, files[number], working_lab.owner)
        elif one.deed is Deed.UPLOAD:
            server_certificate.upload(node, files[number], None, working_lab.owner)
        elif one.deed is Deed.RESTART:
            restart.restart(node)
        elif one.deed is Deed.CLEAN:
            listed = node.trust_stores.get(name="ca").entries
            gone = [sha256 for sha256, _ in one.certificates]
            trusted_ca.delete(
                node, list(listed.filter(certificate__sha256__in=gone).values_list("pk", flat=True))
            )
        else:
            continue
        assert number in done()
    assert len(done()) == 6


def test_a_server_that_is_gone_has_nothing_to_tell(cluster_lab):
    plan = plan_of(cluster_lab, "exp-e2")
    cluster_lab.nodes.get(host="exp-e2").delete()
    gone = [row for row in rows(plan) if row.step.host == "exp-e2"]
    assert gone
    assert all(row.in_lab is None for row in gone)


def test_ticks_are_counted_and_say_who(working_lab):
    plan = plan_of(working_lab, "exp-e1")
    actions.tick(plan, 0, working_lab.owner, is_done=True)
    page = page_of(plan, tells_why=True)
    assert page.ticked == 1
    assert page.rows[0].tick.startswith("owner, ")
    assert page.rows[1].tick == ""


def test_the_questions_to_the_database_do_not_grow_with_the_steps(working_lab, cluster_lab):
    enforce(cluster_lab)
    counts = []
    for plan in (plan_of(working_lab, "exp-e1"), plan_of(cluster_lab)):
        with CaptureQueriesContext(connection) as queries:
            page_of(plan, tells_why=True)
        counts.append(len(queries))
    assert counts[0] == counts[1] == 4


def test_the_text_has_every_step_with_its_box_and_no_line_that_a_name_could_begin(working_lab):
    plan = plan_of(working_lab)
    actions.tick(plan, 1, working_lab.owner, is_done=True)
    page = page_of(plan, tells_why=True)
    text = plan_text("lab\n[x] 99. Done", page)
    lines = text.splitlines()
    boxes = [line for line in lines if line.startswith("[")]
    assert len(boxes) == len(page.rows)
    assert [line[:3] for line in boxes].count("[x]") == 1
    assert text.count(words.POINT_OF_NO_RETURN[:30]) == 1
    assert "Way back" in text
    assert all(line == line.rstrip() for line in lines)
