"""`manage.py backup` and `restore` (R10): whole while others write, and never at the cost of what is there."""

import fcntl
import shutil
import sqlite3
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from certstore.management.commands.backup import not_a_file
from certstore.management.sqlite_files import NotWhole, check_whole, copy_whole, put_in_place
from tests.reliability.server import Place, sqlite_url

INSERT = "INSERT INTO django_session VALUES (?, 'written under load', '2040-01-01')"
JOURNALS = (("DELETE", "EXTRA"), ("WAL", "FULL"))


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all tables, and one person with a password."""
    folder = tmp_path_factory.mktemp("fresh")
    place = Place(folder, sqlite_url(folder))
    place.python("manage.py", "migrate", "--verbosity", "0")
    make = "from certstore.models import User; User.objects.create_user('teacher', 'a long enough one')"
    place.python("manage.py", "shell", "-v", "0", "-c", make)
    return folder / "lab.sqlite3"


@pytest.fixture
def database(fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, and the commands of this process look at it."""
    if connection.vendor != "sqlite":
        pytest.skip("a file is backed up; this run is on PostgreSQL")
    path = tmp_path / "data" / "lab.sqlite3"
    path.parent.mkdir()
    shutil.copy(fresh, path)
    monkeypatch.setitem(connection.settings_dict, "NAME", str(path))
    return path


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def keys(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as file:
        return {row[0] for row in file.execute("SELECT session_key FROM django_session")}


@contextmanager
def writers(path: Path, journal: str, sync: str, count: int = 4) -> Iterator[list[str]]:
    """Threads that write as fast as they can. Out: the keys that were committed, as it grows."""
    committed: list[str] = []
    ends = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(path, timeout=20, isolation_level=None)) as file:
            file.execute(f"PRAGMA journal_mode={journal}")
            file.execute(f"PRAGMA synchronous={sync}")
            while not ends.is_set():
                key = uuid.uuid4().hex
                with Path(f"{path}.queue").open("a") as queue:  # as fair_write does
                    fcntl.flock(queue, fcntl.LOCK_EX)
                    file.execute("BEGIN IMMEDIATE")
                    file.execute(INSERT, (key,))
                    file.execute("COMMIT")
                committed.append(key)

    threads = [threading.Thread(target=write) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        while len(committed) < 20 and any(thread.is_alive() for thread in threads):
            ends.wait(0.01)
        yield committed
    finally:
        ends.set()
        for thread in threads:
            thread.join()


@pytest.mark.parametrize(("journal", "sync"), JOURNALS)
def test_25_backups_under_load_hold_all_that_was_committed_before_each(fresh, tmp_path, journal, sync):
    database = tmp_path / "lab.sqlite3"
    shutil.copy(fresh, database)
    with writers(database, journal, sync) as committed:
        for number in range(25):
            before = set(committed)
            backup, restored = tmp_path / f"{number}.backup", tmp_path / f"{number}.sqlite3"
            copy_whole(database, backup)
            put_in_place(backup, restored, keep_old_as=tmp_path / "none")
            assert before <= keys(restored)
        assert len(committed) > len(before) / 2 > 0
    assert not list(tmp_path.glob(".*"))


def test_red_a_copy_with_cp_lacks_what_was_committed_and_seems_whole(fresh, tmp_path):
    database, copied = tmp_path / "lab.sqlite3", tmp_path / "copied.sqlite3"
    shutil.copy(fresh, database)
    with closing(sqlite3.connect(database, isolation_level=None)) as file:
        file.execute("PRAGMA journal_mode=WAL")
        file.execute(INSERT, ("committed",))
        shutil.copy(database, copied)
        copy_whole(database, tmp_path / "backup.sqlite3")
    check_whole(copied)
    assert "committed" not in keys(copied)
    assert "committed" in keys(tmp_path / "backup.sqlite3")


def test_a_backup_is_private_and_never_overwrites_one(database, tmp_path):
    target = tmp_path / "b" / "mine.sqlite3"
    assert str(target) in run("backup", str(target))
    assert target.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match="never overwritten"):
        run("backup", str(target))


def test_without_a_name_it_lies_beside_the_database(database):
    run("backup")
    [made] = (database.parent / "backups").glob("lab-*.sqlite3")
    check_whole(made)


def test_a_backup_that_cannot_be_made_leaves_nothing(database, tmp_path):
    database.write_bytes(b"SQLite format 3\x00" + bytes(5000))
    with pytest.raises(CommandError, match="No backup was made"):
        run("backup", str(tmp_path / "b.sqlite3"))
    assert not list(tmp_path.glob("*b.sqlite3*"))


def test_restored_people_can_sign_in_and_the_old_database_is_kept(database, tmp_path):
    target = tmp_path / "b.sqlite3"
    run("backup", str(target))
    with closing(sqlite3.connect(database)) as file, file:
        file.execute("DELETE FROM certstore_user")
    said = run("restore", str(target))
    [old] = database.parent.glob("lab.sqlite3.before-*")
    assert str(old) in said
    for path, there in ((database, True), (old, False)):
        ask = "from django.contrib.auth import authenticate as a; print(a(None, username='teacher', password="
        place = Place(database.parent, f"sqlite:///{path}")
        code = "from django.http import HttpRequest as R; " + ask.replace("None", "R()")
        answer = place.python(
            "manage.py", "shell", "-v", "0", "-c", code + "'a long enough one') is not None)"
        )
        assert answer.strip() == str(there)


def test_restore_into_an_empty_place(database, tmp_path):
    target = tmp_path / "b.sqlite3"
    run("backup", str(target))
    database.unlink()
    assert "is kept as" not in run("restore", str(target))
    check_whole(database)


def test_restore_refuses_while_a_server_has_the_database(database, tmp_path):
    target = tmp_path / "b.sqlite3"
    run("backup", str(target))
    holder = "import sys, django; django.setup(); from expressway_sim import wsgi; print('on', flush=True); input()"
    place = Place(database.parent, f"sqlite:///{database}")
    place.python("manage.py", "collectstatic", "--no-input", "--verbosity", "0")
    serving = subprocess.Popen(
        [sys.executable, "-c", holder],
        env=place.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parent.parent.parent,
    )
    with serving:
        assert serving.stdout
        assert serving.stdin
        assert serving.stdout.readline() == b"on\n"
        with pytest.raises(CommandError, match="A server is running"):
            run("restore", str(target))
        serving.stdin.write(b"\n")
        serving.stdin.close()
    run("restore", str(target))


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_restore_refuses_while_a_journal_lies_beside_the_old_database(database, tmp_path, ending):
    target = tmp_path / "b.sqlite3"
    run("backup", str(target))
    before = database.read_bytes()
    beside = Path(f"{database}{ending}")
    beside.write_bytes(b"x")
    with pytest.raises(CommandError, match="lies beside the database"):
        run("restore", str(target))
    assert database.read_bytes() == before
    beside.unlink()
    run("restore", str(target))


def test_a_backup_closes_the_journal_of_a_killed_writer(database, tmp_path):
    die = "import os, sqlite3, sys; d = sqlite3.connect(sys.argv[1]); d.execute('PRAGMA journal_mode=WAL');"
    die += f"d.execute({INSERT!r}, ('k',)); d.commit(); os._exit(0)"
    subprocess.run([sys.executable, "-c", die, str(database)], check=True)
    assert Path(f"{database}-wal").exists()
    run("backup", str(tmp_path / "b.sqlite3"))
    run("restore", str(tmp_path / "b.sqlite3"))
    assert "k" in keys(database)


def damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:8192] = bytes(4096)
    path.write_bytes(content)


def of_another_project(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("CREATE TABLE django_migrations (app, name)")


def of_a_newer_release(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("INSERT INTO django_migrations VALUES (999, 'certstore', '0999_later', '2040-01-01')")


def with_a_dangling_row(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("INSERT INTO certstore_signinlink VALUES ('i', 't', 0, '2040-01-01', NULL, 77)")


def open_elsewhere(path: Path) -> None:
    Path(f"{path}-wal").write_bytes(b"x")


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (damaged, "no whole backup"),
        (lambda path: path.write_bytes(path.read_bytes()[:9000]), "no whole backup"),
        (lambda path: path.write_text("not a database" * 100), "no whole backup"),
        (lambda path: path.write_bytes(b""), "no whole backup"),
        (lambda path: path.unlink(), "There is no file"),
        (of_another_project, "not one of this project"),
        (of_a_newer_release, "made by a newer release"),
        (with_a_dangling_row, "points at a row that is not there"),
        (open_elsewhere, "not a backup"),
    ],
)
def test_what_is_no_backup_is_refused_and_nothing_changes(database, tmp_path, spoil, sentence):
    target = tmp_path / "b.sqlite3"
    run("backup", str(target))
    spoil(target)
    before = {path: path.read_bytes() for path in database.parent.iterdir()}
    with pytest.raises(CommandError, match=sentence):
        run("restore", str(target))
    assert {path: path.read_bytes() for path in database.parent.iterdir()} == before


def test_a_target_that_appears_meanwhile_is_not_overwritten(fresh, tmp_path, monkeypatch):
    target = tmp_path / "b.sqlite3"
    monkeypatch.setattr(Path, "exists", lambda path: False)
    target.write_text("somebody else's")
    with pytest.raises(FileExistsError):
        copy_whole(fresh, target)
    assert target.read_text() == "somebody else's"


def test_check_whole_is_not_fooled_by_a_file_that_only_begins_well(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"SQLite format 3\x00" + bytes(4080))
    with pytest.raises(NotWhole):
        check_whole(path)


def test_of_postgresql_the_exact_command_is_told_without_the_password(monkeypatch):
    told = {"HOST": "db.example", "PORT": 5433, "USER": "me", "PASSWORD": "s3cret", "NAME": "re hearsal"}
    for name, value in told.items():
        monkeypatch.setitem(connection.settings_dict, name, value)
    text = not_a_file("pg_dump --format=custom")
    assert text.endswith(
        "\n  pg_dump --format=custom --host=db.example --port=5433 --username=me '--dbname=re hearsal'"
    )


@pytest.mark.parametrize(("words", "program"), [(("backup",), "pg_dump"), (("restore", "x"), "pg_restore")])
def test_a_database_that_is_no_file_is_left_to_its_own_commands(words, program):
    with pytest.raises(CommandError, match=program):
        run(*words)
