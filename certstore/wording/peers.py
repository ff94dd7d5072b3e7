"""What is said about the certificate of the other side of a connection: `peer.*`.

`looker` is the server that looks at a certificate, `other` the one that shows it. The verdict is OpenSSL's; its own
texts differ between versions, and only those of a log line are the product's.
"""

from collections.abc import Mapping

from certstore.pki.codes import Code
from certstore.wording.evidence import Basis, Explanation, Sure
from certstore.wording.sources import cite, ours

# What a place of the chain is, where one side of a connection draws what the other shows (pki.picture.LinkState).
LINK_STATES: Mapping[str, str] = {
    "missing": "not in the list of {looker}, and not sent",
    "not-trusted": "self-signed, and not in the list of {looker}",
    "wrong-key": "has the right name, but another key",
    "not-a-ca": "may not sign certificates",
    "expired": "expired",
    "not-yet-valid": "not valid yet",
    "refused": "not accepted",
    "this-file": "what {other} shows",
    "sent": "sent by {other}, not in the list of {looker}",
    "in-list": "in the list of {looker}",
}

_TRUST = Sure(
    Basis.DOCUMENTED,
    f"{cite('AG-SEC')}: root and intermediates of the other server must be in the list. {cite('T213872')}, "
    f"{cite('T221624')} and {cite('T212475')} report the zone that fails without. That what the other server sends "
    "helps with intermediates is OpenSSL's way, and our reading of the product.",
)
_OPENSSL = Sure(
    Basis.OUR_READING,
    "This is OpenSSL's verdict on the chain in a handshake, and the product runs OpenSSL. No document describes this "
    "case.",
)
_VALIDITY = Sure(
    Basis.DOCUMENTED,
    f"{cite('AG-SEC')}: CAs and certificates that have ended lead to refusals. {cite('T220220')} and "
    f"{cite('T217415')} report zones that failed on the day a CA ended.",
)
_REVOCATION = Sure(
    Basis.DOCUMENTED,
    f"{cite('AG-SEC')}: certificate revocation checking of SIP over TLS, the whole chain; an expired CRL counts as "
    "revoking, the fallback decides where nothing is known. Nothing is fetched here: only CRLs in the list count.",
)
_USAGE = Sure(
    Basis.SUPPORT,
    f"{cite('T213872')}: server authentication on Expressway-E, client authentication on Expressway-C. "
    f"{cite('T225693')} and {cite('AG-REF', 'X15.5')} for the switch of X15.5. {cite('T213863')} reports the log line.",
)

_APPEND = (
    "On {looker}, navigate to Maintenance > Security > Trusted CA certificate.",
    'Select "Choose File", pick the certificate of {name}, then select "Append CA certificate".',
    "Do the same for every other CA of the chain of {other}, up to its root.",
)
_OWN_LIST = (
    "On {other} too: with the intermediates in its own list it sends them, without them it cannot "
    "(Maintenance > Security > Trusted CA certificate)."
)
_RENEW = (
    "On {other}, navigate to Maintenance > Security > Server certificate; from X15.5 on what it shows where it "
    "connects is on the page Client certificate beside it.",
    'Select "Generate CSR", have a new certificate issued, then "Upload server certificate data".',
    "Restart {other}: Maintenance > Restart options.",
)
_REPLACE_CA = (
    "Get the present certificate of {name} from the CA.",
    "On {looker} and on {other}, navigate to Maintenance > Security > Trusted CA certificate, tick the old one and "
    'select "Delete", then "Append CA certificate" with the present one.',
    "If it is the certificate of {other} itself: have a new one issued and upload it on {other}.",
)
_CRL = (
    "Get the present CRL of the CA.",
    "On {looker}, load it on the page for revocation lists, or look at the settings of certificate revocation "
    "checking under Configuration > SIP.",
)


def _told(screen: str, cause: str, cure: tuple[str, ...], sure: Sure = _OPENSSL) -> Explanation:
    return Explanation(ours(screen), cause, cure, sure)


_TRUSTED: dict[Code, Explanation] = {
    Code.PEER_CHAIN_NOT_TRUSTED: _told(
        "{looker} does not trust the certificate of {other}: a CA of its chain is not in the list",
        "{below} was issued by {name} (key identifier {key_id}), and that CA is not in the trusted CA list of "
        "{looker}. A root counts only if it is in the list; an intermediate may also be sent by {other}.",
        (*_APPEND, _OWN_LIST),
        _TRUST,
    ),
    Code.PEER_SELF_SIGNED: _told(
        "{looker} does not trust the certificate of {other}: it is self-signed",
        "{name} was issued by nobody but itself, and is not in the trusted CA list of {looker}. Most often it is the "
        "certificate that the server was delivered with.",
        _RENEW,
        Sure(
            Basis.SUPPORT,
            f"{cite('T212475')}: refused while the default self-signed certificate is loaded. {cite('T221624')}: a "
            "self-signed certificate is trusted where it is itself in the list.",
        ),
    ),
    Code.PEER_CHAIN_TOO_LONG: _told(
        "{looker} does not trust the certificate of {other}: its chain has no end",
        "The chain above the certificate of {other} has no end within 100 steps: most often two CAs in the list of "
        "{looker} have signed each other.",
        (
            "On {looker}, navigate to Maintenance > Security > Trusted CA certificate, tick the cross-signed one "
            'that is not needed and select "Delete".',
        ),
    ),
    Code.PEER_DEPENDS_ON_SAME_SUBJECT: _told(
        "Whether {looker} trusts {other} depends on CAs of the same name",
        "The trusted CA list of {looker} holds more than one certificate named {name}. Which of them the server takes "
        "decides whether the chain is trusted, and Cisco's documents do not agree on which it takes.",
        (
            "On {looker}, navigate to Maintenance > Security > Trusted CA certificate.",
            'Tick the certificates of that name that are not needed, and select "Delete".',
        ),
        Sure(
            Basis.OUR_READING,
            f"{cite('T213872')} and {cite('T218018')}: the search stops at the first of that name. That it hides one "
            "that the other server sends as well is our reading.",
        ),
    ),
}

_VALIDITY_CODES: dict[Code, Explanation] = {
    Code.PEER_EXPIRED: _told(
        "{looker} does not accept the certificate of {other}: a certificate of its chain has expired",
        "{name} ended on {end}, before the time of {looker}.",
        _REPLACE_CA,
        _VALIDITY,
    ),
    Code.PEER_NOT_YET_VALID: _told(
        "{looker} does not accept the certificate of {other}: a certificate of its chain is not valid yet",
        "{name} is valid from {start} on, after the time of {looker}.",
        ("Check the time of both servers. If it is right, wait, or have the certificate issued anew.",),
        _VALIDITY,
    ),
}

_USAGES: dict[Code, Explanation] = {
    Code.PEER_NO_SERVER_AUTH: _told(
        "{looker} does not accept the certificate of {other}: no server authentication",
        "{looker} connects to {other}, whose certificate must allow server authentication. The extended key usage of "
        "{name} allows: {eku}.",
        _RENEW,
        _USAGE,
    ),
    Code.PEER_NO_CLIENT_AUTH: _told(
        "{looker} does not accept the certificate of {other}: no client authentication",
        "{other} connects to {looker}, which asks for a certificate that allows client authentication. The extended "
        "key usage of {name} allows: {eku}.",
        (
            *_RENEW,
            "A public CA may no longer issue both usages: then from a private CA whose root and intermediates are "
            "in the list of {looker}.",
            "From X15.5 on {looker} can be told not to ask, with xConfiguration SIP TLS Certificate ExtendedKeyUsage "
            "Checking Mode: the zone then comes up, the SSH tunnels do not.",
        ),
        _USAGE,
    ),
    Code.PEER_PURPOSE: _told(
        "{looker} does not accept the certificate of {other}: its chain is not for this use",
        "{name} does not allow {usage}: of the certificate itself its key usage forbids it, of a CA above it the "
        "extended key usage of the CA, which limits all below. It allows: {eku}.",
        (
            "Ask the CA for a certificate from a CA that does not limit its usages, with digital signature among the "
            "key usages.",
            *_RENEW[1:],
        ),
    ),
}

_REVOKED: dict[Code, Explanation] = {
    Code.PEER_REVOKED: _told(
        "{looker} does not accept the certificate of {other}: a certificate of its chain is revoked",
        "A CRL in the list of {looker} says that {name} was revoked by the CA that issued it, and {looker} checks "
        "revocation.",
        _RENEW,
        _REVOCATION,
    ),
    Code.PEER_REVOCATION_UNKNOWN: _told(
        "{looker} does not accept the certificate of {other}: nobody knows whether it is revoked",
        "{looker} checks revocation, has no CRL of the CA that issued {name}, can reach nobody to ask, and its "
        "fallback behavior is to treat as revoked what it does not know.",
        _CRL,
        _REVOCATION,
    ),
    Code.PEER_CRL_NOT_IN_FORCE: _told(
        "{looker} does not accept the certificate of {other}: a CRL about its chain is out of its time",
        "{looker} checks revocation, and the CRL that would tell about {name} has expired or has not begun. Then every "
        "certificate of that CA counts as revoked.",
        _CRL,
        _REVOCATION,
    ),
    Code.PEER_CRL_UNUSABLE: _told(
        "{looker} does not accept the certificate of {other}: a CRL about its chain cannot be used",
        "{looker} checks revocation, and the CRL that would tell about {name} was not signed by the CA, or the CA may "
        "not sign CRLs, or it is about other certificates.",
        _CRL,
        _REVOCATION,
    ),
}

_BROKEN: dict[Code, Explanation] = {
    Code.PEER_BAD_SIGNATURE: _told(
        "{looker} does not trust the certificate of {other}: a signature does not verify",
        "The signature of {name} was not made with the key of {issuer} that {looker} has. Either its list holds "
        "another CA of the same name, or the certificate was changed.",
        (
            "Compare the CA in the list of {looker} with the one that really issued {name}.",
            *_REPLACE_CA[1:],
        ),
    ),
    Code.PEER_NOT_A_CA: _told(
        "{looker} does not trust the certificate of {other}: a certificate of its chain is no CA",
        "{name} has signed another certificate of the chain, but may not: its BasicConstraints do not say CA, or its "
        "key usage does not allow signing certificates.",
        ("Ask the CA about {name}: it has to issue from another CA.", *_RENEW[1:]),
    ),
    Code.PEER_PATH_LENGTH: _told(
        "{looker} does not trust the certificate of {other}: too many CAs below one of its chain",
        "{name} allows {limit} CAs below itself (path length), and the chain has more.",
        ("Ask the CA about {name}: it has to issue from another CA.", *_RENEW[1:]),
    ),
    Code.PEER_NAME_CONSTRAINT: _told(
        "{looker} does not trust the certificate of {other}: a CA above it does not allow its names",
        "{ca} does not allow {dns}, a name of {name} (name constraints).",
        ("Ask the CA for a certificate from a CA that allows the names.", *_RENEW[1:]),
    ),
    Code.PEER_UNKNOWN_CRITICAL_EXTENSION: _told(
        "{looker} does not trust the certificate of {other}: an unknown critical extension in its chain",
        "{name} holds an extension that OpenSSL does not know ({oid}) and that is marked critical: what is not "
        "understood must be refused.",
        ("Ask the CA about {name}: it has to be issued without it.", *_RENEW[1:]),
    ),
    Code.PEER_CHAIN_OTHER: _told(
        "{looker} does not trust the certificate of {other}",
        "OpenSSL refuses the chain at {name}, for a reason that has no sentence of its own here.",
        ("Ask the CA about {name}.", *_RENEW[1:]),
    ),
}

EXPLANATIONS: dict[Code, Explanation] = {**_TRUSTED, **_VALIDITY_CODES, **_USAGES, **_REVOKED, **_BROKEN}
