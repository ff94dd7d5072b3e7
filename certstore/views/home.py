"""The first screen: what a person came for, the labs changed last, what ends soon."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from certstore.access import labs_for, signed_in
from certstore.models import Lab
from certstore.models.clock import real_now
from certstore.pki.moments import date_text, iso, moment_text
from certstore.reading import first_screen as reading
from certstore.reading.labs import name_in_lists
from certstore.views.page import render_page
from certstore.views.picture_svg import drawn
from certstore.views.room import room_context
from certstore.wording import home as words
from certstore.wording.labs import KINDS
from certstore.wording.room import SERVER_STATES

MOST_RECENT = 5
MOST_ENDINGS = 8


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """A door as the page prints it."""

    name: str
    wish: str
    leads_to: str
    address: str
    from_servers: str  # the text of a second way in; "" for none


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Four doors, and below them what is going on in the person's own labs."""
    glances = reading.glances_at(labs_for(request))
    endings = reading.endings_among(glances)
    practise = reading.practise_lab(glances)
    context = {
        "doors": list(_doors(practise)),
        "first_task": reading.first_task_lab(glances),
        "recent": [_lab_row(glance) for glance in glances[:MOST_RECENT]],
        "other_labs": max(len(glances) - MOST_RECENT, 0),
        "endings": [_ending_row(ending) for ending in endings[:MOST_ENDINGS]],
        "other_endings": max(len(endings) - MOST_ENDINGS, 0),
        "deletions": list(_deletions(reading.deleted_soon(glances, real_now()))),
        "picture": None if signed_in(request).has_seen_the_picture else drawn(),
    }
    return render_page(request, "home", room_context(request, here="home") | context)


def _doors(practise: Lab | None) -> Iterator[OpenDoor]:
    """The doors with where they lead."""
    for key, door in words.DOORS.items():
        leads_to = door.leads_to
        if key not in KINDS:
            address = reverse(key)
        elif key == Lab.Kind.PRACTISE and practise is not None:
            address = reverse("lab", args=[practise.pk])
            leads_to = words.GO_ON_IN.format(lab=name_in_lists(practise))
        else:
            address = f"{reverse('labs')}?kind={key}#new-lab"
        second = words.FROM_SERVERS if key in words.DOORS_FOR_REAL_SERVERS else ""
        yield OpenDoor(door.name, door.wish, leads_to, address, second)


def _lab_row(glance: reading.Glance) -> dict[str, Any]:
    """One lab as the page prints it."""
    return {
        "address": reverse("lab", args=[glance.lab.pk]),
        "name": name_in_lists(glance.lab),
        "kind": KINDS[glance.lab.kind][0],
        "now": moment_text(iso(glance.now)),
        "servers": [
            (
                server.host,
                *SERVER_STATES[server.state(glance.now)],
                reverse("trusted-ca", args=[server.node_id]),
            )
            for server in glance.servers
        ],
    }


def _ending_row(ending: reading.Ending) -> dict[str, str]:
    """One certificate that ends, as the page prints it."""
    date = date_text(ending.server.ends)
    return {
        "address": reverse("server-certificate", args=[ending.server.node_id]),
        "host": ending.server.host,
        "lab": name_in_lists(ending.glance.lab),
        "state": "bad" if ending.has_ended else "warn",
        "says": words.end_in_words(date, ending.days, has_ended=ending.has_ended),
    }


def _deletions(labs: Sequence[Lab]) -> Iterator[dict[str, str]]:
    """The labs that are deleted soon, as the page prints them."""
    for lab in labs:
        if lab.expires_at is not None:
            yield {
                "address": reverse("lab-settings", args=[lab.pk]) + "#keep",
                "name": name_in_lists(lab),
                "on": moment_text(iso(lab.expires_at)),
            }
