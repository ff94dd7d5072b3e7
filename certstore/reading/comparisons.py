"""Two files side by side, in words: a request and its certificate, an old certificate and a new one."""

from dataclasses import dataclass

from certstore.pki.check_pairs import renewal_pairs, request_pairs
from certstore.pki.comparing import Difference, Weight, compare_renewal, compare_request
from certstore.pki.facts import CertificateFacts
from certstore.pki.material import Material
from certstore.pki.requests import RequestFacts
from certstore.wording import check_files as words
from certstore.wording.comparing import told

TONES = {Weight.BREAKS: "bad", Weight.LOOK: "warn", Weight.FINE: "ok"}
SEVERITIES = {Weight.BREAKS: "refuse", Weight.LOOK: "warn", Weight.FINE: "note"}


@dataclass(frozen=True, slots=True)
class Said:
    """One difference, in words."""

    tone: str
    severity: str
    text: str
    breaks: tuple[str, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A pair and what differs in it."""

    title: str
    before: str  # the files they came in
    after: str
    differences: tuple[Said, ...]


def comparisons_of(material: Material) -> tuple[Comparison, ...]:
    """Every pair among the files."""
    files = _files(material)
    requests = [
        Comparison(
            words.REQUEST_AND_CERTIFICATE,
            files[request.sha256],
            files[facts.sha256],
            tuple(map(_said, compare_request(request, facts))),
        )
        for request, facts in request_pairs(material)
    ]
    renewals = [
        Comparison(
            words.OLD_AND_NEW,
            files[old.sha256],
            files[new.sha256],
            tuple(map(_said, compare_renewal(old, new))),
        )
        for old, new in renewal_pairs(material)
    ]
    return (*requests, *renewals)


def _files(material: Material) -> dict[str, str]:
    """In which file each certificate and request came first, by its SHA-256."""
    found: dict[str, str] = {}
    for item in material.items:
        things: tuple[CertificateFacts | RequestFacts, ...] = (*item.certificates, *item.requests)
        for thing in things:
            found.setdefault(thing.sha256, item.given.name)
    return found


def _said(difference: Difference) -> Said:
    """A difference in words."""
    found = told(difference)
    return Said(
        tone=TONES[difference.severity],
        severity=SEVERITIES[difference.severity],
        text=found.sentence.text,
        breaks=tuple(sentence.text for sentence in found.breaks),
        steps=found.steps,
    )
