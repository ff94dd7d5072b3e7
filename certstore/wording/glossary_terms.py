"""The words of the source document, about certificates and about the connections that need them.

Our own sentences, each with its source where it states a fact of the product. `wording.glossary` has the others.
"""

from dataclasses import dataclass

from certstore.wording.sources import titles


@dataclass(frozen=True, slots=True)
class Term:
    """A word: its key, which is its anchor too, how it is written, what it means, and the words beside it."""

    key: str
    term: str
    text: str
    see: tuple[str, ...] = ()
    source: str = ""  # where the text states a fact of the product


OF_CERTIFICATES: tuple[Term, ...] = (
    Term(
        "certificate",
        "Certificate",
        "A file that says which names belong to which public key, signed by somebody who vouches for it. A server "
        "shows it to whoever calls, so that the caller knows whom it talks to.",
        ("csr", "san", "signature"),
    ),
    Term(
        "csr",
        "CSR, certificate signing request",
        "What a server writes to ask for a certificate: its names and its public key. The private key stays on the "
        "server, so the certificate fits only the server that made the request.",
        ("private-key", "ca"),
    ),
    Term(
        "signature",
        "Certificate signature",
        "The seal that a CA puts on a certificate with its own key. It can be checked with the CA's certificate, and "
        "it breaks when anything in the certificate is changed.",
        ("ca", "chain"),
    ),
    Term(
        "self-signed",
        "Self-signed certificate",
        "A certificate that was sealed with its own key: nobody else vouches for it. Roots are self-signed; a server "
        "certificate can be, too.",
        ("root",),
    ),
    Term(
        "ca",
        "CA, certificate authority",
        "Whoever signs certificates. A public one is known to every computer; a private one is a company's own, and "
        "has to be made known to each server.",
        ("intermediate", "root"),
    ),
    Term(
        "intermediate",
        "Intermediate CA",
        "A CA whose certificate was signed by another CA. It stands between the root and the server certificate, and "
        "public CAs often change theirs at a renewal.",
        ("chain", "root"),
        titles("T221624"),
    ),
    Term(
        "root",
        "Root CA",
        "The CA at the top of a chain. Its certificate is self-signed, so it can only be trusted by being in the list.",
        ("self-signed", "trust-list"),
    ),
    Term(
        "ssl-tls",
        "SSL, TLS",
        "The conversation in which two machines show certificates and agree on keys before they talk in secret. TLS is "
        "the newer name of SSL.",
        ("mutual-tls",),
    ),
    Term(
        "https",
        "HTTPS",
        "Web requests inside TLS. Jabber signs in with it.",
        ("ssl-tls",),
    ),
    Term(
        "sip",
        "SIP",
        "The protocol that sets up calls. Between an Expressway-C and an Expressway-E it runs inside TLS.",
        ("ssl-tls", "traversal-zone"),
    ),
    Term(
        "fqdn",
        "FQDN, fully qualified domain name",
        "The whole name of a machine, such as exp-e1.example.com. An Expressway refuses a server certificate in which "
        "a name is a bare host name or an IP address.",
        ("san", "cn"),
        titles("CG-LOAD"),
    ),
    Term(
        "trust-list",
        "Trusted CA list",
        "The CAs that a server believes. Each server has its own list, and nothing copies it to the other servers, "
        "not even inside a cluster.",
        ("ca", "chain", "cluster"),
        titles("T213872"),
    ),
    Term(
        "validity",
        "Validity period",
        "From when until when a certificate counts. Outside of it the certificate is refused, whatever else is right.",
        ("lab-time",),
    ),
    Term(
        "crl",
        "CRL, certificate revocation list",
        "A CA's list of certificates that no longer count although they have not ended. It has an end of its own.",
        ("ocsp", "ca"),
    ),
    Term(
        "base-64",
        "Base-64",
        "A way to write any bytes with letters and digits, so that they survive mail and can be pasted. In Windows "
        "it is a choice of Copy to File, and it gives a PEM file.",
        ("pem", "der"),
        titles("T221624"),
    ),
    Term(
        "chain",
        "Chain, certification path",
        "The certificates from a server certificate up to its root, each signed by the next. An Expressway takes a "
        "server certificate only when it trusts every CA of it.",
        ("intermediate", "root", "trust-list"),
        titles("T221624", "CG-LOAD"),
    ),
)

OF_CONNECTIONS: tuple[Term, ...] = (
    Term(
        "expressway",
        "Expressway-C, Expressway-E",
        "Two servers that let people outside reach the company's calls. The E, the edge, stands between the firewalls; "
        "the C, the core, stands inside and calls the E. Older units are named VCS.",
        ("traversal-zone", "dmz"),
    ),
    Term(
        "traversal-zone",
        "Traversal zone",
        "The connection that Expressway-C opens to Expressway-E through the firewall, on which calls travel. Both show "
        "certificates, and it is down when one does not accept the other's.",
        ("peer-address", "tls-verify-subject-name", "ssh-tunnels"),
        titles("T221624", "AG-UC"),
    ),
    Term(
        "peer-address",
        "Peer address",
        "The name of the Expressway-E as it is set on the traversal zone of Expressway-C. It must be among the names "
        "of Expressway-E's certificate.",
        ("traversal-zone", "san"),
        titles("T221624"),
    ),
    Term(
        "tls-verify-subject-name",
        "TLS verify subject name",
        "The name, set on the traversal zone of Expressway-E, that it looks for in Expressway-C's certificate. For a "
        "cluster the cluster's name is recommended, as every node's certificate must hold it.",
        ("traversal-zone", "cluster"),
        titles("T221624"),
    ),
    Term(
        "cluster",
        "Cluster",
        "Several Expressways that act as one. Each has a server certificate and a trusted CA list of its own; the "
        "name of the whole is the cluster FQDN.",
        ("trust-list", "fqdn"),
        titles("T213872", "T221624"),
    ),
    Term(
        "ssh-tunnels",
        "SSH tunnels",
        "Connections from Expressway-C to Expressway-E, port 2222, that carry what Jabber needs besides calls. They "
        "need the entire chain in the lists, so they can be down while the zone is up.",
        ("traversal-zone", "intermediate"),
        titles("T221624", "AG-STA"),
    ),
    Term(
        "mra",
        "MRA, Mobile and Remote Access",
        "Signing in with Jabber or a phone from outside, without VPN, through the two Expressways.",
        ("jabber", "traffic-server"),
    ),
    Term(
        "traffic-server",
        "Traffic server",
        "The part of Expressway-C that passes web requests on to CUCM. Newer releases made it check certificates "
        "where none were checked before, so sign-in can fail after an upgrade.",
        ("mra", "tomcat-trust"),
        titles("T218018", "T221624"),
    ),
    Term(
        "cucm",
        "CUCM, Cisco Unified Communications Manager",
        "The call control inside the company, to which people sign in. It has trust lists of its own.",
        ("tomcat-trust", "callmanager-trust"),
    ),
    Term(
        "tomcat-trust",
        "tomcat-trust",
        "The list of CUCM that holds the CAs its web server believes. The CAs of Expressway-C go into it and into "
        "CallManager-trust, then services are restarted.",
        ("callmanager-trust", "cucm"),
        titles("T217748", "T221624"),
    ),
    Term(
        "callmanager-trust",
        "CallManager-trust",
        "The list of CUCM that holds the CAs its call service believes. The CAs of Expressway-C go into it and into "
        "tomcat-trust.",
        ("tomcat-trust", "cucm"),
        titles("T217748", "T221624"),
    ),
    Term(
        "jabber",
        "Jabber",
        "Cisco's application for calls and messages. It warns when the certificate of Expressway-E lacks the domain "
        "people sign in with, or when the computer does not know the CA.",
        ("mra", "san", "collab-edge"),
        titles("T221624", "T213872"),
    ),
    Term(
        "san",
        "SAN, subject alternative name",
        "The list of names in a certificate. A caller looks here for the name it called; other places hardly count.",
        ("cn", "fqdn"),
    ),
    Term(
        "collab-edge",
        "collab-edge",
        "The word put before a domain, as in collab-edge.example.com, where the bare domain cannot be a name of "
        "Expressway-E's certificate. One of the two has to be there.",
        ("jabber", "san"),
        titles("T221624"),
    ),
)
