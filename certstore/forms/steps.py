"""What each step that can be tried is asked for: one entry of the table for each action, beside `actions.steps.DO`."""

from django import forms

from certstore.actions.steps import StepKind
from certstore.forms.asks import Asks, Data, EntriesForm, cleaned, plain
from certstore.forms.labs import JudgingForm, ReleaseForm, SwitchesForm, TimeForm
from certstore.forms.steps_of_settings import OF_SETTINGS
from certstore.forms.steps_of_unified_cm import OF_UNIFIED_CM
from certstore.forms.steps_of_zones import OF_ZONES
from certstore.forms.uploads import MAX_CA_FILE, MAX_CRL_FILE, MAX_SERVER_CERTIFICATE
from certstore.models import Lab, Node
from certstore.pki.moments import iso, moment_text
from certstore.pki.releases import profile_for
from certstore.reading.points import points_of
from certstore.reading.switches import positions_of
from certstore.wording import sentence
from certstore.wording import try_first as words
from certstore.wording.labs import SAME_SUBJECT
from certstore.wording.switches import POSITIONS


class UploadForm(forms.Form):
    """What the upload of a server certificate is asked for besides its file."""

    copy = forms.BooleanField(
        required=False, label=sentence("server_certificate.copy-as-client").text, help_text=words.COPY_HELP
    )


class PointForm(forms.Form):
    """Which restore point of a lab."""

    def __init__(self, lab: Lab, data: Data, prefix: str | None) -> None:
        super().__init__(data, prefix=prefix)
        self.points = {str(row.number): row.called for row in points_of(lab)}
        self.fields["number"] = forms.ChoiceField(label="Restore point", choices=list(self.points.items()))

    @property
    def called(self) -> str:
        """The point in a few words, once the form is valid."""
        return self.points[str(self.cleaned_data["number"])]


def _switch_words(form: SwitchesForm) -> str:
    return ", ".join(f"{switch.value}: {POSITIONS[is_on]}" for switch, is_on in form.positions().items())


def _judging_words(form: JudgingForm) -> str:
    counts = "the Common Name counts" if form.cleaned_data["cn_counts"] else "the Common Name does not count"
    return f"{SAME_SUBJECT[form.cleaned_data['same_subject']][0]}; {counts}"


def _moment_words(form: TimeForm) -> str:
    moment = form.cleaned_data["moment"]
    return moment_text(iso(moment)) if moment else "back to now"


def _switches_form(lab: Lab, data: Data, prefix: str | None) -> SwitchesForm:
    return SwitchesForm(profile_for(lab.release).release, data, positions_of(lab), prefix)


def _judging_form(lab: Lab, data: Data, prefix: str | None) -> JudgingForm:
    here = {"same_subject": lab.same_subject, "cn_counts": lab.cn_counts}
    return JudgingForm(data, prefix=prefix, initial=here)


ASKS: dict[StepKind, Asks] = {
    StepKind.APPEND: Asks(largest=MAX_CA_FILE),
    StepKind.UPLOAD: Asks(
        plain(UploadForm),
        cleaned,
        lambda form: words.COPIED if form.cleaned_data["copy"] else "",
        largest=MAX_SERVER_CERTIFICATE,
    ),
    StepKind.RESTART: Asks(),
    StepKind.DELETE: Asks(
        EntriesForm,
        lambda form: {"entries": form.cleaned_data["entry"]},
        lambda form: ", ".join(form.names()),
        on_server=False,  # its rows say which
    ),
    StepKind.RESET_LIST: Asks(),
    StepKind.RESET_CERTIFICATE: Asks(),
    StepKind.CLIENT_UPLOAD: Asks(largest=MAX_SERVER_CERTIFICATE),
    StepKind.CLIENT_RESET: Asks(),
    StepKind.CRL_UPLOAD: Asks(largest=MAX_CRL_FILE),
    StepKind.CRL_REMOVE: Asks(),
    StepKind.CSR_DISCARD: Asks(),
    StepKind.CLIENT_CSR_DISCARD: Asks(),
    StepKind.ACME: Asks(
        kinds=(Node.Kind.EXPRESSWAY_E,), is_there=lambda lab: bool(lab.kind == Lab.Kind.PRACTISE)
    ),
    StepKind.POINT_RESTORE: Asks(
        PointForm,
        lambda form: {"number": int(form.cleaned_data["number"])},
        lambda form: form.called,
        on_server=False,
        is_there=lambda lab: lab.restore_points.exists(),
    ),
    StepKind.TIME: Asks(
        lambda lab, data, prefix: TimeForm(lab.now(), data, prefix),
        lambda form: {"moment": form.cleaned_data["moment"]},
        _moment_words,
        on_server=False,
    ),
    StepKind.RELEASE: Asks(
        lambda lab, data, prefix: ReleaseForm(data, prefix=prefix, initial={"release": lab.release}),
        lambda form: {"release": form.cleaned_data["release"]},
        lambda form: str(form.cleaned_data["release"]),
        on_server=False,
    ),
    StepKind.JUDGING: Asks(_judging_form, cleaned, _judging_words, on_server=False),
    StepKind.SWITCHES: Asks(
        _switches_form, lambda form: {"positions": form.positions()}, _switch_words, on_server=False
    ),
    **OF_ZONES,
    **OF_SETTINGS,
    **OF_UNIFIED_CM,
}
