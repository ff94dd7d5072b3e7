"""The file of an SQLite database, and who has it open for serving."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection


class ServerIsRunning(Exception):
    """A server has the database open."""


def database_file() -> Path | None:
    """The file of the database; None for PostgreSQL and for a database in memory."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or ":memory:" in name or "mode=memory" in name:
        return None
    return Path(name).absolute()


def announce_server() -> int | None:
    """Say that this process, and those it forks, serve the database for as long as they live.

    Out: the descriptor that says so, or None where there is no file. Waits while the file is being replaced.
    """
    path = database_file()
    if path is None:
        return None
    descriptor = _open_beside(path)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


@contextmanager
def no_server(path: Path) -> Iterator[None]:
    """Keep every server away from a database file meanwhile. Raises ServerIsRunning when one is there."""
    descriptor = _open_beside(path)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ServerIsRunning from error
        yield
    finally:
        os.close(descriptor)


def _open_beside(path: Path) -> int:
    return os.open(f"{path}.server", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
