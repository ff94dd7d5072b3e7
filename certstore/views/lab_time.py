"""The clock of a lab: set to any moment, moved on with a button, back to now."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from certstore.access import lab_for
from certstore.actions import labs as actions
from certstore.forms.labs import TimeForm
from certstore.models.clock import shifted
from certstore.pki.moments import from_iso, iso, moment_text
from certstore.reading.labs import next_ends
from certstore.reading.timeline import timeline
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.views.timeline_svg import drawn
from certstore.views.trial_rows import tells_why
from certstore.wording import labs as words

DAY = 86400


@require_http_methods(["GET", "HEAD", "POST"])
def lab_time(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """The lab's time, and the ways to move it."""
    lab = lab_for(request, lab_id)
    now = lab.now()
    form = TimeForm(now, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            moment = actions.set_lab_time(lab.pk, form.cleaned_data["moment"])
            messages.success(request, words.TIME_SET.format(to=moment_text(iso(moment))))
            return redirect("lab-time", lab_id=lab.pk)
        status = 422
    context: dict[str, Any] = {
        "lab": lab,
        "form": form,
        "now_text": moment_text(iso(now)),
        "is_moved": lab.clock_offset_s != 0,
        "line": drawn(timeline(lab, now, tells_why=tells_why(lab)), now),
        "ends": [_end(end.subject, end.not_after) for end in next_ends(lab, now)],
    }
    room = room_context(request, lab=lab, now=now, here="lab-time")
    return render_page(request, "lab_time", room | context, status=status)


def _end(subject: str, not_after: str) -> dict[str, str]:
    """A certificate's end with the moments that its two buttons jump to."""
    moment = from_iso(not_after)
    return {
        "subject": subject,
        "text": moment_text(not_after),
        "before": iso(shifted(moment, -DAY)),
        "after": iso(shifted(moment, 1)),
    }
