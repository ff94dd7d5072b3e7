"""What a certificate window shows of a certificate: its path, its fields, and the files it is saved in.

Such a window belongs to a person's own computer; no server judges anything here.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from certstore.pki import names
from certstore.pki.decode import SIGNATURE_ALGORITHMS, pem_text
from certstore.pki.facts import CertificateFacts
from certstore.pki.frame import cut_certificate
from certstore.pki.issuing import Parsed, ends_its_chain, has_not_signed, may_have_issued, parse
from certstore.pki.pkcs7 import pkcs7_of

MOST_IN_PATH = 20


class Known(Protocol):
    """Where the window looks for the CAs of a path."""

    def with_subject(self, subject_hash: str) -> Sequence[CertificateFacts]:
        """The certificates of that subject (folded hash)."""


class Format(StrEnum):
    """The forms in which the export wizard saves a certificate."""

    DER = "der"
    BASE_64 = "base-64"
    PKCS7 = "pkcs7"

    @property
    def ending(self) -> str:
        """How the names of such files end."""
        return ".p7b" if self is Format.PKCS7 else ".cer"


@dataclass(frozen=True, slots=True)
class Path:
    """A certificate and the CAs above it, as far as they are known."""

    certificates: tuple[CertificateFacts, ...]  # from the certificate upwards
    is_whole: bool  # the last one is self-signed


@dataclass(frozen=True, slots=True)
class Further:
    """What the Details tab prints and a certificate's facts leave out."""

    version: int
    signature_algorithm: str  # OpenSSL's name, or the OID
    issuer: str  # with all its attributes
    subject: str
    thumbprint: str  # SHA-1 of the DER, hex pairs


def path_of(certificate: CertificateFacts, known: Known) -> Path:
    """The certificate, its issuer, the issuer's issuer, and so on.

    In: any certificate, and where its CAs may be found. Out: at most 20 of them, each once. Of several that
    fit a self-signed one is taken, then the one that ends last.
    Source: our reading; TechNote 221624 says only that the root is at one end and the certificate at the other.
    """
    path = [parse(certificate)]
    while len(path) < MOST_IN_PATH and not ends_its_chain(path[-1]):
        issuer = _issuer_of(path, known)
        if issuer is None:
            break
        path.append(parse(issuer))
    return Path(tuple(parsed.facts for parsed in path), ends_its_chain(path[-1]))


def _issuer_of(path: Sequence[Parsed], known: Known) -> CertificateFacts | None:
    """The CA above the last one of a path that is not in it yet."""
    seen = {parsed.facts.sha256 for parsed in path}
    fitting = [
        ca
        for ca in known.with_subject(path[-1].facts.issuer_hash)
        if ca.sha256 not in seen and may_have_issued(ca, path[-1]) and not has_not_signed(ca, path[-1])
    ]
    return max(fitting, key=lambda ca: (ca.is_self_issued, ca.not_after, ca.sha256), default=None)


def further_of(certificate: CertificateFacts) -> Further:
    """Read what the Details tab prints besides the facts. It was decoded once; nothing can fail here."""
    frame = cut_certificate(certificate.der)
    parsed = parse(certificate).certificate
    algorithm = parsed.signature_algorithm_oid
    return Further(
        version=parsed.version.value + 1,
        signature_algorithm=SIGNATURE_ALGORITHMS.get(algorithm, algorithm.dotted_string),
        issuer=names.full_name(names.read_name(frame.issuer)),
        subject=names.full_name(names.read_name(frame.subject)),
        thumbprint=hashlib.sha1(certificate.der, usedforsecurity=False).digest().hex(" "),
    )


def exported(form: Format, certificates: Sequence[CertificateFacts]) -> bytes:
    """The file that the wizard saves.

    In: the form one chose; the certificate, and with PKCS #7 the CAs above it after it. Out: the bytes of the
    file; of a form that holds one certificate those of the first.
    """
    if form is Format.PKCS7:
        return pkcs7_of(one.der for one in certificates)
    first = certificates[0].der
    return pem_text(first).encode() if form is Format.BASE_64 else first
