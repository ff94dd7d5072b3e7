"""What is the same on every peer of a cluster once it is set on one of them, and what is each peer's own.

The tables are typed by hand: Cluster Creation and Maintenance Guide X15.4 and Administrator Guide, Clustering and Peers
(configuration replicates; the trusted CA list, server certificate and CRLs do not), and the release notes of X14.2 (the
check of Unified CM's certificates is switched on each node).
"""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from certstore.actions import (
    clusters,
    crl_management,
    cucm_servers,
    server_certificate,
    server_settings,
    trusted_ca,
    zones,
)
from certstore.models import Installation, Node, TrustEntry
from certstore.pki.forge import authority, crl
from certstore.pki.releases import Role
from certstore.pki.settings import TUNNEL_ALGORITHMS, Revocation, Sends
from certstore.reading.settings import expressway_settings
from certstore.scenarios.expressway_pair import ServerPlan
from tests.keyring import rsa_key
from tests.labs import tried

START, END = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
ANOTHER_ZONE = zones.ZonePlan(
    name="Another", username="u", password="p", sip_port=7002, peers=("a.example",), verify_subject_name=""
)


def known(node) -> cucm_servers.ServerPlan:
    row = node.cucm_servers.get()
    return cucm_servers.ServerPlan(
        row.cucm_id, row.publisher_address, row.username, row.tls_verify, row.known_as
    )


def change_unified_cm(node):
    cucm_servers.save(node, node.cucm_servers.get().pk, replace(known(node), username="x", tls_verify=False))


def delete_unified_cm(node):
    cucm_servers.delete(node, [node.cucm_servers.get().pk])


def add_unified_cm(node):
    plan = known(node)
    delete_unified_cm(node)
    cucm_servers.add(node, replace(plan, username="new"))


def refresh_unified_cm(node):
    cucm_servers.refresh(node, {node.cucm_servers.get().pk: "192.0.2.31"})


def reset_tunnels(node):
    server_settings.set_tunnel_algorithms(node, TUNNEL_ALGORITHMS[:1])
    server_settings.set_revocation(node, Revocation(is_on=True))
    server_settings.reset_tunnel_algorithms(node)


def a_zone(node):
    zones.delete(node)
    zones.create(node, ANOTHER_ZONE)


REPLICATES = {
    "a Unified CM added": add_unified_cm,
    "a Unified CM changed": change_unified_cm,
    "the Unified CMs refreshed": refresh_unified_cm,
    "a Unified CM deleted": delete_unified_cm,
    "the zone created": a_zone,
    "the zone changed": lambda node: zones.save(node, ANOTHER_ZONE),
    "the zone's password": lambda node: zones.set_password(node, "another"),
    "the zone deleted": zones.delete,
    "SIP revocation checking": lambda node: server_settings.set_revocation(node, Revocation(is_on=True)),
    "SSH configuration": lambda node: server_settings.set_tunnel_algorithms(node, TUNNEL_ALGORITHMS[:1]),
    "SSH configuration reset": reset_tunnels,
}


def a_ca():
    return authority.root("Only there", rsa_key("replication"), START, END)


def upload_a_crl(node):
    crl_management.upload(node, tried(crl.as_pem(crl.revocation_list(a_ca(), [], START, END))))


STAYS = {
    "the trusted CA list": lambda node: trusted_ca.append(node, tried(a_ca().pem), node.lab.owner),
    "the trusted CA list reset": trusted_ca.reset_to_default,
    "a CRL": upload_a_crl,
    "the server certificate": server_certificate.reset_to_default,
    "the check of Unified CM's certificates": lambda node: server_settings.set_origin_checks(
        node.lab_id, {node.pk: False}
    ),
    "what it sends of its chain": lambda node: server_settings.set_sending(
        node.lab_id, {node.pk: Sends.LEAF}
    ),
}


def node_of(lab, number) -> Node:
    return lab.nodes.select_related("lab").get(kind=Node.Kind.EXPRESSWAY_C, peer_number=number)


def configuration(lab, number):
    """What a peer has of what its cluster shares."""
    node = node_of(lab, number)
    zone, settings = getattr(node, "zone", None), expressway_settings(node)
    return {
        "zone": zone
        and (
            zone.name,
            zone.username,
            zone.password,
            zone.sip_port,
            [one.address for one in zone.peers.all()],
        ),
        "cucms": list(
            node.cucm_servers.values_list(
                "cucm_id", "publisher_address", "username", "tls_verify", "known_as"
            )
        ),
        "settings": (settings.revocation, settings.tunnel_algorithms),
    }


def own(lab, number):
    """What a peer has for itself: lists, CRLs, certificates, settings of its own."""
    node = node_of(lab, number)
    entries = TrustEntry.objects.filter(store__node=node)
    return {
        "lists": list(entries.values_list("store__name", "certificate", "crl")),
        "slots": list(
            Installation.objects.filter(slot__node=node).values_list(
                "certificate", "is_installed", "is_running"
            )
        ),
        "settings": node.settings,
    }


@pytest.mark.parametrize("setting", REPLICATES)
@pytest.mark.parametrize("number", [1, 2])
def test_what_is_set_on_one_peer_is_set_on_every_peer(cluster_lab, setting, number):
    before, lists = configuration(cluster_lab, number), own(cluster_lab, 3 - number)["lists"]
    REPLICATES[setting](node_of(cluster_lab, number))
    assert configuration(cluster_lab, number) != before
    assert configuration(cluster_lab, 3 - number) == configuration(cluster_lab, number)
    assert own(cluster_lab, 3 - number)["lists"] == lists


@pytest.mark.parametrize("thing", STAYS)
def test_what_is_each_peers_own_does_not_arrive_at_another(cluster_lab, thing):
    before = own(cluster_lab, 1), own(cluster_lab, 2)
    STAYS[thing](node_of(cluster_lab, 1))
    assert own(cluster_lab, 1) != before[0]
    assert own(cluster_lab, 2) == before[1]


def test_a_peer_that_knew_other_unified_cms_knows_those_of_the_one_that_was_changed(cluster_lab):
    node_of(cluster_lab, 2).cucm_servers.all().delete()
    change_unified_cm(node_of(cluster_lab, 1))
    assert configuration(cluster_lab, 2) == configuration(cluster_lab, 1)


def test_a_new_peer_takes_over_no_setting_that_is_each_nodes_own(cluster_lab):

    first = node_of(cluster_lab, 1)
    server_settings.set_origin_checks(cluster_lab.pk, {first.pk: False})
    server_settings.set_revocation(first, Revocation(is_on=True))
    clusters.add_peer(first, ServerPlan(Role.EXPRESSWAY_C, "exp-c3", "example.com", "192.0.2.13"))
    settings = expressway_settings(node_of(cluster_lab, 3))
    assert (settings.revocation.is_on, settings.verifies_origin_server) == (True, True)
