"""What people type about restore points: a name, and which two to compare."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from certstore.forms.labs import LabNameField
from certstore.reading.points import PointRow
from certstore.wording import points as words

NOW = "now"


class PointNameForm(forms.Form):
    """The name of a point."""

    name = LabNameField()

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["name"].help_text = words.NAME_HELP


class CompareForm(forms.Form):
    """Two points, or one and now. Cleaned: their numbers, None for now."""

    before = forms.ChoiceField(label="From")
    after = forms.ChoiceField(label="To")

    def __init__(self, rows: Sequence[PointRow], data: Mapping[str, Any] | None = None) -> None:
        first = str(rows[0].number) if rows else NOW
        super().__init__(data, initial={"before": first, "after": NOW})
        choices = [(NOW, words.NOW), *((str(row.number), row.called) for row in rows)]
        for name in ("before", "after"):
            self.fields[name] = forms.ChoiceField(choices=choices, label=self.fields[name].label)

    def clean_before(self) -> int | None:
        return _number(self.cleaned_data["before"])

    def clean_after(self) -> int | None:
        return _number(self.cleaned_data["after"])


def _number(text: str) -> int | None:
    return None if text == NOW else int(text)
