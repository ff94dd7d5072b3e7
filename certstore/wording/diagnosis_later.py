"""What is said about why something does not work though the upload was accepted."""

from certstore.pki.rulings import Question
from certstore.wording import asks
from certstore.wording.questions import Texts
from certstore.wording.sources import ours, paraphrased

LATER: dict[Question, Texts] = {
    Question.RENEWAL: Texts(
        "lost with the renewal",
        paraphrased("It has the names, usages and CA of the certificate before it.", "T218034"),
        paraphrased("Something was lost or changed with the renewal, first of all: {change}.", "T218034"),
        cant_tell=paraphrased(
            "Whether the certificate before it had a name, a usage or a CA that it has not.", "T218034"
        ),
        asks=(asks.OLDER,),
    ),
    Question.RESTART: Texts(
        "restart",
        cant_tell=paraphrased(
            "Whether the server was restarted after the upload: until then it shows the one before.", "CG-UC"
        ),
        asks=(asks.IS_RESTART_DUE,),
    ),
    Question.PEERS_LISTS: Texts(
        "a CA missing on the other side",
        found=paraphrased(
            "It has another CA than before ({name}): the other Expressway and the peers of a cluster need every "
            "CA certificate of its chain. With the root alone the zone can come up and the SSH tunnels stay down.",
            "T221624",
            "T213872",
        ),
        cant_tell=paraphrased(
            "Whether the other Expressway and every peer of a cluster have all CA certificates of its chain.",
            "T221624",
            "T213872",
        ),
        asks=(asks.PEERS_LISTS, asks.TUNNELS, asks.TRAVERSAL_TEST),
        asks_when_found=True,
    ),
    Question.CUCM_LISTS: Texts(
        "a CA missing on Unified CM",
        found=paraphrased(
            "It has another CA than before ({name}): of an Expressway-C, Unified CM needs its CA certificates as "
            "tomcat-trust and CallManager-trust.",
            "T217748",
            "T225746",
        ),
        cant_tell=paraphrased(
            "Whether Unified CM has the CA certificates of the Expressway-C as tomcat-trust and "
            "CallManager-trust.",
            "T217748",
            "T225746",
        ),
        asks=(asks.CUCM_TRUST,),
        asks_when_found=True,
    ),
    Question.CLIENTS_LISTS: Texts(
        "a CA that clients do not trust",
        found=paraphrased(
            "It has another CA than before ({name}). Phones trust the CAs in their firmware only, and what "
            "Jabber runs on has a list of its own.",
            "T213872",
            "MRA152",
        ),
        cant_tell=paraphrased(
            "Whether phones, endpoints and the computers that Jabber runs on trust its CA.",
            "T213872",
            "MRA152",
        ),
        asks=(asks.CLIENTS,),
        asks_when_found=True,
    ),
    Question.PEER_ADDRESS: Texts(
        "peer address of the zone",
        found=paraphrased(
            "A peer address of the Expressway-C's zone may be one of the names that were lost: {names}{and_more}.",
            "T221624",
            "T117811",
        ),
        cant_tell=paraphrased(
            "Whether the peer addresses of the Expressway-C's zone are among its names, letter by letter.",
            "T221624",
            "T117811",
        ),
        asks=(asks.PEER_ADDRESSES, asks.TRAVERSAL_TEST),
        asks_when_found=True,
    ),
    Question.SUBJECT_NAME: Texts(
        "TLS verify subject name",
        found=paraphrased(
            "The TLS verify subject name of the Expressway-E's zone may be one of the names that were lost: "
            "{names}{and_more}.",
            "T221624",
            "T212475",
        ),
        cant_tell=paraphrased(
            "Whether the TLS verify subject name of the Expressway-E's zone is among its names.",
            "T221624",
            "T212475",
        ),
        asks=(asks.SUBJECT_NAME, asks.TRAVERSAL_TEST),
        asks_when_found=True,
    ),
    Question.JABBER_DOMAIN: Texts(
        "domain that users sign in with",
        found=paraphrased(
            "The domain that users sign in with may be missing: it was lost, or no name looks like one. "
            "{names}{and_more}. Jabber warns then, and phones refuse.",
            "T221624",
            "T213872",
        ),
        cant_tell=paraphrased(
            'Whether the domain that users sign in with, or "collab-edge." before it, is among its names.',
            "T221624",
        ),
        asks=(asks.SIGN_IN_DOMAIN,),
        asks_when_found=True,
    ),
    Question.PHONE_PROFILES: Texts(
        "phone security profiles",
        found=paraphrased(
            "The name of a secure phone profile may be one of the names that were lost: {names}{and_more}.",
            "MRA152",
        ),
        cant_tell=paraphrased(
            "Whether the names of the secure phone profiles are among its names, where OAuth is not used.",
            "MRA152",
        ),
        asks=(asks.PHONE_PROFILES,),
        asks_when_found=True,
    ),
    Question.PEER_CERTIFICATE: Texts(
        "certificate of the other side",
        cant_tell=paraphrased(
            "Whether the fault is in the certificate of the other Expressway: each side checks the other's.",
            "T221624",
        ),
        asks=(asks.PEER_CERTIFICATE,),
    ),
    Question.CUCM_CERTIFICATE: Texts(
        "certificates of Unified CM",
        cant_tell=paraphrased(
            "Whether the Expressway-C refuses a certificate of Unified CM, IM and Presence or Unity Connection: "
            "from X14.2 on it checks their CA and their names.",
            "T218018",
            "T225476",
        ),
        asks=(asks.CUCM_CERTIFICATES, asks.CUCM_LOG),
    ),
    Question.PEER_RELEASE: Texts(
        "release of the other side",
        cant_tell=paraphrased(
            "Whether the other Expressway has X15.4 or later as well, which both need without client "
            "authentication.",
            "T225482",
        ),
        asks=(asks.OTHER_RELEASE,),
    ),
    Question.REVOKED: Texts(
        "revoked",
        found=ours("A revocation list of {name} among the CA certificates revokes it."),
        cant_tell=paraphrased(
            "Whether its CA has revoked it: nothing is fetched from anywhere. It matters where revocation is "
            "checked.",
            "AG-SEC",
        ),
        asks=(asks.REVOCATION,),
    ),
    Question.CLOCK: Texts(
        "clock of the server",
        found=ours(
            "It has begun only on {start}: for a server whose clock is behind it may not be valid yet."
        ),
        cant_tell=paraphrased("Whether the clocks of both servers are right.", "AG-REF"),
        asks=(asks.CLOCK, asks.CLOCK_ALARM),
        asks_when_found=True,
    ),
    Question.DNS: Texts(
        "DNS",
        cant_tell=paraphrased(
            "Not certificates: whether the names of the servers lead to their addresses, and the addresses back "
            "to their names.",
            "AG-REF",
            "AG-STA",
        ),
        asks=(asks.DNS,),
    ),
    Question.FIREWALL: Texts(
        "firewall",
        cant_tell=paraphrased(
            "Not certificates: whether a firewall lets the zone's port and TCP 2222 for the SSH tunnels through, "
            "and leaves TLS alone.",
            "AG-STA",
            "T212475",
        ),
        asks=(asks.FIREWALL,),
    ),
    Question.ZONE_PASSWORD: Texts(
        "password of the zone",
        cant_tell=paraphrased(
            "Not certificates: whether user name and password of the zone are right. The zone fails just the "
            "same when they are not.",
            "T117811",
        ),
        asks=(asks.PASSWORD,),
    ),
}
