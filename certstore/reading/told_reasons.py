"""Why a connection fails or warns, in words, as far as the lab's column tells."""

from collections.abc import Iterable
from dataclasses import dataclass

from certstore.models import Lab
from certstore.pki.connections import Reason
from certstore.pki.findings import Severity
from certstore.wording import explained
from certstore.wording.attempts import BASES
from certstore.wording.hints import hint_for

TONES = {Severity.REFUSE: "bad", Severity.WARN: "warn", Severity.NOTE: "info"}


@dataclass(frozen=True, slots=True)
class ToldReason:
    """One reason. With hints only it is the hint alone."""

    code: str
    tone: str  # bad, warn, info
    title: str
    cause: str
    cure: tuple[str, ...]
    sure: str
    by: str  # ids of the servers, to link to where it is cured
    about: str


def told_reasons(lab: Lab, reasons: Iterable[Reason]) -> list[ToldReason]:
    """Reasons in words, each finding once; none where the column is off."""
    if lab.column == Lab.Explanations.OFF:
        return []
    tell = _told if lab.column == Lab.Explanations.OPEN else _hinted
    return list(dict.fromkeys(tell(reason) for reason in reasons))


def _told(reason: Reason) -> ToldReason:
    finding = reason.finding
    told = explained(finding.code, finding.facts)
    return ToldReason(
        code=finding.code.value,
        tone=TONES[finding.severity],
        title=told.on_screen.text,
        cause=told.cause,
        cure=told.cure,
        sure=f"{BASES[told.sure.basis.value]}. {told.sure.source}",
        by=reason.by,
        about=reason.about,
    )


def _hinted(reason: Reason) -> ToldReason:
    finding = reason.finding
    return ToldReason("", TONES[finding.severity], hint_for(finding.code), "", (), "", "", "")
