"""Configuration > SIP, Maintenance > Security > SSH configuration, System > Administration."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from certstore.access import node_for
from certstore.actions import server_settings as actions
from certstore.actions.steps import StepKind
from certstore.forms import server_settings as forms
from certstore.forms.typed import Refusal
from certstore.models import Event, Node
from certstore.pki.settings import TUNNEL_ALGORITHMS
from certstore.reading.settings import expressway_settings
from certstore.views import bars
from certstore.views.appliance import Bar
from certstore.views.appliance_page import appliance_page, result_of
from certstore.views.frame_fields import Field, bars_of, refused_among

change = require_http_methods(["GET", "HEAD", "POST"])


@change
def sip(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Certificate revocation checking, and Save."""
    node = node_for(request, node_id)
    if request.method != "POST":
        chosen = forms.as_chosen(expressway_settings(node).revocation)
        return _sip(request, node, chosen, **result_of(request, node, "sip"))
    chosen = forms.chosen_revocation(request.POST)
    refusals = forms.refusals_of_revocation(chosen)
    if refusals:
        return _sip(request, node, chosen, refusals=refusals, status=422)
    event = actions.set_revocation(node, forms.revocation_of(chosen))
    if event is None:
        return _sip(request, node, chosen, bar=Bar("info", "sip.nothing-changed"))
    return redirect(f"{reverse('sip', args=[node.pk])}?event={event.seq}")


@change
def ssh_configuration(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """The tunnels' public key algorithms, and Save."""
    node = node_for(request, node_id)
    if request.method != "POST":
        ticked = expressway_settings(node).tunnel_algorithms
        return _ssh(request, node, ticked, **result_of(request, node, "ssh-configuration"))
    ticked = tuple(request.POST.getlist("algorithm"))
    refusals = forms.refusals_of_algorithms(ticked)
    if refusals:
        return _ssh(request, node, ticked, refusals=refusals, status=422)
    return _ssh_done(request, node, actions.set_tunnel_algorithms(node, ticked))


@change
def reset_ssh_configuration(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Reset to the defaults."""
    node = node_for(request, node_id)
    if request.method != "POST":
        return redirect("ssh-configuration", node_id=node.pk)
    return _ssh_done(request, node, actions.reset_tunnel_algorithms(node))


@require_safe
def administration(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """System > Administration: shown with its defaults."""
    node = node_for(request, node_id)
    return appliance_page(request, "administration", node, node.lab.now(), {"fields": _defaults(node)})


def _sip(
    request: HttpRequest,
    node: Node,
    chosen: Mapping[str, str],
    *,
    refusals: Sequence[Refusal] = (),
    event: Event | None = None,
    bar: Bar | None = None,
    status: int = 200,
    **_: Any,
) -> HttpResponse:
    refused = refused_among(refusals)
    fields = [
        Field(
            id=name,
            label=f"sip.{name}",
            value=chosen[name],
            help=f"sip.help-{name}" if name in ("revocation-mode", "fallback") else "",
            type="select",
            choices=[(choice, f"sip.{choice}") for choice in choices],
            is_refused=name in refused,
        )
        for name, choices in forms.SIP_FIELDS.items()
    ]
    tries = [("sip-form", StepKind.REVOCATION, "save")]
    context = {"fields": fields, "tries": tries, "bars": _bars(refusals, event, bar)}
    return appliance_page(request, "sip", node, node.lab.now(), context, status=status)


def _ssh(
    request: HttpRequest,
    node: Node,
    ticked: Sequence[str],
    *,
    refusals: Sequence[Refusal] = (),
    event: Event | None = None,
    bar: Bar | None = None,
    status: int = 200,
    **_: Any,
) -> HttpResponse:
    context = {
        "algorithms": [(name, f"ssh_configuration.{name}", name in ticked) for name in TUNNEL_ALGORITHMS],
        "fixed": [
            Field(
                id=name,
                label=f"ssh_configuration.{name}",
                value=f"ssh_configuration.{name}-value",
                type="said",
            )
            for name in ("ciphers", "key-exchange")
        ],
        "tries": [
            ("algorithms-form", StepKind.TUNNEL_ALGORITHMS, "save"),
            ("reset-form", StepKind.TUNNEL_RESET, "reset"),
        ],
        "bars": _bars(refusals, event, bar),
    }
    return appliance_page(request, "ssh_configuration", node, node.lab.now(), context, status=status)


def _ssh_done(request: HttpRequest, node: Node, event: Event | None) -> HttpResponse:
    if event is None:
        ticked = expressway_settings(node).tunnel_algorithms
        return _ssh(request, node, ticked, bar=Bar("info", "ssh_configuration.nothing-changed"))
    return redirect(f"{reverse('ssh-configuration', args=[node.pk])}?event={event.seq}")


def _bars(refusals: Sequence[Refusal], event: Event | None, bar: Bar | None) -> list[Bar]:
    return [*bars_of(refusals), *(bars.of_event(event) if event else ()), *([bar] if bar else ())]


def _defaults(node: Node) -> list[Field]:
    """Access with certificates, as a server has it that nobody changed."""
    return [
        Field(
            id=label,
            label=f"administration.{label}",
            value=f"administration.{label}-{default}",
            help=f"administration.help-{label}",
            type="said",
        )
        for label, default in (
            ("client-certificates", "not-required"),
            ("crl-checking", "all"),
            ("crl-fallback", "not-revoked"),
        )
    ]
