"""A lab's switches of the command line: how each stands, and whether the lab's release has it."""

from collections.abc import Iterator
from dataclasses import dataclass

from certstore.models import Lab
from certstore.pki.releases import Switch, profile_for
from certstore.wording.attempts import BASES
from certstore.wording.switches import NOT_THERE, SWITCHES, ToldSwitch


@dataclass(frozen=True, slots=True)
class SwitchState:
    """One switch of a lab, in words."""

    name: str
    told: ToldSwitch
    basis: str
    not_there: str  # says so where the lab's release does not have it; else ""


def switches_of(lab: Lab) -> Iterator[SwitchState]:
    """Every switch, those that the lab's release has and those it has not."""
    release = profile_for(lab.release).release
    for switch, told in SWITCHES.items():
        not_there = "" if switch in release.switches else NOT_THERE.format(release=release.name)
        yield SwitchState(switch.value, told, BASES[told.sure.basis], not_there)


def positions_of(lab: Lab) -> dict[str, bool]:
    """How the lab's switches stand, by their names."""
    return {
        Switch.SERVER_EKU_UPLOAD.value: lab.server_eku_upload,
        Switch.EKU_CHECKING.value: lab.eku_checking,
    }
