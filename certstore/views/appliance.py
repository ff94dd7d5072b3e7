"""The appliance frame round a server's page: head, menu, the way here, the bar at the bottom."""

from collections.abc import Iterator, Mapping, Sized
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from certstore.models import Node
from certstore.pki.moments import iso
from certstore.pki.releases import profile_for
from certstore.views.room import room_context
from certstore.wording.evidence import Sentence
from certstore.wording.menu import MENU, Entry, entries_for, path_to

# Pages whose folder is not the slug of their menu item.
_SLUGS = {
    "trusted_ca": "trusted-ca",
    "server_certificate": "server-certificate",
    "client_certificate": "client-certificate",
    "client_certificate_testing": "client-certificate-testing",
    "crl_management": "crl-management",
    "restarting": "restart",
    "zone": "zones",
    "cucm_servers": "unified-cm-servers",
    "cucm_server": "unified-cm-servers",
    "dns_page": "dns",
    "ssh_configuration": "ssh-configuration",
    "zones_status": "zones-status",
    "uc_status": "unified-communications-status",
    "tunnels_status": "unified-communications-status",
    "event_log": "event-log",
    "status_overview": "overview",
    "secure_traversal_test": "secure-traversal-test",
}
_NOT_SIMULATED = "not_simulated"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the menu or of "You are here". `key` is the name of its sentence."""

    key: str
    address: str
    is_simulated: bool
    is_current: bool = False
    items: tuple["Item", ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One information bar.

    `kind` is ok, bad or info. `said` is a sentence or the name of one, `facts` fill it; `lead` is the name of
    what stands before it with a colon ("File upload failed."). `anchor` is where the evidence page tells of
    it. `link` is the name of a link's sentence behind it, `address` where that leads.
    """

    kind: str
    said: str | Sentence
    facts: Mapping[str, str | int] = field(default_factory=dict)
    lead: str = ""
    anchor: str = ""
    link: str = ""
    address: str = ""

    @property
    def evidence_anchor(self) -> str:
        """Where on the evidence page the sentence is told of."""
        return self.anchor or (self.said if isinstance(self.said, str) else "")


@dataclass(frozen=True, slots=True)
class Appliance:
    """What the frame prints of one server."""

    node: Node
    role: str  # the names of sentences, as `title`
    title: str
    menu: tuple[Item, ...]
    path: tuple[Item, ...]
    alarm_count: int
    system_time: str
    serial_number: str
    version: str


def appliance_context(
    request: HttpRequest,
    node: Node,
    now: datetime,
    *,
    page: str,
    alarms: Sized,
    title: str = "",
    below: str = "",
) -> dict[str, Any]:
    """The context of `_appliance.html`, with that of the room round it.

    In: the server that `access` handed out, the moment the page is about, the page's folder or the slug of its
    menu item, the alarms that are raised, the name of a title that is not the menu item's, and for a page below several
    menu items the slug of the one above it. Out: `appliance` and `room`. 404 for a page that the menu of this server
    does not have; the page behind all that is not simulated takes its slug from the URL.
    """
    slug = below or _SLUGS.get(page, page)
    if page == _NOT_SIMULATED:
        slug = str(request.resolver_match.kwargs.get("slug", "")) if request.resolver_match else ""
    has_client_store = profile_for(node.lab.release).release.has_client_store
    path = path_to(slug, node.kind, has_client_store=has_client_store)
    if not path:
        raise Http404
    here = frozenset(entry.slug for entry in path)
    way = tuple(_item(node, entry, frozenset(), has_client_store) for entry in path)
    appliance = Appliance(
        node=node,
        role=f"frame.{node.kind}",
        title=title or f"menu.{slug}",
        menu=tuple(_items(node, MENU, here, has_client_store)),
        path=(*way, Item(title, "", is_simulated=True)) if title else way,
        alarm_count=len(alarms),
        system_time=f"{iso(now)[11:16]} UTC",
        serial_number=f"SIM{str(node.pk)[:8].upper()}",
        version=node.lab.release,
    )
    return {"appliance": appliance, **room_context(request, lab=node.lab, now=now, here=str(node.pk))}


def _items(
    node: Node, entries: tuple[Entry, ...], here: frozenset[str], has_client_store: bool
) -> Iterator[Item]:
    """A level of the menu; of `here` what is on the way to this page."""
    shown = entries_for(node.kind, entries, has_client_store=has_client_store)
    return (_item(node, entry, here, has_client_store) for entry in shown)


def _item(node: Node, entry: Entry, here: frozenset[str], has_client_store: bool) -> Item:
    below = tuple(_items(node, entry.below, here, has_client_store))
    return Item(
        key=f"menu.{entry.slug}",
        address=_address(node, entry),
        is_simulated=bool(entry.url_name) or any(item.is_simulated for item in below),
        is_current=entry.slug in here,
        items=below,
    )


def _address(node: Node, entry: Entry) -> str:
    if entry.url_name:
        return reverse(entry.url_name, args=[node.pk])
    return reverse("not-simulated", args=[node.pk, entry.slug])
