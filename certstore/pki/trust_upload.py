"""A certificate on its way into a list of Unified CM, or of the computer that Jabber runs on.

Both take Base-64 (PEM) and binary form (DER). A file is taken whole or refused whole.
"""

from dataclasses import dataclass

from certstore.pki.codes import Code
from certstore.pki.facts import CertificateFacts
from certstore.pki.findings import Check, Finding, findings, first_refusal, refuse
from certstore.pki.trusted_ca import MAX_CERTIFICATES, DecodedFile, ListState

_TAKEN = (None, Code.FILE_DER_CERTIFICATE)


@dataclass(frozen=True, slots=True)
class TrustUpload:
    """One file on its way into a list."""

    file: DecodedFile
    state: ListState

    @property
    def new(self) -> tuple[CertificateFacts, ...]:
        """The certificates of the file that are not in the list."""
        return tuple(facts for facts in self.file.certificates if facts.sha256 not in self.state.sha256s)


@dataclass(frozen=True, slots=True)
class TrustJudgement:
    """Whether the file is taken, why not, and what it would add."""

    refusal: Finding | None
    new: tuple[CertificateFacts, ...]
    known: int  # how many of the file's certificates are in the list already


def holds_no_private_key(upload: TrustUpload) -> Finding | None:
    """No private key is in the file.

    Source: our reading: a private key refuses the whole file on every page, by this project's decision 5.
    """
    content = upload.file.content
    keys = content.private_keys
    return refuse(content.code or Code.FILE_CONTAINS_PRIVATE_KEY, private_keys=keys) if keys else None


def is_a_certificate(upload: TrustUpload) -> Finding | None:
    """The file is a certificate in Base-64 (PEM) or binary form (DER), or several in PEM, and nothing else.

    Source: our reading: TechNote 217748 uploads what an Expressway's list shows, which is PEM; that the binary form
    is taken, and several certificates at once, stands in no document that was read.
    """
    content = upload.file.content
    code = Code.FILE_CRL if content.crls else content.code
    if code in _TAKEN:
        return None
    return refuse(code or Code.FILE_UNKNOWN, **dict(content.facts))


def can_be_shown_whole(upload: TrustUpload) -> Finding | None:
    """Every certificate of the file can be decoded.

    Source: our reading: a list that holds what nobody can show helps nobody.
    """
    broken = upload.file.unreadable
    return refuse(Code.FILE_UNREADABLE_CERTIFICATE, certificates=broken) if broken else None


def fits_into_the_list(upload: TrustUpload) -> Finding | None:
    """The list holds at most 1000 certificates afterwards.

    Source: our reading: the limit of an Expressway's list; none of these lists was found in a document.
    """
    count = upload.state.certificates + len(upload.new) + upload.file.not_looked_at
    return (
        refuse(Code.CA_LIST_FULL, count=count, limit=MAX_CERTIFICATES) if count > MAX_CERTIFICATES else None
    )


CHECKS: tuple[Check[TrustUpload], ...] = (
    holds_no_private_key,
    is_a_certificate,
    can_be_shown_whole,
    fits_into_the_list,
)


def judge_trust_upload(file: DecodedFile, state: ListState) -> TrustJudgement:
    """Judge a file on its way into such a list.

    In: the decoded file, the list as it is. Out: the first refusal, if any, and what is new.
    """
    upload = TrustUpload(file, state)
    new = upload.new
    return TrustJudgement(first_refusal(findings(CHECKS, upload)), new, len(file.certificates) - len(new))
