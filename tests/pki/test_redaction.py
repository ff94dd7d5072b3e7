"""Example names for real ones: each kind by its own, the same for the same, the structure kept."""

import pytest

from certstore.pki.redaction import Redactor


def of_kunde() -> Redactor:
    return Redactor(["kunde.de", "lab.kunde.de"])


def test_the_structure_of_domains_is_kept():
    redactor = of_kunde()
    assert redactor.host("kunde.de") == "example.com"
    assert redactor.host("exp-e1.kunde.de") == "server1.example.com"
    assert redactor.host("exp-c1.lab.kunde.de") == "server2.example.net"
    assert redactor.host("exp-e1") == "server1"
    assert redactor.host("a.b.kunde.de") == "server3.server4.example.com"


@pytest.mark.parametrize("again", ["exp-e1.kunde.de", "EXP-E1.Kunde.DE", "exp-e1.kunde.de."])
def test_the_same_name_is_the_same_example_whatever_its_case(again):
    redactor = of_kunde()
    assert redactor.host("exp-e1.kunde.de") == redactor.host(again)


@pytest.mark.parametrize(
    ("name", "example"),
    [
        ("*.kunde.de", "*.example.com"),
        ("collab-edge.kunde.de", "collab-edge.example.com"),
        ("_collab-edge._tls.kunde.de", "_collab-edge._tls.example.com"),
        ("www.elsewhere.test", "server1.example.org"),
        ("10.1.2.3", "192.0.2.2"),
        ("fd00::7", "2001:db8::1"),
        ("", ""),
    ],
)
def test_what_is_the_products_own_stays_and_the_rest_goes(name, example):
    assert of_kunde().host(name) == example


def test_a_fourth_domain_and_a_hundredth_have_examples_too():
    redactor = Redactor(f"domain{number}.test" for number in range(100))
    assert redactor.host("domain3.test") == "example4.com"
    assert redactor.host("domain99.test") == "example100.com"


@pytest.mark.parametrize(
    ("name", "example"),
    [
        (
            "C=DE, ST=Bayern, O=Kunde AG, OU=IT, CN=exp-e1.kunde.de",
            "C=XX, ST=Example State 1, O=Example Organisation 1, OU=Example Unit 1, CN=server1.example.com",
        ),
        ("O=Kunde AG, Inc., CN=Kunde Issuing CA 4", "O=Example Organisation 1, CN=Example CA 1"),
        ("CN=10.1.2.3", "CN=192.0.2.2"),
        ("1.3.6.1.4.1.99.1=secret", "1.3.6.1.4.1.99.1=Example value 1"),
        ("Kunde without a form", "Example name 1"),
        ("", ""),
    ],
)
def test_a_distinguished_name_keeps_its_attributes(name, example):
    assert of_kunde().distinguished_name(name) == example


def test_one_ca_is_one_example_wherever_it_stands():
    redactor = of_kunde()
    issuer = redactor.distinguished_name("O=Kunde AG, CN=Kunde Root")
    assert redactor.distinguished_name("O=Other, CN=Other Root") != issuer
    assert redactor.any_name("O=Kunde AG, CN=Kunde Root") == issuer


@pytest.mark.parametrize(
    ("name", "example"),
    [
        ("IP Address:10.1.2.3", "IP Address:192.0.2.2"),
        ("DNS:exp-e1.kunde.de", "DNS:server1.example.com"),
        ("exp-e1", "server1"),
        ("Kunde <script>", "Example name 1"),
        ("CN=x", "CN=Example CA 1"),
    ],
)
def test_a_name_of_any_kind_is_told_by_its_text(name, example):
    assert of_kunde().any_name(name) == example


@pytest.mark.parametrize(
    ("name", "example"),
    [
        ("kunde-exp-e1.CER", "file1.cer"),
        ("kunde.tar.gz", "file1"),
        ("kunde", "file1"),
        (".pem", "file1"),
        ("", ""),
    ],
)
def test_a_file_keeps_an_ending_that_is_known(name, example):
    assert of_kunde().file(name) == example


def test_identifiers_are_numbered():
    redactor = of_kunde()
    assert [redactor.key_id(text) for text in ("AA:BB", "CC:DD", "aa:bb", "")] == [
        "example key 1",
        "example key 2",
        "example key 1",
        "",
    ]
