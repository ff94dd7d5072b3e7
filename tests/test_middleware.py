"""The headers of every answer, the gate for bodies, and the pages of what goes wrong."""

import errno
import sqlite3

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from certstore.middleware import HEADERS
from certstore.views.errors import status_of

PEM = "-----BEGIN PRIVATE KEY-----"


def raises(request: HttpRequest) -> HttpResponse:
    raise RAISED[request.GET["what"]]


def reads_post(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.POST)))


for view in (raises, reads_post):
    vars(view)["login_required"] = False  # what login_not_required sets

urlpatterns = [
    path("", include("certstore.urls")),
    path("raises", raises),
    path("reads-post", reads_post),
]
handler400 = "certstore.views.errors.bad_request"
handler403 = "certstore.views.errors.forbidden"
handler404 = "certstore.views.errors.not_found"
handler500 = "certstore.views.errors.server_error"


def database_error(cause: Exception) -> OperationalError:
    error = OperationalError(str(cause))
    error.__cause__ = cause
    return error


def sqlite_error(code: int) -> OperationalError:
    cause = sqlite3.OperationalError("database or disk is full")
    cause.sqlite_errorcode = code
    return database_error(cause)


class PostgresqlError(Exception):
    """As psycopg's: it carries an SQLSTATE."""

    def __init__(self, sqlstate: str | None) -> None:
        super().__init__("FATAL: password authentication failed for user secret")
        self.sqlstate = sqlstate


RAISED = {
    "bug": ValueError(f"a bug with {PEM} in it"),
    "forbidden": PermissionDenied(PEM),
    "suspicious": SuspiciousOperation(PEM),
    "disk-full": sqlite_error(sqlite3.SQLITE_FULL),
    "locked": sqlite_error(sqlite3.SQLITE_BUSY),
    "no-table": sqlite_error(sqlite3.SQLITE_ERROR),
    "postgresql-away": database_error(PostgresqlError(None)),
    "postgresql-full": database_error(PostgresqlError("53100")),
    "no-space": OSError(errno.ENOSPC, "No space left on device"),
}


@pytest.fixture
def browser(settings) -> Client:
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = list(settings.MIDDLEWARE)  # the handler is built anew with this module's URLs
    return Client(raise_request_exception=False)


ANSWERS = {
    "a page": ("GET", "/healthz", {}, 200),
    "a redirect": ("GET", "/account/", {}, 302),
    "a static file": ("GET", "/static/certstore/look.css", {}, 200),
    "a wrong method": ("PUT", "/healthz", {}, 405),
    "a wrong host": ("GET", "/account/", {"HTTP_HOST": "evil.example"}, 400),
    "a refused request": ("GET", "/raises?what=suspicious", {}, 400),
    "nothing": ("GET", "/no-such-page", {}, 404),
    "not allowed": ("GET", "/raises?what=forbidden", {}, 403),
    "a bug": ("GET", "/raises?what=bug", {}, 500),
    "too large": ("POST", "/reads-post", {"CONTENT_LENGTH": str(1024 * 1024 + 1)}, 413),
    "chunked": ("POST", "/reads-post", {"HTTP_TRANSFER_ENCODING": "chunked"}, 413),
    "the database away": ("GET", "/raises?what=postgresql-away", {}, 503),
    "the disk full": ("GET", "/raises?what=disk-full", {}, 507),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_has_the_same_headers(browser, name):
    method, address, more, status = ANSWERS[name]
    response = browser.generic(method, address, **more)
    response.close()  # a static file is an open one
    assert response.status_code == status
    assert {header: response.headers.get(header) for header in HEADERS} == HEADERS
    assert "Cache-Control" in response.headers
    assert "Access-Control-Allow-Origin" not in response.headers


def test_what_nobody_marked_is_kept_in_no_cache(browser):
    assert browser.get("/healthz").headers["Cache-Control"] == "no-store"


@override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=60)
def test_behind_https_the_redirect_and_a_wrong_host_have_the_headers_too(browser):
    for host in ("localhost", "evil.example"):
        response = browser.get("/account/", headers={"Host": host})
        assert response.status_code in (301, 400)
        assert {header: response.headers.get(header) for header in HEADERS} == HEADERS


@pytest.mark.parametrize("name", sorted(RAISED))
def test_an_error_page_shows_neither_a_trace_nor_what_was_sent(browser, name):
    text = browser.get("/raises", {"what": name}).content.decode()
    assert "<title>" in text
    for secret in ("Traceback", "BEGIN", "password", "database or disk", "test_middleware"):
        assert secret not in text


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("bug", 500),
        ("no-table", 500),
        ("locked", 503),
        ("postgresql-away", 503),
        ("disk-full", 507),
        ("postgresql-full", 507),
        ("no-space", 507),
    ],
)
def test_what_passes_is_503_and_a_full_disk_507(browser, name, status):
    response = browser.get("/raises", {"what": name})
    assert response.status_code == status
    assert response.headers.get("Retry-After") == ("5" if status == 503 else None)


@pytest.mark.parametrize(
    ("sqlstate", "status"),
    [("57P01", 503), ("08006", 503), ("55P03", 503), ("57014", 503), ("22003", 500), ("42P01", 500)],
)
def test_of_postgresql_only_what_passes_is_503(sqlstate, status):
    assert status_of(database_error(PostgresqlError(sqlstate))) == status


def test_the_page_of_a_bug_names_the_request_and_the_log_names_the_same(browser, caplog):
    response = browser.get("/raises?what=bug")
    [record] = [record for record in caplog.records if record.name == "django.request"]
    assert record.request.request_id in response.content.decode()


def test_the_missing_page_is_the_same_for_everybody(browser):
    assert browser.get("/no-such-page").content == browser.get("/nor-this-one").content


def test_a_form_without_its_token_is_told_what_to_do(settings):
    settings.ROOT_URLCONF = __name__
    response = Client(enforce_csrf_checks=True).post("/reads-post", {"a": "b"})
    assert response.status_code == 403
    assert "load the page again" in response.content.decode()


NODE = "/n/6f1c2a1e-0000-4000-8000-000000000000"
MIB = 1024 * 1024


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("/reads-post", MIB),
        (f"{NODE}/trusted-ca/append/", 4 * MIB),
        (f"{NODE}/server-certificate/upload/", 256 * 1024 + 8 * 1024),
        (f"{NODE}/trusted-ca/delete/", MIB),
        ("/no-such-page", MIB),
    ],
)
def test_each_address_has_its_own_limit(browser, address, fits):
    room = 64 * 1024 if "append" in address or "upload" in address else 0
    assert browser.generic("PUT", address, CONTENT_LENGTH=str(fits)).status_code != 413
    too_much = browser.generic("PUT", address, CONTENT_LENGTH=str(fits + room + 1))
    assert too_much.status_code == 413
    assert f"at most {(fits + room) // 1024} KiB" in too_much.content.decode()


@pytest.mark.parametrize("length", ["-1", "1e3", "0x10", "9" * 30, "٣", "1 1"])
def test_a_length_that_is_no_number_is_refused(browser, length):
    assert browser.generic("POST", "/reads-post", CONTENT_LENGTH=length).status_code == 413


@pytest.mark.django_db
def test_too_many_fields_or_files_are_too_large(browser):
    fields = "&".join(f"f{number}=1" for number in range(3001))
    kind = "application/x-www-form-urlencoded"
    assert browser.post("/reads-post", fields, content_type=kind).status_code == 413
    assert browser.post("/reads-post", fields.rpartition("&")[0], content_type=kind).content == b"3000"
    files = [named_file(number) for number in range(51)]
    assert browser.post("/reads-post", {"file": files}).status_code == 413
    assert browser.post("/reads-post", {"file": files[:50]}).status_code == 200


def named_file(number: int):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(f"{number}.pem", b"x")
