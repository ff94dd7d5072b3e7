"""What the pages of trying first are asked for: one button of a real page, or a step for a series."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest

from certstore.actions.steps import Step, StepKind
from certstore.actions.try_first import MOST_STEPS
from certstore.forms import series
from certstore.forms.asks import EntriesForm, PickServerForm
from certstore.forms.carried import Damaged
from certstore.forms.labs import SwitchesForm
from certstore.forms.series import Item
from certstore.forms.steps import ASKS
from certstore.forms.trusted_ca import selected_entries
from certstore.forms.uploads import KIB, MAX_CA_FILE, MAX_SERVER_CERTIFICATE, key_file, tried_file
from certstore.models import Lab, Node
from certstore.pki.keys import KeyFile
from certstore.pki.material import Given, look
from certstore.pki.names import visible
from certstore.pki.sniff import FileKind
from certstore.wording import try_first as words

LONGEST_NAME = 120  # characters of a file's name


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button of a real page, pressed to try: the step, or why there is none; what a real press would send."""

    step: Step | None
    what: str = ""
    why: str = ""
    fields: tuple[tuple[str, str], ...] = ()  # empty for a file: a page cannot choose it again

    @property
    def has_file(self) -> bool:
        """Whether the file would have to be chosen again."""
        return self.step is not None and self.step.file is not None


def pressed_on_server(request: HttpRequest, node: Node, kind: StepKind) -> Pressed:
    """A button of a server's page, its form as the real page has it."""
    if kind is StepKind.APPEND:
        return _with_file(Step(kind, node.pk, {}, tried_file(request, "file", MAX_CA_FILE)))
    if kind is StepKind.UPLOAD:
        file = tried_file(request, "certificate", MAX_SERVER_CERTIFICATE)
        copies = "copy_as_client" in request.POST
        return _with_file(Step(kind, node.pk, {"copy": copies}, file, _key(request, node)))
    if kind is StepKind.DELETE:
        entries = selected_entries(request)
        if not entries:
            return Pressed(None, why=words.NO_ENTRY)
        fields = [("entry", str(pk)) for pk in entries]
        return Pressed(Step(kind, node.pk, {"entries": entries}), fields=(*fields, ("confirmed", "yes")))
    return Pressed(Step(kind, node.pk), fields=(("confirmed", "yes"),))


def _key(request: HttpRequest, node: Node) -> KeyFile | None:
    """The key file of an upload; none where the key that is there is to be used again, as on the real page."""
    takes_one = node.lab.takes_private_keys and "reuse" not in request.POST
    return key_file(request, "key") if takes_one else None


def _with_file(step: Step) -> Pressed:
    return Pressed(step, what=step.file.name if step.file else "")


def pressed_on_lab(request: HttpRequest, lab: Lab, kind: StepKind) -> Pressed:
    """A button of the lab's own pages."""
    asks = ASKS[kind]
    form = asks.form(lab, request.POST, None)
    if not form.is_valid():
        errors = [str(text) for texts in form.errors.values() for text in texts]
        return Pressed(None, why=errors[0])
    fields = [
        (name, value)
        for name in form.fields
        for value in request.POST.getlist(name)[:1]
        if len(value) <= series.LONGEST_VALUE
    ]
    return Pressed(Step(kind, None, asks.values(form)), asks.what(form), fields=tuple(fields))


@dataclass(slots=True)
class Panel:
    """The fields of one kind of step on the page of a series."""

    kind: StepKind
    name: str
    form: forms.Form
    server: PickServerForm | None
    takes_file: bool
    files: tuple[str, ...]  # names of the lab's files
    error: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is shown unfolded, for what is wrong in it."""
        return bool(self.error or self.form.errors or (self.server and self.server.errors))


def panels(lab: Lab, request: HttpRequest, kind: StepKind | None = None, error: str = "") -> list[Panel]:
    """The fields of every kind of step; those of `kind` as they came with the request."""
    names = tuple(lab.files.values_list("name", flat=True))
    found = []
    for each, asks in ASKS.items():
        data = request.POST if each is kind else None
        form = asks.form(lab, data, each.value)
        server = PickServerForm(lab, data, each.value, asks.kinds) if asks.on_server else None
        if not asks.is_there(lab) or not _is_there(form, server):
            continue
        found.append(
            Panel(
                each,
                words.STEPS[each],
                form,
                server,
                bool(asks.largest),
                names,
                error if each is kind else "",
            )
        )
    return found


def _is_there(form: forms.Form, server: PickServerForm | None) -> bool:
    """Whether the lab has what the step is about: a switch, a server of the kind, a row to be picked."""
    if isinstance(form, SwitchesForm):
        return bool(form.fields)
    if isinstance(form, EntriesForm):
        return bool(form.entries.servers)
    return server is None or bool(server.servers)


def new_item(request: HttpRequest, lab: Lab, kind: StepKind) -> tuple[Item | None, str]:
    """The step that the fields of a kind make. Out: the step, or None and why not."""
    given, why = _given(request, kind)
    if why:
        return None, why
    name = "" if given else request.POST.get(f"{kind.value}-file", "")[: series.LONGEST_VALUE]
    item = Item(kind, series.typed_in(request.POST, kind), name if ASKS[kind].largest else "", given)
    found = series.checked(lab, item)
    return (item, "") if found.step else (None, found.why)


def _given(request: HttpRequest, kind: StepKind) -> tuple[Given | None, str]:
    """The chosen file, looked at; or why it is not taken."""
    uploaded = request.FILES.get(f"{kind.value}-upload") if ASKS[kind].largest else None
    if uploaded is None:
        return None, ""
    name, largest = visible(uploaded.name or "", LONGEST_NAME), ASKS[kind].largest
    if (uploaded.size or 0) > largest:
        return None, words.TOO_LARGE.format(name=name, limit=largest // KIB)
    given = look(name, uploaded.read())
    if given.content.private_keys or given.content.kind is FileKind.PKCS12:
        return None, words.PRIVATE_KEY.format(name=name)
    return given, ""


def changed_series(
    request: HttpRequest, lab: Lab, items: list[Item]
) -> tuple[list[Item], StepKind | None, str]:
    """What a button of the page makes of the series.

    In: the request, whose field `do` is "add:<kind>", "remove:<n>", "up:<n>", "down:<n>" (counted from 1) or "run".
    Out: the series, and where nothing was changed the kind of step that is at fault and why.
    """
    what, _, of = request.POST.get("do", "run").partition(":")
    if what == "run":
        return items, None, ""
    if what == "add" and of in set(StepKind):
        return _added(request, lab, items, StepKind(of))
    place = int(of) - 1 if of.isascii() and of.isdigit() and len(of) < 3 else -1
    if not 0 <= place < len(items):
        return items, None, words.UNKNOWN
    if what == "remove":
        return items[:place] + items[place + 1 :], None, ""
    other = {"up": place - 1, "down": place + 1}.get(what, -1)
    if not 0 <= other < len(items):
        return items, None, words.UNKNOWN
    moved = list(items)
    moved[place], moved[other] = moved[other], moved[place]
    return moved, None, ""


def _added(
    request: HttpRequest, lab: Lab, items: list[Item], kind: StepKind
) -> tuple[list[Item], StepKind | None, str]:
    if len(items) >= MOST_STEPS:
        return items, kind, words.TOO_MANY.format(most=MOST_STEPS)
    item, why = new_item(request, lab, kind)
    if item is None:
        return items, kind, why
    if series.is_too_much([*items, item]):
        return items, kind, words.TOO_MUCH
    return [*items, item], None, ""


def carried_series(request: HttpRequest) -> tuple[list[Item], str]:
    """The series that the page carried along, and a sentence where it is not that any more."""
    try:
        return series.read(request.POST.get("series", "")), ""
    except Damaged:
        return [], words.DAMAGED
