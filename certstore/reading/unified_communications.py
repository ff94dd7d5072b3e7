"""Status > Unified Communications and the page of its SSH tunnels: what the verdicts of a lab come to there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from certstore.pki.connections import Health, Verdict
from certstore.pki.topology import Expressway
from certstore.reading.lab_state import LabView
from certstore.reading.zones_status import PeerRow, server_of_view, zone_row
from certstore.wording import tunnels_status
from certstore.wording.unified_communications import status_of

TUNNEL_PORT = 2222
_UP = (Health.WORKS, Health.WARNS)
_SIGNS = {Health.WORKS: "ok", Health.WARNS: "ok", Health.FAILS: "bad", Health.OFF: "off"}


@dataclass(frozen=True, slots=True)
class Said:
    """A word of the page, the name of a sentence, with the class of its sign."""

    key: str
    sign: str


@dataclass(frozen=True, slots=True)
class TunnelRow:
    """The tunnels between a server and one other."""

    fqdn: str  # of the other
    target: str
    state: Said


@dataclass(frozen=True, slots=True)
class Services:
    """What Status > Unified Communications shows of a server."""

    zone_name: str  # "" where there is no zone
    status: Said
    peers: tuple[PeerRow, ...]
    services: tuple[tuple[str, Said], ...]  # names of sentences, each with how it is
    active: int  # tunnels that are up
    count: int  # of so many
    servers: tuple[tuple[str, Said], ...]  # of Unified CM, by address
    domains: tuple[str, ...]


def tunnels_at(view: LabView, server_id: str) -> tuple[Verdict, ...]:
    """The SSH tunnels that begin or end on a server."""
    return tuple(one for one in view.state.tunnels if server_id in (one.source, one.target))


def unified_cms_at(view: LabView, server_id: str) -> tuple[Verdict, ...]:
    """The connections of a server to Unified CM."""
    return tuple(one for one in view.state.unified_cms if one.source == server_id)


def services_of(view: LabView, server: Expressway) -> Services:
    """What a server's page shows.

    The proxy and the provisioning server are Inactive while no tunnel is up: our reading, for a public status has
    the word, and no document says when.
    """
    tunnels, unified_cms = tunnels_at(view, server.id), unified_cms_at(view, server.id)
    active = sum(one.health in _UP for one in tunnels)
    zone = zone_row(view, server, {})
    status = status_of(
        has_zone=zone is not None,
        waits=server in view.topology.controls,
        tunnels_up=0 < active == len(tunnels),
        unified_cms_up=all(one.health in _UP for one in unified_cms),
    )
    return Services(
        zone_name=zone.name if zone else "",
        status=Said(status, _sign_of_status(status)),
        peers=zone.peers if zone else (),
        services=tuple(_services(tunnels, active)),
        active=active,
        count=len(tunnels),
        servers=tuple(_unified_cms(view, unified_cms)),
        domains=_domains(view, server),
    )


def _sign_of_status(status: str) -> str:
    endings = {"configured": "ok", "not-configured": "off"}
    return endings.get(status.rpartition(".")[2], "bad")


def _services(tunnels: Sequence[Verdict], active: int) -> Iterator[tuple[str, Said]]:
    down = Health.FAILS if any(one.health is Health.FAILS for one in tunnels) else Health.OFF
    yield "unified_communications.service-tunnels", _tunnel(Health.WORKS if active else down)
    through = Said("unified_communications.active", "ok")
    if not active:
        through = Said("unified_communications.inactive", "off")
    for name in ("traffic-server", "provisioning"):
        yield f"unified_communications.service-{name}", through


def _tunnel(health: Health) -> Said:
    return Said(tunnels_status.state_of(health), _SIGNS[health])


def _unified_cms(view: LabView, verdicts: Sequence[Verdict]) -> Iterator[tuple[str, Said]]:
    """The Unified CMs that a server knows, in words of the page on which they are set up."""
    healths = {verdict.target: verdict.health for verdict in verdicts}
    for link in view.topology.cucms:
        health = healths.get(link.cucm.id, Health.OFF)
        if health in _UP:
            word = "active" if link.tls_verify else "not-verified"
            yield link.publisher_address, Said(f"cucm_servers.{word}", "ok")
        elif health is Health.FAILS:
            yield link.publisher_address, Said("cucm_servers.failed", "bad")


def _domains(view: LabView, server: Expressway) -> tuple[str, ...]:
    """The domains that people sign in with."""
    client = view.topology.client
    domain = client.settings.domain if client else server.domain
    return (domain,) if domain else ()


def tunnel_rows(view: LabView, server: Expressway) -> tuple[TunnelRow, ...]:
    """A row for each other server: the tunnels that Expressway-C opens to port 2222 of Expressway-E."""
    rows = []
    for verdict in tunnels_at(view, server.id):
        other = server_of_view(view, verdict.target if verdict.source == server.id else verdict.source)
        edge = server_of_view(view, verdict.target)
        if other is not None and edge is not None:
            rows.append(TunnelRow(other.fqdn, f"{edge.address}:{TUNNEL_PORT}", _tunnel(verdict.health)))
    return tuple(rows)
