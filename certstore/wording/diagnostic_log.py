"""The words of Maintenance > Diagnostics > Diagnostic logging, as far as the log is downloaded there."""

from certstore.wording.evidence import Sentence
from certstore.wording.sources import ours, recalled

SENTENCES: dict[str, Sentence] = {
    "title": recalled("Diagnostic logging"),
    "download": recalled("Download log"),
    "explained": ours(
        "The log of this server as the lab has it: the events of the Event Log, and the lines of the services below "
        "them. Nothing has to be started first."
    ),
    "lines": ours("Lines: {count}. The last is of {last}."),
    "none": ours("Nothing was logged yet."),
    "shared": ours("It has names and addresses of the lab, and no key and no password."),
}
