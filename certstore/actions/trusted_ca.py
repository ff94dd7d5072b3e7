"""The buttons of the Trusted CA certificate page."""

from collections.abc import Collection, Sequence
from datetime import datetime

from certstore.actions.attempts import TriedFile, record_append
from certstore.actions.certificates import store_certificates, store_crls
from certstore.actions.observing import leaves_all_as_it_is
from certstore.actions.writing import keep_point, lab_change, lab_write, log_event
from certstore.models import Attempt, Event, Lab, Node, TrustEntry, TrustStore, User
from certstore.pki.facts import CertificateFacts, CrlFacts
from certstore.pki.releases import SameSubject, profile_for
from certstore.pki.trusted_ca import AppendJudgement, decode_file, judge_append
from certstore.reading.trust import state_of
from certstore.scenarios.defaults import fill_with_defaults


def append(node: Node, tried: TriedFile, user: User) -> Attempt:
    """Append CA certificate: judge the file, add what is new, record the attempt.

    In: the server, the file as the form read it, who did it. Out: the attempt. All or nothing. The file is
    decoded before the lab is locked: a thousand certificates take longer than the write.
    """
    decoded = decode_file(tried.content)
    with lab_write(node.lab_id) as lab:
        now = lab.now()
        store = TrustStore.objects.get(node=node, name="ca")
        release, rule = profile_for(lab.release).release, SameSubject(lab.same_subject)
        judgement = judge_append(decoded, state_of(store), release, rule, now)
        if judgement.accepted:
            keep_point(lab, "trusted-ca.appended")
            new = judgement.append.new
            lab.is_left_as_it_is = not judgement.append.new_crls and leaves_all_as_it_is(lab, new, now)
            add_to_list(lab, store, judgement.append.new, judgement.append.new_crls)
        attempt = record_append(lab, node, tried, user, judgement, now)
        _log_append(lab, node, judgement, attempt, now)
    return attempt


def add_to_list(
    lab: Lab, store: TrustStore, certificates: Sequence[CertificateFacts], crls: Sequence[CrlFacts]
) -> None:
    """Put certificates, then CRLs, at the end of a list of a locked lab; none of them is in it."""
    position = store.next_position
    entries = []
    for offset, row in enumerate(store_certificates(lab, certificates)):
        entries.append(
            TrustEntry(
                store=store, position=position + offset, certificate=row, subject_hash=row.subject_hash
            )
        )
    position += len(entries)
    for offset, crl in enumerate(store_crls(lab, crls)):
        entries.append(
            TrustEntry(store=store, position=position + offset, crl=crl, subject_hash=crl.issuer_hash)
        )
    TrustEntry.objects.bulk_create(entries, batch_size=500)
    store.next_position += len(entries)
    store.save(update_fields=["next_position"])


def _log_append(lab: Lab, node: Node, judgement: AppendJudgement, attempt: Attempt, at: datetime) -> None:
    """What the history says about it."""
    if not judgement.accepted:
        log_event(lab, node, "trusted-ca.refused", {"code": attempt.code}, at, attempt)
        return
    added = len(judgement.append.new) + len(judgement.append.new_crls)
    log_event(lab, node, "trusted-ca.appended", {"count": added}, at, attempt)


def delete(node: Node, entry_ids: Collection[int]) -> Event:
    """Delete the selected rows of a server's list; those of another list are not there. Out: the event."""
    with lab_change(node.lab_id, "trusted-ca.deleted") as lab:
        rows = TrustEntry.objects.filter(store__node=node, store__name="ca")
        # Compared here, not in SQL: a list of 1 000 is past what some databases take as parameters.
        ticked = frozenset(entry_ids)
        wanted = [pk for pk in rows.values_list("pk", flat=True) if pk in ticked]
        for start in range(0, len(wanted), 500):
            rows.filter(pk__in=wanted[start : start + 500]).delete()
        return log_event(lab, node, "trusted-ca.deleted", {"count": len(wanted)}, lab.now())


def reset_to_default(node: Node) -> Event:
    """Reset to default CA certificate: the list holds what a new server's list holds. Out: the event."""
    with lab_change(node.lab_id, "trusted-ca.reset") as lab:
        store = TrustStore.objects.get(node=node, name="ca")
        store.entries.all().delete()
        fill_with_defaults(lab, node, store)
        return log_event(lab, node, "trusted-ca.reset", {}, lab.now())
