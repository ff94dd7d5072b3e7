"""The guided first task: its page, its card beside the server's pages, and that the lab itself is the judge."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import escape

from certstore.actions import labs, restart, server_certificate, trusted_ca
from certstore.actions.labs import make_lab, reset_lab, set_explanations
from certstore.models import Event, Lab
from certstore.pki.start_here import Happening, Need, StepState
from certstore.reading.start_here import guide_of
from certstore.wording import start_here as words
from tests.labs import content_of, tried

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
CARD_PAGES = ("lab", "server-certificate", "trusted-ca")
OLD, NEW = Happening.ANSWERED_OLD.value, Happening.ANSWERED_NEW.value


class Learner:
    """Somebody at work in the lab's Expressway-E."""

    def __init__(self, lab, node, owner) -> None:
        self.lab, self.node, self.owner = lab, node, owner

    def uploads(self, name):
        server_certificate.upload(self.node, tried(content_of(self.lab, name), name), None, self.owner)
        return self

    def appends(self, *names):
        for name in names:
            trusted_ca.append(self.node, tried(content_of(self.lab, name), name), self.owner)
        return self

    def restarts(self):
        restart.restart(self.node)
        return self

    def resets_the_certificate(self):
        server_certificate.reset_to_default(self.node)
        return self

    def deletes_the_cas(self):
        trusted_ca.reset_to_default(self.node)
        return self

    @property
    def progress(self):
        return guide_of(self.lab).progress

    def needs(self):
        return self.progress.need


@pytest.fixture
def learner(lab, exp_e, owner) -> Learner:
    return Learner(lab, exp_e, owner)


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def address_of(lab, page) -> str:
    node = lab.nodes.get(kind="expressway-e")
    return reverse(page, args=[lab.pk if page in ("lab", "start-here") else node.pk])


def answer_with(client, lab, **data):
    return client.post(reverse("start-here-answer", args=[lab.pk]), data)


# The lab is the judge


def test_the_straight_way(learner, owner_client, lab):
    assert learner.needs() is Need.UPLOAD_BINARY
    assert learner.uploads("exp-e1.cer").needs() is Need.UPLOAD_BASE_64
    assert learner.uploads("exp-e1.pem").needs() is Need.APPEND_CAS
    assert learner.progress.missing_cas == 2
    assert learner.appends("exp-e1-issuing-ca.pem").progress.missing_cas == 1
    assert learner.appends("exp-e1-root-ca.pem").needs() is Need.UPLOAD_AGAIN
    assert learner.uploads("exp-e1.pem").needs() is Need.ANSWER
    answer_with(owner_client, lab, answer=OLD)
    assert learner.needs() is Need.RESTART
    assert learner.restarts().needs() is Need.NOTHING
    assert set(learner.progress.steps) == {StepState.DONE}


def test_who_appends_the_cas_first_is_faster(learner, owner_client, lab):
    learner.appends("exp-e1-ca-bundle.pem").uploads("exp-e1.cer")
    assert learner.needs() is Need.UPLOAD_AGAIN
    assert learner.progress.steps[1] is StepState.PASSED
    assert words.FASTER.format(steps="2") in text(owner_client.get(address_of(lab, "server-certificate")))
    assert learner.uploads("exp-e1.pem").restarts().needs() is Need.NOTHING
    assert words.UNANSWERED in text(owner_client.get(address_of(lab, "start-here")))


def test_other_files_do_as_well(learner):
    learner.uploads("exp-e1-issuing-ca.cer").uploads("exp-e1-renewal.pem")
    assert learner.needs() is Need.APPEND_CAS
    learner.appends("exp-e1-renewal-issuing-ca.pem", "exp-e1-root-ca.pem").uploads("exp-e1-renewal.pem")
    assert learner.needs() is Need.ANSWER


def test_a_detour_is_no_step_back(learner, exp_c):
    learner.uploads("exp-e1.cer")
    other = Learner(learner.lab, exp_c, learner.owner)
    other.uploads("exp-c1.pem").appends("exp-c1-ca-bundle.pem").uploads("exp-c1.pem").restarts()
    learner.uploads("exp-c1.pem").restarts().resets_the_certificate()
    assert learner.needs() in (Need.UPLOAD_BASE_64, Need.APPEND_CAS)
    assert learner.progress.steps[2:] != (StepState.DONE, StepState.DONE)
    labs.rename(learner.lab.pk, "Another name")
    assert guide_of(learner.lab) is not None


def test_what_is_undone_before_the_restart_is_to_be_done_again(learner):
    learner.uploads("exp-e1.cer").uploads("exp-e1.pem").appends("exp-e1-ca-bundle.pem").uploads("exp-e1.pem")
    assert learner.needs() is Need.ANSWER
    assert learner.resets_the_certificate().needs() is Need.UPLOAD_AGAIN
    assert learner.deletes_the_cas().needs() is Need.APPEND_CAS
    assert learner.restarts().needs() is Need.APPEND_CAS


def test_what_is_undone_after_it_was_done(learner):
    learner.appends("exp-e1-ca-bundle.pem").uploads("exp-e1.pem").restarts()
    assert learner.resets_the_certificate().deletes_the_cas().restarts().needs() is Need.NOTHING


def test_it_begins_again_when_the_lab_is_reset(learner, owner_client, lab):
    learner.appends("exp-e1-ca-bundle.pem").uploads("exp-e1.pem")
    assert reverse("lab-reset", args=[lab.pk]) in text(owner_client.get(address_of(lab, "start-here")))
    reset_lab(lab.pk)
    assert learner.needs() is Need.UPLOAD_BINARY


# Where it is offered


@pytest.mark.parametrize("kind", [Lab.Kind.REHEARSE, Lab.Kind.REPRODUCE])
def test_a_lab_for_real_files_does_not_offer_it(owner, owner_client, kind):
    real = make_lab(owner, kind, "Real", "X14.3")
    for name in ("start-here", "start-here-answer", "start-here-hide", "start-here-show"):
        assert owner_client.get(reverse(name, args=[real.pk])).status_code == 404
    assert owner_client.post(reverse("start-here-hide", args=[real.pk])).status_code == 404
    assert "Start here" not in text(owner_client.get(address_of(real, "lab")))
    assert "Your task" not in text(owner_client.get(address_of(real, "server-certificate")))


@pytest.mark.parametrize("what", ["server-certificate-der", "issuing-ca-pem", "root-ca-der"])
def test_nor_does_a_lab_without_the_example_files(lab, owner_client, what):
    lab.files.filter(what=what, node__kind="expressway-e").delete()
    assert owner_client.get(reverse("start-here", args=[lab.pk])).status_code == 404
    for page in CARD_PAGES:
        assert "Your task" not in text(owner_client.get(address_of(lab, page)))


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize("page", CARD_PAGES)
def test_the_card_stands_in_our_column_and_never_in_the_frame(lab, owner_client, page, headers):
    body = owner_client.get(address_of(lab, page), headers=headers).content.decode()
    main, _, column = body.partition('<aside class="column"')
    assert "Your task" in column
    assert "1 of 4" in column
    assert "Your task" not in main
    assert reverse("start-here", args=[lab.pk]) in column


def test_the_page_has_all_steps_and_leads_to_what_the_next_one_needs(lab, exp_e, owner_client, learner):
    page = text(owner_client.get(address_of(lab, "start-here")))
    for title, said in words.STEPS:
        assert escape(title) in page
        assert escape(said) in page
    assert reverse("lab-file", args=[lab.pk, "exp-e1.cer"]) in page
    learner.uploads("exp-e1.cer")
    assert reverse("certificate-window", args=[lab.pk, "exp-e1.cer"]) in text(
        owner_client.get(address_of(lab, "start-here"))
    )
    learner.uploads("exp-e1.pem")
    page = text(owner_client.get(address_of(lab, "start-here")))
    for name in ("exp-e1-issuing-ca.pem", "exp-e1-root-ca.pem"):
        assert reverse("lab-file", args=[lab.pk, name]) in page
    assert reverse("trusted-ca", args=[exp_e.pk]) in page


def test_a_card_does_not_lead_to_the_page_it_stands_on(lab, owner_client):
    here = text(owner_client.get(address_of(lab, "server-certificate")))
    assert words.DOORS["server-certificate"].format(server="exp-e1") not in here
    assert words.DOORS["server-certificate"].format(server="exp-e1") in text(
        owner_client.get(address_of(lab, "trusted-ca"))
    )


@pytest.mark.parametrize("column", list(Lab.Explanations))
def test_it_works_however_much_our_column_tells(lab, exp_e, owner_client, column):
    set_explanations(lab.pk, column)
    address = reverse("server-certificate-upload", args=[exp_e.pk])
    file = SimpleUploadedFile("exp-e1.cer", content_of(lab, "exp-e1.cer"))
    body = owner_client.post(address, {"certificate": file}).content.decode()
    assert "2 of 4" in body
    assert "Open exp-e1.cer in the certificate window" in body


def test_the_card_costs_a_few_queries_however_much_happened(
    lab, learner, owner_client, django_assert_max_num_queries
):
    address = address_of(lab, "lab")
    learner.uploads("exp-e1.cer")
    with django_assert_max_num_queries(40) as few:
        owner_client.get(address)
    for _ in range(12):
        learner.uploads("exp-e1.cer")
    with django_assert_max_num_queries(len(few)):
        owner_client.get(address)
    with django_assert_max_num_queries(5):
        guide_of(Lab.objects.get(pk=lab.pk))


# The question


@pytest.fixture
def asked(learner):
    """Somebody whose certificate was just accepted."""
    return learner.appends("exp-e1-ca-bundle.pem").uploads("exp-e1.pem")


@pytest.mark.parametrize("answer", [OLD, NEW])
def test_both_answers_are_explained_and_lead_on(lab, asked, owner_client, answer):
    page = text(owner_client.get(address_of(lab, "server-certificate")))
    assert words.QUESTION in page
    for said in words.ANSWERS.values():
        assert said in page
    response = answer_with(owner_client, lab, answer=answer, back="server-certificate")
    assert response["Location"] == address_of(lab, "server-certificate")
    after = text(owner_client.get(response["Location"]))
    assert escape(words.TOLD[Happening(answer)][1]) in after
    assert escape(words.TOLD[Happening(answer)][2]) in after
    assert "Restart options on exp-e1" in after
    assert Event.objects.filter(lab=lab, code="start-here.answered").count() == 1


def test_no_answer_blocks_the_way(lab, asked):
    assert asked.restarts().needs() is Need.NOTHING


@pytest.mark.parametrize("answer", ["", "old", "answered-old ", "restarted", "<b>", "x" * 5000, "\x00"])
def test_what_is_no_answer_is_asked_again(lab, asked, owner_client, answer):
    response = answer_with(owner_client, lab, answer=answer)
    assert response.status_code == 422
    assert words.WRONG_ANSWER in text(response)
    assert asked.needs() is Need.ANSWER


def test_an_answer_that_nobody_asked_for_is_not_written_down(lab, learner, owner_client):
    assert answer_with(owner_client, lab, answer=OLD).status_code == 302
    assert not Event.objects.filter(lab=lab, code="start-here.answered").exists()


# Hidden and shown


def test_it_is_hidden_and_shown_again(lab, owner_client):
    response = owner_client.post(reverse("start-here-hide", args=[lab.pk]), {"back": "lab"}, follow=True)
    assert words.HIDDEN in text(response)
    for page in CARD_PAGES:
        assert "Your task" not in text(owner_client.get(address_of(lab, page)))
    overview = text(owner_client.get(address_of(lab, "lab")))
    assert reverse("start-here", args=[lab.pk]) in overview
    assert "Show it again" in text(owner_client.get(address_of(lab, "start-here")))
    owner_client.post(reverse("start-here-show", args=[lab.pk]))
    for page in CARD_PAGES:
        assert "Your task" in text(owner_client.get(address_of(lab, page)))


@pytest.mark.parametrize("back", ["", "elsewhere", "https://example.org/", "//example.org", "restart"])
def test_a_button_never_leads_out_of_the_lab(lab, owner_client, back):
    response = owner_client.post(reverse("start-here-hide", args=[lab.pk]), {"back": back})
    assert response["Location"] == address_of(lab, "start-here")


@pytest.mark.parametrize("name", ["start-here-answer", "start-here-hide", "start-here-show"])
def test_looking_at_a_button_changes_nothing(lab, owner_client, name):
    before = Event.objects.count()
    assert owner_client.get(reverse(name, args=[lab.pk])).status_code == 302
    assert Event.objects.count() == before


def test_a_stranger_has_no_part_in_it(lab, stranger_client):
    before = Event.objects.count()
    for name in ("start-here", "start-here-answer", "start-here-hide", "start-here-show"):
        assert stranger_client.get(reverse(name, args=[lab.pk])).status_code == 404
        assert stranger_client.post(reverse(name, args=[lab.pk]), {"answer": OLD}).status_code in (404, 405)
    assert Event.objects.count() == before


def test_every_need_state_answer_and_step_has_its_words():
    assert set(words.TASKS) == set(Need)
    assert set(words.STATES) == set(StepState)
    assert set(words.TOLD) == set(words.ANSWERS)
    for task in words.TASKS.values():
        assert set(task.doors) <= set(words.DOORS)


def test_a_lab_in_which_everything_works_has_no_first_task(owner, owner_client, working_lab):
    assert guide_of(working_lab) is None
    assert owner_client.get(address_of(working_lab, "start-here")).status_code == 404
    assert "Your task" not in text(owner_client.get(address_of(working_lab, "lab")))
    start = reverse("start-here", args=[working_lab.pk])
    for page in ("home", "help"):
        assert start not in text(owner_client.get(reverse(page)))


def test_the_first_screen_leads_to_the_lab_with_new_servers_though_another_was_changed_later(
    owner_client, lab, working_lab
):
    for page in ("home", "help"):
        assert reverse("start-here", args=[lab.pk]) in text(owner_client.get(reverse(page)))
