"""The words of Maintenance > Security > Client certificate (X15.5), and what is said about a client certificate."""

from dataclasses import replace

from certstore.pki.codes import Code
from certstore.wording.evidence import Basis, Evidence, Explanation, Sentence, Sure
from certstore.wording.sources import cite, ours, paraphrased, recalled, seen_in

_X1550 = "X15.5"


def _here(text: str) -> Sentence:
    return seen_in(text, "AG-SEC", _X1550)


SENTENCES: dict[str, Sentence] = {
    "title": _here("Client certificate"),
    # What is loaded.
    "data-heading": recalled("Client certificate data"),
    "client-certificate": _here("Client certificate"),
    "show-decoded": _here("Show (decoded)"),
    "show-pem": _here("Show (PEM file)"),
    "expires-on": recalled("Currently loaded certificate expires on"),
    "reset": _here("Reset to default"),
    # The request: its section is taken to look as the one of the Server certificate page.
    "csr-heading": ours("Certificate signing request (CSR)"),
    "csr-none": ours("There is no certificate signing request in progress"),
    "csr-request": ours("Certificate request"),
    "csr-generated-on": ours("Generated on"),
    "csr-generate": _here("Generate CSR"),
    "csr-show-decoded": _here("Show (decoded)"),
    "csr-show-pem": _here("Show (PEM file)"),
    "csr-download": ours("Download"),
    "csr-discard": _here("Discard CSR"),
    "key-from-csr": ours("System will use the private key file generated at the same time as the CSR."),
    # The upload.
    "upload-heading": _here("Upload new certificate"),
    "select-key": _here("Select the client private key file"),
    "select-certificate": _here("Select the client certificate file"),
    "upload": _here("Upload client certificate data"),
    # What became of it.
    "upload-failed": recalled("File upload failed."),
    "accepted": ours(
        "Files uploaded: Client certificate updated, however a restart is required for this to take effect."
    ),
    "confirm-reset": ours(
        "Reset to the default client certificate? The loaded certificate is replaced; a restart is required."
    ),
    "was-reset": ours(
        "The client certificate was reset to default. A restart is required for this to take effect."
    ),
    "cancel": ours("Cancel"),
}

EXPLANATIONS: dict[Code, Explanation] = {
    Code.CLIENT_NO_CLIENT_AUTH: Explanation(
        paraphrased("A client certificate must allow TLS Web Client Authentication", "AG-SEC"),
        "The extended key usage of the certificate is: {eku}. TLS Web Client Authentication was expected, alone or "
        "with others, or no extended key usage at all: the Expressway shows this certificate where it connects.",
        (
            "Have a certificate with client authentication issued: a private CA can do it where a public CA no longer "
            "does.",
            "Trust that CA on the servers that this Expressway connects to.",
            'Upload the new certificate: "Upload client certificate data".',
        ),
        Sure(
            Basis.DOCUMENTED,
            f"{cite('AG-SEC', _X1550)}: a certificate for server authentication only is an error on the Client "
            "certificate page. That it is one as well where the server certificate is to be copied is our reading.",
        ),
    ),
}

# What the Server certificate page's words call what is uploaded here.
_CALLED = (
    ("Upload server certificate data", "Upload client certificate data"),
    ("Select the server private key file", "Select the client private key file"),
    ("Server certificate", "Client certificate"),
    ("server certificate", "client certificate"),
    ("server's certificate", "client certificate"),
)


def about_client(told: Explanation) -> Explanation:
    """What is said of a server certificate, said of a client certificate.

    In: an explanation whose words are those of the Server certificate page. Out: the same about a client certificate;
    a sentence on screen that had to be changed is ours.
    """
    said = told.on_screen
    text = _renamed(said.text)
    return replace(
        told,
        on_screen=said if text == said.text else Sentence(text, Evidence.OURS),
        cause=_renamed(told.cause),
        cure=tuple(_renamed(step) for step in told.cure),
    )


def _renamed(text: str) -> str:
    for server, client in _CALLED:
        text = text.replace(server, client)
    return text
