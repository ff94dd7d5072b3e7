"""The restart of a server: what was loaded is what callers see from then on, and its cluster's TLS mode acts."""

from certstore.actions.writing import lab_change, log_event
from certstore.models import Cluster, Event, Installation, Node

# "A restart takes approximately 3 minutes" (Administrator Guide, Maintenance).
RESTART_SECONDS = 180


def restart(node: Node) -> Event:
    """Restart a server: the loaded certificate runs, its lab's clock goes on by three minutes.

    Out: the event.
    """
    with lab_change(node.lab_id, "restart.done") as lab:
        started = lab.now()
        lab.clock_offset_s += RESTART_SECONDS
        lab.save(update_fields=["clock_offset_s"])
        rows = Installation.objects.filter(slot__node=node)
        waiting = list(rows.filter(is_installed=True, is_running=False))
        for installation in waiting:
            rows.filter(slot_id=installation.slot_id, is_running=True).update(is_running=False)
            rows.filter(pk=installation.pk).update(is_running=True)
        mode = Cluster.objects.filter(peers=node).values_list("tls_mode", flat=True).first()
        Node.objects.filter(pk=node.pk).update(restarted_at_lab=lab.now(), running_tls_mode=mode or "")
        return log_event(lab, node, "restart.done", {"loaded": len(waiting)}, started)
