"""What a step that can be tried is asked for: the parts of the table in `forms.steps`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django import forms

from certstore.forms.trusted_ca import LONGEST_NUMBER
from certstore.models import EXPRESSWAYS, Lab, Node, StoreName, TrustEntry
from certstore.pki.moments import date_text
from certstore.pki.names import visible
from certstore.wording import try_first as words

MOST_NAME = 70  # characters of a CA's name in a list to pick from

Typed = Mapping[str, Sequence[str]]
Data = Any  # request.POST, or what stands for it
MakeForm = Callable[[Lab, Data, str | None], forms.Form]


class NothingForm(forms.Form):
    """For a step that is asked for nothing but its server."""


def plain(form_class: type[forms.Form]) -> MakeForm:
    """A form that needs nothing of the lab."""
    return lambda _lab, data, prefix: form_class(data, prefix=prefix)


def cleaned(form: forms.Form) -> dict[str, Any]:
    """What a valid form holds, as the values of a step."""
    return dict(form.cleaned_data)


class FindsServer(forms.Form):
    """A form out of whose fields follows on which server its step is done."""

    @property
    def node_id(self) -> UUID:
        """The server, once the form is valid."""
        raise NotImplementedError

    @property
    def is_there(self) -> bool:
        """Whether there is anything to pick."""
        raise NotImplementedError


class EntriesField(forms.Field):
    """Rows of some lists of a lab, all of one server."""

    widget = forms.SelectMultiple(attrs={"size": "7"})

    def __init__(self, lab: Lab, stores: Sequence[StoreName]) -> None:
        super().__init__(label="CA certificates", required=False)
        rows = TrustEntry.objects.filter(
            store__node__lab=lab, store__name__in=stores, certificate__isnull=False
        ).order_by("store__node__kind", "store__node__host", "store__name", "position")
        groups: dict[str, list[tuple[str, str]]] = {}
        self.servers: dict[int, UUID] = {}
        self.names: dict[int, str] = {}
        columns = ("pk", "store__node_id", "store__node__host", "certificate__not_after")
        facts = ("certificate__facts__common_names", "certificate__facts__subject")
        for pk, node_id, host, ends, names, subject in rows.values_list(*columns, *facts):
            name = visible(names[0] if names else subject or "-", MOST_NAME)
            self.servers[pk], self.names[pk] = node_id, f"{name}, ends {date_text(ends)}"
            groups.setdefault(host, []).append((str(pk), self.names[pk]))
        self.widget.choices = list(groups.items())

    def clean(self, value: Any) -> list[int]:
        texts = [str(one) for one in value or ()]
        picked = [int(one) for one in texts if one.isascii() and one.isdigit() and len(one) < LONGEST_NUMBER]
        if not picked:
            raise forms.ValidationError(words.NO_ENTRY)
        if any(pk not in self.servers for pk in picked):
            raise forms.ValidationError(words.ENTRY_GONE)
        if len({self.servers[pk] for pk in picked}) > 1:
            raise forms.ValidationError(words.SEVERAL_SERVERS)
        return picked


class EntriesForm(FindsServer):
    """Which CA certificates are to be deleted."""

    stores: ClassVar[Sequence[StoreName]] = (StoreName.CA,)

    def __init__(self, lab: Lab, data: Data, prefix: str | None) -> None:
        super().__init__(data, prefix=prefix)
        self.entries = self.fields["entry"] = EntriesField(lab, self.stores)

    @property
    def node_id(self) -> UUID:
        return self.entries.servers[self.cleaned_data["entry"][0]]

    @property
    def is_there(self) -> bool:
        return bool(self.entries.servers)

    def names(self) -> list[str]:
        """What they are called, once the form is valid."""
        return [self.entries.names[pk] for pk in self.cleaned_data["entry"]]


class PickServerForm(forms.Form):
    """On which server."""

    def __init__(
        self, lab: Lab, data: Data, prefix: str | None, kinds: Sequence[Node.Kind] = EXPRESSWAYS
    ) -> None:
        super().__init__(data, prefix=prefix)
        self.servers = [(str(node.pk), node.host) for node in lab.nodes.filter(kind__in=kinds)]
        self.fields["server"] = forms.ChoiceField(label="Server", choices=self.servers)


@dataclass(frozen=True, slots=True)
class Asks:
    """What a step is asked for."""

    form: MakeForm = lambda _lab, data, prefix: NothingForm(data, prefix=prefix)
    values: Callable[[Any], Mapping[str, Any]] = lambda _form: {}  # of the valid form
    what: Callable[[Any], str] = lambda _form: ""  # the values in words
    on_server: bool = True  # whether it is done on one server, which is picked
    kinds: Sequence[Node.Kind] = EXPRESSWAYS  # among these
    hides: Callable[[Lab, Typed], Typed] = lambda _lab, typed: (
        typed
    )  # what is not to be carried as it was typed
    largest: int = 0  # bytes of its file; 0: it has none
    is_there: Callable[[Lab], bool] = lambda _lab: True  # whether a lab has what it is about
