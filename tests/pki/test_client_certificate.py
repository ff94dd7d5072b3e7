"""The Client certificate page: what it takes by the extended key usage, and that the rest is asked as of a server's."""

import pytest

from certstore.pki.client_certificate import judge_for_both, judge_upload
from certstore.pki.forge.shape import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.sniff import look_at
from tests.pki.server_cases import NOW, codes, make_pki, release, server

ANY = "2.5.29.37.0"
REFUSED = ["client-certificate.no-client-auth"]


@pytest.fixture(scope="module")
def pki():
    return make_pki()


def judged(data, pki, **changes):
    return judge_upload(look_at(data), None, server(pki, release=release("X15.5"), **changes), NOW)


# Typed by hand from expressway-pages 2.3, rows 9 and 10 (Administrator Guide X15.5); the last one is our reading.
@pytest.mark.parametrize(
    ("ekus", "expected"),
    [
        ([SERVER_AUTH], REFUSED),
        ([CLIENT_AUTH], []),
        ([SERVER_AUTH, CLIENT_AUTH], []),
        (None, []),
        ([ANY], REFUSED),
    ],
    ids=["server", "client", "both", "none", "any"],
)
def test_the_page_takes_a_certificate_by_its_usages(pki, ekus, expected):
    judgement = judged(pki.leaf(ekus=ekus).pem, pki)
    assert (codes(judgement), judgement.accepted) == (expected, not expected)


def test_a_refusal_says_which_usages_there_are(pki):
    assert judged(pki.leaf(ekus=[SERVER_AUTH]).pem, pki).headline.facts == {
        "eku": "TLS Web Server Authentication"
    }


def test_the_rest_is_asked_in_the_order_of_the_server_certificate_page(pki):
    data = pki.leaf("exp-e1", ekus=[SERVER_AUTH], sans=["exp-e1"]).pem
    found = codes(judged(data, pki, trusted=[pki.top], held=None))
    assert found == [
        "key.missing",
        "server-certificate.cn-not-fqdn",
        "server-certificate.san-not-fqdn",
        *REFUSED,
        "chain.issuer-missing",
    ]


def test_a_der_file_is_refused_for_its_format(pki):
    assert codes(judged(pki.leaf().der, pki)) == ["file.der-certificate"]


# What is to be both has to be fit for both: typed by hand; our reading.
@pytest.mark.parametrize(
    ("ekus", "expected"),
    [
        ([SERVER_AUTH], REFUSED),
        ([CLIENT_AUTH], ["server-certificate.no-server-auth"]),
        ([SERVER_AUTH, CLIENT_AUTH], []),
        (None, []),
    ],
    ids=["server", "client", "both", "none"],
)
def test_a_certificate_for_both_places_is_fit_for_both(pki, ekus, expected):
    on = server(pki, release=release("X15.5"))
    assert codes(judge_for_both(look_at(pki.leaf(ekus=ekus).pem), None, on, NOW)) == expected
