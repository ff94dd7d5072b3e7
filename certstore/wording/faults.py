"""The catalogue of faults in sentences: what each is called, what is wrong, and what has to be in place to see it."""

from dataclasses import dataclass

from certstore.pki.faults import Place

_CAS = "Append ca-certificates.pem on Trusted CA certificate first."
_BOTH = "Append ca-certificates.pem on both servers first; upload, restart."


@dataclass(frozen=True, slots=True)
class FaultText:
    """One fault as a person reads it."""

    title: str
    wrong: str
    first: str = _CAS


FAULTS: dict[str, FaultText] = {
    "der": FaultText(
        "Binary form (DER)", "The certificate is sound, and the file is binary instead of Base-64.", ""
    ),
    "p7b": FaultText("PKCS#7 (P7B)", "The file holds certificate and CAs in one binary PKCS#7 message.", ""),
    "missing-intermediate": FaultText(
        "Intermediate missing",
        "The CA sent its root and not the intermediate CA that issued the certificate.",
    ),
    "new-intermediate": FaultText(
        "New intermediate that nobody has",
        "A new intermediate CA below a known root issued the certificate: the zone comes up, the SSH tunnels do not.",
        "The other server has the root of the public-looking CA in its list. Append ca-certificates.pem on this server "
        "only; upload, restart.",
    ),
    "peer-name-lost": FaultText(
        "Peer name lost", "The name that Expressway-C calls this server by is not in the certificate.", _BOTH
    ),
    "subject-name-lost": FaultText(
        "TLS verify subject name lost",
        "The name that Expressway-E wants to see in this server's certificate is not in it.",
        _BOTH,
    ),
    "unknown-ca": FaultText(
        "CA unknown to the other side",
        "Root and intermediate are new, and only this server knows them.",
        "Append ca-certificates.pem on this server only; upload, restart.",
    ),
    "domain-lost": FaultText(
        "Domain lost from the alternative names",
        "Neither the domain that Jabber signs in with nor collab-edge before it is in the certificate.",
        "Append ca-certificates.pem on both servers, and trust the root on Jabber's computer; upload, restart.",
    ),
    "expired": FaultText("Expired", "The certificate ended two days ago."),
    "not-yet-valid": FaultText("Not yet valid", "The certificate begins in two days."),
    "other-key": FaultText(
        "Key of another request", "The certificate is for a key that this server does not hold."
    ),
    "no-client-auth": FaultText(
        "No client authentication", "The extended key usage has server authentication alone."
    ),
    "client-only": FaultText(
        "Client authentication alone",
        "The extended key usage has client authentication and not server authentication.",
    ),
    "no-san": FaultText("No alternative names", "The certificate has no subject alternative name at all."),
    "short-cn": FaultText("Common name without a domain", "The common name is the bare host name."),
    "ip-in-san": FaultText("Address among the names", "An IP address stands among the alternative names."),
    "wildcard": FaultText("Wildcard", "A wildcard stands among the alternative names."),
    "no-cn": FaultText("No common name", "The subject has no common name."),
    "sha-1": FaultText("Signed with SHA-1", "The CA signed the certificate with SHA-1."),
    "rsa-1024": FaultText(
        "RSA key of 1024 bits",
        "The certificate is for a short key. The key comes along: it was made for this file alone.",
        "Append ca-certificates.pem first; choose private-key.pem at the upload.",
    ),
    "rsa-8192": FaultText(
        "RSA key of 8192 bits",
        "The certificate is for a very large key. The key comes along; its primes are published.",
        "Append ca-certificates.pem first; choose private-key.pem at the upload.",
    ),
    "unknown-oid": FaultText(
        "Unknown attribute in the subject", "The subject has an attribute that nothing decodes to a name."
    ),
    "intermediate-expired": FaultText("Intermediate expired", "The intermediate CA ended two days ago."),
    "intermediate-not-ca": FaultText(
        "Intermediate is no CA", "The certificate that issued it says of itself that it is not a CA."
    ),
    "path-length": FaultText("Path too long", "A CA above allows no further CA below it, and there is one."),
    "name-constraints": FaultText(
        "Name forbidden by the CA", "The intermediate CA may not issue for this domain (name constraints)."
    ),
    "cross-sign-one-root": FaultText(
        "Cross-signed, and the root not sent",
        "The chain leads over a cross-signed CA to an old root that the CA did not send.",
    ),
    "same-subject-twin": FaultText(
        "Twin of the intermediate",
        "A CA with the same name and another key stands before the right one in the file with the CAs.",
    ),
    "revoked": FaultText(
        "Revoked",
        "The CA has revoked the certificate, and its revocation list says so.",
        "Append ca-certificates.pem and revocation-list.pem first.",
    ),
    "chain-in-one-file": FaultText(
        "Chain in one file", "Certificate, intermediate and root stand in one file.", _CAS
    ),
    "pfx": FaultText(
        "PFX",
        'The file is a PKCS#12 archive with a private key that was made for it. Its password is "practice".',
        "",
    ),
    "utf-16": FaultText("UTF-16", "The text was saved as Unicode, two bytes a character.", ""),
    "crlf": FaultText("Line ends of Windows", "Lines end with CR LF. It does no harm."),
    "text-around": FaultText(
        "Text around it", "Text stands before and after the certificate. It does no harm."
    ),
    "no-final-line-feed": FaultText(
        "No line feed at the end", "The last line has no line end. It does no harm."
    ),
    "with-private-key": FaultText(
        "Private key in the same file",
        "A private key stands in the file with the certificate. It was made for it.",
        "",
    ),
}

PLACES: dict[Place, str] = {
    Place.UPLOAD: "at the upload",
    Place.ZONE: "at the traversal zone",
    Place.TUNNELS: "at the SSH tunnels",
    Place.JABBER: "at Jabber's sign-in",
}
ANY = "One that is picked for me"
SIX, OTHERS = "The six troubles of Cisco's document", "Certificates, CAs and files"
