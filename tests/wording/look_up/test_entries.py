"""Every entry has its evidence, and nothing of the references is missing. The lists are typed by hand."""

import re

import pytest

from certstore.pki.codes import Code
from certstore.pki.judge import CODE_OF_NUMBER
from certstore.wording import all_explanations, all_sentences, trusted_ca
from certstore.wording.evidence import Basis, Evidence
from certstore.wording.log_lines import SENTENCES as LINES
from certstore.wording.look_up import WRITTEN, all_entries, entry_by_key, look_up
from certstore.wording.look_up import ours as adapted
from certstore.wording.look_up.entry import Entry, Kind, visible
from certstore.wording.look_up.matching import Rank
from certstore.wording.look_up.ours import key_of_code, key_of_sentence
from certstore.wording.look_up.text import STOP_WORDS, words_of
from certstore.wording.sources import DOCUMENTS

ENTRIES = all_entries()
BY_KEY = {entry.key: entry for entry in ENTRIES}
TITLES = tuple(document.title for document in DOCUMENTS.values())

# expressway-pages 5 and expressway-consequences 2, 3 and 5: the id, and words of its text.
ALARMS = {
    "15022": "Domain certificate configuration has been changed",
    "15028": "Server certificate and private key have been changed",
    "15030": "Unified CM data crosscheck failure",
    "20004": "unable to communicate with one or more of the cluster peers",
    "20006": "The database is unable to replicate",
    "20016": "The primary peer is unreachable",
    "20020": "TLS verification configuration does not match active status",
    "20021": "Unable to establish a TCP connection with",
    "25022": "Time not synchronized over traversal zone",
    "25030": "Failed to do reverse DNS Lookup for address",
    "25031": "FQDN in PTR record for address",
    "35013": "Unified Communications SSH tunnel failure",
    "35014": "Unified Communications SSH tunnel notification failure",
    "35016": "SAML metadata has been modified",
    "40001": "No CRL distribution points have been defined for automatic updates",
    "40002": "Automatic updating of CRL files has failed",
    "40006": "Unable to download CRL update",
    "40007": "Failed to find configuration file for CRL automatic updates",
    "40009": "HTTPS client certificates validation mode has changed",
    "40029": "A valid CA certificate for the LDAP database has not been uploaded",
    "40040": "TLS verify mode is not enabled on a traversal zone",
    "40043": "Media encryption is not enforced on a traversal zone",
    "40048": "Unified Communications services are enabled but SIP TLS is disabled",
    "40049": "Cluster TLS verification mode permits invalid certificates",
    "40051": "is not identified by the Expressway-E server certificate",
    "40052": "Server certificate does not have a Common Name (CN) attribute",
    "40061": "A failure was detected while running the auto-sign command for the server certificate",
    "40062": "A failure was detected while running the auto-sign command for SNI domains",
    "40063": "A failure was detected while running the auto-deploy command for the server certificate",
    "40064": "A failure was detected while running the auto-deploy command for SNI domains",
    "40066": "An HSM certificate is installed but not in use",
    "40068": "Server certificate expires today",
    "40069": "Server certificate expires in 3 days",
    "40075": "Following domain certificates have expired",
    "40076": "Following domain certificates listed are about to expire",
    "40078": "Client certificate has expired",
    "40079": "Client certificate expires in 21 days",
    "45010": "A peer address for the zone is down or unreachable",
}

# expressway-consequences 0.2, 0.3, 1.3, 3 and 4: words, lines and reasons that must be found as they stand there.
WORDS = [
    'Detail="Peer\'s TLS certificate identity was unacceptable"',
    'Detail="self signed certificate in certificate chain"',
    'Detail="sslv3 alert certificate unknown"',
    'Detail="No SSL error available, probably remote disconnect"',
    'Detail="TCP Connection Closed"',
    'Reason="Got EOF on socket"',
    'Reason="no certificate returned"',
    "TTSSL_continueHandshake: Failed to establish SSL connection",
    "error:14089086:SSL routines:ssl3_get_client_certificate:certificate verify failed",
    'Detail="Found common name in peer certificate"',
    'Detail="Found DNS alt-name in peer certificate"',
    'Detail="Incorrect authentication credential for user"',
    "Certificate verification failed for host=1.2.3.4, additional info: Invalid Hostname",
    "exception in reverseDNSLookup: reverse DNS lookup failed for address=1.2.3.4",
    "Core server certificate verification failed for",
    "SNI (1.2.3.4) not in certificate. Action=Terminate",
    "error:1416F086:SSL routines:tls_process_server_certificate:certificate verify failed",
    "HTTP/1.1 502 connect failed",
    "configuration/cluster/tls_verify - changed from: 'Permissive' to: 'Enforcing'",
    "Cluster database communication failure: The database is unable to replicate with one or more of the cluster peers",
    "An unexpected software error was detected in portforwarding.pyc",
    "error:14094418: SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca",
    "Failed to establish SSL connection",
    "File upload failed.: Subject alternative name must be a valid FQDN",
    "File upload failed.: Common name must be a valid FQDN",
    "cannot be reached",
    "System unreachable",
    "Connect failed",
    "Invalid IP address",
    "Address resolvable",
    "Configured but with errors. Provisioning server: Waiting for traversal server info.",
    "Unified Communications SSH tunnels status",
    "Certificate: Invalid",
    "Success: Certificate Uploaded",
    "Cannot communicate with the server",
    "Untrusted server. No services discovered",
    "Cannot find your services automatically",
    "Certificate not valid",
    "CERTIFICATE_VALIDATION_ERROR",
    "UNRESOLVED_HOST_ERROR",
    "LERR_CUP_CERT <11>",
    "LERR_JABBER_CERT <15>: Certificate Failure",
    "ServiceDiscoveryNoSRVRecordsFound",
    "Peer certificate cannot be authenticated with given CA certificate",
    "Verification of identity: 'https://x' failed.",
    "Verification result : FAILURE reason : [CN_NO_MATCH UNKNOWN]",
    "XAuth Cookie expiration time is invalid or not available. Attempting to Failover .",
    "502 Next Hop Connection Failed",
    "Outbound TLS Negotiation Error",
    "Inbound TLS Negotiation Error",
    "Transport Layer Security (TLS) connection failed to negotiate.",
    "Indicates that security certificates have been uploaded",
    "Alarm acknowledged",
    "Admin Session CBA Authorization Failure",
    "Restart Requested",
    "SSL Certificate Problem: Self Signed Certificate in Certificate chain",
    "The peer certificate does not contain a matching FQDN",
    "ascii codec cannot decode byte 0xc3",
    '{"Message": "Conflict"}',
    '{"Message": "Bad Request"}',
    '{"Message": "CommandError: Socket Error: Timeout"}',
    "Certificate Format Invalid",
    "Untrusted CA Certificate Chain",
    "Traversal Zone Down with TLS Negotiation Error",
    "Traversal Zone Up but SSH Tunnels Down After a Certificate Renewal",
    "SSH Tunnel Failure",
    "Mobile and Remote Access Log In Fails After an Upgrade or Certificate Renewal",
    "Traffic Server Enforces Certificate Verification",
    "Certificate Alarm on Jabber Upon Mobile and Remote Access Log In",
    "Jabber Untrusted Certificate Warning",
]

# openssl-verdicts: number, text of OpenSSL 3, the alert the other side sees ("" where the table has none).
VERDICTS = [
    (2, "unable to get issuer certificate", "unknown-ca"),
    (3, "unable to get certificate CRL", ""),
    (7, "certificate signature failure", "decrypt-error"),
    (8, "CRL signature failure", ""),
    (9, "certificate is not yet valid", "bad-certificate"),
    (10, "certificate has expired", "certificate-expired"),
    (11, "CRL is not yet valid", ""),
    (12, "CRL has expired", ""),
    (18, "self-signed certificate", "unknown-ca"),
    (19, "self-signed certificate in certificate chain", "unknown-ca"),
    (20, "unable to get local issuer certificate", "unknown-ca"),
    (22, "certificate chain too long", "unknown-ca"),
    (23, "certificate revoked", ""),
    (25, "path length constraint exceeded", "unknown-ca"),
    (26, "unsuitable certificate purpose", "unsupported-certificate"),
    (34, "unhandled critical extension", "certificate-unknown"),
    (35, "key usage does not include CRL signing", ""),
    (47, "permitted subtree violation", "certificate-unknown"),
    (48, "excluded subtree violation", "certificate-unknown"),
    (62, "hostname mismatch", "bad-certificate"),
    (64, "IP address mismatch", "bad-certificate"),
    (66, "EE certificate key too weak", "bad-certificate"),
    (67, "CA certificate key too weak", "bad-certificate"),
    (68, "CA signature digest algorithm too weak", "bad-certificate"),
    (79, "invalid CA certificate", "unknown-ca"),
    (85, "Missing Authority Key Identifier", ""),
]
OLD_TEXTS = {
    18: "self signed certificate",
    19: "self signed certificate in certificate chain",
    21: "unable to verify the first certificate",
    26: "unsupported certificate purpose",
}
WITHOUT_A_NUMBER = [
    "TLSV1_ALERT_UNKNOWN_CA",
    "SSLV3_ALERT_CERTIFICATE_EXPIRED",
    "SSLV3_ALERT_BAD_CERTIFICATE",
    "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE",
    "TLSV1_ALERT_DECRYPT_ERROR",
    "SSLV3_ALERT_CERTIFICATE_UNKNOWN",
    "TLSV13_ALERT_CERTIFICATE_REQUIRED",
    "PEER_DID_NOT_RETURN_A_CERTIFICATE",
    "CA_MD_TOO_WEAK",
    "EE_KEY_TOO_SMALL",
    "Hostname mismatch, certificate is not valid for 'wrong.example.test'.",
    "IP address mismatch, certificate is not valid for '192.0.2.1'.",
    "certificate is not yet valid or the system clock is incorrect",
]


def texts_of(entry: Entry) -> list[str]:
    return [*(said.text for said in entry.words), *entry.names, entry.title]


@pytest.mark.parametrize("number", ALARMS)
def test_every_alarm_is_found_by_its_id_and_by_its_words(number):
    key = f"alarm-{number}"
    assert look_up(number).hits[0].entry.key == key
    assert key in [hit.entry.key for hit in look_up(ALARMS[number]).hits[:2]]


def test_no_alarm_has_a_number_that_no_reference_has():
    numbers = {number for entry in WRITTEN if entry.kind is Kind.ALARM for number in entry.numbers}
    assert numbers == {*ALARMS, "40003", "40005", "40008"}


@pytest.mark.parametrize("words", WORDS, ids=range(len(WORDS)))
def test_every_line_and_word_of_the_references_is_found_as_it_stands(words):
    best = look_up(words).hits[0]
    asked = {word for word in words_of(words) if word.isalpha()} - STOP_WORDS
    assert best.rank >= Rank.PHRASE
    assert len(asked & best.words) >= 0.7 * len(asked)


@pytest.mark.parametrize(
    ("number", "text", "alert"), VERDICTS, ids=[str(number) for number, _, _ in VERDICTS]
)
def test_every_number_of_openssl_is_found_by_number_and_text_and_leads_to_its_alert(number, text, alert):
    key = f"openssl-{number}"
    assert look_up(f"error {number} at 1 depth lookup").hits[0].entry.key == key
    assert look_up(text).hits[0].entry.key == key
    alerts = {
        related.removeprefix("alert-") for related in BY_KEY[key].related if related.startswith("alert-")
    }
    assert alerts == ({alert} if alert else set())
    if alert:
        assert key in BY_KEY[f"alert-{alert}"].related


@pytest.mark.parametrize(("number", "text"), OLD_TEXTS.items())
def test_the_texts_of_the_older_openssl_lead_to_the_same_number(number, text):
    assert look_up(text).hits[0].entry.key == f"openssl-{number}"


@pytest.mark.parametrize("text", WITHOUT_A_NUMBER)
def test_what_openssl_says_without_a_number_is_found(text):
    best = look_up(text).hits[0]
    assert best.entry.kind is Kind.OPENSSL
    assert best.rank >= Rank.PHRASE


def test_every_number_that_the_judge_knows_has_its_entry_and_its_code():
    for number, code in CODE_OF_NUMBER.items():
        assert code in look_up(f"error {number} at 0 depth lookup").hits[0].entry.codes


def test_all_the_cases_are_there():
    assert {f"case-{number}" for number in range(1, 45)} <= set(BY_KEY)


def test_every_key_is_unique_and_a_slug():
    assert len(BY_KEY) == len(ENTRIES)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) for key in BY_KEY)


def test_a_key_that_pages_link_to_still_leads_to_the_same():
    stable = {
        "alarm-40068": Kind.ALARM,
        "log-traffic-unknown-ca": Kind.LOG_LINE,
        "openssl-20": Kind.OPENSSL,
        "trouble-ssh-tunnels": Kind.SYMPTOM,
        "case-34": Kind.CASE,
        "client-cn-no-match": Kind.CLIENT,
        "status-zone-failed": Kind.ON_SCREEN,
        "code-chain-issuer-missing": Kind.ON_SCREEN,
        "words-trusted-ca-append": Kind.PAGE_WORD,
    }
    assert {key: entry_by_key(key).kind for key in stable} == stable
    with pytest.raises(KeyError, match="nothing"):
        entry_by_key("nothing")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_an_entry_says_why_what_to_do_and_how_sure_and_leads_only_to_what_is_there(entry):
    assert entry.title
    assert entry.cause.endswith(".")
    assert entry.where
    assert set(entry.related) <= set(BY_KEY) - {entry.key}
    assert len(set(entry.related)) == len(entry.related)
    if entry in WRITTEN:
        assert entry.cure
        assert all(step[0].isupper() or step.startswith("xConfiguration") for step in entry.cure)
        assert entry.sure.source.endswith((".", '."'))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_nothing_is_verbatim_without_its_source_and_nothing_of_ours_claims_one(entry):
    for said in entry.words:
        if said.evidence in (Evidence.SEEN, Evidence.PARAPHRASED):
            assert said.source.startswith(TITLES)
        assert (said.evidence is Evidence.OURS) is (said.source == "")
    if entry.sure.basis is not Basis.OUR_READING:
        assert any(title in entry.sure.source for title in TITLES)


def test_only_openssl_itself_is_quoted_for_its_older_texts():
    of_its_table = {
        said.text for entry in WRITTEN for said in entry.words if said.source.startswith("OpenSSL 1.1.1")
    }
    assert of_its_table == {"unsupported certificate purpose", "Hostname mismatch"}
    assert not [said for entry in WRITTEN for said in entry.words if said.evidence is Evidence.RECALLED]


@pytest.mark.parametrize("code", list(Code))
def test_a_code_is_found_by_what_the_page_says_and_answers_with_its_explanation(code):
    told = all_explanations()[code]
    entry = entry_by_key(key_of_code(code))
    assert (entry.cause, entry.sure) == (visible(told.cause), told.sure)
    words = visible(told.on_screen.text)
    found = [hit.entry for hit in look_up(words).hits]
    assert any(code in hit.codes and words in texts_of(hit) for hit in found)
    assert "{" not in entry.title + entry.cause


def test_every_sentence_of_the_pages_is_found():
    for name, said in all_sentences().items():
        if any(map(str.isalnum, said.text)) and not name.startswith(adapted.TOLD_ELSEWHERE):
            words = visible(said.text)
            assert any(words in texts_of(hit.entry) for hit in look_up(words).hits), name


@pytest.mark.parametrize("name", sorted(LINES))
def test_every_line_that_is_logged_here_is_found(name):
    best = look_up(visible(LINES[name].text)).hits[0].entry
    assert best.kind in (Kind.LOG_LINE, Kind.CLIENT)


def test_a_sentence_that_is_corrected_is_found_corrected(corrected):
    key = "trusted_ca.append"
    before = entry_by_key(key_of_sentence(key)).title
    corrected({key: trusted_ca.SENTENCES["delete"]})
    assert entry_by_key(key_of_sentence(key)).title == "Delete" != before
    assert key_of_sentence(key) in [hit.entry.key for hit in look_up("Delete").hits]


def test_the_entries_are_written_once_for_what_is_in_force():
    assert all_entries() is all_entries()


def test_every_menu_path_begins_in_the_menu():
    first = {"Maintenance", "Status", "System", "Configuration", "Applications", "Users"}
    for entry in WRITTEN:
        for step in entry.cure:
            for path in re.findall(r"(?:[A-Z][\w-]*(?: [\w-]+)* > )+", step):
                assert path.split(" > ")[0].split()[-1] in first, (entry.key, step)
