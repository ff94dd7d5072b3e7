"""Status > Zones, Unified Communications, SSH tunnels and Overview: the product's words for every state of a lab."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certstore.actions import labs, server_certificate
from certstore.models import Lab, Node, Zone, ZonePeer
from certstore.models.clock import real_now, shifted
from certstore.reading.lab_state import lab_view
from certstore.views.connection_links import address_of
from tests.working import TROUBLES, control_of, edge_of, set_peer

pytestmark = pytest.mark.django_db

PAGES = ("zones-status", "uc-status", "tunnels-status", "status-overview")
WAITING = "Configured but with errors. Provisioning server: Waiting for traversal server info."
# By trouble: the zone (Expressway-C, Expressway-E), its cause on Expressway-C, the status of Unified Communications
# (both), the tunnels. Typed by hand from expressway-consequences.md, 0.2.
STATES = {
    "none": ("Active", "", "Configured", "Configured", "Active"),
    "peer-address": ("Failed", "TLS negotiation failed", WAITING, "Configured but with errors.", "Failed"),
    "subject-name": ("Failed", "TLS negotiation failed", WAITING, "Configured but with errors.", "Failed"),
    "unknown-ca": ("Failed", "TLS negotiation failed", WAITING, "Configured but with errors.", "Failed"),
    "unknown-intermediate": ("Active", "", WAITING, "Configured but with errors.", "Failed"),
    "unified-cm": ("Active", "", "Configured but with errors.", "Configured", "Active"),
    "jabber": ("Active", "", "Configured", "Configured", "Active"),
}


@pytest.fixture(params=STATES)
def trouble(request, working_lab):
    """A lab in each state, with the name of that."""
    if request.param != "none":
        TROUBLES[request.param](working_lab)
    return request.param


def box_of(client, name: str, node: Node) -> str:
    """What the appliance frame of a page says, without mark-up and without our marks."""
    whole = client.get(reverse(name, args=[node.pk])).content.decode()
    frame = whole[whole.index('<div class="boxbody">') : whole.index('<dl class="foot"')]
    return words_of(frame)


def column_of(client, name: str, node: Node) -> str:
    whole = client.get(reverse(name, args=[node.pk])).content.decode()
    return words_of(whole[whole.index("</dl>", whole.index('<dl class="foot"')) :])


def words_of(markup: str) -> str:
    text = re.sub(r"<[^>]+>", " ", markup.replace(' <span class="vh"> (our wording)', ""))
    text = text.replace("&#x27;", "'").replace("&gt;", ">")
    return " ".join(text.replace("(our wording)", "").split()).replace(" .", ".")


def test_the_zone_is_in_the_state_that_its_verdict_gives(owner_client, working_lab, trouble):
    zone, cause, *_ = STATES[trouble]
    for node, kind in ((control_of(working_lab), "client"), (edge_of(working_lab), "server")):
        said = box_of(owner_client, "zones-status", node)
        assert f"Traversal zone Traversal {kind} 0 0 kbps {zone}" in said
        assert f"7001 {zone} {cause or '-'}" in said


def test_unified_communications_says_what_the_tunnels_come_to(owner_client, working_lab, trouble):
    _, _, on_c, on_e, tunnels = STATES[trouble]
    for node, status in ((control_of(working_lab), on_c), (edge_of(working_lab), on_e)):
        said = box_of(owner_client, "uc-status", node)
        assert f"Unified Communications status {status} Unified Communications zones" in said
        active = 1 if tunnels == "Active" else 0
        assert f"SSH tunnels {tunnels} Tunnels that are up: {active} of 1." in said
        service = "Active" if active else "Inactive"
        assert f"(traffic server) {service} Provisioning server {service}" in said


def test_the_tunnels_are_in_their_state_on_both_sides(owner_client, working_lab, trouble):
    tunnels = STATES[trouble][-1]
    for node, other in (
        (control_of(working_lab), "exp-e1.example.com"),
        (edge_of(working_lab), "exp-c1.example.com"),
    ):
        said = box_of(owner_client, "tunnels-status", node)
        assert said.startswith(f"FQDN Target Status {other} 198.51.100.21:2222 {tunnels}")


def test_the_overview_has_all_of_it_at_a_glance(owner_client, working_lab, trouble):
    zone, _, status, _, tunnels = STATES[trouble]
    said = box_of(owner_client, "status-overview", control_of(working_lab))
    assert "System name exp-c1.example.com Kind Expressway-C IPv4 address 192.0.2.11" in said
    assert f"Zones Traversal zone: {zone}" in said
    assert f"Unified Communications {status} SSH tunnels {tunnels}" in said


def test_every_failing_row_has_a_way_to_its_explanation_in_our_column(owner_client, working_lab, trouble):
    lab = Lab.objects.get(pk=working_lab.pk)
    control, view = control_of(lab), lab_view(lab, lab.now())
    shown = owner_client.get(reverse("zones-status", args=[control.pk])).content.decode()
    address = address_of(lab, view.state.zones[0])
    assert address in shown
    assert ("Why it does not work" in shown) == (STATES[trouble][0] == "Failed")
    tunnels = owner_client.get(reverse("tunnels-status", args=[control.pk])).content.decode()
    assert ("SSH tunnels: exp-c1.example.com to exp-e1.example.com" in tunnels) == (
        STATES[trouble][-1] == "Failed"
    )


def test_a_unified_cm_that_refuses_is_told_on_expressway_c_alone(owner_client, working_lab):
    TROUBLES["unified-cm"](working_lab)
    assert "cucm1.example.com Failed" in box_of(owner_client, "uc-status", control_of(working_lab))
    assert "cucm1" not in box_of(owner_client, "uc-status", edge_of(working_lab))
    assert "Unified CM connection: exp-c1.example.com to cucm1.example.com" in column_of(
        owner_client, "uc-status", control_of(working_lab)
    )


@pytest.mark.parametrize(
    ("address", "name", "cause"),
    [
        ("nowhere.example.com", "nowhere.example.com", "No address for this name"),
        ("192.0.2.99", "192.0.2.99", "System unreachable"),
    ],
)
def test_a_peer_that_leads_nowhere_has_its_cause_and_the_other_side_has_failed(
    owner_client, working_lab, address, name, cause
):
    set_peer(working_lab, address)
    said = box_of(owner_client, "zones-status", control_of(working_lab))
    assert f"{name} - 7001 Failed {cause}" in said
    other = box_of(owner_client, "zones-status", edge_of(working_lab))
    assert "0 kbps Failed" in other
    assert "exp-c1.example.com 192.0.2.11 7001 Failed" in other


def test_a_server_zone_to_which_nobody_connects_has_failed(owner_client, working_lab):
    Zone.objects.filter(node=control_of(working_lab)).delete()
    said = box_of(owner_client, "zones-status", edge_of(working_lab))
    assert said.endswith("Traversal zone Traversal server 0 0 kbps Failed")


def test_each_way_to_an_explanation_leads_to_a_page(owner_client, working_lab):
    zone = Zone.objects.get(node=control_of(working_lab))
    ZonePeer.objects.bulk_create(
        ZonePeer(zone=zone, position=position, address=f"nowhere-{position}.example.com")
        for position in (2, 3)
    )
    TROUBLES["unified-cm"](working_lab)
    for node in (control_of(working_lab), edge_of(working_lab)):
        shown = owner_client.get(reverse("uc-status", args=[node.pk]))
        for _, address in shown.context["failing"]:
            assert owner_client.get(address).status_code == 200, address


def test_a_wrong_password_is_no_fault_of_a_certificate(owner_client, working_lab):
    Zone.objects.filter(node=edge_of(working_lab)).update(password="other")
    said = box_of(owner_client, "zones-status", control_of(working_lab))
    assert "Failed Authentication failed" in said


def test_of_two_peers_of_which_one_fails_the_zone_says_how_many_are_active(owner_client, working_lab):
    zone = Zone.objects.get(node=control_of(working_lab))
    ZonePeer.objects.create(zone=zone, position=2, address="exp-e2.example.com")
    said = box_of(owner_client, "zones-status", control_of(working_lab))
    assert "0 kbps 1 of 2 Active" in said
    assert "exp-e2.example.com - 7001 Failed" in said


def test_without_a_zone_each_page_says_so(owner_client, working_lab):
    Zone.objects.filter(node__lab=working_lab).delete()
    for node in (control_of(working_lab), edge_of(working_lab)):
        assert "There is no zone." in box_of(owner_client, "zones-status", node)
        assert "Not configured" in box_of(owner_client, "uc-status", node)
        assert "There is no zone." in box_of(owner_client, "status-overview", node)
    said = box_of(owner_client, "tunnels-status", control_of(working_lab))
    assert "exp-e1.example.com 198.51.100.21:2222 Inactive" in said


def test_when_a_state_last_changed_is_told(owner_client, working_lab):
    control = control_of(working_lab)
    assert "not since the lab was made" in box_of(owner_client, "zones-status", control)
    TROUBLES["peer-address"](working_lab)
    said = box_of(owner_client, "zones-status", control)
    assert re.search(r"TLS negotiation failed \w{3} \d\d \d{4} \d\d:\d\d:\d\d UTC$", said)


def test_the_title_of_the_tunnels_is_the_product_s_and_the_menu_shows_where_one_is(owner_client, working_lab):
    shown = owner_client.get(reverse("tunnels-status", args=[control_of(working_lab).pk])).content.decode()
    assert "<h1>Unified Communications SSH tunnels status</h1>" in shown
    assert reverse("secure-traversal-test", args=[control_of(working_lab).pk]) in shown
    foot = owner_client.get(reverse("uc-status", args=[control_of(working_lab).pk])).content.decode()
    assert reverse("tunnels-status", args=[control_of(working_lab).pk]) in foot


def test_a_certificate_that_waits_for_the_restart_is_told(owner_client, working_lab):
    edge = edge_of(working_lab)
    assert "Another certificate waits" not in box_of(owner_client, "status-overview", edge)
    server_certificate.reset_to_default(edge)
    assert "Another certificate waits for the restart." in box_of(owner_client, "status-overview", edge)


def test_a_certificate_that_has_ended_is_marked(owner_client, lab, exp_e):
    labs.set_lab_time(lab.pk, shifted(real_now(), 5 * 365 * 86_400))
    shown = owner_client.get(reverse("status-overview", args=[exp_e.pk])).content.decode()
    assert 'class="st bad"><a' in shown


@pytest.mark.parametrize("column", ["hints", "off"])
def test_a_lab_that_tells_less_tells_less_here(owner_client, working_lab, column):
    TROUBLES["peer-address"](working_lab)
    Lab.objects.filter(pk=working_lab.pk).update(explanations=column)
    said = column_of(owner_client, "zones-status", control_of(working_lab))
    assert "no name of" not in said
    assert ("Why it does not work" in said) == (column == "hints")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "{{ 7|add:7 }}\u202e"])
def test_what_somebody_typed_is_text(owner_client, working_lab, name, hostile):
    Zone.objects.filter(node__lab=working_lab).update(name=hostile[:50])
    set_peer(working_lab, hostile)
    for node in (control_of(working_lab), edge_of(working_lab)):
        shown = owner_client.get(reverse(name, args=[node.pk]))
        assert shown.status_code == 200
        assert b"<script>alert" not in shown.content
        assert b"14\xe2\x80\xae" not in shown.content


@pytest.mark.parametrize("name", [*PAGES, "alarms", "event-log", "diagnostics"])
def test_the_number_of_queries_does_not_grow_with_what_happened(owner_client, working_lab, name):
    control = control_of(working_lab)
    TROUBLES["peer-address"](working_lab)
    address = reverse(name, args=[control.pk])
    with CaptureQueriesContext(connection) as few:
        owner_client.get(address)
    for peer in ("a.example.com", edge_of(working_lab).address) * 3:
        set_peer(working_lab, peer)
    with CaptureQueriesContext(connection) as many:
        owner_client.get(address)
    assert len(many) <= len(few)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_a_fragment_for_htmx(owner_client, working_lab, name):
    answer = owner_client.get(
        reverse(name, args=[control_of(working_lab).pk]), headers={"HX-Request": "true"}
    )
    assert b"<html" not in answer.content
    assert b"<title>" in answer.content


def test_unified_cm_and_jabber_have_no_such_pages(owner_client, working_lab):
    for node in working_lab.nodes.exclude(kind__in=(Node.Kind.EXPRESSWAY_C, Node.Kind.EXPRESSWAY_E)):
        for name in PAGES:
            assert owner_client.get(reverse(name, args=[node.pk])).status_code == 404
