"""S11: what is too large is refused before it is read; a real gunicorn, a real socket."""

import contextlib
import gzip
import socket
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from random import Random

import pytest

from tests.box_dumps import real_server, system, tar_gz
from tests.pki.material import certificate
from tests.reliability.server import CSRF, Place, Running, running, sqlite_url

MIB = 1024 * 1024
FORM = "multipart/form-data; boundary=b"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("gate") / "data"
    # One worker: of two, one might not have had its first request when memory is looked at.
    with running(Place(folder, sqlite_url(folder), workers=1)) as one:
        yield one


def send(
    server: Running, headers: str, body: bytes = b"", *, ends: bool = False, path: str = "/sign-in/"
) -> bytes:
    """Send a request and what there is of its body; out: the first of the answer."""
    with closing(socket.create_connection(("127.0.0.1", server.port), timeout=60)) as one:
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {FORM}\r\n{headers}\r\n\r\n"
        one.sendall(head.encode() + body)
        if ends:
            one.shutdown(socket.SHUT_WR)
        return one.recv(65536)


def memory_kib(server: Running) -> int:
    """What the workers hold at their peak, in KiB."""
    lines = [Path(f"/proc/{worker}/status").read_text().splitlines() for worker in server.processes()]
    return sum(int(line.split()[1]) for one in lines for line in one if line.startswith("VmHWM"))


def open_temporary_files(server: Running) -> list[str]:
    """The files in the temporary folder that a worker has open, but gunicorn's own heartbeat."""
    found = []
    for worker in server.processes():
        for link in Path(f"/proc/{worker}/fd").iterdir():
            with suppress(FileNotFoundError):  # closed meanwhile, so it is not open
                found.append(str(link.readlink()))
    temporary = (target for target in found if target.startswith(tempfile.gettempdir()))
    own = ("wgunicorn", str(server.place.folder))
    return [target for target in temporary if not any(part in target for part in own)]


def test_300_mib_are_refused_at_once_and_cost_nothing(server):
    for _ in range(20):  # whatever a worker's first refusal loads is loaded
        send(server, f"Content-Length: {300 * MIB}")
    before = memory_kib(server)
    with closing(socket.create_connection(("127.0.0.1", server.port), timeout=60)) as one:
        head = f"POST /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {300 * MIB}\r\n\r\n"
        one.sendall(head.encode())
        answer = one.recv(65536)  # before a byte of the body was sent
        assert answer.startswith(b"HTTP/1.1 413 ")
        with contextlib.suppress(OSError):  # reset or broken pipe, as the system likes
            for _ in range(300):
                one.sendall(bytes(MIB))
            pytest.fail("all of it was taken")
    assert memory_kib(server) - before < 8 * 1024
    assert open_temporary_files(server) == []


def test_somewhat_too_large_is_read_to_its_end_so_that_a_browser_shows_the_answer(server):
    size = 20 * MIB
    with closing(socket.create_connection(("127.0.0.1", server.port), timeout=60)) as one:
        one.sendall(f"POST /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {size}\r\n\r\n".encode())
        for _ in range(20):
            one.sendall(bytes(MIB))  # as a browser: all of it first, then read
        assert one.recv(65536).startswith(b"HTTP/1.1 413 ")


def test_a_chunked_body_is_refused(server):
    answer = send(server, "Transfer-Encoding: chunked", b"5\r\nhello\r\n")
    assert answer.startswith(b"HTTP/1.1 413 ")


def test_a_length_that_is_too_small_cuts_the_body_there(server):
    answer = send(server, "Content-Length: 5", b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx")
    assert answer.startswith(b"HTTP/1.1 403 ")  # no token in what was read


def test_a_length_that_is_too_large_ends_when_the_client_does(server):
    answer = send(server, "Content-Length: 5000", b"--b\r\n", ends=True)
    assert answer.split(b" ")[1] in (b"400", b"403")


def test_two_lengths_and_a_length_with_chunks_are_no_request(server):
    assert send(server, "Content-Length: 5\r\nContent-Length: 6", b"hello").startswith(b"HTTP/1.1 400 ")
    both = send(server, "Content-Length: 5\r\nTransfer-Encoding: chunked", b"0\r\n\r\n")
    assert both.split(b" ")[1] in (b"400", b"413")


def test_ten_thousand_fields_are_too_many(server):
    part = b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n"
    body = part * 10_000 + b"--b--\r\n"
    answer = send(server, f"Cookie: csrftoken={CSRF}\r\nContent-Length: {len(body)}", body)
    assert answer.startswith(b"HTTP/1.1 413 ")


ARCHIVES = "/labs/from-servers/"  # takes 200 MiB


def part(name: str, content: bytes) -> bytes:
    return b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), content)


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        (f"Content-Length: {300 * MIB}", b"", b"413"),
        (f"Content-Length: {10**18}", b"", b"413"),
        ("Content-Length: -1", b"", b"400"),
        ("Transfer-Encoding: chunked", b"5\r\nhello\r\n", b"413"),
        ("Content-Length: 5", part("csrfmiddlewaretoken", CSRF.encode()), b"403"),
        ("Content-Length: 5\r\nContent-Length: 6", b"hello", b"400"),
    ],
    ids=["300-mib", "an-exabyte", "less-than-nothing", "chunked", "too-short", "two-lengths"],
)
def test_the_page_that_takes_archives_has_the_same_gate(server, headers, body, status):
    person = server.people(1)[0]
    cookies = f"Cookie: sessionid={person.session}; csrftoken={CSRF}\r\n"
    before = memory_kib(server)
    answer = send(server, cookies + headers, body, path=ARCHIVES)
    assert answer.split(b" ")[1] == status
    assert memory_kib(server) - before < 8 * 1024
    assert open_temporary_files(server) == []


def test_it_takes_no_ten_thousand_fields_and_unpacks_no_packed_body(server):
    person = server.people(1)[0]
    cookies = f"Cookie: sessionid={person.session}; csrftoken={CSRF}\r\n"
    many = part("csrfmiddlewaretoken", CSRF.encode()) + part("a", b"x") * 10_000 + b"--b--\r\n"
    answer = send(server, f"{cookies}Content-Length: {len(many)}", many, path=ARCHIVES)
    assert answer.startswith(b"HTTP/1.1 413 ")
    before = memory_kib(server)
    zeros = gzip.compress(part("csrfmiddlewaretoken", CSRF.encode()) + part("a", bytes(100 * MIB)))
    packed = f"{cookies}Content-Encoding: gzip\r\nContent-Length: {len(zeros)}"
    answer = send(server, packed, zeros, path=ARCHIVES)
    assert answer.split(b" ")[1] in (b"400", b"403")  # no form as it came, so no token in it
    assert memory_kib(server) - before < 8 * 1024


def test_an_archive_of_200_mib_is_read_as_it_comes_and_is_never_held(server):
    person = server.people(1)[0]
    noise = Random(5).randbytes(4 * MIB)  # gzip makes none of it smaller
    captures = [(f"eth0_{number}.pcap", noise) for number in range(49)]
    small = real_server("exp-e1", certificate(), (certificate(),), system("exp-e1"))
    archive = tar_gz(*captures, *small.files.items())  # takes longer than an idle connection is kept
    assert 190 * MIB < len(archive) < 200 * MIB
    first = person.post("/labs/from-servers/", {}, {"files": small.archive()})
    assert first.status == 200
    before = memory_kib(server)
    answer = person.post("/labs/from-servers/", {}, {"files": archive})
    assert answer.status == 200
    assert b"exp-e1.rehearse.test" in answer.body
    assert open_temporary_files(server) == []
    assert memory_kib(server) - before < 24 * 1024
