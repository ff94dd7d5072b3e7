"""The gate for private key files: read the public half without ever trusting, using or keeping the rest.

(contract; body to come)
"""

from dataclasses import dataclass
from enum import StrEnum

from certstore.pki.findings import Finding


class KeySource(StrEnum):
    """Where the public half that a server holds came from."""

    FACTORY = "factory"  # made with the default certificate of a new server
    UPLOADED = "uploaded"  # the public half of an uploaded key file; the file itself is forgotten
    IMPORTED = "imported"  # an imported request's
    UNKNOWN = "unknown"  # the certificate's own: nobody showed a key


@dataclass(frozen=True, slots=True)
class PublicHalf:
    """What stays of a key."""

    spki: bytes  # DER of SubjectPublicKeyInfo
    spki_sha256: str
    algorithm: str  # as CertificateFacts.key_algorithm
    bits: int


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A key file after the gate: the public half, or the finding that refuses it; and what else was noticed."""

    public: PublicHalf | None
    refusal: Finding | None
    warnings: tuple[Finding, ...] = ()


def read_key_file(data: bytes) -> KeyFile:
    """Take the public half out of a private key file."""
    raise NotImplementedError
