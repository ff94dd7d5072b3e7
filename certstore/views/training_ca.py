"""The training CA of a lab: what it signs, the practice files, and what was issued."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from certstore.access import issued_for, lab_for, node_for
from certstore.actions import training_ca as actions
from certstore.forms.training_ca import HeldKeyForm, PracticeForm, RequestForm, TermsForm, ca_choices
from certstore.models import Lab, Node
from certstore.pki.faults import CATALOGUE, Fault
from certstore.pki.releases import Role
from certstore.pki.request_rules import Wanted
from certstore.reading.rows import public_half_of
from certstore.reading.servers import slot_state_of
from certstore.reading.training_ca import (
    ca_rows,
    issued_rows,
    names_held,
    pending_requests,
    tells_faults,
    title_of,
)
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.wording import faults as fault_words
from certstore.wording import training_ca as words

change = require_http_methods(["GET", "HEAD", "POST"])
ROLES = {Role.EXPRESSWAY_C: "Expressway-C", Role.EXPRESSWAY_E: "Expressway-E"}


@require_safe
def training_ca(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """The page; `?server=` fills in the names of that server's certificate, `?request=` picks a pending request."""
    return _page(request, lab_for(request, lab_id))


@change
def make(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Make the CAs that are not there."""
    lab = lab_for(request, lab_id)
    if request.method == "POST":
        actions.make(lab)
        messages.success(request, words.MADE)
    return redirect("training-ca", lab_id=lab.pk)


@change
def sign(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Sign a request."""
    lab = lab_for(request, lab_id)
    if request.method != "POST":
        return redirect("training-ca", lab_id=lab.pk)
    form = RequestForm(pending_requests(lab), _cas(lab), request)
    if form.is_valid() and form.wanted is not None and _issued(request, lab, form.wanted, form):
        return redirect("training-ca", lab_id=lab.pk)
    return _page(request, lab, status=422, request_form=form)


@change
def issue(request: HttpRequest, lab_id: UUID, node_id: UUID) -> HttpResponse:
    """Issue a certificate for the key that a server has loaded."""
    lab, node = lab_for(request, lab_id), _node(request, lab_id, node_id)
    if request.method != "POST":
        return redirect("training-ca", lab_id=lab.pk)
    form = HeldKeyForm(_cas(lab), request.POST)
    if form.is_valid():
        key = public_half_of(slot_state_of(node).installation.key)
        if _issued(request, lab, form.wanted(key), form):
            return redirect("training-ca", lab_id=lab.pk)
    return _page(request, lab, status=422, held_form=form, server=node)


def _issued(request: HttpRequest, lab: Lab, wanted: Wanted, form: TermsForm) -> bool:
    """Issue it and say so; a refusal goes into the form."""
    try:
        issued = actions.issue(lab, wanted, form.terms)
    except actions.NotIssued as refused:
        form.add_error(None, words.refusal(refused.refused))
        return False
    messages.success(request, words.ISSUED.format(name=title_of(issued)))
    return True


@change
def practise(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Make a practice file. One with a private key is not kept: the answer leads to it."""
    lab = lab_for(request, lab_id)
    if request.method != "POST":
        return redirect("training-ca", lab_id=lab.pk)
    form = PracticeForm(lab, lab.expressways, request.POST)
    if form.is_valid():
        node, fault = form.node, form.chosen_fault
        try:
            return _practice(request, lab, node, fault)
        except actions.NotIssued as refused:
            form.add_error(None, words.refusal(refused.refused))
    return _page(request, lab, status=422, practice_form=form)


def _practice(request: HttpRequest, lab: Lab, node: Node, fault: Fault) -> HttpResponse:
    if fault.has_private_key:
        actions.ca_for(lab, actions.PUBLIC_ISSUING)
        return redirect("training-ca-practice-file", lab_id=lab.pk, node_id=node.pk, fault=fault.name)
    actions.practise(node, fault)
    messages.success(request, words.PRACTICE_MADE.format(server=node))
    return redirect("training-ca", lab_id=lab.pk)


@change
def revoke(request: HttpRequest, lab_id: UUID, issued_id: int) -> HttpResponse:
    """Revoke a certificate."""
    issued = issued_for(request, lab_id, issued_id)
    if request.method == "POST":
        name = title_of(issued)
        if actions.revoke(issued.lab_id, issued.pk):
            messages.success(request, words.REVOKED.format(name=name))
        else:
            messages.info(request, words.REVOKED_ALREADY)
    return redirect("training-ca", lab_id=issued.lab_id)


def _node(request: HttpRequest, lab_id: UUID, node_id: UUID) -> Node:
    """An Expressway of that lab; 404 for one of another."""
    node = node_for(request, node_id)
    if node.lab_id != lab_id:
        raise Http404
    return node


def _cas(lab: Lab) -> list[tuple[str, str]]:
    return ca_choices({row.name: row.called for row in ca_rows(lab)})


def _page(
    request: HttpRequest, lab: Lab, *, status: int = 200, server: Node | None = None, **refused: Any
) -> HttpResponse:
    """The page, with the form that was refused in the place of a fresh one."""
    nodes = list(lab.expressways)
    server = server or _asked(request, nodes)
    rows, pending = ca_rows(lab), pending_requests(lab)
    choices = ca_choices({row.name: row.called for row in rows})
    context: dict[str, Any] = {
        "lab": lab,
        "cas": [(row, words.CAS.get(row.name, "")) for row in rows],
        "issued": [_row(row) for row in issued_rows(lab)],
        "forms": words.FORMS.items(),
        "nodes": nodes,
        "server": server,
        "tells": tells_faults(lab),
        "catalogue": _catalogue() if tells_faults(lab) else (),
        "request_form": refused.get("request_form")
        or RequestForm(pending, choices, asked=request.GET.get("request", "")),
        "held_form": refused.get("held_form") or _held_form(choices, server),
        "practice_form": refused.get("practice_form") or PracticeForm(lab, nodes),
    }
    room = room_context(request, lab=lab, now=lab.now(), here="lab-files")
    return render_page(request, "training_ca", room | context, status=status)


def _asked(request: HttpRequest, nodes: list[Node]) -> Node | None:
    """The server whose names are filled in: the one that was asked for, else the first."""
    asked = request.GET.get("server", "")
    return next((node for node in nodes if str(node.pk) == asked), nodes[0] if nodes else None)


def _held_form(choices: list[tuple[str, str]], server: Node | None) -> HeldKeyForm:
    if server is None:
        return HeldKeyForm(choices)
    held = names_held(server)
    initial = {"common_name": held.common_name, "alternative_names": "\n".join(held.alternative_names)}
    return HeldKeyForm(choices, initial=initial)


def _row(row: Any) -> dict[str, Any]:
    """A row of what was issued, with the sentence of its fault where the lab tells."""
    return {"row": row, "fault": fault_words.FAULTS.get(row.fault)}


def _catalogue() -> list[dict[str, Any]]:
    """Every fault with its sentence and the answer of the server."""
    return [
        {
            "text": fault_words.FAULTS[fault.name],
            "answer": fault.code.value if fault.code else "",
            "place": fault_words.PLACES[fault.place],
            "roles": ", ".join(ROLES[role] for role in Role if role in fault.roles),
        }
        for fault in CATALOGUE
    ]
