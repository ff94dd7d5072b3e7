"""The page of a Unified CM: ours, with its trust stores, its own certificates, its services and its settings."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from certstore.access import cucm_for
from certstore.actions import unified_cm as actions
from certstore.forms.trusted_ca import selected_entries
from certstore.forms.unified_cm import CucmSettingsForm, asked_slot, asked_store
from certstore.forms.uploads import MAX_CA_FILE, tried_file
from certstore.models import Node, StoreName
from certstore.pki.connections import LabState
from certstore.pki.decode import decoded_certificate, pem_list, pem_text
from certstore.pki.facts import CertificateFacts, CrlFacts
from certstore.pki.moments import iso, moment_text
from certstore.pki.states import state_of
from certstore.pki.topology import Expressway
from certstore.reading import unified_cm as reading
from certstore.reading.settings import cucm_settings
from certstore.reading.told_reasons import told_reasons
from certstore.reading.topology import topology_of
from certstore.reading.trust import all_of, entry_of
from certstore.views.cure_links import Cures
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.views.trust_bars import refused
from certstore.wording import cucm as words
from certstore.wording import sentence
from certstore.wording.trust_files import NOTHING_TICKED

change = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def unified_cm(request: HttpRequest, lab_id: UUID, node_id: UUID) -> HttpResponse:
    """Everything of it."""
    return _page(request, cucm_for(request, lab_id, node_id))


@change
def upload(request: HttpRequest, lab_id: UUID, node_id: UUID) -> HttpResponse:
    """Upload a certificate to tomcat-trust or CallManager-trust."""
    node = cucm_for(request, lab_id, node_id)
    if request.method != "POST":
        return _back(node)
    store = asked_store(request)
    if store is None:
        return _page(request, node, refusal=words.NO_PURPOSE, status=422)
    tried = tried_file(request, "file", MAX_CA_FILE)
    judgement = actions.upload(node, store, tried)
    if judgement.refusal is not None:
        told = refused(tried, judgement, words.TAKER)
        return _page(request, node, refusal=told, purpose=store.value, status=422)
    told = words.added(words.LISTS[store.value][0], len(judgement.new), judgement.known)
    messages.success(request, f"{sentence('cucm.uploaded').text}. {told}")
    return _back(node)


@change
def delete(request: HttpRequest, lab_id: UUID, node_id: UUID) -> HttpResponse:
    """Delete: asks first, then deletes the ticked rows of both lists."""
    node = cucm_for(request, lab_id, node_id)
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
def change_certificate(request: HttpRequest, lab_id: UUID, node_id: UUID) -> HttpResponse:
    """Regenerate one of its certificates, have it signed, or delete it."""
    node = cucm_for(request, lab_id, node_id)
    slot = asked_slot(request)
    wanted = request.POST.get("do", "")
    if request.method != "POST":
        return _back(node)
    if slot is None or wanted not in ("regenerate", "sign", "delete"):
        return _page(request, node, refusal=words.NO_CERTIFICATE_NAMED, status=422)
    title = words.CERTIFICATES[slot.value][0]
    if wanted == "regenerate":
        actions.regenerate(node, slot)
        messages.success(request, words.REGENERATED.format(certificate=title))
    elif wanted == "sign":
        signed = actions.sign(node, slot)
        messages.success(request, words.SIGNED.format(certificate=title, ca=signed.ca))
        if signed.ca_is_new:
            messages.info(request, words.NEW_CA)
    elif actions.delete_certificate(node, slot):
        messages.success(request, words.REMOVED.format(certificate=title))
    else:
        return _page(request, node, refusal=words.NOT_DELETED, status=422)
    return _back(node)


@change
def services(request: HttpRequest, lab_id: UUID, node_id: UUID) -> HttpResponse:
    """Restart the services."""
    node = cucm_for(request, lab_id, node_id)
    if request.method == "POST":
        actions.restart_services(node)
        messages.success(request, words.RESTARTED)
    return _back(node)


@change
def settings(request: HttpRequest, lab_id: UUID, node_id: UUID) -> HttpResponse:
    """Set the server entry, mixed mode and the cipher preference."""
    node = cucm_for(request, lab_id, node_id)
    if request.method != "POST":
        return _back(node)
    form = CucmSettingsForm(request.POST)
    if not form.is_valid():
        return _page(request, node, form=form, status=422)
    actions.set_settings(node, form.settings())
    messages.success(request, words.SAVED)
    return _back(node)


@require_safe
def show_certificate(request: HttpRequest, lab_id: UUID, node_id: UUID, slot: str) -> HttpResponse:
    """One of its certificates, decoded."""
    node = cucm_for(request, lab_id, node_id)
    return decoded_page(request, node, _certificate(node, slot))


@require_safe
def certificate_pem(request: HttpRequest, lab_id: UUID, node_id: UUID, slot: str) -> HttpResponse:
    """One of its certificates in PEM."""
    facts = _certificate(cucm_for(request, lab_id, node_id), slot)
    return _pem(pem_text(facts.der), f"{slot}.pem")


@require_safe
def list_pem(request: HttpRequest, lab_id: UUID, node_id: UUID, store: str) -> HttpResponse:
    """One of its lists in PEM: what an Expressway-C needs of it is in there."""
    node = cucm_for(request, lab_id, node_id)
    if store not in words.LISTS:
        raise Http404
    text = pem_list(all_of(node.trust_stores.get(name=store)))
    return _pem(text, f"{words.LISTS[store][0]}.pem")


@require_safe
def show_entry(request: HttpRequest, lab_id: UUID, node_id: UUID, entry_id: int) -> HttpResponse:
    """One row of its lists, decoded."""
    node = cucm_for(request, lab_id, node_id)
    return decoded_page(request, node, entry_in(node, reading.LOADED, entry_id))


def entry_in(node: Node, names: Iterable[StoreName], entry_id: int) -> CertificateFacts:
    """The certificate of a row of some lists of a server that `access` handed out; else 404."""
    stores = node.trust_stores.filter(name__in=list(names))
    found = next((facts for store in stores if (facts := entry_of(store, entry_id)) is not None), None)
    if found is None or isinstance(found, CrlFacts):
        raise Http404
    return found


def decoded_page(request: HttpRequest, node: Node, facts: CertificateFacts) -> HttpResponse:
    """A certificate decoded, on a page of its own."""
    context = {"node": node, "facts": facts, "text": decoded_certificate(facts.der)}
    return render(request, "certstore/unified_cm/decoded.html", context)


def _certificate(node: Node, slot: str) -> CertificateFacts:
    facts = reading.certificate_in(node, slot) if slot in words.CERTIFICATES else None
    if facts is None:
        raise Http404
    return facts


def _pem(text: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


def _back(node: Node) -> HttpResponse:
    return redirect("unified-cm", lab_id=node.lab_id, node_id=node.pk)


def _page(
    request: HttpRequest,
    node: Node,
    *,
    refusal: str = "",
    purpose: str = "",
    selected: Sequence[int] = (),
    form: CucmSettingsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with what was refused, or the question whether to delete."""
    lab, now = node.lab, node.lab.now()
    topology = topology_of(lab, now)
    stores = reading.stores_of(node, now)
    certificates = reading.own_certificates(node, now)
    waits = any(store.waits for store in stores) or any(one.state[0] == "warn" for one in certificates)
    here = cucm_settings(node)
    initial = {name: getattr(here, name) for name in ("server_entry", "mixed_mode", "prefers_rsa")}
    context: dict[str, Any] = {
        "lab": lab,
        "node": node,
        "stores": stores,
        "certificates": certificates,
        "waits": waits,
        "minutes": actions.SERVICES_SECONDS // 60,
        "restarted": moment_text(iso(node.restarted_at_lab)) if node.restarted_at_lab else "",
        "form": form or CucmSettingsForm(initial=initial),
        "refusal": refusal,
        "purpose": purpose,
        "selected": frozenset(selected),
        "needs": reading.needs_of(topology, stores),
        "tells": lab.column != lab.Explanations.OFF,
        "connections": _connections(node, state_of(topology), topology.controls),
        "words": words,
    }
    room = room_context(request, lab=lab, now=now, here=str(node.pk))
    return render_page(request, "unified_cm", room | context, status=status)


def _connections(node: Node, state: LabState, controls: Sequence[Expressway]) -> list[dict[str, Any]]:
    """How every Expressway-C and this Unified CM take each other, as loaded now."""
    cures = Cures(node.lab)
    names = {control.id: control.fqdn for control in controls}
    verdicts = [one for one in state.unified_cms if one.target == str(node.pk)]
    return [
        {
            "control": names[verdict.source],
            "state": words.CONNECTION_STATES[verdict.health.value],
            "reasons": cures.linked(told_reasons(node.lab, verdict.reasons)),
        }
        for verdict in verdicts
    ]
