"""How a lab is at a moment, from its rows; and how long it stays so by itself."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certstore.actions import labs
from certstore.actions.certificates import store_certificates
from certstore.models import Lab, Node, Slot, TrustEntry, TrustStore, Zone, ZonePeer
from certstore.models.clock import shifted
from certstore.pki.connections import Health, Kind
from certstore.pki.moments import from_iso, iso
from certstore.pki.states import state_of
from certstore.reading.lab_state import lab_view, span_of
from certstore.reading.topology import topology_of
from certstore.scenarios import WORKING
from tests.long_lists import fill_list, strangers

DAY = 86_400


@pytest.fixture
def working(owner, made_servers) -> Lab:
    """A lab in which everything works."""
    return labs.make_lab(owner, Lab.Kind.PRACTISE, "Working", "X14.3", made=made_servers, recipe=WORKING)


def queries_of(work):
    with CaptureQueriesContext(connection) as found:
        work()
    return len(found)


def add_edges(lab, count):
    """Further Expressway-E that hold what the first one holds, each a peer of every Expressway-C."""
    first = lab.nodes.get(kind=Node.Kind.EXPRESSWAY_E)
    trusted = [entry.certificate for entry in first.trust_stores.get().entries.select_related("certificate")]
    for number in range(2, count + 2):
        node = Node.objects.create(
            lab=lab,
            kind=first.kind,
            host=f"exp-e{number}",
            domain=first.domain,
            address=f"198.51.100.{20 + number}",
        )
        store = TrustStore.objects.create(node=node, name="ca")
        store.entries.bulk_create(
            TrustEntry(store=store, position=at, certificate=row, subject_hash=row.subject_hash)
            for at, row in enumerate(trusted, start=1)
        )
        slot = Slot.objects.create(node=node, name="server")
        running = first.slots.get(name="server").installations.get(is_running=True)
        running.pk, running.slot = None, slot
        running.save(force_insert=True)
        Zone.objects.create(node=node, name="z", username="traversal", password="", verify_subject_name="x")
        for zone in Zone.objects.filter(node__lab=lab, node__kind=Node.Kind.EXPRESSWAY_C):
            ZonePeer.objects.create(zone=zone, position=number, address=node.fqdn)


def test_everything_works_in_a_working_lab(working):
    state = lab_view(working, working.now()).state
    assert {verdict.kind for verdict in state.all} == set(Kind) - {Kind.PEERS}  # no cluster
    assert {verdict.health for verdict in state.all} == {Health.WORKS}


def test_a_new_lab_has_a_zone_that_fails_and_a_client_that_is_warned(lab):
    state = lab_view(lab, lab.now()).state
    assert [one.health for one in (*state.zones, *state.tunnels, *state.jabber)] == [
        Health.FAILS,
        Health.FAILS,
        Health.WARNS,
    ]


def test_the_number_of_queries_does_not_grow_with_the_servers(working):
    few = queries_of(lambda: lab_view(working, working.now()))
    add_edges(working, 4)
    assert len(lab_view(working, working.now()).state.zones) == 5
    assert queries_of(lambda: lab_view(working, working.now())) == few


def test_the_number_of_queries_does_not_grow_with_a_list(working):
    few = queries_of(lambda: lab_view(working, working.now()))
    fill_list(working.nodes.get(kind=Node.Kind.EXPRESSWAY_E), strangers(100))
    assert queries_of(lambda: lab_view(working, working.now())) == few


def test_a_verdict_asks_the_database_for_nothing_more(working):
    topology = topology_of(working, working.now())
    assert queries_of(lambda: state_of(topology)) == 0


def test_a_lab_without_unified_cm_and_jabber_is_judged_as_far_as_it_goes(owner, made_servers):
    made = type(made_servers)(made_servers.servers, None)
    lab = labs.make_lab(owner, Lab.Kind.REHEARSE, "Real files", "X14.3", made=made)
    state = lab_view(lab, lab.now()).state
    assert (len(state.zones), len(state.tunnels), len(state.unified_cms)) == (1, 1, 0)
    assert [one.health for one in state.sign_ins] == [Health.OFF]


def test_a_span_ends_with_the_day(working):
    now = working.now()
    span = span_of(working, now)
    assert span.holds(now)
    assert span.until <= iso(shifted(now, DAY))
    assert not span.holds(from_iso(span.until))


def test_a_span_ends_where_a_certificate_begins(working, made_servers):
    now = working.now()
    certificate = made_servers.servers[0].certificate
    row = store_certificates(working, [certificate])[0]
    type(row).objects.filter(pk=row.pk).update(not_before=iso(shifted(now, 1)))
    assert span_of(working, now).until == iso(shifted(now, 1))
    assert span_of(working, shifted(now, 1)).since == iso(shifted(now, 1))
