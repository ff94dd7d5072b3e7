"""Tests share keys without sharing anything else."""

from certstore.pki.forge import keys
from tests import keyring


def test_a_name_is_one_key_and_another_name_another():
    assert keyring.ec_key("a") is keyring.ec_key("a")
    assert keyring.ec_key("a") is not keyring.ec_key("b")
    assert keyring.rsa_key("a", 1024) is not keyring.rsa_key("b", 1024)


def test_pooled_keys_differ_within_a_test(pooled_keys):
    taken = [keys.new_ec_key() for _ in range(3)]
    assert len({id(key) for key in taken}) == 3
    assert taken == [keyring.ec_key(f"pool {number}") for number in (1, 2, 3)]
    assert keys.new_rsa_key(1024).key_size == 1024


def test_and_come_again_in_the_next(pooled_keys):
    assert keys.new_ec_key() is keyring.ec_key("pool 1")
