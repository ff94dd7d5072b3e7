"""What the content of a file is called, in plain words."""

from certstore.pki.sniff import FileKind

# To stand after "This is": lower case, with its article.
PLAIN_WORDS: dict[FileKind, str] = {
    FileKind.PEM_CERTIFICATE: "a certificate in Base-64 (PEM)",
    FileKind.PEM_CRL: "a certificate revocation list in Base-64 (PEM)",
    FileKind.DER_CERTIFICATE: "a certificate in binary form (DER)",
    FileKind.DER_CRL: "a certificate revocation list in binary form (DER)",
    FileKind.PKCS7_DER: "a PKCS#7 bundle in binary form",
    FileKind.PKCS7_PEM: "a PKCS#7 bundle in Base-64",
    FileKind.PKCS12: "a PKCS#12 (PFX) file",
    FileKind.CERTIFICATE_REQUEST_PEM: "a certificate signing request in Base-64 (PEM)",
    FileKind.CERTIFICATE_REQUEST_DER: "a certificate signing request in binary form (DER)",
    FileKind.PRIVATE_KEY: "a private key",
    FileKind.ENCRYPTED_PRIVATE_KEY: "a private key with a password",
    FileKind.PUBLIC_KEY: "a public key without a certificate",
    FileKind.OPENSSH_KEY: "an OpenSSH key",
    FileKind.OPENSSH_CERTIFICATE: "an OpenSSH certificate",
    FileKind.PGP: "a PGP block",
    FileKind.UTF16: "text in UTF-16",
    FileKind.HTML: "a web page (HTML)",
    FileKind.ZIP: "a zip archive",
    FileKind.WORD: "a Word document",
    FileKind.PDF: "a PDF document",
    FileKind.BARE_BASE64: "Base-64 text without its BEGIN and END lines",
    FileKind.DAMAGED_PEM: "Base-64 (PEM) text that was damaged on its way",
    FileKind.EMPTY: "an empty file",
    FileKind.UNKNOWN: "something that is not known here",
}


def called(kind: FileKind) -> str:
    """What a file of that kind is called, with its article."""
    return PLAIN_WORDS[kind]
