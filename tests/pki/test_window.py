"""A certificate's path, the fields of its window, and the files that its wizard saves."""

import subprocess
from itertools import pairwise

import pytest
from cryptography import x509

from certstore.pki.decode import pem_text
from certstore.pki.facts import CertificateFacts, decode_certificate
from certstore.pki.pkcs7 import certificates_of_pkcs7, pkcs7_of
from certstore.pki.sniff import FileKind, look_at
from certstore.pki.window import MOST_IN_PATH, Format, exported, further_of, path_of
from tests.pki.chains import LONG_AGO, NOW, START, below, facts, leaf, root, self_signed
from tests.poison import poison

ROOT = root("Root")
ISSUING = below(ROOT, "Issuing")
LEAF = leaf(ISSUING)


class Drawer:
    """Certificates to look in."""

    def __init__(self, *made) -> None:
        self._all = [facts(one) for one in made]

    def with_subject(self, subject_hash: str) -> list[CertificateFacts]:
        return [one for one in self._all if one.subject_hash == subject_hash]


def names(path) -> list[str]:
    return [one.common_names[0] for one in path.certificates]


def test_a_path_leads_from_the_certificate_up_to_its_root():
    path = path_of(facts(LEAF), Drawer(ROOT, LEAF, ISSUING))
    assert names(path) == ["node", "Issuing", "Root"]
    assert path.is_whole


@pytest.mark.parametrize(("known", "drawn"), [((), ["node"]), ((ISSUING,), ["node", "Issuing"])])
def test_a_path_ends_where_no_more_is_known(known, drawn):
    path = path_of(facts(LEAF), Drawer(*known))
    assert names(path) == drawn
    assert not path.is_whole


@pytest.mark.parametrize("made", [ROOT, self_signed()], ids=["root", "self-signed"])
def test_what_signed_itself_is_its_whole_path(made):
    path = path_of(facts(made), Drawer(made, ROOT))
    assert len(path.certificates) == 1
    assert path.is_whole


def test_a_ca_of_the_right_name_and_another_key_is_not_in_the_path():
    impostor = root("Issuing", key="impostor")
    assert names(path_of(facts(LEAF), Drawer(impostor))) == ["node"]
    assert names(path_of(facts(LEAF), Drawer(impostor, ISSUING, ROOT))) == ["node", "Issuing", "Root"]


def test_of_two_that_fit_a_root_is_taken_before_a_cross_signed_one_and_then_the_one_that_ends_last():
    other = root("Other root")
    crossed = other.cross_sign(ROOT, START, NOW.replace(year=2050))
    assert path_of(facts(ISSUING), Drawer(crossed, other, ROOT)).certificates[1] == facts(ROOT)
    older = below(ROOT, "Issuing", start=LONG_AGO, end=NOW)
    assert path_of(facts(LEAF), Drawer(older, ISSUING)).certificates[1] == facts(ISSUING)
    assert path_of(facts(LEAF), Drawer(older)).certificates[1] == facts(older)


def test_cas_that_signed_each_other_are_in_the_path_once():
    one, two = root("One"), root("Two")
    by_two, by_one = two.cross_sign(one, START, NOW), one.cross_sign(two, START, NOW)
    path = path_of(facts(leaf(one)), Drawer(by_two, by_one))
    assert names(path) == ["node", "One", "Two"]
    assert not path.is_whole


def test_a_path_without_end_is_cut():
    cas = [root("CA 0")]
    for number in range(1, 30):
        cas.append(below(cas[-1], f"CA {number}"))
    path = path_of(facts(leaf(cas[-1])), Drawer(*cas))
    assert len(path.certificates) == MOST_IN_PATH
    assert not path.is_whole


def test_every_one_in_a_path_was_signed_by_the_next(openssl, tmp_path):
    for below_it, above in pairwise(path_of(facts(LEAF), Drawer(ROOT, ISSUING)).certificates):
        (tmp_path / "ca.pem").write_text(pem_text(above.der))
        (tmp_path / "one.pem").write_text(pem_text(below_it.der))
        command = [openssl, "verify", "-partial_chain", "-CAfile", tmp_path / "ca.pem", tmp_path / "one.pem"]
        assert subprocess.run(command, capture_output=True).returncode == 0


def test_the_details_are_those_that_openssl_prints(openssl):
    further = further_of(facts(LEAF))
    command = [openssl, "x509", "-inform", "der", "-noout", "-fingerprint", "-sha1"]
    printed = subprocess.run(command, input=LEAF.der, capture_output=True, check=True).stdout.decode()
    assert further.thumbprint.replace(" ", ":").upper() == printed.strip().partition("=")[2]
    assert (further.version, further.signature_algorithm) == (3, "ecdsa-with-SHA256")
    assert (further.subject, further.issuer) == ("CN=node", "CN=Issuing")


# What is saved


def test_der_is_the_certificate_itself():
    assert exported(Format.DER, [facts(LEAF), facts(ISSUING)]) == LEAF.der
    assert look_at(exported(Format.DER, [facts(LEAF)])).kind is FileKind.DER_CERTIFICATE


def test_base_64_is_what_openssl_writes(openssl):
    command = [openssl, "x509", "-inform", "der"]
    written = subprocess.run(command, input=LEAF.der, capture_output=True, check=True).stdout
    assert exported(Format.BASE_64, [facts(LEAF), facts(ISSUING)]) == written


def test_pkcs7_holds_the_path_and_openssl_reads_it(openssl):
    saved = exported(Format.PKCS7, [facts(LEAF), facts(ISSUING), facts(ROOT)])
    command = [openssl, "pkcs7", "-inform", "der", "-print_certs"]
    printed = subprocess.run(command, input=saved, capture_output=True, check=True).stdout
    read = x509.load_pem_x509_certificates(printed)
    assert [one.subject for one in read] == [LEAF.name, ISSUING.name, ROOT.name]
    looked = look_at(saved)
    assert looked.kind is FileKind.PKCS7_DER
    assert looked.certificates == (LEAF.der, ISSUING.der, ROOT.der)


def test_openssl_writes_the_same_pkcs7(openssl, tmp_path):
    (tmp_path / "both.pem").write_bytes(LEAF.pem + ROOT.pem)
    command = [openssl, "crl2pkcs7", "-nocrl", "-certfile", tmp_path / "both.pem", "-outform", "der"]
    written = subprocess.run(command, capture_output=True, check=True).stdout
    assert look_at(pkcs7_of([LEAF.der, ROOT.der])).certificates == look_at(written).certificates
    assert len(pkcs7_of([LEAF.der, ROOT.der])) <= len(written)


@pytest.mark.parametrize("wrong", [name for name, _ in poison()])
def test_a_certificate_that_breaks_others_has_a_window_and_can_be_saved(wrong):
    der = dict(poison())[wrong]
    known = decode_certificate(der)
    path = path_of(known, Drawer())
    assert further_of(known).thumbprint
    assert exported(Format.DER, path.certificates) == der
    assert certificates_of_pkcs7(exported(Format.PKCS7, path.certificates), 2) == (der,)
    assert look_at(exported(Format.BASE_64, path.certificates)).certificates == (der,)
