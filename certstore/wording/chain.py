"""What is said about the chain above a server certificate: `chain.*`.

The verdict is OpenSSL's; its own texts differ between versions and are never shown.
"""

from certstore.pki.codes import Code
from certstore.wording.evidence import Basis, Explanation, Sure
from certstore.wording.sources import cite, ours, paraphrased

_UNTRUSTED = Sure(
    Basis.DOCUMENTED,
    f'{cite("CG-LOAD", "X14.0 to X15.5")}: without the CAs of its chain in the list "the server '
    f'certificate will fail to load". {cite("T221624")} reports it as well. The same guide also lists a CA '
    "that is not recognised among the warnings that do not prevent an upload; the newer evidence decides "
    "here: refused.",
)
_OPENSSL = Sure(
    Basis.OUR_READING,
    "This is OpenSSL's verdict on the chain, and the product runs OpenSSL. No document describes this case.",
)
_VALIDITY = Sure(
    Basis.OUR_READING,
    "OpenSSL refuses the chain. Whether an upload does is not stated for a server certificate; of CAs "
    f'{cite("AG-SEC")} says: "Do not allow CA certificates or CRLs to expire, as this may cause '
    'certificates signed by those CAs to be rejected."',
)

_OPEN_ON_PATH = (
    "Normally the CA sends its CA certificates along with the server certificate. If you have them, go on "
    "at Maintenance > Security > Trusted CA certificate. If not, open the server certificate in Windows."
)
_APPEND_STEPS = (
    "Navigate to Maintenance > Security > Trusted CA certificate.",
    'Select "Choose File", pick a CA certificate, then select "Append CA certificate".',
    "Repeat this for each CA certificate of the chain.",
    "Navigate to Maintenance > Security > Server certificate and upload the server certificate again: "
    '"Upload server certificate data".',
    "When it is accepted, restart: Maintenance > Restart options.",
)
_APPEND_MISSING = (
    _OPEN_ON_PATH,
    'Navigate to the "Certification Path" tab. The top certificate is the root CA, the bottom one is the '
    "server certificate, all in between are intermediate CAs.",
    'Choose a CA certificate, first of all {name}, and select "View Certificate".',
    'Navigate to the "Details" tab, select "Copy to File" and complete the wizard with "Base-64 encoded" '
    "selected.",
    "Repeat this for all the CA certificates of the path.",
    *_APPEND_STEPS,
)
_REISSUE = (
    "Ask the CA about {name}: it has to issue it anew, or to issue from another CA.",
    *_APPEND_STEPS,
)
_REPLACE_CA = (
    "Get the present certificate of {name} from the CA.",
    "If it is a CA: navigate to Maintenance > Security > Trusted CA certificate, tick the old one and "
    'select "Delete". Replacing is not done by appending alone.',
    *_APPEND_STEPS,
)
_WHICH = "It is {place}."
_EVERY_CA = (
    "Its key identifier (Authority Key Identifier) is {key_id}; a CA of the same name with another key "
    "identifier is another CA. Every CA of the chain, up to a self-signed root, must be in the list "
    "before the upload."
)


def _refused(screen: str, cause: str, cure: tuple[str, ...], sure: Sure = _OPENSSL) -> Explanation:
    return Explanation(ours(screen), cause, cure, sure)


_MISSING: dict[Code, Explanation] = {
    Code.CHAIN_ISSUER_MISSING: Explanation(
        paraphrased("The CA certificate {name} is not in the trusted CA list", "CG-LOAD", "T221624"),
        "The CA that issued {below} is not in this server's trusted CA list: {name}. " + _EVERY_CA,
        _APPEND_MISSING,
        _UNTRUSTED,
    ),
    Code.CHAIN_CA_ISSUER_MISSING: Explanation(
        paraphrased("The CA certificate {name} is not in the trusted CA list", "CG-LOAD", "T221624"),
        "The chain stops at {below}: that CA is in this server's trusted CA list, but the one above it is "
        "not: {name}. " + _EVERY_CA,
        _APPEND_MISSING,
        _UNTRUSTED,
    ),
    Code.CHAIN_SELF_SIGNED: Explanation(
        paraphrased("The certificate is self-signed and is not in the trusted CA list", "T221624"),
        "{name} is signed by itself, by no CA, and is not in this server's trusted CA list.",
        (
            "Have the certificate issued by a CA.",
            "For a test, append the certificate itself.",
            *_APPEND_STEPS,
        ),
        Sure(
            Basis.SUPPORT,
            f"{cite('T221624')}: a self-signed certificate is trusted where it is itself in the list.",
        ),
    ),
    Code.CHAIN_SELF_SIGNED_CA: Explanation(
        paraphrased("The root CA of the certificate is not in the trusted CA list", "CG-LOAD", "T221624"),
        "The chain ends at the root CA {name}, which is not in this server's trusted CA list.",
        _APPEND_MISSING,
        _UNTRUSTED,
    ),
}

_VALIDITY_CODES: dict[Code, Explanation] = {
    Code.CHAIN_EXPIRED: _refused(
        "A certificate of the chain has expired",
        "{name} ended on {end}, before the server's time. " + _WHICH,
        _REPLACE_CA,
        _VALIDITY,
    ),
    Code.CHAIN_NOT_YET_VALID: _refused(
        "A certificate of the chain is not valid yet",
        "{name} is valid from {start} on, after the server's time. " + _WHICH,
        (
            "Check the server's time. If it is right, wait, or have the certificate issued anew.",
            *_APPEND_STEPS,
        ),
        _VALIDITY,
    ),
}

_BROKEN: dict[Code, Explanation] = {
    Code.CHAIN_BAD_SIGNATURE: _refused(
        "A signature of the chain does not verify",
        "The signature of {name} was not made with the key of {issuer} that is in the list. Either the "
        "list holds another CA of the same name, or the file was changed. " + _WHICH,
        (
            "Compare the CA in the list with the one that really issued {name}.",
            *_REPLACE_CA[1:],
        ),
    ),
    Code.CHAIN_NOT_A_CA: _refused(
        "A certificate of the chain is not a CA certificate",
        "{name} has signed another certificate, but may not: its BasicConstraints do not say CA, or its "
        "key usage does not allow signing certificates. " + _WHICH,
        _REISSUE,
        Sure(
            Basis.DOCUMENTED,
            f'{cite("CG-ABOUT")}: the check of CA certificates "requires the BasicConstraints extension to '
            "be present\". The verdict is OpenSSL's.",
        ),
    ),
    Code.CHAIN_PATH_LENGTH: _refused(
        "A CA of the chain does not allow so many CAs below it",
        "{name} allows {limit} CAs below itself (path length), and there are more. " + _WHICH,
        _REISSUE,
    ),
    Code.CHAIN_NAME_CONSTRAINT: _refused(
        "A CA of the chain does not allow the names of the certificate",
        "{ca} does not allow {dns}, a name of {name} (name constraints).",
        _REISSUE,
    ),
    Code.CHAIN_UNKNOWN_CRITICAL_EXTENSION: _refused(
        "A certificate of the chain holds an unknown critical extension",
        "{name} holds an extension that OpenSSL does not know ({oid}) and that is marked critical: what "
        "is not understood must be refused. " + _WHICH,
        _REISSUE,
    ),
    Code.CHAIN_TOO_LONG: _refused(
        "The chain of the certificate is too long",
        "The chain above the server certificate has no end within 100 steps: most often two CAs in the "
        "list have signed each other.",
        (
            "Look at the chain below: which CAs come again and again?",
            "Navigate to Maintenance > Security > Trusted CA certificate, tick the cross-signed one that "
            'is not needed and select "Delete".',
            *_APPEND_STEPS[3:],
        ),
    ),
    Code.CHAIN_OTHER: _refused(
        "The chain of the certificate is not trusted",
        "OpenSSL refuses the chain at {name}, for a reason that has no sentence of its own here. " + _WHICH,
        _REISSUE,
    ),
    Code.CHAIN_DEPENDS_ON_SAME_SUBJECT: Explanation(
        ours("The result depends on CAs of the same name"),
        "The trusted CA list holds more than one certificate named {name}. Which of them the server takes "
        "decides whether the chain is trusted, and Cisco's documents do not agree on which it takes.",
        (
            "Navigate to Maintenance > Security > Trusted CA certificate.",
            'Tick the certificates of that name that are not needed, and select "Delete".',
            *_APPEND_STEPS[3:],
        ),
        Sure(
            Basis.OUR_READING,
            f"{cite('T213872')} and {cite('T218018')}: the first certificate of that name counts. "
            f"{cite('T218018')} and {cite('T225476')} also report that a second one is not taken at all. "
            "OpenSSL alone would go by the key identifier.",
        ),
    ),
}

EXPLANATIONS: dict[Code, Explanation] = {**_MISSING, **_VALIDITY_CODES, **_BROKEN}
