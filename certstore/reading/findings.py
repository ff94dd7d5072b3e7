"""Findings that no attempt keeps, in words, as far as the lab's column tells."""

from collections.abc import Iterable

from certstore.models import Lab
from certstore.pki.connections import Reason
from certstore.pki.findings import Finding
from certstore.reading.told_reasons import ToldReason, told_reasons


def told_findings(lab: Lab, found: Iterable[Finding], file_name: str) -> list[ToldReason]:
    """What our column says of findings about a file: each once, the hint alone with hints only, nothing when off."""
    name = file_name or "The file"
    named = (Finding(one.code, one.severity, {"file": name, **one.facts}) for one in found)
    return told_reasons(lab, (Reason(one, "", "") for one in named))
