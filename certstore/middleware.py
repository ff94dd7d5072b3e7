"""What happens to every request: the headers of each answer, and the gate that refuses too large a body."""

import contextlib
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve

from certstore.views.errors import too_large

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# MDN's Observatory gives these A+. Nothing comes from elsewhere, nothing inline runs, nobody frames a page.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

BODY_SILENCE_S = 30  # a client that sends nothing for so long is given up; seconds
DRAIN_S = 5  # how long a refused body is read on, so that a browser gets round to reading the answer; seconds
DRAIN_BYTES = 64 * 1024 * 1024
PIECE = 64 * 1024


class HeadersMiddleware:
    """Puts the same headers on every answer: pages, refusals, errors, static files. Names each request."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with headers. What no one gave a Cache-Control is kept nowhere: it may show real names."""
        request.request_id = secrets.token_hex(6)  # type: ignore[attr-defined]  # read by errors and the log
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class UploadGateMiddleware:
    """Refuses a body by its announced length, before a byte of it is read.

    Without a length nothing could be read at all (a WSGI body ends where Content-Length says), so a chunked
    body is refused too. A length that is too small cuts the body there; one that is too large ends when the
    client falls silent.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer 413, or pass on."""
        if _announced(request) > body_limit(request.path_info):
            return _drained(request, too_large(request, body_limit(request.path_info)))
        connection = request.META.get("gunicorn.socket")
        if connection is not None and _announced(request):
            connection.settimeout(BODY_SILENCE_S)
        return self.get_response(request)


def body_limit(path: str) -> int:
    """The largest body that this address takes, in bytes."""
    limits: dict[str, int] = settings.BODY_LIMITS
    with contextlib.suppress(Resolver404):
        return limits.get(resolve(path).url_name or "", settings.LARGEST_BODY)
    return int(settings.LARGEST_BODY)


def _announced(request: HttpRequest) -> float:
    """The length the client announced, in bytes; endless for a chunked body or a length that is no number."""
    if request.META.get("HTTP_TRANSFER_ENCODING"):
        return float("inf")
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdigit() and len(length) < 16 else float("inf")


def _drained(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer; once it went out, the refused body is read on for a while and thrown away.

    A server that closes while the client still sends makes a browser show "connection reset" instead.
    """
    connection, body = request.META.get("gunicorn.socket"), request.META.get("wsgi.input")
    if connection is None or body is None:
        return answer
    close = answer.close

    def close_and_drain() -> None:
        close()
        ends = time.monotonic() + DRAIN_S
        with contextlib.suppress(Exception):  # whatever is wrong with this connection, it ends now
            for _ in range(DRAIN_BYTES // PIECE):
                connection.settimeout(max(ends - time.monotonic(), 0.001))
                if not body.read(PIECE):
                    return

    answer.close = close_and_drain  # type: ignore[method-assign]  # what the server calls at the very end
    return answer
