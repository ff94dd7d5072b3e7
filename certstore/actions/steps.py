"""The steps that can be tried before they are done: one entry of the table for each action."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from certstore.actions import labs, restart, server_certificate, trusted_ca
from certstore.actions.attempts import TriedFile
from certstore.models import Attempt, Lab, Node, User
from certstore.pki.keys import KeyFile


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
}
# The steps during which their server is not to be reached.
RESTARTS = frozenset({StepKind.RESTART})
