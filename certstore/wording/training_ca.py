"""The words of the training CA's page. All of it is ours."""

from certstore.pki.request_rules import Refusal, Refused

MADE = "The training CAs are there."
ISSUED = "Issued: {name}. It stands first in the list; choose a form to download it in."
PRACTICE_MADE = "The practice file for {server} is there. It stands first in the list."
REVOKED = "Revoked: {name}. The next revocation list of its CA names it."
REVOKED_ALREADY = "It was revoked before."
NO_USAGE = "Choose server authentication, client authentication, or both."
NO_DAYS = "Write the days as a whole number from 1 to 3650."
NO_SUCH_FAULT = "This fault does not show on {server}. Choose another, or the other server."
LOST = "The key of this CA cannot be opened here, so no revocation list can be signed. Make the CAs anew."

# What each CA is, by the name of its row.
CAS: dict[str, str] = {
    "public-issuing-1": "public-looking, issuing CA 1",
    "public-issuing-2": "public-looking, issuing CA 2",
    "public-root": "public-looking root, also cross-signed",
    "public-cross": "the same root, cross-signed by the old one",
    "public-old-root": "public-looking, the old root",
    "enterprise-issuing": "enterprise, issuing CA",
    "enterprise-root": "enterprise root",
}
UNMADE = "{ca} (made when it first signs)"
# Whose pending request it is, where it is not for the server certificate.
FOR_CLIENT = "{server}, client certificate"

VALIDITIES: dict[str, str] = {
    "47": "47 days (public CAs from March 2029 on)",
    "90": "90 days",
    "200": "200 days (public CAs since March 2026)",
    "398": "398 days (public CAs before)",
    "own": "Other",
}

PRACTICE_FILE = "Practice file {number}"

# The files of a certificate that was issued, by their names.
FORMS: dict[str, str] = {
    "certificate.pem": "Certificate, Base-64 (.pem)",
    "certificate.cer": "Certificate, binary (.cer)",
    "cas.pem": "Its CAs, Base-64 (.pem)",
    "chain.p7b": "All in PKCS#7, binary (.p7b)",
    "chain-base64.p7b": "All in PKCS#7, Base-64 (.p7b)",
    "files.zip": "All in a zip, honestly named",
    "files-misnamed.zip": "All in a zip, misnamed as CAs do",
}

REFUSALS: dict[Refusal, str] = {
    Refusal.NOTHING: "There is no request: choose a file, paste the text, or take the pending request of a server.",
    Refusal.NO_REQUEST: "This is no certificate signing request. It begins with -----BEGIN CERTIFICATE REQUEST-----, "
    "or is one in binary form.",
    Refusal.SEVERAL: "There are {count} requests in it. Give one at a time.",
    Refusal.PRIVATE_KEY: "There is a private key in it. A CA never needs one: give the request alone, and treat the "
    "key as known to others if it is a real one.",
    Refusal.UNREADABLE: "The request cannot be read whole. Make it anew.",
    Refusal.TOO_LARGE: "The file is too large for a request: {limit} KiB at most.",
    Refusal.SIGNATURE: "The signature of the request does not verify: it was changed on its way, or signed with "
    "another key. Make it anew.",
    Refusal.KEY_KIND: "The request is for a key of the kind {algorithm}. RSA and ECDSA keys are signed.",
    Refusal.KEY_SIZE: "The request is for an RSA key of {bits} bits. Keys of 2048 to 8192 bits are signed.",
    Refusal.NO_NAME: "There is no name in it: a certificate needs a common name or an alternative name.",
    Refusal.TOO_MANY_NAMES: "There are {count} alternative names. At most 100 are signed.",
    Refusal.LONG_COMMON_NAME: "The common name has {length} characters. It can have 64 at most.",
    Refusal.BAD_NAME: "{name} is no host name: letters, digits, hyphens and underscores with dots between them, or "
    "IP: and an address.",
    Refusal.NAME_KIND: "{name} is an alternative name of a kind that is not signed here. DNS names and addresses are.",
    Refusal.INTERNAL_NAME: "{name} is known to a company's own DNS alone, and no public CA signs such a name. Take the "
    "enterprise CA, or a public name.",
    Refusal.CA_NOT_VALID: "The CA is valid from {begins} to {ends}, and the lab's time lies outside. "
    "Set the lab's time.",
    Refusal.OUTLIVES_CA: "The certificate would end after its CA, which ends {ends}. Choose fewer days.",
}


def refusal(refused: Refused) -> str:
    """Why the CA does not sign, as a sentence."""
    return REFUSALS[refused.why].format(**refused.facts)
