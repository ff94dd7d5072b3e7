"""On which page the cause of a connection's trouble is cured: for every code that a connection can have.

A page stands for a server that looks (`by`), for the one whose certificate or setting it is (`about`), or for the lab.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from certstore.pki.codes import Code


class Whose(StrEnum):
    """Whose page it is."""

    BY = "by"
    ABOUT = "about"
    LAB = "lab"


class Page(StrEnum):
    """A page on which something can be done."""

    LIST = "list"  # the trusted CA list; of Unified CM its trust stores, of Jabber its computer's list
    CERTIFICATE = "certificate"
    ZONE = "zone"
    DNS = "dns"
    NAME = "name"  # System > DNS and Administration of a server
    SSH = "ssh"
    REVOCATION = "revocation"  # Configuration > SIP
    CUCM_SERVERS = "cucm-servers"
    CLUSTERING = "clustering"
    SETTINGS = "settings"  # of the lab: release, switches, what a server does with CAs of one name
    TIME = "time"
    CLIENT_AUTH = "client-auth"


@dataclass(frozen=True, slots=True)
class Door:
    """A page of somebody."""

    page: Page
    whose: Whose


_LIST, _OWN_LIST = Door(Page.LIST, Whose.BY), Door(Page.LIST, Whose.ABOUT)
_CERTIFICATE = Door(Page.CERTIFICATE, Whose.ABOUT)
_ZONE, _OTHER_ZONE = Door(Page.ZONE, Whose.BY), Door(Page.ZONE, Whose.ABOUT)
_DNS = Door(Page.DNS, Whose.LAB)
_NAME = Door(Page.NAME, Whose.ABOUT)
_SSH = Door(Page.SSH, Whose.BY)
_REVOCATION = Door(Page.REVOCATION, Whose.BY)
_CUCM_SERVERS = Door(Page.CUCM_SERVERS, Whose.BY)
_CLUSTERING = Door(Page.CLUSTERING, Whose.BY)
_SETTINGS = Door(Page.SETTINGS, Whose.LAB)
_TIME = Door(Page.TIME, Whose.LAB)
_CLIENT_AUTH = Door(Page.CLIENT_AUTH, Whose.LAB)

_CHAIN = (_LIST, _OWN_LIST)
_NEW_CERTIFICATE = (_CERTIFICATE,)
_REPLACED = (_LIST, _CERTIFICATE)
_ENDED = (_LIST, _CERTIFICATE, _TIME)
_TWINS = (_LIST, _SETTINGS)
_REVOKED = (_LIST, _REVOCATION, _CERTIFICATE)

DOORS: Mapping[Code, tuple[Door, ...]] = {
    Code.PEER_CHAIN_NOT_TRUSTED: _CHAIN,
    Code.PEER_SELF_SIGNED: _REPLACED,
    Code.PEER_CHAIN_TOO_LONG: _CHAIN,
    Code.PEER_EXPIRED: _ENDED,
    Code.PEER_NOT_YET_VALID: _ENDED,
    Code.PEER_BAD_SIGNATURE: _REPLACED,
    Code.PEER_NOT_A_CA: _REPLACED,
    Code.PEER_PATH_LENGTH: _REPLACED,
    Code.PEER_NAME_CONSTRAINT: _REPLACED,
    Code.PEER_UNKNOWN_CRITICAL_EXTENSION: _REPLACED,
    Code.PEER_CHAIN_OTHER: _REPLACED,
    Code.PEER_PURPOSE: _NEW_CERTIFICATE,
    Code.PEER_NO_SERVER_AUTH: _NEW_CERTIFICATE,
    Code.PEER_NO_CLIENT_AUTH: (_CERTIFICATE, _SETTINGS, _CLIENT_AUTH),
    Code.PEER_REVOKED: _REVOKED,
    Code.PEER_REVOCATION_UNKNOWN: _REVOKED,
    Code.PEER_CRL_NOT_IN_FORCE: _REVOKED,
    Code.PEER_CRL_UNUSABLE: _REVOKED,
    Code.PEER_DEPENDS_ON_SAME_SUBJECT: _TWINS,
    Code.ZONE_NOT_SET_UP: (_ZONE,),
    Code.ZONE_NO_ADDRESS: (_DNS, _ZONE),
    Code.ZONE_SEVERAL_ADDRESSES: (_DNS, _ZONE),
    Code.ZONE_ADDRESS_LEADS_ELSEWHERE: (_DNS, _ZONE),
    Code.ZONE_PORT: (_ZONE, _OTHER_ZONE),
    Code.ZONE_PEER_ADDRESS_NOT_IN_CERTIFICATE: (_ZONE, _CERTIFICATE),
    Code.ZONE_NO_SUBJECT_NAME: (_ZONE,),
    Code.ZONE_SUBJECT_NAME_NOT_IN_CERTIFICATE: (_ZONE, _CERTIFICATE),
    Code.ZONE_CREDENTIALS: (_ZONE, _OTHER_ZONE),
    Code.ZONE_VERY_LARGE_KEY: _NEW_CERTIFICATE,
    Code.TUNNELS_ZONE_DOWN: (_ZONE, _OTHER_ZONE),
    Code.TUNNELS_CA_MISSING: (_LIST,),
    Code.TUNNELS_SELF_SIGNED: _REPLACED,
    Code.TUNNELS_SAME_SUBJECT: _TWINS,
    Code.TUNNELS_NOT_VALID: _ENDED,
    Code.TUNNELS_CHAIN_REFUSED: _REPLACED,
    Code.TUNNELS_NO_CLIENT_AUTH: (_CERTIFICATE, _CLIENT_AUTH),
    Code.TUNNELS_UNKNOWN_OID: _NEW_CERTIFICATE,
    Code.TUNNELS_KEY_ALGORITHM: (_SSH, _CERTIFICATE),
    Code.TUNNELS_UNDERSCORE: (_NAME, _CERTIFICATE),
    Code.TUNNELS_NO_ADDRESS: (_DNS,),
    Code.TUNNELS_SEVERAL_ADDRESSES: (_DNS,),
    Code.TUNNELS_WRONG_ADDRESS: (_DNS,),
    Code.TUNNELS_NO_PTR: (_DNS,),
    Code.TUNNELS_PTR_NOT_A_NAME: (_DNS, _CERTIFICATE),
    Code.UNIFIED_CM_CA_MISSING: (_LIST,),
    Code.UNIFIED_CM_REFUSES: _REPLACED,
    Code.UNIFIED_CM_NO_CLIENT_AUTH: (_CERTIFICATE, _CLIENT_AUTH),
    Code.UNIFIED_CM_NOT_STORED: (_LIST,),
    Code.UNIFIED_CM_NOT_TRUSTED: (_LIST,),
    Code.UNIFIED_CM_SELF_SIGNED: _REPLACED,
    Code.UNIFIED_CM_SAME_SUBJECT: _TWINS,
    Code.UNIFIED_CM_NOT_VALID: _ENDED,
    Code.UNIFIED_CM_CHAIN_REFUSED: _REPLACED,
    Code.UNIFIED_CM_OTHER_NAME: (_CERTIFICATE, _CUCM_SERVERS),
    Code.UNIFIED_CM_TYPED_NAME: (_CUCM_SERVERS, _CERTIFICATE),
    Code.UNIFIED_CM_ONE_USAGE: _NEW_CERTIFICATE,
    Code.JABBER_NO_SRV: (_DNS,),
    Code.JABBER_NO_ADDRESS: (_DNS,),
    Code.JABBER_OTHER_NAME: (_DNS, _NAME),
    Code.JABBER_NOT_TRUSTED: (_LIST, _OWN_LIST, _CERTIFICATE),
    Code.JABBER_NO_DOMAIN: _NEW_CERTIFICATE,
    Code.JABBER_PHONES_FAIL: _NEW_CERTIFICATE,
    Code.CLUSTER_NO_ADDRESS: (_CLUSTERING, _DNS),
    Code.CLUSTER_ADDRESS_LEADS_ELSEWHERE: (_CLUSTERING, _DNS),
    Code.CLUSTER_NO_CLIENT_AUTH: (_CLUSTERING, _CERTIFICATE, _CLIENT_AUTH),
    Code.CLUSTER_ADDRESS_NOT_FQDN: (_CLUSTERING,),
    Code.CLUSTER_ADDRESS_NOT_IN_CERTIFICATE: (_CLUSTERING, _CERTIFICATE),
    Code.CLUSTER_NAME_LEADS_ELSEWHERE: (_DNS, _CERTIFICATE),
    Code.SIGN_IN_DOMAIN_CASE: (_NAME,),
    Code.SIGN_IN_NO_ZONE: (_ZONE,),
    Code.SIGN_IN_SERVICE_REFUSED: (_CERTIFICATE, _SETTINGS),
}

# What a link to a page says; `{host}` is the server's name.
LINKS: Mapping[Page, str] = {
    Page.LIST: "Trusted CA certificate on {host}",
    Page.CERTIFICATE: "Server certificate on {host}",
    Page.ZONE: "Zones on {host}",
    Page.DNS: "DNS of the lab",
    Page.NAME: "DNS settings of {host}",
    Page.SSH: "SSH configuration on {host}",
    Page.REVOCATION: "SIP settings on {host}",
    Page.CUCM_SERVERS: "Unified CM servers on {host}",
    Page.CLUSTERING: "Clustering on {host}",
    Page.SETTINGS: "Lab settings",
    Page.TIME: "Lab time",
    Page.CLIENT_AUTH: "My CA dropped client authentication: the ways out",
}
SHORT: Mapping[Page, str] = {
    Page.LIST: "Trusted CA certificate",
    Page.CERTIFICATE: "Server certificate",
}
AT_UNIFIED_CM = "Unified CM {host}"
AT_JABBER = "Jabber"
