"""`manage.py backup`: a whole copy of the database, also while it is being written to."""

import shlex
import sqlite3
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from certstore.management.sqlite_files import NotWhole, copy_whole
from certstore.models.clock import real_now
from certstore.models.database_file import database_file

CONNECTION_OPTIONS = {"--host": "HOST", "--port": "PORT", "--username": "USER", "--dbname": "NAME"}


class Command(BaseCommand):
    """Writes a backup; learners can go on meanwhile."""

    help = (
        "Writes a whole, checked copy of the SQLite database to FILE, also while the server runs. "
        "A copy made with cp can lack what was just stored. For PostgreSQL it prints the command to use."
    )
    requires_system_checks: list[
        str
    ] = []  # a mistake in the file of corrections must not keep it from its work

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            metavar="FILE",
            help="default: backups/lab-<time>.sqlite3 beside the database",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it and say where it is; status 1 with a sentence when it could not be made."""
        database = database_file()
        if database is None:
            raise CommandError(not_a_file("pg_dump --format=custom --file=lab.dump"))
        if not database.exists():
            raise CommandError(f"There is no database yet at {database}.")
        target: Path = (options["file"] or _default_target(database)).absolute()
        try:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            copy_whole(database, target)
        except FileExistsError as error:
            raise CommandError(f"{target} is there already; a backup is never overwritten.") from error
        except (sqlite3.Error, NotWhole, OSError) as error:
            raise CommandError(f"No backup was made: {error}") from error
        self.stdout.write(f"{target} ({target.stat().st_size:,} bytes, checked)")
        self.stdout.write("It holds no secret key: without the old one people have to sign in again.")


def _default_target(database: Path) -> Path:
    return database.parent / "backups" / f"lab-{real_now():%Y%m%dT%H%M%SZ}.sqlite3"


def not_a_file(command: str) -> str:
    """What to say instead: a command of PostgreSQL's for this database, to be pasted; no password in it."""
    database = connection.settings_dict
    words = shlex.split(command)
    for option, name in (
        ("--host", "HOST"),
        ("--port", "PORT"),
        ("--username", "USER"),
        ("--dbname", "NAME"),
    ):
        if database[name]:
            words.append(f"{option}={database[name]}")
    return f"This database is no file of SQLite's. Use PostgreSQL's own command:\n  {shlex.join(words)}"
