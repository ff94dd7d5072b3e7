"""Certificate signing requests, as somebody else's tool would make them."""

from collections.abc import Sequence

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed25519

from certstore.pki.forge.keys import PrivateKey
from certstore.pki.forge.names import alternative_name, as_name
from certstore.pki.forge.shape import key_usage_of

_DIGESTS: dict[str, type[hashes.SHA256 | hashes.SHA384 | hashes.SHA512]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}


def signing_request(
    name: str | x509.Name,
    key: PrivateKey,
    sans: Sequence[str | x509.GeneralName] = (),
    *,
    ekus: Sequence[str] = (),
    key_usage: Sequence[str] = (),
    digest: str = "sha256",
) -> x509.CertificateSigningRequest:
    """A request for a certificate with that subject and those alternative names.

    `ekus` are dotted OIDs and `key_usage` names of RFC 5280 that it asks for; none leaves the extension out.
    `digest` is sha256, sha384 or sha512; an Ed25519 key has its own.
    """
    builder = x509.CertificateSigningRequestBuilder().subject_name(as_name(name))
    if sans:
        names = x509.SubjectAlternativeName([alternative_name(san) for san in sans])
        builder = builder.add_extension(names, False)
    if ekus:
        wanted = x509.ExtendedKeyUsage([x509.ObjectIdentifier(oid) for oid in ekus])
        builder = builder.add_extension(wanted, False)
    if key_usage:
        builder = builder.add_extension(key_usage_of(key_usage), True)
    return builder.sign(key, None if isinstance(key, ed25519.Ed25519PrivateKey) else _DIGESTS[digest]())
