"""The words of the page of Jabber. The page is ours; what stands word for word in a document says so.

Which of the client's attested messages comes at which step is our reading of TechNote 221845. The text of the
question about a certificate was never published, so that its words are ours.
"""

from certstore.pki.connections import Health, StepName
from certstore.wording.evidence import Sentence
from certstore.wording.sources import cite, ours, seen

SENTENCES: dict[str, Sentence] = {
    "certificate-not-valid": seen("Certificate not valid", "T221845"),
    "cannot-communicate": seen("Cannot communicate with the server", "T221845"),
    "cannot-find-services": seen("Cannot find your services automatically", "T221845"),
    "no-phone-services": ours("You are signed in, and phone services are not there."),
    "signed-in": ours("You are signed in, with phone services."),
    "nobody": ours("Nobody signs in over this server: DNS leads to another one."),
}

TAKER = "The computer"

# The steps of a sign-in: what is done, and between whom.
STEPS: dict[StepName, tuple[str, str]] = {
    StepName.SERVICE_DISCOVERY: (
        "Find the Expressway-E",
        "DNS: _collab-edge._tls.{domain}, then the address of {edge}",
    ),
    StepName.EDGE: ("Look at its certificate", "TLS to {edge}, port 8443"),
    StepName.ZONE: ("Through the traversal zone", "Expressway-C to {edge}"),
    StepName.TUNNEL: ("Through the SSH tunnel", "{edge} to Expressway-C, port 2222"),
    StepName.UDS: ("Ask Unified CM for the services", "Expressway-C to Unified CM, port 8443"),
    StepName.TFTP: ("Fetch the configuration", "Expressway-C to Unified CM, port 6972"),
    StepName.SIP: (
        "Register the phone",
        "SIP: {edge}, Expressway-C, Unified CM, port 5061 where it is secure",
    ),
}
STEP_STATES: dict[Health, tuple[str, str]] = {
    Health.WORKS: ("ok", "Works"),
    Health.WARNS: ("warn", "The person is asked"),
    Health.FAILS: ("bad", "Fails"),
    Health.OFF: ("off", "Not reached"),
}
# The same where nobody can be asked.
PHONE_STATES: dict[Health, tuple[str, str]] = STEP_STATES | {
    Health.WARNS: ("bad", "Fails, and nobody is asked")
}

# What the client shows where it gets no further, by the step that fails: names of sentences.
MESSAGES: dict[StepName, str] = {
    StepName.SERVICE_DISCOVERY: "cannot-find-services",
    StepName.EDGE: "certificate-not-valid",
    StepName.ZONE: "cannot-communicate",
    StepName.TUNNEL: "cannot-communicate",
    StepName.UDS: "cannot-communicate",
    StepName.TFTP: "cannot-communicate",
    StepName.SIP: "no-phone-services",
}
NOT_AN_EDGE = "cannot-communicate"  # DNS leads somewhere, under a name that is not the server's
SIGNED_IN, NOBODY = "signed-in", "nobody"

QUESTION_TITLE = "Jabber cannot tell whether this server is the right one"
QUESTION = (
    "The certificate of {edge} could not be verified. Go on only if you know the server. Will you accept it for "
    "this session?"
)
QUESTION_BUTTONS = ("Accept", "Decline")
QUESTION_IS_OURS = (
    f"Title, text and buttons are our own words: Cisco shows this question in pictures only. {cite('JABBER')}: the "
    'person is "prompted to accept or decline the certificate".'
)
AFTER_ACCEPTING = "After Accept the sign-in goes on with the steps below; after Decline it ends here."

PHONES = (
    f"{cite('T213872')}: phones of the 7800 and 8800 series and TC endpoints have nobody to ask, and know the public "
    "CAs in their firmware alone. Which those are is not known here: a phone is taken to know what this computer's "
    "list holds, so a root that only this list has does not help a real one."
)
DOMAIN_HELP = (
    "What stands behind the @ of the name: user@example.com. The Expressway-E's certificate has to name it."
)
BEHAVIOUR: dict[str, tuple[str, str]] = {
    "PromptPerSession": ("PromptPerSession", "The person is asked, and can accept the certificate once."),
    "RejectAndNotify": ("RejectAndNotify", "The client tells the person, and does not load."),
}
BEHAVIOUR_HELP = "INVALID_CERTIFICATE_BEHAVIOR, which Jabber for Windows is installed with."
NO_DOMAIN = "{domain} is no domain name. Write it as example.com."
CONTROL_CHARACTERS = "A domain cannot hold blanks or control characters."

UPLOADED = "The computer trusts {new} more now."
KNOWN = "In the list already: {known}."
DELETED = "Deleted from the computer's list: {count}."
TRUSTED = "The computer trusts {name} now."
TRUSTED_ALREADY = "The computer trusts {name} already."
NO_ROOT = (
    "{edge} has no root CA of its chain in its own list, so there is none to trust. Append it there first."
)
SAVED = "Saved."
COUNTS_AT_ONCE = "The list counts at once. What the operating system trusts beside it does not matter here."


def added(new: int, known: int) -> str:
    """What an upload to the computer's list changed."""
    told = UPLOADED.format(new=f"{new} certificate{'s' if new != 1 else ''}") if new else ""
    again = KNOWN.format(known=known) if known else ""
    return " ".join(text for text in (told, again) if text)
