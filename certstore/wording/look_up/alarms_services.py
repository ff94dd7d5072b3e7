"""Alarms of the services that certificates break: zones, tunnels, clusters, Mobile and Remote Access."""

from certstore.wording.look_up.alarms import alarm, raised_here
from certstore.wording.look_up.entry import C, Entry
from certstore.wording.look_up.steps import (
    APPEND_ON_BOTH,
    CHECK_TIME,
    NEW_CSR,
    REFRESH_CUCM,
    RESTART,
    TRAVERSAL_TEST,
    TUNNEL_STATUS,
)

_TRAVERSAL_ZONE = (
    "Navigate to Configuration > Zones > Zones and open the Unified Communications traversal zone."
)
_CLUSTERING = (
    "Navigate to System > Clustering on every peer: the addresses, the states beside them and TLS "
    "verification mode must be the same everywhere.",
    'While you find out, set TLS verification mode to "Permissive"; set it back to "Enforce" afterwards.',
    "Check that every peer trusts the CAs of every other peer's certificate, that each name in it resolves to "
    "the peer's own address, and, before X15.4, that it allows client authentication.",
    "Restart the primary peer, wait, then restart the other peers one by one.",
)
_CLUSTER = ("alarm-20004", "alarm-20006", "alarm-20016", "alarm-20020", "alarm-20021", "alarm-40049")


def _others(number: str) -> tuple[str, ...]:
    return tuple(key for key in _CLUSTER if key != f"alarm-{number}")


_CLUSTERS = (
    alarm(
        "20004",
        "Cluster communication failure",
        ("The system is unable to communicate with one or more of the cluster peers",),
        "A peer cannot be reached, or, with TLS verification enforced, is not trusted.",
        _CLUSTERING,
        related=_others("20004"),
    ),
    alarm(
        "20006",
        "Cluster database communication failure",
        ("The database is unable to replicate with one or more of the cluster peers",),
        "The configuration is not copied between the peers. After a renewal most often: a certificate without "
        "client authentication, or of a CA that a peer does not trust, while TLS verification is enforced.",
        _CLUSTERING,
        names=("cluster replication broken after certificate renewal", "cluster does not replicate"),
        related=_others("20006"),
    ),
    alarm(
        "20016",
        "Cluster replication error",
        ("The primary peer is unreachable",),
        "This peer cannot reach the primary one, or does not trust it.",
        _CLUSTERING,
        related=_others("20016"),
    ),
    alarm(
        "20020",
        "Restart required",
        ("TLS verification configuration does not match active status.",),
        "The cluster's TLS verification mode was changed, and this peer was not restarted since.",
        (
            "Restart the primary peer, wait until it is back, then restart the other peers one by one: "
            "Maintenance > Restart options.",
        ),
        related=_others("20020"),
    ),
    alarm(
        "20021",
        "Cluster communication failure",
        ("Unable to establish a TCP connection with <peers> on ports <ports>",),
        "The ports between the peers are closed, a peer is down, or its address under System > Clustering leads "
        "nowhere or to another place. It is not about certificates. That the ports are 4371 and 4372 is our reading.",
        (
            "Check the firewall between the peers and whether they run.",
            "Check the addresses under System > Clustering, and where DNS or the cluster address mapping leads them.",
        ),
        related=_others("20021"),
    ),
    alarm(
        "40049",
        "Cluster TLS permissive",
        ("Cluster TLS verification mode permits invalid certificates",),
        "TLS verification mode is Permissive, its default: the peers do not check each other's certificates. "
        "At an upgrade it may be ignored.",
        (
            "See under System > Clustering that beside every peer the certificate is said to be good.",
            'Set TLS verification mode to "Enforce", then restart the primary peer and after it the others.',
        ),
        names=("permissive", "enforce TLS verification of the cluster"),
        related=_others("40049"),
    ),
)

_NETWORK = (
    alarm(
        "25022",
        "Time not synchronized over traversal zone",
        (
            "The system time of this server is different from that on a server on the other side of a SIP "
            "traversal zone",
        ),
        "The clocks of the two servers differ. A certificate can be valid on one of them and not yet, or no "
        "longer, on the other.",
        (CHECK_TIME,),
        names=("clock skew", "wrong time", "NTP"),
        related=("openssl-9", "openssl-10"),
    ),
    raised_here(
        "25030",
        cause="There is no PTR record for the Expressway-E's address, or it cannot be asked for.",
        cure=("Make one PTR record for the address, with the Expressway-E's FQDN.",),
        writers=(C,),
        names=("PTR record missing",),
        related=("alarm-25031", "log-xcp-reverse-dns"),
    ),
    raised_here(
        "25031",
        cause=(
            "The name that the PTR record gives for the Expressway-E's address is not among the Subject Alternative "
            "Names of its certificate, or there are several PTR records."
        ),
        cure=(
            "Keep one PTR record for the address, with a name that is in the certificate.",
            "Or have the certificate issued anew with that name in it.",
            *NEW_CSR,
        ),
        writers=(C,),
        names=("PTR record does not match the certificate",),
        related=("alarm-25030", "log-xcp-invalid-hostname"),
    ),
    raised_here(
        "45010",
        cause="A peer of a zone does not answer. Network, name or TLS may be the reason; the zone's state says more.",
        cure=(
            "Navigate to Status > Zones and look at the state of each peer.",
            'Look into the Event Log for "TLS Negotiation Error".',
        ),
        related=("status-zone-failed", "alarm-40040"),
    ),
)

_SERVICES = (
    raised_here(
        "35013",
        cause=(
            "The SSH tunnels (TCP 2222) are down. With the zone up, most often an intermediate CA is missing in a "
            "list: tunnels want the whole chain. Else: firewall, forward or reverse DNS, time, the authentication "
            "account, or, on X15.5, a client certificate without client authentication."
        ),
        cure=(TUNNEL_STATUS, *APPEND_ON_BOTH, CHECK_TIME, TRAVERSAL_TEST),
        names=("SSH tunnels down", "SSH tunnel failure"),
        related=("trouble-ssh-tunnels", "alarm-35014", "log-portforwarding"),
    ),
    raised_here(
        "35014",
        cause=(
            "The Expressway-C cannot tell the Expressway-E about a tunnel: TCP 2222 from its ephemeral ports is "
            "closed on the way."
        ),
        cure=(
            "Open TCP from the Expressway-C's ephemeral ports to port 2222 of the Expressway-E.",
            TUNNEL_STATUS,
        ),
        related=("alarm-35013",),
    ),
    alarm(
        "35016",
        "SAML metadata has been modified",
        ("Configuration changes have modified the local SAML metadata...",),
        "With single sign-on a new server certificate changes the metadata that the identity provider knows.",
        ("Export the SAML metadata again and import it on the identity provider.",),
        names=("single sign-on broken after renewal", "SSO"),
    ),
    alarm(
        "15030",
        "Unified CM data crosscheck failure",
        (),
        "What the Expressway-C learned from CUCM no longer agrees with it: nodes or names were changed there.",
        (REFRESH_CUCM,),
        writers=(C,),
        related=("case-40",),
    ),
    raised_here(
        "40040",
        cause="The traversal zone of Unified Communications does not check the other side's certificate.",
        cure=(
            _TRAVERSAL_ZONE,
            'Set "TLS verify mode" to "On". A zone of type Unified Communications traversal has it.',
        ),
        related=("alarm-40043", "alarm-40048"),
    ),
    raised_here(
        "40043",
        cause="The traversal zone of Unified Communications does not force encrypted media.",
        cure=(_TRAVERSAL_ZONE, 'Set "Media encryption mode" to "Force encrypted".'),
        related=("alarm-40040", "alarm-40048"),
    ),
    raised_here(
        "40048",
        cause="Without SIP TLS no zone and no registration of Unified Communications can come up.",
        cure=('Navigate to Configuration > Protocols > SIP and set "TLS mode" to "On".', RESTART),
        related=("alarm-40040", "alarm-40043"),
    ),
    alarm(
        "40051",
        "CMS not Identified by Server Certificate",
        (
            "CMS address <address> has been entered on the Expressway-C but is not identified by the "
            "Expressway-E server certificate",
        ),
        "The address under which Cisco Meeting Server's web app is joined is not among the Expressway-E "
        "certificate's names.",
        NEW_CSR,
        names=("Join URL not in the certificate", "web app over MRA"),
        related=("case-41",),
    ),
)

ENTRIES: tuple[Entry, ...] = (*_CLUSTERS, *_NETWORK, *_SERVICES)
