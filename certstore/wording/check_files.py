"""The words of Check files: what a file is among others, what a release says in a few words. All of it is ours."""

from certstore.pki.check_files import Says
from certstore.pki.codes import Code
from certstore.pki.material import Problem, Sort
from certstore.pki.releases import Role
from certstore.pki.sniff import FileKind

# What one file is; the form it has stands behind it.
SORTS: dict[Sort, str] = {
    Sort.SERVER_CERTIFICATE: "Server certificate",
    Sort.CHAIN: "Server certificate and more, {count} certificates",
    Sort.INTERMEDIATE: "Intermediate CA",
    Sort.ROOT: "Root CA",
    Sort.CAS: "{count} CA certificates",
    Sort.CRL: "Certificate revocation list",
    Sort.REQUEST: "Certificate signing request",
    Sort.TRUST_LIST: "Trust list, {count} CA certificates",
    Sort.PRIVATE_KEY: "Private key: dropped unread",
    Sort.UNUSABLE: "Not usable: {called}",
}
FORMS: dict[FileKind, str] = {
    FileKind.PEM_CERTIFICATE: "Base-64 (PEM)",
    FileKind.PEM_CRL: "Base-64 (PEM)",
    FileKind.CERTIFICATE_REQUEST_PEM: "Base-64 (PEM)",
    FileKind.DER_CERTIFICATE: "binary (DER)",
    FileKind.DER_CRL: "binary (DER)",
    FileKind.CERTIFICATE_REQUEST_DER: "binary (DER)",
    FileKind.PKCS7_DER: "in a PKCS#7 bundle, binary",
    FileKind.PKCS7_PEM: "in a PKCS#7 bundle, Base-64",
    FileKind.UTF16: "text in UTF-16",
    FileKind.HTML: "in a web page (HTML)",
    FileKind.BARE_BASE64: "Base-64 without its BEGIN and END lines",
    FileKind.DAMAGED_PEM: "damaged Base-64 (PEM), repaired here",
}
# As it should be: nothing is said about the form of these.
FINE = frozenset({FileKind.PEM_CERTIFICATE, FileKind.PEM_CRL, FileKind.CERTIFICATE_REQUEST_PEM})

PKCS12_DROPPED = "PKCS#12 (PFX) file, which carries a private key: dropped unread"
KEY_BESIDE = "Private key beside other things: the whole file was dropped unread"
KEY_CAUSE = (
    "{file} holds a private key. Nothing of the file was read, kept or judged; only public material is needed "
    "here: certificates, CAs, requests, revocation lists."
)
AGAIN = "{name} is in {file} already and counts once."
AGAIN_MANY = "{count} of its certificates are in other files already and count once."
UNREADABLE = "{count} of the things in it cannot be read."
NOT_LOOKED_AT = "{count} more stand in it that were not looked at."
PASTED = "Pasted text"
PASTED_LIST = "Pasted trust list"

PROBLEMS: dict[Problem, str] = {
    Problem.ZIP_FILES: "{file} holds more than 50 files, so it was not unpacked. Choose the files themselves.",
    Problem.ZIP_SIZE: "{file} unpacks to more than 5 MiB, so none of it was taken. Certificates have a few KiB.",
    Problem.ZIP_NESTED: "{file} holds another zip, so it was not unpacked. Unpack it and choose the files.",
    Problem.ZIP_ENCRYPTED: "{file} is protected by a password, so it was not unpacked. Unpack it and choose the files.",
    Problem.ZIP_METHOD: "{file} is packed in a way that is not known here. Unpack it and choose the files.",
    Problem.ZIP_DAMAGED: "{file} is a damaged zip: what is in it does not fit what it says of itself.",
    Problem.ZIP_EMPTY: "{file} is a zip with no file in it.",
    Problem.ZIP_SECOND: "{file} is a second zip; one is unpacked at a time. Choose its files themselves.",
    Problem.TOO_MUCH: (
        "{file} was not looked into: with the files before it there would be more than 2000 certificates or 4 MiB "
        "of them. Check it on its own."
    ),
}

NOTHING_GIVEN = "Choose at least one file, or paste some text."
NOTHING_USABLE = "None of this is a certificate, a CA, a revocation list or a request that can be read."
TOO_MANY_FILES = "At most 50 files at once. Put no more than that into one zip, or check them in parts."
CARRIED_DAMAGED = "What this page carried along cannot be read any more. Choose the files again."
NO_MOMENT = "Write the time as 2027-01-14 09:04, in UTC, between the years 1950 and 9999."

ROLES: dict[Role, str] = {Role.EXPRESSWAY_C: "Expressway-C", Role.EXPRESSWAY_E: "Expressway-E"}
UNKNOWN_ROLE = "Not known"
BOTH_ROLES = "not known: both are answered for"
EVERY_RELEASE = "not known: every release is answered for"
ENDS, ENDED = "ends", "ended"

# What a release says, with the reason in a few words behind it, and the sign beside it.
SAYS: dict[Says, str] = {
    Says.ACCEPTED: "accepted",
    Says.WARNED: "accepted, but: {why}",
    Says.REFUSED: "refused: {why}",
    Says.DEPENDS: "depends: {why}",
    Says.BY_SWITCH: "accepted only with the switch on",
}
TONES: dict[Says, str] = {
    Says.ACCEPTED: "ok",
    Says.WARNED: "warn",
    Says.REFUSED: "bad",
    Says.DEPENDS: "warn",
    Says.BY_SWITCH: "warn",
}
AND_MORE = "{why}, and {count} more"

# A reason in a few words. A code that is not here is told in the page's own sentence.
SHORT: dict[Code, str] = {
    Code.CN_NOT_FQDN: "Common Name is no FQDN",
    Code.SAN_NOT_FQDN: "a name is no FQDN",
    Code.WILDCARD: "wildcard name",
    Code.NO_CLIENT_AUTH: "no clientAuth",
    Code.NO_SERVER_AUTH: "no serverAuth",
    Code.NO_EKU: "no extended key usage",
    Code.NO_CN: "no Common Name",
    Code.NO_SAN: "no Subject Alternative Name",
    Code.WEAK_KEY: "short key",
    Code.WEAK_DIGEST: "weak signature digest",
    Code.VERY_LARGE_KEY: "very large key",
    Code.KEY_ALGORITHM_UNTESTED: "kind of key not in the guides",
    Code.UNSUPPORTED_OID: "unknown attribute in a name",
    Code.ENDS_AFTER_2050: "ends after 2050",
    Code.REVOKED_BY_CRL: "revoked",
    Code.CHAIN_ISSUER_MISSING: "its CA is not trusted",
    Code.CHAIN_CA_ISSUER_MISSING: "a CA of the chain is not trusted",
    Code.CHAIN_SELF_SIGNED: "self-signed, not trusted",
    Code.CHAIN_SELF_SIGNED_CA: "root CA not trusted",
    Code.CHAIN_EXPIRED: "expired",
    Code.CHAIN_NOT_YET_VALID: "not valid yet",
    Code.CHAIN_BAD_SIGNATURE: "a signature does not verify",
    Code.CHAIN_NOT_A_CA: "signed by something that is no CA",
    Code.CHAIN_PATH_LENGTH: "too many CAs below one",
    Code.CHAIN_NAME_CONSTRAINT: "name not allowed by a CA",
    Code.CHAIN_UNKNOWN_CRITICAL_EXTENSION: "unknown critical extension",
    Code.CHAIN_TOO_LONG: "chain without an end",
    Code.CHAIN_DEPENDS_ON_SAME_SUBJECT: "CAs of the same name",
}

TRUST_GIVEN = "Judged with the trust list that was given: {count} CA certificates."
TRUST_NOT_GIVEN = (
    "No trust list was given, so the CAs among the files count as trusted: {count}. The real server may not have "
    "them."
)
KEY_KNOWN = "Its key is that of the request among the files."
KEY_NOT_KNOWN = "Its key was not checked: no request among the files has it."
AS_IT_IS = "Every release refuses this file as it is."
AS_IT_IS_TABLE = "The table is about the certificate in it, as Base-64 (PEM) and alone in its file."
TEXT_TABLE = "The table is about the certificate as Base-64 (PEM), alone in its file."
NOT_JUDGED = (
    "{count} more server certificates are among the files and were not judged. Check them on their own."
)
NO_LEAF = "There is no server certificate among the files, so no release has anything to say to one."

# A lab that is made of it.
LAB_NAME = "Checked on {day}: {name}"
ASSUMED_ROLE = {
    Role.EXPRESSWAY_E: "assumed to be an Expressway-E: it has names beyond its own",
    Role.EXPRESSWAY_C: "assumed to be an Expressway-C: it has no name but its own",
}
LAB_MADE = "The lab was made. {server} is {role}{assumed}. The checked files are under Files."

# Two files side by side.
REQUEST_AND_CERTIFICATE = "The request against the certificate"
OLD_AND_NEW = "The old certificate against the new one"

RULED_OUT = "Ruled out"
POSSIBLE = "Possible"
CANT_TELL = "Can't be told from these files"
ASK_FOR = "Ask for"
