"""Damaged PEM text, straightened: what happened to it, and the certificate back."""

import itertools

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat

from certstore.pki.codes import Code
from certstore.pki.pem import MOST_BLOCKS
from certstore.pki.repair import ORDER, repair
from tests.odd_files import BEGIN, DAMAGED, END, OddFile, crl, in_every_line, key_as, request
from tests.pki.material import ALGORITHMS, certificate, key_pem

PEM, DER = certificate().pem, certificate().der
# What cannot be got back, because something of it is gone.
LOST = (
    "cut in the middle",
    "a line is missing",
    "a character is missing",
    "a strange character",
    "cut bare Base-64",
    "another thing under its label",
    "request under its label",
    "empty block",
)
DAMAGES = {
    Code.FILE_BR_TAGS: lambda data: data.replace(b"\n", b"<BR>\n"),
    Code.FILE_QUOTED: lambda data: in_every_line(data, b"> "),
    Code.FILE_LONG_DASHES: lambda data: data.replace(b"-----", "—".encode() * 2),
    Code.FILE_NO_BREAK_SPACES: lambda data: data.replace(b"BEGIN ", b"BEGIN&nbsp;"),
    Code.FILE_INDENTED: lambda data: in_every_line(data, b"\t"),
    Code.FILE_HEADER_LINES: lambda data: data.replace(b"CERTIFICATE", b"Certificate"),
    Code.FILE_TRUNCATED: lambda data: data.partition(END)[0],  # goes first, on a text that is whole
}


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("odd", [odd for odd in DAMAGED if odd.name not in LOST], ids=lambda odd: odd.name)
def test_a_damaged_certificate_is_given_back(odd: OddFile, algorithm: str) -> None:
    repaired = repair(odd.build(certificate(algorithm).pem, key_pem(algorithm)))
    assert repaired is not None
    assert repaired.damages[0] is odd.code
    assert repaired.file.certificates == (certificate(algorithm).der,)


@pytest.mark.parametrize("odd", [odd for odd in DAMAGED if odd.name in LOST], ids=lambda odd: odd.name)
def test_nothing_is_made_up_where_something_is_gone(odd: OddFile) -> None:
    repaired = repair(odd.build(PEM, key_pem()))
    assert repaired is None or repaired.file.certificates == ()


def test_a_whole_certificate_has_no_damage() -> None:
    repaired = repair(b"Dear all,\n\n" + PEM + b"\nRegards")
    assert repaired is not None
    assert (repaired.damages, repaired.line, repaired.file.certificates) == ((), 3, (DER,))


@pytest.mark.parametrize(("first", "second"), list(itertools.combinations(DAMAGES, 2)))
def test_of_two_damages_both_are_told_and_the_certificate_comes_back(first: Code, second: Code) -> None:
    repaired = repair(DAMAGES[first](DAMAGES[second](PEM)))
    assert repaired is not None
    assert {first, second} <= set(repaired.damages)
    assert list(repaired.damages) == [code for code in ORDER if code in repaired.damages]
    assert repaired.file.certificates == (DER,)


def test_several_blocks_come_back_in_their_order() -> None:
    other = certificate("ec")
    repaired = repair(in_every_line(PEM + other.pem + crl(PEM, key_pem(), Encoding.PEM), b"> "))
    assert repaired is not None
    assert repaired.file.certificates == (DER, other.der)
    assert repaired.file.crls == (crl(PEM, key_pem(), Encoding.DER),)


def test_a_request_stays_a_request() -> None:
    repaired = repair(in_every_line(request(PEM, key_pem(), Encoding.PEM), b"  "))
    assert repaired is not None
    assert (len(repaired.file.requests), repaired.file.certificates) == (1, ())


@pytest.mark.parametrize("label", [b"PRIVATE KEY", b"RSA PRIVATE KEY", b"ENCRYPTED PRIVATE KEY"])
def test_a_private_key_is_counted_and_not_read(label: bytes) -> None:
    secret = key_pem().replace(b"PRIVATE KEY", label)
    repaired = repair(in_every_line(PEM + secret, b"> "))
    assert repaired is not None
    counted = (repaired.file.private_keys, repaired.file.encrypted_private_keys)
    assert counted == ((0, 1) if label.startswith(b"ENC") else (1, 0))
    assert secret.splitlines()[3].decode() not in repr(repaired)


def test_an_encrypted_key_of_the_old_form_is_counted_as_one() -> None:
    secret = key_as(key_pem(), Encoding.PEM, PrivateFormat.TraditionalOpenSSL, b"secret")
    repaired = repair(in_every_line(secret, b"> "))
    assert repaired is not None
    assert (repaired.file.private_keys, repaired.file.encrypted_private_keys) == (0, 1)


def test_the_line_is_where_the_damage_begins() -> None:
    repaired = repair(b"one\ntwo\n" + in_every_line(PEM, b"> "))
    assert repaired is not None
    assert repaired.line == 3


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no certificate at all",
        b"Please BEGIN CERTIFICATE renewal today",
        b"BEGIN CERTIFICATES - the list",
        bytes(range(256)) * 4,
    ],
)
def test_text_without_first_or_last_line_is_left_alone(data: bytes) -> None:
    assert repair(data) is None


def test_no_more_is_repaired_than_the_cap() -> None:
    repaired = repair(in_every_line(certificate("ec").pem * (MOST_BLOCKS + 5), b" "))
    assert repaired is not None
    assert len(repaired.file.certificates) == MOST_BLOCKS


@pytest.mark.parametrize(
    "word", [BEGIN, END, b"\xe2\x80\x94BEGIN CERTIFICATE\xe2\x80\x94", b"> ", b"<br", b"\\n", b" :\n"]
)
def test_what_is_repeated_a_thousand_times_ends(word: bytes) -> None:
    repaired = repair(b" " + BEGIN + b"\n" + word * 1000)
    assert repaired is not None
    assert repaired.file.certificates == ()
