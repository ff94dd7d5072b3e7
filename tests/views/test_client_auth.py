"""The page My CA dropped clientAuth."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from certstore.models import Attempt, Certificate
from certstore.pki.decode import pem_text
from certstore.pki.eku_sunset import Way
from certstore.pki.forge.shape import SERVER_AUTH
from certstore.reading.client_auth import dates_in_words, ways_in_words
from certstore.wording.client_auth import WAYS
from tests.pki.server_cases import NOW, make_pki
from tests.pki.server_cases import release as profile
from tests.poison import script_payloads
from tests.views.test_every_code import ISSUING, KEY, TOP, leaf, pem_of

PAGE = "/client-auth/"
C, E = "expressway-c", "expressway-e"


@pytest.fixture(scope="module")
def pki():
    return make_pki()


def read(answer) -> str:
    return " ".join(answer.content.decode().split())


def card(text: str, part: str) -> str:
    """The words of one card."""
    section = text.partition(f'id="{part}"')[2].partition("</section>")[0].partition(">")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", section).split())


def ask(client, pasted="", release="X14.3", role=E, file=None):
    data = {"release": release, "role": role, "pasted": pasted}
    if file is not None:
        data["certificate"] = SimpleUploadedFile("new.pem", file)
    return client.post(PAGE, data)


def test_without_anything_it_is_about_any_such_certificate_on_the_usual_release(owner_client):
    text = read(owner_client.get(PAGE))
    assert "Client authentication in a server certificate: Refused without it" in card(text, "today")
    assert "Expressway-E X14.3" in card(text, "later")
    for way in WAYS.values():
        assert way.name in card(text, "ways")


def test_only_who_is_signed_in_reads_it():
    assert Client().get(PAGE).status_code == 302


# Release, role: what is said of the upload without a certificate, and of the tunnels and the cluster database later.
GENERAL = [
    ("X14.3", C, "Refused without it", "SSH tunnels fails", "Cluster database fails"),
    ("X15.3.1", E, "Refused without it", "SSH tunnels works", "Cluster database fails"),
    ("X15.4", C, "Refused without it", "SSH tunnels fails", "Cluster database works"),
    ("X15.4", E, "Taken without it only with the switch on", "SSH tunnels works", "Cluster database works"),
    ("15.5.1", C, "Taken without it; SSH tunnels", "SSH tunnels fails", "Cluster database works"),
    ("X15.6", E, "Taken without it", "SSH tunnels works", "Cluster database works"),
]


@pytest.mark.parametrize(("release", "role", "upload", "tunnels", "cluster"), GENERAL)
def test_a_typed_release_and_role_say_what_is_refused_and_what_breaks(
    owner_client, release, role, upload, tunnels, cluster
):
    for answer in (
        ask(owner_client, release=release, role=role),
        owner_client.get(PAGE, {"release": release, "role": role}),
    ):
        assert answer.status_code == 200
        assert upload in card(read(answer), "today")
        assert tunnels in card(read(answer), "later")
        assert cluster in card(read(answer), "later")


# The verdict on a certificate for server authentication only.
JUDGED = [
    ("X14.3", C, "Refused"),
    ("X15.4", C, "Refused"),
    ("X15.4", E, "Accepted only with its switch on"),
    ("X15.5", C, "Accepted, with a warning"),
    ("X15.5", E, "Accepted"),
]


@pytest.mark.parametrize(("release", "role", "outcome"), JUDGED)
def test_a_certificate_is_judged_on_that_release_and_role(owner_client, pki, release, role, outcome):
    pasted = pki.leaf(ekus=[SERVER_AUTH]).pem.decode()
    text = read(ask(owner_client, pasted, release, role))
    today = card(text, "today")
    assert "does not allow client authentication. It ends on 1 Jun 2027." in today
    assert f"ends on 1 Jun 2027. {outcome}" in today
    assert "Give the certificate that is loaded now to see its end" in card(text, "ways")


def test_a_certificate_that_allows_it_can_be_kept_until_its_end(owner_client, pki):
    text = read(ask(owner_client, file=pki.leaf().pem))
    assert "This certificate allows client authentication." in card(text, "today")
    assert "Until 1 Jun 2027" in card(text, "ways")


@pytest.mark.parametrize(
    ("release", "role"), [("", E), ("newest", E), ("X14.3", "cucm"), ("X14.3", ""), ("<b>", "<b>")]
)
def test_a_release_or_role_that_is_none_is_refused_with_a_sentence(owner_client, release, role):
    for answer in (
        ask(owner_client, release=release, role=role),
        owner_client.get(PAGE, {"release": release, "role": role}),
    ):
        assert answer.status_code == 422
        assert "errorlist" in read(answer)


def test_a_private_key_is_refused_with_the_advice_and_nothing_of_it_comes_back(owner_client, pki):
    key = pem_of(KEY)
    for answer in (
        ask(owner_client, (pki.leaf().pem + key).decode()),
        ask(owner_client, key.decode()),
        ask(owner_client, file=pki.leaf().pem + key),
    ):
        assert answer.status_code == 422
        assert "private key" in card(read(answer), "asked")
        assert key.splitlines()[3].decode() not in answer.content.decode()


def test_what_is_no_certificate_is_refused_and_what_was_asked_stays(owner_client):
    answer = ask(owner_client, "Dear customer, <b>attached</b>", "X15.4", C)
    assert answer.status_code == 422
    assert "<b>attached</b>" not in read(answer)
    assert "Dear customer, &lt;b&gt;attached" in read(answer)
    assert 'value="X15.4"' in read(answer)


def test_hostile_names_are_shown_as_text(owner_client):
    for _, der in list(script_payloads())[:12]:
        text = ask(owner_client, pem_text(der)).content.decode()
        assert "<script>document" not in text
        assert "<img src=x" not in text


def test_nothing_is_stored(owner_client, lab, pki):
    before = (Certificate.objects.count(), Attempt.objects.count())
    ask(owner_client, pki.leaf().pem.decode())
    assert (Certificate.objects.count(), Attempt.objects.count()) == before


# Dates


def test_a_disputed_date_shows_every_claim_with_who_makes_it():
    lines = {line.what: line for line in dates_in_words(NOW)}
    digicert = lines["DigiCert: no client authentication at all (first announced for 1 May 2026)"]
    assert digicert.is_disputed
    assert [(claim.on, claim.word, claim.sources) for claim in digicert.claims] == [
        ("15 May 2026", "past", "one blog"),
        ("1 Mar 2027", "ahead", "DigiCert ALERT53; zowe/zowe-install-packaging, issue 4783"),
    ]
    godaddy = lines["GoDaddy: no client authentication any more"]
    assert [(claim.on, claim.word) for claim in godaddy.claims] == [("15 Jun 2026", "past")]
    assert not godaddy.is_disputed


def test_a_month_is_printed_as_a_month_and_past_only_when_it_is_over():
    def x15_4(now):
        return next(line for line in dates_in_words(now) if line.what.startswith("Expressway X15.4")).claims[
            0
        ]

    assert (x15_4(NOW).on, x15_4(NOW).word) == ("Feb 2026", "past")
    assert x15_4(NOW.replace(month=2, day=28)).word == "now"
    assert x15_4(NOW.replace(month=1, day=31)).word == "ahead"


def test_the_dates_come_in_their_order():
    first = [line.claims[0].on for line in dates_in_words(NOW)]
    assert (first[0], first[-1]) == ("15 Sep 2025", "15 Mar 2029")


@pytest.mark.parametrize(
    ("now", "says"),
    [
        (NOW.replace(month=5, day=14), "issues both until 15 May 2026 or 1 Mar 2027."),
        (NOW, "issues both until 15 May 2026 or 1 Mar 2027: the sources disagree."),
        (NOW.replace(year=2027, month=3, day=1), "issued both until 15 May 2026 or 1 Mar 2027."),
    ],
    ids=["before", "between", "after"],
)
def test_a_hierarchy_says_until_when_by_whom_it_is_asked(now, says):
    ways = {one.key: one for one in ways_in_words(now, profile("X14.3"), "expressway-e", None)}
    limits = ways[Way.OTHER_HIERARCHY.value].limits
    assert limits[0] == f"DigiCert Assured ID CA G2 below DigiCert Assured ID Root G2: {says}"
    assert limits[1].endswith("no end is named in what was read.")


# The way there


def upload(client, node, certificate):
    append = {"file": SimpleUploadedFile("ca.pem", TOP.pem + ISSUING.pem)}
    client.post(reverse("trusted-ca-append", args=[node.pk]), append)
    files = {"certificate": SimpleUploadedFile("new.pem", certificate)}
    files["key"] = SimpleUploadedFile("key.pem", pem_of(KEY))
    return client.post(reverse("server-certificate-upload", args=[node.pk]), files, follow=True)


def test_a_refusal_for_client_authentication_leads_here_with_release_and_role(owner_client, exp_e):
    answer = upload(owner_client, exp_e, leaf(ekus=[SERVER_AUTH]).pem)
    assert answer.status_code == 422
    address = f"{PAGE}?release=X14.3&amp;role={E}"
    assert address in read(answer)
    assert owner_client.get(address.replace("&amp;", "&")).status_code == 200


def test_a_refusal_for_anything_else_does_not(owner_client, exp_e):
    assert PAGE not in read(upload(owner_client, exp_e, leaf("exp-e1").pem))
    assert PAGE not in read(upload(owner_client, exp_e, leaf().pem))


def test_htmx_gets_the_room_and_others_the_page(owner_client):
    assert owner_client.get(PAGE).content.lstrip().startswith(b"<!DOCTYPE html>")
    assert b"<!DOCTYPE" not in owner_client.get(PAGE, headers={"HX-Request": "true"}).content
