"""The names of a lab's certificates in words, and that they agree with the verdicts on the lab's own servers."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certstore.actions import csr, labs
from certstore.models import Cluster, CucmServer, Installation, Lab, Node, SlotName, Zone
from certstore.models import Slot as SlotRow
from certstore.pki.connections import Health
from certstore.pki.csr import Typed
from certstore.pki.name_sheet import place_in
from certstore.pki.needed_names import Answers, Slot
from certstore.pki.topology import Topology
from certstore.reading.csr import place_of
from certstore.reading.needed_names import Calculated, NameRow, Sheet, calculated
from certstore.reading.topology import topology_of
from tests.pki.chains import NOW
from tests.pki.named import calculated as names_of
from tests.pki.named import state_with

# The lab in which everything works, and the one with two peers of each role: typed by hand.
WORKING = {
    ("exp-c1", "server"): ["exp-c1.example.com"],
    ("exp-e1", "server"): ["exp-e1.example.com", "example.com"],
    ("cucm1", "tomcat-ecdsa"): ["cucm1.example.com"],
    ("cucm1", "callmanager-ecdsa"): ["cucm1.example.com"],
}
CLUSTERS = {
    ("exp-c1", "server"): ["exp-c1.example.com", "exp-c.example.com"],
    ("exp-c2", "server"): ["exp-c2.example.com", "exp-c.example.com"],
    ("exp-e1", "server"): ["exp-e1.example.com", "exp-e.example.com", "example.com"],
    ("exp-e2", "server"): ["exp-e2.example.com", "exp-e.example.com", "example.com"],
    ("cucm1", "tomcat-ecdsa"): ["cucm1.example.com"],
    ("cucm1", "callmanager-ecdsa"): ["cucm1.example.com"],
}
LABS = {"working": WORKING, "cluster_lab": CLUSTERS}
NOBODY_ASKS = {("exp-e1", "exp-e.example.com"), ("exp-e2", "exp-e.example.com")}


def at_now(topology: Topology) -> Topology:
    """The deployment at the moment at which the certificates of these tests are in force."""
    return replace(topology, at=NOW)


@pytest.fixture(params=LABS)
def which(request) -> str:
    return request.param


@pytest.fixture
def deployed(which, request) -> Topology:
    lab = request.getfixturevalue(which)
    topology = at_now(topology_of(lab, lab.now()))
    # Enforcing, so that the peers look at each other's names too.
    strict = {
        side: tuple(
            replace(one, peer=replace(one.peer, enforces=True, runs_enforcing=True)) if one.peer else one
            for one in getattr(topology, side)
        )
        for side in ("controls", "edges")
    }
    return replace(topology, **strict)


def test_the_lab_needs_these_names(which, deployed):
    assert names_of(deployed) == LABS[which]


def test_certificates_with_exactly_these_names_make_the_lab_work(deployed):
    state = state_with(deployed, names_of(deployed))
    assert {verdict.health for verdict in state.all} == {Health.WORKS}


def test_every_name_that_is_left_out_breaks_something_that_was_said_to(which, deployed):
    names = LABS[which]
    for holder, needed in names.items():
        for name in needed:
            lacking = names | {holder: [one for one in needed if one != name]}
            healths = {verdict.health for verdict in state_with(deployed, lacking).all}
            breaks = healths != {Health.WORKS}
            assert breaks != ((holder[0], name) in NOBODY_ASKS), (holder, name)


def sheets(found: Calculated) -> dict[tuple[str, str], Sheet]:
    return {
        (server.fqdn.partition(".")[0], one.title): one for server in found.servers for one in server.sheets
    }


def row(found: Calculated, host: str, name: str, title: str = "Server certificate") -> NameRow:
    return next(one for one in sheets(found)[host, title].rows if one.name == name)


def cells(line: NameRow) -> dict[str, str]:
    return {cell.head: cell.says for cell in line.cells}


def of(lab: Lab, **answers) -> Calculated:
    lab.refresh_from_db()
    return calculated(lab, lab.now(), Answers(**answers))


def test_a_server_is_the_same_here_and_on_its_request_page(cluster_lab, lab):
    for one in (cluster_lab, lab):
        topology = topology_of(one, one.now())
        for server in (*topology.controls, *topology.edges):
            assert place_in(topology, server) == place_of(one.nodes.get(pk=server.id), one)


def test_the_slots_are_those_of_the_rows():
    assert {slot.value for slot in Slot} == {slot.value for slot in SlotName}


def test_what_is_loaded_what_runs_and_what_is_requested_stand_beside_each_name(lab, exp_e):
    # A new server runs the certificate that it was delivered with.
    before = row(of(lab), "exp-e1", "example.com")
    assert cells(before) == {"Loaded": "lacks it", "Running": "lacks it", "Request": "none pending"}
    typed = Typed(additional="example.com", country="GB", state="London", organization="Example")
    csr.generate(exp_e, SlotName.SERVER, typed)
    found = row(of(lab), "exp-e1", "example.com")
    assert cells(found) == {"Loaded": "lacks it", "Running": "lacks it", "Request": "has it"}


def test_a_request_for_the_other_form_of_the_domain_keeps_that_form(working, exp_e_of_working):
    typed = Typed(additional="collab-edge.example.com", country="GB", state="London", organization="Example")
    csr.generate(exp_e_of_working, SlotName.SERVER, typed)
    found = of(working)
    line = row(found, "exp-e1", "collab-edge.example.com")
    assert (line.instead, cells(line)["Request"]) == (("example.com",), "has it")
    assert sheets(found)["exp-e1", "Server certificate"].line.text == "collab-edge.example.com"


def test_a_reason_names_the_connection_and_how_sure_it_is(working):
    found = row(of(working), "exp-e1", "exp-e1.example.com")
    zone = found.whys[0]
    assert zone.because == "The peer address of the traversal zone on exp-c1, as typed."
    assert [one.between for one in zone.connections] == ["Traversal zone, exp-c1 to exp-e1"]
    assert (zone.effect, zone.tone, zone.code) == (
        "Fails without it",
        "",
        "zone.peer-address-not-in-certificate",
    )
    assert zone.sure.startswith("Documented. Administrator Guide, Unified Communications")
    domain = row(of(working), "exp-e1", "example.com").whys[0]
    assert (domain.effect, domain.connections[0].between) == (
        "Warns without it",
        "Client connection, Jabber to exp-e1",
    )


def test_peers_that_look_for_the_same_name_stand_in_one_reason(cluster_lab):
    zone = row(of(cluster_lab), "exp-e1", "exp-e1.example.com").whys[0]
    assert "exp-c1 and exp-c2" in zone.because
    assert len(zone.connections) == 2
    later = next(
        one for one in row(of(cluster_lab), "exp-c1", "exp-c1.example.com").whys if one.effect == "Not now"
    )
    assert (later.without, later.connections) == (
        "Permissive asks for no name. Enforcing does, once it runs.",
        (),
    )


def test_a_name_that_is_lacking_carries_its_sign(working):
    Zone.objects.filter(node__lab=working, node__kind=Node.Kind.EXPRESSWAY_E).update(
        verify_subject_name="exp-c9.example.com"
    )
    found = of(working)
    line = row(found, "exp-c1", "exp-c9.example.com")
    assert (line.whys[0].tone, line.is_missing) == ("bad", True)
    assert sheets(found)["exp-c1", "Server certificate"].missing == 1
    assert sheets(found)["exp-c1", "Server certificate"].line.text == "exp-c9.example.com"


@pytest.mark.parametrize("column", [Lab.Explanations.HINTS, Lab.Explanations.OFF])
def test_what_is_missing_is_not_told_where_the_column_tells_no_causes(working, column):
    Lab.objects.filter(pk=working.pk).update(explanations=column)
    CucmServer.objects.update(known_as="192.0.2.99")
    found = of(working)
    assert (found.tells, found.elsewhere) == (False, ())
    for sheet in sheets(found).values():
        assert (sheet.heads, sheet.unneeded, sheet.missing) == ((), (), 0)
        assert not [one for one in sheet.rows if one.cells or any(why.tone for why in one.whys)]
        assert sheet.line is None or sheet.line.loaded_common_name is None


def test_a_unified_cm_that_is_known_by_its_address_is_told(working):
    CucmServer.objects.update(known_as="192.0.2.99")
    line = row(of(working), "cucm1", "192.0.2.99", "tomcat-ECDSA")
    assert "enter the FQDN under System > Server" in line.flaws[0]


def test_a_unified_cm_that_no_expressway_c_knows_is_listed(working):
    CucmServer.objects.all().delete()
    server = of(working).servers[-1]
    assert (server.fqdn, server.sheets) == ("cucm1.example.com", ())
    assert "nobody looks at its names" in server.says


@pytest.fixture
def control(working) -> Node:
    """Its Expressway-C under X15.5, with a client certificate that is not its server certificate."""
    labs.set_release(working.pk, "X15.5")
    control = working.nodes.get(kind=Node.Kind.EXPRESSWAY_C)
    slot, _ = SlotRow.objects.get_or_create(node=control, name="client")
    edge = working.nodes.get(kind=Node.Kind.EXPRESSWAY_E)
    other = Installation.objects.get(slot__node=edge, slot__name="server", is_running=True)
    slot.installations.all().delete()
    slot.installations.create(
        certificate=other.certificate,
        key=other.key,
        key_origin=other.key_origin,
        source=other.source,
        at_lab=other.at_lab,
        is_installed=True,
        is_running=True,
    )
    return control


def test_a_client_certificate_of_its_own_has_a_sheet_where_somebody_looks_at_it(working, control):
    found = sheets(of(working))
    client = found["exp-c1", "Client certificate"]
    assert [one.name for one in client.rows] == ["exp-c1.example.com"]
    assert (client.heads, client.missing) == (("Loaded", "Running", "Request"), 1)
    assert (client.line.common_name, client.line.text) == ("exp-c1.example.com", "")


def test_the_request_beside_a_client_certificate_is_its_own(working, control):
    for slot, certificate in ((SlotName.CLIENT, "Client"), (SlotName.SERVER, "Server")):
        csr.generate(control, slot, Typed(country="GB", state="London", organization="Example"))
        found = sheets(of(working))["exp-c1", f"{certificate} certificate"]
        assert cells(found.rows[0])["Request"] == "has it"
        assert found.is_client is (slot is SlotName.CLIENT)
        other = "Server" if certificate == "Client" else "Client"
        name = sheets(of(working))["exp-c1", f"{other} certificate"].rows[0]
        assert cells(name)["Request"] == "none pending"
        csr.discard(control, slot)


def test_answers_add_their_names_to_the_servers_that_need_them(working):
    found = of(working, chat_aliases=("chat.example.com",), phone_profiles=("phones.example.com",))
    lines = {host: sheets(found)[host, "Server certificate"].line.text for host in ("exp-c1", "exp-e1")}
    assert lines == {
        "exp-c1": "chat.example.com, phones.example.com",
        "exp-e1": "example.com, chat.example.com",
    }
    assert cells(row(found, "exp-c1", "phones.example.com"))["Loaded"] == "lacks it"


def test_the_loaded_common_name_is_compared_with_the_one_that_should_be(cluster_lab):
    right = sheets(of(cluster_lab))["exp-e1", "Server certificate"].line
    assert (right.common_name, right.loaded_common_name.tone) == ("exp-e.example.com", "ok")
    Cluster.objects.filter(lab=cluster_lab, role="expressway-e").update(fqdn="edge.example.com")
    other = sheets(of(cluster_lab))["exp-e1", "Server certificate"]
    assert other.line.common_name == "edge.example.com"
    assert (other.line.loaded_common_name.tone, other.line.loaded_common_name.says) == (
        "warn",
        "exp-e.example.com",
    )
    assert other.unneeded == ("exp-e.example.com",)


def test_a_cluster_without_a_domain_gets_no_request(cluster_lab):
    Cluster.objects.filter(lab=cluster_lab, role="expressway-e").update(fqdn="edge")
    (problem,) = sheets(of(cluster_lab))["exp-e1", "Server certificate"].line.problems
    assert problem.startswith("The name of the cluster is edge.")


def test_the_number_of_queries_does_not_grow_with_the_servers(working, cluster_lab):
    def count(lab: Lab) -> int:
        with CaptureQueriesContext(connection) as found:
            calculated(lab, lab.now(), Answers())
        return len(found)

    assert count(cluster_lab) <= count(working)


def test_certificates_that_have_ended_need_the_same_names(working):
    late = calculated(working, datetime(2099, 1, 1, tzinfo=UTC), Answers())
    now = calculated(working, working.now(), Answers())
    assert [[row.name for row in one.rows] for one in sheets(late).values()] == [
        [row.name for row in one.rows] for one in sheets(now).values()
    ]
