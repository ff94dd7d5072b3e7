"""How far somebody has come with the guided first task in a lab: the rows as the values that `pki` judges."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from certstore.models import Event, Installation, Lab, Node, TrustEntry
from certstore.pki.start_here import Happening, Progress, progress, refusal

# The files that the task is about, by what they are.
_FILES = {
    "server-certificate-der": "der",
    "issuing-ca-der": "issuing-der",
    "issuing-ca-pem": "issuing",
    "root-ca-der": "root-der",
    "root-ca-pem": "root",
}
NEW_SERVERS = "expressway-pair"  # the recipe
_CAS = ("issuing-der", "root-der")
ANSWERED, HIDDEN, SHOWN = "start-here.answered", "start-here.hidden", "start-here.shown"
_MEANS = {
    "server-certificate.accepted": Happening.ACCEPTED,
    "server-certificate.reset": Happening.RESET,
    "restart.done": Happening.RESTARTED,
}
_REFUSED = "server-certificate.refused"
_OF_A_SERVER = (*_MEANS, _REFUSED)


@dataclass(frozen=True, slots=True)
class Guide:
    """The task in one lab."""

    node: Node  # the Expressway-E that it is done on
    files: dict[str, str]  # the names of its files, by `der`, `issuing`, `root`
    progress: Progress
    is_hidden: bool


def guide_of(lab: Lab) -> Guide | None:
    """The task in a lab, as far as it has come: four queries.

    Out: None where it is not offered: in labs that do not begin with new servers, and where the example files are
    not there.
    """
    if not begins_new(lab):
        return None
    rows = lab.files.filter(node__kind=Node.Kind.EXPRESSWAY_E, what__in=_FILES).select_related("node")
    files = {_FILES[row.what]: row for row in rows}
    if len(files) < len(_FILES):
        return None
    node = files["der"].node
    cas = {hashlib.sha256(bytes(files[name].content)).hexdigest() for name in _CAS}
    events = list(_events_of(lab, node))
    told = [code for code, _ in events if code in (HIDDEN, SHOWN)]
    is_loaded, is_running = _uploaded(node)
    how_far = progress(
        _happenings(events), missing_cas=_missing(node, cas), is_loaded=is_loaded, is_running=is_running
    )
    names = {name: row.name for name, row in files.items()}
    return Guide(node, names, how_far, is_hidden=told[-1:] == [HIDDEN])


def begins_new(lab: Lab) -> bool:
    """Whether a lab to practise in begins with servers as they come out of the box: what the task sets up."""
    return lab.kind == Lab.Kind.PRACTISE and lab.recipe == NEW_SERVERS


def _events_of(lab: Lab, node: Node) -> Iterator[tuple[str, dict[str, str | int]]]:
    """What happened, oldest first: code and parameters."""
    of_server = Q(node=node, code__in=_OF_A_SERVER)
    of_task = Q(code__in=(ANSWERED, HIDDEN, SHOWN))
    rows = Event.objects.filter(of_server | of_task, lab=lab).order_by("seq")
    yield from rows.values_list("code", "params")


def _happenings(events: list[tuple[str, dict[str, str | int]]]) -> Iterator[Happening]:
    for code, params in events:
        if code in _MEANS:
            yield _MEANS[code]
        elif code == _REFUSED and (refused := refusal(str(params.get("code", "")))):
            yield refused
        elif code == ANSWERED and params.get("answer") in set(Happening):
            yield Happening(str(params["answer"]))


def _missing(node: Node, cas: set[str]) -> int:
    """How many of the CAs are not in the server's list."""
    found = TrustEntry.objects.filter(store__node=node, store__name="ca", certificate__sha256__in=cas)
    return len(cas) - found.count()


def _uploaded(node: Node) -> tuple[bool, bool]:
    """Whether the certificate that is loaded, and the one that runs, were uploaded."""
    rows = Installation.objects.filter(slot__node=node, slot__name="server", source="upload")
    flags = list(
        rows.filter(Q(is_installed=True) | Q(is_running=True)).values_list("is_installed", "is_running")
    )
    return any(installed for installed, _ in flags), any(running for _, running in flags)
