"""What some files rule out, what they leave possible, and what they cannot tell."""

from certstore.pki import diagnosis_later, diagnosis_upload
from certstore.pki.rulings import Answer, Evidence, Question, Rule, Ruling, Trust

__all__ = ["RULES", "Answer", "Evidence", "Question", "Ruling", "Trust", "diagnose"]

RULES: tuple[Rule, ...] = (*diagnosis_upload.RULES, *diagnosis_later.RULES)


def diagnose(evidence: Evidence) -> tuple[Ruling, ...]:
    """Answer every question that the files at hand are about.

    In: what is at hand. Out: one ruling a question, in a fixed order: first the upload, then what comes later.
    A question that cannot be about this server (a zone's peer address, of an Expressway-C) is left out.
    Nothing is ruled out that was not looked at.
    """
    return tuple(ruling for rule in RULES if (ruling := rule(evidence)) is not None)
