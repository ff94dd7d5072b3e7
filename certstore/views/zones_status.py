"""Status > Zones."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from certstore.access import node_for
from certstore.reading.lab_state import lab_view
from certstore.reading.zones_status import server_of_view, zone_of_node, zones_at
from certstore.views.appliance_page import appliance_page
from certstore.views.connection_links import told_of


@require_safe
def zones_status(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """The state of the server's zone and of each of its peers, at the lab's time."""
    node = node_for(request, node_id)
    now = node.lab.now()
    view = lab_view(node.lab, now)
    server = server_of_view(view, str(node.pk))
    verdicts = zones_at(view, server) if server and server.zone else ()
    context = {"zone": zone_of_node(node, view), **told_of(node.lab, view, verdicts)}
    return appliance_page(request, "zones_status", node, now, context, view=view)
