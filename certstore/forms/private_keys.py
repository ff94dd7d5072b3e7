"""A private key that somebody pasted where none belongs: no page gives it back."""

from django import forms
from django.http import QueryDict


def holds_a_key(text: str) -> bool:
    """Whether a text has a private key in it, by the words that stand above every one in PEM."""
    return "PRIVATE KEY" in text.upper()


class NoKeyComesBackForm(forms.Form):
    """A form that is judged as it was sent, and shown again without the fields that hold a private key."""

    def full_clean(self) -> None:
        """As every form; then what it would print into the page is cleared."""
        super().full_clean()
        if isinstance(self.data, QueryDict):
            self.data = without_keys(self.data)


def without_keys(data: QueryDict) -> QueryDict:
    """What was sent, without each field that holds a private key."""
    if not any(holds_a_key(value) for _, values in data.lists() for value in values):
        return data
    kept = data.copy()
    for name, values in data.lists():
        if any(holds_a_key(value) for value in values):
            del kept[name]
    return kept
