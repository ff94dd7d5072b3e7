"""An upload to the Server certificate page, and what became of it: the values its rules pass around."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from certstore.pki.depends import ChainJudgement
from certstore.pki.facts import CertificateFacts
from certstore.pki.findings import Finding
from certstore.pki.keys import KeyFile, KeySource
from certstore.pki.releases import AS_SHIPPED, ClientAuth, Release, Role, SameSubject, Switches
from certstore.pki.sniff import FileContent
from certstore.pki.trust import TrustList


class KeyRule(StrEnum):
    """What an upload's key is compared with."""

    HELD = "held"  # the key file that came along, else the key the server holds
    REAL_FILES = "real-files"  # no key chooser: a match is told, a mismatch proves nothing


class Outcome(StrEnum):
    """What became of an upload."""

    ACCEPTED = "accepted"
    WARNED = "warned"
    REFUSED = "refused"
    DEPENDS = "depends"


@dataclass(frozen=True, slots=True)
class HeldKey:
    """The public half that a server holds, and where it came from."""

    spki_sha256: str
    origin: KeySource


class RequestState(StrEnum):
    """What became of a request."""

    PENDING = "pending"
    USED = "used"  # a certificate made of it was uploaded
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class KnownRequest:
    """A signing request that the lab knows: whose it is, and what became of it."""

    spki_sha256: str
    server: str  # the host name of the server that made it
    is_here: bool  # made by the server that the upload is for
    state: RequestState
    is_imported: bool  # a real server's, brought in
    made: str  # lab time, ISO text
    closed: str = ""  # when it was used or discarded
    is_for_client: bool = False  # made on the Client certificate page


@dataclass(frozen=True, slots=True)
class Server:
    """What a verdict needs to know of the server."""

    role: Role
    release: Release
    same_subject: SameSubject
    trust: TrustList
    held: HeldKey | None = None
    key_rule: KeyRule = KeyRule.HELD
    switches: Switches = AS_SHIPPED
    requests: tuple[KnownRequest, ...] = ()  # of the lab, the newest first
    is_client: bool = False  # as the Client certificate page asks

    @property
    def pending(self) -> KnownRequest | None:
        """The request whose key the next certificate is for."""
        mine = (one for one in self.requests if self.made(one) and one.state is RequestState.PENDING)
        return next(mine, None)

    def made(self, request: KnownRequest) -> bool:
        """Whether a request was made on this page of this server."""
        return request.is_here and request.is_for_client == self.is_client


def asks_for_client_auth(server: Server) -> bool:
    """Whether an upload to this server refuses a certificate without client authentication."""
    asked = server.release.client_auth(server.role)
    if asked is ClientAuth.BY_SWITCH:
        return not server.switches.server_eku_upload
    return asked is ClientAuth.REQUIRED


@dataclass(frozen=True, slots=True)
class Upload:
    """One upload: the file as it was read, the key file, the server, the moment; and OpenSSL's verdict."""

    content: FileContent
    certificate: CertificateFacts | None  # the one judged: the first, or in a file that is refused its leaf
    key_file: KeyFile | None
    server: Server
    at: datetime
    chain: ChainJudgement | None  # None when there is no certificate to judge


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the server says, and everything else that was found."""

    outcome: Outcome
    accepted: bool  # whether the server takes it; a DEPENDS can be either
    headline: Finding | None  # the first refusal; None when accepted
    findings: tuple[Finding, ...]  # all of them, the headline included, in the order they are asked
    upload: Upload
