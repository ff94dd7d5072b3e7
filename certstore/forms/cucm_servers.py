"""Configuration > Unified Communications > Unified CM servers: a row as somebody typed it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from django.http import QueryDict

from certstore.actions.cucm_servers import ServerPlan
from certstore.forms.typed import Refusal, can_be_shown, shown, text_of
from certstore.models import CucmServer
from certstore.reading.cucm_servers import Publisher, why_not_taken

LONGEST_ADDRESS, LONGEST_USERNAME = 253, 128
ON, OFF = "On", "Off"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedServer:
    """The fields of the page, as texts. Whether there is a password counts, what it is is not even looked at."""

    address: str = ""
    username: str = ""
    tls_verify: str = ON

    @classmethod
    def of(cls, data: QueryDict) -> Self:
        """What was sent."""
        return cls(
            address=text_of(data, "address"),
            username=text_of(data, "username"),
            tls_verify=data.get("tls-verify", ""),
        )

    @classmethod
    def as_set(cls, row: CucmServer) -> Self:
        """What is set."""
        return cls(
            address=row.publisher_address, username=row.username, tls_verify=ON if row.tls_verify else OFF
        )

    def plan(self, publisher: Publisher) -> ServerPlan:
        """The row, once nothing of it is refused."""
        return ServerPlan(
            publisher.id, self.address, self.username, self.tls_verify == ON, publisher.server_entry
        )


def refusals_of(typed: TypedServer) -> list[Refusal]:
    """What is refused of the texts alone."""
    return [*_of_address(typed.address), *_of_username(typed.username), *_of_mode(typed.tls_verify)]


def refusals_of_lookup(
    typed: TypedServer, publisher: Publisher | None, known: Sequence[str]
) -> list[Refusal]:
    """What the Expressway-C finds when it looks up the typed address.

    In: the row, the Unified CM that the address leads to, the names of those of the lab. Out: none where it is
    taken; with TLS verify mode Off the certificate is not looked at.
    """
    found = why_not_taken(typed.address, publisher, known, tls_verify=typed.tls_verify == ON)
    return [Refusal(one.at, one.said, one.facts) for one in found]


def _of_address(text: str) -> Iterator[Refusal]:
    if not text:
        yield Refusal("address", "cucm_servers.refused-no-address")
    elif len(text) > LONGEST_ADDRESS or not can_be_shown(text) or " " in text:
        yield Refusal("address", "cucm_servers.refused-address", {"value": shown(text)})


def _of_username(text: str) -> Iterator[Refusal]:
    if not text:
        yield Refusal("username", "cucm_servers.refused-no-username")
    elif len(text) > LONGEST_USERNAME or not can_be_shown(text):
        facts: dict[str, str | int] = {"value": shown(text), "limit": LONGEST_USERNAME}
        yield Refusal("username", "cucm_servers.refused-username", facts)


def _of_mode(text: str) -> Iterator[Refusal]:
    if text not in (ON, OFF):
        yield Refusal("tls-verify", "cucm_servers.refused-mode", {"value": shown(text)})
