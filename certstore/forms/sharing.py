"""What a person chooses when making a link."""

from collections.abc import Mapping
from typing import Any

from django import forms

from certstore.actions.sharing import may_share
from certstore.models import Attempt, Lab, ShareLink
from certstore.pki.moments import moment_text
from certstore.wording import sharing as words

RESULTS_OFFERED = 30


class LinkForm(forms.Form):
    """What the link shows, of which result, and with which names. Cleaned: `kind`, `attempt`, `redacted`."""

    kind = forms.ChoiceField(label="What it shows", widget=forms.RadioSelect)
    attempt = forms.ChoiceField(label="Which result", required=False, help_text=words.WHICH_HELP)
    redacted = forms.BooleanField(required=False, label="Example names", help_text=words.REDACTED_HELP)

    def __init__(self, lab: Lab, data: Mapping[str, Any] | None = None, attempt: str = "") -> None:
        first = ShareLink.Kind.ATTEMPT if attempt else ShareLink.Kind.LAB
        super().__init__(data, initial={"kind": first.value, "attempt": attempt})
        self._attempts = {str(row.pk): row for row in lab.attempts.select_related("node")[:RESULTS_OFFERED]}
        kinds = [kind for kind in ShareLink.Kind if may_share(lab, kind)]
        if not self._attempts:
            kinds.remove(ShareLink.Kind.ATTEMPT)
        self.fields["kind"] = forms.ChoiceField(
            choices=[(kind.value, words.KINDS[kind.value][0]) for kind in kinds],
            label=self.fields["kind"].label,
            widget=forms.RadioSelect,
        )
        self.fields["attempt"] = forms.ChoiceField(
            choices=[("", "-"), *((pk, _called(row)) for pk, row in self._attempts.items())],
            required=False,
            label=self.fields["attempt"].label,
            help_text=words.WHICH_HELP,
        )
        self.explained = [words.KINDS[kind.value] for kind in kinds]

    def clean_kind(self) -> ShareLink.Kind:
        return ShareLink.Kind(self.cleaned_data["kind"])

    def clean_attempt(self) -> Attempt | None:
        return self._attempts.get(self.cleaned_data["attempt"])

    def clean(self) -> None:
        if self.cleaned_data.get("kind") != ShareLink.Kind.ATTEMPT:
            self.cleaned_data["attempt"] = None
        elif self.cleaned_data.get("attempt") is None and "attempt" not in self.errors:
            self.add_error("attempt", words.NO_RESULT)


def _called(attempt: Attempt) -> str:
    """A result as a choice."""
    return f"{moment_text(attempt.at_lab)}, {attempt.node.host}: {attempt.file_name or '-'}"
