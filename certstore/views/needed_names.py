"""Which names each server's certificate needs, and why: a page of ours in the room of a lab."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from certstore.access import lab_for
from certstore.forms.needed_names import AnswersForm
from certstore.reading.needed_names import calculated
from certstore.reading.told_reasons import told_reasons
from certstore.views.cures import Cures
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.wording import needed_names as words


@require_safe
def names(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """The page. What a person answers stands in the address; an answer that is no name is refused beside its field."""
    lab = lab_for(request, lab_id)
    now = lab.now()
    form = AnswersForm(request.GET or None)
    found = calculated(lab, now, form.answers())
    context: dict[str, Any] = {
        "lab": lab,
        "form": form,
        "found": found,
        "elsewhere": Cures(lab).linked(told_reasons(lab, found.elsewhere)),
        "no_client": "" if found.has_client else words.NO_CLIENT,
    }
    room = room_context(request, lab=lab, now=now, here="lab")
    return render_page(request, "needed_names", room | context, status=422 if form.errors else 200)
