"""A lab as its own pages show it: servers, ends of certificates, what happened. Nothing is written here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import takewhile
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from certstore.models import Attempt, Event, Installation, Lab, Node, TrustEntry
from certstore.pki.moments import iso, moment_text
from certstore.pki.picture import EarliestEnd
from certstore.pki.releases import RELEASES, ProfileChoice
from certstore.pki.sniff import look_at
from certstore.reading.servers import SlotState, earliest_end_of, slot_state_of
from certstore.wording import labs as words

ENDS_SHOWN = 40
NEWEST_SHOWN = 10
MOST_BROUGHT_ABOUT = 40
_BROUGHT_ABOUT = ("connection.", "alarm.")
FINGERPRINTS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class ServerSummary:
    """One server on the overview: what it presents, and the first end in that certificate's chain."""

    node: Node
    slot: SlotState
    earliest: EarliestEnd
    has_ended: bool


@dataclass(frozen=True, slots=True)
class End:
    """The end of a certificate that a server holds, as somewhere the lab's clock can jump to."""

    subject: str
    not_after: str


@dataclass(frozen=True, slots=True)
class Happened:
    """One event as a line: when, where, what; and the number of the restore point before it, 0 for none."""

    at: str
    host: str
    text: str
    back_to: int = 0
    tone: str = ""  # ok, warn, bad, off; "" where it is neither
    about: tuple[str, str, str] = ("", "", "")  # of a connection its kind and the ids of its ends
    attempt: UUID | None = None


def server_summaries(lab: Lab, at: datetime) -> list[ServerSummary]:
    """The servers of a lab, each with what it presents at a moment of the lab."""
    return [_summary(lab, node, at) for node in lab.expressways]


def _summary(lab: Lab, node: Node, at: datetime) -> ServerSummary:
    slot = slot_state_of(node)
    earliest = earliest_end_of(node, lab, slot.running, at)
    return ServerSummary(node, slot, earliest, has_ended=slot.running.not_after <= iso(at))


def next_ends(lab: Lab, at: datetime) -> list[End]:
    """The certificates that servers hold or trust and that have not ended yet, the nearest end first."""
    in_a_list = TrustEntry.objects.filter(certificate=OuterRef("pk"))
    in_a_slot = Installation.objects.filter(
        Q(is_installed=True) | Q(is_running=True), certificate=OuterRef("pk")
    )
    held = lab.certificates.filter(Exists(in_a_list) | Exists(in_a_slot), not_after__gte=iso(at))
    rows = held.order_by("not_after", "pk").values_list("facts__subject", "not_after")
    return [End(subject, not_after) for subject, not_after in rows[:ENDS_SHOWN]]


def newest_attempts(lab: Lab) -> Iterable[Attempt]:
    """The attempts made last, with their servers."""
    return lab.attempts.select_related("node")[:NEWEST_SHOWN]


def newest_events(lab: Lab, most: int = NEWEST_SHOWN) -> list[Happened]:
    """What happened last, the newest first."""
    backs = dict(lab.restore_points.exclude(seq=0).values_list("seq", "number"))
    return [_happened(event, backs) for event in lab.events.select_related("node")[:most]]


def brought_about(lab: Lab, event: Event | None) -> list[Happened]:
    """What an event's change did to connections and alarms: the events that were written down right after it.

    In: a lab, one of its events (None for what changed nothing). Out: at most MOST_BROUGHT_ABOUT, in their order;
    nothing where the lab's column is off, for then only the product's own pages tell. One query.
    """
    if event is None or lab.column == Lab.Explanations.OFF:
        return []
    after = lab.events.filter(seq__gt=event.seq).order_by("seq").select_related("node")
    own = takewhile(lambda one: one.code.startswith(_BROUGHT_ABOUT), after[:MOST_BROUGHT_ABOUT])
    return [_happened(one, {}) for one in own]


def _happened(event: Event, backs: Mapping[int, int]) -> Happened:
    """One event in words."""
    is_connection = event.code.startswith("connection.") and event.node_id is not None
    return Happened(
        at=moment_text(event.at_lab),
        host="" if event.node is None or is_connection else event.node.host,
        text=words.event_sentence(event.code, event.params),
        back_to=backs.get(event.seq, 0),
        tone=words.event_tone(event.code),
        about=_connection(event) if is_connection else ("", "", ""),
        attempt=event.attempt_id,
    )


def _connection(event: Event) -> tuple[str, str, str]:
    """The connection that an event is about."""
    return (str(event.params.get("kind", "")), str(event.node_id), str(event.params.get("target_id", "")))


def name_in_lists(lab: Lab) -> str:
    """A lab's name where several labs are listed; that of a case is not shown there."""
    if lab.kind == Lab.Kind.REPRODUCE:
        return words.NAME_HIDDEN.format(id=lab.pk.hex[:4])
    return lab.name


def why_this_profile(choice: ProfileChoice) -> str:
    """Which profile judges the release as it was typed, and why that one."""
    names = {"profile": choice.release.name, "typed": choice.typed}
    if not choice.understood:
        return words.RELEASE_DEFAULT.format(**names)
    if choice.exact:
        return words.RELEASE_EXACT.format(**names)
    # Only what is older than every profile is judged by the first one without being that release.
    is_older = choice.release is RELEASES[0]
    return (words.RELEASE_OLDER if is_older else words.RELEASE_NEAREST).format(**names)


def fingerprints_of(content: bytes) -> list[str]:
    """How the SHA-256 fingerprint of each thing in one of the lab's own files begins: "3F:09:AB:12".

    Of more than FINGERPRINTS_SHOWN the last line says how many are left.
    """
    looked = look_at(content)
    ders = (*looked.certificates, *looked.crls, *looked.requests)
    shown = [sha256(der).digest()[:4].hex(":").upper() for der in ders[:FINGERPRINTS_SHOWN]]
    more = len(ders) - len(shown)
    return [*shown, f"and {more} more"] if more else shown
