"""What people paste or type, and the entry that must come first. Typed by hand."""

# Whole lines of each kind, with the addresses, names and times of some site.
LINES = {
    'Jan 29 10:12:01 expc tvcs: Event="Outbound TLS Negotiation Error" Service="SIP" Src-ip="10.48.36.215" '
    'Src-port="25697" Dst-ip="10.48.79.20" Dst-port="7001" Detail="Peer\'s TLS certificate identity was '
    'unacceptable" Protocol="TLS" Common-name="10.48.79.20"': "log-outbound-identity",
    'tvcs: Event="Inbound TLS Negotiation Error" Service="SIP" Src-ip="173.37.149.14" Src-port="45100" '
    'Dst-ip="172.16.2.2" Dst-port="5062" Detail="Peer\'s TLS certificate identity was unacceptable" '
    'Protocol="TLS" Level="1" UTCTime="2016-09-22 14:23:00,421"': "log-inbound-identity",
    '2016-09-22T14:23:00.421+00:00 expe tvcs: Event="Inbound TLS Negotiation Error" Service="SIP" '
    'Src-ip="173.37.149.14" Src-port="45100" Dst-ip="172.16.2.2" Dst-port="5062" Detail="self signed '
    'certificate in certificate chain" Protocol="TLS" Level="1" UTCTime="2016-09-22 14:23:00,421"': (
        "log-self-signed-in-chain"
    ),
    'tvcs: Event="Inbound TLS Negotiation Error" Service="SIP" Src-ip="1.2.3.4" Src-port="1" Dst-ip="5.6.7.8" '
    'Dst-port="5062" Detail="sslv3 alert certificate unknown" Protocol="TLS" Level="1"': "log-certificate-unknown",
    'Event="Inbound TLS Negotiation Error" Service="SIP" Src-ip="1.2.3.4" Dst-port="5061" Detail="No SSL error '
    'available, probably remote disconnect" Protocol="TLS" Level="1" UTCTime="2020-01-02 03:04:05,006"': (
        "log-remote-disconnect"
    ),
    'Event="Outbound TLS Negotiation Error" Service="SIP" Src-ip="1.2.3.4" Detail="No SSL error available, '
    'probably remote disconnect"': "log-remote-disconnect",
    'Module="network.tcp" Level="DEBUG": Src-ip="1.2.3.4" Src-port="25000" Dst-ip="5.6.7.8" Dst-port="5061" '
    'Detail="TCP Connection Closed" Reason="Got EOF on socket"': "log-closed-eof",
    'Module="network.tcp" Level="DEBUG": Src-ip="1.2.3.4" Dst-ip="5.6.7.8" Detail="TCP Connection Closed" '
    'Reason="no certificate returned"': "log-no-certificate-returned",
    'UTCTime="2016-09-22 14:23:00,421" Module="developer.ssl" Level="ERROR" CodeLocation="ppcmains/ssl/ttssl/'
    'ttssl_openssl.cpp(68)" Method="::TTSSLErrorOutput" Thread="0x7f55a5d9e700": TTSSL_continueHandshake: Failed to '
    'establish SSL connection iResult="-1" error="1" bServer="true" '
    "localAddress=\"['IPv4''TCP''172.16.2.2:5062']\" remoteAddress=\"['IPv4''TCP''173.37.149.14:45100']\" "
    'ssl_error_reason="error:14089086:SSL routines:ssl3_get_client_certificate:certificate verify failed"': (
        "log-ttssl-handshake"
    ),
    'Module="developer.ssl" Level="DEBUG" CodeLocation="x(1)" Method="::TTSSL_retrieveCommonName" Thread="0x7f": '
    'Detail="Found common name in peer certificate" CommonName="expe.example.com"': "log-ttssl-common-name",
    'Module="developer.ssl" Level="DEBUG" Method="::TTSSL_retrieveAltNames" Thread="0x7f": Detail="Found DNS '
    'alt-name in peer certificate" AltName="expe.example.com"': "log-ttssl-alt-name",
    'tvcs: Event="Authentication Failed" Service="SIP" Src-ip="10.1.1.1" Src-port="25001" Detail="Incorrect '
    'authentication credential for user" Protocol="TLS" Method="OPTIONS" Level="1"': "log-authentication-failed",
    'XCP_JABBERD[23843]: UTCTime="2014-09-22 19:56:01,661" ThreadID="140139" Module="Jabber" Level="WARN " '
    'CodeLocation="cvsservice.cpp:601" Detail="Certificate verification failed for host=11.22.33.44, additional info: '
    'Invalid Hostname"': "log-xcp-invalid-hostname",
    'XCP_JABBERD[23843]: Module="Jabber" Level="ERROR" Detail="caught exception: exception in reverseDNSLookup: '
    'reverse DNS lookup failed for address=11.22.33.44"': "log-xcp-reverse-dns",
    "2022-07-11T18:57:20.710+02:00 expwyc traffic_server[18242]: [ET_NET 0] WARNING: Core server certificate "
    "verification failed for (cucm.example.com). Action=Terminate Error=self signed certificate "
    "server=cucm.example.com(10.48.36.215) depth=0": "log-traffic-verification-failed",
    "traffic_server[18242]: [ET_NET 2] WARNING: Core server certificate verification failed for (imp.example.com). "
    "Action=Terminate Error=unable to get local issuer certificate server=imp.example.com(10.48.36.216) depth=1": (
        "log-traffic-verification-failed"
    ),
    "traffic_server[1]: [ET_NET 2] WARNING: SNI (10.48.36.215) not in certificate. Action=Terminate "
    "server=10.48.36.215(10.48.36.215)": "log-traffic-sni",
    "traffic_server[1]: [ET_NET 0] ERROR: SSL connection failed for 'cucm.example.com': error:1416F086:SSL "
    "routines:tls_process_server_certificate:certificate verify failed": "log-traffic-connection-failed",
    "2026-01-29T08:11:22.333+00:00 expc traffic_server[2]:[ET_NET 1]ERROR:SSL connection failed for "
    "'cucm.example.com':error:14094418: SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca": (
        "log-traffic-unknown-ca"
    ),
    'Module="network.http.trafficserver" Level="DEBUG": Detail="Sending Request" Txn-id="7" Dst-ip="10.1.1.1" '
    'Dst-port="6972"': "log-traffic-sending-request",
    'Module="network.http.trafficserver" Level="DEBUG": Detail="Sending Response" Txn-id="7" Dst-ip="127.0.0.1" '
    'Msg="HTTP/1.1 502 connect failed "': "log-traffic-502",
    'httpd[15060]: web: Event="System Configuration Changed" Detail="configuration/cluster/tls_verify - changed from: '
    '\'Permissive\' to: \'Enforcing\'" Src-ip="10.1.1.2" Src-port="50912" User="admin" Level="1" '
    'UTCTime="2021-07-01 10:00:00"': "log-cluster-enforcing",
    'alarm: Level="WARN" Event="Alarm Raised" Id="20006" UUID="4e1b0cf1-26d6-4f1e-8bc4-1b6f9ba3a6a1" '
    'Severity="warning" Detail="Cluster database communication failure: The database is unable to replicate with one '
    'or more of the cluster peers" UTCTime="2021-07-01 10:00:00"': "alarm-20006",
    "Application failed - An unexpected software error was detected in portforwarding.pyc": "log-portforwarding",
    "expe.example.com cannot be reached": "log-cannot-be-reached",
    "Restart required - Server certificate and private key have been changed, however a restart is required for this "
    "to take effect.": "alarm-15028",
    "Server certificate validity - Server certificate expires in 12 days": "alarm-40069",
    "FQDN in PTR record for address 203.0.113.9 does not match with SAN entries presented in certificate of that "
    "Server with IP 203.0.113.9 .": "alarm-25031",
    "This system cannot communicate with one or more remote hosts: expe1.example.com, expe2.example.com": (
        "alarm-35013"
    ),
    "error 20 at 0 depth lookup: unable to get local issuer certificate": "openssl-20",
    "exp-e1.pem: C = BE, CN = exp-e1.example.com\nerror 2 at 1 depth lookup:\nunable to get issuer certificate": (
        "openssl-2"
    ),
    "    Verify return code: 19 (self signed certificate in certificate chain)": "openssl-19",
    "verify error:num=10:certificate has expired": "openssl-10",
    "Verification result : FAILURE reason : [CN_NO_MATCH UNKNOWN]": "client-cn-no-match",
    "140230:error:0A000086:SSL routines:tls_post_process_server_certificate:certificate verify failed:ssl/statem/"
    "statem_clnt.c:1889:": "openssl-verify-failed",
}

# A number alone, in the ways in which people write it.
NUMBERS = {
    "40069": "alarm-40069",
    "alarm 40069": "alarm-40069",
    "Alarm ID: 35013": "alarm-35013",
    "  15028\n": "alarm-15028",
    "what is alarm 40052?": "alarm-40052",
    "40005": "alarm-defaults",
    "20": "openssl-20",
    "error 18": "openssl-18",
    "openssl error 26": "openssl-26",
    "14094418": "log-traffic-unknown-ca",
    "1416f086": "log-traffic-connection-failed",
}

# Half a sentence, other case, other quotes, a letter wrong.
PARTS = {
    "identity was unacceptable": "log-outbound-identity",
    "SSLV3 ALERT CERTIFICATE UNKNOWN": "alert-certificate-unknown",
    "no certificate returned": "log-no-certificate-returned",
    "SNI not in certificate": "log-traffic-sni",
    "tlsv1 alert unknown ca": "alert-unknown-ca",
    "valid FQDN": "code-server-certificate-cn-not-fqdn",
    "\u201cCommon name must be a valid FQDN\u201d": "code-server-certificate-cn-not-fqdn",
    "File upload failed.: Subject alternative name must be a valid FQDN": "code-server-certificate-san-not-fqdn",
    "Subject alternative name must be\r\na valid FQDN": "code-server-certificate-san-not-fqdn",
    "\uff43\uff45\uff52\uff54\uff49\uff46\uff49\uff43\uff41\uff54\uff45 has expired": "openssl-10",
    "self signed certificate in certificate chain": "openssl-19",
    "self\u2011signed certificate": "openssl-18",
    "self singed certificate in certificate chain": "openssl-19",
    "unable to get local isuer certificate": "openssl-20",
    "Cluster TLS permisive": "alarm-40049",
    "does not have a Common Name (CN) attribute": "alarm-40052",
    "Automatic updating of CRL": "alarm-40002",
    "Waiting for traversal server info": "status-uc-waiting",
    "CN_NO_MATCH": "client-cn-no-match",
    "Untrusted server. No services discovered": "client-untrusted-server",
    "Append CA certificate": "words-trusted-ca-append",
    "X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY": "openssl-20",
    "502 Next Hop Connection Failed": "client-502-next-hop",
    "CSCwe09378": "case-14",
    "EnableServerEkuUpload": "code-server-certificate-taken-by-switch",
    "ms-diagnostics 1010": "client-skype-1010",
    "calllservice.ciscospark.com": "case-22",
}

# The six troubles of the source document and others, in a person's own words.
OWN_WORDS = {
    "it says my certificate is in the wrong format": "trouble-format",
    "can't upload the .cer file, invalid format": "trouble-format",
    "upload fails because the CA chain is not trusted": "trouble-untrusted-chain",
    "intermediate certificate is missing when I upload": "trouble-untrusted-chain",
    "traversal zone is down, TLS negotiation error": "trouble-zone",
    "zone failed after we renewed the certificate": "trouble-zone",
    "the zone is up but the ssh tunnels are down": "trouble-ssh-tunnels",
    "tunnels down since the renewal, traversal zone is active": "trouble-ssh-tunnels",
    "users cannot log in over MRA since the upgrade": "trouble-mra-login",
    "jabber login from outside fails after upgrade": "trouble-mra-login",
    "jabber shows a certificate warning from outside": "trouble-jabber-warning",
    "Jabber certificate popup": "trouble-jabber-warning",
    "my CA dropped client authentication": "trouble-client-auth",
    "clientAuth EKU missing": "trouble-client-auth",
    "private key does not match the certificate": "trouble-key-mismatch",
    "uploaded the cert, browser still shows the old one": "trouble-not-shown-yet",
    "underscore in the hostname": "log-portforwarding",
    "cluster replication broken after certificate renewal": "alarm-20006",
    "8443 works but 6972 fails": "log-traffic-verification-failed",
    "wrong traversal password": "log-authentication-failed",
}

EVERYTHING = {**LINES, **NUMBERS, **PARTS, **OWN_WORDS}

NOTHING = [
    "",
    "   ",
    "xyzzy plugh",
    "203.0.113.9",
    "?!. -- ()",
    "2026-11-25 10:00:00",
    "\u200b\u202e\u2066",
    "99999",
    "error 77",
    "ขออภัย",
]
