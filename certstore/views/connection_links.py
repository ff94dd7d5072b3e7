"""From a connection to the page that explains it."""

from collections.abc import Iterable
from typing import Any

from django.urls import NoReverseMatch, reverse

from certstore.models import Lab
from certstore.pki.connections import Health, Verdict
from certstore.reading.failing import failing_of
from certstore.reading.lab_state import LabView


def address_of(lab: Lab, verdict: Verdict) -> str:
    """Where a connection is explained; the lab's overview for one that leads to no server."""
    try:
        return reverse("connection", args=[lab.pk, verdict.kind.value, verdict.source, verdict.target])
    except NoReverseMatch:
        return reverse("lab", args=[lab.pk])


def told_of(lab: Lab, view: LabView, verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """What our column tells of some connections: the context of `components/_failing.html`.

    Out: `failing`, those that fail or warn with the address of their explanation; `well`, that of one that works.
    """
    known = tuple(verdicts)
    works = next((verdict for verdict in known if verdict.health is Health.WORKS), None)
    return {
        "failing": [(failing, address_of(lab, failing.verdict)) for failing in failing_of(view, known)],
        "well": address_of(lab, works) if works else "",
    }
