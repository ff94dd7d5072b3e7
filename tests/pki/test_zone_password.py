"""The password of a zone is compared and never kept."""

import hashlib

import pytest

from certstore.pki.zone_password import fingerprint


def test_equal_passwords_of_a_lab_have_equal_fingerprints():
    assert fingerprint("s3cret", "salt") == fingerprint("s3cret", "salt")


@pytest.mark.parametrize(
    ("password", "salt"),
    [("s3cret ", "salt"), ("S3cret", "salt"), ("s3cret", "Salt"), ("", "salt")],
    ids=["a blank", "another case", "another lab", "none"],
)
def test_anything_else_has_another(password, salt):
    assert fingerprint(password, salt) != fingerprint("s3cret", "salt")


def test_no_password_has_none():
    assert fingerprint("", "salt") == ""


def test_it_is_scrypt_of_the_password_as_it_fits_into_its_column():
    expected = hashlib.scrypt(b"s3cret", salt=b"salt", n=16384, r=8, p=1, dklen=32).hex()
    assert fingerprint("s3cret", "salt") == expected
    assert len(expected) == 64


@pytest.mark.parametrize(
    "password", ["\ud800", "pässwörd \N{SNOWMAN}", "\x00"], ids=["surrogate", "text", "NUL"]
)
def test_any_text_can_be_a_password(password):
    assert len(fingerprint(password, "salt")) == 64
