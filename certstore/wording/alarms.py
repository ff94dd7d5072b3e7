"""The words of Status > Alarms, and the text of every alarm that is raised here.

The alarms of an ending trust store exist since X14.0.1, but their numbers and texts stand in no table that
was read: theirs are ours, and they are shown without a number.
"""

from dataclasses import dataclass

from certstore.wording.corrected import as_corrected
from certstore.wording.evidence import Sentence
from certstore.wording.sources import ours, paraphrased, seen


@dataclass(frozen=True, slots=True)
class AlarmText:
    """One alarm as the page prints it; `number` is "" where none is published."""

    number: str
    title: Sentence
    description: Sentence  # {days} and {count} are filled from the alarm
    severity: Sentence
    solution: Sentence


_WARNING, _ALERT, _CRITICAL = (seen(word, "AG-REF") for word in ("Warning", "Alert", "Critical"))
_VALIDITY = seen("Server certificate validity", "AG-REF")
_NEW_CERTIFICATE = seen("Create and upload a new server certificate", "AG-REF")
_TRUST_STORE = ours("Trusted CA certificate validity")
_REPLACE_CA = ours("Delete the CA certificate, or append its successor, on Trusted CA certificate")

ALARMS: dict[str, AlarmText] = {
    "15028": AlarmText(
        "15028",
        seen("Restart required", "AG-REF"),
        seen(
            "Server certificate and private key have been changed, however a restart is required for this "
            "to take effect.",
            "AG-REF",
        ),
        _WARNING,
        seen("Restart the Expressway to make this change effective", "AG-REF"),
    ),
    "40052": AlarmText(
        "40052",
        seen("Certificate error", "AG-REF"),
        seen(
            "Server certificate does not have a Common Name (CN) attribute. Some services do not work "
            "without the CN",
            "AG-REF",
        ),
        ours("not given"),  # the guide's cell is empty
        seen("Update certificate", "AG-REF"),
    ),
    "40068": AlarmText(
        "40068", _VALIDITY, seen("Server certificate expired", "AG-REF"), _CRITICAL, _NEW_CERTIFICATE
    ),
    # The same alarm on the very day; the guide gives it two texts.
    "40068-today": AlarmText(
        "40068", _VALIDITY, seen("Server certificate expires today", "AG-REF"), _CRITICAL, _NEW_CERTIFICATE
    ),
    "40069": AlarmText(
        "40069",
        _VALIDITY,
        seen("Server certificate expires in {days} days", "AG-REF"),
        _ALERT,
        ours("Create and upload a new server certificate"),  # seen for 40068 only
    ),
    "trust-store-expired": AlarmText(
        "",
        _TRUST_STORE,
        paraphrased("CA certificates in the trust store have expired: {count}", "RN1401", "RN1402"),
        ours("Critical"),
        _REPLACE_CA,
    ),
    "trust-store-expiring": AlarmText(
        "",
        _TRUST_STORE,
        paraphrased("CA certificates in the trust store expire within 21 days: {count}", "RN1401", "RN1402"),
        ours("Alert"),
        _REPLACE_CA,
    ),
}

_PAGE: dict[str, Sentence] = {
    "title": seen("Alarms", "AG-STA"),
    "column-alarm": ours("Alarm"),
    "column-description": ours("Description"),
    "column-state": ours("State"),
    "column-severity": ours("Severity"),
    "column-solution": ours("Solution"),
    "column-id": ours("ID"),
    "new": paraphrased("New", "AG-STA"),
    "acknowledged": paraphrased("Acknowledged", "AG-STA"),
    "no-number": ours("no published number"),
    "none": ours("No alarm is raised."),
}


def _parts() -> dict[str, Sentence]:
    """Every part of every alarm, so that the evidence page lists them."""
    return {
        f"{name}-{part}": sentence
        for name, alarm in ALARMS.items()
        for part, sentence in (
            ("title", alarm.title),
            ("description", alarm.description),
            ("severity", alarm.severity),
            ("solution", alarm.solution),
        )
    }


SENTENCES: dict[str, Sentence] = {**_PAGE, **_parts()}


def alarm_text(name: str) -> AlarmText:
    """An alarm's texts as they are to be said, by its name in ALARMS. Raises KeyError."""
    number = ALARMS[name].number
    parts = ("title", "description", "severity", "solution")
    return AlarmText(
        number, *(as_corrected(f"alarms.{name}-{one}", SENTENCES[f"{name}-{one}"]) for one in parts)
    )
