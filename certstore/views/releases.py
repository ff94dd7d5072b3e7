"""Releases: the profiles side by side, which one judges a release, and what would change for a certificate."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from certstore.access import lab_for, labs_for
from certstore.forms.certificates import GivenCertificate, given_certificate
from certstore.forms.labs import ReleaseForm
from certstore.models import Lab
from certstore.models.clock import real_now
from certstore.pki.moments import date_text
from certstore.pki.releases import RELEASES, profile_for
from certstore.reading.labs import name_in_lists, why_this_profile
from certstore.reading.releases import answers_for, answers_for_lab
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.wording.attempts import BASES
from certstore.wording.releases import ALL_ALIKE, PROFILE_OF, ROWS, named, spans_of


@require_http_methods(["GET", "HEAD", "POST"])
def releases(request: HttpRequest) -> HttpResponse:
    """The page; `?release=` asks about a release, `?lab=` about a lab of one's own, a POST about a certificate."""
    form = ReleaseForm(request.GET if "release" in request.GET else None)
    lab = _asked_lab(request)
    given = given_certificate(request) if request.method == "POST" else None
    context = {
        "releases": RELEASES,
        "rows": [_row(row) for row in ROWS],
        "all_alike": ALL_ALIKE,
        "profile_of": PROFILE_OF,
        "release_form": form,
        "why": why_this_profile(profile_for(form.cleaned_data["release"])) if form.is_valid() else "",
        "labs": [(str(one.pk), name_in_lists(one), one == lab) for one in labs_for(request)],
        "lab_name": name_in_lists(lab) if lab else "",
        "servers": answers_for_lab(lab, lab.now()) if lab else (),
        "nothing_given": request.method == "POST" and given is None,
        **_answers(given),
    }
    refused = form.errors or context["nothing_given"] or (given is not None and given.certificate is None)
    room = room_context(request, here="releases")
    return render_page(request, "releases", room | context, status=422 if refused else 200)


def _asked_lab(request: HttpRequest) -> Lab | None:
    """The lab that is asked about; 404 for one that is not the asker's, or no lab at all."""
    asked = request.GET.get("lab", "")
    if not asked:
        return None
    try:
        return lab_for(request, UUID(asked))
    except ValueError as error:
        raise Http404 from error


def _answers(given: GivenCertificate | None) -> dict[str, Any]:
    """What every release says to the certificate that came along."""
    if given is None or given.certificate is None:
        return {"given": given}
    answers = answers_for(given.certificate, real_now())
    return {"given": given, "ends": date_text(given.certificate.not_after), "answers": answers}


def _row(row: Any) -> dict[str, Any]:
    """A row of the table, each of its cells with its source."""
    spans = [
        {
            "releases": named(span.first, span.last),
            "count": span.count,
            "text": span.told.text,
            "basis": BASES[span.told.sure.basis],
            "source": span.told.sure.source,
        }
        for span in spans_of(row)
    ]
    return {"name": row.name, "spans": spans}
