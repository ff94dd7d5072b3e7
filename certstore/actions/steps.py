"""The steps that can be tried before they are done: one entry of the table for each action."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from certstore.actions import (
    dns,
    labs,
    restart,
    server_certificate,
    server_settings,
    trusted_ca,
    unified_cm,
    zones,
)
from certstore.actions.attempts import TriedFile
from certstore.actions.zones import ZonePlan
from certstore.models import Attempt, Lab, Node, StoreName, User, Zone
from certstore.pki.keys import KeyFile
from certstore.reading.settings import expressway_settings
from certstore.wording import try_first as words
from certstore.wording.cucm import TAKER
from certstore.wording.trust_files import refusal


class StepKind(StrEnum):
    """What a step does; also a word of its address."""

    APPEND = "append"
    DELETE = "delete"
    RESET_LIST = "reset-list"
    UPLOAD = "upload"
    RESET_CERTIFICATE = "reset-certificate"
    RESTART = "restart"
    TIME = "time"
    RELEASE = "release"
    JUDGING = "judging"
    SWITCHES = "switches"
    ZONE = "zone"
    DNS = "dns"
    TUNNEL_ALGORITHMS = "tunnel-algorithms"
    REVOCATION = "revocation"
    SENDS = "sends"
    CUCM_UPLOAD = "cucm-upload"
    CUCM_DELETE = "cucm-delete"
    CUCM_SERVICES = "cucm-services"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to be tried: what, on which server, with which values, as a form checked them."""

    kind: StepKind
    node_id: UUID | None = None  # None for what is set for the whole lab
    values: Mapping[str, Any] = field(default_factory=dict)
    file: TriedFile | None = None
    key: KeyFile | None = None  # after the gate: its public half


@dataclass(frozen=True, slots=True)
class Trying:
    """A step with the rows it is about, read anew for it."""

    lab: Lab
    node: Node | None
    step: Step
    user: User


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an action was not taken, where no attempt tells it."""

    why: str


Answer = Attempt | Refused | None  # None: it was done
Do = Callable[[Trying], Answer]


def _append(trying: Trying) -> Attempt:
    node, file = _node(trying), _file(trying)
    return trusted_ca.append(node, file, trying.user)


def _upload(trying: Trying) -> Attempt:
    node, file = _node(trying), _file(trying)
    return server_certificate.upload(node, file, trying.step.key, trying.user)


def _delete(trying: Trying) -> None:
    trusted_ca.delete(_node(trying), trying.step.values["entries"])


def _reset_list(trying: Trying) -> None:
    trusted_ca.reset_to_default(_node(trying))


def _reset_certificate(trying: Trying) -> None:
    server_certificate.reset_to_default(_node(trying))


def _restart(trying: Trying) -> None:
    restart.restart(_node(trying))


def _time(trying: Trying) -> None:
    labs.set_lab_time(trying.lab.pk, trying.step.values["moment"])


def _release(trying: Trying) -> None:
    labs.set_release(trying.lab.pk, trying.step.values["release"])


def _judging(trying: Trying) -> None:
    labs.set_same_subject(trying.lab.pk, trying.step.values["same_subject"])
    labs.set_cn_counts(trying.lab.pk, trying.step.values["cn_counts"])


def _switches(trying: Trying) -> None:
    labs.set_switches(trying.lab.pk, trying.step.values["positions"])


def _zone(trying: Trying) -> Refused | None:
    """Change what was typed of the zone that is there; the rest of it, and its password, stay."""
    node, typed = _node(trying), trying.step.values
    zone = Zone.objects.filter(node=node).first()
    if zone is None:
        return Refused(words.NO_ZONE)
    is_client = node.kind == Node.Kind.EXPRESSWAY_C
    peers = tuple(peer.address for peer in zone.peers.all())
    plan = ZonePlan(
        name=zone.name,
        username=zone.username,
        password="",
        sip_port=typed["port"] or zone.sip_port,
        peers=(typed["peers"] or peers) if is_client else (),
        verify_subject_name="" if is_client else typed["subject_name"] or zone.verify_subject_name,
    )
    zones.save(node, plan)
    return None


def _dns(trying: Trying) -> Refused | None:
    try:
        dns.answer(trying.lab.pk, trying.step.values["question"], trying.step.values["values"])
    except dns.TooManyRecords:
        return Refused(words.TOO_MANY_RECORDS.format(limit=dns.MOST_RECORDS))
    return None


def _tunnel_algorithms(trying: Trying) -> None:
    server_settings.set_tunnel_algorithms(_node(trying), trying.step.values["names"])


def _revocation(trying: Trying) -> None:
    node = _node(trying)
    server_settings.set_revocation(node, replace(expressway_settings(node).revocation, **trying.step.values))


def _sends(trying: Trying) -> None:
    server_settings.set_sending(trying.lab.pk, {_node(trying).pk: trying.step.values["sends"]})


def _cucm_upload(trying: Trying) -> Refused | None:
    file = _file(trying)
    found = unified_cm.upload(_node(trying), StoreName(trying.step.values["store"]), file).refusal
    if found is None:
        return None
    has_key = file.content.private_keys > 0
    return Refused(refusal(found.code, file.content.kind, file.name, TAKER, found.facts, has_key=has_key))


def _cucm_delete(trying: Trying) -> None:
    unified_cm.delete(_node(trying), trying.step.values["entries"])


def _cucm_services(trying: Trying) -> None:
    unified_cm.restart_services(_node(trying))


def _node(trying: Trying) -> Node:
    """The server of a step that has one; a form sees to that."""
    if trying.node is None:
        raise ValueError(f"{trying.step.kind} is done on a server")
    return trying.node


def _file(trying: Trying) -> TriedFile:
    """The file of a step that has one; a form sees to that."""
    if trying.step.file is None:
        raise ValueError(f"{trying.step.kind} is done with a file")
    return trying.step.file


DO: dict[StepKind, Do] = {
    StepKind.APPEND: _append,
    StepKind.DELETE: _delete,
    StepKind.RESET_LIST: _reset_list,
    StepKind.UPLOAD: _upload,
    StepKind.RESET_CERTIFICATE: _reset_certificate,
    StepKind.RESTART: _restart,
    StepKind.TIME: _time,
    StepKind.RELEASE: _release,
    StepKind.JUDGING: _judging,
    StepKind.SWITCHES: _switches,
    StepKind.ZONE: _zone,
    StepKind.DNS: _dns,
    StepKind.TUNNEL_ALGORITHMS: _tunnel_algorithms,
    StepKind.REVOCATION: _revocation,
    StepKind.SENDS: _sends,
    StepKind.CUCM_UPLOAD: _cucm_upload,
    StepKind.CUCM_DELETE: _cucm_delete,
    StepKind.CUCM_SERVICES: _cucm_services,
}
# The steps during which their server is not to be reached.
RESTARTS = frozenset({StepKind.RESTART, StepKind.CUCM_SERVICES})
