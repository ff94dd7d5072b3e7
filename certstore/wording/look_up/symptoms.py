"""The six troubles of TechNote 221624, and a few more that people bring without a line of a log."""

from certstore.pki.codes import Code
from certstore.wording.evidence import Sentence, Sure
from certstore.wording.look_up.entry import BOTH, E, Entry, Kind, Writer, documented, reported
from certstore.wording.look_up.steps import (
    APPEND_HERE,
    APPEND_ON_BOTH,
    CHECK_TIME,
    CUCM_TRUST,
    NEW_CSR,
    REFRESH_CUCM,
    RESTART,
    TRAVERSAL_TEST,
    TUNNEL_STATUS,
    UPLOAD_LEAF,
)
from certstore.wording.sources import seen


def _trouble(
    name: str,
    title: str,
    words: tuple[Sentence, ...],
    where: str,
    cause: str,
    cure: tuple[str, ...],
    *,
    names: tuple[str, ...],
    writers: tuple[Writer, ...] = BOTH,
    sure: Sure | None = None,
    codes: tuple[Code, ...] = (),
    related: tuple[str, ...] = (),
) -> Entry:
    """A trouble as a person tells it; its words are the headings of the document it comes from."""
    told = sure or reported("T221624")
    return Entry(
        f"trouble-{name}",
        Kind.SYMPTOM,
        title,
        words,
        writers,
        where,
        cause,
        cure,
        told,
        (),
        names,
        codes,
        related,
    )


_UPLOADS = (
    _trouble(
        "format",
        "The upload is refused: certificate format invalid",
        (
            seen("Certificate Format Invalid", "T221624"),
            seen("Expressway Certificate Upload Fails", "T221624"),
        ),
        "Maintenance > Security > Server certificate",
        "The file is no certificate in Base-64 (PEM): it is binary (DER), a bundle, or damaged. The extension does not "
        "matter.",
        (
            'Open the file in Windows, go to the "Details" tab and select "Copy to File".',
            'Complete the wizard with "Base-64 encoded" selected.',
            "If it does not open, ask the CA for a new one.",
            *UPLOAD_LEAF,
        ),
        names=(
            "wrong certificate format",
            "certificate file is not accepted",
            "cannot upload the cer file",
            "convert DER to PEM",
            "invalid certificate format",
            "how to save certificate as Base-64",
        ),
        codes=(Code.FILE_DER_CERTIFICATE, Code.FILE_PKCS7_DER, Code.FILE_PKCS12, Code.FILE_UNKNOWN),
        related=("trouble-untrusted-chain", "status-upload-failed", "case-7"),
    ),
    _trouble(
        "untrusted-chain",
        "The upload is refused: untrusted CA certificate chain",
        (seen("Untrusted CA Certificate Chain", "T221624"),),
        "Maintenance > Security > Server certificate",
        "A CA of the certificate's chain is not in this server's own trusted CA list. Every CA up to the root must be "
        "there before the upload.",
        (
            'Have no CA files? Open the server certificate in Windows, go to the "Certification Path" tab, choose each '
            'CA, select "View Certificate", then "Details" and "Copy to File", Base-64 encoded.',
            *APPEND_HERE[1:],
            *UPLOAD_LEAF,
        ),
        names=(
            "chain is not trusted",
            "CA certificate missing at the upload",
            "server certificate will not load because CA is not trusted",
            "untrusted certificate chain when uploading",
            "intermediate certificate missing upload",
        ),
        codes=(Code.CHAIN_ISSUER_MISSING, Code.CHAIN_CA_ISSUER_MISSING),
        related=("openssl-20", "openssl-2", "trouble-format", "case-8"),
    ),
    _trouble(
        "key-mismatch",
        "The upload is refused: the certificate belongs to another key",
        (),
        "Maintenance > Security > Server certificate",
        "The request the certificate was made from was discarded, or generated anew, or made on another server or "
        "peer. Its key is gone from here.",
        (
            "Find out on which server the request was made, and upload the certificate there.",
            *NEW_CSR[:2],
            *UPLOAD_LEAF,
        ),
        names=(
            "private key does not match",
            "CSR was discarded",
            "new CSR generated before the certificate came back",
            "certificate does not match the key",
        ),
        sure=reported("T218034", note="when the request's key is gone, the install fails."),
        codes=(Code.KEY_MISMATCH,),
        related=("case-39", "status-rest-conflict"),
    ),
    _trouble(
        "client-auth",
        "The upload is refused: client authentication is missing",
        (),
        "Maintenance > Security > Server certificate",
        "The certificate allows server authentication only. Before X15.4 both are wanted; public CAs stop giving "
        "client authentication.",
        (
            "See what the release and the role of the server ask for, and the ways out: a CA that still issues both, a "
            "private CA for the Expressway-C, X15.4 on both with the switch on the Expressway-E, or X15.5.",
            "On X15.4, Expressway-E: xConfiguration XCP TLS Certificate CVS EnableServerEkuUpload: On.",
        ),
        names=(
            "clientAuth EKU missing",
            "CA dropped client authentication",
            "my CA no longer issues client authentication",
            "extended key usage server only",
            "TLS web client authentication missing",
        ),
        sure=reported("T225482", "T213872"),
        codes=(Code.NO_CLIENT_AUTH,),
        related=("case-30", "case-31", "case-34", "openssl-26"),
    ),
)

_CONNECTIONS = (
    _trouble(
        "zone",
        "The traversal zone is down with a TLS negotiation error",
        (
            seen("Traversal Zone Down with TLS Negotiation Error", "T221624"),
            seen("SIP TLS Negotiation Failures on Neighbor and Traversal Zones", "CG-TS"),
        ),
        "Status > Zones, and the Event Log",
        "Three things can be: the Expressway-C's peer address is not among the Expressway-E's names; the "
        "Expressway-E's \"TLS verify subject name\" is not among the Expressway-C's names; or one of them "
        "lacks a CA of the other's "
        "chain. Very large keys (8192 bits) can be the reason too.",
        (
            "Look up the line of the Event Log on both sides.",
            'Compare "Peer 1 address" with the names of the Expressway-E\'s certificate.',
            'Compare "TLS verify subject name" with the names of the Expressway-C\'s certificate; for a cluster use '
            "the cluster's FQDN.",
            *APPEND_ON_BOTH,
            TRAVERSAL_TEST,
        ),
        names=(
            "traversal zone is down",
            "zone failed after certificate renewal",
            "TLS negotiation error between Expressway-C and Expressway-E",
            "zone does not come up",
        ),
        codes=(Code.VERY_LARGE_KEY,),
        related=(
            "log-outbound-identity",
            "log-inbound-identity",
            "log-self-signed-in-chain",
            "status-zone-failed",
        ),
    ),
    _trouble(
        "ssh-tunnels",
        "The zone is up, but the SSH tunnels are down after a renewal",
        (
            seen("Traversal Zone Up but SSH Tunnels Down After a Certificate Renewal", "T221624"),
            seen("SSH Tunnel Failure", "T221624"),
        ),
        "Status > Unified Communications, SSH tunnels",
        "The new certificate comes from another intermediate CA, which a trusted CA list lacks. The root is enough for "
        "the zone; the tunnels want the whole chain.",
        (*APPEND_ON_BOTH, TUNNEL_STATUS, CHECK_TIME),
        names=(
            "zone is active but tunnels are down",
            "ssh tunnels failed after we renewed the certificate",
            "zone up tunnels inactive",
            "MRA down but traversal zone active",
        ),
        codes=(Code.UNSUPPORTED_OID,),
        related=("alarm-35013", "status-tunnels-inactive", "case-6", "case-34"),
    ),
    _trouble(
        "mra-login",
        "Mobile and Remote Access: the login fails after an upgrade or a renewal",
        (
            seen("Mobile and Remote Access Log In Fails After an Upgrade or Certificate Renewal", "T221624"),
            seen("Traffic Server Enforces Certificate Verification", "T221624", "RN142"),
        ),
        "Jabber or a phone, when signing in from outside",
        "Newer releases check certificates where older ones did not: CUCM must know the CA of the Expressway-C's "
        "certificate (from X14.0.2 on), and the Expressway-C must know CUCM's and find its name in it (from X14.2 on).",
        (
            *CUCM_TRUST,
            "On every Expressway-C, append the CAs of the CUCM, IM and Presence and Unity certificates.",
            REFRESH_CUCM,
        ),
        names=(
            "Jabber cannot log in from outside after the upgrade",
            "MRA login fails",
            "phones do not register over MRA after renewal",
            "users cannot sign in remotely since the upgrade",
            "CSCvz20720",
            "CSCvz45074",
            "CSCwc69661",
            "CSCwa25108",
        ),
        related=(
            "log-traffic-unknown-ca",
            "log-traffic-verification-failed",
            "log-traffic-sni",
            "case-1",
            "case-3",
        ),
    ),
    _trouble(
        "jabber-warning",
        "Jabber warns of an untrusted certificate at the login from outside",
        (
            seen("Certificate Alarm on Jabber Upon Mobile and Remote Access Log In", "T221624"),
            seen("Jabber Untrusted Certificate Warning", "T221624"),
            seen(
                "Jabber Popup Warns About Invalid Certificate When Connecting from Outside the Network",
                "MRA152",
            ),
        ),
        "Jabber, when signing in from outside",
        "The domain that people sign in with is not among the Subject Alternative Names of the Expressway-E's "
        "certificate: example.com or collab-edge.example.com. Or the client's operating system does not trust its CA.",
        (
            'Have it issued anew with that domain: "Unified CM registrations domains" under "Generate CSR", format DNS '
            "or CollabEdgeDNS.",
            *NEW_CSR[1:],
            "If the name is there, see that the clients' operating system trusts the CA.",
        ),
        names=(
            "Jabber certificate popup",
            "Jabber shows a certificate warning outside the office",
            "collab-edge name missing",
            "Jabber asks users to accept certificate",
        ),
        writers=(Writer.JABBER, E),
        codes=(Code.NO_SAN,),
        related=("client-certificate-not-valid", "client-cn-no-match", "case-9"),
    ),
    _trouble(
        "not-shown-yet",
        "The new certificate was uploaded, and callers still see the old one",
        (),
        "whoever connects to the server",
        "A server certificate acts after the restart.",
        (RESTART, "In a cluster, one peer after the other."),
        names=("restart needed after upload", "browser still shows the old certificate"),
        sure=documented("CG-UC", note="a restart is needed for a new server certificate to take effect."),
        related=("alarm-15028",),
    ),
)

ENTRIES: tuple[Entry, ...] = (*_UPLOADS, *_CONNECTIONS)
