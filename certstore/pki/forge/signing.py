"""One certificate, put together and signed."""

from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed25519

from certstore.pki.forge.keys import PrivateKey, PublicKey
from certstore.pki.forge.shape import Shape, extensions_of
from certstore.pki.forge.weak import resign_with

_DIGESTS: dict[str, hashes.SHA256 | hashes.SHA384 | hashes.SHA512] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: its name, its key, and the key identifier that goes into what it signs (None: none)."""

    name: x509.Name
    key: PrivateKey = field(repr=False)
    key_id: bytes | None


@dataclass(frozen=True, slots=True)
class Subject:
    """What is signed: whose certificate, for which public key, from when to when (aware moments)."""

    name: x509.Name
    public_key: PublicKey
    not_before: datetime
    not_after: datetime


def sign(subject: Subject, signer: Signer, shape: Shape) -> x509.Certificate:
    """A certificate of that shape. Raises ValueError for what cannot be written, as a year before 1950."""
    issuer = signer.name if shape.issuer_name is None else shape.issuer_name
    serial = x509.random_serial_number() if shape.serial is None else shape.serial
    builder = x509.CertificateBuilder(issuer, subject.name, subject.public_key, serial)
    builder = builder.not_valid_before(subject.not_before).not_valid_after(subject.not_after)
    for extension, critical in extensions_of(shape, key_id_of_key(subject.public_key), signer.key_id):
        builder = builder.add_extension(extension, critical)
    key = shape.sign_with or signer.key
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return builder.sign(key, None)
    if shape.digest in _DIGESTS:
        return builder.sign(key, _DIGESTS[shape.digest])
    return resign_with(shape.digest, builder.sign(key, hashes.SHA256()), key)


def key_id_of_key(public_key: PublicKey) -> bytes:
    """The usual key identifier of a key: the SHA-1 of its bits (RFC 5280, 4.2.1.2)."""
    return x509.SubjectKeyIdentifier.from_public_key(public_key).digest


def key_id_of(certificate: x509.Certificate) -> bytes | None:
    """The Subject Key Identifier in a certificate, which what it signs points at; None when there is none."""
    for extension in certificate.extensions:
        if isinstance(extension.value, x509.SubjectKeyIdentifier):
            return extension.value.digest
    return None
