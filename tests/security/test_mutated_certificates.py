"""Damaged certificates, a hundred thousand of them: each is refused as Undecodable, or can be shown whole."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from certstore.pki import der
from certstore.pki.decode import decoded_certificate, decoded_crl
from certstore.pki.facts import (
    CertificateFacts,
    CrlFacts,
    Undecodable,
    crl_from_json,
    decode_certificate,
    decode_crl,
    from_json,
    to_json,
)
from certstore.pki.forge import authority, crl
from tests import keyring
from tests.raw import CN, DNS_NAME, IS_A_CA, PRINTABLE, RawCertificate, alternative_names, attribute, name

_START, _END = datetime(2025, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC)
_CERTIFICATES, _CRLS = 100_000, 10_000
_ONE_IN = 10  # of the accepted ones goes through the database's form and the printed text


def test_a_damaged_certificate_is_undecodable_or_can_be_shown_whole() -> None:
    accepted = refused = 0
    for mutant in _mutants(_seeds(), _CERTIFICATES, random.Random(7)):
        try:
            facts = decode_certificate(mutant)
        except Undecodable:
            refused += 1
            continue
        accepted += 1
        if accepted % _ONE_IN == 0:
            _assert_whole(facts)
    assert accepted > _CERTIFICATES // 10
    assert refused > _CERTIFICATES // 4


def test_a_damaged_crl_is_undecodable_or_can_be_shown_whole() -> None:
    accepted = refused = 0
    for mutant in _mutants([_crl()], _CRLS, random.Random(8)):
        try:
            facts = decode_crl(mutant)
        except Undecodable:
            refused += 1
            continue
        accepted += 1
        _assert_crl_whole(facts)
    assert accepted > _CRLS // 10
    assert refused > _CRLS // 4


@pytest.mark.parametrize(
    "data", [b"", b"\x30", b"\x30\x80", b"\x30\x84\xff\xff\xff\xff", b"\0" * 1000, b"\x30" * 9999]
)
def test_what_is_no_certificate_at_all_is_undecodable(data: bytes) -> None:
    with pytest.raises(Undecodable):
        decode_certificate(data)
    with pytest.raises(Undecodable):
        decode_crl(data)


def test_every_beginning_of_a_certificate_is_undecodable() -> None:
    whole = RawCertificate().der
    for length in range(len(whole)):
        with pytest.raises(Undecodable):
            decode_certificate(whole[:length])


def _assert_whole(facts: CertificateFacts) -> None:
    text = json.dumps(to_json(facts))
    assert "\\u0000" not in text.replace("\\\\", "")  # a NUL, which PostgreSQL refuses; a written one is fine
    assert from_json(facts.der, json.loads(text)) == facts
    printed = decoded_certificate(facts.der)
    assert printed.startswith("Certificate:\n")
    assert all(line.isprintable() for line in printed.split("\n"))


def _assert_crl_whole(facts: CrlFacts) -> None:
    assert crl_from_json(facts.der, json.loads(json.dumps(to_json(facts)))) == facts
    assert decoded_crl(facts).startswith("Certificate Revocation List (CRL):\n")


def _seeds() -> list[bytes]:
    """Servers' certificates and a root; fewer roots, since what verifies itself takes longest."""
    root = authority.root("Example Root", keyring.rsa_key("root"), _START, _END)
    leaf = root.leaf("exp-e1.example.com", keyring.ec_key("leaf").public_key(), _START, _END)
    names = alternative_names((DNS_NAME, "exp-e1.example.com"), (0x81, "a@b.example"), (0x87, "abcd"))
    other = name(attribute(CN, "Example Other CA", PRINTABLE))
    many_kinds = RawCertificate(issuer=other, extensions=(IS_A_CA, names))
    return [root.der, leaf.der, many_kinds.der, leaf.der, many_kinds.der]


def _crl() -> bytes:
    root = authority.root("Example Root", keyring.ec_key("crl root"), _START, _END)
    return crl.as_der(crl.revocation_list(root, [root], _START, _END))


def _mutants(seeds: list[bytes], count: int, source: random.Random) -> Iterator[bytes]:
    """Copies with one to four bytes changed, put in or taken out, where the structure is."""
    places = [list(_structure(der.read(seed))) for seed in seeds]
    for _ in range(count):
        number = source.randrange(len(seeds))
        mutant = bytearray(seeds[number])
        for _ in range(source.choice((1, 1, 2, 3, 4))):
            _damage(mutant, min(source.choice(places[number]), len(mutant) - 1), source)
        yield bytes(mutant)


def _damage(mutant: bytearray, at: int, source: random.Random) -> None:
    """Change the bytes at one place."""
    match source.randrange(8):
        case 0:
            del mutant[at : at + source.randrange(1, 5)]
        case 1:
            mutant[at:at] = source.randbytes(source.randrange(1, 5))
        case 2 | 3:
            mutant[at] ^= 1 << source.randrange(8)
        case 4:
            mutant[at] = source.choice(b"\0\x7f\x80\xff\x30\x31\x02\x06\x0c\x1e")
        case _:
            mutant[at] = source.randrange(256)


def _structure(element: der.Element) -> Iterator[int]:
    """The offsets of tags, lengths and short contents: not of keys and signatures."""
    yield from range(element.start, element.content)
    if element.tag & 0x20:
        for part in element.parts():
            yield from _structure(part)
    elif element.end - element.content <= 40:
        yield from range(element.content, element.end)
