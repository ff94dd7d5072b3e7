"""The words of the page of the SSH tunnels, which a link at the foot of Status > Unified Communications leads to.

Its title is known word for word; its columns and states are told by a TechNote, not quoted.
"""

from certstore.pki.connections import Health
from certstore.wording.evidence import Sentence
from certstore.wording.sources import ours, paraphrased, seen

SENTENCES: dict[str, Sentence] = {
    "title": seen("Unified Communications SSH tunnels status", "T210800"),
    "column-fqdn": paraphrased("FQDN", "T210800"),
    "column-target": paraphrased("Target", "T210800"),
    "column-status": paraphrased("Status", "T210800"),
    "active": paraphrased("Active", "T225693"),
    "failed": paraphrased("Failed", "T225693"),
    "inactive": paraphrased("Inactive", "T225693"),
    "none": ours(
        "There is no tunnel: no zone of type Unified Communications traversal leads to the other side."
    ),
    "explained": paraphrased(
        "The Expressway-C opens the tunnels, to port 2222 TCP of the Expressway-E.", "AG-STA"
    ),
    "not-found": paraphrased(
        "Tunnels fail where the Expressway-C does not find the Expressway-E: firewall, port 2222 TCP, lookups of "
        "its name and of its address.",
        "AG-STA",
    ),
    "not-trusted": paraphrased(
        "They fail where the servers do not trust each other: time, certificates that are not valid, CAs that the "
        "other side does not have, an account that differs.",
        "AG-STA",
    ),
    "whole-chain": paraphrased(
        "They want every CA of both chains in both lists: with the root alone the zone comes up, and the tunnels "
        "do not.",
        "T221624",
    ),
    "test-link": paraphrased("Secure traversal test", "AG-STA"),
    "back": ours("Back to Unified Communications"),
}
_STATES = {
    Health.WORKS: "tunnels_status.active",
    Health.WARNS: "tunnels_status.active",
    Health.FAILS: "tunnels_status.failed",
    Health.OFF: "tunnels_status.inactive",
}


def state_of(health: Health) -> str:
    """The full name of the word for how a tunnel is."""
    return _STATES[health]
