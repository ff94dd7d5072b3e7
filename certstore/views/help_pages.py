"""Help, the picture of one minute, and the glossary: open to everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from certstore.access import labs_for, signed_in
from certstore.actions.people import note_picture_seen
from certstore.reading.first_screen import first_task_lab, glances_at
from certstore.views.page import render_page
from certstore.views.picture_svg import drawn
from certstore.views.room import room_context
from certstore.wording import glossary as words


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Everything that helps, on one page. Whoever is signed in finds the way to the first task as well."""
    first_task = first_task_lab(glances_at(labs_for(request))) if request.user.is_authenticated else None
    return render_page(request, "help", room_context(request, here="help") | {"first_task": first_task})


@login_not_required
@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    """The picture of one minute, with the source of each of its facts."""
    return render_page(request, "picture", room_context(request, here="picture") | {"picture": drawn()})


@require_POST
def picture_seen(request: HttpRequest) -> HttpResponse:
    """The button "Got it": from now on the first screen leaves the picture out."""
    note_picture_seen(signed_in(request))
    return redirect("home")


@login_not_required
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The technical words, those of the source document first."""
    context = {
        "groups": [
            (group, [(entry, words.see_also(entry)) for entry in group.terms]) for group in words.GROUPS
        ],
        "by_name": sorted(words.TERMS.values(), key=lambda entry: entry.term.casefold()),
    }
    return render_page(request, "glossary", room_context(request, here="glossary") | context)
