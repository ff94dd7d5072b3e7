"""Maintenance > Security > Secure traversal test: what it answers, and that it changes nothing."""

import pytest
from django.urls import reverse

from tests.labs import lab_state
from tests.working import TROUBLES, control_of, edge_of

pytestmark = pytest.mark.django_db

RIGHT = {"server": "exp-e1.example.com", "name": "exp-c1.example.com"}


def post(client, lab, **typed):
    return client.post(reverse("secure-traversal-test", args=[control_of(lab).pk]), RIGHT | typed)


def test_the_page_begins_empty_and_says_what_the_zone_has(owner_client, working_lab):
    text = owner_client.get(
        reverse("secure-traversal-test", args=[control_of(working_lab).pk])
    ).content.decode()
    assert "Test connection" in text
    assert "Test results" not in text
    assert "<b>exp-e1.example.com</b>" in text


def test_two_servers_that_trust_each_other(owner_client, working_lab):
    answer = post(owner_client, working_lab)
    assert answer.status_code == 200
    assert "exp-e1.example.com and this server recognise and trust each other." in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"server": "nowhere.example.com"}, "nowhere.example.com cannot be reached"),
        (
            {"name": "exp-c9.example.com"},
            "The certificate of this server does not bear the name exp-c9.example.com. It bears: "
            "exp-c1.example.com.",
        ),
    ],
    ids=["unknown", "name"],
)
def test_a_name_that_is_wrong_is_told(owner_client, working_lab, typed, said):
    answer = post(owner_client, working_lab, **typed)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert "failed." in answer.content.decode()


def test_a_name_that_dns_has_and_the_certificate_has_not_is_told_with_those_it_has(owner_client, working_lab):
    edge = edge_of(working_lab)
    working_lab.dns_records.create(type="A", name="other.example.com", values=[edge.address])
    text = post(owner_client, working_lab, server="other.example.com").content.decode()
    assert "The certificate of other.example.com does not bear that name. It bears: " in text
    assert "It bears: exp-e1.example.com, example.com." in text


def test_a_ca_that_is_not_trusted_is_told_with_the_side_and_the_cure(owner_client, working_lab):
    TROUBLES["unknown-ca"](working_lab)
    text = post(owner_client, working_lab).content.decode()
    assert "This server refuses the certificate of exp-e1.example.com: " in text
    assert "Append CA certificate" in text


def test_what_is_set_up_of_the_zone_does_not_count(owner_client, working_lab):
    TROUBLES["peer-address"](working_lab)
    assert "recognise and trust each other" in post(owner_client, working_lab).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"server": ""}, "There is no FQDN."),
        ({"name": "  "}, "There is no TLS verify name."),
        ({"server": "198.51.100.21"}, "That is no host name: 198.51.100.21."),
        ({"server": "<script>alert(1)</script>"}, "That is no host name: &lt;script&gt;"),
        ({"name": "a\u202eb.example.com"}, "That is no host name: a\\u202Eb.example.com."),
        ({"name": "x" * 5000}, "That is no host name: xxx"),
        ({"name": "\x00"}, "That is no host name: \\u0000."),
        ({"server": "{name}.{x}"}, "That is no host name: {name}.{x}."),
    ],
    ids=["no-fqdn", "no-name", "address", "script", "bidi", "long", "nul", "braces"],
)
def test_what_is_no_name_is_refused_with_a_sentence(owner_client, working_lab, typed, said):
    answer = post(owner_client, working_lab, **typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert "Test results" not in text
    assert "<script>alert" not in text


def test_what_was_typed_stays_in_the_fields(owner_client, working_lab):
    text = post(owner_client, working_lab, name="").content.decode()
    assert 'value="exp-e1.example.com"' in text


def test_nothing_is_stored(owner_client, working_lab):
    before = lab_state(working_lab)
    post(owner_client, working_lab)
    post(owner_client, working_lab, server="nowhere.example.com")
    assert lab_state(working_lab) == before


def test_expressway_e_has_no_such_page(owner_client, working_lab):
    address = reverse("secure-traversal-test", args=[edge_of(working_lab).pk])
    assert owner_client.get(address).status_code == 404
    assert owner_client.post(address, RIGHT).status_code == 404
