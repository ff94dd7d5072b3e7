"""Client certificate testing: the reason, the decoded certificate below it, and nothing that is kept."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certstore.actions import crl_management, labs, trusted_ca
from certstore.models import Lab
from certstore.pki.forge import crl
from certstore.pki.forge.authority import root
from certstore.pki.forge.shape import CLIENT_AUTH, SERVER_AUTH
from tests import keyring
from tests.labs import fill_lab, lab_state, tried
from tests.odd_files import ODD_FILES
from tests.pki.material import key_pem
from tests.pki.server_cases import END, NOW, START

TOP = root("Example User Root CA", keyring.rsa_key("root"), START, END)
OTHER = root("Example Other Root CA", keyring.rsa_key("other"), START, END)


def user(issuer=TOP, end=END, ekus=(CLIENT_AUTH,)):
    return issuer.leaf(
        "ann@example.com", keyring.rsa_key("odd").public_key(), START, end, sans=[], ekus=list(ekus)
    )


PAST = NOW - timedelta(days=1)
USER = user()


def crl_of(revoked=(), end=END):
    return crl.as_pem(crl.revocation_list(TOP, list(revoked), START, end))


@pytest.fixture
def filled(client, db):
    filled = fill_lab("ann")
    labs.set_lab_time(filled.lab.pk, NOW)
    trusted_ca.append(filled.node, tried(TOP.pem), filled.owner)
    client.force_login(filled.owner)
    return filled


def check(client, filled, data):
    files = {"certificate": SimpleUploadedFile("user.pem", data)}
    return client.post(reverse("client-certificate-testing", args=[filled.node.pk]), files)


def said(answer):
    """The result in the frame, without its marks."""
    return " ".join(
        answer.content.decode().split("Certificate test results")[1].split("decoded-heading")[0].split()
    )


# OpenSSL's texts (openssl-verdicts); typed by hand. (the file, the revocation list file, what is said)
CASES = {
    "trusted": (USER, crl_of(), "The certificate is trusted."),
    "no-crl": (USER, None, "trusted, but: unable to get certificate CRL"),
    "revoked": (USER, crl_of([USER]), "not trusted: certificate revoked"),
    "crl-ended": (USER, crl_of(end=PAST), "not trusted: CRL has expired"),
    "expired": (user(end=PAST), crl_of(), "not trusted: certificate has expired"),
    "ca-unknown": (user(OTHER), None, "not trusted: unable to get local issuer certificate"),
    "server-only": (user(ekus=(SERVER_AUTH,)), None, "not trusted: unsuitable certificate purpose"),
}


@pytest.mark.parametrize("case", CASES)
def test_the_result_has_the_reason_and_the_decoded_certificate_below(client, filled, case):
    certificate, crls, expected = CASES[case]
    if crls is not None:
        crl_management.upload(filled.node, tried(crls))
    answer = check(client, filled, certificate.pem)
    assert answer.status_code == 200
    assert expected in said(answer)
    assert "ann@example.com" in answer.content.decode().split('aria-labelledby="decoded-heading"')[1]


def test_nothing_is_kept(client, filled):
    before = lab_state(filled.lab)
    check(client, filled, USER.pem)
    check(client, filled, user(OTHER).pem)
    assert lab_state(filled.lab) == before


def test_with_our_column_off_it_says_only_what_the_server_says(client, filled):
    labs.set_explanations(filled.lab.pk, Lab.Explanations.OFF)
    page = check(client, filled, user(OTHER).pem).content.decode()
    assert "unable to get local issuer certificate" in page
    assert "Why is it not trusted?" not in page


@pytest.mark.parametrize(
    "data", [b"", b"no certificate", USER.der, USER.pem + key_pem()], ids=["", "text", "der", "key"]
)
def test_what_is_no_pem_certificate_is_refused_with_a_sentence(client, filled, data):
    answer = check(client, filled, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The file cannot be tested." in page
    assert "BEGIN" not in page


def test_no_odd_file_is_any_trouble(client, filled):
    for odd in ODD_FILES:
        assert check(client, filled, odd.build(USER.pem, key_pem())).status_code in (200, 422), odd.name


def test_no_file_is_a_sentence_too(client, filled):
    answer = client.post(reverse("client-certificate-testing", args=[filled.node.pk]))
    assert answer.status_code == 422
