"""Maintenance > Security > Client certificate, in releases that have one (X15.5)."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from certstore.access import signed_in
from certstore.actions import client_certificate as actions
from certstore.forms.uploads import MAX_SERVER_CERTIFICATE, key_file, tried_file
from certstore.models import Node, SlotName
from certstore.pki.decode import decoded_certificate, pem_text
from certstore.pki.moments import page_date
from certstore.pki.releases import Switch
from certstore.reading.attempts import explanation_of
from certstore.reading.commands import command_of
from certstore.reading.csr import pending_request
from certstore.reading.servers import client_slot_of
from certstore.views import bars
from certstore.views.appliance_page import appliance_page, result_of, text_page
from certstore.views.certificate_pages import CLIENT_PAGE, node_with
from certstore.views.server_certificate import about_certificate

PAGE = "client_certificate"
# What can be tried first: the id of its form, the kind of step, the short name of its button.
TRY_DISCARD = ("csr-form", "client-csr-discard", "discard CSR")
TRIES = (("upload", "client-upload", "upload"), ("reset-form", "client-reset", "reset"))
change = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def client_certificate(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """The loaded certificate, and the upload below it."""
    node = node_with(request, node_id, CLIENT_PAGE)
    return client_certificate_page(request, node, **result_of(request, node, "client-certificate"))


@change
def upload(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Upload client certificate data."""
    node = node_with(request, node_id, CLIENT_PAGE)
    if request.method != "POST":
        return redirect("client-certificate", node_id=node.pk)
    tried = tried_file(request, "certificate", MAX_SERVER_CERTIFICATE)
    key = key_file(request, "key") if node.lab.takes_private_keys else None
    attempt = actions.upload(node, tried, key, signed_in(request))
    if not attempt.stored:
        return client_certificate_page(request, node, attempt=attempt, status=422)
    return redirect(f"{reverse('client-certificate', args=[node.pk])}?attempt={attempt.pk}")


@change
def reset(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Reset to default: asks first."""
    node = node_with(request, node_id, CLIENT_PAGE)
    if request.method != "POST":
        return redirect("client-certificate", node_id=node.pk)
    if "confirmed" not in request.POST:
        return client_certificate_page(request, node, asking="reset")
    event = actions.reset_to_default(node)
    return redirect(f"{reverse('client-certificate', args=[node.pk])}?event={event.seq}")


@require_safe
def show_decoded(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Show (decoded) of the loaded certificate."""
    node = node_with(request, node_id, CLIENT_PAGE)
    text = decoded_certificate(client_slot_of(node).running.der)
    return text_page(request, node, "client_certificate.show-decoded", text)


@require_safe
def show_pem(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Show (PEM file) of the loaded certificate."""
    node = node_with(request, node_id, CLIENT_PAGE)
    text = pem_text(client_slot_of(node).running.der)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def client_certificate_page(
    request: HttpRequest, node: Node, *, asking: str = "", status: int = 200, **result: Any
) -> HttpResponse:
    """The page.

    In: what is asked, the status, of what was just done its `attempt`, `event` or bars (`told`), and what is said
    beside the form that brings a real request in (`import_refusal`).
    """
    now = node.lab.now()
    slot, pending = client_slot_of(node), pending_request(node, SlotName.CLIENT)
    attempt, event = result.get("attempt"), result.get("event")
    explanation = explanation_of(attempt) if attempt else None
    context = {
        "slot": slot,
        "running_expires_on": page_date(slot.running.not_after),
        **about_certificate(node, slot, now),
        "takes_private_keys": node.lab.takes_private_keys,
        "pending": pending,
        "certificate_page": CLIENT_PAGE,
        "import_refusal": result.get("import_refusal", ""),
        "bars": [
            *result.get("told", ()),
            *(bars.of_attempt(explanation) if explanation else ()),
            *(bars.of_event(event) if event else ()),
            *bars.of_restart(node, slot),
        ],
        "asking": asking,
        "tries": (*TRIES, TRY_DISCARD) if pending else TRIES,
        "explanation": explanation,
        "command": command_of(node, node.lab, Switch.EKU_CHECKING),
    }
    return appliance_page(request, PAGE, node, now, context, status=status)
