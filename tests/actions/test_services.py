"""Unified CM and Jabber for a lab that has none, and the labs in which everything works from the beginning."""

import pytest

from certstore.actions import labs, points, services, unified_cm
from certstore.models import CaKey, Lab, LabFile, Node, SlotName, User
from certstore.models.clock import real_now
from certstore.pki.connections import Health
from certstore.pki.releases import Role
from certstore.pki.states import state_of
from certstore.reading.lab_document import canonical, document_of
from certstore.reading.topology import topology_of
from certstore.reading.unified_cm import certificate_in
from certstore.scenarios import PAIR, WORKING, recipes
from certstore.scenarios.expressway_pair import EXAMPLE_SERVERS, ServerPlan
from certstore.scenarios.services import common_name

pytestmark = pytest.mark.django_db


@pytest.fixture
def real(owner, pooled_keys) -> Lab:
    """A lab for real files: its Expressways alone."""
    made = recipes.make(EXAMPLE_SERVERS, real_now(), with_services=False)
    return labs.make_lab(owner, Lab.Kind.REHEARSE, "Real", "X14.3", made=made)


def state(lab):
    lab = Lab.objects.get(pk=lab.pk)
    return state_of(topology_of(lab, lab.now()))


def kinds(lab):
    return [node.kind for node in lab.nodes.all()]


def test_a_lab_for_real_files_begins_without_and_can_have_them(real):
    assert kinds(real) == ["expressway-c", "expressway-e"]
    services.add_services(real.pk)
    assert kinds(real) == ["expressway-c", "expressway-e", "jabber", "unified-cm"]
    assert len(state(real).unified_cms) == 1
    assert real.events.filter(code="services.added").exists()


def test_no_file_is_put_into_a_lab_that_is_there(real):
    before = LabFile.objects.filter(lab=real).count()
    services.add_services(real.pk)
    assert LabFile.objects.filter(lab=real).count() == before


def test_a_lab_that_has_them_is_left_alone(lab):
    before = canonical(document_of(lab))
    with pytest.raises(services.ServicesThere):
        services.add_services(lab.pk)
    assert canonical(document_of(lab)) == before
    assert lab.restore_points.count() == 0


def test_they_can_be_removed_and_a_restore_point_brings_them_back(working):
    cucm = working.nodes.get(kind=Node.Kind.CUCM).pk
    before = canonical(document_of(working))
    services.remove_services(working.pk)
    assert kinds(working) == ["expressway-c", "expressway-e"]
    assert state(working).unified_cms == ()
    assert {one.health for one in state(working).jabber} == {Health.OFF}
    points.restore(working.pk, working.restore_points.first().number)
    assert canonical(document_of(working)) == before
    assert working.nodes.get(kind=Node.Kind.CUCM).pk == cucm


def test_added_again_they_have_the_same_enterprise_ca(lab, pooled_keys):
    before = certificate_in(lab.nodes.get(kind=Node.Kind.CUCM), SlotName.TOMCAT)
    services.remove_services(lab.pk)
    services.add_services(lab.pk)
    after = certificate_in(lab.nodes.get(kind=Node.Kind.CUCM), SlotName.TOMCAT)
    assert after.issuer == before.issuer
    assert after.sha256 != before.sha256
    assert CaKey.objects.filter(lab=lab).count() == 2


def test_names_and_addresses_that_are_taken_are_left_to_who_has_them(owner, pooled_keys):
    plans = [
        ServerPlan(Role.EXPRESSWAY_C, "CUCM1", "example.com", "192.0.2.31"),
        ServerPlan(Role.EXPRESSWAY_E, "jabber", "example.com", "198.51.100.21"),
    ]
    lab = labs.make_lab(owner, Lab.Kind.PRACTISE, "Taken", "X14.3", plans, recipe=WORKING)
    cucm, client = lab.nodes.get(kind=Node.Kind.CUCM), lab.nodes.get(kind=Node.Kind.JABBER)
    assert (cucm.host, cucm.address, client.host) == ("cucm2", "192.0.2.32", "jabber2")
    assert {one.health for one in state(lab).all} == {Health.WORKS}


def test_a_long_domain_is_no_hindrance(owner, pooled_keys):
    domain = f"{'a' * 40}.{'b' * 13}.com"
    plans = [
        ServerPlan(Role.EXPRESSWAY_C, "c", domain, "192.0.2.11"),
        ServerPlan(Role.EXPRESSWAY_E, "e", domain, "198.51.100.21"),
    ]
    lab = labs.make_lab(owner, Lab.Kind.PRACTISE, "Long", "X14.3", plans, recipe=WORKING)
    assert {one.health for one in state(lab).all} == {Health.WORKS}
    cucm = lab.nodes.select_related("lab").get(kind=Node.Kind.CUCM)
    unified_cm.regenerate(cucm, SlotName.TOMCAT_ECDSA)
    assert certificate_in(cucm, SlotName.TOMCAT_ECDSA).common_names == ("cucm1-EC",)


@pytest.mark.parametrize(
    ("fqdn", "ending", "name"),
    [
        ("cucm1.example.com", "", "cucm1.example.com"),
        ("cucm1.example.com", "-EC", "cucm1-EC.example.com"),
        ("cucm1", "-EC", "cucm1-EC"),
        (f"c.{'d' * 59}.ab", "", f"c.{'d' * 59}.ab"),
        (f"c.{'d' * 59}.ab", "-EC", "c-EC"),
        (f"{'c' * 63}.ab", "-EC", "c" * 63 + "-"),
    ],
)
def test_a_common_name_holds_64_characters(fqdn, ending, name):
    assert common_name(fqdn, ending) == name


def test_in_a_lab_where_everything_works_everything_works(working):
    """Every connection, of every kind, and in every release."""
    assert working.recipe == WORKING
    for release in ("X14.0", "X14.2", "X14.3", "X15.3", "X15.4", "X15.5"):
        Lab.objects.filter(pk=working.pk).update(release=release)
        found = state(working)
        assert len(found.all) == 5
        assert {(one.kind, one.health) for one in found.all if one.health is not Health.WORKS} == set(), (
            release
        )


def test_in_a_new_lab_nothing_is_joined_yet(lab):
    assert lab.recipe == PAIR
    assert {one.health for one in state(lab).zones} == {Health.FAILS}


def test_a_lab_for_real_files_never_begins_with_everything_working(owner, pooled_keys):
    lab = labs.make_lab(owner, Lab.Kind.REPRODUCE, "Case", "X14.3", recipe=WORKING)
    assert lab.recipe == PAIR
    assert kinds(lab) == ["expressway-c", "expressway-e"]


def test_an_old_lab_that_kept_no_start_loses_them_when_it_is_reset(real):
    Lab.objects.filter(pk=real.pk).update(start=None)
    services.add_services(real.pk)
    labs.reset_lab(real.pk)
    assert kinds(real) == ["expressway-c", "expressway-e"]
    assert state(real).unified_cms == ()


def test_a_lab_that_began_without_them_loses_them_when_it_is_reset(real):
    services.add_services(real.pk)
    labs.reset_lab(real.pk)
    assert kinds(real) == ["expressway-c", "expressway-e"]


def test_a_strangers_lab_does_not_move(working, other_lab):
    before = canonical(document_of(other_lab))
    services.remove_services(working.pk)
    services.add_services(working.pk)
    assert canonical(document_of(other_lab)) == before
    assert User.objects.count() == 2
