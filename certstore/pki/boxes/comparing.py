"""After the change: what a real server still has otherwise than the lab's, which is how it should end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from certstore.pki.boxes.box import Box
from certstore.pki.facts import CertificateFacts
from certstore.pki.releases import Role, profile_for

MOST_NAMED = 20  # CAs of one list that are named one by one


class Difference(StrEnum):
    """One thing that is otherwise, or could not be compared."""

    LACKS_CA = "lacks-ca"
    LACKS_MORE = "lacks-more"
    HAS_CA = "has-ca"
    HAS_MORE = "has-more"
    OLD_CERTIFICATE = "old-certificate"  # in what it holds
    SHOWS_OLD = "shows-old"  # in what it shows
    OTHER_CERTIFICATE = "other-certificate"
    SHOWS_OTHER = "shows-other"
    OTHER_CLIENT = "other-client"
    ROLE = "role"
    RELEASE = "release"
    CLUSTER_NAME = "cluster-name"
    ZONE_PEERS = "zone-peers"
    ZONE_SUBJECT = "zone-subject"
    NO_CERTIFICATE = "no-certificate"  # not brought, so not compared
    NO_LIST = "no-list"
    NO_CONFIGURATION = "no-configuration"
    GUESSED_LIST = "guessed-list"


# What says nothing about the server, only about what was brought of it.
NOT_COMPARED = frozenset(
    {
        Difference.NO_CERTIFICATE,
        Difference.NO_LIST,
        Difference.NO_CONFIGURATION,
        Difference.GUESSED_LIST,
    }
)
# What need not be wrong: the server has more than the lab.
MAY_STAY = frozenset({Difference.HAS_CA, Difference.HAS_MORE, Difference.RELEASE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One server of the lab, as it should be in the end."""

    fqdn: str
    role: Role
    server: CertificateFacts
    client: CertificateFacts | None
    earlier: tuple[CertificateFacts, ...]  # what was in its slot before
    trust: tuple[CertificateFacts, ...]
    release: str
    cluster_name: str
    zone_peers: tuple[str, ...]
    zone_subject: str


@dataclass(frozen=True, slots=True)
class Found:
    """One difference, with what its sentence names."""

    difference: Difference
    name: str = ""
    other: str = ""
    ends: str = ""  # ISO text


@dataclass(frozen=True, slots=True)
class Compared:
    """One server of the lab, and what was found; `box` is None where nothing was brought of it."""

    expected: Expected
    box: Box | None
    found: tuple[Found, ...]

    @property
    def is_done(self) -> bool:
        """Whether everything that was compared is as in the lab."""
        return self.box is not None and not any(
            one.difference not in NOT_COMPARED | MAY_STAY for one in self.found
        )


def compare(
    expected: Sequence[Expected], boxes: Sequence[Box]
) -> tuple[tuple[Compared, ...], tuple[Box, ...]]:
    """Compare real servers with those of a lab.

    In: the lab's servers as they should end, the real ones. Out: one comparison a server of the lab, and the real
    ones that are none of the lab's. They are matched by their full names, else by their host names alone.
    """
    left = list(boxes)
    compared = []
    for one in expected:
        box = next((box for box in left if box.fqdn == one.fqdn.lower()), None)
        box = box or next(
            (box for box in left if box.host and box.host == one.fqdn.lower().split(".")[0]), None
        )
        if box is not None:
            left.remove(box)
        compared.append(Compared(one, box, tuple(_differences(one, box)) if box else ()))
    return tuple(compared), tuple(left)


def _differences(expected: Expected, box: Box) -> Iterator[Found]:
    """All that differs on one server."""
    yield from _of_certificate(expected, box)
    yield from _of_list(expected, box)
    if expected.client and box.client and expected.client.sha256 != box.client.sha256:
        yield Found(Difference.OTHER_CLIENT, box.client.subject, ends=box.client.not_after)
    yield from _of_configuration(expected, box)


def _of_certificate(expected: Expected, box: Box) -> Iterator[Found]:
    """The server certificate: the one of the lab, an earlier one, or another."""
    if box.server is not None:
        subject, ends = box.server.subject, box.server.not_after
        is_right = box.server.sha256 == expected.server.sha256
        is_old = box.server.sha256 in {facts.sha256 for facts in expected.earlier}
    elif box.decoded:
        one = box.decoded[0]
        subject, ends = one.subject, one.not_after
        is_right = _is(one.serial, ends, expected.server)
        is_old = any(_is(one.serial, ends, facts) for facts in expected.earlier)
    else:
        yield Found(Difference.NO_CERTIFICATE)
        return
    if is_right:
        return
    codes = (
        (Difference.SHOWS_OLD, Difference.SHOWS_OTHER)
        if box.is_presented
        else (Difference.OLD_CERTIFICATE, Difference.OTHER_CERTIFICATE)
    )
    yield Found(codes[0] if is_old else codes[1], subject, ends=ends)


def _is(serial: str, ends: str, facts: CertificateFacts) -> bool:
    """Whether a printed certificate is this one, as far as print tells: serial number and end."""
    return serial.lstrip("0") == facts.serial.replace(":", "").lstrip("0") and ends in ("", facts.not_after)


def _of_list(expected: Expected, box: Box) -> Iterator[Found]:
    """The trusted CA list: what is missing in it, and what the lab's has not."""
    if box.trust is None:
        yield Found(Difference.NO_LIST)
        return
    if box.is_list_guessed:
        yield Found(Difference.GUESSED_LIST)
    wanted, there = {facts.sha256 for facts in expected.trust}, {facts.sha256 for facts in box.trust}
    lacking = [facts for facts in expected.trust if facts.sha256 not in there]
    yield from _named(Difference.LACKS_CA, Difference.LACKS_MORE, lacking)
    more = [facts for facts in box.trust if facts.sha256 not in wanted]
    yield from _named(Difference.HAS_CA, Difference.HAS_MORE, more)


def _named(each: Difference, rest: Difference, certificates: Sequence[CertificateFacts]) -> Iterator[Found]:
    """The first of some CAs by their names, of the others how many."""
    for facts in certificates[:MOST_NAMED]:
        yield Found(each, next(iter(facts.common_names), facts.subject), ends=facts.not_after)
    if len(certificates) > MOST_NAMED:
        yield Found(rest, str(len(certificates) - MOST_NAMED))


def _of_configuration(expected: Expected, box: Box) -> Iterator[Found]:
    """Role, release, cluster and zone, as far as its configuration says them."""
    if not box.has_configuration:
        yield Found(Difference.NO_CONFIGURATION)
        return
    said = box.configuration
    if said.zone is not None and said.zone.role is not expected.role:
        yield Found(Difference.ROLE, said.zone.role.value, expected.role.value)
    if said.release and profile_for(said.release).release is not profile_for(expected.release).release:
        yield Found(Difference.RELEASE, said.release, expected.release)
    if said.cluster_name and said.cluster_name.lower() != expected.cluster_name.lower():
        yield Found(Difference.CLUSTER_NAME, said.cluster_name, expected.cluster_name)
    zone = box.zone if box.zone and box.zone.role is expected.role else None
    if zone is None:
        return
    if _folded(zone.peers) != _folded(expected.zone_peers):
        yield Found(Difference.ZONE_PEERS, ", ".join(zone.peers), ", ".join(expected.zone_peers))
    if zone.verify_subject_name.lower() != expected.zone_subject.lower():
        yield Found(Difference.ZONE_SUBJECT, zone.verify_subject_name, expected.zone_subject)


def _folded(names: Sequence[str]) -> list[str]:
    return [name.lower() for name in names]
