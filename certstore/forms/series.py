"""A series of steps to be tried, carried in its own form: nothing of it is kept anywhere.

It comes back from a browser, so it is as hostile as any upload: every value is checked anew. Of its files public
material is carried, as Check files does it.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from certstore.actions.attempts import TriedFile
from certstore.actions.steps import Step, StepKind
from certstore.actions.try_first import MOST_STEPS
from certstore.forms import carried as files
from certstore.forms.asks import FindsServer, PickServerForm, Typed
from certstore.forms.carried import Damaged, read_carried
from certstore.forms.steps import ASKS
from certstore.models import Lab
from certstore.pki.codes import Code
from certstore.pki.material import Given, sort_files
from certstore.pki.sniff import FileContent, look_at
from certstore.wording import try_first as words

FORMAT = 1
MOST_VALUES = 1000  # of one field: as many as a list has rows
LONGEST_VALUE = 4000  # characters: a few lines of names
MOST_FIELDS = 8
LONGEST = files.LONGEST + 1024 * 1024  # characters


@dataclass(frozen=True, slots=True)
class Item:
    """A step as it was typed: it is checked against the lab whenever the page is asked for something."""

    kind: StepKind
    typed: Typed = field(default_factory=dict)
    lab_file: str = ""  # the name of one of the lab's files
    given: Given | None = None  # or a file that was chosen


@dataclass(frozen=True, slots=True)
class Checked:
    """A step that fits the lab, or why it does not."""

    item: Item
    step: Step | None
    what: str  # its values in words
    host: str = ""
    why: str = ""

    @property
    def name(self) -> str:
        """What is done, where and with what."""
        told = words.STEPS[self.item.kind]
        return f"{self.host}: {told}" if self.host else told


def written(items: Sequence[Item]) -> str:
    """The series as text for a hidden field."""
    given = [item.given for item in items if item.given is not None]
    numbers = iter(range(len(given)))
    steps = [
        {
            "kind": item.kind.value,
            "typed": {name: list(values) for name, values in item.typed.items()},
            "lab_file": item.lab_file,
            "file": next(numbers) if item.given is not None else -1,
        }
        for item in items
    ]
    carried = files.carried(sort_files(given).items)
    return json.dumps({"format": FORMAT, "steps": steps, "files": carried}, separators=(",", ":"))


def read(text: str) -> list[Item]:
    """The series of such a text; an empty one of an empty text. Raises Damaged, and nothing else."""
    if not text:
        return []
    if len(text) > LONGEST:
        raise Damaged("longer than anything a page carries")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Damaged("no JSON") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise Damaged("another format")
    steps, carried = found.get("steps"), found.get("files")
    if not isinstance(steps, list) or len(steps) > MOST_STEPS or not isinstance(carried, str):
        raise Damaged("no list of steps, or too long a one")
    given = read_carried(carried)
    return [_item(step, given) for step in steps]


def _item(step: object, given: Sequence[Given]) -> Item:
    if not isinstance(step, dict):
        raise Damaged("no step")
    kind, name, number = step.get("kind"), step.get("lab_file"), step.get("file")
    if not isinstance(kind, str) or kind not in set(StepKind):
        raise Damaged("no kind of step")
    if not isinstance(name, str) or len(name) > LONGEST_VALUE:
        raise Damaged("no name of a file")
    if type(number) is not int or not -1 <= number < len(given):
        raise Damaged("no number of a file")
    return Item(StepKind(kind), _typed(step.get("typed")), name, given[number] if number >= 0 else None)


def _typed(found: object) -> Typed:
    if not isinstance(found, dict) or len(found) > MOST_FIELDS:
        raise Damaged("no fields")
    for name, values in found.items():
        if len(name) > LONGEST_VALUE or not isinstance(values, list) or len(values) > MOST_VALUES:
            raise Damaged("no values")
        if not all(isinstance(value, str) and len(value) <= LONGEST_VALUE for value in values):
            raise Damaged("no text")
    return found


def typed_in(data: QueryDict, kind: StepKind) -> Typed:
    """What was typed for a step of a kind, without the prefix that its fields have on the page."""
    start = f"{kind.value}-"
    others = tuple(f"{other.value}-" for other in StepKind if other.value.startswith(start))  # zone, zone-new
    return {
        name.removeprefix(start): [value[:LONGEST_VALUE] for value in data.getlist(name)[:MOST_VALUES]]
        for name in list(data)
        if name.startswith(start)
        and not name.startswith(others)
        and name not in (f"{start}file", f"{start}upload")
    }


def checked(lab: Lab, item: Item) -> Checked:
    """A step against the lab as it is: one query or two."""
    asks, data = ASKS[item.kind], _as_posted(item.typed)
    form = asks.form(lab, data, None)
    if not form.is_valid():
        return Checked(item, None, "", why=_first_error(form))
    node_id = form.node_id if isinstance(form, FindsServer) else None
    if asks.on_server:
        server = PickServerForm(lab, data, None, asks.kinds)
        if not server.is_valid():
            return Checked(item, None, "", why=_first_error(server))
        node_id = UUID(server.cleaned_data["server"])
    node = lab.nodes.get(pk=node_id) if node_id else None
    host = node.host if node else ""
    what, file = asks.what(form), None
    if asks.largest:
        file = _file(lab, item)
        if file is None:
            missing = words.LAB_FILE_GONE.format(name=item.lab_file) if item.lab_file else words.NO_FILE
            return Checked(item, None, what, host, missing)
        what = f"{file.name}, {what}" if what else file.name
    return Checked(item, Step(item.kind, node_id, asks.values(form), file), what, host)


def _file(lab: Lab, item: Item) -> TriedFile | None:
    """The file of a step; None where there is none."""
    if item.given is not None:
        return TriedFile(item.given.name, 0, "", _as_read(item.given.content))
    if not item.lab_file.isprintable():  # PostgreSQL takes no NUL, not even in a question
        return None
    row = lab.files.filter(name=item.lab_file).first() if item.lab_file else None
    if row is None:
        return None
    data = bytes(row.content)
    return TriedFile(row.name, len(data), hashlib.sha256(data).hexdigest(), look_at(data))


def _as_read(content: FileContent) -> FileContent:
    """A carried file: what could not be read of it was not carried, and makes it as unreadable as it was."""
    if content.code is None and not content.certificates and not content.crls:
        return replace(content, code=Code.FILE_UNREADABLE_CERTIFICATE)
    return content


def is_too_much(items: Sequence[Item]) -> bool:
    """Whether the files of a series are more than a page carries."""
    material = sort_files(item.given for item in items if item.given is not None)
    return any(item.given.problem for item in material.items) or len(written(items)) > files.LONGEST


def _as_posted(typed: Typed) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, list(values))
    return data


def _first_error(form: forms.Form) -> str:
    errors: Iterable[Any] = form.errors.values()
    return next((str(text) for texts in errors for text in texts), "")
