"""The words of the appliance frame itself: what stands round every page of a server."""

from certstore.wording.evidence import Evidence, Sentence
from certstore.wording.sources import ours, paraphrased, recalled, seen

SENTENCES: dict[str, Sentence] = {
    "expressway-c": seen("Expressway-C", "AG-SEC"),
    "expressway-e": seen("Expressway-E", "AG-SEC"),
    "simulated": ours("SIMULATED"),
    "alarm": paraphrased("System alarm: {count}", "AG-UI"),
    "alarms": paraphrased("System alarms: {count}", "AG-UI"),
    "help": seen("Help", "AG-UI"),
    "log-out": seen("Log out", "AG-UI"),
    "menu": ours("Menu"),
    "you-are-here": recalled("You are here:"),
    "related-tasks": recalled("Related tasks"),
    "information": ours("Information"),
    "information-close": ours("Close"),
    "mandatory": ours("must be filled in"),
    "system-information": ours("System information"),
    "user": recalled("User"),
    "access": recalled("Access"),
    "read-write": recalled("Read-write"),
    "host-name": recalled("System host name"),
    "system-time": recalled("System time"),
    "language": paraphrased("Language", "AG-UI"),
    "serial-number": paraphrased("S/N", "AG-UI"),
    "version": paraphrased("Version", "AG-UI"),
    "not-simulated": ours("not simulated"),
    "not-simulated-text": ours(
        "This page is not simulated yet. On a real server it is reached by the path above. "
        "Nor are the other pages that stand in the menu in grey."
    ),
    "filter": ours("Filter"),
    "filter-apply": ours("Apply"),
    "filter-clear": ours("Show all"),
    "filter-count": ours("{shown} of {total}"),
    "sort-by": ours("sort by"),
}

# The mark of a sentence that is not the product's: what a pointer that rests on it reads.
HINTS: dict[Evidence, str] = {
    Evidence.PARAPHRASED: "Our words for what Cisco's documents say",
    Evidence.RECALLED: "Remembered of the product, found in no document that was read",
    Evidence.OURS: "Our wording: not published by Cisco",
}
MARK = "(our wording)"
