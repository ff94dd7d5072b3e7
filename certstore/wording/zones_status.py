"""The words of Status > Zones: the state of each zone and of each of its peers."""

from collections.abc import Sequence

from certstore.pki.codes import Code
from certstore.pki.connections import Health, Verdict
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
    "no-bandwidth": ours("0 kbps"),
    "never-changed": ours("not since the lab was made"),
}
# How a state is marked beside its word.
SIGNS: dict[str, str] = {
    "zones_status.off": "off",
    "zones_status.active": "ok",
    "zones_status.failed": "bad",
    "zones_status.some-active": "warn",
}
_CAUSES: dict[Code, str] = {
    Code.ZONE_NO_ADDRESS: "zones_status.not-in-dns",
    Code.ZONE_ADDRESS_LEADS_ELSEWHERE: "zones_status.system-unreachable",
    Code.ZONE_NOT_SET_UP: "zones_status.connect-failed",
    Code.ZONE_PORT: "zones_status.connect-failed",
    Code.ZONE_CREDENTIALS: "zones_status.authentication-failed",
}


def cause_of(verdict: Verdict) -> str:
    """The full name of the word for why a peer has failed, "" where it has not.

    Source: two of the words stand in a public status of X8.11.3; which reason has which is our reading.
    """
    if verdict.health is not Health.FAILS:
        return ""
    return _CAUSES.get(verdict.reasons[0].finding.code, "zones_status.tls-failed")


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
