"""A sealed key opens for its own lab, certificate and installation, and for nothing else."""

import pytest
from cryptography.hazmat.primitives import serialization

from certstore.pki.seal import NotOpened, seal, unseal
from tests.keyring import ec_key, rsa_key

SECRET, LAB, CERTIFICATE = b"the secret of an installation", "lab 1", "ab" * 32


def numbers_of(key):
    return key.private_numbers()


@pytest.fixture
def sealed() -> bytes:
    return seal(rsa_key("sealed"), SECRET, LAB, CERTIFICATE)


@pytest.mark.parametrize("key", [rsa_key, ec_key], ids=["RSA", "ECDSA"])
def test_what_was_sealed_opens_as_the_same_key(key):
    sealed = seal(key("sealed"), SECRET, LAB, CERTIFICATE)
    opened = unseal(sealed, SECRET, LAB, CERTIFICATE)
    assert numbers_of(opened) == numbers_of(key("sealed"))


def test_two_seals_of_one_key_have_nothing_in_common(sealed):
    again = seal(rsa_key("sealed"), SECRET, LAB, CERTIFICATE)
    assert again[:12] != sealed[:12]
    assert again[12:] != sealed[12:]


def test_nothing_of_the_key_can_be_read_in_it(sealed):
    plain = rsa_key("sealed").private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    assert plain[40:72] not in sealed
    assert len(sealed) == 12 + len(plain) + 16


@pytest.mark.parametrize(
    ("secret", "lab", "certificate"),
    [
        (b"another secret", LAB, CERTIFICATE),
        (SECRET, "lab 2", CERTIFICATE),
        (SECRET, LAB, "cd" * 32),
        (SECRET, CERTIFICATE, LAB),
    ],
    ids=["another installation", "another lab", "another certificate", "both in the other's place"],
)
def test_it_does_not_open_for_anything_else(sealed, secret, lab, certificate):
    with pytest.raises(NotOpened):
        unseal(sealed, secret, lab, certificate)


@pytest.mark.parametrize("place", [0, 11, 12, 40, -17, -1], ids=str)
def test_a_changed_byte_does_not_open(sealed, place):
    changed = bytearray(sealed)
    changed[place] ^= 1
    with pytest.raises(NotOpened):
        unseal(bytes(changed), SECRET, LAB, CERTIFICATE)


@pytest.mark.parametrize("length", [0, 1, 7, 8, 11, 12, 27, 28, 100], ids=str)
def test_a_part_of_it_does_not_open(sealed, length):
    with pytest.raises(NotOpened):
        unseal(sealed[:length], SECRET, LAB, CERTIFICATE)
