"""Configuration > Zones: the list, and the page of the Unified Communications traversal zone."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from certstore.access import node_for
from certstore.actions import zones as actions
from certstore.actions.steps import StepKind
from certstore.forms.typed import Refusal
from certstore.forms.zones import TypedZone, addresses_among, refusals_of, refusals_of_password
from certstore.models import Event, Node
from certstore.reading.zones import ZoneState, zone_of
from certstore.views import bars
from certstore.views.appliance import Bar
from certstore.views.appliance_page import appliance_page, result_of
from certstore.views.frame_fields import bars_of
from certstore.views.zone_fields import fields_of, peers_of

NOTHING_CHANGED = Bar("info", "zones.nothing-changed")
change = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def zones(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """The list: one zone, or none."""
    node = node_for(request, node_id)
    return _list(request, node, **result_of(request, node, "zones"))


@change
def new(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """New, and "Create zone"."""
    node = node_for(request, node_id)
    if request.method != "POST":
        return _page(request, node, TypedZone())
    typed = TypedZone.of(request.POST)
    refusals = refusals_of(typed, node.kind, has_password=False)
    if refusals:
        return _page(request, node, typed, refusals=refusals, status=422)
    try:
        event = actions.create(node, typed.plan(node.kind))
    except actions.ZoneThere:
        second = [Refusal("", "zones.refused-second")]
        return _page(request, node, typed, refusals=second, status=422)
    return redirect(f"{reverse('zones', args=[node.pk])}?event={event.seq}")


@change
def zone(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """View/Edit, and Save."""
    node = node_for(request, node_id)
    state = zone_of(node, node.lab.now())
    if state is None:
        return redirect("zones", node_id=node.pk)
    if request.method != "POST":
        as_set = TypedZone.as_set(state.settings)
        return _page(request, node, as_set, state, **result_of(request, node, "zones"))
    typed = TypedZone.of(request.POST)
    refusals = refusals_of(typed, node.kind, has_password=state.has_password)
    if refusals:
        return _page(request, node, typed, state, refusals=refusals, status=422)
    return _done(request, node, typed, state, actions.save(node, typed.plan(node.kind)))


@change
def credential(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Create credential, in the local authentication database of an Expressway-E; 404 on an Expressway-C."""
    node = node_for(request, node_id)
    if node.kind != Node.Kind.EXPRESSWAY_E:
        raise Http404
    state = zone_of(node, node.lab.now())
    if request.method != "POST" or state is None:
        return redirect("zone", node_id=node.pk)
    password, as_set = request.POST.get("password", ""), TypedZone.as_set(state.settings)
    refusals = refusals_of_password(password)
    if refusals:
        return _page(request, node, as_set, state, refusals=refusals, status=422)
    return _done(request, node, as_set, state, actions.set_password(node, password))


@change
def delete(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Delete: asks first."""
    node = node_for(request, node_id)
    if request.method != "POST":
        return redirect("zones", node_id=node.pk)
    if "zone" not in request.POST:
        return _list(request, node, bar=Bar("bad", "zones.nothing-selected"), status=422)
    if "confirmed" not in request.POST:
        return _list(request, node, asking=True)
    event = actions.delete(node)
    address = reverse("zones", args=[node.pk])
    return redirect(f"{address}?event={event.seq}" if event else address)


def _done(
    request: HttpRequest, node: Node, typed: TypedZone, state: ZoneState, event: Event | None
) -> HttpResponse:
    """After something was saved: back to the page; it says so where nothing differs."""
    if event is None:
        return _page(request, node, typed, state, bar=NOTHING_CHANGED)
    return redirect(f"{reverse('zone', args=[node.pk])}?event={event.seq}")


def _list(
    request: HttpRequest,
    node: Node,
    *,
    event: Event | None = None,
    bar: Bar | None = None,
    asking: bool = False,
    status: int = 200,
    **_: Any,
) -> HttpResponse:
    now = node.lab.now()
    found = zone_of(node, now)
    context = {
        "zone": found,
        "asking": asking,
        "tries": [("delete-form", StepKind.ZONE_DELETE, "delete")] if found else [],
        "bars": [*(bars.of_event(event) if event else ()), *([bar] if bar else ())],
    }
    return appliance_page(request, "zones", node, now, context, status=status)


def _page(
    request: HttpRequest,
    node: Node,
    typed: TypedZone,
    state: ZoneState | None = None,
    *,
    refusals: list[Refusal] | None = None,
    event: Event | None = None,
    bar: Bar | None = None,
    status: int = 200,
    **_: Any,
) -> HttpResponse:
    """The page of a zone that is there, or of a new one, with what was typed."""
    refused = refusals or []
    is_client = node.kind == Node.Kind.EXPRESSWAY_C
    context = {
        "zone": state,
        "is_client": is_client,
        "fields": fields_of(typed, node.kind, refused, has_password=state is not None and state.has_password),
        "peers": peers_of(typed, state, refused) if is_client else (),
        "tries": _tries(is_client=is_client, is_new=state is None),
        "bars": [
            *bars_of(refused),
            *(bars.of_event(event) if event else ()),
            *([bar] if bar else ()),
            *(_warned(typed) if event else ()),
        ],
    }
    return appliance_page(request, "zone", node, node.lab.now(), context, status=status)


def _tries(*, is_client: bool, is_new: bool) -> list[tuple[str, str, str]]:
    """What can be tried first on the page of a zone."""
    if is_new:
        return [("zone-form", StepKind.ZONE_NEW, "create zone")]
    own = [] if is_client else [("database", StepKind.ZONE_CREDENTIAL, "create credential")]
    return [("zone-form", StepKind.ZONE, "save"), *own]


def _warned(typed: TypedZone) -> list[Bar]:
    """What was saved and is not recommended."""
    return [
        Bar("info", "zones.warned-address", {"number": number}) for number in addresses_among(typed.peers)
    ]
