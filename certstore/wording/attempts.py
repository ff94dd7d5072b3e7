"""Our own words about an attempt: its outcome, its chain, and what a result depends on."""

from certstore.wording.evidence import Sentence
from certstore.wording.sources import ours

OUTCOMES = {
    "accepted": "Accepted",
    "warned": "Accepted, with a warning",
    "refused": "Refused",
    "depends": "Depends",
}
PAGES = {
    "server-certificate": "Maintenance > Security > Server certificate",
    "client-certificate": "Maintenance > Security > Client certificate",
    "trusted-ca": "Maintenance > Security > Trusted CA certificate",
}
LINK_STATES = {
    "missing": "not in this server's list",
    "not-trusted": "self-signed, and not in this server's list",
    "wrong-key": "has the right name, but another key",
    "not-a-ca": "in the list, but may not sign certificates",
    "expired": "expired",
    "not-yet-valid": "not valid yet",
    "refused": "not accepted",
    "this-file": "this file",
    "sent": "sent by the other side, not in the list",
    "in-list": "in this server's list",
}
RULES = {
    "first": "the server goes by the name and takes the first certificate of that name in its list",
    "openssl": "the server lets OpenSSL choose by key identifier among all of that name",
    "refuse": "the server does not take a second certificate of the same common name",
}
BASES = {
    "documented": "Documented",
    "support": "Reported by Cisco's support",
    "our-reading": "Our reading",
}

SENTENCES: dict[str, Sentence] = {
    "no-chain": ours("No certificate could be read, so there is no chain to draw."),
    "key-compared": ours("The certificate's key is the one that the server holds, or that came along."),
}
