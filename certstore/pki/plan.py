"""The order of a renewal: from new certificates and a deployment to the steps of everybody who takes part.

The order is Cisco's where a guide has one, and told in `wording.plan` with its source; which servers need which CA
follows from the verdicts' own rules. Whether the steps keep everything up is not decided here: they are tried.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from certstore.pki.dns import Question, RecordType
from certstore.pki.eku_sunset import allows_client_auth
from certstore.pki.facts import CertificateFacts, CrlFacts
from certstore.pki.peer_names import matched_name
from certstore.pki.reach import hosts_to_reach
from certstore.pki.releases import Release, Role
from certstore.pki.settings import Sends
from certstore.pki.tls import sent_by
from certstore.pki.topology import Expressway, Topology
from certstore.pki.trust import TrustedCertificate, TrustList


class Deed(StrEnum):
    """What one step of a plan is. Stable names: plans keep them."""

    BACKUP = "backup"
    DNS = "dns"
    FIREWALL = "firewall"
    TRUST = "trust"
    TOMCAT_TRUST = "tomcat-trust"
    CALLMANAGER_TRUST = "callmanager-trust"
    SERVICES = "services"
    CLIENTS = "clients"
    PERMISSIVE = "permissive"
    UPLOAD = "upload"
    UPLOAD_CLIENT = "upload-client"
    RESTART = "restart"
    ENFORCING = "enforcing"
    CHECK = "check"
    CLEAN = "clean"


# The deeds that put CAs into a list.
TRUSTING = (Deed.TRUST, Deed.TOMCAT_TRUST, Deed.CALLMANAGER_TRUST, Deed.CLIENTS)
# The deeds that load a certificate of a server's own.
UPLOADING = (Deed.UPLOAD, Deed.UPLOAD_CLIENT)
# Of each list, by its server's id and the deed that fills it: the SHA-256 of what it holds.
Held = Mapping[tuple[str, Deed], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Renewal:
    """A server, and the certificate that it is to get."""

    server: Expressway
    certificate: CertificateFacts
    chain: tuple[CertificateFacts, ...]  # the CAs above it as far as they are known, the issuing CA first
    as_client: bool = False  # it becomes the client certificate as well, where the release has one
    is_client: bool = False  # it is the client certificate, and the server certificate stays

    @property
    def is_whole(self) -> bool:
        """Whether the chain is known to its root."""
        return bool(self.chain) and self.chain[-1].is_self_issued


@dataclass(frozen=True, slots=True)
class Wanted:
    """Everything that the order of the steps hangs on."""

    topology: Topology
    renewals: tuple[Renewal, ...]
    held: Held
    keeps_enforcing: bool = False  # a cluster that enforces goes on enforcing, other than the guide has it
    edge_first: bool = True

    @property
    def servers(self) -> tuple[Expressway, ...]:
        """Every Expressway, E first."""
        return (*self.topology.edges, *self.topology.controls)


@dataclass(frozen=True, slots=True)
class Planned:
    """One step."""

    deed: Deed
    server_id: str = ""  # "" for what is done on no server
    certificates: tuple[CertificateFacts, ...] = ()  # what is appended, uploaded or deleted, in its order
    question: Question | None = None  # of DNS
    answers: tuple[
        str, ...
    ] = ()  # of DNS its values, of the firewall the hosts to be reached, of the backup whose
    as_client: bool = False

    @property
    def has_file(self) -> bool:
        """Whether something is uploaded in it."""
        return self.deed in (*TRUSTING, *UPLOADING)


def becomes_client(release: Release, server: Expressway, certificate: CertificateFacts) -> bool:
    """Whether a server's new certificate is to become its client certificate as well.

    Source: TechNote 225693 and Administrator Guide X15.5: the upgrade copies the one to the other, and both have to be
    renewed. That it stays so where both are the same, and where the new one may be a client's, is our reading.
    """
    is_one = server.client.sha256 == server.server.sha256
    usages = certificate.extended_key_usage
    return release.has_client_store and is_one and (usages is None or allows_client_auth(certificate))


def chain_above(
    certificate: CertificateFacts, lists: Sequence[TrustList], topology: Topology
) -> tuple[CertificateFacts, ...]:
    """The CAs above a certificate, the issuing one first, as far as any of the lists goes.

    In: the certificate, the lists in the order in which they are asked (what somebody gave first), the deployment
    for its rules and its moment.
    """
    return sent_by(certificate, _Together(lists), Sends.CHAIN, topology.same_subject, topology.at)


class _Together:
    """Several trust lists as one: what the first ones hold under a name comes first."""

    def __init__(self, lists: Sequence[TrustList]) -> None:
        self._lists = lists

    def with_subject(self, subject_hash: str) -> Sequence[TrustedCertificate]:
        """The certificates of that subject, list by list."""
        found = [one.facts for trust in self._lists for one in trust.with_subject(subject_hash)]
        return [TrustedCertificate(place, facts) for place, facts in enumerate(found, start=1)]

    def crls_of(self, issuer_hash: str) -> Sequence[CrlFacts]:
        """None: revocation does not change who issued."""
        return ()


def order(wanted: Wanted) -> tuple[Planned, ...]:
    """The steps of a renewal in their order.

    In: the deployment, the new certificates, what the lists hold. Out: the steps; none where nothing is renewed.
    Source: TechNote 218034 (CAs before the certificate, on this server and on those opposite, on Unified CM for
    Expressway-C); Certificate Creation and Use guide X15.5, "Changing an Existing Server Certificate" (the order in
    a cluster). Backup, DNS, firewall, clients and which side is first are ours.
    """
    if not wanted.renewals:
        return ()
    return tuple(step for phase in PHASES for step in phase(wanted))


def every_ca(renewals: Iterable[Renewal]) -> tuple[CertificateFacts, ...]:
    """The CAs above some new certificates, each once, roots first: the order in which they are loaded."""
    found = {facts.sha256: facts for one in renewals for facts in one.chain}
    return tuple(sorted(found.values(), key=lambda facts: not facts.is_self_issued))


def _backups(wanted: Wanted) -> Iterator[Planned]:
    """Before anything, step 0: every Expressway, for each of them is changed."""
    yield Planned(Deed.BACKUP, answers=tuple(server.host for server in wanted.servers))


def _dns(wanted: Wanted) -> Iterator[Planned]:
    """An Expressway-E's address leads back to one name, which its certificate has."""
    dns = wanted.topology.dns
    for one in _shown_to_clients(wanted):
        server = one.server
        back = dns.names_of(server.address)
        if len(back) == 1 and matched_name(one.certificate, back, cn_counts=False):
            continue
        if matched_name(one.certificate, (server.fqdn,), cn_counts=False):
            question = Question.of(RecordType.PTR, server.address)
            yield Planned(Deed.DNS, server.id, question=question, answers=(server.fqdn,))


def _firewall(wanted: Wanted) -> Iterator[Planned]:
    """Who checks revocation over the network reaches what the certificates name."""
    shown = [facts for one in wanted.renewals for facts in (one.certificate, *one.chain)]
    hosts = hosts_to_reach(shown)
    for server in wanted.servers:
        revocation = server.settings.revocation
        asks = revocation.uses_ocsp or (revocation.uses_crls and revocation.downloads_crls)
        if hosts and revocation.is_on and asks:
            yield Planned(Deed.FIREWALL, server.id, answers=hosts)


def _trust(wanted: Wanted) -> Iterator[Planned]:
    """Every CA of every chain into the list of every Expressway: the tunnels want them all."""
    for server in wanted.servers:
        yield from _missing(wanted, Deed.TRUST, server.id, wanted.renewals)


def _unified_cm(wanted: Wanted) -> Iterator[Planned]:
    """What issued an Expressway-C's certificate into both lists of each Unified CM, and its services restarted."""
    renewals = _of_role(wanted, Role.EXPRESSWAY_C)
    for link in wanted.topology.cucms:
        deeds = (Deed.TOMCAT_TRUST, Deed.CALLMANAGER_TRUST)
        missing = [step for deed in deeds for step in _missing(wanted, deed, link.cucm.id, renewals)]
        yield from missing
        if missing:
            yield Planned(Deed.SERVICES, link.cucm.id)


def _clients(wanted: Wanted) -> Iterator[Planned]:
    """The root of an Expressway-E's chain onto the computers outside."""
    client = wanted.topology.client
    if client is None:
        return
    roots = every_ca(_shown_to_clients(wanted))
    held = wanted.held.get((client.id, Deed.CLIENTS), frozenset())
    missing = tuple(facts for facts in roots if facts.is_self_issued and facts.sha256 not in held)
    if missing:
        yield Planned(Deed.CLIENTS, client.id, missing)


def _missing(wanted: Wanted, deed: Deed, server_id: str, renewals: Iterable[Renewal]) -> Iterator[Planned]:
    """The CAs of some chains that a list lacks, in one step."""
    held = wanted.held.get((server_id, deed), frozenset())
    missing = tuple(facts for facts in every_ca(renewals) if facts.sha256 not in held)
    if missing:
        yield Planned(deed, server_id, missing)


def _certificates(wanted: Wanted) -> Iterator[Planned]:
    """One side after the other; in a cluster one server after the other, the primary first."""
    sides = (Role.EXPRESSWAY_E, Role.EXPRESSWAY_C)
    for role in sides if wanted.edge_first else reversed(sides):
        renewals = sorted(_of_role(wanted, role), key=_number)
        yield from _side(wanted, role, renewals)


def _side(wanted: Wanted, role: Role, renewals: Sequence[Renewal]) -> Iterator[Planned]:
    """The certificates of one side."""
    peers = sorted((one for one in wanted.servers if one.role is role and one.peer), key=_place)
    relaxes = bool(renewals) and bool(peers) and _enforces(peers[:1]) and not wanted.keeps_enforcing
    if relaxes:
        yield Planned(Deed.PERMISSIVE, peers[0].id)
        yield from (Planned(Deed.RESTART, one.id) for one in peers)
    for one in renewals:
        deed = Deed.UPLOAD_CLIENT if one.is_client else Deed.UPLOAD
        yield Planned(deed, one.server.id, (one.certificate,), as_client=one.as_client)
    for server_id in dict.fromkeys(one.server.id for one in renewals):
        loaded = tuple(one.certificate for one in renewals if one.server.id == server_id)
        yield Planned(Deed.RESTART, server_id, loaded)
    if relaxes:
        yield Planned(Deed.ENFORCING, peers[0].id)
        yield from (Planned(Deed.RESTART, one.id) for one in peers)


def _enforces(peers: Iterable[Expressway]) -> bool:
    return any(one.peer is not None and one.peer.enforces for one in peers)


def _check(wanted: Wanted) -> Iterator[Planned]:
    """When all is done."""
    yield Planned(Deed.CHECK)


def _clean(wanted: Wanted) -> Iterator[Planned]:
    """Old CAs that no chain needs any more, out of the lists of the Expressways."""
    unneeded = _unneeded(wanted)
    for server in wanted.servers:
        held = wanted.held.get((server.id, Deed.TRUST), frozenset())
        gone = tuple(facts for facts in unneeded if facts.sha256 in held)
        if gone:
            yield Planned(Deed.CLEAN, server.id, gone)


def old_cas(topology: Topology, renewed: Iterable[str]) -> tuple[CertificateFacts, ...]:
    """The CAs above what some servers show until they are renewed, each once. In: the deployment, their ids."""
    ids = set(renewed)
    servers = [one for one in (*topology.edges, *topology.controls) if one.id in ids]
    found = {facts.sha256: facts for one in servers for facts in _shown_chain(topology, one)}
    return tuple(found.values())


def _unneeded(wanted: Wanted) -> tuple[CertificateFacts, ...]:
    """The CAs that are above old certificates only."""
    topology, renewed = wanted.topology, {one.server.id for one in wanted.renewals}
    needed = {facts.sha256 for one in wanted.renewals for facts in one.chain}
    for server, certificate in _staying(wanted):
        needed |= {facts.sha256 for facts in chain_above(certificate, [server.trust], topology)}
    needed |= {facts.sha256 for facts in _unified_cm_chains(topology)}
    return tuple(facts for facts in old_cas(topology, renewed) if facts.sha256 not in needed)


def _staying(wanted: Wanted) -> Iterator[tuple[Expressway, CertificateFacts]]:
    """The certificates that are shown afterwards as before, each with its server."""
    for server in wanted.servers:
        new = [one for one in wanted.renewals if one.server.id == server.id]
        if all(one.is_client for one in new):
            yield server, server.server
        has_own = wanted.topology.release.has_client_store
        if has_own and not any(one.is_client or one.as_client for one in new):
            yield server, server.client


def _shown_chain(topology: Topology, server: Expressway) -> tuple[CertificateFacts, ...]:
    """The CAs above what a server shows, in either role."""
    shown = {one.sha256: one for one in (server.server, server.client)}
    return tuple(facts for one in shown.values() for facts in chain_above(one, [server.trust], topology))


def _unified_cm_chains(topology: Topology) -> Iterator[CertificateFacts]:
    """The CAs above what Unified CM shows, as each Expressway-C knows them."""
    for link in topology.cucms:
        for certificate in (link.cucm.tomcat, link.cucm.callmanager):
            for control in topology.controls:
                yield from chain_above(certificate, [control.trust], topology)


def _of_role(wanted: Wanted, role: Role) -> list[Renewal]:
    return [one for one in wanted.renewals if one.server.role is role]


def _shown_to_clients(wanted: Wanted) -> list[Renewal]:
    """What people outside are shown: the new server certificates of Expressway-E."""
    return [one for one in _of_role(wanted, Role.EXPRESSWAY_E) if not one.is_client]


def _number(renewal: Renewal) -> tuple[int, str, bool]:
    return (*_place(renewal.server), renewal.is_client)


def _place(server: Expressway) -> tuple[int, str]:
    """The primary of a cluster first."""
    return (server.peer.number if server.peer else 0, server.fqdn)


PHASES: tuple[Callable[[Wanted], Iterator[Planned]], ...] = (
    _backups,
    _dns,
    _firewall,
    _trust,
    _unified_cm,
    _clients,
    _certificates,
    _check,
    _clean,
)
