"""The words of Status > Logs > Event Log, and the names of the events that it can have."""

from certstore.wording.evidence import Sentence
from certstore.wording.sources import ours, paraphrased, recalled, seen

SENTENCES: dict[str, Sentence] = {
    "title": seen("Event Log", "AG-REF"),
    "filter-heading": recalled("Filter"),
    "filter-words": recalled("Contains all of the words"),
    "filter-button": recalled("Filter"),
    "filter-reset": recalled("Reset"),
    "filter-none": ours("No event has all of these words: {words}. Select Reset to see every event."),
    "results-heading": recalled("Results"),
    "none": ours("Nothing was logged yet."),
    "older": ours("Older events"),
    "newer": ours("Newer events"),
    "download": recalled("Download this page"),
    "in-utc": ours("Times are the lab's, in UTC."),
    "red": paraphrased("TLS negotiation errors are shown in red.", "AG-REF"),
    "red-mark": ours("error"),
    "look-up": ours("Look this line up"),
    # Names of events.
    "inbound-tls": seen("Inbound TLS Negotiation Error", "T212475"),
    "outbound-tls": seen("Outbound TLS Negotiation Error", "AG-REF"),
    "tls": seen("TLS Negotiation Error", "AG-REF"),
    "tls-told": seen("Transport Layer Security (TLS) connection failed to negotiate.", "AG-REF"),
    "certificate-management": seen("Certificate Management", "AG-REF"),
    "certificate-management-told": seen(
        "Indicates that security certificates have been uploaded. See the Detail event parameter for more "
        "information.",
        "AG-REF",
    ),
    "alarm-raised": seen("Alarm raised", "AG-REF"),
    "alarm-lowered": seen("Alarm lowered", "AG-REF"),
    "alarm-acknowledged": seen("Alarm acknowledged", "AG-REF"),
    "configuration-changed": seen("System Configuration Changed", "AG-REF"),
    "restart-requested": seen("Restart Requested", "AG-REF"),
}
