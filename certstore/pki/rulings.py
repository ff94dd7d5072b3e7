"""What is asked when something does not work, what the files at hand say to it, and what was at hand.

The rules themselves are in `diagnosis_upload.py` and `diagnosis_later.py`, their order in `diagnosis.py`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from certstore.pki.comparing import Change, Difference, compare_renewal
from certstore.pki.facts import CertificateFacts
from certstore.pki.findings import Finding
from certstore.pki.picture import ChainPicture
from certstore.pki.releases import RELEASES, Release, Role
from certstore.pki.requests import RequestFacts
from certstore.pki.server_upload import Judgement
from certstore.pki.sniff import FileKind


class Question(StrEnum):
    """One thing that may be the reason. The names never change after a release."""

    # Why an upload is refused or warned about.
    FORMAT = "format"
    ONE_CERTIFICATE = "one-certificate"  # the file holds the chain as well
    NAMES_PRESENT = "names-present"
    NAMES_FQDN = "names-fqdn"
    VALIDITY = "validity"
    KEY_AND_DIGEST = "key-and-digest"
    KEY_KIND = "key-kind"
    KEY_USAGE = "key-usage"
    USAGE = "usage"  # the extended ones
    UNKNOWN_ATTRIBUTE = "unknown-attribute"
    CHAIN_COMPLETE = "chain-complete"  # among the files
    CHAIN_SOUND = "chain-sound"
    CA_VALIDITY = "ca-validity"
    OWN_LIST = "own-list"  # a CA is missing in the server's own list
    SAME_NAMED_CAS = "same-named-cas"
    OTHER_REQUEST = "other-request"  # made from another request than the pending one
    DISCARDED_REQUEST = "discarded-request"
    ASKED_AND_GIVEN = "asked-and-given"  # the CA left something out
    KEY_PROTECTED = "key-protected"
    WHICH_RELEASE = "which-release"  # it is not known
    WHICH_ROLE = "which-role"

    # Why something does not work after an upload that was accepted.
    RENEWAL = "renewal"  # the certificate before had something that this one has not
    RESTART = "restart"
    PEERS_LISTS = "peers-lists"
    CUCM_LISTS = "cucm-lists"
    CLIENTS_LISTS = "clients-lists"  # phones, and the computers that Jabber runs on
    PEER_ADDRESS = "peer-address"
    SUBJECT_NAME = "subject-name"
    JABBER_DOMAIN = "jabber-domain"
    PHONE_PROFILES = "phone-profiles"
    PEER_CERTIFICATE = "peer-certificate"  # the fault is in the certificate of the other side
    CUCM_CERTIFICATE = "cucm-certificate"
    PEER_RELEASE = "peer-release"
    REVOKED = "revoked"
    CLOCK = "clock"
    DNS = "dns"
    FIREWALL = "firewall"
    ZONE_PASSWORD = "zone-password"  # noqa: S105 - the name of a question


class Answer(StrEnum):
    """What the files say to a question."""

    RULED_OUT = "ruled-out"  # it was looked at, and it is not the reason
    POSSIBLE = "possible"  # the files speak for it, or leave open what they are about
    CANT_TELL = "cant-tell"  # it is not in these files


class Trust(StrEnum):
    """Which CA certificates the judgements were made with."""

    FILES = "files"  # those among the files, if any: they count as trusted
    LIST = "list"  # the server's own list, as "Show all (PEM file)" gives it


@dataclass(frozen=True, slots=True)
class Ruling:
    """A question and its answer.

    `facts` are what its sentence names. A possible reason with facts was found in the files; one without is
    only left open by them.
    """

    question: Question
    answer: Answer
    facts: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def is_found(self) -> bool:
        """Whether the files show the reason."""
        return self.answer is Answer.POSSIBLE and bool(self.facts)


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is at hand.

    `judged` are judgements of the one certificate, of as many roles, releases and switches as were asked;
    those of another role or release than the known ones are passed over. `key` is what kind of private key
    file was there; the key itself is never read.
    """

    at: datetime
    certificate: CertificateFacts | None = None
    judged: tuple[Judgement, ...] = ()
    trust: Trust = Trust.FILES
    request: RequestFacts | None = None
    older: CertificateFacts | None = None
    key: FileKind | None = None
    role: Role | None = None  # None where it is not known
    release: Release | None = None

    @property
    def applying(self) -> tuple[Judgement, ...]:
        """The judgements for the known role and release."""
        return tuple(
            judgement
            for judgement in self.judged
            if self.role in (None, judgement.upload.server.role)
            and self.release in (None, judgement.upload.server.release)
        )

    @property
    def is_judged_everywhere(self) -> bool:
        """Whether every role and release that it may be was asked."""
        roles = [self.role] if self.role else list(Role)
        releases = [self.release] if self.release else list(RELEASES)
        asked = {(one.upload.server.role, one.upload.server.release.name) for one in self.applying}
        return {(role, release.name) for role in roles for release in releases} <= asked

    def found(self, wanted: Callable[[Finding], bool]) -> Iterator[tuple[Judgement, Finding]]:
        """The findings of a kind in the judgements that apply."""
        for judgement in self.applying:
            yield from ((judgement, finding) for finding in judgement.findings if wanted(finding))

    @property
    def picture(self) -> ChainPicture | None:
        """The chain as the first judgement that applies draws it."""
        chains = (judgement.upload.chain for judgement in self.applying)
        return next((chain.picture for chain in chains if chain is not None), None)

    def changed(self, *wanted: Change) -> Difference | None:
        """The first of some changes since the certificate before; None where there is none, or no two."""
        if self.certificate is None or self.older is None:
            return None
        found = compare_renewal(self.older, self.certificate)
        return next((difference for difference in found if difference.change in wanted), None)


Rule = Callable[[Evidence], Ruling | None]


def ruled_out(question: Question) -> Ruling:
    """It was looked at, and it is not the reason."""
    return Ruling(question, Answer.RULED_OUT)


def cant_tell(question: Question) -> Ruling:
    """It is not in these files."""
    return Ruling(question, Answer.CANT_TELL)


def possible(question: Question, **facts: str | int) -> Ruling:
    """The files speak for it; without facts they only leave it open."""
    return Ruling(question, Answer.POSSIBLE, facts)
