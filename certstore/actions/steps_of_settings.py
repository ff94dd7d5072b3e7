"""The steps about what is set: for the whole lab, in its DNS, on a server."""

from dataclasses import replace
from uuid import UUID

from certstore.actions import dns, labs, points, server_settings
from certstore.actions.step_kinds import Do, Refused, StepKind, Trying
from certstore.pki.releases import Role, profile_for
from certstore.reading.settings import expressway_settings
from certstore.scenarios.expressway_pair import ServerPlan
from certstore.wording import try_first as words
from certstore.wording.servers_behave import ORIGIN_NOT_THERE


def _time(trying: Trying) -> None:
    labs.set_lab_time(trying.lab.pk, trying.step.values["moment"])


def _release(trying: Trying) -> None:
    labs.set_release(trying.lab.pk, trying.step.values["release"])


def _judging(trying: Trying) -> None:
    labs.set_same_subject(trying.lab.pk, trying.step.values["same_subject"])
    labs.set_cn_counts(trying.lab.pk, trying.step.values["cn_counts"])


def _switches(trying: Trying) -> None:
    labs.set_switches(trying.lab.pk, trying.step.values["positions"])


def _point_restore(trying: Trying) -> Refused | None:
    try:
        points.restore(trying.lab.pk, trying.step.values["number"])
    except points.PointGone:
        return Refused(words.POINT_GONE)
    return None


def _names(trying: Trying) -> Refused | None:
    """Of one server, `host` and `domain`; of several, `plans` by their ids."""
    values = trying.step.values
    plans: dict[UUID, ServerPlan] = dict(values.get("plans", {}))
    if trying.on is not None:
        role, address = Role(trying.node.kind), trying.node.address
        plans = {trying.node.pk: ServerPlan(role, values["host"], values["domain"], address)}
    named = [plans.get(node.pk, node) for node in trying.lab.nodes.all()]
    fqdns = [f"{one.host}.{one.domain}".casefold() for one in named]
    if len(set(fqdns)) < len(fqdns):
        return Refused(words.NAME_TAKEN)
    labs.name_servers(trying.lab.pk, plans)
    return None


def _dns(trying: Trying) -> Refused | None:
    try:
        dns.answer(trying.lab.pk, trying.step.values["question"], trying.step.values["values"])
    except dns.TooManyRecords:
        return Refused(words.TOO_MANY_RECORDS.format(limit=dns.MOST_RECORDS))
    return None


def _dns_right(trying: Trying) -> None:
    dns.set_right(trying.lab.pk, trying.step.values["question"])


def _tunnel_algorithms(trying: Trying) -> None:
    server_settings.set_tunnel_algorithms(trying.node, trying.step.values["names"])


def _tunnel_reset(trying: Trying) -> None:
    server_settings.reset_tunnel_algorithms(trying.node)


def _revocation(trying: Trying) -> None:
    now = expressway_settings(trying.node).revocation
    server_settings.set_revocation(trying.node, replace(now, **trying.step.values))


def _sends(trying: Trying) -> None:
    """Of one server, `sends`; of several, `servers` by their ids."""
    values = trying.step.values
    server_settings.set_sending(
        trying.lab.pk, {trying.node.pk: values["sends"]} if trying.on else values["servers"]
    )


def _origin(trying: Trying) -> Refused | None:
    """Of one Expressway-C, `is_on`; of several, `servers` by their ids."""
    release, values = profile_for(trying.lab.release).release, trying.step.values
    if not release.checks_cucm_certificates:
        return Refused(ORIGIN_NOT_THERE.format(release=release.name))
    server_settings.set_origin_checks(
        trying.lab.pk, {trying.node.pk: values["is_on"]} if trying.on else values["servers"]
    )
    return None


DO_SETTINGS: dict[StepKind, Do] = {
    StepKind.TIME: _time,
    StepKind.RELEASE: _release,
    StepKind.JUDGING: _judging,
    StepKind.SWITCHES: _switches,
    StepKind.POINT_RESTORE: _point_restore,
    StepKind.NAMES: _names,
    StepKind.DNS: _dns,
    StepKind.DNS_RIGHT: _dns_right,
    StepKind.TUNNEL_ALGORITHMS: _tunnel_algorithms,
    StepKind.TUNNEL_RESET: _tunnel_reset,
    StepKind.REVOCATION: _revocation,
    StepKind.SENDS: _sends,
    StepKind.ORIGIN: _origin,
}
