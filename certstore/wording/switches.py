"""The switches of the product's command line that have to do with extended key usages, and what each one does."""

from collections.abc import Mapping
from dataclasses import dataclass

from certstore.pki.releases import Switch
from certstore.wording.evidence import Basis, Sentence, Sure
from certstore.wording.sources import cite, seen, seen_in

SENTENCES: dict[str, Sentence] = {
    Switch.SERVER_EKU_UPLOAD.value: seen(
        "xConfiguration XCP TLS Certificate CVS EnableServerEkuUpload", "T225482"
    ),
    Switch.EKU_CHECKING.value: seen_in(
        "xConfiguration SIP TLS Certificate ExtendedKeyUsage Checking Mode", "AG-REF", "X15.5"
    ),
}

# Its two positions, as the command takes them.
POSITIONS: Mapping[bool, str] = {True: "On", False: "Off"}


@dataclass(frozen=True, slots=True)
class ToldSwitch:
    """What is said about a switch. All of it is ours but the command."""

    command: Sentence
    does: str
    where: str
    sure: Sure


SWITCHES: dict[Switch, ToldSwitch] = {
    Switch.SERVER_EKU_UPLOAD: ToldSwitch(
        SENTENCES[Switch.SERVER_EKU_UPLOAD],
        "On: a server certificate for server authentication only is taken. Off: it is refused.",
        "X15.4, Expressway-E only. X15.5 takes such a certificate without it.",
        Sure(
            Basis.SUPPORT,
            f"{cite('T225482')}; that it begins Off is our reading. {cite('T225693')}: deprecated in X15.5.",
        ),
    ),
    Switch.EKU_CHECKING: ToldSwitch(
        SENTENCES[Switch.EKU_CHECKING],
        "On: whoever connects with SIP over TLS must show a certificate for client authentication. Off: the "
        "traversal zone comes up without one; the SSH tunnels still do not.",
        "X15.5, Expressway-C and Expressway-E. On to begin with.",
        Sure(Basis.DOCUMENTED, f"{cite('AG-REF', 'X15.5')}; {cite('T225693')}: test cases 1, 2 and 2.1."),
    ),
}

NONE_HERE = "The release of this lab has none of these switches. Set another release first."
NOT_THERE = "Not on {release}."
