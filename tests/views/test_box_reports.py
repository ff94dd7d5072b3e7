"""A real server says something else: who may say so, how it is kept, and who reads it."""

import html
import re
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from certstore.actions.people import set_staff
from certstore.actions.reports import MOST_A_DAY, send_report
from certstore.models import BoxReport
from certstore.pki.codes import Code
from certstore.wording import explain, sentence
from tests.labs import fill_lab

pytestmark = pytest.mark.django_db

MARK_UP = '<img src=x onerror=alert(1)>{{ 7|add:7 }}<div hx-get="/x">'
TYPED = {"words": "Upload failed: wrong file", "release": "X14.3.4", "role": "expressway-e"}


def form(about: str, **more: str) -> str:
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in {"about": about, **more}.items())
    return f"{reverse('box-report')}?{query}"


@pytest.fixture
def operator_client(owner_client, owner) -> Client:
    set_staff(owner, is_staff=True)
    return owner_client


# --- The form ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("server-certificate.wildcard", explain(Code.WILDCARD).on_screen.text),
        ("trusted_ca.accepted", sentence("trusted_ca.accepted").text),
        ("rule.trusted_ca.is_new", "Nothing in the file was in the list before."),
        ("question.weak", "Which keys and which digests are too weak"),
    ],
)
def test_it_shows_what_is_said_here_and_what_is_not_sent_along(owner_client, about, said):
    page = html.unescape(owner_client.get(form(about)).content.decode())
    assert said in page
    assert "No names of customers, no certificates, no keys." in page
    assert "Nothing of a lab is sent along" in page


def test_the_words_release_and_role_are_kept_with_what_was_said_and_by_whom(owner_client, owner):
    answer = owner_client.post(form("server-certificate.wildcard"), TYPED, follow=True)
    assert "Thank you." in answer.content.decode()
    report = BoxReport.objects.get()
    assert (report.words, report.release, report.role) == tuple(TYPED.values())
    assert (report.code, report.user, report.closed_at) == ("server-certificate.wildcard", owner, None)
    assert report.said == explain(Code.WILDCARD).on_screen.text


def test_afterwards_one_is_where_one_came_from(owner_client):
    back = "/labs/?page=2"
    assert owner_client.post(form("file.zip", next=back), TYPED)["Location"] == back
    listed = f"{reverse('evidence')}?q=file.zip"
    assert owner_client.post(form("file.zip"), TYPED)["Location"] == listed


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil"]
)
def test_nobody_is_sent_to_another_server(owner_client, elsewhere):
    answer = owner_client.post(form("file.zip", next=elsewhere), TYPED)
    assert answer["Location"] == f"{reverse('evidence')}?q=file.zip"


@pytest.mark.parametrize(
    "about", ["", "file.nonsense", "trusted_ca", "rule.trusted_ca.judge_append", "\x00", "<b>"]
)
def test_what_is_not_said_here_is_not_found(owner_client, about):
    assert owner_client.get(form(about)).status_code == 404
    assert owner_client.post(form(about), TYPED).status_code == 404
    assert not BoxReport.objects.exists()


def test_who_is_not_signed_in_is_asked_to_and_comes_back_to_the_form():
    answer = Client().get(form("file.zip"))
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('sign-in')}?next={quote(form('file.zip'), safe='/')}"
    assert Client().post(form("file.zip"), TYPED).status_code == 302
    assert not BoxReport.objects.exists()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"words": ""}, "This field is required."),
        ({"words": " \n\t "}, "This field is required."),
        ({"words": "x" * 2001}, "at most 2000 characters"),
        ({"words": "a\x00b"}, "Null characters are not allowed."),
        ({"words": "see\n-----BEGIN CERTIFICATE-----\nMIIB"}, "leave the file out"),
        ({"release": ""}, "This field is required."),
        ({"release": "Jabber"}, "This is no Expressway release."),
        ({"release": "X14." + "3" * 40}, "at most 40 characters"),
        ({"role": "cucm"}, "Select a valid choice."),
    ],
    ids=[
        "none",
        "blank",
        "long",
        "nul",
        "certificate",
        "no-release",
        "not-a-release",
        "long-release",
        "other-role",
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence_and_kept_in_the_form(owner_client, changed, says):
    answer = owner_client.post(form("file.zip"), TYPED | changed)
    assert answer.status_code == 422
    assert says in html.unescape(answer.content.decode())
    assert not BoxReport.objects.exists()


def test_what_cannot_be_seen_is_written_as_its_number_and_lines_stay_lines(owner_client):
    owner_client.post(form("file.zip"), TYPED | {"words": "a\x1b[31m\r\n\tb\u202ec\rd"})
    assert BoxReport.objects.get().words == "a\\u001B[31m\n    b\\u202Ec\nd"


def test_a_release_is_kept_on_one_line(owner_client):
    owner_client.post(form("file.zip"), TYPED | {"release": " x\v 15.2 "})
    assert BoxReport.objects.get().release == "x 15.2"


def test_a_role_nobody_knows_is_fine(owner_client):
    owner_client.post(form("file.zip"), TYPED | {"role": ""})
    assert BoxReport.objects.get().role == ""


def test_more_than_twenty_a_day_are_too_many_and_the_text_is_not_lost(owner_client, owner):
    for _ in range(MOST_A_DAY):
        send_report(owner, "file.zip", "ours", "theirs", "X15.0", "")
    answer = owner_client.post(form("file.zip"), TYPED)
    assert answer.status_code == 422
    assert "20 reports within a day" in answer.content.decode()
    assert TYPED["words"] in answer.content.decode()
    assert BoxReport.objects.count() == MOST_A_DAY


# --- The way there -------------------------------------------------------------------------------------------


def test_every_result_leads_to_the_form_refused_or_accepted(db):
    filled = fill_lab("ann")
    client = Client()
    client.force_login(filled.owner)
    for attempt in filled.lab.attempts.all():
        address = reverse("attempt", args=[filled.lab.pk, attempt.pk])
        about = attempt.code if attempt.outcome == "refused" else "trusted_ca.accepted"
        link = html.escape(form(about, next=address))
        text = client.get(address).content.decode()
        assert link in text
        assert client.get(html.unescape(link)).status_code == 200
    assert {attempt.outcome for attempt in filled.lab.attempts.all()} >= {"refused"}


def test_an_upload_leads_to_the_form_and_from_there_to_its_attempt(owner_client, exp_e):
    zipped = SimpleUploadedFile("a.zip", b"PK\x03\x04" + b"0" * 99)
    answer = owner_client.post(reverse("trusted-ca-append", args=[exp_e.pk]), {"file": zipped})
    attempt = exp_e.attempts.get()
    link = form("file.zip", next=reverse("attempt", args=[exp_e.lab_id, attempt.pk]))
    assert html.escape(link) in answer.content.decode()
    assert "Thank you." in owner_client.post(link, TYPED, follow=True).content.decode()


def test_a_report_keeps_nothing_of_the_lab_that_it_came_from(owner_client, exp_e):
    owner_client.post(form("file.zip", next=reverse("lab", args=[exp_e.lab_id])), TYPED)
    kept = str(BoxReport.objects.values().get())
    assert not [
        name for name in (str(exp_e.lab_id), str(exp_e.pk), exp_e.host, exp_e.lab.name) if name in kept
    ]


# --- The operator's list ---------------------------------------------------------------------------------------


def test_only_an_operator_reads_or_closes_reports(owner_client, stranger_client, owner):
    report = send_report(owner, "file.zip", "ours", "theirs", "X15.0", "")
    done = reverse("box-report-done", args=[report.pk])
    for client in (owner_client, stranger_client):
        assert client.get(reverse("box-reports")).status_code == 404
        assert client.post(done, {"done": "1"}).status_code == 404
        assert b"theirs" not in client.get(reverse("evidence")).content
    assert Client().get(reverse("box-reports")).status_code == 302
    assert BoxReport.objects.get().closed_at is None


def test_an_operator_reads_what_both_say_of_which_server_from_whom(operator_client, stranger):
    send_report(stranger, "file.zip", "A zip was sent.", "File\nbroken", "X14.3.4", "expressway-c")
    text = operator_client.get(reverse("box-reports")).content.decode()
    for shown in ("file.zip", "A zip was sent.", "File\nbroken", "X14.3.4", "Expressway-C", "stranger"):
        assert shown in text


def test_what_is_done_goes_below_what_waits_and_can_be_taken_out_again(operator_client, owner):
    old, new = (
        send_report(owner, "file.zip", "ours", words, "X15.0", "") for words in ("the old", "the new")
    )

    def order() -> list[str]:
        return re.findall(r"the (?:old|new)", operator_client.get(reverse("box-reports")).content.decode())

    assert order() == ["the new", "the old"]
    address = reverse("box-report-done", args=[new.pk])
    answer = operator_client.post(address, {"done": "1", "next": reverse("box-reports") + "?page=1"})
    assert answer["Location"] == reverse("box-reports") + "?page=1"
    assert order() == ["the old", "the new"]
    closed_at = BoxReport.objects.get(pk=new.pk).closed_at
    operator_client.post(address, {"done": "1"})
    assert BoxReport.objects.get(pk=new.pk).closed_at == closed_at
    operator_client.post(address, {"done": "0"})
    assert order() == ["the new", "the old"]
    assert BoxReport.objects.filter(pk=old.pk, closed_at=None).exists()


def test_a_report_that_is_not_there_is_not_found_and_looking_changes_nothing(operator_client, owner):
    report = send_report(owner, "file.zip", "ours", "theirs", "X15.0", "")
    assert operator_client.post(reverse("box-report-done", args=[10**18]), {"done": "1"}).status_code == 404
    assert operator_client.get(reverse("box-report-done", args=[report.pk])).status_code == 405


def test_mark_up_is_shown_as_text(operator_client, owner):
    send_report(owner, MARK_UP[:60], MARK_UP, MARK_UP, MARK_UP[:40], "")
    text = operator_client.get(reverse("box-reports")).content.decode()
    assert "<img" not in text
    assert "<div hx-get" not in text
    assert html.escape(MARK_UP) in text
    assert re.search(r'<section class="card" hx-disable>\s*<h1>Reports', text)


def test_the_report_of_somebody_who_left_stays(operator_client, stranger):
    send_report(stranger, "file.zip", "ours", "theirs", "X15.0", "")
    stranger.delete()
    assert "an account that is gone" in operator_client.get(reverse("box-reports")).content.decode()


def test_fifty_a_page_with_as_many_queries_as_for_one(operator_client, owner, django_assert_num_queries):
    address = reverse("box-reports")
    send_report(owner, "file.zip", "ours", "theirs", "X15.0", "")
    with django_assert_num_queries(4):  # session, person, how many, the rows
        operator_client.get(address)
    BoxReport.objects.bulk_create(
        BoxReport(user=owner, code="file.zip", said="ours", words=f"theirs {n}", release="X15")
        for n in range(120)
    )
    with django_assert_num_queries(4):
        first = operator_client.get(address).content.decode()
    assert first.count("<tr>") == 51
    assert "Page 1 of 3" in first
    assert "Page 3 of 3" in operator_client.get(address + "?page=99").content.decode()


def test_without_reports_the_page_says_so(operator_client):
    assert "Nobody has reported anything yet." in operator_client.get(reverse("box-reports")).content.decode()
