"""Status > Overview, the page that an administrator sees first."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from certstore.access import node_for
from certstore.reading.lab_state import lab_view
from certstore.reading.status_overview import glance_of
from certstore.reading.unified_communications import tunnels_at
from certstore.reading.zones_status import server_of_view, zones_at
from certstore.views.appliance_page import appliance_page
from certstore.views.connection_links import told_of


@require_safe
def status_overview(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """What the server is, and how its certificate, its zone, its tunnels and its alarms are."""
    node = node_for(request, node_id)
    now = node.lab.now()
    view = lab_view(node.lab, now)
    server = server_of_view(view, str(node.pk))
    context = {"glance": glance_of(node, now, view)}
    if server is not None and server.zone is not None:
        verdicts = (*zones_at(view, server), *tunnels_at(view, server.id))
        context |= told_of(node.lab, view, verdicts)
    return appliance_page(request, "status_overview", node, now, context, view=view)
