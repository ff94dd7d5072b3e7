"""A fair queue for whoever wants to write to SQLite."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

from certstore.models.database_file import database_file


@contextmanager
def fair_write() -> Iterator[None]:
    """Open the transaction of a write, first come, first served. Use it in place of `transaction.atomic()`.

    SQLite lets one writer in at a time and the others poll, so under a burst some of them starve. Here they
    queue on a lock of a file beside the database before they ask SQLite at all: the longest wait is halved.
    Nothing else is promised: whoever writes without it (sessions, sign-in) only does not stand in the queue.

    Inside a transaction that is already open this is a savepoint and takes no lock: its holder may be waiting
    for us. On PostgreSQL, and for a database in memory, it is `transaction.atomic()` and nothing more. Raises
    what `atomic()` raises. Parse files and make keys before it: the lock is for rows.
    """
    path = database_file()
    if path is None or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with my_turn(path), transaction.atomic():
        yield


@contextmanager
def my_turn(database: Path) -> Iterator[None]:
    """Stand in the queue of a database file until it is one's turn; nobody else's turn comes meanwhile."""
    descriptor = os.open(f"{database}.queue", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)  # which lets the next one in
