"""The words of Maintenance > Security > Trusted CA certificate, and what is said about a file for it."""

from certstore.pki.codes import Code
from certstore.wording.evidence import Basis, Explanation, Sentence, Sure
from certstore.wording.sources import cite, ours, paraphrased, recalled, seen

SENTENCES: dict[str, Sentence] = {
    "title": seen("Trusted CA certificate", "AG-SEC"),
    # The list.
    "column-select": ours("Select"),
    "column-type": recalled("Type"),
    "column-issuer": seen("Issuer", "T217748"),
    "column-subject": seen("Subject", "T217748"),
    "column-expiry": recalled("Expiration date"),
    "column-validity": recalled("Validity"),
    "column-view": recalled("View"),
    "type-certificate": ours("Certificate"),
    "type-crl": ours("CRL"),
    "matches-issuer": seen("Matches Issuer", "T217748"),
    "no-name": ours("-"),
    "view-decoded": seen("View (decoded)", "AG-SEC"),
    "valid": ours("Valid"),
    "not-a-ca": ours("Not a CA"),
    "not-started": ours("Not started"),
    "expired": ours("Expired"),
    "invalid": ours("Invalid"),
    "shares-subject": ours("Another entry has this subject"),
    "empty": ours("The list is empty."),
    # The buttons.
    "show-all-decoded": seen("Show all (decoded)", "AG-SEC"),
    "show-all-pem": seen("Show all (PEM file)", "AG-SEC"),
    "delete": seen("Delete", "AG-SEC"),
    "select-all": recalled("Select all"),
    "unselect-all": recalled("Unselect all"),
    "upload-heading": seen("Upload", "T212475"),
    "select-file": seen("Select the file containing trusted CA certificates", "T212475"),
    "choose-file": seen("Choose File", "AG-SEC", "T212475"),
    "append": seen("Append CA certificate", "AG-SEC"),
    "reset": seen("Reset to default CA certificate", "AG-SEC"),
    # What became of it. The prefix was seen on the Server certificate page only; here it is carried over.
    "upload-failed": ours("File upload failed."),
    "accepted": recalled(
        "File uploaded: CA certificate file uploaded. File contents - Certificates: {certificates}, CRLs: "
        "{crls}."
    ),
    "new": ours("New in the list: {new_certificates} certificates, {new_crls} CRLs. There already: {known}."),
    "confirm-delete": ours("Delete the {count} selected entries from the list?"),
    "was-deleted": ours("Deleted from the list: {count}."),
    "confirm-reset": ours("Reset to the default CA certificates? Every other entry of the list is deleted."),
    "was-reset": ours("The list was reset to the default CA certificates."),
    "cancel": ours("Cancel"),
    # Beside the list, in our column.
    "no-restart": paraphrased(
        "The guides disagree about whether a new CA acts without a restart: TechNote 216950 says that "
        "none is required, the Administrator Guide says that the server must be restarted. Here a CA acts "
        "at once.",
        "T216950",
        "AG-UC",
    ),
    "each-peer": paraphrased(
        "This list is the server's own: it is not copied to other servers or to the other peers of a "
        "cluster.",
        "T213872",
    ),
}

_LISTED = (
    "That it is listed and labelled and not refused is our reading; no document says what an append makes "
    "of it."
)
_DELETE_IT = (
    'Tick it in the list and select "Delete".',
    'Get the right certificate from the CA, select "Choose File", pick it, then select "Append CA '
    'certificate".',
)
_TWIN = (
    'Find out which of them the CA uses now: compare their key identifiers, under "View (decoded)".',
    'Tick the old one in the list and select "Delete".',
    'Select "Choose File", pick the right one, then select "Append CA certificate".',
)

EXPLANATIONS: dict[Code, Explanation] = {
    Code.CA_LIST_FULL: Explanation(
        paraphrased("The list can hold {limit} certificates, and would hold {count}", "AG-SEC", "CG-LOAD"),
        "With this file the list would hold {count} certificates. {limit} are the most.",
        ('Tick the certificates that are not needed, and select "Delete".', "Then append the file again."),
        Sure(
            Basis.DOCUMENTED,
            f"{cite('AG-SEC', 'X14.3 and later')} and {cite('CG-LOAD', 'X14.3 and later')}: at most 1000. "
            "For older releases, and that the file is refused whole, it is our reading.",
        ),
    ),
    Code.CA_SAME_COMMON_NAME: Explanation(
        paraphrased("Another certificate with the same common name is in the list", "T218018", "T225476"),
        "{name} has the common name of a different certificate that is in the list, or in the file, "
        "already. The lab is set to take a second one only when the first is deleted.",
        _TWIN,
        Sure(
            Basis.SUPPORT,
            f"{cite('T218018')} and {cite('T225476')}, bugs CSCwa12905 and CSCwa12894. {cite('CG-LOAD')} "
            "only recommends against it.",
        ),
    ),
    Code.CA_SAME_SUBJECT: Explanation(
        ours("The list holds another certificate with the same name"),
        "Row {position} of the list holds a different certificate with the same name: {name}. The server "
        "takes the higher one, and the new one is as good as absent while it stands below.",
        _TWIN,
        Sure(
            Basis.SUPPORT,
            f"{cite('T213872')} and {cite('T218018')}: verification stops at the first certificate of that "
            "name. That the page warns is ours.",
        ),
    ),
    Code.CA_ALREADY_THERE: Explanation(
        ours("In the list already: {count}"),
        "Of what the file holds, {count} stood in the list already and were not added again.",
        (),
        Sure(
            Basis.OUR_READING,
            f'{cite("AG-SEC")}: "This will append any new certificates to the existing list of CA '
            'certificates." That the same one is not added twice follows from it, but is not stated.',
        ),
    ),
    Code.CA_EXPIRED: Explanation(
        ours("Expired certificates in the file: {count}"),
        "{name} has expired. Certificates below an expired CA are not trusted.",
        _DELETE_IT,
        Sure(
            Basis.OUR_READING,
            f'{cite("AG-SEC")}: "Do not allow CA certificates or CRLs to expire". {_LISTED}',
        ),
    ),
    Code.CA_NOT_YET_VALID: Explanation(
        ours("Certificates in the file that are not valid yet: {count}"),
        "{name} is not valid yet at the server's time. Until it is, nothing below it is trusted.",
        (
            "Check the server's time. If it is right, wait, or get the certificate that is valid now from "
            "the CA.",
        ),
        Sure(Basis.OUR_READING, _LISTED),
    ),
    Code.CA_NOT_A_CA: Explanation(
        ours("Certificates in the file that are not CA certificates: {count}"),
        "{name} is not a CA certificate by its BasicConstraints: nothing that it has signed is trusted.",
        _DELETE_IT,
        Sure(
            Basis.OUR_READING,
            f'{cite("CG-ABOUT")}: the check of CA certificates "requires the BasicConstraints extension to '
            f'be present". {_LISTED}',
        ),
    ),
    Code.CA_CRL_EXPIRED: Explanation(
        ours("Expired revocation lists in the file: {count}"),
        "The CRL of {name} has expired. Where revocation is checked, an expired CRL counts every "
        "certificate of its CA as revoked.",
        (
            'Get the present CRL from the CA, select "Choose File", pick it, then select "Append CA '
            'certificate".',
        ),
        Sure(
            Basis.OUR_READING,
            f'{cite("AG-SEC")}: "Do not allow CA certificates or CRLs to expire". {_LISTED}',
        ),
    ),
    Code.CA_NOTHING_SELECTED: Explanation(
        ours("Nothing is selected"),
        "No row of the list was ticked.",
        ('Tick the rows first, then select "Delete".',),
        Sure(Basis.OUR_READING, "No document says what the page answers."),
    ),
}
