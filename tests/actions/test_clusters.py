"""Clusters: what replicates and what does not, peers that come and go, a renewal with the real buttons."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certstore.actions import clusters, labs, points, restart, server_settings, zones
from certstore.actions.clusters import ClusterPlan
from certstore.models import Cluster, CucmServer, Node, ZonePeer
from certstore.models.clock import real_now
from certstore.pki.connections import Health
from certstore.pki.releases import Role
from certstore.pki.settings import Revocation
from certstore.reading.clusters import cluster_of, peers_of
from certstore.reading.lab_document import document_of, packed
from certstore.reading.lab_state import lab_view
from certstore.scenarios.expressway_pair import ServerPlan

PERMISSIVE, ENFORCING = Cluster.TlsMode.PERMISSIVE, Cluster.TlsMode.ENFORCING
C_ADDRESSES = ("exp-c1.example.com", "exp-c2.example.com")
THIRD = ServerPlan(Role.EXPRESSWAY_E, "exp-e3", "example.com", "198.51.100.23")


def node_of(lab, host) -> Node:
    return lab.nodes.select_related("lab").get(host=host)


def plan(fqdn="exp-c.example.com", mode=PERMISSIVE, addresses=C_ADDRESSES) -> ClusterPlan:
    return ClusterPlan(fqdn, mode, addresses)


def alarms(lab, host):
    view = lab_view(lab, real_now())
    return [alarm.name for alarm in view.alarms[str(node_of(lab, host).pk)] if alarm.name.isdigit()]


def modes(lab, role="expressway-c"):
    return list(lab.nodes.filter(kind=role).order_by("host").values_list("running_tls_mode", flat=True))


def whole(lab):
    lab.refresh_from_db()
    return packed(document_of(lab))


def peers_health(lab):
    return {one.health for one in lab_view(lab, real_now()).state.peers}


def test_the_mode_replicates_at_once_and_acts_after_each_restart(cluster_lab):
    clusters.save(node_of(cluster_lab, "exp-c2"), plan(mode=ENFORCING))
    assert modes(cluster_lab) == ["permissive", "permissive"]
    assert [alarms(cluster_lab, host) for host in ("exp-c1", "exp-c2")] == [["20020"], ["20020"]]
    restart.restart(node_of(cluster_lab, "exp-c1"))
    assert modes(cluster_lab) == ["enforcing", "permissive"]
    assert [alarms(cluster_lab, host) for host in ("exp-c1", "exp-c2")] == [[], ["20020"]]
    restart.restart(node_of(cluster_lab, "exp-c2"))
    assert [alarms(cluster_lab, host) for host in ("exp-c1", "exp-c2")] == [[], []]
    assert peers_health(cluster_lab) == {Health.WORKS}
    assert modes(cluster_lab, "expressway-e") == ["permissive", "permissive"]


def test_an_enforcing_cluster_breaks_with_a_certificate_of_the_box(cluster_lab):
    exp_c1, exp_c2 = (node_of(cluster_lab, host) for host in ("exp-c1", "exp-c2"))
    clusters.save(exp_c1, plan(mode=ENFORCING))
    for node in (exp_c1, exp_c2):
        restart.restart(node)
    exp_c2.trust_stores.get().entries.all().delete()
    assert peers_health(cluster_lab) == {Health.WORKS, Health.FAILS}
    assert {"20004", "20006", "20016"} <= set(alarms(cluster_lab, "exp-c2"))


def test_saving_the_same_again_changes_nothing(cluster_lab):
    before = cluster_lab.events.count()
    assert clusters.save(node_of(cluster_lab, "exp-c1"), plan()) is None
    assert cluster_lab.events.count() == before
    assert clusters.save(node_of(cluster_lab, "exp-c1"), plan("c.example.com")) is not None


def test_a_cluster_is_made_of_every_server_of_the_role_the_one_asked_first(working_lab):
    node = node_of(working_lab, "exp-c1")
    event = clusters.make(node, "exp-c.example.com")
    assert (event.code, event.params) == ("cluster.made", {"name": "exp-c.example.com"})
    node.refresh_from_db()
    assert (node.peer_number, node.peer_address, node.running_tls_mode) == (1, node.fqdn, "permissive")
    with pytest.raises(clusters.ClusterThere):
        clusters.make(node, "exp-c.example.com")
    assert peers_health(working_lab) == set()


def test_a_new_peer_takes_over_what_replicates_and_has_lists_and_keys_of_its_own(cluster_lab):
    event = clusters.add_peer(node_of(cluster_lab, "exp-e1"), THIRD)
    added, first = node_of(cluster_lab, "exp-e3"), node_of(cluster_lab, "exp-e1")
    assert (event.node_id, event.params) == (added.pk, {"number": 3})
    assert (added.zone.password, added.zone.verify_subject_name) == (
        first.zone.password,
        "exp-c.example.com",
    )
    assert added.zone.pk != first.zone.pk
    assert added.factory_key_id != first.factory_key_id
    assert (
        added.trust_stores.get().entries.count() == 3
    )  # temporary CA and the two public roots of a new list
    for host in ("exp-c1", "exp-c2"):
        peers = [peer.address for peer in node_of(cluster_lab, host).zone.peers.all()]
        assert peers == [f"exp-e{number}.example.com" for number in (1, 2, 3)]
    failing = {
        one.target for one in lab_view(cluster_lab, real_now()).state.zones if one.health is Health.FAILS
    }
    assert failing == {str(added.pk)}


def test_a_new_expressway_c_knows_the_unified_cm_and_the_peers(cluster_lab):
    third = ServerPlan(Role.EXPRESSWAY_C, "exp-c3", "example.com", "192.0.2.13")
    clusters.add_peer(node_of(cluster_lab, "exp-c1"), third)
    added = node_of(cluster_lab, "exp-c3")
    assert CucmServer.objects.filter(node=added).count() == 1
    assert [peer.address for peer in added.zone.peers.all()] == ["exp-e1.example.com", "exp-e2.example.com"]
    assert added.files.count() == 0


def test_a_cluster_has_six_peers_and_no_more(cluster_lab, monkeypatch):
    monkeypatch.setattr(clusters, "MOST_PEERS", 2)
    before = whole(cluster_lab)
    with pytest.raises(clusters.ClusterFull):
        clusters.add_peer(node_of(cluster_lab, "exp-e1"), THIRD)
    assert whole(cluster_lab) == before


def test_a_name_that_a_server_has_is_not_given_twice(cluster_lab):
    with pytest.raises(clusters.NameTaken):
        clusters.add_peer(
            node_of(cluster_lab, "exp-e1"), ServerPlan(THIRD.role, "EXP-C1", "example.com", "192.0.2.9")
        )


def test_a_server_in_no_cluster_gets_no_peer(working_lab):
    with pytest.raises(clusters.NoCluster):
        clusters.add_peer(node_of(working_lab, "exp-e1"), THIRD)
    with pytest.raises(clusters.NoCluster):
        clusters.save(node_of(working_lab, "exp-c1"), plan())


def test_a_removed_peer_is_gone_and_a_restore_point_brings_it_back_with_its_files(cluster_lab):
    exp_e1, exp_e2 = (node_of(cluster_lab, host) for host in ("exp-e1", "exp-e2"))
    before, files = whole(cluster_lab), exp_e2.files.count()
    event = clusters.remove_peer(exp_e1, exp_e2.pk)
    assert (event.code, event.params) == ("cluster.peer-removed", {"fqdn": "exp-e2.example.com"})
    assert not cluster_lab.nodes.filter(host="exp-e2").exists()
    assert {peer.address for peer in ZonePeer.objects.filter(zone__node__lab=cluster_lab)} == {
        "exp-e1.example.com"
    }
    points.restore(cluster_lab.pk, cluster_lab.restore_points.first().number)
    assert whole(cluster_lab) == before
    assert (node_of(cluster_lab, "exp-e2").files.count(), files > 0) == (files, True)


def test_those_after_a_removed_peer_move_up(cluster_lab):
    clusters.add_peer(node_of(cluster_lab, "exp-e1"), THIRD)
    clusters.remove_peer(node_of(cluster_lab, "exp-e1"), node_of(cluster_lab, "exp-e2").pk)
    assert node_of(cluster_lab, "exp-e3").peer_number == 2


def test_the_primary_stays_and_a_server_of_another_cluster_is_none_of_mine(cluster_lab):
    exp_c1, exp_e1 = (node_of(cluster_lab, host) for host in ("exp-c1", "exp-e1"))
    with pytest.raises(clusters.IsPrimary):
        clusters.remove_peer(exp_e1, exp_e1.pk)
    assert clusters.remove_peer(exp_e1, exp_c1.pk) is None
    assert cluster_lab.expressways.count() == 4


def test_another_peer_becomes_the_primary_and_the_others_follow_in_their_order(cluster_lab):
    clusters.add_peer(node_of(cluster_lab, "exp-e1"), THIRD)
    exp_e1, exp_e3 = (node_of(cluster_lab, host) for host in ("exp-e1", "exp-e3"))
    event = clusters.make_primary(exp_e1, exp_e3.pk)
    assert (event.node_id, event.code, event.params) == (
        exp_e3.pk,
        "cluster.primary",
        {"was": "exp-e1.example.com"},
    )
    peers = [(peer.host, peer.peer_number, peer.peer_address) for peer in peers_of(exp_e1)]
    assert peers == [
        ("exp-e3", 1, "exp-e3.example.com"),
        ("exp-e1", 2, "exp-e1.example.com"),
        ("exp-e2", 3, "exp-e2.example.com"),
    ]
    clusters.remove_peer(exp_e3, exp_e1.pk)
    assert [peer.host for peer in peers_of(exp_e3)] == ["exp-e3", "exp-e2"]


def test_the_peers_that_do_not_reach_the_new_primary_raise_20016(cluster_lab):
    clusters.make_primary(node_of(cluster_lab, "exp-c1"), node_of(cluster_lab, "exp-c2").pk)
    wrong = ("nowhere.example.com", "exp-c1.example.com")
    clusters.save(node_of(cluster_lab, "exp-c1"), plan(addresses=wrong))
    raised = {host: alarms(cluster_lab, host) for host in ("exp-c1", "exp-c2")}
    assert ({"20016", "20021"} <= set(raised["exp-c1"]), "20016" in raised["exp-c2"]) == (True, False)


def test_the_primary_and_strangers_do_not_become_the_primary(cluster_lab):
    exp_c1, exp_e2 = (node_of(cluster_lab, host) for host in ("exp-c1", "exp-e2"))
    before = whole(cluster_lab)
    assert clusters.make_primary(exp_c1, exp_c1.pk) is None
    assert clusters.make_primary(exp_c1, exp_e2.pk) is None
    assert whole(cluster_lab) == before


def test_a_dissolved_cluster_leaves_its_servers_with_what_they_have(cluster_lab):
    exp_c1, exp_c2 = (node_of(cluster_lab, host) for host in ("exp-c1", "exp-c2"))
    before, zone = whole(cluster_lab), exp_c2.zone.password
    event = clusters.dissolve(exp_c1)
    assert (event.code, event.params) == ("cluster.dissolved", {"name": "exp-c.example.com"})
    for node in (exp_c1, exp_c2):
        node.refresh_from_db()
        assert (node.cluster, node.peer_number, node.peer_address, node.running_tls_mode) == (None, 0, "", "")
    assert node_of(cluster_lab, "exp-c2").zone.password == zone
    assert cluster_lab.clusters.count() == 1
    zones.set_password(exp_c1, "another")
    assert node_of(cluster_lab, "exp-c2").zone.password == zone
    assert clusters.dissolve(exp_c1) is None
    points.restore(cluster_lab.pk, cluster_lab.restore_points.last().number)
    assert whole(cluster_lab) == before


def test_a_dissolved_cluster_can_be_made_again(cluster_lab):
    exp_c2 = node_of(cluster_lab, "exp-c2")
    clusters.dissolve(exp_c2)
    clusters.make(exp_c2, "again.example.com")
    assert [peer.host for peer in peers_of(node_of(cluster_lab, "exp-c1"))] == ["exp-c2", "exp-c1"]


def test_a_zone_is_the_clusters_and_a_list_is_not(cluster_lab):
    exp_e1, exp_e2 = (node_of(cluster_lab, host) for host in ("exp-e1", "exp-e2"))
    lists = exp_e2.trust_stores.get().entries.count()
    zones.save(
        exp_e1,
        zones.ZonePlan(
            name="Z",
            username="u",
            password="",
            sip_port=7001,
            peers=(),
            verify_subject_name="other.example.com",
        ),
    )
    assert node_of(cluster_lab, "exp-e2").zone.verify_subject_name == "other.example.com"
    zones.set_password(exp_e2, "another")
    assert node_of(cluster_lab, "exp-e1").zone.password == node_of(cluster_lab, "exp-e2").zone.password
    server_settings.set_revocation(exp_e1, Revocation(is_on=True))
    assert node_of(cluster_lab, "exp-e2").settings == node_of(cluster_lab, "exp-e1").settings != {}
    zones.delete(exp_e1)
    assert not hasattr(node_of(cluster_lab, "exp-e2"), "zone")
    exp_e1.trust_stores.get().entries.first().delete()
    assert exp_e2.trust_stores.get().entries.count() == lists


def test_a_reset_makes_everything_work_again_under_the_names_of_now(cluster_lab):
    named = ServerPlan(Role.EXPRESSWAY_C, "other-c2", "example.com", "192.0.2.12")
    labs.name_servers(cluster_lab.pk, {node_of(cluster_lab, "exp-c2").pk: named})
    clusters.save(node_of(cluster_lab, "exp-c1"), plan(mode=ENFORCING))
    labs.reset_lab(cluster_lab.pk)
    found = node_of(cluster_lab, "other-c2")
    assert (found.cluster.tls_mode, found.peer_address) == ("permissive", "other-c2.example.com")


def test_a_page_of_six_peers_asks_no_more_than_one_of_two(cluster_lab):
    def asked():
        node = node_of(cluster_lab, "exp-c1")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            state = cluster_of(node, real_now())
        return len(queries), len(state.peers)

    few, two = asked()
    for number in range(3, 7):
        for role, net in ((Role.EXPRESSWAY_C, "192.0.2"), (Role.EXPRESSWAY_E, "198.51.100")):
            host = f"exp-{role.value[-1]}"
            clusters.add_peer(
                node_of(cluster_lab, f"{host}1"),
                ServerPlan(role, f"{host}{number}", "example.com", f"{net}.{100 + number}"),
            )
    many, six = asked()
    assert (two, six) == (2, 6)
    assert many <= few + 2
