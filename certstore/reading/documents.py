"""What an attempt keeps of a judgement, as JSON: codes, facts, the drawn chain; no bytes and no key."""

from collections.abc import Callable, Iterable
from typing import Any

from certstore.pki.depends import Assumption, ChainJudgement
from certstore.pki.findings import Finding
from certstore.pki.moments import page_date
from certstore.pki.picture import ChainPicture, Link
from certstore.pki.server_upload import Judgement
from certstore.pki.trust import TrustedCertificate
from certstore.pki.trusted_ca import AppendJudgement

MOST_FINDINGS = 60
MOST_LINKS = 30
MOST_NAMED = 20
LONGEST_FACT = 600

Document = dict[str, Any]
RowOf = Callable[[int], int]


def upload_document(judgement: Judgement, row_of: RowOf) -> Document:
    """What the page of an attempt on the Server certificate page needs later.

    In: the judgement, and which row of the list a position is; it is asked for twins only.
    """
    upload = judgement.upload
    codes = {finding.code.value for finding in judgement.findings}
    certificate = upload.certificate
    return {
        "findings": _findings(judgement.findings),
        "chain": _links(upload.chain.picture, row_of) if upload.chain else [],
        "goes_round": upload.chain.picture.goes_round if upload.chain else False,
        "other": _other(upload.chain, row_of),
        "earliest_end": _earliest_end(upload.chain),
        "certificates": len(upload.content.certificates),
        "subject": _cut(certificate.subject) if certificate else "",
        "expires_on": page_date(certificate.not_after) if certificate else "",
        "key_compared": not codes & {"key.not-checked", "key.missing"},
    }


def append_document(judgement: AppendJudgement) -> Document:
    """What the page of an attempt on the Trusted CA certificate page needs later."""
    file, append = judgement.append.file, judgement.append
    known = len(file.certificates) + len(file.crls) - len(append.new) - len(append.new_crls)
    return {
        "findings": _findings(judgement.findings),
        "certificates": len(file.content.certificates),
        "crls": len(file.content.crls),
        "new_certificates": len(append.new),
        "new_crls": len(append.new_crls),
        "known": known,
    }


def _findings(found: Iterable[Finding]) -> list[Document]:
    """The findings; texts are cut, for a name out of a certificate can be long."""
    return [
        {
            "code": finding.code.value,
            "severity": finding.severity.value,
            "facts": {name: _cut(value) for name, value in finding.facts.items()},
        }
        for finding in list(found)[:MOST_FINDINGS]
    ]


def _cut(value: str | int) -> str | int:
    """A fact of bounded length."""
    return value if isinstance(value, int) else value[:LONGEST_FACT]


def _links(picture: ChainPicture, row_of: RowOf) -> list[Document]:
    """The drawn chain from the leaf upwards; of a very long one its beginning and its end."""
    links = picture.links
    if len(links) > MOST_LINKS:
        links = links[: MOST_LINKS // 2] + links[-MOST_LINKS // 2 :]
    return [_link(link, row_of) for link in links]


def _link(link: Link, row_of: RowOf) -> Document:
    """One place of the chain."""
    certificate = link.certificate
    return {
        "depth": link.depth,
        "place": link.place.value,
        "state": link.state.value,
        "name": _cut(link.name),
        "key_id": link.key_id or "",
        "ends": page_date(certificate.not_after) if certificate else "",
        "starts": page_date(certificate.not_before) if certificate else "",
        "row": row_of(link.position) if link.twins and link.position is not None else None,
        "twin_rows": [row_of(twin.position) for twin in link.twins[:MOST_NAMED]],
        "sources": [_cut(url) for url in certificate.ca_issuers[:3]] if certificate else [],
    }


def _earliest_end(chain: ChainJudgement | None) -> Document | None:
    """The first end in the chain, and whose it is."""
    if chain is None:
        return None
    earliest = chain.picture.earliest_end
    return {
        "on": page_date(earliest.ends),
        "name": _cut(earliest.certificate.subject),
        "depth": earliest.depth,
    }


def _other(chain: ChainJudgement | None, row_of: RowOf) -> Document | None:
    """Both outcomes of a result that depends, and what makes it certain."""
    if chain is None or chain.other is None:
        return None
    other = chain.other
    return {
        "name": _cut(other.name),
        "accepted_when": _assumption(other.accepted_when, row_of),
        "refused_when": _assumption(other.refused_when, row_of),
        "keep": [_named(trusted, row_of) for trusted in other.keep[:MOST_NAMED]],
        "delete": [_named(trusted, row_of) for trusted in other.delete[:MOST_NAMED]],
    }


def _assumption(assumption: Assumption, row_of: RowOf) -> Document:
    """What a server would have to do with CAs of the same subject."""
    moved = [_named(trusted, row_of) for trusted in assumption.moved_up[:MOST_NAMED]]
    return {"rule": assumption.rule.value, "moved_up": moved}


def _named(trusted: TrustedCertificate, row_of: RowOf) -> Document:
    """A row of the list, by what a person can find it with."""
    facts = trusted.facts
    return {
        "row": row_of(trusted.position),
        "name": _cut(facts.subject),
        "key_id": facts.subject_key_id or "",
        "ends": page_date(facts.not_after),
    }
