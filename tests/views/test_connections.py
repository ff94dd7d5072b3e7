"""The page of one connection: every reason with its cure, what each side saw and logs; a stranger gets 404."""

from uuid import uuid4

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from certstore.models import Lab, Node, ZonePeer
from certstore.pki.connections import Kind
from certstore.reading.connection import NO_SERVER
from certstore.reading.lab_state import lab_view
from certstore.scenarios.recipes import MadeLab
from tests import faults

HTMX = {"HX-Request": "true"}
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def working(owner, made_servers: MadeLab) -> Lab:
    return faults.working_lab(owner, made_servers)


def address(lab, kind, name="connection", nth=1):
    """Where the n-th connection of a kind is explained."""
    verdict = [one for one in lab_view(lab, lab.now()).state.all if one.kind == kind][nth - 1]
    ends = [end or NO_SERVER for end in (verdict.source, verdict.target)]
    return reverse(name, args=[lab.pk, kind.value, *ends])


def explained(client, lab, kind, **query):
    answer = client.get(address(lab, kind), query)
    assert answer.status_code == 200
    return answer


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.PEERS])
def test_a_connection_that_works_opens_too_and_says_what_was_checked(working, owner_client, kind, headers):
    answer = owner_client.get(address(working, kind), headers=headers)
    assert answer.status_code == 200
    assert "What was checked" in text(answer)
    assert answer.context["explained"].reasons == ()
    assert "{" not in " ".join(answer.context["explained"].checked)


def test_both_sides_of_a_zone_are_drawn_with_names_and_verdicts(working, owner_client):
    answer = explained(owner_client, working, Kind.ZONE)
    looks = answer.context["explained"].looks
    assert [seen.title for seen in looks] == ["exp-c1 looks at exp-e1", "exp-e1 looks at exp-c1"]
    assert [seen.matched for seen in looks] == ["exp-e1.example.com", "exp-c1.example.com"]
    assert all(seen.taken and len(seen.links) == 3 for seen in looks)
    assert text(answer).count('class="chain"') == 2


def test_a_zone_without_the_cas_says_number_depth_alert_and_both_logs(working, owner_client):
    faults.zone_fails(working)
    answer = explained(owner_client, working, Kind.ZONE)
    seen = answer.context["explained"].looks[0]
    assert not seen.taken
    assert seen.openssl in ("OpenSSL says 19 at depth 2.", "OpenSSL says 20 at depth 0.")
    assert seen.alert == "unknown_ca"
    logs = {log.name: " ".join(line.text for line in log.lines) for log in answer.context["explained"].logs}
    assert "Outbound TLS Negotiation Error" in logs["exp-c1"]
    assert "Inbound TLS Negotiation Error" in logs["exp-e1"]
    assert "unknown ca" in logs["exp-e1"]
    control = faults.node(working, Node.Kind.EXPRESSWAY_C)
    links = dict(answer.context["first"].links)
    assert links["Trusted CA certificate on exp-c1"] == reverse("trusted-ca", args=[control.pk])
    assert "How sure:" in text(answer)
    assert "A real box says something else?" in text(answer)


def test_tunnels_after_a_renewal_name_the_ca_the_list_and_since_when(working, owner_client):
    faults.tunnels_fail(working)
    answer = explained(owner_client, working, Kind.TUNNELS)
    found = answer.context["explained"]
    assert found.connection.says == "Failed"
    assert found.since.endswith("after: The server was restarted.")
    first = answer.context["first"].told
    assert first.code == "tunnels.ca-missing"
    assert "Issuing CA 2" in first.cause
    assert [seen.title for seen in found.looks] == [
        "exp-e1 looks at exp-c1",
        "exp-c1 looks at exp-e1",
        "exp-c1 looks at its own",
        "exp-e1 looks at its own",
    ]
    assert [link.state for link in found.looks[1].links] == ["this-file", "missing"]


def test_unified_cm_that_has_not_loaded_the_cas_is_explained_on_its_side(working, owner_client):
    faults.unified_cm_refuses(working)
    answer = explained(owner_client, working, Kind.UNIFIED_CM)
    assert answer.context["first"].told.code == "unified-cm.ca-missing"
    assert "tomcat-trust" in text(answer)
    cucm = faults.node(working, Node.Kind.CUCM)
    wanted = [reverse("unified-cm", args=[working.pk, cucm.pk])]
    assert [link for _, link in answer.context["first"].links] == wanted


def test_jabber_that_warns_says_so_and_who_would_fail_without_a_prompt(working, owner_client):
    faults.jabber_warns(working)
    answer = explained(owner_client, working, Kind.JABBER)
    assert answer.context["explained"].connection.says == "a warning"
    assert answer.context["first"].told.code == "jabber.not-trusted"
    assert "jabber.phones-fail" in [one.told.code for one in answer.context["further"]]
    assert [log.name for log in answer.context["explained"].logs] == ["Jabber"]


def test_a_sign_in_is_told_step_by_step_to_where_it_ends(working, owner_client):
    faults.tunnels_fail(working)
    steps = explained(owner_client, working, Kind.SIGN_IN).context["explained"].steps
    assert [(step.tone, step.says) for step in steps] == [
        ("ok", "works"),
        ("ok", "works"),
        ("ok", "works"),
        ("bad", "fails"),
        ("off", "not reached"),
        ("off", "not reached"),
        ("off", "not reached"),
    ]


@pytest.mark.parametrize(
    ("fault", "kind", "code"),
    [
        (faults.peer_leads_nowhere, Kind.ZONE, "zone.no-address"),
        (faults.password_differs, Kind.ZONE, "zone.credentials"),
        (faults.password_differs, Kind.TUNNELS, "tunnels.zone-down"),
        (faults.dns_does_not_lead_back, Kind.TUNNELS, "tunnels.no-ptr"),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_what_is_no_fault_of_a_certificate_is_explained_as_well(working, owner_client, fault, kind, code):
    fault(working)
    answer = explained(owner_client, working, kind)
    assert answer.context["first"].told.code == code
    assert "{" not in answer.context["first"].told.cause


def test_the_second_of_two_alike_has_its_own_page(working, owner_client):
    peer = ZonePeer.objects.get(zone__node__lab=working)
    edge = faults.node(working, Node.Kind.EXPRESSWAY_E)
    ZonePeer.objects.create(zone=peer.zone, position=2, address=edge.address)
    first = owner_client.get(address(working, Kind.ZONE))
    second = owner_client.get(address(working, Kind.ZONE), {"n": "2"})
    assert first.context["explained"].connection.says == "Active"
    assert second.context["explained"].connection.says == "Failed", (
        "the address is no name of the certificate"
    )
    assert second.context["ticket_address"].endswith("?n=2")
    overview = owner_client.get(reverse("lab", args=[working.pk])).content.decode()
    assert f"{address(working, Kind.ZONE)}?n=2" in overview


@pytest.mark.parametrize("nth", ["0", "2", "99", "-1", "x", "", "٣", "9" * 40])
def test_a_number_that_is_none_is_no_page(working, owner_client, nth):
    assert owner_client.get(address(working, Kind.ZONE), {"n": nth}).status_code == 404


def test_what_is_no_connection_of_the_lab_is_no_page(working, owner_client):
    control, edge = (
        str(faults.node(working, kind).pk) for kind in (Node.Kind.EXPRESSWAY_C, Node.Kind.EXPRESSWAY_E)
    )
    for kind, source, target in (
        ("zone", edge, control),
        ("zone", control, uuid4()),
        ("zone", NO_SERVER, NO_SERVER),
        ("tunnels", control, control),
        ("nothing", control, edge),
        ("ZONE", control, edge),
        ("zone ", control, edge),
    ):
        for name in ("connection", "connection-ticket"):
            asked = reverse(name, args=[working.pk, kind, source, target])
            assert owner_client.get(asked).status_code == 404, (kind, name)


def test_a_stranger_gets_404(working, stranger_client):
    for name in ("connection", "connection-ticket"):
        assert stranger_client.get(address(working, Kind.ZONE, name)).status_code == 404


def test_the_ticket_is_plain_text_with_all_of_it(working, owner_client):
    faults.zone_fails(working)
    answer = owner_client.get(address(working, Kind.ZONE, "connection-ticket"))
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    told = answer.content.decode()
    for piece in (
        "Connection   Traversal zone, exp-c1 to exp-e1",
        "State        Failed",
        "Why",
        "What to do",
        "How sure",
        "exp-c1 looks at exp-e1",
        "TLS alert: unknown_ca.",
        "Log of exp-c1",
        "This is the answer of a simulator",
    ):
        assert piece in told
    outside = [line for line in told.splitlines() if "tvcs:" not in line]
    assert max(map(len, outside)) <= 78
    assert told.splitlines()[0] in owner_client.get(address(working, Kind.ZONE)).content.decode()


@pytest.mark.parametrize("column", ["hints", "off"])
@pytest.mark.parametrize(
    ("fault", "kind"),
    [(faults.zone_fails, Kind.ZONE), (faults.tunnels_fail, Kind.SIGN_IN)],
    ids=["zone", "sign-in"],
)
def test_a_quiet_column_tells_neither_the_ca_nor_the_cure(working, owner_client, column, fault, kind):
    fault(working)
    Lab.objects.filter(pk=working.pk).update(explanations=column)
    page = explained(owner_client, working, kind)
    ticket = owner_client.get(address(working, kind, "connection-ticket"))
    edge = faults.node(working, Node.Kind.EXPRESSWAY_E)
    issuer = edge.slots.get().installations.get(is_running=True).certificate.facts["issuer"]
    for answer in (page, ticket):
        body = answer.content.decode()
        assert issuer not in body
        assert "Append CA certificate" not in body
        assert "What to do" not in body
        assert 'class="chain"' not in body
    assert ("Look at" in text(page)) == (column == "hints")
    assert "Our column" in text(page)


def test_hostile_names_are_shown_as_text(working, owner_client):
    control = faults.node(working, Node.Kind.EXPRESSWAY_C)
    ZonePeer.objects.filter(zone__node=control).update(address=HOSTILE)
    Node.objects.filter(pk=control.pk).update(host=HOSTILE)
    for kind in (Kind.ZONE, Kind.TUNNELS, Kind.UNIFIED_CM, Kind.SIGN_IN):
        body = explained(owner_client, working, kind).content.decode()
        assert HOSTILE not in body
        if kind is Kind.ZONE:
            assert escape(HOSTILE) in body


def test_the_queries_of_a_page_are_bounded(working, owner_client):
    faults.tunnels_fail(working)
    where = address(working, Kind.TUNNELS)
    with CaptureQueriesContext(database) as found:
        owner_client.get(where)
    assert len(found) <= 35
