"""What is called verbatim about connections, typed by hand from the documents. What differs is in braces."""

# Administrator Guide, Reference Material: the table of alarms.
ALARMS = {
    "alarms.20004-title": "Cluster communication failure",
    "alarms.20004-description": "The system is unable to communicate with one or more of the cluster peers",
    "alarms.20004-severity": "Warning",
    "alarms.20006-title": "Cluster database communication failure",
    "alarms.20006-description": ("The database is unable to replicate with one or more of the cluster peers"),
    "alarms.20006-severity": "Warning",
    "alarms.20016-title": "Cluster replication error",
    "alarms.20016-description": "The primary peer is unreachable",
    "alarms.20016-severity": "Warning",
    "alarms.20020-title": "Restart required",
    "alarms.20020-description": "TLS verification configuration does not match active status.",
    "alarms.20020-severity": "Warning",
    "alarms.20021-title": "Cluster communication failure",
    "alarms.20021-description": "Unable to establish a TCP connection with {peers} on ports {ports}",
    "alarms.20021-severity": "Warning",
    "alarms.40049-title": "Cluster TLS permissive",
    "alarms.40049-description": "Cluster TLS verification mode permits invalid certificates",
    "alarms.40049-severity": "Notice",
    "alarms.25030-title": "Reverse DNS Lookup failed",
    "alarms.25030-description": (
        "Failed to do reverse DNS Lookup for address {address} . This can cause MRA login to fail."
    ),
    "alarms.25030-severity": "Error",
    "alarms.25031-title": "Certificate verification failed",
    "alarms.25031-description": (
        "FQDN in PTR record for address {address} does not match with SAN entries presented in certificate of that "
        "Server with IP {address} ."
    ),
    "alarms.25031-severity": "Error",
    "alarms.35013-title": "Unified Communications SSH tunnel failure",
    "alarms.35013-description": "This system cannot communicate with one or more remote hosts: {hosts}",
    "alarms.35013-severity": "Warning",
    "alarms.35014-title": "Unified Communications SSH tunnel notification failure",
    "alarms.35014-description": "This system cannot communicate with one or more remote hosts",
    "alarms.35014-severity": "Warning",
    "alarms.40040-title": "Unified Communications configuration error",
    "alarms.40040-description": (
        "TLS verify mode is not enabled on a traversal zone configured for Unified Communications services"
    ),
    "alarms.40040-severity": "Warning",
    "alarms.40043-title": "Unified Communications configuration error",
    "alarms.40048-title": "Unified Communications configuration error",
    "alarms.40048-description": "Unified Communications services are enabled but SIP TLS is disabled",
    "alarms.40078-title": "Client certificate has expired",
    "alarms.40078-description": "Client certificate expired",
    "alarms.40078-severity": "Critical",
    "alarms.40079-title": "Client certificate is expiring within the configured warning period",
    "alarms.40079-description": "Client certificate expires in {days} days",
    "alarms.40079-severity": "Alert",
    "alarms.45010-title": "Configuration warning",
    "alarms.45010-description": "A peer address for the zone is down or unreachable. Peer not responding",
    "alarms.45010-severity": "Warning",
}

# Cluster Creation and Maintenance Guide X15.4; Certificate Creation and Use guide; TechNote 217230.
CLUSTERS = {
    "clustering.title": "Clustering",
    "clustering.tls-mode": "TLS verification mode",
    "clustering.permissive": "Permissive",
    "clustering.enforcing": "Enforcing",
    "clustering.this-system": "This system",
    "clustering.certificate-invalid": "Certificate: Invalid ...",
    "clustering.database-active": "Active",
}

# TechNotes 117811, 118798, 212475, 213863, 217230, 218018, 221845 and 225746; Mobile and Remote Access guide.
LOGS = {
    "log_lines.outbound-tls-error": (
        'Event="Outbound TLS Negotiation Error" Service="SIP" Src-ip="{src_ip}" Src-port="{src_port}" '
        'Dst-ip="{dst_ip}" Dst-port="{dst_port}" Detail="{detail}" Protocol="TLS" Common-name="{common_name}"'
    ),
    "log_lines.inbound-tls-error": (
        'Event="Inbound TLS Negotiation Error" Service="SIP" Src-ip="{src_ip}" Src-port="{src_port}" '
        'Dst-ip="{dst_ip}" Dst-port="{dst_port}" Detail="{detail}" Protocol="TLS"'
    ),
    "log_lines.authentication-failed": (
        'Event="Authentication Failed" Service="SIP" Src-ip="{src_ip}" Detail="Incorrect authentication credential '
        'for user" Protocol="TLS" Method="OPTIONS"'
    ),
    "log_lines.tcp-closed": (
        'Module="network.tcp" Level="DEBUG": Detail="TCP Connection Closed" Reason="{reason}"'
    ),
    "log_lines.handshake-failed": (
        'Module="developer.ssl" Level="ERROR" CodeLocation="ppcmains/ssl/ttssl/ttssl_openssl.cpp(68)" '
        'Method="::TTSSLErrorOutput" Thread="{thread}": TTSSL_continueHandshake: Failed to establish SSL connection '
        'iResult="-1" error="1" bServer="true" localAddress="[\'IPv4\'\'TCP\'\'{dst_ip}:{dst_port}\']" '
        "remoteAddress=\"['IPv4''TCP''{src_ip}:{src_port}']\" ssl_error_reason=\"error:14089086:SSL "
        'routines:ssl3_get_client_certificate:certificate verify failed"'
    ),
    "log_lines.peer-common-name": (
        'Module="developer.ssl" Level="DEBUG" Method="::TTSSL_retrieveCommonName" Detail="Found common name in peer '
        'certificate" CommonName="{common_name}"'
    ),
    "log_lines.peer-alternative-name": (
        'Module="developer.ssl" Level="DEBUG" Method="::TTSSL_retrieveAltNames" Detail="Found DNS alt-name in peer '
        'certificate" AltName="{name}"'
    ),
    "log_lines.secure-registration-failed": "Failed to establish SSL connection",
    "log_lines.portforwarding-failed": (
        "Application failed - An unexpected software error was detected in portforwarding.pyc"
    ),
    "log_lines.cvs-invalid-hostname": (
        'Module="Jabber" Level="WARN " CodeLocation="cvsservice.cpp:601" Detail="Certificate verification failed '
        'for host={ip}, additional info: Invalid Hostname"'
    ),
    "log_lines.reverse-lookup-failed": (
        'Detail="caught exception: exception in reverseDNSLookup: reverse DNS lookup failed for address={ip}"'
    ),
    "log_lines.traffic-server-verification-failed": (
        "[ET_NET 0] WARNING: Core server certificate verification failed for ({name}). Action=Terminate "
        "Error={detail} server={name}({ip}) depth={depth}"
    ),
    "log_lines.traffic-server-sni": (
        "[ET_NET 2] WARNING: SNI ({name}) not in certificate. Action=Terminate server={name}({ip})"
    ),
    "log_lines.traffic-server-connection-failed": (
        "[ET_NET 0] ERROR: SSL connection failed for '{name}': error:1416F086:SSL "
        "routines:tls_process_server_certificate:{error}"
    ),
    "log_lines.traffic-server-alert": (
        "[ET_NET 1]ERROR:SSL connection failed for '{name}':error:{code}: SSL routines:ssl3_read_bytes:{alert}"
    ),
    "log_lines.traffic-server-request": (
        'Module="network.http.trafficserver" Level="DEBUG": Detail="Sending Request" Dst-port="{dst_port}"'
    ),
    "log_lines.http-502": 'Detail="Sending Response" Msg="HTTP/1.1 502 connect failed "',
    "log_lines.configuration-changed": (
        "Event=\"System Configuration Changed\" Detail=\"{path} - changed from: '{old}' to: '{new}'\" "
        'Src-ip="{src_ip}" User="{user}"'
    ),
    "log_lines.alarm-raised": (
        'Level="WARN" Event="Alarm Raised" Id="{id}" UUID="{uuid}" Severity="{severity}" '
        'Detail="{title}: {description}"'
    ),
    "log_lines.jabber-cn-no-match": "Verification result : FAILURE reason : [CN_NO_MATCH UNKNOWN]",
    "log_lines.jabber-identity-failed": "Verification of identity: '{url}' failed.",
    "log_lines.jabber-validation-error": "CERTIFICATE_VALIDATION_ERROR",
    "log_lines.jabber-certificate-failure": "LERR_JABBER_CERT <15>: Certificate Failure",
    "log_lines.jabber-cup-certificate": "LERR_CUP_CERT <11>",
    "log_lines.jabber-unresolved-host": "UNRESOLVED_HOST_ERROR",
    "log_lines.jabber-no-srv": "ServiceDiscoveryNoSRVRecordsFound",
    "log_lines.jabber-xauth-cookie": (
        "XAuth Cookie expiration time is invalid or not available. Attempting to Failover ."
    ),
    "log_details.identity-unacceptable": "Peer's TLS certificate identity was unacceptable",
    "log_details.remote-disconnect": "No SSL error available, probably remote disconnect",
    "log_details.no-certificate-returned": "no certificate returned",
    "log_details.eof": "Got EOF on socket",
    "log_details.verify-failed": "certificate verify failed",
    "log_details.verify-18": "self signed certificate",
    "log_details.verify-19": "self signed certificate in certificate chain",
    "log_details.alert-certificate-unknown": "sslv3 alert certificate unknown",
    "log_details.alert-unknown-ca": "tlsv1 alert unknown ca",
    "event_log.title": "Event Log",
    "event_log.inbound-tls": "Inbound TLS Negotiation Error",
    "event_log.outbound-tls": "Outbound TLS Negotiation Error",
    "event_log.tls": "TLS Negotiation Error",
    "event_log.tls-told": "Transport Layer Security (TLS) connection failed to negotiate.",
    "event_log.certificate-management": "Certificate Management",
    "event_log.certificate-management-told": (
        "Indicates that security certificates have been uploaded. See the Detail event parameter for more information."
    ),
    "event_log.alarm-raised": "Alarm raised",
    "event_log.alarm-lowered": "Alarm lowered",
    "event_log.alarm-acknowledged": "Alarm acknowledged",
    "event_log.configuration-changed": "System Configuration Changed",
    "event_log.restart-requested": "Restart Requested",
}

# Administrator Guide (Zones and Neighbors, Unified Communications, Status, Reference Material); TechNotes 118798,
# 210800 and 217743; py-expressway's status.xml.
ZONES = {
    "zones.title": "Zones",
    "zones.column-status": "H.323 / SIP status",
    "zones.name": "Name",
    "zones.type": "Type",
    "zones.type-unified-communications": "Unified Communications traversal",
    "zones.credentials-heading": "Connection credentials",
    "zones.username": "Username",
    "zones.password": "Password",
    "zones.edit-database": "Add/Edit local authentication database",
    "zones.credential-name": "Name",
    "zones.credential-password": "Password",
    "zones.create-credential": "Create credential",
    "zones.sip-heading": "SIP",
    "zones.port": "Port",
    "zones.tls-verify-mode": "TLS verify mode",
    "zones.tls-verify-subject-name": "TLS verify subject name",
    "zones.media-encryption-mode": "Media encryption mode",
    "zones.force-encrypted": "Force encrypted",
    "zones.on": "On",
    "zones.off": "Off",
    "zones.authentication-policy": "Authentication policy",
    "zones.do-not-check-credentials": "Do not check credentials",
    "zones.location-heading": "Location",
    "zones.peer-address": "Peer {number} address",
    "zones.retry-interval": "Retry interval",
    "zones.create": "Create zone",
    "zones_status.title": "Zones",
    "zones_status.column-status": "H.323 / SIP status",
    "zones_status.off": "Off",
    "zones_status.active": "Active",
    "zones_status.on": "On",
    "zones_status.failed": "Failed",
    "zones_status.checking": "Checking",
    "zones_status.address-resolvable": "Address resolvable",
    "zones_status.system-unreachable": "System unreachable",
    "zones_status.connect-failed": "Connect failed",
    "zones_status.invalid-ip-address": "Invalid IP address",
    "unified_communications.title": "Unified Communications",
    "unified_communications.waiting": (
        "Configured but with errors. Provisioning server: Waiting for traversal server info."
    ),
    "unified_communications.inactive": "Inactive",
    "unified_communications.cucm-heading": "Unified CM servers",
    "tunnels_status.title": "Unified Communications SSH tunnels status",
}

# Mobile and Remote Access guide; Administrator Guide (Managing Security, Network and System Settings).
PAGES = {
    "cucm_servers.title": "Unified CM servers",
    "cucm_servers.publisher-address": "Unified CM publisher address",
    "cucm_servers.username": "Username",
    "cucm_servers.password": "Password",
    "cucm_servers.tls-verify-mode": "TLS verify mode",
    "cucm_servers.on": "On",
    "cucm_servers.off": "Off",
    "cucm_servers.gcm": "AEM GCM media encryption",
    "cucm_servers.deployment": "Deployment",
    "cucm_servers.add": "Add Address",
    "cucm_servers.refresh": "Refresh Servers",
    "secure_traversal_test.title": "Secure traversal test",
    "secure_traversal_test.tls-verify-name": "TLS verify name",
    "secure_traversal_test.test": "Test connection",
    "secure_traversal_test.cannot-be-reached": "{name} cannot be reached",
    "ssh_configuration.title": "SSH configuration",
    "ssh_configuration.tunnel-heading": "Tunnel configuration",
    "ssh_configuration.ciphers": "Ciphers",
    "ssh_configuration.ciphers-value": "aes256-ctr",
    "ssh_configuration.public-key-algorithms": "Public Key Algorithms",
    "ssh_configuration.key-exchange": "Key Exchange",
    "ssh_configuration.key-exchange-value": "ecdh-sha2-nistp256",
    "ssh_configuration.x509v3-rsa2048-sha256": "x509v3-rsa2048-sha256",
    "ssh_configuration.x509v3-ecdsa-sha2-nistp256": "x509v3-ecdsa-sha2-nistp256",
    "ssh_configuration.x509v3-ecdsa-sha2-nistp384": "x509v3-ecdsa-sha2-nistp384",
    "ssh_configuration.x509v3-ecdsa-sha2-nistp521": "x509v3-ecdsa-sha2-nistp521",
    "dns_page.host-name": "System host name",
    "dns_page.domain-name": "Domain name",
    "administration.title": "Administration",
    "administration.client-certificates": "Client certificate-based security",
    "administration.client-certificates-not-required": "Not required",
    "administration.client-certificates-validation": "Certificate validation",
    "administration.client-certificates-authentication": "Certificate-based authentication",
    "administration.crl-checking": "Certificate revocation list (CRL) checking",
    "administration.crl-checking-none": "None",
    "administration.crl-checking-peer": "Peer",
    "administration.crl-checking-all": "All",
    "administration.crl-fallback": "CRL inaccessibility fallback behavior",
    "administration.crl-fallback-not-revoked": "Treat as not revoked",
    "administration.crl-fallback-revoked": "Treat as revoked",
    "overview.title": "Overview",
    "sip.title": "SIP",
    "sip.revocation-heading": "Certificate revocation checking",
    "sip.revocation-mode": "Certificate revocation checking mode",
    "sip.use-ocsp": "Use OCSP",
    "sip.use-crls": "Use CRLs",
    "sip.allow-downloads": "Allow CRL downloads from CDPs",
    "sip.fallback": "Fallback behavior",
    "sip.treat-as-revoked": "Treat as revoked",
    "sip.treat-as-not-revoked": "Treat as not revoked",
}

SEEN = {**ALARMS, **CLUSTERS, **LOGS, **ZONES, **PAGES}
