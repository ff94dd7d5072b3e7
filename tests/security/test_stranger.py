"""A stranger is in every test: every URL, every method, as a page and as a fragment, with the other lab filled.

A URL without a line in `tests/addresses.py` fails, so that no page can be added without its stranger.
"""

from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from certstore.actions import points
from certstore.models import Event, Node, TrustEntry
from tests.addresses import CUCM, PUBLIC, Address, addresses, complete, names_of_all_urls, row_of
from tests.labs import FilledLab, fill_lab, lab_state

METHODS = ["get", "head", "post", "put", "patch", "delete", "options"]
HTMX = {"HX-Request": "true"}
# As a page every method; as a fragment those that htmx sends, for the header makes no other door.
ASKED = [*product(METHODS, [{}]), *product(["get", "post"], [HTMX])]
NAMED = [f"{method}-{'fragment' if headers else 'page'}" for method, headers in ASKED]


@pytest.fixture
def other(db) -> FilledLab:
    return complete(fill_lab("victim"))


@pytest.fixture
def mine(db) -> FilledLab:
    return complete(fill_lab("stranger"))


def test_every_url_has_its_stranger(other):
    covered = {address.name for address in addresses(other)} | PUBLIC
    assert names_of_all_urls() == covered


@pytest.mark.parametrize(("method", "headers"), ASKED, ids=NAMED)
def test_a_stranger_gets_the_same_as_for_what_never_was(other, mine, method, headers):
    client = Client(headers=headers)
    client.force_login(mine.owner)
    before = lab_state(other.lab)
    for address in addresses(other):
        theirs = getattr(client, method)(address.theirs)
        nobodys = getattr(client, method)(address.nobodys)
        assert theirs.status_code == nobodys.status_code, address.name
        assert theirs.status_code in (404, 405), f"{method} {address.name}: {theirs.status_code}"
        assert without_request_id(theirs) == without_request_id(nobodys), address.name
    assert lab_state(other.lab) == before


@pytest.mark.parametrize(("method", "headers"), ASKED, ids=NAMED)
def test_nobody_signed_in_is_sent_to_sign_in_whatever_is_asked_for(other, method, headers):
    client = Client(headers=headers)
    before = lab_state(other.lab)
    for address in addresses(other):
        answer = getattr(client, method)(address.theirs)
        to_sign_in = answer.status_code == 302 and answer["Location"].startswith(reverse("sign-in"))
        by_htmx = answer.status_code in (200, 204) and answer.get("HX-Redirect", "").startswith(
            reverse("sign-in")
        )
        assert to_sign_in or by_htmx, f"{method} {address.name}: {answer.status_code}"
        assert other.lab.name.encode() not in answer.content
    assert lab_state(other.lab) == before


def test_the_owner_does_reach_every_page(other):
    client = Client()
    client.force_login(other.owner)
    for address in addresses(other):
        query = {"before": "now", "after": "now"} if address.name == "lab-points-compare" else {}
        answer = client.get(address.theirs, query, follow=True)
        assert answer.status_code == 200, address.name


def test_a_strangers_pages_never_name_what_is_in_the_other_lab(other, mine):
    client = Client()
    client.force_login(mine.owner)
    secrets = [other.lab.name, str(other.lab.pk), str(other.node.pk), other.attempt.file_name]
    ours = ("home", "labs", "account", "evidence", "help", "picture", "glossary")
    for address in [*addresses(mine), *(Address(name, reverse(name), "") for name in ours)]:
        body = client.get(address.theirs, follow=True).content.decode(errors="replace")
        assert not [secret for secret in secrets if secret in body], address.name


def test_a_row_of_the_other_list_is_no_row_of_mine(other, mine):
    client = Client()
    client.force_login(mine.owner)
    assert client.get(reverse("trusted-ca-entry", args=[mine.node.pk, other.entry.pk])).status_code == 404
    data = {"entry": [other.entry.pk], "confirmed": "1"}
    client.post(reverse("trusted-ca-delete", args=[mine.node.pk]), data)
    assert TrustEntry.objects.filter(pk=other.entry.pk).exists()


def test_servers_of_the_other_lab_have_no_connection_in_mine(other, mine):
    client = Client()
    client.force_login(mine.owner)
    control = other.lab.nodes.get(kind=Node.Kind.EXPRESSWAY_C).pk
    for name in ("connection", "connection-ticket"):
        address = reverse(name, args=[mine.lab.pk, "zone", control, other.node.pk])
        assert client.get(address).status_code == 404


def test_unified_cm_and_jabber_of_the_other_lab_are_none_of_mine(other, mine):
    client = Client()
    client.force_login(mine.owner)
    before = lab_state(other.lab)
    for name in sorted(CUCM):
        answer = client.post(reverse(name, args=[mine.lab.pk, other.cucm.pk]))
        assert answer.status_code == (405 if name == "unified-cm" else 404), name
    theirs, mine_too = row_of(other.cucm), [mine.lab.pk, mine.cucm.pk]
    assert client.get(reverse("unified-cm-entry", args=[*mine_too, theirs])).status_code == 404
    assert client.post(reverse("jabber-trust", args=[mine.lab.pk, other.node.pk])).status_code == 404
    data = {"entry": [theirs], "confirmed": "1"}
    client.post(reverse("unified-cm-delete", args=mine_too), data)
    client.post(reverse("jabber-delete", args=[mine.lab.pk]), data)
    assert lab_state(other.lab) == before


def test_a_restore_point_of_the_other_lab_is_no_point_of_mine(other, mine):
    client = Client()
    client.force_login(mine.owner)
    points.keep(other.lab.pk, "theirs alone")
    theirs = other.lab.restore_points.first().number
    before = lab_state(other.lab)
    assert not mine.lab.restore_points.filter(number=theirs)
    for name in ("lab-point-restore", "lab-point-name", "lab-point-delete"):
        address = reverse(name, args=[mine.lab.pk, theirs])
        assert client.get(address).status_code == 404
        assert client.post(address, {"name": "x"}).status_code == 404
    compare = reverse("lab-points-compare", args=[mine.lab.pk])
    assert client.get(compare, {"before": theirs, "after": "now"}).status_code == 422
    assert b"theirs alone" not in client.get(reverse("lab-points", args=[mine.lab.pk])).content
    assert lab_state(other.lab) == before


def test_a_training_ca_of_the_other_lab_is_none_of_mine(other, mine):
    client = Client()
    client.force_login(mine.owner)
    before = lab_state(other.lab)
    theirs, own = other.issued, mine.lab.pk
    for form in ("files.zip", "certificate.pem"):
        assert client.get(reverse("training-ca-issued", args=[own, theirs.pk, form])).status_code == 404
    for form in ("ca.pem", "revocation-list.pem"):
        assert client.get(reverse("training-ca-file", args=[own, theirs.ca_id, form])).status_code == 404
    assert client.post(reverse("training-ca-revoke", args=[own, theirs.pk])).status_code == 404
    issue = reverse("training-ca-issue", args=[own, other.node.pk])
    assert client.post(issue, {"common_name": "a.example.com"}).status_code == 404
    assert (
        client.get(reverse("training-ca-practice-file", args=[own, other.node.pk, "pfx"])).status_code == 404
    )
    asked = {"server": str(other.node.pk), "fault": "der"}
    assert client.post(reverse("training-ca-practice", args=[own]), asked).status_code == 422
    assert other.lab.issued.get().revoked_at == ""
    assert lab_state(other.lab) == before


def test_an_attempt_of_the_other_lab_is_no_attempt_of_mine(other, mine):
    client = Client()
    client.force_login(mine.owner)
    for name in ("attempt", "attempt-ticket", "attempt-certificates"):
        assert client.get(reverse(name, args=[mine.lab.pk, other.attempt.pk])).status_code == 404
    page = client.get(reverse("trusted-ca", args=[mine.node.pk]), {"attempt": str(other.attempt.pk)})
    assert other.attempt.file_name.encode() not in page.content
    last = Event.objects.filter(lab=other.lab).first()
    assert client.get(reverse("trusted-ca", args=[mine.node.pk]), {"event": last.seq}).status_code == 200


def without_request_id(answer) -> bytes:
    """The body without what differs between any two answers."""
    body = answer.content
    request_id = answer.get("X-Request-Id", "")
    return body.replace(request_id.encode(), b"") if request_id else body
