"""From what is done in a lab to the lines of a server's log: every event is logged, or known not to be."""

from datetime import UTC, datetime

import pytest

from certstore.wording.event_lines import LOGGED, lines_of_event
from certstore.wording.labs import EVENTS
from certstore.wording.log_details import SENTENCES as DETAILS
from certstore.wording.log_lines import line_text, printed

AT = datetime(2027, 1, 14, 9, 4, tzinfo=UTC)
START, TIME = "2027-01-14 09:04:00.000", 'UTCTime="2027-01-14 09:04:00,000"'
WEB = f'Src-ip="-" User="admin" Level="1" {TIME}'

# What no Expressway notices: what is done to the lab itself, what is refused, what happens elsewhere.
NOT_LOGGED = {
    "plan.made",
    "plan.deleted",
    "cluster.made",
    "cluster.primary",
    "cluster.dissolved",
    "cluster.peer-added",
    "cluster.peer-removed",
    *(
        "lab.made",
        "lab.made-of-files",
        "lab.made-of-servers",
        "client-certificate.refused",
        "csr.imported",
        "client-csr.imported",
        "lab.renamed",
        "lab.reset",
        "lab.time",
        "lab.time-back",
        "lab.release",
    ),
    *("lab.same-subject", "lab.cn-counts", "lab.explanations", "lab.kept", "lab.not-kept", "lab.copied"),
    *("lab.imported", "trusted-ca.refused", "server-certificate.refused", "connection.works"),
    *("connection.warns", "connection.off", "start-here.answered", "start-here.hidden", "start-here.shown"),
    *("point.kept", "point.named", "point.deleted", "point.restored", "link.made", "link.revoked"),
    *("services.added", "services.removed", "cucm.uploaded", "cucm.deleted", "cucm.regenerated"),
    *("cucm.signed", "cucm.certificate-deleted", "cucm.restarted", "cucm.settings", "jabber.uploaded"),
    *("jabber.trusted", "jabber.deleted", "jabber.settings", "server.sends", "dns.changed", "dns.right"),
    *("training-ca.made", "training-ca.issued", "training-ca.practice", "training-ca.revoked"),
}

# Typed by hand; the events are those of the Administrator Guide, the Detail is ours where it is marked.
GOLDEN = [
    (
        "trusted-ca.appended",
        {"count": 2},
        'web: Event="Certificate Management" Detail="CA certificates appended to the trusted CA list" ' + WEB,
    ),
    (
        "trusted-ca.deleted",
        {"count": 2},
        'web: Event="Certificate Management" Detail="CA certificates deleted from the trusted CA list" '
        + WEB,
    ),
    (
        "trusted-ca.reset",
        {},
        'web: Event="Certificate Management" Detail="Trusted CA list reset to the default one" ' + WEB,
    ),
    (
        "server-certificate.accepted",
        {"code": ""},
        'web: Event="Certificate Management" Detail="Server certificate uploaded" ' + WEB,
    ),
    (
        "server-certificate.reset",
        {},
        'web: Event="Certificate Management" Detail="Server certificate reset to the default one" ' + WEB,
    ),
    ("restart.done", {"loaded": 1}, 'web: Event="Restart Requested" ' + WEB),
    (
        "zone.saved",
        {"name": "Traversal zone"},
        'web: Event="System Configuration Changed" Detail="Zone changed" ' + WEB,
    ),
    (
        "lab.server-named",
        {"fqdn": "a.example.com", "address": "192.0.2.1"},
        'web: Event="System Configuration Changed" Detail="System host name, domain name or address changed" '
        + WEB,
    ),
    (
        "lab.switch",
        {"switch": "eku-checking", "position": "off"},
        'web: Event="System Configuration Changed" Detail="Setting changed by xConfiguration" ' + WEB,
    ),
]
ALARM = {"alarm": "40069", "subject": "", "days": 12}


def details_of(text: str) -> str:
    """A line from its process on, without the number of that."""
    return text.partition("]: ")[2]


@pytest.mark.parametrize(("code", "params", "text"), GOLDEN, ids=[case[0] for case in GOLDEN])
def test_a_line_is_that_of_the_guide(code, params, text):
    (line,) = lines_of_event("c", code, params)
    whole = line_text(line, AT)
    assert whole.startswith(f"{START} httpd[")
    assert details_of(whole) == text


@pytest.mark.parametrize(
    ("code", "word"),
    [("alarm.raised", "Raised"), ("alarm.lowered", "Lowered"), ("alarm.acknowledged", "Acknowledged")],
)
def test_an_alarm_has_its_texts_filled_in(code, word):
    (line,) = lines_of_event("c", code, ALARM | ({"acknowledged": 3} if word == "Acknowledged" else {}))
    text = line_text(line, AT)
    assert text.startswith(f'{START} alarm: Level="WARN" Event="Alarm {word}" Id="40069" UUID="')
    assert text.endswith(
        f'Severity="alert" Detail="Server certificate validity: Server certificate expires in 12 days" {TIME}'
    )


def test_an_alarm_has_the_same_uuid_when_it_is_raised_and_lowered_and_another_on_another_server():
    def uuid(by, code):
        return line_text(lines_of_event(by, code, ALARM)[0], AT).partition('UUID="')[2][:36]

    assert uuid("c", "alarm.raised") == uuid("c", "alarm.lowered") != uuid("e", "alarm.raised")


def test_a_failure_has_the_lines_of_the_server_that_writes_them_and_no_other():
    lines = [
        ["c", "outbound-tls-error", {"src_ip": "192.0.2.1", "detail": "verify-20", "common_name": "e"}],
        ["e", "inbound-tls-error", {"src_ip": "192.0.2.1", "detail": "alert-unknown_ca"}],
        ["c", "tcp-closed", {"reason": "verify-20"}],
        ["c", "no-such-template", {}],
    ]
    found = lines_of_event("c", "connection.fails", {"kind": "zone", "lines": lines})
    assert [line.name for line in found] == ["outbound-tls-error", "tcp-closed"]
    assert 'Detail="unable to get local issuer certificate"' in line_text(found[0], AT)


@pytest.mark.parametrize("code", ["connection.fails", "alarm.raised", "lab.made", "nothing.of-the-kind"])
def test_an_event_without_what_its_lines_need_has_none(code):
    assert lines_of_event("c", code, {}) == ()


def test_every_event_is_logged_or_known_not_to_be():
    assert set(EVENTS) <= LOGGED | NOT_LOGGED
    assert not LOGGED & NOT_LOGGED


def test_a_detail_of_ours_is_never_passed_off_as_the_product_s():
    for code in sorted(LOGGED - {"cluster.saved", "connection.fails", "restart.done"}):
        if code.startswith("alarm."):
            continue
        (line,) = lines_of_event("c", code, {})
        assert not printed(line, AT).is_verbatim, code
        assert str(line.facts["detail"]) in DETAILS, code


def test_a_cluster_s_mode_that_changed_has_the_line_that_support_prints():
    """TechNote 217230."""
    (line,) = lines_of_event("c", "cluster.saved", {"name": "x", "was": "Permissive", "mode": "Enforcing"})
    assert (
        'Event="System Configuration Changed" '
        "Detail=\"configuration/cluster/tls_verify - changed from: 'Permissive' to: 'Enforcing'\""
    ) in line_text(line, AT)
    same = {"name": "x", "was": "Permissive", "mode": "Permissive"}
    assert lines_of_event("c", "cluster.saved", same) == ()
