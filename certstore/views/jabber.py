"""The page of Jabber: ours. It signs in, shows what the person would see, and whom the computer trusts."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from certstore.access import jabber_for
from certstore.actions import jabber as actions
from certstore.forms.trusted_ca import selected_entries
from certstore.forms.unified_cm import ClientSettingsForm
from certstore.forms.uploads import MAX_CA_FILE, tried_file
from certstore.models import Node, StoreName
from certstore.pki.moments import iso, moment_text
from certstore.pki.states import state_of
from certstore.pki.topology import Topology
from certstore.reading.jabber import ShownSignIn, root_of, sign_ins_of
from certstore.reading.settings import client_settings
from certstore.reading.topology import topology_of
from certstore.reading.unified_cm import rows_of
from certstore.views.cures import Cures
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.views.trust_bars import refused
from certstore.views.unified_cm import decoded_page, entry_in
from certstore.wording import jabber_page as words
from certstore.wording.trust_files import NOTHING_TICKED

change = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def jabber(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """The client before a sign-in; with `?signed-in=1` what came of it, at the lab's time. Nothing is written."""
    return _page(request, jabber_for(request, lab_id), signs_in="signed-in" in request.GET)


@change
def upload(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Put a CA certificate into the computer's list."""
    node = jabber_for(request, lab_id)
    if request.method != "POST":
        return _back(node)
    tried = tried_file(request, "file", MAX_CA_FILE)
    judgement = actions.upload(node, tried)
    if judgement.refusal is not None:
        return _page(request, node, refusal=refused(tried, judgement, words.TAKER), status=422)
    messages.success(request, words.added(len(judgement.new), judgement.known))
    return _back(node)


@change
def delete(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Delete: asks first, then deletes the ticked rows."""
    node = jabber_for(request, lab_id)
    if request.method != "POST":
        return _back(node)
    entries = selected_entries(request)
    if not entries:
        return _page(request, node, refusal=NOTHING_TICKED, status=422)
    if "confirmed" not in request.POST:
        return _page(request, node, selected=entries)
    event = actions.delete(node, entries)
    messages.success(request, words.DELETED.format(count=event.params["count"]))
    return _back(node)


@change
def trust(request: HttpRequest, lab_id: UUID, node_id: UUID) -> HttpResponse:
    """Trust the root of an Expressway-E's chain; 404 for what is no Expressway-E of the lab."""
    node = jabber_for(request, lab_id)
    if request.method != "POST":
        return _back(node)
    topology = topology_of(node.lab, node.lab.now())
    edge = next((one for one in topology.edges if one.id == str(node_id)), None)
    if edge is None:
        raise Http404
    root = root_of(topology, edge, topology.at)
    if root is None:
        return _page(request, node, refusal=words.NO_ROOT.format(edge=edge.fqdn), status=422)
    is_new = actions.trust_root(node, root)
    messages.success(request, (words.TRUSTED if is_new else words.TRUSTED_ALREADY).format(name=root.subject))
    return _back(node)


@change
def settings(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Set the domain and what the client does with a certificate that is not valid."""
    node = jabber_for(request, lab_id)
    if request.method != "POST":
        return _back(node)
    form = ClientSettingsForm(request.POST)
    if not form.is_valid():
        return _page(request, node, form=form, status=422)
    actions.set_settings(node, form.settings())
    messages.success(request, words.SAVED)
    return _back(node)


@require_safe
def show_entry(request: HttpRequest, lab_id: UUID, entry_id: int) -> HttpResponse:
    """One row of the computer's list, decoded."""
    node = jabber_for(request, lab_id)
    return decoded_page(request, node, entry_in(node, (StoreName.CLIENT_OS,), entry_id))


def _back(node: Node) -> HttpResponse:
    return redirect("jabber", lab_id=node.lab_id)


def _page(
    request: HttpRequest,
    node: Node,
    *,
    signs_in: bool = False,
    refusal: str = "",
    selected: Sequence[int] = (),
    form: ClientSettingsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with what was refused, or the question whether to delete."""
    lab, now = node.lab, node.lab.now()
    topology = topology_of(lab, now)
    here = client_settings(node)
    initial = {"domain": here.domain, "on_invalid_certificate": here.on_invalid_certificate.value}
    context: dict[str, Any] = {
        "lab": lab,
        "node": node,
        "at": moment_text(iso(now)),
        "domain": here.domain,
        "sign_ins": _sign_ins(node, topology) if signs_in else [],
        "signs_in": signs_in,
        "edges": [{"id": UUID(edge.id), "host": edge.host} for edge in topology.edges],
        "rows": rows_of(node, [StoreName.CLIENT_OS], now)[StoreName.CLIENT_OS],
        "form": form or ClientSettingsForm(initial=initial),
        "behaviour": words.BEHAVIOUR.values(),
        "refusal": refusal,
        "selected": frozenset(selected),
        "words": words,
    }
    room = room_context(request, lab=lab, now=now, here=str(node.pk))
    return render_page(request, "jabber", room | context, status=status)


def _sign_ins(node: Node, topology: Topology) -> list[dict[str, Any]]:
    """Every sign-in, its steps with the pages where a reason is cured."""
    cures = Cures(node.lab)
    found = sign_ins_of(node.lab, topology, state_of(topology))
    return [_with_cures(sign_in, cures) for sign_in in found]


def _with_cures(sign_in: ShownSignIn, cures: Cures) -> dict[str, Any]:
    steps = [{"step": step, "reasons": cures.linked(step.reasons)} for step in sign_in.steps]
    return {"all": sign_in, "steps": steps}
