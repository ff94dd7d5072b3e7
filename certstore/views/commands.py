"""What a server is told by a command, and what happens to it without a page: buttons of our column."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from certstore.access import node_for
from certstore.actions import acme as acme_actions
from certstore.actions import labs
from certstore.models import Node
from certstore.pki.releases import Switch
from certstore.reading.commands import command_of
from certstore.views.appliance import Bar
from certstore.views.client_certificate import client_certificate_page
from certstore.views.server_certificate import server_certificate_page
from certstore.wording.switches import POSITIONS

change = require_http_methods(["GET", "HEAD", "POST"])

# Beside which page a command stands.
PAGE_OF: dict[Switch, str] = {
    Switch.SERVER_EKU_UPLOAD: "server-certificate",
    Switch.EKU_CHECKING: "client-certificate",
}


@change
def command(request: HttpRequest, node_id: UUID, switch: str) -> HttpResponse:
    """Set a switch of the command line; 404 where the server's release or role does not have it."""
    node = node_for(request, node_id)
    if switch not in set(Switch) or command_of(node, node.lab, Switch(switch)) is None:
        raise Http404
    page = PAGE_OF[Switch(switch)]
    if request.method != "POST":
        return redirect(page, node_id=node.pk)
    wanted = next((is_on for is_on, said in POSITIONS.items() if said == request.POST.get("position")), None)
    if wanted is None:
        return _refused(request, node, page, Bar("bad", "commands.unknown-position"))
    labs.set_switches(node.lab_id, {Switch(switch): wanted})
    return redirect(f"{reverse(page, args=[node.pk])}#command")


@change
def acme(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """ACME renewed the certificate, without client authentication; 404 where there is no such service."""
    node = node_for(request, node_id)
    if not acme_actions.is_offered(node, node.lab):
        raise Http404
    if request.method != "POST":
        return redirect("server-certificate", node_id=node.pk)
    try:
        event = acme_actions.renew(node)
    except acme_actions.NotRenewed as refusal:
        return _refused(request, node, "server-certificate", Bar("bad", refusal.why))
    return redirect(f"{reverse('server-certificate', args=[node.pk])}?event={event.seq}")


def _refused(request: HttpRequest, node: Node, page: str, bar: Bar) -> HttpResponse:
    """The page again, with what was wrong."""
    show = server_certificate_page if page == "server-certificate" else client_certificate_page
    return show(request, node, told=(bar,), status=422)
