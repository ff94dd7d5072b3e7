"""The page My CA dropped clientAuth: which release and role it is about."""

from django import forms

from certstore.forms.labs import ReleaseField
from certstore.pki.releases import Role

ROLES = [(Role.EXPRESSWAY_C.value, "Expressway-C"), (Role.EXPRESSWAY_E.value, "Expressway-E")]


class AskedServerForm(forms.Form):
    """A release as a customer says it, and a role."""

    release = ReleaseField()
    role = forms.ChoiceField(choices=ROLES, label="Server")

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])
