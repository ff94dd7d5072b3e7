"""Where each step of a plan is done in the simulator."""

from collections.abc import Container, Mapping
from dataclasses import replace

from django.urls import reverse

from certstore.models import Lab
from certstore.pki.plan import Deed
from certstore.reading.plan_rows import PlanPage, StepRow

OF_AN_EXPRESSWAY: Mapping[Deed, str] = {
    Deed.TRUST: "trusted-ca",
    Deed.CLEAN: "trusted-ca",
    Deed.UPLOAD: "server-certificate",
    Deed.UPLOAD_CLIENT: "client-certificate",
    Deed.RESTART: "restart",
    Deed.PERMISSIVE: "clustering",
    Deed.ENFORCING: "clustering",
}
OF_UNIFIED_CM = (Deed.TOMCAT_TRUST, Deed.CALLMANAGER_TRUST, Deed.SERVICES)
OF_THE_LAB: Mapping[Deed, str] = {
    Deed.BACKUP: "lab-points",
    Deed.DNS: "lab-dns",
    Deed.CLIENTS: "jabber",
    Deed.CHECK: "lab-check-after",
}


def with_addresses(lab: Lab, page: PlanPage) -> PlanPage:
    """A plan with the address of the page on which each step is done; none for a server that is gone. One query."""
    there = {"", *(str(pk) for pk in lab.nodes.values_list("pk", flat=True))}
    groups = [
        replace(group, rows=tuple(_linked(lab, row, there) for row in group.rows)) for group in page.groups
    ]
    return replace(page, groups=tuple(groups))


def _linked(lab: Lab, row: StepRow, there: Container[str]) -> StepRow:
    step = row.step
    return replace(row, address=_address(lab, step.deed, step.server_id) if step.server_id in there else "")


def _address(lab: Lab, deed: Deed, server_id: str) -> str:
    if deed in OF_AN_EXPRESSWAY:
        return reverse(OF_AN_EXPRESSWAY[deed], args=[server_id])
    if deed in OF_UNIFIED_CM:
        return reverse("unified-cm", args=[lab.pk, server_id])
    return reverse(OF_THE_LAB[deed], args=[lab.pk]) if deed in OF_THE_LAB else ""
