"""Configuration > Zones: a zone as somebody typed it. A wrong name is taken: the lab shows what follows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from django.http import QueryDict

from certstore.actions.zones import MOST_PEERS, ZonePlan
from certstore.forms.typed import Refusal, can_be_shown, shown, text_of
from certstore.models import Node
from certstore.pki.peer_names import is_address
from certstore.pki.settings import ZoneSettings

LONGEST_NAME, LONGEST_USERNAME, LONGEST_PASSWORD = 50, 128, 128
LONGEST_ADDRESS, LONGEST_SUBJECT_NAME = 253, 128
LOWEST_PORT, HIGHEST_PORT = 1024, 65534


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedZone:
    """The fields of the page, as texts. The two sides have different ones; the other's are empty."""

    name: str = ""
    username: str = ""
    password: str = ""
    port: str = "7001"
    peers: tuple[str, ...] = ("",) * MOST_PEERS
    subject_name: str = ""

    @classmethod
    def of(cls, data: QueryDict) -> Self:
        """What was sent. Only blanks round a text are left out, and none of a password's."""
        return cls(
            name=text_of(data, "name"),
            username=text_of(data, "username"),
            password=data.get("password", ""),
            port=text_of(data, "port"),
            peers=tuple(text_of(data, f"peer-{number}") for number in range(1, MOST_PEERS + 1)),
            subject_name=text_of(data, "subject-name"),
        )

    @classmethod
    def as_set(cls, zone: ZoneSettings) -> Self:
        """What is set; a password is never shown."""
        return cls(
            name=zone.name,
            username=zone.username,
            port=str(zone.sip_port),
            peers=(zone.peers + ("",) * MOST_PEERS)[:MOST_PEERS],
            subject_name=zone.verify_subject_name,
        )

    def plan(self, kind: str) -> ZonePlan:
        """The zone of one side, once nothing of it is refused."""
        is_client = kind == Node.Kind.EXPRESSWAY_C
        return ZonePlan(
            name=self.name,
            username=self.username,
            password=self.password if is_client else "",
            sip_port=int(self.port),
            peers=tuple(peer for peer in self.peers if peer) if is_client else (),
            verify_subject_name="" if is_client else self.subject_name,
        )


def refusals_of(typed: TypedZone, kind: str, *, has_password: bool) -> list[Refusal]:
    """Everything that is refused of a zone, in the order of the page.

    In: the zone, the kind of server, whether a password is kept already. Out: none where it can be saved.
    """
    own = (
        _of_client(typed, has_password=has_password) if kind == Node.Kind.EXPRESSWAY_C else _of_server(typed)
    )
    return [
        *_of_line("name", typed.name, LONGEST_NAME, "zones.refused-no-name"),
        *_of_line("username", typed.username, LONGEST_USERNAME, "zones.refused-no-username"),
        *_of_port(typed.port),
        *own,
    ]


def refusals_of_password(password: str) -> list[Refusal]:
    """What is refused of a password that has to be typed."""
    if not password:
        return [Refusal("password", "zones.refused-no-password")]
    if len(password) > LONGEST_PASSWORD:
        return [Refusal("password", "zones.refused-too-long", {"limit": LONGEST_PASSWORD})]
    return []


def addresses_among(peers: tuple[str, ...]) -> list[int]:
    """The numbers of the peers that are IP addresses, which is not recommended."""
    return [number for number, peer in enumerate(peers, start=1) if is_address(peer)]


def _of_line(field: str, text: str, limit: int, missing: str) -> Iterator[Refusal]:
    if not text:
        yield Refusal(field, missing)
    elif len(text) > limit:
        yield Refusal(field, "zones.refused-too-long", {"limit": limit})
    elif not can_be_shown(text):
        yield Refusal(field, "zones.refused-unseen", {"value": shown(text)})


def _of_port(text: str) -> Iterator[Refusal]:
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(HIGHEST_PORT))
    if not (is_number and LOWEST_PORT <= int(text) <= HIGHEST_PORT):
        yield Refusal("port", "zones.refused-port", {"value": shown(text)})


def _of_server(typed: TypedZone) -> Iterator[Refusal]:
    missing = "zones.refused-no-subject-name"
    yield from _of_line("subject-name", typed.subject_name, LONGEST_SUBJECT_NAME, missing)


def _of_client(typed: TypedZone, *, has_password: bool) -> Iterator[Refusal]:
    if typed.password or not has_password:
        yield from refusals_of_password(typed.password)
    if not any(typed.peers):
        yield Refusal("peer-1", "zones.refused-no-peer")
    seen: set[str] = set()
    for number, peer in enumerate(typed.peers, start=1):
        field = f"peer-{number}"
        facts: dict[str, str | int] = {"number": number, "value": shown(peer)}
        if len(peer) > LONGEST_ADDRESS:
            yield Refusal(field, "zones.refused-too-long", {"limit": LONGEST_ADDRESS})
        elif not can_be_shown(peer) or " " in peer:
            yield Refusal(field, "zones.refused-peer", facts)
        elif peer and peer.lower() in seen:
            yield Refusal(field, "zones.refused-peer-twice", facts)
        seen.add(peer.lower())
