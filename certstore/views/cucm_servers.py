"""Configuration > Unified Communications > Unified CM servers, on an Expressway-C."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from certstore.access import control_for, cucm_server_for
from certstore.actions import cucm_servers as actions
from certstore.actions.steps import StepKind
from certstore.forms import cucm_servers as forms
from certstore.forms.cucm_servers import TypedServer, refusals_of, refusals_of_lookup
from certstore.forms.trusted_ca import selected_entries
from certstore.forms.typed import Refusal
from certstore.models import CucmServer, Event, Node
from certstore.reading.cucm_servers import Publisher, known_servers, names_of_cucms, publishers_at
from certstore.views import bars
from certstore.views.appliance import Bar
from certstore.views.appliance_page import appliance_page, result_of
from certstore.views.frame_fields import Field, bars_of, refused_among

NOTHING_CHANGED = Bar("info", "cucm_servers.nothing-changed")
MODES = ((forms.ON, "cucm_servers.on"), (forms.OFF, "cucm_servers.off"))
# What can be tried first: the id of its form, the kind of step, the short name of its button.
TRIES = (
    ("delete-form", StepKind.CUCM_SERVER_DELETE, "delete"),
    ("refresh-form", StepKind.CUCM_SERVER_REFRESH, "refresh servers"),
)
change = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def cucm_servers(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """The list."""
    node = control_for(request, node_id)
    return _list(request, node, **result_of(request, node, "unified-cm-servers"))


@change
def new(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """New, and Add Address."""
    node = control_for(request, node_id)
    if request.method != "POST":
        return _page(request, node, TypedServer())
    typed = TypedServer.of(request.POST)
    publisher, refusals = _looked_up(node, typed)
    if publisher is None or refusals:
        return _page(request, node, typed, refusals=refusals, status=422)
    try:
        event = actions.add(node, typed.plan(publisher))
    except actions.ServerThere:
        return _page(request, node, typed, refusals=[_twice(publisher)], status=422)
    return _back(node, event)


@change
def cucm_server(request: HttpRequest, node_id: UUID, row_id: int) -> HttpResponse:
    """View/Edit of one row, and Save."""
    row = cucm_server_for(request, node_id, row_id)
    node = control_for(request, node_id)
    if request.method != "POST":
        return _page(request, node, TypedServer.as_set(row), row)
    typed = TypedServer.of(request.POST)
    publisher, refusals = _looked_up(node, typed)
    if publisher is None or refusals:
        return _page(request, node, typed, row, refusals=refusals, status=422)
    try:
        event = actions.save(node, row.pk, typed.plan(publisher))
    except actions.ServerThere:
        return _page(request, node, typed, row, refusals=[_twice(publisher)], status=422)
    if event is None:
        return _page(request, node, typed, row, bar=NOTHING_CHANGED)
    return _back(node, event)


@change
def refresh(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Refresh Servers: all of them, or none where one of them is refused."""
    node = control_for(request, node_id)
    if request.method != "POST":
        return redirect("unified-cm-servers", node_id=node.pk)
    rows = list(node.cucm_servers.all())
    found = publishers_at(node, [row.publisher_address for row in rows], node.lab.now())
    known = names_of_cucms(node)
    entries: dict[int, str] = {}
    refusals: list[Refusal] = []
    for row in rows:
        publisher = found[row.publisher_address]
        refusals += refusals_of_lookup(TypedServer.as_set(row), publisher, known)
        if publisher is not None:
            entries[row.pk] = publisher.server_entry
    if refusals:
        return _list(request, node, refusals=refusals, status=422)
    return _back(node, actions.refresh(node, entries))


@change
def delete(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Delete: asks first, then deletes the ticked rows."""
    node = control_for(request, node_id)
    if request.method != "POST":
        return redirect("unified-cm-servers", node_id=node.pk)
    selected = selected_entries(request)
    if not selected:
        return _list(request, node, bar=Bar("bad", "cucm_servers.nothing-selected"), status=422)
    if "confirmed" not in request.POST:
        return _list(request, node, selected=selected)
    event = actions.delete(node, selected)
    return _back(node, event) if event else redirect("unified-cm-servers", node_id=node.pk)


def _looked_up(node: Node, typed: TypedServer) -> tuple[Publisher | None, list[Refusal]]:
    """The Unified CM that was typed, and what is refused of it."""
    refusals = refusals_of(typed)
    if refusals:
        return None, refusals
    publisher = publishers_at(node, [typed.address], node.lab.now())[typed.address]
    return publisher, refusals_of_lookup(typed, publisher, names_of_cucms(node))


def _twice(publisher: Publisher) -> Refusal:
    return Refusal("address", "cucm_servers.refused-twice", {"address": publisher.fqdn})


def _back(node: Node, event: Event) -> HttpResponse:
    return redirect(f"{reverse('unified-cm-servers', args=[node.pk])}?event={event.seq}")


def _list(
    request: HttpRequest,
    node: Node,
    *,
    event: Event | None = None,
    refusals: list[Refusal] | None = None,
    bar: Bar | None = None,
    selected: list[int] | None = None,
    status: int = 200,
    **_: Any,
) -> HttpResponse:
    now = node.lab.now()
    context = {
        "rows": known_servers(node, now),
        "selected": frozenset(selected or ()),
        "tries": TRIES,
        "selected_fields": [("entry", pk) for pk in selected or ()],
        "bars": [
            *bars_of(refusals or ()),
            *(bars.of_event(event) if event else ()),
            *([bar] if bar else ()),
        ],
    }
    return appliance_page(request, "cucm_servers", node, now, context, status=status)


def _page(
    request: HttpRequest,
    node: Node,
    typed: TypedServer,
    row: CucmServer | None = None,
    *,
    refusals: list[Refusal] | None = None,
    bar: Bar | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "row": row,
        "tries": [
            ("server-form", StepKind.CUCM_SERVER_SAVE, "save")
            if row
            else ("server-form", StepKind.CUCM_SERVER_ADD, "add address")
        ],
        "fields": _fields(typed, refusals or []),
        "bars": [*bars_of(refusals or ()), *([bar] if bar else ())],
    }
    return appliance_page(request, "cucm_server", node, node.lab.now(), context, status=status)


def _fields(typed: TypedServer, refusals: list[Refusal]) -> list[Field]:
    refused = refused_among(refusals)
    password = Field(
        id="password",
        label="cucm_servers.password",
        note="cucm_servers.password-not-kept",
        type="password",
    )
    mode = Field(
        id="tls-verify",
        label="cucm_servers.tls-verify-mode",
        value=typed.tls_verify,
        help="cucm_servers.help-tls-verify-mode",
        type="select",
        choices=MODES,
        is_refused="tls-verify" in refused,
    )
    return [
        _text("address", "publisher-address", typed.address, forms.LONGEST_ADDRESS, refused),
        _text("username", "username", typed.username, forms.LONGEST_USERNAME, refused),
        password,
        mode,
    ]


def _text(name: str, label: str, value: str, most: int, refused: frozenset[str]) -> Field:
    return Field(
        id=name,
        label=f"cucm_servers.{label}",
        value=value,
        help=f"cucm_servers.help-{label}",
        most=most,
        is_mandatory=True,
        is_refused=name in refused,
    )
