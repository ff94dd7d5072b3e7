"""Keep what an upload found: codes, facts and parsable certificates, never raw bytes and never a key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from certstore.actions.certificates import store_certificates
from certstore.models import Attempt, AttemptCertificate, Lab, Node, User
from certstore.pki.facts import CertificateFacts, Undecodable, decode_certificate
from certstore.pki.findings import Finding, Severity
from certstore.pki.moments import iso
from certstore.pki.releases import profile_for
from certstore.pki.server_upload import Judgement, Outcome
from certstore.pki.sniff import FileContent
from certstore.pki.trusted_ca import AppendJudgement
from certstore.reading.documents import append_document, upload_document
from certstore.reading.servers import trust_store_of
from certstore.reading.trust import RowNumbers

MOST_ATTEMPTS = 2000
# Enough for any chain or PKCS#7 file; a refused bundle of a thousand is not kept a second time.
CERTIFICATES_KEPT = 50


@dataclass(frozen=True, slots=True)
class TriedFile:
    """An uploaded file, looked at: its name as it may be shown, size in bytes, SHA-256, content."""

    name: str
    size: int
    sha256: str
    content: FileContent


@dataclass(frozen=True, slots=True)
class _Result:
    """What the two pages' judgements have in common."""

    outcome: Outcome
    stored: bool
    headline: Finding | None
    document: dict[str, object]
    number: int | None = None
    depth: int | None = None


def record_upload(
    lab: Lab,
    node: Node,
    tried: TriedFile,
    user: User,
    judgement: Judgement,
    at: datetime,
    page: str = "server-certificate",
) -> Attempt:
    """Record an upload to the Server or the Client certificate page, inside `lab_write`; `at` is the lab's time."""
    chain = judgement.upload.chain
    number = chain.verdict.number if chain else None
    result = _Result(
        outcome=judgement.outcome,
        stored=judgement.accepted,
        headline=judgement.headline,
        document=upload_document(judgement, RowNumbers(trust_store_of(node))),
        number=number or None,
        depth=chain.verdict.depth if chain and number else None,
    )
    return _record(lab, node, page, tried, user, result, at)


def record_append(
    lab: Lab, node: Node, tried: TriedFile, user: User, judgement: AppendJudgement, at: datetime
) -> Attempt:
    """Record a file appended, or refused, on the Trusted CA certificate page, inside `lab_write`."""
    warned = any(finding.severity is Severity.WARN for finding in judgement.findings)
    outcome = Outcome.REFUSED
    if judgement.accepted:
        outcome = Outcome.WARNED if warned else Outcome.ACCEPTED
    result = _Result(outcome, judgement.accepted, judgement.headline, append_document(judgement))
    return _record(lab, node, "trusted-ca", tried, user, result, at)


def _record(
    lab: Lab, node: Node, page: str, tried: TriedFile, user: User, result: _Result, at: datetime
) -> Attempt:
    """One attempt with its certificates; the oldest of too many goes."""
    attempt = Attempt.objects.create(
        lab=lab,
        node=node,
        page=page,
        user=user,
        at_lab=iso(at),
        release=profile_for(lab.release).release.name,
        file_name=tried.name,
        size=tried.size,
        sha256=tried.sha256,
        kind=tried.content.kind.value,
        outcome=result.outcome.value,
        stored=result.stored,
        code=result.headline.code.value if result.headline else "",
        findings=result.document,
        openssl_error=result.number,
        depth=result.depth,
    )
    _keep_certificates(lab, attempt, tried.content.certificates)
    _forget_the_oldest(lab)
    return attempt


def _keep_certificates(lab: Lab, attempt: Attempt, ders: Sequence[bytes]) -> None:
    """The file's certificates, so that a refused one can be had back as Base-64."""
    facts: list[CertificateFacts] = []
    for der in ders[:CERTIFICATES_KEPT]:
        try:
            facts.append(decode_certificate(der))
        except Undecodable:
            continue
    AttemptCertificate.objects.bulk_create(
        AttemptCertificate(
            attempt=attempt, certificate=row, place=AttemptCertificate.Place.FILE, position=position
        )
        for position, row in enumerate(store_certificates(lab, facts), start=1)
    )


def _forget_the_oldest(lab: Lab) -> None:
    """Keep the newest attempts only."""
    kept = lab.attempts.order_by("-at_real").values_list("pk", flat=True)
    if excess := list(kept[MOST_ATTEMPTS : MOST_ATTEMPTS + 100]):
        lab.attempts.filter(pk__in=excess).delete()
