"""What is called verbatim, typed by hand from the documents: not a word more is, and not a letter differs."""

import pytest

from certstore.wording import all_explanations, all_sentences, explain, sentence
from certstore.wording.evidence import Evidence
from tests.wording.seen_of_connections import SEEN as SEEN_OF_CONNECTIONS

SEEN = {
    **SEEN_OF_CONNECTIONS,
    # Trusted CA certificate: Administrator Guide, TechNotes 217748 and 212475.
    "trusted_ca.title": "Trusted CA certificate",
    "trusted_ca.column-issuer": "Issuer",
    "trusted_ca.column-subject": "Subject",
    "trusted_ca.matches-issuer": "Matches Issuer",
    "trusted_ca.view-decoded": "View (decoded)",
    "trusted_ca.show-all-decoded": "Show all (decoded)",
    "trusted_ca.show-all-pem": "Show all (PEM file)",
    "trusted_ca.delete": "Delete",
    "trusted_ca.append": "Append CA certificate",
    "trusted_ca.reset": "Reset to default CA certificate",
    "trusted_ca.upload-heading": "Upload",
    "trusted_ca.select-file": "Select the file containing trusted CA certificates",
    "trusted_ca.choose-file": "Choose File",
    # Client certificate, its testing, CRL management: Administrator Guide X15.5; TechNote 213872.
    "client_certificate.title": "Client certificate",
    "client_certificate.client-certificate": "Client certificate",
    "client_certificate.show-decoded": "Show (decoded)",
    "client_certificate.show-pem": "Show (PEM file)",
    "client_certificate.reset": "Reset to default",
    "client_certificate.upload-heading": "Upload new certificate",
    "client_certificate.select-key": "Select the client private key file",
    "client_certificate.select-certificate": "Select the client certificate file",
    "client_certificate.upload": "Upload client certificate data",
    "client_certificate.csr-generate": "Generate CSR",
    "client_certificate.csr-discard": "Discard CSR",
    "client_certificate.csr-show-decoded": "Show (decoded)",
    "client_certificate.csr-show-pem": "Show (PEM file)",
    "csr.discard": "Discard CSR",
    "client_certificate_testing.title": "Client certificate testing",
    "client_certificate_testing.source": "Certificate source",
    "client_certificate_testing.source-file": "Upload Test File (pem format)",
    "client_certificate_testing.check": "Check certificate",
    "client_certificate_testing.results": "Certificate test results",
    "crl_management.title": "CRL management",
    "crl_management.automatic-heading": "Automatic CRL updates",
    "crl_management.automatic": "Automatic CRL updates",
    "crl_management.disabled": "Disabled",
    "crl_management.daily-time": "Daily update time (in UTC)",
    "crl_management.upload": "Upload CRL file",
    "crl_management.remove": "Remove revocation list",
    # Unified CM: TechNote 217748. Jabber: TechNote 221845.
    "cucm.uploaded": "Success: Certificate Uploaded",
    "jabber_page.certificate-not-valid": "Certificate not valid",
    "jabber_page.cannot-communicate": "Cannot communicate with the server",
    "jabber_page.cannot-find-services": "Cannot find your services automatically",
    # Server certificate: Certificate Creation and Use guide, TechNotes 215405, 217748, 218034, 212475.
    "server_certificate.title": "Server certificate",
    "server_certificate.data-heading": "Server certificate data",
    "server_certificate.server-certificate": "Server certificate",
    "server_certificate.show-decoded": "Show (decoded)",
    "server_certificate.show-pem": "Show (PEM file)",
    "server_certificate.expires-on": "Currently loaded certificate expires on",
    "server_certificate.reset": "Reset to default server certificate",
    "server_certificate.hsm-key-handle": "Download HSM key handle",
    "server_certificate.acme-heading": "ACME Certificate Service",
    "server_certificate.csr-heading": "Certificate signing request (CSR)",
    "server_certificate.csr-generate": "Generate CSR",
    "server_certificate.csr-show-decoded": "Show (decoded)",
    "server_certificate.csr-show-pem": "Show (PEM file)",
    "server_certificate.csr-download": "Download",
    "server_certificate.csr-discard": "Discard CSR",
    "server_certificate.upload-heading": "Upload new certificate",
    "server_certificate.select-key": "Select the server private key file",
    "server_certificate.select-certificate": "Select the server certificate file",
    "server_certificate.reuse-key": "Re-use current private key",
    "server_certificate.copy-as-client": "Copy server certificate file as client certificate",
    "server_certificate.upload": "Upload server certificate data",
    "server_certificate.upload-failed": "File upload failed.",
    # Generate CSR: Certificate Creation and Use guide, TechNotes 215405, 215670 and 218034.
    "csr.title": "Generate CSR",
    "csr.alternative": "Subject alternative names",
    "csr.alternative-none": "None",
    "csr.additional": "Additional alternative names (comma separated)",
    "csr.chat_aliases": "IM and Presence chat node aliases (federated group chat)",
    "csr.phone_profiles": "Unified CM phone security profile names",
    "csr.domains": "Unified CM registrations domains",
    "csr.federation": "XMPP federation domains",
    "csr.format-dns": "DNS",
    "csr.format-collab-edge-dns": "CollabEdgeDNS",
    "csr.format-xmpp-address": "XMPPAddress",
    "csr.alternative-appears": "Alternative name as it will appear",
    "csr.information-heading": "Additional information",
    "csr.algorithm": "Public key algorithm",
    "csr.algorithm-rsa": "RSA",
    "csr.algorithm-ecdsa": "ECDSA",
    "csr.length": "Key length (in bits)",
    "csr.digest": "Digest algorithm",
    "csr.digest-sha256": "SHA-256",
    "csr.digest-sha384": "SHA-384",
    "csr.digest-sha512": "SHA-512",
    "csr.generate": "Generate CSR",
    # Switches of the command line: TechNote 225482; Administrator Guide X15.5, Reference Material.
    "switches.server-eku-upload": "xConfiguration XCP TLS Certificate CVS EnableServerEkuUpload",
    "switches.eku-checking": "xConfiguration SIP TLS Certificate ExtendedKeyUsage Checking Mode",
    # A command of the Expressway-C: release notes X14.2.
    "servers_behave.origin-command": "xConfiguration EdgeConfigServer VerifyOriginServer",
    # Restart: Administrator Guide, Maintenance.
    "restart.title": "Restart options",
    # Alarms: Administrator Guide, Reference Material.
    "alarms.title": "Alarms",
    "alarms.15028-title": "Restart required",
    "alarms.15028-description": (
        "Server certificate and private key have been changed, however a restart is required for this to "
        "take effect."
    ),
    "alarms.15028-severity": "Warning",
    "alarms.15028-solution": "Restart the Expressway to make this change effective",
    "alarms.40052-title": "Certificate error",
    "alarms.40052-description": (
        "Server certificate does not have a Common Name (CN) attribute. Some services do not work without "
        "the CN"
    ),
    "alarms.40052-solution": "Update certificate",
    "alarms.40068-title": "Server certificate validity",
    "alarms.40068-description": "Server certificate expired",
    "alarms.40068-severity": "Critical",
    "alarms.40068-solution": "Create and upload a new server certificate",
    "alarms.40068-today-title": "Server certificate validity",
    "alarms.40068-today-description": "Server certificate expires today",
    "alarms.40068-today-severity": "Critical",
    "alarms.40068-today-solution": "Create and upload a new server certificate",
    "alarms.40069-title": "Server certificate validity",
    "alarms.40069-description": "Server certificate expires in {days} days",
    "alarms.40069-severity": "Alert",
    # Windows' certificate viewer: TechNote 221624.
    "viewer.details": "Details",
    "viewer.copy-to-file": "Copy to File",
    "viewer.base-64": "Base-64 encoded",
    "viewer.certification-path": "Certification Path",
    "viewer.view-certificate": "View Certificate",
    # Round every page: Administrator Guide, Expressway Interfaces.
    "frame.expressway-c": "Expressway-C",
    "frame.expressway-e": "Expressway-E",
    "frame.help": "Help",
    "frame.log-out": "Log out",
}

SEEN_OF_CODE = {
    "server-certificate.cn-not-fqdn": "Common name must be a valid FQDN",
    "server-certificate.san-not-fqdn": "Subject alternative name must be a valid FQDN",
}

# Remembered and never found in a document: must not be called more than that.
RECALLED = {
    "server_certificate.issuer": "Certificate Issuer",
    "server_certificate.csr-none": "There is no certificate signing request in progress",
    "server_certificate.csr-generated-on": "Generated on",
    "server_certificate.key-from-csr": (
        "System will use the private key file generated at the same time as the CSR."
    ),
    "server_certificate.accepted": (
        "Files uploaded: Server certificate updated, however a restart is required for this to take effect."
    ),
    "csr.common-name-server": "FQDN of Expressway",
    "csr.common-name-cluster": "FQDN of Expressway cluster",
    "csr.alternative-peers": "FQDN of Expressway cluster plus FQDNs of all peers in the cluster",
    "csr.common-name-appears": "Common name as it will appear",
    "csr.locality": "Locality (town name)",
    "csr.organization": "Organization (company name)",
    "trusted_ca.accepted": (
        "File uploaded: CA certificate file uploaded. File contents - Certificates: {certificates}, CRLs: "
        "{crls}."
    ),
    "trusted_ca.column-type": "Type",
    "trusted_ca.column-expiry": "Expiration date",
    "trusted_ca.column-validity": "Validity",
    "trusted_ca.column-view": "View",
    "trusted_ca.select-all": "Select all",
    "trusted_ca.unselect-all": "Unselect all",
}


@pytest.mark.parametrize(("key", "text"), sorted(SEEN.items()))
def test_a_verbatim_sentence_is_the_documents_to_the_letter(key, text):
    assert (sentence(key).text, sentence(key).evidence) == (text, Evidence.SEEN)


def test_nothing_else_is_called_verbatim():
    called = {key for key, said in all_sentences().items() if said.evidence is Evidence.SEEN}
    assert {key for key in called if not key.startswith("menu.")} == set(SEEN)


def test_of_the_refusals_two_are_verbatim():
    told = all_explanations().items()
    called = {
        code.value: known.on_screen.text for code, known in told if known.on_screen.evidence is Evidence.SEEN
    }
    assert called == SEEN_OF_CODE


def test_the_two_published_refusals_are_whole_with_their_prefix():
    prefix = sentence("server_certificate.upload-failed").text
    reasons = [explain(code).on_screen.text for code in all_explanations() if code.value in SEEN_OF_CODE]
    assert {f"{prefix}: {reason}" for reason in reasons} == {
        "File upload failed.: Subject alternative name must be a valid FQDN",
        "File upload failed.: Common name must be a valid FQDN",
    }


@pytest.mark.parametrize(("key", "text"), sorted(RECALLED.items()))
def test_a_remembered_sentence_is_called_remembered(key, text):
    assert (sentence(key).text, sentence(key).evidence) == (text, Evidence.RECALLED)
