"""Check files: what would an Expressway say to these? Nothing is kept until somebody makes a lab of it.

The result carries the public material in a form of its own. Whatever comes back from there is decoded, sorted
and judged anew.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from certstore.access import signed_in
from certstore.actions import labs as lab_actions
from certstore.actions.check_files import LabOfFiles, file_name, make_lab_of_files, pem_of
from certstore.forms.carried import Damaged, carried, read_carried
from certstore.forms.check_files import AskedForm, CheckForm, KindForm, given_files
from certstore.models import Lab
from certstore.models.clock import real_now
from certstore.pki.check_files import Checked, check
from certstore.pki.material import Given, sort_files
from certstore.pki.moments import date_text, iso
from certstore.pki.releases import DEFAULT_RELEASE
from certstore.reading.check_files import report_of
from certstore.reading.ticket_of_check import ticket_of_check
from certstore.scenarios.servers_of_files import servers_of
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.wording import check_files as words
from certstore.wording import labs as lab_words
from certstore.wording.check_ticket import check_ticket_text

View = Callable[[HttpRequest], HttpResponse]


def needs_no_account_where_set(view: View) -> View:
    """Mark a view that CHECK_FILES_WITHOUT_ACCOUNT opens to everybody."""
    view.needs_no_account_where_set = True  # type: ignore[attr-defined]  # read by SignInRequiredMiddleware
    return view


@dataclass(frozen=True, slots=True)
class Carried:
    """What came back from a result, judged anew, and the form that says for what."""

    form: AskedForm
    checked: Checked


@needs_no_account_where_set
@require_http_methods(["GET", "HEAD", "POST"])
def check_files(request: HttpRequest) -> HttpResponse:
    """The form; and for files, the answers. 422 where nothing of it can be used."""
    if request.method != "POST":
        return _page(request, CheckForm())
    form = CheckForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    given = given_files(request, form)
    if not given:
        return _page(request, form, error=words.NOTHING_GIVEN, status=422)
    return _result(request, _checked(form, given), form)


def _checked(form: AskedForm, given: list[Given]) -> Checked:
    """The answers to what was given."""
    asked = form.asked()
    return check(sort_files(given), asked.release, asked.role, asked.at or real_now())


def _page(request: HttpRequest, form: CheckForm, *, error: str = "", status: int = 200) -> HttpResponse:
    """The page that asks for files."""
    context = {"form": form, "error": error}
    return render_page(
        request, "check_files", room_context(request, here="check-files") | context, status=status
    )


def _result(
    request: HttpRequest, checked: Checked, form: AskedForm, *, error: str = "", status: int = 0
) -> HttpResponse:
    """The page with the answers."""
    is_empty = checked.material.is_empty
    report = report_of(checked)
    context = {
        "report": report,
        "checked": checked,
        "error": error or (words.NOTHING_USABLE if is_empty else ""),
        "carried": "" if is_empty else carried(checked.material.items),
        "asked": {name: form.data.get(name, "") for name in ("role", "release", "at")},
        "ticket": check_ticket_text(ticket_of_check(checked, report)),
    }
    room = room_context(request, here="check-files")
    return render_page(request, "checked", room | context, status=status or (422 if is_empty else 200))


def _carried(request: HttpRequest) -> Carried | None:
    """What a result carried along; None where it is not that any more."""
    form = AskedForm(request.POST)
    try:
        given = read_carried(request.POST.get("carried", ""))
    except Damaged:
        return None
    if not form.is_valid():
        return None
    checked = _checked(form, given)
    return None if checked.material.is_empty else Carried(form, checked)


def _damaged(request: HttpRequest) -> HttpResponse:
    return _page(request, CheckForm(), error=words.CARRIED_DAMAGED, status=422)


@needs_no_account_where_set
@require_POST
def part(request: HttpRequest) -> HttpResponse:
    """A file, or one thing of it, as Base-64 (PEM): "3" is the third file, "3.1" the first thing in it."""
    found = _carried(request)
    if found is None:
        return _damaged(request)
    number, _, place = request.POST.get("part", "").partition(".")
    items = found.checked.material.items
    item = items[_index(number, len(items))]
    things = item.things
    if place:
        at = _index(place, len(things))
        things = things[at : at + 1]
    if not things:
        raise Http404
    name = file_name(item.given.name, f"-{place}.pem" if place else ".pem")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(pem_of(things), content_type="application/x-pem-file", headers=headers)


def _index(text: str, count: int) -> int:
    """A number counted from 1 as an index; 404 where there is no such thing."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    if not 1 <= number <= count:
        raise Http404
    return number - 1


@needs_no_account_where_set
@require_POST
def ticket(request: HttpRequest) -> HttpResponse:
    """Copy for the ticket, as plain text."""
    found = _carried(request)
    if found is None:
        return _damaged(request)
    text = check_ticket_text(ticket_of_check(found.checked, report_of(found.checked)))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_POST
def make_lab(request: HttpRequest) -> HttpResponse:
    """Make a lab of it, and go there."""
    user, found, kind = signed_in(request), _carried(request), KindForm(request.POST)
    if found is None or not kind.is_valid():
        return _damaged(request)
    wanted = _lab_of(found, kind.cleaned_data["kind"])
    try:
        lab = make_lab_of_files(user, wanted)
    except lab_actions.TooManyLabs:
        error = lab_words.TOO_MANY_LABS.format(most=lab_actions.MOST_LABS)
        return _result(request, found.checked, found.form, error=error, status=422)
    servers = wanted.servers
    assumed = f", {words.ASSUMED_ROLE[servers.subject]}" if servers.is_assumed else ""
    said = words.LAB_MADE.format(server=servers.plan.host, role=words.ROLES[servers.subject], assumed=assumed)
    messages.success(request, said)
    return redirect("lab", lab_id=lab.pk)


def _lab_of(found: Carried, kind: Lab.Kind) -> LabOfFiles:
    """What the lab is made of."""
    checked, asked = found.checked, found.form.asked()
    leaves = [leaf.certificate for leaf in checked.material.leaves]
    servers = servers_of(leaves, checked.role)
    named = f"{servers.plan.host}.{servers.plan.domain}"
    return LabOfFiles(
        kind=kind,
        name=words.LAB_NAME.format(day=date_text(iso(real_now())), name=named),
        release=asked.release.typed if asked.release else DEFAULT_RELEASE.name,
        servers=servers,
        material=checked.material,
        at=asked.at,
    )
