"""What stands in an address that whoever has it may use: made once, shown once, kept as a hash."""

import hashlib
import secrets

# Digits and letters without i, l, o and u: a token is typed from paper; read back, o is 0, and i and l are 1.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
GROUPS, GROUP = 7, 4  # 28 characters of 5 bits: 140 bits
MISREAD = str.maketrans({"o": "0", "i": "1", "l": "1", "-": None, " ": None})


def new_token() -> str:
    """A token that nobody can guess, in groups of four."""
    characters = [secrets.choice(ALPHABET) for _ in range(GROUPS * GROUP)]
    return "-".join("".join(characters[at : at + GROUP]) for at in range(0, len(characters), GROUP))


def hash_of(token: str) -> str:
    """SHA-256 of a token as it is compared: case, hyphens and misread letters do not count."""
    return hashlib.sha256(token.lower().translate(MISREAD).encode("utf-8", "replace")).hexdigest()
