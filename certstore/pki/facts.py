"""What is known of one certificate or CRL, decoded once, at upload.

A certificate that cannot be decoded whole raises `Undecodable` and is never stored, so that no row can
break a page later.
"""

from dataclasses import dataclass


class Undecodable(Exception):
    """The bytes are no certificate (or CRL) that can be shown whole."""


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """One certificate. Times are ISO text in UTC (`2031-07-31T12:00:00Z`, years 1 to 9999, sort as text)."""

    der: bytes
    sha256: str  # of the DER, lower-case hex, as every *_sha256
    subject: str  # as the trusted CA page prints it: "O=…, OU=…, CN=…"; "" when empty
    issuer: str
    subject_hash: str  # names.fold_hash of the DER of the name
    issuer_hash: str
    common_names: tuple[str, ...]
    serial: str  # hex text, upper case, no leading zeros except one
    not_before: str
    not_after: str
    is_self_issued: bool  # subject and issuer fold to the same name
    is_self_signed: bool  # and its own key verifies its signature
    is_ca: bool  # BasicConstraints present and CA:TRUE
    has_basic_constraints: bool
    path_length: int | None
    key_algorithm: str  # "RSA", "ECDSA", "DSA", "Ed25519", "Ed448", or the OID
    key_bits: int
    spki_sha256: str
    signature_digest: str  # "sha256", "sha1", "md5", … or "" where the algorithm has none of its own
    subject_key_id: str | None  # hex pairs with colons, upper case, as OpenSSL prints it
    authority_key_id: str | None
    san_dns: tuple[str, ...]
    san_other: tuple[str, ...]  # "IP Address:192.0.2.1", "email:…", "URI:…", as OpenSSL writes the prefix
    has_san: bool
    extended_key_usage: tuple[str, ...] | None  # dotted OIDs; None when the extension is absent
    key_usage: tuple[str, ...] | None  # RFC 5280 names: "keyCertSign", …; None when absent
    unknown_name_oids: tuple[str, ...]  # attribute types in subject or issuer that OpenSSL prints as numbers
    ca_issuers: tuple[str, ...]  # AIA "CA Issuers" URLs: shown as text, never fetched


@dataclass(frozen=True, slots=True)
class CrlFacts:
    """One certificate revocation list."""

    der: bytes
    sha256: str
    issuer: str
    issuer_hash: str
    this_update: str
    next_update: str | None
    revoked_serials: frozenset[str]  # hex text, as CertificateFacts.serial
    authority_key_id: str | None
