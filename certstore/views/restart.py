"""Maintenance > Restart options, and the page that follows."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from certstore.access import newest_event, node_for
from certstore.actions import restart as actions
from certstore.pki.moments import page_date
from certstore.reading.servers import slot_state_of
from certstore.views.appliance_page import appliance_page, changed_by


@require_http_methods(["GET", "HEAD", "POST"])
def restart(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """The Restart button, which asks first; then the server restarts."""
    node = node_for(request, node_id)
    if request.method == "POST" and "confirmed" in request.POST:
        actions.restart(node)
        return redirect("restarting", node_id=node.pk)
    asking = "restart" if request.method == "POST" else ""
    context = {
        "slot": slot_state_of(node),
        "asking": asking,
        "tries": [("restart-form", "restart", "restart")],
    }
    return appliance_page(request, "restart", node, node.lab.now(), context)


@require_safe
def restarting(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """The orange bar. The restart itself is done; the bar takes seconds and can be skipped."""
    node = node_for(request, node_id)
    slot = slot_state_of(node)
    event = newest_event(node, "restart.done")
    next_address = reverse("server-certificate", args=[node.pk]) + (f"?event={event.seq}" if event else "")
    return appliance_page(
        request,
        "restarting",
        node,
        node.lab.now(),
        {
            "slot": slot,
            "expires_on": page_date(slot.running.not_after),
            "next_address": next_address,
            **changed_by(node, event=event),
        },
    )
