"""Revocation lists that an authority signs."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

from certstore.pki.forge.authority import Authority, Made
from certstore.pki.forge.keys import PrivateKey


def revocation_list(
    issuer: Authority,
    revoked: Iterable[Made],
    this_update: datetime,
    next_update: datetime,
    *,
    number: int = 1,
    sign_with: PrivateKey | None = None,
    further: Mapping[int, datetime] | None = None,
) -> x509.CertificateRevocationList:
    """A CRL of an authority. Moments are aware; the certificates count as revoked from `this_update` on.

    In: the issuer, what it revokes, this and the next update, the CRL number, another key
    than the issuer's to break the signature, and further serial numbers with the moment of their revocation.
    """
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.name).last_update(this_update)
    builder = builder.next_update(next_update).add_extension(x509.CRLNumber(number), False)
    key_id = issuer.signer.key_id
    if key_id is not None:
        builder = builder.add_extension(x509.AuthorityKeyIdentifier(key_id, None, None), False)
    dates = {made.certificate.serial_number: this_update for made in revoked} | dict(further or {})
    for serial, date in dates.items():
        entry = x509.RevokedCertificateBuilder().serial_number(serial)
        builder = builder.add_revoked_certificate(entry.revocation_date(date).build())
    key = sign_with or issuer.key
    return builder.sign(key, None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256())


def as_der(crl: x509.CertificateRevocationList) -> bytes:
    """A CRL in DER."""
    return crl.public_bytes(serialization.Encoding.DER)


def as_pem(crl: x509.CertificateRevocationList) -> bytes:
    """A CRL in PEM."""
    return crl.public_bytes(serialization.Encoding.PEM)
