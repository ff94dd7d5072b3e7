"""Status > Logs > Event Log and the diagnostic log: the product's lines, to the letter, in their order."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certstore.actions import labs
from certstore.models import Event, Lab
from certstore.reading.event_log import PAGE_LINES
from tests.working import TROUBLES, control_of, edge_of, set_peer

pytestmark = pytest.mark.django_db

NOON = datetime(2027, 1, 14, 9, 4, tzinfo=UTC)
# Typed by hand from expressway-consequences.md, 0.3. What differs from run to run is #.
WEB = 'Src-ip="-" User="admin" Level="1" UTCTime="#"'
SIP = 'Service="SIP" Src-ip="192.0.2.11" Src-port="#" Dst-ip="198.51.100.21" Dst-port="7001"'
ACCEPTANCE = "Peer's TLS certificate identity was unacceptable"
DISCONNECT = "No SSL error available, probably remote disconnect"
TUNNEL_ALARM = (
    '# {by} alarm: Level="WARN" Event="Alarm Raised" Id="35013" UUID="#" Severity="warning" Detail="Unified '
    "Communications SSH tunnel failure: This system cannot communicate with one or more remote hosts: "
    '{other}" UTCTime="#"'
)
ZONE_ALARM = (
    '# exp-c1 alarm: Level="WARN" Event="Alarm Raised" Id="45010" UUID="#" Severity="warning" Detail="Configuration '
    'warning: A peer address for the zone is down or unreachable. Peer not responding" UTCTime="#"'
)
OUTBOUND = [
    f'# exp-c1 tvcs: Event="Outbound TLS Negotiation Error" {SIP} Detail="{ACCEPTANCE}" Protocol="TLS" '
    'Common-name="198.51.100.21" Level="1" UTCTime="#"',
    f'# exp-c1 tvcs: Module="network.tcp" Level="DEBUG": Detail="TCP Connection Closed" Reason="{ACCEPTANCE}"',
]
INBOUND = [
    f'# exp-e1 tvcs: Event="Inbound TLS Negotiation Error" {SIP} Detail="{DISCONNECT}" Protocol="TLS" '
    'Level="1" UTCTime="#"',
    f'# exp-e1 tvcs: Module="network.tcp" Level="DEBUG": Detail="TCP Connection Closed" Reason="{DISCONNECT}"',
]
CHANGED = f'# exp-c1 httpd[#]: web: Event="System Configuration Changed" Detail="Zone changed" {WEB}'
UNIFIED_CM = [
    '# exp-c1 traffic_server[#]: Module="network.http.trafficserver" Level="DEBUG": Detail="Sending Request" '
    'Dst-port="6972"',
    "# exp-c1 traffic_server[#]:[ET_NET 1]ERROR:SSL connection failed for 'cucm1.example.com':error:14094418: SSL "
    "routines:ssl3_read_bytes:tlsv1 alert unknown ca",
    '# exp-c1 traffic_server[#]: Detail="Sending Response" Msg="HTTP/1.1 502 connect failed "',
]
E_ALARM = TUNNEL_ALARM.format(by="exp-e1", other="exp-c1.example.com")
C_ALARM = TUNNEL_ALARM.format(by="exp-c1", other="exp-e1.example.com")
# Of each trouble the lines of both servers: what was done, what it brought about, and (last) how it is now.
GOLDEN = {
    "peer-address": (
        {CHANGED, *OUTBOUND, C_ALARM, ZONE_ALARM},
        {*INBOUND, E_ALARM},
        OUTBOUND,
        INBOUND,
    ),
    "unified-cm": (set(UNIFIED_CM), set(), UNIFIED_CM, []),
    "jabber": (set(), set(), [], []),
}


def neutral(text: str) -> str:
    """A line without what differs from run to run."""
    text = re.sub(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}", "#", text)
    text = re.sub(r'(UTCTime|UUID|Src-port)="[^"]*"', r'\1="#"', text)
    return re.sub(r"\[\d+\]:", "[#]:", text)


def download(client, node) -> list[str]:
    answer = client.get(reverse("diagnostic-log", args=[node.pk]))
    assert answer.status_code == 200
    return [neutral(line) for line in answer.content.decode().splitlines()]


def shown(client, node, query: str = "") -> list[str]:
    """The lines on a page of the Event Log, as a person reads them."""
    whole = client.get(reverse("event-log", args=[node.pk]) + query).content.decode()
    items = re.findall(r"<li (?:class=\"red\")?>(.*?)</li>", whole.partition('<ol class="log"')[2], re.S)
    texts = [
        re.sub(r"<strong>.*?</strong>|<a .*?</a>|<span class=\"vh\">.*?</span>", "", item, flags=re.S)
        for item in items
    ]
    return [unescape(" ".join(re.sub(r"<[^>]+>", "", text).split())) for text in texts]


def make_events(lab: Lab, count: int) -> None:
    """As many events of the Expressway-C as a long life of the lab has."""
    node = control_of(lab)
    first = lab.events.count() + 1
    Event.objects.bulk_create(
        Event(
            lab=lab,
            seq=first + number,
            node=node,
            at_lab="2027-01-14T09:04:00Z",
            code="trusted-ca.appended",
            params={"count": number},
        )
        for number in range(count)
    )


@pytest.mark.parametrize("trouble", GOLDEN)
def test_both_servers_write_the_lines_of_the_documents(owner_client, working_lab, trouble):
    on_c, on_e, last_c, last_e = GOLDEN[trouble]
    TROUBLES[trouble](working_lab)
    for node, lines, last in ((control_of(working_lab), on_c, last_c), (edge_of(working_lab), on_e, last_e)):
        written = download(owner_client, node)
        assert set(written) == lines
        assert written[len(written) - len(last) :] == last
        assert len(written) == len(lines) + len(last)


def test_the_download_begins_with_the_oldest_and_what_was_done_comes_before_what_it_brought(
    owner_client, working_lab
):
    TROUBLES["peer-address"](working_lab)
    assert download(owner_client, control_of(working_lab))[:3] == [CHANGED, *OUTBOUND]


def test_the_download_is_a_text_file_named_after_the_server(owner_client, working_lab):
    working_lab.nodes.filter(kind="expressway-c").update(host='x";\r\nSet-Cookie')
    answer = owner_client.get(reverse("diagnostic-log", args=[control_of(working_lab).pk]))
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    name = r'attachment; filename="diagnostic_log_x____Set-Cookie_\d{4}-\d\d-\d\d\.txt"'
    assert re.fullmatch(name, answer["Content-Disposition"])


def test_the_event_log_has_the_events_the_newest_first_and_not_the_lines_of_services(
    owner_client, working_lab
):
    TROUBLES["peer-address"](working_lab)
    lines = [neutral(line) for line in shown(owner_client, control_of(working_lab))]
    without_host = [line.replace(" exp-c1", "", 1) for line in (OUTBOUND[0], CHANGED)]
    assert (lines[0], lines[-1]) == tuple(without_host)
    assert not any("TCP Connection Closed" in line for line in lines)
    assert len(lines) == 5


def test_only_errors_of_tls_are_red_and_each_can_be_looked_up(owner_client, working_lab):
    TROUBLES["peer-address"](working_lab)
    whole = owner_client.get(reverse("event-log", args=[control_of(working_lab).pk])).content.decode()
    assert whole.count('class="red"') == whole.count("Outbound TLS Negotiation Error&quot;") == 2
    address = re.search(r'href="(/look-up/\?q=[^"]+)"', whole)[1]
    found = owner_client.get(unescape(address)).content.decode()
    assert "Outbound TLS Negotiation Error" in found


def test_a_line_of_ours_has_the_mark_and_a_line_of_a_document_has_none(owner_client, working_lab):
    TROUBLES["peer-address"](working_lab)
    whole = owner_client.get(reverse("event-log", args=[control_of(working_lab).pk])).content.decode()
    items = re.findall(r"<li .*?</li>", whole.partition('<ol class="log"')[2], re.S)
    body = [re.sub(r"<strong>.*?</strong>|<a .*?</a>", "", item, flags=re.S) for item in items]
    marked = {re.search(r"Event=&quot;([^&]*)", item)[1]: 'class="ours"' in item for item in body}
    assert marked["Outbound TLS Negotiation Error"] is False
    assert marked["System Configuration Changed"] is True


def test_the_present_state_stands_at_the_top_at_the_lab_s_time_and_goes_when_it_is_cured(
    owner_client, working_lab
):
    TROUBLES["peer-address"](working_lab)
    labs.set_lab_time(working_lab.pk, NOON)
    assert shown(owner_client, control_of(working_lab))[0].startswith("2027-01-14 09:04:")
    set_peer(working_lab, "exp-e1.example.com")
    lines = shown(owner_client, control_of(working_lab))
    assert "Alarm Lowered" in lines[0]
    assert sum("Outbound TLS" in line for line in lines) == 1  # the one of then


def test_what_happened_is_told_the_same_way_every_time(owner_client, working_lab):
    TROUBLES["unknown-ca"](working_lab)
    assert download(owner_client, control_of(working_lab)) == download(owner_client, control_of(working_lab))


@pytest.mark.parametrize(
    ("words", "count"),
    [("", 5), ("alarm raised", 2), ("ALARM 45010", 1), ("zone changed", 1), ("tls 192.0.2.11", 2)],
)
def test_the_filter_keeps_the_lines_that_have_every_word(owner_client, working_lab, words, count):
    TROUBLES["peer-address"](working_lab)
    assert len(shown(owner_client, control_of(working_lab), f"?q={words}")) == count


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "nothing-has-this", "\x00", "x" * 5000])
def test_a_filter_that_nothing_has_says_so_and_is_text(owner_client, working_lab, words):
    TROUBLES["peer-address"](working_lab)
    answer = owner_client.get(reverse("event-log", args=[control_of(working_lab).pk]), {"q": words})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content
    assert b"No event has all of these words" in answer.content


def test_before_anything_happened_the_log_says_so(owner_client, working_lab):
    control = control_of(working_lab)
    assert b"Nothing was logged yet." in owner_client.get(reverse("event-log", args=[control.pk])).content
    assert b"Nothing was logged yet." in owner_client.get(reverse("diagnostics", args=[control.pk])).content
    assert download(owner_client, control) == []


def test_a_long_log_comes_in_pages_that_miss_nothing_and_repeat_nothing(owner_client, working_lab):
    TROUBLES["peer-address"](working_lab)
    make_events(working_lab, 2 * PAGE_LINES)
    control = control_of(working_lab)
    pages = [shown(owner_client, control, query) for query in ("", "?page=2", "?page=3", "?page=4")]
    assert [len(page) for page in pages] == [PAGE_LINES, PAGE_LINES, 5, 0]
    first = owner_client.get(reverse("event-log", args=[control.pk])).content.decode()
    second = owner_client.get(reverse("event-log", args=[control.pk]) + "?page=2").content.decode()
    last = owner_client.get(reverse("event-log", args=[control.pk]) + "?page=3").content.decode()
    assert ["Older events" in page for page in (first, second, last)] == [True, True, False]
    assert ["Newer events" in page for page in (first, second, last)] == [False, True, True]
    assert "Outbound TLS" in pages[0][0]  # how it is now
    assert "Zone changed" in pages[2][-1]


@pytest.mark.parametrize("page", ["0", "-1", "99999999999999999999", "1e3", "²", "x", ""])
def test_a_page_that_is_none_is_the_first(owner_client, working_lab, page):
    TROUBLES["peer-address"](working_lab)
    assert len(shown(owner_client, control_of(working_lab), f"?page={page}")) == 5


def test_a_filter_goes_along_from_page_to_page(owner_client, working_lab):
    make_events(working_lab, PAGE_LINES + 1)
    address = reverse("event-log", args=[control_of(working_lab).pk])
    whole = owner_client.get(address, {"q": "certificate management"}).content.decode()
    assert "?q=certificate+management&amp;page=2" in whole


@pytest.mark.parametrize("query", ["", "?q=nothing-has-this", "?page=15"])
def test_two_thousand_events_take_as_many_queries_as_two(owner_client, working_lab, query):
    make_events(working_lab, 2)
    address = reverse("event-log", args=[control_of(working_lab).pk]) + query
    with CaptureQueriesContext(connection) as few:
        owner_client.get(address)
    make_events(working_lab, 1900)
    with CaptureQueriesContext(connection) as many:
        assert owner_client.get(address).status_code == 200
    assert len(many) == len(few)


def test_what_was_said_to_every_server_is_in_every_log(owner_client, working_lab):
    seq = working_lab.events.count() + 1
    params = {"switch": "eku-checking", "position": "off"}
    Event.objects.create(
        lab=working_lab, seq=seq, node=None, at_lab="2027-01-14T09:04:00Z", code="lab.switch", params=params
    )
    for node in (control_of(working_lab), edge_of(working_lab)):
        assert "xConfiguration" in shown(owner_client, node)[0]


def test_the_diagnostics_page_says_how_long_the_log_is(owner_client, working_lab):
    TROUBLES["peer-address"](working_lab)
    control = control_of(working_lab)
    labs.set_lab_time(working_lab.pk, NOON)
    text = owner_client.get(reverse("diagnostics", args=[control.pk])).content.decode()
    assert re.search(r"Lines: 7\. The last is of Jan 14 2027 09:04:\d\d UTC\.", text)
    assert reverse("diagnostic-log", args=[control.pk]) in text


def test_a_hostile_name_in_a_lab_makes_no_line_of_its_own(owner_client, working_lab):
    set_peer(working_lab, 'x"\nEvent="Alarm Raised')
    lines = download(owner_client, control_of(working_lab))
    assert all(line.startswith("# exp-c1 ") for line in lines)
