"""What the steps about names, DNS, tunnels, revocation and what a server sends are asked for."""

from django import forms

from certstore.actions.steps import StepKind
from certstore.forms.asks import Asks, Data, cleaned, plain
from certstore.forms.lab_dns import AnswerForm, QuestionForm
from certstore.forms.labs import ServerForm
from certstore.models import Node
from certstore.pki.settings import TUNNEL_ALGORITHMS, Fallback, Sends
from certstore.wording.servers_behave import SENDS
from certstore.wording.switches import POSITIONS


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


class NamesForm(ServerForm):
    """Another host name and domain of a server; its address stays."""

    def __init__(self, data: Data = None, prefix: str | None = None) -> None:
        super().__init__(Node.Kind.EXPRESSWAY_E, data=data, prefix=prefix)
        del self.fields["address"]

    @property
    def fqdn(self) -> str:
        """Both together, once the form is valid."""
        return f"{self.cleaned_data['host']}.{self.cleaned_data['domain']}"


class OriginForm(forms.Form):
    """How the check of Unified CM's certificates stands."""

    is_on = forms.ChoiceField(
        choices=[(str(is_on), position) for is_on, position in POSITIONS.items()],
        label="VerifyOriginServer",
    )

    def clean_is_on(self) -> bool:
        return bool(self.cleaned_data["is_on"] == str(True))


def _question_words(form: QuestionForm) -> str:
    question = form.cleaned_data["question"]
    return f"{question.name} {question.type.value}"


def _answer_words(form: AnswerForm) -> str:
    return f"{_question_words(form)}: {', '.join(form.cleaned_data['values']) or '-'}"


def _revocation_words(form: RevocationForm) -> str:
    return f"{POSITIONS[form.cleaned_data['is_on']]}, {form.cleaned_data['fallback'].value}"


OF_SETTINGS: dict[StepKind, Asks] = {
    StepKind.DNS: Asks(plain(AnswerForm), cleaned, _answer_words, on_server=False),
    StepKind.TUNNEL_ALGORITHMS: Asks(
        plain(AlgorithmsForm), cleaned, lambda form: ", ".join(form.cleaned_data["names"])
    ),
    StepKind.REVOCATION: Asks(plain(RevocationForm), cleaned, _revocation_words),
    StepKind.SENDS: Asks(
        plain(SendsForm), cleaned, lambda form: str(SENDS[form.cleaned_data["sends"].value][0])
    ),
    StepKind.DNS_RIGHT: Asks(plain(QuestionForm), cleaned, _question_words, on_server=False),
    StepKind.TUNNEL_RESET: Asks(),
    StepKind.NAMES: Asks(plain(NamesForm), cleaned, lambda form: form.fqdn),
    StepKind.ORIGIN: Asks(
        plain(OriginForm),
        cleaned,
        lambda form: str(POSITIONS[form.cleaned_data["is_on"]]),
        kinds=(Node.Kind.EXPRESSWAY_C,),
    ),
}
