"""Findings that no attempt keeps, as information bars."""

from collections.abc import Iterator, Sequence

from certstore.pki.findings import Finding, Severity
from certstore.views.appliance import Bar
from certstore.wording import explained

MOST_BARS = 4


def bars_of_findings(found: Sequence[Finding], file_name: str, lead: str) -> Iterator[Bar]:
    """What the page says of a file: its refusal behind `lead`, the name of a sentence; else its warnings."""
    refusal = next((one for one in found if one.severity is Severity.REFUSE), None)
    for one in (refusal,) if refusal else found[:MOST_BARS]:
        said = explained(one.code, {"file": file_name or "The file", **one.facts}).on_screen
        yield Bar("bad" if refusal else "info", said, lead=lead if refusal else "", anchor=one.code.value)
