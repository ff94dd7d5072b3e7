"""Labs: what a person types into their pages, as domain values."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django import forms

from certstore.models import Lab, Node
from certstore.models.clock import EARLIEST, shifted
from certstore.pki.names import is_fqdn, visible
from certstore.pki.releases import Release, Role, SameSubject, Switch, profile_for
from certstore.scenarios import PAIR, WORKING
from certstore.scenarios.expressway_pair import EXAMPLE_SERVERS, ServerPlan
from certstore.wording import labs as words
from certstore.wording.switches import NONE_HERE, POSITIONS, SWITCHES

MOST_OF_A_COMMON_NAME = 64  # ub-common-name of X.520: a server certificate's CN is the FQDN
DAY = 86400
JUMPS = {"day": DAY, "month": 30 * DAY, "year": 365 * DAY}

_MOMENT = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,6})?)?\s?(?:Z|UTC)?"
)


class LabNameField(forms.CharField):
    """A lab's name: one line of at most 120 characters that can all be seen."""

    def __init__(self) -> None:
        super().__init__(max_length=120, label="Name", help_text=words.SETTINGS_HELP["name"])

    def clean(self, value: object) -> str:
        name = str(super().clean(value))
        if visible(name) != name:
            raise forms.ValidationError(words.CONTROL_CHARACTERS)
        return name


class ReleaseField(forms.CharField):
    """A release as a customer says it; text that names none is refused."""

    def __init__(self) -> None:
        super().__init__(max_length=40, label="Release", help_text=words.SETTINGS_HELP["release"])

    def clean(self, value: object) -> str:
        typed = str(super().clean(value))
        if not profile_for(typed).understood:
            raise forms.ValidationError(words.RELEASE_UNKNOWN)
        return typed


class NewLabForm(forms.Form):
    """What a lab is for, its name and its release."""

    kind = forms.ChoiceField(
        choices=[(kind, name) for kind, (name, _) in words.KINDS.items()],
        label="What is it for?",
        widget=forms.RadioSelect,
        initial=Lab.Kind.PRACTISE.value,
    )
    begins = forms.ChoiceField(
        choices=[(recipe, name) for recipe, (name, _) in words.BEGINNINGS.items()],
        label="How does it begin?",
        help_text=words.SETTINGS_HELP["begins"],
        widget=forms.RadioSelect,
        initial=WORKING,
        required=False,
    )
    name = LabNameField()
    release = ReleaseField()

    def clean_kind(self) -> Lab.Kind:
        return Lab.Kind(self.cleaned_data["kind"])

    def clean_begins(self) -> str:
        """The recipe: servers as they come out of the box where nothing was chosen."""
        return str(self.cleaned_data["begins"]) or PAIR


class NameForm(forms.Form):
    """A lab's new name."""

    name = LabNameField()


class ReleaseForm(forms.Form):
    """A lab's new release."""

    release = ReleaseField()


class JudgingForm(forms.Form):
    """How same names and Common Names are taken."""

    same_subject = forms.ChoiceField(
        choices=[(rule, name) for rule, (name, _) in words.SAME_SUBJECT.items()],
        label="Two CAs with the same name",
        help_text=words.SETTINGS_HELP["same_subject"],
        widget=forms.RadioSelect,
    )
    cn_counts = forms.BooleanField(
        required=False, label="The Common Name counts", help_text=words.SETTINGS_HELP["cn_counts"]
    )

    def clean_same_subject(self) -> SameSubject:
        return SameSubject(self.cleaned_data["same_subject"])


class SwitchesForm(forms.Form):
    """The switches of the command line that a release has; with none of them there is nothing to fill in."""

    def __init__(
        self,
        release: Release,
        data: Mapping[str, Any] | None = None,
        initial: Mapping[str, bool] | None = None,
        prefix: str | None = None,
    ) -> None:
        here = {name: str(position) for name, position in (initial or {}).items()}
        super().__init__(data, initial=here, prefix=prefix)
        for switch in Switch:
            if switch in release.switches:
                self.fields[switch.value] = forms.ChoiceField(
                    choices=[(str(is_on), position) for is_on, position in POSITIONS.items()],
                    label=SWITCHES[switch].command.text,
                    widget=forms.RadioSelect,
                )

    def clean(self) -> None:
        if not self.fields:
            raise forms.ValidationError(NONE_HERE)

    def positions(self) -> dict[Switch, bool]:
        """How each switch is to stand, once the form is valid."""
        return {Switch(name): value == str(True) for name, value in self.cleaned_data.items()}


class ExplanationsForm(forms.Form):
    """How much our column tells."""

    explanations = forms.ChoiceField(
        choices=[(column, name) for column, (name, _) in words.EXPLANATIONS.items()],
        label="What our column tells",
        help_text=words.SETTINGS_HELP["explanations"],
        widget=forms.RadioSelect,
    )

    def clean_explanations(self) -> Lab.Explanations:
        return Lab.Explanations(self.cleaned_data["explanations"])


class KeepForm(forms.Form):
    """Whether a lab is kept beyond its days."""

    keep = forms.BooleanField(required=False, label="Keep this lab", help_text=words.SETTINGS_HELP["keep"])


class ServerForm(forms.Form):
    """One server's host name, domain and address."""

    host = forms.CharField(max_length=63, label="Host name", help_text=words.SETTINGS_HELP["host"])
    domain = forms.CharField(max_length=190, label="Domain", help_text=words.SETTINGS_HELP["domain"])
    address = forms.GenericIPAddressField(
        label="IP address", help_text=words.SETTINGS_HELP["address"], unpack_ipv4=True
    )

    def __init__(self, kind: Node.Kind, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind = kind

    def clean(self) -> None:
        fqdn = f"{self.cleaned_data.get('host', '')}.{self.cleaned_data.get('domain', '')}"
        if "host" not in self.cleaned_data or "domain" not in self.cleaned_data:
            return
        # The product takes an underscore, and its tunnels break on it (Mobile and Remote Access guide).
        if "." in self.cleaned_data["host"] or not is_fqdn(fqdn.replace("_", "-")):
            self.add_error("host", words.NO_FQDN.format(fqdn=visible(fqdn)))
        elif len(fqdn) > MOST_OF_A_COMMON_NAME:
            self.add_error("domain", words.FQDN_TOO_LONG.format(length=len(fqdn)))

    def plan(self) -> ServerPlan:
        """The server as it was typed, once the form is valid."""
        data = self.cleaned_data
        return ServerPlan(Role(self.kind), data["host"], data["domain"], data["address"])


def new_server_forms(data: Mapping[str, Any] | None = None) -> list[ServerForm]:
    """The forms of a new lab's two servers, filled in with the example's names."""
    return [
        ServerForm(
            Node.Kind(plan.role.value),
            data=data,
            prefix=plan.role.value,
            initial={"host": plan.host, "domain": plan.domain, "address": plan.address},
        )
        for plan in EXAMPLE_SERVERS
    ]


def node_forms(nodes: Sequence[Node], data: Mapping[str, Any] | None = None) -> list[ServerForm]:
    """The forms of a lab's servers, in the order of the nodes."""
    return [
        ServerForm(
            Node.Kind(node.kind),
            data=data,
            prefix=node.pk.hex,
            initial={"host": node.host, "domain": node.domain, "address": node.address},
        )
        for node in nodes
    ]


def servers_are_valid(servers: Sequence[ServerForm], others: Iterable[Node] = ()) -> bool:
    """Whether every server is well typed and no two have the same name; says so on the second one.

    In: the forms, and the servers of the lab that keep their names.
    """
    answers = [form.is_valid() for form in servers]  # every form is asked, so that each shows its errors
    if not all(answers):
        return False
    seen = {node.fqdn.casefold() for node in others}
    for form in servers:
        fqdn = f"{form.cleaned_data['host']}.{form.cleaned_data['domain']}".casefold()
        if fqdn in seen:
            form.add_error("host", words.SAME_NAME_TWICE)
        seen.add(fqdn)
    return all(form.is_valid() for form in servers)


class TimeForm(forms.Form):
    """A moment for the lab: typed, or jumped to with a button. `moment` is None for real time."""

    moment = forms.CharField(
        required=False,
        max_length=40,
        label="Lab time",
        help_text=words.SETTINGS_HELP["moment"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}),
    )
    jump = forms.CharField(required=False, max_length=40)

    def __init__(
        self, now: datetime, data: Mapping[str, Any] | None = None, prefix: str | None = None
    ) -> None:
        here = {"moment": f"{now.year:04}-{now:%m-%dT%H:%M:%S}"}
        super().__init__(data, initial=here, prefix=prefix)
        self._now = now

    def clean(self) -> dict[str, datetime | None]:
        """The wanted moment under "moment"; a button wins over the field."""
        jump, typed = self.cleaned_data.get("jump", ""), self.cleaned_data.get("moment", "")
        if jump == "now":
            return {"moment": None}
        if jump in JUMPS:
            return {"moment": shifted(self._now, JUMPS[jump])}
        moment = moment_in_utc(jump or typed)
        if moment is None:
            self.add_error("moment", words.NO_MOMENT)
        return {"moment": moment}


def moment_in_utc(text: str) -> datetime | None:
    """The moment of a text in UTC, with or without seconds; None when it is none or lies before 1950."""
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    return moment if moment >= EARLIEST else None
