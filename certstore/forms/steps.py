"""What each step that can be tried is asked for: one entry of the table for each action, beside `actions.steps.DO`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms

from certstore.actions.steps import StepKind
from certstore.forms.labs import JudgingForm, ReleaseForm, SwitchesForm, TimeForm
from certstore.forms.trusted_ca import LONGEST_NUMBER
from certstore.forms.uploads import MAX_CA_FILE, MAX_SERVER_CERTIFICATE
from certstore.models import Lab, StoreName, TrustEntry
from certstore.pki.moments import date_text, iso, moment_text
from certstore.pki.names import visible
from certstore.pki.releases import profile_for
from certstore.reading.switches import positions_of
from certstore.wording import try_first as words
from certstore.wording.labs import SAME_SUBJECT
from certstore.wording.switches import POSITIONS

MOST_NAME = 70  # characters of a CA's name in a list to pick from

Data = Any  # request.POST, or what stands for it
MakeForm = Callable[[Lab, Data, str | None], forms.Form]


class NothingForm(forms.Form):
    """For a step that is asked for nothing but its server."""


class EntriesField(forms.Field):
    """Rows of the lab's trusted CA lists, all of one server."""

    widget = forms.SelectMultiple(attrs={"size": "7"})

    def __init__(self, lab: Lab) -> None:
        super().__init__(label="CA certificates", required=False)
        rows = TrustEntry.objects.filter(
            store__node__in=lab.expressways, store__name=StoreName.CA, certificate__isnull=False
        ).order_by("store__node__kind", "store__node__host", "position")
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


class EntriesForm(forms.Form):
    """Which CA certificates are to be deleted."""

    def __init__(self, lab: Lab, data: Data, prefix: str | None) -> None:
        super().__init__(data, prefix=prefix)
        self.entries = self.fields["entry"] = EntriesField(lab)

    @property
    def node_id(self) -> UUID:
        """The server in whose list they are, once the form is valid."""
        return self.entries.servers[self.cleaned_data["entry"][0]]

    def names(self) -> list[str]:
        """What they are called, once the form is valid."""
        return [self.entries.names[pk] for pk in self.cleaned_data["entry"]]


class PickServerForm(forms.Form):
    """On which server."""

    def __init__(self, lab: Lab, data: Data, prefix: str | None) -> None:
        super().__init__(data, prefix=prefix)
        servers = [(str(node.pk), node.host) for node in lab.expressways]
        self.fields["server"] = forms.ChoiceField(label="Server", choices=servers)


@dataclass(frozen=True, slots=True)
class Asks:
    """What a step is asked for."""

    form: MakeForm = lambda _lab, data, prefix: NothingForm(data, prefix=prefix)
    values: Callable[[Any], Mapping[str, Any]] = lambda _form: {}  # of the valid form
    what: Callable[[Any], str] = lambda _form: ""  # the values in words
    on_server: bool = True  # whether it is done on one server, which is picked
    largest: int = 0  # bytes of its file; 0: it has none


def _switch_words(form: SwitchesForm) -> str:
    return ", ".join(f"{switch.value}: {POSITIONS[is_on]}" for switch, is_on in form.positions().items())


def _judging_words(form: JudgingForm) -> str:
    counts = "the Common Name counts" if form.cleaned_data["cn_counts"] else "the Common Name does not count"
    return f"{SAME_SUBJECT[form.cleaned_data['same_subject']][0]}; {counts}"


def _moment_words(form: TimeForm) -> str:
    moment = form.cleaned_data["moment"]
    return moment_text(iso(moment)) if moment else "back to now"


def _switches_form(lab: Lab, data: Data, prefix: str | None) -> SwitchesForm:
    return SwitchesForm(profile_for(lab.release).release, data, positions_of(lab), prefix)


def _judging_form(lab: Lab, data: Data, prefix: str | None) -> JudgingForm:
    here = {"same_subject": lab.same_subject, "cn_counts": lab.cn_counts}
    return JudgingForm(data, prefix=prefix, initial=here)


ASKS: dict[StepKind, Asks] = {
    StepKind.APPEND: Asks(largest=MAX_CA_FILE),
    StepKind.UPLOAD: Asks(largest=MAX_SERVER_CERTIFICATE),
    StepKind.RESTART: Asks(),
    StepKind.DELETE: Asks(
        EntriesForm,
        lambda form: {"entries": form.cleaned_data["entry"]},
        lambda form: ", ".join(form.names()),
        on_server=False,  # its rows say which
    ),
    StepKind.RESET_LIST: Asks(),
    StepKind.RESET_CERTIFICATE: Asks(),
    StepKind.TIME: Asks(
        lambda lab, data, prefix: TimeForm(lab.now(), data, prefix),
        lambda form: {"moment": form.cleaned_data["moment"]},
        _moment_words,
        on_server=False,
    ),
    StepKind.RELEASE: Asks(
        lambda lab, data, prefix: ReleaseForm(data, prefix=prefix, initial={"release": lab.release}),
        lambda form: {"release": form.cleaned_data["release"]},
        lambda form: str(form.cleaned_data["release"]),
        on_server=False,
    ),
    StepKind.JUDGING: Asks(
        _judging_form, lambda form: dict(form.cleaned_data), _judging_words, on_server=False
    ),
    StepKind.SWITCHES: Asks(
        _switches_form, lambda form: {"positions": form.positions()}, _switch_words, on_server=False
    ),
}
