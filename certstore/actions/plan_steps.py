"""From a step of a plan to the button of the simulator that does it, where there is one."""

from collections.abc import Callable, Mapping
from uuid import UUID

from certstore.actions.attempts import TriedFile
from certstore.actions.steps import Step, StepKind
from certstore.models import Cluster, Lab, StoreName
from certstore.pki.plan import Deed, Planned
from certstore.reading.plan import LISTS, entries_of

Button = Callable[[Lab, Planned, TriedFile | None], Step]


def step_of(lab: Lab, planned: Planned, file: TriedFile | None) -> Step | None:
    """The step that can be tried. In: the lab, the planned step, its file. Out: None where no button does it."""
    button = BUTTONS.get(planned.deed)
    return button(lab, planned, file) if button else None


def _on_server(kind: StepKind) -> Button:
    """A button that needs its server and file only."""
    return lambda _lab, planned, file: Step(kind, UUID(planned.server_id), file=file)


def _into_store(store: StoreName) -> Button:
    return lambda _lab, planned, file: Step(
        StepKind.CUCM_UPLOAD, UUID(planned.server_id), {"store": store}, file
    )


def _mode(mode: Cluster.TlsMode) -> Button:
    return lambda _lab, planned, _file: Step(StepKind.CLUSTER_MODE, UUID(planned.server_id), {"mode": mode})


def _upload(_lab: Lab, planned: Planned, file: TriedFile | None) -> Step:
    return Step(StepKind.UPLOAD, UUID(planned.server_id), {"copy": planned.as_client}, file)


def _dns(_lab: Lab, planned: Planned, _file: TriedFile | None) -> Step:
    return Step(StepKind.DNS, None, {"question": planned.question, "values": planned.answers})


def _clean(lab: Lab, planned: Planned, _file: TriedFile | None) -> Step:
    entries = entries_of(lab, planned.server_id, planned.certificates)
    return Step(StepKind.DELETE, UUID(planned.server_id), {"entries": entries})


BUTTONS: Mapping[Deed, Button] = {
    Deed.DNS: _dns,
    Deed.TRUST: _on_server(StepKind.APPEND),
    Deed.TOMCAT_TRUST: _into_store(LISTS[Deed.TOMCAT_TRUST]),
    Deed.CALLMANAGER_TRUST: _into_store(LISTS[Deed.CALLMANAGER_TRUST]),
    Deed.SERVICES: _on_server(StepKind.CUCM_SERVICES),
    Deed.CLIENTS: _on_server(StepKind.JABBER_UPLOAD),
    Deed.PERMISSIVE: _mode(Cluster.TlsMode.PERMISSIVE),
    Deed.UPLOAD: _upload,
    Deed.UPLOAD_CLIENT: _on_server(StepKind.CLIENT_UPLOAD),
    Deed.RESTART: _on_server(StepKind.RESTART),
    Deed.ENFORCING: _mode(Cluster.TlsMode.ENFORCING),
    Deed.CLEAN: _clean,
}
