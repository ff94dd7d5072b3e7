"""Log lines of the services behind the zones: traffic server, XCP, tunnels, clusters; and the other events."""

from certstore.pki.codes import Code
from certstore.wording.event_log import SENTENCES as EVENTS
from certstore.wording.evidence import Sentence
from certstore.wording.log_lines import as_logged
from certstore.wording.look_up.entry import BOTH, C, Entry, documented, reported, shown
from certstore.wording.look_up.log_lines import DEVELOPER_LOG, EVENT_LOG, line
from certstore.wording.look_up.steps import (
    CUCM_TRUST,
    NEW_CSR,
    REFRESH_CUCM,
    RESTART,
)
from certstore.wording.secure_traversal_test import SENTENCES as TRAVERSAL
from certstore.wording.sources import seen

_TRAFFIC_LOG = "the diagnostic log, lines of traffic_server"
_CUCM_NAME = (
    "On CUCM, under System > Server, enter each node by the FQDN that is in its certificate, not by an IP "
    "address or a short name.",
    REFRESH_CUCM,
)
_VERIFY_OFF = (
    "To win time only: xConfiguration EdgeConfigServer VerifyOriginServer: Off, on each Expressway-C. The check "
    "is off then."
)


def _between(said: Sentence, start: str, end: str) -> Sentence:
    """A part of a line, between two others that differ each time."""
    text = said.text.partition(start)[2].partition(end)[0]
    return shown(Sentence(text, said.evidence, said.source))


_TRAFFIC = (
    line(
        "traffic-verification-failed",
        "The traffic server does not trust the certificate of CUCM, IM and Presence or Unity",
        (
            shown(as_logged("traffic-server-verification-failed", detail="verify-18")),
            _between(as_logged("traffic-server-verification-failed"), "WARNING: ", "{detail}"),
        ),
        "From X14.2 on (one TechNote says 14.0.8) the Expressway-C checks the certificate of every server that "
        "clients are sent to. Depth 0: that certificate is self-signed; a larger depth: a CA of its chain is "
        "not trusted. Error= is OpenSSL's text.",
        (
            "On every Expressway-C, append the CAs of the CUCM, IM and Presence and Unity certificates (Tomcat and "
            "CallManager, the ECDSA ones too), or the self-signed certificates themselves: Maintenance > Security "
            '> Trusted CA certificate, "Append CA certificate".',
            "If only port 6972 fails and 8443 works, it is the CallManager certificate, often its ECDSA one.",
            *_CUCM_NAME,
            _VERIFY_OFF,
        ),
        reported("T218018", "T225476", note="the line. The two disagree about the first release."),
        writers=(C,),
        where=_TRAFFIC_LOG,
        names=("MRA login fails after upgrade to X14.2", "8443 works but 6972 fails"),
        codes=(Code.CHAIN_SELF_SIGNED, Code.CHAIN_ISSUER_MISSING),
        related=("trouble-mra-login", "log-traffic-sni", "log-traffic-502", "openssl-18", "case-1"),
    ),
    line(
        "traffic-sni",
        "The traffic server: CUCM's certificate does not bear the name that was asked for",
        (shown(as_logged("traffic-server-sni")),),
        "The address that clients are told to use, CUCM's System > Server entry, is not among the names of the "
        "certificate that CUCM shows.",
        (*_CUCM_NAME, "Or have CUCM's certificate issued anew with that name.", _VERIFY_OFF),
        reported("T218018"),
        writers=(C,),
        where=_TRAFFIC_LOG,
        names=("CUCM entered by IP address", "SNI not in certificate"),
        related=("log-traffic-verification-failed", "openssl-62", "openssl-64", "case-2"),
    ),
    line(
        "traffic-connection-failed",
        "The traffic server: certificate verify failed",
        (shown(as_logged("traffic-server-connection-failed", error="verify-failed")),),
        "The Expressway-C ended the connection because it does not accept the server's certificate. The WARNING "
        "line before it has the reason.",
        ("Look up the WARNING line of traffic_server that stands before it.", *_CUCM_NAME),
        reported("T218018"),
        writers=(C,),
        where=_TRAFFIC_LOG,
        numbers=("1416F086",),
        related=("log-traffic-verification-failed", "log-traffic-sni", "log-traffic-502"),
    ),
    line(
        "traffic-unknown-ca",
        "The traffic server: CUCM does not know the CA of the Expressway-C's certificate",
        (shown(as_logged("traffic-server-alert", alert="alert-unknown-ca")),),
        "The alert comes from CUCM (port 6972 most often): from X14.0.2 on the Expressway-C shows its certificate "
        "there, and CUCM lacks its CA. It is so even where CUCM is not secure.",
        CUCM_TRUST,
        reported("T225746", "T217748", "T225476"),
        writers=(C,),
        where=_TRAFFIC_LOG,
        numbers=("14094418",),
        names=("CUCM does not trust Expressway-C", "tomcat-trust CallManager-trust missing"),
        related=("trouble-mra-login", "alert-unknown-ca", "case-3", "case-4"),
    ),
    line(
        "traffic-sending-request",
        "The traffic server sends a request to CUCM",
        (shown(as_logged("traffic-server-request", {"dst_port": "6972"})),),
        "No fault by itself: the request for a phone's configuration. What follows it tells whether it was "
        "answered.",
        ("Look at the next line of traffic_server.",),
        reported("T225746"),
        writers=(C,),
        where=DEVELOPER_LOG,
        related=("log-traffic-unknown-ca",),
    ),
    line(
        "traffic-502",
        "The client gets 502 connect failed",
        (shown(as_logged("http-502")),),
        "The traffic server could not connect to the server behind it, most often because it refused its "
        "certificate; the lines before say which.",
        ("Look for traffic_server lines just before it, and look those up.",),
        reported("T218018"),
        writers=BOTH,
        where=DEVELOPER_LOG,
        names=("HTTP 502", "502 bad gateway"),
        related=("log-traffic-verification-failed", "log-traffic-sni", "client-502-next-hop"),
    ),
)

_XCP = (
    line(
        "xcp-invalid-hostname",
        "XCP: the Expressway-E's certificate does not fit its PTR record",
        (shown(as_logged("cvs-invalid-hostname")),),
        "The name that the PTR record gives for the address is not in the certificate: several or wrong PTR "
        "records.",
        ("Keep one PTR record for the Expressway-E's address, with a name that is in its certificate.",),
        reported("T118798"),
        writers=(C,),
        where=DEVELOPER_LOG,
        related=("alarm-25031", "case-16"),
    ),
    line(
        "xcp-reverse-dns",
        "XCP: no PTR record for the Expressway-E's address",
        (shown(as_logged("reverse-lookup-failed")),),
        "There is no PTR record for the Expressway-E's address, or the Expressway-C cannot ask for it.",
        ("Make one PTR record for the address, with the Expressway-E's FQDN.",),
        reported("T118798"),
        writers=(C,),
        where=DEVELOPER_LOG,
        related=("alarm-25030", "log-xcp-invalid-hostname"),
    ),
    line(
        "portforwarding",
        "The SSH tunnels' process fell over",
        (shown(as_logged("portforwarding-failed")),),
        "There is an underscore in the Expressway-E's host name. The tunnels do not come up with it.",
        (
            "Rename the Expressway-E without an underscore: System > DNS, System host name.",
            *NEW_CSR,
        ),
        documented("MRA152"),
        names=("underscore in host name",),
        codes=(Code.CN_NOT_FQDN, Code.SAN_NOT_FQDN),
        related=("alarm-35013", "case-35"),
    ),
)

_ENFORCED = {"path": "configuration/cluster/tls_verify", "old": "Permissive", "new": "Enforcing"}
_REPLICATION = {
    "id": "20006",
    "severity": "warning",
    "title": "Cluster database communication failure",
    "description": "The database is unable to replicate with one or more of the cluster peers",
}
_CLUSTER = (
    line(
        "cluster-enforcing",
        "The cluster's TLS verification mode was changed",
        (shown(as_logged("configuration-changed", _ENFORCED)),),
        "Somebody enforced TLS verification between the peers. If replication broke at that moment, a peer's "
        "certificate is not trusted by another, or its name does not resolve to its address.",
        (
            "Restart the primary peer, then the other peers one by one.",
            'If replication is broken: System > Clustering, TLS verification mode "Permissive", then see to the '
            "certificates.",
        ),
        reported("T217230"),
        related=("alarm-20006", "alarm-20020", "alarm-40049"),
    ),
    line(
        "alarm-20006",
        "The Event Log of alarm 20006",
        (shown(as_logged("alarm-raised", _REPLICATION)),),
        "The line in which alarm 20006 was raised. Every alarm has such a line, with its number as Id.",
        ("Look up the alarm by its number.",),
        reported("T217230"),
        related=("alarm-20006",),
    ),
)

_EVENTS = (
    line(
        "event-certificate-management",
        'The event "Certificate Management"',
        (
            EVENTS["certificate-management"],
            EVENTS["certificate-management-told"],
        ),
        "No fault: certificates were uploaded. What its Detail reads is published nowhere.",
        ("Compare its moment with the one at which the trouble began.",),
        documented("AG-REF"),
        names=("who uploaded a certificate",),
        related=("alarm-15028",),
    ),
    line(
        "event-alarm",
        'The events "Alarm raised", "Alarm lowered" and "Alarm acknowledged"',
        (
            EVENTS["alarm-raised"],
            EVENTS["alarm-lowered"],
            EVENTS["alarm-acknowledged"],
        ),
        "No fault by themselves: they tell when an alarm came, went, or was read. Its number is in the line.",
        ("Look up the alarm by its number.",),
        documented("AG-REF"),
        related=("log-alarm-20006",),
    ),
    line(
        "event-cba",
        'The events "CBA Authorization Failure" and "Admin Session CBA Authorization Failure"',
        (
            seen("CBA Authorization Failure", "AG-REF"),
            seen("Admin Session CBA Authorization Failure", "AG-REF"),
        ),
        "Somebody signed in with a client certificate (certificate-based authentication), and it was not "
        "accepted: not trusted, revoked, or its name is no user.",
        (
            'Test that certificate: Maintenance > Security > Client certificate testing, "Check certificate".',
            "Look at the pattern on Certificate-based authentication configuration.",
        ),
        documented("AG-REF", note="the names of the events. Cause and steps are in our words."),
        names=("certificate-based authentication", "smart card sign-in refused"),
        related=("alarm-40009", "openssl-3"),
    ),
    line(
        "event-configuration",
        'The events "System Configuration Changed" and "Restart Requested"',
        (EVENTS["configuration-changed"], EVENTS["restart-requested"]),
        "No fault by themselves: somebody changed a setting, or asked for a restart.",
        ("Compare their moments with the one at which the trouble began.", RESTART),
        documented("AG-REF"),
        where=EVENT_LOG,
        related=("log-cluster-enforcing", "alarm-15028"),
    ),
)

_TOOLS = (
    line(
        "cannot-be-reached",
        "Secure traversal test: the Expressway-E cannot be reached",
        (shown(TRAVERSAL["cannot-be-reached"]),),
        "The test pings first, and ICMP is blocked, or the name does not resolve. It says nothing about the "
        "certificates yet.",
        (
            "Allow ICMP from the Expressway-C to the Expressway-E while you test, and check the name in DNS.",
            'Then select "Test connection" again.',
        ),
        documented("AG-UC"),
        writers=(C,),
        where="Maintenance > Security > Secure traversal test",
        related=("trouble-zone",),
    ),
)

ENTRIES: tuple[Entry, ...] = (*_TRAFFIC, *_XCP, *_CLUSTER, *_EVENTS, *_TOOLS)
