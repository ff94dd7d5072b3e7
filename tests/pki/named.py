"""A deployment whose certificates have exactly the names one says: chains, usages and dates are right everywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from certstore.pki.connections import LabState
from certstore.pki.facts import CertificateFacts
from certstore.pki.name_sheet import line_of, needed_names, place_in
from certstore.pki.needed_names import Answers, Holder, Need, Slot, needs_of
from certstore.pki.releases import Role
from certstore.pki.states import state_of
from certstore.pki.topology import Cucm, Expressway, Topology
from tests.pki.chains import leaf
from tests.pki.zones import EVERY_CA, PRIVATE_CA, PUBLIC_CA, known, trusting

# By the host name of a server and its slot: the alternative names of its certificate.
Names = Mapping[tuple[str, str], Sequence[str]]


def calculated(topology: Topology, answers: Answers | None = None) -> dict[tuple[str, str], list[str]]:
    """The names of every certificate as they are calculated, of several of which one is enough that one."""
    needs = needs_of(topology, state_of(topology), answers or Answers())
    holders = dict.fromkeys(need.of for need in needs)
    return {
        (host_of(topology, holder), holder.slot.value): [name.chosen for name in needed_names(found, ())]
        for holder in holders
        if (found := [need for need in needs if need.of == holder])
    }


def needs_for(topology: Topology, host: str, slot: Slot = Slot.SERVER) -> list[Need]:
    """The needs of one certificate."""
    needs = needs_of(topology, state_of(topology))
    return [need for need in needs if (host_of(topology, need.of), need.of.slot) == (host, slot)]


def host_of(topology: Topology, holder: Holder) -> str:
    """The host name of the server whose certificate it is."""
    servers: list[Expressway | Cucm] = [
        *topology.controls,
        *topology.edges,
        *(link.cucm for link in topology.cucms),
    ]
    return next(one.host for one in servers if one.id == holder.server)


def named(topology: Topology, names: Names) -> Topology:
    """The same deployment with new certificates, which have these names and their common name, and no other."""
    return replace(
        topology,
        controls=tuple(_expressway(topology, one, names) for one in topology.controls),
        edges=tuple(_expressway(topology, one, names) for one in topology.edges),
        cucms=tuple(replace(link, cucm=_cucm(link.cucm, names)) for link in topology.cucms),
        client=replace(topology.client, trust=trusting(EVERY_CA)) if topology.client else None,
    )


def state_with(topology: Topology, names: Names) -> LabState:
    """Every verdict on it."""
    return state_of(named(topology, names))


def _expressway(topology: Topology, server: Expressway, names: Names) -> Expressway:
    common_name = line_of(place_in(topology, server), ()).common_name
    issuer = PRIVATE_CA if server.role is Role.EXPRESSWAY_C else PUBLIC_CA
    shown = _made(issuer, common_name, names[server.host, "server"])
    client = names.get((server.host, "client"))
    return replace(
        server,
        trust=trusting(EVERY_CA),
        server=shown,
        client=shown if client is None else _made(issuer, f"client of {common_name}", client),
    )


def _cucm(cucm: Cucm, names: Names) -> Cucm:
    shown = {
        slot.replace("-", "_"): _made(PRIVATE_CA, f"{slot} of {cucm.host}", sans)
        for (host, slot), sans in names.items()
        if host == cucm.host
    }
    lists = {"tomcat_trust": trusting(EVERY_CA), "callmanager_trust": trusting(EVERY_CA)}
    return replace(cucm, **shown, **lists)


def _made(issuer, common_name: str, sans: Sequence[str]) -> CertificateFacts:
    # A certificate without any alternative name would be known by its common name.
    return known(leaf(issuer, common_name, sans=list(sans) or ["nobody.example.net"]).der)
