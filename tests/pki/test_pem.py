"""PEM files are read as OpenSSL reads them: the openssl program is asked about every one."""

import base64
import itertools
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from certstore.pki.der_kinds import DerKind
from certstore.pki.pem import MOST_BLOCKS, as_pem, read_pem
from certstore.pki.pem_blocks import Fault, blocks, decode_base64
from tests.odd_files import BEGIN, END, ODD_FILES, READ, OddFile, as_block, body_of, in_lines, without_line
from tests.pki.material import certificate, key_pem
from tests.pki.pem_mutants import odd_files

FIRST, SECOND = certificate("ec", "first"), certificate("ec", "second")
EMPTY_BLOCK = BEGIN + b"\n" + END + b"\n"
ENCRYPTED_HEADER = b"Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\n"

Oracle = Callable[[bytes], bytes | None]

# Where OpenSSL and we differ, and why it stays so. A case that no longer differs fails.
KNOWN_DIFFERENCES = (
    ("a certificate behind more blocks than we look at", EMPTY_BLOCK * MOST_BLOCKS + FIRST.pem),
)


@pytest.fixture(scope="module")
def oracle(openssl: str, tmp_path_factory: pytest.TempPathFactory) -> Oracle:
    """What `openssl x509` reads from a file: the DER of its certificate, or None."""
    path = tmp_path_factory.mktemp("pem") / "file.pem"
    command = [openssl, "x509", "-inform", "PEM", "-outform", "DER", "-passin", "pass:", "-in", str(path)]

    def ask(data: bytes) -> bytes | None:
        path.write_bytes(data)
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        return done.stdout if done.returncode == 0 else None

    return ask


def first_certificate(data: bytes) -> bytes | None:
    return next(iter(read_pem(data).certificates), None)


@pytest.mark.parametrize("odd", ODD_FILES, ids=lambda odd: odd.name)
def test_openssl_reads_the_same_certificate_from_an_odd_file(odd: OddFile, oracle: Oracle) -> None:
    data = odd.build(certificate().pem, key_pem())
    assert first_certificate(data) == oracle(data)


@settings(
    max_examples=200,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=odd_files(FIRST.pem, SECOND.pem))
def test_openssl_reads_the_same_certificate_from_a_file_with_strange_lines(
    data: bytes, oracle: Oracle
) -> None:
    assert first_certificate(data) == oracle(data)


@pytest.mark.parametrize(
    "data", [data for _, data in KNOWN_DIFFERENCES], ids=[n for n, _ in KNOWN_DIFFERENCES]
)
def test_a_known_difference_is_still_one(data: bytes, oracle: Oracle) -> None:
    assert first_certificate(data) != oracle(data)


@pytest.mark.parametrize("odd", READ, ids=lambda odd: odd.name)
def test_openssl_lists_the_same_certificates(odd: OddFile, openssl: str, tmp_path: Path) -> None:
    data = odd.build(certificate().pem, key_pem())
    path = tmp_path / "file.pem"
    path.write_bytes(data)
    listed = subprocess.run(
        [openssl, "storeutl", "-certs", str(path)], capture_output=True, check=False
    ).stdout
    found = re.findall(BEGIN + rb"\n(.*?)" + END, listed, re.DOTALL)
    assert [base64.b64decode(body) for body in found] == list(read_pem(data).certificates)


def test_a_block_that_cannot_be_read_does_not_end_the_reading() -> None:
    data = b"".join([FIRST.pem, EMPTY_BLOCK, without_line(SECOND.pem, 3), SECOND.pem])
    file = read_pem(data)
    assert file.certificates == (FIRST.der, SECOND.der)
    assert len(file.unreadable_certificates) == 2


@pytest.mark.parametrize(
    ("body", "fault", "holds"),
    [
        ("AAAA\n", Fault.CONTENT, None),
        ("AA*A\n", Fault.BASE64, None),
        ("AAA\n", Fault.BASE64, None),
        ("", Fault.CONTENT, None),
        ("AAAA\n\nAAAA\n\nAAAA\n", Fault.LINES, None),
        ("Subject: a name\nAAAA\n", Fault.LINES, None),
        ("Subject: a name\n\nAAAA\n", Fault.LINES, None),
        ("\0\nAAAA\n", Fault.LINES, None),
    ],
)
def test_why_a_block_cannot_be_read_is_told(body: str, fault: Fault, holds: DerKind | None) -> None:
    data = b"text\n" + BEGIN + b"\n" + body.encode() + END + b"\n"
    (block,) = read_pem(data).unreadable
    assert (block.label, block.line, block.fault, block.holds) == ("CERTIFICATE", 2, fault, holds)


def test_a_block_without_its_last_line_and_one_with_another_are_told_apart() -> None:
    cut = read_pem(FIRST.pem.partition(END)[0])
    other = read_pem(FIRST.pem.replace(b"END ", b"END X509 "))
    assert [block.fault for block in (*cut.unreadable, *other.unreadable)] == [Fault.NO_END, Fault.WRONG_END]


def test_a_certificate_without_some_of_its_lines_is_cut_short() -> None:
    (block,) = read_pem(without_line(FIRST.pem, 3)).unreadable
    assert (block.fault, block.holds) == (Fault.CUT_SHORT, None)


def test_another_thing_under_the_label_is_named() -> None:
    key = base64.b64decode(b"".join(key_pem("ec").split(b"\n")[1:-2]))
    (block,) = read_pem(as_block(b"CERTIFICATE", key)).unreadable
    assert (block.fault, block.holds) == (Fault.CONTENT, DerKind.PRIVATE_KEY)


def test_a_certificate_swallowed_by_the_one_before_is_missed() -> None:
    file = read_pem(FIRST.pem.partition(END)[0] + SECOND.pem)
    # OpenSSL ends the Base-64 at the dashes of the second BEGIN line, so the first one is read.
    assert file.certificates == (FIRST.der,)
    assert [block.fault for block in file.unreadable_certificates] == [Fault.SWALLOWED]


def test_header_fields_never_reach_openssl_which_would_ask_for_a_pass_phrase() -> None:
    data = in_lines(FIRST.pem, 64, after_begin=b"\n" + ENCRYPTED_HEADER)
    assert [block.fault for block in read_pem(data).unreadable] == [Fault.LINES]


def test_blocks_are_counted_by_their_labels() -> None:
    labels = (
        b"PRIVATE KEY",
        b"RSA PRIVATE KEY",
        b"ENCRYPTED PRIVATE KEY",
        b"OPENSSH PRIVATE KEY",
        b"PUBLIC KEY",
        b"PGP MESSAGE",
        b"PGP PRIVATE KEY BLOCK",
        b"DH PARAMETERS",
    )
    encrypted = (
        b"-----BEGIN EC PRIVATE KEY-----\n" + ENCRYPTED_HEADER + b"AAAA\n-----END EC PRIVATE KEY-----\n"
    )
    file = read_pem(b"".join(as_block(label, b"no") for label in labels) + encrypted)
    assert (file.private_keys, file.encrypted_private_keys, file.openssh_keys) == (4, 2, 1)
    assert (file.public_keys, file.pgp_blocks, file.blocks, file.unreadable) == (1, 2, 9, ())


def test_a_private_keys_body_is_in_no_text_about_its_block() -> None:
    secret = body_of(key_pem("ec").replace(b"PRIVATE KEY", b"CERTIFICATE"))
    (block,) = blocks(key_pem("ec"))
    assert secret[:40].decode() not in repr(block).replace(r"\n", "")
    assert secret[:40].decode() not in repr(read_pem(key_pem("ec")))


def test_no_more_blocks_are_decoded_than_the_cap() -> None:
    file = read_pem(FIRST.pem * (MOST_BLOCKS + 7))
    assert (len(file.certificates), file.not_looked_at) == (MOST_BLOCKS, 7)
    assert len(read_pem((EMPTY_BLOCK + BEGIN + b"\n" + BEGIN + b"\n") * 3000).unreadable) <= MOST_BLOCKS


@pytest.mark.parametrize("length", [1, 4, 63, 64, 76, 253, 254, 255, 1000])
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b" \n", b"\xc2\xa0\n"])
def test_our_decoding_of_base64_is_openssls(length: int, line_end: bytes) -> None:
    (block,) = blocks(in_lines(FIRST.pem, length).replace(b"\n", line_end))
    assert decode_base64(block.body) == FIRST.der == read_pem(in_lines(FIRST.pem, length)).certificates[0]


@pytest.mark.parametrize("body", [b"AAA", b"AAAAA", b"A=AA", b"AA==AA==", b"====", b"AA*A", b"\xc3\xa4AAA"])
def test_bad_base64_is_bad_for_us_as_well(body: bytes) -> None:
    assert decode_base64(body) is None


def test_what_is_written_as_pem_is_read_again() -> None:
    assert as_pem(FIRST.der) == FIRST.pem
    assert read_pem(as_pem(b"0\x00", "X509 CRL")).unreadable[0].label == "X509 CRL"


def test_line_numbers_are_those_of_an_editor() -> None:
    file = read_pem(b"one\ntwo\n" + EMPTY_BLOCK + b"five\n" + EMPTY_BLOCK)
    assert [block.line for block in file.unreadable] == [3, 6]
    assert list(itertools.islice(blocks(b""), 1)) == []
