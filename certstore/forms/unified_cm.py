"""Unified CM and Jabber: what a person sets on their pages, and which certificate a button is about."""

import re

from django import forms
from django.http import HttpRequest

from certstore.models import SlotName, StoreName
from certstore.pki.names import is_fqdn, visible
from certstore.pki.settings import ClientSettings, CucmSettings, InvalidCertificate
from certstore.wording import cucm, jabber_page

LONGEST_ADDRESS = 253
_ADDRESS = re.compile(r"[0-9A-Za-z._:-]+")
_SLOTS: dict[str, SlotName] = {slot.value: slot for slot in SlotName if slot.value in cucm.CERTIFICATES}
_STORES: dict[str, StoreName] = {store.value: store for store in StoreName if store.value in cucm.LISTS}


class CucmSettingsForm(forms.Form):
    """What is set on a Unified CM."""

    server_entry = forms.CharField(
        max_length=LONGEST_ADDRESS, label="System > Server entry", help_text=cucm.SERVER_ENTRY_HELP
    )
    mixed_mode = forms.BooleanField(required=False, label="Mixed mode", help_text=cucm.MIXED_MODE_HELP)
    prefers_rsa = forms.BooleanField(
        required=False, label="RSA preferred (cipher preference)", help_text=cucm.PREFERS_RSA_HELP
    )

    def clean_server_entry(self) -> str:
        typed = str(self.cleaned_data["server_entry"])
        if not _ADDRESS.fullmatch(typed):
            raise forms.ValidationError(cucm.NO_ADDRESS)
        return typed

    def settings(self) -> CucmSettings:
        """The settings, once the form is valid."""
        return CucmSettings(**self.cleaned_data)


class ClientSettingsForm(forms.Form):
    """The domain that the person signs in with, and what the client does with a certificate it does not take."""

    domain = forms.CharField(max_length=190, label="Domain", help_text=jabber_page.DOMAIN_HELP)
    on_invalid_certificate = forms.ChoiceField(
        choices=[(value, name) for value, (name, _) in jabber_page.BEHAVIOUR.items()],
        label="Certificates that are not valid",
        help_text=jabber_page.BEHAVIOUR_HELP,
        widget=forms.RadioSelect,
    )

    def clean_domain(self) -> str:
        typed = str(self.cleaned_data["domain"])
        if visible(typed) != typed or " " in typed:
            raise forms.ValidationError(jabber_page.CONTROL_CHARACTERS)
        if not is_fqdn(typed):
            raise forms.ValidationError(jabber_page.NO_DOMAIN.format(domain=typed))
        return typed.lower()

    def clean_on_invalid_certificate(self) -> InvalidCertificate:
        return InvalidCertificate(self.cleaned_data["on_invalid_certificate"])

    def settings(self) -> ClientSettings:
        """The settings, once the form is valid."""
        return ClientSettings(**self.cleaned_data)


def asked_slot(request: HttpRequest) -> SlotName | None:
    """The certificate of Unified CM that a button is about; None for any other name."""
    return _SLOTS.get(request.POST.get("certificate", ""))


def asked_store(request: HttpRequest) -> StoreName | None:
    """The list of Unified CM that an upload is for; None for any other name."""
    return _STORES.get(request.POST.get("purpose", ""))
