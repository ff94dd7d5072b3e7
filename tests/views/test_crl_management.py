"""CRL management: one file that replaces the other, and what it revokes."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certstore.actions import (
    crl_management,
    labs,
    points,
    restart,
    server_certificate,
    server_settings,
    trusted_ca,
)
from certstore.models import Lab, StoreName, TrustEntry
from certstore.models.clock import real_now, shifted
from certstore.pki.connections import Health
from certstore.pki.forge import crl
from certstore.pki.forge.authority import root
from certstore.pki.keys import read_key_file
from certstore.pki.settings import Revocation
from certstore.reading.lab_document import canonical, document_of
from certstore.reading.lab_state import lab_view
from tests import keyring
from tests.labs import fill_lab, tried
from tests.pki.material import key_pem

NOW = real_now()
DAY = 86_400
START, END = shifted(NOW, -90 * DAY), shifted(NOW, 90 * DAY)
CAS = [root(f"Example {name} CA", keyring.rsa_key(name), START, END) for name in ("root", "other")]


def crl_of(ca, revoked=(), end=END):
    return crl.as_pem(crl.revocation_list(ca, list(revoked), shifted(NOW, -5 * DAY), end))


@pytest.fixture
def filled(client, db):
    filled = fill_lab("ann")
    client.force_login(filled.owner)
    return filled


def url(filled, name="crl-management"):
    return reverse(name, args=[filled.node.pk])


def upload(client, filled, data):
    return client.post(url(filled, "crl-upload"), {"crl": SimpleUploadedFile("list.pem", data)})


def issuers(filled):
    rows = TrustEntry.objects.filter(store__node=filled.node, store__name=StoreName.CRL)
    return list(rows.values_list("crl__facts__issuer", flat=True))


def text(answer):
    return answer.content.decode()


def test_a_file_replaces_the_previous_one(client, filled):
    upload(client, filled, crl_of(CAS[0]))
    answer = upload(client, filled, crl_of(CAS[1]))
    page = text(client.get(answer["Location"]))
    assert "CRL file uploaded. Revocation lists in it: 1." in page
    assert issuers(filled) == ["CN=Example other CA"]
    assert "CN=Example other CA" in page
    assert "CN=Example root CA" not in page


def test_lists_of_several_cas_in_one_file_are_all_taken(client, filled):
    upload(client, filled, crl_of(CAS[0]) + crl_of(CAS[1]))
    assert issuers(filled) == ["CN=Example root CA", "CN=Example other CA"]


def test_the_trusted_ca_list_does_not_show_it(client, filled):
    rows = filled.node.trust_stores.get(name="ca").entries.count()
    upload(client, filled, crl_of(CAS[0]))
    assert filled.node.trust_stores.get(name="ca").entries.count() == rows
    assert "Example root CA" not in text(client.get(url(filled, "trusted-ca")))


# What is refused, and with which sentence; typed by hand. The guide: PEM, a file of revocation lists.
REFUSED = {
    "nothing": (b"", "is empty"),
    "text": (b"no list", "no certificate"),
    "certificate": (CAS[0].pem, "must hold certificate revocation lists only"),
    "both": (crl_of(CAS[0]) + CAS[0].pem, "must hold certificate revocation lists only"),
    "damaged": (crl_of(CAS[0]).replace(b"M", b"N", 1), ""),
}


@pytest.mark.parametrize("case", REFUSED)
def test_another_file_is_refused_with_a_sentence_and_changes_nothing(client, filled, case):
    upload(client, filled, crl_of(CAS[1]))
    data, expected = REFUSED[case]
    answer = upload(client, filled, data)
    assert answer.status_code == 422
    assert "CRL file upload failed." in text(answer)
    assert expected in text(answer)
    assert issuers(filled) == ["CN=Example other CA"]


def test_a_file_of_too_many_lists_is_refused(client, filled, monkeypatch):
    monkeypatch.setattr("certstore.pki.crl_management.MOST_CRLS", 1)
    assert "cannot be read whole" in text(upload(client, filled, crl_of(CAS[0]) + crl_of(CAS[1])))


def test_no_file_is_refused_and_one_too_large_too(client, filled):
    assert client.post(url(filled, "crl-upload")).status_code == 422
    assert upload(client, filled, b"x" * (16 * 1024 * 1024 + 1)).status_code == 422


def test_an_expired_list_is_taken_and_marked(client, filled):
    answer = upload(client, filled, crl_of(CAS[0], end=shifted(NOW, -DAY)))
    assert answer.status_code == 302
    assert "every certificate of this CA counts as revoked" in text(client.get(url(filled)))


def test_remove_asks_first_and_then_nothing_is_left(client, filled):
    before = canonical(document_of(filled.lab))
    upload(client, filled, crl_of(CAS[0]))
    assert "Remove the revocation list?" in text(client.post(url(filled, "crl-remove")))
    answer = client.post(url(filled, "crl-remove"), {"confirmed": "yes"})
    assert "The revocation list was removed." in text(client.get(answer["Location"]))
    assert canonical(document_of(Lab.objects.get(pk=filled.lab.pk))) == before


def test_where_there_is_none_remove_says_so(client, filled):
    points_before = filled.lab.restore_points.count()
    answer = client.post(url(filled, "crl-remove"), {"confirmed": "yes"})
    assert "There is no revocation list to remove." in text(answer)
    assert filled.lab.restore_points.count() == points_before


def test_automatic_updates_say_that_nothing_is_fetched(client, filled):
    assert "Nothing is fetched from anywhere" in text(client.get(url(filled)))


def test_the_pages_queries_do_not_grow_with_its_lists(client, filled, django_assert_num_queries):
    upload(client, filled, crl_of(CAS[0]))
    with CaptureQueriesContext(connection) as one:
        client.get(url(filled))
    count = len(one)
    upload(client, filled, crl_of(CAS[0]) + crl_of(CAS[1]))
    with django_assert_num_queries(count):
        client.get(url(filled))


def test_going_back_to_a_point_takes_the_file_away_and_brings_it_back(client, filled):
    before = points.keep(filled.lab.pk, "before")
    upload(client, filled, crl_of(CAS[0]))
    after = points.keep(filled.lab.pk, "after")
    points.restore(filled.lab.pk, before.number)
    assert issuers(filled) == []
    points.restore(filled.lab.pk, after.number)
    assert issuers(filled) == ["CN=Example root CA"]


TOP = CAS[0]
CONTROL = TOP.leaf(
    "exp-c1.example.com", keyring.rsa_key("odd").public_key(), START, END, sans=["exp-c1.example.com"]
)


@pytest.fixture
def checking(working_lab):
    """A working lab whose Expressway-C has a certificate of the tests' CA; its Expressway-E checks revocation."""
    edge, control = (working_lab.nodes.get(kind=kind) for kind in ("expressway-e", "expressway-c"))
    for node in (edge, control):
        trusted_ca.append(node, tried(TOP.pem), working_lab.owner)
    key = read_key_file(key_pem())
    assert server_certificate.upload(control, tried(CONTROL.pem), key, working_lab.owner).stored
    restart.restart(control)
    server_settings.set_revocation(edge, Revocation(is_on=True))
    return working_lab, edge


def zones_of(lab):
    return [one.health for one in lab_view(Lab.objects.get(pk=lab.pk), NOW).state.zones]


# Administrator Guide X15.5, Managing Security: a revoked certificate, and an expired CRL; typed by hand.
@pytest.mark.parametrize(
    ("revoked", "end", "expected"),
    [((), END, Health.WORKS), ((CONTROL,), END, Health.FAILS), ((), shifted(NOW, -DAY), Health.FAILS)],
    ids=["in-force", "revoked", "ended"],
)
def test_the_file_counts_where_revocation_is_checked(checking, revoked, end, expected):
    lab, edge = checking
    assert zones_of(lab) == [Health.WORKS]
    assert crl_management.upload(edge, tried(crl_of(TOP, revoked, end))).event is not None
    assert zones_of(lab) == [expected]
    crl_management.remove(edge)
    assert zones_of(lab) == [Health.WORKS]


def test_a_lab_with_such_a_file_is_exported_and_imported_whole(client, filled):
    upload(client, filled, crl_of(CAS[0]))
    labs.set_release(filled.lab.pk, "X15.5")
    data = client.get(reverse("lab-export", args=[filled.lab.pk])).content
    answer = client.post(reverse("lab-import"), {"file": SimpleUploadedFile("lab.json", data)})
    assert answer.status_code == 302, text(answer)
    made = Lab.objects.exclude(pk=filled.lab.pk).latest("created_at")
    servers = [document_of(Lab.objects.get(pk=lab.pk))["servers"] for lab in (filled.lab, made)]
    assert [[one["lists"], one["slots"]] for one in servers[0]] == [
        [one["lists"], one["slots"]] for one in servers[1]
    ]
    assert any("crl" in one["lists"] for one in servers[0])
    assert any("client" in one["slots"] for one in servers[0])


def test_a_certificate_in_the_file_of_an_imported_lab_is_refused(client, filled):
    upload(client, filled, crl_of(CAS[0]))
    whole = json.loads(client.get(reverse("lab-export", args=[filled.lab.pk])).content)
    server = next(one for one in whole["servers"] if "crl" in one["lists"])
    server["lists"]["crl"].append(server["lists"]["ca"][0])
    data = SimpleUploadedFile("lab.json", json.dumps(whole).encode())
    assert "CRLs and no certificate" in text(client.post(reverse("lab-import"), {"file": data}))
