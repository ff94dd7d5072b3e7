"""Try first, beside a real button: the same form, posted here, answers with what would change; nothing is changed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from certstore.access import lab_for, node_for, service_for, signed_in
from certstore.actions.acme import is_offered
from certstore.actions.steps import StepKind
from certstore.actions.try_first import tried
from certstore.forms.press import Pressed
from certstore.forms.pressed import pressed_on_lab, pressed_on_server
from certstore.models import Lab, Node
from certstore.pki.releases import Switch, profile_for
from certstore.views.commands import PAGE_OF
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.views.trial_rows import rows_of
from certstore.wording import try_first as words

# Of each button: the name of the URL that does it, and that of the page it stands on.
Buttons = Mapping[StepKind, tuple[str, str]]
ON_SERVER: Buttons = {
    StepKind.APPEND: ("trusted-ca-append", "trusted-ca"),
    StepKind.DELETE: ("trusted-ca-delete", "trusted-ca"),
    StepKind.RESET_LIST: ("trusted-ca-reset", "trusted-ca"),
    StepKind.UPLOAD: ("server-certificate-upload", "server-certificate"),
    StepKind.RESET_CERTIFICATE: ("server-certificate-reset", "server-certificate"),
    StepKind.CLIENT_UPLOAD: ("client-certificate-upload", "client-certificate"),
    StepKind.CLIENT_RESET: ("client-certificate-reset", "client-certificate"),
    StepKind.CRL_UPLOAD: ("crl-upload", "crl-management"),
    StepKind.CRL_REMOVE: ("crl-remove", "crl-management"),
    StepKind.CSR_DISCARD: ("csr-discard", "server-certificate"),
    StepKind.CLIENT_CSR_DISCARD: ("client-csr-discard", "client-certificate"),
    StepKind.ACME: ("server-certificate-acme", "server-certificate"),
    StepKind.SWITCHES: ("server-command", "server-certificate"),
    StepKind.RESTART: ("restart", "restart"),
    StepKind.ZONE: ("zone", "zone"),
    StepKind.ZONE_NEW: ("zone-new", "zone-new"),
    StepKind.ZONE_CREDENTIAL: ("zone-credential", "zone"),
    StepKind.ZONE_DELETE: ("zone-delete", "zones"),
    StepKind.NAMES: ("dns", "dns"),
    StepKind.REVOCATION: ("sip", "sip"),
    StepKind.TUNNEL_ALGORITHMS: ("ssh-configuration", "ssh-configuration"),
    StepKind.TUNNEL_RESET: ("ssh-configuration-reset", "ssh-configuration"),
    StepKind.CLUSTER_MAKE: ("clustering-make", "clustering"),
    StepKind.CLUSTER_MODE: ("clustering", "clustering"),
    StepKind.CLUSTER_ADD: ("clustering-add", "clustering"),
    StepKind.CLUSTER_REMOVE: ("clustering-remove", "clustering"),
    StepKind.CLUSTER_PRIMARY: ("clustering-primary", "clustering"),
    StepKind.CLUSTER_DISSOLVE: ("clustering-dissolve", "clustering"),
    StepKind.CLUSTER_MAP: ("clustering-map", "clustering"),
    StepKind.CUCM_SERVER_ADD: ("unified-cm-server-new", "unified-cm-server-new"),
    StepKind.CUCM_SERVER_SAVE: ("unified-cm-server", "unified-cm-servers"),
    StepKind.CUCM_SERVER_REFRESH: ("unified-cm-server-refresh", "unified-cm-servers"),
    StepKind.CUCM_SERVER_DELETE: ("unified-cm-server-delete", "unified-cm-servers"),
}
ON_LAB: Buttons = {
    StepKind.TIME: ("lab-time", "lab-time"),
    StepKind.RELEASE: ("lab-settings-release", "lab-settings"),
    StepKind.JUDGING: ("lab-settings-judging", "lab-settings"),
    StepKind.SWITCHES: ("lab-settings-switches", "lab-settings"),
    StepKind.POINT_RESTORE: ("lab-point-restore", "lab-points"),
    StepKind.NAMES: ("lab-settings-servers", "lab-settings"),
    StepKind.SENDS: ("lab-settings-sending", "lab-settings"),
    StepKind.ORIGIN: ("lab-settings-origin", "lab-settings"),
    StepKind.DNS: ("lab-dns-answer", "lab-dns"),
    StepKind.DNS_RIGHT: ("lab-dns-right", "lab-dns"),
}
ON_UNIFIED_CM: Buttons = {
    StepKind.CUCM_UPLOAD: ("unified-cm-upload", "unified-cm"),
    StepKind.CUCM_DELETE: ("unified-cm-delete", "unified-cm"),
    StepKind.CUCM_REGENERATE: ("unified-cm-change", "unified-cm"),
    StepKind.CUCM_SIGN: ("unified-cm-change", "unified-cm"),
    StepKind.CUCM_CERTIFICATE_DELETE: ("unified-cm-change", "unified-cm"),
    StepKind.CUCM_SETTINGS: ("unified-cm-settings", "unified-cm"),
    StepKind.CUCM_SERVICES: ("unified-cm-services", "unified-cm"),
}
ON_JABBER: Buttons = {
    StepKind.JABBER_UPLOAD: ("jabber-upload", "jabber"),
    StepKind.JABBER_DELETE: ("jabber-delete", "jabber"),
    StepKind.JABBER_TRUST: ("jabber-trust", "jabber"),
    StepKind.JABBER_SETTINGS: ("jabber-settings", "jabber"),
}

change = require_http_methods(["GET", "HEAD", "POST"])


@change
def on_server(request: HttpRequest, node_id: UUID, kind: str) -> HttpResponse:
    """Try a button of an Expressway's page; 404 for one that its release or role has not."""
    node = node_for(request, node_id)
    names = _names_in(ON_SERVER, kind)
    if not _stands_there(node, StepKind(kind)):
        raise Http404
    return _tried_on_server(request, node, StepKind(kind), names, (node.pk,))


@change
def on_service(request: HttpRequest, lab_id: UUID, node_id: UUID, kind: str) -> HttpResponse:
    """Try a button of the page of Unified CM or of Jabber."""
    node = service_for(request, lab_id, node_id)
    is_cucm = node.kind == Node.Kind.CUCM
    names = _names_in(ON_UNIFIED_CM if is_cucm else ON_JABBER, kind)
    args = (node.lab_id, node.pk) if is_cucm else (node.lab_id,)
    return _tried_on_server(request, node, StepKind(kind), names, args)


@change
def on_lab(request: HttpRequest, lab_id: UUID, kind: str) -> HttpResponse:
    """Try a button of one of the lab's own pages."""
    lab = lab_for(request, lab_id)
    does, page = _names_in(ON_LAB, kind)
    if request.method != "POST":
        return redirect(page, lab_id=lab.pk)
    pressed = pressed_on_lab(request, lab, StepKind(kind))
    addresses = (_address(does, (lab.pk,), pressed), reverse(page, args=[lab.pk]))
    return _page(request, lab, None, StepKind(kind), pressed, addresses)


def _names_in(buttons: Buttons, kind: str) -> tuple[str, str]:
    """The names of the URLs of a button and of its page; 404 for one that is not there."""
    if kind not in set(StepKind) or StepKind(kind) not in buttons:
        raise Http404
    return buttons[StepKind(kind)]


def _stands_there(node: Node, kind: StepKind) -> bool:
    """Whether the page of the real button is there for a server."""
    if kind in (StepKind.CLIENT_UPLOAD, StepKind.CLIENT_RESET, StepKind.CLIENT_CSR_DISCARD):
        return profile_for(node.lab.release).release.has_client_store
    if kind is StepKind.ACME:
        return is_offered(node, node.lab)
    if kind is StepKind.ZONE_CREDENTIAL:
        return node.kind == Node.Kind.EXPRESSWAY_E
    return not kind.startswith("cucm-") or node.kind == Node.Kind.EXPRESSWAY_C


def _tried_on_server(
    request: HttpRequest, node: Node, kind: StepKind, names: tuple[str, str], args: tuple[UUID, ...]
) -> HttpResponse:
    """Try a button of a server's page, whose address and whose page's have the same arguments."""
    does, page = names
    if request.method != "POST":
        return redirect(page, *args)
    pressed = pressed_on_server(request, node, kind)
    if kind is StepKind.SWITCHES and pressed.args:
        page = PAGE_OF[Switch(str(pressed.args[0]))]
    addresses = (_address(does, args, pressed), reverse(page, args=args))
    return _page(request, node.lab, node, kind, pressed, addresses)


def _address(does: str, args: tuple[UUID, ...], pressed: Pressed) -> str:
    """Where the real button leads; "" for a refused form, which may not name all that its address needs."""
    return reverse(does, args=[*args, *pressed.args]) if pressed.step else ""


def _page(
    request: HttpRequest,
    lab: Lab,
    node: Node | None,
    kind: StepKind,
    pressed: Pressed,
    addresses: tuple[str, str],
) -> HttpResponse:
    """What the button would do; 422 where what was typed does not make a step."""
    name = f"{node.host}: {words.STEPS[kind]}" if node else words.STEPS[kind]
    context: dict[str, Any] = {"lab": lab, "name": name, "pressed": pressed, "back": addresses[1]}
    if pressed.step is not None:
        trial = tried(lab.pk, [pressed.step], signed_in(request))
        step = trial.steps[0]
        row = next(rows_of(lab, trial, [(name, pressed.what)]))
        is_whole = not pressed.has_file and not pressed.has_password
        does = addresses[0] if step.accepted and is_whole else ""
        context |= {"row": row, "explanation": step.explanation, "does": does}
    here = str(node.pk) if node else "lab-try"
    room = room_context(request, lab=lab, now=lab.now(), here=here)
    return render_page(request, "tried", room | context, status=200 if pressed.step else 422)
