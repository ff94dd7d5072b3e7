"""The words of our certificate window. None of them is the appliance's, so none stands in its frame.

What Cisco's steps name is in `viewer`; every other word of the window is remembered of Windows, and the page
says so in its small print. The steps are told in our own words.
"""

from dataclasses import dataclass

from certstore.pki.facts import CertificateFacts
from certstore.pki.window import Format, Further
from certstore.wording.viewer import SENTENCES as SEEN

TABS: dict[str, str] = {
    "general": "General",
    "details": SEEN["details"].text,
    "path": SEEN["certification-path"].text,
}

FORMATS: dict[Format, str] = {
    Format.DER: "DER encoded binary X.509 (.CER)",
    Format.BASE_64: f"{SEEN['base-64'].text} X.509 (.CER)",
    Format.PKCS7: "Cryptographic Message Syntax Standard - PKCS #7 Certificates (.P7B)",
}
WHOLE_PATH = "Include all certificates in the certification path if possible"

FIELDS: dict[str, str] = {
    "version": "Version",
    "serial": "Serial number",
    "algorithm": "Signature algorithm",
    "issuer": "Issuer",
    "begins": "Valid from",
    "ends": "Valid to",
    "subject": "Subject",
    "key": "Public key",
    "names": "Subject Alternative Name",
    "purposes": "Enhanced Key Usage",
    "subject-key": "Subject Key Identifier",
    "authority-key": "Authority Key Identifier",
    "usage": "Key Usage",
    "basic": "Basic Constraints",
    "thumbprint": "Thumbprint",
}

_PURPOSES: dict[str, str] = {
    "1.3.6.1.5.5.7.3.1": "Server Authentication",
    "1.3.6.1.5.5.7.3.2": "Client Authentication",
    "1.3.6.1.5.5.7.3.3": "Code Signing",
    "1.3.6.1.5.5.7.3.4": "Secure Email",
    "1.3.6.1.5.5.7.3.8": "Time Stamping",
    "1.3.6.1.5.5.7.3.9": "OCSP Signing",
    "2.5.29.37.0": "Any Purpose",
}
_USAGES: dict[str, str] = {
    "digitalSignature": "Digital Signature",
    "nonRepudiation": "Non-Repudiation",
    "keyEncipherment": "Key Encipherment",
    "dataEncipherment": "Data Encipherment",
    "keyAgreement": "Key Agreement",
    "keyCertSign": "Certificate Signing",
    "cRLSign": "CRL Signing",
    "encipherOnly": "Encipher Only",
    "decipherOnly": "Decipher Only",
}

MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class Field:
    """One row of the Details tab."""

    key: str
    label: str
    value: str  # on one line
    lines: tuple[str, ...]  # whole, for the box below


def fields_of(facts: CertificateFacts, further: Further) -> list[Field]:
    """The rows of the Details tab; an extension that is not there has none."""
    values: dict[str, list[str]] = {
        "version": [f"V{further.version}"],
        "serial": [facts.serial],
        "algorithm": [further.signature_algorithm],
        "issuer": [further.issuer or "-"],
        "begins": [moment(facts.not_before)],
        "ends": [moment(facts.not_after)],
        "subject": [further.subject or "-"],
        "key": [f"{facts.key_algorithm} ({facts.key_bits} bits)" if facts.key_bits else facts.key_algorithm],
        "names": [*(f"DNS Name={name}" for name in facts.san_dns), *facts.san_other],
        "purposes": [_purpose(oid) for oid in facts.extended_key_usage or ()],
        "subject-key": [facts.subject_key_id] if facts.subject_key_id else [],
        "authority-key": [f"KeyID={facts.authority_key_id}"] if facts.authority_key_id else [],
        "usage": [_USAGES[usage] for usage in facts.key_usage or ()],
        "basic": _basic(facts),
        "thumbprint": [further.thumbprint],
    }
    return [_field(key, lines) for key, lines in values.items() if lines]


def _field(key: str, lines: list[str]) -> Field:
    shown = lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        shown.append(f"and {len(lines) - MOST_LINES} more")
    return Field(key, FIELDS[key], ", ".join(shown), tuple(shown))


def _purpose(oid: str) -> str:
    return f"{_PURPOSES[oid]} ({oid})" if oid in _PURPOSES else oid


def _basic(facts: CertificateFacts) -> list[str]:
    """Whether it is a CA, and how many it allows below itself."""
    if not facts.has_basic_constraints:
        return []
    length = "None" if facts.path_length is None else str(facts.path_length)
    return [f"Subject Type={'CA' if facts.is_ca else 'End Entity'}", f"Path Length Constraint={length}"]


def moment(text: str) -> str:
    """A moment of a certificate: `2031-07-31 12:00:00 UTC`."""
    return f"{text[:10]} {text[11:19]} UTC"


def called(facts: CertificateFacts) -> str:
    """What the window calls a certificate: its common name, else its whole name."""
    return (facts.common_names[-1] if facts.common_names else facts.subject) or "-"


def called_issuer(facts: CertificateFacts, issuer: CertificateFacts | None) -> str:
    """What the window calls the issuer: as the issuer's own window does where it is known."""
    if issuer is not None:
        return called(issuer)
    return facts.issuer.rpartition("CN=")[2] or "-"


SELF_SIGNED = "It is signed by itself: the root of its path."
ISSUER_KNOWN = "The certificate of its issuer is known here: see Certification Path."
ISSUER_UNKNOWN = (
    "The certificate of its issuer is not known here, so the path ends. A real PC looks in its own stores of "
    "certificates; this window looks in the files of the lab and in what was uploaded in it."
)
NO_NAME = (
    "Write a file name of at most 80 characters, without control characters and without any of "
    '\\ / : * ? " < > |'
)

DRAWING = (
    "This is our own drawing of what a certificate window in Windows is like. It shows the real file and saves "
    "real files."
)
SMALL_PRINT = (
    f'Cisco\'s steps (TechNote 221624) name "{SEEN["details"].text}", "{SEEN["copy-to-file"].text}", '
    f'"{SEEN["base-64"].text}", "{SEEN["certification-path"].text}" and "{SEEN["view-certificate"].text}". '
    "Every other word in the window is our recollection of Windows and may differ on yours: among them General, "
    "the names of the fields, the wizard's two other forms, its order and its buttons."
)

BUNDLE = (
    "The file holds {count} certificates one after the other. As we remember Windows, it opens the first one "
    "only; the others are seen when each is in a file of its own."
)
PKCS7 = (
    "The file is a PKCS #7 bundle of {count} certificates. As we remember Windows, it opens as a list; open one "
    "of them from there."
)
NOTHING_TO_OPEN = "No certificate window opens for this file: it is {what}."
EMPTY_BUNDLE = "No certificate could be read in this file: it is {what}."

# The steps of TechNote 221624, in our words. The first list cures a wrong format, the second a chain.
FORMAT_STEPS = (
    'Open the certificate and go to the tab "Details".',
    'Select "Copy to File".',
    'Go through the wizard with "Base-64 encoded" selected.',
    "Upload the new file on the Expressway.",
)
CHAIN_STEPS = (
    "Open the server certificate.",
    'Go to the tab "Certification Path": the root CA is at the top, the server certificate at the bottom.',
    'Choose a CA in between or at the top, and select "View Certificate".',
    'In its window go to "Details" and save it with "Copy to File" into a file of its own.',
    "Do the same for every other CA of the path.",
    "On the Expressway go to Maintenance > Security > Trusted CA certificate.",
    'Select "Choose File" and upload the CA.',
    "Do the same for every CA file.",
    "Then upload the server certificate.",
)


def format_step(*, tab: str, in_wizard: bool) -> int:
    """Which of the four steps somebody is at; 0 for none."""
    if in_wizard:
        return 3
    return {"general": 1, "details": 2}.get(tab, 0)


def chain_step(*, tab: str, is_ca: bool, has_chosen: bool) -> int:
    """Which of the nine steps somebody is at, in the server certificate's window or in a CA's; 0 for none."""
    if tab == "path":
        return 3 if has_chosen else 2
    if is_ca:
        return 4
    return 1 if tab == "general" else 0
