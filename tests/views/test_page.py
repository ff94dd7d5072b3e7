"""One view answers with the page or with the part of it that htmx asked for."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def address(lab) -> str:
    return f"/labs/{lab.pk}/"


def is_whole(text: str) -> bool:
    return text.lstrip().lower().startswith("<!doctype html>") and text.count('id="room"') == 1


def test_a_browser_gets_the_whole_page(owner_client: Client, address: str) -> None:
    assert is_whole(owner_client.get(address).content.decode())


def test_htmx_gets_the_room_alone(owner_client: Client, address: str) -> None:
    text = owner_client.get(address, headers=HTMX).content.decode()
    assert "<html" not in text
    assert 'id="room"' not in text
    assert text.count('<main class="work" id="main"') == 1


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_a_boosted_link_and_the_way_back_get_the_whole_page(
    owner_client: Client, address: str, header: str
) -> None:
    assert is_whole(owner_client.get(address, headers=HTMX | {header: "true"}).content.decode())


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_answer_varies_on_what_decided_it(owner_client: Client, address: str, headers: dict) -> None:
    varies = {name.strip() for name in owner_client.get(address, headers=headers)["Vary"].split(",")}
    assert {"HX-Request", "HX-Boosted", "HX-History-Restore-Request"} <= varies


def test_page_and_part_hold_the_same_room(owner_client: Client, address: str) -> None:
    page = owner_client.get(address).content.decode()
    part = owner_client.get(address, headers=HTMX).content.decode()
    heading = '<section class="card">'
    assert page.count(heading) == part.count(heading) > 0


def test_a_refusal_has_its_status_as_page_and_as_part(client: Client) -> None:
    wrong = {"username": "nobody", "password": "wrong"}
    for headers in ({}, HTMX):
        assert client.post("/sign-in/", wrong, headers=headers).status_code == 422
