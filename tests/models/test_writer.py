"""The queue of writers: one at a time, before SQLite is asked, and never inside another's transaction."""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, connections, transaction

from certstore.models import writer
from certstore.models.database_file import database_file
from certstore.models.writer import fair_write


@pytest.fixture
def queue(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The queue's file, of a database of its own."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has the queue")
    # Not by another name in the connection's settings: Django would take the database in memory for a file, and
    # a server's thread left over from a browser test would close it under our hands.
    file = tmp_path / "lab.sqlite3"
    monkeypatch.setattr(writer, "database_file", lambda: file)
    return Path(f"{file}.queue")


@contextmanager
def held(queue: Path) -> Iterator[None]:
    with queue.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def test_the_queue_is_held_while_one_writes_and_left_after(queue):
    with fair_write():
        assert connection.in_atomic_block
        with pytest.raises(BlockingIOError), held(queue):
            pass
    with held(queue):
        pass


def test_the_queue_is_left_when_the_write_fails(queue):
    with pytest.raises(ZeroDivisionError), fair_write():
        raise ZeroDivisionError
    with held(queue):
        pass


def test_who_comes_second_waits_before_a_transaction_begins(queue):
    order: list[str] = []

    def second() -> None:
        with fair_write():
            order.append("second writes")
        connections.close_all()

    with held(queue):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.2)  # time enough to be wrong
        order.append("first leaves")
    thread.join()
    assert order == ["first leaves", "second writes"]


def test_inside_a_transaction_it_is_a_savepoint_and_stands_in_no_queue(queue):
    with transaction.atomic(), fair_write(), held(queue):
        assert len(connection.savepoint_ids) == 1


@pytest.mark.django_db
def test_a_database_without_a_file_has_no_queue():
    if connection.vendor == "sqlite":
        assert ":memory:" in str(connection.settings_dict["NAME"]) or "mode=memory" in str(
            connection.settings_dict["NAME"]
        )
    assert database_file() is None
    with fair_write():
        assert connection.in_atomic_block
