"""Buttons of an Expressway's pages, pressed to try, each with the form of its page."""

from dataclasses import replace

from django.http import HttpRequest

from certstore.actions.steps import StepKind
from certstore.forms import server_settings
from certstore.forms.dns_page import TypedNames
from certstore.forms.dns_page import refusals_of as refusals_of_names
from certstore.forms.press import (
    CONFIRMED,
    Press,
    Pressed,
    plainly,
    pressed,
    pressed_with_file,
    refused,
    refused_by,
    sent,
)
from certstore.forms.trusted_ca import selected_entries
from certstore.forms.uploads import (
    MAX_CA_FILE,
    MAX_CRL_FILE,
    MAX_SERVER_CERTIFICATE,
    key_file,
    tried_file,
)
from certstore.forms.zones import TypedZone, refusals_of, refusals_of_password
from certstore.models import Node, Zone
from certstore.pki.keys import KeyFile
from certstore.pki.releases import Switch
from certstore.pki.settings import Revocation
from certstore.pki.zone_password import fingerprint
from certstore.reading.commands import command_of
from certstore.wording import sentence
from certstore.wording import try_first as words
from certstore.wording.switches import POSITIONS

_ZONE = ("name", "username", "port", "subject-name", *(f"peer-{number}" for number in range(1, 7)))


def _append(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    return pressed_with_file(node, kind, tried_file(request, "file", MAX_CA_FILE))


def _upload(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    file = tried_file(request, "certificate", MAX_SERVER_CERTIFICATE)
    copies = {"copy": "copy_as_client" in request.POST}
    return pressed_with_file(node, kind, file, copies, _key(request, node))


def _client_upload(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    file = tried_file(request, "certificate", MAX_SERVER_CERTIFICATE)
    return pressed_with_file(node, kind, file, key=_key(request, node))


def _key(request: HttpRequest, node: Node) -> KeyFile | None:
    """The key file of an upload; none where the key that is there is to be used again, as on the real page."""
    takes_one = node.lab.takes_private_keys and "reuse" not in request.POST
    return key_file(request, "key") if takes_one else None


def _crl_upload(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    return pressed_with_file(node, kind, tried_file(request, "crl", MAX_CRL_FILE))


def entries_ticked(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    """Delete: the ticked rows of a list."""
    entries = selected_entries(request)
    if not entries:
        return refused(words.NO_ENTRY)
    fields = tuple(("entry", str(pk)) for pk in entries)
    return pressed(node, kind, {"entries": entries}, (*fields, *CONFIRMED))


def _command(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    """A switch of the command line, which the form names."""
    named = request.POST.get("switch", "")
    command = command_of(node, node.lab, Switch(named)) if named in set(Switch) else None
    if command is None:
        return refused(words.NO_COMMAND)
    wanted = next((is_on for is_on, said in POSITIONS.items() if said == request.POST.get("position")), None)
    if wanted is None:
        return refused(sentence("commands.unknown-position").text)
    what = f"{command.told.command.text}: {POSITIONS[wanted]}"
    values = {"positions": {Switch(named): wanted}}
    return pressed(node, kind, values, sent(request, "position"), what=what, args=(named,))


def _zone(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    """Create zone, and Save: the same form."""
    typed = TypedZone.of(request.POST)
    kept = (
        Zone.objects.filter(node=node).exclude(password="") if kind is StepKind.ZONE else Zone.objects.none()
    )
    found = refused_by(refusals_of(typed, node.kind, has_password=kept.exists()))
    if found is not None:
        return found
    plan = typed.plan(node.kind)
    values = {
        "name": plan.name,
        "username": plan.username,
        "password": plan.password,
        "port": plan.sip_port,
        "peers": plan.peers,
        "subject_name": plan.verify_subject_name,
    }
    what = ", ".join(plan.peers) or plan.verify_subject_name
    return replace(
        pressed(node, kind, values, sent(request, *_ZONE), what=what), has_password=bool(plan.password)
    )


def _credential(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    password = request.POST.get("password", "")
    found = refused_by(refusals_of_password(password))
    if found is not None:
        return found
    values = {"fingerprint": fingerprint(password, node.lab.password_salt)}
    return replace(pressed(node, kind, values), has_password=True)


def _zone_delete(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    if "zone" not in request.POST:
        return refused(sentence("zones.nothing-selected").text)
    return pressed(node, kind, fields=(("zone", "1"), *CONFIRMED))


def _names(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    typed = TypedNames.of(request.POST)
    found = refused_by(refusals_of_names(typed, node))
    values = {"host": typed.host, "domain": typed.domain}
    return found or pressed(node, kind, values, sent(request, "host", "domain"), what=typed.fqdn)


def _revocation(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    chosen = server_settings.chosen_revocation(request.POST)
    found = refused_by(server_settings.refusals_of_revocation(chosen))
    if found is not None:
        return found
    revocation = server_settings.revocation_of(chosen)
    values = {name: getattr(revocation, name) for name in Revocation.__dataclass_fields__}
    return pressed(node, kind, values, sent(request, *chosen), what=POSITIONS[revocation.is_on])


def _tunnel_algorithms(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    names = request.POST.getlist("algorithm")
    found = refused_by(server_settings.refusals_of_algorithms(names))
    return found or pressed(node, kind, {"names": names}, sent(request, "algorithm"), what=", ".join(names))


ON_APPLIANCE: dict[StepKind, Press] = {
    StepKind.APPEND: _append,
    StepKind.DELETE: entries_ticked,
    StepKind.RESET_LIST: plainly,
    StepKind.UPLOAD: _upload,
    StepKind.RESET_CERTIFICATE: plainly,
    StepKind.CLIENT_UPLOAD: _client_upload,
    StepKind.CLIENT_RESET: plainly,
    StepKind.CRL_UPLOAD: _crl_upload,
    StepKind.CRL_REMOVE: plainly,
    StepKind.CSR_DISCARD: plainly,
    StepKind.CLIENT_CSR_DISCARD: plainly,
    StepKind.ACME: plainly,
    StepKind.RESTART: plainly,
    StepKind.SWITCHES: _command,
    StepKind.ZONE: _zone,
    StepKind.ZONE_NEW: _zone,
    StepKind.ZONE_CREDENTIAL: _credential,
    StepKind.ZONE_DELETE: _zone_delete,
    StepKind.NAMES: _names,
    StepKind.REVOCATION: _revocation,
    StepKind.TUNNEL_ALGORITHMS: _tunnel_algorithms,
    StepKind.TUNNEL_RESET: plainly,
}
