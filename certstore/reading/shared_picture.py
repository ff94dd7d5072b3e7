"""The picture of a lab for whoever has a link: servers, connections and causes, with example names where asked."""

from dataclasses import dataclass, replace
from datetime import datetime

from certstore.models import Lab
from certstore.pki.connections import Reason
from certstore.pki.findings import Finding
from certstore.pki.redaction import Redactor
from certstore.pki.topology import Topology
from certstore.reading.causes import Causes
from certstore.reading.lab_state import lab_view
from certstore.reading.overview import (
    CauseLine,
    Connection,
    Server,
    cause_lines,
    connections_of,
    names_of,
    servers_of,
)

# The facts of a finding about a connection that name nobody; every other text among them is a name.
NAMELESS = frozenset({"eku", "usage", "algorithm", "oid", "start", "end", "store", "kind", "digest"})


@dataclass(frozen=True, slots=True)
class SharedPicture:
    """What `views.lab_svg` draws, and the causes below it."""

    servers: tuple[Server, ...]
    connections: tuple[Connection, ...]
    causes: tuple[CauseLine, ...]


def shared_picture(lab: Lab, at: datetime, redactor: Redactor | None) -> SharedPicture:
    """How a lab is at a moment, as far as its column tells.

    In: the lab, its time, the example names (None: the real ones). Out: values in which no real name is left where
    there is a redactor.
    """
    view = lab_view(lab, at)
    names = names_of(view.topology)
    if redactor is not None:
        names |= _example_names(view.topology, redactor)
    causes = Causes(view.topology, view.state)
    is_off = lab.column == Lab.Explanations.OFF
    shown = connections_of(view.state, names, None if is_off else causes)

    def told(reason: Reason) -> Reason:
        return reason if redactor is None else redacted_reason(reason, redactor)

    return SharedPicture(
        servers=tuple(_server(one, redactor) for one in servers_of(view.topology, names)),
        connections=tuple(shown.values()),
        causes=tuple(cause_lines(lab, causes, shown, names, told)),
    )


def redacted_reason(reason: Reason, redactor: Redactor) -> Reason:
    """A reason whose facts name examples: a key identifier too."""
    finding = reason.finding
    facts = {name: _redacted(name, value, redactor) for name, value in finding.facts.items()}
    return replace(reason, finding=Finding(finding.code, finding.severity, facts))


def _redacted(name: str, value: str | int, redactor: Redactor) -> str | int:
    if not isinstance(value, str) or name in NAMELESS:
        return value
    if name == "key_id":
        return redactor.key_id(value)
    if name == "addresses":
        return ", ".join(redactor.any_name(one) for one in value.split(", "))
    return redactor.any_name(value)


def _example_names(topology: Topology, redactor: Redactor) -> dict[str, str]:
    """The host names of the examples, in full where two have the same."""
    full = {one.id: redactor.host(one.fqdn) for one in (*topology.edges, *topology.controls)}
    full |= {link.cucm.id: redactor.host(link.cucm.fqdn) for link in topology.cucms}
    hosts = [name.partition(".")[0] for name in full.values()]
    return {
        one: name if hosts.count(host) > 1 else host
        for (one, name), host in zip(full.items(), hosts, strict=True)
    }


def _server(server: Server, redactor: Redactor | None) -> Server:
    return server if redactor is None else replace(server, fqdn=redactor.host(server.fqdn))
