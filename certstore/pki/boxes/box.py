"""One real server as it was recognised: what is known of it, where from, and what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from certstore.pki.boxes.configuration import Configuration, TraversalZone, configuration_of
from certstore.pki.boxes.decoded import Decoded
from certstore.pki.boxes.parts import RawBox
from certstore.pki.facts import CertificateFacts, CrlFacts, Undecodable, decode_certificate, decode_crl
from certstore.pki.releases import Role
from certstore.pki.server_names import assumed_role, can_be_a_server, own_name


class Origin(StrEnum):
    """What something is known from."""

    SAID = "said"  # by the person
    CONFIGURATION = "configuration"
    CERTIFICATE = "certificate"  # inferred from it
    FILE_NAME = "file-name"
    NOTHING = "nothing"


class Missing(StrEnum):
    """What was not brought, or not recognised."""

    NAME = "name"
    ROLE = "role"
    SERVER_CERTIFICATE = "server-certificate"
    ONLY_DECODED = "only-decoded"  # its printed form was brought, of which none can be rebuilt
    TRUST_LIST = "trust-list"
    CONFIGURATION = "configuration"
    ZONE = "zone"
    RELEASE = "release"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One server."""

    label: str
    host: str
    domain: str
    name_from: Origin
    role: Role | None
    role_from: Origin
    server: CertificateFacts | None
    is_presented: bool
    client: CertificateFacts | None
    trust: tuple[CertificateFacts, ...] | None
    is_list_guessed: bool
    crls: tuple[CrlFacts, ...]
    sent: tuple[CertificateFacts, ...]
    decoded: tuple[Decoded, ...]
    configuration: Configuration
    has_configuration: bool
    other_certificates: int  # server certificates beside the one that counts
    private_keys: int
    unreadable: int

    @property
    def fqdn(self) -> str:
        """Host name and domain; "" where no name is known that a server can have."""
        return f"{self.host}.{self.domain}" if self.host and self.domain else ""

    @property
    def zone(self) -> TraversalZone | None:
        """Its end of the traversal zone, where its configuration has one of its role's kind."""
        zones = [zone for zone in self.configuration.zones if zone.role is self.role]
        return next((zone for zone in zones if zone.for_edge), next(iter(zones), None))

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What is not known of it, the gravest first."""
        no_certificate = Missing.ONLY_DECODED if self.decoded else Missing.SERVER_CERTIFICATE
        asked = (
            (not self.fqdn, Missing.NAME),
            (self.role is None, Missing.ROLE),
            (self.server is None, no_certificate),
            (self.trust is None, Missing.TRUST_LIST),
            (not self.has_configuration, Missing.CONFIGURATION),
            (self.has_configuration and self.zone is None, Missing.ZONE),
            (not self.configuration.release, Missing.RELEASE),
        )
        return tuple(what for is_missing, what in asked if is_missing)

    @property
    def can_be_made(self) -> bool:
        """Whether a server of a lab can be made of it."""
        return bool(self.fqdn) and self.role is not None


def box_of(raw: RawBox) -> Box:
    """What was brought of one server, decoded. Never raises; what cannot be decoded is counted."""
    seen = _Decoder()
    servers, clients = seen.certificates(raw.servers), seen.certificates(raw.clients)
    trust = None if raw.listed is None else seen.certificates(raw.listed)
    sent, crls = seen.certificates(raw.sent), seen.crls(raw.crls)
    configuration = configuration_of(raw.values)
    server = next(iter(servers), None)
    host, domain, name_from = _name(raw, configuration, server)
    role, role_from = _role(raw, configuration, server, f"{host}.{domain}")
    return Box(
        label=raw.label,
        host=host,
        domain=domain,
        name_from=name_from,
        role=role,
        role_from=role_from,
        server=server,
        is_presented=raw.is_presented,
        client=next(iter(clients), None),
        trust=trust,
        is_list_guessed=raw.is_list_guessed,
        crls=crls,
        sent=sent,
        decoded=raw.decoded,
        configuration=configuration,
        has_configuration=bool(raw.values),
        other_certificates=max(0, len(servers) - 1),
        private_keys=raw.private_keys,
        unreadable=raw.unreadable + seen.failed,
    )


class _Decoder:
    """Decodes, each thing once, and counts what cannot be decoded."""

    def __init__(self) -> None:
        self.failed = 0

    def certificates(self, ders: Iterable[bytes]) -> tuple[CertificateFacts, ...]:
        found: dict[str, CertificateFacts] = {}
        for der in ders:
            try:
                facts = decode_certificate(der)
            except Undecodable:
                self.failed += 1
            else:
                found.setdefault(facts.sha256, facts)
        return tuple(found.values())

    def crls(self, ders: Iterable[bytes]) -> tuple[CrlFacts, ...]:
        found: dict[str, CrlFacts] = {}
        for der in ders:
            try:
                crl = decode_crl(der)
            except Undecodable:
                self.failed += 1
            else:
                found.setdefault(crl.sha256, crl)
        return tuple(found.values())


def _name(
    raw: RawBox, configuration: Configuration, server: CertificateFacts | None
) -> tuple[str, str, Origin]:
    """Host name, domain, and what they are known from; of the names of files often the host name alone."""
    names = (
        (raw.said_name, Origin.SAID),
        (_joined(configuration.host, configuration.domain), Origin.CONFIGURATION),
        (_joined(configuration.system_name, configuration.domain), Origin.CONFIGURATION),
        (configuration.system_name, Origin.CONFIGURATION),
        (own_name(server) if server else "", Origin.CERTIFICATE),
        (_decoded_name(raw), Origin.CERTIFICATE),
        (_joined(raw.hint, configuration.domain), Origin.FILE_NAME),
    )
    for name, origin in names:
        if can_be_a_server(name):
            host, _, domain = name.lower().partition(".")
            return host, domain, origin
    host = raw.hint.lower() if can_be_a_server(f"{raw.hint}.example") else ""
    return host, "", Origin.FILE_NAME if host else Origin.NOTHING


def _joined(host: str, domain: str) -> str:
    """A host name with its domain, where it has not one of its own."""
    return host if "." in host or not (host and domain) else f"{host}.{domain}"


def _decoded_name(raw: RawBox) -> str:
    """The first name of a certificate whose printed form was brought."""
    return next((name for one in raw.decoded for name in one.san_dns if can_be_a_server(name)), "")


def _role(
    raw: RawBox, configuration: Configuration, server: CertificateFacts | None, fqdn: str
) -> tuple[Role | None, Origin]:
    """The role: as said, as the traversal zone has it, else the likely one by the certificate's names."""
    if raw.said_role is not None:
        return raw.said_role, Origin.SAID
    if configuration.zone is not None:
        return configuration.zone.role, Origin.CONFIGURATION
    if server is not None:
        return assumed_role(server, fqdn), Origin.CERTIFICATE
    return None, Origin.NOTHING
