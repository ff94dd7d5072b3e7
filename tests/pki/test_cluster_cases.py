"""Cases of clusters that support has met, made and cured. Numbered as in "Look up"; typed by hand."""

from dataclasses import replace

from certstore.pki.connections import Health
from certstore.pki.forge.shape import SERVER_AUTH
from tests.pki.clusters import C1, C2, E2, of_peer, peer, state
from tests.pki.deployments import codes
from tests.pki.zones import release


def test_case_29_replication_breaks_before_x15_4_when_enforcing_without_client_authentication():
    server_only = of_peer(C2, ekus=[SERVER_AUTH])
    before = release("X15.3")
    broken = state(peer(C1, enforces=True), peer(C2, server_only, enforces=True), release=before).peers[0]
    assert (broken.health, codes(broken)) == (Health.FAILS, ["cluster.no-client-auth"])
    permissive = state(peer(C1), peer(C2, server_only), release=before).peers[0]
    both_usages = state(peer(C1, enforces=True), peer(C2, enforces=True), release=before).peers[0]
    later = peer(C1, enforces=True), peer(C2, server_only, enforces=True)
    upgraded = state(*later, release=release("X15.4")).peers[0]
    assert {permissive.health, both_usages.health, upgraded.health} == {Health.WORKS}


def test_case_36_a_domain_in_other_letters_on_one_peer_fails_its_sign_in():
    other = replace(peer(E2), domain="Example.com")
    first, second = state(other).sign_ins
    assert (first.health, second.health) == (Health.WORKS, Health.FAILS)
    assert codes(second) == ["sign-in.domain-case"]
    assert state(peer(E2)).sign_ins[1].health is Health.WORKS
    alone = replace(other, peer=None)
    assert state(alone).sign_ins[1].health is Health.WORKS
