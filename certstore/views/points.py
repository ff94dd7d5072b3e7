"""Restore points of a lab: the list, what differs, and the way back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from certstore.access import lab_for, point_for
from certstore.actions import points as actions
from certstore.actions.writing import POINTS_KEPT
from certstore.forms.points import CompareForm, PointNameForm
from certstore.models import Lab, RestorePoint
from certstore.reading.points import changed_since, compared, points_of, row_of
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.wording import points as words

change = require_http_methods(["GET", "HEAD", "POST"])
HERE = "history"


@require_safe
def points(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Every point of the lab."""
    return _page(request, lab_for(request, lab_id))


@require_safe
def compare(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """What changed from one point to another, or to now."""
    lab = lab_for(request, lab_id)
    form = CompareForm(points_of(lab), request.GET)
    if not form.is_valid():
        return _page(request, lab, status=422, compare_form=form)
    chosen = form.cleaned_data
    sections = compared(lab, chosen["before"], chosen["after"])
    context = room_context(request, lab=lab, now=lab.now(), here=HERE)
    names = dict(form.fields["before"].choices)  # type: ignore[attr-defined]  # a ChoiceField
    context |= {"lab": lab, "form": form, "sections": sections or ()}
    context |= {"before": names[form["before"].value()], "after": names[form["after"].value()]}
    return render_page(request, "lab_points_compare", context)


@change
def keep(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Keep the lab as it is, under a name."""
    lab = lab_for(request, lab_id)
    if request.method != "POST":
        return redirect("lab-points", lab_id=lab.pk)
    form = PointNameForm(request.POST)
    if form.is_valid():
        try:
            actions.keep(lab.pk, form.cleaned_data["name"])
            messages.success(request, words.KEPT)
            return redirect("lab-points", lab_id=lab.pk)
        except actions.TooManyPoints:
            form.add_error(None, words.TOO_MANY.format(most=actions.MOST_NAMED))
    return _page(request, lab, status=422, keep_form=form)


@change
def name(request: HttpRequest, lab_id: UUID, number: int) -> HttpResponse:
    """Give a point a name, with which it stays."""
    point = point_for(request, lab_id, number)
    if request.method != "POST":
        return _point_page(request, point, PointNameForm(initial={"name": point.name}))
    form = PointNameForm(request.POST)
    if form.is_valid():
        try:
            actions.rename(point.lab_id, point.number, form.cleaned_data["name"])
            messages.success(request, words.NAMED)
            return redirect("lab-points", lab_id=point.lab_id)
        except actions.TooManyPoints:
            form.add_error(None, words.TOO_MANY.format(most=actions.MOST_NAMED))
    return _point_page(request, point, form, status=422)


@change
def restore(request: HttpRequest, lab_id: UUID, number: int) -> HttpResponse:
    """Ask, with what would change; then go back to the point."""
    point = point_for(request, lab_id, number)
    if request.method == "POST":
        actions.restore(point.lab_id, point.number)
        messages.success(request, words.RESTORED)
        return redirect("lab", lab_id=point.lab_id)
    context = room_context(request, lab=point.lab, now=point.lab.now(), here=HERE)
    context |= {"lab": point.lab, "point": row_of(point), "sections": changed_since(point)}
    return render_page(request, "lab_point_restore", context)


@change
def delete(request: HttpRequest, lab_id: UUID, number: int) -> HttpResponse:
    """Ask, then delete the point."""
    point = point_for(request, lab_id, number)
    if request.method == "POST":
        actions.delete(point.lab_id, point.number)
        messages.success(request, words.DELETED)
        return redirect("lab-points", lab_id=point.lab_id)
    context = room_context(request, lab=point.lab, now=point.lab.now(), here=HERE)
    return render_page(request, "lab_point_delete", context | {"lab": point.lab, "point": row_of(point)})


def _point_page(
    request: HttpRequest, point: RestorePoint, form: PointNameForm, *, status: int = 200
) -> HttpResponse:
    context = room_context(request, lab=point.lab, now=point.lab.now(), here=HERE)
    context |= {"lab": point.lab, "point": row_of(point), "form": form}
    return render_page(request, "lab_point_name", context, status=status)


def _page(request: HttpRequest, lab: Lab, *, status: int = 200, **refused: Any) -> HttpResponse:
    """The page, with the form that was refused in the place of a fresh one."""
    rows = points_of(lab)
    context: dict[str, Any] = {
        "lab": lab,
        "rows": rows,
        "most": POINTS_KEPT,
        "most_named": actions.MOST_NAMED,
        "keep_form": PointNameForm(),
        "compare_form": CompareForm(rows),
    }
    room = room_context(request, lab=lab, now=lab.now(), here=HERE)
    return render_page(request, "lab_points", room | context | refused, status=status)
