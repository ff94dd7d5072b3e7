"""`manage.py serve`, as a person runs it: a real process, a real port, a real Ctrl-C."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from queue import Empty, Queue
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST_START_S = 90  # a hang, not a measure


class Serving:
    """A `serve` that was started; its output by lines."""

    def __init__(self, data: Path, *words: str) -> None:
        environment = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", *words],
            cwd=ROOT,
            env=environment | {"DATA_DIR": str(data)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            # A shell's background jobs ignore Ctrl-C, and would hand that on.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        self.lines: list[str] = []
        self._queue: Queue[str] = Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._queue.put(line)

    def until(self, wanted: str) -> re.Match[str]:
        """Read on to the line that matches."""
        ends = time.monotonic() + LONGEST_START_S
        while time.monotonic() < ends:
            try:
                line = self._queue.get(timeout=1)
            except Empty:
                if self.process.poll() is not None and self._queue.empty():
                    break
                continue
            self.lines.append(line)
            found = re.search(wanted, line)
            if found:
                return found
        raise AssertionError(f"{wanted!r} was never printed:\n{self.text()}")

    def text(self) -> str:
        while not self._queue.empty():
            self.lines.append(self._queue.get())
        return "".join(self.lines)

    def end(self, how: signal.Signals = signal.SIGINT) -> int:
        """Press Ctrl-C, which reaches the whole group as a terminal does. Out: the exit status."""
        os.killpg(self.process.pid, how)
        status = self.process.wait(timeout=30)
        self._reader.join(timeout=5)
        return status

    def clean_up(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Serving]]:
    started: list[Serving] = []

    def one(*words: str) -> Serving:
        started.append(Serving(tmp_path / "data", *words))
        return started[-1]

    yield one
    for serving in started:
        serving.clean_up()


def get(port: int, path: str, host: str = "") -> http.client.HTTPResponse:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", path, headers={"Host": host} if host else {})
        response = connection.getresponse()
        response.read()
        return response


def test_from_nothing_to_a_page_and_a_clean_end(start, tmp_path):
    serving = start("--port", "0")
    database = serving.until(r"Database  (.*)").group(1)
    assert str(tmp_path / "data" / "lab.sqlite3") in database
    assert re.search(
        r"SQLite 3\.\S+, (rollback journal, synchronous EXTRA|write-ahead log, synchronous FULL)", database
    )
    link = serving.until(r"Sign in   http://127\.0\.0\.1:(\d+)(/enter/\S+)")
    port = int(link.group(1))
    serving.until("Ctrl-C")

    assert get(port, "/healthz").status == 200
    assert get(port, "/readyz").status == 200
    assert get(port, link.group(2)).status == 200
    assert get(port, "/static/certstore/look.css").status == 200
    assert get(port, "/", host="evil.example").status == 400

    idle = socket.create_connection(("127.0.0.1", port))  # a browser's connection kept for later
    kept = http.client.HTTPConnection("127.0.0.1", port)
    kept.request("GET", "/healthz")
    kept.getresponse().read()
    with closing(idle), closing(kept):
        assert serving.end() == 0
    text = serving.text()
    assert "Traceback" not in text
    assert "gunicorn" not in text.lower()
    assert "Worker" not in text


def test_a_second_start_goes_on_with_what_is_there(start):
    first = start("--port", "0")
    first.until("Ctrl-C")
    assert first.end(signal.SIGTERM) == 0
    second = start("--port", "0")
    second.until("Ctrl-C")
    assert second.end() == 0


@pytest.mark.parametrize("delay", [0.05, 0.3, 0.8, 1.6])
def test_ctrl_c_right_after_the_start_ends_without_a_traceback(start, delay):
    serving = start("--port", "0")
    time.sleep(delay)
    status = serving.end()
    # The interpreter's own start, before a line of ours runs, can only die of the signal.
    assert status in (0, 130, -signal.SIGINT) if delay < 0.1 else status in (0, 130)
    if status != -signal.SIGINT:
        assert "Traceback" not in serving.text()


def test_ctrl_c_as_soon_as_the_workers_are_there(start):
    serving = start("--port", "0")
    serving.until("Ctrl-C")
    assert serving.end() == 0
    assert "SIGKILL" not in serving.text()


def test_a_port_in_use_is_one_sentence(start):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        serving = start("--port", str(port))
        assert serving.process.wait(timeout=LONGEST_START_S) == 1
        serving.until("in use")
    assert serving.text() == (
        f"CommandError: Port {port} on 127.0.0.1 is in use. Stop what uses it, or take another with --port.\n"
    )


def test_with_a_mistake_in_the_corrections_it_says_where_and_does_not_start(start, tmp_path):
    file = tmp_path / "data" / "corrections.toml"
    file.parent.mkdir()
    file.write_text('["trusted_ca.emty"]\ntext = "No CAs"\n')
    serving = start("--port", "0")
    assert serving.process.wait(timeout=LONGEST_START_S) == 1
    serving.until(r"line 1, trusted_ca\.emty: no sentence has this name\. Did you mean trusted_ca\.empty\?")
    assert "Mend the file" in serving.text()
    assert "Traceback" not in serving.text()
    assert "Sign in" not in serving.text()


def test_corrections_are_said_by_every_worker(start, tmp_path):
    file = tmp_path / "data" / "corrections.toml"
    file.parent.mkdir()
    file.write_text('[trusted_ca.empty]\ntext = "Not one CA"\nevidence = "seen"\nsource = "a server"\n')
    serving = start("--port", "0")
    port = int(serving.until(r"http://127\.0\.0\.1:(\d+)/enter/").group(1))
    serving.until("Ctrl-C")
    for _ in range(8):
        with urlopen(f"http://127.0.0.1:{port}/how-sure/?q=not+one+ca") as answer:
            assert b"Not one CA" in answer.read()
    assert serving.end() == 0


def test_nothing_serves_by_wsgi_with_a_mistake_in_the_corrections(tmp_path):
    (tmp_path / "mine.toml").write_text("[a]\nb = 1\n")
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    environment |= {"DATA_DIR": str(tmp_path), "CORRECTIONS_FILE": str(tmp_path / "mine.toml")}
    words = [sys.executable, "-c", "import expressway_sim.wsgi"]
    ran = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 1
    assert f"ImproperlyConfigured: {tmp_path}/mine.toml, line 1, a: no sentence" in ran.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--host", "192.0.2.77"), "192.0.2.77 is no address of this machine."),
        (("--host", "not a host"), "'not a host' is no address of this machine."),
        (("--port", "70000"), "70000 is no port"),
    ],
)
def test_a_place_that_cannot_be_is_one_sentence(start, words, sentence):
    serving = start(*words)
    assert serving.process.wait(timeout=LONGEST_START_S) == 1
    serving.until(re.escape(sentence))
    assert len(serving.text().splitlines()) == 1


def test_a_classroom_is_told_its_addresses_and_may_use_them(start):
    serving = start("--port", "0", "--classroom")
    port = int(serving.until(r"Sign in   http://127\.0\.0\.1:(\d+)/").group(1))
    told = serving.until(r"Class     (?:http://([^:/]+):\d+/|this machine has no address)").group(1)
    serving.until("Ctrl-C")
    for host in (told, socket.gethostname()):
        if told:
            assert get(port, "/sign-in/", host=f"{host}:{port}").status == 200
    assert get(port, "/sign-in/", host="evil.example").status == 400
    assert serving.end() == 0
