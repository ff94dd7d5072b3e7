"""The overview of a lab: what works, the numbered causes, which list holds which CA, the next step, the history."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from certstore.actions import labs, points, restart, server_certificate, trusted_ca
from certstore.actions.labs import make_lab
from certstore.models import CucmServer, Installation, Lab, Node, StoreName, TrustEntry
from certstore.scenarios import PAIR
from certstore.scenarios.recipes import MadeLab
from tests import faults
from tests.labs import content_of, tried

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def working(owner, made_servers: MadeLab) -> Lab:
    return faults.working_lab(owner, made_servers)


def page(client, lab):
    answer = client.get(reverse("lab", args=[lab.pk]))
    assert answer.status_code == 200
    return answer


def text(answer):
    return " ".join(answer.content.decode().split())


def states(answer):
    """Kind, what it says and the number of its cause, of every connection."""
    return [(one.kind.value, one.says, one.number) for one in answer.context["overview"].connections]


def matrix(answer):
    """By CA and list what the cell says, with its number."""
    columns = [column.name for column in answer.context["overview"].columns]
    return {
        row.name: dict(zip(columns, [f"{says} {number}".strip() for _, says, number in cells], strict=True))
        for row, cells in answer.context["rows"]
    }


def column(lab, value):
    Lab.objects.filter(pk=lab.pk).update(explanations=value)


# What works


def test_where_everything_works_there_is_nothing_to_do(working, owner_client):
    answer = page(owner_client, working)
    assert states(answer) == [
        ("jabber", "no warning", 0),
        ("zone", "Active", 0),
        ("tunnels", "Active", 0),
        ("unified-cm", "works", 0),
        ("sign-in", "works", 0),
    ]
    assert answer.context["causes"] == []
    assert answer.context["next"] is None
    assert "Nothing to do: every connection works." in text(answer)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (faults.zone_fails, {"zone": "Failed", "tunnels": "Failed", "sign-in": "fails"}),
        (faults.tunnels_fail, {"zone": "Active", "tunnels": "Failed", "sign-in": "fails"}),
        (faults.unified_cm_refuses, {"zone": "Active", "unified-cm": "refused", "sign-in": "fails"}),
        (faults.jabber_warns, {"zone": "Active", "jabber": "a warning", "sign-in": "works after a warning"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_each_trouble_of_the_source_document_is_seen_at_a_glance_as_one_cause(
    working, owner_client, fault, expected
):
    fault(working)
    answer = page(owner_client, working)
    found = {kind: says for kind, says, _ in states(answer)}
    assert {kind: found[kind] for kind in expected} == expected
    [cause] = answer.context["causes"]
    assert cause.sign == "①"
    numbers = {number for _, says, number in states(answer) if number}
    assert numbers == {1}, "the same cause has the same number"
    assert answer.content.decode().count(cause.address) >= 2, "from the picture and from the cause"
    assert owner_client.get(cause.address).status_code == 200


def test_tunnels_that_wait_for_their_zone_have_the_zones_cause(working, owner_client):
    faults.password_differs(working)
    answer = page(owner_client, working)
    [cause] = answer.context["causes"]
    assert "does not accept the user name or password" in cause.line.text
    assert {one.kind.value for one in cause.line.hits} == {"zone", "tunnels", "sign-in"}


def test_two_troubles_are_two_numbers(working, owner_client):
    faults.jabber_warns(working)
    faults.tunnels_fail(working)
    found = {kind: number for kind, _, number in states(page(owner_client, working))}
    assert found["jabber"] == 1
    assert found["tunnels"] == found["sign-in"] == 2


# Which list holds which CA


def test_the_ca_that_is_missing_is_marked_with_the_number_of_its_cause(working, owner_client):
    faults.tunnels_fail(working)
    found = matrix(page(owner_client, working))
    [new] = [row for name, row in found.items() if "Issuing CA 2" in name]
    assert new == {
        "exp-c1": "missing ①",
        "exp-e1": "in the list",
        "cucm1 tomcat-trust": "not needed",
        "cucm1 CallManager-trust": "not needed",
        "Jabber's computer": "not needed",
    }


def test_what_unified_cm_has_stored_and_not_loaded_counts_after_the_restart(working, owner_client):
    faults.unified_cm_refuses(working)
    found = matrix(page(owner_client, working))
    [of_c] = [row for name, row in found.items() if "Enterprise Root CA" in name]
    assert of_c["cucm1 tomcat-trust"] == of_c["cucm1 CallManager-trust"] == "after the restart"
    stores = (StoreName.TOMCAT, StoreName.CALLMANAGER)
    faults.without(working, Node.Kind.CUCM, stores, "Enterprise")
    found = matrix(page(owner_client, working))
    assert "missing ①" in [row["cucm1 tomcat-trust"] for row in found.values()]


def test_a_row_says_what_its_ca_is_in_the_chains(working, owner_client):
    roles = {row.name: row.role for row, _ in page(owner_client, working).context["rows"]}
    assert sorted(roles.values()) == [
        "root of cucm1",
        "root of exp-c1",
        "root of exp-e1",
        "signs cucm1",
        "signs exp-c1",
        "signs exp-e1",
    ]


def test_a_ca_that_no_list_has_is_a_row_by_its_name(working, owner_client):
    faults.tunnels_fail(working)
    faults.without(working, Node.Kind.EXPRESSWAY_E, (StoreName.CA,), "Issuing CA 2")
    roles = {row.name: row.role for row, _ in page(owner_client, working).context["rows"]}
    [role] = [role for name, role in roles.items() if "Issuing CA 2" in name]
    assert role == "signs exp-e1, new; no CA of this name in any list of the lab"


def roles_of(answer):
    return {row.name: row.role for row, _ in answer.context["rows"]}


def new_ones(answer):
    return sorted(role for role in roles_of(answer).values() if ", new" in role)


def test_a_ca_that_came_with_the_last_change_is_new_until_the_next_one(working, owner, owner_client):
    """The design's own case: the certificate of a new issuing CA runs since the restart."""
    edge = faults.node(working, Node.Kind.EXPRESSWAY_E)
    name = "exp-e1-renewal-issuing-ca.pem"
    assert new_ones(page(owner_client, working)) == [], "a lab that was just made has nothing new"
    trusted_ca.append(edge, tried(content_of(working, name), name), owner)
    assert new_ones(page(owner_client, working)) == [], "nobody shows a certificate below it yet"
    name = "exp-e1-renewal.pem"
    server_certificate.upload(edge, tried(content_of(working, name), name), None, owner)
    assert new_ones(page(owner_client, working)) == []
    restart.restart(edge)
    assert new_ones(page(owner_client, working)) == ["signs exp-e1, new"]
    labs.set_lab_time(working.pk, None)
    assert new_ones(page(owner_client, working)) == [], "the change before the last one is old"


def test_a_renewal_from_the_same_ca_brings_no_new_one(working, owner, owner_client):
    edge = faults.node(working, Node.Kind.EXPRESSWAY_E)
    name = "exp-e1.pem"
    server_certificate.upload(edge, tried(content_of(working, name), name), None, owner)
    restart.restart(edge)
    assert new_ones(page(owner_client, working)) == []


def test_a_ca_that_came_into_a_list_with_the_last_change_is_new(working, owner, owner_client):
    issuers = TrustEntry.objects.filter(store__node__lab=working, store__name=StoreName.CA)
    gone = [row.pk for row in issuers if "Issuing CA 1" in row.certificate.facts["subject"]]
    issuers.filter(pk__in=gone).delete()
    edge = faults.node(working, Node.Kind.EXPRESSWAY_E)
    name = "exp-e1-issuing-ca.pem"
    trusted_ca.append(edge, tried(content_of(working, name), name), owner)
    assert "signs exp-e1, new" in new_ones(page(owner_client, working))


def test_a_point_that_somebody_kept_is_no_change(working, owner_client):
    faults.tunnels_fail(working)
    points.keep(working.pk, "As it is")
    assert new_ones(page(owner_client, working)) == ["signs exp-e1, new"]


# What to do next


def test_the_next_step_names_the_ca_the_page_and_what_then_works(working, owner_client):
    faults.tunnels_fail(working)
    answer = page(owner_client, working)
    step = answer.context["next"]
    assert step.step.text.startswith("Append ")
    assert step.step.text.endswith("Issuing CA 2 on exp-c1.example.com.")
    control = faults.node(working, Node.Kind.EXPRESSWAY_C)
    assert step.links == (("Trusted CA certificate on exp-c1", reverse("trusted-ca", args=[control.pk])),)
    assert step.then == (
        "These then work again: SSH tunnels, exp-c1 to exp-e1; MRA sign-in, Jabber to exp-e1."
    )


def test_what_it_promises_comes_true(working, owner_client):
    faults.tunnels_fail(working)
    control = faults.node(working, Node.Kind.EXPRESSWAY_C)
    trusted_ca.append(control, tried(content_of(working, "exp-e1-renewal-issuing-ca.pem")), working.owner)
    assert all(not number for _, _, number in states(page(owner_client, working)))


def test_it_promises_nothing_where_one_ca_is_not_enough(working, owner_client):
    faults.zone_fails(working)
    step = page(owner_client, working).context["next"]
    assert "MRA sign-in" not in step.then, "the issuing CA is missing as well, for the tunnels"


def test_a_server_out_of_the_box_is_told_to_get_a_certificate_not_to_be_trusted(lab, owner_client):
    assert lab.recipe == PAIR
    step = page(owner_client, lab).context["next"]
    assert step.step.is_new
    assert "Append" not in step.step.text
    assert step.then == ""


# What happened


def test_the_history_names_what_an_action_brought_about_with_its_sign(working, owner_client):
    faults.tunnels_fail(working)
    answer = page(owner_client, working)
    lines = [(line.event.tone, line.event.text) for line in answer.context["events"]]
    assert ("bad", "SSH tunnels failed: exp-c1 to exp-e1.") in lines
    assert ("bad", "MRA sign-in failed: jabber to exp-e1.") in lines
    assert ("ok", "The server was restarted.") in lines
    [failed] = [line for line in answer.context["events"] if line.event.text.startswith("SSH tunnels")]
    assert owner_client.get(failed.address).context["explained"].connection.kind == "tunnels"
    assert "Back to before this" in text(answer)


def test_the_page_that_did_it_says_what_it_changed(working, owner_client):
    faults.tunnels_fail(working)
    edge = faults.node(working, Node.Kind.EXPRESSWAY_E)
    event = working.events.filter(code="restart.done").first()
    for address in (
        reverse("restarting", args=[edge.pk]),
        reverse("server-certificate", args=[edge.pk]) + f"?event={event.seq}",
    ):
        answer = owner_client.get(address)
        assert "SSH tunnels failed: exp-c1 to exp-e1." in text(answer)
        assert "What this changed" in text(answer)
    control = faults.node(working, Node.Kind.EXPRESSWAY_C)
    data = content_of(working, "exp-e1-renewal-issuing-ca.pem")
    attempt = trusted_ca.append(control, tried(data), working.owner)
    answer = owner_client.get(reverse("trusted-ca", args=[control.pk]) + f"?attempt={attempt.pk}")
    assert "SSH tunnels came up: exp-c1 to exp-e1." in text(answer)


def test_the_page_says_nothing_where_nothing_changed_or_the_column_is_off(working, owner_client):
    faults.tunnels_fail(working)
    edge = faults.node(working, Node.Kind.EXPRESSWAY_E)
    attempt = working.attempts.filter(stored=False).first() or working.attempts.first()
    address = reverse("trusted-ca", args=[edge.pk])
    assert "What this changed" not in text(owner_client.get(address))
    assert "What this changed" not in text(owner_client.get(f"{address}?attempt={attempt.pk}"))
    column(working, "off")
    assert "What this changed" not in text(owner_client.get(reverse("restarting", args=[edge.pk])))


# A quiet column


def test_hints_only_numbers_the_causes_and_names_no_ca(working, owner_client):
    faults.tunnels_fail(working)
    column(working, "hints")
    answer = page(owner_client, working)
    [cause] = answer.context["causes"]
    assert cause.line.text == "Look at both servers: what each of them shows, and whom each of them knows."
    assert "Issuing CA 2" not in text(answer)
    assert answer.context["next"] is None


def test_a_column_that_is_off_shows_states_and_no_causes(working, owner_client):
    faults.tunnels_fail(working)
    column(working, "off")
    answer = page(owner_client, working)
    assert ("tunnels", "Failed", 0) in states(answer)
    assert answer.context["causes"] == []
    assert "①" not in text(answer)
    assert "Issuing CA 2" not in text(answer)


# The wall, hostile names, many servers


def test_a_lab_without_services_says_where_they_are_added(owner, owner_client, made_servers):
    real = MadeLab(made_servers.servers, None)
    lab = make_lab(owner, Lab.Kind.REHEARSE, "Real files", "X14.3", made=real)
    answer = page(owner_client, lab)
    assert {kind for kind, _, _ in states(answer)} == {"zone", "tunnels"}
    assert "The Expressways stand alone here" in text(answer)


def test_hostile_names_are_shown_as_text(working, owner_client):
    Node.objects.filter(lab=working).exclude(kind=Node.Kind.JABBER).update(domain=HOSTILE)
    body = page(owner_client, working).content.decode()
    assert HOSTILE not in body
    assert escape(HOSTILE)[:12] in body


def test_a_server_that_leads_nowhere_has_its_connection_too(working, owner_client):
    faults.peer_leads_nowhere(working)
    answer = page(owner_client, working)
    assert ("zone", "Failed", 1) in states(answer)
    assert "Traversal zone, exp-c1 to no server" in text(answer)


def copies(lab, kind, count):
    """Further servers that show what the first of a kind shows, and trust what it trusts."""
    first = faults.node(lab, kind)
    for number in range(2, count + 2):
        more = Node.objects.create(
            lab=lab,
            kind=kind,
            host=f"{first.host}-{number}",
            domain=first.domain,
            address=f"192.0.2.{90 + number}",
        )
        for store in first.trust_stores.all():
            entries = list(store.entries.all())
            store.pk, store.node = None, more
            store.save()
            for entry in entries:
                entry.pk, entry.store = None, store
            TrustEntry.objects.bulk_create(entries)
        for slot in first.slots.all():
            installed = slot.installations.get(is_running=True)
            slot.pk, slot.node = None, more
            slot.save()
            installed.pk, installed.slot = None, slot
            installed.save()
        for row in CucmServer.objects.filter(cucm=first):
            row.pk, row.cucm = None, more
            row.save()


def test_the_number_of_queries_does_not_grow_with_the_servers(working, owner_client):
    page(owner_client, working)
    with CaptureQueriesContext(connection) as few:
        page(owner_client, working)
    for kind in (Node.Kind.EXPRESSWAY_C, Node.Kind.EXPRESSWAY_E, Node.Kind.CUCM):
        copies(working, kind, 3)
    with CaptureQueriesContext(connection) as many:
        answer = page(owner_client, working)
    assert len(answer.context["overview"].servers) == 13
    assert len(answer.context["overview"].connections) > 30
    assert len(many) == len(few) <= 45


@pytest.mark.parametrize("source", ["acme", "copied"])
def test_only_what_a_server_came_with_is_called_delivered(owner_client, owner, made_servers, source):
    lab = faults.working_lab(owner, made_servers)
    faults.tunnels_fail(lab)
    rows = Installation.objects.filter(slot__node__lab=lab, slot__node__kind="expressway-e")
    rows.filter(is_running=True).update(source=source)
    page = owner_client.get(reverse("lab", args=[lab.pk])).content.decode()
    assert "delivered with" not in page
    rows.filter(is_running=True).update(source="reset")
    assert "delivered with" in owner_client.get(reverse("lab", args=[lab.pk])).content.decode()
