"""What is said about Expressway-C and Unified CM, who look at each other's certificates: `unified-cm.*`."""

from certstore.pki.codes import Code
from certstore.wording.evidence import Basis, Explanation, Sure
from certstore.wording.sources import cite, ours, paraphrased

_SERVICES = (
    "Restart the services on every node of Unified CM: Cisco CallManager, Cisco TFTP, Cisco Tomcat and Cisco "
    "HAProxy. Until then they work with the lists they loaded before.",
)
_APPEND = (
    "On {looker}, and on every other Expressway-C: Maintenance > Security > Trusted CA certificate.",
    'Select "Choose File", pick the CA certificate {name}, then select "Append CA certificate".',
)
_MEANWHILE = (
    "To win time only: xConfiguration EdgeConfigServer VerifyOriginServer: Off, on each Expressway-C. The check is "
    "off then."
)
_REFRESH = (
    "Then, on Expressway-C: Configuration > Unified Communications > Unified CM servers, refresh the servers."
)
_CHECKED = (
    f"{cite('T218018')} and {cite('RN142')}: from X14.2 on the traffic server checks the certificate of every server "
    f"that it forwards to; {cite('T225476')} names X14.0.8 as the first."
)
_MODE = f"{cite('MRA152')}: TLS verify mode."

_AT_UNIFIED_CM: dict[Code, Explanation] = {
    Code.UNIFIED_CM_CA_MISSING: Explanation(
        paraphrased("A CA certificate of {other} is not in {store} of {looker}", "T217748"),
        "From X14.0.2 on {other} shows its certificate to Unified CM, on port {port} and on others but 8443, even "
        "where TLS verify mode is off. The CA {name} is not in {store} of {looker}, as its services have loaded it. It "
        "issued {below}; its key identifier is {key_id}. Root and intermediate CAs belong into tomcat-trust and into "
        "CallManager-trust.",
        (
            "On the publisher of Unified CM: Security > Certificate Management, upload {name} as tomcat-trust and as "
            "CallManager-trust. Do the same for every other CA of the chain.",
            *_SERVICES,
        ),
        Sure(
            Basis.SUPPORT,
            f"{cite('T217748')}, {cite('T217743')} and {cite('T225746')}. {cite('MRA152')} asks for the root alone; "
            "here all of the chain is needed.",
        ),
    ),
    Code.UNIFIED_CM_REFUSES: Explanation(
        ours("{looker} refuses the certificate of {other}"),
        "With {store} Unified CM refuses the chain of {other}: OpenSSL's error {number}, at {name}.",
        (
            "Upload the certificate to a practice server here: the result says what is wrong with its chain.",
            "Have the certificate, or the CA, issued anew without that fault, and exchange it on both sides.",
            *_SERVICES,
        ),
        Sure(Basis.OUR_READING, "What Unified CM looks at beside its lists was found in no document."),
    ),
    Code.UNIFIED_CM_NO_CLIENT_AUTH: Explanation(
        ours("The certificate that {other} shows to Unified CM does not allow client authentication"),
        "The extended key usage of the certificate is: {eku}. On port {port} {other} is the client, so TLS Web Client "
        "Authentication was expected.",
        (
            "Have a certificate with client authentication issued for {other}; a private CA can do that.",
            "Load it, from X15.5 on as client certificate, and restart: Maintenance > Restart options.",
        ),
        Sure(
            Basis.OUR_READING,
            f"{cite('AG-SEC', 'X15.5')}: there it shows its client certificate. That Unified CM refuses one without "
            "the usage is how OpenSSL judges a client; no document describes it.",
        ),
    ),
    Code.UNIFIED_CM_NOT_STORED: Explanation(
        paraphrased("The certificate of {other} itself is not in {store} of {looker}", "MRA152"),
        "The cluster is in mixed mode, for which the guide wants the certificate of {other} itself in tomcat-trust and "
        "in CallManager-trust, beside its CAs. It works here without it.",
        (
            "To follow the guide: Security > Certificate Management on Unified CM, upload the certificate as "
            "tomcat-trust and as CallManager-trust, after every renewal.",
            *_SERVICES,
        ),
        Sure(
            Basis.OUR_READING,
            f"{cite('MRA152')} asks for it. {cite('T225746')}, of January 2026, cures a cluster in mixed mode with the "
            "CAs alone; so a missing one fails nothing here.",
        ),
    ),
}

_AT_EXPRESSWAY: dict[Code, Explanation] = {
    Code.UNIFIED_CM_NOT_TRUSTED: Explanation(
        paraphrased("{looker} does not trust the CA of the {kind} certificate of {other}", "T218018"),
        "On port {port} {other} shows its {kind} certificate. The CA {name} is not in the list of {looker}; it issued "
        "{below}, and its key identifier is {key_id}.",
        (*_APPEND, _MEANWHILE),
        Sure(Basis.SUPPORT, _CHECKED),
    ),
    Code.UNIFIED_CM_SELF_SIGNED: Explanation(
        paraphrased("The {kind} certificate of {other} is self-signed and not trusted", "T218018"),
        "On port {port} {other} shows its {kind} certificate, which no CA has signed and which is not in the list of "
        "{looker}: {name}. From X14.2 on Expressway-C and Unified CM prefer ECDSA certificates, which are often left "
        "self-signed: then 8443 answers and 6972 fails.",
        (
            "On Unified CM: Security > Certificate Management, have the {kind} certificate signed by a CA that the "
            "Expressway-C trusts.",
            *_SERVICES,
            'Or append the certificate itself on every Expressway-C, with "Append CA certificate".',
            "Or have Unified CM prefer its RSA certificates (cipher preference).",
            _MEANWHILE,
        ),
        Sure(Basis.SUPPORT, _CHECKED),
    ),
    Code.UNIFIED_CM_SAME_SUBJECT: Explanation(
        paraphrased("Another certificate of the same name hides the one of {other}", "MRA152", "T118798"),
        "The list of {looker} has what the {kind} certificate of {other} needs, and another one with the same subject "
        "stands above it: {name}. Of two self-signed certificates with one name only one is trusted, so either HTTPS "
        "or SIP fails.",
        (
            "Have one of the two signed by a CA: Security > Certificate Management on Unified CM.",
            'If the other one is old: tick it on Maintenance > Security > Trusted CA certificate and select "Delete".',
        ),
        Sure(
            Basis.SUPPORT,
            f"{cite('MRA152')} and {cite('T118798')}, bug CSCun30200; {cite('T213872')} of CAs. The setting of the lab "
            "for CAs of the same subject decides here.",
        ),
    ),
    Code.UNIFIED_CM_NOT_VALID: Explanation(
        paraphrased("A certificate in the chain of {other} is not valid now", "T221624"),
        "In the chain of the {kind} certificate on port {port}, {name} is valid from {start} to {end}. By the clock of "
        "{looker} it is not valid now.",
        (
            "Look at the clocks of both servers first: they have to agree.",
            "Have the certificate renewed on Unified CM (Security > Certificate Management), or get the CA's successor "
            'and append it on every Expressway-C with "Append CA certificate".',
            *_SERVICES,
        ),
        Sure(Basis.SUPPORT, f"{cite('T221624')}: the date has to be within the validity period. {_CHECKED}"),
    ),
    Code.UNIFIED_CM_CHAIN_REFUSED: Explanation(
        ours("{looker} refuses the {kind} certificate of {other}"),
        "On port {port} OpenSSL refuses the chain of the {kind} certificate: error {number}, at {name}.",
        (
            "Have the certificate, or the CA, issued anew without that fault: Security > Certificate Management on "
            "Unified CM.",
            *_SERVICES,
        ),
        Sure(Basis.OUR_READING, "The traffic server judges with OpenSSL. No document describes this case."),
    ),
    Code.UNIFIED_CM_OTHER_NAME: Explanation(
        paraphrased("{address} is no name of the {kind} certificate of {other}", "T218018"),
        "Clients are told to use {address}, the entry of this server under System > Server at the last refresh. On "
        "port {port} the {kind} certificate has no such name.",
        (
            "On Unified CM: System > Server, enter the server under its full name, which its certificates have.",
            "Or have the certificates issued anew with that name.",
            _REFRESH,
            _MEANWHILE,
        ),
        Sure(Basis.SUPPORT, _CHECKED),
    ),
    Code.UNIFIED_CM_TYPED_NAME: Explanation(
        paraphrased("{address} is no name of the {kind} certificate of {other}", "MRA152"),
        "TLS verify mode is on, so the publisher address that was typed on Expressway-C, {address}, has to be a name "
        "of the {kind} certificate on port {port}.",
        (
            "On Expressway-C: Configuration > Unified Communications > Unified CM servers, type the full name that is "
            "in the certificate.",
            "Or set TLS verify mode to Off there: discovery then takes any certificate.",
        ),
        Sure(Basis.DOCUMENTED, _MODE),
    ),
    Code.UNIFIED_CM_ONE_USAGE: Explanation(
        paraphrased("The {kind} certificate of {other} lacks one of the two usages", "T213872"),
        "The extended key usage of the {kind} certificate is: {eku}. Server and client authentication were expected, "
        "because Unified CM also opens a connection back to Expressway-C.",
        (
            "Have the {kind} certificate issued anew with both: Security > Certificate Management on Unified CM.",
            *_SERVICES,
        ),
        Sure(Basis.SUPPORT, f"{cite('T213872')}: the CallManager certificate needs both."),
    ),
}

EXPLANATIONS: dict[Code, Explanation] = {**_AT_UNIFIED_CM, **_AT_EXPRESSWAY}
