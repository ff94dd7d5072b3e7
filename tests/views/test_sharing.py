"""What whoever has a link sees, and what nobody sees in it."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from certstore.actions import labs, sharing
from certstore.models import Lab, ShareLink
from certstore.pki.forge import authority
from certstore.pki.releases import Role
from certstore.scenarios.expressway_pair import ServerPlan
from tests.keyring import rsa_key
from tests.labs import fill_lab, lab_state

KIND = ShareLink.Kind
START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pooled_keys")]


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def filled():
    return fill_lab("ann")


@pytest.fixture
def anybody() -> Client:
    return Client()


def address(token: str, name: str = "shared") -> str:
    return reverse(name, args=[token])


# --- Making and revoking ----------------------------------------------------------------------------------


def test_the_address_of_a_new_link_is_shown_once_and_opens(filled, anybody):
    client = Client()
    client.force_login(filled.owner)
    made = client.post(reverse("lab-links", args=[filled.lab.pk]), {"kind": "lab"})
    shown = text(made).partition('<code id="address">')[2].partition("</code>")[0]
    assert shown.startswith("http://testserver/shared/")
    assert anybody.get(shown).status_code == 200
    assert shown not in text(client.get(reverse("lab-links", args=[filled.lab.pk])))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "This field is required."),
        ({"kind": "everything"}, "is not one of the available choices"),
        ({"kind": "attempt"}, "Choose the result that the link shows."),
        (
            {"kind": "attempt", "attempt": "00000000-0000-0000-0000-000000000000"},
            "is not one of the available",
        ),
    ],
    ids=["nothing", "another kind", "no result", "a result that never was"],
)
def test_a_link_that_cannot_be_made_says_why(filled, typed, sentence):
    client = Client()
    client.force_login(filled.owner)
    before = ShareLink.objects.count()
    answer = client.post(reverse("lab-links", args=[filled.lab.pk]), typed)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert ShareLink.objects.count() == before


def test_a_result_of_another_lab_cannot_be_shared_from_mine(filled):
    other = fill_lab("bob")
    client = Client()
    client.force_login(filled.owner)
    typed = {"kind": "attempt", "attempt": str(other.attempt.pk)}
    assert client.post(reverse("lab-links", args=[filled.lab.pk]), typed).status_code == 422


def test_a_case_is_not_shared_and_the_page_says_so(filled):
    client = Client()
    client.force_login(filled.owner)
    Lab.objects.filter(pk=filled.lab.pk).update(kind=Lab.Kind.REPRODUCE)
    page = reverse("lab-links", args=[filled.lab.pk])
    assert "nothing of it can be shared" in text(client.get(page))
    assert client.post(page, {"kind": "lab"}).status_code == 422


def test_a_revoked_link_is_gone_for_everybody(filled, anybody):
    client = Client()
    client.force_login(filled.owner)
    assert anybody.get(address(filled.token)).status_code == 200
    client.post(reverse("lab-link-revoke", args=[filled.lab.pk, filled.link.pk]))
    dead = anybody.get(address(filled.token))
    never = anybody.get(address("0000-0000-0000-0000-0000-0000-0000"))
    assert dead.status_code == never.status_code == 404
    assert client.get(address(filled.token)).status_code == 404


# --- Reading ----------------------------------------------------------------------------------------------


def test_a_shared_result_tells_what_the_owners_page_tells_and_leads_nowhere_into_the_lab(filled, anybody):
    page = text(anybody.get(address(filled.token)))
    for told in (
        "ann-certificate.cer",
        "File upload failed.",
        "binary form (DER)",
        "What to do",
        "How sure:",
    ):
        assert told in page
    for hidden in (str(filled.lab.pk), str(filled.attempt.pk), str(filled.node.pk), filled.lab.name):
        assert hidden not in page
    assert "ann-certificate.cer" in anybody.get(address(filled.token, "shared-ticket")).content.decode()


def test_a_shared_result_says_no_more_than_the_column_of_its_lab(filled, anybody):
    labs.set_explanations(filled.lab.pk, Lab.Explanations.OFF)
    page = text(anybody.get(address(filled.token)))
    assert "File upload failed." in page
    assert "binary form (DER)" not in page
    assert "Our column is off in this lab." in page


def test_a_shared_lab_shows_servers_lists_and_what_was_tried(filled, anybody):
    page = text(anybody.get(address(sharing.make_link(filled.lab.pk, KIND.LAB))))
    for told in ("lab of ann", "exp-c1.example.com", "ISRG Root X1", "Issuing CA 1", "ann-bundle.pem"):
        assert told in page
    assert str(filled.lab.pk) not in page
    assert str(filled.node.pk) not in page


def test_a_shared_lab_shows_the_picture_of_what_works_and_leads_nowhere(filled, anybody):
    answer = anybody.get(address(sharing.make_link(filled.lab.pk, KIND.LAB)))
    page = text(answer)
    assert "Traversal zone, exp-c1 to exp-e1" in page
    assert len(answer.context["picture"].boxes) == 4
    assert answer.context["causes"]
    assert not any(wire.address for wire in answer.context["picture"].wires)
    assert f"/labs/{filled.lab.pk}" not in page


def test_no_engine_is_to_keep_what_a_link_shows(filled, anybody):
    for name in ("shared", "shared-ticket"):
        answer = anybody.get(address(filled.token, name))
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written_with_a_link(filled, method):
    client = Client()
    client.force_login(filled.owner)
    before = lab_state(filled.lab)
    for name in ("shared", "shared-ticket"):
        assert getattr(client, method)(address(filled.token, name)).status_code == 405
    assert getattr(client, method)(address(filled.token, "shared-copy")).status_code in (404, 405)
    assert lab_state(filled.lab) == before


def test_a_link_to_a_lab_has_no_ticket_and_no_copy(filled, anybody, stranger_client):
    token = sharing.make_link(filled.lab.pk, KIND.LAB)
    assert anybody.get(address(token, "shared-ticket")).status_code == 404
    assert stranger_client.post(address(token, "shared-copy")).status_code == 404


def test_a_page_of_a_long_list_asks_no_more(filled, anybody, django_assert_max_num_queries):
    token = sharing.make_link(filled.lab.pk, KIND.LAB, redacted=True)
    with django_assert_max_num_queries(40):
        anybody.get(address(token))


# --- A copy -----------------------------------------------------------------------------------------------


def test_a_copy_needs_an_account_and_is_then_ones_own(filled, anybody, stranger, stranger_client):
    token = sharing.make_link(filled.lab.pk, KIND.COPY)
    assert f"next={address(token)}" in text(anybody.get(address(token)))
    assert anybody.post(address(token, "shared-copy")).status_code == 302
    assert not stranger.labs.exists()
    answer = stranger_client.post(address(token, "shared-copy"), follow=True)
    assert "This lab is yours" in text(answer)
    assert stranger.labs.get().expressways.count() == 2


# --- Example names ----------------------------------------------------------------------------------------


@pytest.fixture
def canary(filled):
    """A lab in which everything that can be named has a name that stands out."""
    lab, node = filled.lab, filled.node
    plans = {
        one.pk: ServerPlan(Role(one.kind), f"canary-{one.kind[-1]}", "canary.de", f"10.66.0.{number}")
        for number, one in enumerate(lab.expressways, start=1)
    }
    labs.name_servers(lab.pk, plans)
    labs.rename(lab.pk, "Canary lab")
    client = Client()
    client.force_login(filled.owner)
    root = authority.root("Canary Root", rsa_key("canary"), START, END)
    other = authority.root("Canary Root", rsa_key("canary twin"), START, END)
    leaf = root.leaf(
        "canary-e.canary.de",
        rsa_key("canary leaf").public_key(),
        START,
        END,
        sans=["canary-e.canary.de", "canary.de"],
    )
    for pem in (root.pem, other.pem):
        client.post(
            reverse("trusted-ca-append", args=[node.pk]), {"file": SimpleUploadedFile("canary.pem", pem)}
        )
    bad = root.leaf(
        "canary-short", rsa_key("canary leaf").public_key(), START, END, sans=["canary-short", "10.66.1.1"]
    )
    for data in (leaf.pem, bad.pem, leaf.der):
        upload = {"certificate": SimpleUploadedFile("canary-certificate.pem", data)}
        client.post(reverse("server-certificate-upload", args=[node.pk]), upload)
    return filled


def everything(answer) -> str:
    return f"{answer.headers} {answer.content.decode()}".casefold()


def test_no_real_name_is_in_a_redacted_page_or_ticket(canary, anybody):
    tokens = [sharing.make_link(canary.lab.pk, KIND.LAB, redacted=True)]
    attempts = list(canary.lab.attempts.all())
    assert len(attempts) >= 6
    tokens += [sharing.make_link(canary.lab.pk, KIND.ATTEMPT, attempt=one, redacted=True) for one in attempts]
    for number, token in enumerate(tokens):
        pages = [everything(anybody.get(address(token)))]
        if number:
            pages.append(everything(anybody.get(address(token, "shared-ticket"))))
        for page in pages:
            assert "canary" not in page
            assert "10.66." not in page
            assert "lab of ann" not in page


def test_the_test_can_fail_without_redaction_the_names_are_there(canary, anybody):
    page = everything(anybody.get(address(sharing.make_link(canary.lab.pk, KIND.LAB))))
    assert "canary root" in page
    assert "10.66.0." in page


def test_the_same_name_is_the_same_example_on_every_page(canary, anybody):
    lab_page = text(anybody.get(address(sharing.make_link(canary.lab.pk, KIND.LAB, redacted=True))))
    attempt = canary.lab.attempts.filter(page="server-certificate").first()
    token = sharing.make_link(canary.lab.pk, KIND.ATTEMPT, attempt=attempt, redacted=True)
    ticket = anybody.get(address(token, "shared-ticket")).content.decode()
    server = ticket.partition("Server       ")[2].split()[0]
    assert server.endswith(".example.com")
    assert f"<h2> {server} " in lab_page
