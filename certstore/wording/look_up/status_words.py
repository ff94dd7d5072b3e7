"""Words of the product's own pages and of its REST API that tell a trouble: zones, tunnels, clusters, answers."""

from certstore.wording.evidence import Sentence, Sure
from certstore.wording.look_up.entry import BOTH, C, E, Entry, Kind, Writer, documented, our_reading, reported
from certstore.wording.look_up.steps import (
    APPEND_ON_BOTH,
    CHECK_TIME,
    CUCM_TRUST,
    NEW_CSR,
    TRAVERSAL_TEST,
    TUNNEL_STATUS,
)
from certstore.wording.sources import seen, seen_in
from certstore.wording.tunnels_status import SENTENCES as TUNNELS
from certstore.wording.unified_communications import SENTENCES as UNIFIED_COMMUNICATIONS
from certstore.wording.zones_status import SENTENCES as ZONES


def _shown(
    name: str,
    title: str,
    words: tuple[Sentence, ...],
    where: str,
    cause: str,
    cure: tuple[str, ...],
    sure: Sure,
    *,
    writers: tuple[Writer, ...] = BOTH,
    names: tuple[str, ...] = (),
    related: tuple[str, ...] = (),
) -> Entry:
    """Words on a page, or an answer of the API."""
    return Entry(
        f"status-{name}",
        Kind.ON_SCREEN,
        title,
        words,
        writers,
        where,
        cause,
        cure,
        sure,
        (),
        names,
        (),
        related,
    )


_ZONES = "Status > Zones, and the list of zones"
_XML = "the file /status.xml of the server"
_API = "the answer of the REST API"

_ZONE_STATES = (
    _shown(
        "zone-failed",
        "A zone is Failed",
        (
            ZONES["failed"],
            seen("<Status>Failed</Status><Cause>System unreachable</Cause>", "PYEXP"),
            ZONES["system-unreachable"],
        ),
        _ZONES,
        "The connection to the peer is not there: network, DNS, TLS (name, trust, dates), or the zone's password. "
        "The Event Log of both sides has the reason. That a TLS fault has a status word of its own was found "
        "nowhere.",
        (
            'Look into the Event Log of both sides for "TLS Negotiation Error" and "Authentication Failed" and look '
            "up that line.",
            TRAVERSAL_TEST,
            *APPEND_ON_BOTH,
            CHECK_TIME,
        ),
        documented("AG-ZONE", "PYEXP", note="the words. Cause and steps are in our words."),
        names=("zone down", "traversal zone failed", "SIP status failed"),
        related=(
            "trouble-zone",
            "log-outbound-identity",
            "log-inbound-identity",
            "log-authentication-failed",
        ),
    ),
    _shown(
        "zone-checking",
        "A zone is Checking",
        (ZONES["checking"],),
        _ZONES,
        "The state is being found out. With several connections of which some failed, the cell tells how many are "
        "Active.",
        ("Wait, load the page again, then open the zone and look at each peer.",),
        documented("AG-ZONE"),
        related=("status-zone-failed",),
    ),
    _shown(
        "zone-address-resolvable",
        "An automatic zone says Address resolvable",
        (ZONES["address-resolvable"],),
        _ZONES,
        "No fault: the automatic zones to CUCM (CEtcp, CEtls, CEOAuth) say this where others say Active.",
        ("Nothing is to be done.",),
        reported("T217743"),
        writers=(C,),
        names=("CEtls zone not active",),
    ),
    _shown(
        "peer-connect-failed",
        "A peer of a zone: Connect failed",
        (ZONES["connect-failed"],),
        _XML,
        "The connection to this peer was not established. Seen on X8.11.3.",
        (
            "Check name, address and port of the peer, and the firewall between.",
            'Then look into the Event Log for "TLS Negotiation Error".',
        ),
        our_reading("The word was seen in a public sample; no guide lists it.", "PYEXP"),
        related=("status-zone-failed", "alarm-45010"),
    ),
    _shown(
        "peer-invalid-address",
        "A peer of a zone: Invalid IP address",
        (ZONES["invalid-ip-address"],),
        _XML,
        "What stands as the peer's address leads to no address: the name does not resolve. Seen on X8.11.3.",
        ("Check the name in DNS from this server: Maintenance > Tools > Network utilities > DNS lookup.",),
        our_reading("The word was seen in a public sample; no guide lists it.", "PYEXP"),
        related=("status-zone-failed",),
    ),
)

_UNIFIED = (
    _shown(
        "uc-waiting",
        "Unified Communications: waiting for traversal server info",
        (UNIFIED_COMMUNICATIONS["waiting"],),
        "Status > Unified Communications",
        "The Expressway-E's name has two A records, so the two servers do not find together.",
        ("Keep one A record for the Expressway-E's name.", TUNNEL_STATUS),
        reported("T118798"),
        writers=(C,),
        related=("case-20",),
    ),
    _shown(
        "tunnels-inactive",
        "SSH tunnels are inactive or failed",
        (
            TUNNELS["title"],
            seen("<Portforwarding><Mesh><Status>Inactive</Status></Mesh>", "PYEXP"),
        ),
        "Status > Unified Communications, SSH tunnels",
        "The tunnels between Expressway-C and Expressway-E (TCP 2222) are not up. They want the whole chain on "
        "both sides, DNS both ways, and the same time.",
        (TUNNEL_STATUS, *APPEND_ON_BOTH, CHECK_TIME, TRAVERSAL_TEST),
        reported("T210800", note="the page's title. The words of its states are published nowhere."),
        names=("tunnel inactive", "tunnel failed", "HTTPProxy inactive"),
        related=("trouble-ssh-tunnels", "alarm-35013"),
    ),
    _shown(
        "cucm-uploaded",
        "CUCM took the certificate",
        (seen("Success: Certificate Uploaded", "T217748"),),
        "CUCM, OS Administration, certificate management",
        "No fault: CUCM took the certificate into its trust store. It acts when the services are restarted.",
        CUCM_TRUST[1:],
        reported("T217748"),
        writers=(Writer.CUCM,),
        related=("log-traffic-unknown-ca",),
    ),
)

_CLUSTERING = (
    _shown(
        "cluster-certificate-invalid",
        "Clustering: Certificate: Invalid",
        (seen("Certificate: Invalid ...", "CL154"),),
        "System > Clustering, beside a peer's address",
        "The names in that peer's certificate do not fit its address. In Permissive it is only told (in blue); in "
        "Enforce the peers would part. What follows the word Invalid is published nowhere.",
        (
            'Put the peer\'s FQDN under "Peer 1 address" and so on, as it stands in its certificate.',
            "See that each name in the certificate resolves to the peer's own address (DNS or cluster address "
            "mapping).",
            *NEW_CSR,
        ),
        documented("CL154"),
        related=("alarm-40049", "alarm-20006"),
    ),
    _shown(
        "cluster-unknown",
        "Clustering: a new peer is Unknown, then Failed, then Active",
        (seen("This system", "CL154"), seen("Unknown", "CL154")),
        "System > Clustering, beside a peer's address",
        "No fault at first: a new peer goes from Unknown over Failed to Active within about five minutes.",
        ("Wait five minutes. If it stays Failed, look at the alarms of both peers.",),
        documented("CL154", "T217230"),
        related=("alarm-20004",),
    ),
)

_ANSWERS = (
    _shown(
        "rest-conflict",
        "REST: Conflict",
        (seen('{"Message": "Conflict"}', "PYEXP"),),
        _API,
        "A request (CSR) is pending already, so no other can be generated.",
        (
            "Use the pending one, or discard it first. Discarding loses its key: a certificate made from it can "
            "no longer be installed.",
        ),
        our_reading("Seen in a public client, in no guide.", "PYEXP"),
        related=("case-39",),
    ),
    _shown(
        "rest-bad-request",
        "REST: Bad Request",
        (seen('{"Message": "Bad Request"}', "PYEXP"),),
        _API,
        "The server refused what was posted to /api/provisioning/certs/server. The answer does not tell why.",
        (
            "Upload the same file on Maintenance > Security > Server certificate, or check it here: that names why.",
        ),
        our_reading("Seen in a public client's comment, in no guide.", "PYEXP"),
    ),
    _shown(
        "rest-timeout",
        "REST: Socket Error: Timeout",
        (seen('{"Message": "CommandError: Socket Error: Timeout"}', "PYEXP"),),
        _API,
        "The Expressway-C could not reach the CUCM that was to be added.",
        ("Check name, port and firewall between Expressway-C and CUCM, then add it again.",),
        our_reading("Seen in a public client, in no guide.", "PYEXP"),
        writers=(C,),
    ),
    _shown(
        "rest-good",
        "REST: the answers that mean it went well",
        (
            seen('{"Message": "OK"}', "PYEXP"),
            seen('{"Message": "Root Certificate updated."}', "PYEXP"),
            seen('{"Message": "The operation was successful"}', "REST142"),
            seen('{"Message": "Operation was successful"}', "PYEXP"),
            seen('{"Message": "Update successful"}', "REST142"),
        ),
        _API,
        "No fault. A server certificate still wants a restart.",
        (
            "POST to /api/provisioning/restart, from X14.2 on with the header X-CSRF-Header, or restart by hand.",
        ),
        our_reading("Seen in a guide and in a public client.", "REST142", "PYEXP"),
    ),
)

_UPLOADS = (
    _shown(
        "upload-failed",
        "File upload failed.",
        (seen_in("File upload failed.", "CG-LOAD", "X14.0.2, X14.3, X15.0, X15.4, X15.5"),),
        "Maintenance > Security > Server certificate",
        "The page refuses the file. What stands after it says why; two of those reasons are published word for "
        "word (common name, subject alternative name), the others only in pictures.",
        (
            "Look up what stands after it.",
            "Most often: the file is not Base-64 (PEM), or a CA of its chain is not in Trusted CA certificate.",
        ),
        documented("CG-LOAD"),
        names=("upload refused", "cannot upload certificate", "certificate upload fails"),
        related=("trouble-format", "trouble-untrusted-chain"),
    ),
    _shown(
        "eku-restriction",
        "An upload is refused for want of client authentication",
        (
            seen(
                "hardcoded validation that requires certificates to have Client Authentication EKU", "T225482"
            ),
            seen("give an error when uploaded ... if both are not applied", "T213872"),
        ),
        "the TechNotes' words; what the page itself says is published nowhere",
        "Before X15.4 the page wants both usages in a server certificate.",
        ("See the result for a certificate without client authentication, below.",),
        reported("T225482", "T213872"),
        writers=(C, E),
        related=("code-server-certificate-no-client-auth", "case-30", "case-31"),
    ),
)

ENTRIES: tuple[Entry, ...] = (*_ZONE_STATES, *_UNIFIED, *_CLUSTERING, *_ANSWERS, *_UPLOADS)
