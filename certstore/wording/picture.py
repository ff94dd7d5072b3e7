"""The picture of one minute: who shows whom a certificate, and who must know which CAs.

Facts of Cisco's documents in our own words, each with its source. The drawing and the list beside it are both
made of this, so that they cannot say two things.
"""

from dataclasses import dataclass

from certstore.wording.sources import titles


@dataclass(frozen=True, slots=True)
class Place:
    """One end of a connection: what it is called, where it stands, and which list of its holds the CAs."""

    name: str
    where: str
    kept_in: tuple[str, ...]  # a line each
    knows_itself: bool = False  # whether it must also know the CAs above its own certificate


@dataclass(frozen=True, slots=True)
class Showing:
    """A certificate that is shown: by whom, to whom, on which connection, and what the other one asks of it.

    `shows` and `to` are keys of PLACES. With `is_mutual` each of the two shows its own.
    """

    shows: str
    to: str
    connection: str
    ports: str
    must_know: str
    must_match: str
    source: str
    is_mutual: bool = False

    @property
    def lead(self) -> str:
        """Who shows whom a certificate, as one sentence."""
        shows, to = PLACES[self.shows].name, PLACES[self.to].name
        if self.is_mutual:
            return f"{shows} and {to} show each other their certificates"
        return f"{shows} shows its certificate to {to}"


TITLE = "Who shows whom a certificate"
FIREWALL = "firewall"
DMZ = "DMZ"
INSIDE = "company network"
OUTSIDE = "internet"
MUST_KNOW = "must know the CAs of"
ITSELF = "itself"
OWN = (
    "Each Expressway must know every CA above its own certificate as well: without them it does not take the "
    "certificate in the first place."
)
OWN_SOURCE = titles("T221624", "CG-LOAD")

PLACES: dict[str, Place] = {
    "jabber": Place("Jabber", "phone or computer", ("in the system's own list",)),
    "expressway-e": Place("Expressway-E", "the edge", ("in its Trusted CA list",), knows_itself=True),
    "expressway-c": Place("Expressway-C", "the core", ("in its Trusted CA list",), knows_itself=True),
    "cucm": Place("CUCM", "call control", ("in tomcat-trust and", "CallManager-trust")),
}

SHOWINGS: tuple[Showing, ...] = (
    Showing(
        "expressway-e",
        "jabber",
        "sign-in",
        "8443, 5061",
        "The phone or computer must know the root CA above it.",
        "The domain that people sign in with, or that domain with collab-edge in front of it, must be among its "
        "names; without it Jabber warns.",
        titles("T221624", "T213872", "T118798"),
    ),
    Showing(
        "expressway-e",
        "expressway-c",
        "zone",
        "7001",
        "Every CA above it must be in the Trusted CA list of Expressway-C.",
        "The peer address that is set on Expressway-C must be among its names.",
        titles("T221624", "AG-UC"),
    ),
    Showing(
        "expressway-c",
        "expressway-e",
        "zone",
        "7001",
        "Every CA above it must be in the Trusted CA list of Expressway-E.",
        "The TLS verify subject name that is set on Expressway-E must be among its names.",
        titles("T221624", "AG-UC"),
    ),
    Showing(
        "expressway-c",
        "expressway-e",
        "tunnels",
        "2222",
        "Each needs the whole chain of the other in its own list, every intermediate CA too.",
        "The SSH tunnels are stricter than the zone: they can be down while it is up.",
        titles("T221624", "AG-STA"),
        is_mutual=True,
    ),
    Showing(
        "cucm",
        "expressway-c",
        "HTTPS",
        "8443, 6972",
        "Every CA above it must be in the Trusted CA list of Expressway-C; asked for from X14.2 on.",
        "The address by which the servers name CUCM must be among its names.",
        titles("T218018"),
    ),
    Showing(
        "expressway-c",
        "cucm",
        "HTTPS",
        "6971, 6972",
        "Every CA above it must be in tomcat-trust and in CallManager-trust of CUCM; asked for from X14.0.2 on.",
        "After the CAs were added, services of CUCM are restarted.",
        titles("T217748", "T225476"),
    ),
)
