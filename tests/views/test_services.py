"""Adding and removing Unified CM and Jabber, and how a new lab begins, as a person does it."""

import pytest
from django.urls import reverse

from certstore.actions import labs
from certstore.models import Lab, Node
from certstore.models.clock import real_now
from certstore.scenarios import recipes
from certstore.scenarios.expressway_pair import EXAMPLE_SERVERS
from tests.views.test_labs import new_lab

pytestmark = pytest.mark.django_db
SERVICES = (Node.Kind.CUCM, Node.Kind.JABBER)


@pytest.fixture
def real(owner, pooled_keys) -> Lab:
    """A lab for real files: its Expressways alone."""
    made = recipes.make(EXAMPLE_SERVERS, real_now(), with_services=False)
    return labs.make_lab(owner, Lab.Kind.REHEARSE, "Real", "X14.3", made=made)


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("page", ["lab", "lab-settings"])
def test_a_lab_without_them_has_a_button_that_adds_them(real, owner_client, page):
    address = reverse("services-add", args=[real.pk])
    assert f'action="{address}"' in text(owner_client.get(reverse(page, args=[real.pk])))
    answer = owner_client.post(address)
    there = text(owner_client.get(answer["Location"]))
    assert "A Unified CM and Jabber were added." in there
    assert f'action="{address}"' not in text(owner_client.get(reverse(page, args=[real.pk])))
    assert real.nodes.filter(kind__in=SERVICES).count() == 2


def test_asked_for_twice_they_are_there_once(real, owner_client):
    owner_client.post(reverse("services-add", args=[real.pk]))
    answer = owner_client.post(reverse("services-add", args=[real.pk]))
    assert "This lab has a Unified CM or Jabber already." in text(owner_client.get(answer["Location"]))
    assert real.nodes.filter(kind__in=SERVICES).count() == 2


def test_a_look_at_the_address_adds_nothing(real, owner_client):
    assert owner_client.get(reverse("services-add", args=[real.pk])).status_code == 302
    assert not real.nodes.filter(kind__in=SERVICES).exists()


def test_removing_asks_first(lab, owner_client):
    address = reverse("services-remove", args=[lab.pk])
    assert "Remove Unified CM and Jabber" in text(owner_client.get(address))
    assert lab.nodes.filter(kind__in=SERVICES).count() == 2
    answer = owner_client.post(address)
    assert "A restore point brings them back." in text(owner_client.get(answer["Location"]))
    assert not lab.nodes.filter(kind__in=SERVICES).exists()


def test_an_expressway_cannot_take_the_name_of_unified_cm(lab, owner_client):
    fields = {}
    for node in lab.expressways:
        host = "CUCM1" if node.kind == Node.Kind.EXPRESSWAY_E else node.host
        typed = {"host": host, "domain": node.domain, "address": node.address}
        fields |= {f"{node.pk.hex}-{name}": value for name, value in typed.items()}
    answer = owner_client.post(reverse("lab-settings-servers", args=[lab.pk]), fields)
    assert answer.status_code == 422
    assert "cannot have the same host name and domain" in text(answer)


@pytest.mark.parametrize(
    ("fields", "recipe"),
    [
        ({}, "expressway-pair"),
        ({"begins": "expressway-pair"}, "expressway-pair"),
        ({"begins": "working-pair"}, "working-pair"),
        ({"begins": "working-pair", "kind": "rehearse"}, "expressway-pair"),
    ],
    ids=["an old form", "new servers", "everything works", "real files"],
)
def test_a_new_lab_begins_as_it_was_chosen(owner, owner_client, pooled_keys, fields, recipe):
    answer = owner_client.post(reverse("labs"), new_lab() | fields)
    assert answer.status_code == 302
    assert owner.labs.get().recipe == recipe


def test_a_beginning_that_nobody_offered_makes_no_lab(owner, owner_client):
    answer = owner_client.post(reverse("labs"), new_lab(begins="broken-pair"))
    assert answer.status_code == 422
    assert not owner.labs.exists()


def test_everything_works_stands_first_and_is_chosen(owner_client):
    page = text(owner_client.get(reverse("labs")))
    assert page.index("Everything works") < page.index("New servers, as they come out of the box")
    assert 'name="begins" value="working-pair" id="id_begins_0" checked' in page
