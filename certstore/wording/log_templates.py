"""The lines of the logs as the documents show them, one template each; what differs each time is in braces.

What a document leaves out of a line ("...") is left out here as well. The Administrator Guide gives the order:
the event first, its level last; the documents cut some of their samples off before that.
"""

from dataclasses import dataclass
from enum import StrEnum

from certstore.wording.evidence import Sentence
from certstore.wording.sources import paraphrased, seen


class Log(StrEnum):
    """Where a line is to be seen."""

    EVENTS = "events"  # Status > Logs > Event Log, and the diagnostic log
    DIAGNOSTIC = "diagnostic"  # the diagnostic log alone
    CLIENT = "client"  # Jabber's own log


class Tail(StrEnum):
    """What follows the details of a line."""

    NOTHING = ""
    TIME = ' UTCTime="{utc}"'
    LEVEL_AND_TIME = ' Level="1" UTCTime="{utc}"'


@dataclass(frozen=True, slots=True)
class Template:
    """One line: who writes it ("{pid}" is a process number), its details, and what follows them."""

    process: str
    text: Sentence
    log: Log = Log.DIAGNOSTIC
    tail: Tail = Tail.NOTHING
    is_red: bool = False  # in the Event Log (AG-REF, of "TLS Negotiation Error")
    is_bare: bool = False  # has values that stand in no double quotes
    joint: str = " "  # between the process and the details


def _event(process: str, text: Sentence, *, is_red: bool = False) -> Template:
    return Template(process, text, Log.EVENTS, Tail.LEVEL_AND_TIME, is_red)


def _alarm(text: Sentence) -> Template:
    return Template("alarm", text, Log.EVENTS, Tail.TIME)


def _traffic(text: Sentence, joint: str = " ") -> Template:
    return Template("traffic_server[{pid}]", text, is_bare=True, joint=joint)


def _jabber(text: Sentence) -> Template:
    return Template("", text, Log.CLIENT)


_SIP: dict[str, Template] = {
    "outbound-tls-error": _event(
        "tvcs",
        seen(
            'Event="Outbound TLS Negotiation Error" Service="SIP" Src-ip="{src_ip}" Src-port="{src_port}" '
            'Dst-ip="{dst_ip}" Dst-port="{dst_port}" Detail="{detail}" Protocol="TLS" '
            'Common-name="{common_name}"',
            "T117811",
        ),
        is_red=True,
    ),
    "inbound-tls-error": _event(
        "tvcs",
        seen(
            'Event="Inbound TLS Negotiation Error" Service="SIP" Src-ip="{src_ip}" Src-port="{src_port}" '
            'Dst-ip="{dst_ip}" Dst-port="{dst_port}" Detail="{detail}" Protocol="TLS"',
            "T212475",
        ),
        is_red=True,
    ),
    "authentication-failed": _event(
        "tvcs",
        seen(
            'Event="Authentication Failed" Service="SIP" Src-ip="{src_ip}" Detail="Incorrect authentication '
            'credential for user" Protocol="TLS" Method="OPTIONS"',
            "T117811",
        ),
    ),
    "tcp-closed": Template(
        "tvcs",
        seen(
            'Module="network.tcp" Level="DEBUG": Detail="TCP Connection Closed" Reason="{reason}"',
            "T212475",
            "T118798",
        ),
    ),
    "handshake-failed": Template(
        "tvcs",
        seen(
            'Module="developer.ssl" Level="ERROR" CodeLocation="ppcmains/ssl/ttssl/ttssl_openssl.cpp(68)" '
            'Method="::TTSSLErrorOutput" Thread="{thread}": TTSSL_continueHandshake: Failed to establish SSL '
            'connection iResult="-1" error="1" bServer="true" '
            "localAddress=\"['IPv4''TCP''{dst_ip}:{dst_port}']\" "
            "remoteAddress=\"['IPv4''TCP''{src_ip}:{src_port}']\" "
            'ssl_error_reason="error:14089086:SSL routines:ssl3_get_client_certificate:certificate verify '
            'failed"',
            "T212475",
        ),
        is_bare=True,
    ),
    "peer-common-name": Template(
        "tvcs",
        seen(
            'Module="developer.ssl" Level="DEBUG" Method="::TTSSL_retrieveCommonName" Detail="Found common '
            'name in peer certificate" CommonName="{common_name}"',
            "T212475",
        ),
    ),
    "peer-alternative-name": Template(
        "tvcs",
        seen(
            'Module="developer.ssl" Level="DEBUG" Method="::TTSSL_retrieveAltNames" Detail="Found DNS '
            'alt-name in peer certificate" AltName="{name}"',
            "T212475",
        ),
    ),
    "secure-registration-failed": Template("tvcs", seen("Failed to establish SSL connection", "MRA152")),
}

_SERVICES: dict[str, Template] = {
    "portforwarding-failed": Template(
        "portforwarding",
        seen(
            "Application failed - An unexpected software error was detected in portforwarding.pyc", "MRA152"
        ),
        Log.EVENTS,
    ),
    "cvs-invalid-hostname": Template(
        "XCP_JABBERD[{pid}]",
        seen(
            'Module="Jabber" Level="WARN " CodeLocation="cvsservice.cpp:601" Detail="Certificate verification '
            'failed for host={ip}, additional info: Invalid Hostname"',
            "T118798",
        ),
        is_bare=True,
    ),
    "reverse-lookup-failed": Template(
        "XCP_JABBERD[{pid}]",
        seen(
            'Detail="caught exception: exception in reverseDNSLookup: reverse DNS lookup failed for '
            'address={ip}"',
            "T118798",
        ),
        is_bare=True,
    ),
    "traffic-server-verification-failed": _traffic(
        seen(
            "[ET_NET 0] WARNING: Core server certificate verification failed for ({name}). Action=Terminate "
            "Error={detail} server={name}({ip}) depth={depth}",
            "T218018",
            "ATS",
        )
    ),
    "traffic-server-sni": _traffic(
        seen(
            "[ET_NET 2] WARNING: SNI ({name}) not in certificate. Action=Terminate server={name}({ip})",
            "T218018",
            "ATS",
        )
    ),
    "traffic-server-connection-failed": _traffic(
        seen(
            "[ET_NET 0] ERROR: SSL connection failed for '{name}': error:1416F086:SSL "
            "routines:tls_process_server_certificate:{error}",
            "T218018",
        )
    ),
    "traffic-server-alert": _traffic(
        seen(
            "[ET_NET 1]ERROR:SSL connection failed for '{name}':error:{code}: SSL "
            "routines:ssl3_read_bytes:{alert}",
            "T225746",
        ),
        joint="",
    ),
    "traffic-server-request": Template(
        "traffic_server[{pid}]",
        seen(
            'Module="network.http.trafficserver" Level="DEBUG": Detail="Sending Request" '
            'Dst-port="{dst_port}"',
            "T225746",
        ),
    ),
    "http-502": Template(
        "traffic_server[{pid}]",
        seen('Detail="Sending Response" Msg="HTTP/1.1 502 connect failed "', "T218018"),
    ),
}

_BOX: dict[str, Template] = {
    "configuration-changed": _event(
        "httpd[{pid}]: web",
        seen(
            "Event=\"System Configuration Changed\" Detail=\"{path} - changed from: '{old}' to: '{new}'\" "
            'Src-ip="{src_ip}" User="{user}"',
            "T217230",
        ),
    ),
    # Where the path of the field and its values are not known.
    "configuration-changed-here": _event(
        "httpd[{pid}]: web",
        paraphrased(
            'Event="System Configuration Changed" Detail="{detail}" Src-ip="{src_ip}" User="{user}"', "AG-REF"
        ),
    ),
    "certificate-management": _event(
        "httpd[{pid}]: web",
        paraphrased(
            'Event="Certificate Management" Detail="{detail}" Src-ip="{src_ip}" User="{user}"', "AG-REF"
        ),
    ),
    "restart-requested": _event(
        "httpd[{pid}]: web",
        paraphrased('Event="Restart Requested" Src-ip="{src_ip}" User="{user}"', "AG-REF"),
    ),
    "alarm-raised": _alarm(
        seen(
            'Level="WARN" Event="Alarm Raised" Id="{id}" UUID="{uuid}" Severity="{severity}" Detail="{title}: '
            '{description}"',
            "T217230",
        )
    ),
    "alarm-lowered": _alarm(
        paraphrased(
            'Level="WARN" Event="Alarm Lowered" Id="{id}" UUID="{uuid}" Severity="{severity}" '
            'Detail="{title}: {description}"',
            "AG-REF",
            "T217230",
        )
    ),
    "alarm-acknowledged": _alarm(
        paraphrased(
            'Level="WARN" Event="Alarm Acknowledged" Id="{id}" UUID="{uuid}" Severity="{severity}" '
            'Detail="{title}: {description}"',
            "AG-REF",
            "T217230",
        )
    ),
}

_CLIENT: dict[str, Template] = {
    "jabber-cn-no-match": _jabber(
        seen("Verification result : FAILURE reason : [CN_NO_MATCH UNKNOWN]", "T118798")
    ),
    "jabber-identity-failed": _jabber(seen("Verification of identity: '{url}' failed.", "T118798")),
    "jabber-validation-error": _jabber(seen("CERTIFICATE_VALIDATION_ERROR", "T221845")),
    "jabber-certificate-failure": _jabber(seen("LERR_JABBER_CERT <15>: Certificate Failure", "T221845")),
    "jabber-cup-certificate": _jabber(seen("LERR_CUP_CERT <11>", "T221845")),
    "jabber-unresolved-host": _jabber(seen("UNRESOLVED_HOST_ERROR", "T221845")),
    "jabber-no-srv": _jabber(seen("ServiceDiscoveryNoSRVRecordsFound", "T221845")),
    "jabber-xauth-cookie": _jabber(
        seen("XAuth Cookie expiration time is invalid or not available. Attempting to Failover .", "T117811")
    ),
}

TEMPLATES: dict[str, Template] = {**_SIP, **_SERVICES, **_BOX, **_CLIENT}
