"""Plans are made by trying their steps: nothing of the lab changes, and what they promise holds when it is done."""

import pytest

from certstore.actions import dns, labs, restart, server_certificate, training_ca, trusted_ca, unified_cm
from certstore.actions import plan as actions
from certstore.actions.plan import Draft, NothingToPlan, TooManyPlans
from certstore.models import Certificate, Lab, StoreName
from certstore.pki.connections import Health
from certstore.pki.dns import Question, RecordType
from certstore.pki.facts import decode_certificate
from certstore.pki.pem import read_pem
from certstore.pki.plan import UPLOADING, Deed
from certstore.pki.purpose import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.request_rules import Wanted
from certstore.reading.lab_document import document_of as lab_document
from certstore.reading.lab_state import lab_view
from certstore.reading.plan_document import written
from certstore.reading.rows import facts_of, public_half_of
from certstore.reading.servers import slot_state_of
from tests.labs import fill_lab
from tests.labs import tried as file_of
from tests.planning import certificates_in, document_of, draft_of, enforce, plan_of
from tests.trying import everything
from tests.working import control_of, edge_of

PLANS = {"certstore_plan", "certstore_planfile"}


def deeds(plan):
    return [step.deed for step in document_of(plan).steps]


def test_a_plan_changes_nothing_but_that_it_is_there(working_lab):
    before, document = everything(), lab_document(working_lab)
    plan = plan_of(working_lab)
    after = everything()
    changed = {table for table in after if after[table] != before[table]}
    assert changed == PLANS | {"certstore_lab", "certstore_event"}  # the lab's version, and that it was made
    working_lab.refresh_from_db()
    assert lab_document(working_lab) == document
    event = working_lab.events.first()
    assert (event.code, event.params) == ("plan.made", {"number": 1, "steps": len(deeds(plan))})
    assert working_lab.restore_points.count() == 0


def test_what_a_plan_promises_holds_when_its_steps_are_done_with_its_files(working_lab):
    plan = plan_of(working_lab)
    files = {file.step: bytes(file.content) for file in plan.files.all()}
    nodes = {str(node.pk): node for node in working_lab.nodes.all()}
    for number, step in enumerate(document_of(plan).steps):
        node, file = nodes.get(step.server_id), file_of(files.get(number, b""), step.file)
        do(step.deed, node, file)
        working_lab.refresh_from_db()
        assert {one.health for one in lab_view(working_lab, working_lab.now()).state.all} == {Health.WORKS}
        assert step.troubles == ()
    shown = {one.server.sha256 for one in lab_view(working_lab, working_lab.now()).topology.edges}
    assert shown == {certificates_in(working_lab, "exp-e1-renewal.pem")[0].sha256}


def do(deed, node, file):
    """One step, by its button."""
    if deed is Deed.TRUST:
        assert trusted_ca.append(node, file, node.lab.owner).stored
    elif deed in (Deed.TOMCAT_TRUST, Deed.CALLMANAGER_TRUST):
        name = StoreName.TOMCAT if deed is Deed.TOMCAT_TRUST else StoreName.CALLMANAGER
        assert unified_cm.upload(node, name, file).refusal is None
    elif deed is Deed.SERVICES:
        unified_cm.restart_services(node)
    elif deed is Deed.UPLOAD:
        assert server_certificate.upload(node, file, None, node.lab.owner).stored
    elif deed is Deed.RESTART:
        restart.restart(node)


def test_the_files_of_a_plan_are_pem_of_what_its_steps_name(working_lab):
    plan = plan_of(working_lab)
    steps = document_of(plan).steps
    for file in plan.files.all():
        held = [decode_certificate(der).sha256 for der in read_pem(bytes(file.content)).certificates]
        assert held == [sha256 for sha256, _ in steps[file.step].certificates]
        assert file.name == steps[file.step].file
        assert b"PRIVATE KEY" not in bytes(file.content)
    names = [file.name for file in plan.files.all()]
    assert len(names) == len(set(names)) == 6


def test_a_restart_says_what_is_down_and_for_how_long(working_lab):
    steps = document_of(plan_of(working_lab, "exp-e1")).steps
    restarting = next(step for step in steps if step.deed is Deed.RESTART)
    assert restarting.minutes == 3
    assert {line.key[0] for line in restarting.during} == {"zone", "tunnels", "jabber", "sign-in"}
    services = next(
        step for step in document_of(plan_of(working_lab, "exp-c1")).steps if step.deed is Deed.SERVICES
    )
    assert services.minutes == 5


def test_an_upload_that_would_be_refused_says_why_and_the_rest_is_tried_all_the_same(working_lab):
    edge = edge_of(working_lab)
    foreign = certificates_in(working_lab, "exp-c1-renewal.pem")[0]
    cas = tuple(certificates_in(working_lab, "exp-c1-renewal-issuing-ca.pem"))
    plan = actions.make(working_lab, Draft(((edge.pk, foreign),), cas), working_lab.owner)
    upload = next(step for step in document_of(plan).steps if step.deed is Deed.UPLOAD)
    assert not upload.accepted
    assert "key" in upload.said
    assert document_of(plan).steps[-1].accepted


def test_a_chain_that_nobody_knows_is_told(working_lab):
    draft = draft_of(working_lab, "exp-e1")
    plan = actions.make(working_lab, Draft(draft.certificates, ()), working_lab.owner)
    assert document_of(plan).incomplete == ("exp-e1",)
    assert document_of(plan_of(working_lab, "exp-e1")).incomplete == ()


def test_cas_that_a_server_of_the_lab_has_need_not_come_along(working_lab):
    ca = file_of(
        b"".join(bytes(row.content) for row in working_lab.files.filter(name="exp-e1-renewal-issuing-ca.pem"))
    )
    trusted_ca.append(control_of(working_lab), ca, working_lab.owner)
    draft = draft_of(working_lab, "exp-e1")
    plan = actions.make(working_lab, Draft(draft.certificates, ()), working_lab.owner)
    trusts = [step for step in document_of(plan).steps if step.deed is Deed.TRUST]
    assert [step.host for step in trusts] == ["exp-e1"]
    assert document_of(plan).incomplete == ()


def test_a_second_order_is_tried_only_where_the_first_has_trouble(working_lab):
    assert not document_of(plan_of(working_lab)).both_orders
    draft = draft_of(working_lab)
    blind = actions.make(working_lab, Draft(draft.certificates, ()), working_lab.owner)
    assert document_of(blind).both_orders


def test_a_cluster_keeps_a_way_in_at_every_step_either_way(cluster_lab):
    enforce(cluster_lab)
    for keeps in (True, False):
        document = document_of(plan_of(cluster_lab, keeps_enforcing=keeps))
        ways = set(document.sign_ins)
        assert len(ways) == 2
        restarts = [step for step in document.steps if step.deed is Deed.RESTART]
        assert len(restarts) == (4 if keeps else 12)
        for step in restarts:
            assert ways - {line.key for line in step.during}
        assert all(step.accepted and not step.troubles for step in document.steps)
        assert (Deed.PERMISSIVE in [step.deed for step in document.steps]) is not keeps


def test_a_document_of_a_plan_is_read_as_it_was_written(working_lab):
    plan = plan_of(working_lab)
    fresh = type(plan).objects.get(pk=plan.pk)
    assert written(document_of(fresh)) == plan.document
    assert document_of(fresh) == document_of(plan)


def test_nothing_for_a_server_of_the_lab_is_no_plan(working_lab, other_lab):
    theirs = edge_of(other_lab).pk, certificates_in(working_lab, "exp-e1-renewal.pem")[0]
    for certificates in ((), (theirs,)):
        with pytest.raises(NothingToPlan):
            actions.make(working_lab, Draft(certificates, ()), working_lab.owner)
    assert working_lab.plans.count() == 0


def test_a_lab_has_ten_plans_at_most(working_lab):
    for _ in range(actions.MOST_PLANS):
        plan_of(working_lab, "exp-e1")
    assert [plan.number for plan in working_lab.plans.all()] == list(range(10, 0, -1))
    with pytest.raises(TooManyPlans):
        plan_of(working_lab, "exp-e1")
    actions.delete(working_lab.plans.get(number=4))
    assert plan_of(working_lab, "exp-e1").number == 11
    assert working_lab.events.filter(code="plan.deleted").count() == 1


def test_a_plan_is_no_certificate_of_the_lab_and_goes_with_it(working_lab):
    before = Certificate.objects.filter(lab=working_lab).count()
    plan_of(working_lab)
    assert Certificate.objects.filter(lab=working_lab).count() == before
    Lab.objects.get(pk=working_lab.pk).delete()
    assert all(not everything()[table] for table in (*PLANS, "certstore_plantick"))


def test_a_tick_says_who_and_when_and_two_at_once_are_one(working_lab):
    plan, owner = plan_of(working_lab, "exp-e1"), working_lab.owner
    version = Lab.objects.get(pk=working_lab.pk).version
    assert actions.tick(plan, 2, owner, is_done=True)
    assert actions.tick(plan, 2, owner, is_done=True)
    assert [(tick.step, tick.by) for tick in plan.ticks.all()] == [(2, "owner")]
    assert Lab.objects.get(pk=working_lab.pk).version == version
    assert actions.tick(plan, 2, owner, is_done=False)
    assert plan.ticks.count() == 0


def test_a_step_that_is_not_there_has_no_tick(working_lab):
    plan = plan_of(working_lab, "exp-e1")
    for step in (-1, len(document_of(plan).steps), 999):
        assert not actions.tick(plan, step, working_lab.owner, is_done=True)
    assert plan.ticks.count() == 0


def test_names_that_are_mark_up_stay_text_in_the_document(db):
    filled = fill_lab("ann")
    filled.lab.nodes.filter(pk=filled.node.pk).update(host="<b>x</b>")
    certificate = certificates_in(filled.lab, "exp-e1-renewal.pem")[0]
    plan = actions.make(filled.lab, Draft(((filled.node.pk, certificate),), ()), filled.owner)
    assert {step.host for step in document_of(plan).steps if step.kind == "expressway-e"} == {"<b>x</b>"}
    assert [file.name for file in plan.files.all()] == [
        "b.pem"
    ]  # what stands behind a slash is the name of a file


def test_dns_that_does_not_lead_back_is_put_right_in_a_step_and_the_tunnels_come_up(working_lab):
    edge = edge_of(working_lab)
    dns.answer(working_lab.pk, Question.of(RecordType.PTR, edge.address), [])
    steps = document_of(plan_of(working_lab, "exp-e1")).steps
    step = next(one for one in steps if one.deed is Deed.DNS)
    assert (step.question, step.answers) == (f"PTR {edge.address}", (edge.fqdn,))
    assert {line.key[0] for line in step.up} == {"tunnels", "sign-in"}
    assert steps[-1].troubles == ()


def test_in_a_release_with_a_client_certificate_the_new_one_is_both(working_lab):
    labs.set_release(working_lab.pk, "X15.5")
    working_lab.refresh_from_db()
    steps = document_of(plan_of(working_lab)).steps
    uploads = [step for step in steps if step.deed is Deed.UPLOAD]
    assert [(step.as_client, step.accepted) for step in uploads] == [(True, True)] * 2
    assert steps[-1].troubles == ()


def test_a_root_that_is_new_is_rolled_out_to_the_clients_before_the_restart(working_lab):
    edge = edge_of(working_lab)
    key = public_half_of(slot_state_of(edge).installation.key)
    terms = training_ca.Terms("enterprise-issuing", 90, (SERVER_AUTH, CLIENT_AUTH))
    issued = training_ca.issue(working_lab, Wanted(key, edge.fqdn, (edge.fqdn, edge.domain)), terms)
    cas = tuple(facts_of(row.certificate) for row in working_lab.ca_keys.select_related("certificate"))
    draft = Draft(((edge.pk, facts_of(issued.certificate)),), cas)
    steps = document_of(actions.make(working_lab, draft, working_lab.owner)).steps
    order = [step.deed for step in steps]
    assert order.index(Deed.CLIENTS) < order.index(Deed.RESTART)
    assert all(step.accepted and not step.troubles for step in steps)


def test_a_client_certificate_of_its_own_is_renewed_beside_the_server_certificate(working_lab):
    labs.set_release(working_lab.pk, "X15.5")
    working_lab.refresh_from_db()
    control = control_of(working_lab)
    key = public_half_of(slot_state_of(control).installation.key)
    terms = training_ca.Terms("enterprise-issuing", 90, (CLIENT_AUTH,))
    issued = training_ca.issue(working_lab, Wanted(key, control.fqdn, (control.fqdn,)), terms)
    server = draft_of(working_lab, "exp-c1")
    cas = tuple(facts_of(row.certificate) for row in working_lab.ca_keys.select_related("certificate"))
    draft = Draft(server.certificates, (*server.cas, *cas), ((control.pk, facts_of(issued.certificate)),))
    plan = actions.make(working_lab, draft, working_lab.owner)
    steps = document_of(plan).steps
    assert [step.deed for step in steps if step.deed in UPLOADING] == [Deed.UPLOAD, Deed.UPLOAD_CLIENT]
    assert not any(step.as_client for step in steps)
    assert all(step.accepted and not step.troubles for step in steps)
    assert "client-exp-c1.pem" in [file.name for file in plan.files.all()]
