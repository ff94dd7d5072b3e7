"""Accounts and one-time addresses."""

import hashlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.db import connection, connections
from hypothesis import given, settings
from hypothesis import strategies as st

from certstore.actions.people import (
    FIRST_ACCOUNT,
    NameRefused,
    add_person,
    first_account,
    live_sign_in_link,
    new_sign_in_link,
    person_named,
    set_password,
    use_sign_in_link,
)
from certstore.actions.tokens import ALPHABET
from certstore.models import Lab, SignInLink, User
from certstore.models.clock import real_now
from certstore.models.people import name_problem, normal_user_name
from certstore.wording.people import NAME_PROBLEMS, NameProblem


@pytest.fixture
def anna(db) -> User:
    return User.objects.create_user("anna")


# --- Names ---


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("Anna", "anna"),
        ("  Anna \t Schmidt\u00a0", "anna schmidt"),
        ("Ａｎｎａ", "anna"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("e\u0301lan", "élan"),
        ("İpek", "i̇pek"),
    ],
)
def test_names_are_compared_without_case_width_and_padding(typed, normal):
    assert normal_user_name(typed) == normal


@settings(deadline=None)
@given(st.text())
def test_a_normal_name_stays_as_it_is(text):
    once = normal_user_name(text)
    assert normal_user_name(once) == once


@pytest.mark.parametrize("name", ["anna", "Anna-Lena O'Neill", "a.b_c@d+e", "李雷", "देवी", "7"])
def test_a_name_is_letters_of_any_script(name):
    assert name_problem(name) is None


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("", NameProblem.EMPTY),
        (" . ", NameProblem.EMPTY),
        ("a" * 151, NameProblem.TOO_LONG),
        ("ﷺ" * 20, NameProblem.TOO_LONG),  # 20 signs that stand for 360
        ("a\0b", NameProblem.CHARACTERS),
        ("a\ud800", NameProblem.CHARACTERS),
        ("admin\u200b", NameProblem.CHARACTERS),
        ("a\u202eb", NameProblem.CHARACTERS),
        ("a\u3164", NameProblem.CHARACTERS),  # a letter, by Unicode, that prints as nothing
        ("<b>a</b>", NameProblem.CHARACTERS),
        ("../a", NameProblem.CHARACTERS),
    ],
)
def test_a_name_that_cannot_be_one_is_refused_with_its_reason(name, problem):
    assert name_problem(name) is problem


def test_every_problem_of_a_name_has_its_sentence():
    assert set(NAME_PROBLEMS) == set(NameProblem)


# --- Accounts ---


def test_the_first_account_is_made_once_with_its_example_lab(db):
    first = first_account()
    assert first == first_account()
    assert first.username == FIRST_ACCOUNT
    assert not first.has_usable_password()
    assert [lab.kind for lab in first.labs.all()] == [Lab.Kind.PRACTISE]
    assert first.labs.get().expressways.count() == 2


def test_where_there_is_an_account_already_it_is_the_first(anna):
    assert first_account() == anna
    assert User.objects.count() == 1


def test_a_person_gets_an_account_under_the_normal_name_and_an_example_lab_of_their_own(db):
    ben, eva = add_person(" Ben "), add_person("eva")
    assert ben.username == "ben"
    assert ben.labs.get() != eva.labs.get()


@pytest.mark.parametrize("name", ["anna", " ANNA", "Ａnna"])
def test_a_name_that_looks_like_one_that_is_taken_makes_nothing(anna, name):
    with pytest.raises(NameRefused) as refused:
        add_person(name)
    assert refused.value.problem is NameProblem.TAKEN
    assert (User.objects.count(), Lab.objects.count()) == (1, 0)


def test_a_name_that_cannot_be_one_makes_nothing(db):
    with pytest.raises(NameRefused) as refused:
        add_person("a\0b")
    assert refused.value.problem is NameProblem.CHARACTERS
    assert not User.objects.exists()


def test_people_are_found_as_they_are_typed_and_no_odd_name_reaches_the_database(anna):
    assert person_named(" Anna") == anna
    assert person_named("ben") is None
    assert person_named("an\0na") is None
    assert person_named("anna\ud800") is None


# --- One-time addresses ---


def test_a_token_is_140_bits_and_only_its_hash_is_kept(anna):
    token = new_sign_in_link(anna, loopback_only=False, days=14)
    characters = token.replace("-", "")
    assert len(characters) == 28
    assert set(characters) <= set(ALPHABET)
    assert len(ALPHABET) == 32
    assert SignInLink.objects.get().token_sha256 == hashlib.sha256(characters.encode()).hexdigest()
    assert token != new_sign_in_link(anna, loopback_only=False, days=14)


def test_an_address_signs_in_once(anna):
    token = new_sign_in_link(anna, loopback_only=False, days=14)
    assert live_sign_in_link(token, from_loopback=False) is not None
    assert use_sign_in_link(token, from_loopback=False) == anna
    assert use_sign_in_link(token, from_loopback=False) is None
    assert live_sign_in_link(token, from_loopback=False) is None


def test_a_token_may_be_typed_as_it_was_read_from_paper(anna):
    token = new_sign_in_link(anna, loopback_only=False, days=14)
    typed = token.upper().replace("-", "").replace("0", "O").replace("1", "l")
    assert use_sign_in_link(typed, from_loopback=False) == anna


@pytest.mark.parametrize("token", ["", "-", "x", "\0", "\ud800", "0" * 28, "../..", "é" * 9999])
def test_what_is_no_token_signs_nobody_in(anna, token):
    new_sign_in_link(anna, loopback_only=False, days=14)
    assert use_sign_in_link(token, from_loopback=True) is None


def test_the_one_that_is_printed_works_from_this_machine_only(anna):
    token = new_sign_in_link(anna, loopback_only=True, minutes=10)
    assert use_sign_in_link(token, from_loopback=False) is None
    assert use_sign_in_link(token, from_loopback=True) == anna


@pytest.mark.parametrize(("seconds_left", "works"), [(30, True), (0, False)])
def test_an_address_ends(anna, seconds_left, works):
    token = new_sign_in_link(anna, loopback_only=True, minutes=10)
    ends_at = SignInLink.objects.get().ends_at
    assert timedelta(minutes=9, seconds=55) < ends_at - real_now() <= timedelta(minutes=10)
    SignInLink.objects.update(ends_at=real_now() + timedelta(seconds=seconds_left))
    assert (use_sign_in_link(token, from_loopback=True) == anna) is works


def test_a_new_address_ends_the_old_one_of_the_same_purpose_only(anna):
    ben = User.objects.create_user("ben")
    old = new_sign_in_link(anna, loopback_only=False, days=14)
    others = (
        new_sign_in_link(ben, loopback_only=False, days=14),
        new_sign_in_link(anna, loopback_only=True, minutes=10),
    )
    new = new_sign_in_link(anna, loopback_only=False, days=14)
    assert live_sign_in_link(old, from_loopback=True) is None
    assert all(live_sign_in_link(token, from_loopback=True) for token in (new, *others))


def test_somebody_who_was_shut_out_cannot_come_back_by_an_address(anna):
    token = new_sign_in_link(anna, loopback_only=False, days=14)
    User.objects.update(is_active=False)
    assert use_sign_in_link(token, from_loopback=False) is None


def test_a_new_password_ends_every_address(anna):
    token = new_sign_in_link(anna, loopback_only=False, days=14)
    set_password(anna, "correct horse battery")
    assert use_sign_in_link(token, from_loopback=False) is None
    assert User.objects.get().check_password("correct horse battery")


# --- Two at the same time ---


@pytest.fixture
def shared_database(transactional_db, tmp_path: Path) -> Iterator[None]:
    """A database that threads share as processes would: a database in memory becomes a file."""
    in_memory = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        path = tmp_path / "shared.sqlite3"
        connection.ensure_connection()
        copy = sqlite3.connect(path)
        connection.connection.backup(copy)
        copy.close()
        connection.settings_dict["NAME"] = str(path)
    yield
    connection.settings_dict["NAME"] = in_memory


def at_once(number: int, call: Callable[[], object]) -> list[object]:
    """What so many threads, each with a connection of its own, get from the same call at the same time."""
    answers: list[object] = []
    barrier = threading.Barrier(number)

    def run() -> None:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=20)
            answers.append(call())
        except Exception as error:  # the test shows it
            answers.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def in_a_thread(call: Callable[[], object]) -> object:
    return at_once(1, call)[0]


def test_of_eight_who_use_an_address_at_the_same_time_one_gets_in(shared_database):
    def new_token() -> str:
        person, _ = User.objects.get_or_create(username="anna")
        return new_sign_in_link(person, loopback_only=False, days=14)

    for _ in range(5):
        token = str(in_a_thread(new_token))
        answers = at_once(8, partial(use_sign_in_link, token, from_loopback=False))
        assert sorted(str(answer) for answer in answers) == ["None"] * 7 + ["anna"]


def test_of_two_new_addresses_made_at_the_same_time_one_is_left(shared_database):
    in_a_thread(lambda: User.objects.create_user("anna"))

    def new_token() -> str:
        return new_sign_in_link(User.objects.get(), loopback_only=False, days=14)

    for _ in range(10):
        assert len(set(map(str, at_once(8, new_token)))) == 8
        assert in_a_thread(SignInLink.objects.count) == 1


def test_two_who_start_the_server_at_the_same_time_get_the_same_first_account(shared_database):
    names = {str(person) for person in at_once(2, first_account)}
    assert names == {FIRST_ACCOUNT}
    assert in_a_thread(lambda: (User.objects.count(), Lab.objects.count())) == (1, 1)
