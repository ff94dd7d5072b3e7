"""A certification authority in memory, and everything it signs.

    top = root("Example Root", keys.new_rsa_key(), start, end)
    issuing = top.intermediate("Example Issuing CA", keys.new_rsa_key(), start, end)
    leaf = issuing.leaf("exp-e1.example.com", key.public_key(), start, end, sans=["exp-e1.example.com"])

Moments are aware. Each call takes `Faults` by keyword, so that a certificate can be broken in one way:
`top.intermediate("Example Issuing CA", key, start, end, key_usage=["digitalSignature"])`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Unpack

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from certstore.pki.forge import signing
from certstore.pki.forge.keys import PrivateKey, PublicKey
from certstore.pki.forge.names import as_name
from certstore.pki.forge.shape import CA_SHAPE, LEAF_SHAPE, Faults, Shape


@dataclass(frozen=True, slots=True)
class Made:
    """A certificate that was made here."""

    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        """The certificate in DER."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        """The certificate in PEM, with a line end after its last line."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def name(self) -> x509.Name:
        """The subject."""
        return self.certificate.subject


@dataclass(frozen=True, slots=True)
class Authority(Made):
    """A certificate with its private key, in memory: it signs others."""

    key: PrivateKey = field(repr=False)

    def intermediate(
        self,
        name: str | x509.Name,
        key: PrivateKey,
        not_before: datetime,
        not_after: datetime,
        **faults: Unpack[Faults],
    ) -> "Authority":
        """A CA below this one."""
        subject = signing.Subject(as_name(name), key.public_key(), not_before, not_after)
        return Authority(signing.sign(subject, self.signer, replace(CA_SHAPE, **faults)), key)

    def cross_sign(
        self, other: "Authority", not_before: datetime, not_after: datetime, **faults: Unpack[Faults]
    ) -> "Authority":
        """Another CA's name and key once more, signed by this one."""
        return self.intermediate(other.name, other.key, not_before, not_after, **faults)

    def leaf(
        self,
        name: str | x509.Name,
        public_key: PublicKey,
        not_before: datetime,
        not_after: datetime,
        **faults: Unpack[Faults],
    ) -> Made:
        """A server's certificate, for client and server authentication unless `ekus` says otherwise."""
        subject = signing.Subject(as_name(name), public_key, not_before, not_after)
        return Made(signing.sign(subject, self.signer, replace(LEAF_SHAPE, **faults)))

    def leaf_for(
        self,
        request: x509.CertificateSigningRequest,
        not_before: datetime,
        not_after: datetime,
        **faults: Unpack[Faults],
    ) -> Made:
        """A server's certificate for a signing request: its subject, its key, its alternative names.

        Raises ValueError for a key of a kind that is not made here.
        """
        public_key = request.public_key()
        if not isinstance(
            public_key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey
        ):
            raise ValueError("The request is for a key that is neither RSA nor ECDSA nor Ed25519")
        wanted: Faults = {"sans": _alternative_names_of(request), **faults}
        return self.leaf(request.subject, public_key, not_before, not_after, **wanted)

    @property
    def signer(self) -> signing.Signer:
        """Name, key and key identifier, as they go into what this one signs."""
        return signing.Signer(self.name, self.key, signing.key_id_of(self.certificate))


def root(
    name: str | x509.Name,
    key: PrivateKey,
    not_before: datetime,
    not_after: datetime,
    **faults: Unpack[Faults],
) -> Authority:
    """A self-signed CA."""
    subject = signing.Subject(as_name(name), key.public_key(), not_before, not_after)
    return Authority(_self_signed(subject, key, replace(CA_SHAPE, **faults)), key)


def self_signed_leaf(
    name: str | x509.Name,
    key: PrivateKey,
    not_before: datetime,
    not_after: datetime,
    **faults: Unpack[Faults],
) -> Made:
    """A server's certificate that nobody but its own key signed."""
    subject = signing.Subject(as_name(name), key.public_key(), not_before, not_after)
    return Made(_self_signed(subject, key, replace(LEAF_SHAPE, **faults)))


def _self_signed(subject: signing.Subject, key: PrivateKey, shape: Shape) -> x509.Certificate:
    own_key_id = signing.key_id_of_key(subject.public_key)
    return signing.sign(subject, signing.Signer(subject.name, key, own_key_id), shape)


def _alternative_names_of(request: x509.CertificateSigningRequest) -> Sequence[x509.GeneralName]:
    for extension in request.extensions:
        if isinstance(extension.value, x509.SubjectAlternativeName):
            return list(extension.value)
    return ()
