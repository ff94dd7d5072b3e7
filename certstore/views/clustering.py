"""System > Clustering: the peers, the TLS verification mode; in our column a peer is added or removed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from certstore.access import node_for
from certstore.actions import clusters as actions
from certstore.actions.steps import StepKind
from certstore.forms.clustering import (
    LONGEST_IP,
    LONGEST_NAME,
    TypedCluster,
    TypedRow,
    refusals_of,
    refusals_of_name,
)
from certstore.forms.labs import ServerForm
from certstore.forms.typed import Refusal, shown
from certstore.models import Event, Lab, Node
from certstore.pki.releases import Role
from certstore.reading.clusters import ClusterState, PeerState, cluster_of, peers_of
from certstore.scenarios.clusters import cluster_name, next_peer
from certstore.scenarios.expressway_pair import ServerPlan
from certstore.views import bars
from certstore.views.appliance import Bar
from certstore.views.appliance_page import appliance_page, result_of
from certstore.views.frame_fields import Field, bars_of, refused_among
from certstore.wording import explained
from certstore.wording.evidence import Explanation

# What can be tried first in a cluster: the id of its form, the kind of step, the short name of its button.
_TRIES = (
    ("cluster-form", StepKind.CLUSTER_MODE, "save"),
    ("mapping-form", StepKind.CLUSTER_MAP, "add mapping"),
)
# What is said of the primary peer, to which neither of these is done.
_NOT_THE_FIRST = {"remove": "clustering.refused-primary", "primary": "clustering.refused-first"}

change = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class PeerField:
    """A peer's address, and the two messages beside it: classes of signs and names of sentences."""

    field: Field
    signs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """What has to be confirmed: "remove" or "primary" with its peer, or "dissolve"."""

    what: str
    peer: PeerState | None = None


@change
def clustering(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """The page, and Save."""
    node = node_for(request, node_id)
    state = cluster_of(node, node.lab.now())
    if request.method != "POST" or state is None:
        return clustering_page(request, node, state, **result_of(request, node, "clustering"))
    typed = TypedCluster.of(request.POST, len(state.peers))
    refusals = refusals_of(typed)
    if refusals:
        return clustering_page(request, node, state, typed, refusals=refusals, status=422)
    event = actions.save(node, typed.plan())
    if event is None:
        return clustering_page(request, node, state, bar=Bar("info", "clustering.nothing-changed"))
    return done(event)


@change
def make(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Make a cluster of which this server is the primary peer."""
    node = node_for(request, node_id)
    if request.method != "POST":
        return redirect("clustering", node_id=node.pk)
    typed = TypedCluster.of(request.POST, 0)
    refusals = list(refusals_of_name(typed.name))
    if not refusals:
        try:
            return done(actions.make(node, typed.name))
        except actions.ClusterThere:
            refusals = [Refusal("", "clustering.refused-there")]
        except actions.ClusterFull:
            refusals = [Refusal("", "clustering.refused-full", {"limit": actions.MOST_PEERS})]
    state = cluster_of(node, node.lab.now())
    return clustering_page(request, node, state, None if state else typed, refusals=refusals, status=422)


@change
def add(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Add a peer to the lab."""
    node = node_for(request, node_id)
    state = cluster_of(node, node.lab.now())
    if request.method != "POST" or state is None:
        return redirect("clustering", node_id=node.pk)
    form = ServerForm(Node.Kind(node.kind), data=request.POST, prefix="new")
    refusals = []
    if form.is_valid():
        plan = form.plan()
        try:
            return done(actions.add_peer(node, plan))
        except actions.ClusterFull:
            refusals = [Refusal("", "clustering.refused-full", {"limit": actions.MOST_PEERS})]
        except actions.NameTaken:
            taken = {"value": shown(f"{plan.host}.{plan.domain}")}
            refusals = [Refusal("", "clustering.refused-taken", taken)]
    return clustering_page(request, node, state, refusals=refusals, form=form, status=422)


@change
def remove(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Remove a peer from the cluster and the lab: asks first."""
    return _with_peer(request, node_id, "remove", actions.remove_peer)


@change
def primary(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Make another peer the primary: asks first."""
    return _with_peer(request, node_id, "primary", actions.make_primary)


@change
def dissolve(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Dissolve the cluster: asks first."""
    node = node_for(request, node_id)
    state = cluster_of(node, node.lab.now())
    if request.method != "POST" or state is None:
        return redirect("clustering", node_id=node.pk)
    if "confirmed" not in request.POST:
        return clustering_page(request, node, state, asking=Asking("dissolve"))
    event = actions.dissolve(node)
    return done(event) if event else redirect("clustering", node_id=node.pk)


def _with_peer(
    request: HttpRequest, node_id: UUID, what: str, act: Callable[[Node, UUID], Event | None]
) -> HttpResponse:
    """Do something with the peer that is named, once it is confirmed."""
    node = node_for(request, node_id)
    if request.method != "POST":
        return redirect("clustering", node_id=node.pk)
    state = cluster_of(node, node.lab.now())
    named = request.POST.get("peer", "")
    peer = next((one for one in (state.peers if state else ()) if str(one.node.pk) == named), None)
    why = "clustering.refused-gone" if peer is None else _NOT_THE_FIRST[what] if peer.number == 1 else ""
    if peer is None or why:
        return clustering_page(request, node, state, refusals=[Refusal("", why)], status=422)
    if "confirmed" not in request.POST:
        return clustering_page(request, node, state, asking=Asking(what, peer))
    try:
        event = act(node, peer.node.pk)
    except actions.IsPrimary:  # it became the primary meanwhile
        return clustering_page(request, node, state, refusals=[Refusal("", _NOT_THE_FIRST[what])], status=422)
    return done(event) if event else redirect("clustering", node_id=node.pk)


def done(event: Event) -> HttpResponse:
    """After something was done: to the page of the server that it was done on."""
    return redirect(f"{reverse('clustering', args=[event.node_id])}?event={event.seq}")


def clustering_page(
    request: HttpRequest,
    node: Node,
    state: ClusterState | None,
    typed: TypedCluster | None = None,
    *,
    refusals: Sequence[Refusal] = (),
    event: Event | None = None,
    bar: Bar | None = None,
    form: ServerForm | None = None,
    asking: Asking | None = None,
    row: TypedRow | None = None,
    status: int = 200,
    **_: Any,
) -> HttpResponse:
    refused = refused_among(refusals)
    here = ServerPlan(Role(node.kind), node.host, node.domain, node.address)
    as_set = TypedCluster.as_set(state) if state else TypedCluster(name=cluster_name(here))
    shown_now = typed or as_set
    context = {
        "cluster": state,
        "fields": _fields(shown_now, state, refused),
        "peers": _peers(shown_now, state, refused) if state else (),
        "new_peer": form or (_new_peer(node) if state else None),
        "most_peers": actions.MOST_PEERS,
        "asking": asking,
        "mapping": sorted(state.cluster.address_mapping.items()) if state else (),
        "mapping_fields": _mapping_fields(row or TypedRow(), refused) if state else (),
        "tries": _TRIES if state else [("cluster-form", StepKind.CLUSTER_MAKE, "create cluster")],
        "reasons": _explained(state) if state and node.lab.column == Lab.Explanations.OPEN else (),
        "bars": [
            *bars_of(refusals),
            *(bars.of_event(event) if event else ()),
            *([bar] if bar else ()),
            *(_told(state) if state else ()),
        ],
    }
    return appliance_page(request, "clustering", node, node.lab.now(), context, status=status)


def _explained(state: ClusterState) -> list[Explanation]:
    """What the peers hold against each other, each once."""
    told = (explained(reason.finding.code, reason.finding.facts) for reason in state.reasons)
    return list({one.on_screen.text: one for one in told}.values())


def _told(state: ClusterState) -> list[Bar]:
    """What the page warns of as long as it is so."""
    warned = [Bar("info", "clustering.warned-enforcing")] if state.enforces and state.some_invalid else []
    return [*warned, *([Bar("info", "clustering.restart-due")] if state.restart_due else [])]


def _new_peer(node: Node) -> ServerForm:
    """The form for a further peer, filled in with what follows the last one."""
    everybody = [_plan(one, node.kind) for one in node.lab.nodes.all()]
    plan = next_peer([_plan(peers_of(node)[-1], node.kind)], everybody)
    initial = {"host": plan.host, "domain": plan.domain, "address": plan.address}
    return ServerForm(Node.Kind(node.kind), prefix="new", initial=initial)


def _plan(node: Node, role: str) -> ServerPlan:
    return ServerPlan(Role(role), node.host, node.domain, node.address)


def _fields(typed: TypedCluster, state: ClusterState | None, refused: frozenset[str]) -> list[Field]:
    name = Field(
        id="name",
        label="clustering.cluster-name",
        value=typed.name,
        help="clustering.help-cluster-name",
        most=LONGEST_NAME,
        is_mandatory=True,
        is_refused="name" in refused,
    )
    if state is None:
        return [name]
    return [
        name,
        Field(id="primary", label="clustering.primary", value="1", help="clustering.help-primary", type=""),
        Field(
            id="mode",
            label="clustering.tls-mode",
            value=typed.mode,
            help="clustering.help-tls-mode",
            type="select",
            is_refused="mode" in refused,
            choices=[("permissive", "clustering.permissive"), ("enforcing", "clustering.enforcing")],
        ),
    ]


def _mapping_fields(typed: TypedRow, refused: frozenset[str]) -> list[Field]:
    """A further row of the cluster address mapping."""
    return [
        Field(
            id=f"mapping-{name}",
            label=f"clustering.mapping-{name}",
            value=value,
            help=f"clustering.help-mapping-{name}",
            most=most,
            is_refused=f"mapping-{name}" in refused,
        )
        for name, value, most in (("name", typed.name, LONGEST_NAME), ("address", typed.address, LONGEST_IP))
    ]


def _peers(typed: TypedCluster, state: ClusterState, refused: frozenset[str]) -> list[PeerField]:
    """The peers' addresses, each with its two messages as this peer sees them."""
    return [
        PeerField(
            Field(
                id=f"peer-{peer.number}",
                label="clustering.peer-address",
                facts={"number": peer.number},
                value=address,
                help="clustering.help-peer-address" if peer.number == 1 else "",
                most=LONGEST_NAME,
                is_mandatory=True,
                is_refused=f"peer-{peer.number}" in refused,
            ),
            _signs(peer, is_strict=state.enforces),
        )
        for peer, address in zip(state.peers, typed.addresses, strict=True)
    ]


def _signs(peer: PeerState, *, is_strict: bool) -> tuple[tuple[str, str], ...]:
    """ "Clustering" and "Certificate"; an invalid certificate is blue while the mode is Permissive."""
    if peer.is_here:
        return (("ok", "clustering.this-system"),)
    active = ("ok", "clustering.clustering-active") if peer.works else ("bad", "clustering.clustering-failed")
    if peer.is_valid:
        return active, ("ok", "clustering.certificate-valid")
    return active, ("bad" if is_strict else "info", "clustering.certificate-invalid")
