"""What can be tried before it is done: the kinds of step, and what an action is handed for one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

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
    CLIENT_UPLOAD = "client-upload"
    CLIENT_RESET = "client-reset"
    CRL_UPLOAD = "crl-upload"
    CRL_REMOVE = "crl-remove"
    ACME = "acme"
    CSR_DISCARD = "csr-discard"
    CLIENT_CSR_DISCARD = "client-csr-discard"
    RESTART = "restart"
    TIME = "time"
    RELEASE = "release"
    JUDGING = "judging"
    SWITCHES = "switches"
    POINT_RESTORE = "point-restore"
    NAMES = "names"
    DNS = "dns"
    DNS_RIGHT = "dns-right"
    ZONE = "zone"
    ZONE_NEW = "zone-new"
    ZONE_CREDENTIAL = "zone-credential"
    ZONE_DELETE = "zone-delete"
    TUNNEL_ALGORITHMS = "tunnel-algorithms"
    TUNNEL_RESET = "tunnel-reset"
    REVOCATION = "revocation"
    SENDS = "sends"
    ORIGIN = "origin"
    CLUSTER_MAKE = "cluster-make"
    CLUSTER_MODE = "cluster-mode"
    CLUSTER_ADD = "cluster-add"
    CLUSTER_REMOVE = "cluster-remove"
    CLUSTER_PRIMARY = "cluster-primary"
    CLUSTER_DISSOLVE = "cluster-dissolve"
    CLUSTER_MAP = "cluster-map"
    CUCM_SERVER_ADD = "cucm-server-add"
    CUCM_SERVER_SAVE = "cucm-server-save"
    CUCM_SERVER_REFRESH = "cucm-server-refresh"
    CUCM_SERVER_DELETE = "cucm-server-delete"
    CUCM_UPLOAD = "cucm-upload"
    CUCM_DELETE = "cucm-delete"
    CUCM_REGENERATE = "cucm-regenerate"
    CUCM_SIGN = "cucm-sign"
    CUCM_CERTIFICATE_DELETE = "cucm-certificate-delete"
    CUCM_SETTINGS = "cucm-settings"
    CUCM_SERVICES = "cucm-services"
    JABBER_UPLOAD = "jabber-upload"
    JABBER_DELETE = "jabber-delete"
    JABBER_TRUST = "jabber-trust"
    JABBER_SETTINGS = "jabber-settings"


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
    on: Node | None
    step: Step
    user: User

    @property
    def node(self) -> Node:
        """The server of a step that has one; a form sees to that."""
        if self.on is None:
            raise ValueError(f"{self.step.kind} is done on a server")
        return self.on

    @property
    def file(self) -> TriedFile:
        """The file of a step that has one; a form sees to that."""
        if self.step.file is None:
            raise ValueError(f"{self.step.kind} is done with a file")
        return self.step.file


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an action was not taken, where no attempt tells it."""

    why: str


Answer = Attempt | Refused | None  # None: it was done
Do = Callable[[Trying], Answer]
