"""What a file is, by its content."""

import base64
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from certstore.pki import der
from certstore.pki.codes import Code
from certstore.pki.pem import MOST_BLOCKS
from certstore.pki.sniff import FileKind, look_at
from tests import odd_files
from tests.odd_files import BEGIN, END, ODD_FILES, OTHER, READ, OddFile
from tests.pki.material import ALGORITHMS, certificate, key_pem
from tests.pki.mutants import mutants

PEM, DER, KEY = certificate().pem, certificate().der, key_pem()
# Files that are no readable PEM, and whose certificate can be taken out and offered all the same.
PACKED = (
    "DER",
    "PKCS#7 in DER",
    "PKCS#7 in PEM",
    "certificate and key",
    "certificate and key, both quoted",
    "certificate and key in UTF-16",
    "UTF-16 with its mark",
    "UTF-16 without its mark",
    "UTF-16, big end first",
    "page with the certificate in it",
    "bare Base-64",
    "bare Base-64 in lines of Windows",
    "bare Base-64 of PKCS#7",
    "bare Base-64 of the PEM file",
)
REPEATED = {
    "the beginning of a first line": b"-----BEGIN ",
    "first lines": BEGIN + b"\n",
    "first lines without line ends": BEGIN,
    "last lines": END + b"\n",
    "empty blocks": BEGIN + b"\n" + END + b"\n",
    "long dashes": "—".encode(),
    "long dashes and words": "—BEGIN CERTIFICATE—\n".encode(),
    "quotes": b"> ",
    "line ends": b"\n",
    "letters and line ends": b"A\n",
    "colons": b"A:\n",
    "tags": b"<br ",
    "keys": b"-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
    "sequences": b"\x30\x80",
    "no-break spaces": "\u00a0".encode(),
    "zeros": b"\0",
    "Base-64": b"MIIC",
}


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("odd", ODD_FILES, ids=lambda odd: odd.name)
def test_an_odd_file_is_named_for_what_it_is(odd: OddFile, algorithm: str) -> None:
    content = look_at(odd.build(certificate(algorithm).pem, key_pem(algorithm)))
    assert (content.kind, content.code) == (odd.kind, odd.code)


def test_the_catalogue_covers_every_code_that_names_a_file() -> None:
    not_by_content = {Code.FILE_MISSING, Code.FILE_TOO_LARGE}
    all_of_files = {code for code in Code if code.value.startswith("file.")} - not_by_content
    assert {odd.code for odd in ODD_FILES if odd.code} == all_of_files
    assert {odd.kind for odd in ODD_FILES} == set(FileKind)
    assert len({odd.name for odd in ODD_FILES}) == len(ODD_FILES)


@pytest.mark.parametrize("odd", READ, ids=lambda odd: odd.name)
def test_what_is_read_has_its_certificates_and_no_key(odd: OddFile) -> None:
    content = look_at(odd.build(PEM, KEY))
    assert set(content.certificates) == {DER}
    assert dict(content.facts)["certificates"] == len(content.certificates)
    assert content.private_keys == 0


@pytest.mark.parametrize("odd", [odd for odd in OTHER if odd.name in PACKED], ids=lambda odd: odd.name)
def test_a_packed_certificate_is_taken_out(odd: OddFile) -> None:
    assert look_at(odd.build(PEM, KEY)).certificates == (DER,)


def test_every_packed_file_is_in_the_catalogue() -> None:
    assert set(PACKED) <= {odd.name for odd in OTHER}


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize(
    "build",
    [
        lambda c, k: c + k,
        lambda c, k: k + c + k,
        lambda c, k: (k + c).replace(b"-----", "—".encode()),
        lambda c, k: odd_files.crl(c, k, Encoding.PEM) + k,
        lambda c, k: odd_files.pkcs7_file(c, Encoding.PEM) + k,
        lambda c, k: odd_files.without_line(c, 3) + k,
        lambda c, k: base64.b64encode(c + k),
        lambda c, k: c + b"text " + k,
        lambda c, k: c.partition(END)[0] + k,
    ],
)
def test_a_key_beside_anything_else_is_never_overlooked(build: Callable, algorithm: str) -> None:
    content = look_at(build(certificate(algorithm).pem, key_pem(algorithm)))
    assert content.code is Code.FILE_CONTAINS_PRIVATE_KEY
    assert content.kind is FileKind.PRIVATE_KEY
    assert content.private_keys >= 1
    assert dict(content.facts)["private_keys"] == content.private_keys


def test_a_crl_beside_certificates_is_read_too() -> None:
    crl = odd_files.crl(PEM, KEY, Encoding.DER)
    content = look_at(odd_files.as_block(b"X509 CRL", crl) + PEM + odd_files.as_block(b"X509 CRL", crl))
    assert (content.certificates, content.crls, content.code) == ((DER,), (crl, crl), None)
    assert dict(content.facts) == {"certificates": 1, "crls": 2}


def test_a_crl_alone_is_named_and_read() -> None:
    crl = odd_files.crl(PEM, KEY, Encoding.DER)
    for data in (crl, odd_files.as_block(b"X509 CRL", crl), base64.b64encode(crl)):
        assert look_at(data).crls == (crl,)


def test_unreadable_blocks_beside_a_readable_one_are_counted() -> None:
    content = look_at(odd_files.without_line(PEM, 3) + PEM + odd_files.without_line(PEM, 4))
    assert (content.kind, content.code) == (FileKind.PEM_CERTIFICATE, None)
    assert dict(content.facts) == {"certificates": 1, "unreadable": 2}


def test_what_stands_in_the_place_of_a_certificate_is_told() -> None:
    content = look_at(odd_files.as_block(b"CERTIFICATE", odd_files.request(PEM, KEY, Encoding.DER)))
    assert dict(content.facts) == {"unreadable": 1, "line": 1, "holds": "certificate-request"}


def test_a_certificate_in_der_that_openssl_refuses_is_unreadable() -> None:
    broken = DER.replace(bytes.fromhex("170d"), bytes.fromhex("0c0d"))  # no moment: another kind of string
    content = look_at(broken)
    assert (content.kind, content.code) == (FileKind.DER_CERTIFICATE, Code.FILE_UNREADABLE_CERTIFICATE)


def test_a_pkcs12_file_is_named_without_deriving_a_key_from_any_password() -> None:
    # 2 to the power of 31 rounds would take ten minutes.
    oid = bytes.fromhex("06092a864886f70d010701")
    safe = der.write(der.SEQUENCE, oid + der.write(0xA0, der.write(4, b"\x30\x00")))
    digest = der.write(der.SEQUENCE, bytes.fromhex("300906052b0e03021a0500") + der.write(4, bytes(20)))
    mac = der.write(der.SEQUENCE, digest + der.write(4, b"salt") + der.write(2, b"\x7f\xff\xff\xff"))
    bomb = der.write(der.SEQUENCE, b"\x02\x01\x03" + safe + mac)
    assert look_at(bomb).code is Code.FILE_PKCS12


def test_no_more_certificates_are_taken_than_the_cap() -> None:
    small = certificate("ec")
    many = small.pem * (MOST_BLOCKS + 3)
    assert len(look_at(many).certificates) == MOST_BLOCKS
    assert dict(look_at(many).facts)["not_looked_at"] == 3
    assert len(look_at(many.replace(b"-----", b"----")).certificates) == MOST_BLOCKS


@pytest.mark.parametrize("word", REPEATED.values(), ids=list(REPEATED))
@pytest.mark.parametrize("before", [b"", b" ", BEGIN + b"\n", b"> " + BEGIN + b"\n", b"\xff\xfe", b"<html>"])
def test_what_is_repeated_for_ever_holds_no_certificate(word: bytes, before: bytes) -> None:
    content = look_at(before + word * (30_000 // len(word)))
    assert content.code is not None
    assert content.certificates == ()


@pytest.mark.parametrize("odd", [*OTHER, *odd_files.DAMAGED, *READ], ids=lambda odd: odd.name)
def test_no_mutant_of_an_odd_file_raises(odd: OddFile) -> None:
    data = odd.build(certificate("ec").pem, key_pem("ec"))
    for mutant in mutants(data, 150, seed=len(odd.name)):
        content = look_at(mutant)
        assert (content.code is None) == (content.kind is FileKind.PEM_CERTIFICATE)
        assert content.code is not None or content.certificates


@pytest.mark.parametrize("data", [PEM, DER], ids=["PEM", "DER"])
def test_no_mutant_of_a_certificate_raises(data: bytes) -> None:
    kinds = {look_at(mutant).kind for mutant in mutants(data, 4000, seed=1)}
    assert {FileKind.UNKNOWN, FileKind.DER_CERTIFICATE} <= kinds or FileKind.DAMAGED_PEM in kinds
