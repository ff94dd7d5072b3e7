"""System > Clustering: what it shows, what it takes, what it refuses, and the buttons of ours beside it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certstore.actions import clusters
from certstore.models import Cluster, Lab
from certstore.pki.releases import Role
from certstore.scenarios.expressway_pair import ServerPlan

TYPED = {
    "name": "exp-c.example.com",
    "mode": "permissive",
    "peer-1": "exp-c1.example.com",
    "peer-2": "exp-c2.example.com",
}
NEW = {"new-host": "exp-c3", "new-domain": "example.com", "new-address": "192.0.2.13"}


@pytest.fixture
def exp_c1(cluster_lab, client, owner):
    client.force_login(owner)
    return cluster_lab.nodes.get(host="exp-c1")


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def page(client, node):
    return text_of(client.get(reverse("clustering", args=[node.pk])))


def save(client, node, **changed):
    typed = TYPED | {name.replace("_", "-"): value for name, value in changed.items()}
    return client.post(reverse("clustering", args=[node.pk]), typed, follow=True)


def act(client, node, what, **typed):
    return client.post(reverse(f"clustering-{what}", args=[node.pk]), typed, follow=True)


def test_the_page_shows_the_cluster_and_how_each_peer_is(client, exp_c1):
    answer = client.get(reverse("clustering", args=[exp_c1.pk]))
    text = text_of(answer)
    assert 'value="exp-c.example.com"' in answer.content.decode()
    for words in (
        "TLS verification mode",
        "Peer 1 address",
        "Peer 2 address",
        "This system",
        "Clustering: Active",
        "Certificate: Valid",
        "Cluster database status",
    ):
        assert words in text
    assert "Invalid" not in text


def test_an_invalid_certificate_is_blue_while_permissive_and_breaks_when_enforcing(client, exp_c1):
    typed = {"peer_2": "192.0.2.12"}
    answer = save(client, exp_c1, **typed)
    assert answer.status_code == 200
    assert '<span class="st info">' in answer.content.decode()
    assert "Certificate: Invalid ..." in text_of(answer)
    assert "Clustering: Active" in text_of(answer)
    warned = text_of(save(client, exp_c1, mode="enforcing", **typed))
    assert "Enforcing, and certificates of peers are invalid" in warned
    assert "not in effect on this peer until it is restarted" in warned
    client.post(reverse("restart", args=[exp_c1.pk]), {"confirmed": "yes"})
    failed = page(client, exp_c1)
    assert "Clustering: Failed" in failed
    assert "The clustering page has 192.0.2.12 for exp-c2.example.com." in failed
    Lab.objects.filter(pk=exp_c1.lab_id).update(explanations="hints")
    assert "The clustering page has 192.0.2.12" not in page(client, exp_c1)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": "exp-c"}, "exp-c is no name of a cluster"),
        ({"name": ""}, "is no name of a cluster"),
        ({"name": "a." * 130 + "com"}, "longer than 253 characters"),
        ({"mode": "maybe"}, "There is no such TLS verification mode"),
        ({"peer_1": ""}, "Peer 1 address"),
        ({"peer_2": "http://x"}, "is neither a name nor an IP address"),
        ({"peer_2": "exp-c2\u202e.example.com"}, "is neither a name nor an IP address"),
        ({"peer_2": "EXP-C1.example.com"}, "stands there twice"),
        ({"name": "<b>x</b>"}, "is no name of a cluster"),
    ],
)
def test_bad_input_is_told_and_changes_nothing(client, exp_c1, changed, said):
    version = Lab.objects.get(pk=exp_c1.lab_id).version
    answer = save(client, exp_c1, **changed)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert b"<b>x</b>" not in answer.content
    assert Lab.objects.get(pk=exp_c1.lab_id).version == version


def test_saving_tells_so_and_saving_again_that_nothing_changed(client, exp_c1):
    assert "Clustering was saved" in text_of(save(client, exp_c1, name="other.example.com"))
    assert Cluster.objects.get(role="expressway-c").fqdn == "other.example.com"
    assert "Nothing was changed" in text_of(save(client, exp_c1, name="other.example.com"))


def test_a_server_in_no_cluster_can_become_a_primary_peer(client, owner, working_lab):
    client.force_login(owner)
    node = working_lab.nodes.get(host="exp-e1")
    answer = client.get(reverse("clustering", args=[node.pk]))
    assert "This server is in no cluster" in text_of(answer)
    assert 'value="exp-e.example.com"' in answer.content.decode()
    assert act(client, node, "make", name="short").status_code == 422
    assert not working_lab.clusters.exists()
    assert "primary peer of the cluster exp-e.example.com" in text_of(
        act(client, node, "make", name="exp-e.example.com")
    )
    again = act(client, node, "make", name="exp-e.example.com")
    assert (again.status_code, "in a cluster already" in text_of(again)) == (422, True)


def test_a_peer_is_added_with_the_next_name_offered(client, exp_c1):
    offered = client.get(reverse("clustering", args=[exp_c1.pk])).content.decode()
    assert 'value="exp-c3"' in offered
    assert 'value="192.0.2.13"' in offered
    answer = act(client, exp_c1, "add", **NEW)
    assert "added to the cluster as peer 3" in text_of(answer)
    assert exp_c1.lab.nodes.get(host="exp-c3").peer_number == 3
    taken = act(client, exp_c1, "add", **(NEW | {"new-host": "EXP-C3"}))
    assert (taken.status_code, "is called EXP-C3.example.com already" in text_of(taken)) == (422, True)


@pytest.mark.parametrize(
    "bad", [{"new-host": ""}, {"new-host": "a.b"}, {"new-address": "x"}, {"new-domain": "-"}]
)
def test_a_peer_that_is_badly_typed_is_not_added(client, exp_c1, bad):
    assert act(client, exp_c1, "add", **(NEW | bad)).status_code == 422
    assert exp_c1.lab.expressways.count() == 4


def test_a_seventh_peer_is_not_added(client, exp_c1, monkeypatch):
    monkeypatch.setattr(clusters, "MOST_PEERS", 2)
    answer = act(client, exp_c1, "add", **NEW)
    assert (answer.status_code, "as many as a cluster can have" in text_of(answer)) == (422, True)


def test_removing_a_peer_asks_first(client, exp_c1):
    second = exp_c1.lab.nodes.get(host="exp-c2")
    asked = act(client, exp_c1, "remove", peer=str(second.pk))
    assert "Remove exp-c2 from the lab?" in text_of(asked)
    assert exp_c1.lab.expressways.count() == 4
    done = act(client, exp_c1, "remove", peer=str(second.pk), confirmed="yes")
    assert "exp-c2.example.com was removed" in text_of(done)
    assert exp_c1.lab.expressways.count() == 3


def test_the_primary_and_servers_that_are_no_peers_are_not_removed(client, exp_c1, other_lab):
    primary = act(client, exp_c1, "remove", peer=str(exp_c1.pk), confirmed="yes")
    assert (primary.status_code, "cannot be removed" in text_of(primary)) == (422, True)
    strange = other_lab.nodes.first()
    for named in (str(strange.pk), "x", str(exp_c1.lab.nodes.get(host="exp-e1").pk)):
        assert act(client, exp_c1, "remove", peer=named, confirmed="yes").status_code == 422
    assert exp_c1.lab.expressways.count() == 4
    assert other_lab.nodes.filter(pk=strange.pk).exists()


def test_the_questions_to_the_database_do_not_grow_with_the_peers(client, exp_c1):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("clustering", args=[exp_c1.pk]))
        return len(queries)

    few = asked()
    for number in range(3, 7):
        for letter, net in (("c", "192.0.2"), ("e", "198.51.100")):
            role = Role(f"expressway-{letter}")
            first = exp_c1.lab.nodes.get(host=f"exp-{letter}1")
            new = ServerPlan(role, f"exp-{letter}{number}", "example.com", f"{net}.{100 + number}")
            clusters.add_peer(first, new)
    assert asked() <= few + 2
    assert "as many as a cluster can have" in page(client, exp_c1)


def test_a_lab_of_clusters_is_made_by_the_form(client, owner):
    client.force_login(owner)
    typed = {"kind": "practise", "begins": "working-clusters", "name": "Two and two", "release": "X14.3"}
    for role, host, address in (
        ("expressway-c", "exp-c1", "192.0.2.11"),
        ("expressway-e", "exp-e1", "198.51.100.21"),
    ):
        typed |= {f"{role}-host": host, f"{role}-domain": "example.com", f"{role}-address": address}
    assert client.post(reverse("labs"), typed).status_code == 302
    lab = Lab.objects.get(name="Two and two")
    assert [node.host for node in lab.expressways.order_by("host")] == [
        "exp-c1",
        "exp-c2",
        "exp-e1",
        "exp-e2",
    ]
    assert lab.clusters.count() == 2


def test_the_overview_lists_the_peers_and_their_page_explains_them(client, exp_c1):
    lab = exp_c1.lab
    assert "Cluster peers" in text_of(client.get(reverse("lab", args=[lab.pk])))
    second = lab.nodes.get(host="exp-c2")
    address = reverse("connection", args=[lab.pk, "peers", exp_c1.pk, second.pk])
    answer = client.get(address)
    assert answer.status_code == 200
    assert "What was checked" in text_of(answer)
    save(client, exp_c1, peer_2="nowhere.example.com")
    broken = client.get(address)
    assert "finds no address of its peer" in text_of(broken)
    assert reverse("clustering", args=[exp_c1.pk]) in broken.content.decode()
    assert "Cluster peers do not replicate" in text_of(client.get(reverse("lab-history", args=[lab.pk])))


def test_hostile_names_stay_text(client, exp_c1):
    lab = exp_c1.lab
    Cluster.objects.filter(lab=lab).update(fqdn="<img src=x>")
    lab.nodes.filter(host="exp-c2").update(peer_address="<script>alert(1)</script>")
    answer = client.get(reverse("clustering", args=[exp_c1.pk])).content.decode()
    assert "<img src=x>" not in answer
    assert "<script>alert" not in answer
    assert "&lt;script&gt;alert(1)" in answer
