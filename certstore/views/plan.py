"""Plans: bring the new files, say whose they are, and get the steps as they were tried."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from certstore.access import lab_for, plan_for, signed_in
from certstore.actions import plan as actions
from certstore.forms.carried import Damaged, carried, read_carried
from certstore.forms.plan import MOST_LEAVES, ForForm, PlanForm
from certstore.models import Lab
from certstore.pki.material import MOST_THINGS, Given, sort_files
from certstore.pki.moments import date_text, iso, moment_text
from certstore.reading.plan_rows import page_of
from certstore.reading.plan_text import plan_text
from certstore.views.page import render_page
from certstore.views.plan_links import with_addresses
from certstore.views.room import room_context
from certstore.views.trial_rows import tells_why
from certstore.wording import plan as words


@require_http_methods(["GET", "HEAD", "POST"])
def plans(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """The lab's plans and the form for a new one; for files, what was recognised of them."""
    lab = lab_for(request, lab_id)
    if request.method != "POST":
        return _page(request, lab, PlanForm(lab))
    form = PlanForm(lab, request.POST)
    if not form.is_valid():
        return _page(request, lab, form, status=422)
    given = form.given(request)
    if not given:
        return _page(request, lab, form, error=words.NOTHING_GIVEN, status=422)
    return _recognised(request, lab, given)


def _page(
    request: HttpRequest, lab: Lab, form: PlanForm, *, error: str = "", status: int = 200
) -> HttpResponse:
    """The page that asks for files."""
    made = [
        {
            "number": plan.number,
            "made": moment_text(iso(plan.at_real)),
            "steps": len(plan.document["steps"]),
            "ticked": len(plan.ticks.all()),
        }
        for plan in lab.plans.prefetch_related("ticks")
    ]
    context = {"lab": lab, "form": form, "error": error, "made": made}
    room = room_context(request, lab=lab, now=lab.now(), here="lab-plan")
    return render_page(request, "plan", room | context, status=status)


def _recognised(
    request: HttpRequest, lab: Lab, given: list[Given], form: ForForm | None = None, *, error: str = ""
) -> HttpResponse:
    """The page that says what the files are, and asks whose."""
    material = sort_files(given)
    leaves = [leaf.certificate for leaf in material.leaves]
    if not leaves or len(leaves) > MOST_LEAVES:
        error = words.TOO_MUCH.format(limit=MOST_LEAVES) if leaves else words.NO_CERTIFICATE
        return _page(request, lab, PlanForm(lab), error=error, status=422)
    asked = form or ForForm(lab, leaves)
    context: dict[str, Any] = {
        "lab": lab,
        "form": asked,
        "rows": [(leaf, date_text(leaf.not_after), field) for leaf, field in asked.rows()],
        "material": material,
        "carried": carried(material.items),
        "error": error,
    }
    room = room_context(request, lab=lab, now=lab.now(), here="lab-plan")
    refused = bool(error or asked.errors)
    return render_page(request, "plan_for", room | context, status=422 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Make the plan, and go there; 422 and the page again where that cannot be."""
    lab = lab_for(request, lab_id)
    if request.method != "POST":
        return redirect("lab-plan", lab_id=lab_id)
    try:
        given = read_carried(request.POST.get("carried", ""))
    except Damaged:
        return _page(request, lab, PlanForm(lab), error=words.DAMAGED, status=422)
    material = sort_files(given)
    form = ForForm(lab, [leaf.certificate for leaf in material.leaves], request.POST)
    if not form.is_valid():
        return _recognised(request, lab, given, form)
    try:
        plan = actions.make(lab, form.draft(material), signed_in(request))
    except actions.TooManyPlans:
        error = words.TOO_MANY.format(most=actions.MOST_PLANS)
        return _recognised(request, lab, given, form, error=error)
    except actions.NothingToPlan:
        return _recognised(request, lab, given, form, error=words.NOBODYS)
    return redirect("lab-plan-made", lab_id=lab.pk, number=plan.number)


@require_safe
def made(request: HttpRequest, lab_id: UUID, number: int) -> HttpResponse:
    """One plan."""
    plan = plan_for(request, lab_id, number)
    page = with_addresses(plan.lab, page_of(plan, tells_why=tells_why(plan.lab)))
    context = {
        "lab": plan.lab,
        "plan": page,
        "no_return": words.POINT_OF_NO_RETURN,
        "unknown": words.NOT_KNOWN,
        "text": plan_text(plan.lab.name, page),
    }
    room = room_context(request, lab=plan.lab, now=plan.lab.now(), here="lab-plan")
    return render_page(request, "plan_made", room | context)


@require_http_methods(["GET", "HEAD", "POST"])
def tick(request: HttpRequest, lab_id: UUID, number: int, step: int) -> HttpResponse:
    """Tick a step, or take its tick back, and go on where one was."""
    plan = plan_for(request, lab_id, number)
    is_done = request.POST.get("done") == "yes"
    if request.method == "POST" and not actions.tick(plan, step, signed_in(request), is_done=is_done):
        raise Http404
    return redirect(f"{reverse('lab-plan-made', args=[lab_id, number])}#step-{step}")


@require_safe
def file(request: HttpRequest, lab_id: UUID, number: int, step: int) -> HttpResponse:
    """The file of a step."""
    plan = plan_for(request, lab_id, number)
    found = plan.files.filter(step=min(step, MOST_THINGS)).first()
    if found is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{found.name}"'}
    return HttpResponse(bytes(found.content), content_type="application/x-pem-file", headers=headers)


@require_safe
def text(request: HttpRequest, lab_id: UUID, number: int) -> HttpResponse:
    """The plan as plain text."""
    plan = plan_for(request, lab_id, number)
    told = plan_text(plan.lab.name, page_of(plan, tells_why=tells_why(plan.lab)))
    return HttpResponse(told, content_type="text/plain; charset=utf-8")


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, lab_id: UUID, number: int) -> HttpResponse:
    """Delete a plan."""
    plan = plan_for(request, lab_id, number)
    if request.method != "POST":
        return redirect("lab-plan-made", lab_id=lab_id, number=number)
    actions.delete(plan)
    messages.success(request, words.DELETED.format(number=number))
    return redirect("lab-plan", lab_id=lab_id)
