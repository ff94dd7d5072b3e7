"""What people type to sign in and to set a password."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from certstore.models import User
from certstore.models.people import NAME_LENGTH, normal_user_name
from certstore.wording.people import NOT_TWICE_THE_SAME

PASSWORD_LENGTH = 1000  # of what is hashed; nobody types more


def _password_field(label: str, autocomplete: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=PASSWORD_LENGTH,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


class SignInForm(forms.Form):
    """Name and password; the name comes out as accounts are compared."""

    username = forms.CharField(
        label="Name",
        max_length=NAME_LENGTH,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )
    password = _password_field("Password", "current-password")

    def clean_username(self) -> str:
        """The normal name. It can be longer than what was typed: one sign may stand for a phrase."""
        name = normal_user_name(self.cleaned_data["username"])
        if not 0 < len(name) <= NAME_LENGTH:
            raise forms.ValidationError("No account has such a name.")
        return name


class NewPasswordForm(forms.Form):
    """A new password, twice; `asks_for_old` says whether the present one has to come with it."""

    old_password = _password_field("Present password", "current-password")
    new_password = _password_field("New password", "new-password")
    new_password_again = _password_field("New password again", "new-password")

    def __init__(self, *args: Any, user: User, asks_for_old: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not asks_for_old:
            del self.fields["old_password"]

    def clean_new_password(self) -> str:
        """The new password, if the rules of the settings take it."""
        password = str(self.cleaned_data["new_password"])
        validate_password(password, self.user)
        return password

    def clean_new_password_again(self) -> str:
        """The same password once more."""
        again = str(self.cleaned_data["new_password_again"])
        if "new_password" in self.cleaned_data and again != self.cleaned_data["new_password"]:
            raise forms.ValidationError(NOT_TWICE_THE_SAME)
        return again
