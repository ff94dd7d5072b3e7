"""Which CAs were in use before the last change of a lab."""

from cryptography import x509

from certstore.actions import labs, trusted_ca
from certstore.models.clock import shifted
from certstore.pki.forge.authority import root
from certstore.reading.last_change import cas_before_last_change
from tests.keyring import rsa_key
from tests.labs import tried
from tests.planning import certificates_in
from tests.working import edge_of

DAY = 86_400


def twin_of(lab, facts):
    """Another CA of the same name: its own key, and so another key identifier."""
    name = x509.load_der_x509_certificate(facts.der).subject
    return root(name, rsa_key("twin"), shifted(lab.now(), -DAY), shifted(lab.now(), 90 * DAY))


def test_before_the_first_change_nothing_is_known(working_lab):
    assert cas_before_last_change(working_lab) is None


def test_the_cas_above_what_is_shown_were_in_use_and_their_twins_were_not(working_lab):
    edge = edge_of(working_lab)
    issuing, top = certificates_in(working_lab, "exp-e1-ca-bundle.pem")
    twin = twin_of(working_lab, issuing)
    assert trusted_ca.append(edge, tried(twin.pem), working_lab.owner).stored
    labs.set_release(working_lab.pk, "X14.2")
    before = cas_before_last_change(working_lab)
    assert {issuing.sha256, top.sha256} <= before
    held = working_lab.certificates.filter(subject_hash=issuing.subject_hash).exclude(sha256=issuing.sha256)
    (other,) = held.values_list("sha256", flat=True)
    assert other not in before


def test_a_ca_that_no_list_had_was_not_in_use_by_itself_but_was_named(working_lab):
    edge = edge_of(working_lab)
    issuing, _ = certificates_in(working_lab, "exp-e1-ca-bundle.pem")
    for node in working_lab.nodes.all():
        for store in node.trust_stores.all():
            store.entries.filter(certificate__sha256=issuing.sha256).delete()
    ca = certificates_in(working_lab, "exp-e1-renewal-issuing-ca.pem")
    assert trusted_ca.append(edge, tried(twin_of(working_lab, ca[0]).pem), working_lab.owner).stored
    before = cas_before_last_change(working_lab)
    assert issuing.sha256 not in before
    assert f"{issuing.subject_hash} {issuing.subject_key_id}" in before
