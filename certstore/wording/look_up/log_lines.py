"""Lines of the Event Log and the developer log about TLS between SIP peers: zones, Webex, CUCM."""

from certstore.pki.codes import Code
from certstore.wording.event_log import SENTENCES as EVENTS
from certstore.wording.evidence import Sentence, Sure
from certstore.wording.log_details import detail
from certstore.wording.log_lines import as_logged
from certstore.wording.look_up.entry import BOTH, C, E, Entry, Kind, Writer, documented, reported, shown
from certstore.wording.look_up.steps import (
    APPEND_HERE,
    APPEND_ON_BOTH,
    BOTH_USAGES,
    CHECK_TIME,
    NEW_CSR,
    TRAVERSAL_TEST,
)

EVENT_LOG = "Status > Logs > Event Log"
DEVELOPER_LOG = "the diagnostic log"


def line(
    name: str,
    title: str,
    words: tuple[Sentence, ...],
    cause: str,
    cure: tuple[str, ...],
    sure: Sure,
    *,
    writers: tuple[Writer, ...] = BOTH,
    where: str = EVENT_LOG,
    numbers: tuple[str, ...] = (),
    names: tuple[str, ...] = (),
    codes: tuple[Code, ...] = (),
    related: tuple[str, ...] = (),
) -> Entry:
    """A line of a log."""
    return Entry(
        key=f"log-{name}",
        kind=Kind.LOG_LINE,
        title=title,
        words=words,
        writers=writers,
        where=where,
        cause=cause,
        cure=cure,
        sure=sure,
        numbers=numbers,
        names=names,
        codes=codes,
        related=related,
    )


_ZONE = "Navigate to Configuration > Zones > Zones and open the traversal zone."
_IDENTITY = (
    line(
        "outbound-identity",
        "Outbound TLS: the peer's certificate does not bear the name that was asked for",
        (shown(as_logged("outbound-tls-error", detail="identity-unacceptable")),),
        'On the Expressway-C: what stands under "Peer 1 address" of the traversal zone, an IP address or a name, '
        "is not among the Subject Alternative Names of the Expressway-E's certificate. The line shows it as "
        "Common-name.",
        (
            f'{_ZONE[:-1]}; put a name of the Expressway-E\'s certificate, its FQDN, under "Peer 1 address".',
            "Or have the Expressway-E's certificate issued anew with that name.",
            TRAVERSAL_TEST,
        ),
        reported("T117811", note="the line, with an IP address as peer address."),
        writers=(C,),
        names=(
            "peer address is an IP address",
            "identity was unacceptable",
            "identity was unacceptable on Expressway-C",
        ),
        codes=(Code.NO_SAN,),
        related=("log-inbound-identity", "openssl-62", "trouble-zone", "case-5"),
    ),
    line(
        "inbound-identity",
        "Inbound TLS: the peer's certificate does not bear the TLS verify subject name",
        (shown(as_logged("inbound-tls-error", detail="identity-unacceptable")),),
        'On the Expressway-E: "TLS verify subject name" of the zone is misspelt, or is not among the Subject '
        "Alternative Names of the certificate that the Expressway-C (or Webex) shows.",
        (
            f'{_ZONE[:-1]} on the Expressway-E; compare "TLS verify subject name" with the other side\'s '
            "certificate, letter by letter.",
            "For a cluster of Expressway-C type the cluster's FQDN there; every peer's certificate must have it.",
            *NEW_CSR,
        ),
        reported("T212475", note="the line, with a misspelt name as its cause."),
        writers=(E,),
        names=("identity was unacceptable on Expressway-E", "TLS verify subject name wrong"),
        codes=(Code.NO_SAN,),
        related=("log-outbound-identity", "trouble-zone", "case-22"),
    ),
)

_TRUST = (
    line(
        "self-signed-in-chain",
        "Inbound TLS: the CA of the peer's certificate is not trusted",
        (shown(as_logged("inbound-tls-error", detail="verify-19")),),
        "The root CA that the peer sent along is not in this server's trusted CA list.",
        (*APPEND_HERE, "Do the same on every peer of the cluster."),
        reported("T212475"),
        names=("self-signed certificate in certificate chain in the event log",),
        codes=(Code.CHAIN_SELF_SIGNED_CA,),
        related=("openssl-19", "trouble-untrusted-chain", "case-21"),
    ),
    line(
        "certificate-unknown",
        "TLS: the other side refused our certificate",
        (shown(as_logged("inbound-tls-error", detail="alert-certificate-unknown")),),
        "The alert comes from the other side: it does not trust this server's certificate. Either it lacks the "
        "CA, or this server does not send its intermediate CAs because they are not in its own list.",
        (
            "Append the CAs of this server's own certificate to its own trusted CA list: Maintenance > Security > "
            'Trusted CA certificate, "Append CA certificate".',
            "Append the same CAs on the other side.",
        ),
        reported("T212475", note="issue 3: the Expressway-E did not send its chain."),
        related=("alert-certificate-unknown", "alert-unknown-ca", "case-23"),
    ),
    line(
        "no-certificate-returned",
        "TLS: the peer returned no certificate",
        (
            shown(as_logged("tcp-closed", reason="no-certificate-returned")),
            detail("no-certificate-returned"),
        ),
        "The other side was asked for a certificate and sent none: it has none that allows client "
        "authentication.",
        BOTH_USAGES,
        reported("T213863", "T118798", note="the peer's certificate lacks client authentication."),
        names=(
            "clientAuth missing on the far side",
            "client authentication missing",
            'Module="network.tcp" Level="DEBUG" ... Detail="TCP Connection Closed" Reason="no certificate returned"',
        ),
        codes=(Code.NO_CLIENT_AUTH,),
        related=("openssl-no-peer-certificate", "openssl-26", "case-27"),
    ),
)

_CLOSED = (
    line(
        "remote-disconnect",
        "TLS: the connection ended without an SSL error",
        (
            shown(as_logged("inbound-tls-error", detail="remote-disconnect")),
            shown(as_logged("outbound-tls-error", detail="remote-disconnect")),
        ),
        "The other side, or a firewall between, closed the connection during the handshake. On an Expressway-E "
        "this is all that is to be seen when the Expressway-C rejected its certificate: look into the log of "
        "the Expressway-C.",
        (
            "Look into the Event Log of the other side at the same moment: its line has the reason.",
            "If there is none, see whether a firewall takes TLS apart; for mutual TLS with Webex port 5062 must "
            "be exempt.",
        ),
        reported("T118798", "T212475"),
        names=("firewall terminates mutual TLS",),
        related=("log-closed-eof", "case-24"),
    ),
    line(
        "closed-same-reason",
        "The network log repeats the reason",
        (shown(as_logged("tcp-closed")),),
        "The connection was closed for the reason given. It repeats the line of the Event Log: look up the "
        "reason.",
        ("Look up what stands after Reason=.",),
        reported("T212475"),
        where=DEVELOPER_LOG,
        names=("TCP connection closed",),
        related=("log-closed-eof", "log-no-certificate-returned", "log-remote-disconnect"),
    ),
    line(
        "closed-eof",
        "The other side closed the connection",
        (shown(as_logged("tcp-closed", reason="eof")),),
        "The other side hung up. Alone it says nothing about certificates.",
        ("Look into the log of the other side at the same moment.",),
        reported("T118798"),
        where=DEVELOPER_LOG,
        names=(
            'Module="network.tcp" Level="DEBUG" ... Detail="TCP Connection Closed" Reason="Got EOF on socket"',
        ),
        related=("log-remote-disconnect", "log-closed-same-reason"),
    ),
)

_DEVELOPER = (
    line(
        "ttssl-handshake",
        "The developer log of a failed handshake",
        (shown(as_logged("handshake-failed")),),
        "As server (bServer=true) this Expressway refused the certificate of the client. Why stands in the line "
        "of the Event Log at the same moment.",
        (
            'Look for "Inbound TLS Negotiation Error" at the same moment and look up its Detail.',
            *APPEND_HERE,
        ),
        reported("T212475"),
        where=DEVELOPER_LOG,
        numbers=("14089086",),
        codes=(Code.CHAIN_SELF_SIGNED_CA, Code.CHAIN_ISSUER_MISSING),
        related=("log-self-signed-in-chain", "log-traffic-connection-failed"),
    ),
    line(
        "ttssl-common-name",
        "The developer log of the peer's common name",
        (shown(as_logged("peer-common-name")),),
        "No fault: it tells the Common Name of the certificate that the peer showed.",
        ("Compare it with what the zone asks for: peer address, or TLS verify subject name.",),
        reported("T212475"),
        where=DEVELOPER_LOG,
        related=("log-ttssl-alt-name", "log-inbound-identity"),
    ),
    line(
        "ttssl-alt-name",
        "The developer log of the peer's alternative names",
        (shown(as_logged("peer-alternative-name")),),
        "No fault: it tells a Subject Alternative Name of the certificate that the peer showed, one line a name.",
        ("Compare them with what the zone asks for: peer address, or TLS verify subject name.",),
        reported("T212475"),
        where=DEVELOPER_LOG,
        related=("log-ttssl-common-name", "log-inbound-identity"),
    ),
    line(
        "authentication-failed",
        "The traversal zone's password is wrong",
        (shown(as_logged("authentication-failed")),),
        "User name or password of the traversal zone differs on the two sides. The zone is down, and TLS and the "
        "certificates are fine.",
        (
            'On the Expressway-E, open the traversal zone, follow "Add/Edit local authentication database" and set '
            "the password.",
            'On the Expressway-C, type the same under "Username" and "Password" of its traversal zone.',
        ),
        reported("T117811", note="the zone fails, and it is not a certificate's fault."),
        writers=(E,),
        names=("zone down but certificates are fine", "wrong traversal password"),
        related=("trouble-zone", "status-zone-failed"),
    ),
    line(
        "secure-registration",
        "A secure phone cannot register through the Expressway-C",
        (shown(as_logged("secure-registration-failed")),),
        "The name of the phone's secure security profile is not among the Subject Alternative Names of the "
        "Expressway-C's certificate; CUCM answers 403. With OAuth on the profile it is not needed.",
        (
            'Write the profile\'s name as an FQDN into the request: "Unified CM phone security profile names" under '
            '"Generate CSR".',
            *NEW_CSR[1:],
        ),
        documented("MRA152"),
        writers=(C,),
        where=DEVELOPER_LOG,
        names=("secure phone profile 403",),
        related=("log-ttssl-handshake",),
    ),
)

_EVENTS = (
    line(
        "event-inbound-tls",
        'The event "Inbound TLS Negotiation Error"',
        (EVENTS["inbound-tls"],),
        "A TLS connection that came in was not established. Its Detail says why; in the Event Log it is red.",
        ("Look up the whole line, or what stands after Detail=.", *APPEND_ON_BOTH, CHECK_TIME),
        reported("T212475"),
        related=("log-inbound-identity", "log-self-signed-in-chain", "log-certificate-unknown"),
    ),
    line(
        "event-outbound-tls",
        'The event "Outbound TLS Negotiation Error"',
        (EVENTS["outbound-tls"],),
        "A TLS connection to another system was not established. Its Detail says why.",
        ("Look up the whole line, or what stands after Detail=.", *APPEND_ON_BOTH, CHECK_TIME),
        documented("AG-REF"),
        related=("log-outbound-identity", "log-remote-disconnect"),
    ),
    line(
        "event-tls",
        'The event "TLS Negotiation Error"',
        (
            EVENTS["tls"],
            EVENTS["tls-told"],
        ),
        "A TLS connection was not established. In the Event Log it is red.",
        ("Look up the whole line, or what stands after Detail=.", TRAVERSAL_TEST),
        documented("AG-REF"),
        related=("log-event-inbound-tls", "log-event-outbound-tls"),
    ),
)

ENTRIES: tuple[Entry, ...] = (*_IDENTITY, *_TRUST, *_CLOSED, *_DEVELOPER, *_EVENTS)
