"""The Generate CSR page's fields, and a request that is brought in: text and files as domain values."""

from dataclasses import dataclass

from django.http import HttpRequest

from certstore.forms.private_keys import holds_a_key
from certstore.forms.uploads import MAX_SERVER_CERTIFICATE, too_large
from certstore.pki.codes import Code
from certstore.pki.csr import Place, Typed, defaults_for, fields_for
from certstore.pki.csr_rules import LONGEST_NAMES
from certstore.pki.csr_text import MOST_CHARACTERS, request_in_text
from certstore.pki.facts import Undecodable
from certstore.pki.findings import Finding, refuse
from certstore.pki.requests import RequestFacts, decode_request
from certstore.pki.sniff import FileContent, look_at

_WITH_KEY = frozenset(
    {
        Code.FILE_PRIVATE_KEY,
        Code.FILE_ENCRYPTED_PRIVATE_KEY,
        Code.FILE_OPENSSH_KEY,
        Code.FILE_CONTAINS_PRIVATE_KEY,
        Code.FILE_TOO_LARGE,
    }
)


def typed_fields(request: HttpRequest, place: Place) -> Typed:
    """What was typed; a field that was not sent, such as one that another role has, is as on a new page.

    One character more than a field takes is kept of each, so that what is too long is seen to be.
    """
    sent = defaults_for(place).as_texts()
    for name in fields_for(place.role):
        sent[name] = request.POST.get(name, sent[name])[: LONGEST_NAMES + 1].replace("\r\n", "\n")
    return Typed(**sent)


def given_back(typed: Typed) -> Typed:
    """What the page shows again of what was typed: no field that holds a private key."""
    texts = typed.as_texts()
    return Typed(**{name: "" if holds_a_key(text) else text for name, text in texts.items()})


@dataclass(frozen=True, slots=True)
class GivenRequest:
    """What came with the form: a request, or why there is none."""

    request: RequestFacts | None
    refusal: Finding | None = None
    file_name: str = ""


def given_request(request: HttpRequest) -> GivenRequest:
    """The request of the fields `request` (a file) and `pasted` (text); the file wins.

    In: a POST. Out: the request out of PEM or DER, or out of the text of "Show (decoded)". What has a private key in it
    is refused whole, and nothing of it is kept or shown again.
    """
    uploaded = request.FILES.get("request")
    name = (uploaded.name or "") if uploaded is not None else ""
    if uploaded is not None and (uploaded.size or 0) > MAX_SERVER_CERTIFICATE:
        return GivenRequest(None, _refusal(too_large(MAX_SERVER_CERTIFICATE)), name)
    data = (
        uploaded.read() if uploaded is not None else request.POST.get("pasted", "").encode("utf-8", "replace")
    )
    content = too_large(MAX_SERVER_CERTIFICATE) if len(data) > MAX_SERVER_CERTIFICATE else look_at(data)
    if content.code in _WITH_KEY or content.private_keys:
        return GivenRequest(None, _refusal(content), name)
    found = _decoded(content) or request_in_text(data[: MOST_CHARACTERS + 1].decode("utf-8", "replace"))
    return GivenRequest(found, None if found else refuse(Code.CSR_NO_REQUEST), name)


def _refusal(content: FileContent) -> Finding:
    return refuse(content.code or Code.FILE_CONTAINS_PRIVATE_KEY, **dict(content.facts))


def _decoded(content: FileContent) -> RequestFacts | None:
    """The first request of a file that can be read."""
    for der in content.requests[:1]:
        try:
            return decode_request(der)
        except Undecodable:
            return None
    return None
