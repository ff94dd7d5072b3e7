"""The words of a lab's picture beside those of its connections. All of it is ours."""

from collections.abc import Mapping

from certstore.pki.connections import Kind

TITLE = "The servers of this lab and their connections; the list says the same"
# By models.Node.Kind.
KINDS: Mapping[str, str] = {
    "jabber": "Jabber",
    "expressway-e": "Expressway-E",
    "expressway-c": "Expressway-C",
    "unified-cm": "Unified CM",
}
# What a connection is called beside its line, where both ends can be seen; by its kind.
LABELS: Mapping[Kind, str] = {
    Kind.JABBER: "HTTPS",
    Kind.ZONE: "Traversal zone",
    Kind.TUNNELS: "SSH tunnels",
    Kind.UNIFIED_CM: "HTTPS and SIP",
    Kind.PEERS: "Cluster",
    Kind.SIGN_IN: "MRA sign-in",
}
DMZ = "DMZ, between firewalls"
INSIDE = "company network"
CERTIFICATE = "its certificate {ends}"
