"""What the steps about Unified CM, about what an Expressway-C knows of it, and about Jabber are asked for."""

from typing import Any
from uuid import UUID

from django import forms

from certstore.actions.steps import StepKind
from certstore.actions.unified_cm import ECDSA
from certstore.forms.asks import Asks, Data, EntriesForm, FindsServer, cleaned, plain
from certstore.forms.cucm_servers import OFF, ON, TypedServer, refusals_of
from certstore.forms.unified_cm import ClientSettingsForm, CucmSettingsForm
from certstore.forms.uploads import MAX_CA_FILE
from certstore.forms.zones import LONGEST_ADDRESS, LONGEST_USERNAME
from certstore.models import CucmServer, Lab, Node, SlotName, StoreName
from certstore.pki.names import visible
from certstore.reading.settings import client_settings, cucm_settings
from certstore.wording import sentence
from certstore.wording import try_first as words
from certstore.wording.cucm import CERTIFICATES, LISTS


class StoreForm(forms.Form):
    """Which list of Unified CM."""

    store = forms.ChoiceField(choices=[(name, title) for name, (title, _) in LISTS.items()], label="Purpose")


class CucmEntriesForm(EntriesForm):
    """Rows of both lists of Unified CM."""

    stores = (StoreName.TOMCAT, StoreName.CALLMANAGER)


class ClientEntriesForm(EntriesForm):
    """Rows of the list of the client's computer."""

    stores = (StoreName.CLIENT_OS,)


class CertificateForm(forms.Form):
    """Which certificate of Unified CM."""

    slot = forms.ChoiceField(
        choices=[(name, title) for name, (title, *_) in CERTIFICATES.items()], label="Certificate"
    )

    def clean_slot(self) -> SlotName:
        return SlotName(self.cleaned_data["slot"])


class EcdsaForm(CertificateForm):
    """Which one of those that can be deleted."""

    slot = forms.ChoiceField(
        choices=[(name.value, CERTIFICATES[name.value][0]) for name in ECDSA], label="Certificate"
    )


class ServerForm(forms.Form):
    """A Unified CM for an Expressway-C to look up."""

    address = forms.CharField(max_length=LONGEST_ADDRESS, label="Unified CM publisher address")
    username = forms.CharField(max_length=LONGEST_USERNAME, label="Username", initial="axl")
    tls_verify = forms.ChoiceField(choices=[(ON, ON), (OFF, OFF)], label="TLS verify mode")

    def clean(self) -> dict[str, Any]:
        """The values; what the page refuses is refused here."""
        found = self.cleaned_data
        typed = TypedServer(
            address=found.get("address") or "-",
            username=found.get("username") or "-",
            tls_verify=found.get("tls_verify", ON),
        )
        for refusal in refusals_of(typed):
            raise forms.ValidationError(sentence(refusal.said).fill(**refusal.facts))
        return found | {"tls_verify": typed.tls_verify == ON}


class KnownForm(FindsServer):
    """One of the Unified CM servers that some Expressway-C knows."""

    def __init__(self, lab: Lab, data: Data, prefix: str | None) -> None:
        super().__init__(data, prefix=prefix)
        rows = list(CucmServer.objects.filter(node__lab=lab).select_related("node"))
        self.nodes: dict[str, UUID] = {str(row.pk): row.node_id for row in rows}
        self.names = {str(row.pk): visible(row.publisher_address) for row in rows}
        choices = [(str(row.pk), f"{row.node.host}: {self.names[str(row.pk)]}") for row in rows]
        self.fields["row"] = forms.ChoiceField(label="Unified CM server", choices=choices)
        self.order_fields(["row"])

    @property
    def node_id(self) -> UUID:
        return self.nodes[str(self.cleaned_data["row"])]

    @property
    def is_there(self) -> bool:
        return bool(self.nodes)

    @property
    def called(self) -> str:
        """What the row is called, once the form is valid."""
        return self.names[str(self.cleaned_data["row"])]


class ChangedKnownForm(KnownForm, ServerForm):
    """What is to be another way of it."""

    address = forms.CharField(
        required=False, max_length=LONGEST_ADDRESS, label="Another address", help_text=words.ZONE_HELP
    )

    def __init__(self, lab: Lab, data: Data, prefix: str | None) -> None:
        super().__init__(lab, data, prefix)
        del self.fields["username"]

    def clean(self) -> dict[str, Any]:
        return super().clean() | {"username": ""}


class EdgeForm(forms.Form):
    """Of which Expressway-E."""

    def __init__(self, lab: Lab, data: Data, prefix: str | None) -> None:
        super().__init__(data, prefix=prefix)
        edges = lab.nodes.filter(kind=Node.Kind.EXPRESSWAY_E)
        self.fields["edge"] = forms.ChoiceField(
            label="Expressway-E", choices=[(str(node.pk), node.host) for node in edges]
        )

    def clean(self) -> dict[str, Any]:
        """The server as an id."""
        found = self.cleaned_data.get("edge")
        return {"edge": UUID(found)} if found else {}


def _cucm_settings(lab: Lab, data: Data, prefix: str | None) -> CucmSettingsForm:
    node = lab.nodes.filter(kind=Node.Kind.CUCM).first()
    here = cucm_settings(node) if node else None
    names = ("server_entry", "mixed_mode", "prefers_rsa")
    initial = {name: getattr(here, name) for name in names} if here else {}
    return CucmSettingsForm(data, prefix=prefix, initial=initial)


def _client_settings(lab: Lab, data: Data, prefix: str | None) -> ClientSettingsForm:
    node = lab.nodes.filter(kind=Node.Kind.JABBER).first()
    here = client_settings(node) if node else None
    initial = (
        {"domain": here.domain, "on_invalid_certificate": here.on_invalid_certificate.value} if here else {}
    )
    return ClientSettingsForm(data, prefix=prefix, initial=initial)


def _server_words(form: forms.Form) -> str:
    found = form.cleaned_data
    return f"{found['address']}, TLS verify mode {ON if found['tls_verify'] else OFF}"


def _changed_words(form: ChangedKnownForm) -> str:
    found = form.cleaned_data
    parts = [form.called, found["address"], f"TLS verify mode {ON if found['tls_verify'] else OFF}"]
    return ", ".join(part for part in parts if part)


def _slot_words(form: CertificateForm) -> str:
    return str(CERTIFICATES[form.cleaned_data["slot"].value][0])


def _entries(form: EntriesForm) -> dict[str, Any]:
    return {"entries": form.cleaned_data["entry"]}


def _entries_words(form: EntriesForm) -> str:
    return ", ".join(form.names())


_CONTROL, _CUCM, _JABBER = (Node.Kind.EXPRESSWAY_C,), (Node.Kind.CUCM,), (Node.Kind.JABBER,)


def _has_cucm(lab: Lab) -> bool:
    return lab.nodes.filter(kind=Node.Kind.CUCM).exists()


def _knows_cucm(lab: Lab) -> bool:
    return CucmServer.objects.filter(node__lab=lab).exists()


OF_UNIFIED_CM: dict[StepKind, Asks] = {
    StepKind.CUCM_SERVER_ADD: Asks(
        plain(ServerForm), cleaned, _server_words, kinds=_CONTROL, is_there=_has_cucm
    ),
    StepKind.CUCM_SERVER_SAVE: Asks(
        ChangedKnownForm,
        lambda form: cleaned(form) | {"row": int(form.cleaned_data["row"])},
        _changed_words,
        on_server=False,
    ),
    StepKind.CUCM_SERVER_REFRESH: Asks(kinds=_CONTROL, is_there=_knows_cucm),
    StepKind.CUCM_SERVER_DELETE: Asks(
        KnownForm,
        lambda form: {"entries": [int(form.cleaned_data["row"])]},
        lambda form: str(form.called),
        on_server=False,
    ),
    StepKind.CUCM_UPLOAD: Asks(
        plain(StoreForm),
        cleaned,
        lambda form: str(LISTS[form.cleaned_data["store"]][0]),
        kinds=_CUCM,
        largest=MAX_CA_FILE,
    ),
    StepKind.CUCM_DELETE: Asks(CucmEntriesForm, _entries, _entries_words, on_server=False),
    StepKind.CUCM_SIGN: Asks(plain(CertificateForm), cleaned, _slot_words, kinds=_CUCM),
    StepKind.CUCM_REGENERATE: Asks(plain(CertificateForm), cleaned, _slot_words, kinds=_CUCM),
    StepKind.CUCM_CERTIFICATE_DELETE: Asks(plain(EcdsaForm), cleaned, _slot_words, kinds=_CUCM),
    StepKind.CUCM_SETTINGS: Asks(
        _cucm_settings,
        lambda form: {"settings": form.settings()},
        lambda form: form.settings().server_entry,
        kinds=_CUCM,
    ),
    StepKind.CUCM_SERVICES: Asks(kinds=_CUCM),
    StepKind.JABBER_UPLOAD: Asks(kinds=_JABBER, largest=MAX_CA_FILE),
    StepKind.JABBER_DELETE: Asks(ClientEntriesForm, _entries, _entries_words, on_server=False),
    StepKind.JABBER_TRUST: Asks(
        EdgeForm,
        cleaned,
        lambda form: str(dict(form.fields["edge"].choices)[str(form.cleaned_data["edge"])]),
        kinds=_JABBER,
    ),
    StepKind.JABBER_SETTINGS: Asks(
        _client_settings,
        lambda form: {"settings": form.settings()},
        lambda form: form.settings().domain,
        kinds=_JABBER,
    ),
}
