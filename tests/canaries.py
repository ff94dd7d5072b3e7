"""Secrets that are known here, so that a search can tell whether they were written down anywhere (S26)."""

import base64
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

SHORTEST = 16  # bytes of a number that are searched for: nobody's by chance
PASSWORD = "Canary-7f3a-Passw0rd-c91e"

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def pem_of(key: Key, form: PrivateFormat = PrivateFormat.PKCS8) -> bytes:
    """The key as a person has it."""
    return key.private_bytes(Encoding.PEM, form, NoEncryption())


def numbers_of(key: Key) -> list[int]:
    """The secret numbers of a key."""
    private = key.private_numbers()
    if isinstance(private, rsa.RSAPrivateNumbers):
        return [private.p, private.q, private.d]
    return [private.private_value]


def writings_of(secret: Key | str) -> list[bytes]:
    """Every way in which a piece of the secret could be written down."""
    if isinstance(secret, str):
        return list(_written(secret.encode()))
    return list(_of_key(secret))


def _of_key(key: Key) -> Iterator[bytes]:
    for number in numbers_of(key):
        whole = number.to_bytes((number.bit_length() + 7) // 8)
        yield from _written(whole[: max(SHORTEST, len(whole) // 4)])
        yield str(number).encode()
    for form in (PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL):
        lines = pem_of(key, form).splitlines()[2:-2]
        yield from (line for line in lines if len(line) == 64 and line not in _public_lines(key))


def _written(piece: bytes) -> Iterator[bytes]:
    yield piece
    yield piece.hex().encode()
    yield piece.hex().upper().encode()
    yield piece.hex(":").encode()
    for before in range(3):  # Base-64 at each alignment, without the letters that neighbours change
        yield base64.b64encode(b"\0" * before + piece)[4:-4]


def _public_lines(key: Key) -> bytes:
    """Lines of Base-64 that tell no secret: the public half as it may stand in a request."""
    private = key.private_numbers()
    if isinstance(private, rsa.RSAPrivateNumbers):
        # The modulus stands at the front of both forms; what is kept of a key holds it as well.
        modulus = private.public_numbers.n.to_bytes(private.public_numbers.n.bit_length() // 8 + 1)
        return b"".join(base64.b64encode(b"\0" * before + modulus) for before in range(3))
    return b""


def traces(secrets: Iterable[Key | str], places: dict[str, bytes]) -> list[str]:
    """The places in which something of a secret stands, packed or not."""
    searched = [one for secret in secrets for one in writings_of(secret)]
    assert len(searched) > 5
    return [name for name, content in places.items() if _holds(content, searched)]


def _holds(content: bytes, searched: list[bytes]) -> bool:
    for form in (content, b"".join(content.split()), *unpacked(content)):
        if any(one in form for one in searched):
            return True
    return False


def unpacked(content: bytes) -> Iterator[bytes]:
    """What is in a zip or in packed bytes, where the content is one."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    for wbits in (zlib.MAX_WBITS, zlib.MAX_WBITS | 16):
        try:
            yield zlib.decompress(content, wbits)
        except zlib.error:
            continue
