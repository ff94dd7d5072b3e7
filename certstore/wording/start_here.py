"""The words of the guided first task. All of it is ours; what it teaches is the source document's order."""

from dataclasses import dataclass

from certstore.pki.start_here import Happening, Need, StepState
from certstore.wording.sources import cite

STEPS: tuple[tuple[str, str], ...] = (
    (
        "Refused for its format",
        "A CA often sends a certificate in binary form. The server reads Base-64 only.",
    ),
    ("Refused for its chain", "In Base-64 the server reads it, and asks who signed it."),
    ("Accepted", "With every CA of its chain in the list of trusted CAs, the server takes it."),
    ("Restarted", "What was taken is not yet what callers see."),
)

STATES: dict[StepState, tuple[str, str]] = {
    StepState.DONE: ("ok", "Done"),
    StepState.PASSED: ("ok", "You were faster: not needed any more"),
    StepState.NEXT: ("warn", "Your next step"),
    StepState.LATER: ("off", "Later"),
}


@dataclass(frozen=True, slots=True)
class Task:
    """What to do next: a sentence, and what leads there (`Door`s by their names in `reading.start_here`)."""

    text: str
    doors: tuple[str, ...]


TASKS: dict[Need, Task] = {
    Need.UPLOAD_BINARY: Task(
        "Download {der} and upload it on {server}, page Server certificate. It will be refused: see how.",
        ("download-der", "server-certificate"),
    ),
    Need.UPLOAD_BASE_64: Task(
        "Make {der} Base-64: open it in the certificate window, Details, Copy to File. Then upload the new file "
        "on {server}. It will be read now, and refused for another reason.",
        ("window", "server-certificate"),
    ),
    Need.APPEND_CAS: Task(
        "Append {issuing} and {root} on {server}, page Trusted CA certificate (still missing: {missing} of 2). "
        "Then upload the server certificate in Base-64 again.",
        ("download-issuing", "download-root", "trusted-ca", "server-certificate"),
    ),
    Need.UPLOAD_AGAIN: Task(
        "Both CAs are in the list of {server}. Upload the server certificate in Base-64 now: it will be accepted.",
        ("window", "server-certificate"),
    ),
    Need.ANSWER: Task("{server} has taken the certificate. What do callers see now?", ()),
    Need.RESTART: Task(
        "Restart {server}: Maintenance > Restart options.",
        ("restart",),
    ),
    Need.NOTHING: Task(
        "All four steps are done: {server} shows its new certificate to everyone who calls.",
        ("server-certificate",),
    ),
}

QUESTION = "What do callers see now?"
ANSWERS: dict[Happening, str] = {
    Happening.ANSWERED_NEW: "The new certificate",
    Happening.ANSWERED_OLD: "The old certificate",
}
TOLD: dict[Happening, tuple[str, str, str]] = {
    Happening.ANSWERED_OLD: (
        "ok",
        "Right.",
        "The upload only loads the new certificate. Until the restart callers are shown the old one.",
    ),
    Happening.ANSWERED_NEW: (
        "off",
        "Not yet, and you are in good company: most people expect that.",
        "The upload only loads the new certificate. Until the restart callers are shown the old one, and that is "
        "why a renewal can look as if it had failed.",
    ),
}
SURE = f"Documented: {cite('CG-UC')}."

FASTER = "You were faster than the task: step {steps} is not needed any more."
# After a restart without an answer.
UNANSWERED = (
    "You restarted before the question came up: until the restart callers were shown the old certificate."
)

DOORS: dict[str, str] = {
    "download-der": "Download {der}",
    "download-issuing": "Download {issuing}",
    "download-root": "Download {root}",
    "window": "Open {der} in the certificate window",
    "server-certificate": "Server certificate on {server}",
    "trusted-ca": "Trusted CA certificate on {server}",
    "restart": "Restart options on {server}",
}

WRONG_ANSWER = "Choose one of the two answers: the new certificate, or the old one."
HIDDEN = "The first task is hidden. You can show it again on the page Start here, which Overview leads to."
