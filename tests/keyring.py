"""Private keys for tests. Making an RSA key takes longer than a whole test, so a run shares a few.

`rsa_key("root")` is the same key whenever that name is asked for. Code under test makes its own keys with
`certstore.pki.forge.keys`; the fixture `pooled_keys` has it take them out of a pool instead.
"""

from collections.abc import Callable
from functools import cache
from typing import Generic, TypeVar

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from certstore.pki.forge import keys

Key = TypeVar("Key")
_make_rsa, _make_ec = keys.new_rsa_key, keys.new_ec_key


@cache
def rsa_key(name: str, bits: int = 2048) -> rsa.RSAPrivateKey:
    """The RSA key of that name and size, made once a run."""
    return _make_rsa(bits)


@cache
def ec_key(name: str, bits: int = 256) -> ec.EllipticCurvePrivateKey:
    """The ECDSA key of that name and size, made once a run."""
    return _make_ec(bits)


class Pool(Generic[Key]):
    """Hands out the same keys in the same order to every test: no two alike within a test."""

    def __init__(self, key_of: Callable[[str], Key]) -> None:
        self._key_of = key_of
        self._taken = 0

    def take(self) -> Key:
        """The next key of this test."""
        self._taken += 1
        return self._key_of(f"pool {self._taken}")


@pytest.fixture
def pooled_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have `forge.keys` hand out pooled keys."""
    by_size: dict[int, Pool[rsa.RSAPrivateKey]] = {}
    by_curve: dict[int, Pool[ec.EllipticCurvePrivateKey]] = {}

    def pooled_rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
        return by_size.setdefault(bits, Pool(lambda name: rsa_key(name, bits))).take()

    monkeypatch.setattr(keys, "new_rsa_key", pooled_rsa_key)

    def pooled_ec_key(bits: int = 256) -> ec.EllipticCurvePrivateKey:
        return by_curve.setdefault(bits, Pool(lambda name: ec_key(name, bits))).take()

    monkeypatch.setattr(keys, "new_ec_key", pooled_ec_key)
