"""System > Clustering: the address mapping, another primary, the end of a cluster; each asks, tells and refuses."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certstore.actions import cluster_mapping
from certstore.models import Cluster, Lab

NAME, ADDRESS = "exp-c2.example.com", "192.0.2.12"


@pytest.fixture
def exp_c1(cluster_lab, client, owner):
    client.force_login(owner)
    return cluster_lab.nodes.get(host="exp-c1")


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def act(client, node, what, **typed):
    return client.post(reverse(f"clustering-{what}", args=[node.pk]), typed, follow=True)


def map_(client, node, name=NAME, address=ADDRESS):
    return act(client, node, "map", **{"mapping-name": name, "mapping-address": address})


def rows(node):
    return Cluster.objects.get(lab=node.lab, role="expressway-c").address_mapping


def test_a_row_is_added_on_one_peer_and_stands_on_the_page_of_the_other(client, exp_c1):
    assert "No name is mapped" in text_of(client.get(reverse("clustering", args=[exp_c1.pk])))
    told = text_of(map_(client, exp_c1, name=" EXP-C2.example.com "))
    assert "exp-c2.example.com leads to 192.0.2.12 now, on every peer." in told
    second = exp_c1.lab.nodes.get(host="exp-c2")
    page = client.get(reverse("clustering", args=[second.pk])).content.decode()
    assert "<td>exp-c2.example.com</td>" in page
    assert 'aria-label="Delete the mapping of exp-c2.example.com ' in page
    assert "Nothing was changed" in text_of(map_(client, exp_c1))


def test_a_row_is_deleted_and_deleting_it_again_is_refused(client, exp_c1):
    map_(client, exp_c1)
    assert "was taken out of the cluster address mapping" in text_of(act(client, exp_c1, "unmap", row=NAME))
    assert rows(exp_c1) == {}
    again = act(client, exp_c1, "unmap", row=NAME)
    assert (again.status_code, "There is no such row" in text_of(again)) == (422, True)


@pytest.mark.parametrize(
    ("name", "address", "said"),
    [
        ("exp-c2", ADDRESS, "exp-c2 is no FQDN"),
        ("", ADDRESS, "is no FQDN"),
        ("a." * 130 + "com", ADDRESS, "is no FQDN"),
        (NAME, "", "is no IP address"),
        (NAME, "exp-c2.example.com", "is no IP address"),
        (NAME, "fe80::1%<b>x</b>", "is no IP address"),
        (NAME, "1" * 5000, "is no IP address"),
        ("<b>x</b>", ADDRESS, "is no FQDN"),
        ("exp-c2\u202e.example.com", ADDRESS, "is no FQDN"),
    ],
)
def test_a_row_that_is_badly_typed_is_told_and_changes_nothing(client, exp_c1, name, address, said):
    version = Lab.objects.get(pk=exp_c1.lab_id).version
    answer = map_(client, exp_c1, name, address)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert b"<b>x</b>" not in answer.content
    assert Lab.objects.get(pk=exp_c1.lab_id).version == version


def test_a_full_mapping_is_told(client, exp_c1, monkeypatch):
    monkeypatch.setattr(cluster_mapping, "MOST_MAPPED", 1)
    map_(client, exp_c1)
    answer = map_(client, exp_c1, "exp-c3.example.com")
    assert (answer.status_code, "as many as it can have" in text_of(answer)) == (422, True)


def test_making_another_peer_the_primary_asks_first_and_leads_to_it(client, exp_c1):
    second = exp_c1.lab.nodes.get(host="exp-c2")
    asked = act(client, exp_c1, "primary", peer=str(second.pk))
    assert "Make exp-c2 the primary peer?" in text_of(asked)
    assert "Try first" in text_of(asked)
    second.refresh_from_db()
    assert second.peer_number == 2
    done = act(client, exp_c1, "primary", peer=str(second.pk), confirmed="yes")
    assert "This server is the primary peer now, in place of exp-c1.example.com." in text_of(done)
    assert done.redirect_chain[-1][0].startswith(reverse("clustering", args=[second.pk]))
    second.refresh_from_db()
    assert second.peer_number == 1


def test_the_primary_and_servers_that_are_no_peers_do_not_become_it(client, exp_c1, other_lab):
    already = act(client, exp_c1, "primary", peer=str(exp_c1.pk), confirmed="yes")
    assert (already.status_code, "is the primary already" in text_of(already)) == (422, True)
    for named in (str(other_lab.nodes.first().pk), "x", "", str(exp_c1.lab.nodes.get(host="exp-e1").pk)):
        assert act(client, exp_c1, "primary", peer=named, confirmed="yes").status_code == 422


def test_dissolving_a_cluster_asks_first_and_leaves_the_servers(client, exp_c1):
    asked = text_of(act(client, exp_c1, "dissolve"))
    assert "Dissolve the cluster exp-c.example.com?" in asked
    assert "Its 2 servers stay in the lab" in asked
    assert exp_c1.lab.clusters.count() == 2
    done = text_of(act(client, exp_c1, "dissolve", confirmed="yes"))
    assert "The cluster exp-c.example.com was dissolved" in done
    assert "This server is in no cluster" in done
    assert (exp_c1.lab.clusters.count(), exp_c1.lab.expressways.count()) == (1, 4)


@pytest.mark.parametrize("what", ["primary", "dissolve", "map", "unmap"])
def test_a_server_in_no_cluster_is_led_back_or_refused(client, owner, working_lab, what):
    client.force_login(owner)
    node = working_lab.nodes.get(host="exp-e1")
    version = Lab.objects.get(pk=working_lab.pk).version
    typed = {"mapping-name": NAME, "mapping-address": ADDRESS, "row": NAME, "confirmed": "yes"}
    assert act(client, node, what, **typed).status_code in (200, 422)
    assert client.get(reverse(f"clustering-{what}", args=[node.pk])).status_code == 302
    assert Lab.objects.get(pk=working_lab.pk).version in (version, version + 1)
    assert not working_lab.clusters.exists()


def test_rows_cost_no_further_questions_to_the_database_and_stay_text(client, exp_c1):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(reverse("clustering", args=[exp_c1.pk]))
        assert "<script>" not in answer.content.decode().partition("<main")[2]
        return len(queries)

    few = asked()
    many = {f"a{number}.example": "192.0.2.1" for number in range(19)} | {"<script>": "<script>"}
    Cluster.objects.filter(lab=exp_c1.lab).update(address_mapping=many)
    assert asked() == few


def test_the_column_tells_the_order_of_a_renewal_with_its_source_and_leads_to_the_plan(client, exp_c1):
    answer = client.get(reverse("clustering", args=[exp_c1.pk]))
    told = text_of(answer)
    order = [
        "Append the new CAs on every peer",
        "set it to Permissive",
        "Upload the new certificate of each peer",
        "Restart the primary, wait, then the others one by one",
        "Set the mode to Enforcing again",
        "Delete the CAs that nobody needs",
    ]
    places = [told.index(step) for step in order]
    assert places == sorted(places)
    assert "What breaks otherwise" in told
    assert "Source: Certificate Creation and Use guide" in told
    assert f'href="{reverse("lab-plan", args=[exp_c1.lab_id])}"' in answer.content.decode()
