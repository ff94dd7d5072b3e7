"""What tests of trying first have in common: a lab in which everything works, and every row there is."""

from django.apps import apps
from django.db import connection

from certstore.actions.labs import make_lab
from certstore.models import Lab, User
from certstore.scenarios import WORKING
from certstore.scenarios.expressway_pair import EXAMPLE_SERVERS
from certstore.scenarios.recipes import MadeLab


def make_working(owner: User, made: MadeLab, release: str = "X14.3") -> Lab:
    """A lab in which everything works."""
    return make_lab(owner, Lab.Kind.PRACTISE, "Works", release, EXAMPLE_SERVERS, made=made, recipe=WORKING)


def everything() -> dict[str, list[str]]:
    """Every row of every table but sessions, as the database has it."""
    found = {}
    for model in apps.get_models():
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a name of our own
            found[table] = sorted(repr(row) for row in cursor.fetchall())
    found.pop("django_session", None)
    return found
