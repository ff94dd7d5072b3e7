"""Blind mutations of a file: bytes changed, cut out, put in, doubled."""

import random
from collections.abc import Iterator

SPECIAL = b"\0\xff\x80\x30\x7f-\n\r =:>A"


def mutants(data: bytes, count: int, seed: int) -> Iterator[bytes]:
    """So many mutants of some bytes, the same ones for the same seed."""
    rng = random.Random(seed)
    for _ in range(count):
        changed = bytearray(data)
        for _ in range(rng.randint(1, 4)):
            _mutate(changed, rng)
        yield bytes(changed)


def _mutate(data: bytearray, rng: random.Random) -> None:
    """One change."""
    place = rng.randrange(len(data) + 1)
    some = slice(place, place + rng.choice((1, 1, 1, 2, 8, 100)))
    kind = rng.randrange(5)
    if kind == 0:
        del data[some]
    elif kind == 1:
        data[place:place] = rng.randbytes(rng.randint(1, 4))
    elif kind == 2:
        data[place:place] = data[some]
    elif data:
        place = min(place, len(data) - 1)
        data[place] = rng.choice(SPECIAL) if kind == 3 else data[place] ^ 1 << rng.randrange(8)
