"""Try first, beside a real button: the same form, posted here, answers with what would change; nothing is changed."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from certstore.access import lab_for, node_for, signed_in
from certstore.actions.steps import StepKind
from certstore.actions.try_first import tried
from certstore.forms.try_first import Pressed, pressed_on_lab, pressed_on_server
from certstore.models import Lab, Node
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.views.trial_rows import rows_of
from certstore.wording import try_first as words

# Of each button: the name of the URL that does it, and that of the page it stands on.
ON_SERVER: dict[StepKind, tuple[str, str]] = {
    StepKind.APPEND: ("trusted-ca-append", "trusted-ca"),
    StepKind.DELETE: ("trusted-ca-delete", "trusted-ca"),
    StepKind.RESET_LIST: ("trusted-ca-reset", "trusted-ca"),
    StepKind.UPLOAD: ("server-certificate-upload", "server-certificate"),
    StepKind.RESET_CERTIFICATE: ("server-certificate-reset", "server-certificate"),
    StepKind.RESTART: ("restart", "restart"),
}
ON_LAB: dict[StepKind, tuple[str, str]] = {
    StepKind.TIME: ("lab-time", "lab-time"),
    StepKind.RELEASE: ("lab-settings-release", "lab-settings"),
    StepKind.JUDGING: ("lab-settings-judging", "lab-settings"),
    StepKind.SWITCHES: ("lab-settings-switches", "lab-settings"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def on_server(request: HttpRequest, node_id: UUID, kind: str) -> HttpResponse:
    """Try a button of a server's page."""
    node = node_for(request, node_id)
    does, page = _addresses(ON_SERVER, kind)
    if request.method != "POST":
        return redirect(page, node_id=node.pk)
    pressed = pressed_on_server(request, node, StepKind(kind))
    addresses = (reverse(does, args=[node.pk]), reverse(page, args=[node.pk]))
    return _page(request, node.lab, node, StepKind(kind), pressed, addresses)


@require_http_methods(["GET", "HEAD", "POST"])
def on_lab(request: HttpRequest, lab_id: UUID, kind: str) -> HttpResponse:
    """Try a button of one of the lab's own pages."""
    lab = lab_for(request, lab_id)
    does, page = _addresses(ON_LAB, kind)
    if request.method != "POST":
        return redirect(page, lab_id=lab.pk)
    pressed = pressed_on_lab(request, lab, StepKind(kind))
    addresses = (reverse(does, args=[lab.pk]), reverse(page, args=[lab.pk]))
    return _page(request, lab, None, StepKind(kind), pressed, addresses)


def _addresses(buttons: dict[StepKind, tuple[str, str]], kind: str) -> tuple[str, str]:
    """Where a button leads, and its page; 404 for one that is not there."""
    if kind not in set(StepKind) or StepKind(kind) not in buttons:
        raise Http404
    return buttons[StepKind(kind)]


def _page(
    request: HttpRequest,
    lab: Lab,
    node: Node | None,
    kind: StepKind,
    pressed: Pressed,
    addresses: tuple[str, str],
) -> HttpResponse:
    """What the button would do; 422 where what was typed does not make a step."""
    name = f"{node.host}: {words.STEPS[kind]}" if node else words.STEPS[kind]
    context: dict[str, Any] = {"lab": lab, "name": name, "pressed": pressed, "back": addresses[1]}
    if pressed.step is not None:
        trial = tried(lab.pk, [pressed.step], signed_in(request))
        step = trial.steps[0]
        row = next(rows_of(lab, trial, [(name, pressed.what)]))
        does = addresses[0] if step.accepted and not pressed.has_file else ""
        context |= {"row": row, "explanation": step.explanation, "does": does}
    here = str(node.pk) if node else "lab-try"
    room = room_context(request, lab=lab, now=lab.now(), here=here)
    return render_page(request, "tried", room | context, status=200 if pressed.step else 422)
