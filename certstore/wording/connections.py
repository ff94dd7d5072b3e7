"""The words of a lab's picture and of the page that explains one of its connections. All of it is ours.

What a zone or a tunnel is called when it is up or down is the product's (`zones_status`, `tunnels_status`); the rest
says in plain words what the verdict means.
"""

import re
from collections.abc import Mapping

from certstore.pki.connections import Health, Kind, StepName

# A connection's name, and how it is: in the picture and wherever one is named.
NAMES: Mapping[Kind, str] = {
    Kind.ZONE: "Traversal zone",
    Kind.TUNNELS: "SSH tunnels",
    Kind.UNIFIED_CM: "Unified CM connection",
    Kind.JABBER: "Client connection",
    Kind.PEERS: "Cluster peers",
    Kind.SIGN_IN: "MRA sign-in",
}
SAYS: Mapping[Kind, Mapping[Health, str]] = {
    Kind.ZONE: {
        Health.WORKS: "Active",
        Health.WARNS: "Active, a warning",
        Health.FAILS: "Failed",
        Health.OFF: "not set up",
    },
    Kind.TUNNELS: {
        Health.WORKS: "Active",
        Health.WARNS: "Active, a warning",
        Health.FAILS: "Failed",
        Health.OFF: "not set up",
    },
    Kind.UNIFIED_CM: {
        Health.WORKS: "works",
        Health.WARNS: "works, a warning",
        Health.FAILS: "refused",
        Health.OFF: "not set up",
    },
    Kind.JABBER: {
        Health.WORKS: "no warning",
        Health.WARNS: "a warning",
        Health.FAILS: "refused",
        Health.OFF: "not led here",
    },
    Kind.PEERS: {
        Health.WORKS: "replicate",
        Health.WARNS: "replicate, a warning",
        Health.FAILS: "do not replicate",
        Health.OFF: "in no cluster",
    },
    Kind.SIGN_IN: {
        Health.WORKS: "works",
        Health.WARNS: "works after a warning",
        Health.FAILS: "fails",
        Health.OFF: "nobody signs in here",
    },
}
TONES: Mapping[Health, str] = {
    Health.WORKS: "ok",
    Health.WARNS: "warn",
    Health.FAILS: "bad",
    Health.OFF: "off",
}
SIGNS: Mapping[str, str] = {"ok": "✓", "warn": "▲", "bad": "✕", "off": "○"}

# What became of a connection, as a line of the history: "SSH tunnels failed: exp-c1 to exp-e1."
BECAME: Mapping[Kind, Mapping[Health, str]] = {
    Kind.ZONE: {
        Health.WORKS: "Traversal zone came up",
        Health.WARNS: "Traversal zone came up, with a warning",
        Health.FAILS: "Traversal zone failed",
        Health.OFF: "Traversal zone is not set up any more",
    },
    Kind.TUNNELS: {
        Health.WORKS: "SSH tunnels came up",
        Health.WARNS: "SSH tunnels came up, with a warning",
        Health.FAILS: "SSH tunnels failed",
        Health.OFF: "SSH tunnels are not set up any more",
    },
    Kind.UNIFIED_CM: {
        Health.WORKS: "Connection to Unified CM works",
        Health.WARNS: "Connection to Unified CM works, with a warning",
        Health.FAILS: "Connection to Unified CM failed",
        Health.OFF: "Connection to Unified CM is not set up any more",
    },
    Kind.JABBER: {
        Health.WORKS: "Jabber connects without a warning",
        Health.WARNS: "Jabber asks the person about the certificate",
        Health.FAILS: "Jabber gets no connection",
        Health.OFF: "Jabber is led to another server",
    },
    Kind.PEERS: {
        Health.WORKS: "Cluster peers replicate",
        Health.WARNS: "Cluster peers replicate, with a warning",
        Health.FAILS: "Cluster peers do not replicate",
        Health.OFF: "Cluster peers are no longer in one cluster",
    },
    Kind.SIGN_IN: {
        Health.WORKS: "MRA sign-in works",
        Health.WARNS: "MRA sign-in works after a warning",
        Health.FAILS: "MRA sign-in failed",
        Health.OFF: "MRA sign-in leads to another server",
    },
}

# Which rule of which side is asked, where the connection works: what was checked.
CHECKED: Mapping[Kind, tuple[str, ...]] = {
    Kind.ZONE: (
        "DNS gives {source} an address for its peer, and the ports of both sides are the same.",
        "{source} trusts the chain of {target}, whose certificate allows server authentication and has the peer "
        "address among its names.",
        "{target} trusts the chain of {source}, whose certificate allows what {target} asks of it and has the TLS "
        "verify subject name among its names.",
        "Every certificate of both chains is in force, and none is revoked as far as the servers check.",
        "User name and password are the same on both sides.",
    ),
    Kind.TUNNELS: (
        "The traversal zone is up.",
        "Every CA of both chains, intermediates too, is in the lists of both servers.",
        "The certificate of {source} allows client authentication.",
        "The SSH configuration of both servers has the key algorithms of both certificates.",
        "Names and addresses of {target} lead to each other in DNS, and its host name has no underscore.",
    ),
    Kind.UNIFIED_CM: (
        "Where the release shows it one: {target} trusts the chain of {source} by tomcat-trust and by "
        "CallManager-trust, as its services have loaded them.",
        "Where the release or TLS verify mode checks it: {source} trusts the certificates of {target} and finds the "
        "name there that it connects to.",
    ),
    Kind.JABBER: (
        "The SRV record of the domain leads to {target}, by the name that the server has itself.",
        "The computer that Jabber runs on trusts the chain of {target}, with what the server sends.",
        "The domain, or the domain with collab-edge. before it, is a name of the certificate.",
    ),
    Kind.PEERS: (
        "The addresses on the clustering page lead to {source} and to {target}.",
        "A peer that has been restarted in Enforcing trusts the chain of the other; the other's certificate has its "
        "peer address among its names, and one of its names leads to where it is.",
        "Before X15.4 such a peer asks for client authentication as well. In Permissive nothing of a certificate is "
        "asked.",
    ),
    Kind.SIGN_IN: ("Every step below, in the order in which a client takes them.",),
}
WHAT_IT_IS: Mapping[Kind, str] = {
    Kind.ZONE: "Expressway-C opens it to Expressway-E: SIP over TLS, and both sides show a certificate.",
    Kind.TUNNELS: "Expressway-C opens them to Expressway-E once the zone is up; they are stricter about CAs.",
    Kind.UNIFIED_CM: "Expressway-C forwards sign-ins, configuration and calls to Unified CM, over HTTPS and SIP.",
    Kind.JABBER: "The client outside opens HTTPS to Expressway-E, which alone shows a certificate.",
    Kind.PEERS: "Two peers of one cluster keep their configuration the same through the cluster's database.",
    Kind.SIGN_IN: "All the way from the client outside, through both Expressways, to Unified CM.",
}
STEPS: Mapping[StepName, str] = {
    StepName.SERVICE_DISCOVERY: "DNS leads the client to Expressway-E",
    StepName.EDGE: "The client looks at Expressway-E's certificate, port 8443",
    StepName.ZONE: "The traversal zone is up",
    StepName.TUNNEL: "The SSH tunnels are up",
    StepName.UDS: "Expressway-C asks Unified CM, port 8443",
    StepName.TFTP: "Expressway-C fetches the configuration, port 6972",
    StepName.SIP: "The phone registers, SIP",
}
STEP_STATES: Mapping[Health, str] = {
    Health.WORKS: "works",
    Health.WARNS: "works after a warning",
    Health.FAILS: "fails",
    Health.OFF: "not reached",
}

CLIENT = "Jabber"
NO_SERVER = "no server"
OF_THE_LAB = "{kind}, {source} to {target}"
TO_ONE = "{kind} over {target}"

MISSING = "{looker} does not have {name}, which signs {below}."
MISSING_ROOT = "{looker} does not have {name}."
OPENSSL = "OpenSSL says {number} at depth {depth}."
OPENSSL_TAKES = "OpenSSL takes the chain."
LOOKS_AT = "{by} looks at {about}"
LOOKS_AT_ITS_OWN = "{by} looks at its own"
TWINS = "{count} more of this name in the list"
SINCE = "since {at}, after: {event}"
SINCE_ALONE = "since {at}"

ROOT_OF = "root of {owners}"
NEW = "new"  # of a CA that came with the last change
SIGNS_OF = "signs {owners}"
ABOVE_OF = "above {owners}"

CELLS: Mapping[str, tuple[str, str]] = {
    "held": ("ok", "in the list"),
    "ended": ("bad", "in the list, has ended"),
    "stored": ("warn", "after the restart"),
    "missing": ("bad", "missing"),
    "not-needed": ("off", "not needed"),
}
NOT_GIVEN = "no CA of this name in any list of the lab"

AS_CLIENT = "{role}, its client certificate"
ENDS_IN = "ends in {days}"
ENDED = "ended on {date}"
BEGINS = "begins on {date}"
ENDS_TODAY = "ends today"

APPEND = "Append {name} on {looker}."
UPLOAD_TO_CUCM = (
    "Upload {name} on {looker} as tomcat-trust and as CallManager-trust, then restart its services."
)
OUT_OF_THE_BOX = (
    "{about} still shows the certificate that it was delivered with, which nobody else trusts. Have one issued, put "
    "its CAs into the list of {about}, and upload it there."
)
THEN_WORKS = "These then work again: {connections}."
THEN_MORE = "More has to be done after that: see the other causes, and what else was found."

_COMMON_NAME = re.compile(r"(?:^|, )CN ?= ?(.*?)(?=, [A-Za-z0-9.]+ ?= ?|$)")
_CIRCLED = 0x2460
_MOST_CIRCLED = 20


def short_name(text: str) -> str:
    """The common name in a subject as pages print it ("O=…, CN=…"); a text without one as it is, "-" for none."""
    found = _COMMON_NAME.findall(text)
    return (found[-1] if found and found[-1] else text) or "-"


def circled(number: int) -> str:
    """The number of a cause as a sign: ①, ②; "" for 0. Beyond twenty it stands in brackets."""
    if number <= 0:
        return ""
    return chr(_CIRCLED + number - 1) if number <= _MOST_CIRCLED else f"({number})"


def days_text(days: int) -> str:
    """A number of days in words."""
    return "1 day" if days == 1 else f"{days} days"
