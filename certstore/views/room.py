"""The room round every page: the dark bar, the lab's tabs, the lab's time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from certstore.models import Lab
from certstore.models.clock import shifted
from certstore.pki.moments import iso, moment_text
from certstore.wording import room as words

DAYS_AHEAD = 21  # as alarm 40069
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))

_SLOT = "slots__installations__"


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of a lab. `state` is "" or the class of its sign; `says` is the same in words."""

    name: str
    address: str
    is_here: bool
    state: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """What the bar and the tabs print. `lab` is None outside a lab, and then nothing else is filled."""

    here: str
    lab: Lab | None = None
    time: str = ""
    shift: str = ""
    tabs: tuple[Tab, ...] = ()


def room_context(
    request: HttpRequest, *, lab: Lab | None = None, now: datetime | None = None, here: str = ""
) -> dict[str, Any]:
    """The context of `_room.html`.

    In: the lab that `access` handed out, the moment its page is about (its own clock's without one), and
    where the page is: its URL's name (with or without "lab-"), or a server's id. Out: `{"room": Room}`, after
    one query, whatever the number of servers.
    """
    if lab is None:
        return {"room": Room(here)}
    moment = lab.now() if now is None else now
    room = Room(
        here=here,
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


def _tabs(lab: Lab, now: datetime, here: str) -> Iterator[Tab]:
    """Overview, one tab a server, and the lab's other pages."""
    yield _page_tab(lab, "lab", here)
    yield from _server_tabs(lab, now, here)
    for name in ("lab-files", "lab-history", "lab-settings"):
        yield _page_tab(lab, name, here)


def _page_tab(lab: Lab, name: str, here: str) -> Tab:
    return Tab(
        words.TABS[name], reverse(name, args=[lab.pk]), is_here=here in (name, name.removeprefix("lab-"))
    )


def _server_tabs(lab: Lab, now: datetime, here: str) -> Iterator[Tab]:
    """A tab a server, with the state of the certificate that it shows to callers."""
    current = Q(**{_SLOT + "is_installed": True}) | Q(**{_SLOT + "is_running": True})
    rows = lab.nodes.filter(current, slots__name="server").order_by("kind", "host", "pk")
    columns = ("pk", "host", _SLOT + "is_installed", _SLOT + "is_running", _SLOT + "certificate__not_after")
    servers: dict[str, dict[str, Any]] = {}
    for pk, host, is_installed, is_running, not_after in rows.values_list(*columns):
        server = servers.setdefault(str(pk), {"host": host, "ends": not_after, "pending": False})
        server["pending"] |= not (is_installed and is_running)
        if is_running:
            server["ends"] = not_after
    for key, server in servers.items():
        state = _state(server["ends"], now, pending=server["pending"])
        address = reverse("trusted-ca", args=[key])
        yield Tab(server["host"], address, here == key, *words.SERVER_STATES[state])


def _state(ends: str, now: datetime, *, pending: bool) -> str:
    """The worst that is true of a server."""
    if ends <= iso(now):
        return "ended"
    if pending:
        return "restart"
    return "ends-soon" if ends <= iso(shifted(now, DAYS_AHEAD * 86_400)) else "valid"
