"""Generate CSR below the pages Server certificate and Client certificate, and what becomes of the request."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from certstore.actions import csr as actions
from certstore.forms.csr import GivenRequest, given_back, given_request, typed_fields
from certstore.models import Event, Node
from certstore.pki import names
from certstore.pki.codes import Code
from certstore.pki.csr import Place, Typed, appearance
from certstore.pki.csr_rules import Problem, not_signed_by_public_cas, problems
from certstore.pki.decode import pem_text
from certstore.pki.decode_request import decoded_request
from certstore.reading.csr import lost_names, pending_row, place_of, typed_at_first
from certstore.reading.servers import slot_of
from certstore.views import bars
from certstore.views.appliance import Bar
from certstore.views.appliance_page import appliance_page, text_page
from certstore.views.certificate_pages import CertificatePage, node_with
from certstore.views.client_certificate import client_certificate_page
from certstore.views.csr_fields import fields_of
from certstore.views.server_certificate import server_certificate_page
from certstore.wording import explain, with_facts
from certstore.wording.client_certificate import about_client


@require_safe
def csr(request: HttpRequest, node_id: UUID, page: CertificatePage) -> HttpResponse:
    """The page, filled from the loaded certificate; one request at a time."""
    node = node_with(request, node_id, page)
    if pending_row(node, page.slot) is not None:
        return redirect(page.home, node_id=node.pk)
    place = place_of(node, node.lab)
    return _page(request, node, page, place, typed_at_first(place, slot_of(node, page.slot)))


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, node_id: UUID, page: CertificatePage) -> HttpResponse:
    """The same page with the names as they will appear: a button without a script, and while one types with one."""
    node = node_with(request, node_id, page)
    if request.method != "POST":
        return redirect(page.csr, node_id=node.pk)
    place = place_of(node, node.lab)
    return _page(request, node, page, place, typed_fields(request, place))


@require_http_methods(["GET", "HEAD", "POST"])
def generate(request: HttpRequest, node_id: UUID, page: CertificatePage) -> HttpResponse:
    """Generate CSR: the request, or the page again with what is wrong beside each field."""
    node = node_with(request, node_id, page)
    if request.method != "POST":
        return redirect(page.csr, node_id=node.pk)
    place = place_of(node, node.lab)
    typed = typed_fields(request, place)
    wrong = problems(typed, place)
    if wrong:
        return _page(request, node, page, place, typed, wrong, status=422)
    try:
        event = actions.generate(node, page.slot, typed)
    except actions.RequestInProgress:
        return _in_progress(request, node, page)
    return _done(node, page, event)


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, node_id: UUID, page: CertificatePage) -> HttpResponse:
    """Discard CSR: asks first, and tells the consequence."""
    node = node_with(request, node_id, page)
    if request.method != "POST":
        return redirect(page.home, node_id=node.pk)
    if "confirmed" not in request.POST and pending_row(node, page.slot) is not None:
        return _home(request, node, page, asking="discard")
    event = actions.discard(node, page.slot)
    if event is None:
        nothing = Bar("bad", "csr.nothing-pending")
        return _home(request, node, page, told=[nothing], status=422)
    return _done(node, page, event)


@require_http_methods(["GET", "HEAD", "POST"])
def import_request(request: HttpRequest, node_id: UUID, page: CertificatePage) -> HttpResponse:
    """Bring in the real server's request, in labs for real files only."""
    node = node_with(request, node_id, page)
    if request.method != "POST":
        return redirect(page.home, node_id=node.pk)
    if node.lab.takes_private_keys:
        raise Http404
    given = given_request(request)
    if given.request is None:
        return _home(request, node, page, import_refusal=_says(given, page), status=422)
    try:
        event = actions.import_request(node, page.slot, given.request)
    except actions.RequestInProgress:
        return _in_progress(request, node, page)
    return _done(node, page, event)


@require_safe
def show_decoded(request: HttpRequest, node_id: UUID, page: CertificatePage) -> HttpResponse:
    """Show (decoded) of the pending request."""
    node = node_with(request, node_id, page)
    row = pending_row(node, page.slot)
    if row is None:
        return redirect(page.home, node_id=node.pk)
    return text_page(request, node, f"{page.words}.csr-show-decoded", decoded_request(bytes(row.der)))


@require_safe
def show_pem(request: HttpRequest, node_id: UUID, page: CertificatePage) -> HttpResponse:
    """Show (PEM file) of the pending request."""
    return _pem(request, node_id, page)


@require_safe
def download(request: HttpRequest, node_id: UUID, page: CertificatePage) -> HttpResponse:
    """Download: the PEM file under the server's name."""
    response = _pem(request, node_id, page)
    if response.status_code == 200:
        host = node_with(request, node_id, page).host
        name = f"{host}-client" if page.is_client else host
        response["Content-Disposition"] = f'attachment; filename="{name}.csr"'
    return response


def _pem(request: HttpRequest, node_id: UUID, page: CertificatePage) -> HttpResponse:
    node = node_with(request, node_id, page)
    row = pending_row(node, page.slot)
    if row is None:
        return redirect(page.home, node_id=node.pk)
    text = pem_text(bytes(row.der), "CERTIFICATE REQUEST")
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _says(given: GivenRequest, page: CertificatePage) -> str:
    """Why there is no request in what was given."""
    refusal = given.refusal
    code, facts = (refusal.code, refusal.facts) if refusal else (Code.CSR_NO_REQUEST, {})
    told = about_client(explain(code)) if page.is_client else explain(code)
    told = with_facts(told, {"file": names.visible(given.file_name) or "The text", **facts})
    return " ".join((told.cause, *told.cure))


def _done(node: Node, page: CertificatePage, event: Event) -> HttpResponse:
    return redirect(f"{reverse(page.home, args=[node.pk])}?event={event.seq}")


def _home(request: HttpRequest, node: Node, page: CertificatePage, **told: Any) -> HttpResponse:
    """The page of the certificate that the request is for."""
    show = client_certificate_page if page.is_client else server_certificate_page
    return show(request, node, **told)


def _in_progress(request: HttpRequest, node: Node, page: CertificatePage) -> HttpResponse:
    """One request at a time: the page of the pending one says so."""
    told = [bars.of_code(Code.CSR_IN_PROGRESS)]
    return _home(request, node, page, told=told, status=422)


def _page(
    request: HttpRequest,
    node: Node,
    page: CertificatePage,
    place: Place,
    typed: Typed,
    wrong: Iterable[Problem] = (),
    *,
    status: int = 200,
) -> HttpResponse:
    """The page with what was typed, how it will appear, and what is wrong with it."""
    typed = given_back(typed)
    seen = appearance(typed, place)
    loaded = slot_of(node, page.slot).installed
    context: dict[str, Any] = {
        "fields": fields_of(typed, place, wrong),
        "common_name": names.visible(seen.common_name),
        "alternative": [names.visible(name.text) for name in seen.alternative],
        "not_public": [names.visible(name) for name in _not_public(typed, place)],
        "lost": lost_names(loaded),
        "certificate_page": page,
        "is_for_real_files": not node.lab.takes_private_keys,
        "bars": [Bar("bad", "csr.refused")] if wrong else [],
    }
    now = node.lab.now()
    return appliance_page(
        request, "csr", node, now, context, status=status, title="csr.title", below=page.home
    )


def _not_public(typed: Typed, place: Place) -> tuple[str, ...]:
    """Names of the request that no public CA will sign."""
    return not_signed_by_public_cas(name.value for name in appearance(typed, place).alternative)
