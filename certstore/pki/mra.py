"""A sign-in over Mobile and Remote Access, step after step, out of the verdicts on the connections it takes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from certstore.pki.at_unified_cm import TFTP_PORT
from certstore.pki.codes import Code
from certstore.pki.connections import Health, Kind, Reason, Step, StepName, Verdict
from certstore.pki.eku_sunset import allows_client_auth
from certstore.pki.findings import Check, Finding, Severity, findings, refuse
from certstore.pki.jabber import UNREACHED
from certstore.pki.server_certificate import usage_names
from certstore.pki.ssh import zones_between
from certstore.pki.topology import Expressway, Topology
from certstore.pki.unified_cm import SIP_PORT, UDS_PORT

_UP = (Health.WORKS, Health.WARNS)
# The steps that the client itself takes, and writes about.
_BY_JABBER = (StepName.SERVICE_DISCOVERY, StepName.EDGE)


@dataclass(frozen=True, slots=True)
class SignIn:
    """A deployment with every verdict that a sign-in over one Expressway-E needs."""

    topology: Topology
    edge: Expressway
    jabber: Verdict
    zones: tuple[Verdict, ...]  # to this Expressway-E
    tunnels: tuple[Verdict, ...]
    unified_cms: tuple[Verdict, ...]  # of every Expressway-C

    @property
    def controls(self) -> frozenset[str]:
        """The Expressway-Cs that can be reached: those whose zone and tunnels are up."""
        zones = {zone.source for zone in self.zones if zone.health in _UP}
        return frozenset(one.source for one in self.tunnels if one.health in _UP and one.source in zones)

    @property
    def links(self) -> tuple[Verdict, ...]:
        """The connections of those to Unified CM."""
        return tuple(one for one in self.unified_cms if one.source in self.controls)


def has_a_zone(sign_in: SignIn) -> Finding | None:
    """A traversal zone leads to the Expressway-E.

    Source: Administrator Guide X15.5, Unified Communications: one traversal zone for a pair of servers.
    """
    if any(zone.health is not Health.OFF for zone in sign_in.zones):
        return None
    return refuse(Code.SIGN_IN_NO_ZONE, server=sign_in.edge.fqdn)


def service_message_is_taken(sign_in: SignIn) -> Finding | None:
    """Expressway-C takes the certificate that Expressway-E puts into its SIP SERVICE message.

    Source: TechNote 225482: before X15.4 both usages are asked for, so SIP registrations over MRA fail with a
    certificate for server authentication only, while zone and tunnels are fine.
    """
    server = sign_in.edge.server
    usage = server.extended_key_usage
    asked = sign_in.topology.release.peers_want_client_auth
    if not asked or usage is None or allows_client_auth(server):
        return None
    return refuse(Code.SIGN_IN_SERVICE_REFUSED, eku=usage_names(usage), server=sign_in.edge.fqdn)


def domain_is_written_as_on_the_primary(sign_in: SignIn) -> Finding | None:
    """Every peer of a cluster of Expressway-E writes its domain as the primary does, capital letters included.

    Source: Mobile and Remote Access guide X15.2: a sign-in fails on the peer whose domain is written otherwise.
    """
    edge = sign_in.edge
    if edge.peer is None:
        return None
    of_primary = (one.domain for one in sign_in.topology.edges if one.peer and one.peer.number == 1)
    domain = next(of_primary, edge.domain)
    if edge.domain == domain or edge.domain.lower() != domain.lower():
        return None
    return refuse(Code.SIGN_IN_DOMAIN_CASE, server=edge.fqdn, domain=domain)


CHECKS_OF_THE_EDGE: tuple[Check[SignIn], ...] = (domain_is_written_as_on_the_primary,)
CHECKS_OF_THE_WAY: tuple[Check[SignIn], ...] = (has_a_zone,)
CHECKS_OF_REGISTRATION: tuple[Check[SignIn], ...] = (service_message_is_taken,)


def judge_sign_in(
    topology: Topology,
    edge: Expressway,
    jabber: Verdict,
    zones: Sequence[Verdict],
    tunnels: Sequence[Verdict],
    unified_cms: Sequence[Verdict],
) -> Verdict:
    """Whether a person can sign in over an Expressway-E, and where it ends.

    In: the deployment, the Expressway-E, Jabber's verdict on it, and all the verdicts on zones, tunnels and
    Unified CMs. Out: the verdict with every step; a step after a failed one is OFF. OFF as a whole where there
    is nobody to sign in, or no Unified CM to sign in to. The reasons are those of the step that fails, or warns.
    Source: TechNotes 118798, 117811 and 213872 (the order of the steps); 225482 (the SERVICE message).
    """
    sign_in = SignIn(
        topology,
        edge,
        jabber,
        tuple(zone for one in topology.controls for zone in zones_between(zones, one, edge)),
        tuple(one for one in tunnels if one.target == edge.id),
        tuple(unified_cms),
    )
    steps = tuple(_steps(sign_in))
    decisive = next((step for step in steps if step.health is not Health.WORKS), steps[-1])
    if decisive.health is Health.WARNS:
        ends = next((step for step in steps if step.health not in _UP), None)
        decisive = ends or decisive
    lines = jabber.log_lines if decisive.name in _BY_JABBER else ()
    return Verdict(Kind.SIGN_IN, jabber.source, edge.id, decisive.health, decisive.reasons, (), lines, steps)


def _steps(sign_in: SignIn) -> Iterator[Step]:
    """Every step; once one has failed, or there is nobody to ask, nobody gets to the next."""
    reached = True
    for name, look in _STEPS:
        step = look(sign_in) if reached else Step(name, Health.OFF)
        reached = step.health in _UP
        yield step


def _discovery(sign_in: SignIn) -> Step:
    found = tuple(one for one in sign_in.jabber.reasons if one.finding.code in UNREACHED)
    if sign_in.jabber.health is Health.OFF:
        return Step(StepName.SERVICE_DISCOVERY, Health.OFF)
    return _step(StepName.SERVICE_DISCOVERY, found)


def _edge(sign_in: SignIn) -> Step:
    edge = sign_in.edge.id
    refused = tuple(Reason(found, edge, edge) for found in findings(CHECKS_OF_THE_EDGE, sign_in))
    health = Health.FAILS if refused else sign_in.jabber.health
    return Step(StepName.EDGE, health, (*refused, *sign_in.jabber.reasons))


def _zone(sign_in: SignIn) -> Step:
    if any(zone.health in _UP for zone in sign_in.zones):
        return Step(StepName.ZONE, Health.WORKS, _only_told(_reasons_of(sign_in.zones)))
    edge = sign_in.edge.id
    missing = tuple(Reason(found, edge, edge) for found in findings(CHECKS_OF_THE_WAY, sign_in))
    return _step(StepName.ZONE, missing or _reasons_of(sign_in.zones))


def _tunnel(sign_in: SignIn) -> Step:
    if sign_in.controls:
        return Step(StepName.TUNNEL, Health.WORKS, _only_told(_reasons_of(sign_in.tunnels)))
    return _step(StepName.TUNNEL, _reasons_of(sign_in.tunnels))


def _uds(sign_in: SignIn) -> Step:
    return _on_port(StepName.UDS, sign_in, UDS_PORT)


def _tftp(sign_in: SignIn) -> Step:
    return _on_port(StepName.TFTP, sign_in, TFTP_PORT)


def _sip(sign_in: SignIn) -> Step:
    refused = findings(CHECKS_OF_REGISTRATION, sign_in)
    service = tuple(
        Reason(finding, control, sign_in.edge.id)
        for finding in refused
        for control in sorted(sign_in.controls)
    )
    step = _on_port(StepName.SIP, sign_in, SIP_PORT)
    return _step(StepName.SIP, (*service, *step.reasons)) if service else step


def _on_port(name: StepName, sign_in: SignIn, port: int) -> Step:
    """What Unified CM and Expressway-C make of each other on a port; OFF where there is no Unified CM.

    One Expressway-C that gets through is enough: of another one it is only told why it does not.
    """
    if not sign_in.links:
        return Step(name, Health.OFF)
    refused = {control: _refused_on(sign_in, control, port) for control in sorted(sign_in.controls)}
    reasons = tuple(reason for found in refused.values() for reason in found)
    if all(refused.values()):
        return _step(name, reasons)
    return Step(name, Health.WORKS, _only_told(reasons))


def _refused_on(sign_in: SignIn, control: str, port: int) -> tuple[Reason, ...]:
    """Why an Expressway-C does not get through to some Unified CM on a port."""
    return tuple(
        one
        for one in _reasons_of([link for link in sign_in.links if link.source == control])
        if one.finding.severity is Severity.REFUSE and one.finding.facts.get("port") == port
    )


def _only_told(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """What keeps one way from working while another one does, or is only told anyhow: nothing of it refuses."""
    return tuple(
        replace(one, finding=replace(one.finding, severity=Severity.NOTE))
        for one in reasons
        if one.finding.severity is Severity.REFUSE
    )


def _step(name: StepName, reasons: tuple[Reason, ...]) -> Step:
    return Step(name, Health.FAILS if reasons else Health.WORKS, reasons)


def _reasons_of(verdicts: Sequence[Verdict]) -> tuple[Reason, ...]:
    return tuple(reason for verdict in verdicts for reason in verdict.reasons)


_STEPS: tuple[tuple[StepName, Callable[[SignIn], Step]], ...] = (
    (StepName.SERVICE_DISCOVERY, _discovery),
    (StepName.EDGE, _edge),
    (StepName.ZONE, _zone),
    (StepName.TUNNEL, _tunnel),
    (StepName.UDS, _uds),
    (StepName.TFTP, _tftp),
    (StepName.SIP, _sip),
)
