"""The steps about certificates, lists of CAs and revocation lists of an Expressway."""

from certstore.actions import (
    acme,
    client_certificate,
    crl_management,
    csr,
    restart,
    server_certificate,
    trusted_ca,
)
from certstore.actions.step_kinds import Do, Refused, StepKind, Trying
from certstore.models import Attempt, SlotName
from certstore.pki.releases import profile_for
from certstore.wording import explained, sentence
from certstore.wording import try_first as words


def _append(trying: Trying) -> Attempt:
    return trusted_ca.append(trying.node, trying.file, trying.user)


def _delete(trying: Trying) -> None:
    trusted_ca.delete(trying.node, trying.step.values["entries"])


def _reset_list(trying: Trying) -> None:
    trusted_ca.reset_to_default(trying.node)


def _upload(trying: Trying) -> Attempt | Refused:
    """With the check box that copies it, where the release has that: `copy` among the values."""
    copies = bool(trying.step.values.get("copy"))
    if copies and not _has_client_certificate(trying):
        return Refused(words.NO_CLIENT_CERTIFICATE)
    return server_certificate.upload(
        trying.node, trying.file, trying.step.key, trying.user, is_for_both=copies
    )


def _reset_certificate(trying: Trying) -> None:
    server_certificate.reset_to_default(trying.node)


def _client_upload(trying: Trying) -> Attempt | Refused:
    if not _has_client_certificate(trying):
        return Refused(words.NO_CLIENT_CERTIFICATE)
    return client_certificate.upload(trying.node, trying.file, trying.step.key, trying.user)


def _client_reset(trying: Trying) -> Refused | None:
    if not _has_client_certificate(trying):
        return Refused(words.NO_CLIENT_CERTIFICATE)
    client_certificate.reset_to_default(trying.node)
    return None


def _has_client_certificate(trying: Trying) -> bool:
    """Whether the release has a certificate for connections that an Expressway makes; a step before may set it."""
    return profile_for(trying.lab.release).release.has_client_store


def _crl_upload(trying: Trying) -> Refused | None:
    refusal = crl_management.upload(trying.node, trying.file).judgement.headline
    if refusal is None:
        return None
    named = {"file": trying.file.name or words.THE_FILE, **refusal.facts}
    return Refused(explained(refusal.code, named).on_screen.text)


def _crl_remove(trying: Trying) -> Refused | None:
    event = crl_management.remove(trying.node)
    return None if event else Refused(sentence("crl_management.nothing-there").text)


def _acme(trying: Trying) -> Refused | None:
    """A key is made for it as for the real event: which one it is changes no verdict."""
    if not acme.is_offered(trying.node, trying.lab):
        return Refused(words.NO_ACME)
    try:
        acme.renew(trying.node)
    except acme.NotRenewed as refusal:
        return Refused(sentence(refusal.why).text)
    return None


def _csr_discard(trying: Trying) -> Refused | None:
    return _discard(trying, SlotName.SERVER)


def _client_csr_discard(trying: Trying) -> Refused | None:
    if not _has_client_certificate(trying):
        return Refused(words.NO_CLIENT_CERTIFICATE)
    return _discard(trying, SlotName.CLIENT)


def _discard(trying: Trying, slot: SlotName) -> Refused | None:
    return None if csr.discard(trying.node, slot) else Refused(sentence("csr.nothing-pending").text)


def _restart(trying: Trying) -> None:
    restart.restart(trying.node)


DO_CERTIFICATES: dict[StepKind, Do] = {
    StepKind.APPEND: _append,
    StepKind.DELETE: _delete,
    StepKind.RESET_LIST: _reset_list,
    StepKind.UPLOAD: _upload,
    StepKind.RESET_CERTIFICATE: _reset_certificate,
    StepKind.CLIENT_UPLOAD: _client_upload,
    StepKind.CLIENT_RESET: _client_reset,
    StepKind.CRL_UPLOAD: _crl_upload,
    StepKind.CRL_REMOVE: _crl_remove,
    StepKind.ACME: _acme,
    StepKind.CSR_DISCARD: _csr_discard,
    StepKind.CLIENT_CSR_DISCARD: _client_csr_discard,
    StepKind.RESTART: _restart,
}
