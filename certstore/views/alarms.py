"""Status > Alarms."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from certstore.access import node_for
from certstore.actions import alarms as actions
from certstore.models import Node
from certstore.reading.alarm_rows import alarm_rows
from certstore.reading.lab_state import lab_view
from certstore.views.appliance import Bar
from certstore.views.appliance_page import appliance_page, result_of
from certstore.wording import sentence
from certstore.wording.menu import SENTENCES as MENU_WORDS


@require_safe
def alarms(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """The alarms that this server raises at its lab's time."""
    node = node_for(request, node_id)
    event = result_of(request, node, "alarms").get("event")
    bars = []
    if event is not None and event.code == "alarm.acknowledged":
        bars.append(Bar("ok", "alarms.was-acknowledged", {"count": event.params["acknowledged"]}))
    return _page(request, node, bars)


@require_http_methods(["GET", "HEAD", "POST"])
def acknowledge(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """The Acknowledge button, for the alarms that are ticked."""
    node = node_for(request, node_id)
    if request.method != "POST":
        return redirect("alarms", node_id=node.pk)
    ticked = request.POST.getlist("alarm")
    if not ticked:
        return _page(request, node, [Bar("bad", "alarms.nothing-selected")], status=422)
    wanted = [(name, subject) for name, _, subject in (one.partition(" ") for one in ticked)]
    event = actions.acknowledge(node, wanted)
    if event is None:
        return _page(request, node, [Bar("bad", "alarms.nothing-new")], status=422)
    return redirect(f"{reverse('alarms', args=[node.pk])}?event={event.seq}")


@require_safe
def not_simulated(request: HttpRequest, node_id: UUID, slug: str) -> HttpResponse:
    """The one honest page behind every menu item that is not simulated."""
    node = node_for(request, node_id)
    page_name = sentence(f"menu.{slug}").text if slug in MENU_WORDS else ""
    return appliance_page(request, "not_simulated", node, node.lab.now(), {"page_name": page_name})


def _page(request: HttpRequest, node: Node, bars: list[Bar], status: int = 200) -> HttpResponse:
    now = node.lab.now()
    view = lab_view(node.lab, now)
    context: dict[str, Any] = {"rows": alarm_rows(node, now, view), "bars": bars}
    return appliance_page(request, "alarms", node, now, context, status=status, view=view)
