"""What is said about a difference between two files: one sentence, what it breaks, and what to do.

That something differs is a fact of the files, so those sentences are ours; what it breaks is said by the
documents that each sentence names, in our words.
"""

from dataclasses import dataclass, replace

from certstore.pki.comparing import Change, Difference, Values, Weight
from certstore.pki.moments import moment_text
from certstore.wording import consequences as what
from certstore.wording.evidence import Sentence
from certstore.wording.sources import ours

WEIGHTS: dict[Weight, str] = {
    Weight.BREAKS: "Breaks something, unless it is dealt with",
    Weight.LOOK: "Look at it",
    Weight.FINE: "Fine",
}


@dataclass(frozen=True, slots=True)
class Told:
    """All that is said about one change. `{before}` and `{after}` are the values of a difference."""

    sentence: Sentence
    breaks: tuple[Sentence, ...] = ()
    steps: tuple[str, ...] = ()


_ISSUE_AGAIN = (
    "Have the certificate issued again with it: the CA can only give what the request asks for, and may leave "
    "out what its product does not cover.",
)
_SAME_NAMES = (
    'When the request is made: the same names again, without "DNS:" and with commas between them, under '
    '"Additional alternative names (comma separated)".',
    *_ISSUE_AGAIN,
)
_NEW_CA = (
    "Before the server certificate is uploaded: append every CA certificate of its chain to the trusted CA "
    "list of this server, of its other peers, and of the Expressways on the other side. Maintenance > "
    'Security > Trusted CA certificate: "Append CA certificate".',
    "If it is the certificate of an Expressway-C: upload the same CA certificates to the Unified CM publisher "
    "as tomcat-trust and CallManager-trust, and restart its services.",
)
_ASK_CA = ("Ask the CA for a certificate with both usages, server and client authentication.",)

TOLD: dict[Change, Told] = {
    Change.KEY_MATCHES: Told(ours("The certificate is for the key of this request.")),
    Change.KEY_MISMATCH: Told(
        ours("The certificate is for another key than this request: it was issued for another request."),
        (what.OTHER_KEY,),
        (
            "Find the request that the CA signed, and the server on which it was made.",
            "If that request was discarded, its key is gone: make a new request and have it signed.",
        ),
    ),
    Change.SIGNATURE_INVALID: Told(
        ours("The request's own signature does not verify: it was changed after it was made."),
        (what.REQUEST_REFUSED,),
        (
            "Take the request from the server again. Maintenance > Security > Server certificate: "
            '"Show (PEM file)" or "Download".',
        ),
    ),
    Change.NAMES_KEPT: Told(ours("Every name is there: {before}.")),
    Change.OWN_NAME_LOST: Told(
        ours("The name that the Common Name says is no longer among the names: {before}."),
        (
            what.PEER_ADDRESS,
            what.VERIFY_SUBJECT_NAME,
            what.CLUSTER_NAME,
            what.CLUSTER_ENFORCING,
            what.REVERSE_LOOKUP,
            what.BROWSERS,
        ),
        _SAME_NAMES,
    ),
    Change.DOMAIN_LOST: Told(
        ours("What looks like a domain that users sign in with is no longer among the names: {before}."),
        (what.JABBER, what.PHONES, what.PEER_ADDRESS, what.VERIFY_SUBJECT_NAME),
        _SAME_NAMES,
    ),
    Change.DOMAIN_FORM_LOST: Told(
        ours(
            'Of a domain\'s two forms, plain and with "collab-edge." before it, one is gone and the other is '
            "there: {before}."
        ),
        (what.EITHER_FORM,),
    ),
    Change.NAMES_LOST: Told(
        ours("No longer among the names: {before}."),
        (
            what.PEER_ADDRESS,
            what.VERIFY_SUBJECT_NAME,
            what.JABBER,
            what.PHONE_PROFILES,
            what.CHAT_ALIASES,
            what.MEETING_SERVER,
        ),
        _SAME_NAMES,
    ),
    Change.NAMES_GAINED: Told(ours("New among the names: {after}.")),
    Change.CN_CHANGED: Told(
        ours("The Common Name was {before} and is {after}."),
        (what.NAME_IN_SAN, what.CLUSTER_ENFORCING),
    ),
    Change.CN_LOST: Told(
        ours("There is no Common Name any more; it was {before}."), (what.NO_COMMON_NAME,), _ISSUE_AGAIN
    ),
    Change.CN_GAINED: Told(ours("There is a Common Name now: {after}.")),
    Change.SUBJECT_CHANGED: Told(
        ours("The subject differs in something else than the Common Name: {before} became {after}."),
        (what.SUBJECT_IS_FREE,),
    ),
    Change.CLIENT_AUTH_LOST: Told(
        ours("TLS Web Client Authentication is missing. It was: {before}. It is: {after}."),
        (
            what.UPLOAD_WITHOUT_CLIENT_AUTH,
            what.ZONE_WITHOUT_CLIENT_AUTH,
            what.TUNNELS_WITHOUT_CLIENT_AUTH,
            what.SIGN_IN_WITHOUT_CLIENT_AUTH,
            what.CLUSTER_WITHOUT_CLIENT_AUTH,
        ),
        _ASK_CA,
    ),
    Change.SERVER_AUTH_LOST: Told(
        ours("TLS Web Server Authentication is missing. It was: {before}. It is: {after}."),
        (what.WITHOUT_SERVER_AUTH,),
        _ASK_CA,
    ),
    Change.USAGE_LOST: Told(
        ours("Extended key usages that are missing: {before}."), (what.OTHER_USAGES_ARE_FREE,)
    ),
    Change.USAGE_GAINED: Told(ours("Extended key usages that are new: {after}.")),
    Change.USAGE_EXTENSION_GONE: Told(
        ours("There is no extended key usage at all; it was: {before}."), (what.NO_USAGE_EXTENSION,), _ASK_CA
    ),
    Change.KEY_USAGE_LOST: Told(
        ours("Key usages that are missing: {before}."), (what.KEY_USAGES,), _ISSUE_AGAIN
    ),
    Change.KEY_USAGE_GAINED: Told(ours("Key usages that are new: {after}.")),
    Change.IDENTICAL: Told(
        ours("The two are one and the same certificate, with the serial number {before}."),
        (what.SAME_FILE_TWICE,),
        ("Look for the new certificate: this file is the one that is in use.",),
    ),
    Change.SERIAL_REUSED: Told(
        ours("Two different certificates of one CA have the same serial number, {before}."),
        (what.SERIAL_TWICE,),
        ("Ask the CA which of the two it means.",),
    ),
    Change.ISSUER_KEPT: Told(ours("The same CA has issued it, with the same key: {after}."), (what.SAME_CA,)),
    Change.ISSUER_CHANGED: Told(
        ours("Another CA has issued it: it was {before}, it is {after}."),
        (
            what.OWN_LIST,
            what.PEERS_LISTS,
            what.TUNNELS_NEED_INTERMEDIATES,
            what.CUCM_LISTS,
            what.FIXED_LISTS,
            what.CLIENTS_LISTS,
        ),
        _NEW_CA,
    ),
    Change.AUTHORITY_KEY_CHANGED: Told(
        ours("The key of the CA that issued it (Authority Key Identifier) was {before} and is {after}."),
        (
            what.OWN_LIST,
            what.PEERS_LISTS,
            what.TUNNELS_NEED_INTERMEDIATES,
            what.FIRST_OF_SAME_NAME,
            what.CUCM_LISTS,
        ),
        _NEW_CA,
    ),
    Change.AUTHORITY_KEY_UNKNOWN: Told(
        ours(
            "Whether the CA has kept its key cannot be told: one of the two names no Authority Key Identifier."
        ),
        (what.COMPARE_AUTHORITY_KEY,),
    ),
    Change.KEY_KEPT: Told(ours("The key is the same as before.")),
    Change.KEY_CHANGED: Told(
        ours("The key is another one."),
        (what.OTHER_KEY, what.SAML),
        (
            "It has to be the key of the request that is pending on this very server. Compare the certificate "
            "with that request before the upload.",
        ),
    ),
    Change.KEY_ALGORITHM_CHANGED: Told(
        ours("The kind of key was {before} and is {after}."), (what.ECDSA, what.TUNNEL_ALGORITHMS)
    ),
    Change.KEY_SHORTER: Told(ours("The key is shorter: it was {before}, it is {after}."), (what.WEAK_KEY,)),
    Change.KEY_LONGER: Told(ours("The key is longer: it was {before}, it is {after}.")),
    Change.KEY_VERY_LARGE: Told(
        ours("The key is very large: {after}."),
        (what.VERY_LARGE_KEY,),
        ("Make a new request with a key of 4096 bits and have it signed.",),
    ),
    Change.DIGEST_CHANGED: Told(ours("It is signed with {after}, the one before with {before}.")),
    Change.DIGEST_WEAK: Told(
        ours("It is signed with {after}, the one before with {before}."), (what.WEAK_DIGEST,), _ISSUE_AGAIN
    ),
    Change.GAP: Told(
        ours("The old one ends on {before}, the new one begins on {after}: between them neither is valid."),
        (what.ENDED,),
        ("Have a certificate issued that begins before the old one ends.",),
    ),
    Change.OVERLAP: Told(
        ours("The new one begins on {after}, before the old one ends on {before}."), (what.RESTART,)
    ),
    Change.ENDS_EARLIER: Told(
        ours("The new one ends on {after}, before the old one: {before}."),
        (what.ENDS_BEFORE,),
        ("Check that the two were not exchanged, and that the CA has issued it for the time you meant.",),
    ),
    Change.BEGINS_EARLIER: Told(
        ours("The new one began on {after}, before the old one: {before}."),
        (what.EXCHANGED,),
        ("Check that the two were not exchanged.",),
    ),
    Change.SHORTER_LIFE: Told(
        ours("It is valid for {after} days, the one before for {before}."), (what.SHORTER_LIVES,)
    ),
}

# The changes that break something, for a sentence that only names them.
_IN_SHORT: dict[str, str] = {
    Change.OWN_NAME_LOST: "the server's own name",
    Change.DOMAIN_LOST: "a domain among the names",
    Change.NAMES_LOST: "names",
    Change.CN_LOST: "the Common Name",
    Change.CLIENT_AUTH_LOST: "client authentication",
    Change.SERVER_AUTH_LOST: "server authentication",
    Change.ISSUER_CHANGED: "the CA",
    Change.AUTHORITY_KEY_CHANGED: "the key of the CA",
    Change.GAP: "days without a valid certificate",
    Change.KEY_MISMATCH: "the key",
}
_NOTHING = "none"
_CHECKED_AS_MOMENT = {Change.GAP, Change.OVERLAP, Change.ENDS_EARLIER, Change.BEGINS_EARLIER}


def told(difference: Difference) -> Told:
    """All that is said about a difference, its values filled in.

    In: a difference. Out: the sentence, what it breaks and what to do; the values as one list, with the number
    of those that are not shown.
    """
    is_moment = difference.change in _CHECKED_AS_MOMENT
    values = {
        "before": _in_words(difference.before, is_moment),
        "after": _in_words(difference.after, is_moment),
    }
    found = TOLD[difference.change]
    sentence = replace(found.sentence, text=found.sentence.fill(**values))
    return replace(found, sentence=sentence)


def in_short(change: str) -> str:
    """What was lost or changed, in a few words. In: the value of a Change. Out: "" for what breaks nothing."""
    return _IN_SHORT.get(change, "")


def _in_words(values: Values, is_moment: bool) -> str:
    """One side of a difference as a person reads it."""
    shown = [moment_text(text) if is_moment else text for text in values.shown]
    listed = ", ".join(shown) or _NOTHING
    return f"{listed} and {values.more} more" if values.more else listed


SENTENCES: dict[str, Sentence] = {
    change.value.replace(".", "-"): said.sentence for change, said in TOLD.items()
}
