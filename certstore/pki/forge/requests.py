"""Certificate signing requests, as somebody else's tool would make them."""

from collections.abc import Sequence

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed25519

from certstore.pki.forge.keys import PrivateKey
from certstore.pki.forge.names import alternative_name, as_name


def signing_request(
    name: str | x509.Name, key: PrivateKey, sans: Sequence[str | x509.GeneralName] = ()
) -> x509.CertificateSigningRequest:
    """A request for a certificate with that subject and those alternative names."""
    builder = x509.CertificateSigningRequestBuilder().subject_name(as_name(name))
    if sans:
        names = x509.SubjectAlternativeName([alternative_name(san) for san in sans])
        builder = builder.add_extension(names, False)
    return builder.sign(key, None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256())
