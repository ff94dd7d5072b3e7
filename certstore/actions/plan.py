"""Plans of a renewal: made by trying their steps, kept with their files, ticked, deleted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from certstore.actions.attempts import TriedFile
from certstore.actions.plan_ways import Way, try_way
from certstore.actions.try_first import TriedStep
from certstore.actions.writing import lab_write, log_event
from certstore.models import Lab, Node, Plan, PlanFile, PlanTick, User
from certstore.pki.facts import CertificateFacts
from certstore.pki.moments import iso
from certstore.pki.names import visible
from certstore.pki.plan import Planned, Renewal, Wanted, becomes_client, chain_above, every_ca, old_cas
from certstore.pki.topology import Topology
from certstore.pki.trust import ListInMemory
from certstore.reading.attempts import refused_in_short
from certstore.reading.lab_state import LabView
from certstore.reading.plan import held_of
from certstore.reading.plan_document import PlanDocument, PlanStep, written
from certstore.reading.topology import topology_of
from certstore.reading.trial import difference, restarting, troubles

MOST_PLANS = 10


class TooManyPlans(Exception):
    """The lab has as many plans as a lab can have."""


class NothingToPlan(Exception):
    """No new certificate is for a server of the lab."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a plan is made of."""

    certificates: tuple[tuple[UUID, CertificateFacts], ...]  # the new ones, each with its Expressway
    cas: tuple[CertificateFacts, ...]  # that came with them
    client_certificates: tuple[tuple[UUID, CertificateFacts], ...] = ()  # where the release has them
    keeps_enforcing: bool = False


def make(lab: Lab, draft: Draft, user: User) -> Plan:
    """Make a plan: find the order, try it, and the other order of the sides where this one has trouble; keep it.

    In: the lab that `access` allowed, the draft, who plans. Out: the plan with its files. Nothing else in the lab
    changes. Raises NothingToPlan, TooManyPlans, and what trying raises.
    """
    if lab.plans.count() >= MOST_PLANS:
        raise TooManyPlans
    topology = topology_of(lab, lab.now())
    renewals = tuple(_renewals(topology, draft))
    if not renewals:
        raise NothingToPlan
    both = len({one.server.role for one in renewals}) > 1
    concerned = (*every_ca(renewals), *old_cas(topology, [one.server.id for one in renewals]))
    held = held_of(lab, (facts.sha256 for facts in concerned))
    wanted = Wanted(topology, renewals, held, draft.keeps_enforcing)
    best, other = try_way(lab, wanted, user), None
    if both and not best.is_clean:
        other = try_way(lab, replace(wanted, edge_first=False), user)
        best = min(best, other, key=lambda way: way.cost)  # of equal ones the first
    return _keep(lab, best, user, both_orders=other is not None)


def _renewals(topology: Topology, draft: Draft) -> Iterator[Renewal]:
    """The new certificates with their chains: out of what came with them, then out of the lists of the servers."""
    servers = {one.id: one for one in (*topology.edges, *topology.controls)}
    given = ListInMemory(draft.cas)
    with_own = {node_id for node_id, _ in draft.client_certificates}
    for node_id, certificate, is_client in (
        *((*pair, False) for pair in draft.certificates),
        *((*pair, True) for pair in draft.client_certificates),
    ):
        server = servers.get(str(node_id))
        if server is None:
            continue
        others = [one.trust for one in servers.values() if one.id != server.id]
        chain = chain_above(certificate, [given, server.trust, *others], topology)
        both = node_id not in with_own and becomes_client(topology.release, server, certificate)
        yield Renewal(server, certificate, chain, both, is_client)


def _keep(lab: Lab, way: Way, user: User, *, both_orders: bool) -> Plan:
    """Write the plan and its files."""
    document = _document(lab, way, both_orders=both_orders)
    with lab_write(lab.pk) as locked:
        newest = locked.plans.first()
        plan = Plan.objects.create(
            lab=locked,
            number=newest.number + 1 if newest else 1,
            made_by=user,
            at_lab=iso(locked.now()),
            document=written(document),
        )
        PlanFile.objects.bulk_create(
            PlanFile(plan=plan, step=number, name=file.name, content=content)
            for number, (file, content) in enumerate(zip(way.files, way.contents, strict=True))
            if file is not None
        )
        log_event(locked, None, "plan.made", {"number": plan.number, "steps": len(way.planned)}, locked.now())
    return plan


def _document(lab: Lab, way: Way, *, both_orders: bool) -> PlanDocument:
    """What was tried, in words."""
    nodes = {str(node.pk): node for node in lab.nodes.all()}
    steps, before, at = [], way.start, way.at
    for planned, file, found in zip(way.planned, way.files, way.tried, strict=True):
        step = _step(planned, file, nodes.get(planned.server_id))
        if found is not None:
            minutes = round((found.at - at).total_seconds() / 60)
            step = replace(step, minutes=minutes, **_outcome(found, before))
            before, at = found.after, found.at
        steps.append(step)
    return PlanDocument(
        steps=tuple(steps),
        start=troubles(way.start, tells_why=True),
        sign_ins=tuple((one.kind.value, one.source, one.target) for one in way.start.state.sign_ins),
        keeps_enforcing=way.wanted.keeps_enforcing,
        edge_first=way.wanted.edge_first,
        both_orders=both_orders,
        incomplete=tuple(visible(one.server.host) for one in way.wanted.renewals if not one.is_whole),
    )


def _step(planned: Planned, file: TriedFile | None, node: Node | None) -> PlanStep:
    """One step before it was tried."""
    asked = planned.question
    return PlanStep(
        deed=planned.deed,
        server_id=planned.server_id,
        host=visible(node.host) if node else "",
        kind=node.kind if node else "",
        certificates=tuple((facts.sha256, visible(facts.subject)) for facts in planned.certificates),
        file=file.name if file else "",
        question=f"{asked.type.value} {asked.name}" if asked else "",
        answers=planned.answers,
        as_client=planned.as_client,
    )


def _outcome(found: TriedStep, before: LabView) -> dict[str, Any]:
    """What a step came to, in words."""
    differs = difference(before, found.after, tells_why=True)
    refused = found.explanation if not found.accepted else None
    return {
        "is_tried": True,
        "accepted": found.accepted,
        "said": refused_in_short(refused) if refused else found.said,
        "during": restarting(found.during, before),
        "down": differs.down,
        "up": differs.up,
        "other": differs.other,
        "raised": differs.raised,
        "lowered": differs.lowered,
        "troubles": troubles(found.after, tells_why=True),
    }


def tick(plan: Plan, step: int, user: User, *, is_done: bool) -> bool:
    """Tick a step as done, or take the tick back. Out: False where the plan has no such step.

    It is a note of people and changes nothing in the lab, so its version stays; two ticks at once both count.
    """
    if not 0 <= step < len(plan.document["steps"]):
        return False
    if is_done:
        PlanTick.objects.get_or_create(plan=plan, step=step, defaults={"by": user.get_username()})
    else:
        plan.ticks.filter(step=step).delete()
    return True


def delete(plan: Plan) -> None:
    """Delete a plan with its files and ticks."""
    with lab_write(plan.lab_id) as lab:
        number = plan.number
        lab.plans.filter(pk=plan.pk).delete()
        log_event(lab, None, "plan.deleted", {"number": number}, lab.now())
