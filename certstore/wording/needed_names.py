"""The words of the page that says which names each certificate needs, and why. All of it is ours."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from certstore.pki.name_sheet import Flaw, Presence
from certstore.pki.needed_names import Slot, Why, Without
from certstore.wording.evidence import Basis, Sure
from certstore.wording.sources import cite, cite_all, titles


@dataclass(frozen=True, slots=True)
class Told:
    """What is said about one reason. `{by}` is who looks."""

    because: str
    without: str  # who fails, where the connection's own name does not say it; "" where it does
    later: str = ""  # what has to change for it to fail
    sure: Sure | None = None  # None where the rule of a verdict has its own


WHYS: Mapping[Why, Told] = {
    Why.OWN: Told(
        "The server's own name: System host name and domain name. Every request has it by itself, and whoever opens "
        "the server by its name looks for it.",
        "",
        sure=Sure(
            Basis.DOCUMENTED,
            f"{cite('CG-ABOUT')}: the recipe. {cite('T215405')}: the common name is always added. That a caller "
            "compares the name it opened is RFC 6125's.",
        ),
    ),
    Why.CLUSTER: Told(
        "The name of its cluster, and the Common Name of every peer. Every request has it by itself.",
        "",
        sure=Sure(
            Basis.DOCUMENTED,
            f"{cite_all('CG-ABOUT', 'CL154')}: Common Name the cluster's, alternative names the peer's and the "
            "cluster's. Older copies have the peer's as Common Name, and ask for the cluster's on Expressway-C only.",
        ),
    ),
    Why.PEER_ADDRESS: Told("The peer address of the traversal zone on {by}, as typed.", ""),
    Why.SUBJECT_NAME: Told(
        "The TLS verify subject name of the traversal zone on {by}, as typed.",
        "",
        "No zone leads there now. It fails once one does.",
    ),
    Why.REVERSE_LOOKUP: Told(
        "The PTR record of the server's address names it. Looks it up: {by}.",
        "Alarm 25031. Or correct the PTR record.",
    ),
    Why.DOMAIN: Told(
        "The person outside signs in with this domain. Either form is enough: the domain, or collab-edge. before it.",
        "Phones of the 7800 and 8800 series and TC endpoints do not register, and ask nobody.",
        "The SRV record of the domain does not lead to this server. Once it does, Jabber looks for the domain.",
    ),
    Why.SRV_TARGET: Told(
        "The SRV record of the domain sends clients to this name, which has to be the server's own. The client looks "
        "for the domain, not for this name.",
        "",
        sure=Sure(
            Basis.SUPPORT,
            f"{cite('T117811')}: the target of the record. That a certificate should have it as well is our reading.",
        ),
    ),
    Why.CLUSTER_PEER: Told(
        "Its peer address on System > Clustering, as typed. Compares it: {by}.",
        "",
        "Permissive asks for no name. Enforcing does, once it runs.",
    ),
    Why.KNOWN_AS: Told(
        "Its System > Server entry, which clients are told to use, as it is known to {by}.",
        "Sign-ins end there, over this Expressway-C.",
        "Expressway-C looks from X14.2 on, unless VerifyOriginServer is off.",
    ),
    Why.PUBLISHER_ADDRESS: Told(
        "The Unified CM publisher address on {by}, as typed, with TLS verify mode on.",
        '"Refresh servers" does not discover it.',
    ),
    Why.FURTHER_DOMAIN: Told(
        "People outside sign in with this domain, as you answered. Either form is enough: the domain, or collab-edge. "
        "before it.",
        "Jabber warns whoever signs in with it; phones of the 7800 and 8800 series and TC endpoints do not register.",
        sure=Sure(Basis.SUPPORT, f"{cite_all('T221624', 'MRA152', 'T213872')}."),
    ),
    Why.FEDERATION: Told(
        "A domain of XMPP federation, as you answered.",
        "Federation with the organizations that look for this domain.",
        sure=Sure(
            Basis.DOCUMENTED,
            f"{cite_all('CG-UC', 'CG-MANAGE')}: Expressway-E, as DNS name; XMPPAddress is discouraged.",
        ),
    ),
    Why.CHAT_ALIAS: Told(
        "A chat node alias, as you answered.",
        "Group chat of people outside and of federated organizations.",
        sure=Sure(
            Basis.DOCUMENTED,
            f"{cite_all('CG-MANAGE', 'CG-UC')}: both servers, DNS recommended. {cite('T213872')} reports that they are "
            "forgotten.",
        ),
    ),
    Why.PHONE_PROFILE: Told(
        "A secure phone security profile, as you answered.",
        "Phones with this profile that sign in without OAuth: Unified CM answers 403.",
        sure=Sure(
            Basis.DOCUMENTED,
            f"{cite_all('CG-MANAGE', 'MRA152')}: Expressway-C, FQDN since X12.6; with OAuth on the profile it is not "
            "needed.",
        ),
    ),
    Why.MEETINGS: Told(
        "The host of the Join URL of a meeting server (CMS), as you answered.",
        "The meeting app over MRA. Alarm 40051.",
        sure=Sure(Basis.DOCUMENTED, f"{cite('AG-REF')}: alarm 40051. {cite('T210800')}: the Join URL."),
    ),
}

# What becomes of a connection without the name: the class of its sign where that is so now, and the words before it.
EFFECTS: Mapping[Without, tuple[str, str]] = {
    Without.FAILS: ("bad", "Fails without it"),
    Without.WARNS: ("warn", "Warns without it"),
    Without.LATER: ("off", "Not now"),
    Without.NOTHING: ("", ""),
}

PRESENT: Mapping[Presence, tuple[str, str]] = {
    Presence.HAS: ("ok", "has it"),
    Presence.AS_COMMON_NAME: ("warn", "as Common Name only"),
    Presence.LACKS: ("bad", "lacks it"),
}
NO_REQUEST = "none pending"
NO_COMMON_NAME = "none, so alarm 40052 is raised and some services do not work"

FLAWS: Mapping[Flaw, str] = {
    Flaw.ADDRESS: "An IP address. The Generate CSR page takes names only: enter the server's name where it is typed.",
    Flaw.WILDCARD: "A wildcard: it matches nothing, and no page takes it. Enter the whole name where it is typed.",
    Flaw.NOT_FQDN: "No FQDN: the Generate CSR page refuses it. Correct it where it is typed.",
    Flaw.NOT_PUBLIC: "No public CA will sign it: it means something inside one network only.",
}
# On Unified CM nobody generates a request here.
ADDRESS_ON_CUCM = (
    "An IP address. Certificates of Unified CM have names: enter the FQDN under System > Server and on Expressway-C. "
    f"{titles('T213872')} reports that the check does not succeed with an address; a certificate that has it is taken "
    "here."
)

SLOTS: Mapping[Slot, str] = {
    Slot.SERVER: "Server certificate",
    Slot.CLIENT: "Client certificate",
    Slot.TOMCAT: "tomcat",
    Slot.TOMCAT_ECDSA: "tomcat-ECDSA",
    Slot.CALLMANAGER: "CallManager",
    Slot.CALLMANAGER_ECDSA: "CallManager-ECDSA",
}

TOO_LONG = (
    "All alternative names together are {characters} characters. Older releases count names beyond {limit} as absent ("
    + titles("T213872")
    + "); which releases is not known. Put first what connections need, and leave out what nobody needs."
)
CHARACTERS = "{characters} of {limit} characters: every release reads all of them."

NO_CLIENT = (
    "This lab has no Jabber, so it knows no domain that people sign in with. Answer the first question."
)
NOBODY_KNOWS = (
    "No Expressway-C of this lab has this server on its page Unified CM servers: nobody looks at its names."
)


def joined(names: Iterable[str]) -> str:
    """Names as a sentence lists them: "exp-c1, exp-c2 and exp-c3"."""
    every = list(names)
    return " and ".join((", ".join(every[:-1]), every[-1])) if len(every) > 1 else "".join(every)


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the form."""

    label: str
    help_text: str


QUESTIONS: Mapping[str, Question] = {
    "domains": Question(
        "Further domains that people sign in with",
        "What stands behind the @. Goes to Expressway-E: without it Jabber warns, and phones do not register.",
    ),
    "federation": Question(
        "XMPP federation domains",
        "Goes to Expressway-E: other organizations look for the domain they talk to.",
    ),
    "chat_aliases": Question(
        "Chat node aliases",
        "As on IM and Presence, such as conference-1.example.com. Goes to both: group chat of people outside.",
    ),
    "phone_profiles": Question(
        "Secure phone security profile names",
        "FQDN. Goes to Expressway-C: encrypted phones without OAuth, where Unified CM is in mixed mode.",
    ),
    "meetings": Question(
        "Host of the Join URL of a meeting server (CMS)",
        "Such as join.example.com. Goes to Expressway-E: the meeting app over MRA, alarm 40051.",
    ),
}
NOT_FQDN = (
    "{name} is no fully qualified domain name: levels of letters, digits and hyphens with dots between them, the last "
    "beginning with a letter. Type whole names with commas between them; no wildcard, no address."
)
TOO_MANY = "{count} names are too many: {limit} at most can be asked about at once."
TOO_LONG_ANSWER = "This is longer than {limit} characters. Ask about some of the names at a time."
NO_TEXT = "This has characters that are no text. Type the names anew, with commas between them."
