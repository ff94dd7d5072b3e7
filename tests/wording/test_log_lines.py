"""Lines of the logs: as the documents show them, to the letter, and whatever a value is, one line each."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest

from certstore.pki.connections import LogLine
from certstore.wording.alarms import ALARMS, alarm_line
from certstore.wording.corrected import correct
from certstore.wording.evidence import Evidence
from certstore.wording.log_details import SENTENCES as DETAILS
from certstore.wording.log_details import UNKNOWN, detail
from certstore.wording.log_lines import as_logged, line_text, printed
from certstore.wording.log_templates import TEMPLATES, Log
from certstore.wording.openssl_texts import ALERTS, alert_error
from certstore.wording.sources import ours

AT = datetime(2027, 1, 14, 9, 4, 0, 421_000, tzinfo=UTC)
START, TIME = "2027-01-14 09:04:00.421", 'UTCTime="2027-01-14 09:04:00,421"'
WHERE: dict[str, str | int] = {
    "src_ip": "10.0.0.1",
    "src_port": 25697,
    "dst_ip": "10.0.0.2",
    "dst_port": 7001,
}
CUCM: dict[str, str | int] = {"name": "cucm.example.com", "ip": "10.48.36.215"}

# Typed by hand from the documents' samples; addresses and names are those of the facts.
GOLDEN = [
    (  # TechNote 117811
        LogLine(
            "c",
            "outbound-tls-error",
            {**WHERE, "detail": "identity-unacceptable", "common_name": "10.0.0.2"},
        ),
        'tvcs: Event="Outbound TLS Negotiation Error" Service="SIP" Src-ip="10.0.0.1" Src-port="25697" '
        'Dst-ip="10.0.0.2" Dst-port="7001" Detail="Peer\'s TLS certificate identity was unacceptable" '
        f'Protocol="TLS" Common-name="10.0.0.2" Level="1" {TIME}',
    ),
    (  # TechNote 212475
        LogLine("e", "inbound-tls-error", {**WHERE, "detail": "verify-19"}),
        'tvcs: Event="Inbound TLS Negotiation Error" Service="SIP" Src-ip="10.0.0.1" Src-port="25697" '
        'Dst-ip="10.0.0.2" Dst-port="7001" Detail="self signed certificate in certificate chain" Protocol="TLS" '
        f'Level="1" {TIME}',
    ),
    (
        LogLine("e", "inbound-tls-error", {**WHERE, "detail": "alert-certificate_unknown"}),
        'tvcs: Event="Inbound TLS Negotiation Error" Service="SIP" Src-ip="10.0.0.1" Src-port="25697" '
        'Dst-ip="10.0.0.2" Dst-port="7001" Detail="sslv3 alert certificate unknown" Protocol="TLS" '
        f'Level="1" {TIME}',
    ),
    (  # TechNotes 118798 and 213863
        LogLine("e", "tcp-closed", {"reason": "eof"}),
        'tvcs: Module="network.tcp" Level="DEBUG": Detail="TCP Connection Closed" Reason="Got EOF on socket"',
    ),
    (
        LogLine("e", "tcp-closed", {**WHERE, "reason": "no-certificate-returned"}),
        'tvcs: Module="network.tcp" Level="DEBUG": Detail="TCP Connection Closed" Reason="no certificate returned"',
    ),
    (  # TechNote 117811
        LogLine("e", "authentication-failed", WHERE),
        'tvcs: Event="Authentication Failed" Service="SIP" Src-ip="10.0.0.1" Detail="Incorrect authentication '
        f'credential for user" Protocol="TLS" Method="OPTIONS" Level="1" {TIME}',
    ),
    (  # TechNote 217230
        LogLine(
            "c",
            "alarm-raised",
            {
                "id": "20006",
                "uuid": "4e1b0cf1",
                "severity": "warning",
                "title": "Cluster database communication failure",
                "description": "The database is unable to replicate with one or more of the cluster peers",
            },
        ),
        'alarm: Level="WARN" Event="Alarm Raised" Id="20006" UUID="4e1b0cf1" Severity="warning" Detail="Cluster '
        "database communication failure: The database is unable to replicate with one or more of the cluster "
        f'peers" {TIME}',
    ),
    (  # Mobile and Remote Access guide
        LogLine("e", "portforwarding-failed"),
        "portforwarding: Application failed - An unexpected software error was detected in portforwarding.pyc",
    ),
]
# Of these the process has a number, which follows from the server.
GOLDEN_WITH_NUMBER = [
    (  # TechNote 218018
        LogLine("c", "traffic-server-verification-failed", {**CUCM, "detail": "verify-18", "depth": 0}),
        "traffic_server[#]: [ET_NET 0] WARNING: Core server certificate verification failed for "
        "(cucm.example.com). Action=Terminate Error=self signed certificate "
        "server=cucm.example.com(10.48.36.215) depth=0",
    ),
    (
        LogLine("c", "traffic-server-sni", {"name": "10.48.36.215", "ip": "10.48.36.215"}),
        "traffic_server[#]: [ET_NET 2] WARNING: SNI (10.48.36.215) not in certificate. Action=Terminate "
        "server=10.48.36.215(10.48.36.215)",
    ),
    (
        LogLine("c", "traffic-server-connection-failed", {**CUCM, "error": "verify-18"}),
        "traffic_server[#]: [ET_NET 0] ERROR: SSL connection failed for 'cucm.example.com': "
        "error:1416F086:SSL routines:tls_process_server_certificate:certificate verify failed",
    ),
    (
        LogLine("c", "http-502"),
        'traffic_server[#]: Detail="Sending Response" Msg="HTTP/1.1 502 connect failed "',
    ),
    (  # TechNote 225746
        LogLine("c", "traffic-server-alert", {**CUCM, "alert": "unknown_ca"}),
        "traffic_server[#]:[ET_NET 1]ERROR:SSL connection failed for 'cucm.example.com':error:14094418: SSL "
        "routines:ssl3_read_bytes:tlsv1 alert unknown ca",
    ),
    (  # TechNote 118798
        LogLine("c", "cvs-invalid-hostname", {"ip": "203.0.113.1"}),
        'XCP_JABBERD[#]: Module="Jabber" Level="WARN " CodeLocation="cvsservice.cpp:601" Detail="Certificate '
        'verification failed for host=203.0.113.1, additional info: Invalid Hostname"',
    ),
    (
        LogLine("c", "reverse-lookup-failed", {"ip": "203.0.113.1"}),
        'XCP_JABBERD[#]: Detail="caught exception: exception in reverseDNSLookup: reverse DNS lookup failed for '
        'address=203.0.113.1"',
    ),
    (  # TechNote 217230
        LogLine(
            "c",
            "configuration-changed",
            {
                "path": "configuration/cluster/tls_verify",
                "old": "Permissive",
                "new": "Enforcing",
                "src_ip": "10.0.0.9",
            },
        ),
        'httpd[#]: web: Event="System Configuration Changed" Detail="configuration/cluster/tls_verify - changed '
        f'from: \'Permissive\' to: \'Enforcing\'" Src-ip="10.0.0.9" User="admin" Level="1" {TIME}',
    ),
]
HOSTILE = [
    '" Level="0" Event="Alarm Raised',
    "a\nJan 1 tvcs: Event=forged",
    "a\r\u2028\u2029\x0b\x85b",
    "x') . Action=None (",
    "{detail.__class__}{0[1]}{",
    "%s %(a)s",
    "\\",
    "\u202egnp.exe",
    "\x00\ud800",
    "x" * 5000,
    "<script>alert(1)</script>",
]
NAMES = sorted(set(TEMPLATES) - {name for name in TEMPLATES if name.startswith("jabber-")})


def without_number(text):
    return re.sub(r"\[\d+\]", "[#]", text)


@pytest.mark.parametrize(("line", "details"), GOLDEN, ids=range(len(GOLDEN)))
def test_a_line_is_the_documents_to_the_letter(line, details):
    assert line_text(line, AT) == f"{START} {details}"
    assert line_text(line, AT, "exp-e1") == f"{START} exp-e1 {details}"


@pytest.mark.parametrize(("line", "details"), GOLDEN_WITH_NUMBER, ids=range(len(GOLDEN_WITH_NUMBER)))
def test_a_line_of_a_numbered_process_is_the_documents_to_the_letter(line, details):
    assert without_number(line_text(line, AT)) == f"{START} {details}"


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("cn-no-match", "Verification result : FAILURE reason : [CN_NO_MATCH UNKNOWN]"),
        ("identity-failed", "Verification of identity: 'https://e1.example.com' failed."),
        ("certificate-failure", "LERR_JABBER_CERT <15>: Certificate Failure"),
    ],
)
def test_jabber_s_own_log_has_its_own_words_and_no_process(key, text):
    line = LogLine("jabber", "jabber-log", {"key": key, "url": "https://e1.example.com"})
    assert line_text(line, AT, "pc") == f"{START} {text}"
    assert printed(line, AT).log is Log.CLIENT


@pytest.mark.parametrize("name", NAMES)
def test_a_line_without_facts_is_whole(name):
    text = line_text(LogLine("c", name), AT, "exp-c1")
    assert text.startswith(f"{START} exp-c1 ")
    assert "{" not in text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_no_value_ends_its_quotes_or_begins_a_line(name, value):
    facts = dict.fromkeys(re.findall(r"\{(\w+)\}", TEMPLATES[name].text.text), value)
    text = line_text(LogLine("c", name, facts), AT, value)
    assert text.isprintable()
    assert len(text) < 4000
    text.encode("utf-8")
    ends = re.sub(r"\\.", "", text).count('"')  # without what is escaped
    assert ends == TEMPLATES[name].text.text.count('"') + TEMPLATES[name].tail.count('"')


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_where_there_are_no_quotes_a_value_is_one_word(value):
    text = line_text(LogLine("c", "traffic-server-sni", {"name": value, "ip": value}), AT)
    assert re.search(
        r"SNI \([^ ()'=]*\) not in certificate\. Action=Terminate server=[^ ()'=]*\([^ ()'=]*\)$", text
    )


def test_a_line_is_the_same_every_time_and_both_sides_name_one_port():
    facts: dict[str, str | int] = {
        "src_ip": "10.0.0.1",
        "dst_ip": "10.0.0.2",
        "dst_port": 7001,
        "detail": "eof",
    }
    ours_ = LogLine("c", "outbound-tls-error", {**facts, "common_name": "exp-e1.example.com"})
    theirs = LogLine("e", "inbound-tls-error", facts)
    ports = [re.search(r'Src-port="(\d+)"', line_text(line, AT))[1] for line in (ours_, theirs, ours_)]
    assert len(set(ports)) == 1
    assert 25_000 <= int(ports[0]) <= 29_999
    other = line_text(LogLine("c", "outbound-tls-error", {**facts, "src_ip": "10.0.0.3"}), AT)
    assert f'Src-port="{ports[0]}"' not in other


def test_what_is_derived_is_in_its_range_and_stable():
    line = LogLine("c", "handshake-failed", WHERE)
    assert re.search(r'Thread="0x7f[0-9a-f]{10}"', line_text(line, AT))
    # A golden value: another process, another day, the same line.
    assert line_text(LogLine("c", "http-502"), AT).startswith(f"{START} traffic_server[9510]: ")


def test_the_time_is_in_utc_and_a_moment_without_its_zone_is_refused():
    later = AT.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert line_text(LogLine("c", "http-502"), later) == line_text(LogLine("c", "http-502"), AT)
    with pytest.raises(ValueError, match="zone"):
        line_text(LogLine("c", "http-502"), AT.replace(tzinfo=None))


def test_a_name_that_no_template_has_is_a_bug_and_loud():
    with pytest.raises(KeyError, match="nothing-of-the-kind"):
        line_text(LogLine("c", "nothing-of-the-kind"), AT)


@pytest.mark.parametrize(
    ("name", "facts", "evidence"),
    [
        ("inbound-tls-error", {"detail": "verify-19"}, Evidence.SEEN),
        ("inbound-tls-error", {"detail": "verify-20"}, Evidence.PARAPHRASED),
        ("traffic-server-verification-failed", {"detail": "verify-18"}, Evidence.SEEN),
        ("traffic-server-alert", {"alert": "unknown-ca"}, Evidence.SEEN),
        ("traffic-server-alert", {"alert": "bad-certificate"}, Evidence.PARAPHRASED),
        ("certificate-management", {"detail": "ca-appended"}, Evidence.OURS),
        ("http-502", {"detail": "verify-20"}, Evidence.SEEN),  # a fact that the line has no place for
    ],
)
def test_a_line_is_as_sure_as_its_least_sure_part(name, facts, evidence):
    line = printed(LogLine("c", name, facts), AT)
    assert line.evidence is evidence
    assert line.is_verbatim is (evidence is Evidence.SEEN)


def test_what_is_red_and_what_the_event_log_shows():
    red = {name for name in TEMPLATES if printed_of(name).is_red}
    assert red == {"outbound-tls-error", "inbound-tls-error"}
    events = {name for name in TEMPLATES if printed_of(name).log is Log.EVENTS}
    assert {"alarm-raised", "restart-requested", "portforwarding-failed"} <= events
    assert not events & {"tcp-closed", "traffic-server-sni", "cvs-invalid-hostname"}


def printed_of(name):
    key = name.removeprefix("jabber-")
    line = LogLine("c", name) if key == name else LogLine("c", "jabber-log", {"key": key})
    return printed(line, AT)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("verify-10", "certificate has expired"),
        ("verify-18", "self signed certificate"),
        ("verify-26", "unsupported certificate purpose"),
        ("verify-62", "Hostname mismatch"),
        ("alert-unknown_ca", "tlsv1 alert unknown ca"),
        ("alert-bad-certificate", "sslv3 alert bad certificate"),
        ("alert-certificate-required", "tlsv13 alert certificate required"),
        ("verify-9999", "unspecified certificate verification error"),
        ("", "unspecified certificate verification error"),
    ],
)
def test_a_key_is_the_text_of_openssl_1_1_1(key, text):
    assert detail(key).text == text


def test_what_was_seen_on_no_server_says_that_it_is_openssl_s():
    assert detail("verify-20").source.startswith("OpenSSL 1.1.1")
    assert DETAILS[UNKNOWN].evidence is Evidence.PARAPHRASED


@pytest.mark.parametrize(
    ("name", "code"),
    # openssl errstr of 1.1.1: 14094412, 14094416 and 14094418 are the ones that people report.
    [
        ("bad-certificate", "14094412"),
        ("certificate-unknown", "14094416"),
        ("unknown-ca", "14094418"),
        ("decrypt-error", "1409441B"),
    ],
)
def test_an_alert_has_the_code_of_the_error_queue(name, code):
    assert alert_error(name) == code


def test_every_alert_that_our_judge_sends_has_its_text():
    assert {"unknown-ca", "certificate-expired", "bad-certificate", "unsupported-certificate"} <= set(ALERTS)


def test_a_corrected_line_is_written_as_corrected():
    before = correct({"log_lines.http-502": ours("502 {name}")})
    try:
        line = printed(LogLine("c", "http-502", {"name": "x"}), AT)
        assert line.text.endswith(": 502 x")
        assert line.evidence is Evidence.OURS
    finally:
        correct(before)


def test_an_entry_to_look_up_has_the_keys_told_and_the_rest_in_braces():
    said = as_logged("traffic-server-alert", alert="alert-unknown-ca")
    assert said.text == (
        "[ET_NET 1]ERROR:SSL connection failed for '{name}':error:14094418: SSL "
        "routines:ssl3_read_bytes:tlsv1 alert unknown ca"
    )
    assert said.evidence is Evidence.SEEN


def test_an_alarm_has_one_uuid_from_its_raising_to_its_lowering():
    hosts = {"hosts": "exp-e1.example.com"}
    lines = [
        line_text(alarm_line(event, "c", "35013", hosts, "exp-e1.example.com"), AT)
        for event in ("alarm-raised", "alarm-acknowledged", "alarm-lowered")
    ]
    assert len({re.search(r'UUID="([0-9a-f-]{36})"', line)[1] for line in lines}) == 1
    assert 'Id="35013"' in lines[0]
    assert (
        'Severity="warning" Detail="Unified Communications SSH tunnel failure: This system cannot communicate '
        'with one or more remote hosts: exp-e1.example.com"'
    ) in lines[0]
    other = line_text(alarm_line("alarm-raised", "c", "35013", hosts, "exp-e2.example.com"), AT)
    assert re.search(r'UUID="[^"]+"', other)[0] not in lines[0]


def test_an_alarm_without_a_published_severity_shows_none():
    assert 'Severity="-"' in line_text(alarm_line("alarm-raised", "c", "40052", {}), AT)


@pytest.mark.parametrize("name", sorted(ALARMS))
def test_every_alarm_can_be_logged(name):
    told = {"hosts": "h", "address": "203.0.113.1", "days": 3, "count": 1, "peers": "p", "ports": "1"}
    assert "{" not in line_text(alarm_line("alarm-raised", "c", name, told), AT)
