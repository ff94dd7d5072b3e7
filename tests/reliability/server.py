"""A real gunicorn on a database of its own, and many people who use it at once.

    with running(Place(tmp_path, sqlite_url(tmp_path))) as server:
        people = server.people(50)
        answers = burst([lambda: ..., lambda: ...])

`RED` in the environment of the server (see red_settings) switches one guard off, so that a test can show
that it fails without it.
"""

import http.client
import json
import os
import re
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST_START_S = 90
CSRF = "c" * 32


@dataclass(frozen=True)
class Place:
    """Where a server runs, and on what."""

    folder: Path
    database_url: str
    workers: int = 2
    threads: int = 8
    red: str = ""  # what is switched off; "" for nothing
    secret_key: str = ""  # several machines that share the work share it; "" makes one

    @property
    def environment(self) -> dict[str, str]:
        """What its processes get."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        kept |= {"DATA_DIR": str(self.folder), "DATABASE_URL": self.database_url}
        kept |= {"SECRET_KEY": self.secret_key} if self.secret_key else {}
        settings = "tests.reliability.red_settings" if self.red else "expressway_sim.settings"
        return kept | {"DJANGO_SETTINGS_MODULE": settings, "RED": self.red}

    def python(self, *words: str) -> str:
        """Run Python with these words to its end. Out: what it printed."""
        ran = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout


@dataclass(frozen=True)
class Answer:
    """What a request came to."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float


@dataclass
class Person:
    """Somebody signed in, with a lab; keeps a connection open as a browser does."""

    port: int
    session: str
    lab: str
    expressway_c: str
    expressway_e: str
    _connection: http.client.HTTPConnection | None = field(default=None, repr=False)

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: Mapping[str, str], files: Mapping[str, bytes] | None = None) -> Answer:
        """Send a form, with files or without."""
        data = {"csrfmiddlewaretoken": CSRF, **fields}
        if not files:
            kind = "application/x-www-form-urlencoded"
            return self._ask("POST", path, urlencode(data).encode(), {"Content-Type": kind})
        boundary = secrets.token_hex(16)
        kind = f"multipart/form-data; boundary={boundary}"
        return self._ask("POST", path, multipart(boundary, data, files), {"Content-Type": kind})

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = headers | {"Cookie": f"sessionid={self.session}; csrftoken={CSRF}"}
        begun = time.monotonic()
        self._connection.request(method, path, body=body, headers=headers)
        response = self._connection.getresponse()
        content = response.read()
        return Answer(response.status, dict(response.getheaders()), content, time.monotonic() - begun)


def multipart(boundary: str, fields: Mapping[str, str], files: Mapping[str, bytes]) -> bytes:
    """A form's body as a browser writes it."""
    parts = []
    for name, text in fields.items():
        parts.append(f'Content-Disposition: form-data; name="{name}"\r\n\r\n{text}'.encode())
    for name, content in files.items():
        head = f'Content-Disposition: form-data; name="{name}"; filename="{name}.pem"\r\n'
        parts.append(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + content)
    line = b"--" + boundary.encode()
    return b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"


@dataclass(frozen=True)
class Running:
    """A gunicorn that answers."""

    place: Place
    process: subprocess.Popen[bytes]
    port: int
    log: Path
    browsers: list[Person] = field(default_factory=list)

    def people(self, count: int) -> list[Person]:
        """So many new people, each with an example lab, signed in."""
        rows: list[dict[str, Any]] = json.loads(
            self.place.python("-m", "tests.reliability.people", str(count)).splitlines()[-1]
        )
        return [self._open(row) for row in rows]

    def window_of(self, person: Person) -> Person:
        """Another window of the same person, with a connection of its own; also of another server's."""
        names = ("session", "lab", "expressway_c", "expressway_e")
        return self._open({name: getattr(person, name) for name in names})

    def _open(self, row: dict[str, Any]) -> Person:
        self.browsers.append(Person(port=self.port, **row))
        return self.browsers[-1]

    def processes(self) -> list[int]:
        """The ids of the workers."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(number) for number in listed.split()]


@contextmanager
def running(place: Place) -> Iterator[Running]:
    """Make the tables, start gunicorn as `deploy/` does, wait until it answers; at the end, stop it."""
    place.folder.mkdir(exist_ok=True)
    place.python("manage.py", "migrate", "--verbosity", "0")
    place.python("manage.py", "collectstatic", "--no-input", "--verbosity", "0")
    log = place.folder / "gunicorn.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "expressway_sim.wsgi:application", *_options(place)],
            cwd=ROOT,
            env=place.environment,
            stdout=output,
            stderr=output,
        )
    browsers: list[Person] = []
    try:
        yield Running(place, process, _port_in(log, process), log, browsers)
    finally:
        for browser in browsers:
            browser.close()
        process.send_signal(signal.SIGQUIT)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _options(place: Place) -> list[str]:
    return [
        "--worker-class=gthread",
        f"--workers={place.workers}",
        f"--threads={place.threads}",
        "--bind=127.0.0.1:0",
        "--no-control-socket",
        "--graceful-timeout=5",
    ]


def _port_in(log: Path, process: subprocess.Popen[bytes]) -> int:
    ends = time.monotonic() + LONGEST_START_S
    while time.monotonic() < ends and process.poll() is None:
        found = re.search(r"Listening at: http://127\.0\.0\.1:(\d+)", log.read_text())
        if found:
            port = int(found.group(1))
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
                connection.request("GET", "/healthz")  # waits in the socket's queue until a worker is there
                assert connection.getresponse().status == 200
            return port
        time.sleep(0.05)
    raise AssertionError(log.read_text())


def burst(jobs: Sequence[Callable[[], list[Answer]]]) -> list[Answer]:
    """Do all jobs at once, each in a thread that starts when all are there. Out: all their answers."""
    gate = threading.Barrier(len(jobs))
    results: list[list[Answer]] = [[] for _ in jobs]
    failures: list[BaseException] = []

    def one(number: int, job: Callable[[], list[Answer]]) -> None:
        try:
            gate.wait()
            results[number] = job()
        except BaseException as error:  # told to the caller below, whatever it is
            failures.append(error)

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return [answer for result in results for answer in result]


def percentile(answers: Sequence[Answer], share: float) -> float:
    """The seconds within which that share of the answers came."""
    ordered = sorted(answer.seconds for answer in answers)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def sqlite_url(folder: Path) -> str:
    """A database file in a folder."""
    return f"sqlite:///{folder / 'lab.sqlite3'}"


@contextmanager
def new_postgresql_database(server_url: str) -> Iterator[str]:
    """A new database on a PostgreSQL server; it is dropped at the end. Out: its URL."""
    name = f"rehearsal_{secrets.token_hex(6)}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield urlsplit(server_url)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
