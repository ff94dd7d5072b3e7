"""What to ask a customer for, and where on the product it stands.

Menu paths and words on buttons are the product's; that they lead to what is wanted is said by the documents
that each place names. What is wanted is said in our words.
"""

from dataclasses import dataclass

from certstore.wording.evidence import Sentence
from certstore.wording.sources import ours, paraphrased


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing to ask for: what it is, on which machine, and the way to it there."""

    what: str
    on: str
    where: Sentence

    @property
    def text(self) -> str:
        """All of it on one line, as it goes into a ticket."""
        return f"{self.what}. On {self.on}: {self.where.text}"


_SERVER = "the server itself"
_OTHER = "the Expressway on the other side"
_PEERS = "the Expressway on the other side and every peer of a cluster"
_C, _E, _CUCM = "the Expressway-C", "the Expressway-E", "the Unified CM publisher"
_SHOW_CERTIFICATE = paraphrased(
    'Maintenance > Security > Server certificate: "Show (PEM file)", beside "Server certificate"',
    "T215405",
    "CG-VIEW",
)
_SHOW_LIST = paraphrased(
    'Maintenance > Security > Trusted CA certificate: "Show all (PEM file)"', "AG-SEC", "T217748"
)
_SHOW_REQUEST = paraphrased(
    'Maintenance > Security > Server certificate: "Show (PEM file)" under "Certificate signing request (CSR)"',
    "CG-CSR",
    "T215405",
)
_ALARMS = paraphrased("Status > Alarms", "AG-STA")
_ZONES = paraphrased("Configuration > Zones", "AG-ZONES")
_SOFTWARE = paraphrased("the software version, in the bar at the bottom of every page", "AG-UI")
_EVENT_LOG = paraphrased("the Event Log", "AG-REF")
_CERTIFICATES = paraphrased(
    "Cisco Unified Communications Operating System Administration, Security > Certificate Management",
    "CUCM-OS",
)

CERTIFICATE = Ask(
    "The new server certificate, as the file that the CA sent",
    "the way it came",
    ours("the CA's mail or page"),
)
CA_FILES = Ask(
    "The CA certificates that came with it",
    "Windows, where they did not come along",
    paraphrased(
        'open the certificate, "Certification Path", choose a CA certificate, "View Certificate", "Details", '
        '"Copy to File", with "Base-64 encoded" selected',
        "T221624",
    ),
)
TRUST_LIST = Ask("The server's own trusted CA list", _SERVER, _SHOW_LIST)
REQUEST = Ask("The request that the certificate was made from", _SERVER, _SHOW_REQUEST)
IS_PENDING = Ask(
    "Whether a request is in progress, or was discarded since",
    _SERVER,
    paraphrased(
        'Maintenance > Security > Server certificate: "Discard CSR" is there while one is in progress, '
        '"Generate CSR" when none is',
        "CG-CSR",
        "T218034",
    ),
)
KEY_FILE = Ask(
    "Whether a private key file is uploaded with it, and whether its first lines say ENCRYPTED; never the file",
    _SERVER,
    paraphrased(
        'Maintenance > Security > Server certificate: "Select the server private key file"', "CG-LOAD"
    ),
)
RELEASE = Ask("The release", _SERVER, _SOFTWARE)
ROLE = Ask(
    "Whether it is for the Expressway-C or for the Expressway-E",
    "the customer's side",
    ours("which of the two servers it was uploaded to"),
)
OTHER_RELEASE = Ask("The release of the other server", _OTHER, _SOFTWARE)
OLDER = Ask("The certificate that is loaded until now", _SERVER, _SHOW_CERTIFICATE)
IS_RESTART_DUE = Ask("Whether alarm 15028, Restart required, is raised", _SERVER, _ALARMS)
PEERS_LISTS = Ask("Their trusted CA lists", _PEERS, _SHOW_LIST)
PEER_CERTIFICATE = Ask("The certificate of the other side", _OTHER, _SHOW_CERTIFICATE)
TRAVERSAL_TEST = Ask(
    "What the test says, with the name of the Expressway-E and the TLS verify name",
    _C,
    paraphrased('Maintenance > Security > Secure traversal test: "Test connection"', "AG-SEC"),
)
TUNNELS = Ask(
    "Whether the SSH tunnels are up",
    _C,
    paraphrased("Status > Unified Communications, and the link to the SSH tunnels at its foot", "AG-STA"),
)
CUCM_TRUST = Ask("The CA certificates under tomcat-trust and CallManager-trust", _CUCM, _CERTIFICATES)
CUCM_CERTIFICATES = Ask("The certificates tomcat and CallManager, and who issued them", _CUCM, _CERTIFICATES)
CUCM_LOG = Ask(
    "Whether a line says: Core server certificate verification failed, or SNI ... not in certificate",
    _C,
    paraphrased("the log of the traffic server", "T218018"),
)
CLIENTS = Ask(
    "Which phones and endpoints there are, and whether the computers trust this CA",
    "the clients",
    ours("their own settings"),
)
PEER_ADDRESSES = Ask(
    'What the fields "Peer 1 address" to "Peer 6 address" of the traversal zone hold', _C, _ZONES
)
SUBJECT_NAME = Ask('What the field "TLS verify subject name" of the traversal zone holds', _E, _ZONES)
SIGN_IN_DOMAIN = Ask(
    "The domain after the @ that users sign in with", "the customer's side", ours("Jabber's sign-in")
)
PHONE_PROFILES = Ask(
    "The names of the secure phone security profiles",
    _C,
    paraphrased(
        'Maintenance > Security > Server certificate, "Generate CSR": "Unified CM phone security profile names"',
        "CG-MANAGE",
    ),
)
REVOCATION = Ask(
    "Whether revocation is checked; and of the CA, whether it has revoked the certificate",
    "both Expressways",
    paraphrased('Configuration > SIP: "Certificate revocation checking mode"', "AG-SEC"),
)
CLOCK = Ask(
    "What time the servers have",
    "both Expressways",
    paraphrased("the local system time, in the bar at the bottom of every page", "AG-UI"),
)
CLOCK_ALARM = Ask(
    "Whether alarm 25022, Time not synchronized over traversal zone, is raised", _SERVER, _ALARMS
)
DNS = Ask("Whether alarm 25030 or 25031 is raised: reverse lookups", _C, _ALARMS)
FIREWALL = Ask(
    "Whether alarm 35014 or 45010 is raised: a port is closed, a peer does not answer", _C, _ALARMS
)
PASSWORD = Ask(
    "Whether a line says: Incorrect authentication credential for user",
    _E,
    _EVENT_LOG,
)


def all_places() -> dict[str, Sentence]:
    """Each place under the name of what is asked for there, in lower case with hyphens."""
    return {
        name.lower().replace("_", "-"): ask.where
        for name, ask in tuple(globals().items())
        if isinstance(ask, Ask)
    }


SENTENCES: dict[str, Sentence] = all_places()
