"""What a plan is made of, from rows: who holds which CA, whose certificate it is, what the training CA has for it."""

from certstore.actions import labs, server_certificate, training_ca
from certstore.models import Installation, SigningRequest, Slot, SlotName
from certstore.pki.plan import Deed
from certstore.pki.purpose import SERVER_AUTH
from certstore.pki.request_rules import Wanted
from certstore.reading.plan import entries_of, held_of, issued_that_fit, servers_for
from certstore.reading.rows import public_half_of
from certstore.reading.servers import slot_state_of
from tests.labs import content_of, issued_in, tried
from tests.planning import certificates_in
from tests.working import control_of, edge_of


def test_each_list_is_told_with_what_it_holds_of_some_cas_in_one_query(
    working_lab, django_assert_num_queries
):
    control, edge = control_of(working_lab), edge_of(working_lab)
    cas = certificates_in(working_lab, "exp-c1-ca-bundle.pem")
    new = certificates_in(working_lab, "exp-c1-renewal-issuing-ca.pem")
    with django_assert_num_queries(1):
        held = held_of(working_lab, [facts.sha256 for facts in (*cas, *new)])
    wanted = frozenset(facts.sha256 for facts in cas)
    assert held[str(control.pk), Deed.TRUST] == held[str(edge.pk), Deed.TRUST] == wanted
    cucm = working_lab.nodes.get(host="cucm1")
    assert held[str(cucm.pk), Deed.TOMCAT_TRUST] == held[str(cucm.pk), Deed.CALLMANAGER_TRUST] == wanted


def test_rows_of_another_server_are_not_those_that_are_deleted(working_lab):
    cas = certificates_in(working_lab, "exp-c1-ca-bundle.pem")
    edge = edge_of(working_lab)
    rows = entries_of(working_lab, str(edge.pk), cas)
    assert len(rows) == len(cas)
    assert set(rows) <= set(edge.trust_stores.get(name="ca").entries.values_list("pk", flat=True))


def test_a_certificate_is_for_the_server_that_holds_its_key(working_lab):
    names = ("exp-e1-renewal.pem", "exp-c1-renewal.pem")
    leaves = [certificates_in(working_lab, name)[0] for name in names]
    found = servers_for(working_lab, leaves)
    assert [found[leaf.sha256] for leaf in leaves] == [edge_of(working_lab).pk, control_of(working_lab).pk]


def test_without_its_key_it_goes_by_the_only_server_of_its_name(working_lab, other_lab):
    theirs = certificates_in(other_lab, "exp-e1-renewal.pem")[0]  # the same name, another key
    assert servers_for(working_lab, [theirs]) == {theirs.sha256: edge_of(working_lab).pk}
    working_lab.nodes.filter(host="exp-e1").update(host="exp-e9")
    assert servers_for(working_lab, [theirs]) == {}


def issue(lab, node):
    key = public_half_of(slot_state_of(node).installation.key)
    wanted = Wanted(key, node.fqdn, (node.fqdn,))
    return training_ca.issue(lab, wanted, training_ca.Terms("enterprise-issuing", 90, (SERVER_AUTH,)))


def test_what_was_issued_for_a_held_key_is_offered_until_it_is_loaded_or_revoked(working_lab):
    control = control_of(working_lab)
    assert issued_that_fit(working_lab) == []
    first, second = issue(working_lab, control), issue(working_lab, control)
    offered = issued_that_fit(working_lab)
    assert [(one.pk, one.host) for one in offered] == [(second.pk, "exp-c1"), (first.pk, "exp-c1")]
    assert offered[0].told["name"] == "exp-c1.example.com"
    training_ca.revoke(working_lab.pk, second.pk)
    assert [one.pk for one in issued_that_fit(working_lab)] == [first.pk]
    Installation.objects.filter(slot__node=control, is_installed=True).update(certificate=first.certificate)
    assert issued_that_fit(working_lab) == []


def test_the_key_of_a_client_certificate_counts_for_no_server(working_lab):
    control, edge = control_of(working_lab), edge_of(working_lab)
    leaf = certificates_in(working_lab, "exp-e1-renewal.pem")[0]
    key = Installation.objects.get(slot__node=edge, is_installed=True).key
    client, _ = Slot.objects.get_or_create(node=control, name=SlotName.CLIENT)
    held = {"certificate": issued_in(working_lab, edge).certificate, "key": key, "is_running": True}
    Installation.objects.create(slot=client, key_origin="uploaded", source="upload", at_lab="x", **held)
    waiting = {"key": key, "der": b"", "sha256": "0" * 64, "at_lab": "2026-11-26T00:00:00Z"}
    SigningRequest.objects.create(slot=client, **waiting)
    working_lab.nodes.filter(pk=edge.pk).update(host="exp-e9")  # so that no name decides
    assert leaf.spki_sha256 == key.spki_sha256
    assert servers_for(working_lab, [leaf]) == {leaf.sha256: edge.pk}
    assert [one.host for one in issued_that_fit(working_lab)] == ["exp-e9"], "the client's is not loaded here"


def test_what_another_lab_has_issued_is_never_offered(working_lab, other_lab):
    issued_in(other_lab, edge_of(other_lab))
    assert issued_that_fit(working_lab) == []


def test_loading_a_renewal_is_seen(working_lab):
    edge = edge_of(working_lab)
    server_certificate.upload(edge, tried(content_of(working_lab, "exp-e1.pem")), None, working_lab.owner)
    leaf = certificates_in(working_lab, "exp-e1.pem")[0]
    assert servers_for(working_lab, [leaf])[leaf.sha256] == edge.pk


def test_a_client_certificate_is_for_the_server_whose_client_request_has_its_key(working_lab):
    labs.set_release(working_lab.pk, "X15.5")
    control, edge = control_of(working_lab), edge_of(working_lab)
    leaf = certificates_in(working_lab, "exp-e1-renewal.pem")[0]  # the key of the other server's certificate
    key = working_lab.public_keys.get(spki_sha256=leaf.spki_sha256)
    client, _ = Slot.objects.get_or_create(node=control, name=SlotName.CLIENT)
    client.requests.create(key=key, der=b"", sha256="0" * 64, at_lab="2026-11-26T00:00:00Z")
    working_lab.nodes.filter(pk=edge.pk).update(host="exp-e9")  # so that no name decides
    assert servers_for(working_lab, [leaf], SlotName.CLIENT)[leaf.sha256] == control.pk
    assert servers_for(working_lab, [leaf])[leaf.sha256] == edge.pk
