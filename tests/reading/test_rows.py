"""Certificates, CRLs and public keys keep every fact on their way through the database."""

from datetime import UTC, datetime

import pytest

from certstore.actions.certificates import store_certificates, store_crls, store_public_key
from certstore.models import Certificate, Crl, Lab, PublicKey, User
from certstore.pki.facts import decode_certificate, decode_crl
from certstore.pki.forge import authority, crl
from certstore.pki.keys import PublicHalf
from certstore.reading.rows import crl_facts_of, facts_of, public_half_of
from tests.keyring import rsa_key

START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2031, 7, 31, 12, tzinfo=UTC)


@pytest.fixture
def bare_lab(owner: User) -> Lab:
    return Lab.objects.create(owner=owner, name="bare")


def root(name="Example Root CA", **faults):
    return authority.root(name, rsa_key("root"), START, END, **faults)


@pytest.mark.parametrize(
    "faults",
    [
        {},
        {"serial": 2**159 - 1},
        {"key_usage": None, "subject_key_id": False},
        {"path_length": 3, "permitted_dns": ["example.com"]},
    ],
    ids=["plain", "largest serial", "without extensions", "with limits"],
)
def test_a_certificate_comes_back_as_it_went_in(bare_lab, faults):
    facts = decode_certificate(root(**faults).der)
    store_certificates(bare_lab, [facts])
    assert facts_of(Certificate.objects.get()) == facts


def test_names_from_every_alphabet_come_back(bare_lab):
    facts = decode_certificate(root("Prüfstelle ☃ 認証局 CA").der)
    store_certificates(bare_lab, [facts])
    assert facts_of(Certificate.objects.get()) == facts


def test_a_server_certificate_keeps_names_and_key_usages(bare_lab):
    leaf = root().leaf(
        "exp-e1.example.com",
        rsa_key("exp-e1").public_key(),
        START,
        datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
        sans=["exp-e1.example.com", "IP:192.0.2.1"],
    )
    facts = decode_certificate(leaf.der)
    store_certificates(bare_lab, [facts])
    row = Certificate.objects.get()
    assert facts_of(row) == facts
    assert row.not_after == "9999-12-31T23:59:59Z"
    assert facts_of(row).san_dns == ("exp-e1.example.com",)


def test_the_columns_that_are_searched_are_the_facts(bare_lab):
    facts = decode_certificate(root().der)
    store_certificates(bare_lab, [facts])
    row = Certificate.objects.get(subject_hash=facts.subject_hash, spki_sha256=facts.spki_sha256)
    assert (row.sha256, row.issuer_hash, row.is_ca) == (facts.sha256, facts.issuer_hash, True)
    assert (row.not_before, row.not_after) == ("2026-01-01T00:00:00Z", "2031-07-31T12:00:00Z")


@pytest.mark.parametrize("revokes", [False, True])
def test_a_crl_comes_back_as_it_went_in(bare_lab, revokes):
    issuer = root()
    leaf = issuer.leaf("exp-e1.example.com", rsa_key("exp-e1").public_key(), START, END)
    revoked = [leaf] if revokes else []
    facts = decode_crl(crl.as_der(crl.revocation_list(issuer, revoked, START, END)))
    store_crls(bare_lab, [facts])
    assert crl_facts_of(Crl.objects.get()) == facts


def test_a_public_key_comes_back_as_it_went_in(bare_lab):
    half = PublicHalf(b"\x30\x00", "ab" * 32, "RSA", 2048)
    store_public_key(bare_lab, half)
    assert public_half_of(PublicKey.objects.get()) == half
