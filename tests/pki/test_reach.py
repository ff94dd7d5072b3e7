"""The hosts that revocation checking has to reach, out of the certificates' own extensions."""

import pytest
from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID

from certstore.pki.reach import hosts_to_reach
from tests.pki.chains import facts, leaf
from tests.pki.zones import PUBLIC_CA


def url(text):
    return x509.UniformResourceIdentifier(text)


def with_points(*urls):
    points = [x509.DistributionPoint([url(one)], None, None, None) for one in urls]
    return facts(leaf(PUBLIC_CA, extensions=[(x509.CRLDistributionPoints(points), False)]))


def with_access(method, text):
    access = x509.AuthorityInformationAccess([x509.AccessDescription(method, url(text))])
    return facts(leaf(PUBLIC_CA, extensions=[(access, False)]))


def test_distribution_points_and_ocsp_are_reached_each_once_in_their_order():
    points = with_points("http://crl.example.net/a.crl", "ldap://dir.example.net/cn=x")
    ocsp = with_access(AuthorityInformationAccessOID.OCSP, "http://ocsp.example.net:8080/")
    again = with_points("http://crl.example.net/b.crl")
    assert hosts_to_reach([points, ocsp, again]) == (
        "crl.example.net:80",
        "dir.example.net:389",
        "ocsp.example.net:8080",
    )


def test_where_the_issuing_certificate_lies_is_nothing_that_a_server_asks():
    issuer = with_access(AuthorityInformationAccessOID.CA_ISSUERS, "http://ca.example.net/ca.cer")
    assert hosts_to_reach([issuer, facts(leaf(PUBLIC_CA))]) == ()


@pytest.mark.parametrize(
    "odd",
    [
        "",
        "nothing",
        "http://",
        "http://[::1",
        "http://host:99999/",
        "javascript:alert(1)",
        "ftp://files.example.net/a.crl",
        "file:///etc/passwd",
    ],
)
def test_an_odd_location_is_left_out(odd):
    assert hosts_to_reach([with_points(odd)]) == ()


def test_a_point_that_names_only_a_directory_entry_is_left_out():
    name = x509.RelativeDistinguishedName([x509.NameAttribute(x509.NameOID.COMMON_NAME, "crl")])
    points = x509.CRLDistributionPoints([x509.DistributionPoint(None, name, None, None)])
    assert hosts_to_reach([facts(leaf(PUBLIC_CA, extensions=[(points, False)]))]) == ()
