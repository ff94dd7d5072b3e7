"""Two peers of one cluster: whether its database replicates between them, and what each holds against the other.

In Permissive nobody asks for certificates: what is wrong with them is told, and changes nothing. A peer that has been
restarted in Enforcing asks every other one for a chain that it trusts and for names that lead to where it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from certstore.pki.codes import Code
from certstore.pki.connections import Health, Kind, Look, Reason, Verdict
from certstore.pki.eku_sunset import allows_client_auth
from certstore.pki.findings import Check, Finding, Severity, findings, refuse
from certstore.pki.names import is_fqdn
from certstore.pki.peer_findings import Names, reasons_of
from certstore.pki.peer_names import is_address, matched_name, names_that_count, same_address
from certstore.pki.purpose import Purpose
from certstore.pki.server_certificate import usage_names
from certstore.pki.tls import Looker, look, sent_by
from certstore.pki.topology import ClusterPeer, Expressway, Topology


@dataclass(frozen=True, slots=True)
class Seen:
    """One peer as another one sees it."""

    topology: Topology
    by: Expressway
    about: Expressway
    place: ClusterPeer  # of the one that is looked at
    look: Look

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where the typed address of the peer leads."""
        typed = self.place.address
        return (typed,) if is_address(typed) else self.resolved(typed)

    def resolved(self, name: str) -> tuple[str, ...]:
        """Where a name leads: by the cluster address mapping, else by DNS.

        Source: Cluster Creation and Maintenance Guide X15.4: names are resolved by DNS or cluster address mapping. That
        the mapping is asked first is our reading.
        """
        return self.place.mapped(name) or self.topology.dns.addresses(name)

    @property
    def who(self) -> dict[str, str]:
        """What every finding carries: the two servers, and the address as typed."""
        return {"looker": self.by.fqdn, "other": self.about.fqdn, "address": self.place.address}


def address_is_known(seen: Seen) -> Finding | None:
    """The typed address of the peer is an IP address, or a name that the address mapping or DNS knows.

    Source: Cluster Creation and Maintenance Guide X15.4: peers are reached by the addresses of the clustering page.
    """
    return None if seen.addresses else refuse(Code.CLUSTER_NO_ADDRESS, **seen.who)


def address_leads_to_the_peer(seen: Seen) -> Finding | None:
    """What the typed address leads to is the peer.

    Source: Cluster Creation and Maintenance Guide X15.4: peers are reached by the addresses of the clustering page.
    """
    if not seen.addresses or any(same_address(one, seen.about.address) for one in seen.addresses):
        return None
    return refuse(Code.CLUSTER_ADDRESS_LEADS_ELSEWHERE, **seen.who, target=seen.addresses[0])


def may_act_as_client(seen: Seen) -> Finding | None:
    """The certificate allows client authentication, where the release asks for it between peers.

    Source: TechNote 225482: before X15.4 the cluster database asks for it when enforcing; later it does not.
    """
    certificate = seen.about.server
    usage = certificate.extended_key_usage
    if not seen.topology.release.peers_want_client_auth or usage is None or allows_client_auth(certificate):
        return None
    return refuse(Code.CLUSTER_NO_CLIENT_AUTH, **seen.who, eku=usage_names(usage))


def address_is_an_fqdn(seen: Seen) -> Finding | None:
    """The typed address of the peer is an FQDN.

    Source: Cluster Creation and Maintenance Guide X15.4: with TLS verification peer addresses must be FQDNs.
    """
    typed = seen.place.address
    is_name = is_fqdn(typed) and not is_address(typed)
    return None if is_name else refuse(Code.CLUSTER_ADDRESS_NOT_FQDN, **seen.who)


def address_is_a_name(seen: Seen) -> Finding | None:
    """The typed address of the peer is a name of its certificate: its CN or an alternative name.

    Source: Cluster Creation and Maintenance Guide X15.4: it must match CN or a SAN.
    """
    typed = seen.place.address
    if address_is_an_fqdn(seen) is not None or matched_name(seen.about.server, (typed,), cn_counts=True):
        return None
    return refuse(Code.CLUSTER_ADDRESS_NOT_IN_CERTIFICATE, **seen.who)


def a_name_leads_to_the_peer(seen: Seen) -> Finding | None:
    """A name of the certificate leads, by the address mapping or DNS, to the address that the peer has.

    Source: Cluster Creation and Maintenance Guide X15.4: names are read out of the certificate, resolved, and
    compared with the address that showed it; that one name is enough, and that alternative names count as well as
    the CN, is our reading.
    """
    named = [name for name in names_that_count(seen.about.server, cn_counts=True) if "*" not in name]
    found = [address for name in named for address in seen.resolved(name)]
    if any(same_address(address, seen.about.address) for address in found):
        return None
    return refuse(Code.CLUSTER_NAME_LEADS_ELSEWHERE, **seen.who, target=seen.about.address)


# What has to be right in either mode, and what only Enforcing asks for.
CHECKS_OF_THE_WAY: tuple[Check[Seen], ...] = (address_is_known, address_leads_to_the_peer)
CHECKS_OF_A_PEER: tuple[Check[Seen], ...] = (
    may_act_as_client,
    address_is_an_fqdn,
    address_is_a_name,
    a_name_leads_to_the_peer,
)


def pairs_of_peers(topology: Topology) -> tuple[tuple[Expressway, Expressway], ...]:
    """Every pair of peers of one cluster, those of Expressway-C first, the lower number first in each."""
    return tuple(
        pair
        for servers in (topology.controls, topology.edges)
        for pair in combinations(sorted((one for one in servers if one.peer), key=_number), 2)
    )


def judge_peers(topology: Topology, first: Expressway, second: Expressway) -> Verdict:
    """Whether two peers of one cluster replicate.

    In: the deployment, the two, the one with the lower number first; both have a place in the cluster. Out: the
    verdict, with what each holds against the other. Only a note is what a peer that runs Permissive would hold
    against a certificate. Revocation is not checked: it is a setting of SIP.
    Source: Cluster Creation and Maintenance Guide X15.4; TechNotes 217230 and 225482; Administrator Guide X15.5,
    Clustering and Peers. That the mode of a peer is the one since its last restart: its alarm 20020.
    """
    seen = [_seen(topology, by, about) for by, about in ((first, second), (second, first)) if about.peer]
    reasons = [reason for one in seen for reason in _reasons(one)]
    ordered = sorted(reasons, key=lambda reason: reason.finding.severity is not Severity.REFUSE)
    fails = any(reason.finding.severity is Severity.REFUSE for reason in reasons)
    health = Health.FAILS if fails else Health.WORKS
    looks = tuple(one.look for one in seen)
    return Verdict(Kind.PEERS, first.id, second.id, health, tuple(ordered), looks)


def finds_invalid(verdict: Verdict, by: str, about: str) -> bool:
    """Whether one peer of a pair holds anything against the certificate or the address of the other, in either mode."""
    return any(
        (reason.by, reason.about) == (by, about)
        and reason.finding.code is not Code.PEER_DEPENDS_ON_SAME_SUBJECT
        for reason in verdict.reasons
    )


def _number(server: Expressway) -> int:
    return server.peer.number if server.peer else 0


def _seen(topology: Topology, by: Expressway, about: Expressway) -> Seen:
    """How one peer sees the certificate that another one shows it."""
    if about.peer is None:
        raise ValueError(f"{about.fqdn} is in no cluster")
    rule, at = topology.same_subject, topology.at
    looker = Looker(id=by.id, trust=by.trust, same_subject=rule, at=at)
    sent = sent_by(about.server, about.trust, about.settings.sends, rule, at)
    return Seen(topology, by, about, about.peer, look(looker, about.id, about.server, sent, Purpose.SERVER))


def _reasons(seen: Seen) -> Iterator[Reason]:
    """What one peer holds against another: the way there, then its certificate as strictly as it looks."""
    for finding in findings(CHECKS_OF_THE_WAY, seen):
        yield Reason(finding, seen.by.id, seen.about.id)
    is_strict = seen.by.peer is not None and seen.by.peer.runs_enforcing
    chain = reasons_of(seen.look, Purpose.SERVER, Names(seen.by.fqdn, seen.about.fqdn))
    further = (Reason(finding, seen.by.id, seen.about.id) for finding in findings(CHECKS_OF_A_PEER, seen))
    for reason in (*chain, *further):
        yield reason if is_strict else replace(reason, finding=_only_told(reason.finding))


def _only_told(finding: Finding) -> Finding:
    return replace(finding, severity=Severity.NOTE)
