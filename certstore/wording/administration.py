"""The words of System > Administration, as far as names and certificates need them."""

from certstore.wording.evidence import Sentence
from certstore.wording.sources import ours, paraphrased, recalled, seen

SENTENCES: dict[str, Sentence] = {
    "title": seen("Administration", "AG-NET"),
    "settings-heading": recalled("System settings"),
    "web-heading": recalled("Web server configuration"),
    "client-certificates": seen("Client certificate-based security", "AG-NET"),
    "client-certificates-not-required": seen("Not required", "AG-NET"),
    "client-certificates-validation": seen("Certificate validation", "AG-NET"),
    "client-certificates-authentication": seen("Certificate-based authentication", "AG-NET"),
    "crl-checking": seen("Certificate revocation list (CRL) checking", "AG-NET"),
    "crl-checking-none": seen("None", "AG-NET"),
    "crl-checking-peer": seen("Peer", "AG-NET"),
    "crl-checking-all": seen("All", "AG-NET"),
    "crl-fallback": seen("CRL inaccessibility fallback behavior", "AG-NET"),
    "crl-fallback-not-revoked": seen("Treat as not revoked", "AG-NET"),
    "crl-fallback-revoked": seen("Treat as revoked", "AG-SEC"),
    "help-client-certificates": paraphrased(
        "Whether the browser of an administrator has to show a certificate. Not required by default.",
        "AG-NET",
    ),
    "help-crl-checking": paraphrased("All by default.", "AG-NET"),
    "help-crl-fallback": paraphrased("Treat as not revoked by default.", "AG-NET"),
    "not-simulated": ours("These settings are shown with their defaults, and cannot be changed here."),
}
