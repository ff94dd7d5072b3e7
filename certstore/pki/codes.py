"""Every stable code a verdict can carry.

A code is a name that never changes after a release: pages, the command line and other people's tests
key on it. Its sentence lives in `certstore.wording`, never here.
"""

from enum import StrEnum


class Code(StrEnum):
    """What one finding says, without a sentence."""

    # What the content of a file is, when it is no PEM certificate (Base-64 only).
    FILE_MISSING = "file.missing"
    FILE_EMPTY = "file.empty"
    FILE_TOO_LARGE = "file.too-large"
    FILE_DER_CERTIFICATE = "file.der-certificate"
    FILE_PKCS7_DER = "file.pkcs7-der"
    FILE_PKCS7_PEM = "file.pkcs7-pem"
    FILE_PKCS12 = "file.pkcs12"
    FILE_CERTIFICATE_REQUEST = "file.certificate-request"
    FILE_CRL = "file.crl"
    FILE_PRIVATE_KEY = "file.private-key"
    FILE_ENCRYPTED_PRIVATE_KEY = "file.encrypted-private-key"
    FILE_PUBLIC_KEY = "file.public-key"
    FILE_OPENSSH_KEY = "file.openssh-key"
    FILE_OPENSSH_CERTIFICATE = "file.openssh-certificate"
    FILE_PGP = "file.pgp"
    FILE_UTF16 = "file.utf-16"
    FILE_HTML = "file.html"
    FILE_ZIP = "file.zip"
    FILE_WORD = "file.word"
    FILE_PDF = "file.pdf"
    FILE_BARE_BASE64 = "file.bare-base64"
    FILE_LONG_DASHES = "file.damaged-long-dashes"
    FILE_HEADER_LINES = "file.damaged-header-lines"  # a BEGIN or END line misspelt or not alone on its line
    FILE_QUOTED = "file.damaged-quoted"
    FILE_LITERAL_NEWLINES = "file.damaged-literal-newlines"
    FILE_BR_TAGS = "file.damaged-br-tags"
    FILE_INDENTED = "file.damaged-indented"
    FILE_NO_BREAK_SPACES = "file.damaged-no-break-spaces"
    FILE_DAMAGED_BASE64 = "file.damaged-base64"
    FILE_TRUNCATED = "file.truncated"
    FILE_UNREADABLE_CERTIFICATE = "file.unreadable-certificate"
    FILE_CONTAINS_PRIVATE_KEY = "file.contains-private-key"
    FILE_UNKNOWN = "file.unknown"

    # The private key file, and which key the certificate belongs to.
    KEY_MISSING = "key.missing"
    KEY_NOT_PEM = "key.not-pem"
    KEY_ENCRYPTED = "key.encrypted"
    KEY_WRONG_KIND = "key.wrong-kind"
    KEY_TOO_LARGE = "key.too-large"
    KEY_INCONSISTENT = "key.inconsistent"
    KEY_MISMATCH = "key.mismatch"
    KEY_NOT_CHECKED = "key.not-checked"
    KEY_NO_FINAL_NEWLINE = "key.no-final-newline"

    # The server certificate itself.
    CHAIN_FILE = "server-certificate.chain-file"
    CN_NOT_FQDN = "server-certificate.cn-not-fqdn"
    SAN_NOT_FQDN = "server-certificate.san-not-fqdn"
    WILDCARD = "server-certificate.wildcard"
    NO_CLIENT_AUTH = "server-certificate.no-client-auth"
    NO_SERVER_AUTH = "server-certificate.no-server-auth"
    NO_EKU = "server-certificate.no-eku"
    NO_CN = "server-certificate.no-cn"
    NO_SAN = "server-certificate.no-san"
    WEAK_KEY = "server-certificate.weak-key"
    WEAK_DIGEST = "server-certificate.weak-digest"
    VERY_LARGE_KEY = "server-certificate.very-large-key"
    KEY_ALGORITHM_UNTESTED = "server-certificate.key-algorithm-untested"
    UNSUPPORTED_OID = "server-certificate.unsupported-oid"
    ENDS_AFTER_2050 = "server-certificate.ends-after-2050"
    REVOKED_BY_CRL = "server-certificate.revoked-by-crl"

    # The chain, one code for every number OpenSSL knows (the table is in judge.py).
    CHAIN_ISSUER_MISSING = "chain.issuer-missing"
    CHAIN_CA_ISSUER_MISSING = "chain.ca-issuer-missing"
    CHAIN_SELF_SIGNED = "chain.self-signed"
    CHAIN_SELF_SIGNED_CA = "chain.self-signed-ca"
    CHAIN_EXPIRED = "chain.expired"
    CHAIN_NOT_YET_VALID = "chain.not-yet-valid"
    CHAIN_BAD_SIGNATURE = "chain.bad-signature"
    CHAIN_NOT_A_CA = "chain.not-a-ca"
    CHAIN_PATH_LENGTH = "chain.path-length"
    CHAIN_NAME_CONSTRAINT = "chain.name-constraint"
    CHAIN_UNKNOWN_CRITICAL_EXTENSION = "chain.unknown-critical-extension"
    CHAIN_TOO_LONG = "chain.too-long"
    CHAIN_OTHER = "chain.other"
    CHAIN_DEPENDS_ON_SAME_SUBJECT = "chain.depends-on-same-subject"

    # The trusted CA list.
    CA_LIST_FULL = "trusted-ca.list-full"
    CA_SAME_COMMON_NAME = "trusted-ca.same-common-name"
    CA_SAME_SUBJECT = "trusted-ca.same-subject"
    CA_ALREADY_THERE = "trusted-ca.already-there"
    CA_EXPIRED = "trusted-ca.expired"
    CA_NOT_YET_VALID = "trusted-ca.not-yet-valid"
    CA_NOT_A_CA = "trusted-ca.not-a-ca"
    CA_CRL_EXPIRED = "trusted-ca.crl-expired"
    CA_NOTHING_SELECTED = "trusted-ca.nothing-selected"
