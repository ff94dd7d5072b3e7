"""The rows of the Trusted CA certificate page: one query, whatever the length of the list."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from certstore.models import TrustStore
from certstore.pki.moments import iso, page_date


class Validity(StrEnum):
    """The word of a row's Validity cell, the worst that applies."""

    VALID = "valid"
    NOT_A_CA = "not-a-ca"
    NOT_STARTED = "not-started"
    EXPIRED = "expired"


class Sort(StrEnum):
    """The sortable columns; as the list is, when none was asked for."""

    LIST = "list"
    TYPE = "type"
    ISSUER = "issuer"
    SUBJECT = "subject"
    EXPIRY = "expiry"
    VALIDITY = "validity"


@dataclass(slots=True)
class Row:
    """One row as the page prints it."""

    pk: int
    is_crl: bool
    issuer: str
    subject: str
    matches_issuer: bool
    expiry: str  # as the page shows it
    ends: str  # ISO text, to sort by; "" for a CRL that names no end
    validity: Validity
    shares_subject: bool = False  # another certificate of the list has the same subject


def rows_of(store: TrustStore, at: datetime) -> list[Row]:
    """Every row of a list, in its order, judged at a moment."""
    now = iso(at)
    columns = store.entries.values_list(
        "pk",
        "subject_hash",
        "certificate__facts",
        "certificate__not_before",
        "certificate__not_after",
        "crl__facts",
        "crl__this_update",
        "crl__next_update",
    )
    rows: list[Row] = []
    first_of_subject: dict[str, Row] = {}
    for pk, subject_hash, facts, not_before, not_after, crl_facts, this_update, next_update in columns:
        if facts is None:
            rows.append(_crl_row(pk, crl_facts["issuer"], this_update, next_update, now))
            continue
        row = _certificate_row(pk, facts, not_before, not_after, now)
        twin = first_of_subject.setdefault(subject_hash, row)
        if twin is not row:
            row.shares_subject = twin.shares_subject = True
        rows.append(row)
    return rows


def _certificate_row(pk: int, facts: dict[str, object], not_before: str, not_after: str, now: str) -> Row:
    """The row of a certificate."""
    validity = Validity.VALID if facts["is_ca"] else Validity.NOT_A_CA
    if not_before > now:
        validity = Validity.NOT_STARTED
    if not_after <= now:
        validity = Validity.EXPIRED
    return Row(
        pk=pk,
        is_crl=False,
        issuer=str(facts["issuer"]),
        subject=str(facts["subject"]),
        matches_issuer=bool(facts["is_self_issued"]),
        expiry=page_date(not_after),
        ends=not_after,
        validity=validity,
    )


def _crl_row(pk: int, issuer: str, this_update: str, next_update: str, now: str) -> Row:
    """The row of a CRL: an issuer, and no subject."""
    validity = Validity.NOT_STARTED if this_update > now else Validity.VALID
    if next_update and next_update <= now:
        validity = Validity.EXPIRED
    expiry = page_date(next_update) if next_update else ""
    return Row(pk, True, issuer, "", False, expiry, next_update, validity)


def filtered(rows: list[Row], words: str) -> list[Row]:
    """The rows in whose names every word stands, whatever its case."""
    wanted = words.casefold().split()
    if not wanted:
        return rows
    return [row for row in rows if all(word in f"{row.issuer} {row.subject}".casefold() for word in wanted)]


def ordered(rows: list[Row], by: Sort, *, descending: bool) -> list[Row]:
    """The rows by a column; equal ones stay in the list's order."""
    keys = {
        Sort.LIST: lambda row: 0,
        Sort.TYPE: lambda row: row.is_crl,
        Sort.ISSUER: lambda row: row.issuer.casefold(),
        Sort.SUBJECT: lambda row: (row.issuer if row.matches_issuer else row.subject).casefold(),
        Sort.EXPIRY: lambda row: row.ends,
        Sort.VALIDITY: lambda row: row.validity.value,
    }
    return sorted(rows, key=keys[by], reverse=descending)
