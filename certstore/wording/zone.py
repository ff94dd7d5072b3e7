"""What is said about the traversal zone beside the certificates' chains: `zone.*`."""

from certstore.pki.codes import Code
from certstore.wording.evidence import Basis, Explanation, Sure
from certstore.wording.sources import cite, ours

_NAMES = Sure(
    Basis.DOCUMENTED,
    f"{cite('AG-UC')} and {cite('CG-TS')}: the name must be among the alternative names. {cite('T117811')} and "
    f"{cite('T212475')} report the log line, the first of them with the common name. Which of them counts is a setting "
    "of the lab.",
)
_DNS = Sure(
    Basis.DOCUMENTED, f"{cite('AG-UC')}: the peer address is a name that DNS must know, or an IP address."
)

_ON_C = "On {looker}, navigate to Configuration > Zones > Zones and open the traversal zone."
_REISSUE = (
    "Or on {other}, navigate to Maintenance > Security > Server certificate, make a request with {name} among its "
    "alternative names and have it signed.",
    'Upload it: "Upload server certificate data", then restart: Maintenance > Restart options.',
)


EXPLANATIONS: dict[Code, Explanation] = {
    Code.ZONE_NOT_SET_UP: Explanation(
        ours("One of the two servers has no traversal zone"),
        "A Unified Communications traversal zone has two sides, one on each server; {name} has none, or has no peer "
        "address.",
        (
            "On {name}, navigate to Configuration > Zones > Zones and create a Unified Communications traversal zone.",
        ),
        Sure(Basis.DOCUMENTED, f"{cite('AG-UC')}: one such zone a pair of servers."),
    ),
    Code.ZONE_NO_ADDRESS: Explanation(
        ours("{looker} finds no address of its peer"),
        "DNS knows no address of {name}, the peer address of the zone.",
        (
            "Correct the record of {name} in DNS.",
            f"{_ON_C} Compare Peer 1 address with the name of the Expressway-E.",
        ),
        _DNS,
    ),
    Code.ZONE_SEVERAL_ADDRESSES: Explanation(
        ours("The peer address of {looker} has {count} addresses"),
        "DNS knows {count} addresses of {name}, the peer address of the zone on {looker}. Unified Communications "
        "services then wait for traversal server information, though the zone may be up.",
        ("Leave one address for {name} in DNS.",),
        Sure(Basis.SUPPORT, f"{cite('T118798')}: two addresses of one Expressway-E."),
    ),
    Code.ZONE_ADDRESS_LEADS_ELSEWHERE: Explanation(
        ours("The peer address of {looker} does not lead to an Expressway-E"),
        "{name}, the peer address of the zone on {looker}, leads to {address}, and no Expressway-E of this lab is "
        "there.",
        (
            "Correct the record of {name} in DNS.",
            f"{_ON_C} Compare Peer 1 address with the name of the Expressway-E.",
        ),
        _DNS,
    ),
    Code.ZONE_PORT: Explanation(
        ours("The ports of the two sides differ"),
        "{looker} connects to port {typed}, and the zone on {other} listens on port {port}.",
        (f"{_ON_C} Set the SIP port that the zone on {{other}} has.",),
        Sure(Basis.DOCUMENTED, f"{cite('AG-UC')}: 7001 by default, the same on both sides."),
    ),
    Code.ZONE_PEER_ADDRESS_NOT_IN_CERTIFICATE: Explanation(
        ours("The peer address of {looker} is not a name of the certificate of {other}"),
        "{looker} connects to {name}, its peer address as typed, and no name of the certificate of {other} is that. "
        "Case does not count; a wildcard matches nothing; an IP address has to be in the certificate itself.",
        (f"{_ON_C} As Peer 1 address enter a name that the certificate has.", *_REISSUE),
        _NAMES,
    ),
    Code.ZONE_NO_SUBJECT_NAME: Explanation(
        ours("The zone on {looker} has no TLS verify subject name"),
        "{looker} must know by which name to recognize {other}.",
        (f"{_ON_C} As TLS verify subject name enter a name of the certificate of {{other}}.",),
        Sure(Basis.DOCUMENTED, f"{cite('AG-UC')}: TLS verify subject name of the traversal server zone."),
    ),
    Code.ZONE_SUBJECT_NAME_NOT_IN_CERTIFICATE: Explanation(
        ours("The TLS verify subject name of {looker} is not a name of the certificate of {other}"),
        "{name} is the TLS verify subject name of the zone on {looker}, and no name of the certificate of {other} is "
        "that. Case does not count; a wildcard matches nothing.",
        (f"{_ON_C} Correct the TLS verify subject name.", *_REISSUE),
        _NAMES,
    ),
    Code.ZONE_CREDENTIALS: Explanation(
        ours("{looker} does not accept the user name or password of {other}"),
        "User name and password of the zone on {other} are not those that {looker} knows, or are missing. This is no "
        "fault of a certificate: both sides have accepted each other's.",
        (
            "On both servers, navigate to Configuration > Zones > Zones and open the traversal zone: the user name "
            "has to be the same, the password that of this user in the local authentication database of {looker}.",
        ),
        Sure(Basis.SUPPORT, f"{cite('T117811')}: a wrong password of the zone, with its log line."),
    ),
    Code.ZONE_VERY_LARGE_KEY: Explanation(
        ours("The key of {other} has {bits} bits"),
        "With keys of that size zones of SIP over TLS may not become active, as the guide puts it; whether this one "
        "does nobody can tell from the certificate.",
        (
            "On {other}, navigate to Maintenance > Security > Server certificate, make a request with 4096 bits and "
            "have it signed.",
            'Upload it: "Upload server certificate data", then restart: Maintenance > Restart options.',
        ),
        Sure(Basis.DOCUMENTED, f"{cite('CG-TS')}: use a key of 4096 bits."),
    ),
}
