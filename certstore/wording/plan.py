"""The words of plans. The order in it is Cisco's where a source stands beside it; every sentence is ours."""

from collections.abc import Mapping

from certstore.pki.plan import Deed

# What a step is called. {host} is its server, {count} how many certificates it is about.
TITLES: Mapping[Deed, str] = {
    Deed.BACKUP: "Create a system backup of each server, {answers}, and store it elsewhere",
    Deed.DNS: "Give {question} one answer: {answers}",
    Deed.FIREWALL: "Let {host} reach {answers}",
    Deed.TRUST: "Append {count} to the trusted CA list of {host}",
    Deed.TOMCAT_TRUST: "Upload {count} to {host} as tomcat-trust",
    Deed.CALLMANAGER_TRUST: "Upload {count} to {host} as CallManager-trust",
    Deed.SERVICES: "Restart Cisco CallManager, Cisco TFTP and Cisco Tomcat on {host}",
    Deed.CLIENTS: "Have the computers outside trust {count}",
    Deed.PERMISSIVE: "Set TLS verification mode of the cluster to Permissive, on {host}",
    Deed.UPLOAD: "Upload the new server certificate of {host}",
    Deed.UPLOAD_CLIENT: "Upload the new client certificate of {host}",
    Deed.RESTART: "Restart {host}",
    Deed.ENFORCING: "Set TLS verification mode of the cluster to Enforcing, on {host}",
    Deed.CHECK: "Check everything once more",
    Deed.CLEAN: "Later: delete {count} that nobody needs any more from the list of {host}",
}
AS_CLIENT = "With the check box that makes it the client certificate as well."
ONE_CA, SEVERAL_CAS = "1 CA certificate", "{count} CA certificates"

# Where it is done, as a person finds it.
PLACES: Mapping[Deed, str] = {
    Deed.BACKUP: "Maintenance > Backup and restore",
    Deed.DNS: "The DNS that the servers ask",
    Deed.FIREWALL: "The firewall between the server and the internet",
    Deed.TRUST: "Maintenance > Security > Trusted CA certificate",
    Deed.TOMCAT_TRUST: "Cisco Unified OS Administration > Security > Certificate Management",
    Deed.CALLMANAGER_TRUST: "Cisco Unified OS Administration > Security > Certificate Management",
    Deed.SERVICES: "Cisco Unified Serviceability, and the command line for Tomcat",
    Deed.CLIENTS: "The certificate store of each computer, phone or tablet",
    Deed.PERMISSIVE: "System > Clustering",
    Deed.UPLOAD: "Maintenance > Security > Server certificate",
    Deed.UPLOAD_CLIENT: "Maintenance > Security > Client certificate",
    Deed.RESTART: "Maintenance > Restart options",
    Deed.ENFORCING: "System > Clustering",
    Deed.CHECK: "Status > Alarms, Zones, Unified Communications on each server; a sign-in from outside",
    Deed.CLEAN: "Maintenance > Security > Trusted CA certificate",
}

# Who does it.
EXPRESSWAY, UNIFIED_CM, DNS, FIREWALL, CLIENTS = "Expressway", "Unified CM", "DNS", "Firewall", "Clients"
PEOPLE: Mapping[Deed, str] = {
    Deed.DNS: DNS,
    Deed.FIREWALL: FIREWALL,
    Deed.TOMCAT_TRUST: UNIFIED_CM,
    Deed.CALLMANAGER_TRUST: UNIFIED_CM,
    Deed.SERVICES: UNIFIED_CM,
    Deed.CLIENTS: CLIENTS,
}

# What is looked at before the next step.
CHECKS: Mapping[Deed, str] = {
    Deed.BACKUP: "The file is there, and its password is known: it is the only place where the old private key stays.",
    Deed.DNS: "A DNS lookup on each Expressway gives this one answer.",
    Deed.FIREWALL: "A connection to each of them is answered.",
    Deed.TRUST: "Show all (decoded) lists each of them. No restart is needed.",
    Deed.TOMCAT_TRUST: "The certificate list shows each of them with tomcat-trust.",
    Deed.CALLMANAGER_TRUST: "The certificate list shows each of them with CallManager-trust.",
    Deed.SERVICES: "The services run again, phones are registered.",
    Deed.CLIENTS: "A browser on one of them takes a page that such a certificate protects.",
    Deed.PERMISSIVE: "The page of each peer shows Permissive. Alarm 20020 is raised until that peer is restarted.",
    Deed.UPLOAD: "The page shows the new expiry date, alarm 15028 is raised, and the old certificate is still shown to "
    "callers.",
    Deed.UPLOAD_CLIENT: "The page shows the new expiry date, and the old certificate is still shown to callers.",
    Deed.RESTART: "Status > Zones: Active. Status > Unified Communications: SSH tunnels active. Alarm 15028 is gone.",
    Deed.ENFORCING: "The page warns of no peer. Alarm 20020 is raised until each peer is restarted.",
    Deed.CHECK: "No alarm is left, a person outside signs in without a prompt, each peer shows its new certificate.",
    Deed.CLEAN: "Zones and SSH tunnels stay active.",
}
CHECK_OF_MODE = "Status > Clustering shows the peer. Alarm 20020 is gone on this server."

# How it is taken back.
WAYS_BACK: Mapping[Deed, str] = {
    Deed.BACKUP: "Nothing has changed yet.",
    Deed.DNS: "Give the record its earlier answer.",
    Deed.FIREWALL: "Take the rule out again.",
    Deed.TRUST: "None is needed: a CA more breaks nothing. Else select the rows and Delete.",
    Deed.TOMCAT_TRUST: "Delete them, and restart the services again.",
    Deed.CALLMANAGER_TRUST: "Delete them, and restart the services again.",
    Deed.SERVICES: "None: it is a restart.",
    Deed.CLIENTS: "Take them out of the store again.",
    Deed.PERMISSIVE: "Set it to Enforcing again, restart the primary, then each peer.",
    Deed.UPLOAD: "Before the restart callers notice nothing. Afterwards: restore the system backup and restart, "
    "for the old private key may be gone.",
    Deed.UPLOAD_CLIENT: "As with the server certificate: the backup has the old private key.",
    Deed.RESTART: "Restore the system backup of this server and restart it.",
    Deed.ENFORCING: "Set it to Permissive again, restart the primary, then each peer.",
    Deed.CHECK: "Restore the system backups, this side first that does not work.",
    Deed.CLEAN: "Append them again: keep the files.",
}

# The groups in which the steps are read, in the order in which they come.
PHASE_BEFORE = "Before the change window"
PHASE_CAS = "The CAs, while everything goes on"
PHASE_E = "Expressway-E"
PHASE_C = "Expressway-C"
PHASE_AFTER = "Afterwards"
PHASES: Mapping[Deed, str] = {
    Deed.BACKUP: PHASE_BEFORE,
    Deed.DNS: PHASE_BEFORE,
    Deed.FIREWALL: PHASE_BEFORE,
    Deed.TRUST: PHASE_CAS,
    Deed.TOMCAT_TRUST: PHASE_CAS,
    Deed.CALLMANAGER_TRUST: PHASE_CAS,
    Deed.SERVICES: PHASE_CAS,
    Deed.CLIENTS: PHASE_CAS,
    Deed.CHECK: PHASE_AFTER,
    Deed.CLEAN: PHASE_AFTER,
}
SIDES: Mapping[str, str] = {"expressway-e": PHASE_E, "expressway-c": PHASE_C}

# What a file of a step is called before its ending.
FILE_STEMS: Mapping[Deed, str] = {
    Deed.TRUST: "cas-for-{host}",
    Deed.TOMCAT_TRUST: "cas-for-tomcat-trust",
    Deed.CALLMANAGER_TRUST: "cas-for-callmanager-trust",
    Deed.CLIENTS: "root-for-clients",
    Deed.UPLOAD: "server-{host}",
    Deed.UPLOAD_CLIENT: "client-{host}",
}

POINT_OF_NO_RETURN = (
    "Point of no return: from the first upload of a server certificate the backup is the only way back to the old "
    "key."
)
DURING = "{count} connections while it restarts, {lasts}"
DURING_ONE = "1 connection while it restarts, {lasts}"
MINUTES, MINUTE = "about {count} minutes", "about 1 minute"
UNTIL = "until step {number}"
UNTIL_THE_END = "and stays so"
NOT_TRIED = "The simulator has no button for it, so it was not tried."

# What a plan comes to, in short: the class of its sign, and the sentence.
REFUSED = ("bad", "Step {number} would be refused: {said}")
REFUSED_SHORT = ("bad", "Step {number} would be refused.")
INCOMPLETE = (
    "warn",
    "The chain above the new certificate of {host} is not known to its root: bring its CAs along.",
)
NOBODY = ("warn", "Nobody outside signs in during {steps}: {minutes} together.")
NOBODY_SHORT = ("warn", "Nobody outside signs in during {steps}.")
ALWAYS = ("ok", "At every moment somebody outside can sign in: no restart takes the last way in.")
NOBODY_NOW = ("bad", "Nobody outside signs in meanwhile.")
OTHERS_CARRY = ("warn", "Who comes in over this server signs in over another one meanwhile.")
NO_WAY_IN = ("off", "No sign-in from outside is set up in this lab, so what people notice was not tried.")
ENDS_WELL = ("ok", "At the end everything that is set up works.")
ENDS_BADLY = ("bad", "At the end something does not work: see the last step.")
BEGINS_BADLY = (
    "warn",
    "Before the first step already something does not work. See to that first, or know it.",
)
ORDER_TRIED = (
    "off",
    "Both orders of the two sides were tried. This one, {first} first, has the least trouble.",
)
ENFORCING_KEPT = (
    "off",
    "The cluster goes on with TLS verification enforced; the guide sets it to Permissive first.",
)

TICKED = "{by}, {at}"
IN_LAB_DONE = "Done in this lab"
IN_LAB_OPEN = "Not done in this lab"

# What is wrong with what came.
NOTHING_GIVEN = "Nothing was given. Choose the new certificates with their CAs, or tick what the lab has."
NO_CERTIFICATE = (
    "There is no server certificate among these files, so there is nothing to plan. Bring the new certificate of at "
    "least one server, and the CAs above it."
)
NOBODYS = "No certificate is for a server. Choose a server for at least one of them."
TWICE = "{host} was chosen for two certificates. A server gets one: choose another server, or none."
TOO_MUCH = "This is more than a plan takes along: {limit} certificates and CAs. Bring fewer."
DAMAGED = "What the page carried along came back damaged. Bring the files again."
TOO_MANY = "A lab has {most} plans at most. Delete one first."
KEY_FITS, KEY_UNKNOWN = "its key is the one that {host} holds", "it has the name of {host}"
NOBODYS_FILE = "not for a server here"

# What the simulator does not have, so that no plan can have it.
NOT_KNOWN: tuple[str, ...] = (
    "SAML single sign-on: a new certificate raises alarm 35016, and the metadata has to be exported to the identity "
    "provider again (Administrator Guide, Reference Material).",
    "Webex, neighbor zones, domain certificates, and who else trusts the old certificate by itself.",
    "How long your servers really take: a restart counts three minutes here, the services of Unified CM five, which is "
    "our guess.",
)

# Where the order comes from.
SOURCES: tuple[tuple[str, str], ...] = (
    ("CAs first, on this server and on the opposite ones, and on Unified CM for Expressway-C", "T218034"),
    ("In a cluster: CAs on all, Permissive, certificates on all, restart one at a time, Enforce", "CG-LOAD"),
    ("The primary first, then peer after peer", "CL154"),
    ("Which services of Unified CM are restarted", "T217748"),
    ("A restart takes about three minutes", "AG-MNT"),
)

# The page that asks.
ISSUED = "{name}, by {issuer}, ends {ends}: for {host}"
TRAINING_CAS = "training CAs of the lab"
FOR = "{name} is for"
FOR_NOBODY = "no server of this lab"
FOR_CLIENT = "{host}, client certificate"
ENFORCING_GUIDE = "Permissive while they change, Enforcing again afterwards, as Cisco's guide has it"
ENFORCING_KEEP = (
    "Enforcing all the time: fewer restarts, and every peer has to trust every new certificate before"
)
ENFORCING_HELP = "Either way is tried before it is shown."
DELETED = "Plan {number} was deleted."
