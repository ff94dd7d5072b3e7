"""The settings of a lab: one small form for each thing that can be changed, each with its own address."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from certstore.access import lab_for
from certstore.actions import labs as actions
from certstore.actions import server_settings as behaviour
from certstore.forms.labs import (
    ExplanationsForm,
    JudgingForm,
    KeepForm,
    NameForm,
    ReleaseForm,
    SwitchesForm,
    node_forms,
    servers_are_valid,
)
from certstore.forms.server_settings import origin_forms, sending_forms
from certstore.models import Lab
from certstore.pki.moments import iso, moment_text
from certstore.pki.releases import profile_for
from certstore.reading.labs import why_this_profile
from certstore.reading.switches import positions_of, switches_of
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.wording import labs as words
from certstore.wording import servers_behave as behave
from certstore.wording.attempts import BASES

change = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def lab_settings(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Everything that can be set."""
    return _page(request, lab_for(request, lab_id))


@change
def change_name(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Rename the lab."""
    form = NameForm(request.POST)
    return _changed(request, lab_id, "name_form", form, lambda lab, typed: actions.rename(lab, typed["name"]))


@change
def change_release(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Set the release."""
    form = ReleaseForm(request.POST)
    return _changed(
        request,
        lab_id,
        "release_form",
        form,
        lambda lab, typed: actions.set_release(lab, typed["release"]),
    )


@change
def change_judging(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Set how same names and Common Names are taken."""

    def act(lab: UUID, typed: dict[str, Any]) -> None:
        actions.set_same_subject(lab, typed["same_subject"])
        actions.set_cn_counts(lab, typed["cn_counts"])

    return _changed(request, lab_id, "judging_form", JudgingForm(request.POST), act)


@change
def change_switches(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Set the switches that the lab's release has."""
    form = SwitchesForm(profile_for(lab_for(request, lab_id).release).release, request.POST)
    return _changed(
        request, lab_id, "switches_form", form, lambda lab, _: actions.set_switches(lab, form.positions())
    )


@change
def change_explanations(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Set how much our column tells; 404 in a lab for real files, where it tells everything."""
    if lab_for(request, lab_id).kind != Lab.Kind.PRACTISE:
        raise Http404
    form = ExplanationsForm(request.POST)
    return _changed(
        request,
        lab_id,
        "explanations_form",
        form,
        lambda lab, typed: actions.set_explanations(lab, typed["explanations"]),
    )


@change
def change_keep(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Keep the lab beyond its days, or let them begin anew."""
    form = KeepForm(request.POST)
    return _changed(request, lab_id, "keep_form", form, lambda lab, typed: actions.keep(lab, typed["keep"]))


@change
def change_servers(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Give the servers other names and addresses."""
    lab = lab_for(request, lab_id)
    if request.method != "POST":
        return redirect("lab-settings", lab_id=lab.pk)
    nodes = list(lab.expressways)
    servers = node_forms(nodes, request.POST)
    if not servers_are_valid(servers, lab.services):
        return _page(request, lab, status=422, server_forms=servers)
    plans = {node.pk: form.plan() for node, form in zip(nodes, servers, strict=True)}
    actions.name_servers(lab.pk, plans)
    return _saved(request, lab)


@change
def change_sending(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Set what each server sends of its chain."""
    lab = lab_for(request, lab_id)
    if request.method != "POST":
        return redirect("lab-settings", lab_id=lab.pk)
    typed = sending_forms(list(lab.expressways), request.POST)
    if not all(form.is_valid() for form in typed):
        return _page(request, lab, status=422, sending_forms=typed)
    behaviour.set_sending(lab.pk, {form.node.pk: form.cleaned_data["sends"] for form in typed})
    return _saved(request, lab)


@change
def change_origin(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Give the command that switches the check of Unified CM's certificates on or off, on each Expressway-C."""
    lab = lab_for(request, lab_id)
    if request.method != "POST":
        return redirect("lab-settings", lab_id=lab.pk)
    typed = origin_forms(list(lab.expressways), request.POST)
    if not all(form.is_valid() for form in typed):
        return _page(request, lab, status=422, origin_forms=typed)
    behaviour.set_origin_checks(lab.pk, {form.node.pk: form.cleaned_data["origin"] for form in typed})
    return _saved(request, lab)


def _changed(
    request: HttpRequest,
    lab_id: UUID,
    name: str,
    form: forms.Form,
    act: Callable[[UUID, dict[str, Any]], None],
) -> HttpResponse:
    """Act on a valid form and go back to the page; show it again with what is wrong otherwise."""
    lab = lab_for(request, lab_id)
    if request.method != "POST":
        return redirect("lab-settings", lab_id=lab.pk)
    if not form.is_valid():
        return _page(request, lab, status=422, **{name: form})
    act(lab.pk, form.cleaned_data)
    return _saved(request, lab)


def _saved(request: HttpRequest, lab: Lab) -> HttpResponse:
    messages.success(request, words.SAVED)
    return redirect("lab-settings", lab_id=lab.pk)


def _page(request: HttpRequest, lab: Lab, *, status: int = 200, **refused: Any) -> HttpResponse:
    """The page, with the form that was refused in the place of a fresh one."""
    rules = {"same_subject": lab.same_subject, "cn_counts": lab.cn_counts}
    context: dict[str, Any] = {
        "lab": lab,
        "kind": words.KINDS[lab.kind],
        "can_end": lab.kind != Lab.Kind.PRACTISE,
        "ends": moment_text(iso(lab.expires_at)) if lab.expires_at else "",
        "name_form": NameForm(initial={"name": lab.name}),
        "release_form": ReleaseForm(initial={"release": lab.release}),
        "release_why": why_this_profile(profile_for(lab.release)),
        "judging_form": JudgingForm(initial=rules),
        "same_subject_rules": words.SAME_SUBJECT.values(),
        "same_subject_default": words.SAME_SUBJECT[profile_for(lab.release).release.same_subject.value][0],
        "switches": list(switches_of(lab)),
        "switches_form": SwitchesForm(profile_for(lab.release).release, initial=positions_of(lab)),
        "explanations_form": ExplanationsForm(initial={"explanations": lab.explanations}),
        "explanations": words.EXPLANATIONS.values(),
        "is_practice": lab.kind == Lab.Kind.PRACTISE,
        "keep_form": KeepForm(initial={"keep": lab.expires_at is None}),
        "server_forms": node_forms(list(lab.expressways)),
        "servers_help": words.SETTINGS_HELP["servers"],
    }
    room = room_context(request, lab=lab, now=lab.now(), here="lab-settings")
    whole = room | context | _behaviour(lab) | refused
    return render_page(request, "lab_settings", whole, status=status)


def _behaviour(lab: Lab) -> dict[str, Any]:
    """What the page prints of how the servers behave."""
    release, nodes = profile_for(lab.release).release, list(lab.expressways)
    not_there = (
        "" if release.checks_cucm_certificates else behave.ORIGIN_NOT_THERE.format(release=release.name)
    )
    return {
        "sending_forms": sending_forms(nodes),
        "origin_forms": () if not_there else origin_forms(nodes),
        "origin_not_there": not_there,
        "origin_command": behave.SENTENCES["origin-command"].text,
        "behave": {
            "does": behave.ORIGIN_DOES,
            "where": behave.ORIGIN_WHERE,
            "basis": BASES[behave.ORIGIN_SURE.basis],
            "source": behave.ORIGIN_SURE.source,
            "sends": behave.SENDS.values(),
            "sends_basis": BASES[behave.SENDS_SURE.basis],
            "sends_source": behave.SENDS_SURE.source,
        },
    }
