"""Several real servers as one deployment: who is a peer of whom, which zone joins them, what does not fit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from certstore.pki.boxes.box import Box
from certstore.pki.releases import DEFAULT_RELEASE, Role

MOST_PEERS = 6


class Misfit(StrEnum):
    """What keeps several servers from being one lab, or is told about it."""

    NO_NAME = "no-name"
    NO_ROLE = "no-role"
    TOO_MANY = "too-many"
    OTHER_RELEASE = "other-release"  # told only
    NO_PARTNER = "no-partner"  # told only
    PEER_MISSING = "peer-missing"  # told only


TOLD_ONLY = frozenset({Misfit.OTHER_RELEASE, Misfit.NO_PARTNER, Misfit.PEER_MISSING})


@dataclass(frozen=True, slots=True)
class Told:
    """One misfit, with what its sentence names."""

    misfit: Misfit
    name: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A peer's place in its cluster."""

    box: Box
    number: int
    address: str


@dataclass(frozen=True, slots=True)
class ClusterOf:
    """The cluster of one role."""

    role: Role
    fqdn: str
    is_enforcing: bool
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Deployment:
    """The servers together."""

    boxes: tuple[Box, ...]
    release: str
    clusters: tuple[ClusterOf, ...]
    told: tuple[Told, ...]

    @property
    def can_be_made(self) -> bool:
        """Whether a lab can be made of them."""
        return bool(self.boxes) and all(one.misfit in TOLD_ONLY for one in self.told)

    def of_role(self, role: Role) -> tuple[Box, ...]:
        """The servers of one role, in their order."""
        return tuple(box for box in self.boxes if box.role is role)


def deployment_of(boxes: Sequence[Box], said_release: str = "") -> Deployment:
    """Several servers as one deployment.

    In: the servers, no two of one name; the release if the person said it. Out: the deployment. Two servers of a
    role are peers of a cluster; one whose configuration names a cluster is a peer of it too. Their order is that of
    the cluster's configuration, else the order in which they came.
    """
    found = tuple(boxes)
    releases = [box.configuration.release for box in found if box.configuration.release]
    release = said_release or next(iter(releases), DEFAULT_RELEASE.name)
    clusters = tuple(cluster for role in Role if (cluster := _cluster(found, role)))
    return Deployment(found, release, clusters, tuple(_told(found, release, clusters)))


def _cluster(boxes: Sequence[Box], role: Role) -> ClusterOf | None:
    """The cluster of a role; None where its server stands alone."""
    own = [box for box in boxes if box.role is role]
    said = [box.configuration for box in own if box.configuration.cluster_name]
    if not own or (len(own) < 2 and not (said and len(said[0].cluster_peers) > 1)):
        return None
    configured = next((one.cluster_peers for one in said), ())
    members: list[Member] = []
    rest: list[Box] = []
    for box in own:
        place = next(((n, a) for n, a in configured if _is_at(box, a)), None)
        if place is None or any(member.number == place[0] for member in members):
            rest.append(box)
        else:
            members.append(Member(box, *place))
    taken = {number for number, _ in configured}
    taken |= {member.number for member in members}
    free = [number for number in range(1, len(own) + MOST_PEERS + 1) if number not in taken]
    members += [Member(box, number, box.fqdn) for box, number in zip(rest, free, strict=False)]
    return ClusterOf(
        role=role,
        fqdn=next((one.cluster_name for one in said), ""),
        is_enforcing=any(box.configuration.is_enforcing for box in own),
        members=tuple(sorted(members, key=lambda member: member.number)),
    )


def _is_at(box: Box, address: str) -> bool:
    """Whether a peer address of a cluster is this server's: its name, its host name, or its own address."""
    names = {box.fqdn, box.host, box.configuration.address, box.configuration.system_name.lower()}
    return bool(address) and address.lower() in names


def _told(boxes: Sequence[Box], release: str, clusters: Sequence[ClusterOf]) -> Iterator[Told]:
    """What does not fit."""
    for box in boxes:
        if not box.fqdn:
            yield Told(Misfit.NO_NAME, box.label)
        if box.role is None:
            yield Told(Misfit.NO_ROLE, box.fqdn or box.label)
        own = box.configuration.release
        if own and own != release:
            yield Told(Misfit.OTHER_RELEASE, box.fqdn or box.label, own)
    for role in Role:
        count = sum(box.role is role for box in boxes)
        if count > MOST_PEERS:
            yield Told(Misfit.TOO_MANY, role.value)
        if boxes and not count and all(box.role is not None for box in boxes):
            yield Told(Misfit.NO_PARTNER, role.value)
    yield from _absent_peers(clusters)


def _absent_peers(clusters: Sequence[ClusterOf]) -> Iterator[Told]:
    """The peers that a cluster's configuration names and nobody brought."""
    for cluster in clusters:
        there = {member.number for member in cluster.members}
        configured = {
            number: address
            for member in cluster.members
            for number, address in member.box.configuration.cluster_peers
        }
        for number in sorted(configured):
            if number not in there:
                yield Told(Misfit.PEER_MISSING, configured[number], cluster.role.value)
