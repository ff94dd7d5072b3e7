"""The buttons of the Client certificate page, and what the upgrade to a release with such a page does."""

from certstore.actions.attempts import TriedFile, record_upload
from certstore.actions.server_certificate import (
    copy_to_client,
    install_upload,
    keep_client_certificate,
    reset_slot,
)
from certstore.actions.writing import keep_point, lab_write, log_event
from certstore.models import Attempt, Event, Lab, Node, SlotName, User
from certstore.pki.client_certificate import judge_upload
from certstore.pki.keys import KeyFile
from certstore.pki.moments import iso
from certstore.reading.servers import client_server_of


def upload(node: Node, tried: TriedFile, key_file: KeyFile | None, user: User) -> Attempt:
    """Upload client certificate data: judge, install when accepted, record the attempt.

    In and out as `server_certificate.upload`; the request that counts is the one of this page. It is shown from the
    restart on, as a server certificate is: no document says otherwise.
    """
    with lab_write(node.lab_id) as lab:
        now, server = lab.now(), client_server_of(node, lab)
        offered = key_file if lab.takes_private_keys and server.pending is None else None
        judgement = judge_upload(tried.content, offered, server, now)
        if judgement.accepted and judgement.upload.certificate is not None:
            keep_point(lab, "client-certificate.accepted")
            keep_client_certificate(node, iso(now))
            install_upload(lab, node, judgement, judgement.upload.certificate, iso(now), SlotName.CLIENT)
        attempt = record_upload(lab, node, tried, user, judgement, now, "client-certificate")
        code = "client-certificate.accepted" if judgement.accepted else "client-certificate.refused"
        log_event(lab, node, code, {"code": attempt.code}, now, attempt)
    return attempt


def reset_to_default(node: Node) -> Event:
    """Reset to default: the certificate that the server came with, with its key. Out: the event."""
    return reset_slot(node, SlotName.CLIENT, "client-certificate.reset")


def copy_to_all_clients(lab: Lab) -> None:
    """The upgrade of a locked lab: every Expressway's running server certificate is its client certificate."""
    now = lab.now()
    for node in lab.expressways:
        copy_to_client(node, iso(now))
        log_event(lab, node, "client-certificate.copied", {}, now)
