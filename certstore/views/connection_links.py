"""From a connection to the page that explains it."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from certstore.models import Lab
from certstore.pki.connections import Health, Verdict
from certstore.reading.connection import NO_SERVER
from certstore.reading.failing import failing_of
from certstore.reading.lab_state import LabView


def address_at(lab: Lab, kind: str, source: str, target: str, number: int = 1) -> str:
    """Where a connection is explained.

    In: its lab, its kind, the ids of both ends ("" for a server that it does not reach), and which of those it is
    that have all three alike.
    """
    ends = [end or str(NO_SERVER) for end in (source, target)]
    address = reverse("connection", args=[lab.pk, kind, *ends])
    return f"{address}?{urlencode({'n': number})}" if number > 1 else address


def address_of(lab: Lab, verdict: Verdict, number: int = 1) -> str:
    """Where the connection of a verdict is explained."""
    return address_at(lab, verdict.kind.value, verdict.source, verdict.target, number)


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
