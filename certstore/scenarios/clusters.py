"""Further peers for the servers of a lab: what they are called, and where they are."""

import re
from collections.abc import Collection, Sequence
from ipaddress import ip_address

from certstore.pki.releases import Role
from certstore.scenarios.expressway_pair import ServerPlan

MOST_OF_A_NAME = 64  # of a common name (X.520)
_NUMBERED = re.compile(r"(.*?)([0-9]{0,4})")


def clustered(servers: Sequence[ServerPlan]) -> tuple[list[ServerPlan], dict[Role, str]]:
    """Two peers of each role at least, and the names of their clusters.

    In: the servers, such as exp-c1. Out: the same, and a second one where a role has one only, such as exp-c2, those of
    a role together; by role the name of the cluster, such as exp-c.
    """
    by_role = {role: [one for one in servers if one.role is role] for role in Role}
    everybody = list(servers)
    for peers in by_role.values():
        if len(peers) == 1:
            peers.append(next_peer(peers, everybody))
            everybody.append(peers[-1])
    names = {role: cluster_name(peers[0]) for role, peers in by_role.items() if peers}
    return [one for peers in by_role.values() for one in peers], names


def next_peer(peers: Sequence[ServerPlan], everybody: Collection[ServerPlan]) -> ServerPlan:
    """A further peer: the next number behind the name, the next address; neither of them is taken.

    In: the peers that are there, and all servers of the lab.
    """
    last = peers[-1]
    stem, number = _parts(last.host)
    names = {f"{one.host}.{one.domain}".casefold() for one in everybody}
    addresses = {ip_address(one.address) for one in everybody}
    following = int(number or 1) + 1
    while f"{(host := _host(stem, following, last.domain))}.{last.domain}".casefold() in names:
        following += 1
    address = ip_address(last.address)
    step = -1 if int(address) >= 2**address.max_prefixlen - len(addresses) - 1 else 1
    while address in addresses:
        address += step
    return ServerPlan(last.role, host, last.domain, str(address))


def cluster_name(first: ServerPlan) -> str:
    """What a cluster is called after its first peer: the name without its number."""
    stem, number = _parts(first.host)
    host = stem.rstrip("-_") if number else f"{first.host}-cluster"
    if not host or len(f"{host}.{first.domain}") > MOST_OF_A_NAME:
        host = first.role.value[-1]
    return f"{host}.{first.domain}"


def _parts(host: str) -> tuple[str, str]:
    """A host name without the number at its end, and the number."""
    match = _NUMBERED.fullmatch(host)
    return (match[1], match[2]) if match else (host, "")


def _host(stem: str, number: int, domain: str) -> str:
    """A host name with a number, short enough for a common name."""
    room = min(63, MOST_OF_A_NAME - len(domain) - 1) - len(str(number))
    return f"{stem[: max(room, 0)]}{number}"
