"""The RSA key of 8192 bits for practice files. Its primes are two published ones, so that it keeps no secret.

To look for primes of that size takes about 20 s. These are the prime of RFC 3526's 4096-bit group and that of
RFC 7919's ffdhe4096, computed by the formulas that define them: everybody knows this key.
"""

from functools import cache

from cryptography.hazmat.primitives.asymmetric import rsa

_SIZE = 4096  # bits of each prime
_DIGITS = 3966  # bits of pi, or e, in each
_SPARE = 64
_EXPONENT = 65537


@cache
def large_rsa_key() -> rsa.RSAPrivateKey:
    """The RSA key of 8192 bits: the same for everybody. Source of the primes: RFC 3526, 5; RFC 7919, A.3."""
    frame = 2**_SIZE - 2 ** (_SIZE - 64) - 1
    p, q = frame + 2**64 * (_pi() + 240904), frame + 2**64 * (_e() + 5736041)
    exponent = pow(_EXPONENT, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(_EXPONENT, p * q)
    parts = (rsa.rsa_crt_dmp1(exponent, p), rsa.rsa_crt_dmq1(exponent, q), rsa.rsa_crt_iqmp(p, q))
    numbers = rsa.RSAPrivateNumbers(p, q, exponent, *parts, public)
    return numbers.private_key(unsafe_skip_rsa_key_validation=True)


def _pi() -> int:
    """2**3966 times pi, without its fraction: Machin's formula."""
    one = 1 << (_DIGITS + _SPARE)
    return 4 * (4 * _arctan(5, one) - _arctan(239, one)) >> _SPARE


def _arctan(of: int, one: int) -> int:
    """The arctangent of 1/of, in units of 1/one."""
    term = one // of
    total, divisor, sign = term, 3, -1
    while term:
        term //= of * of
        total, divisor, sign = total + sign * (term // divisor), divisor + 2, -sign
    return total


def _e() -> int:
    """2**3966 times e, without its fraction: the sum of 1/n!."""
    term, total, divisor = 1 << (_DIGITS + _SPARE), 0, 1
    while term:
        total += term
        term, divisor = term // divisor, divisor + 1
    return total >> _SPARE
