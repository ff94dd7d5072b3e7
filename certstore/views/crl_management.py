"""Maintenance > Security > CRL management."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from certstore.access import node_for
from certstore.actions import crl_management as actions
from certstore.forms.uploads import MAX_CRL_FILE, tried_file
from certstore.models import Event, Node
from certstore.pki.crl_management import CrlJudgement
from certstore.reading.crl_management import crl_file_of
from certstore.reading.findings import told_findings
from certstore.views import bars
from certstore.views.appliance import Bar
from certstore.views.appliance_page import appliance_page, result_of
from certstore.views.cures import LinkedReason
from certstore.views.finding_bars import bars_of_findings

change = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def crl_management(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """The revocation list file, and the upload below it."""
    node = node_for(request, node_id)
    return _page(request, node, event=result_of(request, node, "crl-management").get("event"))


@change
def upload(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Upload CRL file."""
    node = node_for(request, node_id)
    if request.method != "POST":
        return redirect("crl-management", node_id=node.pk)
    tried = tried_file(request, "crl", MAX_CRL_FILE)
    done = actions.upload(node, tried)
    if done.event is None:
        return _page(request, node, judgement=done.judgement, file_name=tried.name, status=422)
    return redirect(f"{reverse('crl-management', args=[node.pk])}?event={done.event.seq}")


@change
def remove(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Remove revocation list: asks first."""
    node = node_for(request, node_id)
    if request.method != "POST":
        return redirect("crl-management", node_id=node.pk)
    if "confirmed" not in request.POST:
        return _page(request, node, asking="remove")
    event = actions.remove(node)
    if event is None:
        return _page(request, node, told=(Bar("info", "crl_management.nothing-there"),))
    return redirect(f"{reverse('crl-management', args=[node.pk])}?event={event.seq}")


def _page(
    request: HttpRequest,
    node: Node,
    *,
    judgement: CrlJudgement | None = None,
    file_name: str = "",
    event: Event | None = None,
    asking: str = "",
    told: Sequence[Bar] = (),
    status: int = 200,
) -> HttpResponse:
    """The page, and what became of a file or a button."""
    now = node.lab.now()
    lists = crl_file_of(node, now)
    found = judgement.findings if judgement else ()
    context = {
        "lists": lists,
        "counts": {"count": len(lists)},
        "bars": [
            *told,
            *bars_of_findings(found, file_name, "crl_management.upload-failed"),
            *(bars.of_event(event) if event else ()),
        ],
        "reasons": [LinkedReason(one, ()) for one in told_findings(node.lab, found, file_name)],
        "asking": asking,
        "tries": [
            ("upload", "crl-upload", "upload"),
            *([("upload", "crl-remove", "remove")] if lists else []),
        ],
    }
    return appliance_page(request, "crl_management", node, now, context, status=status)
