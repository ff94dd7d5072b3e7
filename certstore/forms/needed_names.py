"""The questions about names that a lab does not know itself. They stand in the page's address, and nowhere else."""

from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator

from certstore.forms.private_keys import NoKeyComesBackForm
from certstore.pki.name_sheet import names_in
from certstore.pki.names import is_fqdn, visible
from certstore.pki.needed_names import Answers
from certstore.wording import needed_names as words

# All five fields together stay below what the web server takes as an address.
LONGEST_ANSWER = 1000  # characters of a field
MOST_NAMES = 40  # of a field


class NamesField(forms.CharField):
    """Names, separated by commas or line ends; "DNS:" before one does no harm."""

    def __init__(self, question: words.Question, **options: Any) -> None:
        super().__init__(
            required=False,
            max_length=LONGEST_ANSWER,
            label=question.label,
            help_text=question.help_text,
            widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocomplete": "off"}),
            error_messages={"max_length": words.TOO_LONG_ANSWER.format(limit=LONGEST_ANSWER)},
            **options,
        )
        self.validators = [
            ProhibitNullCharactersValidator(message=words.NO_TEXT)
            if isinstance(one, ProhibitNullCharactersValidator)
            else one
            for one in self.validators
        ]

    def clean(self, value: object) -> tuple[str, ...]:
        """The names, each once. Raises ValidationError with a sentence that names what is wrong."""
        found = names_in(super().clean(value))
        wrong = next((name for name in found if not is_fqdn(name)), None)
        if wrong is not None:
            raise forms.ValidationError(words.NOT_FQDN.format(name=visible(wrong, 60)))
        if len(found) > MOST_NAMES:
            raise forms.ValidationError(words.TOO_MANY.format(count=len(found), limit=MOST_NAMES))
        return found


class AnswersForm(NoKeyComesBackForm):
    """What a person knows and the lab does not."""

    domains = NamesField(words.QUESTIONS["domains"])
    federation = NamesField(words.QUESTIONS["federation"])
    chat_aliases = NamesField(words.QUESTIONS["chat_aliases"])
    phone_profiles = NamesField(words.QUESTIONS["phone_profiles"])
    meetings = NamesField(words.QUESTIONS["meetings"])

    def answers(self) -> Answers:
        """The answers that were understood; what was refused counts as not answered."""
        self.full_clean()
        known = self.cleaned_data if self.is_bound else {}
        return Answers(**{name: known.get(name, ()) for name in self.fields})
