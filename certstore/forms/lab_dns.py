"""The lab's own DNS: a question and its values, as somebody typed them."""

from ipaddress import ip_address

from django import forms
from django.http import QueryDict

from certstore.forms.lab_joints import LONGEST_NAME, MOST_VALUES
from certstore.forms.private_keys import NoKeyComesBackForm
from certstore.pki.dns import Question, RecordType
from certstore.pki.names import visible
from certstore.wording import lab_dns as words

LONGEST_TEXT = MOST_VALUES * (LONGEST_NAME + 2)


class QuestionForm(NoKeyComesBackForm):
    """A type and a name. Of a PTR record the name is an IP address."""

    type = forms.ChoiceField(choices=[(kind.value, kind.value) for kind in RecordType], label="Type")
    name = forms.CharField(max_length=LONGEST_NAME, label="Name", help_text=words.NAME_HELP)

    def clean_type(self) -> RecordType:
        return RecordType(self.cleaned_data["type"])

    def clean(self) -> dict[str, object]:
        """The question under "question"."""
        name, kind = self.cleaned_data.get("name", ""), self.cleaned_data.get("type")
        if not name or kind is None:
            return self.cleaned_data
        if kind is RecordType.PTR:
            try:
                name = str(ip_address(name))
            except ValueError:
                self.add_error("name", words.NO_ADDRESS.format(value=visible(name, 60)))
                return self.cleaned_data
        elif not _is_name(name.rstrip(".")):
            self.add_error("name", words.NO_NAME.format(value=visible(name, 60)))
            return self.cleaned_data
        return self.cleaned_data | {"question": Question.of(kind, name)}


class AnswerForm(QuestionForm):
    """The same with the values that the question is to have, one a line; none for no answer."""

    values = forms.CharField(
        required=False,
        max_length=LONGEST_TEXT,
        label="Values, one a line",
        help_text=words.VALUES_HELP,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, object]:
        """Question and values; an address as it is usually written."""
        cleaned = super().clean()
        lines = [line.strip() for line in str(self.cleaned_data.get("values", "")).splitlines()]
        values = [line for line in lines if line]
        if len(values) > MOST_VALUES:
            self.add_error("values", words.TOO_MANY_VALUES.format(limit=MOST_VALUES))
        if len(set(values)) < len(values):
            self.add_error("values", words.TWICE)
        if cleaned.get("type") is RecordType.A:
            return cleaned | {"values": self._addresses(values)}
        for value in values:
            if not _is_name(value.rstrip(".")):
                self.add_error("values", words.NO_NAME.format(value=visible(value, 60)))
        return cleaned | {"values": values}

    def _addresses(self, values: list[str]) -> list[str]:
        found = []
        for value in values:
            try:
                found.append(str(ip_address(value)))
            except ValueError:
                self.add_error("values", words.NO_ADDRESS.format(value=visible(value, 60)))
        return found


def question_in(query: QueryDict) -> Question | None:
    """The question that a page's address names, or None."""
    kind, name = query.get("type", ""), query.get("name", "")
    if kind not in set(RecordType) or not name or len(name) > LONGEST_NAME:
        return None
    return Question.of(RecordType(kind), name)


def _is_name(text: str) -> bool:
    """Whether a text can be a name in DNS: visible characters without a blank, not too long."""
    return 0 < len(text) <= LONGEST_NAME and " " not in text and visible(text, LONGEST_NAME) == text
