"""A certificate that is pasted or chosen on a page of ours, looked at and never kept."""

from dataclasses import dataclass

from django.http import HttpRequest

from certstore.actions.attempts import TriedFile
from certstore.forms.private_keys import holds_a_key
from certstore.forms.uploads import MAX_SERVER_CERTIFICATE, too_large, tried_file
from certstore.pki.codes import Code
from certstore.pki.facts import CertificateFacts
from certstore.pki.releases_compared import server_certificate_among
from certstore.pki.sniff import FileContent, look_at
from certstore.wording import explained

_WITH_KEY = frozenset(
    {
        Code.FILE_PRIVATE_KEY,
        Code.FILE_ENCRYPTED_PRIVATE_KEY,
        Code.FILE_OPENSSH_KEY,
        Code.FILE_CONTAINS_PRIVATE_KEY,
    }
)


@dataclass(frozen=True, slots=True)
class GivenCertificate:
    """What came with a form: a certificate, or why there is none; what the file is, where that needs a word."""

    certificate: CertificateFacts | None
    refusal: str = ""  # a sentence: nothing can be judged
    advice: tuple[str, ...] = ()
    remark: str = ""  # a sentence: it is judged, but a server would not take the file as it is
    text: str = ""  # what was pasted, for the form that is shown again; "" when a private key is in it


def given_certificate(request: HttpRequest) -> GivenCertificate | None:
    """The certificate of the fields `certificate` (a file) and `pasted` (text); the file wins.

    In: a POST. Out: None where both are empty. A file with a private key in it is refused whole and comes
    back with nothing of it.
    """
    pasted = request.POST.get("pasted", "")
    if "certificate" in request.FILES:
        return _given(tried_file(request, "certificate", MAX_SERVER_CERTIFICATE), "")
    if not pasted.strip():
        return None
    data = pasted.encode("utf-8", "surrogatepass")
    fits = len(data) <= MAX_SERVER_CERTIFICATE
    content = look_at(data) if fits else too_large(MAX_SERVER_CERTIFICATE)
    return _given(TriedFile("The text", len(data), "", content), pasted if fits else "")


def _given(tried: TriedFile, text: str) -> GivenCertificate:
    content = tried.content
    facts = {"file": tried.name or "The file", **dict(content.facts)}
    told = explained(content.code, facts) if content.code else None
    certificate = server_certificate_among(content)
    if holds_a_key(text):  # whatever else it is: nothing of a key goes back into the page
        text = ""
    if told and (content.code in _WITH_KEY or content.private_keys or certificate is None):
        return GivenCertificate(None, told.cause, told.cure, text=text)
    if certificate is None:
        unreadable = explained(Code.FILE_UNREADABLE_CERTIFICATE, facts)
        return GivenCertificate(None, unreadable.cause, unreadable.cure, text=text)
    return GivenCertificate(certificate, remark=_remark(content, facts), text=text)


def _remark(content: FileContent, facts: dict[str, str | int]) -> str:
    """What a server would say to the file as it is."""
    if content.code is not None:
        return explained(content.code, facts).cause
    count = len(content.certificates)
    return explained(Code.CHAIN_FILE, {**facts, "certificates": count}).cause if count > 1 else ""
