"""Archives, files and pasted text as servers: each archive is one, files are put together by the name in theirs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import HttpRequest

from certstore.forms.box_archives import Brought
from certstore.forms.box_uploads import BoxUpload
from certstore.forms.carried_boxes import MOST_BOXES, TooMuch
from certstore.forms.private_keys import NoKeyComesBackForm
from certstore.forms.streams import Trouble
from certstore.models import Lab
from certstore.pki.boxes.box import Box, box_of
from certstore.pki.boxes.parts import RawBox, box_of_content, box_of_part, merged, part_named
from certstore.pki.material import MOST_THINGS
from certstore.pki.releases import Role, profile_for
from certstore.pki.server_names import can_be_a_server
from certstore.wording import boxes as words
from certstore.wording.labs import NO_FQDN, RELEASE_UNKNOWN

MOST_FILES = 50
LONGEST_NAME = 253
ROLE_CHOICES = [("", words.UNKNOWN_ROLE), *((role.value, name) for role, name in words.ROLES.items())]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about what was given that is told: `what` is a key of `wording.boxes.NOTICES`."""

    what: str
    name: str
    count: int = 0


class TextForm(NoKeyComesBackForm):
    """The text of one server, and what the person knows of it."""

    text = forms.CharField(
        required=False,
        strip=False,
        label="Text",
        help_text=words.TEXT_HELP,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocomplete": "off"}),
    )
    name = forms.CharField(
        required=False, max_length=LONGEST_NAME, label="Name", help_text=words.NAME_HELP, empty_value=""
    )
    role = forms.ChoiceField(required=False, label="Role", choices=ROLE_CHOICES)

    def clean_name(self) -> str:
        """The full name in lower case; "" where none was typed."""
        return _name(self.cleaned_data["name"])

    def raw(self, label: str) -> RawBox | None:
        """The server, once the form is valid; None where no text was pasted."""
        text, role = self.cleaned_data["text"], self.cleaned_data["role"]
        if not text.strip():
            return None
        found = box_of_content(label, text.encode("utf-8", "replace"))
        return replace(found, said_name=self.cleaned_data["name"], said_role=Role(role) if role else None)


class KnownForm(forms.Form):
    """What the person corrects of one recognised server."""

    name = forms.CharField(required=False, max_length=LONGEST_NAME, label="Name", empty_value="")
    role = forms.ChoiceField(required=False, label="Role", choices=ROLE_CHOICES)

    def clean_name(self) -> str:
        """The full name in lower case."""
        return _name(self.cleaned_data["name"])

    def corrected(self, raw: RawBox, box: Box) -> RawBox:
        """The server as it is said to be; what was left as it was recognised keeps its source."""
        name, role = self.cleaned_data["name"], self.cleaned_data["role"]
        if name and name != box.fqdn:
            raw = replace(raw, said_name=name)
        if role and (box.role is None or role != box.role.value):
            raw = replace(raw, said_role=Role(role))
        return raw


class LabOfServersForm(forms.Form):
    """The release of the lab, and its kind."""

    release = forms.CharField(required=False, max_length=40, label="Release", empty_value="")
    kind = forms.ChoiceField(
        required=False, choices=[(kind, kind) for kind in (Lab.Kind.REHEARSE, Lab.Kind.REPRODUCE)]
    )

    def clean_release(self) -> str:
        """The release as typed; "" for what was recognised."""
        typed = str(self.cleaned_data["release"]).strip()
        if typed and not profile_for(typed).understood:
            raise forms.ValidationError(RELEASE_UNKNOWN)
        return typed

    def clean_kind(self) -> Lab.Kind:
        """The kind of the lab."""
        return Lab.Kind(self.cleaned_data["kind"] or Lab.Kind.REHEARSE)


def _name(typed: str) -> str:
    name = typed.strip().lower()
    if name and not can_be_a_server(name):
        raise forms.ValidationError(NO_FQDN.format(fqdn=name[:80]))
    return name


def text_forms(data: Mapping[str, Any] | None = None, count: int = 3) -> list[TextForm]:
    """The forms for pasted text, one a server."""
    return [TextForm(data, prefix=f"text{number}") for number in range(1, count + 1)]


def known_forms(boxes: Iterable[Box], data: Mapping[str, Any] | None = None) -> list[KnownForm]:
    """The forms that correct what was recognised, filled in with it."""
    return [
        KnownForm(
            data,
            prefix=f"box{number}",
            initial={"name": box.fqdn, "role": box.role.value if box.role else ""},
        )
        for number, box in enumerate(boxes, start=1)
    ]


def given_boxes(request: HttpRequest, texts: Iterable[TextForm]) -> tuple[list[RawBox], list[Notice]]:
    """The servers in what was given, and what is told about it.

    In: the request, and its text forms once they are valid. Out: the servers, those of the same name as one. Raises
    TooMuch.
    """
    brought = [
        file.brought for file in request.FILES.getlist("files")[:MOST_FILES] if isinstance(file, BoxUpload)
    ]
    notices = [notice for one in brought for notice in _notices(one)]
    found = [raw for one in brought if one.is_archive for raw in _of_archive(one)]
    found += _of_files([one for one in brought if not one.is_archive])
    pasted = (form.raw(words.PASTED.format(number=number)) for number, form in enumerate(texts, start=1))
    found += [raw for raw in pasted if raw is not None]
    notices += [Notice("keys", raw.label, raw.private_keys) for raw in found if raw.private_keys]
    notices += [Notice("nothing", raw.label) for raw in found if raw.is_empty and not raw.private_keys]
    return together(raw for raw in found if not raw.is_empty), notices


def together(boxes: Iterable[RawBox]) -> list[RawBox]:
    """Servers of which every name comes once: what was brought of the same one in several pieces is put together.

    Raises TooMuch, before anything is decoded, where more than MOST_THINGS are brought, each counted once.
    """
    given = list(boxes)
    if len({der for raw in given for der in raw.ders}) > MOST_THINGS:
        raise TooMuch
    known = [(box_of(raw), raw) for raw in given]
    found: list[tuple[Box, RawBox]] = []
    # Those of a whole name first: what has a host name alone goes to the one server of that host name.
    for box, raw in sorted(known, key=lambda one: not one[0].fqdn):
        same = [place for place, (other, _) in enumerate(found) if _is_same(other, box)]
        if len(same) == 1:
            other, there = found[same[0]]
            found[same[0]] = other, replace(merged(there, raw), label=_both(there.label, raw.label))
        else:
            found.append((box, raw))
    if len(found) > MOST_BOXES:
        raise TooMuch
    return [raw for _, raw in found]


def _is_same(there: Box, box: Box) -> bool:
    """Whether something was brought of a server that is there: by its whole name, or by its host name alone."""
    return there.fqdn == box.fqdn if box.fqdn else bool(box.host) and there.host == box.host


def _both(label: str, other: str) -> str:
    return label if label == other else f"{label}, {other}"[:LONGEST_NAME]


def _of_archive(brought: Brought) -> Iterator[RawBox]:
    """The servers of one archive: one, unless somebody packed the files of several together."""
    by_host: dict[str, RawBox] = {}
    for name, data in brought.files:
        named = part_named(name)
        if named is not None:
            part, host = named
            label = f"{brought.name} ({host})" if host else brought.name
            _put(by_host, host, box_of_part(label, part, data))
    yield from by_host.values()


def _of_files(brought: Iterable[Brought]) -> Iterator[RawBox]:
    """The servers of files by themselves: together by the host name in theirs; those of other names as one."""
    by_host: dict[str, RawBox] = {}
    for name, data in (file for one in brought for file in one.files):
        named = part_named(name.replace("\\", "/").rpartition("/")[2])
        if named is not None and named[1]:
            _put(by_host, named[1], box_of_part(words.FILES_OF.format(name=named[1]), named[0], data))
        elif named is not None:
            _put(by_host, "", box_of_part(words.FILES, named[0], data))
        else:
            _put(by_host, "", box_of_content(words.FILES, data))
    yield from by_host.values()


def _put(by_host: dict[str, RawBox], host: str, raw: RawBox) -> None:
    named = replace(raw, hint=host)
    by_host[host] = merged(by_host[host], named) if host in by_host else named


def _notices(brought: Brought) -> Iterator[Notice]:
    """What is told about one uploaded file."""
    if brought.trouble is not None:
        yield Notice(brought.trouble.value, brought.name)
    elif not brought.is_archive and brought.private_keys:
        yield Notice("key-file", brought.name)
    if brought.is_archive and brought.private_keys and brought.trouble in (None, Trouble.NOTHING):
        yield Notice("keys", brought.name, brought.private_keys)
    for name in brought.archives:
        yield Notice("archive-in-archive", name)
    for name in brought.twice:
        yield Notice("twice", name)
