"""What people give the training CA: a request, names, terms, or a wish for a practice file."""

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from certstore.actions.training_ca import Terms
from certstore.forms.private_keys import NoKeyComesBackForm
from certstore.models import Lab, Node, SigningRequest, SlotName
from certstore.pki.facts import Undecodable
from certstore.pki.faults import CATALOGUE, SIX_TROUBLES, Fault, for_role
from certstore.pki.keys import PublicHalf
from certstore.pki.purpose import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.releases import Role
from certstore.pki.request_rules import Refusal, Refused, Wanted, names_refused, wanted_by
from certstore.pki.requests import LARGEST_REQUEST, RequestFacts, decode_request
from certstore.pki.sniff import FileContent, look_at
from certstore.reading.training_ca import CHAINS, PUBLIC, tells_faults
from certstore.wording import faults as fault_words
from certstore.wording import training_ca as words

MOST_DAYS = 3650
LONGEST_NAMES = 20_000  # characters of what is typed
ANY = "any"
_SEPARATORS = re.compile(r"[\s,;]+")


class TermsForm(NoKeyComesBackForm):
    """Which CA issues, for how long, and for what."""

    ca = forms.ChoiceField(label="Issuing CA")
    validity = forms.ChoiceField(choices=list(words.VALIDITIES.items()), label="Valid for", initial="200")
    days = forms.IntegerField(
        min_value=1,
        max_value=MOST_DAYS,
        required=False,
        label="Days, if other",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), words.NO_DAYS),
    )
    server_auth = forms.BooleanField(required=False, initial=True, label="Server authentication")
    client_auth = forms.BooleanField(required=False, initial=True, label="Client authentication")

    def __init__(
        self, cas: Sequence[tuple[str, str]], data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["ca"] = forms.ChoiceField(choices=cas, label="Issuing CA")

    def clean(self) -> None:
        cleaned = self.cleaned_data
        if cleaned.get("validity") == "own" and not cleaned.get("days") and "days" not in self.errors:
            self.add_error("days", words.NO_DAYS)
        if not (cleaned.get("server_auth") or cleaned.get("client_auth")):
            self.add_error("server_auth", words.NO_USAGE)

    @property
    def terms(self) -> Terms:
        """What was chosen, once the form is valid."""
        typed = self.cleaned_data
        days = typed["days"] if typed["validity"] == "own" else int(typed["validity"])
        usages = ((SERVER_AUTH, typed["server_auth"]), (CLIENT_AUTH, typed["client_auth"]))
        return Terms(typed["ca"], days, tuple(oid for oid, is_wanted in usages if is_wanted))

    @property
    def is_public(self) -> bool:
        """Whether the CA that was chosen is a public-looking one."""
        return str(self.cleaned_data["ca"]).startswith(PUBLIC)


class RequestForm(TermsForm):
    """A signing request: a server's pending one, a file, or text."""

    pending = forms.ChoiceField(required=False, label="Pending request of")
    file = forms.FileField(required=False, label="Or a file")
    pasted = forms.CharField(
        required=False,
        label="Or its text",
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "class": "mono"}),
    )
    field_order = ("pending", "file", "pasted", "ca", "validity", "days", "server_auth", "client_auth")

    def __init__(
        self,
        pending: Sequence[SigningRequest],
        cas: Sequence[tuple[str, str]],
        request: HttpRequest | None = None,
        *,
        asked: str = "",
    ) -> None:
        """In: what waits to be signed, the CAs, the POST if there is one; on a new page which request comes first."""
        data: QueryDict | None = request.POST if request else None
        self._text = data.get("pasted", "") if data is not None else ""
        super().__init__(cas, data, files=request.FILES if request else None, auto_id="request_%s")
        self._pending = {str(row.pk): row for row in pending}
        if pending:
            choices = [
                ("", "(none: a file or text)"),
                *((pk, _whose(row)) for pk, row in self._pending.items()),
            ]
            first = asked if asked in self._pending else str(pending[0].pk)
            self.fields["server_auth"].initial = self._pending[first].slot.name != SlotName.CLIENT
            self.fields["pending"] = forms.ChoiceField(
                choices=choices, required=False, label="Pending request of", initial=first
            )
        else:
            del self.fields["pending"]
            self.fields["file"].label = "A file"
        self.order_fields(list(self.field_order))
        self.wanted: Wanted | None = None

    def clean(self) -> None:
        super().clean()
        if self.errors:
            return
        given = self._given()
        found = given if isinstance(given, Refused) else wanted_by(given, is_public=self.is_public)
        if isinstance(found, Refused):
            self.add_error(None, words.refusal(found))
            return
        self.wanted = found

    def _given(self) -> RequestFacts | Refused:
        """The one request that was given; a file wins, then text."""
        uploaded, text = self.cleaned_data.get("file"), self._text
        chosen = self._pending.get(self.cleaned_data.get("pending", ""))
        if uploaded is not None:
            return _only_request(uploaded.read() if uploaded.size <= LARGEST_REQUEST else None)
        if text.strip():
            data = text.encode("utf-8", "surrogatepass")
            return _only_request(data if len(data) <= LARGEST_REQUEST else None)
        if chosen is not None:
            return _decoded(bytes(chosen.der))
        return Refused(Refusal.NOTHING)


def _whose(row: SigningRequest) -> str:
    """The server of a pending request, and the certificate where it is not the server certificate."""
    is_client = row.slot.name == SlotName.CLIENT
    return words.FOR_CLIENT.format(server=row.slot.node) if is_client else str(row.slot.node)


def _only_request(data: bytes | None) -> RequestFacts | Refused:
    """The one request in a file; None is a file that is too large."""
    if data is None:
        return Refused(Refusal.TOO_LARGE, {"limit": LARGEST_REQUEST // 1024})
    content: FileContent = look_at(data)
    if content.private_keys or b"PRIVATE KEY" in data.upper():
        return Refused(Refusal.PRIVATE_KEY)
    if len(content.requests) > 1:
        return Refused(Refusal.SEVERAL, {"count": len(content.requests)})
    return _decoded(content.requests[0]) if content.requests else Refused(Refusal.NO_REQUEST)


def _decoded(der: bytes) -> RequestFacts | Refused:
    try:
        return decode_request(der)
    except Undecodable:
        return Refused(Refusal.UNREADABLE)


class HeldKeyForm(TermsForm):
    """A certificate for the key that a server holds now, with names that can be changed."""

    common_name = forms.CharField(max_length=64, required=False, label="Common name")
    alternative_names = forms.CharField(
        max_length=LONGEST_NAMES,
        required=False,
        label="Alternative names",
        help_text="One a line; IP: before an address.",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    def __init__(
        self, cas: Sequence[tuple[str, str]], data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(cas, data, auto_id="held_%s", **kwargs)

    field_order = ("common_name", "alternative_names", "ca", "validity", "days", "server_auth", "client_auth")

    def clean(self) -> None:
        super().clean()
        if self.errors:
            return
        names = self._names()
        refused = names_refused(self.cleaned_data["common_name"], names, is_public=self.is_public)
        if refused is not None:
            self.add_error(None, words.refusal(refused))

    def _names(self) -> tuple[str, ...]:
        parts = _SEPARATORS.split(self.cleaned_data["alternative_names"])
        return tuple(dict.fromkeys(part for part in parts if part))

    def wanted(self, key: PublicHalf) -> Wanted:
        """The names that were typed, for a key, once the form is valid."""
        return Wanted(key, self.cleaned_data["common_name"], self._names())


class PracticeForm(forms.Form):
    """A practice file: for which server, and with which fault."""

    server = forms.ChoiceField(label="For")
    fault = forms.ChoiceField(label="What is wrong")

    def __init__(self, lab: Lab, nodes: Iterable[Node], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="practice_%s")
        self._nodes = {str(node.pk): node for node in nodes}
        servers = [(pk, str(node)) for pk, node in self._nodes.items()]
        self.fields["server"] = forms.ChoiceField(choices=servers, label="For")
        self.fields["fault"] = forms.ChoiceField(choices=_faults(lab), label="What is wrong")

    def clean(self) -> None:
        if self.errors:
            return
        if not self._matching():
            self.add_error("fault", words.NO_SUCH_FAULT.format(server=self.node))

    def _matching(self) -> list[Fault]:
        """The faults that were asked for: one, or those of which one is picked."""
        chosen, here = self.cleaned_data["fault"], for_role(Role(self.node.kind))
        return [fault for fault in here if (_is_kept(fault) if chosen == ANY else fault.name == chosen)]

    @property
    def node(self) -> Node:
        """The server that was chosen."""
        return self._nodes[self.cleaned_data["server"]]

    @property
    def chosen_fault(self) -> Fault:
        """The fault that was chosen, or one that nobody knows."""
        return secrets.choice(self._matching())


def _is_kept(fault: Fault) -> bool:
    """Whether a fault can be picked unseen: one that does harm, and that no key beside the file gives away."""
    return fault.code is not None and not fault.has_private_key


def _faults(lab: Lab) -> list[Any]:
    """What can be chosen. Where the lab does not tell what is wrong, one is always picked."""
    choices: list[Any] = [(ANY, fault_words.ANY)]
    if tells_faults(lab):
        named = [(fault.name, fault_words.FAULTS[fault.name].title) for fault in CATALOGUE]
        choices += [(fault_words.SIX, named[:SIX_TROUBLES]), (fault_words.OTHERS, named[SIX_TROUBLES:])]
    return choices


def ca_choices(names: dict[str, str]) -> list[tuple[str, str]]:
    """The CAs that sign, by name; one that is not made yet says so. In: common names by the names of rows."""
    return [
        (
            name,
            f"{names[name]} ({words.CAS[name]})"
            if name in names
            else words.UNMADE.format(ca=words.CAS[name]),
        )
        for name in CHAINS
    ]
