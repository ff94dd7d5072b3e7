"""The servers of a lab that is made of real ones: names and addresses, and one in the place of a side not brought."""

from collections.abc import Iterator

from certstore.pki.boxes.box import Box
from certstore.pki.boxes.deployment import Deployment
from certstore.pki.releases import Role
from certstore.pki.server_names import can_be_a_server
from certstore.scenarios.expressway_pair import EXAMPLE_SERVERS, ServerPlan

# Documentation addresses (RFC 5737) for servers whose own one is not known, counted up from here.
_NETWORKS = {Role.EXPRESSWAY_C: "192.0.2.", Role.EXPRESSWAY_E: "198.51.100."}
_FIRST_ADDRESS = 11


def plans_of(deployment: Deployment) -> tuple[ServerPlan, ...]:
    """The lab's servers: the real ones in their order, then one for each side of which none was brought.

    In: servers that all have a name and a role. Source: our reading, as for checked files: a lab has both sides.
    """
    return (*_real(deployment.boxes), *_in_place(deployment))


def _real(boxes: tuple[Box, ...]) -> Iterator[ServerPlan]:
    """The real ones; an address that comes twice, or none, is one of ours."""
    taken: set[str] = set()
    for number, box in enumerate(boxes):
        if box.role is None:  # no lab is made of such a one
            continue
        address = box.configuration.address
        if not address or address in taken:
            address = f"{_NETWORKS[box.role]}{_FIRST_ADDRESS + number}"
        taken.add(address)
        yield ServerPlan(box.role, box.host, box.domain, address)


def _in_place(deployment: Deployment) -> Iterator[ServerPlan]:
    """A server for each side of which none was brought: under the name that the zone knows it by, if it does."""
    taken = {box.fqdn for box in deployment.boxes}
    for example in EXAMPLE_SERVERS:
        if deployment.of_role(example.role):
            continue
        domain = deployment.boxes[0].domain
        names = (
            *_known_by_the_zone(deployment),
            f"{example.host}.{domain}",
            f"{example.host}-other.{domain}",
        )
        own = f"{example.host}.{example.domain}"
        fqdn = next((name for name in names if can_be_a_server(name) and name not in taken), own)
        host, _, own_domain = fqdn.partition(".")
        yield ServerPlan(example.role, host, own_domain, example.address)


def _known_by_the_zone(deployment: Deployment) -> Iterator[str]:
    """How the side that was brought names the other: its first peer, or the subject that it verifies."""
    for box in deployment.boxes:
        if box.zone is not None:
            yield from (name.lower() for name in (*box.zone.peers[:1], box.zone.verify_subject_name))
