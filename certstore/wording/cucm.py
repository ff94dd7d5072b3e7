"""The words of the page of a Unified CM. The page is ours; what stands word for word in a document says so."""

from certstore.wording.evidence import Sentence
from certstore.wording.sources import cite, seen

# The answer to an upload, word for word: the only one of Unified CM's own sentences that was found.
SENTENCES: dict[str, Sentence] = {"uploaded": seen("Success: Certificate Uploaded", "T217748")}
ASKED_TWICE = "In {list} already: {known}."
NEW_IN_LIST = "New in {list}: {new}. It counts after the restart of the services."
DELETED = "Deleted: {count}. What was deleted counts until the restart of the services."
REGENERATED = "{certificate} was made anew, self-signed. It is shown after the restart of the services."
SIGNED = "{certificate} was signed by {ca}, for a new key. It is shown after the restart of the services."
NEW_CA = (
    "This lab had no key of an enterprise CA, because a key never leaves its lab or its installation. So a new CA was "
    "made. Its certificates are in tomcat-trust and CallManager-trust; give them to every Expressway-C."
)
REMOVED = "{certificate} was deleted. It is shown until the restart of the services."
RESTARTED = "The services were restarted: every list and certificate of this page counts now."
SAVED = "Saved."
TAKER = "Unified CM"
NO_PURPOSE = "Choose what the certificate is for: tomcat-trust or CallManager-trust."
NO_CERTIFICATE_NAMED = "No certificate of this server was named. Use one of the buttons beside a certificate."
NOT_DELETED = "Nothing was deleted: only an ECDSA certificate that is there can be."

# The lists: the purpose to upload with, and what they are for.
LISTS: dict[str, tuple[str, str]] = {
    "tomcat": ("tomcat-trust", "Whom the web services trust: port 8443."),
    "callmanager": (
        "CallManager-trust",
        "Whom the call services trust: TFTP on port 6972, SIP on port 5061.",
    ),
}
# Its own certificates: their names, and where they are shown.
CERTIFICATES: dict[str, tuple[str, str]] = {
    "tomcat": ("tomcat", "Port 8443, to who takes RSA."),
    "tomcat-ecdsa": ("tomcat-ECDSA", "Port 8443, to who prefers ECDSA."),
    "callmanager": ("CallManager", "Port 6972 to who takes RSA, and port 5061."),
    "callmanager-ecdsa": ("CallManager-ECDSA", "Port 6972, to who prefers ECDSA."),
}

# How a row of a list stands, and how a certificate is shown: class of the sign, words.
ROW_STATES: dict[str, tuple[str, str]] = {
    "loaded": ("ok", "Loaded by the services"),
    "waits": ("warn", "After the restart of the services"),
    "goes": ("warn", "Deleted; counts until the restart of the services"),
}
CERTIFICATE_STATES: dict[str, tuple[str, str]] = {
    "shown": ("ok", "Shown to callers"),
    "waits": ("warn", "After the restart of the services"),
    "goes": ("warn", "Deleted; shown until the restart of the services"),
    "none": ("off", "There is none"),
}
VALIDITY: dict[str, tuple[str, str]] = {
    "valid": ("", ""),
    "not-a-ca": ("warn", "No CA certificate"),
    "not-started": ("warn", "Not valid yet"),
    "expired": ("bad", "Expired"),
}
# How an Expressway-C and this server take each other.
CONNECTION_STATES: dict[str, tuple[str, str]] = {
    "works": ("ok", "They take each other's certificates"),
    "warns": ("warn", "They take each other's certificates, with a warning"),
    "fails": ("bad", "One does not take the other's certificate"),
    "off": ("off", "Not joined"),
}
# A CA of an Expressway-C's chain, as one of the lists has it.
PRESENCE: dict[str, tuple[str, str]] = {
    "loaded": ("ok", "Loaded"),
    "waits": ("warn", "After the restart"),
    "goes": ("warn", "Until the restart"),
    "missing": ("bad", "Missing"),
}

NOT_IN_ITS_LIST = "Not in the list of {control}, so only its name is known"
SELF_SIGNED = "self-signed"
NEEDS = (
    f"{cite('T217748')}: from X14.0.2 on an Expressway-C shows its certificate to Unified CM on port 6972 and others, "
    "even where TLS verify mode is off. Root and intermediate CAs of that certificate belong into tomcat-trust and "
    f"into CallManager-trust, on the publisher. {cite('T217743')} and {cite('T225746')} say the same; {cite('MRA152')} "
    "asks for the root alone, and in mixed mode for the certificate of Expressway-C itself as well."
)
RESTART_HOW = (
    f"{cite('T217748')} and {cite('T225746')}: Cisco CallManager, Cisco TFTP and Cisco Tomcat are restarted on every "
    "node. On the command line: utils service restart Cisco Tomcat, then utils service restart Cisco HAProxy where it "
    "does not go with Tomcat."
)
RESTART_MINUTES = "The lab's time goes on by {minutes} minutes, which is our guess."
FORMS_TAKEN = (
    "Base-64 (PEM) or binary form (DER), 4 MiB at most. That both are taken, and several certificates of one file, is "
    "our reading: the TechNote uploads one in Base-64."
)
SERVER_ENTRY_HELP = (
    "The address that clients are told to use: full name, host name or IP address. It has to be a name of the "
    "certificates on 8443 and 6972. An Expressway-C learns of a change when its servers are refreshed."
)
MIXED_MODE_HELP = "Secure SIP on port 5061 is met in mixed mode only."
PREFERS_RSA_HELP = "From X14.2 on both sides prefer the ECDSA certificates. With this the RSA ones are shown."
NO_ADDRESS = "Write one name or IP address, of at most 253 characters, without blanks."

SERVICES_ADDED = (
    "A Unified CM and Jabber were added. Expressway-C knows the Unified CM, and does not trust its CA yet."
)
SERVICES_THERE = "This lab has a Unified CM or Jabber already."
SERVICES_REMOVED = (
    "Unified CM and Jabber were removed, with their lists and certificates. A restore point brings them back."
)


def added(name: str, new: int, known: int) -> str:
    """What an upload to a list changed."""
    told = NEW_IN_LIST.format(list=name, new=new) if new else ""
    again = ASKED_TWICE.format(list=name, known=known) if known else ""
    return " ".join(text for text in (told, again) if text)
