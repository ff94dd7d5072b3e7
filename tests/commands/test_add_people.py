"""`manage.py add_people`: a list goes in, slips come out."""

import io
import re
import sys
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from certstore.actions.people import FIRST_ACCOUNT, first_account
from certstore.models import Lab, SignInLink, User
from certstore.models.clock import real_now

pytestmark = pytest.mark.django_db


class Ran:
    """What one run of the command printed, and the status it ends with."""

    def __init__(self, *arguments: str, piped: bytes | None = None) -> None:
        out, err = io.StringIO(), io.StringIO()
        self.status, self.last_words = 0, ""
        kept = sys.stdin
        sys.stdin = io.TextIOWrapper(io.BytesIO(piped or b""), encoding="ascii")
        try:
            call_command("add_people", *arguments, stdout=out, stderr=err)
        except CommandError as error:
            self.status, self.last_words = error.returncode, str(error)
        finally:
            sys.stdin = kept
        self.slips, self.said = out.getvalue(), err.getvalue()

    @property
    def names(self) -> list[str]:
        return re.findall(r"^Name: +(.+)$", self.slips, re.MULTILINE)

    @property
    def addresses(self) -> list[str]:
        return re.findall(r"^Address: +(.+)$", self.slips, re.MULTILINE)


@pytest.fixture(autouse=True)
def instructor(db: Any) -> User:
    """The account that is there before: so no test but one makes its lab."""
    return User.objects.create_user(FIRST_ACCOUNT)


def path_of(address: str) -> str:
    return re.sub("^https?://[^/]+", "", address)


def test_names_on_standard_input_become_accounts_with_a_lab_and_a_slip_each():
    ran = Ran("--host", "http://192.0.2.10:8000", piped=b"\xef\xbb\xbfAnna\r\n\r\n Ben , J\xc3\xbcrgen\n")
    assert (ran.status, ran.said) == (0, "")
    assert ran.names == ["anna", "ben", "jürgen"]
    assert Lab.objects.count() == 3
    assert all(address.startswith("http://192.0.2.10:8000/enter/") for address in ran.addresses)
    assert ran.slips.count("- - - -") >= 3


def test_a_slip_signs_its_person_in_once():
    ran = Ran("anna")
    client = Client()
    client.post(path_of(ran.addresses[0]))
    assert client.get("/account/").context["person"].username == "anna"
    assert Client().post(path_of(ran.addresses[0])).status_code == 404


def test_a_slip_says_until_when_and_promises_no_more_than_is_kept():
    ran = Ran("anna")
    ends_at = SignInLink.objects.get().ends_at
    assert ends_at.strftime("%d %B %Y, %H:") in ran.slips
    assert 13 <= (ends_at - real_now()).days <= 14


def test_a_list_in_utf_16_as_windows_pipes_it_is_read():
    assert Ran(piped="anna\r\nJürgen".encode("utf-16")).names == ["anna", "jürgen"]


def test_what_cannot_be_made_is_said_a_line_each_and_the_rest_is_made():
    Ran("ben")
    lines = [b"anna", b"BEN", b"Anna", b"<script>", b"a\x1b[31mb", b"\xff\xfebad", b"x" * 200, b"..", b"eva"]
    ran = Ran(piped=b"\n".join(lines))
    assert ran.names == ["anna", "eva"]
    assert ran.status == 1
    assert ran.last_words == "7 of 9 names were left out."
    said = [line for line in ran.said.splitlines() if "--host" not in line]
    assert len(said) == 7
    assert said[0].startswith("BEN: there is such an account already")
    assert said[1].startswith("Anna: stands in the list more than once")
    assert "\x1b" not in ran.said
    assert max(map(len, said)) < 200


def test_again_prints_a_new_address_and_the_old_one_ends():
    old = Ran("anna").addresses[0]
    again = Ran("--again", " ANNA")
    assert (again.status, again.names) == (0, ["anna"])
    assert User.objects.count() == 2
    assert Client().get(path_of(old)).status_code == 404
    assert Client().get(path_of(again.addresses[0])).status_code == 200


def test_again_for_nobody_is_said():
    ran = Ran("--again", "nobody", "--again", FIRST_ACCOUNT)
    assert ran.names == [FIRST_ACCOUNT]
    assert "nobody: there is no such account." in ran.said
    assert ran.status == 1


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ("192.0.2.10:8000", "http://192.0.2.10:8000/enter/"),
        ("https://lab.example/", "https://lab.example/enter/"),
        ("http://[2001:db8::1]:8000", "http://[2001:db8::1]:8000/enter/"),
    ],
)
def test_addresses_begin_with_the_host_that_is_given(typed, begins):
    ran = Ran("--host", typed, "--again", FIRST_ACCOUNT)
    assert ran.addresses[0].startswith(begins)
    assert ran.said == ""


@pytest.mark.parametrize(
    "host",
    [
        "",
        "http://",
        "ftp://lab.example",
        "http://a b",
        "http://[",
        "http://x:99999",
        "http://u@x",
        "http://x/y",
        "http://x?y",
    ],
)
def test_what_is_no_host_is_a_usage_error_and_makes_nothing(host):
    ran = Ran("anna", "--host", host)
    assert ran.status == 2
    assert "not an address" in ran.last_words
    assert User.objects.count() == 1


@pytest.mark.parametrize("piped", [b"", b" \n,,\n", b"a," * 501, b"a" * 70_000])
def test_no_list_and_far_too_long_a_list_are_usage_errors(piped):
    ran = Ran(piped=piped)
    assert ran.status == 2
    assert User.objects.count() == 1


def test_an_address_of_this_machine_comes_with_a_warning():
    assert "work on this machine only" in Ran("--again", FIRST_ACCOUNT).said


def test_where_nobody_was_yet_the_first_account_is_not_a_learners(instructor):
    instructor.delete()
    assert Ran("anna").names == ["anna"]
    assert list(User.objects.order_by("pk").values_list("username", flat=True)) == [FIRST_ACCOUNT, "anna"]


def test_staff_makes_an_operator_of_somebody_who_is_there_and_of_somebody_new(instructor):
    ran = Ran("--staff", FIRST_ACCOUNT.upper(), "--staff", "Eva")
    assert ran.status == 0
    assert f"{FIRST_ACCOUNT} is an operator." in ran.said
    assert ran.names == ["eva"], "only a new account gets a slip"
    assert set(User.objects.filter(is_staff=True).values_list("username", flat=True)) == {
        FIRST_ACCOUNT,
        "eva",
    }


def test_learners_are_no_operators_and_an_operator_can_be_one_no_more():
    Ran("--staff", "eva", "ben")
    assert Ran("--not-staff", "Eva").said.startswith("The addresses begin with")
    assert not User.objects.filter(is_staff=True).exists()
    assert User.objects.filter(username="eva").exists()


def test_a_name_that_cannot_be_an_operators_is_said():
    ran = Ran("--staff", "..", "--not-staff", "nobody")
    assert (ran.status, ran.last_words) == (1, "2 of 2 names were left out.")
    assert "nobody: there is no such account." in ran.said


def test_the_first_account_is_an_operators(instructor):
    instructor.delete()
    assert first_account().is_staff
    assert User.objects.create_superuser("root", "a long password").is_staff
