"""The deployment of a lab as the verdicts on its connections see it: values only, made by `reading.topology`."""

from dataclasses import dataclass
from datetime import datetime

from certstore.pki.dns import Dns
from certstore.pki.facts import CertificateFacts
from certstore.pki.releases import Release, Role, SameSubject, Switches
from certstore.pki.settings import (
    NOTHING_CHANGED,
    ClientSettings,
    CucmSettings,
    ExpresswaySettings,
    ZoneSettings,
)
from certstore.pki.trust import TrustList


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterPeer:
    """The place of one Expressway in its cluster. All but `runs_enforcing` is the same configuration on every peer."""

    cluster: str  # its FQDN
    number: int  # 1 is the primary
    address: str  # as typed, "Peer N address"
    enforces: bool  # TLS verification mode as configured
    runs_enforcing: bool  # the mode since its last restart
    mapping: tuple[tuple[str, str], ...] = ()  # cluster address mapping: FQDN in lower case, IP address

    def mapped(self, name: str) -> tuple[str, ...]:
        """The address that the cluster address mapping has for a name, as DNS compares names."""
        asked = name.strip().rstrip(".").lower()
        return tuple(address for fqdn, address in self.mapping if fqdn == asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expressway:
    """One Expressway. Its certificates are those that callers see now, not what waits for a restart."""

    id: str
    role: Role
    host: str
    domain: str
    address: str
    trust: TrustList
    server: CertificateFacts  # what it shows to who connects to it
    client: CertificateFacts  # what it shows where it connects; the same before X15.5
    settings: ExpresswaySettings = NOTHING_CHANGED
    zone: ZoneSettings | None = None  # its side of the traversal zone; None where there is none
    peer: ClusterPeer | None = None  # None where it is in no cluster

    @property
    def fqdn(self) -> str:
        """Host name and domain, as its DNS page has them."""
        return f"{self.host}.{self.domain}" if self.domain else self.host


@dataclass(frozen=True, slots=True, kw_only=True)
class Cucm:
    """One Unified CM. Its lists and certificates are those that its services have loaded."""

    id: str
    host: str
    domain: str
    address: str
    tomcat_trust: TrustList
    callmanager_trust: TrustList
    tomcat: CertificateFacts
    callmanager: CertificateFacts
    tomcat_ecdsa: CertificateFacts | None = None
    callmanager_ecdsa: CertificateFacts | None = None
    settings: CucmSettings

    @property
    def fqdn(self) -> str:
        """Host name and domain."""
        return f"{self.host}.{self.domain}" if self.domain else self.host


@dataclass(frozen=True, slots=True, kw_only=True)
class CucmLink:
    """A row of Configuration > Unified Communications > Unified CM servers, on Expressway-C."""

    cucm: Cucm
    publisher_address: str  # as typed
    tls_verify: bool  # "TLS verify mode"
    known_as: str  # the System > Server entry at the last "Refresh servers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Jabber outside, on a computer with a list of CAs of its own."""

    id: str
    trust: TrustList
    settings: ClientSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Topology:
    """A lab's deployment at a moment. What is judged the same on every server stands here."""

    release: Release
    same_subject: SameSubject
    cn_counts: bool
    switches: Switches
    at: datetime
    controls: tuple[Expressway, ...]  # Expressway-C
    edges: tuple[Expressway, ...]  # Expressway-E
    cucms: tuple[CucmLink, ...]  # none where the lab has no Unified CM
    client: Client | None
    dns: Dns
