"""Configuration > SIP and Maintenance > Security > SSH configuration: settings as somebody chose them."""

from collections.abc import Mapping, Sequence

from django import forms
from django.http import QueryDict

from certstore.forms.typed import Refusal, shown
from certstore.models import Node
from certstore.pki.settings import TUNNEL_ALGORITHMS, Fallback, Revocation, Sends
from certstore.reading.settings import expressway_settings
from certstore.wording import servers_behave as words
from certstore.wording.switches import POSITIONS

# The choices of the SIP page: what each stands for, by what is sent.
SWITCHES: Mapping[str, bool] = {"on": True, "off": False}
ANSWERS: Mapping[str, bool] = {"yes": True, "no": False}
FALLBACKS: Mapping[str, Fallback] = {
    "treat-as-not-revoked": Fallback.NOT_REVOKED,
    "treat-as-revoked": Fallback.REVOKED,
}
SIP_FIELDS: Mapping[str, Sequence[str]] = {
    "revocation-mode": tuple(SWITCHES),
    "use-ocsp": tuple(ANSWERS),
    "use-crls": tuple(ANSWERS),
    "allow-downloads": tuple(ANSWERS),
    "fallback": tuple(FALLBACKS),
}


def chosen_revocation(data: QueryDict) -> dict[str, str]:
    """What was chosen on the SIP page, by field; "" for nothing."""
    return {name: data.get(name, "") for name in SIP_FIELDS}


def as_chosen(revocation: Revocation) -> dict[str, str]:
    """What is set, as the page's choices."""
    return {
        "revocation-mode": _name(SWITCHES, revocation.is_on),
        "use-ocsp": _name(ANSWERS, revocation.uses_ocsp),
        "use-crls": _name(ANSWERS, revocation.uses_crls),
        "allow-downloads": _name(ANSWERS, revocation.downloads_crls),
        "fallback": _name(FALLBACKS, revocation.fallback),
    }


def refusals_of_revocation(chosen: Mapping[str, str]) -> list[Refusal]:
    """What is no choice of its field."""
    return [
        Refusal(name, "sip.refused", {"value": shown(chosen[name]) or "-"})
        for name, choices in SIP_FIELDS.items()
        if chosen[name] not in choices
    ]


def revocation_of(chosen: Mapping[str, str]) -> Revocation:
    """The settings, once nothing of them is refused."""
    return Revocation(
        is_on=SWITCHES[chosen["revocation-mode"]],
        uses_ocsp=ANSWERS[chosen["use-ocsp"]],
        uses_crls=ANSWERS[chosen["use-crls"]],
        downloads_crls=ANSWERS[chosen["allow-downloads"]],
        fallback=FALLBACKS[chosen["fallback"]],
    )


def refusals_of_algorithms(names: Sequence[str]) -> list[Refusal]:
    """What is refused of the ticked public key algorithms."""
    unknown = [name for name in names if name not in TUNNEL_ALGORITHMS]
    if unknown:
        return [Refusal("algorithm", "ssh_configuration.refused-unknown", {"value": shown(unknown[0])})]
    return [] if names else [Refusal("algorithm", "ssh_configuration.refused-none")]


class SendsForm(forms.Form):
    """What an Expressway sends of its chain."""

    sends = forms.ChoiceField(
        choices=[(what, name) for what, (name, _) in words.SENDS.items()], widget=forms.RadioSelect
    )

    def __init__(self, node: Node, sends: Sends, data: QueryDict | None = None) -> None:
        super().__init__(data, prefix=node.pk.hex, initial={"sends": sends.value})
        self.node = node
        self.fields["sends"].label = node.fqdn

    def clean_sends(self) -> Sends:
        return Sends(self.cleaned_data["sends"])


class OriginForm(forms.Form):
    """How the check of Unified CM's certificates stands on an Expressway-C."""

    origin = forms.ChoiceField(
        choices=[(str(is_on), position) for is_on, position in POSITIONS.items()], widget=forms.RadioSelect
    )

    def __init__(self, node: Node, is_on: bool, data: QueryDict | None = None) -> None:
        super().__init__(data, prefix=node.pk.hex, initial={"origin": str(is_on)})
        self.node = node
        self.fields["origin"].label = node.fqdn

    def clean_origin(self) -> bool:
        return bool(self.cleaned_data["origin"] == str(True))


def sending_forms(nodes: Sequence[Node], data: QueryDict | None = None) -> list[SendsForm]:
    """A form for each Expressway, in the order of the nodes."""
    return [SendsForm(node, expressway_settings(node).sends, data) for node in nodes]


def origin_forms(nodes: Sequence[Node], data: QueryDict | None = None) -> list[OriginForm]:
    """A form for each Expressway-C among some nodes."""
    return [
        OriginForm(node, expressway_settings(node).verifies_origin_server, data)
        for node in nodes
        if node.kind == Node.Kind.EXPRESSWAY_C
    ]


def _name(choices: Mapping[str, object], value: object) -> str:
    return next(name for name, one in choices.items() if one == value)
