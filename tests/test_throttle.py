"""Wrong passwords: how many are compared at all, from one address and from many (S15)."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from certstore.models import User
from certstore.throttle import ACCOUNT_LIMIT, ADDRESS_LIMIT, Verdict, client_address, try_password

pytestmark = pytest.mark.django_db

TRIES = 1000
LIMIT = 10
RIGHT = "correct horse battery"


browser = Client()  # one for all, and without its cookies always a new one


class CountingHasher(MD5PasswordHasher):
    """A quick hash that counts how often it is reached."""

    algorithm = "counting"
    reached = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.reached += 1
        return super().encode(password, salt)


@pytest.fixture
def hasher(settings) -> Iterator[type[CountingHasher]]:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    yield CountingHasher
    CountingHasher.reached = 0


@pytest.fixture
def anna(hasher) -> User:
    user = User.objects.create_user("anna", RIGHT)
    hasher.reached = 0
    return user


def try_from(address: str, name: str = "anna", typed: str = "wrong", **headers: str) -> Any:
    browser.cookies.clear()
    form = {"username": name, "password": typed}
    return browser.post(reverse("sign-in"), form, headers=headers or None, REMOTE_ADDR=address)


def test_a_thousand_wrong_passwords_from_one_address_reach_the_hash_ten_times(anna, hasher):
    statuses = [try_from("192.0.2.1").status_code for _ in range(TRIES)]
    assert hasher.reached == LIMIT
    assert statuses == [422] * (LIMIT - 1) + [429] * (TRIES - LIMIT + 1)


def test_a_thousand_wrong_passwords_from_a_hundred_addresses_reach_the_hash_a_hundred_times(anna, hasher):
    for index in range(TRIES):
        request = HttpRequest()
        request.META["REMOTE_ADDR"] = f"198.51.100.{index % 100 + 1}"
        verdict = try_password(request, "anna", "wrong")
    assert hasher.reached == ACCOUNT_LIMIT
    assert verdict == Verdict(None, is_locked=True)


def test_one_address_that_tries_many_names_is_stopped_far_above_a_class(hasher):
    for index in range(ADDRESS_LIMIT // LIMIT):
        AccessAttempt.objects.create(
            username=f"name{index}", ip_address="192.0.2.1", user_agent=str(index), failures_since_start=LIMIT
        )
    assert try_from("192.0.2.1", "one-more").status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert try_from("192.0.2.2", "one-more").status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert hasher.reached == 1


def test_fifty_people_behind_one_address_may_mistype_nine_times_each_and_one_of_them_gets_in(anna, hasher):
    for index in range(49):
        AccessAttempt.objects.create(
            username=f"name{index}", ip_address="192.0.2.1", user_agent="", failures_since_start=LIMIT - 1
        )
    assert try_from("192.0.2.1", typed=RIGHT).status_code == HTTPStatus.FOUND


def test_another_browser_or_another_spelling_of_the_name_is_no_fresh_start(anna, hasher):
    for index in range(LIMIT * 3):
        try_from("192.0.2.1", ("anna", " ANNA ", "Ａnna")[index % 3], user_agent=f"browser {index}")
    assert hasher.reached == LIMIT


def test_a_locked_account_can_be_entered_from_elsewhere_and_not_with_the_right_password_from_there(anna):
    for _ in range(LIMIT):
        try_from("192.0.2.1")
    assert try_from("192.0.2.1", typed=RIGHT).status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert try_from("192.0.2.2", typed=RIGHT).status_code == HTTPStatus.FOUND


def test_the_lock_ends_fifteen_minutes_after_the_last_password_that_counted(anna, settings):
    for _ in range(LIMIT * 2):
        last = try_from("192.0.2.1")
    assert last.headers["Retry-After"] == "900"
    failed = AccessAttempt.objects.get()
    failed.attempt_time -= settings.AXES_COOLOFF_TIME
    failed.save()
    assert try_from("192.0.2.1", typed=RIGHT).status_code == HTTPStatus.FOUND


def test_signing_in_clears_ones_own_failures_only(anna, hasher):
    User.objects.create_user("ben", RIGHT)
    hasher.reached = 0
    for _ in range(LIMIT - 1):
        try_from("192.0.2.1", "anna")
        try_from("192.0.2.1", "ben")
    assert try_from("192.0.2.1", "ben", RIGHT).status_code == HTTPStatus.FOUND
    counters = AccessAttempt.objects.values_list("username", "failures_since_start")
    assert list(counters) == [("anna", LIMIT - 1)]


def test_an_unknown_name_answers_and_costs_as_a_known_one(anna, hasher):
    User.objects.create_user("no-password-yet")
    User.objects.create_user("who-left", RIGHT, is_active=False)
    seen = set()
    for number, name in enumerate(("anna", "zoe-unknown", "no-password-yet", "who-left")):
        hasher.reached = 0
        answers = [try_from(f"192.0.2.{number}", name) for _ in range(LIMIT + 1)]
        pages = tuple(answer.content.decode().replace(name, "NAME") for answer in answers)
        tokens = {answer.context["csrf_token"] for answer in answers}
        for token in map(str, tokens):
            pages = tuple(page.replace(token, "TOKEN") for page in pages)
        seen.add((pages, tuple(answer.status_code for answer in answers), hasher.reached))
    assert len(seen) == 1


def test_no_password_is_written_down(anna, client):
    try_from("192.0.2.1", typed="typed-at-sign-in")
    client.force_login(anna)
    form = {
        "old_password": "typed-as-old",
        "new_password": "typed-as-new-1",
        "new_password_again": "typed-as-new-1",
    }
    client.post(reverse("account"), form)
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
            rows += cursor.fetchall()
    assert AccessAttempt.objects.count() == 2
    assert "typed-" not in repr(rows)


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "counted"),
    [
        ("192.0.2.7", None, 0, "192.0.2.7"),
        ("192.0.2.7", "203.0.113.9", 0, "192.0.2.7"),  # a header that nobody of ours wrote
        ("127.0.0.1", "203.0.113.9", 1, "203.0.113.9"),
        ("127.0.0.1", "1.2.3.4, 203.0.113.9", 1, "203.0.113.9"),  # the client made up the first
        ("127.0.0.1", "203.0.113.9, 10.0.0.2", 2, "203.0.113.9"),
        ("127.0.0.1", "203.0.113.9", 2, "127.0.0.1"),
        ("127.0.0.1", "what?", 1, None),
        ("", None, 0, None),
        ("::ffff:192.0.2.7", None, 0, "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", None, 0, "2001:db8:1:2::"),
    ],
)
def test_the_address_that_counts(settings, peer, forwarded, proxies, counted):
    settings.TRUSTED_PROXIES = proxies
    request = HttpRequest()
    request.META = {"REMOTE_ADDR": peer} | ({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {})
    assert client_address(request) == counted


def test_changing_the_ipv6_address_within_one_line_is_no_fresh_start(anna, hasher):
    for index in range(LIMIT * 2):
        try_from(f"2001:db8::{index + 1:x}")
    assert hasher.reached == LIMIT
