"""`manage.py restore`: put a backup in the database's place."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.migrations.loader import MigrationLoader

from certstore.management.commands.backup import not_a_file
from certstore.management.sqlite_files import NotWhole, check_whole, left_beside, migrations_in, put_in_place
from certstore.models.clock import real_now
from certstore.models.database_file import ServerIsRunning, database_file, no_server

FIRST = ("certstore", "0001_initial")


class Command(BaseCommand):
    """Puts a backup in place; the database that was there is kept under another name."""

    help = "Puts a backup of the SQLite database in its place. The server must be stopped."
    requires_system_checks = []  # they may ask the very database that is broken

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which backup."""
        parser.add_argument("file", type=Path, metavar="FILE", help="what `manage.py backup` made")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the backup, put it in place, say where the old one is; else status 1 with a sentence."""
        database = database_file()
        if database is None:
            command = "pg_restore --clean --if-exists --single-transaction --no-owner lab.dump"
            raise CommandError(not_a_file(command))
        backup: Path = options["file"].absolute()
        _refuse_unfit(backup)
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with no_server(database):
                old = self._replace(backup, database)
        except ServerIsRunning as error:
            raise CommandError("A server is running on this database. Stop it first.") from error
        except (NotWhole, OSError) as error:
            raise CommandError(f"Nothing was restored: {error}") from error
        self.stdout.write(f"{database} is now what {backup.name} was.")
        if old is not None:
            self.stdout.write(f"The database before it is kept as {old}.")
        self.stdout.write("`manage.py serve` or `manage.py migrate` brings it up to this release.")

    def _replace(self, backup: Path, database: Path) -> Path | None:
        """Put it in place. Out: where the old database is now, if there was one."""
        beside = left_beside(database)
        if beside:
            raise CommandError(
                f"{beside[0].name} lies beside the database and belongs to the old one: SQLite would play it "
                "into the restored one. `manage.py backup` closes the old one properly; if that fails, move "
                "the old database away together with that file."
            )
        was_there = database.exists()
        old = database.with_name(f"{database.name}.before-{real_now():%Y%m%dT%H%M%SZ}")
        put_in_place(backup, database, keep_old_as=old)
        return old if was_there else None


def _refuse_unfit(backup: Path) -> None:
    """Raises CommandError for what is no whole backup of this project and of a release that is known here."""
    if not backup.is_file():
        raise CommandError(f"There is no file {backup}.")
    beside = left_beside(backup)
    if beside:
        raise CommandError(f"{beside[0].name} lies beside it: this is an open database, not a backup.")
    try:
        check_whole(backup)
        held = migrations_in(backup)
    except NotWhole as error:
        raise CommandError(f"{backup.name} is no whole backup: {error}.") from error
    if FIRST not in held:
        raise CommandError(f"{backup.name} is a database, but not one of this project.")
    known = set(MigrationLoader(None).disk_migrations)
    newer = sorted(name for app, name in held if app == "certstore" and (app, name) not in known)
    if newer:
        raise CommandError(f"{backup.name} was made by a newer release (it has {newer[-1]}). Upgrade first.")
