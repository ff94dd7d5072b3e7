"""Certificates written tag by tag, for tests: any bytes in any field, and a signature that still verifies."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certstore.pki import der

UTF8, NUMERIC, PRINTABLE, T61, IA5, VISIBLE, UNIVERSAL, BMP = 12, 18, 19, 20, 22, 26, 28, 30
UTC_TIME, GENERALIZED_TIME = 0x17, 0x18
CN, C, O, OU, EMAIL = "2.5.4.3", "2.5.4.6", "2.5.4.10", "2.5.4.11", "1.2.840.113549.1.9.1"  # noqa: E741 -- X.500's own word
BASIC_CONSTRAINTS, ALTERNATIVE_NAME = "2.5.29.19", "2.5.29.17"
DNS_NAME, EMAIL_NAME, URI_NAME = 0x82, 0x81, 0x86
ECDSA_SHA256 = der.write(der.SEQUENCE, bytes.fromhex("06082a8648ce3d040302"))


@functools.cache
def key() -> ec.EllipticCurvePrivateKey:
    """The key of every certificate here, made once a run."""
    return ec.generate_private_key(ec.SECP256R1())


def oid(dotted: str) -> bytes:
    """An object identifier in DER."""
    first, second, *rest = map(int, dotted.split("."))
    return der.write(der.OBJECT_IDENTIFIER, b"".join(_arc(arc) for arc in (40 * first + second, *rest)))


def _arc(value: int) -> bytes:
    groups = [value & 0x7F]
    while value := value >> 7:
        groups.insert(0, value & 0x7F | 0x80)
    return bytes(groups)


def attribute(kind: str, value: bytes | str, tag: int = UTF8) -> bytes:
    """One attribute of a name; text is written in UTF-8."""
    content = value.encode() if isinstance(value, str) else value
    return der.write(der.SEQUENCE, oid(kind) + der.write(tag, content))


def name(*rdns: bytes | Sequence[bytes]) -> bytes:
    """A name; each argument is an attribute, or the attributes of one set."""
    sets = (rdn if isinstance(rdn, bytes) else b"".join(rdn) for rdn in rdns)
    return der.write(der.SEQUENCE, b"".join(der.write(der.SET, members) for members in sets))


def extension(kind: str, value: bytes) -> bytes:
    """One extension that is not critical."""
    return der.write(der.SEQUENCE, oid(kind) + der.write(0x04, value))


def alternative_names(*names: tuple[int, str]) -> bytes:
    """The extension with alternative names: pairs of a tag and an ASCII text."""
    listed = b"".join(der.write(tag, text.encode()) for tag, text in names)
    return extension(ALTERNATIVE_NAME, der.write(der.SEQUENCE, listed))


IS_A_CA = extension(BASIC_CONSTRAINTS, der.write(der.SEQUENCE, b"\x01\x01\xff"))


@dataclass(frozen=True)
class RawCertificate:
    """What goes into a certificate, each field as DER or as the content of its tag."""

    subject: bytes = name(attribute(O, "Example"), attribute(CN, "ca.example.com"))
    issuer: bytes | None = None  # the subject's when None
    serial: bytes = b"\x12\x34"
    not_before: bytes = der.write(UTC_TIME, b"250101000000Z")
    not_after: bytes = der.write(UTC_TIME, b"350101000000Z")
    extensions: Sequence[bytes] = (IS_A_CA,)
    algorithm: bytes = ECDSA_SHA256
    public_key: bytes | None = field(default=None, repr=False)

    @property
    def der(self) -> bytes:
        """The certificate, signed with the key of this module."""
        public_key = self.public_key or key().public_key().public_bytes(
            Encoding.DER, PublicFormat.SubjectPublicKeyInfo
        )
        parts = [
            der.write(der.VERSION, b"\x02\x01\x02"),
            der.write(der.INTEGER, self.serial),
            self.algorithm,
            self.subject if self.issuer is None else self.issuer,
            der.write(der.SEQUENCE, self.not_before + self.not_after),
            self.subject,
            public_key,
        ]
        if self.extensions:
            parts.append(der.write(0xA3, der.write(der.SEQUENCE, b"".join(self.extensions))))
        signed = der.write(der.SEQUENCE, b"".join(parts))
        signature = key().sign(signed, ec.ECDSA(hashes.SHA256()))
        return der.write(der.SEQUENCE, signed + self.algorithm + der.write(0x03, b"\0" + signature))
