"""What a certificate may be used for; expected rows typed by hand from OpenSSL's v3_purp.c."""

import pytest
from cryptography import x509

from certstore.pki.forge.shape import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.purpose import Purpose, Unsuited, first_unsuited, unsuited
from tests.pki.chains import below, facts, leaf, root

SERVER, CLIENT, EITHER = Purpose.SERVER, Purpose.CLIENT, Purpose.EITHER
ROOT = root("Root")
ANY, SGC_MICROSOFT, SGC_NETSCAPE = "2.5.29.37.0", "1.3.6.1.4.1.311.10.3.3", "2.16.840.1.113730.4.1"
BY_EKU, BY_USAGE = Unsuited.EXTENDED_KEY_USAGE, Unsuited.KEY_USAGE

# The extended key usages of the certificate shown, and what is against it as a server's, a client's, either one's.
EXTENDED = [
    (None, (None, None, None)),
    ([SERVER_AUTH, CLIENT_AUTH], (None, None, None)),
    ([SERVER_AUTH], (None, BY_EKU, None)),
    ([CLIENT_AUTH], (BY_EKU, None, None)),
    ([ANY], (BY_EKU, BY_EKU, BY_EKU)),
    ([SGC_MICROSOFT], (None, BY_EKU, None)),
    ([SGC_NETSCAPE], (None, BY_EKU, None)),
    (["1.3.6.1.5.5.7.3.4"], (BY_EKU, BY_EKU, BY_EKU)),
]
USAGES = [
    (None, (None, None, None)),
    (["digitalSignature"], (None, None, None)),
    (["keyAgreement"], (None, None, None)),
    (["keyEncipherment"], (None, BY_USAGE, None)),
    (["dataEncipherment"], (BY_USAGE, BY_USAGE, BY_USAGE)),
]


def judged(certificate, is_leaf=True):
    """What is against it for each of the three purposes."""
    return tuple(unsuited(facts(certificate), purpose, is_leaf) for purpose in (SERVER, CLIENT, EITHER))


@pytest.mark.parametrize(("ekus", "expected"), EXTENDED, ids=range(len(EXTENDED)))
def test_the_extended_key_usage_limits_a_certificate_and_a_ca_alike(ekus, expected):
    assert judged(leaf(ROOT, ekus=ekus)) == expected
    assert judged(below(ROOT, "Issuing", ekus=ekus), is_leaf=False) == expected


@pytest.mark.parametrize(("usage", "expected"), USAGES, ids=range(len(USAGES)))
def test_the_key_usage_of_the_certificate_counts(usage, expected):
    assert judged(leaf(ROOT, key_usage=usage)) == expected


def test_the_key_usage_of_a_ca_is_another_matter():
    assert judged(below(ROOT, "Issuing", key_usage=["keyCertSign"]), is_leaf=False) == (None, None, None)


@pytest.mark.parametrize(
    ("bits", "expected"),
    [
        (0x40, (None, BY_USAGE, None)),
        (0x80, (BY_USAGE, None, None)),
        (0xC0, (None, None, None)),
        (0x20, (BY_USAGE,) * 3),
    ],
)
def test_netscapes_certificate_type_counts_as_openssl_counts_it(bits, expected):
    kind = x509.UnrecognizedExtension(
        x509.ObjectIdentifier("2.16.840.1.113730.1.1"), bytes((0x03, 0x02, 0x00, bits))
    )
    assert judged(leaf(ROOT, extensions=[(kind, False)])) == expected


def test_the_first_of_a_chain_that_is_not_good_for_it_is_named_by_its_depth():
    issuing = below(ROOT, "Issuing", ekus=[CLIENT_AUTH])
    chain = [facts(made) for made in (leaf(issuing), issuing, ROOT)]
    assert first_unsuited(chain, SERVER) == 1
    assert first_unsuited(chain, CLIENT) is None
    assert first_unsuited(chain[:1], SERVER) is None
