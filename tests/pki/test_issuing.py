"""Which CA OpenSSL takes as an issuer: our answer beside its verdict."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519

from certstore.pki.codes import Code
from certstore.pki.facts import CertificateFacts
from certstore.pki.forge import authority, keys, names
from certstore.pki.issuing import (
    ends_its_chain,
    has_not_signed,
    has_signed,
    in_force,
    parse,
    taken_by_openssl,
)
from certstore.pki.moments import iso
from tests.keyring import rsa_key
from tests.pki.chains import END, LONG_AGO, NOW, START, YESTERDAY, below, facts, leaf, picture, root, verdict

ROOT = root("Root")
ISSUING = below(ROOT, "Issuing")
TWIN = below(ROOT, "Issuing", key="another")


def taken(certificate, *offered) -> CertificateFacts | None:
    """What OpenSSL takes, as we think."""
    return taken_by_openssl(parse(facts(certificate)), [facts(ca) for ca in offered], iso(NOW))


def pointing_at(ca, *, issuer: x509.Name | None = None, serial: int | None = None, issued_by=ISSUING):
    """A leaf whose authority key identifier holds no key identifier but the CA's issuer and serial number."""
    directory = [x509.DirectoryName(ca.certificate.issuer if issuer is None else issuer)]
    number = ca.certificate.serial_number if serial is None else serial
    identifier = x509.AuthorityKeyIdentifier(None, directory, number)
    return leaf(issued_by, authority_key_id=False, extensions=[(identifier, False)])


def test_an_issuer_that_is_named_by_serial_number_is_told_from_its_twin():
    node = pointing_at(ISSUING)
    assert taken(node, TWIN, ISSUING) == facts(ISSUING)
    assert verdict(node, ROOT, TWIN, ISSUING) == (0, 2)


def test_a_serial_number_that_is_nobodys_is_a_missing_issuer():
    node = pointing_at(ISSUING, serial=7)
    assert taken(node, TWIN, ISSUING) is None
    assert verdict(node, ROOT, TWIN, ISSUING) == (20, 0)


@pytest.mark.parametrize(("spelled", "fits"), [("  ROOT ", True), ("Other", False)])
def test_the_name_of_the_issuers_issuer_is_compared_as_every_name(spelled, fits):
    node = pointing_at(ISSUING, issuer=names.subject(spelled))
    assert (taken(node, ISSUING) is not None) == fits
    assert verdict(node, ROOT, ISSUING) == ((0, 2) if fits else (20, 0))


def test_a_ca_whose_key_is_of_another_kind_is_passed_over():
    blind = leaf(ISSUING, authority_key_id=False)
    rsa_twin = ROOT.intermediate("Issuing", rsa_key("issuing"), START, END)
    assert taken(blind, rsa_twin, ISSUING) == facts(ISSUING)
    assert verdict(blind, ROOT, rsa_twin, ISSUING) == (0, 2)
    assert verdict(blind, ROOT, rsa_twin) == (20, 0)


def test_where_no_copy_is_in_force_the_one_that_ends_last_is_taken_and_the_first_of_equals():
    older = below(ROOT, "Issuing", start=LONG_AGO, end=YESTERDAY - timedelta(days=9))
    newer = below(ROOT, "Issuing", start=LONG_AGO, end=YESTERDAY)
    as_new = below(ROOT, "Issuing", start=LONG_AGO, end=YESTERDAY)
    node = leaf(ISSUING)
    assert taken(node, older, newer, as_new) == facts(newer)
    assert taken(node, as_new, newer, older) == facts(as_new)
    assert verdict(node, ROOT, older, newer) == (10, 1)


def test_where_none_is_in_force_openssl_shows_by_its_verdict_which_one_it_took():
    over = below(ROOT, "Issuing", start=LONG_AGO, end=YESTERDAY, ca=False)
    sooner_over = below(ROOT, "Issuing", start=LONG_AGO, end=YESTERDAY - timedelta(days=9))
    node = leaf(ISSUING)
    assert verdict(node, ROOT, sooner_over, over) == (79, 1)
    assert taken(node, sooner_over, over) == facts(over)


def test_a_name_alone_is_not_enough_and_neither_is_a_key():
    node = leaf(ISSUING)
    assert taken(node, TWIN) is None
    assert taken(node, root("Another Name", key="Issuing")) is None


def test_a_chain_ends_at_what_may_have_issued_itself():
    assert ends_its_chain(parse(facts(ROOT)))
    assert not ends_its_chain(parse(facts(ISSUING)))
    rolled_over = below(ROOT, "Root", key="new root")
    assert not ends_its_chain(parse(facts(rolled_over)))


def test_the_first_and_the_last_second_are_in_force():
    known = facts(ROOT)
    second = timedelta(seconds=1)
    moments = [START - second, START, END, END + second]
    assert [in_force(known, iso(moment)) for moment in moments] == [False, True, True, False]


def test_who_signed_is_told_by_the_signature():
    node = parse(facts(leaf(ISSUING, authority_key_id=False)))
    assert has_signed(facts(ISSUING), node)
    assert not has_signed(facts(TWIN), node)
    assert has_not_signed(facts(TWIN), node)
    assert not has_not_signed(facts(ISSUING), node)


def test_a_signature_of_a_kind_without_a_digest_of_its_own_is_told_as_well():
    key, other = (ed25519.Ed25519PrivateKey.generate() for _ in range(2))
    top = authority.root("Ed", key, START, END)
    node = top.leaf("node", keys.new_ed25519_key().public_key(), START, END, sign_with=other)
    assert has_not_signed(facts(top), parse(facts(node)))
    headline = picture(node, top).headline
    assert (headline.code, headline.facts["number"]) == (Code.CHAIN_BAD_SIGNATURE, 7)
