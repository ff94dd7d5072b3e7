"""Status > Logs > Event Log, and Maintenance > Diagnostics with the log as a file."""

import re
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from certstore.access import node_for
from certstore.forms.event_log import log_query
from certstore.pki.moments import iso, page_moment
from certstore.reading.event_log import page_of_log, size_of_log, whole_log
from certstore.reading.lab_state import lab_view
from certstore.views.appliance_page import appliance_page
from certstore.wording.look_up.text import MOST_CHARACTERS

_NOT_IN_A_FILE_NAME = re.compile(r"[^0-9A-Za-z.-]")
_BEFORE_THE_DETAILS = re.compile(r"^\S+ \S+ ")  # date and time, which no entry of the book has


@require_safe
def event_log(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """What this server logged, the newest first, a page at a time; with words only the lines that have all of them."""
    node = node_for(request, node_id)
    now = node.lab.now()
    view = lab_view(node.lab, now)
    query = log_query(request.GET)
    page = page_of_log(node, now, view, query.words, query.page)
    context = {
        "query": query,
        "lines": [(line, _look_up(line.text) if line.is_red else "") for line in page.lines],
        "newer": query.address_of(page.newer) if page.newer else "",
        "older": query.address_of(page.older) if page.older else "",
    }
    return appliance_page(request, "event_log", node, now, context, view=view)


@require_safe
def diagnostics(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """The diagnostic log: how long it is, and the button that downloads it."""
    node = node_for(request, node_id)
    now = node.lab.now()
    view = lab_view(node.lab, now)
    count, last = size_of_log(node, now, view)
    context = {"count": count, "last": page_moment(iso(last)) if last else ""}
    title = "diagnostic_log.title"
    return appliance_page(request, "diagnostics", node, now, context, title=title, view=view)


@require_safe
def diagnostic_log(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """The log as a text file, the oldest line first."""
    node = node_for(request, node_id)
    now = node.lab.now()
    lines = whole_log(node, now, lab_view(node.lab, now))
    host, day = _NOT_IN_A_FILE_NAME.sub("_", node.host), iso(now)[:10]
    return HttpResponse(
        "".join(f"{line}\n" for line in lines),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="diagnostic_log_{host}_{day}.txt"'},
    )


def _look_up(text: str) -> str:
    """Where a line is looked up."""
    details = _BEFORE_THE_DETAILS.sub("", text)
    return f"{reverse('look-up')}?{urlencode({'q': details[:MOST_CHARACTERS]})}"
