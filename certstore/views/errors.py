"""The pages of a request that went wrong: plain, without a trace, and readable when no database answers."""

import errno
import sqlite3
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

RETRY_AFTER_S = 5
KIB = 1024

# SQLite's primary result codes: no room; and what passes (locked, unreadable just now, no such file yet).
SQLITE_STATUS = {
    sqlite3.SQLITE_FULL: 507,
    sqlite3.SQLITE_BUSY: 503,
    sqlite3.SQLITE_LOCKED: 503,
    sqlite3.SQLITE_IOERR: 503,
    sqlite3.SQLITE_CANTOPEN: 503,
    sqlite3.SQLITE_PROTOCOL: 503,
}
POSTGRESQL_DISK_FULL = "53100"
# First two characters of an SQLSTATE: connection, resources, a lock not had in time, stopped by the server.
POSTGRESQL_PASSING = frozenset({"08", "53", "55", "57"})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; 413 where the request was too much to read: too many fields, too many files, too large a field."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request, None)
    return _page(400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _page(403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without its token: a page left open too long, or cookies switched off."""
    return _page(403, is_csrf=True)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same bytes for what is missing and for what is somebody else's."""
    return _page(404)


def too_large(request: HttpRequest, limit: int | None) -> HttpResponse:
    """413. In: the most that this address takes, in bytes, or None when it was not the size alone."""
    return _page(413, limit_kib=None if limit is None else limit // KIB)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database is away, or 507 when there is no room left to write."""
    status = status_of(sys.exc_info()[1])
    response = _page(status, request_id=getattr(request, "request_id", ""))
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return response


def status_of(error: BaseException | None) -> int:
    """The status that an exception deserves: 503 for what passes, 507 for a full disk, 500 for a bug."""
    if isinstance(error, OSError):
        return 507 if error.errno in (errno.ENOSPC, errno.EDQUOT) else 500
    if not isinstance(error, OperationalError | InterfaceError):
        return 500
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return SQLITE_STATUS.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF, 500)
    state = getattr(cause, "sqlstate", None)  # None: it never got as far as a connection
    if state == POSTGRESQL_DISK_FULL:
        return 507
    return 503 if state is None or state[:2] in POSTGRESQL_PASSING else 500


def _page(status: int, **context: object) -> HttpResponse:
    # Without the request: a context processor could ask the database who it is.
    return HttpResponse(render_to_string(f"{status}.html", context), status=status)
