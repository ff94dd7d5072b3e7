"""The words of the first screen. All of it is ours."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Door:
    """One thing to do: its name, who it is for in the reader's words, and where it leads."""

    name: str
    wish: str
    leads_to: str


DOORS: dict[str, Door] = {
    "check-files": Door(
        "Check files",
        "I have certificate files and want to know whether an Expressway would take them.",
        "Drop them in and read the answer. No lab is needed, and nothing is stored.",
    ),
    "practise": Door(
        "Practise",
        "I want to learn or to try things out, with example files that are made for me.",
        "A new lab with two servers and files.",
    ),
    "rehearse": Door(
        "Rehearse a renewal",
        "I have a renewal before me and want to go through it with the real files first.",
        "A new lab for real files. No private key is asked for.",
    ),
    "reproduce": Door(
        "Reproduce a case",
        "I have somebody else's files and trouble, and want to see it happen.",
        "A new lab, whose name no list shows.",
    ),
}

# A second way in, beneath a door: from the person's own servers.
FROM_SERVERS = "Or bring in your real servers"
DOORS_FOR_REAL_SERVERS = frozenset({"rehearse", "reproduce"})

GO_ON_IN = "Go on in {lab}."

ENDED = "ended on {date}"
ENDS_TODAY = "ends on {date}, in less than a day"
ENDS_IN_A_DAY = "ends on {date}, in 1 day"
ENDS_IN = "ends on {date}, in {days} days"


def end_in_words(date: str, days: int, *, has_ended: bool) -> str:
    """When a certificate ends, in the time of its lab. In: the day as text, the whole days that are left."""
    if has_ended:
        return ENDED.format(date=date)
    if days < 1:
        return ENDS_TODAY.format(date=date)
    return ENDS_IN_A_DAY.format(date=date) if days == 1 else ENDS_IN.format(date=date, days=days)
