"""Who is not signed in is sent to sign in; a request of htmx's is sent there with the whole page."""

from typing import Any

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

LONGEST_PAGE = 500  # characters; quoted, three times as many, and still an address


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Django's own, but that a redirect is never swapped into a page as a fragment."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """Let a view be called, or answer for it; `next` is then the page, not the fragment asked for."""
        if settings.CHECK_FILES_WITHOUT_ACCOUNT and getattr(view_func, "needs_no_account_where_set", False):
            return None
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        htmx = getattr(request, "htmx", None)
        if answer is None or not isinstance(htmx, HtmxDetails) or not htmx:
            return answer
        page = _page_of(htmx)
        query = "?" + urlencode({REDIRECT_FIELD_NAME: page}) if page else ""
        return HttpResponseClientRedirect(resolve_url(settings.LOGIN_URL) + query)


def _page_of(htmx: HtmxDetails) -> str:
    """The path of the page that the request came from, "" where it is none of ours or no address at all."""
    try:
        page = htmx.current_url_abs_path or ""
    except ValueError:  # "http://[": the header is whatever somebody sends
        return ""
    return page if len(page) <= LONGEST_PAGE else ""
