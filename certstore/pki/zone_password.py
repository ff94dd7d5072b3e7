"""The password of a zone: compared, and never kept."""

import hashlib

_COST = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}


def fingerprint(password: str, salt: str) -> str:
    """What is kept of a zone's password: equal for equal passwords of one lab, and nothing can be read out of it.

    In: the password as typed, the lab's salt. Out: scrypt of it in hexadecimal digits; "" for no password.
    """
    if not password:
        return ""
    return hashlib.scrypt(password.encode("utf-8", "surrogatepass"), salt=salt.encode(), **_COST).hex()
