"""Which lines Expressway-C writes where it and Unified CM do not take each other's certificates.

A line has the name of its template in `wording.log_lines` and the facts that fill it; `detail` is a key as in
`zone_log`, `alert` the name of a TLS alert.
"""

from collections.abc import Iterator, Sequence

from certstore.pki.connections import LogLine, Look
from certstore.pki.tls import is_accepted
from certstore.pki.topology import CucmLink, Expressway

Seen = tuple[int, Look]  # a port, and what Expressway-C found there


def lines_about_unified_cm(
    control: Expressway, link: CucmLink, https: Sequence[Seen], sip: Sequence[Seen], alerts: Sequence[Seen]
) -> tuple[LogLine, ...]:
    """The lines of the traffic server, then those of SIP.

    In: the Expressway-C, its row of the Unified CM, what its traffic server found, what SIP found, and Unified CM's
    looks that refuse. Out: the lines in the order of the connections; none where both take each other.
    Source: TechNotes 218018 and 225746; that SIP writes on 5061 what it writes of a zone is our reading.
    """
    lines = [line for _, seen in https for line in _of_traffic_server(control, link, seen)]
    for port, seen in alerts[:1]:
        name = link.known_as or link.publisher_address
        lines.append(LogLine(control.id, "traffic-server-request", {"dst_port": port}))
        lines.append(LogLine(control.id, "traffic-server-alert", {"name": name, "alert": seen.alert}))
    if lines:
        lines.append(LogLine(control.id, "http-502"))
    lines += [line for port, seen in sip for line in _of_sip(control, link, port, seen)]
    return tuple(lines)


def _of_traffic_server(control: Expressway, link: CucmLink, seen: Look) -> Iterator[LogLine]:
    """A chain that is refused, or a name that is not there: whichever is met first."""
    name = link.known_as or link.publisher_address
    server: dict[str, str | int] = {"name": name, "ip": link.cucm.address}
    if seen.number:
        facts = {**server, "detail": f"verify-{seen.number}", "depth": seen.depth}
        yield LogLine(control.id, "traffic-server-verification-failed", facts)
        yield LogLine(control.id, "traffic-server-connection-failed", {"name": name})
    elif not is_accepted(seen):
        yield LogLine(control.id, "traffic-server-sni", server)


def _of_sip(control: Expressway, link: CucmLink, port: int, seen: Look) -> Iterator[LogLine]:
    if is_accepted(seen):
        return
    facts: dict[str, str | int] = {
        "src_ip": control.address,
        "dst_ip": link.cucm.address,
        "dst_port": port,
        "common_name": link.known_as or link.publisher_address,
        "detail": f"verify-{seen.number}" if seen.number else "identity-unacceptable",
    }
    yield LogLine(control.id, "outbound-tls-error", facts)
