"""S26 on a disk: what a running server leaves in files holds no private key and no password.

The database with its journal or write-ahead log (which are kept for it here), the backup, the log, everything that is
written aside; on PostgreSQL every row. Each red run writes a key as a build would that keeps it.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from cryptography.hazmat.primitives.serialization import load_der_private_key
from psycopg import sql

from tests.box_dumps import real_server, system, tar_gz, traversal_server
from tests.canaries import PASSWORD, Key, pem_of, traces
from tests.keyring import rsa_key
from tests.needs import needs_postgresql
from tests.pki.material import certificate
from tests.reliability.server import (
    Person,
    Place,
    Running,
    new_postgresql_database,
    running,
    sqlite_url,
)

SECRET_KEY = "for tests only: " + "0123456789abcdef" * 4
JOURNALS = {"persistent-journal": "lab.sqlite3-journal", "write-ahead-log": "lab.sqlite3-wal"}
UNSEALED = """
import json
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from certstore.models import CaKey
from certstore.reading.training_ca import authority_of
form = Encoding.DER, PrivateFormat.PKCS8, NoEncryption()
print(json.dumps([authority_of(row).key.private_bytes(*form).hex() for row in CaKey.objects.all()]))
"""
CARELESS = """
from certstore.models import LabFile
LabFile.objects.filter(pk=LabFile.objects.first().pk).update(content=bytes.fromhex("{key}"))
"""
FIELDS = {
    "algorithm": "ecdsa",
    "length": "256",
    "digest": "sha256",
    "country": "GB",
    "state": "London",
    "organization": "Example",
}


@contextmanager
def a_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, red: str = "", url: str = ""
) -> Iterator[Running]:
    """A server that writes everything below one folder."""
    folder = tmp_path / "data"
    aside = tmp_path / "aside"
    aside.mkdir()
    monkeypatch.setenv("TMPDIR", str(aside))
    with running(Place(folder, url or sqlite_url(folder), red=red, secret_key=SECRET_KEY)) as server:
        yield server


def at_work(server: Running, key: Key) -> Person:
    """A person sends the key and the password to everything that takes one, and has the training CA made."""
    person = server.people(1)[0]
    pem, node = pem_of(key), f"/n/{person.expressway_e}"
    page, lab = f"{node}/server-certificate", f"/labs/{person.lab}"
    person.post(f"{page}/upload/", {}, {"certificate": certificate().pem, "key": pem})
    person.post(f"{page}/upload/", {}, {"certificate": certificate().pem + pem})
    person.post(f"{page}/csr/generate/", FIELDS)
    person.post(f"{node}/trusted-ca/append/", {}, {"file": pem})
    assert person.post(f"{lab}/ca/make/", {}).status == 302
    person.post(f"{lab}/ca/sign/", {"ca": "public-issuing-1", "validity": "90", "pasted": pem.decode()})
    assert person.get(f"/n/{person.expressway_c}/zones/edit/").status == 200
    assert person.post(f"{node}/zones/credential/", {"password": PASSWORD}).status == 302
    lines = [*system("exp-e1"), *traversal_server(1, "exp-c1.rehearse.test")]
    lines.append(("Zones Zone 1 TraversalServer Authentication Password", PASSWORD))
    box = real_server("exp-e1", certificate(), (certificate(),), lines)
    archive = tar_gz(("privkey.pem", pem), *box.files.items())
    assert person.post("/labs/from-servers/", {}, {"files": archive}).status == 200
    assert person.get(f"{lab}/export/").status == 200
    person.post(f"/n/{person.expressway_e}/restart/", {"confirmed": "yes"})
    return person


def secrets_of(server: Running, key: Key) -> list[Key | str]:
    """The key that was sent, the password, and the keys of the training CAs, which are sealed."""
    printed = server.place.python("manage.py", "shell", "-v", "0", "-c", UNSEALED).splitlines()[-1]
    opened = (load_der_private_key(bytes.fromhex(one), None) for one in json.loads(printed))
    sealed = [one for one in opened if isinstance(one, Key)]
    assert len(sealed) > 5
    return [key, PASSWORD, *sealed]


def on_disk(tmp_path: Path) -> dict[str, bytes]:
    """Every file that was written, by its place; of the vendored and static ones none."""
    written = (path for path in tmp_path.rglob("*") if path.is_file() and "static" not in path.parts)
    return {str(path.relative_to(tmp_path)): path.read_bytes() for path in written}


def in_postgresql(url: str) -> dict[str, bytes]:
    """Every row of every table."""
    places = {}
    with psycopg.connect(url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            rows = connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))
            values = (value for row in rows for value in row)
            places[table] = b"\n".join(
                value if isinstance(value, bytes) else str(value).encode() for value in values
            )
    return places


def careless(server: Running, key: Key) -> None:
    """What a build does that keeps the PEM."""
    code = CARELESS.format(key=pem_of(key).hex())
    server.place.python("manage.py", "shell", "-v", "0", "-c", code)


@contextmanager
def nothing_is_tidied_up(server: Running) -> Iterator[None]:
    """Somebody reads on, so that the write-ahead log is neither emptied nor deleted."""
    with closing(sqlite3.connect(server.place.folder / "lab.sqlite3")) as reader:
        if server.place.red == "write-ahead-log":
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM django_session").fetchone()
        yield


@pytest.mark.parametrize("journal", JOURNALS)
def test_no_file_of_a_server_holds_a_secret(tmp_path, monkeypatch, journal):
    key = rsa_key("canary")
    with a_server(tmp_path, monkeypatch, journal) as server, nothing_is_tidied_up(server):
        at_work(server, key)
        secrets = secrets_of(server, key)
        server.place.python("manage.py", "backup", str(tmp_path / "backup.sqlite3"))
        found = on_disk(tmp_path)
        assert {f"data/{JOURNALS[journal]}", "data/lab.sqlite3", "data/gunicorn.log"} < set(found)
        assert b"certstore_cakey" in found["backup.sqlite3"]
        assert len(found[f"data/{JOURNALS[journal]}"]) > 10_000
        assert traces(secrets, found) == []

        careless(server, key)  # red: the same search finds a key that was kept
        server.place.python("manage.py", "backup", str(tmp_path / "backup-2.sqlite3"))
        told = traces(secrets, on_disk(tmp_path))
        assert "backup-2.sqlite3" in told
        assert "backup.sqlite3" not in told
        assert {"data/lab.sqlite3", f"data/{JOURNALS[journal]}"} & set(told)


@needs_postgresql
def test_no_row_on_postgresql_holds_a_secret(tmp_path, monkeypatch, postgresql):
    key = rsa_key("canary")
    with (
        new_postgresql_database(postgresql) as url,
        a_server(tmp_path, monkeypatch, url=url) as server,
    ):
        at_work(server, key)
        secrets = secrets_of(server, key)
        found = in_postgresql(url) | on_disk(tmp_path)
        assert {"certstore_cakey", "django_session", "data/gunicorn.log"} < set(found)
        assert traces(secrets, found) == []
        careless(server, key)
        assert traces(secrets, in_postgresql(url)) == ["certstore_labfile"]
