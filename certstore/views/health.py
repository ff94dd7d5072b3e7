"""Two addresses for whoever watches the server: does it live, and can it work?"""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from certstore.views.errors import RETRY_AFTER_S


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; no database is asked."""
    return _text("ok", 200)


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and has every migration; else 503 and which of the two is missing."""
    try:
        missing = missing_migrations()
    except DatabaseError:
        return _text("the database does not answer", 503)
    if missing:
        return _text(f"migrations to apply: {missing}", 503)
    return _text("ready", 200)


def missing_migrations() -> int:
    """How many migrations of this release the database lacks. Raises DatabaseError when it is away."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _text(what: str, status: int) -> HttpResponse:
    response = HttpResponse(what + "\n", status=status, content_type="text/plain; charset=utf-8")
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return response
