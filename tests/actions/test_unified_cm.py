"""Unified CM: lists and certificates that count after the restart of the services, keys that nobody keeps."""

import pytest
from cryptography import x509

from certstore.actions import unified_cm as actions
from certstore.actions.lab_copies import export
from certstore.forms.lab_import import read_lab
from certstore.models import CaKey, Node, SlotName, StoreName
from certstore.pki.codes import Code
from certstore.pki.connections import Health
from certstore.pki.settings import CucmSettings
from certstore.pki.states import state_of
from certstore.reading.settings import cucm_settings
from certstore.reading.topology import topology_of
from certstore.reading.unified_cm import certificate_in, own_certificates, stores_of
from tests.labs import content_of, tried

pytestmark = pytest.mark.django_db
TOMCAT, CALLMANAGER = StoreName.TOMCAT, StoreName.CALLMANAGER


@pytest.fixture
def cucm(lab) -> Node:
    return lab.nodes.select_related("lab").get(kind=Node.Kind.CUCM)


def fresh(node) -> Node:
    return Node.objects.select_related("lab").get(pk=node.pk)


def link_of(node):
    """How the Expressway-C and this Unified CM are."""
    lab = fresh(node).lab
    (verdict,) = state_of(topology_of(lab, lab.now())).unified_cms
    return verdict


def codes(verdict):
    return [reason.finding.code for reason in verdict.reasons]


def subjects(node, name):
    return list(
        node.trust_stores.get(name=name).entries.values_list("certificate__facts__subject", flat=True)
    )


def states(node):
    return {one.slot: one.state[1] for one in own_certificates(node, node.lab.now())}


def test_an_uploaded_ca_counts_after_the_restart_of_the_services(lab, cucm):
    bundle = tried(content_of(lab, "exp-c1-ca-bundle.pem"))
    judgement = actions.upload(cucm, TOMCAT, bundle)
    assert (judgement.refusal, len(judgement.new), judgement.known) == (None, 2, 0)
    assert len(subjects(cucm, TOMCAT)) == 4
    assert len(subjects(cucm, StoreName.TOMCAT_LOADED)) == 2
    tomcat, callmanager = stores_of(cucm, lab.now())
    assert (tomcat.waits, callmanager.waits) == (True, False)
    before = fresh(cucm).lab.clock_offset_s
    actions.restart_services(cucm)
    assert subjects(cucm, StoreName.TOMCAT_LOADED) == subjects(cucm, TOMCAT)
    assert fresh(cucm).lab.clock_offset_s == before + 300
    assert not any(store.waits for store in stores_of(cucm, lab.now()))


def test_the_cas_of_expressway_c_belong_into_both_lists(working, working_cucm):
    assert link_of(working_cucm).health is Health.WORKS
    entries = working_cucm.trust_stores.get(name=CALLMANAGER).entries
    ca_of_c = entries.filter(certificate__facts__subject__icontains="Enterprise").values_list("pk", flat=True)
    actions.delete(working_cucm, list(ca_of_c))
    assert link_of(working_cucm).health is Health.WORKS, "the services go on with what they loaded"
    actions.restart_services(working_cucm)
    verdict = link_of(working_cucm)
    assert verdict.health is Health.FAILS
    assert codes(verdict)[0] is Code.UNIFIED_CM_CA_MISSING
    assert verdict.reasons[0].finding.facts["store"] == "CallManager-trust"
    actions.upload(working_cucm, CALLMANAGER, tried(content_of(working, "exp-c1-ca-bundle.pem")))
    actions.restart_services(working_cucm)
    assert link_of(working_cucm).health is Health.WORKS


def test_a_deleted_row_of_what_is_loaded_is_no_row(cucm):
    loaded = cucm.trust_stores.get(name=StoreName.TOMCAT_LOADED).entries.first().pk
    assert actions.delete(cucm, [loaded]).params == {"count": 0}
    assert len(subjects(cucm, StoreName.TOMCAT_LOADED)) == 2


def test_a_certificate_in_binary_form_is_taken_as_well(lab, cucm):
    judgement = actions.upload(cucm, TOMCAT, tried(content_of(lab, "exp-c1-root-ca.cer")))
    assert (judgement.refusal, len(judgement.new)) == (None, 1)


def test_what_is_there_already_is_not_added_again_and_costs_no_point(lab, cucm):
    root = tried(content_of(lab, "exp-c1-root-ca.pem"))
    actions.upload(cucm, TOMCAT, root)
    points = lab.restore_points.count()
    judgement = actions.upload(cucm, TOMCAT, root)
    assert (judgement.new, judgement.known) == ((), 1)
    assert lab.restore_points.count() == points
    assert lab.events.first().code == "cucm.uploaded"


@pytest.mark.parametrize(
    ("slot", "name", "algorithm"),
    [
        (SlotName.TOMCAT, "cucm1.example.com", "RSA"),
        (SlotName.TOMCAT_ECDSA, "cucm1-EC.example.com", "ECDSA"),
        (SlotName.CALLMANAGER, "cucm1.example.com", "RSA"),
        (SlotName.CALLMANAGER_ECDSA, "cucm1-EC.example.com", "ECDSA"),
    ],
)
def test_a_regenerated_certificate_is_self_signed_and_waits(cucm, pooled_keys, slot, name, algorithm):
    before = certificate_in(cucm, slot)
    actions.regenerate(cucm, slot)
    facts = certificate_in(cucm, slot)
    assert facts.is_self_signed
    assert (facts.common_names, facts.key_algorithm) == ((name,), algorithm)
    assert facts.san_dns == ("cucm1.example.com",)
    assert facts.spki_sha256 != before.spki_sha256
    assert states(cucm)[slot] == "After the restart of the services"
    actions.restart_services(cucm)
    assert states(cucm)[slot] == "Shown to callers"


def test_both_self_signed_rsa_certificates_have_one_subject(cucm, pooled_keys):
    """MRA guide and TechNote 118798: of two with one common name only one is trusted."""
    for slot in (SlotName.TOMCAT, SlotName.CALLMANAGER):
        actions.regenerate(cucm, slot)
    hashes = {certificate_in(cucm, slot).subject_hash for slot in (SlotName.TOMCAT, SlotName.CALLMANAGER)}
    assert len(hashes) == 1


def test_a_self_signed_ecdsa_certificate_breaks_6972_alone_and_the_ca_cures_it(working_cucm, pooled_keys):
    """TechNote 218018: 8443 answers and 6972 fails."""
    actions.regenerate(working_cucm, SlotName.CALLMANAGER_ECDSA)
    assert link_of(working_cucm).health is Health.WORKS
    actions.restart_services(working_cucm)
    verdict = link_of(working_cucm)
    assert codes(verdict) == [Code.UNIFIED_CM_SELF_SIGNED]
    assert verdict.reasons[0].finding.facts["port"] == 6972
    signed = actions.sign(working_cucm, SlotName.CALLMANAGER_ECDSA)
    assert not signed.ca_is_new
    actions.restart_services(working_cucm)
    assert link_of(working_cucm).health is Health.WORKS


def test_preferring_rsa_cures_it_too(working_cucm, pooled_keys):
    actions.regenerate(working_cucm, SlotName.CALLMANAGER_ECDSA)
    actions.restart_services(working_cucm)
    rsa = CucmSettings(server_entry=working_cucm.fqdn, prefers_rsa=True)
    actions.set_settings(working_cucm, rsa)
    assert link_of(working_cucm).health is Health.WORKS
    assert fresh(working_cucm).settings == {"prefers_rsa": True}


def test_a_deleted_ecdsa_certificate_is_shown_until_the_restart(working_cucm, pooled_keys):
    actions.regenerate(working_cucm, SlotName.CALLMANAGER_ECDSA)
    actions.restart_services(working_cucm)
    assert actions.delete_certificate(working_cucm, SlotName.CALLMANAGER_ECDSA)
    assert link_of(working_cucm).health is Health.FAILS
    assert states(working_cucm)["callmanager-ecdsa"] == "Deleted; shown until the restart of the services"
    actions.restart_services(working_cucm)
    assert states(working_cucm)["callmanager-ecdsa"] == "There is none"
    assert link_of(working_cucm).health is Health.WORKS
    assert not actions.delete_certificate(working_cucm, SlotName.CALLMANAGER_ECDSA)
    actions.sign(working_cucm, SlotName.CALLMANAGER_ECDSA)
    assert states(working_cucm)["callmanager-ecdsa"] == "After the restart of the services"
    assert link_of(working_cucm).health is Health.WORKS


@pytest.mark.parametrize("slot", [SlotName.TOMCAT, SlotName.CALLMANAGER])
def test_an_rsa_certificate_cannot_be_deleted(cucm, slot):
    assert not actions.delete_certificate(cucm, slot)
    assert certificate_in(cucm, slot) is not None


def test_the_training_ca_signs_for_a_new_key(cucm, pooled_keys):
    before = certificate_in(cucm, SlotName.TOMCAT)
    signed = actions.sign(cucm, SlotName.TOMCAT)
    facts = certificate_in(cucm, SlotName.TOMCAT)
    assert facts.issuer == before.issuer == signed.ca
    assert facts.spki_sha256 != before.spki_sha256
    assert facts.common_names == ("cucm1.example.com",)


@pytest.mark.parametrize("lost", ["rows", "bytes", "secret"])
def test_a_lab_whose_ca_cannot_sign_gets_a_new_one_in_both_lists(lab, cucm, pooled_keys, settings, lost):
    old = certificate_in(cucm, SlotName.TOMCAT).issuer
    keys = CaKey.objects.filter(lab=lab)
    if lost == "rows":
        keys.delete()
    elif lost == "bytes":
        sealed = bytes(keys.get(name="enterprise-issuing").sealed)
        keys.filter(name="enterprise-issuing").update(sealed=sealed[:-1] + bytes([sealed[-1] ^ 1]))
    else:
        settings.SECRET_KEY = "another secret of the same installation"
    signed = actions.sign(cucm, SlotName.TOMCAT)
    assert signed.ca_is_new
    assert signed.ca != old
    for name in (TOMCAT, CALLMANAGER):
        assert len(subjects(cucm, name)) == 4
    assert keys.count() == 2
    assert not actions.sign(fresh(cucm), SlotName.CALLMANAGER).ca_is_new


def test_no_private_key_is_kept_of_what_was_made(lab, cucm, pooled_keys):
    actions.regenerate(cucm, SlotName.TOMCAT)
    actions.sign(cucm, SlotName.CALLMANAGER)
    for row in lab.public_keys.all():
        assert b"PRIVATE" not in bytes(row.spki)
    for row in lab.certificates.all():
        x509.load_der_x509_certificate(bytes(row.der))
    assert CaKey.objects.filter(lab=lab).count() == 2


def test_settings_that_are_so_already_change_nothing(lab, cucm):
    before = lab.events.count()
    actions.set_settings(cucm, cucm_settings(cucm))
    assert lab.events.count() == before
    actions.set_settings(cucm, CucmSettings(server_entry="192.0.2.31", mixed_mode=True))
    assert fresh(cucm).settings == {"server_entry": "192.0.2.31", "mixed_mode": True}
    assert lab.events.first().code == "cucm.settings"


def test_a_strangers_lab_does_not_move(lab, other_lab, cucm, pooled_keys):
    theirs = other_lab.nodes.get(kind=Node.Kind.CUCM)
    before = subjects(theirs, TOMCAT), theirs.slots.count()
    ids = list(theirs.trust_stores.get(name=TOMCAT).entries.values_list("pk", flat=True))
    assert actions.delete(cucm, ids).params == {"count": 0}
    actions.sign(cucm, SlotName.TOMCAT)
    actions.restart_services(cucm)
    assert (subjects(theirs, TOMCAT), theirs.slots.count()) == before


@pytest.mark.parametrize("restarts", [0, 1], ids=["before the restart", "after it"])
def test_a_lab_with_a_deleted_or_a_waiting_certificate_leaves_as_a_file_and_comes_back(lab, cucm, restarts):
    actions.delete_certificate(cucm, SlotName.TOMCAT_ECDSA)
    for _ in range(restarts):
        actions.restart_services(cucm)
        actions.sign(cucm, SlotName.TOMCAT_ECDSA)
    imported = read_lab(export(lab.pk))
    (server,) = (one for one in imported.document["servers"] if one["kind"] == "unified-cm")
    flags = [(one["is_installed"], one["is_running"]) for one in server["slots"]["tomcat-ecdsa"]]
    assert flags == [(True, False) if restarts else (False, True)]
