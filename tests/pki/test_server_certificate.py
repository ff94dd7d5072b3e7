"""The Server certificate page: every rule, and the order in which the rules are asked."""

import ipaddress

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from certstore.pki.facts import decode_certificate, decode_crl
from certstore.pki.forge import authority, forms
from certstore.pki.forge import crl as crls
from certstore.pki.forge.keys import new_ec_key, new_rsa_key
from certstore.pki.forge.shape import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.keys import KeySource, read_key_file
from certstore.pki.releases import SameSubject
from certstore.pki.server_certificate import CHECKS, judge_chain_of
from certstore.pki.server_upload import HeldKey, KeyRule, Outcome
from certstore.pki.server_warnings import WARNINGS
from certstore.pki.sniff import look_at
from certstore.pki.trust import ListInMemory
from tests import keyring
from tests.pki.server_cases import END, FQDN, NOW, START, codes, judged, make_pki, release, server


@pytest.fixture(scope="module")
def pki():
    return make_pki()


def key_pem(key):
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def test_a_sound_certificate_whose_whole_chain_is_trusted_is_accepted_without_a_word(pki):
    judgement = judged(pki.leaf().pem, server(pki))
    assert (judgement.accepted, judgement.outcome, codes(judgement)) == (True, Outcome.ACCEPTED, [])


def test_the_same_certificate_in_der_is_refused_for_its_format_alone(pki):
    judgement = judged(pki.leaf().der, server(pki))
    assert codes(judgement) == ["file.der-certificate"]
    assert judgement.upload.certificate is not None, "the certificate in it is still explained"


def test_a_der_file_is_judged_further_though_its_format_refuses_it(pki):
    judgement = judged(pki.leaf("exp-e1", ekus=[SERVER_AUTH]).der, server(pki, trusted=[pki.top]))
    assert codes(judgement) == [
        "file.der-certificate",
        "server-certificate.cn-not-fqdn",
        "server-certificate.no-client-auth",
        "chain.issuer-missing",
    ]


def test_a_file_with_the_chain_is_refused_as_such(pki):
    data = pki.leaf().pem + pki.issuing.pem + pki.top.pem
    judgement = judged(data, server(pki))
    assert codes(judgement) == ["server-certificate.chain-file"]
    assert judgement.headline.facts == {"certificates": 3}


# (changes of the leaf, release, expected codes), each typed by hand from expressway-pages 2.3 and decisions 4.
LEAVES = [
    ({"name": "exp-e1"}, "X14.3", ["server-certificate.cn-not-fqdn"]),
    ({"name": "192.0.2.1"}, "X14.3", ["server-certificate.cn-not-fqdn"]),
    ({"name": "exp-e1"}, "X14.0", []),
    ({"name": "exp-e1"}, "X14.0.2", ["server-certificate.cn-not-fqdn"]),
    ({"name": "*.example.com"}, "X14.3", ["server-certificate.wildcard"]),
    ({"name": "*.example.com"}, "X14.0", ["server-certificate.wildcard"]),
    ({"sans": [FQDN, "exp-e1"]}, "X14.3", ["server-certificate.san-not-fqdn"]),
    ({"sans": [FQDN, "exp-e1"]}, "X14.0", []),
    ({"sans": [FQDN, "*.example.com"]}, "X15.3", ["server-certificate.wildcard"]),
    ({"sans": [FQDN, "192.0.2.1"]}, "X15.0", ["server-certificate.san-not-fqdn"]),
    ({"sans": [FQDN, "192.0.2.1"]}, "X14.0", []),
    ({"ekus": [SERVER_AUTH]}, "X14.3", ["server-certificate.no-client-auth"]),
    ({"ekus": [CLIENT_AUTH]}, "X14.3", ["server-certificate.no-server-auth"]),
    (
        {"ekus": ["2.5.29.37.0"]},
        "X15.3",
        ["server-certificate.no-client-auth", "server-certificate.no-server-auth"],
    ),
    ({"ekus": None}, "X14.3", ["server-certificate.no-eku"]),
    ({"sans": []}, "X14.3", ["server-certificate.no-san"]),
    ({"digest": "sha1"}, "X14.3", ["server-certificate.weak-digest"]),
]


@pytest.mark.parametrize(("changes", "name", "expected"), LEAVES)
def test_a_certificate_that_is_wrong_in_one_way_gets_its_code(pki, changes, name, expected):
    judgement = judged(pki.leaf(**changes).pem, server(pki, release=release(name)))
    assert codes(judgement) == expected


@pytest.mark.parametrize("address", ["IP Address:192.0.2.1", "IP Address:2001:DB8:0:0:0:0:0:1"])
def test_an_address_among_the_alternative_names_is_refused_whatever_its_family(pki, address):
    plain = address.removeprefix("IP Address:")
    san = [x509.DNSName(FQDN), x509.IPAddress(ipaddress.ip_address(plain))]
    judgement = judged(pki.leaf(sans=san).pem, server(pki))
    assert codes(judgement) == ["server-certificate.san-not-fqdn"]


def test_an_empty_subject_with_alternative_names_is_taken_with_a_warning(pki):
    judgement = judged(pki.leaf(x509.Name([])).pem, server(pki))
    assert (judgement.outcome, codes(judgement)) == (Outcome.WARNED, ["server-certificate.no-cn"])


def test_without_the_issuing_ca_the_upload_is_refused_and_names_it(pki):
    judgement = judged(pki.leaf().pem, server(pki, trusted=[pki.top]))
    assert codes(judgement) == ["chain.issuer-missing"]
    assert judgement.headline.facts["name"] == "CN=Example Issuing CA"
    key_id = decode_certificate(pki.issuing.der).subject_key_id
    assert judgement.headline.facts["key_id"] == key_id


def test_without_the_root_the_upload_is_refused_and_names_it(pki):
    judgement = judged(pki.leaf().pem, server(pki, trusted=[pki.issuing]))
    assert codes(judgement) == ["chain.ca-issuer-missing"]
    assert judgement.headline.facts["name"] == "CN=Example Root CA"


def test_an_expired_certificate_is_refused_by_the_chain_verdict(pki):
    judgement = judged(pki.leaf().pem, server(pki), at=END.replace(year=2030))
    assert codes(judgement) == ["chain.expired"]


def test_an_expired_certificate_with_a_missing_root_gets_both_reasons(pki):
    judgement = judged(pki.leaf().pem, server(pki, trusted=[pki.issuing]), at=END.replace(year=2030))
    assert codes(judgement)[0] == "chain.ca-issuer-missing"
    assert "chain.expired" in codes(judgement)


def test_a_key_that_the_server_does_not_hold_is_refused(pki):
    other = pki.leaf(public_key=keyring.rsa_key("other").public_key())
    judgement = judged(other.pem, server(pki))
    assert codes(judgement) == ["key.mismatch"]
    assert judgement.headline.facts == {"origin": "factory"}


def test_a_server_without_a_key_asks_for_one(pki):
    assert codes(judged(pki.leaf().pem, server(pki, held=None))) == ["key.missing"]


def test_a_key_file_that_came_along_is_what_counts(pki):
    other = keyring.rsa_key("other")
    leaf = pki.leaf(public_key=other.public_key())
    assert judged(leaf.pem, server(pki), read_key_file(key_pem(other))).accepted
    mismatch = judged(pki.leaf().pem, server(pki), read_key_file(key_pem(other)))
    assert codes(mismatch) == ["key.mismatch"]
    assert mismatch.headline.facts == {"origin": "uploaded", "request": "held"}


def test_a_key_file_that_the_gate_refuses_refuses_the_upload(pki):
    encrypted = keyring.rsa_key("server").private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"secret"),
    )
    judgement = judged(pki.leaf().pem, server(pki), read_key_file(encrypted))
    assert codes(judgement) == ["key.encrypted"]


def test_a_key_file_without_a_last_line_feed_is_taken_with_a_warning(pki):
    data = key_pem(keyring.rsa_key("server")).rstrip()
    judgement = judged(pki.leaf().pem, server(pki), read_key_file(data))
    assert (judgement.outcome, codes(judgement)) == (Outcome.WARNED, ["key.no-final-newline"])


def test_in_a_lab_for_real_files_another_key_only_says_that_it_was_not_checked(pki):
    held = HeldKey("0" * 64, KeySource.FACTORY)
    judgement = judged(pki.leaf().pem, server(pki, held=held, key_rule=KeyRule.REAL_FILES))
    assert (judgement.outcome, codes(judgement)) == (Outcome.ACCEPTED, ["key.not-checked"])


def test_in_a_lab_for_real_files_the_loaded_certificates_key_is_a_match(pki):
    judgement = judged(pki.leaf().pem, server(pki, key_rule=KeyRule.REAL_FILES))
    assert codes(judgement) == []


def test_an_ecdsa_key_is_news_before_x14_3(pki):
    key = new_ec_key()
    leaf = pki.leaf(public_key=key.public_key())
    key_file = read_key_file(key_pem(key))
    assert codes(judged(leaf.pem, server(pki), key_file)) == []
    older = judged(leaf.pem, server(pki, release=release("X14.2")), key_file)
    assert codes(older) == ["server-certificate.key-algorithm-untested"]


def test_a_short_rsa_key_is_taken_with_a_warning(pki):
    key = new_rsa_key(1024)
    judgement = judged(pki.leaf(public_key=key.public_key()).pem, server(pki), read_key_file(key_pem(key)))
    assert (judgement.outcome, codes(judgement)) == (Outcome.WARNED, ["server-certificate.weak-key"])


def test_an_end_after_2050_is_warned_about(pki):
    late = END.replace(year=2051)
    top = authority.root("Late Root", keyring.rsa_key("root"), START, late)
    leaf = top.leaf(FQDN, keyring.rsa_key("server").public_key(), START, late, sans=[FQDN])
    judgement = judged(leaf.pem, server(pki, trusted=[top]))
    assert codes(judgement) == ["server-certificate.ends-after-2050"]


def test_an_attribute_that_nobody_can_name_is_warned_about(pki):
    strange = x509.ObjectIdentifier("1.3.6.1.4.1.6449.1.2.1.5.1")
    name = x509.Name([x509.NameAttribute(strange, "x"), x509.NameAttribute(x509.NameOID.COMMON_NAME, FQDN)])
    judgement = judged(pki.leaf(name).pem, server(pki))
    assert codes(judgement) == ["server-certificate.unsupported-oid"]


def test_a_crl_in_the_list_that_names_the_certificate_is_warned_about(pki):
    leaf = pki.leaf(serial=4711)
    crl = decode_crl(crls.as_der(crls.revocation_list(pki.issuing, [leaf], START, END)))
    list_with_crl = ListInMemory([decode_certificate(ca.der) for ca in (pki.top, pki.issuing)], [crl])
    judgement = judged(leaf.pem, server(pki, trust=list_with_crl))
    assert (judgement.accepted, codes(judgement)) == (True, ["server-certificate.revoked-by-crl"])


# Each pair is wrong in two ways; what is asked first is the headline (decisions 4).
ORDER = [
    ({"name": "exp-e1", "sans": ["exp-e1"]}, "server-certificate.cn-not-fqdn"),
    ({"sans": ["exp-e1"], "ekus": [SERVER_AUTH]}, "server-certificate.san-not-fqdn"),
    ({"name": "exp-e1", "public_key": "other"}, "key.mismatch"),
    ({"ekus": [SERVER_AUTH], "end": NOW.replace(year=2026, month=2)}, "server-certificate.no-client-auth"),
]


@pytest.mark.parametrize(("changes", "headline"), ORDER)
def test_what_is_asked_first_is_the_headline(pki, changes, headline):
    if changes.get("public_key") == "other":
        changes = changes | {"public_key": keyring.rsa_key("other").public_key()}
    judgement = judged(pki.leaf(**changes).pem, server(pki))
    assert judgement.headline.code.value == headline
    assert len(judgement.findings) >= 2


def test_format_comes_before_the_number_of_certificates_and_that_before_the_key(pki):
    other = pki.leaf(public_key=keyring.rsa_key("other").public_key())
    as_pkcs7 = forms.as_pkcs7_der([other, pki.issuing])
    assert codes(judged(as_pkcs7, server(pki)))[0] == "file.pkcs7-der"
    assert codes(judged(other.pem + pki.issuing.pem, server(pki)))[0] == "server-certificate.chain-file"


def test_the_wrong_twin_higher_in_the_list_makes_the_result_depend(pki):
    wrong = pki.top.intermediate("Example Issuing CA", keyring.rsa_key("other"), START, END)
    both = server(pki, trusted=[wrong, pki.issuing, pki.top])
    first = judged(pki.leaf().pem, both)
    assert (first.outcome, first.accepted) == (Outcome.DEPENDS, False)
    assert "chain.depends-on-same-subject" in codes(first)
    by_openssl = judged(
        pki.leaf().pem, server(pki, trusted=[wrong, pki.issuing, pki.top], same_subject=SameSubject.OPENSSL)
    )
    assert (by_openssl.outcome, by_openssl.accepted) == (Outcome.DEPENDS, True)


def test_a_result_that_another_rule_refuses_anyway_does_not_depend(pki):
    wrong = pki.top.intermediate("Example Issuing CA", keyring.rsa_key("other"), START, END)
    judgement = judged(pki.leaf("exp-e1").pem, server(pki, trusted=[wrong, pki.issuing, pki.top]))
    assert judgement.outcome is Outcome.REFUSED


def test_judging_the_chain_alone_asks_neither_for_names_nor_for_a_key(pki):
    leaf = pki.leaf("exp-e1", ekus=[SERVER_AUTH], public_key=keyring.rsa_key("other").public_key())
    judgement = judge_chain_of(look_at(leaf.pem), server(pki), NOW)
    assert (judgement.accepted, codes(judgement)) == (True, [])
    refused = judge_chain_of(look_at(leaf.pem), server(pki, trusted=[pki.top]), NOW)
    assert codes(refused) == ["chain.issuer-missing"]


@pytest.mark.parametrize("check", [*CHECKS, *WARNINGS], ids=lambda check: check.__name__)
def test_every_rule_says_where_it_is_documented(check):
    assert "Source:" in check.__doc__
    assert check.__doc__.strip().split("Source:")[1].strip()
