"""History: everything that was tried in a lab, a page for each, and what can be taken along."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from certstore.access import attempt_for, lab_for
from certstore.pki.decode import pem_text
from certstore.reading.attempts import explanation_of, file_parts_of, history_of
from certstore.reading.labs import newest_events
from certstore.reading.ticket import ticket_of
from certstore.views.lab_overview import history_lines
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.wording.ticket import ticket_text

EVENTS_SHOWN = 50


@require_safe
def history(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Every attempt and every change of a lab, newest first, a hundred a page."""
    lab = lab_for(request, lab_id)
    attempts, rows = history_of(lab, request.GET.get("page", ""))
    context = {
        "attempts": attempts,
        "rows": rows,
        "events": history_lines(lab, newest_events(lab, EVENTS_SHOWN)),
    }
    return render_page(request, "history", {**room_context(request, lab=lab, here="history"), **context})


@require_safe
def attempt(request: HttpRequest, lab_id: UUID, attempt_id: UUID) -> HttpResponse:
    """One attempt: what was tried, the result, why, and what to do."""
    found = attempt_for(request, lab_id, attempt_id)
    context = room_context(request, lab=found.lab, here="history")
    explanation = explanation_of(found)
    text = ticket_text(ticket_of(found, explanation))
    parts = file_parts_of(found)
    context |= {"explanation": explanation, "ticket": text, "parts": parts}
    return render_page(request, "attempt", context)


@require_safe
def ticket(request: HttpRequest, lab_id: UUID, attempt_id: UUID) -> HttpResponse:
    """Copy for the ticket, as plain text."""
    found = attempt_for(request, lab_id, attempt_id)
    text = ticket_text(ticket_of(found, explanation_of(found)))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
def certificates(request: HttpRequest, lab_id: UUID, attempt_id: UUID) -> HttpResponse:
    """Download as Base-64: every certificate that could be read in the file."""
    found = attempt_for(request, lab_id, attempt_id)
    parts = file_parts_of(found)
    if not parts:
        raise Http404
    return _pem_file("".join(pem_text(part.der) for part in parts), "certificates.pem")


@require_safe
def certificate(request: HttpRequest, lab_id: UUID, attempt_id: UUID, number: int) -> HttpResponse:
    """Download as Base-64: one of the certificates that could be read in the file, counted from 1."""
    found = attempt_for(request, lab_id, attempt_id)
    parts = file_parts_of(found)
    if not 1 <= number <= len(parts):
        raise Http404
    return _pem_file(pem_text(parts[number - 1].der), f"certificate-{number}.pem")


def _pem_file(text: str, name: str) -> HttpResponse:
    """A download of PEM text."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/x-pem-file", headers=headers)
