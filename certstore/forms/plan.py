"""The files a plan is made of, and which server each new certificate is for."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django import forms
from django.http import HttpRequest, QueryDict

from certstore.actions.check_files import pem_of
from certstore.actions.plan import Draft
from certstore.forms.check_files import given_files
from certstore.forms.private_keys import NoKeyComesBackForm
from certstore.models import Cluster, Lab, SlotName
from certstore.pki.facts import CertificateFacts
from certstore.pki.material import Given, Material, look
from certstore.pki.purpose import SERVER_AUTH
from certstore.pki.releases import profile_for
from certstore.reading.plan import issued_that_fit, servers_for
from certstore.reading.rows import facts_of
from certstore.wording import plan as words

MOST_LEAVES = 20
GUIDE, KEEP = "guide", "keep"
CLIENT = "/client"  # behind a server's id: its client certificate


class PlanForm(NoKeyComesBackForm):
    """Text beside the files, and what the lab has itself."""

    text = forms.CharField(
        required=False,
        strip=False,
        label="Or paste text",
        help_text="Certificates as Base-64 (PEM), one after the other.",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
    )
    lab_file = forms.MultipleChoiceField(
        required=False, label="Files of the lab", widget=forms.CheckboxSelectMultiple
    )
    issued = forms.MultipleChoiceField(
        required=False, label="Issued by the training CA", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, lab: Lab, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self._lab = lab
        self._issued = {str(row.pk): row for row in issued_that_fit(lab)}
        names = lab.files.values_list("name", flat=True)
        self._field("lab_file", [(name, name) for name in names])
        self._field("issued", [(pk, words.ISSUED.format(**row.told)) for pk, row in self._issued.items()])

    def _field(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = choices

    def own(self) -> list[forms.BoundField]:
        """The fields of what the lab has itself, where it has any."""
        fields = {name: self.fields[name] for name in ("issued", "lab_file")}
        return [self[name] for name, field in fields.items() if getattr(field, "choices", ())]

    def given(self, request: HttpRequest) -> list[Given]:
        """Everything that was given, once the form is valid; with what a training CA issued come all training CAs."""
        chosen = self.cleaned_data
        found = given_files(request, self)
        for file in self._lab.files.filter(name__in=chosen["lab_file"]):
            found.append(look(file.name, bytes(file.content)))
        issued = [self._issued[pk] for pk in chosen["issued"]]
        for row in issued:
            found.append(look(f"{row.host}.pem", pem_of([row.certificate]).encode()))
        if issued:
            cas = [facts_of(key.certificate) for key in self._lab.ca_keys.select_related("certificate")]
            found.append(look(words.TRAINING_CAS, pem_of(cas).encode()))
        return found


def _guessed(lab: Lab, leaves: Sequence[CertificateFacts], *, has_client: bool) -> dict[str, str]:
    """For which place each certificate is most likely: one that is no server's by its usages is a client's."""
    clients = [
        leaf
        for leaf in leaves
        if has_client and SERVER_AUTH not in (leaf.extended_key_usage or (SERVER_AUTH,))
    ]
    servers = [leaf for leaf in leaves if leaf not in clients]
    found = {sha256: str(pk) for sha256, pk in servers_for(lab, servers).items()}
    theirs = servers_for(lab, clients, SlotName.CLIENT)
    return found | {sha256: f"{pk}{CLIENT}" for sha256, pk in theirs.items()}


class ForForm(forms.Form):
    """Which server each new certificate is for, and what becomes of a cluster that enforces."""

    enforcing = forms.ChoiceField(
        required=False,
        label="TLS verification mode while the certificates change",
        choices=[(GUIDE, words.ENFORCING_GUIDE), (KEEP, words.ENFORCING_KEEP)],
        widget=forms.RadioSelect,
        help_text=words.ENFORCING_HELP,
    )

    def __init__(self, lab: Lab, leaves: Sequence[CertificateFacts], data: QueryDict | None = None) -> None:
        has_client = profile_for(lab.release).release.has_client_store
        guessed = _guessed(lab, leaves, has_client=has_client)
        initial = {f"for-{number}": guessed.get(leaf.sha256, "") for number, leaf in enumerate(leaves)}
        super().__init__(data, initial=initial | {"enforcing": GUIDE})
        self.leaves = leaves[:MOST_LEAVES]
        hosts = {str(node.pk): node.host for node in lab.expressways}
        clients = {
            f"{pk}{CLIENT}": words.FOR_CLIENT.format(host=host) for pk, host in hosts.items() if has_client
        }
        self._places = {**hosts, **clients}
        choices = [("", words.FOR_NOBODY), *self._places.items()]
        for number, leaf in enumerate(self.leaves):
            label = words.FOR.format(name=(leaf.common_names or leaf.san_dns or (leaf.subject,))[0])
            self.fields[f"for-{number}"] = forms.ChoiceField(required=False, label=label, choices=choices)
        if not lab.clusters.filter(tls_mode=Cluster.TlsMode.ENFORCING).exists():
            del self.fields["enforcing"]

    def clean(self) -> None:
        """A place gets one certificate, and some place gets one."""
        chosen = [place for place, _ in self._pairs()]
        for place in set(chosen):
            if chosen.count(place) > 1:
                raise forms.ValidationError(words.TWICE.format(host=self._places[place]))
        if not chosen and not self.errors:
            raise forms.ValidationError(words.NOBODYS)

    def _pairs(self) -> Iterator[tuple[str, CertificateFacts]]:
        for number, leaf in enumerate(self.leaves):
            place = self.cleaned_data.get(f"for-{number}", "")
            if place:
                yield place, leaf

    def draft(self, material: Material) -> Draft:
        """What the plan is made of, once the form is valid."""
        pairs = list(self._pairs())
        return Draft(
            certificates=tuple((UUID(place), leaf) for place, leaf in pairs if not place.endswith(CLIENT)),
            client_certificates=tuple(
                (UUID(place.removesuffix(CLIENT)), leaf) for place, leaf in pairs if place.endswith(CLIENT)
            ),
            cas=(*material.cas, *(material.trust_list or ())),
            keeps_enforcing=self.cleaned_data.get("enforcing") == KEEP,
        )

    def rows(self) -> Iterator[tuple[CertificateFacts, forms.BoundField]]:
        """Each new certificate with the field that says whose it is."""
        for number, leaf in enumerate(self.leaves):
            yield leaf, self[f"for-{number}"]
