"""The words of Configuration > Unified Communications > Unified CM servers, on Expressway-C."""

from certstore.wording.evidence import Sentence
from certstore.wording.sources import ours, paraphrased, recalled, seen

_FIELDS: dict[str, Sentence] = {
    "title": seen("Unified CM servers", "MRA152"),
    "lookup-heading": recalled("Unified CM server lookup"),
    "publisher-address": seen("Unified CM publisher address", "MRA152"),
    "username": seen("Username", "MRA152"),
    "password": seen("Password", "MRA152"),
    "password-not-kept": ours("It is not kept, and compared with nothing: type none that you use elsewhere."),
    "tls-verify-mode": seen("TLS verify mode", "MRA152"),
    "on": seen("On", "MRA152"),
    "off": seen("Off", "MRA152"),
    "gcm": seen("AEM GCM media encryption", "MRA152"),
    "deployment": seen("Deployment", "MRA152"),
    "add": seen("Add Address", "MRA152"),
    "refresh": seen("Refresh Servers", "MRA152"),
    "new": recalled("New"),
    "delete": recalled("Delete"),
    "save": recalled("Save"),
    "cancel": recalled("Cancel"),
    "view-edit": recalled("View/Edit"),
    "select": ours("Select {name}"),
    "column-address": recalled("Unified CM publisher address"),
    "column-tls": recalled("TLS verify mode"),
    "column-known-as": ours("Address that clients are told"),
    "column-status": recalled("Status"),
    "none": ours("No Unified CM server was added. Type the publisher's address and select Add Address."),
    "active": ours("Active: the certificate is trusted and bears the address."),
    "not-verified": ours("Active: the certificate is not checked (TLS verify mode is Off)."),
    "failed": ours("Failed"),
}

_HELP: dict[str, Sentence] = {
    "help-publisher-address": paraphrased(
        "The FQDN or the IP address of the publisher. With TLS verify mode On it has to be a Subject Alternative "
        "Name of the Tomcat certificate.",
        "MRA152",
    ),
    "help-username": paraphrased("An account of the Unified CM that may use AXL.", "MRA152"),
    "help-tls-verify-mode": paraphrased(
        "It counts when servers are looked up, and for the automatic TLS zones. On also needs ICMP to the Unified "
        "CM. What clients fetch through the traffic server is checked apart from it.",
        "MRA152",
    ),
    "help-refresh": paraphrased("Look up all Unified CM and IM and Presence Service nodes again.", "MRA152"),
}

_ANSWERS: dict[str, Sentence] = {
    "added": ours("The Unified CM {address} was added."),
    "saved": ours("The Unified CM {address} was saved."),
    "deleted": ours("Unified CM servers deleted: {count}."),
    "refreshed": ours("Servers were looked up again: {count}."),
    "confirm-delete": ours("Delete the selected servers? Nobody can sign in through them any more."),
    "nothing-selected": ours("No server was selected. Tick the servers first, then select Delete."),
    "nothing-changed": ours("Nothing was changed."),
    "refused-no-address": ours("There is no address. Type the FQDN of the publisher."),
    "refused-address": ours("That is no host name and no IP address: {value}. Type the publisher's FQDN."),
    "refused-not-here": ours(
        "The lab has no Unified CM of that address: {value}. Its Unified CM is {known}."
    ),
    "refused-twice": ours("{address} was added already."),
    "refused-no-username": ours("There is no user name. Type the name of an account that may use AXL."),
    "refused-username": ours(
        "{value} is no user name that can be stored: it has a character that cannot be seen, or more than {limit}. "
        "Type the name of an account that may use AXL."
    ),
    "refused-mode": ours("TLS verify mode is On or Off, not {value}. Choose one of the two."),
    "refused-not-trusted": ours(
        "The Tomcat certificate of {address} is not trusted: {reason}. Append its CA on Trusted CA certificate, or "
        "set TLS verify mode to Off."
    ),
    "refused-name": ours(
        "The Tomcat certificate of {address} does not bear that address. Type a name that it bears, or set TLS "
        "verify mode to Off."
    ),
}

SENTENCES: dict[str, Sentence] = {**_FIELDS, **_HELP, **_ANSWERS}
