"""The Unified CMs that an Expressway-C knows, and what it finds when it looks them up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from certstore.models import CucmServer, Node
from certstore.pki.connections import Look
from certstore.pki.discovery import look_at_publisher
from certstore.pki.peer_names import is_address, same_address
from certstore.pki.tls import is_accepted
from certstore.pki.topology import Cucm, Topology
from certstore.reading.topology import deployment_of

# What stands in the list: the class of a sign, by the name of the sentence.
_CSS = {"cucm_servers.active": "ok", "cucm_servers.failed": "bad", "cucm_servers.not-verified": "warn"}


@dataclass(frozen=True, slots=True)
class Publisher:
    """A Unified CM that an address leads to, as an Expressway-C finds it."""

    id: UUID
    fqdn: str
    server_entry: str  # its System > Server entry: what clients are told
    look: Look | None  # None while the Expressway-C has no certificate


@dataclass(frozen=True, slots=True)
class KnownServer:
    """A row of the page, with the name of the sentence of its state."""

    row: CucmServer
    said: str

    @property
    def css(self) -> str:
        """The class of its sign."""
        return _CSS[self.said]


def known_servers(node: Node, at: datetime) -> list[KnownServer]:
    """The rows of an Expressway-C at a moment of its lab; the queries do not grow with them."""
    rows = list(node.cucm_servers.select_related("cucm"))
    if not rows:
        return []
    topology, cucms = deployment_of(node.lab, at)
    return [KnownServer(row, _state(topology, node, row, cucms[row.cucm_id])) for row in rows]


def publishers_at(node: Node, addresses: list[str], at: datetime) -> dict[str, Publisher | None]:
    """The Unified CM that each address leads to by the lab's DNS, or None.

    In: the Expressway-C that looks, addresses as typed, an aware moment. Out: by address.
    """
    topology, cucms = deployment_of(node.lab, at)
    return {address: _publisher_at(topology, cucms, node, address) for address in addresses}


def names_of_cucms(node: Node) -> list[str]:
    """What the Unified CMs of the lab are called."""
    return [one.fqdn for one in node.lab.nodes.filter(kind=Node.Kind.CUCM)]


def _publisher_at(
    topology: Topology, cucms: Mapping[UUID, Cucm], node: Node, address: str
) -> Publisher | None:
    found = (address,) if is_address(address) else topology.dns.addresses(address)
    for one in found:
        for cucm in cucms.values():
            if same_address(cucm.address, one):
                look = _look(topology, node, cucm, address)
                return Publisher(UUID(cucm.id), cucm.fqdn, cucm.settings.server_entry, look)
    return None


def _look(topology: Topology, node: Node, cucm: Cucm, address: str) -> Look | None:
    control = next((one for one in topology.controls if one.id == str(node.pk)), None)
    return look_at_publisher(topology, control, cucm, address) if control else None


def _state(topology: Topology, node: Node, row: CucmServer, cucm: Cucm) -> str:
    if not row.tls_verify:
        return "cucm_servers.not-verified"
    found = _look(topology, node, cucm, row.publisher_address)
    return "cucm_servers.active" if found and is_accepted(found) else "cucm_servers.failed"
