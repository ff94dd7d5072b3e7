"""Certificates that are made: sound ones, and each fault alone."""

import ipaddress
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509.oid import NameOID

from certstore.pki.facts import decode_certificate
from certstore.pki.forge import authority, keys, names
from certstore.pki.forge.requests import signing_request
from certstore.pki.forge.shape import CLIENT_AUTH, SERVER_AUTH
from tests.keyring import ec_key, rsa_key

START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
TOP = authority.root("Example Root", ec_key("root"), START, END)
SERVER = ec_key("server").public_key()


def leaf(**faults) -> x509.Certificate:
    """A server certificate with these faults."""
    return TOP.leaf("exp-e1.example.com", SERVER, START, END, **faults).certificate


def value(certificate: x509.Certificate, kind: type[x509.ExtensionType]):
    """The extension of a kind, or None."""
    return next((found.value for found in certificate.extensions if isinstance(found.value, kind)), None)


def test_a_root_signs_itself_and_says_that_it_is_a_ca():
    made = TOP.certificate
    made.verify_directly_issued_by(made)
    assert made.extensions.get_extension_for_class(x509.BasicConstraints).critical
    assert value(made, x509.BasicConstraints) == x509.BasicConstraints(True, None)
    assert value(made, x509.KeyUsage).key_cert_sign
    assert (
        value(made, x509.AuthorityKeyIdentifier).key_identifier
        == value(made, x509.SubjectKeyIdentifier).digest
    )


def test_an_intermediate_points_at_its_issuer():
    made = TOP.intermediate("Example Issuing CA", ec_key("issuing"), START, END, path_length=0)
    made.certificate.verify_directly_issued_by(TOP.certificate)
    pointed_at = value(made.certificate, x509.AuthorityKeyIdentifier).key_identifier
    assert pointed_at == value(TOP.certificate, x509.SubjectKeyIdentifier).digest
    assert value(made.certificate, x509.BasicConstraints).path_length == 0
    assert made.name == names.subject("Example Issuing CA")


def test_a_leaf_is_no_ca_and_is_for_both_usages():
    made = leaf(sans=["exp-e1.example.com"])
    made.verify_directly_issued_by(TOP.certificate)
    assert not value(made, x509.BasicConstraints).ca
    assert [oid.dotted_string for oid in value(made, x509.ExtendedKeyUsage)] == [SERVER_AUTH, CLIENT_AUTH]
    assert (made.not_valid_before_utc, made.not_valid_after_utc) == (START, END)


def test_a_cross_signed_ca_has_the_name_and_the_key_of_the_other():
    other = authority.root("Other Root", ec_key("other"), START, END)
    crossed = TOP.cross_sign(other, START, END)
    assert (crossed.name, crossed.key) == (other.name, other.key)
    crossed.certificate.verify_directly_issued_by(TOP.certificate)


def test_a_leaf_for_a_request_takes_its_subject_its_key_and_its_names():
    subject = names.subject("exp-e1.example.com", organisation="Example")
    request = signing_request(subject, ec_key("server"), ["exp-e1.example.com", "IP:192.0.2.1"])
    made = TOP.leaf_for(request, START, END).certificate
    assert (made.subject, made.public_key()) == (subject, SERVER)
    assert value(made, x509.SubjectAlternativeName).get_values_for_type(x509.DNSName) == [
        "exp-e1.example.com"
    ]
    unnamed = TOP.leaf_for(signing_request(subject, ec_key("server")), START, END).certificate
    assert value(unnamed, x509.SubjectAlternativeName) is None


def test_a_self_signed_leaf_is_no_ca():
    made = authority.self_signed_leaf("node", ec_key("server"), START, END, sans=["node.example.com"])
    made.certificate.verify_directly_issued_by(made.certificate)
    assert not value(made.certificate, x509.BasicConstraints).ca


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ({"basic_constraints": False}, x509.BasicConstraints),
        ({"key_usage": None}, x509.KeyUsage),
        ({"ekus": None}, x509.ExtendedKeyUsage),
        ({"sans": ()}, x509.SubjectAlternativeName),
        ({"subject_key_id": False}, x509.SubjectKeyIdentifier),
        ({"authority_key_id": False}, x509.AuthorityKeyIdentifier),
    ],
)
def test_each_extension_can_be_left_out_alone(fault, kind):
    whole = leaf(sans=["exp-e1.example.com"])
    broken = leaf(**{"sans": ["exp-e1.example.com"], **fault})
    kinds = {type(found.value) for found in whole.extensions}
    assert kinds - {type(found.value) for found in broken.extensions} == {kind}


def test_key_identifiers_can_be_any_bytes():
    made = leaf(subject_key_id=b"\1\2", authority_key_id=b"\3\4")
    assert value(made, x509.SubjectKeyIdentifier).digest == b"\1\2"
    assert value(made, x509.AuthorityKeyIdentifier).key_identifier == b"\3\4"


def test_what_an_issuer_without_a_key_identifier_signs_points_at_none():
    bare = authority.root("Bare", ec_key("root"), START, END, subject_key_id=False, authority_key_id=False)
    assert value(bare.leaf("node", SERVER, START, END).certificate, x509.AuthorityKeyIdentifier) is None


def test_name_constraints_hold_what_is_permitted_and_what_is_excluded():
    made = TOP.intermediate(
        "CA", ec_key("issuing"), START, END, permitted_dns=["a.test"], excluded_dns=["b.test"]
    )
    found = value(made.certificate, x509.NameConstraints)
    assert (found.permitted_subtrees, found.excluded_subtrees) == (
        [x509.DNSName("a.test")],
        [x509.DNSName("b.test")],
    )


@pytest.mark.parametrize("critical", [True, False])
def test_an_extension_that_nobody_knows_is_critical_or_not(critical):
    found = [
        one
        for one in leaf(unknown_extension=critical).extensions
        if one.oid.dotted_string.startswith("1.3.6.1.4.1.")
    ]
    assert [one.critical for one in found] == [critical]


def test_another_key_breaks_the_signature_and_nothing_else():
    made = leaf(sign_with=ec_key("other"), serial=7)
    with pytest.raises(InvalidSignature):
        made.verify_directly_issued_by(TOP.certificate)
    assert made.issuer == TOP.name
    assert made.serial_number == 7


def test_the_issuer_can_be_spelled_otherwise():
    assert leaf(issuer_name=names.subject("EXAMPLE  ROOT")).issuer == names.subject("EXAMPLE  ROOT")


def test_further_extensions_come_as_they_are():
    access = x509.AuthorityInformationAccess(
        [
            x509.AccessDescription(
                x509.OID_CA_ISSUERS, x509.UniformResourceIdentifier("http://ca.example/ca.cer")
            )
        ]
    )
    assert value(leaf(extensions=[(access, False)]), x509.AuthorityInformationAccess) == access


def test_subjects_may_be_empty_doubled_or_hold_numbers_nobody_knows():
    assert list(TOP.leaf(names.subject(), SERVER, START, END).name) == []
    twice = names.subject("node", units=["a", "b"], others=[("1.2.3.4", "odd")], country="SE")
    assert [part.value for part in twice] == ["SE", "a", "b", "odd", "node"]
    assert twice.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)[1].value == "b"
    assert names.as_name(twice) is twice


def test_alternative_names_of_every_kind_are_read_from_text():
    made = leaf(
        sans=["*.example.com", "IP:2001:db8::1", "email:a@example.com", "URI:https://x", x509.DNSName("b")]
    )
    found = value(made, x509.SubjectAlternativeName)
    assert found.get_values_for_type(x509.DNSName) == ["*.example.com", "b"]
    assert found.get_values_for_type(x509.IPAddress) == [ipaddress.ip_address("2001:db8::1")]
    assert found.get_values_for_type(x509.RFC822Name) == ["a@example.com"]
    assert found.get_values_for_type(x509.UniformResourceIdentifier) == ["https://x"]
    with pytest.raises(ValueError, match="192"):
        leaf(sans=["IP:192.0.2.999"])


@pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512", "sha1", "md5"])
def test_every_digest_makes_a_signature_that_verifies(digest):
    top = authority.root("Example Root", rsa_key("root"), START, END, digest=digest)
    found = decode_certificate(top.der)
    assert (found.signature_digest, found.is_self_signed) == (digest, True)


def test_old_digests_take_an_rsa_key_and_unknown_ones_are_refused():
    with pytest.raises(ValueError, match="RSA"):
        leaf(digest="sha1")
    with pytest.raises(ValueError, match="md7"):
        leaf(digest="md7")


def test_keys_are_of_the_kind_that_is_asked_for():
    assert keys.new_rsa_key(1024).key_size == 1024
    assert keys.new_ec_key().curve.name == "secp256r1"
    top = authority.root("Ed", keys.new_ed25519_key(), START, END)
    top.certificate.verify_directly_issued_by(top.certificate)


def test_no_key_shows_in_what_is_printed():
    assert "key" not in repr(TOP)
