"""The room round every page: the dark bar, the lab's tabs, the lab's time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from certstore.models import Lab, Node
from certstore.pki.moments import iso, moment_text
from certstore.reading.presented import Presented, whole_lab
from certstore.wording import room as words

_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of a lab. `state` is "" or the class of its sign; `says` is the same in words."""

    name: str
    address: str
    is_here: bool
    state: str = ""
    says: str = ""
    kind: str = ""  # of a server (Node.Kind)


@dataclass(frozen=True, slots=True)
class SiteLink:
    """One link of the bar, and its aria-current."""

    name: str
    address: str
    current: str = ""  # "page" on the page itself, "true" on one that stands under it


@dataclass(frozen=True, slots=True)
class Room:
    """What the bar and the tabs print. `lab` is None outside a lab, and then it has no time and no tabs."""

    here: str
    site: tuple[SiteLink, ...] = ()
    lab: Lab | None = None
    time: str = ""
    shift: str = ""
    tabs: tuple[Tab, ...] = ()

    @property
    def has_services(self) -> bool:
        """Whether the lab has a Unified CM or Jabber."""
        return any(tab.kind in (Node.Kind.CUCM, Node.Kind.JABBER) for tab in self.tabs)


def room_context(
    request: HttpRequest, *, lab: Lab | None = None, now: datetime | None = None, here: str = ""
) -> dict[str, Any]:
    """The context of `_room.html`.

    In: the lab that `access` handed out, the moment its page is about (its own clock's without one), and
    where the page is: its URL's name (with or without "lab-"), or a server's id. Out: `{"room": Room}`, after
    one query, whatever the number of servers.
    """
    site = tuple(_site_links(request, here, in_a_lab=lab is not None))
    if lab is None:
        return {"room": Room(here, site)}
    moment = lab.now() if now is None else now
    room = Room(
        here=here,
        site=site,
        lab=lab,
        time=moment_text(iso(moment)),
        shift=shift_text(lab.clock_offset_s),
        tabs=tuple(_tabs(lab, moment, here)),
    )
    return {"room": room}


def shift_text(seconds: int) -> str:
    """How far a clock was moved, in its largest whole unit: "+32 days", "−3 hours"; "" for not at all."""
    for unit, length in _UNITS:
        count = abs(seconds) // length
        if count:
            sign = "+" if seconds > 0 else "−"
            return f"{sign}{count} {unit}{'s' if count > 1 else ''}"
    return ""


def _site_links(request: HttpRequest, here: str, *, in_a_lab: bool) -> Iterator[SiteLink]:
    """The pages that are always at hand: all of them, or those that need no account."""
    user = getattr(request, "user", None)
    pages = words.SITE if user is not None and user.is_authenticated else _site_without_account()
    above = "labs" if in_a_lab else words.UNDER.get(here, "")
    for name, said in pages.items():
        is_above = name == above and here not in pages
        yield SiteLink(said, reverse(name), "page" if name == here else "true" if is_above else "")


def _site_without_account() -> dict[str, str]:
    """The pages for somebody who is not signed in; files can be checked where the operator says so."""
    opened = ("check-files",) if settings.CHECK_FILES_WITHOUT_ACCOUNT else ()
    return {name: words.SITE[name] for name in opened} | words.SITE_WITHOUT_ACCOUNT


def _tabs(lab: Lab, now: datetime, here: str) -> Iterator[Tab]:
    """Overview, one tab a server, and the lab's other pages."""
    yield _page_tab(lab, "lab", here)
    yield from _server_tabs(lab, now, here)
    for name in ("lab-try", "lab-plan", "lab-files", "lab-history", "lab-settings"):
        yield _page_tab(lab, name, here)


def _page_tab(lab: Lab, name: str, here: str) -> Tab:
    return Tab(
        words.TABS[name], reverse(name, args=[lab.pk]), is_here=here in (name, name.removeprefix("lab-"))
    )


def _server_tabs(lab: Lab, now: datetime, here: str) -> Iterator[Tab]:
    """A tab a server, with the state of the certificate that it shows to callers."""
    servers = whole_lab(lab)
    cucms = sum(server.kind == Node.Kind.CUCM for server in servers)
    for server in servers:
        name, address = _server_tab(lab, server, several=cucms > 1)
        is_here = here == str(server.node_id)
        yield Tab(name, address, is_here, *words.SERVER_STATES[server.state(now)], server.kind)


def _server_tab(lab: Lab, server: Presented, *, several: bool) -> tuple[str, str]:
    """The name and the address of a server's tab; Unified CM goes by its host name where there are several."""
    if server.kind == Node.Kind.CUCM:
        address = reverse("unified-cm", args=[lab.pk, server.node_id])
        return (server.host if several else words.CUCM), address
    if server.kind == Node.Kind.JABBER:
        return words.JABBER, reverse("jabber", args=[lab.pk])
    return server.host, reverse("trusted-ca", args=[server.node_id])
