"""Sign in, sign out, the account page and the one-time address, as a browser sees them."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from certstore.actions.people import new_sign_in_link
from certstore.models import SignInLink, User
from certstore.models.clock import real_now
from certstore.views.people import ENTERED_AT, ENTRY_COUNTS_FOR
from certstore.wording.people import DOES_NOT_MATCH, LOCKED_OUT, NOT_TWICE_THE_SAME, OLD_DOES_NOT_MATCH

pytestmark = pytest.mark.django_db

RIGHT = "correct horse battery"
OTHER = "staple of another kind"
HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"}
ELSEWHERE = {"REMOTE_ADDR": "192.0.2.1", "HTTP_HOST": "localhost"}


@pytest.fixture
def anna() -> User:
    return User.objects.create_user("anna", RIGHT)


@pytest.fixture
def ben() -> User:
    """Somebody without a password."""
    return User.objects.create_user("ben")


def sign_in(client: Client, name: str = "anna", password: str = RIGHT, **more: str):
    return client.post(reverse("sign-in"), {"username": name, "password": password, **more})


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


def enter(token: str) -> str:
    return reverse("enter", args=[token])


def new_password(new: str, again: str | None = None, **old: str) -> dict[str, str]:
    return {"new_password": new, "new_password_again": new if again is None else again, **old}


# --- Sign in and out ---


def test_who_is_not_signed_in_is_asked_to_sign_in_and_comes_back(client, anna):
    asked = client.get(reverse("account"))
    assert asked.headers["Location"] == f"{reverse('sign-in')}?next={reverse('account')}"
    form = client.get(asked.headers["Location"])
    assert form.context["next"] == reverse("account")
    assert sign_in(client, next=form.context["next"]).headers["Location"] == reverse("account")
    assert is_signed_in(client)


@pytest.mark.parametrize("typed", ["anna", "ANNA", "  Anna ", "Ａｎｎａ"])
def test_a_name_is_taken_however_it_is_spelt(client, anna, typed):
    assert sign_in(client, typed).headers["Location"] == reverse("home")


@pytest.mark.parametrize(("name", "password"), [("anna", "wrong"), ("nobody", RIGHT), ("ben", "")])
def test_what_does_not_match_is_refused_on_the_same_page(client, anna, ben, name, password):
    answer = sign_in(client, name, password)
    assert answer.status_code == 422
    assert not is_signed_in(client)


@pytest.mark.parametrize("name", ["", " ", "\0", "a" * 151, "ﷺ" * 150, "\u200b", "'; DROP TABLE--", "\ud7ff"])
def test_an_odd_name_is_a_wrong_name(client, anna, name):
    assert sign_in(client, name).status_code == 422


def test_a_wrong_password_is_answered_with_a_sentence_and_never_with_the_password(client, anna):
    page = sign_in(client, password="not this one").content.decode()
    assert DOES_NOT_MATCH in page
    assert "not this one" not in page


def test_signing_in_gives_a_session_that_nobody_knew_before(client, anna):
    planted = client.session  # as somebody else could have put it into this browser
    planted["planted"] = True
    planted.save()
    before = planted.session_key
    sign_in(client)
    assert client.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()
    assert "planted" not in client.session


def test_signing_in_as_somebody_else_takes_nothing_along(client, anna, ben):
    client.force_login(ben)
    session = client.session
    session[ENTERED_AT] = real_now().timestamp()
    session.save()
    sign_in(client)
    assert client.session["_auth_user_id"] == str(anna.pk)
    assert ENTERED_AT not in client.session


def test_who_is_signed_in_need_not_see_the_form(client, anna):
    client.force_login(anna)
    assert client.get(reverse("sign-in"), {"next": "/account/"}).headers["Location"] == "/account/"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "\\\\evil.example",
        "/\\evil.example",
        "http:///evil.example",
        "http:evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        " //evil.example",
        "\t//evil.example",
        "/\t/evil.example",
        "evil.example",
        "@evil.example",
        "http://testserver/labs/",
        "http://testserver@evil.example/",
        "?next=//evil.example",
        "/" + "a" * 2100,
        "/" + "李" * 1900,
        "\0",
        "",
    ],
)
def test_next_leads_nowhere_but_to_a_path_of_this_server(client, anna, address):
    answer = sign_in(client, next=address)
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("home")


def test_next_may_be_a_long_path(client, anna):
    assert sign_in(client, next="/" + "李" * 1499).headers["Location"].count("%E6%9D%8E") == 1499


def test_next_may_be_a_path_with_a_query_and_brings_no_line_end_along(client, anna):
    answer = sign_in(client, next="/account/?a=1\r\nSet-Cookie: x=1")
    assert answer.headers["Location"].startswith("/account/?a=1%0D%0A")


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "[::2]"]
)
def test_another_host_is_refused_on_every_page(client, ben, host):
    token = new_sign_in_link(ben, loopback_only=False, days=14)
    for path in (reverse("sign-in"), enter(token)):
        for method in (client.get, client.post):
            assert method(path, headers={"host": host}).status_code == 400


def test_every_form_wants_its_token(anna, ben):
    client = Client(enforce_csrf_checks=True)
    client.force_login(anna)
    token = new_sign_in_link(ben, loopback_only=False, days=14)
    for path in (reverse("sign-in"), reverse("sign-out"), reverse("account"), enter(token)):
        assert client.post(path, new_password(OTHER, old_password=RIGHT)).status_code == 403
    assert User.objects.get(pk=anna.pk).check_password(RIGHT)


def test_signing_out_ends_the_session_and_takes_a_button(client, anna):
    client.force_login(anna)
    assert client.get(reverse("sign-out")).status_code == 405
    assert is_signed_in(client)
    assert client.post(reverse("sign-out")).headers["Location"] == reverse("sign-in")
    assert not is_signed_in(client)
    assert not Session.objects.exists()
    assert client.post(reverse("sign-out")).status_code == 302


def test_too_many_wrong_passwords_are_a_429_with_a_sentence(client, anna):
    for _ in range(10):
        answer = sign_in(client, password="wrong")
    assert answer.status_code == 429
    assert LOCKED_OUT in answer.content.decode()
    assert sign_in(client).status_code == 429


# --- The account ---


def test_a_new_password_signs_out_everywhere_else(client, anna):
    elsewhere = Client()
    for browser in (client, elsewhere):
        sign_in(browser)
    before = client.session.session_key
    answer = client.post(reverse("account"), new_password(OTHER, old_password=RIGHT), follow=True)
    assert "Your password is set" in answer.content.decode()
    assert is_signed_in(client)
    assert client.session.session_key != before
    assert not is_signed_in(elsewhere)
    assert sign_in(Client()).status_code == 422
    assert sign_in(Client(), password=OTHER).status_code == 302


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (new_password(OTHER), "This field is required"),
        (new_password(OTHER, old_password="wrong"), OLD_DOES_NOT_MATCH),
        (new_password(OTHER, "something else", old_password=RIGHT), NOT_TWICE_THE_SAME),
        (new_password("short", old_password=RIGHT), "too short"),
        (new_password("12345678901", old_password=RIGHT), "entirely numeric"),
        (new_password("a" * 1001, old_password=RIGHT), "at most 1000"),
        (new_password("x\0" * 10, old_password=RIGHT), "Null characters"),
        ({}, "This field is required"),
    ],
)
def test_a_password_is_not_changed_by_a_form_with_something_wrong(client, anna, form, sentence):
    client.force_login(anna)
    answer = client.post(reverse("account"), form)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert User.objects.get().check_password(RIGHT)


def test_guessing_the_present_password_is_stopped_as_at_sign_in(client, anna):
    client.force_login(anna)
    for _ in range(10):
        answer = client.post(reverse("account"), new_password(OTHER, old_password="wrong"))
    assert answer.status_code == 429
    assert LOCKED_OUT in answer.content.decode()
    assert client.post(reverse("account"), new_password(OTHER, old_password=RIGHT)).status_code == 429
    assert User.objects.get().check_password(RIGHT)


# --- The one-time address ---


def test_looking_at_an_address_uses_nothing_up_and_its_button_signs_in_once(client, ben):
    token = new_sign_in_link(ben, loopback_only=False, days=14)
    for _ in range(2):
        page = client.get(enter(token))
        assert page.status_code == 200
        assert "Sign in as ben" in page.content.decode()
        assert not Session.objects.exists()
    assert client.post(enter(token)).headers["Location"] == reverse("account")
    assert is_signed_in(client)
    assert Client().post(enter(token)).status_code == 404
    assert Client().get(enter(token)).status_code == 404


def test_a_dead_address_and_one_that_never_was_answer_alike_and_plainly(client, ben):
    dead = new_sign_in_link(ben, loopback_only=False, days=14)
    SignInLink.objects.update(ends_at=real_now())
    for method in (client.get, client.post):
        pages = [method(enter(token)) for token in (dead, "never-was")]
        assert {page.status_code for page in pages} == {404}
        assert (
            len({page.content.replace(str(page.context["csrf_token"]).encode(), b"") for page in pages}) == 1
        )
        assert "This address does not work" in pages[0].content.decode()
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "there",
    [
        ELSEWHERE,
        HERE | {"REMOTE_ADDR": "::ffff:192.0.2.1"},
        HERE | {"REMOTE_ADDR": ""},
        HERE | {"HTTP_HOST": "lab.example"},
        HERE | {"HTTP_HOST": "127.0.0.1.lab.example"},
        HERE | {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        HERE | {"HTTP_FORWARDED": "for=127.0.0.1"},
        HERE | {"HTTP_X_REAL_IP": "127.0.0.1"},
        HERE | {"HTTP_VIA": "1.1 proxy"},
    ],
)
def test_the_printed_address_works_in_a_browser_of_this_machine_only(client, ben, settings, there):
    settings.ALLOWED_HOSTS = ["*"]
    token = new_sign_in_link(ben, loopback_only=True, minutes=10)
    for method in (client.get, client.post):
        assert method(enter(token), **there).status_code == 404
    assert client.post(enter(token), **HERE).headers["Location"] == reverse("home")


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("127.0.0.1", "localhost:8000"),
        ("::1", "[::1]:8000"),
        ("::ffff:127.0.0.1", "127.0.0.1:8000"),
        ("127.0.0.1", "LOCALHOST"),
    ],
)
def test_every_way_to_name_this_machine_will_do(client, ben, address, host):
    token = new_sign_in_link(ben, loopback_only=True, minutes=10)
    assert client.post(enter(token), REMOTE_ADDR=address, HTTP_HOST=host).status_code == 302


def test_entering_gives_a_session_that_nobody_knew_before_even_to_who_is_signed_in(client, ben):
    client.force_login(ben)
    before = client.session.session_key
    client.post(enter(new_sign_in_link(ben, loopback_only=False, days=14)))
    assert client.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()


def test_after_a_slip_the_first_password_is_chosen_without_an_old_one(client, ben):
    client.post(enter(new_sign_in_link(ben, loopback_only=False, days=14)))
    page = client.get(reverse("account"))
    assert "Choose a password" in page.content.decode()
    assert "old_password" not in page.context["form"].fields
    client.post(reverse("account"), new_password(OTHER))
    assert sign_in(Client(), "ben", OTHER).status_code == 302


def test_after_a_slip_a_forgotten_password_is_replaced_once_and_within_half_an_hour(client, anna):
    client.post(enter(new_sign_in_link(anna, loopback_only=False, days=14)))
    session = client.session
    session[ENTERED_AT] -= ENTRY_COUNTS_FOR.total_seconds()
    session.save()
    assert client.post(reverse("account"), new_password(OTHER)).status_code == 422
    session[ENTERED_AT] += timedelta(minutes=1).total_seconds()
    session.save()
    assert client.post(reverse("account"), new_password(OTHER)).status_code == 302
    assert client.post(reverse("account"), new_password(RIGHT)).status_code == 422
    assert User.objects.get().check_password(OTHER)


def test_no_page_of_these_is_kept_by_a_browser(client, anna, ben):
    token = new_sign_in_link(ben, loopback_only=False, days=14)
    pages = [client.get(reverse("sign-in")), client.get(enter(token))]
    client.force_login(anna)
    pages.append(client.get(reverse("account")))
    assert all("no-store" in page.headers["Cache-Control"] for page in pages)
