"""The steps about Unified CM."""

from certstore.actions import unified_cm
from certstore.actions.step_kinds import Do, Refused, StepKind, Trying
from certstore.models import StoreName
from certstore.wording.cucm import TAKER
from certstore.wording.trust_files import refusal


def _upload(trying: Trying) -> Refused | None:
    file = trying.file
    found = unified_cm.upload(trying.node, StoreName(trying.step.values["store"]), file).refusal
    if found is None:
        return None
    has_key = file.content.private_keys > 0
    return Refused(refusal(found.code, file.content.kind, file.name, TAKER, found.facts, has_key=has_key))


def _delete(trying: Trying) -> None:
    unified_cm.delete(trying.node, trying.step.values["entries"])


def _services(trying: Trying) -> None:
    unified_cm.restart_services(trying.node)


DO_UNIFIED_CM: dict[StepKind, Do] = {
    StepKind.CUCM_UPLOAD: _upload,
    StepKind.CUCM_DELETE: _delete,
    StepKind.CUCM_SERVICES: _services,
}
