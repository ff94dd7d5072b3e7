"""System > Clustering: what somebody typed. A wrong address is taken: the lab shows what follows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from django.http import QueryDict

from certstore.actions.clusters import MOST_PEERS, ClusterPlan
from certstore.forms.typed import Refusal, can_be_shown, shown, text_of
from certstore.models import Cluster
from certstore.pki.names import is_fqdn
from certstore.pki.peer_names import is_address, plain_address
from certstore.reading.clusters import ClusterState

LONGEST_NAME = 253
LONGEST_IP = 45  # an IPv6 address with an IPv4 address in it


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedCluster:
    """The fields of the page, as texts."""

    name: str = ""
    mode: str = Cluster.TlsMode.PERMISSIVE.value
    addresses: tuple[str, ...] = ()  # of the peers that there are

    @classmethod
    def of(cls, data: QueryDict, peers: int) -> Self:
        """What was sent, of a cluster with so many peers."""
        return cls(
            name=text_of(data, "name"),
            mode=text_of(data, "mode"),
            addresses=tuple(text_of(data, f"peer-{number}") for number in range(1, peers + 1)),
        )

    @classmethod
    def as_set(cls, state: ClusterState) -> Self:
        """What is set."""
        return cls(
            name=state.cluster.fqdn,
            mode=state.cluster.tls_mode,
            addresses=tuple(peer.node.peer_address for peer in state.peers),
        )

    def plan(self) -> ClusterPlan:
        """What is to be, once nothing of it is refused."""
        return ClusterPlan(self.name, Cluster.TlsMode(self.mode), self.addresses)


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A row of the cluster address mapping, as texts."""

    name: str = ""
    address: str = ""

    @classmethod
    def of(cls, data: QueryDict) -> Self:
        """What was sent."""
        return cls(text_of(data, "mapping-name"), text_of(data, "mapping-address"))

    def row(self) -> dict[str, str]:
        """The row in its one spelling, once nothing of it is refused."""
        return {"name": self.name.lower(), "address": plain_address(self.address)}


def refusals_of_row(typed: TypedRow) -> Iterator[Refusal]:
    """What is refused of a row of the cluster address mapping."""
    if not is_fqdn(typed.name):
        yield Refusal("mapping-name", "clustering.refused-mapping-name", {"value": shown(typed.name)})
    if len(typed.address) > LONGEST_IP or not plain_address(typed.address):
        value = {"value": shown(typed.address)}
        yield Refusal("mapping-address", "clustering.refused-mapping-address", value)


def refusals_of(typed: TypedCluster) -> list[Refusal]:
    """Everything that is refused of the page, in its order."""
    found = list(refusals_of_name(typed.name))
    if typed.mode not in Cluster.TlsMode.values:
        found.append(Refusal("mode", "clustering.refused-mode"))
    return [*found, *_of_addresses(typed.addresses[:MOST_PEERS])]


def refusals_of_name(name: str) -> Iterator[Refusal]:
    """What is refused of a cluster's name.

    A name without a domain would let no request be made later on, so it is not taken at all: our reading.
    """
    if len(name) > LONGEST_NAME:
        yield Refusal("name", "clustering.refused-too-long", {"limit": LONGEST_NAME})
    elif not is_fqdn(name):
        yield Refusal("name", "clustering.refused-name", {"value": shown(name)})


def _of_addresses(addresses: tuple[str, ...]) -> Iterator[Refusal]:
    seen: set[str] = set()
    for number, address in enumerate(addresses, start=1):
        facts: dict[str, str | int] = {"number": number, "value": shown(address)}
        is_name = 0 < len(address) <= LONGEST_NAME and can_be_shown(address) and not set(" /:") & set(address)
        if not (is_name or is_address(address)):
            yield Refusal(f"peer-{number}", "clustering.refused-address", facts)
        elif address.casefold() in seen:
            yield Refusal(f"peer-{number}", "clustering.refused-address-twice", facts)
        seen.add(address.casefold())
