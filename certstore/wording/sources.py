"""The documents the words and the verdicts rest on, and how one of them is cited.

No document was read on a real server's screen: text that Cisco shows only inside a picture is not known here.
"""

from dataclasses import dataclass

from certstore.wording.evidence import Evidence, Sentence

_SITE = "https://www.cisco.com/c/en/us/"
_ADMINISTRATOR = _SITE + (
    "td/docs/voice_ip_comm/expressway/admin_guide/X15-5/"
    "exwy_b_cisco-expressway-administrator-guide-x155/exwy_m_"
)
_CREATION = _SITE + (
    "td/docs/voice_ip_comm/expressway/config_guide/X15-5/cert-creation-use/"
    "exwy_b_cisco-expressway-certificate-creation-and-use-deployment-guide-x155/exwy_m_"
)
_NOTES = _SITE + "support/docs/unified-communications/expressway/"
_SERIES = _SITE + "support/docs/unified-communications/expressway-series/"

# What stands as the source of a text that nobody found in a document.
RECALL = "remembered of the product; found in no document that was read"


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its name as people know it, what it is about, where it is, which releases were read."""

    title: str
    about: str = ""
    address: str = ""  # "" where no address was written down; shown to people, never fetched
    releases: str = ""  # "" where the document names none


DOCUMENTS: dict[str, Document] = {
    "AG-SEC": Document(
        "Administrator Guide, Managing Security",
        "the certificate pages",
        _ADMINISTRATOR + "managing-security.html",
        "X14.0, X14.0.1, X14.0.2, X14.2, X14.3, X15.0, X15.2, X15.3, X15.4, X15.5",
    ),
    "AG-UI": Document(
        "Administrator Guide, Expressway Interfaces",
        "the parts that every page has",
        _ADMINISTRATOR + "expressway-interfaces.html",
        "X15.5",
    ),
    "AG-REF": Document(
        "Administrator Guide, Reference Material",
        "alarms, events, commands",
        _ADMINISTRATOR + "reference-material.html",
        "X14.0 to X15.5",
    ),
    "AG-UC": Document(
        "Administrator Guide, Unified Communications",
        "what the services ask of certificates",
        _ADMINISTRATOR + "unified-communications.html",
        "X14.0 to X15.5",
    ),
    "AG-ZONES": Document(
        "Administrator Guide, Zones and Neighbors",
        "zones and their state",
        _ADMINISTRATOR + "zones-and-neighbors.html",
        "X14.0.1, X15.5",
    ),
    "AG-CLU": Document(
        "Administrator Guide, Clustering and Peers",
        "clusters",
        _ADMINISTRATOR + "clustering-and-peers.html",
        "X15.5",
    ),
    "AG-MNT": Document("Administrator Guide, Maintenance", "restart, reboot, backup", "", "X15.5"),
    "AG-NET": Document(
        "Administrator Guide, Network and System Settings", "names and access of the server", "", "X15.5"
    ),
    "AG-STA": Document("Administrator Guide, Status and System Information", "the alarms page", "", "X15.5"),
    "CG-LOAD": Document(
        "Certificate Creation and Use Deployment Guide, Loading Certificates and Keys Onto Expressway",
        "uploads, what refuses them, what only warns",
        _CREATION + "loading-certificates-and-keys-onto.html",
        "X12.5, X12.6, X14.0, X14.0.1, X14.0.2, X14.3, X15.0, X15.4, X15.5",
    ),
    "CG-CSR": Document(
        "Certificate Creation and Use Deployment Guide, Generating a Certificate Signing Request",
        "requests and kinds of key",
        _CREATION + "generating-a-certificate-signing-request.html",
        "X15.5",
    ),
    "CG-VIEW": Document(
        "Certificate Creation and Use Deployment Guide, View the Currently Uploaded Certificate",
        "the loaded certificate",
        _CREATION + "view-the-currently-uploaded-certificate.html",
        "X15.5",
    ),
    "CG-CRL": Document(
        "Certificate Creation and Use Deployment Guide, Manage CRLs", "revocation lists", "", "X15.5"
    ),
    "CG-TS": Document(
        "Certificate Creation and Use Deployment Guide, Troubleshooting",
        "what goes wrong later",
        _CREATION + "troubleshooting.html",
        "X15.5",
    ),
    "CG-ABOUT": Document(
        "Certificate Creation and Use Deployment Guide, About This Guide",
        "what a certificate must be",
        _CREATION + "about-this-guide.html",
        "X15.5",
    ),
    "CG-OPENSSL": Document(
        "Certificate Creation and Use Deployment Guide, Generate Certificate Using OpenSSL Only",
        "certificates made without the product, and their conversion",
        "",
        "X15.5",
    ),
    "CG-ACME": Document(
        "Certificate Creation and Use Deployment Guide, Using ACME on Expressway-E",
        "certificates that renew themselves",
        "",
        "X15.5",
    ),
    "CG-UC": Document(
        "Certificate Creation and Use Deployment Guide, Server Certificate Requirements for Unified "
        "Communications",
        "names, and the restart after an upload",
        "",
        "X15.5",
    ),
    "CG-MANAGE": Document(
        "Certificate Creation and Use Deployment Guide, Managing Expressway Certificates",
        "names of a request",
        _CREATION + "managing-expressway-certificates.html",
        "X15.5",
    ),
    "CL154": Document("Cluster Creation and Maintenance Deployment Guide", "clusters", "", "X15.4"),
    "MRA152": Document(
        "Mobile and Remote Access Deployment Guide", "requirements and troubleshooting", "", "X15.2"
    ),
    "CVD14": Document(
        "Enterprise Collaboration design guide 14, Security",
        "what each certificate is for",
        _SITE + "td/docs/voice_ip_comm/uc_system/design/guides/CVD/Collaboration/enterprise/14/collbcvd/"
        "security.html",
    ),
    "CUCM-OS": Document(
        "Cisco Unified Communications Operating System Administration Guide, 9.1(1)",
        "certificates of a Unified CM",
        "http://www.cisco.com/en/US/docs/voice_ip_comm/cucm/cucos/9_1_1/"
        "CUCM_BK_C5D96C80_00_cucm-os-admin-guide-91_chapter_0110.html",
    ),
    "RN1401": Document("Release notes X14.0.1", "new alarms"),
    "RN1402": Document("Release notes X14.0.2", "new alarms"),
    "T117811": Document(
        "TechNote 117811",
        "Configure MRA in a Multi-Domain Deployment",
        _SITE + "support/docs/unified-communications/expressway-series/117811-configure-vcs-00.html",
    ),
    "T118798": Document(
        "TechNote 118798",
        "Resolve Collaboration Edge Most Common Issues",
        _NOTES + "118798-technote-cucm-00.html",
    ),
    "T210800": Document(
        "TechNote 210800",
        "Configure CMS WebRTC or Web App Proxy over Expressway",
        _SITE
        + "support/docs/conferencing/meeting-server/210800-configure-cms-webrtc-proxy-over-expressw.html",
    ),
    "T212475": Document(
        "TechNote 212475",
        "Troubleshooting Guide for Hybrid Call Service Connect",
        _SITE
        + "support/docs/unified-communications/spark/212475-troubleshooting-guide-for-cisco-spark-hy.html",
    ),
    "T213872": Document(
        "TechNote 213872",
        "Configure and Troubleshoot Collaboration Edge (MRA) Certificates",
        _NOTES + "213872-configure-and-troubleshoot-collaboration.html",
    ),
    "T215405": Document(
        "TechNote 215405",
        "a new Expressway certificate",
        _NOTES + "215405-how-to-generate-new-expressway-certifica.html",
    ),
    "T215670": Document(
        "TechNote 215670",
        "Generate CSR and upload the signed certificate",
        _NOTES + "215670-generate-csr-and-upload-signed-certifica.html",
    ),
    "T216950": Document(
        "TechNote 216950", "the Webex root", _NOTES + "216950-cisco-webex-root-ca-certificate-update.html"
    ),
    "T217748": Document(
        "TechNote 217748",
        "Upload Root/Intermediate Certificates of Expressway-Core onto CUCM",
        _NOTES + "217748-upload-the-root-and-intermediate-certifi.html",
    ),
    "T218018": Document(
        "TechNote 218018",
        "Troubleshoot Expressway Traffic Server Certificate Verification",
        _NOTES + "218018-troubleshoot-expressway-traffic-server-c.html",
    ),
    "T218034": Document(
        "TechNote 218034", "Renew Expressway Certificate", _NOTES + "218034-renew-expressway-certificate.html"
    ),
    "T221624": Document(
        "TechNote 221624 (X14)",
        "Troubleshoot Expressway Certificates",
        _SITE + "support/docs/unified-communications/telepresence-video-communication-server-vcs/"
        "221624-troubleshoot-expressway-certificates.html",
    ),
    "T225476": Document(
        "TechNote 225476",
        "Understand MRA Certificate Requirements and Apache Traffic Server History",
        _SITE + "support/docs/unified-communications/telepresence-video-communication-server-expressway/"
        "225476-understand-mobile-and-remote-access.html",
    ),
    "T225482": Document(
        "TechNote 225482",
        "Prepare Expressway for Client Auth EKU Sunset",
        _SITE + "support/docs/unified-communications/expressway-series/"
        "225482-prepare-expressway-for-client.html",
    ),
    "T225693": Document(
        "TechNote 225693",
        "Navigate Client EKU Sunset with Expressway x15.5",
        _SITE + "support/docs/unified-communications/telepresence-video-communication-server-expressway/"
        "225693-navigate-client-eku-sunset-with.html",
    ),
    "T225746": Document(
        "TechNote 225746",
        "Troubleshoot Common Issues with Certificate Renewal in CUCM",
        _SITE + "support/docs/unified-communications/unified-communications-manager-version-15/"
        "225746-troubleshoot-common-issues-with.html",
    ),
    "FN74362": Document(
        "Field notice 74362",
        "Impact on secure communication due to upcoming changes to TLS certificates; only its opening could be read",
        _SITE + "support/docs/field-notices/743/fn74362.html",
    ),
    "AG-ZONE": Document("Administrator Guide, Zones and Neighbors", "zones and their states", "", "X15.5"),
    "REST142": Document("REST API Summary Guide X14.2", "the REST API"),
    "RN142": Document("Release notes X14.2", "what the traffic server checks from then on"),
    "T212383": Document(
        "TechNote 212383",
        "DNS and certificates of Skype federation",
        _NOTES + "212383-configure-and-troubleshoot-dns-and-certi.html",
    ),
    "T213863": Document(
        "TechNote 213863",
        "most common issues of business-to-business calls",
        _NOTES + "213863-troubleshoot-most-common-issues-for-busi.html",
    ),
    "T215572": Document(
        "TechNote 215572",
        "Cisco Jabber and SIP OAuth Mode",
        _SITE + "support/docs/unified-communications/jabber/215572-cisco-jabber-and-sip-oauth-mode.html",
    ),
    "T215633": Document(
        "TechNote 215633",
        "Smart Licensing on Expressway",
        _NOTES + "215633-configuring-smart-licensing-on-cisco-exp.html",
    ),
    "T217230": Document(
        "TechNote 217230",
        "What is Expressway Cluster and how it Works",
        _NOTES + "217230-what-is-expressway-cluster-and-how-it-wo.html",
    ),
    "T217415": Document(
        "TechNote 217415", "DST Root CA X3", _NOTES + "217415-what-to-do-on-expressway-on-dst-root-ca.html"
    ),
    "T217660": Document(
        "TechNote 217660",
        "revoked Let's Encrypt certificates",
        _NOTES + "217660-troubleshoot-cisco-expressway-let-s-encr.html",
    ),
    "T217743": Document(
        "TechNote 217743",
        "Upgrade of VCS/Expressway, guide and FAQ",
        _NOTES + "217743-upgrade-of-video-communication-server-v.html",
    ),
    "T220220": Document(
        "TechNote 220220",
        "the DigiCert intermediate CA that expired in 2023",
        _SERIES + "220220-troubleshoot-expressway-intermediate-dig.html",
    ),
    "T221017": Document(
        "TechNote 221017",
        "Smart Licensing: configuration and troubleshooting",
        _NOTES + "221017-configure-and-troubleshoot-expressway-sm.html",
    ),
    "T221845": Document(
        "TechNote 221845",
        "Troubleshoot Jabber Log In Common Issues",
        _SITE
        + "support/docs/unified-communications/jabber/221845-troubleshoot-jabber-log-in-common-issu.html",
    ),
    "JABBER": Document(
        "Jabber deployment guides", "what the client does with a certificate it does not trust"
    ),
    "PYEXP": Document(
        "jasonneurohr/py-expressway (a public client of the REST API)",
        "answers of the REST API, a status.xml of X8.11.3",
    ),
    "ATS": Document("Apache Traffic Server, source", "the formats that the traffic server logs in"),
    "OPENSSL3": Document("OpenSSL 3.0.19", "its verdicts and texts, measured"),
    "OPENSSL1": Document("OpenSSL 1.1.1", "its texts, which the older codes in Cisco's samples belong to"),
    "COMMUNITY": Document(
        "Reports in public: blogs and GitHub issues", "troubles that no Cisco document describes"
    ),
}


def cite(key: str, releases: str = "") -> str:
    """A document as a person reads it, with its releases.

    In: the key of a document, and the releases a text is known to stand in; without them the releases whose
    texts were compared. Out: one line. Raises KeyError for a document that is not in the list.
    """
    document = DOCUMENTS[key]
    if releases:
        return f"{document.title}, {releases}"
    if document.releases:
        return f"{document.title} (compared: {document.releases})"
    return document.title


def titles(*keys: str) -> str:
    """The names of documents on one line, without the releases that were compared."""
    return "; ".join(DOCUMENTS[key].title for key in keys)


def cite_all(*keys: str) -> str:
    """Several documents on one line."""
    return "; ".join(cite(key) for key in keys)


def seen(text: str, *keys: str) -> Sentence:
    """A text that stands word for word in these documents."""
    return Sentence(text, Evidence.SEEN, cite_all(*keys))


def seen_in(text: str, key: str, releases: str) -> Sentence:
    """A text that stands word for word in these releases of a document, and not in all that were compared."""
    return Sentence(text, Evidence.SEEN, cite(key, releases))


def paraphrased(text: str, *keys: str) -> Sentence:
    """Our words for what these documents say."""
    return Sentence(text, Evidence.PARAPHRASED, cite_all(*keys))


def recalled(text: str) -> Sentence:
    """A text remembered of the product."""
    return Sentence(text, Evidence.RECALLED, RECALL)


def ours(text: str) -> Sentence:
    """A text that nobody published: written here."""
    return Sentence(text, Evidence.OURS)
