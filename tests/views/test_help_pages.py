"""Help, the picture and the glossary: open to everybody, and nobody's."""

import pytest
from django.urls import reverse

from certstore.actions.labs import make_example_lab
from certstore.wording.glossary import TERMS

pytestmark = pytest.mark.django_db
PAGES = ("help", "picture", "glossary")


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "fragment"])
def test_everybody_may_read_it(client, owner_client, name, headers):
    for browser in (client, owner_client):
        answer = browser.get(reverse(name), headers=headers)
        assert answer.status_code == 200
        assert "<title>" in text(answer)


@pytest.mark.parametrize("name", PAGES)
def test_it_is_only_for_reading(owner_client, name):
    assert owner_client.post(reverse(name)).status_code == 405


def test_help_says_what_is_kept_and_for_whom_else_it_is(client):
    body = text(client.get(reverse("help")))
    for said in (
        "No private key is kept.",
        "deleted 30 days after it was made",
        "add_people",
        "Not affiliated with Cisco.",
        "By keyboard",
    ):
        assert said in body
    for name in ("picture", "glossary", "evidence"):
        assert f'href="{reverse(name)}"' in body


def test_help_leads_to_every_page_that_helps(lab, owner_client):
    body = text(owner_client.get(reverse("help")))
    for name in ("releases", "client-auth", "look-up"):
        assert f'href="{reverse(name)}"' in body
    assert f'href="{reverse("start-here", args=[lab.pk])}"' in body


def test_help_leads_nobody_into_a_lab_who_is_not_signed_in(lab, client):
    body = text(client.get(reverse("help")))
    assert str(lab.pk) not in body
    assert f'href="{reverse("look-up")}"' not in body


def test_help_asks_as_much_for_a_second_lab_as_for_one(
    owner, lab, owner_client, made_servers, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(5) as one:
        owner_client.get(reverse("help"))
    make_example_lab(owner, made_servers)
    with django_assert_num_queries(len(one)):
        owner_client.get(reverse("help"))


def test_the_help_of_the_simulated_server_leads_here(exp_e, owner_client):
    body = text(owner_client.get(reverse("trusted-ca", args=[exp_e.pk])))
    assert f'href="{reverse("help")}" target="_blank"' in body


def test_the_glossary_has_every_word_once_with_an_anchor_and_its_links(client):
    body = text(client.get(reverse("glossary")))
    for key, term in TERMS.items():
        assert body.count(f'id="{key}"') == 1
        assert all(f'href="#{other}"' in body for other in term.see)
