"""The buttons of the Server certificate page."""

from certstore.actions.attempts import TriedFile, record_upload
from certstore.actions.certificates import store_certificates, store_public_key
from certstore.actions.csr import use_up
from certstore.actions.writing import keep_point, lab_change, lab_write, log_event
from certstore.models import (
    Attempt,
    Certificate,
    Event,
    Installation,
    Lab,
    Node,
    PublicKey,
    Slot,
    SlotName,
    User,
)
from certstore.pki.client_certificate import judge_for_both
from certstore.pki.facts import CertificateFacts
from certstore.pki.keys import KeyFile, KeySource, public_half_of_certificate
from certstore.pki.moments import iso
from certstore.pki.releases import profile_for
from certstore.pki.server_certificate import judge_upload
from certstore.pki.server_keys import origin_of
from certstore.pki.server_upload import Judgement
from certstore.reading.servers import server_of


def upload(
    node: Node, tried: TriedFile, key_file: KeyFile | None, user: User, *, is_for_both: bool = False
) -> Attempt:
    """Upload server certificate data: judge, install when accepted, record the attempt.

    In: the server, the file as the form read it, the key file after the gate (never its bytes), who did it.
    Out: the attempt. All or nothing. While a request is pending its key is the one that counts: a key file is left
    unread, and the request is used up by the certificate that was made from it.

    `is_for_both`: where the release has a client certificate, it becomes that as well, and is refused where it is not
    fit for it.
    """
    with lab_write(node.lab_id) as lab:
        now = lab.now()
        server = server_of(node, lab)
        offered = key_file if lab.takes_private_keys and server.pending is None else None
        is_for_both = is_for_both and server.release.has_client_store
        judge = judge_for_both if is_for_both else judge_upload
        judgement = judge(tried.content, offered, server, now)
        if judgement.accepted and judgement.upload.certificate is not None:
            keep_point(lab, "server-certificate.accepted")
            if server.release.has_client_store:
                keep_client_certificate(node, iso(now))
            for slot in (SlotName.SERVER, SlotName.CLIENT) if is_for_both else (SlotName.SERVER,):
                install_upload(lab, node, judgement, judgement.upload.certificate, iso(now), slot)
        attempt = record_upload(lab, node, tried, user, judgement, now)
        code = "server-certificate.accepted" if judgement.accepted else "server-certificate.refused"
        log_event(lab, node, code, {"code": attempt.code}, now, attempt)
    return attempt


def install_upload(
    lab: Lab, node: Node, judgement: Judgement, certificate: CertificateFacts, at: str, slot: SlotName
) -> None:
    """Put the accepted certificate into a slot, with the public half of its key and where that came from."""
    server, key_file = judgement.upload.server, judgement.upload.key_file
    held, pending = server.held, server.pending
    if pending is not None and pending.spki_sha256 == certificate.spki_sha256:
        origin = origin_of(pending)
        use_up(node, SlotName.CLIENT if pending.is_for_client else SlotName.SERVER, at)
    elif key_file is not None and key_file.public is not None:
        origin = KeySource.UPLOADED
    elif held is not None and held.spki_sha256 == certificate.spki_sha256:
        origin = held.origin
    else:
        origin = KeySource.UNKNOWN
    row = store_certificates(lab, [certificate])[0]
    key = store_public_key(lab, public_half_of_certificate(certificate.der))
    place, _ = Slot.objects.get_or_create(node=node, name=slot)
    install(place, row, key, origin, source="upload", at=at)


def keep_client_certificate(node: Node, at: str) -> None:
    """Where nobody gave a server a client certificate yet: it is the one that the server shows now.

    Called, where the release has a client certificate, before another certificate comes in, inside `lab_write`.
    """
    in_client_slot = Installation.objects.filter(
        slot__node=node, slot__name=SlotName.CLIENT, is_installed=True
    )
    if not in_client_slot.exists():
        copy_to_client(node, at)


def copy_to_client(node: Node, at: str) -> None:
    """The running server certificate is the client certificate from now on, loaded and running.

    Source: Administrator Guide X15.5, Managing Security: the upgrade copies certificate and key.
    """
    running = Installation.objects.filter(
        slot__node=node, slot__name=SlotName.SERVER, is_running=True
    ).first()
    if running is None:  # a server that came without one
        return
    slot, _ = Slot.objects.get_or_create(node=node, name=SlotName.CLIENT)
    slot.installations.update(is_installed=False, is_running=False)
    Installation.objects.create(
        slot=slot,
        certificate=running.certificate,
        key=running.key,
        key_origin=running.key_origin,
        source="copied",
        at_lab=at,
        is_running=True,
    )


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
    return reset_slot(node, SlotName.SERVER, "server-certificate.reset")


def reset_slot(node: Node, name: SlotName, code: str) -> Event:
    """Load a server's default certificate into one of its slots; `code` is the event's. Out: the event."""
    with lab_change(node.lab_id, code) as lab:
        now = lab.now()
        if name is SlotName.CLIENT or profile_for(lab.release).release.has_client_store:
            keep_client_certificate(node, iso(now))
        slot, _ = Slot.objects.get_or_create(node=node, name=name)
        fresh = Node.objects.select_related("factory_certificate", "factory_key").get(pk=node.pk)
        if fresh.factory_certificate is not None and fresh.factory_key is not None:
            certificate, key = fresh.factory_certificate, fresh.factory_key
            install(slot, certificate, key, KeySource.FACTORY, source="reset", at=iso(now))
        return log_event(lab, node, code, {}, now)
