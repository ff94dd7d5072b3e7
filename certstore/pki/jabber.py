"""Jabber outside and the Expressway-E it is sent to: DNS, its certificate, and who else would notice."""

from collections.abc import Iterator
from dataclasses import dataclass

from certstore.pki import names
from certstore.pki.codes import Code
from certstore.pki.connections import Health, Kind, LogLine, Look, Reason, Verdict
from certstore.pki.dns import EDGE_PORT
from certstore.pki.findings import Check, Finding, Severity, findings, note, refuse, warn
from certstore.pki.purpose import Purpose
from certstore.pki.refusals import why_refused
from certstore.pki.releases import SameSubject
from certstore.pki.settings import InvalidCertificate
from certstore.pki.tls import Looker, look, look_for_name, sent_by
from certstore.pki.topology import Client, Expressway, Topology

COLLAB_EDGE = "collab-edge."
# Where the client gets no further than DNS.
UNREACHED = frozenset({Code.JABBER_NO_SRV, Code.JABBER_NO_ADDRESS})


@dataclass(frozen=True, slots=True)
class Visit:
    """The client on its way to one Expressway-E."""

    topology: Topology
    client: Client
    edge: Expressway
    targets: tuple[str, ...]  # of the SRV record, those that lead to this Expressway-E or to no server
    look: Look

    @property
    def domain(self) -> str:
        """The domain that the person signs in with, to be shown."""
        return names.visible(self.client.settings.domain)


def srv_names_an_edge(visit: Visit) -> Finding | None:
    """The domain's `_collab-edge._tls` record names a server.

    Source: Mobile and Remote Access guide X15.2; TechNote 221845: ServiceDiscoveryNoSRVRecordsFound.
    """
    return None if visit.targets else refuse(Code.JABBER_NO_SRV, domain=visit.domain)


def srv_target_has_an_address(visit: Visit) -> Finding | None:
    """A name in the record leads to this Expressway-E's address.

    Source: TechNote 221845: UNRESOLVED_HOST_ERROR; that another server's address is no help is our reading.
    """
    dns, edge = visit.topology.dns, visit.edge
    if not visit.targets or any(edge.address in dns.addresses(target) for target in visit.targets):
        return None
    target = names.visible(visit.targets[0])
    return refuse(Code.JABBER_NO_ADDRESS, target=target, server=edge.fqdn)


def srv_target_is_the_servers_name(visit: Visit) -> Finding | None:
    """The record names the Expressway-E as the server names itself: System host name and domain.

    Source: TechNote 117811: the cookie is for another domain otherwise, and the sign-in fails.
    """
    dns, edge = visit.topology.dns, visit.edge
    leading = [target for target in visit.targets if edge.address in dns.addresses(target)]
    if not leading or edge.fqdn.lower() in (target.rstrip(".").lower() for target in leading):
        return None
    return refuse(Code.JABBER_OTHER_NAME, target=names.visible(leading[0]), server=edge.fqdn)


def client_trusts_the_ca(visit: Visit) -> Finding | None:
    """The list of the computer that Jabber runs on takes the Expressway-E's chain, with what it sends.

    Source: Mobile and Remote Access guide X15.2, "Jabber Popup Warns About Invalid Certificate When
    Connecting from Outside the Network"; TechNote 221624.
    """
    look, server = visit.look, visit.edge.fqdn
    if look.number == 0:
        return None
    refused = why_refused(look.chain)
    name = refused.name if refused else look.certificate.subject
    return warn(Code.JABBER_NOT_TRUSTED, name=name, number=look.number, server=server)


def certificate_has_the_domain(visit: Visit) -> Finding | None:
    """The domain, or the domain with "collab-edge." before it, is a name of the Expressway-E's certificate.

    Source: TechNote 221624 (X14), "Jabber Untrusted Certificate Warning"; Mobile and Remote Access guide.
    """
    if visit.look.matched:
        return None
    return warn(Code.JABBER_NO_DOMAIN, domain=visit.domain, server=visit.edge.fqdn)


def phones_would_take_it(visit: Visit) -> Finding | None:
    """Phones of the 7800 and 8800 series and TC endpoints take the certificate as well.

    Source: TechNote 213872: they fail without a prompt where the name is missing, and trust the public CAs in
    their firmware alone; that a CA which the computer does not know is none of these is our reading.
    """
    if visit.look.matched and visit.look.number == 0:
        return None
    return note(Code.JABBER_PHONES_FAIL, domain=visit.domain, server=visit.edge.fqdn)


CHECKS_OF_DNS: tuple[Check[Visit], ...] = (
    srv_names_an_edge,
    srv_target_has_an_address,
    srv_target_is_the_servers_name,
)
CHECKS_OF_THE_CERTIFICATE: tuple[Check[Visit], ...] = (
    client_trusts_the_ca,
    certificate_has_the_domain,
    phones_would_take_it,
)


def judge_jabber(topology: Topology, edge: Expressway) -> Verdict:
    """What Jabber makes of an Expressway-E on the way in.

    In: the deployment, the Expressway-E. Out: WARNS where the person is asked and can accept, FAILS where DNS
    leads nowhere or the client is set to refuse; OFF without a client, and where DNS leads to other servers
    alone.
    Source: TechNotes 221624, 213872, 117811 and 221845; Mobile and Remote Access guide X15.2; Jabber guides
    (INVALID_CERTIFICATE_BEHAVIOR).
    """
    client = topology.client
    if client is None:
        return Verdict(Kind.JABBER, "", edge.id, Health.OFF)
    targets = topology.dns.edges_of(client.settings.domain)
    ours = tuple(target for target in targets if not _leads_elsewhere(topology, edge, target))
    if targets and not ours:
        return Verdict(Kind.JABBER, client.id, edge.id, Health.OFF)
    visit = Visit(topology, client, edge, ours, _look(topology, client, edge))
    found = findings(CHECKS_OF_DNS, visit)
    is_there = not {finding.code for finding in found} & UNREACHED
    if is_there:
        found += findings(CHECKS_OF_THE_CERTIFICATE, visit)
    return Verdict(
        Kind.JABBER,
        client.id,
        edge.id,
        _health(found, client),
        tuple(Reason(finding, client.id, edge.id) for finding in found),
        (visit.look,) if is_there else (),
        tuple(_log_lines(found, visit)),
    )


def names_of_domain(domain: str) -> tuple[str, ...]:
    """The names of which one is enough for a domain: itself, or with "collab-edge." before it; none for no domain."""
    return (domain, COLLAB_EDGE + domain) if domain else ()


def _leads_elsewhere(topology: Topology, edge: Expressway, target: str) -> bool:
    """Whether a name leads to another Expressway-E of the deployment, and not to this one."""
    addresses = topology.dns.addresses(target)
    others = {other.address for other in topology.edges if other.id != edge.id}
    return edge.address not in addresses and bool(others & set(addresses))


def _look(topology: Topology, client: Client, edge: Expressway) -> Look:
    """The Expressway-E's certificate as the client's computer sees it.

    CAs of the same subject are told apart by their keys there: that the name alone counts is said of Expressway only.
    """
    wanted = names_of_domain(client.settings.domain)
    rule, at = topology.same_subject, topology.at
    looker = Looker(id=client.id, trust=client.trust, same_subject=SameSubject.OPENSSL, at=at)
    sent = sent_by(edge.server, edge.trust, edge.settings.sends, rule, at)
    seen = look(looker, edge.id, edge.server, sent, Purpose.SERVER)
    return look_for_name(seen, wanted, topology.cn_counts)


def _health(found: tuple[Finding, ...], client: Client) -> Health:
    """The worst of what was found; a warning is one only where the person is asked."""
    severities = {finding.severity for finding in found}
    if Severity.REFUSE in severities:
        return Health.FAILS
    if Severity.WARN not in severities:
        return Health.WORKS
    asks = client.settings.on_invalid_certificate is InvalidCertificate.PROMPT
    return Health.WARNS if asks else Health.FAILS


# What the client's own log has to say to each.
_KEYS_OF_CODE: dict[Code, tuple[str, ...]] = {
    Code.JABBER_NO_SRV: ("no-srv",),
    Code.JABBER_NO_ADDRESS: ("unresolved-host",),
    Code.JABBER_OTHER_NAME: ("xauth-cookie",),
    Code.JABBER_NOT_TRUSTED: ("identity-failed",),
    Code.JABBER_NO_DOMAIN: ("identity-failed", "cn-no-match"),
}


def _log_lines(found: tuple[Finding, ...], visit: Visit) -> Iterator[LogLine]:
    """Each line once, in the order of the findings; the error of the sign-in where the client refuses."""
    keys = [key for finding in found for key in _KEYS_OF_CODE.get(finding.code, ())]
    if "identity-failed" in keys and _health(found, visit.client) is Health.FAILS:
        keys += ["validation-error", "certificate-failure"]
    url = f"https://{visit.edge.fqdn}:{EDGE_PORT}"
    for key in dict.fromkeys(keys):
        yield LogLine(visit.client.id, "jabber-log", {"key": key, "url": url})
