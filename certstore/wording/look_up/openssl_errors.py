"""OpenSSL's verdicts on a certificate: the number, its texts in OpenSSL 1.x and 3.x, the alert the other side sees.

The numbers are stable, the texts are not: the product logs those of its own OpenSSL. That two of the 1.x texts
stand in the product's own logs was seen; of the others it follows from the same source.
"""

from dataclasses import dataclass

from certstore.pki.codes import Code
from certstore.wording.look_up.entry import Entry, Kind, Writer, our_reading
from certstore.wording.look_up.steps import APPEND_HERE, BOTH_USAGES, CHECK_TIME, NEW_CSR, RENEW_CERTIFICATE
from certstore.wording.openssl_texts import OLD_TEXTS, TEXTS, verdict_text
from certstore.wording.sources import seen

WHERE = "openssl verify, Client certificate testing, Error= of the traffic server, and other software with OpenSSL"


@dataclass(frozen=True, slots=True)
class _Verdict:
    """One number; its texts stand in `openssl_texts`. `alert` is the key of what the other side sees."""

    number: int
    name: str  # X509_V_ERR_... without its beginning
    cause: str
    cure: tuple[str, ...]
    alert: str = ""
    also: tuple[str, ...] = ()  # further texts of the same number
    names: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()
    older: int = 0  # the number of the same thing in OpenSSL 1.x, where it is another one
    related: tuple[str, ...] = ()


def _entry(verdict: _Verdict) -> Entry:
    text = TEXTS[verdict.number]
    words = [seen(one, "OPENSSL3") for one in (text, *verdict.also)]
    if verdict.number in OLD_TEXTS:
        words.append(verdict_text(verdict.number))
    alert = (f"alert-{verdict.alert}",) if verdict.alert else ()
    return Entry(
        key=f"openssl-{verdict.number}",
        kind=Kind.OPENSSL,
        title=f"OpenSSL error {verdict.number}: {text}",
        words=tuple(words),
        writers=(Writer.OPENSSL,),
        where=WHERE,
        cause=verdict.cause,
        cure=verdict.cure,
        sure=our_reading(
            "Measured with OpenSSL itself, which the product runs. The steps are ours.", "OPENSSL3"
        ),
        numbers=tuple(str(number) for number in (verdict.number, verdict.older) if number),
        names=(f"X509_V_ERR_{verdict.name}", *verdict.names),
        codes=verdict.codes,
        related=(*alert, *verdict.related),
    )


_FIND_TWIN = (
    "Navigate to Maintenance > Security > Trusted CA certificate and look for two CAs of the same name; compare "
    'their key identifiers under "View (decoded)".',
    'Tick the wrong one, select "Delete", and append the right one.',
)
_ASK_CA = ("Ask the CA: it has to issue the certificate anew, or from another CA.",)
_CRL = (
    'Navigate to Maintenance > Security > CRL management: get the CA\'s present list, "Upload CRL file", or see '
    'to "Automatic CRL updates".',
)

_PATH = (
    _Verdict(
        20,
        "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
        "The CA that issued the certificate is not in the list of whoever checks it. At depth 0 it is the issuer of "
        "the server's own certificate. The peer sent no CA either.",
        APPEND_HERE,
        "unknown-ca",
        names=("missing intermediate", "issuer not in the trust list"),
        codes=(Code.CHAIN_ISSUER_MISSING,),
        related=("openssl-2", "openssl-21", "trouble-untrusted-chain"),
    ),
    _Verdict(
        2,
        "UNABLE_TO_GET_ISSUER_CERT",
        "The chain begins and then stops: a CA is in the list, and the one above it is not. The depth tells which: at "
        "depth 1 the issuing CA was found and its own issuer is missing, most often the root.",
        APPEND_HERE,
        "unknown-ca",
        names=("missing root", "root not in the trust list"),
        codes=(Code.CHAIN_CA_ISSUER_MISSING,),
        related=("openssl-20", "trouble-untrusted-chain"),
    ),
    _Verdict(
        21,
        "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
        "The peer sent one certificate only, and its issuer is not in the list.",
        APPEND_HERE,
        "unknown-ca",
        codes=(Code.CHAIN_ISSUER_MISSING,),
        related=("openssl-20",),
    ),
    _Verdict(
        18,
        "DEPTH_ZERO_SELF_SIGNED_CERT",
        "The certificate is signed by itself, by no CA, and is not itself in the list of whoever checks it.",
        (
            "Have the certificate issued by a CA, or append it itself to the list of whoever checks it.",
            *APPEND_HERE[1:],
        ),
        "unknown-ca",
        codes=(Code.CHAIN_SELF_SIGNED,),
        related=("openssl-19", "log-traffic-verification-failed"),
    ),
    _Verdict(
        19,
        "SELF_SIGNED_CERT_IN_CHAIN",
        "The peer sent its whole chain, and the root at its end is not in the list. It is seen in connections only, "
        "never at an upload.",
        APPEND_HERE,
        "unknown-ca",
        codes=(Code.CHAIN_SELF_SIGNED_CA,),
        related=("openssl-18", "log-self-signed-in-chain"),
    ),
    _Verdict(
        22,
        "CERT_CHAIN_TOO_LONG",
        "The chain has no end: two CAs in the list have signed each other, or there are more than the depth allows.",
        (
            "Navigate to Maintenance > Security > Trusted CA certificate, tick the cross-signed CA that is not needed "
            'and select "Delete".',
        ),
        "unknown-ca",
        codes=(Code.CHAIN_TOO_LONG,),
    ),
    _Verdict(
        25,
        "PATH_LENGTH_EXCEEDED",
        "A CA allows fewer CAs below itself than there are (path length in its BasicConstraints).",
        _ASK_CA,
        "unknown-ca",
        codes=(Code.CHAIN_PATH_LENGTH,),
    ),
)

_CERTIFICATE = (
    _Verdict(
        10,
        "CERT_HAS_EXPIRED",
        "A certificate of the chain has ended, or the clock of whoever checks is wrong. The depth tells which: 0 is "
        "the server's own. The very second of its end counts as ended.",
        (CHECK_TIME, *RENEW_CERTIFICATE),
        "certificate-expired",
        names=("expired certificate",),
        codes=(Code.CHAIN_EXPIRED,),
        related=("openssl-9", "alarm-40068", "alarm-25022"),
    ),
    _Verdict(
        9,
        "CERT_NOT_YET_VALID",
        "A certificate of the chain begins later, or the clock of whoever checks is slow.",
        (CHECK_TIME, "If the clocks are right, wait, or have it issued anew."),
        "bad-certificate",
        also=("certificate is not yet valid or the system clock is incorrect",),
        codes=(Code.CHAIN_NOT_YET_VALID,),
        related=("openssl-10", "alarm-25022"),
    ),
    _Verdict(
        7,
        "CERT_SIGNATURE_FAILURE",
        "The signature was not made with the key of the CA that was taken for its issuer: the list holds another CA of "
        "the same name, or the file was changed.",
        _FIND_TWIN,
        "decrypt-error",
        codes=(Code.CHAIN_BAD_SIGNATURE, Code.CHAIN_DEPENDS_ON_SAME_SUBJECT),
        related=("case-38",),
    ),
    _Verdict(
        79,
        "INVALID_CA",
        "A certificate has signed another one and may not: no CA by its BasicConstraints, or its key usage does not "
        "allow it. OpenSSL 1.x calls this 24, a number that in OpenSSL 3 stands for a CA without a public key.",
        _ASK_CA,
        "unknown-ca",
        codes=(Code.CHAIN_NOT_A_CA,),
        older=24,
        related=("openssl-32",),
    ),
    _Verdict(
        32,
        "KEYUSAGE_NO_CERTSIGN",
        "A CA's key usage does not allow it to sign certificates.",
        _ASK_CA,
        "unknown-ca",
        codes=(Code.CHAIN_NOT_A_CA,),
        related=("openssl-79",),
    ),
    _Verdict(
        34,
        "UNHANDLED_CRITICAL_EXTENSION",
        "A certificate holds an extension that OpenSSL does not know and that is marked critical.",
        _ASK_CA,
        "certificate-unknown",
        codes=(Code.CHAIN_UNKNOWN_CRITICAL_EXTENSION,),
    ),
    _Verdict(
        47,
        "PERMITTED_VIOLATION",
        "A CA allows certain names only (name constraints), and the certificate has another.",
        _ASK_CA,
        "certificate-unknown",
        codes=(Code.CHAIN_NAME_CONSTRAINT,),
        related=("openssl-48",),
    ),
    _Verdict(
        48,
        "EXCLUDED_VIOLATION",
        "A CA forbids certain names (name constraints), and the certificate has one of them.",
        _ASK_CA,
        "certificate-unknown",
        codes=(Code.CHAIN_NAME_CONSTRAINT,),
        related=("openssl-47",),
    ),
    _Verdict(
        26,
        "INVALID_PURPOSE",
        "The extended key usage (or key usage) does not allow what the certificate is used for: as a client without "
        "client authentication, as a server without server authentication. A CA's own extended key usage "
        "counts too. It "
        "is checked in connections; anyExtendedKeyUsage alone is not enough.",
        BOTH_USAGES,
        "unsupported-certificate",
        names=("client authentication missing", "clientAuth EKU missing"),
        codes=(Code.NO_CLIENT_AUTH, Code.NO_SERVER_AUTH),
        related=("log-no-certificate-returned", "openssl-no-peer-certificate"),
    ),
    _Verdict(
        85,
        "MISSING_AUTHORITY_KEY_IDENTIFIER",
        "Only with -x509_strict: the certificate has no Authority Key Identifier. It is not part of the rule here.",
        ("Leave -x509_strict out, or have the certificate issued with the identifier.",),
    ),
)

_NAMES_AND_KEYS = (
    _Verdict(
        62,
        "HOSTNAME_MISMATCH",
        "The name that was asked for is not in the certificate. Once there is a Subject Alternative Name, the Common "
        "Name is not looked at. A wildcard covers one level only.",
        ("Ask for a name that is in the certificate, or have it issued anew with that name.", *NEW_CSR),
        "bad-certificate",
        also=("Hostname mismatch, certificate is not valid for '<name>'.",),
        codes=(Code.NO_SAN,),
        related=("log-outbound-identity", "log-traffic-sni", "openssl-64"),
    ),
    _Verdict(
        64,
        "IP_ADDRESS_MISMATCH",
        "The peer was asked for by its address, and the certificate has names only.",
        ("Ask for the FQDN that is in the certificate, not for the address.",),
        "bad-certificate",
        also=("IP address mismatch, certificate is not valid for '<address>'.",),
        related=("openssl-62", "log-traffic-sni"),
    ),
    _Verdict(
        66,
        "EE_KEY_TOO_SMALL",
        "The certificate's own key is too short for the security level of whoever checks (RSA below 2048 at level 2).",
        ("Have the certificate issued for a key of 2048 or 4096 bits.",),
        "bad-certificate",
        codes=(Code.WEAK_KEY,),
        related=("openssl-key-too-small", "openssl-67"),
    ),
    _Verdict(
        67,
        "CA_KEY_TOO_SMALL",
        "A CA's key is too short for the security level of whoever checks.",
        _ASK_CA,
        "bad-certificate",
        codes=(Code.WEAK_KEY,),
        related=("openssl-66",),
    ),
    _Verdict(
        68,
        "CA_MD_TOO_WEAK",
        "The certificate, or a CA below the root, is signed with SHA-1 or MD5. A root's own signature is not "
        "looked at.",
        ("Have the certificate issued anew, signed with SHA-256 or stronger.",),
        "bad-certificate",
        codes=(Code.WEAK_DIGEST,),
        related=("openssl-md-too-weak",),
    ),
)

_REVOCATION = (
    _Verdict(
        3,
        "UNABLE_TO_GET_CRL",
        "Revocation is checked, and there is no revocation list of that CA. On Client certificate testing, with CRL "
        "checking not in use, it means that the certificate is otherwise fine.",
        _CRL,
        names=("unable to get CRL",),
        related=("openssl-12", "alarm-40006"),
    ),
    _Verdict(
        8,
        "CRL_SIGNATURE_FAILURE",
        "The revocation list was not signed by the CA that it names.",
        _CRL,
    ),
    _Verdict(
        11,
        "CRL_NOT_YET_VALID",
        "The revocation list begins later, or the clock of whoever checks is slow.",
        (CHECK_TIME, *_CRL),
    ),
    _Verdict(
        12,
        "CRL_HAS_EXPIRED",
        "The revocation list is too old. Every certificate of that CA then counts as revoked; it also hides a real "
        "revocation.",
        _CRL,
        codes=(Code.CA_CRL_EXPIRED,),
        related=("openssl-3", "alarm-40002"),
    ),
    _Verdict(
        23,
        "CERT_REVOKED",
        "The CA has revoked the certificate.",
        ("Ask the CA why, and have a new certificate issued.", *RENEW_CERTIFICATE),
        names=("revoked certificate",),
        codes=(Code.REVOKED_BY_CRL,),
        related=("case-12",),
    ),
    _Verdict(
        35,
        "KEYUSAGE_NO_CRL_SIGN",
        "The CA's key usage does not allow it to sign revocation lists.",
        _ASK_CA,
    ),
)

ENTRIES: tuple[Entry, ...] = tuple(
    _entry(verdict) for verdict in (*_PATH, *_CERTIFICATE, *_NAMES_AND_KEYS, *_REVOCATION)
)
