"""Keep certificates, CRLs and public keys as rows of a lab, each once; a thousand take a handful of queries.

All of it is called inside `writing.lab_write`: the locked lab is why looking first and adding after is safe.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db.models import QuerySet

from certstore.models import Certificate, Crl, Lab, PublicKey
from certstore.pki.facts import CertificateFacts, CrlFacts
from certstore.pki.keys import PublicHalf
from certstore.reading.rows import certificate_fields, crl_fields, public_key_fields

AT_ONCE = 500  # well below the number of parameters that any SQLite takes

Row = TypeVar("Row", Certificate, Crl, PublicKey)


def store_certificates(lab: Lab, facts: Sequence[CertificateFacts]) -> list[Certificate]:
    """The lab's rows of these certificates, made where they are not there yet.

    In: the locked lab and decoded certificates. Out: one row for each, in the same order.
    """
    made = {one.sha256: Certificate(lab=lab, **certificate_fields(one)) for one in facts}
    rows = _stored(lab.certificates.all(), "sha256", made)
    return [rows[one.sha256] for one in facts]


def store_crls(lab: Lab, facts: Sequence[CrlFacts]) -> list[Crl]:
    """The lab's rows of these CRLs, made where they are not there yet, in the same order."""
    made = {one.sha256: Crl(lab=lab, **crl_fields(one)) for one in facts}
    rows = _stored(lab.crls.all(), "sha256", made)
    return [rows[one.sha256] for one in facts]


def store_public_keys(lab: Lab, halves: Sequence[PublicHalf]) -> list[PublicKey]:
    """The lab's rows of these public keys, made where they are not there yet, in the same order."""
    made = {half.spki_sha256: PublicKey(lab=lab, **public_key_fields(half)) for half in halves}
    rows = _stored(lab.public_keys.all(), "spki_sha256", made)
    return [rows[half.spki_sha256] for half in halves]


def store_public_key(lab: Lab, half: PublicHalf) -> PublicKey:
    """The lab's row of this public key, made where it is not there yet."""
    return store_public_keys(lab, [half])[0]


def _stored(rows: QuerySet[Row], key: str, made: dict[str, Row]) -> dict[str, Row]:
    """Of the rows by their key: those that were there, and the made ones that were missing."""
    found: dict[str, Row] = {}
    for some in _in_parts(made):
        found |= {getattr(row, key): row for row in rows.filter(**{f"{key}__in": some})}
    missing = [row for wanted, row in made.items() if wanted not in found]
    rows.bulk_create(missing)
    return found | {getattr(row, key): row for row in missing}


def _in_parts(keys: Iterable[str]) -> Iterable[list[str]]:
    """The keys in parts that a query can name."""
    every = list(keys)
    return [every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE)]
