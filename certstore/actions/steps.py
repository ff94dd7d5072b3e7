"""The steps that can be tried before they are done: one entry of the table for each action."""

from certstore.actions.step_kinds import Answer, Do, Refused, Step, StepKind, Trying
from certstore.actions.steps_of_certificates import DO_CERTIFICATES
from certstore.actions.steps_of_settings import DO_SETTINGS
from certstore.actions.steps_of_unified_cm import DO_UNIFIED_CM
from certstore.actions.steps_of_zones import DO_ZONES

__all__ = ["DO", "RESTARTS", "Answer", "Refused", "Step", "StepKind", "Trying"]

DO: dict[StepKind, Do] = {**DO_CERTIFICATES, **DO_SETTINGS, **DO_ZONES, **DO_UNIFIED_CM}
# The steps during which their server is not to be reached.
RESTARTS = frozenset({StepKind.RESTART, StepKind.CUCM_SERVICES})
