"""A real server says something else: the form for everybody, the list for the operator."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certstore.access import box_report_for, box_reports_for, signed_in
from certstore.actions import reports as actions
from certstore.forms.reports import BoxReportForm
from certstore.reading.reports import reports_page
from certstore.views.addresses import own_path
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.wording import reports as words
from certstore.wording.how_sure import said_about


@require_http_methods(["GET", "HEAD", "POST"])
def box_report(request: HttpRequest) -> HttpResponse:
    """Ask for the words of a real server where `?about=` (a code, a key) says something else; 404 for no such."""
    user = signed_in(request)
    about = request.GET.get("about", "")
    said = said_about(about)
    if said is None:
        raise Http404
    back = own_path(request.GET.get("next", "")) or f"{reverse('evidence')}?{urlencode({'q': about})}"
    form = BoxReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.send_report(user, about, said, typed["words"], typed["release"], typed["role"])
        except actions.TooManyReports:
            form.add_error(None, words.TOO_MANY.format(most=actions.MOST_A_DAY))
        else:
            messages.success(request, words.THANKS)
            return redirect(back)
    context = room_context(request, here="box-report") | {
        "form": form,
        "about": about,
        "said": said,
        "back": back,
        "is_question": about.startswith("question."),
    }
    return render_page(request, "box_report", context, status=422 if request.method == "POST" else 200)


@require_safe
def box_reports(request: HttpRequest) -> HttpResponse:
    """What people reported, fifty a page, the open ones first; an operator's, and 404 for everybody else."""
    page, rows = reports_page(box_reports_for(request), request.GET.get("page", ""))
    context = room_context(request, here="box-reports") | {"page": page, "rows": rows}
    return render_page(request, "box_reports", context)


@require_POST
def box_report_done(request: HttpRequest, report_id: int) -> HttpResponse:
    """Put a report away (`done=1`), or take it out again; 404 for everybody but an operator."""
    report = box_report_for(request, report_id)
    done = request.POST.get("done") == "1"
    actions.set_done(report, done=done)
    messages.success(request, words.DONE if done else words.NOT_DONE)
    return redirect(own_path(request.POST.get("next", "")) or "box-reports")
