"""Which names each server's certificate needs: who looks for a name, and what fails without it.

What a connection wants is read off its verdict, where the verdict keeps it (`Look.wanted`), and asked of the same
rules elsewhere: there is no second opinion here. What the deployment cannot tell (group chat, federation, phones, a
meeting server) comes as answers of a person.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from certstore.pki.codes import Code
from certstore.pki.connections import Health, Kind, LabState, Look, Reason, Verdict
from certstore.pki.jabber import names_of_domain
from certstore.pki.names import is_fqdn
from certstore.pki.peer_names import is_address
from certstore.pki.settings import InvalidCertificate
from certstore.pki.topology import Cucm, CucmLink, Expressway, Topology
from certstore.pki.unified_cm import of_callmanager, of_tomcat


class Slot(StrEnum):
    """Which certificate of a server, as `models.SlotName` calls it."""

    SERVER = "server"
    CLIENT = "client"
    TOMCAT = "tomcat"
    TOMCAT_ECDSA = "tomcat-ecdsa"
    CALLMANAGER = "callmanager"
    CALLMANAGER_ECDSA = "callmanager-ecdsa"


class Why(StrEnum):
    """What a name is needed for."""

    OWN = "own"  # the server's own FQDN
    CLUSTER = "cluster"  # the FQDN of its cluster
    PEER_ADDRESS = "peer-address"  # of the zone on Expressway-C
    SUBJECT_NAME = "subject-name"  # TLS verify subject name of the zone on Expressway-E
    REVERSE_LOOKUP = "reverse-lookup"  # what the PTR record of an Expressway-E names
    DOMAIN = "domain"  # that the person outside signs in with
    SRV_TARGET = "srv-target"
    CLUSTER_PEER = "cluster-peer"  # its address on the clustering page
    KNOWN_AS = "known-as"  # the System > Server entry of a Unified CM
    PUBLISHER_ADDRESS = "publisher-address"  # as typed, with TLS verify mode on
    FURTHER_DOMAIN = "further-domain"  # this and the rest: what a person answered
    FEDERATION = "federation"
    CHAT_ALIAS = "chat-alias"
    PHONE_PROFILE = "phone-profile"
    MEETINGS = "meetings"


# The code that a verdict has without the name, and what else is said about it.
CODE_OF: Mapping[Why, Code] = {
    Why.PEER_ADDRESS: Code.ZONE_PEER_ADDRESS_NOT_IN_CERTIFICATE,
    Why.SUBJECT_NAME: Code.ZONE_SUBJECT_NAME_NOT_IN_CERTIFICATE,
    Why.REVERSE_LOOKUP: Code.TUNNELS_PTR_NOT_A_NAME,
    Why.DOMAIN: Code.JABBER_NO_DOMAIN,
    Why.CLUSTER_PEER: Code.CLUSTER_ADDRESS_NOT_IN_CERTIFICATE,
    Why.KNOWN_AS: Code.UNIFIED_CM_OTHER_NAME,
    Why.PUBLISHER_ADDRESS: Code.UNIFIED_CM_TYPED_NAME,
}


# Troubles with names that a new certificate does not cure: what is typed, or what DNS answers, has to change.
NOT_BY_A_NAME = frozenset(
    {
        Code.ZONE_NO_SUBJECT_NAME,
        Code.ZONE_NO_ADDRESS,
        Code.ZONE_ADDRESS_LEADS_ELSEWHERE,
        Code.TUNNELS_NO_PTR,
        Code.TUNNELS_NO_ADDRESS,
        Code.TUNNELS_WRONG_ADDRESS,
        Code.TUNNELS_UNDERSCORE,
        Code.JABBER_NO_SRV,
        Code.JABBER_NO_ADDRESS,
        Code.JABBER_OTHER_NAME,
        Code.CLUSTER_NO_ADDRESS,
        Code.CLUSTER_ADDRESS_LEADS_ELSEWHERE,
        Code.CLUSTER_ADDRESS_NOT_FQDN,
        Code.SIGN_IN_DOMAIN_CASE,
    }
)


class Without(StrEnum):
    """What happens where a certificate lacks the name."""

    FAILS = "fails"
    WARNS = "warns"  # a person is asked
    LATER = "later"  # nothing yet: it fails once a setting, a record or a release has changed
    NOTHING = "nothing"  # no connection that is judged here rests on it


@dataclass(frozen=True, slots=True)
class Holder:
    """One certificate of one server."""

    server: str  # its id
    slot: Slot = Slot.SERVER


@dataclass(frozen=True, slots=True)
class Need:
    """Somebody looks for a name in a certificate."""

    names: tuple[str, ...]  # as they are typed; one of them is enough
    why: Why
    of: Holder
    without: Without
    by: str = ""  # id of the server or client that looks; "" where none of the lab does
    place: int = -1  # of the connection in `LabState.all`; -1 where it is none


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person knows and the deployment does not: names, as typed."""

    domains: tuple[str, ...] = ()  # further ones that people sign in with
    federation: tuple[str, ...] = ()  # domains of XMPP federation
    chat_aliases: tuple[str, ...] = ()
    phone_profiles: tuple[str, ...] = ()  # secure ones, of phones that sign in without OAuth
    meetings: tuple[str, ...] = ()  # hosts of the Join URL of a meeting server


NOTHING_ANSWERED = Answers()


def needs_of(topology: Topology, state: LabState, answers: Answers = NOTHING_ANSWERED) -> tuple[Need, ...]:
    """Every need of every certificate of a deployment.

    In: the deployment, the verdicts on it, what a person answered. Out: the needs, a server's own names first, then in
    the order of the connections. Where a verdict wants another name, or none, so does this.
    Source: Administrator Guide X15.5, Unified Communications; Certificate Creation and Use guide; Cluster Creation and
    Maintenance Guide X15.4; TechNotes 221624, 213872 and 218018; see the rules of each verdict.
    """
    servers = (*topology.controls, *topology.edges)
    own = [need for server in servers for need in _of_itself(server)]
    found = [
        replace(need, place=place)
        for place, verdict in enumerate(state.all)
        for need in _OF_KIND[verdict.kind](topology, verdict)
    ]
    return (*own, *found, *_of_unreached(topology, state), *_of_answers(topology, answers))


def not_by_a_name(state: LabState) -> tuple[Reason, ...]:
    """What is wrong with names and no certificate cures, each once."""
    found = [
        reason for verdict in state.all for reason in verdict.reasons if reason.finding.code in NOT_BY_A_NAME
    ]
    return tuple({(one.finding.code, one.by, one.about): one for one in reversed(found)}.values())[::-1]


def _of_itself(server: Expressway) -> Iterator[Need]:
    """The names that every request of the product has: the server's, and that of its cluster.

    Source: Certificate Creation and Use guide, About This Guide (the recipe); TechNote 215405.
    """
    yield Need((server.fqdn,), Why.OWN, Holder(server.id), Without.NOTHING)
    if server.peer is not None and server.peer.cluster:
        yield Need((server.peer.cluster,), Why.CLUSTER, Holder(server.id), Without.NOTHING)


def _of_zone(topology: Topology, zone: Verdict) -> Iterator[Need]:
    """Each side of a traversal zone looks for one name in the certificate of the other."""
    for look in zone.looks:
        if look.wanted:
            why = Why.PEER_ADDRESS if look.by == zone.source else Why.SUBJECT_NAME
            holder = _shown_by_expressway(topology, look)
            yield Need(look.wanted, why, holder, Without.FAILS, look.by)


def _shown_by_expressway(topology: Topology, look: Look) -> Holder:
    """Whose certificate it is: a client certificate counts as one of its own where it is another than the server's."""
    server = _expressway(topology, look.about)
    is_server_certificate = look.certificate.sha256 == server.server.sha256
    return Holder(server.id, Slot.SERVER if is_server_certificate else Slot.CLIENT)


def _of_unreached(topology: Topology, state: LabState) -> Iterator[Need]:
    """What an Expressway-E that no zone reaches will look for, once an Expressway-C that reaches none gets there."""
    reached = {zone.target for zone in state.zones} | {zone.source for zone in state.zones if zone.target}
    for edge in topology.edges:
        typed = edge.zone.verify_subject_name if edge.zone else ""
        for control in topology.controls:
            if typed and not {edge.id, control.id} & reached:
                is_one = control.client.sha256 == control.server.sha256
                holder = Holder(control.id, Slot.SERVER if is_one else Slot.CLIENT)
                yield Need((typed,), Why.SUBJECT_NAME, holder, Without.LATER, edge.id)


def _of_tunnels(topology: Topology, tunnels: Verdict) -> Iterator[Need]:
    """Each name that the Expressway-E's address leads back to (`ssh.address_leads_back`)."""
    if tunnels.health is Health.OFF:
        return
    edge = _expressway(topology, tunnels.target)
    for name in topology.dns.names_of(edge.address):
        yield Need((name,), Why.REVERSE_LOOKUP, Holder(edge.id), Without.FAILS, tunnels.source)


def _of_client(topology: Topology, visit: Verdict) -> Iterator[Need]:
    """The domain of the person outside, plain or with "collab-edge."; and the SRV record names the server itself."""
    client = topology.client
    wanted = names_of_domain(client.settings.domain) if client else ()
    if client is None or not wanted:
        return
    asks = client.settings.on_invalid_certificate is InvalidCertificate.PROMPT
    without = Without.WARNS if asks else Without.FAILS
    if visit.health is Health.OFF:
        without = Without.LATER
    edge = _expressway(topology, visit.target)
    yield Need(wanted, Why.DOMAIN, Holder(edge.id), without, client.id)
    targets = (target.rstrip(".").lower() for target in topology.dns.edges_of(client.settings.domain))
    if edge.fqdn.lower() in targets:
        yield Need((edge.fqdn,), Why.SRV_TARGET, Holder(edge.id), Without.NOTHING, client.id)


def _of_peers(topology: Topology, pair: Verdict) -> Iterator[Need]:
    """Each of two peers that runs Enforcing looks for the other's address as typed (`cluster.address_is_a_name`)."""
    for by, about in ((pair.source, pair.target), (pair.target, pair.source)):
        looker, server = _expressway(topology, by), _expressway(topology, about)
        typed = server.peer.address if server.peer else ""
        if is_fqdn(typed) and not is_address(typed):
            is_strict = looker.peer is not None and looker.peer.runs_enforcing
            without = Without.FAILS if is_strict else Without.LATER
            yield Need((typed,), Why.CLUSTER_PEER, Holder(about), without, by)


def _of_unified_cm(topology: Topology, connection: Verdict) -> Iterator[Need]:
    """What Expressway-C looks for in the certificates of a Unified CM, now or once it looks at them at all."""
    by, link = connection.source, _link(topology, connection.target)
    cucm = link.cucm
    wanted: dict[Holder, tuple[str, ...]] = {}
    for look in connection.looks:
        if look.about == cucm.id and look.wanted:
            wanted |= dict.fromkeys(_shown_by_cucm(cucm, look.certificate.sha256), look.wanted)
    for holder, names in wanted.items():
        yield Need(names, Why.KNOWN_AS, holder, Without.FAILS, by)
    met = (of_tomcat(topology, cucm)[1], of_callmanager(topology, cucm)[1])
    holders = [holder for shown in met for holder in _shown_by_cucm(cucm, shown.sha256)]
    for holder in dict.fromkeys(holders):
        if link.known_as and holder not in wanted:
            yield Need((link.known_as,), Why.KNOWN_AS, holder, Without.LATER, by)
    if link.tls_verify:
        for holder in _shown_by_cucm(cucm, met[0].sha256):
            yield Need((link.publisher_address,), Why.PUBLISHER_ADDRESS, holder, Without.FAILS, by)


def _shown_by_cucm(cucm: Cucm, sha256: str) -> Iterator[Holder]:
    """Which certificates of a Unified CM are that one: one that serves for two is needed twice."""
    every = {
        Slot.TOMCAT: cucm.tomcat,
        Slot.TOMCAT_ECDSA: cucm.tomcat_ecdsa,
        Slot.CALLMANAGER: cucm.callmanager,
        Slot.CALLMANAGER_ECDSA: cucm.callmanager_ecdsa,
    }
    return (Holder(cucm.id, slot) for slot, shown in every.items() if shown and shown.sha256 == sha256)


def _of_sign_in(_: Topology, __: Verdict) -> Iterable[Need]:
    """A sign-in takes the other connections, and looks for no name besides."""
    return ()


_OF_KIND: Mapping[Kind, Callable[[Topology, Verdict], Iterable[Need]]] = {
    Kind.ZONE: _of_zone,
    Kind.TUNNELS: _of_tunnels,
    Kind.JABBER: _of_client,
    Kind.PEERS: _of_peers,
    Kind.UNIFIED_CM: _of_unified_cm,
    Kind.SIGN_IN: _of_sign_in,
}


def _of_answers(topology: Topology, answers: Answers) -> Iterator[Need]:
    """What a person answered, each with the servers that it goes to.

    Source: Certificate Creation and Use guide, Server Certificate Requirements for Unified Communications; Mobile and
    Remote Access guide X15.2 (phones); Administrator Guide, alarm 40051 (meetings); TechNote 213872.
    """
    both = (*topology.controls, *topology.edges)
    asked: tuple[tuple[Why, Iterable[str], Iterable[Expressway], Without], ...] = (
        (Why.FURTHER_DOMAIN, answers.domains, topology.edges, Without.WARNS),
        (Why.FEDERATION, answers.federation, topology.edges, Without.FAILS),
        (Why.CHAT_ALIAS, answers.chat_aliases, both, Without.FAILS),
        (Why.PHONE_PROFILE, answers.phone_profiles, topology.controls, Without.FAILS),
        (Why.MEETINGS, answers.meetings, topology.edges, Without.FAILS),
    )
    for why, names, servers, without in asked:
        for name in names:
            either = names_of_domain(name) if why is Why.FURTHER_DOMAIN else (name,)
            for server in servers:
                yield Need(either, why, Holder(server.id), without)


def _expressway(topology: Topology, server: str) -> Expressway:
    return next(one for one in (*topology.controls, *topology.edges) if one.id == server)


def _link(topology: Topology, server: str) -> CucmLink:
    return next(link for link in topology.cucms if link.cucm.id == server)
