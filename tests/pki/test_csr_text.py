"""A request as text: what Show (decoded) prints is what `openssl req` prints, and both are read back."""

import re
import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certstore.pki.csr import NameFormat, Typed, make_request
from certstore.pki.csr_text import request_in_text
from certstore.pki.decode_request import decoded_request
from certstore.pki.forge.requests import signing_request
from certstore.pki.requests import decode_request
from tests.keyring import rsa_key
from tests.needs import needs_openssl
from tests.pki.test_csr import CHOICES, WHOLE, E, key_for, req_text, typed

ODD = typed(
    additional=", ".join(f"n{number}.example.com" for number in range(20)),
    chat_aliases="chat.example.com",
    chat_format=NameFormat.XMPP_ADDRESS,
    organization="Grün, Söhne & Co",
    email="pki@example.com",
)


@needs_openssl
@pytest.mark.parametrize(("algorithm", "length", "digest"), CHOICES)
def test_show_decoded_is_what_openssl_prints_and_reads_back_to_the_byte(openssl, algorithm, length, digest):
    fields = Typed(**{**ODD.as_texts(), "algorithm": algorithm, "length": length, "digest": digest})
    der = make_request(fields, E, key_for(fields))
    theirs, ours = req_text(openssl, der), decoded_request(der)
    assert ours.splitlines() == [line.rstrip() if "(none)" in line else line for line in theirs.splitlines()]
    for text in (theirs, ours):
        read = request_in_text(text)
        assert read is not None
        assert (read.der, read.signature_is_valid) == (der, True)


@needs_openssl
def test_the_escaped_names_of_plain_openssl_read_back_too(openssl):
    der = make_request(ODD, E, key_for(ODD))
    ran = subprocess.run(
        [openssl, "req", "-inform", "DER", "-noout", "-text"], input=der, capture_output=True, check=True
    )
    assert rb"Gr\C3\BCn" in ran.stdout
    read = request_in_text(ran.stdout.decode())
    assert read is not None
    assert read.der == der


def test_a_text_whose_signature_is_cut_off_still_gives_names_and_key():
    der = make_request(WHOLE, E, key_for(WHOLE))
    read = request_in_text(decoded_request(der).partition("    Signature Algorithm")[0])
    assert read is not None
    whole = decode_request(der)
    assert not read.signature_is_valid
    assert (read.spki_sha256, read.san_dns, read.common_names) == (
        whole.spki_sha256,
        whole.san_dns,
        whole.common_names,
    )


@pytest.mark.parametrize("cut", [0.1, 0.3, 0.5])
def test_a_text_cut_inside_its_key_is_no_request_or_another_key(cut):
    text = decoded_request(make_request(WHOLE, E, key_for(WHOLE)))
    read = request_in_text(text[: int(len(text) * cut)])
    assert read is None or not read.signature_is_valid


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Certificate Request:",
        "Certificate Request:\nSubject: ,,,\npub:\n04:05\nASN1 OID: prime256v1",
        "Certificate Request:\nSubject: CN = a\nModulus:\n00:01\nExponent: 0 (0x0)",
        "Certificate Request:\nSubject: C = TOOLONG\nModulus:\n00:c1\nExponent: 65537 (0x10001)",
        "Certificate Request:\n" + "x" * 70_000,
        "Certificate:\nData:",
    ],
    ids=range(7),
)
def test_what_is_no_text_of_a_request_is_none(text):
    assert request_in_text(text) is None


@pytest.mark.parametrize("exponent", ["99999999999", "9" * 5000, "\u0661\u0661", "-3", ""])
def test_a_text_with_an_exponent_that_no_key_has_is_none(exponent):
    text = decoded_request(signing_request(E.fqdn, rsa_key("csr"), [E.fqdn]).public_bytes(Encoding.DER))
    assert request_in_text(text) is not None
    assert request_in_text(text.replace("Exponent: 65537", f"Exponent: {exponent}")) is None


def test_show_decoded_of_rubbish_is_empty_and_of_a_bare_request_says_so():
    assert decoded_request(b"rubbish") == ""
    bare = signing_request(x509.Name([]), rsa_key("csr")).public_bytes(Encoding.DER)
    assert "(none)" in decoded_request(bare)
    assert re.search(r"Subject: *\n", decoded_request(bare))
