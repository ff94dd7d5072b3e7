"""The forms in which certificates come as files."""

from collections.abc import Iterable

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs7, pkcs12

from certstore.pki.forge.authority import Made
from certstore.pki.forge.keys import PrivateKey


def as_der(made: Made) -> bytes:
    """One certificate in DER, as a CA sends it in a `.cer` file."""
    return made.der


def as_pem(made: Made) -> bytes:
    """One certificate in PEM (Base-64)."""
    return made.pem


def as_pkcs7_der(certificates: Iterable[Made]) -> bytes:
    """Certificates in a PKCS#7 message, binary: a `.p7b` as Windows writes it."""
    return pkcs7.serialize_certificates(
        [made.certificate for made in certificates], serialization.Encoding.DER
    )


def as_pkcs7_pem(certificates: Iterable[Made]) -> bytes:
    """Certificates in a PKCS#7 message, in PEM."""
    return pkcs7.serialize_certificates(
        [made.certificate for made in certificates], serialization.Encoding.PEM
    )


def as_pkcs12(made: Made, key: PrivateKey, authorities: Iterable[Made], password: str) -> bytes:
    """A certificate with its private key and its CAs: a practice `.pfx`, for one download, never stored."""
    encryption = serialization.BestAvailableEncryption(password.encode())
    others = [authority.certificate for authority in authorities]
    return pkcs12.serialize_key_and_certificates(None, key, made.certificate, others, encryption)


def as_bundle(certificates: Iterable[Made]) -> bytes:
    """PEM certificates in one file, a line with the subject and one with the issuer above each."""
    return b"".join(_commented(made.certificate) for made in certificates)


def with_text_around(made: Made) -> bytes:
    """One certificate in PEM between lines of text, as it comes out of a mail or a tool."""
    return b"Bag Attributes\r\n    friendlyName: server\r\n\r\n" + made.pem + b"\r\nRegards, the CA\r\n"


def with_crlf(pem: bytes) -> bytes:
    """PEM with the line ends of Windows."""
    return pem.replace(b"\n", b"\r\n")


def as_utf16(pem: bytes) -> bytes:
    """PEM as Notepad saves it under "Unicode": UTF-16 with a byte order mark."""
    return pem.decode("ascii").encode("utf-16")


def key_as_pem(key: PrivateKey) -> bytes:
    """A private key in PEM, not encrypted: for a practice file, for one download, never stored."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _commented(certificate: x509.Certificate) -> bytes:
    subject, issuer = (_one_line(name) for name in (certificate.subject, certificate.issuer))
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    return f"# subject: {subject}\n# issuer: {issuer}\n".encode() + pem + b"\n"


def _one_line(name: x509.Name) -> str:
    """A name that cannot start a line of its own, nor a PEM header, whatever is in it."""
    return "".join(sign if sign.isprintable() else "?" for sign in name.rfc4514_string()).replace(
        "-----", "?"
    )
