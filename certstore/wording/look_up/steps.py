"""Steps that many cures share, with the product's menu paths and button words."""

APPEND_HERE = (
    "Get every CA certificate of the chain, from the issuing CA up to the self-signed root.",
    "Navigate to Maintenance > Security > Trusted CA certificate, select the file and then "
    '"Append CA certificate". Repeat this for each of them.',
)
APPEND_ON_BOTH = (
    "Get every CA certificate of both servers' chains, the intermediate ones included.",
    "On every Expressway-C and every Expressway-E: navigate to Maintenance > Security > Trusted CA "
    'certificate, select the file and then "Append CA certificate". The list is not copied between '
    "servers or peers.",
)
RESTART = "Restart the server: Maintenance > Restart options."
UPLOAD_LEAF = (
    "Navigate to Maintenance > Security > Server certificate, select the certificate alone, without its "
    'chain, and then "Upload server certificate data".',
    RESTART,
)
NEW_CSR = (
    'Navigate to Maintenance > Security > Server certificate and select "Generate CSR"; type the missing '
    'names under "Additional alternative names (comma separated)", without "DNS:".',
    'Select "Download", have the request signed, and do not discard it.',
    *UPLOAD_LEAF,
)
BOTH_USAGES = (
    "Have the certificate issued anew with both usages, TLS Web Server Authentication and TLS Web Client "
    "Authentication; with Microsoft's CA that is another template than the web server's.",
    "Look at the new certificate before the upload: both must stand under Extended Key Usage.",
    *UPLOAD_LEAF,
)
CUCM_TRUST = (
    "On the CUCM publisher, upload root and every intermediate CA of the Expressway-C's certificate as "
    "tomcat-trust and as CallManager-trust.",
    "Restart Cisco CallManager, Cisco TFTP and Cisco Tomcat (utils service restart Cisco Tomcat) on every "
    "node; HAProxy restarts with Tomcat.",
)
REFRESH_CUCM = (
    "On the Expressway-C, navigate to Configuration > Unified Communications > Unified CM servers and select "
    '"Refresh Servers".'
)
TRAVERSAL_TEST = (
    "On the Expressway-C, navigate to Maintenance > Security > Secure traversal test, type the "
    'Expressway-E\'s FQDN and the TLS verify name, and select "Test connection".'
)
TUNNEL_STATUS = (
    "Navigate to Status > Unified Communications and follow the link at its foot to the SSH tunnels."
)
CHECK_TIME = "Check the time of both servers: System > Time. Both should follow NTP."
RENEW_CERTIFICATE = (
    'Navigate to Maintenance > Security > Server certificate and select "Generate CSR" with the names of the '
    "present certificate.",
    "Have it signed. If another CA signed it than last time, append its CA certificates on this server and "
    "on the ones across first.",
    *UPLOAD_LEAF,
)
