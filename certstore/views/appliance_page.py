"""What every page in the appliance frame has in common: alarms, the bar of what was just done, text pages."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from certstore.access import attempt_of_node, event_of_node
from certstore.models import Attempt, Event, Lab, Node
from certstore.reading.lab_state import LabView, unacknowledged
from certstore.views.appliance import appliance_context
from certstore.views.lab_overview import brought_about
from certstore.views.page import render_page


def appliance_page(
    request: HttpRequest,
    page: str,
    node: Node,
    now: datetime,
    context: dict[str, Any],
    *,
    status: int = 200,
    title: str = "",
    below: str = "",
    view: LabView | None = None,
) -> HttpResponse:
    """Answer with a page in the frame of a server that `access` handed out.

    In: the page's folder, the server, its lab's time, what the page prints, the status, the name of a title that is
    not the menu item's, the slug of the menu item that it is below where its folder does not tell, and the lab as it is
    at that time where the page has it already. Out: the page or, for htmx, its fragment.
    """
    alarms = unacknowledged(node, now, view)
    frame = appliance_context(request, node, now, page=page, alarms=alarms, title=title, below=below)
    return render_page(
        request,
        page,
        {"node": node, "now": now, "tells": tells_of(node.lab), **frame, **context},
        status=status,
    )


def changed_by(node: Node, attempt: Attempt | None = None, event: Event | None = None) -> dict[str, Any]:
    """What an action on a server did to connections and alarms, for our column: at most two queries.

    In: the server, the attempt or the event that a page is about. Out: context for
    `components/_brought_about.html`; nothing came of an attempt that was refused.
    """
    cause = attempt.events.first() if attempt is not None and attempt.stored else event
    return {"brought_about": brought_about(node.lab, cause)}


def tells_of(lab: Lab) -> str:
    """What our column may say about a server that nobody tried anything on: all ("open"), facts ("hints"), nothing."""
    return lab.column if lab.column != Lab.Explanations.OFF else ""


def result_of(request: HttpRequest, node: Node, page: str) -> dict[str, Any]:
    """What a page is to tell about what was just done: the attempt or the event that its address names.

    In: the request after a redirect (`?attempt=` or `?event=`). Out: context; empty when the address names
    nothing of this server's page.
    """
    found: dict[str, Any] = {}
    attempt_id = _uuid(request.GET.get("attempt", ""))
    if attempt_id is not None:
        found["attempt"] = attempt_of_node(node, attempt_id, page)
    seq = request.GET.get("event", "")
    if seq.isascii() and seq.isdigit() and len(seq) < 10:
        found["event"] = event_of_node(node, int(seq))
    return {name: value for name, value in found.items() if value is not None}


def text_page(request: HttpRequest, node: Node, title: str, text: str) -> HttpResponse:
    """A decoded view on a page of its own, as the product opens it in a new window.

    In: the name of its title in `wording`, the text.
    """
    context = {"node": node, "title_key": title, "text": text}
    return render(request, "certstore/text/page.html", context)


def _uuid(text: str) -> UUID | None:
    """The id in a text, or None."""
    try:
        return UUID(text)
    except ValueError:
        return None
