"""Which names a peer is known by: decision 6 of this project, on the guides."""

from ipaddress import ip_address

import pytest
from cryptography import x509

from certstore.pki.peer_names import is_address, matched_name, names_that_count, same_address
from tests.pki.chains import facts, leaf, root

ISSUER = root("Root")


def certificate(cn="exp-e1.example.com", sans=("exp-e1.example.com",)):
    """What is known of a certificate with that CN and these alternative names."""
    return facts(leaf(ISSUER, cn, sans=list(sans)))


def address(text):
    """An alternative name that is an IP address."""
    return x509.IPAddress(ip_address(text))


# The name that is wanted, the alternative names, and whether it is found; the CN is always exp-e1.example.com.
BY_ALTERNATIVE_NAME = [
    ("exp-e1.example.com", ["exp-e1.example.com"], True),
    ("EXP-E1.Example.COM", ["exp-e1.example.com"], True),
    ("exp-e1.example.com", ["other.example.com", "Exp-E1.example.com"], True),
    ("exp-e1.example.com", ["other.example.com"], False),  # its CN only
    ("exp-e1.example.com", ["*.example.com"], False),
    ("*.example.com", ["*.example.com"], False),
    ("exp-e1", ["exp-e1.example.com"], False),
    ("exp-e1.example.com.", ["exp-e1.example.com"], False),
    ("exp-e1.example.com", ["exp-e1.example.com.test"], False),
    ("exp-e1.example.com", [], True),  # the CN, where there is no alternative name
    ("cn.example.com", [], False),
    ("", ["exp-e1.example.com"], False),
    ("192.0.2.20", [address("192.0.2.20")], True),
    ("192.0.2.20", ["192.0.2.20"], True),  # as text
    ("192.0.2.2", [address("192.0.2.20")], False),
    ("192.0.2.20", ["exp-e1.example.com"], False),
    ("2001:DB8::0:1", [address("2001:db8::1")], True),
    ("\u212aelvin.example.com", ["kelvin.example.com"], False),  # another letter that has k as its small one
]


@pytest.mark.parametrize(
    ("wanted", "sans", "is_there"), BY_ALTERNATIVE_NAME, ids=range(len(BY_ALTERNATIVE_NAME))
)
def test_a_wanted_name_is_found_where_it_counts(wanted, sans, is_there):
    assert matched_name(certificate(sans=sans), [wanted]) == (wanted if is_there else "")


def test_a_setting_of_the_lab_counts_the_cn_as_well():
    shown = certificate(sans=["other.example.com"])
    assert matched_name(shown, ["exp-e1.example.com"]) == ""
    assert matched_name(shown, ["exp-e1.example.com"], cn_counts=True) == "exp-e1.example.com"
    assert names_that_count(shown, cn_counts=True) == ("other.example.com", "exp-e1.example.com")


def test_a_certificate_with_any_alternative_name_has_no_cn_that_counts():
    shown = certificate(sans=[x509.RFC822Name("somebody@example.com")])
    assert names_that_count(shown, cn_counts=False) == ()


def test_one_of_several_wanted_names_is_enough_and_the_first_that_is_there_is_told():
    shown = certificate(sans=["a.example.com", "b.example.com"])
    assert matched_name(shown, ["x.example.com", "b.example.com", "a.example.com"]) == "b.example.com"
    assert matched_name(shown, []) == ""


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("192.0.2.1", True), ("2001:db8::1", True), ("exp-e1", False), ("192.0.2", False), ("", False)],
)
def test_an_ip_address_is_told_from_a_name(text, is_one):
    assert is_address(text) is is_one


def test_an_address_is_the_same_however_it_is_written():
    assert same_address("2001:db8:0::1", "2001:DB8::1")
    assert not same_address("exp-e1", "exp-e1")
