"""What is known of one certificate signing request, decoded once and whole.

A request that cannot be shown whole raises `facts.Undecodable`, as a certificate does. That its signature
does not verify is a fact of it: a CA may have signed it all the same.
"""

import hashlib
from dataclasses import dataclass

from cryptography import x509

from certstore.pki import names, public_keys
from certstore.pki.extensions import read_extensions
from certstore.pki.facts import LARGEST_CERTIFICATE, guarded, signature_digest
from certstore.pki.frame import cut_request

LARGEST_REQUEST = LARGEST_CERTIFICATE  # bytes


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """One signing request. Each field is written as the one of the same name in `facts.CertificateFacts`."""

    der: bytes
    sha256: str
    subject: str
    subject_hash: str
    common_names: tuple[str, ...]
    san_dns: tuple[str, ...]
    san_other: tuple[str, ...]
    has_san: bool
    eku: tuple[str, ...]  # dotted OIDs that it asks for; empty when it asks for none
    key_usage: tuple[str, ...] | None  # None when it asks for none
    spki_sha256: str
    key_algorithm: str
    key_bits: int
    signature_digest: str
    signature_is_valid: bool  # made with the key that it is for; False too where verifying would be slow


def decode_request(der: bytes) -> RequestFacts:
    """Decode a signing request once and whole.

    In: DER; bytes after its end are left out, as OpenSSL leaves them. Out: every fact a page shows. Raises
    Undecodable, and nothing else, for everything that this project cannot show. Extensions are read out of
    PKCS#9's extensionRequest, or Microsoft's, and what else stands among the attributes is passed over.
    Source: RFC 2986; RFC 2985, 5.4.2.
    """
    return guarded(_read_request, der, LARGEST_REQUEST)


def _read_request(data: bytes) -> RequestFacts:
    """Every fact of one request; raises whatever the libraries raise."""
    frame = cut_request(data)
    request = x509.load_der_x509_csr(frame.twin)
    subject = names.read_name(frame.subject)
    public_key = public_keys.load(request)
    bits = public_keys.bits_of_info(frame.public_key)
    key = public_keys.describe(public_key, frame.public_key, bits)
    asked = read_extensions(request.extensions)
    return RequestFacts(
        der=frame.whole,
        sha256=hashlib.sha256(frame.whole).hexdigest(),
        subject=names.page_name(subject),
        subject_hash=names.folded(subject),
        common_names=names.common_names(subject),
        san_dns=asked["san_dns"],
        san_other=asked["san_other"],
        has_san=asked["has_san"],
        eku=asked["extended_key_usage"] or (),
        key_usage=asked["key_usage"],
        spki_sha256=key.spki_sha256,
        key_algorithm=key.algorithm,
        key_bits=key.bits,
        signature_digest=signature_digest(request),
        signature_is_valid=public_keys.verifies(public_key, request, frame.signed),
    )
