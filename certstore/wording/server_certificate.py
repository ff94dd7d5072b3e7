"""The words of Maintenance > Security > Server certificate, and what is said about a server certificate."""

from certstore.pki.codes import Code
from certstore.wording.evidence import Basis, Explanation, Sentence, Sure
from certstore.wording.sources import cite, ours, paraphrased, recalled, seen, seen_in

_FROM_X1402 = "X14.0.2, X14.3, X15.0, X15.4, X15.5"
_X1550 = "X15.5"

SENTENCES: dict[str, Sentence] = {
    "title": seen("Server certificate", "AG-SEC"),
    # What is loaded.
    "data-heading": seen("Server certificate data", "T215405", "CG-VIEW", "T217748"),
    "server-certificate": seen("Server certificate", "T215405", "CG-VIEW", "T217748"),
    "show-decoded": seen("Show (decoded)", "T215405", "CG-VIEW", "T217748"),
    "show-pem": seen("Show (PEM file)", "T215405", "CG-VIEW", "T217748"),
    "expires-on": seen("Currently loaded certificate expires on", "T215405", "CG-VIEW", "T217748"),
    "issuer": recalled("Certificate Issuer"),
    "reset": seen("Reset to default server certificate", "T215405", "CG-VIEW", "T217748"),
    "hsm-key-handle": seen("Download HSM key handle", "AG-SEC"),
    "acme-heading": seen("ACME Certificate Service", "CG-ACME"),
    # The request.
    "csr-heading": seen("Certificate signing request (CSR)", "CG-CSR", "T215405", "T218034"),
    "csr-none": recalled("There is no certificate signing request in progress"),
    "csr-request": recalled("Certificate request"),
    "csr-generated-on": recalled("Generated on"),
    "csr-generate": seen("Generate CSR", "CG-CSR", "T215405", "T218034"),
    "csr-show-decoded": seen("Show (decoded)", "CG-CSR", "T215405", "T218034"),
    "csr-show-pem": seen("Show (PEM file)", "CG-CSR", "T215405", "T218034"),
    "csr-download": seen("Download", "CG-CSR", "T215405", "T218034"),
    "csr-discard": seen("Discard CSR", "CG-CSR", "T215405", "T218034"),
    # The upload.
    "upload-heading": seen("Upload new certificate", "CG-OPENSSL", "T212475", "CG-LOAD"),
    "select-key": seen("Select the server private key file", "CG-OPENSSL", "T212475", "CG-LOAD"),
    "select-certificate": seen("Select the server certificate file", "CG-OPENSSL", "T212475", "CG-LOAD"),
    "reuse-key": seen_in("Re-use current private key", "CG-LOAD", "X14.0 to X15.5"),
    "key-from-csr": recalled("System will use the private key file generated at the same time as the CSR."),
    "copy-as-client": seen_in("Copy server certificate file as client certificate", "AG-SEC", _X1550),
    "upload": seen("Upload server certificate data", "CG-OPENSSL", "T212475", "CG-LOAD"),
    # What became of it.
    "upload-failed": seen_in("File upload failed.", "CG-LOAD", _FROM_X1402),
    "accepted": recalled(
        "Files uploaded: Server certificate updated, however a restart is required for this to take effect."
    ),
    "confirm-reset": ours(
        "Reset to the default server certificate? The loaded certificate is replaced; a restart is required."
    ),
    "was-reset": ours(
        "The server certificate was reset to default. A restart is required for this to take effect."
    ),
    "cancel": ours("Cancel"),
}

_UPLOAD = 'Upload the new certificate: "Upload server certificate data".'
_NEW_ONE = (
    "Make a new request with the right content and have a new certificate issued.",
    _UPLOAD,
)
_FQDN_RULE = (
    "A fully qualified domain name was expected: levels of letters, digits and hyphens with dots between "
    "them, the last one beginning with a letter. A bare host name or an IP address is none."
)
_FQDN = Sure(Basis.DOCUMENTED, f"{cite('CG-LOAD', _FROM_X1402)}: refused, with this sentence.")
_IMPLIED = "That the upload itself is accepted is implied there, not stated."
_BOTH_USAGES = (
    "Have the certificate issued anew with both usages, server and client authentication: from a template "
    "or a product of the CA that keeps both.",
    "Look at the new certificate before the upload: both must stand in it.",
    _UPLOAD,
)
_WEAK = Sure(
    Basis.OUR_READING,
    f'{cite("CG-LOAD")}: a certificate that "does not have an acceptable level of security" is warned '
    "about, and the upload is not prevented. Which keys and digests are meant is not stated: RSA below "
    "2048 bits, SHA-1 and MD5 are our reading.",
)

_REFUSED: dict[Code, Explanation] = {
    Code.CHAIN_FILE: Explanation(
        paraphrased("The file must hold the server certificate only", "T218034"),
        "{file} holds {certificates} certificates. One was expected: the server's own, without the CAs "
        "above it.",
        (
            'Take the server certificate out of the file, as one file. "Download as Base-64" here splits it.',
            "Append the CA certificates on Maintenance > Security > Trusted CA certificate: select "
            '"Choose File", then "Append CA certificate".',
            'Upload the file with the server certificate alone: "Upload server certificate data".',
        ),
        Sure(
            Basis.OUR_READING,
            f'{cite("T218034")}: the file must hold "only the Expressway server certificate and not the '
            'full certificate chain". That such a file is refused is our reading; no document gives the '
            "result.",
        ),
    ),
    Code.CN_NOT_FQDN: Explanation(
        seen_in("Common name must be a valid FQDN", "CG-LOAD", _FROM_X1402),
        "The Common Name of the certificate is {name}. " + _FQDN_RULE,
        _NEW_ONE,
        _FQDN,
    ),
    Code.SAN_NOT_FQDN: Explanation(
        seen_in("Subject alternative name must be a valid FQDN", "CG-LOAD", _FROM_X1402),
        "Among the Subject Alternative Names of the certificate is {name}. " + _FQDN_RULE,
        _NEW_ONE,
        _FQDN,
    ),
    Code.WILDCARD: Explanation(
        paraphrased("Wildcard certificates are not supported", "CG-ABOUT"),
        "The certificate has the wildcard name {name}. The full name of each server was expected.",
        _NEW_ONE,
        Sure(
            Basis.OUR_READING,
            f"{cite('CG-ABOUT')}: wildcard certificates are not supported. Whether the upload refuses one "
            "is not stated; by the rule for FQDNs it is no valid one.",
        ),
    ),
    Code.NO_CLIENT_AUTH: Explanation(
        paraphrased("The certificate must allow TLS Web Client Authentication", "T225482", "T213872"),
        "The extended key usage of the certificate is: {eku}. TLS Web Client Authentication was expected "
        "as well, because an Expressway is the client of many of its connections.",
        _BOTH_USAGES,
        Sure(
            Basis.SUPPORT,
            f"{cite('T225482')} and {cite('T213872')}: before X15.4 a certificate without client "
            "authentication is refused, on Expressway-C and on Expressway-E; on X15.4 on Expressway-C, and on "
            f"Expressway-E while its switch is off. From X15.5 on it is not ({cite('T225693')}).",
        ),
    ),
    Code.NO_SERVER_AUTH: Explanation(
        paraphrased("The certificate must allow TLS Web Server Authentication", "T213872"),
        "The extended key usage of the certificate is: {eku}. TLS Web Server Authentication was expected "
        "as well.",
        _BOTH_USAGES,
        Sure(
            Basis.SUPPORT,
            f"{cite('T213872')}: an error when uploaded if both usages are not applied. That X15.5 still asks "
            "for this one of a server certificate is our reading.",
        ),
    ),
    Code.NO_EKU: Explanation(
        ours("The certificate must allow TLS Web Server Authentication and TLS Web Client Authentication"),
        "The certificate has no extended key usage at all. Server and client authentication were expected.",
        _BOTH_USAGES,
        Sure(
            Basis.OUR_READING,
            "No document says what becomes of a certificate without the extension before X15.5. "
            f"{cite('T213872')} speaks of an error when both usages are not applied. From X15.5 on it is taken "
            f"here: {cite('AG-SEC', _X1550)} says so of the client certificate.",
        ),
    ),
}

_ON_X154 = "On X15.4 Expressway-E takes a certificate without client authentication only while a switch is on"
_SWITCHED: dict[Code, Explanation] = {
    Code.SWITCH_IS_OFF: Explanation(
        paraphrased("EnableServerEkuUpload is off", "T225482"),
        _ON_X154 + ". It is off.",
        (
            "Turn it on at the server's command line: "
            "xConfiguration XCP TLS Certificate CVS EnableServerEkuUpload: On. In a lab here it stands in Lab "
            "settings.",
            _UPLOAD,
            "Run X15.4 or later on the Expressway-C as well, or registrations over MRA fail.",
        ),
        Sure(
            Basis.SUPPORT,
            f"{cite('T225482')}: the switch, and that uploads are refused while it is off. Which way it stands "
            "on a new server is not printed; off is our reading.",
        ),
    ),
    Code.TAKEN_BY_SWITCH: Explanation(
        paraphrased("EnableServerEkuUpload is on", "T225482"),
        _ON_X154
        + ". It is on, so this one is taken. Neighbor zones with TLS verify on fail with it, and so do "
        "registrations over MRA while the Expressway-C runs an older release.",
        (
            "Run X15.4 or later on the Expressway-C as well.",
            "On neighbor zones use a certificate with both usages, or turn TLS verify off.",
        ),
        Sure(Basis.SUPPORT, f"{cite('T225482')}: the switch, and what still fails with such a certificate."),
    ),
    Code.NO_CLIENT_CERTIFICATE: Explanation(
        paraphrased("This server certificate cannot be the client certificate", "AG-SEC", "T225693"),
        "From X15.5 on the Expressway opens its own connections with a client certificate that it keeps beside "
        "this one. This one does not allow client authentication: with a copy of it as client certificate the "
        "SSH tunnels to the Expressway-E never come up, and the traversal zone fails while the Expressway-E "
        "checks extended key usages.",
        (
            "Keep a certificate with client authentication as the client certificate of the Expressway-C: a "
            "private CA can issue one.",
            "Trust that CA on the Expressway-E, and on Unified CM.",
        ),
        Sure(
            Basis.DOCUMENTED,
            f"{cite('AG-SEC', _X1550)}: SSH tunnel compatibility. {cite('T225693')}: test cases 1, 2 and 2.1.",
        ),
    ),
}

_WARNED: dict[Code, Explanation] = {
    Code.NO_CN: Explanation(
        paraphrased("The server certificate has no Common Name (CN)", "CG-LOAD"),
        "The subject of the certificate has no Common Name. The upload goes through, alarm 40052 is "
        "raised, and some services do not work.",
        _NEW_ONE,
        Sure(
            Basis.DOCUMENTED,
            f"{cite('CG-LOAD')}: warned about, not prevented. {cite('AG-REF')}: alarm 40052.",
        ),
    ),
    Code.NO_SAN: Explanation(
        ours("The server certificate has no Subject Alternative Name"),
        "The certificate has no Subject Alternative Names. Callers look for a server's name there.",
        _NEW_ONE,
        Sure(
            Basis.OUR_READING, "No document says what the upload makes of it. Today's clients ignore the CN."
        ),
    ),
    Code.WEAK_KEY: Explanation(
        paraphrased("The server certificate's key of {bits} bits is not secure enough", "CG-LOAD"),
        "The RSA key of the certificate has {bits} bits. 2048 or more are expected.",
        ("Make a new request with a key of 2048 or 4096 bits and have a new certificate issued.", _UPLOAD),
        _WEAK,
    ),
    Code.WEAK_DIGEST: Explanation(
        paraphrased("The server certificate's signature with {digest} is not secure enough", "CG-LOAD"),
        "The certificate is signed with {digest}. SHA-256 or stronger is expected.",
        ("Have the certificate issued anew, signed with SHA-256 or stronger.", _UPLOAD),
        _WEAK,
    ),
    Code.VERY_LARGE_KEY: Explanation(
        ours("The server certificate's key has {bits} bits"),
        "The RSA key of the certificate has {bits} bits. The upload goes through; TLS zones may not come "
        "up. 4096 bits are recommended.",
        ("Make a new request with a key of 4096 bits and have a new certificate issued.", _UPLOAD),
        Sure(Basis.DOCUMENTED, f"{cite('CG-TS')}: the later trouble. {_IMPLIED}"),
    ),
    Code.KEY_ALGORITHM_UNTESTED: Explanation(
        ours("The server certificate's key is {algorithm}"),
        "The key of the certificate is {algorithm}. The guides of {release} know RSA; from X14.3 on ECDSA "
        "as well.",
        ("Have the certificate issued for an RSA key of 2048 or 4096 bits.", _UPLOAD),
        Sure(
            Basis.OUR_READING,
            f"{cite('CG-CSR')} and {cite('CG-ABOUT')}: ECDSA since X14.3, DSA untested. What an upload "
            "says to another kind of key is not stated.",
        ),
    ),
    Code.UNSUPPORTED_OID: Explanation(
        ours("The server certificate's names hold the attribute {oid}"),
        "Subject or issuer of the certificate holds {oid}, an attribute without a name. The upload goes "
        "through; SSH tunnels fail with it.",
        ("Ask the CA for a certificate without that attribute in subject and issuer.", _UPLOAD),
        Sure(Basis.DOCUMENTED, f"{cite('CG-TS')} and {cite('CG-ABOUT')}: the later trouble. {_IMPLIED}"),
    ),
    Code.ENDS_AFTER_2050: Explanation(
        ours("The server certificate ends after the year 2050"),
        "The certificate ends on {end}. An end after 2050 may cause problems.",
        ("Have the certificate issued with an earlier end.", _UPLOAD),
        Sure(Basis.DOCUMENTED, f"{cite('CG-ABOUT')}: may cause problems. {_IMPLIED}"),
    ),
    Code.REVOKED_BY_CRL: Explanation(
        ours("A revocation list in the trusted CA list revokes the server certificate"),
        "The trusted CA list holds a CRL of {name} that names this certificate's serial number: it is "
        "revoked.",
        ("Ask the CA why it was revoked, and have a new certificate issued.", _UPLOAD),
        Sure(
            Basis.OUR_READING,
            "No document says whether an upload looks into the CRLs of the list. Here it goes through and "
            "says so.",
        ),
    ),
}

EXPLANATIONS: dict[Code, Explanation] = {**_REFUSED, **_SWITCHED, **_WARNED}
