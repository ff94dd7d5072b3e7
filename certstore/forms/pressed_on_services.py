"""Buttons of Clustering, of Unified CM servers, and of the pages of Unified CM and Jabber, pressed to try."""

from uuid import UUID

from django.http import HttpRequest

from certstore.actions.steps import StepKind
from certstore.forms.clustering import (
    TypedCluster,
    TypedRow,
    refusals_of,
    refusals_of_name,
    refusals_of_row,
)
from certstore.forms.cucm_servers import ON, TypedServer
from certstore.forms.cucm_servers import refusals_of as refusals_of_server
from certstore.forms.labs import ServerForm
from certstore.forms.press import (
    CONFIRMED,
    Press,
    Pressed,
    plainly,
    pressed,
    pressed_with_file,
    refused,
    refused_by,
    refused_by_form,
    sent,
)
from certstore.forms.pressed_on_appliance import entries_ticked
from certstore.forms.trusted_ca import LONGEST_NUMBER
from certstore.forms.unified_cm import ClientSettingsForm, CucmSettingsForm, asked_slot, asked_store
from certstore.forms.uploads import MAX_CA_FILE, tried_file
from certstore.models import Node
from certstore.reading.clusters import peers_of
from certstore.wording import cucm, sentence
from certstore.wording import try_first as words

# What the real button of a certificate of Unified CM sends as `do`.
_DOES = {
    StepKind.CUCM_REGENERATE: "regenerate",
    StepKind.CUCM_SIGN: "sign",
    StepKind.CUCM_CERTIFICATE_DELETE: "delete",
}


def _cluster_make(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    typed = TypedCluster.of(request.POST, 0)
    found = refused_by(refusals_of_name(typed.name))
    return found or pressed(node, kind, {"name": typed.name}, sent(request, "name"), what=typed.name)


def _cluster_save(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    peers = peers_of(node) if node.cluster_id else []
    if not peers:
        return refused(words.NO_CLUSTER)
    typed = TypedCluster.of(request.POST, len(peers))
    found = refused_by(refusals_of(typed))
    if found is not None:
        return found
    plan = typed.plan()
    values = {"mode": plan.tls_mode, "name": plan.fqdn, "addresses": plan.addresses}
    names = ("name", "mode", *(f"peer-{number}" for number in range(1, len(peers) + 1)))
    return pressed(node, kind, values, sent(request, *names), what=str(plan.tls_mode.label))


def _cluster_add(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    form = ServerForm(Node.Kind(node.kind), data=request.POST, prefix="new")
    if not form.is_valid():
        return refused_by_form(form)
    fields = sent(request, "new-host", "new-domain", "new-address")
    what = f"{form.cleaned_data['host']}.{form.cleaned_data['domain']}"
    return pressed(node, kind, dict(form.cleaned_data), fields, what=what)


def _cluster_peer(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    """What is done with one of the peers."""
    named = request.POST.get("peer", "")
    peers = peers_of(node) if node.cluster_id else []
    peer = next((one for one in peers if str(one.pk) == named), None)
    if peer is None:
        return refused(sentence("clustering.refused-gone").text)
    return pressed(node, kind, {"peer": peer.pk}, (("peer", named), *CONFIRMED), what=peer.host)


def _cluster_dissolve(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    return pressed(node, kind, fields=CONFIRMED) if node.cluster_id else refused(words.IN_NO_CLUSTER)


def _cluster_map(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    typed = TypedRow.of(request.POST)
    found = refused_by(list(refusals_of_row(typed)))
    fields = sent(request, "mapping-name", "mapping-address")
    return found or pressed(node, kind, typed.row(), fields, what=f"{typed.name} {typed.address}")


def _server(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    """Add Address, and Save: the same form. The password is looked at by neither."""
    typed = TypedServer.of(request.POST)
    found = refused_by(refusals_of_server(typed))
    if found is not None:
        return found
    values = {"address": typed.address, "username": typed.username, "tls_verify": typed.tls_verify == ON}
    fields = sent(request, "address", "username", "tls-verify")
    if kind is StepKind.CUCM_SERVER_ADD:
        return pressed(node, kind, values, fields, what=typed.address)
    named = request.POST.get("row", "")
    row = int(named) if named.isascii() and named.isdigit() and len(named) < LONGEST_NUMBER else 0
    if not node.cucm_servers.filter(pk=row).exists():
        return refused(words.CUCM_SERVER_GONE)
    return pressed(node, kind, values | {"row": row}, fields, what=typed.address, args=(row,))


def _cucm_upload(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    store = asked_store(request)
    if store is None:
        return refused(cucm.NO_PURPOSE)
    return pressed_with_file(node, kind, tried_file(request, "file", MAX_CA_FILE), {"store": store.value})


def _certificate(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    """What is done with one of the certificates of Unified CM."""
    slot = asked_slot(request)
    if slot is None:
        return refused(cucm.NO_CERTIFICATE_NAMED)
    fields = (("certificate", slot.value), ("do", _DOES[kind]))
    return pressed(node, kind, {"slot": slot}, fields, what=cucm.CERTIFICATES[slot.value][0])


def _cucm_settings(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    form = CucmSettingsForm(request.POST)
    if not form.is_valid():
        return refused_by_form(form)
    return pressed(node, kind, {"settings": form.settings()}, sent(request, *form.fields))


def _jabber_upload(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    return pressed_with_file(node, kind, tried_file(request, "file", MAX_CA_FILE))


def _jabber_trust(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    named = request.POST.get("edge", "")
    edges = node.lab.nodes.filter(kind=Node.Kind.EXPRESSWAY_E)
    edge = next((one for one in edges if str(one.pk) == named), None)
    if edge is None:
        return refused(words.NO_EDGE)
    return pressed(node, kind, {"edge": edge.pk}, what=edge.host, args=(UUID(named),))


def _jabber_settings(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    form = ClientSettingsForm(request.POST)
    if not form.is_valid():
        return refused_by_form(form)
    return pressed(node, kind, {"settings": form.settings()}, sent(request, *form.fields))


ON_SERVICES: dict[StepKind, Press] = {
    StepKind.CLUSTER_MAKE: _cluster_make,
    StepKind.CLUSTER_MODE: _cluster_save,
    StepKind.CLUSTER_ADD: _cluster_add,
    StepKind.CLUSTER_REMOVE: _cluster_peer,
    StepKind.CLUSTER_PRIMARY: _cluster_peer,
    StepKind.CLUSTER_DISSOLVE: _cluster_dissolve,
    StepKind.CLUSTER_MAP: _cluster_map,
    StepKind.CUCM_SERVER_ADD: _server,
    StepKind.CUCM_SERVER_SAVE: _server,
    StepKind.CUCM_SERVER_REFRESH: plainly,
    StepKind.CUCM_SERVER_DELETE: entries_ticked,
    StepKind.CUCM_UPLOAD: _cucm_upload,
    StepKind.CUCM_DELETE: entries_ticked,
    StepKind.CUCM_REGENERATE: _certificate,
    StepKind.CUCM_SIGN: _certificate,
    StepKind.CUCM_CERTIFICATE_DELETE: _certificate,
    StepKind.CUCM_SETTINGS: _cucm_settings,
    StepKind.CUCM_SERVICES: plainly,
    StepKind.JABBER_UPLOAD: _jabber_upload,
    StepKind.JABBER_DELETE: entries_ticked,
    StepKind.JABBER_TRUST: _jabber_trust,
    StepKind.JABBER_SETTINGS: _jabber_settings,
}
