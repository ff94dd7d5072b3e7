"""S26 on a disk: what a running server leaves in files holds no private key and no password.

The database with its journal or write-ahead log, the backup, the log, everything that is written aside. The server is
killed at the end, so that nothing is tidied up; each red run writes a key the way a careless build would.
"""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import load_der_private_key

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
JOURNALS = {"rollback journal": "", "write-ahead log": "write-ahead-log"}
UNSEALED = """
import json
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from certstore.models import CaKey
from certstore.reading.training_ca import authority_of
form = Encoding.DER, PrivateFormat.PKCS8, NoEncryption()
print(json.dumps([authority_of(row).key.private_bytes(*form).hex() for row in CaKey.objects.all()]))
"""
CARELESS = """
import sys
from certstore.models import LabFile
LabFile.objects.filter(pk=LabFile.objects.first().pk).update(content=sys.stdin.buffer.read())
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
def a_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, red: str = "", url: str = "") -> Iterator[Running]:
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
    person.post(f"{node}/zones/credential/", {"password": PASSWORD})
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
    sealed = [load_der_private_key(bytes.fromhex(one), None) for one in json.loads(printed)]
    assert len(sealed) > 5
    return [key, PASSWORD, *sealed]


def on_disk(tmp_path: Path) -> dict[str, bytes]:
    """Every file that was written, by its place; of the vendored and static ones none."""
    written = (path for path in tmp_path.rglob("*") if path.is_file() and "static" not in path.parts)
    return {str(path.relative_to(tmp_path)): path.read_bytes() for path in written}


def carelessly_written(server: Running, pem: bytes) -> None:
    """What a build does that keeps the PEM."""
    words = ["manage.py", "shell", "-v", "0", "-c", CARELESS]
    place = server.place
    subprocess.run([place_python(), *words], cwd=ROOT, env=place.environment, input=pem, check=True)
