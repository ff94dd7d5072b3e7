"""System > DNS: what a server is called."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from certstore.access import node_for
from certstore.actions import labs as actions
from certstore.actions.steps import StepKind
from certstore.forms import dns_page as forms
from certstore.forms.dns_page import TypedNames, refusals_of
from certstore.forms.typed import Refusal
from certstore.models import Event, Node
from certstore.views import bars
from certstore.views.appliance import Bar
from certstore.views.appliance_page import appliance_page, result_of
from certstore.views.frame_fields import Field, bars_of, refused_among


@require_http_methods(["GET", "HEAD", "POST"])
def dns_page(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """The names, and Save."""
    node = node_for(request, node_id)
    if request.method != "POST":
        return _page(request, node, TypedNames(node.host, node.domain), **result_of(request, node, "dns"))
    typed = TypedNames.of(request.POST)
    refusals = refusals_of(typed, node)
    if refusals:
        return _page(request, node, typed, refusals=refusals, status=422)
    events = actions.name_servers(node.lab_id, {node.pk: typed.plan(node)})
    if not events:
        return _page(request, node, typed, bar=Bar("info", "dns_page.nothing-changed"))
    return redirect(f"{reverse('dns', args=[node.pk])}?event={events[0].seq}")


def _page(
    request: HttpRequest,
    node: Node,
    typed: TypedNames,
    *,
    refusals: Sequence[Refusal] = (),
    event: Event | None = None,
    bar: Bar | None = None,
    status: int = 200,
    **_: Any,
) -> HttpResponse:
    is_edge = node.kind == Node.Kind.EXPRESSWAY_E
    breaks_tunnels = Bar("info", "dns_page.warned-underscore")
    context = {
        "fields": _fields(typed, refusals),
        "servers": [
            Field(id="server", label="dns_page.server-address", value="dns_page.server-of-lab", type="said")
        ],
        "tries": [("names-form", StepKind.NAMES, "save")],
        "bars": [
            *bars_of(refusals),
            *(bars.of_event(event) if event else ()),
            *([bar] if bar else ()),
            *([breaks_tunnels] if is_edge and "_" in node.host else ()),
        ],
    }
    return appliance_page(request, "dns_page", node, node.lab.now(), context, status=status)


def _fields(typed: TypedNames, refusals: Sequence[Refusal]) -> list[Field]:
    refused = refused_among(refusals)
    return [
        Field(
            id="host",
            label="dns_page.host-name",
            value=typed.host,
            help="dns_page.help-host-name",
            most=forms.LONGEST_HOST,
            is_mandatory=True,
            is_refused="host" in refused,
        ),
        Field(
            id="domain",
            label="dns_page.domain-name",
            value=typed.domain,
            help="dns_page.help-domain-name",
            most=forms.LONGEST_DOMAIN,
            is_mandatory=True,
            is_refused="domain" in refused,
        ),
    ]
