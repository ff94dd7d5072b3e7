"""What the other ends say: Jabber's windows and logs, endpoints, browsers."""

from certstore.wording.evidence import Sentence, Sure
from certstore.wording.log_lines import SENTENCES as LINES
from certstore.wording.look_up.entry import E, Entry, Kind, Writer, documented, reported, shown
from certstore.wording.look_up.steps import APPEND_HERE, NEW_CSR, TUNNEL_STATUS
from certstore.wording.sources import seen


def _said(
    name: str,
    title: str,
    words: tuple[Sentence, ...],
    cause: str,
    cure: tuple[str, ...],
    sure: Sure,
    *,
    writers: tuple[Writer, ...] = (Writer.JABBER,),
    where: str = "Jabber, when signing in",
    names: tuple[str, ...] = (),
    related: tuple[str, ...] = (),
) -> Entry:
    """What a client says or logs."""
    return Entry(
        f"client-{name}", Kind.CLIENT, title, words, writers, where, cause, cure, sure, (), names, (), related
    )


_LOG = "Jabber's own log"
_TRUST_IN_CLIENT = (
    "Have the Expressway-E's certificate issued by a CA that the clients' operating system trusts, or distribute "
    "that CA to them (Windows certificate manager, macOS key chain, iOS, Android).",
)
_DOMAIN = (
    "Put the domain that people sign in with, example.com or collab-edge.example.com, among the Subject "
    "Alternative Names of the Expressway-E's certificate.",
    *NEW_CSR,
)
_DISCOVERY = (
    "Check the SRV record _collab-edge._tls of the domain: its target must be the Expressway-E's own FQDN, port "
    "8443.",
    "Check that the Expressway-E shows a certificate that the client trusts.",
    TUNNEL_STATUS,
)

_WINDOWS = (
    _said(
        "certificate-not-valid",
        "Jabber: Certificate not valid",
        (seen("Certificate not valid", "T221845"),),
        "Jabber does not accept the certificate that the Expressway-E (or CUCM) showed: its CA is not trusted by the "
        "operating system, its name is another, or its dates are over. The title and the buttons of the window "
        "itself are published in pictures only.",
        (*_DOMAIN, *_TRUST_IN_CLIENT),
        reported("T221845"),
        names=(
            "Jabber asks to accept the certificate",
            "untrusted certificate warning",
            "verify certificate",
        ),
        related=("trouble-jabber-warning", "client-cn-no-match"),
    ),
    _said(
        "cannot-communicate",
        "Jabber: Cannot communicate with the server",
        (seen("Cannot communicate with the server", "T221845"),),
        "Jabber found its server and could not talk to it: tunnels down, CUCM not trusted, or services down.",
        (TUNNEL_STATUS, "Look into the Expressway-C's log for lines of traffic_server at the same moment."),
        reported("T221845"),
        related=("trouble-mra-login", "log-traffic-verification-failed"),
    ),
    _said(
        "untrusted-server",
        "Jabber: Untrusted server. No services discovered",
        (seen("Untrusted server. No services discovered", "T221845"),),
        "Jabber refused the certificate of the server that service discovery led to.",
        (*_TRUST_IN_CLIENT, *_DOMAIN),
        reported("T221845"),
        related=("trouble-jabber-warning", "client-cannot-find-services"),
    ),
    _said(
        "cannot-find-services",
        "Jabber: Cannot find your services automatically",
        (seen("Cannot find your services automatically", "T221845"),),
        "Service discovery found nothing: DNS, or a server that it could not use.",
        _DISCOVERY,
        reported("T221845"),
        related=("client-untrusted-server", "client-no-srv"),
    ),
    _said(
        "accept-or-decline",
        "Jabber asks to accept or decline a certificate",
        (seen("prompted to accept or decline the certificate", "JABBER"),),
        "With INVALID_CERTIFICATE_BEHAVIOR set to PromptPerSession the person is asked; with RejectAndNotify, or in "
        "FIPS mode, Jabber refuses and does not load.",
        (*_DOMAIN, *_TRUST_IN_CLIENT),
        documented("JABBER"),
        names=("INVALID_CERTIFICATE_BEHAVIOR", "RejectAndNotify", "PromptPerSession"),
        related=("trouble-jabber-warning", "client-certificate-not-valid"),
    ),
)

_LOGS = (
    _said(
        "cn-no-match",
        "Jabber's log: the name does not match",
        (
            LINES["jabber-cn-no-match"],
            shown(LINES["jabber-identity-failed"]),
        ),
        "The domain Jabber signs in with is not among the names of the certificate it was shown. On port 5061 alone: "
        "a firewall's phone proxy answers with its own certificate.",
        (*_DOMAIN, "If only port 5061 fails, switch the firewall's phone proxy off."),
        reported("T118798"),
        where=_LOG,
        names=("CN_NO_MATCH",),
        related=("trouble-jabber-warning", "case-17"),
    ),
    _said(
        "validation-error",
        "Jabber's log: CERTIFICATE_VALIDATION_ERROR",
        (
            LINES["jabber-validation-error"],
            LINES["jabber-certificate-failure"],
            LINES["jabber-cup-certificate"],
        ),
        "Jabber did not accept a server's certificate: of the Expressway-E, or of IM and Presence (LERR_CUP_CERT).",
        (*_DOMAIN, *_TRUST_IN_CLIENT),
        reported("T221845"),
        where=_LOG,
        related=("client-certificate-not-valid", "client-cn-no-match"),
    ),
    _said(
        "unresolved-host",
        "Jabber's log: UNRESOLVED_HOST_ERROR",
        (LINES["jabber-unresolved-host"],),
        "A server's name could not be resolved. It is DNS, not the certificate.",
        _DISCOVERY,
        reported("T221845"),
        where=_LOG,
        related=("client-no-srv",),
    ),
    _said(
        "no-srv",
        "Jabber's log: ServiceDiscoveryNoSRVRecordsFound",
        (LINES["jabber-no-srv"],),
        "No SRV record was found (error 1005): _cisco-uds._tcp and _cuplogin._tcp inside, _collab-edge._tls outside.",
        _DISCOVERY,
        reported("T221845"),
        where=_LOG,
        names=("error 1005", "no SRV record"),
        related=("client-cannot-find-services", "client-unresolved-host"),
    ),
    _said(
        "xauth-cookie",
        "Jabber's log: XAuth Cookie expiration time is invalid",
        (LINES["jabber-xauth-cookie"],),
        "The SRV record's target is another name than the Expressway-E's own FQDN (System host name and Domain "
        "name), so its cookie is not accepted.",
        ("Let the SRV record _collab-edge._tls point to the Expressway-E's own FQDN.",),
        reported("T117811"),
        where=_LOG,
        related=("case-36",),
    ),
)

_OTHERS = (
    _said(
        "endpoint-ca",
        "An endpoint does not know the CA",
        (seen("Peer certificate cannot be authenticated with given CA certificate...", "T118798"),),
        "The endpoint does not trust the Expressway-E's CA, or the domain is not among its names. Endpoints with TC "
        "software and 7800 and 8800 phones ask nobody: they do not register. The phones have a fixed list of public "
        "CAs.",
        ("Have the Expressway-E's certificate issued by a public CA that the endpoint knows.", *_DOMAIN),
        reported("T118798", "T213872"),
        writers=(Writer.ENDPOINT,),
        where="the endpoint's log",
        names=("phone does not register over MRA", "7800 8800 phone MRA"),
        related=("trouble-jabber-warning",),
    ),
    _said(
        "502-next-hop",
        "502 Next Hop Connection Failed",
        (
            seen("502 Next Hop Connection Failed", "MRA152"),
            seen(
                "If one or more tunnels to the Expressway-C node is down, that is probably causing the 502 error.",
                "MRA152",
            ),
        ),
        "The Expressway-E cannot pass the request on to the Expressway-C: an SSH tunnel is down.",
        (TUNNEL_STATUS, "Then look up alarm 35013."),
        documented("MRA152"),
        writers=(E,),
        where="the answer of the Expressway-E to a client",
        names=("502 error MRA",),
        related=("alarm-35013", "trouble-ssh-tunnels", "log-traffic-502"),
    ),
    _said(
        "skype-1010",
        "Skype federation: the peer certificate does not contain a matching FQDN",
        (seen("The peer certificate does not contain a matching FQDN", "T212383"),),
        "The Expressway-E's FQDN is not among the Subject Alternative Names of its certificate. Skype answers 504 "
        "with ms-diagnostics 1010.",
        NEW_CSR,
        reported("T212383"),
        writers=(Writer.ENDPOINT,),
        where="Skype for Business, ms-diagnostics",
        names=("ms-diagnostics 1010", "Skype federation 504"),
        related=("case-28",),
    ),
    _said(
        "smart-licensing",
        "Smart Licensing: SSL Certificate Problem",
        (seen("SSL Certificate Problem: Self Signed Certificate in Certificate chain", "T221017"),),
        "Smart Licensing has a trust list of its own; the one on Trusted CA certificate is not used. Cisco's "
        "licensing CA changed in January 2023 (CSCwe09378), or a proxy that inspects TLS is in the way.",
        (
            "Upgrade to X14.0.11, X14.2.5 or later.",
            "On a current release, let smartreceiver.cisco.com bypass the proxy that inspects TLS.",
        ),
        reported("T221017", "T215633"),
        writers=(Writer.EXPRESSWAY_C, Writer.EXPRESSWAY_E),
        where="Maintenance > Smart licensing",
        names=("Smart License not registering",),
        related=("case-14", "case-15", "openssl-19"),
    ),
    _said(
        "browser-warning",
        "A browser warns of the Expressway's own page",
        (),
        "The browser lacks the CA, or you opened the page by its address while the certificate has its name.",
        ("Open the page by the FQDN that is in the certificate.", *APPEND_HERE[:1], *_TRUST_IN_CLIENT),
        reported("T221624", note="what makes a certificate trusted. Its words are the browser's."),
        writers=(E,),
        where="a browser",
        names=("browser says not secure", "connection is not private"),
        related=("openssl-62",),
    ),
)

ENTRIES: tuple[Entry, ...] = (*_WINDOWS, *_LOGS, *_OTHERS)
