"""The buttons of the Server certificate page."""

from certstore.actions.attempts import TriedFile, record_upload
from certstore.actions.certificates import store_certificates, store_public_key
from certstore.actions.csr import use_up
from certstore.actions.writing import keep_point, lab_change, lab_write, log_event
from certstore.models import Attempt, Certificate, Event, Installation, Lab, Node, PublicKey, Slot, User
from certstore.pki.facts import CertificateFacts
from certstore.pki.keys import KeyFile, KeySource, public_half_of_certificate
from certstore.pki.moments import iso
from certstore.pki.server_certificate import judge_upload
from certstore.pki.server_keys import origin_of
from certstore.pki.server_upload import Judgement
from certstore.reading.servers import server_of


def upload(node: Node, tried: TriedFile, key_file: KeyFile | None, user: User) -> Attempt:
    """Upload server certificate data: judge, install when accepted, record the attempt.

    In: the server, the file as the form read it, the key file after the gate (never its bytes), who did it.
    Out: the attempt. All or nothing. While a request is pending its key is the one that counts: a key file is left
    unread, and the request is used up by the certificate that was made from it.
    """
    with lab_write(node.lab_id) as lab:
        now = lab.now()
        server = server_of(node, lab)
        offered = key_file if lab.takes_private_keys and server.pending is None else None
        judgement = judge_upload(tried.content, offered, server, now)
        if judgement.accepted and judgement.upload.certificate is not None:
            keep_point(lab, "server-certificate.accepted")
            _install_upload(lab, node, judgement, judgement.upload.certificate, iso(now))
        attempt = record_upload(lab, node, tried, user, judgement, now)
        code = "server-certificate.accepted" if judgement.accepted else "server-certificate.refused"
        log_event(lab, node, code, {"code": attempt.code}, now, attempt)
    return attempt


def _install_upload(
    lab: Lab, node: Node, judgement: Judgement, certificate: CertificateFacts, at: str
) -> None:
    """Put the accepted certificate into the slot, with the public half of its key and where that came from."""
    server, key_file = judgement.upload.server, judgement.upload.key_file
    held, pending = server.held, server.pending
    if pending is not None and pending.spki_sha256 == certificate.spki_sha256:
        origin = origin_of(pending)
        use_up(node, at)
    elif key_file is not None and key_file.public is not None:
        origin = KeySource.UPLOADED
    elif held is not None and held.spki_sha256 == certificate.spki_sha256:
        origin = held.origin
    else:
        origin = KeySource.UNKNOWN
    row = store_certificates(lab, [certificate])[0]
    key = store_public_key(lab, public_half_of_certificate(certificate.der))
    slot = Slot.objects.get(node=node, name="server")
    install(slot, row, key, origin, source="upload", at=at)


def install(
    slot: Slot, certificate: Certificate, key: PublicKey, origin: KeySource, *, source: str, at: str
) -> Installation:
    """Load a certificate into a slot; callers go on seeing the running one until the restart.

    In: rows of the lab that the caller has locked; `at` is lab time as ISO text. Out: the new installation.
    """
    slot.installations.filter(is_installed=True).update(is_installed=False)
    return Installation.objects.create(
        slot=slot, certificate=certificate, key=key, key_origin=origin.value, source=source, at_lab=at
    )


def reset_to_default(node: Node) -> Event:
    """Reset to default server certificate: the one its temporary CA issued, with its key. Out: the event."""
    with lab_change(node.lab_id, "server-certificate.reset") as lab:
        now = lab.now()
        slot = Slot.objects.get(node=node, name="server")
        fresh = Node.objects.select_related("factory_certificate", "factory_key").get(pk=node.pk)
        if fresh.factory_certificate is not None and fresh.factory_key is not None:
            certificate, key = fresh.factory_certificate, fresh.factory_key
            install(slot, certificate, key, KeySource.FACTORY, source="reset", at=iso(now))
        return log_event(lab, node, "server-certificate.reset", {}, now)
