"""The facts that a sentence may name: `{name}` in a text, what it means, and which codes have it.

| fact | what it is |
|---|---|
| file | the name of the uploaded file, made visible; handed over by whoever shows the sentence |
| name | the certificate concerned, or a name out of it; of a missing CA that CA's own name |
| limit | the most that is taken: KiB of a file, entries of the list, CAs below a CA |
| made_from | which request the certificate was made from, as a sentence; "" where none is known |
| held | the key that the server has, in words (from `origin`) |
| eku | the extended key usages that the certificate has, in words |
| bits, digest, algorithm, release, oid | what their names say |
| start, end | when a certificate begins or ends |
| key_id | the key identifier of a missing CA, as the certificate below it gives it |
| below | the certificate whose issuer is missing |
| issuer | the CA whose key does not verify a signature |
| ca, dns | a CA with name constraints, and the DNS name that it does not allow |
| place | where in the chain the certificate stands, in words (from `depth`) |
| count, position | how many there are; the row of the list (1 is the top) |
| certificates | how many certificates the file holds |
| looker, other | the server that looks at a certificate, and the one whose certificate it is |
| usage | the usage that was asked of a certificate, in words |
| port, typed | the port of a connection, and the one that the other side typed |
| server | the server that a connection leads to |
| store, kind | of Unified CM: a list, one of its certificates |
| number | the number of OpenSSL's verdict |
| address, addresses, ptr, target, domain | what DNS says, or somebody typed |

The appliance's own sentences name only what a finding carries as it is; `in_words` adds what our column says.
"""

import re
from collections.abc import Mapping

from certstore.pki.codes import Code
from certstore.pki.keys import KeySource
from certstore.pki.moments import moment_text
from certstore.pki.server_upload import RequestState

# The key that a server has, by where its public half came from.
HELD: dict[str, str] = {
    KeySource.FACTORY: "the key that was made with this server's default certificate",
    KeySource.UPLOADED: "the key of the private key file that was uploaded",
    KeySource.REQUEST: "the key of the request that this server made",
    KeySource.IMPORTED: "the key of the imported request",
    KeySource.UNKNOWN: "the key of the certificate that is loaded now",
}

# What stands in for a fact that is not known: OpenSSL stops at things that our walk cannot name.
_UNKNOWN: dict[str, str] = {
    "file": "The file",
    "name": "A certificate without a name",
    "below": "the certificate",
    "held": "the key of this server",
    "key_id": "not given",
    "issuer": "the CA above it",
    "ca": "A CA above it",
    "dns": "a name",
    "oid": "not named",
    "limit": "fewer",
    "start": "a later date",
    "end": "an earlier date",
    "place": "part of the chain",
    "looker": "this server",
    "other": "the other server",
    "eku": "nothing that is named",
    "made_from": "",
    "address": "no address",
}
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")

# What became of the request that a certificate was made from.
_BECAME: dict[str, str] = {
    RequestState.PENDING: "which waits for it there",
    RequestState.USED: "which was used for a certificate{when}",
    RequestState.DISCARDED: "which was discarded{when}, and its key with it",
}
# For which certificate it was made, where that is not the one that is uploaded.
_OF_PAGE: dict[str, str] = {"server": " for the server certificate", "client": " for the client certificate"}

_COUNTED = frozenset({"name", "count"})
_MISSING = frozenset({"name", "key_id", "below"})
_SERVERS = frozenset({"looker", "other"})
_OF_PEER = _SERVERS | {"name"}
_OF_PURPOSE = _OF_PEER | {"eku", "usage"}

_AT_CUCM = _SERVERS | {"store", "port"}
_OF_CUCM = _SERVERS | {"kind", "port"}

_OF_CLUSTER = _SERVERS | {"address"}

_OF_CONNECTIONS: dict[Code, frozenset[str]] = {
    Code.TUNNELS_ZONE_DOWN: frozenset({"server"}),
    Code.TUNNELS_CA_MISSING: _MISSING | _SERVERS,
    Code.TUNNELS_SELF_SIGNED: _SERVERS | {"name"},
    Code.TUNNELS_SAME_SUBJECT: _SERVERS | {"name"},
    Code.TUNNELS_NOT_VALID: _SERVERS | {"name", "start", "end"},
    Code.TUNNELS_CHAIN_REFUSED: _SERVERS | {"name", "number"},
    Code.TUNNELS_NO_CLIENT_AUTH: frozenset({"eku", "other"}),
    Code.TUNNELS_UNKNOWN_OID: frozenset({"oid", "other"}),
    Code.TUNNELS_KEY_ALGORITHM: _SERVERS | {"algorithm", "bits"},
    Code.TUNNELS_UNDERSCORE: frozenset({"server"}),
    Code.TUNNELS_NO_ADDRESS: frozenset({"server"}),
    Code.TUNNELS_SEVERAL_ADDRESSES: frozenset({"server", "addresses"}),
    Code.TUNNELS_WRONG_ADDRESS: frozenset({"server", "address"}),
    Code.TUNNELS_NO_PTR: frozenset({"server", "address"}),
    Code.TUNNELS_PTR_NOT_A_NAME: frozenset({"server", "address", "ptr"}),
    Code.UNIFIED_CM_CA_MISSING: _AT_CUCM | _MISSING,
    Code.UNIFIED_CM_REFUSES: _AT_CUCM | {"name", "number"},
    Code.UNIFIED_CM_NO_CLIENT_AUTH: _AT_CUCM | {"eku"},
    Code.UNIFIED_CM_NOT_STORED: _AT_CUCM,
    Code.UNIFIED_CM_NOT_TRUSTED: _OF_CUCM | _MISSING,
    Code.UNIFIED_CM_SELF_SIGNED: _OF_CUCM | {"name"},
    Code.UNIFIED_CM_SAME_SUBJECT: _OF_CUCM | {"name"},
    Code.UNIFIED_CM_NOT_VALID: _OF_CUCM | {"name", "start", "end"},
    Code.UNIFIED_CM_CHAIN_REFUSED: _OF_CUCM | {"name", "number"},
    Code.UNIFIED_CM_OTHER_NAME: _OF_CUCM | {"address"},
    Code.UNIFIED_CM_TYPED_NAME: _OF_CUCM | {"address"},
    Code.UNIFIED_CM_ONE_USAGE: _OF_CUCM | {"eku"},
    Code.JABBER_NO_SRV: frozenset({"domain"}),
    Code.JABBER_NO_ADDRESS: frozenset({"target", "server"}),
    Code.JABBER_OTHER_NAME: frozenset({"target", "server"}),
    Code.JABBER_NOT_TRUSTED: frozenset({"name", "number", "server"}),
    Code.JABBER_NO_DOMAIN: frozenset({"domain", "server"}),
    Code.JABBER_PHONES_FAIL: frozenset({"domain", "server"}),
    Code.CLUSTER_NO_ADDRESS: _OF_CLUSTER,
    Code.CLUSTER_ADDRESS_LEADS_ELSEWHERE: _OF_CLUSTER | {"target"},
    Code.CLUSTER_NO_CLIENT_AUTH: _OF_CLUSTER | {"eku"},
    Code.CLUSTER_ADDRESS_NOT_FQDN: _OF_CLUSTER,
    Code.CLUSTER_ADDRESS_NOT_IN_CERTIFICATE: _OF_CLUSTER,
    Code.CLUSTER_NAME_LEADS_ELSEWHERE: _OF_CLUSTER | {"target"},
    Code.SIGN_IN_DOMAIN_CASE: frozenset({"domain", "server"}),
    Code.SIGN_IN_NO_ZONE: frozenset({"server"}),
    Code.SIGN_IN_SERVICE_REFUSED: frozenset({"eku", "server"}),
}

_OF_CODE: dict[Code, frozenset[str]] = {
    Code.FILE_TOO_LARGE: frozenset({"limit"}),
    Code.KEY_MISMATCH: frozenset({"origin"}),
    Code.KEY_MATCHES_REQUEST: frozenset({"server"}),
    Code.CSR_NOT_FQDN: frozenset({"name"}),
    Code.CSR_CLUSTER_NAME: frozenset({"name"}),
    Code.CSR_TOO_LONG: frozenset({"limit"}),
    Code.CSR_COUNTRY: frozenset({"name"}),
    Code.CSR_CHARACTERS: frozenset({"name"}),
    Code.CHAIN_FILE: frozenset({"certificates"}),
    Code.CN_NOT_FQDN: frozenset({"name"}),
    Code.SAN_NOT_FQDN: frozenset({"name"}),
    Code.WILDCARD: frozenset({"name"}),
    Code.NO_CLIENT_AUTH: frozenset({"eku"}),
    Code.CLIENT_NO_CLIENT_AUTH: frozenset({"eku"}),
    Code.CRL_NOT_ONLY_LISTS: frozenset({"crls", "certificates"}),
    Code.CRL_UNREADABLE: frozenset({"count", "limit"}),
    Code.CRL_ENDED: _COUNTED,
    Code.NO_SERVER_AUTH: frozenset({"eku"}),
    Code.WEAK_KEY: frozenset({"bits"}),
    Code.VERY_LARGE_KEY: frozenset({"bits"}),
    Code.WEAK_DIGEST: frozenset({"digest"}),
    Code.KEY_ALGORITHM_UNTESTED: frozenset({"algorithm", "release"}),
    Code.UNSUPPORTED_OID: frozenset({"oid"}),
    Code.ENDS_AFTER_2050: frozenset({"end"}),
    Code.REVOKED_BY_CRL: frozenset({"name"}),
    Code.CHAIN_ISSUER_MISSING: _MISSING,
    Code.CHAIN_CA_ISSUER_MISSING: _MISSING,
    Code.CHAIN_DEPENDS_ON_SAME_SUBJECT: frozenset({"name"}),
    Code.CA_LIST_FULL: frozenset({"count", "limit"}),
    Code.CA_SAME_COMMON_NAME: frozenset({"name"}),
    Code.CA_SAME_SUBJECT: frozenset({"name", "position"}),
    Code.CA_ALREADY_THERE: frozenset({"count"}),
    Code.CA_EXPIRED: _COUNTED,
    Code.CA_NOT_YET_VALID: _COUNTED,
    Code.CA_NOT_A_CA: _COUNTED,
    Code.CA_CRL_EXPIRED: _COUNTED,
    Code.PEER_CHAIN_NOT_TRUSTED: _OF_PEER | _MISSING,
    Code.PEER_PURPOSE: _OF_PURPOSE,
    Code.PEER_NO_SERVER_AUTH: _OF_PURPOSE,
    Code.PEER_NO_CLIENT_AUTH: _OF_PURPOSE,
    Code.ZONE_NOT_SET_UP: frozenset({"name"}),
    Code.ZONE_NO_ADDRESS: frozenset({"name", "looker"}),
    Code.ZONE_SEVERAL_ADDRESSES: _COUNTED | {"looker"},
    Code.ZONE_ADDRESS_LEADS_ELSEWHERE: frozenset({"name", "looker", "address"}),
    Code.ZONE_PORT: _SERVERS | {"typed", "port"},
    Code.ZONE_PEER_ADDRESS_NOT_IN_CERTIFICATE: _OF_PEER,
    Code.ZONE_NO_SUBJECT_NAME: _SERVERS,
    Code.ZONE_SUBJECT_NAME_NOT_IN_CERTIFICATE: _OF_PEER,
    Code.ZONE_CREDENTIALS: _SERVERS,
    Code.ZONE_VERY_LARGE_KEY: frozenset({"other", "bits"}),
    **_OF_CONNECTIONS,
}
# What findings of a code carry that is not named above, by the beginning of the code.
_OF_GROUP: dict[str, frozenset[str]] = {"chain": frozenset({"name"}), "peer": _OF_PEER}


def carried_by(code: Code) -> frozenset[str]:
    """The facts that every finding of a code carries: all that its sentence on screen may name."""
    if code in _OF_CODE:
        return _OF_CODE[code]
    return _OF_GROUP.get(code.value.partition(".")[0], frozenset())


def known_in_words(code: Code) -> frozenset[str]:
    """The facts that cause and cure of a code may name: those it carries, and those `in_words` adds."""
    return carried_by(code) | frozenset(_UNKNOWN)


def in_words(facts: Mapping[str, str | int]) -> dict[str, str | int]:
    """The facts of a finding as our column says them.

    In: facts as a finding carries them. Out: the same with the key's origin, the depth and moments in words,
    and something to say for what is not known.
    """
    told: dict[str, str | int] = {**_UNKNOWN, **{name: value for name, value in facts.items() if value != ""}}
    origin = facts.get("origin")
    if isinstance(origin, str):
        told["held"] = HELD.get(origin, _UNKNOWN["held"])
    told["made_from"] = _made_from(facts)
    depth = facts.get("depth")
    if isinstance(depth, int):
        told["place"] = _place(depth)
    for name in ("start", "end"):
        moment = facts.get(name)
        if isinstance(moment, str) and _MOMENT.fullmatch(moment):
            told[name] = moment_text(moment)
    return told


def _made_from(facts: Mapping[str, str | int]) -> str:
    """Which request a certificate of another key was made from, and what became of that."""
    state, made, closed = (str(facts.get(name, "")) for name in ("request", "made", "closed"))
    if state == "held":
        return "It was made for the key that the server has now. "
    if state not in _BECAME:
        return ""
    whose = "this server" if facts.get("here") else f"{facts.get('requester', 'another server')}"
    of_page = _OF_PAGE.get(str(facts.get("other_page", "")), "")
    became = _BECAME[state].format(when=f" on {_moment(closed)}" if closed else "")
    return f"It was made from a request of {whose}{of_page}, generated on {_moment(made)}, {became}. "


def _moment(text: str) -> str:
    """A moment as a person reads it; what is none stays as it is."""
    return moment_text(text) if _MOMENT.fullmatch(text) else text


def _place(depth: int) -> str:
    """Where in the chain a certificate stands."""
    if depth == 0:
        return "the server certificate itself"
    if depth == 1:
        return "the CA that issued the server certificate"
    return f"the CA {depth} steps above the server certificate"
