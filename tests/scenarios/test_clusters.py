"""What further peers are called, and a lab of clusters in which everything works."""

import pytest

from certstore.models import Node
from certstore.models.clock import real_now
from certstore.pki.connections import Health
from certstore.pki.names import is_fqdn
from certstore.pki.releases import Role
from certstore.reading.lab_state import lab_view
from certstore.scenarios.clusters import cluster_name, clustered, next_peer
from certstore.scenarios.expressway_pair import EXAMPLE_SERVERS, ServerPlan

C, E = Role.EXPRESSWAY_C, Role.EXPRESSWAY_E
LONG = "a" * 30 + "." + "b" * 28 + ".com"  # 63 characters


def plan(host="exp-c1", domain="example.com", address="192.0.2.11", role=C):
    return ServerPlan(role, host, domain, address)


def test_the_example_becomes_two_and_two():
    peers, names = clustered(EXAMPLE_SERVERS)
    assert [(one.host, one.address) for one in peers] == [
        ("exp-c1", "192.0.2.11"),
        ("exp-c2", "192.0.2.12"),
        ("exp-e1", "198.51.100.21"),
        ("exp-e2", "198.51.100.22"),
    ]
    assert names == {C: "exp-c.example.com", E: "exp-e.example.com"}


def test_two_of_a_role_stay_two():
    peers, _ = clustered([plan(), plan("other", address="192.0.2.44"), plan("exp-e1", role=E)])
    assert [one.host for one in peers] == ["exp-c1", "other", "exp-e1", "exp-e2"]


@pytest.mark.parametrize(
    ("host", "following", "cluster"),
    [
        ("exp-c1", "exp-c2", "exp-c.example.com"),
        ("expc", "expc2", "expc-cluster.example.com"),
        ("exp09", "exp10", "exp.example.com"),
        ("7", "8", "c.example.com"),
    ],
)
def test_the_next_name_and_that_of_the_cluster(host, following, cluster):
    assert next_peer([plan(host)], [plan(host)]).host == following
    assert cluster_name(plan(host)) == cluster


def test_a_name_or_an_address_that_is_taken_is_passed_over():
    taken = [plan(), plan("EXP-C2", address="192.0.2.12"), plan("exp-c3", address="192.0.2.14")]
    found = next_peer(taken[:1], taken)
    assert (found.host, found.address) == ("exp-c4", "192.0.2.13")


def test_the_last_address_there_is_has_one_before_it():
    assert next_peer([plan(address="255.255.255.255")], [plan(address="255.255.255.255")]).address == (
        "255.255.255.254"
    )


@pytest.mark.parametrize("domain", [LONG[:62].rstrip("."), "example.com"])
@pytest.mark.parametrize("host", ["a", "exp-c1", "e" * 50])
def test_every_name_fits_into_a_common_name(host, domain):
    first = plan(host[: max(64 - len(domain) - 1, 1)], domain)
    following = next_peer([first], [first])
    for fqdn in (f"{following.host}.{domain}", cluster_name(first)):
        assert is_fqdn(fqdn)
        assert len(fqdn) <= 64


def test_everything_works_in_a_lab_of_clusters(cluster_lab):
    view = lab_view(cluster_lab, real_now())
    found = {(one.kind.value, one.health) for one in view.state.all}
    assert {health for _, health in found} == {Health.WORKS}
    assert {kind for kind, _ in found} == {"zone", "tunnels", "unified-cm", "jabber", "sign-in", "peers"}
    assert [len(some) for some in (view.state.zones, view.state.tunnels, view.state.peers)] == [4, 4, 2]
    alarms = {tuple(alarm.name for alarm in some) for some in view.alarms.values()}
    assert alarms == {("trust-store-expired", "40049")}  # the first is DST Root CA X3's, on every new server
    # Nothing is held against any certificate, so that Enforcing would work as well.
    assert not [reason for pair in view.state.peers for reason in pair.reasons]


def test_a_peers_certificate_has_the_cluster_as_its_cn_and_both_names(cluster_lab):
    node = cluster_lab.nodes.get(kind=Node.Kind.EXPRESSWAY_E, host="exp-e2")
    facts = node.slots.get().installations.get(is_running=True).certificate.facts
    assert facts["common_names"] == ["exp-e.example.com"]
    assert facts["san_dns"] == ["exp-e2.example.com", "exp-e.example.com", "example.com"]
    zone = node.zone
    assert zone.verify_subject_name == "exp-c.example.com"
