"""A lab twice, a lab as a file, and a lab out of a file."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from certstore.access import lab_for, signed_in
from certstore.actions import lab_copies as actions
from certstore.actions.labs import MOST_LABS, TooManyLabs
from certstore.forms.lab_import import LARGEST_FILE, MIB, imported_lab
from certstore.forms.lab_shapes import Defect
from certstore.models import Lab
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.wording import points as words
from certstore.wording.labs import TOO_MANY_LABS

LONGEST_FILE_NAME = 60


@require_http_methods(["GET", "HEAD", "POST"])
def duplicate(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Ask, then make a second lab that is what the first one is."""
    lab = lab_for(request, lab_id)
    problem = ""
    if request.method == "POST":
        try:
            copy = actions.duplicate(lab.pk, signed_in(request))
            messages.success(request, words.COPIED)
            return redirect("lab", lab_id=copy.pk)
        except TooManyLabs:
            problem = TOO_MANY_LABS.format(most=MOST_LABS)
    context = room_context(request, lab=lab, now=lab.now(), here="lab-settings")
    context |= {"lab": lab, "problem": problem}
    return render_page(request, "lab_duplicate", context, status=422 if problem else 200)


@require_safe
def export(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """The lab as one file."""
    lab = lab_for(request, lab_id)
    headers = {
        "Content-Disposition": f'attachment; filename="{_file_name(lab)}"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(actions.export(lab.pk), content_type="application/json", headers=headers)


def _file_name(lab: Lab) -> str:
    """A name of ASCII letters, digits and hyphens; that of a case tells nothing."""
    stem = "" if lab.kind == Lab.Kind.REPRODUCE else slugify(lab.name)[:LONGEST_FILE_NAME]
    return f"{stem.strip('-_') or 'lab'}.json"


@require_http_methods(["GET", "HEAD", "POST"])
def lab_import(request: HttpRequest) -> HttpResponse:
    """A lab out of a file that was exported."""
    problem = ""
    if request.method == "POST":
        try:
            imported = imported_lab(request, "file")
            lab = actions.make_from(signed_in(request), imported.document, imported.carried, "lab.imported")
            messages.success(request, words.IMPORTED)
            return redirect("lab", lab_id=lab.pk)
        except Defect as defect:
            problem = str(defect)
        except TooManyLabs:
            problem = TOO_MANY_LABS.format(most=MOST_LABS)
    context = room_context(request, here="labs") | {"problem": problem, "limit": LARGEST_FILE // MIB}
    return render_page(request, "lab_import", context, status=422 if problem else 200)
