"""Lists that are no Expressway's: those of Unified CM, and that of the computer that Jabber runs on."""

from collections.abc import Collection, Sequence

from certstore.actions.attempts import TriedFile
from certstore.actions.trusted_ca import add_to_list
from certstore.actions.writing import keep_point, lab_change, lab_write, log_event
from certstore.models import Event, Node, StoreName, TrustEntry, TrustStore
from certstore.pki.facts import CertificateFacts
from certstore.pki.trust_upload import TrustJudgement, judge_trust_upload
from certstore.pki.trusted_ca import decode_file
from certstore.reading.trust import state_of

AT_ONCE = 500


def upload(node: Node, name: StoreName, tried: TriedFile, code: str) -> TrustJudgement:
    """Put the certificates of a file at the end of a list: all of them, or none and a reason.

    In: the server, one of its lists, the file as the form read it, the code of the event. Out: the judgement. The
    file is decoded before the lab is locked. No attempt is kept: the answer is told at once.
    """
    decoded = decode_file(tried.content)
    with lab_write(node.lab_id) as lab:
        store = TrustStore.objects.get(node=node, name=name)
        judgement = judge_trust_upload(decoded, state_of(store))
        if judgement.refusal is None and judgement.new:
            keep_point(lab, code)
            add_to_list(lab, store, judgement.new, ())
            told = {"count": len(judgement.new), "list": name.value}
            log_event(lab, node, code, told, lab.now())
    return judgement


def trust(node: Node, name: StoreName, certificate: CertificateFacts, code: str) -> bool:
    """Put one certificate at the end of a list. Out: False when it is in it already."""
    with lab_write(node.lab_id) as lab:
        store = TrustStore.objects.get(node=node, name=name)
        if certificate.sha256 in state_of(store).sha256s:
            return False
        keep_point(lab, code)
        add_to_list(lab, store, [certificate], ())
        log_event(lab, node, code, {"name": certificate.subject, "list": name.value}, lab.now())
    return True


def delete(node: Node, names: Sequence[StoreName], entry_ids: Collection[int], code: str) -> Event:
    """Delete the ticked rows of some lists of a server; rows of other lists are not there. Out: the event."""
    with lab_change(node.lab_id, code) as lab:
        rows = TrustEntry.objects.filter(store__node=node, store__name__in=names)
        ticked = frozenset(
            entry_ids
        )  # compared here: a long list is past what some databases take as parameters
        wanted = [pk for pk in rows.values_list("pk", flat=True) if pk in ticked]
        for start in range(0, len(wanted), AT_ONCE):
            rows.filter(pk__in=wanted[start : start + AT_ONCE]).delete()
        return log_event(lab, node, code, {"count": len(wanted)}, lab.now())
