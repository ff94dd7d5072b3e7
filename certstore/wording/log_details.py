"""What stands in a log line after Detail=, Reason= or Error=: keys turned into the product's texts.

A verdict names a key ("identity-unacceptable", "verify-20", "alert-unknown-ca"); the text is the product's own
where a document shows it, else that of OpenSSL 1.1.1, else ours, as its evidence says.
"""

from certstore.wording.corrected import as_corrected
from certstore.wording.evidence import Sentence
from certstore.wording.openssl_texts import ALERTS, TEXTS, alert_text, of_the_table, verdict_text
from certstore.wording.sources import ours, seen

UNKNOWN = "unknown"
VERIFY_FAILED = "verify-failed"

_HANDSHAKE: dict[str, Sentence] = {
    "identity-unacceptable": seen("Peer's TLS certificate identity was unacceptable", "T117811", "T212475"),
    "remote-disconnect": seen("No SSL error available, probably remote disconnect", "T118798", "T212475"),
    "no-certificate-returned": seen("no certificate returned", "T118798", "T213863"),
    "eof": seen("Got EOF on socket", "T118798"),
    VERIFY_FAILED: seen("certificate verify failed", "T218018", "T212475"),
    UNKNOWN: of_the_table("unspecified certificate verification error"),
}
# What the event "Certificate Management" tells; nobody published what its Detail reads.
_MANAGEMENT: dict[str, Sentence] = {
    "server-certificate-uploaded": ours("Server certificate uploaded"),
    "server-certificate-reset": ours("Server certificate reset to the default one"),
    "client-certificate-uploaded": ours("Client certificate uploaded"),
    "ca-appended": ours("CA certificates appended to the trusted CA list"),
    "ca-deleted": ours("CA certificates deleted from the trusted CA list"),
    "ca-reset": ours("Trusted CA list reset to the default one"),
    "csr-generated": ours("Certificate signing request generated"),
    "csr-discarded": ours("Certificate signing request discarded"),
    "certificates-changed": ours("Certificates changed"),
}
# What an event "System Configuration Changed" of ours tells: which field it was the product says by its path and both
# values, and of one field alone it is known how that path reads.
_CONFIGURATION: dict[str, Sentence] = {
    "changed-system-name": ours("System host name, domain name or address changed"),
    "changed-zone-created": ours("Zone created"),
    "changed-zone": ours("Zone changed"),
    "changed-zone-deleted": ours("Zone deleted"),
    "changed-address-mapping": ours("Cluster address mapping changed"),
    "changed-credential": ours("Password in the local authentication database changed"),
    "changed-cucm-added": ours("Unified CM server added"),
    "changed-cucm": ours("Unified CM server changed"),
    "changed-cucm-refreshed": ours("Unified CM servers refreshed"),
    "changed-cucm-deleted": ours("Unified CM server deleted"),
    "changed-sip": ours("SIP certificate revocation checking changed"),
    "changed-ssh": ours("SSH configuration changed"),
    "changed-ssh-reset": ours("SSH configuration reset to its defaults"),
    "changed-by-command": ours("Setting changed by xConfiguration"),
}

SENTENCES: dict[str, Sentence] = {
    **_HANDSHAKE,
    **{f"verify-{number}": verdict_text(number) for number in TEXTS},
    **{f"alert-{name}": alert_text(name) for name in ALERTS},
    **_MANAGEMENT,
    **_CONFIGURATION,
}


def detail(key: str) -> Sentence:
    """The text of a key as it is to be said; an underscore counts as a hyphen.

    In: any text. Out: its sentence; for a key that is not in the table that of `UNKNOWN`.
    """
    known = key.replace("_", "-")
    name = known if known in SENTENCES else UNKNOWN
    return as_corrected(f"log_details.{name}", SENTENCES[name])
