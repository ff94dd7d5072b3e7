"""The Trusted CA certificate page: what appending a file does to the list.

A file is taken whole or refused whole. What is there already is not added again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from certstore.pki import moments
from certstore.pki.codes import Code
from certstore.pki.facts import CertificateFacts, CrlFacts, Undecodable, decode_certificate, decode_crl
from certstore.pki.findings import Check, Finding, findings, first_refusal, note, refuse, warn
from certstore.pki.releases import Release, SameSubject
from certstore.pki.sniff import FileContent, FileKind

MAX_CERTIFICATES = 1000


@dataclass(frozen=True, slots=True)
class ListState:
    """What appending needs to know of the list as it is."""

    certificates: int = 0
    sha256s: frozenset[str] = frozenset()  # of certificates and CRLs
    subjects: Mapping[str, tuple[int, str]] = field(default_factory=dict)  # subject hash -> first place, name
    common_names: Mapping[str, str] = field(default_factory=dict)  # lower-case common name -> SHA-256


@dataclass(frozen=True, slots=True)
class DecodedFile:
    """A file and everything in it, decoded; the list is not needed for that, nor a lock."""

    content: FileContent
    certificates: tuple[CertificateFacts, ...]  # each once, in the file's order
    crls: tuple[CrlFacts, ...]
    unreadable: int  # certificates and CRLs that cannot be read, or not be shown whole
    not_looked_at: int  # blocks beyond what is read of one file


@dataclass(frozen=True, slots=True)
class Append:
    """One file on its way into the list."""

    file: DecodedFile
    new: tuple[CertificateFacts, ...]
    new_crls: tuple[CrlFacts, ...]
    state: ListState
    release: Release
    same_subject: SameSubject
    now: str  # ISO text, as certificate times


@dataclass(frozen=True, slots=True)
class AppendJudgement:
    """What the page says to a file, and what it would add."""

    accepted: bool
    headline: Finding | None
    findings: tuple[Finding, ...]
    append: Append


def is_base64_pem(append: Append) -> Finding | None:
    """The file holds certificates or CRLs in Base-64 (PEM), and no private key.

    Source: Administrator Guide X14.0 to X15.5, Managing Security (PEM, CRLs may be in the file); a private
    key refuses the whole file by this project's decision 5.
    """
    content = append.file.content
    if content.kind is FileKind.PEM_CRL and content.private_keys == 0:
        return None
    return refuse(content.code, **dict(content.facts)) if content.code is not None else None


def can_be_shown_whole(append: Append) -> Finding | None:
    """Everything in the file can be decoded.

    Source: our reading: a list that holds what nobody can show helps nobody.
    """
    if append.file.content.code is not None and append.file.content.kind is not FileKind.PEM_CRL:
        return None
    broken = append.file.unreadable
    return refuse(Code.FILE_UNREADABLE_CERTIFICATE, certificates=broken) if broken else None


def has_no_twin_by_common_name(append: Append) -> Finding | None:
    """Where the lab says so, no other certificate of the same common name is in the list or the file.

    Source: TechNotes 218018 and 225476, bugs CSCwa12905 and CSCwa12894.
    """
    if append.same_subject is not SameSubject.REFUSE:
        return None
    known = dict(append.state.common_names)
    for facts in append.new:
        for name in facts.common_names:
            if known.setdefault(name.casefold(), facts.sha256) != facts.sha256:
                return refuse(Code.CA_SAME_COMMON_NAME, name=facts.subject)
    return None


def fits_into_the_list(append: Append) -> Finding | None:
    """The list holds at most 1000 CAs afterwards.

    Source: Administrator Guide X14.3 to X15.5: "The maximum number of Certificate Authority (CAs) that can
    be uploaded/supported to the Expressway trust store is 1000."; applied to older releases by us.
    """
    count = append.state.certificates + len(append.new) + append.file.not_looked_at
    return (
        refuse(Code.CA_LIST_FULL, count=count, limit=MAX_CERTIFICATES) if count > MAX_CERTIFICATES else None
    )


def has_another_subject(append: Append) -> Finding | None:
    """No new certificate has the subject of another one that is higher in the list.

    Source: TechNote 213872: verification stops at the first certificate whose subject matches.
    """
    if append.same_subject is SameSubject.REFUSE:
        return None
    known = dict(append.state.subjects)
    place = append.state.certificates
    for facts in append.new:
        place += 1
        if facts.subject_hash in known:
            position, name = known[facts.subject_hash]
            return warn(Code.CA_SAME_SUBJECT, name=name, position=position)
        known[facts.subject_hash] = (place, facts.subject)
    return None


def is_not_expired(append: Append) -> Finding | None:
    """No new certificate has ended.

    Source: Administrator Guide X14.0 to X15.5: "Do not allow CA certificates or CRLs to expire"; that one is
    listed and labelled, not refused, is our reading.
    """
    return _about(Code.CA_EXPIRED, [facts for facts in append.new if facts.not_after <= append.now])


def has_started(append: Append) -> Finding | None:
    """No new certificate begins in the future.

    Source: our reading, as for expired ones.
    """
    return _about(Code.CA_NOT_YET_VALID, [facts for facts in append.new if facts.not_before > append.now])


def is_a_ca(append: Append) -> Finding | None:
    """Every new certificate is a CA by its BasicConstraints.

    Source: Certificate Creation and Use guide, about this guide: the "mechanism for CA certificate checking,
    requires the BasicConstraints extension to be present"; that others are listed and labelled is our reading.
    """
    return _about(Code.CA_NOT_A_CA, [facts for facts in append.new if not facts.is_ca])


def crl_is_in_force(append: Append) -> Finding | None:
    """No new CRL has run out.

    Source: Administrator Guide X14.0 to X15.5: "Do not allow CA certificates or CRLs to expire".
    """
    ended = [crl for crl in append.new_crls if crl.next_update is not None and crl.next_update <= append.now]
    return warn(Code.CA_CRL_EXPIRED, name=ended[0].issuer, count=len(ended)) if ended else None


def is_new(append: Append) -> Finding | None:
    """Nothing in the file was in the list before.

    Source: Administrator Guide X14.0 to X15.5: "This will append any new certificates to the existing list".
    """
    known = len(append.file.certificates) + len(append.file.crls) - len(append.new) - len(append.new_crls)
    return note(Code.CA_ALREADY_THERE, count=known) if known else None


def _about(code: Code, certificates: Sequence[CertificateFacts]) -> Finding | None:
    """One finding for all of them, with the first one's name."""
    return warn(code, name=certificates[0].subject, count=len(certificates)) if certificates else None


CHECKS: tuple[Check[Append], ...] = (
    is_base64_pem,
    can_be_shown_whole,
    has_no_twin_by_common_name,
    fits_into_the_list,
)
WARNINGS: tuple[Check[Append], ...] = (
    has_another_subject,
    is_not_expired,
    has_started,
    is_a_ca,
    crl_is_in_force,
    is_new,
)


def state_of_list(certificates: Sequence[CertificateFacts], crls: Sequence[CrlFacts]) -> ListState:
    """What appending needs to know of a list that is made of values, in its order."""
    subjects: dict[str, tuple[int, str]] = {}
    common_names: dict[str, str] = {}
    for place, facts in enumerate(certificates, start=1):
        subjects.setdefault(facts.subject_hash, (place, facts.subject))
        for common_name in facts.common_names:
            common_names.setdefault(common_name.casefold(), facts.sha256)
    sha256s = frozenset(facts.sha256 for facts in certificates) | frozenset(crl.sha256 for crl in crls)
    return ListState(len(certificates), sha256s, subjects, common_names)


def decode_file(content: FileContent) -> DecodedFile:
    """Decode everything in a file, each thing once. Never raises for any content."""
    certificates: dict[str, CertificateFacts] = {}
    crls: dict[str, CrlFacts] = {}
    facts_of_content = dict(content.facts)
    unreadable = int(facts_of_content.get("unreadable", 0))
    for der in content.certificates:
        try:
            facts = decode_certificate(der)
            certificates.setdefault(facts.sha256, facts)
        except Undecodable:
            unreadable += 1
    for der in content.crls:
        try:
            crl = decode_crl(der)
            crls.setdefault(crl.sha256, crl)
        except Undecodable:
            unreadable += 1
    left = int(facts_of_content.get("not_looked_at", 0))
    return DecodedFile(content, tuple(certificates.values()), tuple(crls.values()), unreadable, left)


def judge_append(
    file: DecodedFile, state: ListState, release: Release, same_subject: SameSubject, at: datetime
) -> AppendJudgement:
    """Judge a file on its way into the trusted CA list.

    In: the decoded file, the list as it is, the release, the lab's rule for twins, an aware moment. Out: what
    the page says and what is new.
    """
    append = Append(
        file=file,
        new=tuple(facts for facts in file.certificates if facts.sha256 not in state.sha256s),
        new_crls=tuple(crl for crl in file.crls if crl.sha256 not in state.sha256s),
        state=state,
        release=release,
        same_subject=same_subject,
        now=moments.iso(at),
    )
    refusals = findings(CHECKS, append)
    found = refusals + findings(WARNINGS, append)
    headline = first_refusal(refusals)
    return AppendJudgement(headline is None, headline, found, append)
