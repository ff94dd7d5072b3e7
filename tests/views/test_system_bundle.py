"""All the CAs that a system trusts, appended in one upload; and the list's limit of a thousand."""

import subprocess
from html import unescape
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certstore.models import Attempt, Event, Lab, TrustEntry
from certstore.pki.facts import decode_certificate
from tests.long_lists import fill_list, strangers, strangers_file
from tests.needs import missing, needs_openssl

BUNDLE = Path("/etc/ssl/certs/ca-certificates.crt")


@pytest.fixture(scope="module")
def bundle() -> bytes:
    """The file in which Debian, Ubuntu and others keep the CAs they trust."""
    return BUNDLE.read_bytes() if BUNDLE.is_file() else missing(f"there is no {BUNDLE}")


@pytest.fixture
def append(owner_client, exp_e):
    def send(data: bytes):
        address = reverse("trusted-ca-append", args=[exp_e.pk])
        return owner_client.post(address, {"file": SimpleUploadedFile("ca-certificates.crt", data)})

    return send


def show(client, node, name="trusted-ca", **query) -> str:
    return client.get(reverse(name, args=[node.pk]), query).content.decode()


def count_of(node) -> int:
    return TrustEntry.objects.filter(store__node=node).count()


def sha256s_in(pem: bytes) -> list[str]:
    return [found.fingerprint(SHA256()).hex() for found in x509.load_pem_x509_certificates(pem)]


def stored_sha256s(node) -> list[str]:
    rows = TrustEntry.objects.filter(store__node=node)
    return list(rows.values_list("certificate__sha256", flat=True))


def test_all_of_it_is_taken_in_one_upload(append, bundle, exp_e):
    before = stored_sha256s(exp_e)
    assert append(bundle).status_code == 302
    expected = before + [found for found in sha256s_in(bundle) if found not in before]
    assert stored_sha256s(exp_e) == expected
    assert len(expected) > 100


@needs_openssl
def test_it_holds_as_many_as_openssl_counts(append, bundle, exp_e, openssl):
    fill_list(exp_e, [])
    append(bundle)
    words = [openssl, "storeutl", "-noout", "-certs", str(BUNDLE)]
    said = subprocess.run(words, capture_output=True, text=True, check=True, timeout=60).stdout
    assert f"Total found: {count_of(exp_e)}\n" in said


def test_the_answer_says_how_many_the_file_held_and_how_many_were_new(append, bundle, exp_e, owner_client):
    before = stored_sha256s(exp_e)
    held = sha256s_in(bundle)
    page = owner_client.get(append(bundle)["Location"]).content.decode()
    document = Attempt.objects.get(lab=exp_e.lab, stored=True).findings
    assert document["certificates"] == len(held)
    assert document["new_certificates"] == len(set(held) - set(before))
    assert f"Certificates: {len(held)}" in page


def test_the_page_shows_every_one_of_them(append, bundle, exp_e, owner_client):
    append(bundle)
    page = unescape(show(owner_client, exp_e))
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    assert body.count("<tr>") == count_of(exp_e)
    for der in TrustEntry.objects.filter(store__node=exp_e).values_list("certificate__der", flat=True):
        assert decode_certificate(bytes(der)).issuer in body


def test_what_is_exported_is_what_went_in(append, bundle, exp_e, owner_client):
    before = stored_sha256s(exp_e)
    append(bundle)
    exported = show(owner_client, exp_e, "trusted-ca-pem").encode()
    held = sha256s_in(bundle)
    assert sha256s_in(exported) == before + [found for found in held if found not in before]
    assert append(exported).status_code == 302
    assert count_of(exp_e) == len(sha256s_in(exported))


def test_every_one_of_them_is_shown_decoded(append, bundle, exp_e, owner_client):
    append(bundle)
    text = show(owner_client, exp_e, "trusted-ca-decoded")
    assert text.count("Subject Public Key Info:") == count_of(exp_e)


def test_the_same_file_again_adds_nothing(append, bundle, exp_e):
    append(bundle)
    before, rows = stored_sha256s(exp_e), Lab.objects.get(pk=exp_e.lab_id).certificates.count()
    assert append(bundle).status_code == 302
    assert stored_sha256s(exp_e) == before
    assert Lab.objects.get(pk=exp_e.lab_id).certificates.count() == rows
    event = Event.objects.filter(lab=exp_e.lab).latest("seq")
    assert (event.code, event.params["count"]) == ("trusted-ca.appended", 0)


def test_in_a_different_order_it_is_the_same_file_to_the_list(append, bundle, exp_e):
    append(bundle)
    before = stored_sha256s(exp_e)
    blocks = bundle.decode().split("-----END CERTIFICATE-----\n")[:-1]
    turned = "".join(block + "-----END CERTIFICATE-----\n" for block in reversed(blocks))
    assert append(turned.encode()).status_code == 302
    assert stored_sha256s(exp_e) == before


def test_a_list_of_999_takes_one_more_and_not_two(append, exp_e, owner_client):
    fill_list(exp_e, strangers(999))
    rows = exp_e.lab.certificates.count()
    refused = append(strangers_file(2, first=999))
    assert refused.status_code == 422
    assert count_of(exp_e) == 999
    assert Attempt.objects.filter(lab=exp_e.lab).latest("at_real").code == "trusted-ca.list-full"
    assert exp_e.lab.certificates.count() == rows + 2  # kept with the attempt, in no list
    assert append(strangers_file(1, first=999)).status_code == 302
    assert count_of(exp_e) == 1000
    assert append(strangers_file(1, first=1000)).status_code == 422
    assert count_of(exp_e) == 1000


def test_a_full_list_still_takes_what_it_holds_and_is_shown_whole(append, exp_e, owner_client):
    fill_list(exp_e, strangers(1000))
    assert append(strangers_file(1000)).status_code == 302
    assert count_of(exp_e) == 1000
    page = show(owner_client, exp_e)
    assert page[page.index("<tbody>") :].count('name="entry"') == 1000


def test_a_thousand_come_in_one_file_and_1001_do_not(append, exp_e):
    fill_list(exp_e, [])
    assert append(strangers_file(1001)).status_code == 422
    assert count_of(exp_e) == 0
    assert append(strangers_file(1000)).status_code == 302
    assert count_of(exp_e) == 1000


def test_all_of_a_full_list_can_be_ticked_and_deleted_in_one_form(exp_e, owner_client):
    fill_list(exp_e, strangers(1000))
    address = reverse("trusted-ca-delete", args=[exp_e.pk])
    entries = list(TrustEntry.objects.filter(store__node=exp_e).values_list("pk", flat=True))
    asking = owner_client.post(address, {"entry": entries})
    assert asking.status_code == 200
    assert count_of(exp_e) == 1000
    assert owner_client.post(address, {"entry": entries, "confirmed": "1"}).status_code == 302
    assert count_of(exp_e) == 0
