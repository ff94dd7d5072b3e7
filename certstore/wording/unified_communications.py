"""The words of Status > Unified Communications."""

from certstore.wording.evidence import Sentence
from certstore.wording.sources import ours, paraphrased, recalled, seen

SENTENCES: dict[str, Sentence] = {
    "title": seen("Unified Communications", "AG-STA"),
    "mode": recalled("Unified Communications mode"),
    "mobile-and-remote-access": recalled("Mobile and remote access"),
    "status": recalled("Unified Communications status"),
    "configured": recalled("Configured"),
    "not-configured": ours("Not configured: there is no zone of type Unified Communications traversal."),
    "waiting": seen(
        "Configured but with errors. Provisioning server: Waiting for traversal server info.", "T118798"
    ),
    "with-errors": paraphrased("Configured but with errors.", "T118798"),
    "inactive": seen("Inactive", "PYEXP"),
    "active": recalled("Active"),
    "zones-heading": recalled("Unified Communications zones"),
    "column-zone": ours("Zone"),
    "column-peer": ours("Peer"),
    "column-sip-status": recalled("SIP Status"),
    "services-heading": recalled("Unified Communications services"),
    "column-service": ours("Service"),
    "column-service-status": ours("Status"),
    "service-tunnels": ours("SSH tunnels"),
    "service-traffic-server": ours("HTTP proxy (traffic server)"),
    "service-provisioning": ours("Provisioning server"),
    "cucm-heading": seen("Unified CM servers", "MRA152"),
    "column-server": ours("Server"),
    "column-server-status": ours("Status"),
    "cucm-none": ours("No Unified CM server was added."),
    "domains-heading": recalled("Domains"),
    "tunnels-link": paraphrased("View SSH tunnels status", "AG-STA"),
    "tunnels-of": ours("Tunnels that are up: {active} of {count}."),
}


def status_of(*, has_zone: bool, waits: bool, tunnels_up: bool, unified_cms_up: bool) -> str:
    """The full name of the sentence of "Unified Communications status".

    In: whether the server has a zone, whether it is the side that waits for the traversal server, whether every
    tunnel is up, whether every Unified CM is. Source: TechNote 118798 for Expressway-C; that Expressway-E says the
    first half of it, and that a Unified CM is an error as well, is our reading.
    """
    if not has_zone:
        return "unified_communications.not-configured"
    if not tunnels_up:
        return "unified_communications.waiting" if waits else "unified_communications.with-errors"
    return "unified_communications.configured" if unified_cms_up else "unified_communications.with-errors"
