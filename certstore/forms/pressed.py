"""Buttons of the real pages, pressed to try: of a server's page, or of one of the lab's own."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from django.http import HttpRequest, QueryDict

from certstore.actions.steps import Step, StepKind
from certstore.forms.lab_dns import AnswerForm, QuestionForm
from certstore.forms.labs import node_forms, servers_are_valid
from certstore.forms.press import Press, Pressed, refused_by_form, sent
from certstore.forms.pressed_on_appliance import ON_APPLIANCE
from certstore.forms.pressed_on_services import ON_SERVICES
from certstore.forms.server_settings import OriginForm, SendsForm, origin_forms, sending_forms
from certstore.forms.steps import ASKS
from certstore.models import Lab, Node

PRESSES: Mapping[StepKind, Press] = {**ON_APPLIANCE, **ON_SERVICES}


def pressed_on_server(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    """A button of a server's page, its form as the real page has it."""
    return PRESSES[kind](request, node, kind)


def pressed_on_lab(request: HttpRequest, lab: Lab, kind: StepKind) -> Pressed:
    """A button of the lab's own pages."""
    press = _ON_LAB.get(kind, _as_asked)
    return press(request, lab, kind)


def _as_asked(request: HttpRequest, lab: Lab, kind: StepKind) -> Pressed:
    """A button whose form is that of its step."""
    asks = ASKS[kind]
    form = asks.form(lab, request.POST, None)
    if not form.is_valid():
        return refused_by_form(form)
    return Pressed(Step(kind, None, asks.values(form)), asks.what(form), fields=sent(request, *form.fields))


def _answer(request: HttpRequest, lab: Lab, kind: StepKind) -> Pressed:
    """Save record, and "No answer", which leaves the values out."""
    data: QueryDict = request.POST.copy()
    if "none" in data:
        data["values"] = ""
    form = AnswerForm(data)
    if not form.is_valid():
        return refused_by_form(form)
    fields = sent(request, *form.fields, "none")
    return Pressed(Step(kind, None, dict(form.cleaned_data)), ASKS[kind].what(form), fields=fields)


def _right(request: HttpRequest, lab: Lab, kind: StepKind) -> Pressed:
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return refused_by_form(form)
    fields = sent(request, *form.fields)
    return Pressed(Step(kind, None, dict(form.cleaned_data)), ASKS[kind].what(form), fields=fields)


def _point(request: HttpRequest, lab: Lab, kind: StepKind) -> Pressed:
    """Go back: the point stands in the address of the real page."""
    found = _as_asked(request, lab, kind)
    return replace(found, fields=(), args=(found.step.values["number"],)) if found.step else found


def _sends(request: HttpRequest, lab: Lab, kind: StepKind) -> Pressed:
    return _of_servers(request, kind, sending_forms(list(lab.expressways), request.POST), "sends")


def _origin(request: HttpRequest, lab: Lab, kind: StepKind) -> Pressed:
    return _of_servers(request, kind, origin_forms(list(lab.expressways), request.POST), "origin")


def _of_servers(
    request: HttpRequest, kind: StepKind, typed: list[SendsForm] | list[OriginForm], name: str
) -> Pressed:
    """The same set on each server."""
    wrong = next((form for form in typed if not form.is_valid()), None)
    if wrong is not None:
        return refused_by_form(wrong)
    servers = {form.node.pk: form.cleaned_data[name] for form in typed}
    fields = sent(request, *(form.add_prefix(name) for form in typed))
    return Pressed(Step(kind, None, {"servers": servers}), fields=fields)


def _names(request: HttpRequest, lab: Lab, kind: StepKind) -> Pressed:
    nodes = list(lab.expressways)
    typed = node_forms(nodes, request.POST)
    if not servers_are_valid(typed, lab.services):
        return refused_by_form(next(form for form in typed if form.errors))
    plans = {node.pk: form.plan() for node, form in zip(nodes, typed, strict=True)}
    fields = sent(request, *(form.add_prefix(name) for form in typed for name in form.fields))
    return Pressed(Step(kind, None, {"plans": plans}), fields=fields)


_ON_LAB: dict[StepKind, Callable[[HttpRequest, Lab, StepKind], Pressed]] = {
    StepKind.DNS: _answer,
    StepKind.DNS_RIGHT: _right,
    StepKind.POINT_RESTORE: _point,
    StepKind.SENDS: _sends,
    StepKind.ORIGIN: _origin,
    StepKind.NAMES: _names,
}
