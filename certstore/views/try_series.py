"""Try first: a series of steps as a whole, and in another order. The series is carried in the page's own form."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from certstore.access import lab_for, signed_in
from certstore.actions.try_first import MOST_STEPS, Trial, tried
from certstore.forms.series import Checked, Item, checked, written
from certstore.forms.try_first import carried_series, changed_series, panels
from certstore.models import Lab
from certstore.pki.moments import iso, moment_text
from certstore.reading.trial import troubles
from certstore.reading.trial_text import trial_text
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.views.trial_rows import rows_of, tells_why
from certstore.wording import try_first as words


@require_http_methods(["GET", "HEAD", "POST"])
def lab_try(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """The list of steps, and what they would come to once "Try these steps" was pressed."""
    lab = lab_for(request, lab_id)
    if request.method != "POST":
        return _page(request, lab, [], {"panels": panels(lab, request)})
    items, damaged = carried_series(request)
    if damaged:
        return _page(request, lab, [], {"panels": panels(lab, request), "errors": [damaged]})
    items, kind, error = changed_series(request, lab, items)
    series = [checked(lab, item) for item in items]
    fits = [one for one in series if one.step]
    errors = [
        words.STEP_GONE.format(number=number, why=one.why)
        for number, one in enumerate(series, start=1)
        if not one.step
    ]
    context: dict[str, Any] = {"panels": panels(lab, request, kind, error)}
    if request.POST.get("do", "run") == "run" and not errors:
        errors += [] if fits else [words.NO_STEPS]
        context |= _result(request, lab, fits) if fits else {}
    if error and kind is None:
        errors.append(error)
    return _page(request, lab, fits, context | {"errors": errors, "is_refused": bool(error)})


def _result(request: HttpRequest, lab: Lab, series: list[Checked]) -> dict[str, Any]:
    """What the series came to."""
    steps = [one.step for one in series if one.step]
    trial: Trial = tried(lab.pk, steps, signed_in(request))
    rows = list(rows_of(lab, trial, [(one.name, one.what) for one in series]))
    at = moment_text(iso(trial.at))
    start = troubles(trial.start, tells_why=tells_why(lab))
    return {"rows": rows, "start": start, "started": at, "text": trial_text(lab.name, at, start, rows)}


def _page(request: HttpRequest, lab: Lab, series: list[Checked], context: dict[str, Any]) -> HttpResponse:
    """The page; 422 where something was wrong with what came."""
    items: list[Item] = [one.item for one in series]
    refused = bool(context.get("errors") or context.get("is_refused"))
    whole = {"lab": lab, "series": series, "written": written(items), "most": MOST_STEPS, **context}
    room = room_context(request, lab=lab, now=lab.now(), here="lab-try")
    return render_page(request, "lab_try", room | whole, status=422 if refused else 200)
