"""Maintenance > Security > Server certificate > Generate CSR, and what becomes of the request."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from certstore.access import node_for
from certstore.actions import csr as actions
from certstore.forms.csr import given_back, given_request, typed_fields
from certstore.models import Event, Node
from certstore.pki import names
from certstore.pki.codes import Code
from certstore.pki.csr import Place, Typed, appearance
from certstore.pki.csr_rules import Problem, not_signed_by_public_cas, problems
from certstore.pki.decode import pem_text
from certstore.pki.decode_request import decoded_request
from certstore.reading.csr import lost_names, pending_row, place_of, typed_at_first
from certstore.reading.servers import slot_state_of
from certstore.views import bars
from certstore.views.appliance import Bar
from certstore.views.appliance_page import appliance_page, text_page
from certstore.views.csr_fields import fields_of
from certstore.views.server_certificate import server_certificate_page
from certstore.wording import explained


@require_safe
def csr(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """The page, filled from the loaded certificate; one request at a time."""
    node = node_for(request, node_id)
    if pending_row(node) is not None:
        return redirect("server-certificate", node_id=node.pk)
    place = place_of(node, node.lab)
    return _page(request, node, place, typed_at_first(place, slot_state_of(node)))


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """The same page with the names as they will appear: a button without a script, and while one types with one."""
    node = node_for(request, node_id)
    if request.method != "POST":
        return redirect("csr", node_id=node.pk)
    place = place_of(node, node.lab)
    return _page(request, node, place, typed_fields(request, place))


@require_http_methods(["GET", "HEAD", "POST"])
def generate(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Generate CSR: the request, or the page again with what is wrong beside each field."""
    node = node_for(request, node_id)
    if request.method != "POST":
        return redirect("csr", node_id=node.pk)
    place = place_of(node, node.lab)
    typed = typed_fields(request, place)
    wrong = problems(typed, place)
    if wrong:
        return _page(request, node, place, typed, wrong, status=422)
    try:
        event = actions.generate(node, typed)
    except actions.RequestInProgress:
        return _in_progress(request, node)
    return _done(node, event)


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Discard CSR: asks first, and tells the consequence."""
    node = node_for(request, node_id)
    if request.method != "POST":
        return redirect("server-certificate", node_id=node.pk)
    if "confirmed" not in request.POST and pending_row(node) is not None:
        return server_certificate_page(request, node, asking="discard")
    event = actions.discard(node)
    if event is None:
        nothing = Bar("bad", "csr.nothing-pending")
        return server_certificate_page(request, node, told=[nothing], status=422)
    return _done(node, event)


@require_http_methods(["GET", "HEAD", "POST"])
def import_request(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Bring in the real server's request, in labs for real files only."""
    node = node_for(request, node_id)
    if request.method != "POST":
        return redirect("server-certificate", node_id=node.pk)
    if node.lab.takes_private_keys:
        raise Http404
    given = given_request(request)
    if given.request is None:
        refusal = given.refusal
        code, facts = (refusal.code, refusal.facts) if refusal else (Code.CSR_NO_REQUEST, {})
        told = explained(code, {"file": names.visible(given.file_name) or "The text", **facts})
        says = " ".join((told.cause, *told.cure))
        return server_certificate_page(request, node, import_refusal=says, status=422)
    try:
        event = actions.import_request(node, given.request)
    except actions.RequestInProgress:
        return _in_progress(request, node)
    return _done(node, event)


@require_safe
def show_decoded(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Show (decoded) of the pending request."""
    node = node_for(request, node_id)
    row = pending_row(node)
    if row is None:
        return redirect("server-certificate", node_id=node.pk)
    return text_page(request, node, "server_certificate.csr-show-decoded", decoded_request(bytes(row.der)))


@require_safe
def show_pem(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Show (PEM file) of the pending request."""
    return _pem(request, node_id)


@require_safe
def download(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Download: the PEM file under the server's name."""
    response = _pem(request, node_id)
    if response.status_code == 200:
        host = node_for(request, node_id).host
        response["Content-Disposition"] = f'attachment; filename="{host}.csr"'
    return response


def _pem(request: HttpRequest, node_id: UUID) -> HttpResponse:
    node = node_for(request, node_id)
    row = pending_row(node)
    if row is None:
        return redirect("server-certificate", node_id=node.pk)
    text = pem_text(bytes(row.der), "CERTIFICATE REQUEST")
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _done(node: Node, event: Event) -> HttpResponse:
    return redirect(f"{reverse('server-certificate', args=[node.pk])}?event={event.seq}")


def _in_progress(request: HttpRequest, node: Node) -> HttpResponse:
    """One request at a time: the page of the pending one says so."""
    told = [bars.of_code(Code.CSR_IN_PROGRESS)]
    return server_certificate_page(request, node, told=told, status=422)


def _page(
    request: HttpRequest,
    node: Node,
    place: Place,
    typed: Typed,
    wrong: Iterable[Problem] = (),
    *,
    status: int = 200,
) -> HttpResponse:
    """The page with what was typed, how it will appear, and what is wrong with it."""
    typed = given_back(typed)
    seen = appearance(typed, place)
    loaded = slot_state_of(node).installed
    context: dict[str, Any] = {
        "fields": fields_of(typed, place, wrong),
        "common_name": names.visible(seen.common_name),
        "alternative": [names.visible(name.text) for name in seen.alternative],
        "not_public": [names.visible(name) for name in _not_public(typed, place)],
        "lost": lost_names(loaded),
        "is_for_real_files": not node.lab.takes_private_keys,
        "bars": [Bar("bad", "csr.refused")] if wrong else [],
    }
    return appliance_page(request, "csr", node, node.lab.now(), context, status=status)


def _not_public(typed: Typed, place: Place) -> tuple[str, ...]:
    """Names of the request that no public CA will sign."""
    return not_signed_by_public_cas(name.value for name in appearance(typed, place).alternative)
