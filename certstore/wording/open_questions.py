"""What nobody published and no real server was asked: the open questions, and what stands in for an answer."""

from dataclasses import dataclass

UPLOAD = "Maintenance > Security > Server certificate"
LIST = "Maintenance > Security > Trusted CA certificate"
REQUEST = "Maintenance > Security > Server certificate, Generate CSR"
CLIENT = "Maintenance > Security > Client certificate (X15.5)"
ALARMS = "Status > Alarms"
EVERY_PAGE = "Every page of a server"
NOT_YET = "Not simulated yet, so nothing is assumed."


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One open question; its key is a stable name."""

    key: str
    asks: str
    meanwhile: str  # what this simulator assumes until somebody answers
    page: str  # where on the product it shows
    rests_on: str  # what was read, or which decision of ours stands in


QUESTIONS: tuple[OpenQuestion, ...] = (
    OpenQuestion(
        "question.refusals",
        "What exactly does the page say to a file of the wrong format, a chain that is not trusted, a key that does "
        "not match or is encrypted, and a missing extended key usage?",
        "The two sentences about FQDNs are published and used as they are. The others have words of ours and carry "
        "the mark.",
        UPLOAD,
        "TechNotes 221624 and 225693 show the others in pictures only.",
    ),
    OpenQuestion(
        "question.successes",
        "What does a page say after an upload, a deletion, a reset or a discarded request, and what does it ask "
        "before?",
        "The two sentences after an upload are remembered of the product; the other answers and every question are "
        "ours.",
        f"{UPLOAD}; {LIST}",
        "No document that was read gives them.",
    ),
    OpenQuestion(
        "question.untrusted-chain",
        "Does a chain that is not trusted keep the upload out, or only bring a warning, and is that the same in X14 "
        "and in X15?",
        "It is refused on every release.",
        UPLOAD,
        "Certificate Creation and Use Deployment Guide, Loading Certificates and Keys Onto Expressway: says both, in "
        "one chapter; TechNote 221624 (X14) reports a refusal.",
    ),
    OpenQuestion(
        "question.odd-certificates",
        "What becomes of a file with the whole chain, a wildcard, an expired or not yet valid certificate, one without "
        "alternative names, and, before X15.4, one without any extended key usage?",
        "A certificate without alternative names is taken with a warning; the others are refused.",
        UPLOAD,
        "Decided for this simulator: the guides advise against some of these, and give no result of an upload.",
    ),
    OpenQuestion(
        "question.weak",
        "Which keys and which digests are too weak, and from which one on does the page warn?",
        "It warns of RSA below 2048 bits, of SHA-1 and of MD5, and takes the file.",
        UPLOAD,
        "Certificate Creation and Use Deployment Guide, Loading Certificates and Keys Onto Expressway: warns of what "
        "is not secure enough, without a number.",
    ),
    OpenQuestion(
        "question.eku-switch",
        "Is the switch of X15.4 that lets an Expressway-E take a certificate for servers only off to begin with?",
        "Off until somebody turns it on.",
        UPLOAD,
        "TechNote 225482 names the switch (EnableServerEkuUpload); its first value is our reading.",
    ),
    OpenQuestion(
        "question.copy-as-client",
        "What is the box called in X15.5 that makes the server certificate the client certificate as well?",
        "The words of the Administrator Guide are used.",
        UPLOAD,
        "Administrator Guide, Managing Security (X15.5), and TechNote 225693 name it differently.",
    ),
    OpenQuestion(
        "question.append-odd",
        "What does the list make of the same certificate once more, a file with a private key in it, a very large "
        "file, and what stands in its Type column for a CRL?",
        "The same certificate is counted and not added again. A file with a private key is refused whole. A file may "
        "have 4 MiB. A CRL is called CRL.",
        LIST,
        "Administrator Guide, Managing Security: only what is new is added; the rest is decided for this simulator.",
    ),
    OpenQuestion(
        "question.same-subject",
        "What does the server do with two different CAs of the same name: take the first, refuse the second, or let "
        "OpenSSL choose?",
        "A setting of the lab, with the first as default from X14.2 on; where it matters, the result says that it "
        "depends.",
        LIST,
        "TechNotes 213872, 218018 and 225476 and bug CSCwa12905 do not agree.",
    ),
    OpenQuestion(
        "question.ca-restart",
        "Does a new CA in the list act at once, or after a restart?",
        "At once.",
        LIST,
        "TechNote 216950 says that no restart is needed, Administrator Guide, Unified Communications, that one is.",
    ),
    OpenQuestion(
        "question.default-list",
        "What does the list of a new server hold in each release, and what are its temporary CA and its default "
        "certificate called?",
        "A temporary CA of its own, then ISRG Root X1 and DST Root CA X3, in every release.",
        LIST,
        "Administrator Guide, Managing Security, names the two roots (X12.6 and later); the rest is our reading.",
    ),
    OpenQuestion(
        "question.request",
        "Which key length comes first, which fields have to be filled, what are the additional ones called, which "
        "formats do the names have, and does a request of X15.5 still ask for client authentication?",
        "4096 bits first; country, state and organization; the names, formats and captions of the page here, which "
        "carry the mark where no document gives them; both usages on every release.",
        REQUEST,
        "Certificate Creation and Use Deployment Guide, Generating a Certificate Signing Request, leaves them open.",
    ),
    OpenQuestion(
        "question.tests",
        "What do the secure traversal test and the client certificate test print?",
        NOT_YET,
        "Maintenance > Security > Secure traversal test; Client certificate testing",
        "Administrator Guide, Managing Security, describes them without their answers.",
    ),
    OpenQuestion(
        "question.alarm-days",
        "How many days before its end does a server certificate raise alarm 40069?",
        "21 days.",
        ALARMS,
        "Administrator Guide, Reference Material, gives the day for the client certificate of X15.5 only.",
    ),
    OpenQuestion(
        "question.alarm-trust-store",
        "Which numbers and words have the alarms about CAs of the list that end?",
        "They are raised without a number, in words of ours.",
        ALARMS,
        "Release notes X14.0.1 and X14.0.2 mention them; no table of alarms that was read has them.",
    ),
    OpenQuestion(
        "question.event-detail",
        "What stands in the Detail of the event that a certificate was uploaded?",
        NOT_YET,
        "Event Log",
        "Administrator Guide, Reference Material, names the event and refers to its Detail.",
    ),
    OpenQuestion(
        "question.look",
        "In which order do the items of the menu stand, what colours have the bars, and what is written at the foot of "
        "a page?",
        "Names as in the guides, in a sensible order; colours and foot remembered of the product.",
        EVERY_PAGE,
        "Administrator Guide, Expressway Interfaces, describes the parts and shows them in pictures only.",
    ),
    OpenQuestion(
        "question.names",
        "Does the common name count beside alternative names, does case count, and does a wildcard match?",
        "Alternative names count, and the common name only where there are none (a lab can count it too). Case does "
        "not count. A wildcard matches nothing.",
        EVERY_PAGE,
        "The guides speak of alternative names only, the help of the command line of both.",
    ),
    OpenQuestion(
        "question.openssl",
        "Which OpenSSL does X15 run, and in which words does it give its errors?",
        "The number of the error is OpenSSL's; the words are ours, for they differ between its versions.",
        UPLOAD,
        "Logs have the words of OpenSSL 1.1.1; no document that was read names the version of X15.",
    ),
    OpenQuestion(
        "question.revocation",
        "Does a server whose revocation list cannot be reached treat a certificate as revoked, unless told otherwise?",
        "Revocation lists that are in the trusted CA list warn at an upload; nothing is fetched.",
        "Configuration > SIP",
        "The web page and the command line of the Administrator Guide give different defaults.",
    ),
    OpenQuestion(
        "question.client-page",
        "What does the client certificate page of X15.5 say when it refuses a file?",
        "The words of the server certificate page, turned to the client certificate where they name it; they carry the "
        "mark.",
        CLIENT,
        "Administrator Guide, Managing Security (X15.5): it refuses one for servers only; no words are given.",
    ),
    OpenQuestion(
        "question.client-request",
        "On X15.5, can a request for the client certificate wait while one for the server certificate does? Does its "
        "Generate CSR page have the same fields, does it ask for both extended key usages, and is its file offered "
        "for download?",
        "One request at a time on each of the two pages, each with a key of its own; the same page with the same "
        "fields; both usages; the file can be downloaded. An upload that makes the server certificate the client "
        "certificate as well leaves the request for the client certificate waiting. All of it is our reading.",
        CLIENT,
        "Administrator Guide, Managing Security (X15.5): Generate CSR, Discard CSR and the two Show buttons stand on "
        "that page. Certificate Creation and Use Deployment Guide, Generating a Certificate Signing Request: one at a "
        "time, both usages; it speaks of the Server certificate page.",
    ),
    OpenQuestion(
        "question.zone-causes",
        "In which words does a zone say why it failed, and is “TLS negotiation failure” one of them?",
        NOT_YET,
        "Status > Zones",
        "A status document in public code has two of them; guides use others as headings.",
    ),
    OpenQuestion(
        "question.tunnels",
        "What are the columns and states of the SSH tunnels page, and what do the tunnels write into the log?",
        NOT_YET,
        "Unified Communications SSH tunnels status",
        "TechNotes name the page and tell of its states without quoting them.",
    ),
    OpenQuestion(
        "question.clustering",
        "What stands on the clustering page after “Certificate: Invalid”?",
        NOT_YET,
        "System > Clustering",
        "The cluster guide (X15.4) breaks off there.",
    ),
    OpenQuestion(
        "question.cluster-ports",
        "Which ports does alarm 20021 name, how does it call the peers, and does an address that leads to another "
        "server raise it?",
        "Ports 4371 and 4372, the addresses as typed, and yes.",
        ALARMS,
        "Administrator Guide, Reference Material, has placeholders there; that these are the ports of the cluster "
        "database with TLS is our reading.",
    ),
    OpenQuestion(
        "question.traffic-server",
        "From which release on does the traffic server look at certificates: X14.0.8 or X14.2?",
        NOT_YET,
        "Mobile and Remote Access",
        "TechNotes about it name both.",
    ),
    OpenQuestion(
        "question.cucm-cluster-names",
        "Which names has a CUCM certificate to carry when a cluster has a name of its own?",
        NOT_YET,
        "Unified Communications",
        "Only guides could be read; the bug that is cited for more (CSCvz20720) could not.",
    ),
    OpenQuestion(
        "question.jabber",
        "What is the title, the text and the buttons of the warning that Jabber shows about a certificate?",
        NOT_YET,
        "Jabber",
        "Documents show it in pictures only.",
    ),
    OpenQuestion(
        "question.rest",
        "What do the REST interfaces answer to a wrong key, a missing usage, a wrong password, and how are revocation "
        "lists, client and domain certificates, a private key and the settings of ACME sent to them?",
        NOT_YET,
        "REST API",
        "Public programs show the answers to uploads that went well, and few others.",
    ),
    OpenQuestion(
        "question.addresses",
        "What are the addresses of the certificate pages, and the names of the fields in their forms?",
        "Addresses and names of ours.",
        EVERY_PAGE,
        "No document or program that was read has them.",
    ),
    OpenQuestion(
        "question.end-of-client-auth",
        "On which days do DigiCert and Sectigo stop issuing certificates with client authentication for good?",
        "A date is never shown without the source it comes from.",
        UPLOAD,
        "The CAs moved their dates, and sources name different ones; so does field notice FN74362 in its two versions.",
    ),
)


def question(key: str) -> OpenQuestion | None:
    """The open question of that name, or None."""
    return next((one for one in QUESTIONS if one.key == key), None)
