"""A session that ended while a page was open: htmx is sent to sign in with the whole page."""

import pytest
from django.urls import reverse

from certstore.models import User

pytestmark = pytest.mark.django_db

PAGE = "/labs/?sort=name"


def test_htmx_is_told_to_leave_the_page_and_to_come_back_to_it_not_to_the_fragment(client):
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{PAGE}"}
    answer = client.get(reverse("account"), headers=headers)
    assert answer.status_code == 200
    assert answer.content == b""
    assert answer.headers["HX-Redirect"] == f"{reverse('sign-in')}?next=%2Flabs%2F%3Fsort%3Dname"


@pytest.mark.parametrize(
    "current", ["https://evil.example/labs/", "\\", "http://[", "http://testserver/" + "é" * 999, ""]
)
def test_a_page_of_another_server_is_not_come_back_to(client, current):
    answer = client.post(reverse("account"), headers={"HX-Request": "true", "HX-Current-URL": current})
    assert answer.headers["HX-Redirect"] == reverse("sign-in")


def test_a_browser_without_htmx_gets_a_plain_redirect(client):
    answer = client.get(reverse("account"))
    assert answer.status_code == 302
    assert "HX-Redirect" not in answer.headers


def test_who_is_signed_in_gets_the_fragment(client):
    client.force_login(User.objects.create_user("anna"))
    answer = client.get(reverse("account"), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert b"<html" not in answer.content


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "fragment"])
def test_only_a_marked_view_is_open_where_checking_needs_no_account(client, settings, headers):
    settings.CHECK_FILES_WITHOUT_ACCOUNT = True
    assert client.get(reverse("check-files"), headers=headers).status_code == 200
    closed = client.post(reverse("check-files-lab"), headers=headers)
    assert closed.status_code == 302 or closed.headers["HX-Redirect"]
