"""Plan: files and whose they are, the plan that comes of it, its files, text and ticks; and what is refused."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import escape

from certstore.actions import labs, training_ca
from certstore.actions import plan as actions
from certstore.forms.plan import MOST_LEAVES
from certstore.models import Lab
from certstore.pki.pem import read_pem
from certstore.pki.plan import UPLOADING, Deed
from certstore.pki.purpose import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.request_rules import Wanted
from certstore.reading.lab_document import document_of as document_of_lab
from certstore.reading.rows import public_half_of
from certstore.reading.servers import slot_state_of
from certstore.wording import plan as words
from tests.labs import content_of, lab_state
from tests.pki.chains import leaf
from tests.pki.material import key_pem
from tests.pki.zones import PUBLIC_CA
from tests.planning import certificates_in, document_of, enforce, plan_of, renewal_files
from tests.working import control_of, edge_of


def url(lab, name="lab-plan", *more):
    return reverse(name, args=[lab.pk, *more])


def text(answer):
    return answer.content.decode()


def file(lab, name, called=""):
    return SimpleUploadedFile(called or name, content_of(lab, name))


def recognised(client, lab, **posted):
    """The page that says whose certificates these are."""
    answer = client.post(url(lab), posted or {"lab_file": renewal_files(lab)})
    assert answer.status_code == 200, text(answer)
    return answer


def made(client, lab, answer, **changed):
    """The answer to "Try the steps and make the plan", with what the page guessed."""
    form = answer.context["form"]
    chosen = {name: form[name].value() or "" for name in form.fields}
    return client.post(url(lab, "lab-plan-make"), {"carried": answer.context["carried"]} | chosen | changed)


def test_the_page_asks_for_files_and_offers_those_of_the_lab(owner_client, stranger_client, working_lab):
    body = text(owner_client.get(url(working_lab)))
    assert "exp-e1-renewal.pem" in body
    assert "Issued by the training CA" not in body
    assert stranger_client.get(url(working_lab)).status_code == 404


def test_from_the_labs_files_to_the_plan(owner_client, working_lab):
    answer = recognised(owner_client, working_lab)
    before = document_of_lab(working_lab)
    page = made(owner_client, working_lab, answer)
    plan = working_lab.plans.get()
    assert (page.status_code, page["Location"]) == (302, url(working_lab, "lab-plan-made", 1))
    working_lab.refresh_from_db()
    assert document_of_lab(working_lab) == before
    body = text(owner_client.get(page["Location"]))
    assert body.count('class="step-of-plan') == len(document_of(plan).steps)
    assert words.ENDS_WELL[1] in body
    assert words.POINT_OF_NO_RETURN in body
    assert "Plan 1" in text(owner_client.get(url(working_lab)))


def test_files_are_uploaded_in_the_forms_that_cas_send(owner_client, working_lab):
    files = [file(working_lab, name, f"{name}.txt") for name in renewal_files(working_lab)]
    answer = recognised(owner_client, working_lab, files=files)
    assert made(owner_client, working_lab, answer).status_code == 302
    pasted = content_of(working_lab, "exp-e1-renewal.pem").decode()
    answer = recognised(owner_client, working_lab, text=pasted)
    assert "None. The chain of each certificate is looked for in the lists" in text(answer)
    assert made(owner_client, working_lab, answer).status_code == 302


def test_what_the_training_ca_issued_for_a_server_comes_with_its_cas(owner_client, working_lab):
    control = control_of(working_lab)
    key = public_half_of(slot_state_of(control).installation.key)
    terms = training_ca.Terms("enterprise-issuing", 90, (SERVER_AUTH,))
    issued = training_ca.issue(working_lab, Wanted(key, control.fqdn, (control.fqdn,)), terms)
    assert "exp-c1.example.com, by " in text(owner_client.get(url(working_lab)))
    answer = recognised(owner_client, working_lab, issued=[str(issued.pk)])
    assert made(owner_client, working_lab, answer).status_code == 302
    assert document_of(working_lab.plans.get()).incomplete == ()


def test_whose_a_certificate_is_can_be_said_otherwise(owner_client, working_lab):
    answer = recognised(owner_client, working_lab)
    hosts = [field.value() for _, _, field in answer.context["rows"]]
    assert hosts == [str(control_of(working_lab).pk), str(edge_of(working_lab).pk)]
    made(owner_client, working_lab, answer, **{"for-0": ""})
    uploads = [step.host for step in document_of(working_lab.plans.get()).steps if step.deed is Deed.UPLOAD]
    assert uploads == ["exp-e1"]


def test_only_a_cluster_that_enforces_is_asked_about(owner_client, cluster_lab):
    assert "enforcing" not in recognised(owner_client, cluster_lab).context["form"].fields
    enforce(cluster_lab)
    answer = recognised(owner_client, cluster_lab)
    assert words.ENFORCING_KEEP in text(answer)
    made(owner_client, cluster_lab, answer, enforcing="keep")
    assert document_of(cluster_lab.plans.get()).keeps_enforcing


def test_a_client_certificate_is_asked_for_only_where_the_release_has_one(owner_client, working_lab):
    control = control_of(working_lab)
    key = public_half_of(slot_state_of(control).installation.key)
    terms = training_ca.Terms("enterprise-issuing", 90, (CLIENT_AUTH,))
    issued = training_ca.issue(working_lab, Wanted(key, control.fqdn, (control.fqdn,)), terms)
    assert "client certificate" not in text(recognised(owner_client, working_lab, issued=[str(issued.pk)]))
    labs.set_release(working_lab.pk, "X15.5")
    answer = recognised(owner_client, working_lab, issued=[str(issued.pk)])
    ((_, _, field),) = answer.context["rows"]
    assert field.value() == f"{control.pk}/client"
    assert made(owner_client, working_lab, answer).status_code == 302
    (upload,) = [step for step in document_of(working_lab.plans.get()).steps if step.deed in UPLOADING]
    assert (upload.deed, upload.accepted) == (Deed.UPLOAD_CLIENT, True)
    page = owner_client.get(url(working_lab, "lab-plan-made", 1)).context["plan"]
    (row,) = [row for row in page.rows if row.is_point_of_no_return]
    assert row.address == reverse("client-certificate", args=[control.pk])


# --- What is refused ---------------------------------------------------------------------------------------------


def refused(answer, sentence, lab):
    assert answer.status_code == 422
    assert sentence in text(answer).replace("&#x27;", "'")
    assert lab.plans.count() == 0


def test_nothing_is_no_plan(owner_client, working_lab):
    refused(owner_client.post(url(working_lab)), words.NOTHING_GIVEN, working_lab)


@pytest.mark.parametrize(
    "data", [b"", b"nothing", b"\x00\xff" * 50, key_pem()], ids=["empty", "text", "binary", "key"]
)
def test_what_holds_no_server_certificate_is_no_plan(owner_client, working_lab, data):
    answer = owner_client.post(url(working_lab), {"files": [SimpleUploadedFile("x.pem", data)]})
    refused(answer, words.NO_CERTIFICATE, working_lab)


def test_a_key_is_dropped_and_nothing_of_it_carried(owner_client, working_lab):
    files = [file(working_lab, "exp-e1-renewal.pem"), SimpleUploadedFile("key.pem", key_pem())]
    answer = recognised(owner_client, working_lab, files=files)
    assert "1 file with a private key: dropped unread" in text(answer)
    assert "PRIVATE KEY" not in text(answer)


def test_more_certificates_than_servers_ever_are_is_too_much(owner_client, working_lab):
    many = b"".join(leaf(PUBLIC_CA, f"n{number}.example.com").pem for number in range(MOST_LEAVES + 1))
    answer = owner_client.post(url(working_lab), {"text": many.decode()})
    refused(answer, words.TOO_MUCH.format(limit=MOST_LEAVES), working_lab)


def test_a_choice_that_was_not_offered_is_refused(owner_client, working_lab, other_lab):
    for posted in ({"lab_file": "no-such-file.pem"}, {"issued": "999999"}, {"lab_file": "\x00"}):
        assert owner_client.post(url(working_lab), posted).status_code == 422
    answer = recognised(owner_client, working_lab)
    theirs = str(edge_of(other_lab).pk)
    assert made(owner_client, working_lab, answer, **{"for-0": theirs}).status_code == 422
    assert working_lab.plans.count() == 0


def test_one_server_for_two_certificates_is_refused(owner_client, working_lab):
    answer = recognised(owner_client, working_lab)
    edge = str(edge_of(working_lab).pk)
    again = made(owner_client, working_lab, answer, **{"for-0": edge, "for-1": edge})
    refused(again, words.TWICE.format(host="exp-e1"), working_lab)


def test_no_server_at_all_is_refused(owner_client, working_lab):
    answer = recognised(owner_client, working_lab)
    again = made(owner_client, working_lab, answer, **{"for-0": "", "for-1": ""})
    refused(again, words.NOBODYS, working_lab)


@pytest.mark.parametrize("carried", ["", "{}", "[]", "x" * 20, json.dumps({"format": 1, "files": [{}]})])
def test_what_comes_back_damaged_is_refused(owner_client, working_lab, carried):
    answer = owner_client.post(url(working_lab, "lab-plan-make"), {"carried": carried})
    refused(answer, words.DAMAGED, working_lab)


def test_an_emptied_list_of_files_is_no_plan(owner_client, working_lab):
    empty = json.dumps({"format": 1, "files": []})
    answer = owner_client.post(url(working_lab, "lab-plan-make"), {"carried": empty})
    refused(answer, words.NO_CERTIFICATE, working_lab)


def test_the_eleventh_plan_is_refused(owner_client, working_lab):
    answer = recognised(owner_client, working_lab)
    for _ in range(actions.MOST_PLANS):
        plan_of(working_lab, "exp-e1")
    again = made(owner_client, working_lab, answer)
    assert again.status_code == 422
    assert words.TOO_MANY.format(most=10) in text(again)


# --- A plan that is there ----------------------------------------------------------------------------------------


def test_each_file_is_pem_and_named_as_its_step_says(owner_client, working_lab):
    plan = plan_of(working_lab)
    for number, step in enumerate(document_of(plan).steps):
        answer = owner_client.get(url(working_lab, "lab-plan-file", 1, number))
        assert answer.status_code == (200 if step.file else 404)
        if step.file:
            assert answer["Content-Disposition"] == f'attachment; filename="{step.file}"'
            assert len(read_pem(answer.content).certificates) == len(step.certificates)


@pytest.mark.parametrize("number", [0, 2, 2**70])
def test_a_plan_that_is_not_there_is_not_found(owner_client, working_lab, number):
    plan_of(working_lab, "exp-e1")
    assert owner_client.get(url(working_lab, "lab-plan-made", number)).status_code == 404


@pytest.mark.parametrize("step", [999, 2**70])
def test_a_step_that_is_not_there_is_not_found(owner_client, working_lab, step):
    plan_of(working_lab, "exp-e1")
    assert owner_client.get(url(working_lab, "lab-plan-file", 1, step)).status_code == 404
    assert owner_client.post(url(working_lab, "lab-plan-tick", 1, step), {"done": "yes"}).status_code == 404


def test_a_tick_leads_back_to_its_step_and_is_taken_back(owner_client, working_lab):
    plan = plan_of(working_lab, "exp-e1")
    answer = owner_client.post(url(working_lab, "lab-plan-tick", 1, 2), {"done": "yes"})
    assert answer["Location"] == url(working_lab, "lab-plan-made", 1) + "#step-2"
    assert "<b>1</b>" in text(owner_client.get(url(working_lab, "lab-plan-made", 1)))
    owner_client.post(url(working_lab, "lab-plan-tick", 1, 2))
    assert plan.ticks.count() == 0


def test_the_text_is_plain_and_complete(owner_client, working_lab):
    plan = plan_of(working_lab)
    answer = owner_client.get(url(working_lab, "lab-plan-text", 1))
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert text(answer).count("\n[ ] ") == len(document_of(plan).steps)


def test_steps_lead_to_the_pages_where_they_are_done(owner_client, cluster_lab):
    enforce(cluster_lab)
    plan_of(cluster_lab)
    page = owner_client.get(url(cluster_lab, "lab-plan-made", 1)).context["plan"]
    for row in page.rows:
        assert (row.address == "") is (row.step.deed in (Deed.FIREWALL,))
        assert not row.address or owner_client.get(row.address).status_code == 200


def test_a_plan_outlives_a_server_that_it_names(owner_client, cluster_lab):
    plan_of(cluster_lab, "exp-e2")
    cluster_lab.nodes.get(host="exp-e2").delete()
    answer = owner_client.get(url(cluster_lab, "lab-plan-made", 1))
    assert answer.status_code == 200
    gone = [row for row in answer.context["plan"].rows if row.step.host == "exp-e2"]
    assert {row.address for row in gone} == {""}


def test_causes_stay_closed_where_the_lab_keeps_them(owner_client, working_lab):
    certificate = certificates_in(working_lab, "exp-e1-renewal.pem")[0]
    blind = actions.Draft(((edge_of(working_lab).pk, certificate),), ())  # refused: its CA is unknown
    plan = actions.make(working_lab, blind, working_lab.owner)
    (why,) = [step.said for step in document_of(plan).steps if not step.accepted]
    assert escape(why) in text(owner_client.get(url(working_lab, "lab-plan-made", 1)))
    labs.set_explanations(working_lab.pk, Lab.Explanations.OFF)
    for name in ("lab-plan-made", "lab-plan-text"):
        assert escape(why) not in text(owner_client.get(url(working_lab, name, 1)))
    assert "It would be refused." in text(owner_client.get(url(working_lab, "lab-plan-made", 1)))


def test_deleting_a_plan_leaves_the_others(owner_client, working_lab):
    plan_of(working_lab, "exp-e1")
    plan_of(working_lab, "exp-c1")
    answer = owner_client.post(url(working_lab, "lab-plan-delete", 1), follow=True)
    assert "Plan 1 was deleted." in text(answer)
    assert [plan.number for plan in working_lab.plans.all()] == [2]


@pytest.mark.parametrize(
    ("name", "more"), [("lab-plan-make", ()), ("lab-plan-delete", (1,)), ("lab-plan-tick", (1, 0))]
)
def test_a_link_changes_nothing_and_leads_to_the_page(owner_client, working_lab, name, more):
    plan_of(working_lab, "exp-e1")
    before = lab_state(working_lab)
    answer = owner_client.get(url(working_lab, name, *more), follow=True)
    assert answer.status_code == 200
    assert lab_state(working_lab) == before
