"""Hints only: one sentence of direction for each family of codes, and what the frame says meanwhile.

A hint says where to look. It names neither what is missing nor what cures it, and nothing out of the file.
"""

from collections.abc import Mapping

from certstore.pki.codes import Code
from certstore.wording.evidence import Sentence
from certstore.wording.sources import paraphrased

_FORM = "Look at what kind of file this is. Its name tells nothing: the page reads one form only."
_NOTHING = "Look at the file that was chosen: is it there, and is it as large as such a file usually is?"
_DAMAGE = "Look at the text of the file, line by line: something changed it on its way to you."
_PRIVATE = "Look at what else is in the file. Something in it should never have left its machine."
_KEY = "Look at the key: which key was this certificate issued for, and which one is there?"
_REQUEST = "Look at the fields of the request: what does each of them take?"
_NAMES = "Look at the names in the certificate: the one in its subject, and the alternative ones."
_PURPOSE = "Look at what the certificate may be used for."
_STRENGTH = "Look at how the certificate was made: its key, its signature, its dates and its attributes."
_COUNT = "Look at how many certificates the file holds."
_ABOVE = (
    "Look upwards from the certificate: who signed it, who signed that one, and whom does this server know?"
)
_DATES = "Look at dates: those in the certificates, and the server's clock."
_CAS = "Look at the CAs above the certificate, one by one: may each of them sign what stands below it?"
_TWINS = "Look at the list of trusted CAs: which of its rows bear the same name?"
_PEER = "Look at both servers: what does the one show, and what does the other know and ask for?"
_ZONE = "Look at the settings of the zone on both servers: what does each expect of the other?"
_LIST = "Look at the list of trusted CAs, and at what the file would add to it."
_DNS = "Look at what DNS says: of the name, of its address, and of the way back."
_TUNNELS = "Look at both servers: what each of them shows, and whom each of them knows."
_UNIFIED_CM = "Look at Unified CM and Expressway-C: what each shows the other, and whom each of them knows."
_CLUSTER = "Look at the peers of the cluster: how is each called, where is it, and whom does it know?"
_SIGN_IN = (
    "Look at the way from the client to Unified CM, step by step: which is the first that is not taken?"
)
_JABBER = "Look at what the Expressway-E shows to a client outside, and at whom that client knows."

_BY_CODE: dict[Code, str] = {
    Code.FILE_MISSING: _NOTHING,
    Code.FILE_EMPTY: _NOTHING,
    Code.FILE_TOO_LARGE: _NOTHING,
    Code.FILE_TRUNCATED: _DAMAGE,
    Code.FILE_UNREADABLE_CERTIFICATE: _DAMAGE,
    Code.FILE_PRIVATE_KEY: _PRIVATE,
    Code.FILE_ENCRYPTED_PRIVATE_KEY: _PRIVATE,
    Code.FILE_CONTAINS_PRIVATE_KEY: _PRIVATE,
    Code.CHAIN_FILE: _COUNT,
    Code.CN_NOT_FQDN: _NAMES,
    Code.SAN_NOT_FQDN: _NAMES,
    Code.WILDCARD: _NAMES,
    Code.NO_CN: _NAMES,
    Code.NO_SAN: _NAMES,
    Code.NO_CLIENT_AUTH: _PURPOSE,
    Code.NO_SERVER_AUTH: _PURPOSE,
    Code.NO_EKU: _PURPOSE,
    Code.CHAIN_ISSUER_MISSING: _ABOVE,
    Code.CHAIN_CA_ISSUER_MISSING: _ABOVE,
    Code.CHAIN_SELF_SIGNED: _ABOVE,
    Code.CHAIN_SELF_SIGNED_CA: _ABOVE,
    Code.CHAIN_EXPIRED: _DATES,
    Code.CHAIN_NOT_YET_VALID: _DATES,
    Code.CHAIN_DEPENDS_ON_SAME_SUBJECT: _TWINS,
    Code.CA_SAME_COMMON_NAME: _TWINS,
    Code.CA_SAME_SUBJECT: _TWINS,
    Code.CA_EXPIRED: _DATES,
    Code.CA_NOT_YET_VALID: _DATES,
    Code.CA_CRL_EXPIRED: _DATES,
    Code.CA_NOT_A_CA: _CAS,
    Code.TUNNELS_SAME_SUBJECT: _TWINS,
    Code.TUNNELS_NOT_VALID: _DATES,
    Code.TUNNELS_NO_CLIENT_AUTH: _PURPOSE,
    Code.TUNNELS_UNKNOWN_OID: _STRENGTH,
    Code.TUNNELS_KEY_ALGORITHM: _STRENGTH,
    Code.TUNNELS_UNDERSCORE: _DNS,
    Code.TUNNELS_NO_ADDRESS: _DNS,
    Code.TUNNELS_SEVERAL_ADDRESSES: _DNS,
    Code.TUNNELS_WRONG_ADDRESS: _DNS,
    Code.TUNNELS_NO_PTR: _DNS,
    Code.TUNNELS_PTR_NOT_A_NAME: _DNS,
    Code.UNIFIED_CM_NO_CLIENT_AUTH: _PURPOSE,
    Code.UNIFIED_CM_SAME_SUBJECT: _TWINS,
    Code.UNIFIED_CM_NOT_VALID: _DATES,
    Code.UNIFIED_CM_ONE_USAGE: _PURPOSE,
    Code.JABBER_NO_SRV: _DNS,
    Code.JABBER_NO_ADDRESS: _DNS,
    Code.JABBER_OTHER_NAME: _DNS,
    Code.CLUSTER_NO_CLIENT_AUTH: _PURPOSE,
    Code.SIGN_IN_DOMAIN_CASE: _CLUSTER,
    Code.SIGN_IN_SERVICE_REFUSED: _PURPOSE,
}
# A code that has no line of its own, by how it begins; the longest beginning comes first.
_BY_FAMILY: tuple[tuple[str, str], ...] = (
    ("file.damaged-", _DAMAGE),
    ("file.", _FORM),
    ("key.", _KEY),
    ("csr.", _REQUEST),
    ("client-certificate.", _PURPOSE),
    ("client-certificate-testing.", _DATES),
    ("crl-management.", _DATES),
    ("server-certificate.", _STRENGTH),
    ("chain.", _CAS),
    ("trusted-ca.", _LIST),
    ("peer.", _PEER),
    ("zone.", _ZONE),
    ("tunnels.", _TUNNELS),
    ("unified-cm.", _UNIFIED_CM),
    ("jabber.", _JABBER),
    ("cluster.", _CLUSTER),
    ("sign-in.", _SIGN_IN),
)

# The frame's sentence about a refusal, where the usual one would name the missing CA.
SENTENCES: dict[str, Sentence] = {
    "ca-missing": paraphrased(
        "A CA certificate of the chain is not in the trusted CA list", "CG-LOAD", "T221624"
    ),
}
UNNAMED: Mapping[Code, Sentence] = {
    Code.CHAIN_ISSUER_MISSING: SENTENCES["ca-missing"],
    Code.CHAIN_CA_ISSUER_MISSING: SENTENCES["ca-missing"],
}


def hint_for(code: Code) -> str:
    """Where to look: what is said to a code of its own, else to its family."""
    if code in _BY_CODE:
        return _BY_CODE[code]
    return next(hint for beginning, hint in _BY_FAMILY if code.value.startswith(beginning))
