"""What a server writes to its log when something is done in a lab: from the events of the lab to lines of the log.

Which event of the product each is stands in the Administrator Guide; what its Detail reads, mostly nowhere.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from certstore.pki.connections import LogLine
from certstore.wording.alarms import ALARMS, alarm_line
from certstore.wording.log_lines import NEUTRAL
from certstore.wording.log_templates import TEMPLATES

FAILED = "connection.fails"  # the event that brings its lines along
CLUSTER_SAVED = "cluster.saved"

# The Detail of "Certificate Management" and of "System Configuration Changed", by the event of the lab.
_MANAGED: dict[str, str] = {
    "trusted-ca.appended": "ca-appended",
    "trusted-ca.deleted": "ca-deleted",
    "trusted-ca.reset": "ca-reset",
    "server-certificate.accepted": "server-certificate-uploaded",
    "server-certificate.reset": "server-certificate-reset",
    "acme.renewed": "certificates-changed",
    "client-certificate.accepted": "client-certificate-uploaded",
    "client-certificate.copied": "client-certificate-uploaded",
    "client-certificate.reset": "certificates-changed",
    "crl.uploaded": "certificates-changed",
    "crl.removed": "certificates-changed",
    "csr.generated": "csr-generated",
    "csr.discarded": "csr-discarded",
    "client-csr.generated": "csr-generated",
    "client-csr.discarded": "csr-discarded",
}
_CHANGED: dict[str, str] = {
    "lab.server-named": "changed-system-name",
    "lab.switch": "changed-by-command",
    "server.origin": "changed-by-command",
    "zone.created": "changed-zone-created",
    "zone.saved": "changed-zone",
    "zone.deleted": "changed-zone-deleted",
    "zone.credential": "changed-credential",
    "cucm-server.added": "changed-cucm-added",
    "cucm-server.saved": "changed-cucm",
    "cucm-server.refreshed": "changed-cucm-refreshed",
    "cucm-server.deleted": "changed-cucm-deleted",
    "sip.saved": "changed-sip",
    "cluster.mapped": "changed-address-mapping",
    "cluster.unmapped": "changed-address-mapping",
    "ssh-configuration.saved": "changed-ssh",
    "ssh-configuration.reset": "changed-ssh-reset",
}
_ALARMS: dict[str, str] = {
    "alarm.raised": "alarm-raised",
    "alarm.lowered": "alarm-lowered",
    "alarm.acknowledged": "alarm-acknowledged",
}
EVERYWHERE = frozenset({"lab.switch"})  # said to every Expressway of a lab at once
LOGGED = frozenset({*_MANAGED, *_CHANGED, *_ALARMS, "restart.done", FAILED, CLUSTER_SAVED})


def lines_of_event(by: str, code: str, params: Mapping[str, Any]) -> tuple[LogLine, ...]:
    """The lines that one server writes about one event of its lab, in the order in which it writes them.

    In: the server's id, the event's code and parameters. Out: none for an event that no server notices.
    Source: Administrator Guide X15.5, Reference Material, events.
    """
    if code == FAILED:
        return tuple(_stored(by, params.get("lines", ())))
    if code == "restart.done":
        return (LogLine(by, "restart-requested", {"src_ip": NEUTRAL}),)
    if code in _ALARMS and params.get("alarm") in ALARMS:
        return (_of_alarm(by, code, params),)
    if code == CLUSTER_SAVED:
        return tuple(_of_cluster(by, params))
    for known, template in ((_MANAGED, "certificate-management"), (_CHANGED, "configuration-changed-here")):
        if code in known:
            return (LogLine(by, template, {"detail": known[code], "src_ip": NEUTRAL}),)
    return ()


def _of_cluster(by: str, params: Mapping[str, Any]) -> Iterator[LogLine]:
    """That the TLS verification mode of a cluster was changed. Source: TechNote 217230, which prints the line."""
    old, new = params.get("was"), params.get("mode")
    if old and new and old != new:
        facts = {"path": "configuration/cluster/tls_verify", "old": old, "new": new}
        yield LogLine(by, "configuration-changed", {**facts, "src_ip": NEUTRAL, "user": "admin"})


def _stored(by: str, lines: Any) -> Iterator[LogLine]:
    """Of the lines that an event brings along those of one server."""
    for writer, name, facts in lines:
        if writer == by and name in TEMPLATES:
            yield LogLine(by, name, facts)


def _of_alarm(by: str, code: str, params: Mapping[str, Any]) -> LogLine:
    facts = {name: value for name, value in params.items() if name not in ("alarm", "subject")}
    return alarm_line(_ALARMS[code], by, params["alarm"], facts, params["subject"])
