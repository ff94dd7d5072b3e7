"""The two addresses for whoever watches the server."""

import pytest
from django.db import connection
from django.db.utils import OperationalError

pytestmark = pytest.mark.urls("expressway_sim.urls")


def test_healthz_answers_without_a_database(client):  # no django_db: a query would fail the test
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readyz_answers_when_every_migration_is_there(client):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_readyz_counts_the_migrations_that_are_missing(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"migrations to apply: 1\n")


@pytest.mark.django_db
def test_readyz_says_so_when_the_database_is_away(client):
    def away(execute, sql, params, many, context):
        raise OperationalError("FATAL: secret")

    with connection.execute_wrapper(away):
        response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"the database does not answer\n")
    assert response.headers["Retry-After"] == "5"
