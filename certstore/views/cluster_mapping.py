"""Cluster address mapping, on System > Clustering: a row is added, changed or deleted."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from certstore.access import node_for
from certstore.actions import cluster_mapping as actions
from certstore.actions.clusters import NoCluster
from certstore.forms.clustering import TypedRow, refusals_of_row
from certstore.forms.typed import Refusal
from certstore.models import Node
from certstore.reading.clusters import cluster_of
from certstore.views.appliance import Bar
from certstore.views.clustering import clustering_page, done

change = require_http_methods(["GET", "HEAD", "POST"])


@change
def add(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Add mapping; a name that is mapped gets the other address."""
    node = node_for(request, node_id)
    if request.method != "POST":
        return redirect("clustering", node_id=node.pk)
    typed = TypedRow.of(request.POST)
    refusals = list(refusals_of_row(typed))
    if refusals:
        return _refused(request, node, typed, *refusals)
    try:
        event = actions.map_address(node, **typed.row())
    except NoCluster:
        return redirect("clustering", node_id=node.pk)
    except actions.MappingFull:
        limit = {"limit": actions.MOST_MAPPED}
        return _refused(
            request, node, typed, Refusal("mapping-name", "clustering.refused-mapping-full", limit)
        )
    if event is None:
        state = cluster_of(node, node.lab.now())
        return clustering_page(request, node, state, bar=Bar("info", "clustering.nothing-changed"))
    return done(event)


@change
def delete(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Delete a row."""
    node = node_for(request, node_id)
    if request.method != "POST":
        return redirect("clustering", node_id=node.pk)
    try:
        event = actions.unmap_address(node, request.POST.get("row", ""))
    except NoCluster:
        return redirect("clustering", node_id=node.pk)
    return done(event) if event else _refused(request, node, None, Refusal("", "clustering.refused-no-row"))


def _refused(request: HttpRequest, node: Node, typed: TypedRow | None, *refusals: Refusal) -> HttpResponse:
    state = cluster_of(node, node.lab.now())
    return clustering_page(request, node, state, refusals=refusals, row=typed, status=422)
