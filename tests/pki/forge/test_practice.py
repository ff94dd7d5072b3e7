"""What practice files are made of: the key that everybody knows, CAs that are wrong in one way, a zip of few names."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from certstore.pki.faults import Cas
from certstore.pki.forge import crl
from certstore.pki.forge.archive import zipped
from certstore.pki.forge.hierarchy import Place, Spans, bundle_of, new_cas, public_cas
from certstore.pki.forge.large_key import large_rsa_key
from tests.zips import unpacked

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def span(begins: int, ends: int):
    return NOW + timedelta(days=begins), NOW + timedelta(days=ends)


SPANS = Spans(
    root=span(-1000, 5000),
    issuing=span(-500, 3000),
    now=span(0, 200),
    over=span(-200, -2),
    ahead=span(2, 200),
)


@pytest.fixture
def cas(pooled_keys):
    """Sound CAs, as the public ones are."""
    return public_cas("Known", SPANS)


def test_the_primes_of_the_large_key_are_the_published_ones():
    """How the primes begin and end: RFC 3526, 5, and RFC 7919, A.3, read there and typed by hand."""
    numbers = large_rsa_key().private_numbers()
    p, q = f"{numbers.p:X}", f"{numbers.q:X}"
    assert (len(p), len(q)) == (1024, 1024)
    assert p.startswith("FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD1")
    assert p.endswith("4DF435C934063199FFFFFFFFFFFFFFFF")
    assert q.startswith("FFFFFFFFFFFFFFFFADF85458A2BB4A9AAFDC5620273D3CF1")
    assert q.endswith("C68A007E5E655F6AFFFFFFFFFFFFFFFF")
    assert all(pow(2, prime - 1, prime) == 1 for prime in (numbers.p, numbers.q))


def test_the_large_key_signs():
    key = large_rsa_key()
    assert key.key_size == 8192
    signature = key.sign(b"text", padding.PKCS1v15(), hashes.SHA256())
    key.public_key().verify(signature, b"text", padding.PKCS1v15(), hashes.SHA256())


@pytest.mark.parametrize("fault", [cas for cas in Cas if cas is not Cas.SOUND])
def test_new_cas_have_an_issuer_and_what_comes_along_is_there(fault, cas):
    made = new_cas(fault, "New", SPANS, "example.com", cas[Place.ROOT])
    assert Place.ISSUING in made
    known = {Place.ROOT} if fault is Cas.NEW_ISSUER else set()
    assert set(bundle_of(fault)) <= set(made) | known
    names = [ca.name for ca in made.values()]
    doubled = {Cas.CROSS_SIGNED, Cas.TWIN}
    assert (len(set(names)) < len(names)) is (fault in doubled)


def test_the_names_of_wrong_cas_are_those_of_right_ones(cas):
    """Nothing but the fault tells them apart."""
    names = {
        new_cas(fault, "New", SPANS, "example.com", cas[Place.ROOT])[Place.ISSUING].name
        for fault in Cas
        if fault is not Cas.SOUND
    }
    assert [name.rfc4514_string() for name in names] == ["CN=New Issuing CA 1,O=New"]


def test_further_serial_numbers_are_revoked_at_their_own_moment(cas):
    when = NOW - timedelta(days=3)
    found = crl.revocation_list(cas[Place.ISSUING], [], *span(0, 7), further={77: when})
    entry = found.get_revoked_certificate_by_serial_number(77)
    assert isinstance(entry, x509.RevokedCertificate)
    assert entry.revocation_date_utc == when


def test_a_zip_of_the_same_files_is_the_same_zip():
    files = {"certificate.cer": b"one", "ca-certificates.pem": b"two"}
    assert zipped(files) == zipped(files)
    assert unpacked(zipped(files)) == files
