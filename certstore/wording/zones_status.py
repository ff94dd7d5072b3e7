"""The words of Status > Zones: the state of each zone and of each of its peers."""

from collections.abc import Sequence

from certstore.pki.connections import Health
from certstore.wording.evidence import Sentence
from certstore.wording.sources import ours, paraphrased, recalled, seen

SENTENCES: dict[str, Sentence] = {
    "title": seen("Zones", "AG-STA"),
    "column-name": recalled("Name"),
    "column-type": recalled("Type"),
    "column-calls": recalled("Calls"),
    "column-bandwidth": recalled("Bandwidth used"),
    "column-status": seen("H.323 / SIP status", "AG-STA"),
    "type-traversal-client": recalled("Traversal client"),
    "type-traversal-server": recalled("Traversal server"),
    "none": ours("There is no zone. It is made on Configuration > Zones."),
    # States.
    "off": seen("Off", "AG-ZONES"),
    "active": seen("Active", "AG-ZONES"),
    "on": seen("On", "AG-ZONES"),
    "failed": seen("Failed", "AG-ZONES"),
    "checking": seen("Checking", "AG-ZONES"),
    "some-active": paraphrased("{active} of {count} Active", "AG-ZONES"),
    "address-resolvable": seen("Address resolvable", "T217743"),
    # Of one peer; three causes stand in a public sample of X8.11.3, the others are ours.
    "peers-heading": ours("Peers of {name}"),
    "column-peer": ours("Peer"),
    "column-address": ours("Address"),
    "column-port": ours("Port"),
    "column-peer-status": ours("Status"),
    "column-cause": ours("Cause"),
    "column-last-change": ours("Last status change"),
    "system-unreachable": seen("System unreachable", "PYEXP"),
    "connect-failed": seen("Connect failed", "PYEXP"),
    "invalid-ip-address": seen("Invalid IP address", "PYEXP"),
    "tls-failed": ours("TLS negotiation failed"),
    "authentication-failed": ours("Authentication failed"),
    "not-in-dns": ours("No address for this name"),
}


def state_of(healths: Sequence[Health]) -> tuple[str, dict[str, int]]:
    """The state of a zone in its cell, by those of its peers.

    In: how each connection of the zone is. Out: the full name of the sentence and its parameters; where some of
    several have failed it tells how many are Active.
    Source: Administrator Guide X15.5, Zones and Neighbors.
    """
    tried = [health for health in healths if health is not Health.OFF]
    active = sum(health is not Health.FAILS for health in tried)
    if not tried:
        return "zones_status.off", {}
    if active == 0:
        return "zones_status.failed", {}
    if active == len(tried):
        return "zones_status.active", {}
    return "zones_status.some-active", {"active": active, "count": len(tried)}
