"""The words of Status > Overview, the page that an administrator sees first.

Headings and words that other pages have are said by those: alarms, zones, tunnels, the server certificate.
"""

from certstore.wording.evidence import Sentence
from certstore.wording.sources import ours, paraphrased, recalled, seen

SENTENCES: dict[str, Sentence] = {
    "title": seen("Overview", "AG-UI"),
    "system-heading": recalled("System information"),
    "system-name": recalled("System name"),
    "role": ours("Kind"),
    "ip-address": recalled("IPv4 address"),
    "software-version": paraphrased("Software version", "AG-UI"),
    "serial-number": paraphrased("Serial number", "AG-UI"),
    "system-time": paraphrased("System time", "AG-UI"),
    "up-since": recalled("Up time"),
    "certificate-waits": ours("Another certificate waits for the restart."),
    "alarms-count": ours("Alarms that are raised: {count}."),
    "not-simulated": ours("Registrations, calls and licenses are not simulated."),
}
