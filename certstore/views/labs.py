"""The list of labs with "New lab", one lab's overview, its reset and its end."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from certstore.access import lab_for, labs_for, signed_in
from certstore.actions import labs as actions
from certstore.forms.labs import NewLabForm, ServerForm, new_server_forms, servers_are_valid
from certstore.models import Attempt
from certstore.pki.moments import date_text, iso, moment_text
from certstore.pki.releases import DEFAULT_RELEASE, profile_for
from certstore.reading import labs as reading
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.views.start_here import task_context
from certstore.wording import labs as words


@require_http_methods(["GET", "HEAD", "POST"])
def labs(request: HttpRequest) -> HttpResponse:
    """The labs of the person, the newest first, and "New lab": `?kind=rehearse` opens it with that kind chosen."""
    if request.method != "POST":
        form = NewLabForm(initial={"release": DEFAULT_RELEASE.name} | _kind_asked_for(request))
        return _labs_page(request, form, new_server_forms())
    form, servers = NewLabForm(request.POST), new_server_forms(request.POST)
    servers_valid = servers_are_valid(servers)
    if form.is_valid() and servers_valid:
        typed = form.cleaned_data
        plans = [server.plan() for server in servers]
        try:
            lab = actions.make_lab(
                signed_in(request),
                typed["kind"],
                typed["name"],
                typed["release"],
                plans,
                recipe=typed["begins"],
            )
            return redirect("lab", lab_id=lab.pk)
        except actions.TooManyLabs:
            form.add_error(None, words.TOO_MANY_LABS.format(most=actions.MOST_LABS))
    return _labs_page(request, form, servers, status=422)


def _kind_asked_for(request: HttpRequest) -> dict[str, str]:
    """The kind of lab that the address names, if it is one."""
    kind = request.GET.get("kind", "")
    return {"kind": kind} if kind in words.KINDS else {}


def _labs_page(
    request: HttpRequest, form: NewLabForm, servers: Sequence[ServerForm], *, status: int = 200
) -> HttpResponse:
    rows = [
        {
            "lab": lab,
            "name": reading.name_in_lists(lab),
            "kind": words.KINDS[lab.kind][0],
            "servers": [node.host for node in lab.nodes.all() if node.is_expressway],
            "now": date_text(iso(lab.now())),
            "made": date_text(iso(lab.created_at)),
            "ends": date_text(iso(lab.expires_at)) if lab.expires_at else "",
        }
        for lab in labs_for(request).prefetch_related("nodes")
    ]
    context: dict[str, Any] = {
        "rows": rows,
        "form": form,
        "servers": servers,
        "kinds": words.KINDS.values(),
        "beginnings": words.BEGINNINGS.values(),
        "some_end": any(row["ends"] for row in rows),
        "is_open": form.is_bound or not rows or "kind" in form.initial,
        "servers_help": words.SETTINGS_HELP["servers"],
    }
    return render_page(request, "labs", room_context(request, here="labs") | context, status=status)


@require_safe
def lab(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """One lab: its servers, what was tried last, what happened."""
    found = lab_for(request, lab_id)
    now = found.now()
    context = {
        "lab": found,
        "kind": words.KINDS[found.kind][0],
        "servers": [_server_row(server) for server in reading.server_summaries(found, now)],
        "attempts": [_attempt_row(attempt) for attempt in reading.newest_attempts(found)],
        "events": reading.newest_events(found),
        "release_why": reading.why_this_profile(profile_for(found.release)),
        "ends": moment_text(iso(found.expires_at)) if found.expires_at else "",
        **task_context(found, "lab"),
    }
    return render_page(request, "lab", room_context(request, lab=found, now=now, here="lab") | context)


def _server_row(server: reading.ServerSummary) -> dict[str, Any]:
    """One server as the overview prints it."""
    states = []
    if server.has_ended:
        states.append(("bad", words.ENDED))
    if server.slot.restart_pending:
        states.append(("warn", words.RESTART_PENDING))
    return {
        "node": server.node,
        "ends": date_text(server.slot.running.not_after),
        "earliest": date_text(server.earliest.ends),
        "earliest_of": server.earliest.certificate.subject if server.earliest.depth else "",
        "states": states or [("ok", words.RUNS)],
    }


def _attempt_row(attempt: Attempt) -> dict[str, Any]:
    """One attempt as the overview prints it."""
    return {
        "pk": attempt.pk,
        "at": moment_text(attempt.at_lab),
        "host": attempt.node.host,
        "file_name": attempt.file_name,
        "state": words.OUTCOME_STATES[attempt.outcome],
        "outcome": attempt.get_outcome_display(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def lab_reset(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Ask, then set the lab back to its start."""
    found = lab_for(request, lab_id)
    if request.method == "POST":
        actions.reset_lab(found.pk)
        messages.success(request, words.RESET_DONE)
        return redirect("lab", lab_id=found.pk)
    context = room_context(request, lab=found, now=found.now(), here="lab-settings")
    return render_page(request, "lab_reset", context | {"lab": found})


@require_http_methods(["GET", "HEAD", "POST"])
def lab_delete(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Ask, then delete the lab with everything in it."""
    found = lab_for(request, lab_id)
    if request.method == "POST":
        actions.delete_lab(found.pk)
        messages.success(request, words.DELETED)
        return redirect("labs")
    context = room_context(request, lab=found, now=found.now(), here="lab-settings")
    return render_page(request, "lab_delete", context | {"lab": found})
