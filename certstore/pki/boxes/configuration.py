"""What a server's configuration says of it: its name, its zones, its cluster, its DNS, its release."""

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass

from certstore.pki.boxes.lines import Values
from certstore.pki.releases import Role, profile_for

MOST_PEERS = 6
MOST_DNS_SERVERS = 5

_ZONE = re.compile(r"zones zone ([0-9]+) (.+)")
_RELEASE = re.compile(r"[xX]?[0-9]{1,3}(?:\.[0-9]{1,4}){0,3}")
# How a zone's type is written in the paths of its own settings, and which end of the zone has it.
_KINDS = {"traversalclient": Role.EXPRESSWAY_C, "traversalserver": Role.EXPRESSWAY_E}


@dataclass(frozen=True, slots=True)
class TraversalZone:
    """One traversal zone of a server. Its password is not read: the product prints it enciphered."""

    number: int
    role: Role  # of the server that has this end of a zone
    name: str
    for_edge: bool  # carries Unified Communications: "Collaboration Edge" is on
    username: str = ""
    sip_port: int | None = None
    peers: tuple[str, ...] = ()
    verify_subject_name: str = ""
    tls_verify: bool | None = None  # None: not said


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the lines say; "" and None for what they do not."""

    system_name: str = ""
    host: str = ""
    domain: str = ""
    address: str = ""
    dns_servers: tuple[str, ...] = ()
    cluster_name: str = ""
    cluster_peers: tuple[tuple[int, str], ...] = ()  # number and address, as configured
    is_enforcing: bool | None = None  # the cluster's TLS verification mode; None: not said
    release: str = ""
    product: str = ""
    zones: tuple[TraversalZone, ...] = ()

    @property
    def zone(self) -> TraversalZone | None:
        """The zone that carries Unified Communications; without one that says so, the first traversal zone."""
        return next((zone for zone in self.zones if zone.for_edge), next(iter(self.zones), None))


def configuration_of(values: Values) -> Configuration:
    """What the values of `xConfiguration` and `xStatus` say of a server.

    Source: Administrator Guide X15.5, reference material, for SystemUnit, Zones and Alternates; TechNote 212475
    for the lines of a zone. How the paths of DNS, addresses and the cluster's TLS mode are written in a dump is
    in none of them: every form that was met is taken, and what is not there is told as missing.
    """
    return Configuration(
        system_name=values.get("systemunit name", ""),
        host=_first(values, "ip dns hostname", "dns hostname", "dns local hostname", "ip dns host name"),
        domain=_first(values, "ip dns domain name", "dns domain name", "dns domainname", "dns domain"),
        address=_address(values),
        dns_servers=tuple(_numbered(values, r"(?:ip )?dns server ([1-5]) address", MOST_DNS_SERVERS)),
        cluster_name=values.get("alternates cluster name", ""),
        cluster_peers=tuple(_cluster_peers(values)),
        is_enforcing=_is_enforcing(values),
        release=_release(values),
        product=values.get("systemunit product", ""),
        zones=tuple(_zones(values)),
    )


def _first(values: Values, *paths: str) -> str:
    """The first of some values that is not empty."""
    return next((values[path] for path in paths if values.get(path)), "")


def _address(values: Values) -> str:
    """The server's own address, if it is one."""
    text = _first(
        values,
        "ethernet 1 ip v4 address",
        "ethernet 1 ipv4 address",
        "ip v4 address",
        "ethernet 1 ip v6 address",
        "ethernet 1 ipv6 address",
    )
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return ""


def _numbered(values: Values, pattern: str, most: int) -> Iterator[str]:
    """Values whose paths differ in a number, in its order, without those that are empty."""
    found = {int(match[1]): value for path, value in values.items() if (match := re.fullmatch(pattern, path))}
    yield from [found[number] for number in sorted(found) if found[number]][:most]


def _cluster_peers(values: Values) -> Iterator[tuple[int, str]]:
    """The peers of the cluster, those without an address left out."""
    for number in range(1, MOST_PEERS + 1):
        if address := values.get(f"alternates peer {number} address", ""):
            yield number, address


def _is_enforcing(values: Values) -> bool | None:
    """The TLS verification mode of the cluster, where some line says it."""
    said = _first(values, "clusterconfiguration tls_verify", "cluster tls verification mode").casefold()
    return said in ("enforcing", "enforce", "on", "true", "yes") if said else None


def _release(values: Values) -> str:
    """The release, if it is one that can be understood."""
    said = values.get("systemunit software version", "").partition(" ")[0]
    return said if _RELEASE.fullmatch(said) and profile_for(said).understood else ""


def _zones(values: Values) -> Iterator[TraversalZone]:
    """The traversal zones, by their numbers."""
    by_number: dict[int, Values] = {}
    for path, value in values.items():
        if match := _ZONE.fullmatch(path):
            by_number.setdefault(int(match[1]), {})[match[2]] = value
    for number in sorted(by_number):
        zone = by_number[number]
        kind = _kind_of(zone)
        if kind:
            yield _zone(number, kind, zone)


def _kind_of(zone: Values) -> str:
    """The type of a zone; the paths of its settings say it where its Type is missing."""
    said = zone.get("type", "").casefold().replace(" ", "")
    if said:
        return said if said in _KINDS else ""
    return next((kind for kind in _KINDS if any(path.startswith(f"{kind} ") for path in zone)), "")


def _zone(number: int, kind: str, zone: Values) -> TraversalZone:
    """One traversal zone."""
    own = {
        path.removeprefix(f"{kind} "): value for path, value in zone.items() if path.startswith(f"{kind} ")
    }
    port = own.get("sip port", "")
    verify = own.get("sip tls verify mode", "").casefold()
    return TraversalZone(
        number=number,
        role=_KINDS[kind],
        name=zone.get("name", ""),
        for_edge=own.get("collaboration edge", "").casefold() == "on",
        username=own.get("authentication username", ""),
        sip_port=int(port) if re.fullmatch(r"[0-9]{1,5}", port) and 0 < int(port) < 65536 else None,
        peers=tuple(_numbered(own, r"peer ([1-6]) address", MOST_PEERS)),
        verify_subject_name=own.get("sip tls verify subject name", ""),
        tls_verify=verify == "on" if verify else None,
    )
