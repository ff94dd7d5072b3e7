"""The words of the line of a lab's time. All of it is ours."""

BEGINS = "{name} begins"
ENDS = "{name} ends"
CRL_BEGINS = "the CRL of {name} begins"
CRL_ENDS = "the CRL of {name} ends"
MORE = "; and {count} more"

# What a moment does, by `reading.timeline.Turn`: the class of its sign, the sign, and the words before the date.
TURNS: dict[str, tuple[str, str, str]] = {
    "breaks": ("bad", "\N{MULTIPLICATION X}", "Breaks on {date}"),
    "otherwise": ("warn", "\N{BLACK UP-POINTING TRIANGLE}", "Changes on {date}"),
    "returns": ("ok", "\N{CHECK MARK}", "Works again on {date}"),
    "nothing": ("off", "\N{WHITE CIRCLE}", "Breaks nothing on {date}"),
}
