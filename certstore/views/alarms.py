"""Status > Alarms."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from certstore.access import node_for
from certstore.reading.lab_state import raised_on
from certstore.views.appliance_page import appliance_page
from certstore.wording import sentence
from certstore.wording.alarms import alarm_text
from certstore.wording.menu import SENTENCES as MENU_WORDS


@require_safe
def alarms(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """The alarms that this server raises at its lab's time."""
    node = node_for(request, node_id)
    now = node.lab.now()
    raised = [(alarm, alarm_text(alarm.name)) for alarm, _ in raised_on(node, now)]
    return appliance_page(request, "alarms", node, now, {"raised": raised})


@require_safe
def not_simulated(request: HttpRequest, node_id: UUID, slug: str) -> HttpResponse:
    """The one honest page behind every menu item that is not simulated."""
    node = node_for(request, node_id)
    page_name = sentence(f"menu.{slug}").text if slug in MENU_WORDS else ""
    return appliance_page(request, "not_simulated", node, node.lab.now(), {"page_name": page_name})
