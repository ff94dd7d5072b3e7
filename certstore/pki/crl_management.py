"""CRL management: what a file with revocation lists has to be, to be the server's revocation list file."""

from dataclasses import dataclass
from datetime import datetime

from certstore.pki.codes import Code
from certstore.pki.findings import Check, Finding, findings, first_refusal, refuse, warn
from certstore.pki.moments import iso
from certstore.pki.sniff import FileKind
from certstore.pki.trusted_ca import DecodedFile

MOST_CRLS = 100


@dataclass(frozen=True, slots=True)
class CrlUpload:
    """A file on its way to be the revocation list file, and the moment, as ISO text."""

    file: DecodedFile
    now: str


@dataclass(frozen=True, slots=True)
class CrlJudgement:
    """What the page says to a file."""

    accepted: bool
    headline: Finding | None
    findings: tuple[Finding, ...]
    file: DecodedFile


def is_base64_pem(upload: CrlUpload) -> Finding | None:
    """The file is PEM, and holds no private key.

    Source: Administrator Guide X15.5, Managing Security: the file is PEM; a private key refuses the whole file by this
    project's decision 5.
    """
    content = upload.file.content
    if content.kind is FileKind.PEM_CRL and content.private_keys == 0:
        return None
    return refuse(content.code, **dict(content.facts)) if content.code is not None else None


def holds_revocation_lists_only(upload: CrlUpload) -> Finding | None:
    """There is a revocation list in the file, and nothing else.

    Source: our reading: the page takes a "CRL file"; what it says to a certificate in it was not found.
    """
    content = upload.file.content
    if content.code is not None and content.kind is not FileKind.PEM_CRL:
        return None
    if content.crls and not content.certificates:
        return None
    return refuse(Code.CRL_NOT_ONLY_LISTS, crls=len(content.crls), certificates=len(content.certificates))


def can_be_read_whole(upload: CrlUpload) -> Finding | None:
    """Every revocation list in the file can be read, and there are not too many of them.

    Source: our reading; the guide gives a size (less than 16 MB) and no number.
    """
    content = upload.file.content
    if content.code is not None and content.kind is not FileKind.PEM_CRL:
        return None
    count = len(content.crls) + upload.file.not_looked_at
    if upload.file.unreadable or count > MOST_CRLS:
        return refuse(Code.CRL_UNREADABLE, count=count, limit=MOST_CRLS)
    return None


def is_in_force(upload: CrlUpload) -> Finding | None:
    """No revocation list in the file has ended.

    Source: Administrator Guide X15.5, Managing Security: with an expired CRL all certificates of that CA are treated as
    revoked; that it is uploaded all the same is our reading.
    """
    ended = [crl for crl in upload.file.crls if crl.next_update is not None and crl.next_update <= upload.now]
    return warn(Code.CRL_ENDED, name=ended[0].issuer, count=len(ended)) if ended else None


CHECKS: tuple[Check[CrlUpload], ...] = (
    is_base64_pem,
    holds_revocation_lists_only,
    can_be_read_whole,
    is_in_force,
)


def judge_crl_file(file: DecodedFile, at: datetime) -> CrlJudgement:
    """Judge a file of revocation lists. In: the decoded file, an aware moment. Never raises for any content."""
    found = findings(CHECKS, CrlUpload(file, iso(at)))
    headline = first_refusal(found)
    return CrlJudgement(headline is None, headline, found, file)
