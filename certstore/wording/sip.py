"""The words of Configuration > SIP that certificates need: revocation checking, and the end of TLS."""

from certstore.wording.evidence import Sentence
from certstore.wording.sources import ours, paraphrased, recalled, seen

SENTENCES: dict[str, Sentence] = {
    "title": seen("SIP", "AG-SEC"),
    "revocation-heading": seen("Certificate revocation checking", "AG-SEC"),
    "revocation-mode": seen("Certificate revocation checking mode", "AG-SEC"),
    "use-ocsp": seen("Use OCSP", "AG-SEC"),
    "use-crls": seen("Use CRLs", "AG-SEC"),
    "allow-downloads": seen("Allow CRL downloads from CDPs", "AG-SEC"),
    "fallback": seen("Fallback behavior", "AG-SEC"),
    "treat-as-revoked": seen("Treat as revoked", "AG-SEC"),
    "treat-as-not-revoked": seen("Treat as not revoked", "AG-SEC"),
    "on": recalled("On"),
    "off": recalled("Off"),
    "yes": recalled("Yes"),
    "no": recalled("No"),
    "help-revocation-mode": paraphrased(
        "Off by default. When it is on, every certificate of the other side's chain is looked up.", "AG-SEC"
    ),
    "help-fallback": paraphrased(
        "What counts where nobody can be asked. An expired revocation list counts as: all certificates of that CA "
        "are revoked.",
        "AG-SEC",
    ),
    "save": recalled("Save"),
    "saved": ours("The SIP settings were saved."),
    "nothing-changed": ours("Nothing was changed."),
    "refused": ours("The SIP settings were not saved: {value} is none of the choices."),
}
