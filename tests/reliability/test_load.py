"""A class that presses the button at once: nothing refused, nothing lost. Both databases, and each red run.

The figures R1, R2 and R7 of the project's reliability plan. Seconds are printed, not asserted.
"""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from tests.needs import needs_postgresql
from tests.reliability.authorities import authorities
from tests.reliability.server import (
    Answer,
    Person,
    Place,
    Running,
    burst,
    new_postgresql_database,
    percentile,
    running,
    sqlite_url,
)

PEOPLE, UPLOADS = 50, 10
RED_PEOPLE = 20  # without its guard most of what they send is lost: enough to see it
SECRET_KEY = "for tests only: " + "fedcba9876543210" * 4
COUNT = """
import json
from django.db.models import Count, Max
from certstore.models import Lab, TrustEntry
labs = Lab.objects.annotate(told=Count("events"), last=Max("events__seq"))
print(json.dumps({
    "entries": TrustEntry.objects.filter(certificate__facts__icontains="Load CA").count(),
    "attempts": sum(lab.attempts.count() for lab in labs),
    "torn": [str(lab.pk) for lab in labs if not lab.told == lab.last == lab.version],
}))
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


def upload(person: Person, node: str, pem: bytes) -> Answer:
    return person.post(f"/n/{node}/trusted-ca/append/", {}, {"file": pem})


def upload_once(person: Person, node: str, pem: bytes) -> list[Answer]:
    return [upload(person, node, pem)]


def each_into_their_own(people: list[Person], certificates: list[bytes]) -> list[Answer]:
    def job(number: int) -> list[Answer]:
        person = people[number]
        mine = certificates[number * UPLOADS : (number + 1) * UPLOADS]
        return [upload(person, person.expressway_c, pem) for pem in mine]

    return burst([partial(job, number) for number in range(len(people))])


def all_into_one(server: Running, owner: Person, count: int, certificates: list[bytes]) -> list[Answer]:
    def job(number: int) -> list[Answer]:
        window = server.window_of(owner)
        mine = certificates[number * UPLOADS : (number + 1) * UPLOADS]
        return [upload(window, owner.expressway_c, pem) for pem in mine]

    return burst([partial(job, number) for number in range(count)])


def stored(server: Running) -> dict[str, object]:
    found: dict[str, object] = json.loads(
        server.place.python("manage.py", "shell", "-v", "0", "-c", COUNT).splitlines()[-1]
    )
    return found


def report(name: str, answers: list[Answer]) -> None:
    p50, p99 = percentile(answers, 0.5), percentile(answers, 0.99)
    print(f"\n{name}: {dict(Counter(one.status for one in answers))} p50 {p50:.3f} s p99 {p99:.3f} s")


def assert_all_stored(server: Running, answers: list[Answer], name: str) -> None:
    report(name, answers)
    assert Counter(one.status for one in answers) == {302: PEOPLE * UPLOADS}
    assert [one for one in answers if "/trusted-ca/?attempt=" not in one.headers["Location"]] == []
    found = stored(server)
    assert found == {"entries": PEOPLE * UPLOADS, "attempts": PEOPLE * UPLOADS, "torn": []}


def test_r1_a_class_into_its_own_labs_on_sqlite(tmp_path):
    with on_sqlite(tmp_path) as server:
        answers = each_into_their_own(server.people(PEOPLE), authorities(PEOPLE * UPLOADS))
        assert_all_stored(server, answers, "sqlite, own labs")


def test_r1_fifty_windows_into_one_lab_on_sqlite(tmp_path):
    with on_sqlite(tmp_path) as server:
        [owner] = server.people(1)
        answers = all_into_one(server, owner, PEOPLE, authorities(PEOPLE * UPLOADS))
        assert_all_stored(server, answers, "sqlite, one lab")


def test_r1_red_with_the_options_django_has_by_itself_most_are_refused(tmp_path):
    with on_sqlite(tmp_path, red="django-defaults") as server:
        people, certificates = server.people(RED_PEOPLE), authorities(RED_PEOPLE * UPLOADS)
        answers = each_into_their_own(people, certificates)
        report("sqlite, Django's options", answers)
        assert sum(one.status >= 500 for one in answers) > 0


@needs_postgresql
def test_r2_a_class_into_its_own_labs_on_postgresql(tmp_path, postgresql):
    with on_postgresql(tmp_path, postgresql) as server:
        answers = each_into_their_own(server.people(PEOPLE), authorities(PEOPLE * UPLOADS))
        assert_all_stored(server, answers, "postgresql, own labs")


@needs_postgresql
def test_r2_two_machines_into_one_lab_on_postgresql(tmp_path, postgresql):
    with on_postgresql(tmp_path, postgresql) as server:
        place = replace(server.place, folder=tmp_path / "second")
        with running(place) as second:
            [owner] = server.people(1)
            certificates = authorities(PEOPLE * UPLOADS)
            half = PEOPLE * UPLOADS // 2
            answers = burst(
                [
                    partial(all_into_one, server, owner, PEOPLE // 2, certificates[:half]),
                    partial(all_into_one, second, owner, PEOPLE // 2, certificates[half:]),
                ]
            )
            assert_all_stored(server, answers, "postgresql, two machines, one lab")


@needs_postgresql
def test_r2_red_without_row_locks_the_lab_is_torn(tmp_path, postgresql):
    with on_postgresql(tmp_path, postgresql, red="no-row-locks") as server:
        [owner] = server.people(1)
        answers = all_into_one(server, owner, RED_PEOPLE, authorities(RED_PEOPLE * UPLOADS))
        report("postgresql, no row locks", answers)
        assert any(one.status >= 500 for one in answers) or stored(server)["torn"]


def same_file_many_times(server: Running, rounds: int) -> None:
    [owner] = server.people(1)
    for pem in authorities(rounds):
        windows = [server.window_of(owner) for _ in range(20)]
        answers = burst([partial(upload_once, one, owner.expressway_c, pem) for one in windows])
        assert {one.status for one in answers} <= {302, 422}
    assert stored(server)["entries"] == rounds


def test_r7_the_same_file_at_once_is_one_row_on_sqlite(tmp_path):
    with on_sqlite(tmp_path) as server:
        same_file_many_times(server, rounds=5)


@needs_postgresql
def test_r7_the_same_file_at_once_is_one_row_on_postgresql(tmp_path, postgresql):
    with on_postgresql(tmp_path, postgresql) as server:
        same_file_many_times(server, rounds=5)
