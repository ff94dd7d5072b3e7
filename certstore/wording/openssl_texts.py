"""What OpenSSL calls its verdicts and the alerts it meets: the one place that holds these texts.

The numbers are stable, the texts are not. The product logs those of its own OpenSSL: the codes in the samples
that were read belong to 1.1.1, so its lines here bear the texts of 1.1.1.
"""

from certstore.wording.evidence import Evidence, Sentence
from certstore.wording.sources import cite, seen

# OpenSSL 3.0's text of every number that a verdict here can have.
TEXTS: dict[int, str] = {
    2: "unable to get issuer certificate",
    3: "unable to get certificate CRL",
    7: "certificate signature failure",
    8: "CRL signature failure",
    9: "certificate is not yet valid",
    10: "certificate has expired",
    11: "CRL is not yet valid",
    12: "CRL has expired",
    18: "self-signed certificate",
    19: "self-signed certificate in certificate chain",
    20: "unable to get local issuer certificate",
    21: "unable to verify the first certificate",
    22: "certificate chain too long",
    23: "certificate revoked",
    25: "path length constraint exceeded",
    26: "unsuitable certificate purpose",
    32: "key usage does not include certificate signing",
    34: "unhandled critical extension",
    35: "key usage does not include CRL signing",
    47: "permitted subtree violation",
    48: "excluded subtree violation",
    62: "hostname mismatch",
    64: "IP address mismatch",
    66: "EE certificate key too weak",
    67: "CA certificate key too weak",
    68: "CA signature digest algorithm too weak",
    79: "invalid CA certificate",
    85: "Missing Authority Key Identifier",
}
# Where 1.1.1 has another text.
OLD_TEXTS: dict[int, str] = {
    18: "self signed certificate",
    19: "self signed certificate in certificate chain",
    26: "unsupported certificate purpose",
    62: "Hostname mismatch",
}
# The texts of 1.1.1 that stand in a log of the product, and in which document.
LOGGED: dict[int, str] = {18: "T218018", 19: "T212475"}

# The number and the text in which OpenSSL 1.1.1 reports an alert of the other side.
ALERTS: dict[str, tuple[int, str]] = {
    "bad-certificate": (42, "sslv3 alert bad certificate"),
    "unsupported-certificate": (43, "sslv3 alert unsupported certificate"),
    "certificate-revoked": (44, "sslv3 alert certificate revoked"),
    "certificate-expired": (45, "sslv3 alert certificate expired"),
    "certificate-unknown": (46, "sslv3 alert certificate unknown"),
    "handshake-failure": (40, "sslv3 alert handshake failure"),
    "unknown-ca": (48, "tlsv1 alert unknown ca"),
    "access-denied": (49, "tlsv1 alert access denied"),
    "decrypt-error": (51, "tlsv1 alert decrypt error"),
    "internal-error": (80, "tlsv1 alert internal error"),
    "certificate-required": (116, "tlsv13 alert certificate required"),
}
LOGGED_ALERTS: dict[str, str] = {"certificate-unknown": "T212475", "unknown-ca": "T225746"}

_OLD = f"{cite('OPENSSL1')}: its table of texts, not seen in a log of the product"
_ALERT_REASON = (
    0x14094000 + 1000
)  # library SSL, function ssl3_read_bytes, reason: 1000 and the alert's number


def of_the_table(text: str) -> Sentence:
    """A text out of the table of OpenSSL 1.1.1, which nobody saw in a log of the product."""
    return Sentence(text, Evidence.PARAPHRASED, _OLD)


def verdict_text(number: int) -> Sentence:
    """The text of 1.1.1 for a verdict's number, as the product logs it. Raises KeyError for another number."""
    text = OLD_TEXTS.get(number, TEXTS[number])
    return seen(text, LOGGED[number]) if number in LOGGED else of_the_table(text)


def alert_text(name: str) -> Sentence:
    """The text of 1.1.1 for an alert that the other side sent ("unknown-ca"). Raises KeyError for another name."""
    text = ALERTS[name][1]
    return seen(text, LOGGED_ALERTS[name]) if name in LOGGED_ALERTS else of_the_table(text)


def alert_error(name: str) -> str:
    """The code of the error queue with which 1.1.1 reports that alert: "14094418" for "unknown-ca".

    Raises KeyError for another name.
    """
    return f"{_ALERT_REASON + ALERTS[name][0]:08X}"
