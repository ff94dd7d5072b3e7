"""The words of Configuration > Zones: the list, and a zone of type Unified Communications traversal.

Labels are those of the guides. The explanations of fields, and what the page answers, are in our words.
"""

from certstore.wording.evidence import Sentence
from certstore.wording.sources import ours, paraphrased, recalled, seen

_LIST: dict[str, Sentence] = {
    "title": seen("Zones", "AG-ZONES"),
    "column-name": recalled("Name"),
    "column-type": recalled("Type"),
    "column-status": seen("H.323 / SIP status", "AG-ZONES"),
    "column-actions": recalled("Actions"),
    "new": recalled("New"),
    "view-edit": recalled("View/Edit"),
    "delete": recalled("Delete"),
    "select": ours("Select {name}"),
    "none": ours("There is no zone. Select New to make the Unified Communications traversal zone."),
}

_FIELDS: dict[str, Sentence] = {
    "create-title": recalled("Create zone"),
    "edit-title": recalled("Edit zone"),
    "configuration-heading": recalled("Configuration"),
    "name": seen("Name", "AG-UC"),
    "type": seen("Type", "AG-UC"),
    "type-unified-communications": seen("Unified Communications traversal", "AG-UC"),
    "credentials-heading": seen("Connection credentials", "AG-UC"),
    "username": seen("Username", "AG-UC"),
    "password": seen("Password", "AG-UC"),
    "password-kept": ours(
        "Leave it empty to keep the password, of which a fingerprint is stored and nothing else."
    ),
    "password-fingerprint": ours(
        "Of it a fingerprint is kept, which tells whether both sides have the same."
    ),
    "edit-database": seen("Add/Edit local authentication database", "AG-UC"),
    "credential-name": seen("Name", "AG-UC"),
    "credential-password": seen("Password", "AG-UC"),
    "create-credential": seen("Create credential", "AG-UC"),
    "sip-heading": seen("SIP", "AG-UC"),
    "port": seen("Port", "AG-UC"),
    "tls-verify-mode": seen("TLS verify mode", "AG-UC"),
    "tls-verify-subject-name": seen("TLS verify subject name", "AG-UC"),
    "media-encryption-mode": seen("Media encryption mode", "AG-UC"),
    "force-encrypted": seen("Force encrypted", "AG-UC"),
    "on": seen("On", "AG-UC"),
    "off": seen("Off", "AG-REF"),
    "authentication-heading": recalled("Authentication"),
    "authentication-policy": seen("Authentication policy", "AG-UC"),
    "do-not-check-credentials": seen("Do not check credentials", "AG-UC"),
    "location-heading": seen("Location", "AG-UC"),
    "peer-address": seen("Peer {number} address", "AG-UC"),
    "retry-interval": seen("Retry interval", "AG-REF"),
    "create": seen("Create zone", "AG-UC"),
    "save": recalled("Save"),
    "cancel": recalled("Cancel"),
    "status-heading": recalled("Status"),
}

_HELP: dict[str, Sentence] = {
    "help-name": ours(
        "A name by which you know this zone again. It is no host name and is compared with nothing."
    ),
    "help-type": paraphrased(
        "Becomes a traversal client on the Expressway-C and a traversal server on the Expressway-E.", "AG-UC"
    ),
    "help-username": paraphrased(
        "The same on both sides. On the Expressway-E it stands in the local authentication database.", "AG-UC"
    ),
    "help-password": paraphrased("The same on both sides.", "AG-UC"),
    "help-port": paraphrased("7001 by default. It has to be the same on both sides.", "AG-UC"),
    "help-tls-verify-mode": paraphrased("On by itself for this type of zone.", "AG-UC"),
    "help-tls-verify-subject-name": paraphrased(
        "A Subject Alternative Name of the Expressway-C's certificate; for a cluster its cluster FQDN, which "
        "every peer's certificate has to have.",
        "AG-UC",
    ),
    "help-media-encryption-mode": paraphrased("Set by itself for this type of zone.", "AG-UC"),
    "help-peer-address": paraphrased(
        "The FQDN of the Expressway-E, as it stands among the Subject Alternative Names of its certificate. An "
        "IP address is not recommended, and would have to be in the certificate.",
        "AG-UC",
    ),
    "help-retry-interval": paraphrased("Seconds until a failed connection is tried again.", "AG-REF"),
}

_ANSWERS: dict[str, Sentence] = {
    "created": ours("The zone {name} was created."),
    "saved": ours("The zone {name} was saved."),
    "deleted": ours("Zones deleted: {count}."),
    "credential-created": ours("The credential {name} was saved in the local authentication database."),
    "confirm-delete": ours("Delete the selected zones? Everything that runs over them ends."),
    "nothing-selected": ours("No zone was selected. Tick the zones first, then select Delete."),
    "nothing-changed": ours("Nothing was changed."),
    "refused-no-name": ours("There is no name. Type a name for the zone."),
    "refused-unseen": ours("{value} has a character that cannot be seen. Type it without."),
    "refused-no-username": ours("There is no user name. Type the one that the other side has as well."),
    "refused-no-password": ours("There is no password. Type the one that the other side has as well."),
    "refused-no-peer": ours(
        "There is no peer address. Type the FQDN of the Expressway-E under Peer 1 address."
    ),
    "refused-peer": ours("Peer {number} address is no host name and no IP address: {value}. Type the FQDN."),
    "refused-peer-twice": ours(
        "Peer {number} address stands there twice: {value}. Each peer has a line of its own."
    ),
    "refused-no-subject-name": ours(
        "There is no TLS verify subject name. Type a name that is in the Expressway-C's certificate."
    ),
    "refused-port": ours("The port is {value}. Type a number from 1024 to 65534; 7001 is the usual one."),
    "refused-too-long": ours("That is longer than {limit} characters. Type a shorter text."),
    "refused-second": paraphrased(
        "There is a zone of type Unified Communications traversal already. There is one for each pair.",
        "AG-UC",
    ),
    "warned-address": paraphrased(
        "Peer {number} address is an IP address. That is not recommended: it has to be in the Expressway-E's "
        "certificate.",
        "AG-UC",
    ),
}

SENTENCES: dict[str, Sentence] = {**_LIST, **_FIELDS, **_HELP, **_ANSWERS}
