"""The page that explains one connection of a lab, and its text for a ticket."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from certstore.access import lab_for
from certstore.models import Lab
from certstore.pki.connections import Kind
from certstore.reading.connection import NO_SERVER, Explained, explained_connection, first_of
from certstore.reading.connection_ticket import connection_ticket_of
from certstore.views.cures import Cures
from certstore.views.lab_overview import connection_address
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.wording.connection_ticket import connection_ticket_text

# The word of the product's own page for a connection that works, to say what a real server says instead.
SAID_WHEN_IT_WORKS = {Kind.ZONE: "zones_status.active", Kind.TUNNELS: "tunnels_status.active"}
MOST_ALIKE = 36  # of connections with the same kind and ends


@require_safe
def connection(request: HttpRequest, lab_id: UUID, kind: str, source: UUID, target: UUID) -> HttpResponse:
    """One connection: how it is, why, what each side saw and logs, and where it is cured. `?n=2`: the second alike."""
    lab = lab_for(request, lab_id)
    now = lab.now()
    found = _found(request, lab, kind, source, target)
    cures = Cures(lab)
    first = first_of(found.reasons)
    context: dict[str, Any] = {
        "lab": lab,
        "explained": found,
        "first": cures.linked([first])[0] if first else None,
        "further": cures.linked(one for one in found.reasons if one is not first),
        "steps": [(step, cures.linked(step.reasons)) for step in found.steps],
        "said_when_it_works": SAID_WHEN_IT_WORKS.get(found.connection.kind, ""),
        "ticket": connection_ticket_text(connection_ticket_of(found)),
        "ticket_address": _ticket_address(lab, found),
        "back": connection_address(lab, found.connection),
    }
    return render_page(request, "connection", room_context(request, lab=lab, now=now, here="lab") | context)


@require_safe
def ticket(request: HttpRequest, lab_id: UUID, kind: str, source: UUID, target: UUID) -> HttpResponse:
    """Copy for the ticket, as plain text."""
    lab = lab_for(request, lab_id)
    found = _found(request, lab, kind, source, target)
    text = connection_ticket_text(connection_ticket_of(found))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _found(request: HttpRequest, lab: Lab, kind: str, source: UUID, target: UUID) -> Explained:
    """The connection that an address names; 404 for what the lab does not have."""
    typed = request.GET.get("n", "1")
    nth = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
    found = explained_connection(lab, lab.now(), kind, source, target, min(nth, MOST_ALIKE + 1))
    if found is None:
        raise Http404
    return found


def _ticket_address(lab: Lab, found: Explained) -> str:
    one = found.connection
    ends = [one.source, one.target or str(NO_SERVER)]
    address = reverse("connection-ticket", args=[lab.pk, one.kind, *ends])
    return f"{address}?n={one.nth}" if one.nth > 1 else address
