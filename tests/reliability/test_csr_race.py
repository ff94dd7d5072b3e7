"""R8: a request is generated anew while its certificate is uploaded. Both databases, and each red run.

However the two come together, a server never ends with the certificate of another request than the one it says was
used, and never with one of a request that was discarded before.
"""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from certstore.pki.forge.authority import Authority, root
from tests.needs import needs_postgresql
from tests.reliability.server import (
    Answer,
    Person,
    Place,
    Running,
    burst,
    new_postgresql_database,
    running,
    sqlite_url,
)

ROUNDS = 200
RED_ROUNDS = 40  # enough to see it torn
SECRET_KEY = "for tests only: " + "fedcba9876543210" * 4
FIELDS = {
    "algorithm": "ecdsa",
    "length": "256",
    "digest": "sha256",
    "country": "GB",
    "state": "London",
    "organization": "Example",
}
# A server remembers its twenty newest requests, and a round makes two: whoever looks at the end must find them all.
ROUNDS_A_PERSON = 8
# What is wrong with a server: an installed certificate of a request that is not the one used last, or two used at once.
LOOK = """
import json, sys
from certstore.models import Installation, SigningRequest
torn = []
for row in Installation.objects.filter(key_origin="request"):
    made_from = SigningRequest.objects.filter(slot=row.slot, key=row.key)
    if [one.state for one in made_from] != ["used"]:
        torn.append([row.pk, [one.state for one in made_from]])
used = SigningRequest.objects.filter(state="used").count()
installed = Installation.objects.filter(key_origin="request").count()
waiting = SigningRequest.objects.filter(state="pending").count()
print(json.dumps({"torn": torn, "waiting": waiting, "used": used, "installed": installed}))
"""


@contextmanager
def on_sqlite(tmp_path: Path, red: str = "") -> Iterator[Running]:
    with running(Place(tmp_path / "data", sqlite_url(tmp_path / "data"), red=red)) as server:
        yield server


@contextmanager
def on_postgresql(tmp_path: Path, server_url: str, red: str = "") -> Iterator[Running]:
    with (
        new_postgresql_database(server_url) as url,
        running(Place(tmp_path / "data", url, red=red, secret_key=SECRET_KEY)) as server,
    ):
        yield server


def page(person: Person, rest: str = "") -> str:
    return f"/n/{person.expressway_e}/server-certificate/{rest}"


def discard(person: Person) -> Answer:
    return person.post(page(person, "csr/discard/"), {"confirmed": "yes"})


def generate(person: Person) -> Answer:
    return person.post(page(person, "csr/generate/"), FIELDS)


def upload(person: Person, pem: bytes) -> Answer:
    return person.post(page(person, "upload/"), {}, {"certificate": pem})


def certificate_of(ca: Authority, request_pem: bytes) -> bytes:
    request = x509.load_pem_x509_csr(request_pem)
    names = request.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    start, end = datetime(2024, 1, 1, tzinfo=UTC), datetime(2045, 1, 1, tzinfo=UTC)
    return ca.leaf(request.subject, request.public_key(), start, end, sans=list(names)).pem


def race(server: Running, rounds: int) -> Counter[tuple[int, ...]]:
    """Rounds of: request, certificate, then both at once: a new request, and the upload. Out: how they ended."""
    start, end = datetime(2020, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)
    ca = root("Race CA", ec.generate_private_key(ec.SECP256R1()), start, end)
    ends: Counter[tuple[int, ...]] = Counter()
    for person in server.people(-(-rounds // ROUNDS_A_PERSON)):
        person.post(f"/n/{person.expressway_e}/trusted-ca/append/", {}, {"file": ca.pem})
        other = server.window_of(person)
        for _ in range(min(ROUNDS_A_PERSON, rounds - sum(ends.values()))):
            ends[a_round(person, other, ca)] += 1
    return ends


def a_round(person: Person, other: Person, ca: Authority) -> tuple[int, ...]:
    generate(person)
    request = person.get(page(person, "csr/server.csr"))
    if request.status != 200:
        return (request.status,)
    pem = certificate_of(ca, request.body)
    answers = burst([lambda: [discard(other), generate(other)], lambda: [upload(person, pem)]])
    discard(person)
    return tuple(one.status for one in answers)


def found(server: Running) -> dict[str, object]:
    told: dict[str, object] = json.loads(
        server.place.python("manage.py", "shell", "-v", "0", "-c", LOOK).splitlines()[-1]
    )
    return told


def assert_no_round_was_torn(server: Running) -> None:
    ends = race(server, ROUNDS)
    told = found(server)
    print(f"\n{dict(ends)} {told}")
    assert sum(ends.values()) == ROUNDS
    assert not [ending for ending in ends if any(status >= 500 for status in ending)]
    assert told["torn"] == []
    assert told["waiting"] == 0
    assert (
        told["used"] == told["installed"] == sum(count for ending, count in ends.items() if ending[-1] == 302)
    )


def is_torn(server: Running) -> bool:
    ends = race(server, RED_ROUNDS)
    told = found(server)
    print(f"\n{dict(ends)} {told}")
    return bool(told["torn"]) or any(status >= 500 for ending in ends for status in ending)


def test_r8_on_sqlite(tmp_path):
    with on_sqlite(tmp_path) as server:
        assert_no_round_was_torn(server)


def test_r8_red_on_sqlite_with_the_options_django_has_by_itself(tmp_path):
    with on_sqlite(tmp_path, red="django-defaults") as server:
        assert is_torn(server)


@needs_postgresql
def test_r8_on_postgresql(tmp_path, postgresql):
    with on_postgresql(tmp_path, postgresql) as server:
        assert_no_round_was_torn(server)


@needs_postgresql
def test_r8_red_on_postgresql_without_row_locks(tmp_path, postgresql):
    with on_postgresql(tmp_path, postgresql, red="no-row-locks") as server:
        assert is_torn(server)
