"""The words of restore points, of copies of a lab, and of a lab as a file. All of it is ours."""

# Before what a point was kept, by the code of the event.
BEFORE: dict[str, str] = {
    "trusted-ca.appended": "a CA file was appended",
    "trusted-ca.deleted": "CA certificates were deleted",
    "trusted-ca.reset": "a trusted CA list was reset",
    "server-certificate.accepted": "a server certificate was accepted",
    "server-certificate.reset": "a server certificate was reset",
    "restart.done": "a restart",
    "lab.time": "lab time was set",
    "lab.time-back": "lab time was set back to now",
    "lab.release": "the release was set",
    "lab.same-subject": "the same-name setting was changed",
    "lab.cn-counts": "the setting of the Common Name was changed",
    "lab.switch": "switches of the command line were set",
    "lab.explanations": "what our column tells was changed",
    "lab.renamed": "the lab was renamed",
    "lab.server-named": "servers were renamed",
    "lab.reset": "the lab was reset",
    "point.restored": "the lab was set back",
}
ANOTHER_CHANGE = "a change"

NAME_HELP = "A point with a name stays until you delete it."
KEPT = "The restore point is kept."
NAMED = "The restore point has its name."
DELETED = "The restore point was deleted."
RESTORED = "The lab is what it was. To undo this, go back to the newest restore point."
TOO_MANY = "A lab keeps {most} restore points with a name. Delete one first."
NOT_TWO = "Choose two restore points of this lab, or one and now."
NOW = "Now"

COPY_OF = "Copy of {name}"
COPIED = "This is the copy. What you do here leaves the other lab as it is."
IMPORTED = "The lab was made from the file."


def before(code: str) -> str:
    """Before what a point was kept, in words; "" for one that somebody kept by hand."""
    return BEFORE.get(code, ANOTHER_CHANGE) if code else ""
