"""A Unified CM as its page shows it: its lists, its certificates, and what an Expressway-C needs of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from certstore.models import Installation, Node, SlotName, StoreName, TrustEntry
from certstore.pki.depends import judge_with_twins
from certstore.pki.facts import CertificateFacts
from certstore.pki.moments import date_text, iso
from certstore.pki.topology import Expressway, Topology
from certstore.pki.trust import TrustList
from certstore.reading.rows import facts_of
from certstore.wording import cucm as words

LOADED = {StoreName.TOMCAT: StoreName.TOMCAT_LOADED, StoreName.CALLMANAGER: StoreName.CALLMANAGER_LOADED}
SLOTS = (SlotName.TOMCAT, SlotName.TOMCAT_ECDSA, SlotName.CALLMANAGER, SlotName.CALLMANAGER_ECDSA)

_COLUMNS = (
    "pk",
    "store__name",
    "certificate__sha256",
    "certificate__facts__subject",
    "certificate__facts__issuer",
    "certificate__is_ca",
    "certificate__not_before",
    "certificate__not_after",
)


@dataclass(frozen=True, slots=True)
class StoreRow:
    """One certificate of a list. `pk` is 0 where it was deleted and still counts."""

    pk: int
    sha256: str
    subject: str
    issuer: str
    ends: str
    validity: tuple[str, str]  # class of the sign, and words; "" for nothing to say
    state: tuple[str, str]


@dataclass(slots=True)
class StoreView:
    """One list: its name, what it is for, its rows; what the services have loaded of it."""

    name: str
    title: str
    about: str
    rows: list[StoreRow] = field(default_factory=list)
    loaded: frozenset[str] = frozenset()  # SHA-256
    listed: frozenset[str] = frozenset()

    @property
    def waits(self) -> bool:
        """Whether the services have another list loaded."""
        return self.loaded != self.listed

    def presence_of(self, sha256: str) -> str:
        """How a certificate stands in it: loaded, goes (with the restart), waits (for it), missing."""
        if sha256 in self.loaded:
            return "loaded" if sha256 in self.listed else "goes"
        return "waits" if sha256 in self.listed else "missing"


def rows_of(node: Node, names: Iterable[StoreName], at: datetime) -> dict[str, list[StoreRow]]:
    """The certificates of some lists of a server, by the list's name, each in its order: one query."""
    entries = TrustEntry.objects.filter(
        store__node=node, store__name__in=list(names), certificate__isnull=False
    )
    now = iso(at)
    found: dict[str, list[StoreRow]] = {name: [] for name in names}
    for pk, name, sha256, subject, issuer, is_ca, begins, ends in entries.order_by("position").values_list(
        *_COLUMNS
    ):
        key = "valid" if is_ca else "not-a-ca"
        key = "not-started" if begins > now else key
        validity = words.VALIDITY["expired" if ends <= now else key]
        row = StoreRow(pk, sha256, subject, issuer, date_text(ends), validity, words.ROW_STATES["loaded"])
        found[name].append(row)
    return found


def stores_of(node: Node, at: datetime) -> list[StoreView]:
    """Both lists of a Unified CM, with what its services have loaded of them: one query."""
    rows = rows_of(node, [*LOADED, *LOADED.values()], at)
    return [_store(name, rows[name], rows[loaded]) for name, loaded in LOADED.items()]


def _store(name: StoreName, listed: list[StoreRow], loaded: list[StoreRow]) -> StoreView:
    title, about = words.LISTS[name.value]
    view = StoreView(
        name.value,
        title,
        about,
        loaded=frozenset(row.sha256 for row in loaded),
        listed=frozenset(row.sha256 for row in listed),
    )
    view.rows = [_with_state(row, view) for row in listed]
    view.rows += [_with_state(row, view) for row in loaded if row.sha256 not in view.listed]
    return view


def _with_state(row: StoreRow, view: StoreView) -> StoreRow:
    key = view.presence_of(row.sha256)
    return StoreRow(
        row.pk if key != "goes" else 0,
        row.sha256,
        row.subject,
        row.issuer,
        row.ends,
        row.validity,
        words.ROW_STATES[key],
    )


@dataclass(frozen=True, slots=True)
class OwnCertificate:
    """One of its own certificates: what is loaded, or still shown; None where there is none."""

    slot: str
    title: str
    about: str
    certificate: CertificateFacts | None
    ends: str
    has_ended: bool
    state: tuple[str, str]
    can_delete: bool

    @property
    def key(self) -> str:
        """Kind and size of its key."""
        facts = self.certificate
        return f"{facts.key_algorithm}, {facts.key_bits} bits" if facts else ""


def own_certificates(node: Node, at: datetime) -> list[OwnCertificate]:
    """The four places for certificates of a Unified CM: one query."""
    current = Installation.objects.filter(
        Q(is_installed=True) | Q(is_running=True), slot__node=node
    ).select_related("certificate", "slot")
    held: dict[str, dict[str, Installation]] = {}
    for row in current:
        flags = held.setdefault(row.slot.name, {})
        if row.is_installed:
            flags["installed"] = row
        if row.is_running:
            flags["running"] = row
    return [_own(slot, held.get(slot, {}), at) for slot in SLOTS]


def _own(slot: SlotName, held: Mapping[str, Installation], at: datetime) -> OwnCertificate:
    installed, running = held.get("installed"), held.get("running")
    row = installed or running
    title, about = words.CERTIFICATES[slot.value]
    facts = facts_of(row.certificate) if row else None
    return OwnCertificate(
        slot=slot.value,
        title=title,
        about=about,
        certificate=facts,
        ends=date_text(facts.not_after) if facts else "",
        has_ended=facts is not None and facts.not_after <= iso(at),
        state=words.CERTIFICATE_STATES[_state(installed, running)],
        can_delete=installed is not None and slot.value.endswith("-ecdsa"),
    )


def _state(installed: Installation | None, running: Installation | None) -> str:
    if installed is None:
        return "goes" if running else "none"
    return "shown" if running is not None and running.pk == installed.pk else "waits"


def certificate_in(node: Node, slot: str) -> CertificateFacts | None:
    """What a page shows of a place: the certificate that was loaded last, else the one still shown."""
    rows = Installation.objects.filter(
        Q(is_installed=True) | Q(is_running=True), slot__node=node, slot__name=slot
    )
    row = rows.select_related("certificate").order_by("-is_installed").first()
    return facts_of(row.certificate) if row else None


@dataclass(frozen=True, slots=True)
class NeededCa:
    """A certificate of an Expressway-C's chain, and how both lists have it. No signs: only its name is known."""

    name: str
    in_tomcat: tuple[str, str]
    in_callmanager: tuple[str, str]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Needs:
    """What an Expressway-C needs of both lists, and whether they have it."""

    control: str
    is_asked: bool  # the release shows Unified CM a certificate at all
    cas: tuple[NeededCa, ...]
    is_complete: bool
    would_be: bool  # complete after the restart of the services


def needs_of(topology: Topology, stores: list[StoreView]) -> list[Needs]:
    """Which CAs each Expressway-C needs in tomcat-trust and CallManager-trust: no query beyond the topology's."""
    return [_needs(topology, control, stores) for control in topology.controls]


def _needs(topology: Topology, control: Expressway, stores: list[StoreView]) -> Needs:
    links = list(above(topology, control.client, control.trust))
    presences = [
        [store.presence_of(facts.sha256) if facts else "missing" for store in stores] for _, facts in links
    ]
    every = [presence for pair in presences for presence in pair]
    return Needs(
        control=control.fqdn,
        is_asked=topology.release.shows_cucm_its_certificate,
        cas=tuple(
            NeededCa(
                name,
                words.PRESENCE[in_tomcat],
                words.PRESENCE[in_callmanager],
                "" if facts else words.NOT_IN_ITS_LIST.format(control=control.host),
            )
            for (name, facts), (in_tomcat, in_callmanager) in zip(links, presences, strict=True)
        ),
        is_complete=all(presence in ("loaded", "goes") for presence in every),
        would_be=all(presence in ("loaded", "waits") for presence in every),
    )


def above(
    topology: Topology, certificate: CertificateFacts, trust: TrustList
) -> Iterator[tuple[str, CertificateFacts | None]]:
    """The CAs above a certificate by a list, from below; the certificate itself where it is its own issuer.

    A CA that the list lacks comes with its name alone.
    """
    if certificate.is_self_issued:
        yield certificate.subject, certificate
        return
    chain = judge_with_twins(certificate, trust, topology.same_subject, topology.at)
    for link in chain.picture.links[1:]:
        yield link.name, link.certificate
