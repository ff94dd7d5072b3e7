"""What a file is, by its content and never by its name.

(contract; body to come)
"""

from dataclasses import dataclass
from enum import StrEnum

from certstore.pki.codes import Code


class FileKind(StrEnum):
    """What the content of a file is."""

    PEM_CERTIFICATE = "pem-certificate"  # at least one certificate that OpenSSL reads
    PEM_CRL = "pem-crl"
    DER_CERTIFICATE = "der-certificate"
    DER_CRL = "der-crl"
    PKCS7_DER = "pkcs7-der"
    PKCS7_PEM = "pkcs7-pem"
    PKCS12 = "pkcs12"
    CERTIFICATE_REQUEST_PEM = "certificate-request-pem"
    CERTIFICATE_REQUEST_DER = "certificate-request-der"
    PRIVATE_KEY = "private-key"
    ENCRYPTED_PRIVATE_KEY = "encrypted-private-key"
    PUBLIC_KEY = "public-key"
    OPENSSH_KEY = "openssh-key"
    OPENSSH_CERTIFICATE = "openssh-certificate"
    PGP = "pgp"
    UTF16 = "utf-16"
    HTML = "html"
    ZIP = "zip"
    WORD = "word"
    PDF = "pdf"
    BARE_BASE64 = "bare-base64"
    DAMAGED_PEM = "damaged-pem"
    EMPTY = "empty"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FileContent:
    """One file, looked at.

    `code` is None exactly when the file holds a PEM certificate (or, on the trusted CA page, a PEM CRL) that
    OpenSSL reads and no private key. `certificates` and `crls` are DER and hold what could be read *whatever
    the form of the file*: when `code` is None they are what the server reads; otherwise they are what our
    column can explain and hand back as Base-64.
    """

    kind: FileKind
    code: Code | None
    certificates: tuple[bytes, ...]
    crls: tuple[bytes, ...] = ()
    private_keys: int = 0
    facts: tuple[tuple[str, str | int], ...] = ()  # parameters of the code's sentence
