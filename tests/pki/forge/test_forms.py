"""The forms in which certificates and CRLs come as files."""

from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs7, pkcs12

from certstore.pki.forge import authority, crl, forms, names
from tests.keyring import ec_key

START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
TOP = authority.root("Example Root", ec_key("root"), START, END)
ISSUING = TOP.intermediate("Example Issuing CA", ec_key("issuing"), START, END)
LEAF = ISSUING.leaf("node", ec_key("server").public_key(), START, END)


def test_der_and_pem_hold_the_same_certificate():
    assert x509.load_der_x509_certificate(forms.as_der(LEAF)) == LEAF.certificate
    assert x509.load_pem_x509_certificate(forms.as_pem(LEAF)) == LEAF.certificate


def test_pkcs7_holds_them_all_in_both_forms():
    wanted = {TOP.certificate, ISSUING.certificate}
    assert set(pkcs7.load_der_pkcs7_certificates(forms.as_pkcs7_der([TOP, ISSUING]))) == wanted
    assert set(pkcs7.load_pem_pkcs7_certificates(forms.as_pkcs7_pem([TOP, ISSUING]))) == wanted


def test_pkcs12_needs_its_password_and_holds_the_key():
    data = forms.as_pkcs12(LEAF, ec_key("server"), [ISSUING, TOP], "secret")
    found = pkcs12.load_pkcs12(data, b"secret")
    assert found.cert is not None
    assert found.cert.certificate == LEAF.certificate
    assert len(found.additional_certs) == 2
    with pytest.raises(ValueError, match="password"):
        pkcs12.load_pkcs12(data, b"wrong")


def test_a_bundle_names_each_certificate_above_it():
    lines = forms.as_bundle([ISSUING, TOP]).decode().splitlines()
    assert lines[:3] == [
        "# subject: CN=Example Issuing CA",
        "# issuer: CN=Example Root",
        "-----BEGIN CERTIFICATE-----",
    ]
    loaded = x509.load_pem_x509_certificates(forms.as_bundle([ISSUING, TOP]))
    assert loaded == [ISSUING.certificate, TOP.certificate]


def test_no_name_can_start_a_line_or_a_block_of_its_own_in_a_bundle():
    hostile = names.subject("a\n-----BEGIN CERTIFICATE-----\nb")
    made = authority.root(hostile, ec_key("root"), START, END)
    assert x509.load_pem_x509_certificates(forms.as_bundle([made])) == [made.certificate]
    assert forms.as_bundle([made]).count(b"-----BEGIN") == 1


def test_a_crl_names_what_it_revokes_and_is_signed_by_its_issuer():
    made = crl.revocation_list(ISSUING, [LEAF], START, END, number=7)
    assert made.is_signature_valid(ISSUING.key.public_key())
    assert [entry.serial_number for entry in made] == [LEAF.certificate.serial_number]
    assert (made.issuer, made.last_update_utc, made.next_update_utc) == (ISSUING.name, START, END)
    assert made.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number == 7
    assert x509.load_der_x509_crl(crl.as_der(made)) == made
    assert x509.load_pem_x509_crl(crl.as_pem(made)) == made


def test_a_crl_can_be_signed_with_another_key():
    made = crl.revocation_list(ISSUING, [], START, END, sign_with=ec_key("other"))
    assert not made.is_signature_valid(ISSUING.key.public_key())
