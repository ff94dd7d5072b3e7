"""What a certificate that has changed breaks later, a sentence for each, with the documents that say so."""

from certstore.wording.evidence import Sentence
from certstore.wording.sources import ours, paraphrased

# Names.
PEER_ADDRESS = paraphrased(
    "Expressway-E's certificate: the traversal zone fails when the name in a Peer address field of the "
    "Expressway-C is none of its names. The Expressway-C logs: Peer's TLS certificate identity was "
    "unacceptable.",
    "T221624",
    "T117811",
    "CG-TS",
)
VERIFY_SUBJECT_NAME = paraphrased(
    "Expressway-C's certificate: the traversal zone fails when the TLS verify subject name of the Expressway-E "
    "is none of its names. The Expressway-E logs: Peer's TLS certificate identity was unacceptable.",
    "T221624",
    "T212475",
)
CLUSTER_NAME = paraphrased(
    "Cluster of Expressway-C: the cluster's name is the recommended TLS verify subject name, so every peer's "
    "certificate needs it; the zone fails for a peer whose certificate has lost it.",
    "T221624",
)
CLUSTER_ENFORCING = paraphrased(
    "Cluster with TLS verification enforced: the names of each peer's certificate have to lead to the address "
    "of that peer, and its peer address has to be one of them. Otherwise the peers do not talk to each other.",
    "CL154",
)
REVERSE_LOOKUP = paraphrased(
    "Expressway-E's certificate: the name that its address leads back to has to be one of its names, or alarm "
    "25031 is raised on the Expressway-C.",
    "AG-REF",
)
BROWSERS = ours("Browsers and whoever else calls the server by this name are warned of its certificate.")
JABBER = paraphrased(
    "Expressway-E's certificate: Jabber warns of an untrusted certificate at sign-in over Mobile and Remote "
    'Access, unless the domain, or the domain with "collab-edge." before it, is one of its names.',
    "T221624",
)
PHONES = paraphrased(
    "Expressway-E's certificate: phones of the 7800 and 8800 series and TC endpoints refuse it without asking "
    "anybody when the domain is none of its names, and do not register.",
    "T213872",
)
EITHER_FORM = paraphrased(
    "Nothing for Jabber's check of the domain: either form is enough. Whoever is set to the lost one as a peer "
    "address or subject name still looks for it.",
    "T221624",
)
PHONE_PROFILES = paraphrased(
    "Expressway-C's certificate: phones whose secure security profile has a name that is none of its names do "
    "not register (Failed to establish SSL connection). With OAuth on the profile the name is not needed.",
    "MRA152",
)
CHAT_ALIASES = paraphrased(
    "Chat node aliases and federated domains belong among the names where chat is federated over XMPP.",
    "CG-UC",
    "CG-MANAGE",
)
MEETING_SERVER = paraphrased(
    "Expressway-E's certificate: alarm 40051 is raised when the address of the Cisco Meeting Server is none of "
    "its names.",
    "AG-REF",
    "T210800",
)
NAME_IN_SAN = paraphrased(
    "Nothing where the name is looked for among the Subject Alternative Names, as the guides say of zones. The "
    "help of the command line says that the Common Name counts as well.",
    "AG-UC",
    "AG-REF",
)
NO_COMMON_NAME = paraphrased("Alarm 40052 is raised, and some services do not work.", "AG-REF")
SUBJECT_IS_FREE = ours(
    "Nothing that is known: no document names a check that looks at the rest of the subject."
)

# What it may be used for.
UPLOAD_WITHOUT_CLIENT_AUTH = paraphrased(
    "Upload: refused before X15.4, on Expressway-C and Expressway-E. X15.4 takes it on an Expressway-E whose "
    "switch EnableServerEkuUpload is on, X15.5 takes it as server certificate on both.",
    "T225482",
    "T225693",
)
ZONE_WITHOUT_CLIENT_AUTH = paraphrased(
    "Traversal zone: the Expressway-C has to show a certificate with client authentication, or the zone fails. "
    "On X15.5 it comes up all the same when the Expressway-E's check of the extended key usage is off.",
    "T213872",
    "T225693",
)
TUNNELS_WITHOUT_CLIENT_AUTH = paraphrased(
    "SSH tunnels: they stay down while the Expressway-C shows such a certificate, even with that check off.",
    "T225693",
)
SIGN_IN_WITHOUT_CLIENT_AUTH = paraphrased(
    "Mobile and Remote Access before X15.4: SIP registration fails over such an Expressway-E while zone and "
    "tunnels are fine. Both servers need X15.4 or later.",
    "T225482",
)
CLUSTER_WITHOUT_CLIENT_AUTH = paraphrased(
    "Cluster before X15.4 with TLS verification enforced: the peers' databases no longer replicate.",
    "T225482",
)
WITHOUT_SERVER_AUTH = paraphrased(
    "Upload: refused. Expressway-E: whoever connects to it does not take it for a server.", "T213872"
)
OTHER_USAGES_ARE_FREE = paraphrased(
    "Nothing that is known: server and client authentication are the usages that are asked for.", "CG-CSR"
)
NO_USAGE_EXTENSION = paraphrased(
    "Tunnels and zones take it on X15.5. That an upload before X15.4 refuses it is our reading.", "AG-SEC"
)
KEY_USAGES = paraphrased(
    "Digital Signature and Key Encipherment are expected. What exactly fails without them no document says.",
    "CVD14",
)

# The key.
OTHER_KEY = paraphrased(
    "Upload: a certificate works only with the key that its request was made with; with another, or when the "
    "request was discarded, the installation fails.",
    "T218034",
)
REQUEST_REFUSED = ours("The CA: it refuses a request whose signature does not verify, or should.")
SAML = paraphrased(
    "Single sign-on with SAML: alarm 35016 may ask for the metadata to be given to the identity provider again.",
    "AG-REF",
)
ECDSA = paraphrased("Before X14.3 the guides know RSA keys only.", "CG-CSR")
TUNNEL_ALGORITHMS = paraphrased(
    "SSH tunnels: the public key algorithms under Maintenance > Security > SSH configuration are named by kind "
    "of key. That a certificate of a kind that is not listed raises no tunnel is our reading.",
    "AG-SEC",
)
WEAK_KEY = paraphrased(
    "Upload: a key that is not secure enough is warned about, not refused. That RSA below 2048 bits is meant "
    "is our reading.",
    "CG-LOAD",
)
VERY_LARGE_KEY = paraphrased(
    "Zones: with keys of 8192 bits SIP TLS zones may not become active. 4096 bits are recommended.", "CG-TS"
)
WEAK_DIGEST = paraphrased(
    "Upload: a signature that is not secure enough is warned about, not refused. That MD5 and SHA-1 are meant "
    "is our reading.",
    "CG-LOAD",
)

# The CA.
SAME_CA = paraphrased(
    "Nothing: whoever trusts the CA for the old one has its certificate already, unless the CA's own "
    "certificate ends or was replaced.",
    "T218034",
)
OWN_LIST = paraphrased(
    "This server: every CA certificate of the chain has to be in its trusted CA list before the upload, which "
    "is refused otherwise.",
    "CG-LOAD",
    "T221624",
)
PEERS_LISTS = paraphrased(
    "Traversal zone: the Expressway on the other side needs every CA certificate of the chain in its own list, "
    "as does each peer of a cluster; the lists are not copied. The zone fails otherwise (self signed "
    "certificate in certificate chain).",
    "T221624",
    "T213872",
    "T212475",
)
TUNNELS_NEED_INTERMEDIATES = paraphrased(
    "SSH tunnels: they stay down with alarm 35013 while a new intermediate CA is in nobody's list, even where "
    "trust in the root lets the zone come up.",
    "T221624",
    "AG-REF",
)
FIRST_OF_SAME_NAME = paraphrased(
    "Every list that holds the old CA under the same name: the first one of that name counts, and the new one "
    "below it is as good as absent. Delete the old one once nothing needs it.",
    "T213872",
    "T218018",
)
CUCM_LISTS = paraphrased(
    "Expressway-C's certificate: Unified CM needs its CA certificates as tomcat-trust and CallManager-trust "
    "from X14.0.2 on, or sign-in and phone services of Mobile and Remote Access fail (tlsv1 alert unknown ca).",
    "T217748",
    "T225746",
)
FIXED_LISTS = paraphrased(
    "Expressway-E's certificate: phones of the 7800 and 8800 series trust the public CAs in their firmware and "
    "no other, so a private CA keeps them out.",
    "T213872",
)
CLIENTS_LISTS = paraphrased(
    "Expressway-E's certificate: the computers and telephones that Jabber runs on have to trust the CA, or "
    "Jabber warns.",
    "MRA152",
)
COMPARE_AUTHORITY_KEY = paraphrased(
    "Compare the issuers' certificates by hand: with another key the CA's new certificate has to go into every "
    "list.",
    "T218034",
)

# The dates, and the rest.
ENDED = paraphrased(
    "Alarm 40068 is raised when it ends, and whoever checks the certificate refuses the connection.",
    "AG-REF",
    "T221624",
)
RESTART = paraphrased(
    "The new one acts after the restart that follows its upload; until then the old one.", "CG-UC"
)
ENDS_BEFORE = ours("The next renewal: it is due earlier than the one this certificate replaces.")
EXCHANGED = ours("Nothing by itself. The older of two certificates is seldom the one to be uploaded.")
SHORTER_LIVES = paraphrased(
    "The next renewal: it is due sooner. Public CAs issue for at most 200 days from 15 March 2026 on.",
    "T225482",
)
SAME_FILE_TWICE = ours("Nothing changes with it, and it ends when it would have ended.")
SERIAL_TWICE = ours(
    "Revocation: a list that names the serial number revokes both. One CA gives a number once (RFC 5280)."
)

# Each under its own name, for the list of all sentences.
SENTENCES: dict[str, Sentence] = {
    name.lower().replace("_", "-"): said
    for name, said in tuple(globals().items())
    if isinstance(said, Sentence)
}
