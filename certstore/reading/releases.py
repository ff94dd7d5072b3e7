"""What would change: certificates judged under every release, in words. Nothing is written here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from certstore.models import Lab, Node
from certstore.pki.facts import CertificateFacts
from certstore.pki.findings import Finding, Severity
from certstore.pki.releases import Release, Role, SameSubject, profile_for
from certstore.pki.releases_compared import (
    Stretch,
    Verdict,
    certificate_under_each,
    server_under_each,
    verdict_on,
)
from certstore.reading.attempts import TONES
from certstore.reading.servers import server_of, slot_state_of
from certstore.wording import explained
from certstore.wording.attempts import OUTCOMES
from certstore.wording.releases import named

MOST_SERVERS = 20  # of a lab, judged on one page
BY_SWITCH = "Accepted only with its switch on"
ROLE_NAMES = {Role.EXPRESSWAY_C: "Expressway-C", Role.EXPRESSWAY_E: "Expressway-E"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What some releases say on one role, in words."""

    role: str
    tone: str
    outcome: str
    reasons: tuple[str, ...]
    was: str  # what the releases before said, where that was something else; "" for the first ones


@dataclass(frozen=True, slots=True)
class Answer:
    """What some releases in a row say."""

    releases: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ServerAnswers:
    """What would change for one server of a lab."""

    node: Node
    certificate: CertificateFacts
    answers: tuple[Answer, ...]


def answers_for(certificate: CertificateFacts, at: datetime) -> tuple[Answer, ...]:
    """What every release and role says to a certificate by itself."""
    return tuple(_answers(certificate_under_each(certificate, at)))


def answer_of(certificate: CertificateFacts, release: Release, role: Role, at: datetime) -> Cell:
    """What one release says on one role to a certificate by itself."""
    return _cell(verdict_on(certificate, release, role, at), {})


def answers_for_lab(lab: Lab, at: datetime) -> list[ServerAnswers]:
    """What every release says to the certificates that a lab's servers have loaded.

    In: the lab, its time. Out: one for each of its first servers. The queries grow with the servers and the
    names in their chains, never with the releases.
    """
    default = profile_for(lab.release).release.same_subject
    own_rule = None if lab.same_subject == default else SameSubject(lab.same_subject)
    found = []
    for node in lab.expressways[:MOST_SERVERS]:
        certificate = slot_state_of(node).installed
        stretches = server_under_each(certificate, server_of(node, lab), own_rule, at)
        found.append(ServerAnswers(node, certificate, tuple(_answers(stretches))))
    return found


def _answers(stretches: Sequence[Stretch]) -> Iterator[Answer]:
    """Each stretch in words, with what changed since the one before."""
    before: dict[str, str] = {}
    for stretch in stretches:
        cells = tuple(_cell(verdict, before) for verdict in stretch.verdicts)
        before = {cell.role: cell.outcome for cell in cells}
        yield Answer(named(stretch.first, stretch.last), cells)


def _cell(verdict: Verdict, before: dict[str, str]) -> Cell:
    role = ROLE_NAMES[verdict.role]
    outcome = BY_SWITCH if verdict.is_by_switch else OUTCOMES[verdict.judgement.outcome.value]
    was = before.get(role, "")
    return Cell(
        role=role,
        tone="warn" if verdict.is_by_switch else TONES[verdict.judgement.outcome.value],
        outcome=outcome,
        reasons=tuple(_reason(finding) for finding in _told(verdict)),
        was=was if was != outcome else "",
    )


def _told(verdict: Verdict) -> Iterator[Finding]:
    """What is worth a line: everything that refuses or warns."""
    for finding in verdict.judgement.findings:
        if finding.severity is not Severity.NOTE:
            yield finding


def _reason(finding: Finding) -> str:
    """A finding on one line."""
    return explained(finding.code, {"file": "The file", **finding.facts}).on_screen.text
