"""Certificates, CRLs and public keys: from a row to the value that the rules read, and back to its fields."""

from typing import Any

from certstore.models import Certificate, Crl, PublicKey
from certstore.pki.facts import (
    CertificateFacts,
    CrlFacts,
    crl_from_json,
    from_json,
    to_json,
)
from certstore.pki.keys import PublicHalf


def facts_of(row: Certificate) -> CertificateFacts:
    """The certificate of a row; nothing is decoded again."""
    return from_json(bytes(row.der), row.facts)


def crl_facts_of(row: Crl) -> CrlFacts:
    """The CRL of a row."""
    return crl_from_json(bytes(row.der), row.facts)


def public_half_of(row: PublicKey) -> PublicHalf:
    """The public key of a row."""
    return PublicHalf(bytes(row.spki), row.spki_sha256, row.algorithm, row.bits)


def certificate_fields(facts: CertificateFacts) -> dict[str, Any]:
    """The fields of a certificate's row, but for its lab."""
    return {
        "sha256": facts.sha256,
        "der": facts.der,
        "subject_hash": facts.subject_hash,
        "issuer_hash": facts.issuer_hash,
        "spki_sha256": facts.spki_sha256,
        "not_before": facts.not_before,
        "not_after": facts.not_after,
        "is_ca": facts.is_ca,
        "facts": to_json(facts),
    }


def crl_fields(facts: CrlFacts) -> dict[str, Any]:
    """The fields of a CRL's row, but for its lab."""
    return {
        "sha256": facts.sha256,
        "der": facts.der,
        "issuer_hash": facts.issuer_hash,
        "this_update": facts.this_update,
        "next_update": facts.next_update or "",
        "facts": to_json(facts),
    }


def public_key_fields(half: PublicHalf) -> dict[str, Any]:
    """The fields of a public key's row, but for its lab."""
    return {
        "spki": half.spki,
        "spki_sha256": half.spki_sha256,
        "algorithm": half.algorithm,
        "bits": half.bits,
    }
