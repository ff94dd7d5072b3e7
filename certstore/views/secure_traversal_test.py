"""Maintenance > Security > Secure traversal test, on Expressway-C. It asks, and changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from certstore.access import node_for
from certstore.forms.secure_traversal_test import Typed, typed_of
from certstore.models import Node
from certstore.pki.codes import Code
from certstore.pki.connections import Reason
from certstore.pki.names import visible
from certstore.pki.peer_names import names_that_count
from certstore.pki.secure_traversal_test import TestResult, try_traversal
from certstore.reading.lab_state import LabView, lab_view
from certstore.reading.zones_status import server_of_view
from certstore.views.appliance import Bar
from certstore.views.appliance_page import appliance_page
from certstore.wording import explained

NAMES_SHOWN = 8
_PAGE = "secure_traversal_test"


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the result: its name, what fills it, the class of its sign, what to do."""

    key: str
    facts: dict[str, str]
    sign: str
    cure: tuple[str, ...] = ()


@require_http_methods(["GET", "HEAD", "POST"])
def secure_traversal_test(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Both fields, the button, and below them what the test came to. The menu of an Expressway-E has no such page."""
    node = node_for(request, node_id)
    now = node.lab.now()
    view = lab_view(node.lab, now)
    context: dict[str, Any] = {"suggested": _suggested(view, node)}
    status = 200
    if request.method == "POST":
        typed = typed_of(request.POST)
        context |= {"typed": typed, **_answer(view, node, typed)}
        status = 422 if typed.wrong else 200
    return appliance_page(request, _PAGE, node, now, context, status=status, view=view)


def _answer(view: LabView, node: Node, typed: Typed) -> dict[str, Any]:
    """The bars of a refused form, else the result."""
    if typed.wrong:
        return {"bars": [Bar("bad", wrong.key, {"value": wrong.value}) for wrong in typed.wrong]}
    control = server_of_view(view, str(node.pk))
    if control is None:
        return {}
    result = try_traversal(view.topology, control, typed.server, typed.name)
    word = "good" if result.is_good else "failed"
    said = Bar("ok" if result.is_good else "bad", f"{_PAGE}.{word}", {"name": typed.server})
    return {"bars": [said], "result": list(_lines(view, node, typed, result))}


def _lines(view: LabView, node: Node, typed: Typed, result: TestResult) -> Iterator[Line]:
    """What the result rests on: the host that does not answer, or what each side refuses."""
    if result.edge is None:
        yield Line(f"{_PAGE}.cannot-be-reached", {"name": typed.server}, "bad", _cure(result.reasons))
        return
    for reason in result.reasons:
        key, facts = _refusal(view, node, typed, result, reason)
        yield Line(key, facts, "bad", _cure((reason,)))


def _refusal(
    view: LabView, node: Node, typed: Typed, result: TestResult, reason: Reason
) -> tuple[str, dict[str, str]]:
    """The sentence of one refusal: of a name it tells which there are, of the rest the reason."""
    cn_counts = view.topology.cn_counts
    named = {look.about: names_that_count(look.certificate, cn_counts) for look in result.verdict.looks}
    bears = visible(", ".join(named.get(reason.about, ())[:NAMES_SHOWN]) or "-", 400)
    if reason.finding.code is Code.ZONE_PEER_ADDRESS_NOT_IN_CERTIFICATE:
        return f"{_PAGE}.name-there", {"name": typed.server, "names": bears}
    if reason.finding.code is Code.ZONE_SUBJECT_NAME_NOT_IN_CERTIFICATE:
        return f"{_PAGE}.name-here", {"wanted": typed.name, "names": bears}
    why = explained(reason.finding.code, reason.finding.facts).on_screen.text.rstrip(".")
    side = "refused-here" if reason.by == str(node.pk) else "refused-there"
    return f"{_PAGE}.{side}", {"name": typed.server, "reason": why}


def _cure(reasons: tuple[Reason, ...]) -> tuple[str, ...]:
    return explained(reasons[0].finding.code, reasons[0].finding.facts).cure if reasons else ()


def _suggested(view: LabView, node: Node) -> dict[str, str]:
    """What the zone of the lab has in its fields, for our column."""
    control = server_of_view(view, str(node.pk))
    peers = control.zone.peers if control and control.zone else ()
    wanted = [edge.zone.verify_subject_name for edge in view.topology.edges if edge.zone]
    return {"server": next(iter(peers), ""), "name": next(iter(wanted), "")}
