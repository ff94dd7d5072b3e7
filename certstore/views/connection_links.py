"""From a connection to the page that explains it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from certstore.models import Lab
from certstore.pki.connections import Health, Verdict
from certstore.reading.failing import failing_of
from certstore.reading.lab_state import LabView

NO_SERVER = UUID(int=0)  # stands in an address for the server that a connection does not reach


def address_of(lab: Lab, verdict: Verdict, number: int = 1) -> str:
    """Where a connection is explained.

    In: its lab, the verdict on it, and which of those it is that have kind and both ends alike.
    """
    ends = [verdict.source, verdict.target or str(NO_SERVER)]
    try:
        address = reverse("connection", args=[lab.pk, verdict.kind.value, *ends])
    except NoReverseMatch:
        return reverse("lab", args=[lab.pk])
    return f"{address}?n={number}" if number > 1 else address


def told_of(lab: Lab, view: LabView, verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """What our column tells of some connections: the context of `components/_failing.html`.

    Out: `failing`, those that fail or warn with the address of their explanation; `well`, that of one that works.
    """
    known = tuple(verdicts)
    works = next((verdict for verdict in known if verdict.health is Health.WORKS), None)
    return {
        "failing": [(one, address_of(lab, one.verdict, one.number)) for one in failing_of(view, known)],
        "well": address_of(lab, works) if works else "",
    }
