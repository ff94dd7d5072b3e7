"""Files, a zip and pasted text as what is to be checked; and what the page carries from one step to the next."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import HttpRequest

from certstore.forms.archives import Refused, unpacked
from certstore.forms.labs import moment_in_utc
from certstore.forms.private_keys import NoKeyComesBackForm
from certstore.models import Lab
from certstore.pki.material import Given, Problem, look
from certstore.pki.names import visible
from certstore.pki.releases import ProfileChoice, Role, profile_for
from certstore.pki.sniff import FileKind
from certstore.wording import check_files as words
from certstore.wording.labs import RELEASE_UNKNOWN

MOST_FILES = 50
LONGEST_NAME = 120  # characters of a file's name


@dataclass(frozen=True, slots=True)
class Asked:
    """For what the files are judged. `at` is None for now, the others for all of them."""

    role: Role | None
    release: ProfileChoice | None
    at: datetime | None


class AskedForm(NoKeyComesBackForm):
    """Role, release and time."""

    role = forms.ChoiceField(
        required=False,
        label="Role",
        choices=[("", words.UNKNOWN_ROLE), *((role.value, name) for role, name in words.ROLES.items())],
    )
    release = forms.CharField(
        required=False,
        max_length=40,
        label="Release",
        help_text="As the customer says it: X14.3.4, 15.2. Empty: every release alike.",
    )
    at = forms.CharField(
        required=False,
        max_length=40,
        label="Judged at",
        help_text="In UTC, such as 2027-01-14 09:04. Empty: now.",
    )

    def clean_release(self) -> ProfileChoice | None:
        """The release with its profile; None where none was typed."""
        typed = str(self.cleaned_data["release"]).strip()
        choice = profile_for(typed) if typed else None
        if choice is not None and not choice.understood:
            raise forms.ValidationError(RELEASE_UNKNOWN)
        return choice

    def clean_at(self) -> datetime | None:
        """The moment; None where none was typed."""
        typed = str(self.cleaned_data["at"]).strip()
        moment = moment_in_utc(typed) if typed else None
        if typed and moment is None:
            raise forms.ValidationError(words.NO_MOMENT)
        return moment

    def asked(self) -> Asked:
        """All three, once the form is valid."""
        role = self.cleaned_data["role"]
        return Asked(Role(role) if role else None, self.cleaned_data["release"], self.cleaned_data["at"])


class CheckForm(AskedForm):
    """What the page asks for beside the files."""

    text = forms.CharField(
        required=False,
        strip=False,
        label="Or paste text",
        help_text="Certificates, requests and lists as Base-64 (PEM), also as a mail has mangled them.",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
    )
    trust = forms.CharField(
        required=False,
        strip=False,
        label="The server's trust list",
        help_text="What Maintenance > Security > Trusted CA certificate gives with Show all (PEM file). Without "
        "one, the CAs among the files count as trusted.",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
    )


class KindForm(forms.Form):
    """Which kind of lab is made of the files."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in (Lab.Kind.REHEARSE, Lab.Kind.REPRODUCE)])

    def clean_kind(self) -> Lab.Kind:
        return Lab.Kind(self.cleaned_data["kind"])


def given_files(request: HttpRequest, form: forms.Form) -> list[Given]:
    """Everything that was given, looked at: files, what a zip holds, pasted text.

    In: the request, and its form with `text` (and `trust`, where it asks for a list) once that is valid.
    Out: none when nothing was given; a zip that breaks a limit is there as a file that says so.
    """
    found: list[Given] = []
    has_zip = False
    for uploaded in request.FILES.getlist("files")[:MOST_FILES]:
        data = uploaded.read()
        given = look(visible(uploaded.name or "", LONGEST_NAME), data)
        if given.content.kind is not FileKind.ZIP:
            found.append(given)
        elif has_zip:
            found.append(_refused(given, Problem.ZIP_SECOND))
        else:
            has_zip = True
            found += _of_zip(given, data)
    found += _of_text(words.PASTED, form.cleaned_data["text"], is_list=False)
    return found + _of_text(words.PASTED_LIST, form.cleaned_data.get("trust", ""), is_list=True)


def _of_zip(given: Given, data: bytes) -> list[Given]:
    """The files in a zip; the zip itself where it is refused."""
    try:
        return unpacked(data)
    except Refused as refused:
        return [_refused(given, refused.problem)]


def _refused(given: Given, problem: Problem) -> Given:
    return Given(given.name, given.content, problem=problem)


def _of_text(name: str, text: str, *, is_list: bool) -> list[Given]:
    """What was pasted, where anything was."""
    if not text.strip():
        return []
    return [look(name, text.encode("utf-8", "replace"), is_list=is_list, is_text=True)]
