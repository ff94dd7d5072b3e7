"""A command of the product as a card beside a page: how it stands, and what its button says."""

from dataclasses import dataclass

from certstore.models import Lab, Node
from certstore.pki.releases import Role, Switch, profile_for
from certstore.reading.switches import positions_of
from certstore.wording.attempts import BASES
from certstore.wording.switches import POSITIONS, SWITCHES, ToldSwitch


@dataclass(frozen=True, slots=True)
class Command:
    """One switch that a server's command line has."""

    name: str  # pki.releases.Switch
    told: ToldSwitch
    basis: str
    is_on: bool

    @property
    def position(self) -> str:
        """How it stands, as the command takes it."""
        return POSITIONS[self.is_on]

    @property
    def other(self) -> str:
        """The other position: what the button sets."""
        return POSITIONS[not self.is_on]


def command_of(node: Node, lab: Lab, switch: Switch) -> Command | None:
    """A switch as a server has it; None where its release or role has none. No query."""
    if not profile_for(lab.release).release.has_switch(switch, Role(node.kind)):
        return None
    told = SWITCHES[switch]
    return Command(switch.value, told, BASES[told.sure.basis], positions_of(lab)[switch.value])
