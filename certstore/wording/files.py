"""What is said about a file that is not what the page takes: `file.*`.

The appliance is not known to tell one wrong form from another, so in the frame all of them have one sentence.
What the file is, and what to do about it, is told in our column.
"""

from certstore.pki.codes import Code
from certstore.wording.evidence import Basis, Explanation, Sentence, Sure
from certstore.wording.sources import cite, cite_all, ours, paraphrased

SENTENCES: dict[str, Sentence] = {
    "download-as-base-64": ours("Download as Base-64"),
}

NO_PEM = paraphrased("The file holds no certificate in Base-64 (PEM) form", "T221624")
_PEM_ONLY = "The server reads Base-64 (PEM) only. The name of the file does not matter."

_DOCUMENTED = Sure(
    Basis.DOCUMENTED,
    f"{cite_all('AG-SEC', 'CG-LOAD')}: PEM only. {cite('T221624')}: another format is refused, whatever "
    "the extension.",
)
_SUPPORT = Sure(
    Basis.SUPPORT,
    f"{cite('T221624')}: a file that is not in a valid format is refused, whatever the extension. It does "
    "not name this form.",
)
_OPENSSL = Sure(
    Basis.OUR_READING,
    "OpenSSL, which the product runs, finds no certificate in text with this damage. No document names "
    f"it; {cite('T221624')} says that what is not in a valid format is refused.",
)
_KEY_IN_FILE = Sure(
    Basis.OUR_READING,
    "No document says what the page does with a private key in this file. Here it is refused whole and "
    "nothing of it is kept, because a key has no business there.",
)

_UPLOAD_AGAIN = (
    'Upload the new file: "Upload server certificate data" on the page Server certificate, or "Append CA '
    'certificate" on the page Trusted CA certificate.'
)
_SAVE_AS_BASE_64 = (
    'Open the file in Windows, go to the "Details" tab and select "Copy to File".',
    'Complete the wizard with "Base-64 encoded" selected. Or use "Download as Base-64" here.',
    _UPLOAD_AGAIN,
)
_SPLIT_BUNDLE = (
    "Open the file in Windows: it lists its certificates. Open them one by one.",
    'For each, go to the "Details" tab, select "Copy to File" and complete the wizard with "Base-64 '
    'encoded" selected. Or use "Download as Base-64" here, which splits the bundle.',
    "The CA certificates go to Maintenance > Security > Trusted CA certificate, the server's own one goes "
    "to Maintenance > Security > Server certificate.",
)
_ASK_THE_CA = (
    "Get the certificate itself from the CA, in Base-64 (PEM).",
    _UPLOAD_AGAIN,
)
_GET_AGAIN = (
    "Get the file again from where it came, as an attachment or a download, not as copied text. If the "
    'certificate can still be read, "Download as Base-64" here mends it.',
    _UPLOAD_AGAIN,
)
_KEY_IS_EXPOSED = (
    "If this is the key of a server in use, treat it as exposed, because it has left its machine: make a "
    "new key, have a new certificate issued for it, have the old certificate revoked."
)
_WITHOUT_KEY = (
    _KEY_IS_EXPOSED,
    "Take a file that holds certificates only.",
    _UPLOAD_AGAIN,
)


def _no_pem(cause: str, cure: tuple[str, ...], sure: Sure = _SUPPORT) -> Explanation:
    return Explanation(NO_PEM, f"{{file}} {cause} {_PEM_ONLY}", cure, sure)


def _damaged(cause: str) -> Explanation:
    return Explanation(
        NO_PEM, f"{{file}} was a certificate in Base-64 (PEM), but {cause}", _GET_AGAIN, _OPENSSL
    )


_NOTHING_THERE: dict[Code, Explanation] = {
    Code.FILE_MISSING: Explanation(
        ours("No file was chosen"),
        "The page was asked to upload a file, and none came along.",
        ('Select "Choose File", pick the file, then upload again.',),
        Sure(Basis.OUR_READING, "No document says what the page answers when no file was chosen."),
    ),
    Code.FILE_EMPTY: Explanation(
        NO_PEM,
        "{file} is empty: it has no content, or nothing but blank space.",
        ("Get the file again from where it came and look at its size.", _UPLOAD_AGAIN),
        _SUPPORT,
    ),
    Code.FILE_TOO_LARGE: Explanation(
        ours("The file is larger than {limit} KiB"),
        "{file} was not read: this simulator takes {limit} KiB on this page. A certificate has a few KiB.",
        ("Check that it is the right file. A bundle of many CAs can be split and appended in parts.",),
        Sure(
            Basis.OUR_READING,
            f"The limit is this simulator's. No document gives one for certificate files; {cite('CG-CRL')} "
            "gives 16 MB for a CRL.",
        ),
    ),
    Code.FILE_UNKNOWN: _no_pem(
        "is no certificate in any form that is known here.",
        (
            "Check that it is the right file: open it in Windows. If it does not open, ask the CA for a "
            "new one.",
            *_ASK_THE_CA,
        ),
    ),
}

_OTHER_FORMS: dict[Code, Explanation] = {
    Code.FILE_DER_CERTIFICATE: _no_pem(
        "is a certificate, but in binary form (DER).", _SAVE_AS_BASE_64, _DOCUMENTED
    ),
    Code.FILE_PKCS7_DER: _no_pem(
        "is a PKCS#7 bundle (.p7b) in binary form. CAs often send a certificate with its chain like that.",
        _SPLIT_BUNDLE,
    ),
    Code.FILE_PKCS7_PEM: _no_pem(
        "is a PKCS#7 bundle (.p7b). It is in Base-64, but it is a bundle and no certificate.", _SPLIT_BUNDLE
    ),
    Code.FILE_PKCS12: _no_pem(
        "is a PKCS#12 file (.pfx, .p12): certificates, most often with their private key, under a password.",
        (
            _KEY_IS_EXPOSED,
            "Take the certificates out without the key: openssl pkcs12 -in FILE -nokeys -out "
            "certificates.pem",
            _UPLOAD_AGAIN,
        ),
    ),
    Code.FILE_CERTIFICATE_REQUEST: _no_pem(
        "is a certificate signing request (CSR): what is sent to a CA, not what comes back.",
        ("Send the request to the CA and wait for the certificate.", *_ASK_THE_CA),
    ),
    Code.FILE_CRL: _no_pem(
        "is a certificate revocation list (CRL), no certificate.",
        (
            "A CRL in Base-64 (PEM) can be appended to the list on Maintenance > Security > Trusted CA "
            "certificate.",
            "Upload the server's own certificate here.",
        ),
    ),
    Code.FILE_PUBLIC_KEY: _no_pem("is a public key without a certificate round it.", _ASK_THE_CA),
    Code.FILE_OPENSSH_KEY: _no_pem("is an OpenSSH key. TLS servers have no use for it.", _ASK_THE_CA),
    Code.FILE_OPENSSH_CERTIFICATE: _no_pem(
        "is an OpenSSH certificate, which is another thing than a TLS certificate.", _ASK_THE_CA
    ),
    Code.FILE_PGP: _no_pem("is a PGP block: an encrypted or signed message, or a PGP key.", _ASK_THE_CA),
    Code.FILE_UTF16: _no_pem(
        "is text in UTF-16, two bytes a character. Some Windows programs and PowerShell save text like that.",
        ("Open the file in an editor and save it as ANSI or UTF-8.", _UPLOAD_AGAIN),
    ),
    Code.FILE_HTML: _no_pem(
        "is a web page (HTML). The download most likely gave a sign-in or an error page.",
        ("Sign in at the CA's site and download the certificate again.", _UPLOAD_AGAIN),
    ),
    Code.FILE_ZIP: _no_pem("is a zip archive.", ("Unpack it and look at the files in it.", _UPLOAD_AGAIN)),
    Code.FILE_WORD: _no_pem("is a Word document.", _ASK_THE_CA),
    Code.FILE_PDF: _no_pem("is a PDF document.", _ASK_THE_CA),
    Code.FILE_UNREADABLE_CERTIFICATE: Explanation(
        ours("The certificate in the file cannot be read"),
        "{file} has the form of a certificate in Base-64 (PEM), but what it holds cannot be decoded whole.",
        ("Open the file in Windows. If it does not open, ask the CA for a new one.", *_ASK_THE_CA),
        _SUPPORT,
    ),
}

_KEYS: dict[Code, Explanation] = {
    Code.FILE_PRIVATE_KEY: _no_pem("is a private key, no certificate.", _WITHOUT_KEY, _KEY_IN_FILE),
    Code.FILE_ENCRYPTED_PRIVATE_KEY: _no_pem(
        "is a private key with a password, no certificate.", _WITHOUT_KEY, _KEY_IN_FILE
    ),
    Code.FILE_CONTAINS_PRIVATE_KEY: Explanation(
        ours("The file holds a private key"),
        "{file} holds a private key beside its certificates. It was refused whole, and nothing of it was "
        "kept.",
        _WITHOUT_KEY,
        _KEY_IN_FILE,
    ),
}

_DAMAGED: dict[Code, Explanation] = {
    Code.FILE_BARE_BASE64: _no_pem(
        "is Base-64 text without the lines that begin and end a certificate.",
        (
            "Put a line -----BEGIN CERTIFICATE----- before the text and a line -----END CERTIFICATE----- "
            'after it. Or use "Download as Base-64" here.',
            _UPLOAD_AGAIN,
        ),
        _OPENSSL,
    ),
    Code.FILE_LONG_DASHES: _damaged(
        "its hyphens have become long dashes. Word processors and mail programs do that."
    ),
    Code.FILE_HEADER_LINES: _damaged(
        "its BEGIN or END line is misspelt, or does not stand alone on its line."
    ),
    Code.FILE_QUOTED: _damaged('its lines begin with "> ", as quoted text in a mail does.'),
    Code.FILE_LITERAL_NEWLINES: _damaged(
        "its line ends have become the two characters \\n, as in a field of a program."
    ),
    Code.FILE_BR_TAGS: _damaged("its line ends have become <br>, as in the source of a web page."),
    Code.FILE_INDENTED: _damaged("its first or last line is indented. Those two must begin at the margin."),
    Code.FILE_NO_BREAK_SPACES: _damaged(
        "no-break spaces have come into it. They look like spaces; web pages and word processors put them in."
    ),
    Code.FILE_DAMAGED_BASE64: _damaged(
        "its Base-64 text is damaged: characters are missing, wrong or too many."
    ),
    Code.FILE_TRUNCATED: _no_pem(
        "ends too early: it was cut off on its way.",
        _GET_AGAIN,
        _OPENSSL,
    ),
}

EXPLANATIONS: dict[Code, Explanation] = {**_NOTHING_THERE, **_OTHER_FORMS, **_KEYS, **_DAMAGED}
