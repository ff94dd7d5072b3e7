"""Maintenance > Security > Server certificate."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from certstore.access import node_for, signed_in
from certstore.actions import acme
from certstore.actions import server_certificate as actions
from certstore.forms.uploads import MAX_SERVER_CERTIFICATE, key_file, tried_file
from certstore.models import Attempt, Event, Lab, Node, SlotName
from certstore.pki.decode import decoded_certificate, pem_text
from certstore.pki.facts import CertificateFacts
from certstore.pki.moments import page_date
from certstore.pki.releases import Switch, profile_for
from certstore.reading.attempts import explanation_of
from certstore.reading.commands import command_of
from certstore.reading.csr import pending_request
from certstore.reading.servers import SlotState, earliest_end_of, slot_state_of
from certstore.views import bars
from certstore.views.appliance import Bar
from certstore.views.appliance_page import appliance_page, changed_by, result_of, text_page
from certstore.views.certificate_pages import SERVER_PAGE
from certstore.views.start_here import task_context

PAGE = "server_certificate"
NAMES_SHOWN = 8
# What can be tried first: the id of its form, the kind of step, the short name of its button.
TRY_DISCARD = ("csr-form", "csr-discard", "discard CSR")
TRIES = (("upload", "upload", "upload"), ("reset-form", "reset-certificate", "reset"))


@require_safe
def server_certificate(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """The loaded certificate, and the upload below it."""
    node = node_for(request, node_id)
    return server_certificate_page(request, node, **result_of(request, node, "server-certificate"))


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Upload server certificate data."""
    node = node_for(request, node_id)
    if request.method != "POST":
        return redirect("server-certificate", node_id=node.pk)
    tried = tried_file(request, "certificate", MAX_SERVER_CERTIFICATE)
    reuses = "reuse" in request.POST  # "Re-use current private key": whatever file came along is not read
    key = key_file(request, "key") if node.lab.takes_private_keys and not reuses else None
    attempt = actions.upload(
        node, tried, key, signed_in(request), is_for_both="copy_as_client" in request.POST
    )
    if not attempt.stored:
        return server_certificate_page(request, node, attempt=attempt, status=422)
    return redirect(f"{reverse('server-certificate', args=[node.pk])}?attempt={attempt.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Reset to default server certificate: asks first."""
    node = node_for(request, node_id)
    if request.method != "POST":
        return redirect("server-certificate", node_id=node.pk)
    if "confirmed" not in request.POST:
        return server_certificate_page(request, node, asking="reset")
    event = actions.reset_to_default(node)
    return redirect(f"{reverse('server-certificate', args=[node.pk])}?event={event.seq}")


@require_safe
def show_decoded(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Show (decoded) of the loaded certificate."""
    node = node_for(request, node_id)
    text = decoded_certificate(slot_state_of(node).running.der)
    return text_page(request, node, "server_certificate.show-decoded", text)


@require_safe
def show_pem(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Show (PEM file) of the loaded certificate."""
    node = node_for(request, node_id)
    text = pem_text(slot_state_of(node).running.der)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def server_certificate_page(
    request: HttpRequest,
    node: Node,
    *,
    attempt: Attempt | None = None,
    event: Event | None = None,
    asking: str = "",
    told: Sequence[Bar] = (),
    import_refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page: the loaded certificate, the bars of what was just done or is asked, and our column about it.

    In: `told` further bars, `import_refusal` what is said beside the form that brings a real request in.
    """
    now = node.lab.now()
    slot = slot_state_of(node)
    explanation = explanation_of(attempt) if attempt else None
    pending = pending_request(node, SlotName.SERVER)
    context = {
        "slot": slot,
        "running_expires_on": page_date(slot.running.not_after),
        **about_certificate(node, slot, now),
        "takes_private_keys": node.lab.takes_private_keys,
        "pending": pending,
        "certificate_page": SERVER_PAGE,
        "import_refusal": import_refusal,
        "bars": [
            *told,
            *(bars.of_attempt(explanation) if explanation else ()),
            *(bars.of_event(event) if event else ()),
            *bars.of_restart(node, slot),
        ],
        "has_client_store": profile_for(node.lab.release).release.has_client_store,
        "command": command_of(node, node.lab, Switch.SERVER_EKU_UPLOAD),
        "can_renew_by_acme": acme.is_offered(node, node.lab),
        "asking": asking,
        "tries": (*TRIES, TRY_DISCARD) if pending else TRIES,
        "explanation": explanation,
        **changed_by(node, attempt, event),
        **task_context(node.lab, "server-certificate"),
    }
    return appliance_page(request, PAGE, node, now, context, status=status)


def about_certificate(node: Node, slot: SlotState, now: datetime) -> dict[str, Any]:
    """What our column says of the loaded certificate: nothing where it is off, nothing of its CAs with hints only."""
    if node.lab.column == Lab.Explanations.OFF:
        return {}
    about = {"names": _names(slot.installed), "expires_on": page_date(slot.installed.not_after)}
    if node.lab.column == Lab.Explanations.HINTS:
        return about
    earliest = earliest_end_of(node, node.lab, slot.installed, now)
    return about | {"earliest": earliest, "earliest_on": page_date(earliest.ends)}


def _names(certificate: CertificateFacts) -> str:
    """The names of a certificate, each once, the first few of many."""
    every = dict.fromkeys((*certificate.common_names, *certificate.san_dns))
    shown = ", ".join(list(every)[:NAMES_SHOWN])
    return f"{shown} and {len(every) - NAMES_SHOWN} more" if len(every) > NAMES_SHOWN else shown
