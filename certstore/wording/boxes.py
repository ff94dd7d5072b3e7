"""The words of "From real servers" and of "Check after the change". All of it is ours."""

from certstore.pki.boxes.box import Missing, Origin
from certstore.pki.boxes.comparing import Difference
from certstore.pki.boxes.deployment import Misfit
from certstore.pki.releases import Role

ROLES: dict[Role, str] = {Role.EXPRESSWAY_C: "Expressway-C", Role.EXPRESSWAY_E: "Expressway-E"}
UNKNOWN_ROLE = "Not known"

TEXT_HELP = (
    "Of one server, all of it one after the other: Show all (PEM file), Show (PEM file), Show (decoded), the output of "
    "openssl s_client -showcerts, lines of xConfiguration."
)
NAME_HELP = "Its full name, such as exp-e1.example.com, where the text does not say it."
PASTED = "Pasted text {number}"
FILES = "Files"
FILES_OF = "Files of {name}"

# What is told of a file or a text, by the key of a notice.
NOTICES: dict[str, tuple[str, str]] = {
    "truncated": ("bad", "{name} is cut short, so nothing of it was taken. Download the archive again."),
    "damaged": (
        "bad",
        "{name} is damaged: what is in it does not fit what it says of itself. Nothing of it was taken; download it "
        "again, or unpack it and drop the small files.",
    ),
    "encrypted": (
        "bad",
        "{name} is protected by a password, so nothing of it was taken. Unpack it and drop the small files.",
    ),
    "unknown-compression": (
        "bad",
        "{name} is packed in a way that is not known here. Unpack it and drop the small files.",
    ),
    "too-many-entries": (
        "bad",
        "{name} holds more than 10 000 files, which no diagnostic log has. Nothing of it was taken.",
    ),
    "too-large": ("bad", "{name} unpacks to more than 2 GiB. Unpack it and drop the small files."),
    "too-much-used": (
        "bad",
        "{name} goes beyond the 10 MiB that are kept of one upload. Drop fewer files at a time.",
    ),
    "nothing-of-use": (
        "bad",
        "{name} is an archive without one file of use. Expected: ca_….pem, server_….pem, xconf_dump_….txt, "
        "xstat_dump_….txt, as Maintenance > Diagnostics > Diagnostic logging packs them.",
    ),
    "archive-in-archive": (
        "warn",
        "{name} is an archive in an archive and was skipped unread. Drop it by itself.",
    ),
    "twice": ("warn", "{name} is in the archive twice. The first one was taken."),
    "keys": (
        "warn",
        "{name} holds private keys: {count}. Skipped unread. A key in use that has left its machine is exposed: make a "
        "new key, have a new certificate issued, have the old one revoked.",
    ),
    "key-file": (
        "warn",
        "{name} is a private key by its name and was skipped unread. A key in use that has left its machine is "
        "exposed: make a new key, have a new certificate issued, have the old one revoked.",
    ),
    "nothing": (
        "bad",
        "Nothing of use was recognised in {name}. Expected: certificates in Base-64 (PEM), what Show (decoded) prints, "
        "lines of xConfiguration.",
    ),
}
NOTHING_GIVEN = "Nothing was given. Drop an archive or files, or paste the text of a server."
NOTHING_USABLE = "No server was recognised in what was given."
TOO_MUCH = (
    "That is more than one page carries: at most 12 servers, 2 000 certificates and 4 MiB of them, each once."
)
CARRIED_DAMAGED = "What the page carried along is not what was recognised any more. Give the files again."
WRONG_FIELDS = "Something below cannot be taken as it was typed."

ORIGINS: dict[Origin, str] = {
    Origin.SAID: "as you said",
    Origin.CONFIGURATION: "from its configuration",
    Origin.CERTIFICATE: "inferred from its certificate",
    Origin.FILE_NAME: "from the names of its files",
    Origin.NOTHING: "",
}
NOT_KNOWN = "not known"
NO_CLIENT_STORE = "none: its release has no certificate of its own for that"
PRESENTED = "as it was shown in a handshake"
SENT_ABOVE = "{count} more were sent above it; they are not its list"
LIST_GUESSED = "inferred: nothing says that these CAs are the whole list"
COUNTS = "CAs: {cas}, of these roots: {roots}"
ENDED = "it has ended"
SOME_ENDED = "of these ended: {count}"
CRLS = "revocation lists: {count}"
OTHER_CERTIFICATES = "{count} more server certificates were left aside: one server at a time"
UNREADABLE = "{count} of the certificates cannot be read and were left out"
DECODED = "printed only: {subject}, serial {serial}, ends {ends}, {key}"
DECODED_KEY = "RSA {bits} bits"
DECODED_OTHER_KEY = "no RSA key"
ZONE_PEERS = "{name}: peers {peers}, port {port}"
ZONE_SUBJECT = "{name}: TLS verify subject name {subject}, port {port}"
PORT_NOT_SAID = "not said"
NO_VERIFY = "TLS verify mode is Off there; here it is always on, as Unified Communications needs it"
CLUSTER = "{name}: {peers}"
CLUSTER_NAMELESS = "without a name"
DNS = "domain {domain}; servers {servers}"
NONE = "none"

ROWS: dict[str, str] = {
    "name": "Name",
    "role": "Role",
    "release": "Release",
    "server": "Server certificate",
    "trust": "Trust list",
    "client": "Client certificate",
    "zone": "Traversal zone",
    "cluster": "Cluster",
    "dns": "DNS",
}

# What is missing of a server, and what the lab does about it.
MISSING: dict[Missing, tuple[str, str]] = {
    Missing.NAME: ("bad", "Its name. Type it below: host name and domain."),
    Missing.ROLE: ("bad", "Its role. Choose it below."),
    Missing.SERVER_CERTIFICATE: (
        "warn",
        "Its server certificate: server_….pem, or Show (PEM file) on its Server certificate page. The lab gives it a "
        "certificate as out of the box.",
    ),
    Missing.ONLY_DECODED: (
        "warn",
        "The server certificate itself: Show (decoded) was given, and none can be rebuilt from that. Copy Show (PEM "
        "file) as well. The lab gives the server a certificate as out of the box.",
    ),
    Missing.TRUST_LIST: (
        "warn",
        "Its trust list: ca_….pem, or Show all (PEM file) on its Trusted CA certificate page. The lab gives it the "
        "list of a new server.",
    ),
    Missing.CONFIGURATION: (
        "warn",
        "Its configuration: xconf_dump_….txt, or what xConfiguration prints. Zone and DNS are taken to be right.",
    ),
    Missing.ZONE: (
        "warn",
        "A traversal zone: its configuration names none for this role. The lab gives it one that is right.",
    ),
    Missing.RELEASE: ("off", "Its release: xstat_dump_….txt says it. The release below counts."),
}

MISFITS: dict[Misfit, tuple[str, str]] = {
    Misfit.NO_NAME: ("bad", "{name}: its name is not known."),
    Misfit.NO_ROLE: ("bad", "{name}: its role is not known."),
    Misfit.TOO_MANY: ("bad", "More than 6 servers are {role}. A cluster has 6 peers at most."),
    Misfit.OTHER_RELEASE: ("warn", "{name} runs {other}. A lab has one release, the one below."),
    Misfit.NO_PARTNER: ("warn", "No {role} was given. The lab has one in its place, as out of the box."),
    Misfit.PEER_MISSING: ("warn", "The cluster of {role} has a peer {name}, of which nothing was given."),
}
ASSUMED = (
    "Taken as right, since no dump says them: the password of the zone, equal on both sides; what the lab's DNS "
    "answers; that each server runs the certificate that it holds."
)
LAB_NAME = "Servers of {day}: {name}"
LAB_MADE = "The lab is made of {count} real servers. Their certificates are loaded and running."

# --- Check after the change -------------------------------------------------------------------------------------

DIFFERENCES: dict[Difference, tuple[str, str]] = {
    Difference.LACKS_CA: ("bad", "{host} still lacks {name}"),
    Difference.LACKS_MORE: ("bad", "{host} still lacks {name} more CAs"),
    Difference.HAS_CA: ("warn", "{host} has {name} in its list, and the lab has not"),
    Difference.HAS_MORE: ("warn", "{host} has {name} more CAs that the lab has not"),
    Difference.OLD_CERTIFICATE: (
        "bad",
        "{host} still holds the old certificate (ends {ends}): not uploaded yet?",
    ),
    Difference.SHOWS_OLD: ("bad", "{host} shows the old certificate (ends {ends}): restart?"),
    Difference.OTHER_CERTIFICATE: (
        "bad",
        "{host} holds another certificate than the lab: {name}, ends {ends}",
    ),
    Difference.SHOWS_OTHER: ("bad", "{host} shows another certificate than the lab: {name}, ends {ends}"),
    Difference.OTHER_CLIENT: (
        "bad",
        "{host} has another client certificate than the lab: {name}, ends {ends}",
    ),
    Difference.ROLE: ("bad", "{host} is an {name} by its zone, and an {other} in the lab"),
    Difference.RELEASE: ("warn", "{host} runs {name}; the lab judges by {other}"),
    Difference.CLUSTER_NAME: ("bad", "{host} has the cluster name {name}; in the lab it is {other}"),
    Difference.ZONE_PEERS: ("bad", "{host} has the zone peers {name}; in the lab they are {other}"),
    Difference.ZONE_SUBJECT: (
        "bad",
        "{host} has the TLS verify subject name {name}; in the lab it is {other}",
    ),
    Difference.NO_CERTIFICATE: ("off", "Its server certificate was not given, so it was not compared"),
    Difference.NO_LIST: ("off", "Its trust list was not given, so it was not compared"),
    Difference.NO_CONFIGURATION: ("off", "Its configuration was not given, so it was not compared"),
    Difference.GUESSED_LIST: ("off", "Nothing says that the CAs that were given are its whole list"),
}
EMPTY_NAME = "(empty)"
AS_IN_THE_LAB = "Everything that was given is as in the lab."
NOT_GIVEN = "Nothing was given of this server."
NOT_IN_THE_LAB = "{name} is no server of this lab, by its name."
NAMELESS = "{label}: no name was recognised, so it cannot be told which server of the lab it is."
