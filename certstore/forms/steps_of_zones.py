"""What the steps about zones and clusters are asked for."""

from typing import Any

from django import forms

from certstore.actions.steps import StepKind
from certstore.actions.zones import MOST_PEERS
from certstore.forms.asks import Asks, Data, Typed, cleaned, plain
from certstore.forms.clustering import LONGEST_IP, TypedRow, refusals_of_name, refusals_of_row
from certstore.forms.labs import ServerForm
from certstore.forms.private_keys import NoKeyComesBackForm
from certstore.forms.typed import can_be_shown, shown
from certstore.forms.zones import (
    HIGHEST_PORT,
    LONGEST_ADDRESS,
    LONGEST_NAME,
    LONGEST_PASSWORD,
    LONGEST_SUBJECT_NAME,
    LONGEST_USERNAME,
    LOWEST_PORT,
)
from certstore.models import Cluster, Lab, Node, Zone
from certstore.pki.zone_password import fingerprint
from certstore.wording import sentence
from certstore.wording import try_first as words

FIRST_PORT = 7001
FINGERPRINT, FINGERPRINT_DIGITS = "fingerprint", 64


class UsernameForm(NoKeyComesBackForm):
    """The name of the zone's user."""

    username = forms.CharField(required=False, max_length=LONGEST_USERNAME, label="Username")

    def clean_username(self) -> str:
        name = str(self.cleaned_data["username"])
        if not can_be_shown(name):
            raise forms.ValidationError(words.BAD_USERNAME.format(value=shown(name)))
        return name


class ZoneForm(UsernameForm):
    """What is to be another way in the zone of a server."""

    peers = forms.CharField(
        required=False,
        max_length=MOST_PEERS * (LONGEST_ADDRESS + 2),
        label="Peer addresses",
        help_text=words.PEERS_HELP,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )
    subject_name = forms.CharField(
        required=False,
        max_length=LONGEST_SUBJECT_NAME,
        label="TLS verify subject name",
        help_text=words.SUBJECT_NAME_HELP,
    )
    port = forms.IntegerField(
        required=False,
        min_value=LOWEST_PORT,
        max_value=HIGHEST_PORT,
        label="SIP port",
        help_text=words.ZONE_HELP,
    )

    def clean_peers(self) -> tuple[str, ...]:
        peers = [line.strip() for line in str(self.cleaned_data["peers"]).splitlines() if line.strip()]
        for number, peer in enumerate(peers):
            is_address = len(peer) <= LONGEST_ADDRESS and can_be_shown(peer) and " " not in peer
            if not is_address or peer in peers[:number] or number >= MOST_PEERS:
                raise forms.ValidationError(words.BAD_PEER.format(value=shown(peer)))
        return tuple(peers)

    def clean_subject_name(self) -> str:
        name = str(self.cleaned_data["subject_name"])
        if not can_be_shown(name):
            raise forms.ValidationError(words.BAD_SUBJECT_NAME.format(value=shown(name)))
        return name


class NewZoneForm(ZoneForm):
    """A zone that is to be made."""

    name = forms.CharField(max_length=LONGEST_NAME, label="Name", initial="Traversal zone")
    field_order = ("name", "username")

    def __init__(self, data: Data = None, prefix: str | None = None) -> None:
        super().__init__(data, prefix=prefix)
        self.fields["username"].required = True
        self.fields["port"].required = True
        self.fields["port"].initial = FIRST_PORT
        self.fields["port"].help_text = ""

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if not can_be_shown(name):
            raise forms.ValidationError(words.BAD_USERNAME.format(value=shown(name)))
        return name


class PasswordForm(forms.Form):
    """A password, or its fingerprint once it was typed: the page carries nothing else along."""

    password = forms.CharField(
        required=False,
        max_length=LONGEST_PASSWORD,
        strip=False,
        label="Password",
        help_text=words.FINGERPRINT_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, lab: Lab, data: Data, prefix: str | None) -> None:
        super().__init__(data, prefix=prefix)
        self.typed = list(data.getlist(self.add_prefix(FINGERPRINT))) if data else []

    def clean(self) -> dict[str, Any]:
        found = next(iter(self.typed), "")
        if len(found) != FINGERPRINT_DIGITS or set(found) - set("0123456789abcdef"):
            raise forms.ValidationError(sentence("zones.refused-no-password").text)
        return {FINGERPRINT: found}


def _hidden(lab: Lab, typed: Typed) -> Typed:
    """What was typed, with the fingerprint of the password in its place."""
    password = next(iter(typed.get("password", ())), "")[:LONGEST_PASSWORD]
    kept = {name: values for name, values in typed.items() if name not in ("password", FINGERPRINT)}
    return kept | ({FINGERPRINT: [fingerprint(password, lab.password_salt)]} if password else {})


class ClusterModeForm(forms.Form):
    """How strictly the peers of a cluster look at each other's certificates."""

    mode = forms.ChoiceField(choices=Cluster.TlsMode.choices, label="TLS verification mode")

    def clean_mode(self) -> Cluster.TlsMode:
        return Cluster.TlsMode(self.cleaned_data["mode"])


class ClusterNameForm(forms.Form):
    """What a cluster is to be called."""

    name = forms.CharField(max_length=LONGEST_ADDRESS, label="Cluster name (FQDN)")

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        for refusal in refusals_of_name(name):
            raise forms.ValidationError(sentence(refusal.said).fill(**refusal.facts))
        return name


class MappingForm(forms.Form):
    """A row of the cluster address mapping."""

    name = forms.CharField(max_length=LONGEST_ADDRESS, label="FQDN")
    address = forms.CharField(max_length=LONGEST_IP, label="IP address")

    def clean(self) -> dict[str, Any]:
        typed = TypedRow(self.cleaned_data.get("name", ""), self.cleaned_data.get("address", ""))
        if not self.errors:
            for refusal in refusals_of_row(typed):
                raise forms.ValidationError(sentence(refusal.said).fill(**refusal.facts))
        return typed.row()


def _zone_words(form: ZoneForm) -> str:
    found = form.cleaned_data
    parts = [
        found["username"],
        ", ".join(found["peers"]),
        found["subject_name"],
        f"port {found['port']}" if found["port"] else "",
    ]
    return "; ".join(part for part in parts if part)


def _new_zone_words(form: NewZoneForm) -> str:
    return f"{form.cleaned_data['name']}; {_zone_words(form)}"


def _has_cluster(lab: Lab) -> bool:
    return lab.clusters.exists()


def _has_zone(lab: Lab) -> bool:
    return Zone.objects.filter(node__lab=lab).exists()


OF_ZONES: dict[StepKind, Asks] = {
    StepKind.ZONE: Asks(plain(ZoneForm), cleaned, _zone_words, is_there=_has_zone),
    StepKind.ZONE_NEW: Asks(plain(NewZoneForm), cleaned, _new_zone_words),
    StepKind.ZONE_CREDENTIAL: Asks(PasswordForm, cleaned, hides=_hidden, is_there=_has_zone),
    StepKind.ZONE_DELETE: Asks(is_there=_has_zone),
    StepKind.CLUSTER_MAKE: Asks(plain(ClusterNameForm), cleaned, lambda form: str(form.cleaned_data["name"])),
    StepKind.CLUSTER_MODE: Asks(
        plain(ClusterModeForm),
        cleaned,
        lambda form: str(form.cleaned_data["mode"].label),
        is_there=_has_cluster,
    ),
    StepKind.CLUSTER_ADD: Asks(
        lambda _lab, data, prefix: ServerForm(Node.Kind.EXPRESSWAY_E, data=data, prefix=prefix),
        cleaned,
        lambda form: f"{form.cleaned_data['host']}.{form.cleaned_data['domain']}",
        is_there=_has_cluster,
    ),
    StepKind.CLUSTER_REMOVE: Asks(is_there=_has_cluster),
    StepKind.CLUSTER_PRIMARY: Asks(is_there=_has_cluster),
    StepKind.CLUSTER_DISSOLVE: Asks(is_there=_has_cluster),
    StepKind.CLUSTER_MAP: Asks(
        plain(MappingForm),
        cleaned,
        lambda form: f"{form.cleaned_data['name']} {form.cleaned_data['address']}",
        is_there=_has_cluster,
    ),
}
