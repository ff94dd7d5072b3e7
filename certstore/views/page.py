"""Page and fragment from one file: `page.html` includes `_main.html`; the htmx headers pick."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


def render_page(
    request: HttpRequest, page: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Answer with `certstore/<page>/page.html`, or with its `_main.html` when htmx asks for the fragment.

    In: the page's folder name, its context, a status (422 for a refusal). Boosted and history requests get
    the whole page. Out: a response that varies on HX-Request.
    """
    htmx = getattr(request, "htmx", None)
    wants_part = isinstance(htmx, HtmxDetails) and bool(htmx)
    if isinstance(htmx, HtmxDetails) and (htmx.boosted or htmx.history_restore_request):
        wants_part = False
    name = "_main.html" if wants_part else "page.html"
    whole = context | {"is_fragment": wants_part}  # a fragment brings the title of its page along
    response = render(request, f"certstore/{page}/{name}", whole, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"])
    return response
