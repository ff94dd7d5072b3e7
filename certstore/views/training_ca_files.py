"""Downloads of the training CA: what it issued in every form, its own certificates, its revocation lists."""

from collections.abc import Callable
from uuid import UUID

from cryptography.hazmat.primitives.serialization import Encoding
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from certstore.access import issued_for, lab_for, node_for, training_ca_for
from certstore.actions.training_ca import practice_file as practice_bytes
from certstore.models import CaKey, Node
from certstore.pki.faults import BY_NAME, Fault
from certstore.pki.forge.deliveries import DELIVERIES
from certstore.pki.releases import Role
from certstore.pki.seal import NotOpened
from certstore.reading.training_ca import PRACTICE, cas_of, crl_of, made_of, practice_archive
from certstore.wording import training_ca as words

PRACTICE_FORM = "practice.zip"
TYPES = {
    ".pem": "application/x-pem-file",
    ".cer": "application/pkix-cert",
    ".p7b": "application/x-pkcs7-certificates",
    ".crl": "application/pkix-crl",
    ".zip": "application/zip",
}
CA_FORMS: dict[str, Callable[[CaKey], bytes]] = {
    "ca.pem": lambda row: made_of(row).pem,
    "ca.cer": lambda row: made_of(row).der,
    "revocation-list.pem": lambda row: crl_of(row, row.lab.now()).public_bytes(Encoding.PEM),
    "revocation-list.crl": lambda row: crl_of(row, row.lab.now()).public_bytes(Encoding.DER),
}


@require_safe
def issued_file(request: HttpRequest, lab_id: UUID, issued_id: int, form: str) -> HttpResponse:
    """A certificate that was issued, in one of the forms; of a practice file there is its zip alone."""
    issued = issued_for(request, lab_id, issued_id)
    if issued.fault:
        if form != PRACTICE_FORM:
            raise Http404
        try:
            return _download(form, practice_archive(issued, issued.lab.now()))
        except NotOpened:
            return _lost()
    if form not in DELIVERIES:
        raise Http404
    return _download(form, DELIVERIES[form](made_of(issued), cas_of(issued)))


@require_safe
def ca_file(request: HttpRequest, lab_id: UUID, ca_id: int, form: str) -> HttpResponse:
    """A training CA, or its revocation list as of now. Those of a practice file come in its zip alone."""
    row = training_ca_for(request, lab_id, ca_id)
    if form not in CA_FORMS or row.name.startswith(PRACTICE):
        raise Http404
    try:
        return _download(form, CA_FORMS[form](row))
    except NotOpened:
        return _lost()


@require_safe
def practice_file(request: HttpRequest, lab_id: UUID, node_id: UUID, fault: str) -> HttpResponse:
    """A practice file with a private key of its own: made anew for each download, kept nowhere."""
    lab, node = lab_for(request, lab_id), node_for(request, node_id)
    chosen = BY_NAME.get(fault)
    if node.lab_id != lab.pk or chosen is None or not _is_offered(chosen, node):
        raise Http404
    content = practice_bytes(node, chosen)
    return redirect("training-ca", lab_id=lab.pk) if content is None else _download(PRACTICE_FORM, content)


def _is_offered(fault: Fault, node: Node) -> bool:
    return fault.has_private_key and Role(node.kind) in fault.roles


def _download(name: str, content: bytes) -> HttpResponse:
    ending = "." + name.rpartition(".")[2]
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=TYPES[ending], headers=headers)


def _lost() -> HttpResponse:
    return HttpResponse(words.LOST, status=409, content_type="text/plain; charset=utf-8")
