"""The SSH tunnels from Expressway-C to Expressway-E: stricter than the traversal zone.

What a server sends of its chain does not help here: every CA of both chains, intermediates too, has to be in
the trusted CA lists of both servers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from certstore.pki import names
from certstore.pki.codes import Code
from certstore.pki.connections import Health, Kind, LogLine, Look, Reason, Verdict
from certstore.pki.depends import judge_with_twins
from certstore.pki.eku_sunset import allows_client_auth
from certstore.pki.facts import CertificateFacts
from certstore.pki.findings import Check, Finding, findings, refuse
from certstore.pki.peer_names import matched_name
from certstore.pki.refusals import Refused, Why, why_refused
from certstore.pki.releases import Role
from certstore.pki.server_certificate import usage_names
from certstore.pki.topology import Expressway, Topology

# RFC 6187: the algorithm of an RSA key of 2048 bits or more, and one for each curve.
_SMALLEST_RSA_BITS = 2048
_ALGORITHM_OF_CURVE = {
    256: "x509v3-ecdsa-sha2-nistp256",
    384: "x509v3-ecdsa-sha2-nistp384",
    521: "x509v3-ecdsa-sha2-nistp521",
}


@dataclass(frozen=True, slots=True)
class Tunnel:
    """The tunnels of one pair of servers, with what is known of the zone between them."""

    topology: Topology
    control: Expressway
    edge: Expressway
    zones: tuple[Verdict, ...]  # between the two


@dataclass(frozen=True, slots=True)
class Shown:
    """The certificate of one server as a server of the pair looks at it: the other one, or its owner."""

    by: Expressway
    owner: Expressway
    certificate: CertificateFacts
    look: Look

    @property
    def refused(self) -> Refused | None:
        """Why the looker's list does not take it."""
        return why_refused(self.look.chain)


def zone_is_up(tunnel: Tunnel) -> Finding | None:
    """The traversal zone to the Expressway-E is active.

    Source: Administrator Guide X15.5, alarm 35013: check that the zone is active; TechNote 225693, test case
    1: zone failed, tunnels down; TechNote 118798: "Waiting for traversal server info". That they cannot be
    up where it is down is our reading.
    """
    if any(zone.health in (Health.WORKS, Health.WARNS) for zone in tunnel.zones):
        return None
    return refuse(Code.TUNNELS_ZONE_DOWN, server=tunnel.edge.fqdn)


def name_leads_to_the_edge(tunnel: Tunnel) -> Finding | None:
    """DNS has one address for the Expressway-E's name, which is the server's own.

    Source: Administrator Guide X15.5, Status: forward lookup; TechNote 118798: with two A records the status
    stays "Waiting for traversal server info".
    """
    edge = tunnel.edge
    found = tunnel.topology.dns.addresses(edge.fqdn)
    if not found:
        return refuse(Code.TUNNELS_NO_ADDRESS, server=edge.fqdn)
    if len(found) > 1:
        shown = names.visible(", ".join(found))
        return refuse(Code.TUNNELS_SEVERAL_ADDRESSES, server=edge.fqdn, addresses=shown)
    if found[0] != edge.address:
        return refuse(Code.TUNNELS_WRONG_ADDRESS, server=edge.fqdn, address=names.visible(found[0]))
    return None


def address_leads_back(tunnel: Tunnel) -> Finding | None:
    """Each name that the Expressway-E's address leads back to is a name of its certificate, and there is one.

    Source: Administrator Guide X15.5, Status (reverse lookup) and alarms 25030 and 25031; TechNote 118798:
    several or wrong PTR records.
    """
    edge, topology = tunnel.edge, tunnel.topology
    found = topology.dns.names_of(edge.address)
    if not found:
        return refuse(Code.TUNNELS_NO_PTR, address=edge.address, server=edge.fqdn)
    for name in found:
        if not matched_name(edge.server, (name,), topology.cn_counts):
            ptr = names.visible(name)
            return refuse(Code.TUNNELS_PTR_NOT_A_NAME, address=edge.address, ptr=ptr, server=edge.fqdn)
    return None


def host_name_has_no_underscore(tunnel: Tunnel) -> Finding | None:
    """The System host name of the Expressway-E has no underscore.

    Source: Mobile and Remote Access guide X15.2, troubleshooting: an unexpected error in portforwarding.pyc.
    """
    edge = tunnel.edge
    return refuse(Code.TUNNELS_UNDERSCORE, server=edge.fqdn) if "_" in edge.host else None


def every_ca_is_in_the_list(shown: Shown) -> Finding | None:
    """Every CA of the chain is in the list, intermediates too, whatever was sent.

    Source: TechNote 221624 (X14), "Traversal Zone Up but SSH Tunnels Down After a Certificate Renewal": the
    entire chain in the list of every Expressway.
    """
    refused = shown.refused
    if refused is None or refused.why is not Why.MISSING:
        return None
    return refuse(
        Code.TUNNELS_CA_MISSING,
        name=refused.name,
        below=refused.below,
        key_id=refused.key_id,
        other=shown.owner.fqdn,
        looker=shown.by.fqdn,
    )


def has_an_issuer_that_is_trusted(shown: Shown) -> Finding | None:
    """It is not its own issuer, or it is in the list itself.

    Source: Administrator Guide X15.5, Status: the tunnels fail where the issuing CA is not trusted; of a
    certificate without one it is our reading.
    """
    refused = shown.refused
    if refused is None or refused.why is not Why.SELF_SIGNED:
        return None
    other, looker = shown.owner.fqdn, shown.by.fqdn
    return refuse(Code.TUNNELS_SELF_SIGNED, name=refused.name, other=other, looker=looker)


def no_ca_is_hidden_by_its_name(shown: Shown) -> Finding | None:
    """No other CA of the same subject stands above the right one in the list.

    Source: TechNote 213872: the search ends at the first CA with that subject; the setting of the lab decides.
    """
    refused = shown.refused
    if refused is None or refused.why is not Why.SAME_SUBJECT:
        return None
    other, looker = shown.owner.fqdn, shown.by.fqdn
    return refuse(Code.TUNNELS_SAME_SUBJECT, name=refused.name, other=other, looker=looker)


def chain_is_in_force(shown: Shown) -> Finding | None:
    """The certificate and every CA above it have begun and have not ended.

    Source: Administrator Guide X15.5, Status: certificates that are not valid or not current.
    """
    refused = shown.refused
    if refused is None or refused.why is not Why.NOT_VALID:
        return None
    return refuse(
        Code.TUNNELS_NOT_VALID,
        name=refused.name,
        start=refused.start,
        end=refused.end,
        other=shown.owner.fqdn,
        looker=shown.by.fqdn,
    )


def chain_is_sound(shown: Shown) -> Finding | None:
    """OpenSSL takes the chain.

    Source: our reading: the product judges chains with OpenSSL.
    """
    refused = shown.refused
    if refused is None or refused.why is not Why.OTHER:
        return None
    other, looker, number = shown.owner.fqdn, shown.by.fqdn, refused.number
    return refuse(Code.TUNNELS_CHAIN_REFUSED, name=refused.name, number=number, other=other, looker=looker)


def may_act_as_client(shown: Shown) -> Finding | None:
    """The client certificate of Expressway-C allows client authentication, whatever the other side checks.

    Source: Administrator Guide X15.5, Expressway-C: SSH Tunnel Compatibility; TechNote 225693, test case 2.
    Both usages, or no extension at all, are fine.
    """
    usage = shown.certificate.extended_key_usage
    if shown.owner.role is not Role.EXPRESSWAY_C or usage is None or allows_client_auth(shown.certificate):
        return None
    return refuse(Code.TUNNELS_NO_CLIENT_AUTH, eku=usage_names(usage), other=shown.owner.fqdn)


def names_have_no_unknown_oid(shown: Shown) -> Finding | None:
    """Every attribute of subject and issuer is one that decodes to a name.

    Source: Certificate Creation and Use guide, troubleshooting: an undecoded numeric OID breaks SSH tunnels.
    """
    unknown = shown.certificate.unknown_name_oids
    return refuse(Code.TUNNELS_UNKNOWN_OID, oid=unknown[0], other=shown.owner.fqdn) if unknown else None


def key_algorithm_is_offered(shown: Shown) -> Finding | None:
    """The looker's SSH configuration has the public key algorithm of the certificate.

    Source: our reading of Administrator Guide X15.5, SSH configuration, which lists the algorithms by kind of
    key; which key each stands for is RFC 6187's.
    """
    certificate = shown.certificate
    if tunnel_algorithm(certificate) in shown.by.settings.tunnel_algorithms:
        return None
    return refuse(
        Code.TUNNELS_KEY_ALGORITHM,
        algorithm=names.visible(certificate.key_algorithm),
        bits=certificate.key_bits,
        other=shown.owner.fqdn,
        looker=shown.by.fqdn,
    )


CHECKS_OF_THE_ZONE: tuple[Check[Tunnel], ...] = (zone_is_up,)
CHECKS_OF_EXPRESSWAY_E: tuple[Check[Tunnel], ...] = (host_name_has_no_underscore,)
CHECKS_OF_DNS: tuple[Check[Tunnel], ...] = (name_leads_to_the_edge, address_leads_back)
# What a server asks of a certificate against its own list: its own as well as the other's.
CHECKS_OF_A_CHAIN: tuple[Check[Shown], ...] = (
    every_ca_is_in_the_list,
    has_an_issuer_that_is_trusted,
    no_ca_is_hidden_by_its_name,
    chain_is_in_force,
    chain_is_sound,
    key_algorithm_is_offered,
)
# What is asked of a certificate once, by the other side.
CHECKS_OF_A_CERTIFICATE: tuple[Check[Shown], ...] = (may_act_as_client, names_have_no_unknown_oid)
_TOLD_ONCE = frozenset({Code.TUNNELS_NOT_VALID, Code.TUNNELS_CHAIN_REFUSED})


def tunnel_algorithm(certificate: CertificateFacts) -> str:
    """The public key algorithm that a certificate's key takes in the SSH configuration, "" where none fits."""
    if certificate.key_algorithm == "RSA" and certificate.key_bits >= _SMALLEST_RSA_BITS:
        return "x509v3-rsa2048-sha256"
    if certificate.key_algorithm == "ECDSA":
        return _ALGORITHM_OF_CURVE.get(certificate.key_bits, "")
    return ""


def judge_tunnels(
    topology: Topology, control: Expressway, edge: Expressway, zones: Sequence[Verdict]
) -> Verdict:
    """Whether the SSH tunnels from an Expressway-C to an Expressway-E are up.

    In: the deployment, the two servers, the verdicts on the zones of the deployment. Out: the verdict; OFF
    where no peer address of the Expressway-C leads to this Expressway-E. The first reason is the zone's where
    the zone is down, then come the certificates, then DNS.
    Source: Administrator Guide X15.5, Status and Managing Security; TechNotes 221624, 225693 and 118798;
    Certificate Creation and Use guide, troubleshooting; Mobile and Remote Access guide X15.2.
    """
    between = zones_between(zones, control, edge)
    if all(zone.health is Health.OFF for zone in between):
        return Verdict(Kind.TUNNELS, control.id, edge.id, Health.OFF)
    tunnel = Tunnel(topology, control, edge, between)
    shown = _all_shown(tunnel)
    reasons = (
        *_reasons(findings(CHECKS_OF_THE_ZONE, tunnel), control, edge),
        *_reasons_of_certificates(shown),
        *_reasons(findings(CHECKS_OF_EXPRESSWAY_E, tunnel), edge, edge),
        *_reasons(findings(CHECKS_OF_DNS, tunnel), control, edge),
    )
    health = Health.FAILS if reasons else Health.WORKS
    looks = tuple(one.look for one in shown)
    return Verdict(Kind.TUNNELS, control.id, edge.id, health, reasons, looks, _log_lines(reasons))


def zones_between(zones: Sequence[Verdict], control: Expressway, edge: Expressway) -> tuple[Verdict, ...]:
    """The zones from an Expressway-C to an Expressway-E.

    In: the verdicts on all zones. Out: those whose address leads there; where none does, those that lead to no
    server at all, for they may be meant.
    """
    of_control = [zone for zone in zones if zone.source == control.id]
    leading = tuple(zone for zone in of_control if zone.target == edge.id)
    return leading or tuple(zone for zone in of_control if not zone.target)


def _all_shown(tunnel: Tunnel) -> tuple[Shown, ...]:
    """Both certificates against both lists, the other side's list first."""
    control, edge = tunnel.control, tunnel.edge
    pairs = (
        (edge, control, control.client),
        (control, edge, edge.server),
        (control, control, control.client),
        (edge, edge, edge.server),
    )
    return tuple(_shown(tunnel.topology, *pair) for pair in pairs)


def _shown(topology: Topology, by: Expressway, owner: Expressway, certificate: CertificateFacts) -> Shown:
    chain = judge_with_twins(certificate, by.trust, topology.same_subject, topology.at)
    verdict = chain.verdict
    look = Look(by.id, owner.id, certificate, chain, (), verdict.number, verdict.depth)
    return Shown(by, owner, certificate, look)


def _reasons_of_certificates(shown: Sequence[Shown]) -> list[Reason]:
    """What the lists say first, then what is wrong with a certificate in itself.

    What has nothing to do with a list is told by the other side alone.
    """
    found: list[Reason] = []
    for one in shown:
        told = {(reason.about, reason.finding.code, reason.finding.facts.get("name")) for reason in found}
        for reason in _reasons(findings(CHECKS_OF_A_CHAIN, one), one.by, one.owner):
            code = reason.finding.code
            if code not in _TOLD_ONCE or (reason.about, code, reason.finding.facts.get("name")) not in told:
                found.append(reason)
    for one in shown:
        if one.by.id != one.owner.id:
            found += _reasons(findings(CHECKS_OF_A_CERTIFICATE, one), one.by, one.owner)
    return found


def _reasons(found: Sequence[Finding], by: Expressway, about: Expressway) -> list[Reason]:
    return [Reason(finding, by.id, about.id) for finding in found]


_LINE_OF_CODE = {
    Code.TUNNELS_UNDERSCORE: "portforwarding-failed",
    Code.TUNNELS_NO_PTR: "reverse-lookup-failed",
    Code.TUNNELS_PTR_NOT_A_NAME: "cvs-invalid-hostname",
}


def _log_lines(reasons: Sequence[Reason]) -> tuple[LogLine, ...]:
    """The lines that are known: of the other reasons none was published."""
    lines = []
    for reason in reasons:
        name = _LINE_OF_CODE.get(reason.finding.code)
        if name is not None:
            address = reason.finding.facts.get("address")
            lines.append(LogLine(reason.by, name, {"ip": address} if address else {}))
    return tuple(lines)
