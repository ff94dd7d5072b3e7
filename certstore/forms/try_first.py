"""What the page of a series is asked for: a step more, another order, one less."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest

from certstore.actions.steps import StepKind
from certstore.actions.try_first import MOST_STEPS
from certstore.forms import series
from certstore.forms.asks import FindsServer, PickServerForm
from certstore.forms.carried import Damaged
from certstore.forms.labs import SwitchesForm
from certstore.forms.series import Item
from certstore.forms.steps import ASKS
from certstore.forms.uploads import KIB
from certstore.models import Lab
from certstore.pki.material import Given, look
from certstore.pki.names import visible
from certstore.pki.sniff import FileKind
from certstore.wording import try_first as words

LONGEST_NAME = 120  # characters of a file's name


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
    group: str = ""  # the heading that it stands under

    @property
    def is_open(self) -> bool:
        """Whether it is shown unfolded, for what is wrong in it."""
        return bool(self.error or self.form.errors or (self.server and self.server.errors))


def panels(lab: Lab, request: HttpRequest, kind: StepKind | None = None, error: str = "") -> list[Panel]:
    """The fields of every kind of step; those of `kind` as they came with the request."""
    names = tuple(lab.files.values_list("name", flat=True))
    found = []
    for group, each in ((group, StepKind(kind)) for group, kinds in words.GROUPS.items() for kind in kinds):
        asks = ASKS[each]
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
                group,
            )
        )
    return found


def _is_there(form: forms.Form, server: PickServerForm | None) -> bool:
    """Whether the lab has what the step is about: a switch, a server of the kind, a row to be picked."""
    if isinstance(form, SwitchesForm):
        return bool(form.fields)
    if isinstance(form, FindsServer):
        return form.is_there
    return server is None or bool(server.servers)


def new_item(request: HttpRequest, lab: Lab, kind: StepKind) -> tuple[Item | None, str]:
    """The step that the fields of a kind make. Out: the step, or None and why not."""
    given, why = _given(request, kind)
    if why:
        return None, why
    name = "" if given else request.POST.get(f"{kind.value}-file", "")[: series.LONGEST_VALUE]
    typed = ASKS[kind].hides(lab, series.typed_in(request.POST, kind))
    item = Item(kind, typed, name if ASKS[kind].largest else "", given)
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
