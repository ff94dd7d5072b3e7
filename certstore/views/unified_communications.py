"""Status > Unified Communications, and the SSH tunnels status that a link at its foot leads to."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from certstore.access import node_for
from certstore.models import Node
from certstore.reading.lab_state import lab_view
from certstore.reading.unified_communications import services_of, tunnel_rows, tunnels_at, unified_cms_at
from certstore.reading.zones_status import server_of_view, zones_at
from certstore.views.appliance_page import appliance_page
from certstore.views.connection_links import told_of


@require_safe
def uc_status(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """How mobile and remote access is on this server: its zone, its tunnels, the Unified CMs behind it."""
    node = node_for(request, node_id)
    now = node.lab.now()
    view = lab_view(node.lab, now)
    server = server_of_view(view, str(node.pk))
    context = {
        "services": services_of(view, server) if server else None,
        "links": [("unified_communications.tunnels-link", reverse("tunnels-status", args=[node.pk]))],
        "is_client": node.kind == Node.Kind.EXPRESSWAY_C,
    }
    if server is not None and server.zone is not None:
        zones, name = zones_at(view, server), server.id
        context |= told_of(node.lab, view, (*zones, *tunnels_at(view, name), *unified_cms_at(view, name)))
    return appliance_page(request, "uc_status", node, now, context, view=view)


@require_safe
def tunnels_status(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """The SSH tunnels to or from this server."""
    node = node_for(request, node_id)
    now = node.lab.now()
    view = lab_view(node.lab, now)
    server = server_of_view(view, str(node.pk))
    links = [("tunnels_status.back", reverse("uc-status", args=[node.pk]))]
    if node.kind == Node.Kind.EXPRESSWAY_C:
        links.append(("tunnels_status.test-link", reverse("secure-traversal-test", args=[node.pk])))
    context = {
        "rows": tunnel_rows(view, server) if server else (),
        "links": links,
        **told_of(node.lab, view, tunnels_at(view, str(node.pk))),
    }
    title = "tunnels_status.title"
    return appliance_page(request, "tunnels_status", node, now, context, title=title, view=view)
