"""The words of trying first: what a step is called, what is down and for whom. All of it is ours."""

from certstore.pki.codes import Code
from certstore.pki.connections import Health, Kind

# What a step is called, by `actions.steps.StepKind`. {file} is the file's name, {what} what is set.
STEPS: dict[str, str] = {
    "append": "Append CA certificate",
    "delete": "Delete CA certificates",
    "reset-list": "Reset to default CA certificate",
    "upload": "Upload server certificate data",
    "reset-certificate": "Reset to default server certificate",
    "client-upload": "Upload client certificate data",
    "client-reset": "Reset to default client certificate",
    "crl-upload": "Upload CRL file",
    "crl-remove": "Remove revocation list",
    "csr-discard": "Discard CSR",
    "client-csr-discard": "Discard CSR of the client certificate",
    "acme": "Let ACME renew the certificate, without client authentication",
    "restart": "Restart",
    "time": "Set lab time",
    "release": "Set the release",
    "judging": "Set how the servers judge",
    "switches": "Set switches of the command line",
    "point-restore": "Go back to a restore point",
    "names": "Give another name",
    "dns": "Change an answer of the lab's DNS",
    "dns-right": "Let the lab's DNS answer right again",
    "zone": "Change the traversal zone",
    "zone-new": "Create the traversal zone",
    "zone-credential": "Set the password of the zone's user",
    "zone-delete": "Delete the traversal zone",
    "tunnel-algorithms": "Set the public key algorithms of the tunnels",
    "tunnel-reset": "Reset the SSH configuration to its defaults",
    "revocation": "Set certificate revocation checking",
    "sends": "Set what it sends of its chain",
    "origin": "Set the check of Unified CM's certificates",
    "cluster-make": "Create a cluster",
    "cluster-mode": "Set the TLS verification mode of the cluster",
    "cluster-add": "Add a peer to the cluster",
    "cluster-remove": "Remove a peer from the cluster and the lab",
    "cluster-primary": "Make a peer the primary",
    "cluster-dissolve": "Dissolve the cluster",
    "cluster-map": "Add a row to the cluster address mapping",
    "cucm-server-add": "Add a Unified CM server",
    "cucm-server-save": "Change a Unified CM server",
    "cucm-server-refresh": "Refresh the Unified CM servers",
    "cucm-server-delete": "Delete Unified CM servers",
    "cucm-upload": "Upload to a trust store of Unified CM",
    "cucm-delete": "Delete from the trust stores of Unified CM",
    "cucm-regenerate": "Regenerate a certificate of Unified CM, self-signed",
    "cucm-sign": "Have a certificate of Unified CM signed by the training CA",
    "cucm-certificate-delete": "Delete a certificate of Unified CM",
    "cucm-settings": "Change the settings of Unified CM",
    "cucm-services": "Restart the services of Unified CM",
    "jabber-upload": "Add to the list of the client's computer",
    "jabber-delete": "Delete from the list of the client's computer",
    "jabber-trust": "Trust the root of an Expressway-E's chain on the client's computer",
    "jabber-settings": "Change how the client is set",
}

# Under which headings the page of a series offers them.
GROUPS: dict[str, tuple[str, ...]] = {
    "Certificates and lists of an Expressway": (
        "append",
        "upload",
        "restart",
        "delete",
        "reset-list",
        "reset-certificate",
        "client-upload",
        "client-reset",
        "crl-upload",
        "crl-remove",
        "csr-discard",
        "client-csr-discard",
        "acme",
    ),
    "The whole lab": (
        "time",
        "release",
        "judging",
        "switches",
        "dns",
        "dns-right",
        "point-restore",
    ),
    "Zone, tunnels and settings of an Expressway": (
        "zone",
        "zone-credential",
        "zone-new",
        "zone-delete",
        "names",
        "tunnel-algorithms",
        "tunnel-reset",
        "revocation",
        "sends",
        "origin",
    ),
    "Clusters": (
        "cluster-make",
        "cluster-mode",
        "cluster-add",
        "cluster-remove",
        "cluster-primary",
        "cluster-dissolve",
        "cluster-map",
    ),
    "Unified CM and Jabber": (
        "cucm-server-add",
        "cucm-server-save",
        "cucm-server-refresh",
        "cucm-server-delete",
        "cucm-upload",
        "cucm-delete",
        "cucm-sign",
        "cucm-regenerate",
        "cucm-certificate-delete",
        "cucm-settings",
        "cucm-services",
        "jabber-upload",
        "jabber-delete",
        "jabber-trust",
        "jabber-settings",
    ),
}

HEALTH: dict[Health, str] = {
    Health.WORKS: "works",
    Health.WARNS: "works after a prompt or with a warning",
    Health.FAILS: "is down",
    Health.OFF: "is not set up",
}
TONES: dict[Health, str] = {
    Health.WORKS: "ok",
    Health.WARNS: "warn",
    Health.FAILS: "bad",
    Health.OFF: "off",
}

# Who notices, by the connection and how it is. {source} and {target} are servers' names.
WHOM: dict[tuple[Kind, Health], str] = {
    (Kind.ZONE, Health.FAILS): "Everybody outside: sign-in and calls through {source} and {target}.",
    (Kind.TUNNELS, Health.FAILS): "Everybody outside who signs in over {target}.",
    (Kind.UNIFIED_CM, Health.FAILS): "Everybody outside who is served by {target}.",
    (
        Kind.JABBER,
        Health.FAILS,
    ): "Jabber users outside: {target} does not answer them, or they do not take it.",
    (Kind.JABBER, Health.WARNS): "Jabber users outside see a prompt about the certificate of {target}.",
    (Kind.SIGN_IN, Health.FAILS): "Nobody outside signs in over {target}.",
    (Kind.SIGN_IN, Health.WARNS): "People outside sign in over {target} after a prompt.",
}
# The same for what was found besides.
WHOM_BY_CODE: dict[Code, str] = {
    Code.JABBER_PHONES_FAIL: "Phones and TC endpoints outside, which ask nobody, do not register over {target}.",
}

NO_SERVER = "-"
THE_FILE = "The file"
NOTHING_DIFFERS = "It is set like that already, so nothing would change."

NO_ZONE = "This server has no traversal zone, so there is none to change."
POINT_GONE = "The lab has no such restore point any more. Pick another one."
SERVER_GONE = "This server is no longer in the lab then: a step before took it out."
NAME_TAKEN = "A server of the lab would have the same name as another one. Give it a name of its own."
NO_COMMAND = "There is no such command here: the release or the role of this server has none."
NO_EDGE = "There is no such Expressway-E in this lab. Use the buttons of the page."
PRIMARY_ALREADY = "This server is the primary peer already, or in no cluster."
IN_NO_CLUSTER = "This server is in no cluster. Make one first."
CUCM_SERVER_GONE = "This Unified CM is not among the servers that the Expressway-C knows."
NO_CLUSTER = "This server is in no cluster, so there is no TLS verification mode to set."
NO_CLIENT_CERTIFICATE = "This release has no client certificate of its own: set X15.5 or a later one first."
NO_ACME = "ACME renews nothing here: only an Expressway-E of a lab to practise in has the service."
COPY_HELP = "Where the release has a client certificate: X15.5 and later."
COPIED = "copied as client certificate"
TOO_MANY_RECORDS = "As many answers were changed as a lab keeps: {limit}. Give one its right answer first."
ZONE_HELP = "What is left empty stays as it is."
FINGERPRINT_HELP = "Only a fingerprint of it is carried along. Type none that you use elsewhere."
BAD_USERNAME = "{value} cannot be shown. Write a name of visible characters."
PEERS_HELP = "One a line, six at most. Expressway-C only."
SUBJECT_NAME_HELP = "Expressway-E only."
BAD_PEER = "{value} is no address: write host names or IP addresses, each once, one a line, six at most."
BAD_SUBJECT_NAME = "{value} cannot be shown. Write a name of at most 128 visible characters."

# What is wrong with what was typed, or carried from one page to the next.
NO_ENTRY = "No CA certificate is selected. Select at least one."
SEVERAL_SERVERS = "These CA certificates are in the lists of several servers. Add a step for each server."
ENTRY_GONE = "A selected CA certificate is no longer in the list. Select it again."
NO_FILE = "No file is chosen. Pick a file of the lab, or choose one."
LAB_FILE_GONE = "The lab has no file {name}. Pick another one."
PRIVATE_KEY = (
    "There is a private key in {name}. It was not taken, and nothing of it was kept. Choose a file with "
    "certificates only."
)
TOO_LARGE = "{name} has more than the {limit} KiB that this button takes. Choose a smaller file."
TOO_MANY = "A series has {most} steps at most. Remove one first."
TOO_MUCH = "The files of this series are too large together. Remove a step with a file first, or try fewer at a time."
DAMAGED = "The list of steps came back damaged, so it begins anew. Nothing in the lab was changed."
STEP_GONE = "Step {number} does not fit the lab any more and was left out: {why}"
NO_STEPS = "There is no step yet. Add one first."
UNKNOWN = "This is no button of the page. Use those that are there."
