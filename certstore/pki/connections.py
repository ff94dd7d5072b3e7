"""What a verdict on a connection is: whether it works, why not, who saw what, and what each side logs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from certstore.pki.depends import ChainJudgement
from certstore.pki.facts import CertificateFacts
from certstore.pki.findings import Finding


class Kind(StrEnum):
    """Which connection of the deployment."""

    ZONE = "zone"  # Expressway-C to Expressway-E, SIP over TLS
    TUNNELS = "tunnels"  # Expressway-C to Expressway-E, SSH
    UNIFIED_CM = "unified-cm"  # Expressway-C to Unified CM, HTTPS and SIP
    JABBER = "jabber"  # the client to Expressway-E, HTTPS
    PEERS = "peers"  # two Expressways of one cluster: its database
    SIGN_IN = "sign-in"  # all the way from the client to Unified CM


class Health(StrEnum):
    """How a connection is."""

    WORKS = "works"
    WARNS = "warns"  # works once a person has accepted a warning
    FAILS = "fails"
    OFF = "off"  # not set up, so nobody tries


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a connection fails or warns: what was found, the server whose rule it is, and what it is about."""

    finding: Finding
    by: str  # id of the server (or client) on which the rule failed
    about: str  # id of the server whose certificate or setting is meant


@dataclass(frozen=True, slots=True)
class Look:
    """One certificate as one side of a connection looked at it."""

    by: str
    about: str
    certificate: CertificateFacts
    chain: ChainJudgement  # against the looker's list, with what was sent
    sent: tuple[CertificateFacts, ...]  # after the certificate itself
    number: int  # OpenSSL's, purpose and revocation included; 0 when the chain is taken
    depth: int
    wanted: tuple[str, ...] = ()  # the names of which one has to be in it; none where no name is asked for
    matched: str = ""  # the wanted name that is
    alert: str = ""  # the TLS alert that the other side gets ("unknown_ca"); "" where none is sent


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line that one side writes: the name of its template in `wording.log_lines`, and what fills it."""

    by: str
    name: str
    facts: Mapping[str, str | int] = field(default_factory=dict)


class StepName(StrEnum):
    """The steps of a sign-in over Mobile and Remote Access, in their order (TN-118798, TN-117811, TN-213872)."""

    SERVICE_DISCOVERY = "service-discovery"  # SRV, then the address of Expressway-E
    EDGE = "edge"  # TLS to Expressway-E 8443
    ZONE = "zone"
    TUNNEL = "tunnel"  # to Expressway-C
    UDS = "uds"  # Expressway-C to Unified CM 8443
    TFTP = "tftp"  # Expressway-C to Unified CM 6972
    SIP = "sip"  # registration: Expressway-E's certificate in SERVICE, then Unified CM 5061


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a sign-in. `health` is OFF for a step that was not reached."""

    name: StepName
    health: Health
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one connection is at a moment. The first reason is its first cause."""

    kind: Kind
    source: str  # id of the server (or client) that opens it
    target: str
    health: Health
    reasons: tuple[Reason, ...] = ()
    looks: tuple[Look, ...] = ()
    log_lines: tuple[LogLine, ...] = ()
    steps: tuple[Step, ...] = ()  # of a sign-in


@dataclass(frozen=True, slots=True)
class LabState:
    """Every connection of a deployment at a moment."""

    zones: tuple[Verdict, ...]  # one a pair of Expressway-C and peer address
    tunnels: tuple[Verdict, ...]  # one a pair of Expressway-C and Expressway-E
    unified_cms: tuple[Verdict, ...]  # one a pair of Expressway-C and Unified CM
    jabber: tuple[Verdict, ...]  # one an Expressway-E
    sign_ins: tuple[Verdict, ...]  # one an Expressway-E
    peers: tuple[Verdict, ...] = ()  # one a pair of peers of a cluster

    @property
    def all(self) -> tuple[Verdict, ...]:
        """All of them, in the order in which a sign-in meets them, then the peers of clusters."""
        return (*self.jabber, *self.zones, *self.tunnels, *self.unified_cms, *self.sign_ins, *self.peers)
