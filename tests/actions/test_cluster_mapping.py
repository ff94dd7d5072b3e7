"""Cluster address mapping: the same on every peer, asked before DNS, kept in the lab's document."""

import pytest

from certstore.actions import cluster_mapping, clusters, dns, points
from certstore.forms.lab_joints import clusters_of
from certstore.forms.lab_shapes import Defect
from certstore.models import Cluster
from certstore.models.clock import real_now
from certstore.pki.connections import Health
from certstore.pki.dns import Question, RecordType
from certstore.reading.lab_document import document_of
from certstore.reading.lab_state import lab_view
from tests.actions.test_clusters import node_of, whole

NAME, ADDRESS = "exp-c2.example.com", "192.0.2.12"


def rows(lab):
    return Cluster.objects.get(lab=lab, role="expressway-c").address_mapping


def health(lab):
    return {one.health for one in lab_view(lab, real_now()).state.peers if one.source == first(lab)}


def first(lab):
    return str(node_of(lab, "exp-c1").pk)


def test_a_mapping_leads_to_a_peer_that_dns_has_lost(cluster_lab):
    here = node_of(cluster_lab, "exp-c2")
    address = here.address
    dns.answer(cluster_lab.pk, Question.of(RecordType.A, NAME), [])
    assert health(cluster_lab) == {Health.FAILS}
    event = cluster_mapping.map_address(here, NAME, address)
    assert (event.code, event.params) == ("cluster.mapped", {"name": NAME, "address": address})
    assert health(cluster_lab) == {Health.WORKS}
    assert cluster_mapping.unmap_address(node_of(cluster_lab, "exp-c1"), NAME).code == "cluster.unmapped"
    assert health(cluster_lab) == {Health.FAILS}


def test_a_name_is_mapped_once_and_the_same_again_changes_nothing(cluster_lab):
    here = node_of(cluster_lab, "exp-c1")
    cluster_mapping.map_address(here, NAME, "192.0.2.99")
    cluster_mapping.map_address(here, NAME, ADDRESS)
    before = cluster_lab.events.count()
    assert cluster_mapping.map_address(here, NAME, ADDRESS) is None
    assert cluster_mapping.unmap_address(here, "exp-c9.example.com") is None
    assert (rows(cluster_lab), cluster_lab.events.count()) == ({NAME: ADDRESS}, before)


def test_the_mapping_of_the_other_cluster_is_another(cluster_lab):
    cluster_mapping.map_address(node_of(cluster_lab, "exp-e1"), NAME, ADDRESS)
    assert rows(cluster_lab) == {}


def test_a_mapping_has_so_many_rows_and_no_more(cluster_lab, monkeypatch):
    monkeypatch.setattr(cluster_mapping, "MOST_MAPPED", 1)
    here = node_of(cluster_lab, "exp-c1")
    cluster_mapping.map_address(here, NAME, ADDRESS)
    before = whole(cluster_lab)
    with pytest.raises(cluster_mapping.MappingFull):
        cluster_mapping.map_address(here, "exp-c3.example.com", "192.0.2.13")
    assert whole(cluster_lab) == before
    assert cluster_mapping.map_address(here, NAME, "192.0.2.99") is not None


def test_a_server_in_no_cluster_has_no_mapping(working_lab):
    for act in (
        lambda node: cluster_mapping.map_address(node, NAME, ADDRESS),
        lambda node: cluster_mapping.unmap_address(node, NAME),
    ):
        with pytest.raises(clusters.NoCluster):
            act(node_of(working_lab, "exp-c1"))


def test_a_restore_point_brings_a_mapping_back(cluster_lab):
    here = node_of(cluster_lab, "exp-c1")
    cluster_mapping.map_address(here, NAME, ADDRESS)
    before = whole(cluster_lab)
    cluster_mapping.unmap_address(here, NAME)
    points.restore(cluster_lab.pk, cluster_lab.restore_points.first().number)
    assert (whole(cluster_lab), rows(cluster_lab)) == (before, {NAME: ADDRESS})


# --- As a part of an imported lab ----------------------------------------------------------------------------


def given(**fields):
    return [{"role": "expressway-c", "fqdn": "exp-c.example.com", "tls_mode": "permissive"} | fields]


def test_the_document_holds_it_and_reads_it_back(cluster_lab):
    cluster_mapping.map_address(node_of(cluster_lab, "exp-c1"), NAME, ADDRESS)
    written = document_of(cluster_lab)["clusters"]
    assert [one["address_mapping"] for one in written] == [{NAME: ADDRESS}, {}]
    assert clusters_of(written, []) == written


def test_a_document_without_one_has_an_empty_one():
    assert clusters_of(given(), [])[0]["address_mapping"] == {}


BAD = {
    "a list": [],
    "no FQDN": {"exp-c2": ADDRESS},
    "capitals": {"EXP-C2.example.com": ADDRESS},
    "too long": {"a." * 130 + "com": ADDRESS},
    "no address": {NAME: "somewhere"},
    "a number": {NAME: 1},
    "nothing": {NAME: None},
    "empty": {NAME: ""},
    "an interface": {NAME: "fe80::1%<b>"},
    "another spelling": {NAME: "2001:DB8::12"},
    "markup": {"<b>.example.com": ADDRESS},
    "too many": {f"a{number}.example.com": ADDRESS for number in range(21)},
}


@pytest.mark.parametrize("bad", BAD)
def test_what_is_no_mapping_is_refused_with_a_sentence(bad):
    with pytest.raises(Defect) as told:
        clusters_of(given(address_mapping=BAD[bad]), [])
    assert "address_mapping" in str(told.value)
    assert "IP addresses by FQDNs" in str(told.value)


def test_a_cluster_has_no_further_field():
    with pytest.raises(Defect):
        clusters_of(given(other={}), [])
