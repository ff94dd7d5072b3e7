"""Maintenance > Security > Trusted CA certificate, as a person uses it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certstore.models import Attempt, TrustEntry
from certstore.pki.facts import decode_certificate
from tests.labs import content_of, fill_lab


@pytest.fixture
def filled(db):
    return fill_lab("ann")


@pytest.fixture
def there(client, filled):
    client.force_login(filled.owner)
    return client


def url(filled, name="trusted-ca"):
    return reverse(name, args=[filled.node.pk])


def append(client, filled, data, name="ca.pem"):
    return client.post(url(filled, "trusted-ca-append"), {"file": SimpleUploadedFile(name, data)})


def entries(filled):
    return list(TrustEntry.objects.filter(store__node=filled.node).values_list("pk", flat=True))


def text(response):
    return response.content.decode()


def test_a_new_list_shows_what_a_new_expressway_trusts(there, filled):
    page = text(there.get(reverse("trusted-ca", args=[filled.lab.nodes.get(host="exp-c1").pk])))
    assert "O=Internet Security Research Group, CN=ISRG Root X1" in page
    assert "O=Digital Signature Trust Co., CN=DST Root CA X3" in page
    assert "Temporary CA" in page
    assert "Matches Issuer" in page
    assert "Sep 30 2021" in page
    assert "Expired" in page


def test_appending_says_how_many_the_file_held_and_how_many_were_new(there, filled):
    before = len(entries(filled))
    answer = append(there, filled, content_of(filled.lab, "exp-e1-renewal-issuing-ca.pem"))
    assert answer.status_code == 302
    page = text(there.get(answer["Location"]))
    assert "Certificates: 1" in page
    assert len(entries(filled)) == before + 1


def test_what_is_there_already_is_not_added_again(there, filled):
    before = entries(filled)
    answer = append(there, filled, content_of(filled.lab, "exp-e1-ca-bundle.pem"))
    assert answer.status_code == 302
    assert entries(filled) == before
    assert "Certificates: 2" in text(there.get(answer["Location"]))


def test_a_file_in_the_wrong_format_is_refused_with_422_and_changes_nothing(there, filled):
    before = entries(filled)
    answer = append(there, filled, content_of(filled.lab, "exp-e1-root-ca.cer"), "root.pem")
    assert answer.status_code == 422
    assert "File upload failed." in text(answer)
    assert entries(filled) == before
    attempt = Attempt.objects.filter(lab=filled.lab).first()
    assert (attempt.code, attempt.file_name, attempt.stored) == ("file.der-certificate", "root.pem", False)


def test_no_file_chosen_is_said(there, filled):
    answer = there.post(url(filled, "trusted-ca-append"))
    assert answer.status_code == 422
    assert Attempt.objects.filter(lab=filled.lab).first().code == "file.missing"


def test_a_file_beyond_the_limit_is_refused_unread(there, filled):
    answer = append(there, filled, b"x" * (4096 * 1024 + 1))
    assert answer.status_code in (413, 422)


def test_delete_asks_first_and_then_deletes_the_ticked_rows(there, filled):
    first, second, *_ = before = entries(filled)
    asking = there.post(url(filled, "trusted-ca-delete"), {"entry": [first, second]})
    assert asking.status_code == 200
    assert entries(filled) == before
    done = there.post(url(filled, "trusted-ca-delete"), {"entry": [first, second], "confirmed": "1"})
    assert done.status_code == 302
    assert entries(filled) == before[2:]
    assert "2" in text(there.get(done["Location"]))


@pytest.mark.parametrize("wrong", [[], ["x"], ["-1"], ["9" * 5000], ["99999999999999999999"]])
def test_delete_with_nothing_that_is_a_row_changes_nothing(there, filled, wrong):
    before = entries(filled)
    answer = there.post(url(filled, "trusted-ca-delete"), {"entry": wrong, "confirmed": "1"})
    assert answer.status_code in (302, 422)
    assert entries(filled) == before


def test_reset_asks_first_and_goes_back_to_the_default_list(there, filled):
    assert there.post(url(filled, "trusted-ca-reset")).status_code == 200
    assert len(entries(filled)) == 5
    assert there.post(url(filled, "trusted-ca-reset"), {"confirmed": "1"}).status_code == 302
    page = text(there.get(url(filled)))
    assert "ISRG Root X1" in page
    assert len(entries(filled)) == 3


def test_show_all_pem_gives_every_certificate_with_its_name_before_it(there, filled):
    answer = there.get(url(filled, "trusted-ca-pem"))
    body = text(answer)
    assert answer["Content-Type"].startswith("text/plain")
    assert body.count("-----BEGIN CERTIFICATE-----") == 5
    assert "O=Internet Security Research Group, CN=ISRG Root X1\n-----BEGIN" in body


def test_what_show_all_pem_gives_can_be_appended_to_another_list(there, filled):
    body = there.get(url(filled, "trusted-ca-pem")).content
    other = filled.lab.nodes.get(host="exp-c1")
    answer = there.post(
        reverse("trusted-ca-append", args=[other.pk]), {"file": SimpleUploadedFile("all.pem", body)}
    )
    assert answer.status_code == 302
    assert TrustEntry.objects.filter(store__node=other).count() == 3 + 3  # the two roots are there already


def test_decoded_views_show_the_certificates(there, filled):
    everything = text(there.get(url(filled, "trusted-ca-decoded")))
    assert everything.count("Serial Number") == 5
    one = text(there.get(reverse("trusted-ca-entry", args=[filled.node.pk, filled.entry.pk])))
    assert one.count("Serial Number") == 1


def test_the_list_can_be_filtered_and_sorted(there, filled):
    found = text(there.get(url(filled), {"q": "isrg x1"}))
    assert "ISRG Root X1" in found
    assert "DST Root CA X3" not in found
    by_end = text(there.get(url(filled), {"sort": "expiry"}))
    assert by_end.index("Sep 30 2021") < by_end.index("Jun 04 2035")
    backwards = text(there.get(url(filled), {"sort": "expiry", "order": "desc"}))
    assert backwards.index("Sep 30 2021") > backwards.index("Jun 04 2035")


@pytest.mark.parametrize(
    "query", [{"sort": "nonsense"}, {"q": "\x00"}, {"q": "x" * 9000}, {"event": "9" * 5000}]
)
def test_a_query_that_makes_no_sense_shows_the_list(there, filled, query):
    assert there.get(url(filled), query).status_code == 200


def test_the_same_subject_twice_is_labelled_in_the_list(there, filled):
    from datetime import UTC, datetime

    from certstore.pki.forge.authority import root
    from tests import keyring

    facts = decode_certificate(content_of(filled.lab, "exp-e1-root-ca.cer"))
    from cryptography import x509

    name = x509.load_der_x509_certificate(facts.der).subject
    twin = root(
        name, keyring.rsa_key("twin"), datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
    )
    answer = append(there, filled, twin.pem)
    assert Attempt.objects.filter(lab=filled.lab).first().outcome == "warned"
    assert facts.subject in text(there.get(answer["Location"]))


def test_the_number_of_queries_does_not_grow_with_the_list(there, filled, django_assert_max_num_queries):
    with django_assert_max_num_queries(25) as few:
        there.get(url(filled))
    small = len(few)
    with open("/etc/ssl/certs/ca-certificates.crt", "rb") as bundle:
        append(there, filled, bundle.read())
    assert len(entries(filled)) > 100
    with django_assert_max_num_queries(small) as many:
        page = text(there.get(url(filled)))
    assert len(many) == small
    assert page.count("View (decoded)") > 100
