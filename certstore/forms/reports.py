"""What a person types about a real server."""

from typing import Any

from django import forms

from certstore.forms.labs import ReleaseField
from certstore.forms.private_keys import NoKeyComesBackForm
from certstore.pki.names import visible
from certstore.wording.reports import HOLDS_A_FILE, RELEASE_HELP, ROLES, WORDS_HELP

LONGEST_WORDS = 2000
WIDEST_TAB = 4


class BoxReportForm(NoKeyComesBackForm):
    """The words of a real server, its release and its role."""

    words = forms.CharField(
        label="What the real server says",
        max_length=LONGEST_WORDS,
        help_text=WORDS_HELP,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocomplete": "off"}),
    )
    release = ReleaseField()
    role = forms.ChoiceField(
        label="Which server is it?",
        choices=list(ROLES.items()),
        required=False,
        initial="",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["release"].label = "Its release"
        self.fields["release"].help_text = RELEASE_HELP

    def clean_words(self) -> str:
        """The text, line by line, with every character that cannot be seen written as its number."""
        text = str(self.cleaned_data["words"])
        if "-----BEGIN" in text:
            raise forms.ValidationError(HOLDS_A_FILE)
        lines = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(WIDEST_TAB).split("\n")
        return "\n".join(visible(line, len(line) * len(r"\U0010FFFF")) for line in lines)

    def clean_release(self) -> str:
        """The release on one line; between the letter and the number any blank may have been typed."""
        return " ".join(str(self.cleaned_data["release"]).split())
