"""Our reasons beside OpenSSL's verdict: where it stops at one, ours is the same one."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, ObjectIdentifier

from certstore.pki import der
from certstore.pki.chain_problems import problems_in
from certstore.pki.codes import Code
from certstore.pki.facts import decode_certificate
from certstore.pki.forge import names
from certstore.pki.issuing import parse
from certstore.pki.judge import judge_chain
from certstore.pki.moments import iso
from tests.pki.chains import END, HOST, LONG_AGO, NOW, YESTERDAY, below, facts, leaf, picture, root, verdict

ROOT = root("Root")
ISSUING = below(ROOT, "Issuing")


def problems(*chain, is_complete=True, at=NOW):
    """Code and depth of all that is wrong with a chain that is given from the leaf upwards."""
    found = problems_in([parse(facts(made)) for made in chain], is_complete, iso(at))
    return [(one.code, one.facts["depth"]) for one in found]


def test_nothing_is_wrong_with_a_sound_chain():
    assert problems(leaf(ISSUING), ISSUING, ROOT) == []
    assert problems(leaf(ISSUING), ISSUING, is_complete=False) == []


def test_the_last_second_counts_in():
    node = leaf(ISSUING, end=NOW)
    assert problems(node, ISSUING, ROOT) == []
    assert problems(node, ISSUING, ROOT, at=NOW + timedelta(seconds=1)) == [(Code.CHAIN_EXPIRED, 0)]
    assert verdict(node, ISSUING, ROOT, at=NOW) == (0, 2)
    assert verdict(node, ISSUING, ROOT, at=NOW + timedelta(seconds=1)) == (10, 0)


def test_a_ca_that_has_its_issuers_name_does_not_count_for_the_path_length():
    top = root("Top", path_length=0)
    rolled_over = below(top, "Top", key="new key")
    node = leaf(rolled_over, start=LONG_AGO, end=YESTERDAY)
    assert verdict(node, top, rolled_over) == (10, 0)
    assert problems(node, rolled_over, top) == [(Code.CHAIN_EXPIRED, 0)]
    another = below(top, "Another")
    assert problems(leaf(another), another, top) == [(Code.CHAIN_PATH_LENGTH, 2)]


def test_only_at_the_top_is_key_usage_enough_to_be_a_ca():
    old_root, old_issuing = (
        root("Root", basic_constraints=False),
        below(ROOT, "Issuing", basic_constraints=False),
    )
    assert problems(leaf(ISSUING), ISSUING, old_root) == []
    assert verdict(leaf(ISSUING), ISSUING, old_root) == (0, 2)
    assert problems(leaf(ISSUING), old_issuing, ROOT) == [(Code.CHAIN_NOT_A_CA, 1)]
    assert problems(leaf(ISSUING), old_issuing, is_complete=False) == [(Code.CHAIN_NOT_A_CA, 1)]


def _as_version_1(made):
    """A certificate of version 1 with the same name and key: it has no extensions."""
    fields = list(der.read(made.certificate.tbs_certificate_bytes).parts())[1:7]
    signed = der.write(der.SEQUENCE, b"".join(part.whole() for part in fields))
    signature = made.key.sign(signed, ec.ECDSA(hashes.SHA256()))
    algorithm = fields[1].whole()
    return decode_certificate(
        der.write(der.SEQUENCE, signed + algorithm + der.write(0x03, b"\0" + signature))
    )


def test_a_root_of_version_1_is_a_ca_without_saying_so():
    old, bare = _as_version_1(ROOT), root("Root", basic_constraints=False, key_usage=None)
    node = facts(leaf(ROOT))
    chain = [parse(node), parse(old)]
    assert judge_chain(node, [old], NOW).number == 0
    assert list(problems_in(chain, True, iso(NOW))) == []
    assert problems(leaf(ROOT), bare) == [(Code.CHAIN_NOT_A_CA, 1)]
    assert verdict(leaf(ROOT), bare) == (79, 1)


CRITICAL = {
    "policies": x509.CertificatePolicies([x509.PolicyInformation(ObjectIdentifier("1.2.3.4"), None)]),
    "distribution points": x509.CRLDistributionPoints(
        [x509.DistributionPoint([x509.UniformResourceIdentifier("http://ca.example/crl")], None, None, None)]
    ),
    "no check": x509.OCSPNoCheck(),
    "policy constraints": x509.PolicyConstraints(0, None),
    "any policy": x509.InhibitAnyPolicy(0),
    "usages": x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]),
    "names": x509.SubjectAlternativeName([x509.DNSName(HOST)]),
    "features": x509.TLSFeature([x509.TLSFeatureType.status_request]),
    "access": x509.AuthorityInformationAccess(
        [x509.AccessDescription(x509.OID_CA_ISSUERS, x509.UniformResourceIdentifier("http://ca.example/ca"))]
    ),
    "issuer's names": x509.IssuerAlternativeName([x509.DNSName("ca.example")]),
    "subject key": x509.SubjectKeyIdentifier(b"1234"),
    "authority key": x509.AuthorityKeyIdentifier.from_issuer_public_key(ROOT.key.public_key()),
    "netscape": x509.UnrecognizedExtension(
        ObjectIdentifier("2.16.840.1.113730.1.1"), bytes.fromhex("03020640")
    ),
    "mappings": x509.UnrecognizedExtension(
        ObjectIdentifier("2.5.29.33"), bytes.fromhex("300c300a06032a030406032a0305")
    ),
    "addresses": x509.UnrecognizedExtension(ObjectIdentifier("1.3.6.1.5.5.7.1.7"), bytes.fromhex("3000")),
    "systems": x509.UnrecognizedExtension(ObjectIdentifier("1.3.6.1.5.5.7.1.8"), bytes.fromhex("3000")),
    "nobody's": x509.UnrecognizedExtension(ObjectIdentifier("1.2.3.4"), b"\x05\x00"),
    "period": x509.PrivateKeyUsagePeriod(NOW.replace(tzinfo=None), END.replace(tzinfo=None)),
}


UNKNOWN = {"features", "access", "issuer's names", "subject key", "authority key", "nobody's", "period"}


@pytest.mark.parametrize("name", CRITICAL)
def test_openssl_knows_exactly_the_critical_extensions_that_we_think_it_knows(name):
    bare = {"sans": (), "ekus": None, "subject_key_id": False, "authority_key_id": False}
    node = leaf(ROOT, **bare, extensions=[(CRITICAL[name], True)])
    refused = verdict(node, ROOT) == (34, 0)
    assert refused == (problems(node, ROOT) == [(Code.CHAIN_UNKNOWN_CRITICAL_EXTENSION, 0)])
    assert refused == (name in UNKNOWN)


@pytest.mark.parametrize(
    "tree", ["example.test", ".example.test", "node.example.test", "test", "ample.test", "other", ""]
)
@pytest.mark.parametrize(
    "dns", ["node.example.test", "NODE.Example.TEST", "example.test", "example.test.evil"]
)
@pytest.mark.parametrize("kind", ["permitted_dns", "excluded_dns"])
def test_a_dns_name_is_allowed_exactly_when_openssl_allows_it(tree, dns, kind):
    top = root("Strict", **{kind: [tree]})
    node = leaf(top, sans=[dns])
    number = {"permitted_dns": 47, "excluded_dns": 48}[kind]
    refused = verdict(node, top) == (number, 0)
    assert refused or verdict(node, top) == (0, 1)
    assert problems(node, top) == ([(Code.CHAIN_NAME_CONSTRAINT, 0)] if refused else [])


@pytest.mark.parametrize(
    ("name", "sans", "refused"),
    [
        ("node.other.test", (), True),
        ("node.other.test", ("node.example.test",), False),
        ("node.example.test", (), False),
        ("no host name", (), False),
    ],
)
def test_a_common_name_counts_where_there_is_no_dns_name(name, sans, refused):
    top = root("Strict", permitted_dns=["example.test"])
    node = leaf(top, names.subject(name), sans=sans)
    assert (verdict(node, top) == (47, 0)) == refused
    assert (problems(node, top) == [(Code.CHAIN_NAME_CONSTRAINT, 0)]) == refused


def test_constraints_on_other_kinds_of_names_are_left_to_openssl():
    constraints = x509.NameConstraints(None, [x509.RFC822Name("example.test")])
    top = root("Strict", extensions=[(constraints, True)])
    node = leaf(top, sans=["email:a@example.test"])
    assert problems(node, top) == []
    drawn = picture(node, top)
    assert (drawn.headline.code, drawn.headline.facts["number"]) == (Code.CHAIN_NAME_CONSTRAINT, 48)
