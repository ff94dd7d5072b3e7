"""The texts of the alarms of clusters, zones, tunnels, DNS and the client certificate: what connections raise.

Their solutions are shortened in the table that was read, so those are in our words.
"""

from certstore.wording.alarm_texts import ALERT, CRITICAL, ERROR, NOT_GIVEN, NOTICE, WARNING, AlarmText
from certstore.wording.evidence import Sentence
from certstore.wording.sources import paraphrased, seen


def _alarm(
    number: str,
    title: str,
    description: str | Sentence,
    severity: Sentence,
    solution: str,
) -> AlarmText:
    """An alarm of the guide's table. In: a description that stands there whole, or a sentence of ours."""
    text = seen(description, "AG-REF") if isinstance(description, str) else description
    return AlarmText(number, seen(title, "AG-REF"), text, severity, paraphrased(solution, "AG-REF"))


_CONFIGURATION = "Unified Communications configuration error"

_CHECK_CLUSTER = "Check the clustering configuration"
_CLUSTER = "Cluster communication failure"

SERVICE_ALARMS: dict[str, AlarmText] = {
    "20004": _alarm(
        "20004",
        _CLUSTER,
        "The system is unable to communicate with one or more of the cluster peers",
        WARNING,
        _CHECK_CLUSTER,
    ),
    "20006": _alarm(
        "20006",
        "Cluster database communication failure",
        "The database is unable to replicate with one or more of the cluster peers",
        WARNING,
        _CHECK_CLUSTER,
    ),
    "20016": _alarm(
        "20016", "Cluster replication error", "The primary peer is unreachable", WARNING, _CHECK_CLUSTER
    ),
    "20020": _alarm(
        "20020",
        "Restart required",
        "TLS verification configuration does not match active status.",
        WARNING,
        "Restart the system",
    ),
    "20021": _alarm(
        "20021",
        _CLUSTER,
        "Unable to establish a TCP connection with {peers} on ports {ports}",
        WARNING,
        _CHECK_CLUSTER,
    ),
    "25030": _alarm(
        "25030",
        "Reverse DNS Lookup failed",
        "Failed to do reverse DNS Lookup for address {address} . This can cause MRA login to fail.",
        ERROR,
        "Make a PTR record for the address",
    ),
    "25031": _alarm(
        "25031",
        "Certificate verification failed",
        "FQDN in PTR record for address {address} does not match with SAN entries presented in certificate of "
        "that Server with IP {address} .",
        ERROR,
        "Keep one PTR record, whose FQDN is a SAN of the Expressway-E server certificate",
    ),
    "35013": _alarm(
        "35013",
        "Unified Communications SSH tunnel failure",
        "This system cannot communicate with one or more remote hosts: {hosts}",
        WARNING,
        "Review the Event Log and check that the traversal zone between the Expressway-C and the Expressway-E "
        "is active",
    ),
    "35014": _alarm(
        "35014",
        "Unified Communications SSH tunnel notification failure",
        "This system cannot communicate with one or more remote hosts",
        WARNING,
        "Open the firewall from the ephemeral ports of the Expressway-C to port 2222 TCP of the Expressway-E",
    ),
    "40040": _alarm(
        "40040",
        _CONFIGURATION,
        "TLS verify mode is not enabled on a traversal zone configured for Unified Communications services",
        WARNING,
        "Enable TLS verify mode on the traversal zone",
    ),
    "40043": _alarm(
        "40043",
        _CONFIGURATION,
        paraphrased(
            "Media encryption is not enforced on a traversal zone configured for Unified Communications services",
            "AG-REF",
        ),
        NOT_GIVEN,
        "Set the media encryption mode of the traversal zone to 'Force encrypted'",
    ),
    "40048": _alarm(
        "40048",
        _CONFIGURATION,
        "Unified Communications services are enabled but SIP TLS is disabled",
        NOT_GIVEN,
        "Set the SIP TLS mode to 'On'",
    ),
    "40049": _alarm(
        "40049",
        "Cluster TLS permissive",
        "Cluster TLS verification mode permits invalid certificates",
        NOTICE,
        "Change the cluster's TLS verification mode to Enforcing",
    ),
    "40078": _alarm(
        "40078",
        "Client certificate has expired",
        "Client certificate expired",
        CRITICAL,
        "Generate and upload a replacement client certificate",
    ),
    "40079": _alarm(
        "40079",
        "Client certificate is expiring within the configured warning period",
        "Client certificate expires in {days} days",
        ALERT,
        "Generate and upload a replacement client certificate",
    ),
    "45010": _alarm(
        "45010",
        "Configuration warning",
        "A peer address for the zone is down or unreachable. Peer not responding",
        WARNING,
        "Check the zone on the Zones page",
    ),
}
