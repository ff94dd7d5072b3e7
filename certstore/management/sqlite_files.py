"""Whole copies of an SQLite database: made while it is written to, checked, put in place at one stroke."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from certstore.models.writer import my_turn

# What SQLite leaves beside a database that was not closed: part of it, and of no other file.
LEFT_BESIDE = ("-wal", "-journal")


class NotWhole(Exception):
    """A file is no whole SQLite database; the text says what is wrong with it."""


def copy_whole(source: Path, target: Path) -> None:
    """Write a whole copy of a database that others may be writing to; all that was committed is in it.

    In: the database, and the file to make. Under its name the copy appears only when it is complete, checked
    and on the disk. Raises sqlite3.Error, NotWhole or OSError (FileExistsError for a target that is there).
    """
    if target.exists():
        raise FileExistsError(target)
    part = _new_private_file(target)
    try:
        # In its turn: with a rollback journal, writers who follow one on another would let no reader in.
        with my_turn(source), closing(sqlite3.connect(source, timeout=60)) as database:
            database.execute("VACUUM INTO ?", (str(part),))  # takes an empty file as well as none
        check_whole(part)
        sync(part)
        os.link(part, target)  # unlike a rename, never over a file that came meanwhile
        sync(target.parent)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


def put_in_place(source: Path, target: Path, keep_old_as: Path) -> None:
    """Put a copy of a checked file where the database is; the old one stays under another name.

    Nothing may have the database open, and nothing may lie beside it (see `left_beside`). At every moment the
    whole old or the whole new file is there. Raises NotWhole, OSError.
    """
    part = _new_private_file(target)
    try:
        with closing(sqlite3.connect(source.as_uri() + "?mode=ro&immutable=1", uri=True)) as file:
            file.execute("VACUUM INTO ?", (str(part),))
        check_whole(part)
        sync(part)
        if target.exists():
            os.link(target, keep_old_as)
        part.replace(target)
        sync(target.parent)
    except sqlite3.Error as error:
        raise NotWhole(str(error)) from error
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


def check_whole(path: Path) -> None:
    """Raises NotWhole unless SQLite finds every page, index and reference of the file in order."""
    try:
        with closing(sqlite3.connect(path.as_uri() + "?mode=ro&immutable=1", uri=True)) as file:
            answer = [row[0] for row in file.execute("PRAGMA integrity_check")]
            dangling = file.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as error:
        raise NotWhole(str(error)) from error
    if answer != ["ok"]:
        raise NotWhole("; ".join(answer[:3]))
    if dangling:
        raise NotWhole(f"a row of {dangling[0]} points at a row that is not there")


def migrations_in(path: Path) -> set[tuple[str, str]]:
    """The migrations that a database file says it has, as (app, name). Raises NotWhole."""
    try:
        with closing(sqlite3.connect(path.as_uri() + "?mode=ro&immutable=1", uri=True)) as file:
            return set(file.execute("SELECT app, name FROM django_migrations"))
    except sqlite3.Error as error:
        raise NotWhole(str(error)) from error


def left_beside(database: Path) -> list[Path]:
    """The files of an interrupted writer that lie beside a database."""
    return [path for ending in LEFT_BESIDE if (path := Path(f"{database}{ending}")).exists()]


def sync(path: Path) -> None:
    """Have the disk keep a file, or the names in a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _new_private_file(target: Path) -> Path:
    """An empty file beside the target that only its owner reads."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return part
