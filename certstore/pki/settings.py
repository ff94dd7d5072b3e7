"""What is set on a server beside its certificates, as far as a verdict on a connection needs it."""

from dataclasses import dataclass
from enum import StrEnum


class Sends(StrEnum):
    """What a server sends of its chain in a handshake."""

    CHAIN = "chain"  # its certificate and what its own list gives above it, the root included
    LEAF = "leaf"  # its certificate alone


class Fallback(StrEnum):
    """What revocation checking makes of a certificate whose status cannot be learnt."""

    NOT_REVOKED = "not-revoked"
    REVOKED = "revoked"


# The public key algorithms of the tunnels' SSH configuration, as the product has them, in its order (AG-SEC).
TUNNEL_ALGORITHMS: tuple[str, ...] = (
    "x509v3-rsa2048-sha256",
    "x509v3-ecdsa-sha2-nistp256",
    "x509v3-ecdsa-sha2-nistp384",
    "x509v3-ecdsa-sha2-nistp521",
)


@dataclass(frozen=True, slots=True)
class Revocation:
    """Configuration > SIP, "Certificate revocation checking". The defaults are the web interface's.

    Source: Administrator Guide, Managing Security. The command line's default of the fallback is the other one.
    """

    is_on: bool = False
    uses_ocsp: bool = True
    uses_crls: bool = True
    downloads_crls: bool = True
    fallback: Fallback = Fallback.NOT_REVOKED


@dataclass(frozen=True, slots=True)
class ExpresswaySettings:
    """What is set on one Expressway; the defaults are those of a server where nobody changed anything."""

    sends: Sends = Sends.CHAIN
    tunnel_algorithms: tuple[str, ...] = TUNNEL_ALGORITHMS
    verifies_origin_server: bool = (
        True  # xConfiguration EdgeConfigServer VerifyOriginServer, Expressway-C only
    )
    revocation: Revocation = Revocation()


NOTHING_CHANGED = ExpresswaySettings()


@dataclass(frozen=True, slots=True)
class ZoneSettings:
    """One side of the Unified Communications traversal zone, as its page has it."""

    name: str
    username: str
    password: str  # never a password: a fingerprint, equal on both sides where the passwords are
    sip_port: int = 7001
    peers: tuple[str, ...] = ()  # "Peer 1 address" to "Peer 6 address", as typed; the client's side only
    verify_subject_name: str = ""  # "TLS verify subject name", as typed; the server's side only


@dataclass(frozen=True, slots=True)
class CucmSettings:
    """What is set on a Unified CM as far as certificates go."""

    server_entry: str  # its entry under System > Server: the address that clients are told to use
    mixed_mode: bool = False
    prefers_rsa: bool = False  # offers its RSA certificates even to who would take the ECDSA ones


class InvalidCertificate(StrEnum):
    """INVALID_CERTIFICATE_BEHAVIOR of Jabber for Windows."""

    PROMPT = "PromptPerSession"
    REJECT = "RejectAndNotify"


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """The person outside who signs in, and with what."""

    domain: str  # what stands behind the @ of the name the person signs in with
    on_invalid_certificate: InvalidCertificate = InvalidCertificate.PROMPT
