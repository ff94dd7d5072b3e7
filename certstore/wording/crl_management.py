"""The words of Maintenance > Security > CRL management, and what is said about a file of revocation lists."""

from certstore.pki.codes import Code
from certstore.wording.evidence import Basis, Explanation, Sentence, Sure
from certstore.wording.sources import cite, ours, paraphrased, seen

SENTENCES: dict[str, Sentence] = {
    "title": seen("CRL management", "AG-SEC"),
    "automatic-heading": seen("Automatic CRL updates", "AG-SEC"),
    "automatic": seen("Automatic CRL updates", "AG-SEC"),
    "disabled": seen("Disabled", "AG-SEC"),
    "daily-time": seen("Daily update time (in UTC)", "AG-SEC"),
    "not-fetched": ours(
        "Nothing is fetched from anywhere in this simulator: automatic updates cannot be enabled here."
    ),
    "manual-heading": ours("Manual CRL updates"),
    "file": ours("Revocation list file"),
    "none": ours("No revocation list file was uploaded"),
    "lists": ours("Revocation lists in it: {count}"),
    "select": ours("Select the CRL file"),
    "limit": paraphrased("PEM format, less than 16 MB. It replaces the previous file.", "AG-SEC"),
    "upload": seen("Upload CRL file", "AG-SEC"),
    "remove": seen("Remove revocation list", "AG-SEC"),
    "confirm-remove": ours("Remove the revocation list? Revocation checking then knows nothing of it."),
    "cancel": ours("Cancel"),
    "upload-failed": ours("CRL file upload failed."),
    "was-uploaded": ours("CRL file uploaded. Revocation lists in it: {count}."),
    "was-removed": ours("The revocation list was removed."),
    "nothing-there": ours("There is no revocation list to remove."),
}

_GET = (
    "Get the present CRL of the CA as one PEM file: of several CAs, one list after the other in the same file.",
    'Select "Upload CRL file". The new file replaces the previous one.',
)
_NOT_FOUND = (
    f"{cite('AG-SEC')}: a PEM file below 16 MB that replaces the previous one. Its answers were not found."
)

EXPLANATIONS: dict[Code, Explanation] = {
    Code.CRL_NOT_ONLY_LISTS: Explanation(
        ours("The file must hold certificate revocation lists only"),
        "{file} holds revocation lists: {crls}, certificates: {certificates}. One revocation list or more was "
        "expected, and nothing else.",
        ("Append certificates of CAs on Maintenance > Security > Trusted CA certificate instead.", *_GET),
        Sure(Basis.OUR_READING, _NOT_FOUND),
    ),
    Code.CRL_UNREADABLE: Explanation(
        ours("The revocation lists of the file cannot be read whole"),
        "{file} holds {count} revocation lists. Each one has to be readable whole, and {limit} at most can be in one "
        "file.",
        _GET,
        Sure(Basis.OUR_READING, _NOT_FOUND),
    ),
    Code.CRL_ENDED: Explanation(
        ours("Revocation lists in the file that have ended: {count}"),
        "The CRL of {name} has expired. Where revocation is checked, every certificate of that CA counts as revoked.",
        _GET,
        Sure(
            Basis.DOCUMENTED,
            f"{cite('AG-SEC')}: what an expired CRL means. That the file is taken all the same is our reading.",
        ),
    ),
}
