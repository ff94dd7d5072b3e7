"""The buttons of CRL management: the server's revocation list file is a list of its own, named "crl"."""

from dataclasses import dataclass

from certstore.actions.attempts import TriedFile
from certstore.actions.trusted_ca import add_to_list
from certstore.actions.writing import keep_point, lab_write, log_event
from certstore.models import Event, Node, StoreName, TrustStore
from certstore.pki.crl_management import CrlJudgement, judge_crl_file
from certstore.pki.trusted_ca import decode_file


@dataclass(frozen=True, slots=True)
class CrlUploaded:
    """What an upload came to; no event where the file was refused."""

    judgement: CrlJudgement
    event: Event | None


def upload(node: Node, tried: TriedFile) -> CrlUploaded:
    """Upload CRL file: judge it, and put it in the place of the previous one.

    In: the server, the file as the form read it. It is decoded before the lab is locked.
    """
    decoded = decode_file(tried.content)
    with lab_write(node.lab_id) as lab:
        judgement = judge_crl_file(decoded, lab.now())
        if not judgement.accepted:
            return CrlUploaded(judgement, None)
        keep_point(lab, "crl.uploaded")
        store, _ = TrustStore.objects.get_or_create(node=node, name=StoreName.CRL)
        store.entries.all().delete()
        add_to_list(lab, store, (), decoded.crls)
        event = log_event(lab, node, "crl.uploaded", {"count": len(decoded.crls)}, lab.now())
    return CrlUploaded(judgement, event)


def remove(node: Node) -> Event | None:
    """Remove revocation list. Out: the event; None where there is none."""
    with lab_write(node.lab_id) as lab:
        stores = TrustStore.objects.filter(node=node, name=StoreName.CRL)
        if not stores.exists():
            return None
        keep_point(lab, "crl.removed")
        stores.delete()
        return log_event(lab, node, "crl.removed", {}, lab.now())
