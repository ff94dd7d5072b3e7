"""The words of the labs' pages: kinds, settings, files, and what happened in a lab. All of it is ours."""

from collections.abc import Mapping

from certstore.pki.connections import Health, Kind
from certstore.pki.moments import moment_text
from certstore.pki.releases import Switch
from certstore.wording.alarms import ALARMS, alarm_text
from certstore.wording.connections import BECAME, NO_SERVER
from certstore.wording.evidence import Evidence, Sentence
from certstore.wording.servers_behave import SENDS
from certstore.wording.switches import SWITCHES

# What a lab is for, in the words of the person who makes one: name, and what follows from it.
KINDS: dict[str, tuple[str, str]] = {
    "practise": (
        "Practise",
        "I want to learn or try things out, with example files that are made for me. Private key files may "
        "be uploaded here, so use no real one.",
    ),
    "rehearse": (
        "Rehearse a renewal",
        "I have real certificate files and want to know whether they will be accepted, before the change. No "
        "private key is asked for. The lab is deleted after 30 days unless you keep it.",
    ),
    "reproduce": (
        "Reproduce a case",
        "I want to see somebody else's trouble again, with their files. As a rehearsal; its name is not "
        "shown in lists.",
    ),
}

# How a lab to practise in begins, by the name of its recipe.
BEGINNINGS: dict[str, tuple[str, str]] = {
    "working-pair": (
        "Everything works",
        "Certificates are loaded, every list has the CAs it needs, and a person outside can sign in. For what a "
        "renewal does, or a fault.",
    ),
    "working-clusters": (
        "Everything works, in clusters",
        "Two peers of each role; the second one is called and addressed after the first. Permissive at first, and "
        "every certificate is good enough for Enforcing.",
    ),
    "expressway-pair": (
        "New servers, as they come out of the box",
        "A temporary CA and its certificate on each, and files to set them up with. Nothing is joined yet.",
    ),
}

NAME_HIDDEN = "Case {id} (name not shown in lists)"

SAME_SUBJECT: dict[str, tuple[str, str]] = {
    "first": (
        "The first one counts",
        "Of two CAs with the same name the server uses the one that stands higher in the list, even if it "
        "is the wrong one. Cisco's support reports this (TechNotes 213872 and 218018).",
    ),
    "refuse": (
        "The second one is not taken",
        "A different CA with the same name is not added until the old one is deleted. Cisco's support "
        "reports this for X14.0 and X14.0.2 (TechNotes 218018 and 225476).",
    ),
    "openssl": (
        "All of them count",
        "OpenSSL sees all of them and picks the one whose key identifier fits. No Cisco document says this.",
    ),
}

# How much our column tells beside a result, in a lab to practise in.
EXPLANATIONS: dict[str, tuple[str, str]] = {
    "open": ("Open", "What it is, why, what to do, the chain as a picture, and the file back in Base-64."),
    "hints": (
        "Hints only",
        "One sentence that says where to look. It names neither the missing CA nor the cure.",
    ),
    "off": ("Off", "Nothing but what the server itself says."),
}

SETTINGS_HELP: dict[str, str] = {
    "name": "Only you see it.",
    "release": "As you would say it: X14.3.4, 15.2. It decides which rules judge an upload.",
    "host": "The first part of the name, such as exp-e1.",
    "domain": "The rest of the name, such as example.com.",
    "address": "IPv4 or IPv6. Nothing is ever sent to it.",
    "same_subject": "What a server does when two CAs in its list have the same name. The documents disagree.",
    "cn_counts": "Compare the Common Name too when a certificate has Subject Alternative Names.",
    "explanations": "Beside every result on a server's pages, on the page of each attempt and in its ticket.",
    "keep": "Do not delete this lab when its days are over.",
    "servers": (
        "The files of the lab and the certificates that the servers hold keep the names they were made with."
    ),
    "begins": "For Practise only: a lab for real files begins with new servers.",
    "moment": "In UTC. Certificates are judged at this time. Sign-in and other labs do not move.",
}

RELEASE_EXACT = "The rules of {profile} judge: {typed} is that release or a maintenance release of it."
RELEASE_NEAREST = (
    "The rules of {profile} judge: {typed} has no rules of its own here, so the nearest older release that "
    "has some stands in for it."
)
RELEASE_OLDER = (
    "The rules of {profile} judge: it is the oldest release with rules here, and {typed} is older."
)
RELEASE_DEFAULT = "The rules of {profile} judge, as {typed} names no release that was understood."
RELEASE_UNKNOWN = "This is no Expressway release. Write it as X14.3, X14.3.4 or 15.2."

RESTART_PENDING = "Restart required: it still presents the old certificate"

# How the outcome of an attempt is marked beside its words.
OUTCOME_STATES: dict[str, str] = {"accepted": "ok", "warned": "warn", "depends": "warn", "refused": "bad"}

SAVED = "Saved."
TIME_SET = "Lab time is {to}."
RESET_DONE = "The lab is at its start again. The files you downloaded from it still fit."
DELETED = "The lab was deleted, with everything in it."

NO_FQDN = (
    "{fqdn} is no fully qualified domain name. Use letters, digits and hyphens, with a dot between the parts."
)
FQDN_TOO_LONG = (
    "Host name and domain are {length} characters together. A certificate's Common Name holds 64 at most."
)
SAME_NAME_TWICE = "Two servers of a lab cannot have the same host name and domain."
NO_MOMENT = "Write the time as 2027-01-14 09:04, in UTC, between the years 1950 and 9999."
TOO_MANY_LABS = "You have {most} labs, which is as many as one person can have. Delete one first."
CONTROL_CHARACTERS = "A name cannot hold control characters."

# What a file of the lab is: `{server}` is the name of the server it was made for.
FILES: dict[str, str] = {
    "server-certificate-der": "Server certificate for the key that {server} holds, in binary form (DER)",
    "server-certificate-pem": "Server certificate for the key that {server} holds, in Base-64 (PEM)",
    "issuing-ca-der": "The CA that issued the server certificate, in binary form (DER)",
    "issuing-ca-pem": "The CA that issued the server certificate, in Base-64 (PEM)",
    "root-ca-der": "The root CA above both issuing CAs, in binary form (DER)",
    "root-ca-pem": "The root CA above both issuing CAs, in Base-64 (PEM)",
    "ca-bundle-pem": "Issuing CA and root CA in one file, in Base-64 (PEM)",
    "renewal-pem": "Renewed server certificate for the same key, from a new issuing CA, in Base-64 (PEM)",
    "renewal-issuing-ca-der": "The new issuing CA of the renewal, in binary form (DER)",
    "renewal-issuing-ca-pem": "The new issuing CA of the renewal, in Base-64 (PEM)",
    "unified-cm-cas-pem": "The CAs of the Unified CM, both in one file, for the list of {server}, in Base-64 (PEM)",
    # What a lab was made of; a file of which more than its form could be kept is given back in its form.
    "checked-server-certificate": "Checked file: server certificate, in Base-64 (PEM)",
    "checked-server-certificate-der": "Checked file: server certificate, in binary form (DER)",
    "checked-chain": "Checked file: server certificate and more, in Base-64 (PEM)",
    "checked-intermediate": "Checked file: intermediate CA, in Base-64 (PEM)",
    "checked-intermediate-der": "Checked file: intermediate CA, in binary form (DER)",
    "checked-root": "Checked file: root CA, in Base-64 (PEM)",
    "checked-root-der": "Checked file: root CA, in binary form (DER)",
    "checked-several-cas": "Checked file: CA certificates, in Base-64 (PEM)",
    "checked-crl": "Checked file: certificate revocation list, in Base-64 (PEM)",
    "checked-request": "Checked file: certificate signing request, in Base-64 (PEM)",
    "checked-trust-list": "Checked file: trust list, in Base-64 (PEM)",
}


def _said(text: str) -> Sentence:
    return Sentence(text, Evidence.OURS)


# What a link shows, by its kind.
LINKS: dict[str, str] = {
    "attempt": "one result, to read",
    "lab": "the lab, to read",
    "copy": "a lab of their own, made the same way",
}

# The lists of Unified CM and the client, and the certificates of Unified CM, by the names of their rows.
STORES: dict[str, str] = {
    "tomcat": "tomcat-trust",
    "callmanager": "CallManager-trust",
    "client-os": "the client's list",
}
SLOTS: dict[str, str] = {
    "tomcat": "tomcat",
    "tomcat-ecdsa": "tomcat-ECDSA",
    "callmanager": "CallManager",
    "callmanager-ecdsa": "CallManager-ECDSA",
}

# What happened in a lab, by the code of the event; the server's name stands before it.
EVENTS: dict[str, Sentence] = {
    "lab.made": _said("The lab was made."),
    "lab.made-of-files": _said("Checked files were put into the lab: {count}."),
    "lab.made-of-servers": _said("Real servers were put into the lab: {count}."),
    "lab.renamed": _said("The lab was renamed."),
    "lab.reset": _said("The lab was reset to its start."),
    "lab.time": _said("Lab time was set to {to}."),
    "lab.time-back": _said("Lab time was set back to now."),
    "lab.release": _said("The release was set to {release}."),
    "lab.same-subject": _said("The same-name setting was changed: {rule}."),
    "lab.cn-counts": _said("Whether the Common Name counts was changed: {answer}."),
    "lab.switch": _said("The servers were told: {switch}: {position}."),
    "lab.explanations": _said("What our column tells was changed: {column}."),
    "lab.kept": _said("The lab is kept."),
    "lab.not-kept": _said("The lab will be deleted when its days are over."),
    "lab.server-named": _said("The server is now {fqdn}, {address}."),
    "zone.created": _said("The zone {name} was created."),
    "zone.saved": _said("The zone {name} was changed."),
    "zone.credential": _said("The password of {name} was set in the local authentication database."),
    "zone.deleted": _said("The zone was deleted."),
    "cucm-server.added": _said("The Unified CM {address} was added."),
    "cucm-server.saved": _said("The Unified CM {address} was changed."),
    "cucm-server.refreshed": _said("Unified CM servers were looked up again: {count}."),
    "cucm-server.deleted": _said("Unified CM servers deleted: {count}."),
    "sip.saved": _said("The certificate revocation checking of SIP was changed."),
    "ssh-configuration.saved": _said("The public key algorithms of the SSH tunnels were changed."),
    "ssh-configuration.reset": _said("The SSH configuration was reset to its defaults."),
    "server.sends": _said("What the server sends of its chain was changed: {sends}."),
    "server.origin": _said(
        "The server was told: xConfiguration EdgeConfigServer VerifyOriginServer: {position}."
    ),
    "dns.changed": _said("The lab's DNS now answers {question} with: {values}."),
    "dns.right": _said("The lab's DNS answers {question} as it is right."),
    "trusted-ca.appended": _said("CA certificate appended. New in the list: {count}."),
    "trusted-ca.refused": _said("A CA file was refused."),
    "trusted-ca.deleted": _said("Deleted from the trusted CA list: {count}."),
    "trusted-ca.reset": _said("The trusted CA list was reset to default."),
    "server-certificate.accepted": _said("A server certificate was accepted."),
    "server-certificate.refused": _said("A server certificate was refused."),
    "server-certificate.reset": _said("The server certificate was reset to default."),
    "csr.generated": _said("A certificate signing request was generated for {name}."),
    "csr.imported": _said("A certificate signing request of the real server was imported: {name}."),
    "csr.discarded": _said("The certificate signing request was discarded."),
    "client-csr.generated": _said("A request for the client certificate was generated for {name}."),
    "client-csr.imported": _said(
        "A request of the real server for its client certificate was imported: {name}."
    ),
    "client-csr.discarded": _said("The request for the client certificate was discarded."),
    "client-certificate.accepted": _said("A client certificate was accepted."),
    "client-certificate.refused": _said("A client certificate was refused."),
    "client-certificate.reset": _said("The client certificate was reset to default."),
    "client-certificate.copied": _said(
        "The upgrade made the server certificate the client certificate as well."
    ),
    "crl.uploaded": _said("A revocation list file was uploaded. Lists in it: {count}."),
    "crl.removed": _said("The revocation list was removed."),
    "acme.renewed": _said("ACME renewed the server certificate, without client authentication. No restart."),
    "restart.done": _said("The server was restarted."),
    "training-ca.made": _said("Training CAs were made."),
    "training-ca.issued": _said("A certificate was issued for {name} by {ca}."),
    "training-ca.practice": _said("A practice file was made for it."),
    "training-ca.revoked": _said("The certificate of {name} was revoked."),
    # What a change brought about.
    "connection.works": _said("{became}: {source} to {target}."),
    "connection.warns": _said("{became}: {source} to {target}."),
    "connection.fails": _said("{became}: {source} to {target}."),
    "connection.off": _said("{became}: {source} to {target}."),
    "alarm.raised": _said("Alarm raised: {alarm}. {subject}"),
    "alarm.lowered": _said("Alarm lowered: {alarm}. {subject}"),
    "cluster.made": _said("The server became the primary peer of the cluster {name}."),
    "cluster.peer-added": _said("The server was added to the cluster as peer {number}."),
    "cluster.peer-removed": _said("{fqdn} was taken out of the cluster and of the lab."),
    "cluster.primary": _said("The server became the primary peer of its cluster, in place of {was}."),
    "cluster.dissolved": _said("The cluster {name} was dissolved."),
    "cluster.mapped": _said("The cluster address mapping leads {name} to {address}."),
    "cluster.unmapped": _said("{name} was taken out of the cluster address mapping."),
    "cluster.saved": _said("The clustering page was saved: {name}, TLS verification mode {mode}."),
    "alarm.acknowledged": _said("Alarm acknowledged: {alarm}. {subject}"),
    "start-here.answered": _said("The question of the first task was answered."),
    "start-here.hidden": _said("The first task was hidden."),
    "start-here.shown": _said("The first task is shown again."),
    "point.kept": _said("A restore point was kept: {name}."),
    "point.named": _said("Restore point {number} was named {name}."),
    "point.deleted": _said("Restore point {number} was deleted."),
    "point.restored": _said("The lab was set back to restore point {number}."),
    "link.made": _said("A link was made: {link}."),
    "link.revoked": _said("A link was revoked."),
    "plan.made": _said("Plan {number} was made: {steps} steps."),
    "plan.deleted": _said("Plan {number} was deleted."),
    "lab.copied": _said("The lab was made as a copy of another."),
    "lab.imported": _said("The lab was made from a file."),
    "services.added": _said("A Unified CM and Jabber were added."),
    "services.removed": _said("Unified CM and Jabber were removed."),
    "cucm.uploaded": _said("CA certificates were uploaded to {list}: {count}."),
    "cucm.deleted": _said("Deleted from tomcat-trust and CallManager-trust: {count}."),
    "cucm.regenerated": _said("The certificate {certificate} was made anew, self-signed."),
    "cucm.signed": _said("The certificate {certificate} was signed by {ca}."),
    "cucm.certificate-deleted": _said("The certificate {certificate} was deleted."),
    "cucm.restarted": _said("Cisco CallManager, Cisco TFTP and Cisco Tomcat were restarted."),
    "cucm.settings": _said("Settings of the Unified CM were changed."),
    "jabber.uploaded": _said("The computer of the client trusts CA certificates that it did not: {count}."),
    "jabber.trusted": _said("The computer of the client trusts {name} now."),
    "jabber.deleted": _said("Deleted from the list of the client's computer: {count}."),
    "jabber.settings": _said("The client was set anew; it signs in with {domain}."),
}


def event_sentence(code: str, params: Mapping[str, str | int]) -> str:
    """What happened, as a sentence; a code that has none yet stands for itself."""
    sentence = EVENTS.get(code)
    if sentence is None:
        return code
    shown = {name: _shown(name, value) for name, value in params.items()}
    return sentence.fill(**_became(code, params), **shown).strip()


def event_tone(code: str) -> str:
    """The class of an event's sign: ok, warn, bad, off; "" where it says nothing of good or bad."""
    return _TONES.get(code) or _TONES.get(code.rpartition(".")[2], "")


# By the code of an event, else by its last word.
_TONES: dict[str, str] = {
    "connection.works": "ok",
    "connection.warns": "warn",
    "connection.fails": "bad",
    "connection.off": "off",
    "alarm.raised": "warn",
    "alarm.lowered": "ok",
    "restart.done": "ok",
    "accepted": "ok",
    "appended": "ok",
    "refused": "bad",
}


def _became(code: str, params: Mapping[str, str | int]) -> dict[str, str]:
    """What became of a connection, in words; nothing for another event."""
    area, _, health = code.partition(".")
    kind = params.get("kind")
    if area != "connection" or kind not in set(Kind):
        return {}
    return {"became": BECAME[Kind(str(kind))][Health(health)]}


def _alarm(name: str) -> str:
    """An alarm by its number and title."""
    if name not in ALARMS:
        return name
    text = alarm_text(name)
    return f"{text.number} {text.title.text}".strip()


def _shown(name: str, value: str | int) -> str | int:
    """A parameter as a person reads it: a moment, the name of a rule, or what it is."""
    if name == "to":
        return moment_text(str(value))
    if name == "list" and value in STORES:
        return STORES[str(value)]
    if name == "certificate" and value in SLOTS:
        return SLOTS[str(value)]
    if name == "link" and value in LINKS:
        return LINKS[str(value)]
    if name == "rule" and value in SAME_SUBJECT:
        return SAME_SUBJECT[str(value)][0]
    if name == "switch" and value in set(Switch):
        return SWITCHES[Switch(str(value))].command.text
    if name == "sends" and value in SENDS:
        return SENDS[str(value)][0]
    if name == "alarm":
        return _alarm(str(value))
    if name == "target" and value == "":
        return NO_SERVER
    if name == "column" and value in EXPLANATIONS:
        return EXPLANATIONS[str(value)][0]
    return value
