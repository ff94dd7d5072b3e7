"""What a configuration says: typed by hand beside the lines it stands in."""

import pytest

from certstore.pki.boxes.configuration import TraversalZone, configuration_of
from certstore.pki.boxes.lines import configuration_values, status_values
from certstore.pki.releases import Role
from tests.box_dumps import cluster, system, traversal_client, traversal_server, xconfiguration, xstatus


def read(*lines: tuple[str, str]):
    return configuration_of(configuration_values(xconfiguration(*lines)))


def test_a_servers_name_address_and_dns_are_read():
    found = read(*system("exp-c1", "rehearse.test", "10.0.0.11"))
    assert (found.system_name, found.host, found.domain) == ("exp-c1", "exp-c1", "rehearse.test")
    assert (found.address, found.dns_servers) == ("10.0.0.11", ("192.0.2.53",))


@pytest.mark.parametrize("path", ["IP DNS Domain Name", "DNS Domain Name", "DNS DomainName"])
def test_the_domain_is_found_under_every_path_that_was_met(path):
    assert read((path, "rehearse.test")).domain == "rehearse.test"


def test_the_client_end_of_a_zone_is_read_with_its_peers_in_their_order():
    found = read(*traversal_client(6, "exp-e1.rehearse.test", "exp-e2.rehearse.test", port="7003"))
    assert found.zone == TraversalZone(
        number=6,
        role=Role.EXPRESSWAY_C,
        name="to the edge 6",
        for_edge=True,
        username="traversal",
        sip_port=7003,
        peers=("exp-e1.rehearse.test", "exp-e2.rehearse.test"),
        tls_verify=True,
    )


def test_the_server_end_of_a_zone_is_read_with_the_name_that_it_verifies():
    zone = read(*traversal_server(7, "exp-c.rehearse.test")).zone
    assert zone is not None
    assert (zone.role, zone.verify_subject_name, zone.peers) == (Role.EXPRESSWAY_E, "exp-c.rehearse.test", ())


def test_the_zone_that_carries_unified_communications_comes_before_another():
    found = read(*traversal_client(1, "b2b.test", edge="Off"), *traversal_client(2, "edge.test"))
    assert found.zone is not None
    assert found.zone.peers == ("edge.test",)
    other = read(*traversal_client(3, "b2b.test", edge="Off")).zone
    assert other is not None
    assert other.peers == ("b2b.test",), "without one that says so, the first"


def test_a_zone_of_another_type_is_none_and_a_missing_type_is_told_from_the_paths():
    assert read(("Zones Zone 1 Name", "n"), ("Zones Zone 1 Type", "Neighbor")).zones == ()
    untyped = read(("Zones Zone 1 TraversalServer SIP Port", "7001")).zone
    assert untyped is not None
    assert untyped.role is Role.EXPRESSWAY_E


@pytest.mark.parametrize("port", ["0", "65536", "none", ""])
def test_a_port_that_is_none_is_not_said(port):
    zone = read(*traversal_client(1, "e.test", port=port)).zone
    assert zone is not None
    assert zone.sip_port is None


def test_the_cluster_is_read():
    found = read(*cluster("exp-e.rehearse.test", "198.51.100.21", "198.51.100.22"))
    assert found.cluster_name == "exp-e.rehearse.test"
    assert found.cluster_peers == ((1, "198.51.100.21"), (2, "198.51.100.22"))
    assert found.is_enforcing is None
    assert read(("ClusterConfiguration tls_verify", "Enforcing")).is_enforcing is True
    assert read(("ClusterConfiguration tls_verify", "Permissive")).is_enforcing is False


@pytest.mark.parametrize(
    ("said", "release"),
    [("X14.3.4", "X14.3.4"), ("X15.5", "X15.5"), ("X14.3.4 (Test SW)", "X14.3.4"), ("oak", "")],
)
def test_the_release_is_read_where_it_can_be_understood(said, release):
    assert configuration_of(status_values(xstatus(said))).release == release


def test_an_address_that_is_none_is_not_taken():
    assert read(("Ethernet 1 IP V4 Address", "not-an-address")).address == ""


def test_nothing_says_nothing():
    assert configuration_of({}).zone is None
