"""The words of Status > Alarms, and the text of every alarm that is raised here.

The alarms of an ending trust store exist since X14.0.1, but their numbers and texts stand in no table that
was read: theirs are ours, and they are shown without a number.
"""

from collections.abc import Mapping

from certstore.pki.connections import LogLine
from certstore.wording.alarm_texts import ALERT, CRITICAL, NOT_GIVEN, WARNING, AlarmText
from certstore.wording.alarms_of_services import SERVICE_ALARMS
from certstore.wording.corrected import as_corrected
from certstore.wording.evidence import Sentence
from certstore.wording.sources import ours, paraphrased, seen

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
        WARNING,
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
        NOT_GIVEN,  # the guide's cell is empty
        seen("Update certificate", "AG-REF"),
    ),
    "40068": AlarmText(
        "40068", _VALIDITY, seen("Server certificate expired", "AG-REF"), CRITICAL, _NEW_CERTIFICATE
    ),
    # The same alarm on the very day; the guide gives it two texts.
    "40068-today": AlarmText(
        "40068", _VALIDITY, seen("Server certificate expires today", "AG-REF"), CRITICAL, _NEW_CERTIFICATE
    ),
    "40069": AlarmText(
        "40069",
        _VALIDITY,
        seen("Server certificate expires in {days} days", "AG-REF"),
        ALERT,
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
    **SERVICE_ALARMS,
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
    "column-raised": ours("Raised"),
    "select": ours("Select alarm {id}"),
    "acknowledge": ours("Acknowledge"),
    "acknowledge-all": ours("Select all"),
    "was-acknowledged": ours(
        "Alarms acknowledged: {count}. They stay in the list until their cause is cured."
    ),
    "nothing-selected": ours("No alarm was selected. Tick the alarms first, then select Acknowledge."),
    "nothing-new": ours(
        "None of the selected alarms is new: they are acknowledged already, or their cause is cured."
    ),
    "explained": paraphrased(
        "An alarm cannot be deleted: it goes when its cause is cured. Acknowledging it says that it was read.",
        "AG-STA",
    ),
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


def alarm_line(
    event: str, by: str, name: str, parameters: Mapping[str, str | int], subject: str = ""
) -> LogLine:
    """The line that the log has of an alarm.

    In: "alarm-raised", "alarm-lowered" or "alarm-acknowledged"; the id of the server; the alarm's name in ALARMS,
    its parameters and its subject, which together with the server make its UUID. Out: the line. Raises KeyError
    for a name that is not there.
    """
    told = alarm_text(name)
    given = "" if told.severity is NOT_GIVEN else told.severity.text
    return LogLine(
        by,
        event,
        {
            "id": told.number,
            "subject": f"{name} {subject}",
            "severity": given.lower() or "-",
            "title": told.title.text,
            "description": told.description.fill(**parameters),
        },
    )
