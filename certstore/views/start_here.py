"""Start here: the guided first task, as a page of its own and as a card on top of our column."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from certstore.access import lab_for
from certstore.actions import start_here as actions
from certstore.models import Lab
from certstore.pki.start_here import STEPS, Happening, Need, StepState
from certstore.reading.start_here import Guide, guide_of
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.wording import start_here as words

button = require_http_methods(["GET", "HEAD", "POST"])
_DOWNLOADS = {"download-der": "der", "download-issuing": "issuing", "download-root": "root"}


@dataclass(frozen=True, slots=True)
class Door:
    """Where a step is done: its words, its address, and whether a file comes from there."""

    text: str
    address: str
    is_download: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """The task as a card prints it. `back` is the name of the page it stands on."""

    lab: Lab
    back: str
    number: int
    most: int
    title: str
    text: str
    doors: tuple[Door, ...]
    answers: tuple[tuple[str, str], ...]  # to choose from, when the question is asked
    told: tuple[str, str, str] | None  # after it: the state's class, what is said first, and why
    sure: str
    passed: str  # the steps that somebody was too fast for, in words
    is_finished: bool


@require_safe
def start_here(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """All the steps, with the next one open."""
    lab = lab_for(request, lab_id)
    return _page(request, lab, _guide(lab))


@button
def answer(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """What do callers see now?"""
    lab = lab_for(request, lab_id)
    guide = _guide(lab)
    if request.method != "POST":
        return redirect("start-here", lab_id=lab.pk)
    chosen = request.POST.get("answer", "")
    if chosen not in set(words.ANSWERS):
        return _page(request, lab, guide, error=words.WRONG_ANSWER, status=422)
    actions.answer(lab.pk, Happening(chosen))
    return redirect(_back(request, lab, guide))


@button
def hide(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Take the card away."""
    lab = lab_for(request, lab_id)
    guide = _guide(lab)
    if request.method != "POST":
        return redirect("start-here", lab_id=lab.pk)
    actions.hide(lab.pk)
    messages.success(request, words.HIDDEN)
    return redirect(_back(request, lab, guide))


@button
def show(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Bring it back."""
    lab = lab_for(request, lab_id)
    _guide(lab)
    if request.method == "POST":
        actions.show(lab.pk)
    return redirect("start-here", lab_id=lab.pk)


def task_context(lab: Lab, back: str) -> dict[str, Any]:
    """What `start_here/_card.html` prints on a page of a lab.

    In: the lab that `access` handed out, and the name of the page: "lab", "server-certificate", "trusted-ca".
    Out: the card as `task`, None where the task is not offered or hidden; `has_task` whether it is offered.
    """
    guide = guide_of(lab)
    task = None if guide is None or guide.is_hidden else _card(lab, guide, back)
    return {"task": task, "has_task": guide is not None}


def _guide(lab: Lab) -> Guide:
    guide = guide_of(lab)
    if guide is None:
        raise Http404
    return guide


def _page(
    request: HttpRequest, lab: Lab, guide: Guide, *, error: str = "", status: int = 200
) -> HttpResponse:
    steps = [
        {
            "number": number,
            "title": title,
            "text": text,
            "state": words.STATES[state],
            "is_next": state is StepState.NEXT,
        }
        for number, ((title, text), state) in enumerate(
            zip(words.STEPS, guide.progress.steps, strict=True), start=1
        )
    ]
    context: dict[str, Any] = {
        "lab": lab,
        "node": guide.node,
        "steps": steps,
        "card": _card(lab, guide, "start-here"),
        "is_hidden": guide.is_hidden,
        "error": error,
    }
    room = room_context(request, lab=lab, now=lab.now(), here="lab")
    return render_page(request, "start_here", room | context, status=status)


def _card(lab: Lab, guide: Guide, back: str) -> Card:
    how_far = guide.progress
    task = words.TASKS[how_far.need]
    facts = {**guide.files, "server": guide.node.host, "missing": how_far.missing_cas}
    told = words.TOLD[how_far.answer] if how_far.answer and how_far.need is Need.RESTART else None
    return Card(
        lab=lab,
        back=back,
        number=how_far.number,
        most=STEPS,
        title=words.STEPS[how_far.number - 1][0],
        text=task.text.format(**facts),
        doors=tuple(_door(lab, guide, name, facts) for name in task.doors if name != back),
        answers=tuple(words.ANSWERS.items()) if how_far.need is Need.ANSWER else (),
        told=told,
        sure=words.SURE if told else "",
        passed=_passed(guide),
        is_finished=how_far.is_finished,
    )


def _passed(guide: Guide) -> str:
    """What somebody was too fast for."""
    numbers = [
        str(number) for number, state in enumerate(guide.progress.steps, start=1) if state is StepState.PASSED
    ]
    if guide.progress.is_finished and guide.progress.answer is None:
        return words.UNANSWERED
    return words.FASTER.format(steps=" and ".join(numbers)) if numbers else ""


def _door(lab: Lab, guide: Guide, name: str, facts: dict[str, Any]) -> Door:
    text = words.DOORS[name].format(**facts)
    if name in _DOWNLOADS:
        address = reverse("lab-file", args=[lab.pk, guide.files[_DOWNLOADS[name]]])
        return Door(text, address, is_download=True)
    if name == "window":
        return Door(text, reverse("certificate-window", args=[lab.pk, guide.files["der"]]))
    return Door(text, reverse(name, args=[guide.node.pk]))


def _back(request: HttpRequest, lab: Lab, guide: Guide) -> str:
    """The page that the button stood on."""
    back = request.POST.get("back", "")
    if back in ("server-certificate", "trusted-ca"):
        return reverse(back, args=[guide.node.pk])
    return reverse("lab" if back == "lab" else "start-here", args=[lab.pk])
