"""The Unified CMs that an Expressway-C knows, and what it finds when it looks them up."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from certstore.models import CucmServer, Node
from certstore.pki.connections import Look
from certstore.pki.discovery import look_at_publisher
from certstore.pki.names import visible
from certstore.pki.peer_names import is_address, same_address
from certstore.pki.tls import is_accepted
from certstore.pki.topology import Cucm, Topology
from certstore.reading.topology import deployment_of
from certstore.wording.openssl_texts import TEXTS, verdict_text

SHOWN_CHARACTERS = 60  # of an address that a sentence repeats

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


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Why an address is not taken: the field that is at fault, the name of a sentence, what fills it."""

    at: str
    said: str
    facts: Mapping[str, str | int] = field(default_factory=dict)


def why_not_taken(
    address: str, publisher: Publisher | None, known: Sequence[str], *, tls_verify: bool
) -> Iterator[NotTaken]:
    """What the Expressway-C finds when it looks up an address: nothing where it is taken.

    In: the address as typed, the Unified CM that it leads to, the names of those of the lab, and whether TLS verify
    mode is On; with Off the certificate is not looked at.
    """
    value = visible(address, SHOWN_CHARACTERS)
    if publisher is None:
        yield NotTaken(
            "address", "cucm_servers.refused-not-here", {"value": value, "known": ", ".join(known) or "-"}
        )
    elif tls_verify and publisher.look is not None:
        yield from _of_certificate(value, publisher.look)


def _of_certificate(address: str, found: Look) -> Iterator[NotTaken]:
    facts = {"address": address}
    if found.number:
        number = found.number
        reason = {"reason": verdict_text(number).text if number in TEXTS else f"OpenSSL {number}"}
        yield NotTaken("tls-verify", "cucm_servers.refused-not-trusted", facts | reason)
    elif not found.matched:
        yield NotTaken("address", "cucm_servers.refused-name", facts)


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
