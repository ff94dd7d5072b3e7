"""The lab's own DNS: a table of ours, right until somebody changes it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from certstore.access import lab_for
from certstore.actions import dns as actions
from certstore.forms.lab_dns import AnswerForm, QuestionForm, question_in
from certstore.models import Lab
from certstore.pki.dns import RecordType
from certstore.reading.dns import Row, row_of, rows_of
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.wording import lab_dns as words

change = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def lab_dns(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """The table; with a question in its address the form that changes the answer."""
    lab = lab_for(request, lab_id)
    question = question_in(request.GET)
    row = row_of(lab, question) if question else None
    return _page(request, lab, _form_of(row) if row else _empty_form(), row)


@change
def answer(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Save the values of a record that is there, or of a new one; "No answer" leaves them out."""
    lab = lab_for(request, lab_id)
    if request.method != "POST":
        return redirect("lab-dns", lab_id=lab.pk)
    data = request.POST.copy()
    if "none" in data:
        data["values"] = ""
    form = AnswerForm(data)
    if not form.is_valid():
        return _refused(request, lab, form)
    try:
        event = actions.answer(lab.pk, form.cleaned_data["question"], form.cleaned_data["values"])
    except actions.TooManyRecords:
        form.add_error(None, words.TOO_MANY_RECORDS.format(limit=actions.MOST_RECORDS))
        return _refused(request, lab, form)
    messages.success(request, words.SAVED if event else words.UNCHANGED)
    return redirect("lab-dns", lab_id=lab.pk)


@change
def right(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Right again: the answer follows from the lab's servers, and an added record goes."""
    lab = lab_for(request, lab_id)
    if request.method != "POST":
        return redirect("lab-dns", lab_id=lab.pk)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _page(request, lab, _empty_form(), None, status=422, refused=form)
    event = actions.set_right(lab.pk, form.cleaned_data["question"])
    messages.success(request, words.RIGHT_AGAIN if event else words.UNCHANGED)
    return redirect("lab-dns", lab_id=lab.pk)


def _refused(request: HttpRequest, lab: Lab, form: AnswerForm) -> HttpResponse:
    """The page again, with the form for the record that it was about."""
    question = form.cleaned_data.get("question")
    return _page(request, lab, form, row_of(lab, question) if question else None, status=422)


def _form_of(row: Row) -> AnswerForm:
    return AnswerForm(
        initial={
            "type": row.question.type.value,
            "name": row.question.name,
            "values": "\n".join(row.values),
        }
    )


def _empty_form() -> AnswerForm:
    return AnswerForm(initial={"type": RecordType.A.value})


def _page(
    request: HttpRequest,
    lab: Lab,
    form: AnswerForm,
    row: Row | None,
    *,
    status: int = 200,
    refused: QuestionForm | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "lab": lab,
        "rows": [(one, *words.STATES[one.state]) for one in rows_of(lab)],
        "form": form,
        "row": row,
        "refused": refused,
    }
    room = room_context(request, lab=lab, now=lab.now(), here="lab-settings")
    return render_page(request, "lab_dns", room | context, status=status)
