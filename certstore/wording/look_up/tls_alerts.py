"""The alerts with which the other side of a TLS connection answers, and what OpenSSL says without a number."""

from certstore.wording.evidence import Sentence
from certstore.wording.look_up.entry import Entry, Kind, Writer, our_reading
from certstore.wording.look_up.steps import BOTH_USAGES, CHECK_TIME
from certstore.wording.sources import seen

WHERE = "the log of the side whose certificate was refused"
_MEASURED = our_reading(
    "Measured with OpenSSL 3: which verdict sends which alert. The steps are ours.", "OPENSSL3"
)
_LOOK_ACROSS = "Look into the log of the other side at the same moment: there stands the reason itself."


def _entry(
    key: str,
    title: str,
    words: tuple[Sentence, ...],
    cause: str,
    cure: tuple[str, ...],
    *,
    where: str = WHERE,
    numbers: tuple[str, ...] = (),
    names: tuple[str, ...] = (),
    related: tuple[str, ...] = (),
) -> Entry:
    return Entry(
        key,
        Kind.OPENSSL,
        title,
        words,
        (Writer.OPENSSL,),
        where,
        cause,
        cure,
        _MEASURED,
        numbers,
        names,
        (),
        related,
    )


def _numbers(*numbers: int) -> tuple[str, ...]:
    return tuple(f"openssl-{number}" for number in numbers)


_ALERTS = (
    _entry(
        "alert-unknown-ca",
        "TLS alert: unknown CA",
        (seen("TLSV1_ALERT_UNKNOWN_CA", "OPENSSL3"), seen("tlsv1 alert unknown ca", "T225746")),
        "The other side does not trust the CA of the certificate that it was shown. It answers so to the errors 2, 18, "
        "19, 20, 22, 25 and 79.",
        (
            "Append every CA of this server's certificate on the other side: for an Expressway Trusted CA certificate, "
            "for CUCM tomcat-trust and CallManager-trust.",
            _LOOK_ACROSS,
        ),
        related=("log-traffic-unknown-ca", *_numbers(20, 2, 18, 19, 22, 25, 79)),
    ),
    _entry(
        "alert-certificate-expired",
        "TLS alert: certificate expired",
        (seen("SSLV3_ALERT_CERTIFICATE_EXPIRED", "OPENSSL3"),),
        "For the other side a certificate of the chain has ended. It answers so to error 10.",
        (CHECK_TIME, "Renew the certificate that ended.", _LOOK_ACROSS),
        names=("sslv3 alert certificate expired",),
        related=_numbers(10),
    ),
    _entry(
        "alert-bad-certificate",
        "TLS alert: bad certificate",
        (seen("SSLV3_ALERT_BAD_CERTIFICATE", "OPENSSL3"),),
        "The other side does not take the certificate: not valid yet, another name, another address, or a key or "
        "digest that is too weak (9, 62, 64, 66, 67, 68).",
        (_LOOK_ACROSS, "Compare the names of the certificate with the name that the other side asks for."),
        names=("sslv3 alert bad certificate",),
        related=_numbers(62, 64, 9, 66, 67, 68),
    ),
    _entry(
        "alert-unsupported-certificate",
        "TLS alert: unsupported certificate",
        (seen("SSLV3_ALERT_UNSUPPORTED_CERTIFICATE", "OPENSSL3"),),
        "The extended key usage does not allow what the certificate was used for (26): most often client "
        "authentication is missing.",
        BOTH_USAGES,
        names=("sslv3 alert unsupported certificate",),
        related=_numbers(26),
    ),
    _entry(
        "alert-decrypt-error",
        "TLS alert: decrypt error",
        (seen("TLSV1_ALERT_DECRYPT_ERROR", "OPENSSL3"),),
        "A signature did not verify (7): the other side has another CA of the same name in its list.",
        ("On the other side, delete the old CA of that name and append the right one.", _LOOK_ACROSS),
        names=("tlsv1 alert decrypt error",),
        related=_numbers(7),
    ),
    _entry(
        "alert-certificate-unknown",
        "TLS alert: certificate unknown",
        (seen("SSLV3_ALERT_CERTIFICATE_UNKNOWN", "OPENSSL3"),),
        "The other side refused the certificate for another reason. OpenSSL answers so to 34, 47 and 48; other "
        "software also to a CA that it does not trust.",
        (
            _LOOK_ACROSS,
            "Append the CAs of this server's own certificate to its own list, so that it sends them along.",
        ),
        related=("log-certificate-unknown", *_numbers(34, 47, 48)),
    ),
    _entry(
        "alert-certificate-required",
        "TLS alert: certificate required",
        (seen("TLSV13_ALERT_CERTIFICATE_REQUIRED", "OPENSSL3"),),
        "The server asked for a client certificate (mutual TLS), and none was sent.",
        ("Give the client a certificate with client authentication.", _LOOK_ACROSS),
        names=("tlsv13 alert certificate required",),
        related=("openssl-no-peer-certificate", "log-no-certificate-returned"),
    ),
)

_LIBRARY = (
    _entry(
        "openssl-no-peer-certificate",
        "OpenSSL: the peer did not return a certificate",
        (seen("PEER_DID_NOT_RETURN_A_CERTIFICATE", "OPENSSL3"),),
        "As server: a client certificate was demanded and none came.",
        BOTH_USAGES,
        where="the log of the server in a mutual TLS connection",
        names=("peer did not return a certificate",),
        related=("alert-certificate-required", "log-no-certificate-returned", "openssl-26"),
    ),
    _entry(
        "openssl-md-too-weak",
        "OpenSSL cannot load the certificate: digest too weak",
        (seen("CA_MD_TOO_WEAK", "OPENSSL3"),),
        "At security level 2 a certificate that is signed with SHA-1 or MD5 cannot even be loaded.",
        ("Have the certificate issued anew, signed with SHA-256 or stronger.",),
        where="software that loads its certificate with OpenSSL 3",
        names=("ca md too weak",),
        related=("openssl-68",),
    ),
    _entry(
        "openssl-key-too-small",
        "OpenSSL cannot load the certificate: key too small",
        (seen("EE_KEY_TOO_SMALL", "OPENSSL3"),),
        "At security level 2 a certificate with an RSA key below 2048 bits cannot even be loaded.",
        ("Have the certificate issued for a key of 2048 or 4096 bits.",),
        where="software that loads its certificate with OpenSSL 3",
        names=("ee key too small",),
        related=("openssl-66",),
    ),
    _entry(
        "openssl-verify-failed",
        "OpenSSL 3: certificate verify failed",
        (seen("certificate verify failed", "T218018"),),
        "The certificate of the other side was refused. OpenSSL 1.1.1 writes 1416F086 (as client) or 14089086 (as "
        "server) before it, OpenSSL 3 writes 0A000086. The reason has a number and a text of its own.",
        ("Look for the verdict itself: `openssl s_client` prints it as Verify return code.",),
        where="any software with OpenSSL",
        numbers=("0A000086",),
        names=("error:0A000086:SSL routines::certificate verify failed",),
        related=("log-traffic-connection-failed", "log-ttssl-handshake", *_numbers(20, 19, 18)),
    ),
)

ENTRIES: tuple[Entry, ...] = (*_ALERTS, *_LIBRARY)
