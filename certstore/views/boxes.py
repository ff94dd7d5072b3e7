"""From real servers: what archives, files and pasted text hold of them; a lab of it; and the same after the change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from certstore.access import lab_for, signed_in
from certstore.actions import labs as lab_actions
from certstore.actions.boxes import LabOfServers, make_lab_of_servers
from certstore.forms.boxes import (
    LabOfServersForm,
    Notice,
    TextForm,
    given_boxes,
    known_forms,
    text_forms,
    together,
)
from certstore.forms.carried_boxes import Damaged, TooMuch, carried, read_carried
from certstore.models import Lab
from certstore.models.clock import real_now
from certstore.pki.boxes.box import box_of
from certstore.pki.boxes.comparing import compare
from certstore.pki.boxes.deployment import Deployment, deployment_of
from certstore.pki.boxes.parts import RawBox
from certstore.pki.moments import date_text, iso
from certstore.reading import boxes as reading
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.wording import boxes as words
from certstore.wording import labs as lab_words


@dataclass(frozen=True, slots=True)
class Result:
    """What is shown of recognised servers beside them."""

    notices: Sequence[Notice] = ()
    error: str = ""
    form: LabOfServersForm | None = None
    data: Mapping[str, Any] | None = None  # what was posted, so that corrections stay as they were typed
    status: int = 200


@require_http_methods(["GET", "HEAD", "POST"])
def from_servers(request: HttpRequest) -> HttpResponse:
    """The form; and for archives, files and text, what was recognised. 422 where nothing of it can be used."""
    texts = text_forms(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, texts)
    before = _carried(request)
    if before is None:
        return _page(request, text_forms(), error=words.CARRIED_DAMAGED, status=422)
    if not all(form.is_valid() for form in texts):
        return _page(request, texts, error=words.WRONG_FIELDS, status=422)
    try:
        found, notices = given_boxes(request, texts)
        everything = together([*before, *found])
    except TooMuch:
        return _page(request, texts, error=words.TOO_MUCH, status=422)
    if not everything:
        error = words.NOTHING_USABLE if notices else words.NOTHING_GIVEN
        return _page(request, texts, notices=notices, error=error, status=422)
    return _result(request, everything, Result(notices))


def _carried(request: HttpRequest) -> list[RawBox] | None:
    """The servers that were recognised before, with their corrections; none at first, None for what is damaged."""
    text = request.POST.get("carried", "")
    if not text:
        return []
    try:
        found = read_carried(text)
    except Damaged:
        return None
    boxes = [box_of(raw) for raw in found]
    forms = known_forms(boxes, request.POST)
    return [
        form.corrected(raw, box) if form.is_valid() else raw
        for form, raw, box in zip(forms, found, boxes, strict=True)
    ]


def _page(
    request: HttpRequest,
    texts: Sequence[TextForm],
    *,
    notices: Sequence[Notice] = (),
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page that asks for them."""
    context = {"texts": texts, "error": error, "notices": _told(notices)}
    room = room_context(request, here="from-servers")
    return render_page(request, "from_servers", room | context, status=status)


def _told(notices: Sequence[Notice]) -> list[tuple[str, str]]:
    """Notices in words."""
    return [
        (words.NOTICES[one.what][0], words.NOTICES[one.what][1].format(name=one.name, count=one.count))
        for one in notices
    ]


def _result(request: HttpRequest, raws: list[RawBox], result: Result) -> HttpResponse:
    """The page of recognised servers."""
    try:
        text = carried(raws)
    except TooMuch:
        return _page(request, text_forms(), notices=result.notices, error=words.TOO_MUCH, status=422)
    form = result.form or LabOfServersForm(request.POST if "release" in request.POST else None)
    deployment = _deployment(raws, form)
    boxes = deployment.boxes
    context = {
        "servers": list(
            zip(reading.servers_found(deployment, real_now()), known_forms(boxes, result.data), strict=True)
        ),
        "told": reading.told_of(deployment),
        "notices": _told(result.notices),
        "error": result.error,
        "carried": text,
        "can_be_made": deployment.can_be_made,
        "release": deployment.release,
        "form": form,
        "assumed": words.ASSUMED,
        "texts": text_forms(count=1),
    }
    room = room_context(request, here="from-servers")
    return render_page(request, "servers_found", room | context, status=result.status)


def _deployment(raws: Sequence[RawBox], form: LabOfServersForm) -> Deployment:
    """The servers together, under the release that was typed."""
    said = form.cleaned_data.get("release", "") if form.is_bound and form.is_valid() else ""
    return deployment_of([box_of(raw) for raw in raws], said)


@require_POST
def make_lab(request: HttpRequest) -> HttpResponse:
    """Make a lab of the recognised servers, and go there; 422 and the page again where that cannot be."""
    user, before, form = signed_in(request), _carried(request), LabOfServersForm(request.POST)
    if not before:
        return _page(request, text_forms(), error=words.CARRIED_DAMAGED, status=422)
    names_fit = all(one.is_valid() for one in known_forms([box_of(raw) for raw in before], request.POST))
    raws = together(before)
    if not names_fit or not form.is_valid():
        wrong = Result(error=words.WRONG_FIELDS, form=form, data=request.POST, status=422)
        return _result(request, raws, wrong)
    deployment = _deployment(raws, form)
    if not deployment.can_be_made:
        return _result(request, raws, Result(form=form, status=422))
    try:
        lab = make_lab_of_servers(user, _lab_of(deployment, form.cleaned_data["kind"]))
    except lab_actions.TooManyLabs:
        error = lab_words.TOO_MANY_LABS.format(most=lab_actions.MOST_LABS)
        return _result(request, raws, Result(error=error, form=form, status=422))
    messages.success(request, words.LAB_MADE.format(count=len(deployment.boxes)))
    return redirect("lab", lab_id=lab.pk)


def _lab_of(deployment: Deployment, kind: Lab.Kind) -> LabOfServers:
    """What the lab is made of."""
    day = date_text(iso(real_now()))
    name = words.LAB_NAME.format(day=day, name=deployment.boxes[0].fqdn)
    return LabOfServers(kind, name, deployment)


@require_http_methods(["GET", "HEAD", "POST"])
def check_after(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """The same input again after the change: what is still otherwise than in the lab. Nothing is stored."""
    lab = lab_for(request, lab_id)
    texts = text_forms(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"lab": lab, "texts": texts}
    status = 200
    if request.method == "POST":
        answer = _after(request, lab, texts)
        status = 200 if "servers" in answer else 422
        context |= answer
    room = room_context(request, lab=lab, now=lab.now(), here="lab")
    return render_page(request, "check_after", room | context, status=status)


def _after(request: HttpRequest, lab: Lab, texts: Sequence[TextForm]) -> dict[str, Any]:
    """What was compared, or why nothing could be."""
    if not all(form.is_valid() for form in texts):
        return {"error": words.WRONG_FIELDS}
    try:
        found, notices = given_boxes(request, texts)
    except TooMuch:
        return {"error": words.TOO_MUCH}
    told = {"notices": _told(notices)}
    if not found:
        return told | {"error": words.NOTHING_USABLE if notices else words.NOTHING_GIVEN}
    compared, strangers = compare(reading.expected_of(lab), [box_of(raw) for raw in found])
    return told | {
        "servers": reading.servers_compared(compared),
        "strangers": reading.strangers_among(strangers),
    }
