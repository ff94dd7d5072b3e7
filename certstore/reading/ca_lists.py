"""Which list of a lab holds which CA that matters: the CAs of every chain in use, against every list."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from certstore.models import Lab, StoreName, TrustEntry
from certstore.pki.candidates import MOST_LEVELS
from certstore.pki.connections import LabState
from certstore.pki.facts import CertificateFacts
from certstore.pki.issuing import ends_its_chain, has_signed, in_force, may_have_issued, parse
from certstore.pki.moments import iso
from certstore.pki.topology import Topology
from certstore.pki.trust import TrustList
from certstore.reading.causes import Causes
from certstore.reading.last_change import cas_before_last_change
from certstore.wording import connections as words

MOST_ROWS = 40
LOADED: Mapping[str, str] = {
    StoreName.TOMCAT: StoreName.TOMCAT_LOADED,
    StoreName.CALLMANAGER: StoreName.CALLMANAGER_LOADED,
}


@dataclass(frozen=True, slots=True)
class ListOfCas:
    """A list as a column: its server, its store, what it is called."""

    server: str
    store: str
    name: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Whether a list holds a CA, in a sign and in words. `number` is that of the cause; 0 for none."""

    tone: str
    says: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class CaRow:
    """One CA: what it is called, what it is in the chains, and each list in the order of the columns."""

    name: str
    full_name: str
    role: str
    cells: tuple[Cell, ...]


@dataclass(slots=True)
class Ca:
    """A CA of some chain in use. `facts` is None where no list of the lab has it."""

    key: str
    name: str
    key_id: str
    facts: CertificateFacts | None
    issued: list[str] = field(default_factory=list)  # hosts whose certificate it signed itself
    above: list[str] = field(default_factory=list)  # hosts in whose chain it stands further up
    of: set[str] = field(default_factory=set)  # the chains, by the certificate below them
    called: set[str] = field(default_factory=set)  # every way its name was printed
    key_ids: set[str] = field(default_factory=set)
    tops: set[str] = field(default_factory=set)  # the chains that end with it


@dataclass(frozen=True, slots=True)
class InUse:
    """A certificate that somebody shows, and the host it is of."""

    server: str
    host: str
    facts: CertificateFacts


class CasInUse:
    """The CAs of every chain in use of a deployment. No query: what the lists hold of them was read before."""

    def __init__(self, topology: Topology, state: LabState) -> None:
        self.topology = topology
        self.state = state
        self.cas: dict[str, Ca] = {}
        self.downwards: list[Ca] = []  # chain by chain, each from its root down
        self._lists = list(_all_lists(topology))
        self._now = iso(topology.at)
        self.shown = list(_certificates_in_use(topology, state))
        for one in self.shown:
            self._climb(one)

    def _climb(self, one: InUse) -> None:
        """Note every CA above a certificate."""
        facts, seen = one.facts, {one.facts.sha256}
        chain: list[Ca] = []
        for level in range(MOST_LEVELS):
            if ends_its_chain(parse(facts)):
                break
            issuer = self._issuer_of(facts)
            chain.append(self._noted(one, facts, issuer, level))
            if issuer is None or issuer.sha256 in seen:
                break
            seen.add(issuer.sha256)
            facts = issuer
        if chain:
            chain[-1].tops.add(one.facts.sha256)
        self.downwards += [ca for ca in reversed(chain) if not any(ca is other for other in self.downwards)]

    def _noted(self, one: InUse, below: CertificateFacts, issuer: CertificateFacts | None, level: int) -> Ca:
        """Keep one CA. Of one that no list has the certificate below tells the name."""
        key_id = below.authority_key_id or ""
        key = issuer.sha256 if issuer else f"{below.issuer_hash} {key_id}"
        name = issuer.subject if issuer else below.issuer
        ca = self.cas.setdefault(key, Ca(key, name, key_id, issuer))
        (ca.above if level else ca.issued).append(one.host)
        ca.of.add(one.facts.sha256)
        ca.called |= {name, below.issuer}
        ca.key_ids |= {key_id, (issuer.subject_key_id or "") if issuer else key_id}
        return ca

    def _issuer_of(self, facts: CertificateFacts) -> CertificateFacts | None:
        """The CA that signed a certificate, out of whichever list has it; one in force comes first."""
        parsed = parse(facts)
        found = {
            trusted.facts.sha256: trusted.facts
            for one in self._lists
            for trusted in one.with_subject(facts.issuer_hash)
        }
        fits = [ca for ca in found.values() if may_have_issued(ca, parsed) and has_signed(ca, parsed)]
        return next((ca for ca in fits if in_force(ca, self._now)), fits[0] if fits else None)

    def known(self, name: str, key_id: str) -> CertificateFacts | None:
        """The CA of that name and key identifier, where some list of the lab has it."""
        return next(
            (ca.facts for ca in self.cas.values() if name in ca.called and key_id in ca.key_ids and ca.facts),
            None,
        )


def _all_lists(topology: Topology) -> Iterator[TrustList]:
    """Every list of a deployment."""
    for server in (*topology.controls, *topology.edges):
        yield server.trust
    for link in topology.cucms:
        yield from (link.cucm.tomcat_trust, link.cucm.callmanager_trust)
    if topology.client is not None:
        yield topology.client.trust


def _certificates_in_use(topology: Topology, state: LabState) -> Iterator[InUse]:
    """What the Expressways show, and of Unified CM what somebody looks at; each certificate once."""
    seen: set[tuple[str, str]] = set()
    cucms = {link.cucm.id: link.cucm for link in topology.cucms}
    every = [
        InUse(server.id, server.host, facts)
        for server in (*topology.controls, *topology.edges)
        for facts in (server.server, server.client)
    ]
    every += [
        InUse(look.about, cucms[look.about].host, look.certificate)
        for verdict in state.unified_cms
        for look in verdict.looks
        if look.about in cucms
    ]
    for one in every:
        if (one.server, one.facts.sha256) not in seen:
            seen.add((one.server, one.facts.sha256))
            yield one


def lists_of_lab(topology: Topology) -> list[ListOfCas]:
    """The lists as columns: the Expressways, Unified CM's two, Jabber's computer."""
    found = [ListOfCas(one.id, StoreName.CA, one.host) for one in (*topology.controls, *topology.edges)]
    for link in topology.cucms:
        host = link.cucm.host
        found.append(ListOfCas(link.cucm.id, StoreName.TOMCAT, f"{host} tomcat-trust"))
        found.append(ListOfCas(link.cucm.id, StoreName.CALLMANAGER, f"{host} CallManager-trust"))
    if topology.client is not None:
        found.append(ListOfCas(topology.client.id, StoreName.CLIENT_OS, "Jabber's computer"))
    return found


def ca_rows(lab: Lab, cas: CasInUse, columns: Sequence[ListOfCas], causes: Causes) -> list[CaRow]:
    """Every CA in use against every list, chain by chain from the root down.

    In: the lab, its CAs in use, the columns, the numbered causes. Out: at most MOST_ROWS rows; one that came with the
    last change is said to be new. The queries are bounded by the length of the chains.
    """
    before = cas_before_last_change(lab)
    held = _held(lab, [ca.facts.sha256 for ca in cas.cas.values() if ca.facts])
    needs = _needs(cas)
    return [
        CaRow(
            name=words.short_name(ca.name),
            full_name=ca.name,
            role=_role(ca, is_new=before is not None and ca.key not in before),
            cells=tuple(_cell(ca, column, held, needs, causes, iso(cas.topology.at)) for column in columns),
        )
        for ca in cas.downwards[:MOST_ROWS]
    ]


def _held(lab: Lab, hashes: Iterable[str]) -> set[tuple[str, str, str]]:
    """Server, store and certificate of every row that holds one of these."""
    rows = TrustEntry.objects.filter(store__node__lab=lab, certificate__sha256__in=sorted(set(hashes)))
    found = rows.values_list("store__node_id", "store__name", "certificate__sha256")
    return {(str(node), store, sha256) for node, store, sha256 in found}


def _needs(cas: CasInUse) -> set[tuple[str, str]]:
    """Which server needs a chain, by the certificate at its bottom; Jabber needs the top of it alone."""
    topology = cas.topology
    needs: set[tuple[str, str]] = set()
    for control in topology.controls:
        for edge in topology.edges:
            for server in (control, edge):
                needs |= {(server.id, control.client.sha256), (server.id, edge.server.sha256)}
        for link in topology.cucms:
            if topology.release.shows_cucm_its_certificate:
                needs.add((link.cucm.id, control.client.sha256))
    for server in (*topology.controls, *topology.edges):
        needs |= {(server.id, server.server.sha256), (server.id, server.client.sha256)}
    looks = [look for verdict in cas.state.unified_cms for look in verdict.looks]
    needs |= {(look.by, look.certificate.sha256) for look in looks}
    if topology.client is not None:
        needs |= {(topology.client.id, edge.server.sha256) for edge in topology.edges}
    return needs


def _cell(
    ca: Ca,
    column: ListOfCas,
    held: set[tuple[str, str, str]],
    needs: set[tuple[str, str]],
    causes: Causes,
    now: str,
) -> Cell:
    """Whether a list holds a CA, or would have to."""
    sha256 = ca.facts.sha256 if ca.facts else ""
    if (column.server, LOADED.get(column.store, column.store), sha256) in held:
        has_ended = ca.facts is not None and ca.facts.not_after < now
        return Cell(*words.CELLS["ended" if has_ended else "held"])
    if (column.server, column.store, sha256) in held:
        return Cell(*words.CELLS["stored"])
    number = causes.number_of_missing(column.server, frozenset(ca.called), frozenset(ca.key_ids))
    of = ca.tops if column.store == StoreName.CLIENT_OS else ca.of
    if number or any((column.server, one) in needs for one in of):
        return Cell(*words.CELLS["missing"], number)
    return Cell(*words.CELLS["not-needed"])


def _role(ca: Ca, *, is_new: bool) -> str:
    """What a CA is in the chains: "signs exp-e1", "root of exp-c1, exp-e1"; and whether it is new in them."""
    is_root = ca.facts is not None and ca.facts.is_self_issued
    issued, above = list(dict.fromkeys(ca.issued)), list(dict.fromkeys(ca.above))
    told = []
    if issued:
        told.append(words.SIGNS_OF.format(owners=", ".join(issued)))
    if above:
        told.append((words.ROOT_OF if is_root else words.ABOVE_OF).format(owners=", ".join(above)))
    if is_new:
        told[-1] += f", {words.NEW}"
    if ca.facts is None:
        told.append(words.NOT_GIVEN)
    return "; ".join(told)
