"""What the steps about zones, DNS, tunnels, revocation and Unified CM are asked for."""

from typing import Any

from django import forms

from certstore.actions.steps import StepKind
from certstore.actions.zones import MOST_PEERS
from certstore.forms.asks import Asks, EntriesForm
from certstore.forms.lab_dns import AnswerForm
from certstore.forms.private_keys import NoKeyComesBackForm
from certstore.forms.typed import can_be_shown, shown
from certstore.forms.uploads import MAX_CA_FILE
from certstore.forms.zones import HIGHEST_PORT, LONGEST_ADDRESS, LONGEST_SUBJECT_NAME, LOWEST_PORT
from certstore.models import Node, StoreName
from certstore.pki.settings import TUNNEL_ALGORITHMS, Fallback, Sends
from certstore.wording import try_first as words
from certstore.wording.cucm import LISTS
from certstore.wording.servers_behave import SENDS
from certstore.wording.switches import POSITIONS


class ZoneForm(NoKeyComesBackForm):
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


class AlgorithmsForm(forms.Form):
    """Which public key algorithms the tunnels may use."""

    names = forms.MultipleChoiceField(
        choices=[(name, name) for name in TUNNEL_ALGORITHMS],
        label="Public key algorithms",
        widget=forms.SelectMultiple(attrs={"size": str(len(TUNNEL_ALGORITHMS))}),
    )


class RevocationForm(forms.Form):
    """Certificate revocation checking, and what it makes of an unknown status."""

    is_on = forms.ChoiceField(
        choices=[(str(is_on), position) for is_on, position in POSITIONS.items()],
        label="Certificate revocation checking",
    )
    fallback = forms.ChoiceField(
        choices=[
            (Fallback.NOT_REVOKED.value, "Treat as not revoked"),
            (Fallback.REVOKED.value, "Treat as revoked"),
        ],
        label="Fallback behavior",
    )

    def clean_is_on(self) -> bool:
        return bool(self.cleaned_data["is_on"] == str(True))

    def clean_fallback(self) -> Fallback:
        return Fallback(self.cleaned_data["fallback"])


class SendsForm(forms.Form):
    """What a server sends of its chain."""

    sends = forms.ChoiceField(choices=[(what, name) for what, (name, _) in SENDS.items()], label="Sends")

    def clean_sends(self) -> Sends:
        return Sends(self.cleaned_data["sends"])


class StoreForm(forms.Form):
    """Which list of Unified CM."""

    store = forms.ChoiceField(choices=[(name, title) for name, (title, _) in LISTS.items()], label="Purpose")


class CucmEntriesForm(EntriesForm):
    """Rows of both lists of Unified CM."""

    stores = (StoreName.TOMCAT, StoreName.CALLMANAGER)


def _plain(form_class: type[forms.Form]) -> Any:
    """A form that needs nothing of the lab."""
    return lambda _lab, data, prefix: form_class(data, prefix=prefix)


def _cleaned(form: forms.Form) -> dict[str, Any]:
    return dict(form.cleaned_data)


def _zone_words(form: ZoneForm) -> str:
    found = form.cleaned_data
    parts = [
        ", ".join(found["peers"]),
        found["subject_name"],
        f"port {found['port']}" if found["port"] else "",
    ]
    return "; ".join(part for part in parts if part)


def _answer_words(form: AnswerForm) -> str:
    question = form.cleaned_data["question"]
    return f"{question.name} {question.type.value}: {', '.join(form.cleaned_data['values']) or '-'}"


def _revocation_words(form: RevocationForm) -> str:
    return f"{POSITIONS[form.cleaned_data['is_on']]}, {form.cleaned_data['fallback'].value}"


OF_SETTINGS: dict[StepKind, Asks] = {
    StepKind.ZONE: Asks(_plain(ZoneForm), _cleaned, _zone_words),
    StepKind.DNS: Asks(_plain(AnswerForm), _cleaned, _answer_words, on_server=False),
    StepKind.TUNNEL_ALGORITHMS: Asks(
        _plain(AlgorithmsForm), _cleaned, lambda form: ", ".join(form.cleaned_data["names"])
    ),
    StepKind.REVOCATION: Asks(_plain(RevocationForm), _cleaned, _revocation_words),
    StepKind.SENDS: Asks(
        _plain(SendsForm), _cleaned, lambda form: str(SENDS[form.cleaned_data["sends"].value][0])
    ),
}
_CUCM = (Node.Kind.CUCM,)
OF_UNIFIED_CM: dict[StepKind, Asks] = {
    StepKind.CUCM_UPLOAD: Asks(
        _plain(StoreForm),
        _cleaned,
        lambda form: str(LISTS[form.cleaned_data["store"]][0]),
        kinds=_CUCM,
        largest=MAX_CA_FILE,
    ),
    StepKind.CUCM_DELETE: Asks(
        CucmEntriesForm,
        lambda form: {"entries": form.cleaned_data["entry"]},
        lambda form: ", ".join(form.names()),
        on_server=False,
    ),
    StepKind.CUCM_SERVICES: Asks(kinds=_CUCM),
}
