"""The page Releases: the profiles, which one judges a release, what would change for a certificate or a lab."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from certstore.models import Attempt, Certificate, Event, Lab
from certstore.pki import releases_compared
from certstore.pki.decode import pem_text
from certstore.pki.forge.shape import SERVER_AUTH
from certstore.pki.releases import RELEASES
from certstore.wording import labs as words
from certstore.wording.releases import ALL_ALIKE, ROWS, spans_of
from tests.labs import content_of
from tests.pki.server_cases import make_pki
from tests.poison import script_payloads
from tests.views.test_every_code import KEY, pem_of

PAGE = "/releases/"


@pytest.fixture(scope="module")
def pki():
    return make_pki()


def read(answer) -> str:
    return " ".join(answer.content.decode().split())


def cells(text: str, part: str) -> list[str]:
    """The rows of a table of answers, each on one line without its mark-up."""
    section = text.partition(f'id="{part}"')[2].partition("</section>")[0]
    rows = re.findall(r'<tr> <th scope="row">(.*?)</tr>', section)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def test_every_cell_stands_there_with_how_sure_it_is_and_its_source(owner_client):
    text = read(owner_client.get(PAGE))
    for release in RELEASES:
        assert f'<th scope="col">{release.name}</th>' in text
    for row in ROWS:
        assert escape(row.name) in text
        for span in spans_of(row):
            assert escape(span.told.text) in text
            assert escape(span.told.sure.source) in text
    assert all(escape(point) in text for point in ALL_ALIKE)


def test_only_who_is_signed_in_reads_it():
    assert Client().get(PAGE).status_code == 302


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("X15.4", words.RELEASE_EXACT.format(profile="X15.4", typed="X15.4")),
        ("15.5.1", words.RELEASE_EXACT.format(profile="X15.5", typed="15.5.1")),
        ("X15.6", words.RELEASE_NEAREST.format(profile="X15.5", typed="X15.6")),
        ("X12.6", words.RELEASE_OLDER.format(profile="X14.0", typed="X12.6")),
    ],
)
def test_a_release_as_it_is_typed_gets_its_profile(owner_client, typed, said):
    assert said in read(owner_client.get(PAGE, {"release": typed}))


@pytest.mark.parametrize("typed", ["", "the newest", "<b>15</b>", "X15.4\x00", "9" * 41])
def test_a_text_that_is_no_release_is_refused_with_a_sentence(owner_client, typed):
    answer = owner_client.get(PAGE, {"release": typed})
    assert answer.status_code == 422
    assert "errorlist" in read(answer)
    assert "<b>15</b>" not in read(answer)


# A certificate


def judge(client, pasted="", file=None):
    data = {"pasted": pasted}
    if file is not None:
        data["certificate"] = SimpleUploadedFile("<b>file</b>.pem", file)
    return client.post(PAGE, data)


def test_a_pasted_certificate_without_client_authentication_is_judged_under_each_release(pki, owner_client):
    pasted = pki.leaf(ekus=[SERVER_AUTH]).pem.decode().replace("\n", "\r\n")
    answer = judge(owner_client, pasted)
    assert answer.status_code == 200
    assert cells(read(answer), "certificate") == [
        "X14.0 to X15.3 Refused The certificate must allow TLS Web Client Authentication "
        "Refused The certificate must allow TLS Web Client Authentication",
        "X15.4 Refused The certificate must allow TLS Web Client Authentication "
        "Accepted only with its switch on before: Refused "
        "The certificate must allow TLS Web Client Authentication",
        "X15.5 Accepted, with a warning before: Refused This server certificate cannot be the client "
        "certificate Accepted before: Accepted only with its switch on",
    ]
    assert reverse("client-auth") in read(answer)


def test_a_file_is_taken_before_the_text_and_in_any_form(pki, owner_client):
    for data in (pki.leaf().der, pki.leaf().pem, pki.leaf().pem + pki.issuing.pem):
        answer = judge(owner_client, "no certificate", data)
        assert (answer.status_code, cells(read(answer), "certificate")) == (
            200,
            ["X14.0 to X15.5 Accepted Accepted"],
        )
    assert "holds 2 certificates" in read(answer)
    assert "binary form (DER)" in read(judge(owner_client, file=pki.leaf().der))


def test_nothing_given_is_said_to_be_nothing(owner_client):
    for pasted in ("", "  \r\n "):
        answer = judge(owner_client, pasted)
        assert answer.status_code == 422
        assert "Nothing was given." in read(answer)


@pytest.mark.parametrize("data", [b"<script>x</script>", b"\x00\xff" * 50, b"-----BEGIN CERTIFICATE-----\n"])
def test_what_is_no_certificate_is_refused_with_what_it_is_and_what_to_do(owner_client, data):
    answer = judge(owner_client, file=data)
    assert answer.status_code == 422
    assert '<ol class="steps">' in read(answer)
    assert "<script>x" not in read(answer)
    assert "<b>file</b>" not in read(answer)


def test_a_file_that_is_too_large_is_not_looked_at(owner_client, pki):
    for answer in (
        judge(owner_client, file=pki.leaf().pem * 300),
        judge(owner_client, pki.leaf().pem.decode() * 300),
    ):
        assert answer.status_code == 422
        assert "256 KiB" in read(answer)


@pytest.mark.parametrize("how", ["pasted", "file", "damaged"])
def test_a_private_key_is_refused_with_the_advice_and_nothing_of_it_comes_back(owner_client, pki, how):
    key = pem_of(KEY)
    data = pki.leaf().pem + key
    if how == "damaged":
        data = data.replace(b"-----", b"\xe2\x80\x94")
    answer = judge(owner_client, file=data) if how == "file" else judge(owner_client, data.decode())
    text = answer.content.decode()
    assert answer.status_code == 422
    assert key.splitlines()[3].decode() not in text
    if how != "damaged":
        assert "private key" in text
        assert "revoke" in text


@pytest.mark.parametrize("pasted", [b"\xed\xa0\x80".decode("utf-8", "surrogatepass"), "\x00", "﻿"])
def test_characters_that_no_text_should_hold_break_nothing(owner_client, pasted):
    assert owner_client.post(PAGE, {"pasted": pasted.encode("utf-8", "replace")}).status_code == 422


def test_hostile_names_are_shown_as_text(owner_client):
    for _, der in list(script_payloads())[:12]:
        text = judge(owner_client, pem_text(der)).content.decode()
        assert "<script>document" not in text
        assert "<img src=x" not in text


def test_nothing_is_stored_of_what_was_judged(owner_client, lab, pki):
    def rows():
        return [model.objects.count() for model in (Certificate, Attempt, Event, Lab)]

    before = rows()
    assert judge(owner_client, pki.leaf().pem.decode()).status_code == 200
    lab.refresh_from_db()
    assert rows() == before


# A lab


def test_the_servers_of_a_lab_of_mine_are_judged_under_each_release(owner_client, lab):
    text = read(owner_client.get(PAGE, {"lab": lab.pk}))
    assert cells(text, "lab") == ["X14.0 to X15.5 Accepted", "X14.0 to X15.5 Accepted"]
    assert f'<option value="{lab.pk}" selected>' in text


def test_a_lab_of_somebody_else_or_none_at_all_is_not_found(owner_client, other_lab):
    for asked in (other_lab.pk, uuid4(), "nonsense", "x" * 5000):
        assert owner_client.get(PAGE, {"lab": asked}).status_code == 404
    assert str(other_lab.pk) not in read(owner_client.get(PAGE))


def test_a_cases_name_is_not_shown_in_the_list_of_labs(owner_client, lab):
    Lab.objects.filter(pk=lab.pk).update(kind=Lab.Kind.REPRODUCE, name="Customer Ltd")
    assert "Customer Ltd" not in read(owner_client.get(PAGE, {"lab": lab.pk}))


def test_a_person_without_a_lab_is_told_where_to_make_one(stranger_client):
    assert "You have no lab." in read(stranger_client.get(PAGE))


def test_the_queries_do_not_grow_with_the_profiles(owner_client, lab, exp_e, monkeypatch):
    bundle = SimpleUploadedFile("ca.pem", content_of(lab, "exp-e1-ca-bundle.pem"))
    owner_client.post(reverse("trusted-ca-append", args=[exp_e.pk]), {"file": bundle})

    def queries(profiles):
        monkeypatch.setattr(releases_compared, "RELEASES", profiles)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert owner_client.get(PAGE, {"lab": lab.pk}).status_code == 200
        return len(captured)

    assert queries(RELEASES * 3) == queries(RELEASES) == queries(RELEASES[:1])


def test_the_queries_do_not_grow_with_the_labs(owner_client, owner, lab):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            owner_client.get(PAGE)
        return len(captured)

    before = queries()
    for number in range(3):
        Lab.objects.create(owner=owner, name=f"lab {number}")
    assert queries() == before


def test_a_labs_settings_lead_here(owner_client, lab):
    assert f"{PAGE}?lab={lab.pk}#lab" in read(owner_client.get(reverse("lab-settings", args=[lab.pk])))


def test_htmx_gets_the_room_and_others_the_page(owner_client):
    assert owner_client.get(PAGE).content.lstrip().startswith(b"<!DOCTYPE html>")
    assert b"<!DOCTYPE" not in owner_client.get(PAGE, headers={"HX-Request": "true"}).content
