"""The buttons of the page of Jabber: whom the computer trusts, and how the client is set."""

from collections.abc import Collection

from certstore.actions import trust_lists
from certstore.actions.attempts import TriedFile
from certstore.actions.writing import keep_point, lab_write, log_event
from certstore.models import Event, Node, StoreName
from certstore.pki.facts import CertificateFacts
from certstore.pki.settings import ClientSettings
from certstore.pki.trust_upload import TrustJudgement
from certstore.reading.settings import changed, client_settings


def upload(node: Node, tried: TriedFile) -> TrustJudgement:
    """Put the certificates of a file into the computer's list of trusted CAs; they count at once."""
    return trust_lists.upload(node, StoreName.CLIENT_OS, tried, "jabber.uploaded")


def delete(node: Node, entry_ids: Collection[int]) -> Event:
    """Delete ticked rows of the computer's list. Out: the event."""
    return trust_lists.delete(node, (StoreName.CLIENT_OS,), entry_ids, "jabber.deleted")


def trust_root(node: Node, root: CertificateFacts) -> bool:
    """Trust the root of an Expressway-E's chain. Out: False when the computer does already."""
    return trust_lists.trust(node, StoreName.CLIENT_OS, root, "jabber.trusted")


def set_settings(node: Node, settings: ClientSettings) -> None:
    """Set the domain the person signs in with, and what the client does; nothing is written where it is so."""
    with lab_write(node.lab_id) as lab:
        fresh = Node.objects.get(pk=node.pk)
        if client_settings(fresh) == settings:
            return
        keep_point(lab, "jabber.settings")
        fresh.settings = changed(settings, ClientSettings(domain=fresh.domain))
        fresh.save(update_fields=["settings"])
        log_event(lab, fresh, "jabber.settings", {"domain": settings.domain}, lab.now())
